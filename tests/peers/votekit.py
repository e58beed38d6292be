"""The count of Albany's council that votekit tests, whose quota is found anew at each stage.

The stages of the test are those of the county's own tabulation, as the test says; they are read out of it.
"""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from pathlib import Path

from sailau.seats.count import start
from sailau.seats.rank import Rank
from sailau.seats.stages import Ranked
from sailau.terms.tally import Ballots, Tally

BALLOTS = Path("tests/data/csv/albany_profile.csv")
TEST = Path("tests/elections/election_types/ranking/test_albany_stv.py")
RULES = Rank(rule="stv", quota="droop", quota_of="each", places=6, cut="fraction", ties=("lot",), cite="Albany")


def rankings_of(copy: Path) -> tuple[dict[tuple[str, ...], int], dict[str, str]]:
    """Return the rankings, and names by the short forms of the file."""
    lines = (copy / BALLOTS).read_text(encoding="utf-8").splitlines()
    short = {found[2]: found[1] for found in re.finditer(r"\(([^:()]+):(\w+)\)", lines[2])}
    begin = next(i for i, line in enumerate(lines) if line.startswith("Ranking_1"))
    out: dict[tuple[str, ...], int] = {}
    for row in csv.reader(lines[begin + 1 :]):
        places = tuple(short[cell.strip("{}'")] for cell in row[: row.index("&")] if cell not in ("", "{}"))
        out[places] = out.get(places, 0) + int(float(row[row.index("&") + 1]))
    return out, short


def counted(copy: Path) -> Ranked:
    rankings, short = rankings_of(copy)
    tier = Ballots({"nation": dict.fromkeys(short.values(), 0)}, rankings={"nation": rankings})
    return RULES.count(start(Tally({"x": tier}), tier, "x", 2, {}, done={}, decisions={}, trail=()))


def asserted(copy: Path) -> tuple[list[Fraction], list[dict[str, Fraction]]]:
    """Return the quotas and the votes of each stage that the test asserts; its last stage is not the county's."""
    text = (copy / TEST).read_text(encoding="utf-8")
    begin, end = text.index("albany_states = ["), text.index("albany_quotas")
    found = re.search(r"albany_quotas = \[([\d., ]+)\]", text)
    assert found is not None
    states = re.findall(r"scores=\{(.*?)\}", text[begin:end], re.DOTALL)[:-1]
    return [Fraction(q.strip()) for q in found[1].split(",")], [_scores(state) for state in states]


def _scores(text: str) -> dict[str, Fraction]:
    return {name: Fraction(votes) for name, votes in re.findall(r'"([^"]+)": ([\d.]+)', text)}
