"""Chile's elections, person by person. Their figures are CC BY-NC and do not ship: they are read where they lie."""

from __future__ import annotations

import ast
import csv
import gzip
import re
import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

import sailau as sl

SOURCE = Path(__file__).resolve().parents[3] / "shared" / "data" / "districts" / "chile_diputados_1989_2021.csv.gz"
HELD = {
    1989: "1989-12-14",
    1993: "1993-12-11",
    1997: "1997-12-11",
    2001: "2001-12-16",
    2005: "2005-12-11",
    2009: "2009-12-13",
    2013: "2013-11-17",
    2017: "2017-11-19",
    2021: "2021-11-21",
}
needs_figures = pytest.mark.skipif(
    not SOURCE.exists(),
    reason=f"since 2026-11-23: figures under CC BY-NC do not ship; this test needs {SOURCE.name} in shared/data",
)


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


@cache
def rows() -> dict[int, list[dict[str, str]]]:
    by_year = defaultdict(list)
    with gzip.open(SOURCE, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            by_year[int(row["year"])].append(row)
    return dict(by_year)


def record(year: int, folder: Path) -> Path:
    """Write the record of one election; pacts and their parties stand as nested links."""
    here = folder / "cl" / "camara" / HELD[year]
    here.mkdir(parents=True)
    votes, seats, contenders, magnitudes = [], [], [], defaultdict(int)
    for place, row in enumerate(rows()[year]):
        district, pact = slug(row["district"]), row["pact"]
        name = f"{district}_{slug(' '.join(ast.literal_eval(row['candidate'])))}_{place}"
        path = "" if "ndepend" in pact and "ndidatura" in pact else f"pact_{slug(pact)}"
        if path and year >= 2017:
            path += f";party_{slug(row['party']) or 'none'}"
        votes.append(f"list,{district},{name},{row['votes']}")
        contenders.append(f"{name},candidate,{path}")
        if row["elected"] == "1":
            seats.append(f"list,{district},{name},1")
            magnitudes[district] += 1
    write = {
        "votes": ["tier,district,contender,votes", *votes],
        "seats": ["tier,district,contender,seats", *seats],
        "contenders": ["contender,kind,apparentment", *contenders],
        "districts": ["tier,district,seats", *(f"list,{d},{n}" for d, n in magnitudes.items())],
    }
    for table, lines in write.items():
        (here / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (here / "election.yaml").write_text(
        f"election: cl/camara/{HELD[year]}\nname: Chamber of Deputies, {year}\nlaw: cl/camara\nheld_on: {HELD[year]}\n"
        "sources:\n  servel: {title: Servel (sebastianriffo/congreso), licence: CC BY-NC, read_on: 2026-11-23}\n",
        encoding="utf-8",
    )
    return here


@needs_figures
@pytest.mark.parametrize("year", HELD)
def test_every_person_elected_comes_out(year, tmp_path):
    election = sl.read_election(record(year, tmp_path))
    replay = sl.replay(election)
    assert replay.question is None
    assert not replay.differences
    assert replay.compared == replay.law.total


@needs_figures
def test_without_pacts_other_persons_are_elected(tmp_path):
    here = record(2017, tmp_path)
    lines = (here / "contenders.csv").read_text(encoding="utf-8").splitlines()
    (here / "contenders.csv").write_text(
        "\n".join([lines[0], *(line.rsplit(",", 1)[0] + "," for line in lines[1:])]) + "\n", encoding="utf-8"
    )
    assert len(sl.replay(sl.read_election(here)).differences) > 20


@needs_figures
def test_without_the_limit_somebody_alone_would_hold_two_seats(tmp_path):
    election = sl.read_election(record(2021, tmp_path))
    law = sl.load_law("cl/camara", on=election.day).replace({"list.allocate.limit": "none"})
    replay = sl.replay(election, law=law)
    assert {d.area for d in replay.differences} == {"d28"}
