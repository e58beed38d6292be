"""Margins of real instant runoffs against those that others computed.

The ballots are not part of the package; these tests look for them in the folder ``shared`` beside the repository.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from sailau.law.edition import Law
from sailau.records.ranked import read_ranked
from sailau.runs.margin import margin
from sailau.seats.rank import Rank
from sailau.seats.tier import Tier

BALLOTS = Path(__file__).parents[3] / "shared" / "data" / "stv" / "preflib_elections.zip"
pytestmark = pytest.mark.skipif(not BALLOTS.is_file(), reason="the ranked ballots of ../shared are not here")

PUBLISHED = Path(__file__).with_name("nsw_2015_margins.csv")
"""New South Wales 2015: results that come with the program of Blom, Stuckey, Teague and Tidhar (github, margin-irv).

Ten districts whose ballots are as many there as here; of the others one of both sets was corrected since. A tie is
enough there; here the law must elect somebody else, which takes as many ballots or one more.
"""

RANK = Rank(rule="alternative", exclude="hopeless", ties=("lot",), cite="x")
TIER = Tier(name="seat", seats=1, district="nationwide", ballot="ranked", steps=(RANK,))
LAW = Law("xx/seat", "x", "x", date(2000, 1, 1), None, 1, (TIER,), {"x": "x"}, None)


def districts(folder: Path) -> dict[str, Path]:
    """Return the files of 2015 by district."""
    found = {}
    with ZipFile(BALLOTS) as pack:
        for name in pack.namelist():
            if "nswla" in name and name.endswith(".soi"):
                text = pack.read(name)
                title = next(line for line in text.decode().splitlines() if line.startswith("# TITLE: "))[9:]
                if title.endswith(" 2015"):
                    path = folder / Path(name).name
                    path.write_bytes(text)
                    found[title.removesuffix(" 2015")] = path
    return found


def test_new_south_wales_as_others_found_it(tmp_path: Path) -> None:
    files = districts(tmp_path)
    for row in csv.DictReader(PUBLISHED.read_text(encoding="utf-8").splitlines()):
        ballots = read_ranked(files[row["district"]])
        assert ballots.total == int(row["ballots"])
        (part,) = margin(LAW, ballots.tally("seat"), kinds=("moved",)).tiers
        assert part.exact
        assert part.upper is not None
        assert part.upper - int(row["margin"]) in (0, 1), row
