"""Margins of Scottish wards, every kind of change: how many are exact, and what they take.

The ballots are not part of the package; they are looked for in the folder ``shared`` beside the repository.
``python benchmarks/bench_ward_margins.py 60`` takes 60 wards by lot; a second number is the patience of the search, and
a word is looked for in their names.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from zipfile import ZipFile

import sailau as sl
from sailau.records.ranked import read_ranked
from sailau.runs.margin import TierMargin, margin
from sailau.terms.tally import Ballots, Tally

BALLOTS = Path(__file__).parents[2] / "shared" / "data" / "stv" / "scotland_council_stv_2007_2022.zip"


def margin_of(path: Path, patience: int) -> TierMargin:
    """Return the margin of one ward."""
    read = read_ranked(path)
    law = sl.load_law("gb/scottish_councils@2011-11-10")
    (ballots,) = read.tally("ward").tiers.values()
    (area,) = ballots.votes
    tier = Ballots(ballots.votes, rankings=ballots.rankings, seats={area: read.seats or 0})
    return margin(law, Tally({"ward": tier}, contenders=read.contenders), patience=patience).tiers[0]


def main(many: int, patience: int = 1, word: str = "") -> None:
    """Print one line a ward, and what they come to."""
    met: list[tuple[float, TierMargin]] = []
    with ZipFile(BALLOTS) as pack, tempfile.TemporaryDirectory() as folder:
        names = sorted(name for name in pack.namelist() if name.endswith(".csv"))
        for name in (name for name in random.Random(11).sample(names, many) if word in name):
            began = time.process_time()
            part = margin_of(Path(pack.extract(name, folder)), patience)
            met.append((time.process_time() - began, part))
            print(f"{Path(name).stem:50} {part.lower} to {part.upper}, {met[-1][0]:.1f} s", flush=True)
    exact = sum(part.exact for _, part in met)
    spent = [seconds for seconds, _ in met]
    print(
        f"{exact} of {len(met)} exact; seconds: median {median(spent):.1f}, mean {sum(spent) / len(met):.1f}, "
        f"most {max(spent):.1f}"
    )
    bounds = sorted((part.lower or 0) / part.upper for _, part in met if not part.exact and part.upper)
    print("lower bound over upper where not exact:", " ".join(f"{share:.2f}" for share in bounds))


if __name__ == "__main__":
    if not BALLOTS.is_file():
        sys.exit(f"no ballots at {BALLOTS}")
    main(*(int(given) for given in sys.argv[1:3]), *sys.argv[3:4]) if len(sys.argv) > 1 else main(20)
