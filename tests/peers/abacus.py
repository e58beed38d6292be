"""Seat assignments in the tests of abacus (of the Dutch electoral council), under the laws of councils that ship.

`python -m tests.peers.abacus FOLDER` prints a line for each; FOLDER holds a copy of kiesraad/abacus. Votes, names on
the lists, lots and seats are read out of its tests, and nothing of them is kept here.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sailau.law.library import load_law
from sailau.terms.errors import DrawRequired, SailauError
from sailau.terms.tally import Ballots, Contender, Tally

TESTS = Path("backend/apportionment/src/seat_assignment/mod.rs")
DAY = "2026-01-01"
_FIXTURE = re.compile(r"seat_assignment_fixture_with_(\w+)\(\s*(\d+),\s*(vec!\[.*?\]),?\s*\)\s*;", re.DOTALL)
_TOTALS = re.compile(
    r"(?:assert_eq!\(\s*total_seats|get_total_seats_from_apportionment_result\(&result\)),\s*(?:vec!)?(\[[\d,\s]*\])"
)
_ROUND = re.compile(r"fordrawnin\[([\d,]+)\]")
_RESIDUAL = re.compile(r"get_standings_residual_seats\(&result\),\s*(?:vec!)?(\[[\d,\s]*\])")
_DRAWN = re.compile(r"drawn: (\d+)|ListDrawnMock::new\([^;]*?,\s*(\d+)\s*\)")
_DEAD = re.compile(r"\((\d+), HashSet::from\(\[([\d, ]+)\]\)\)")


@dataclass(frozen=True)
class Case:
    """A council: seats, lists with their votes and names, lots in the order of drawing, and what must come out."""

    name: str
    seats: int
    votes: dict[str, int]
    names: dict[str, int]
    drawn: tuple[str, ...]
    expected: dict[str, int]


def cases(copy: Path) -> Iterator[Case]:
    text = (copy / TESTS).read_text(encoding="utf-8")
    small, large = text.index("mod lt_19_seats"), text.index("mod gte_19_seats")
    for size, part in (("under 19", text[small:large]), ("from 19", text[large:])):
        for body in part.split("#[test]")[1:]:
            made = _case(size, body)
            if made is not None:
                yield made


def _case(size: str, body: str) -> Case | None:
    found, name = _FIXTURE.search(body), re.search(r"fn (test_\w+)", body)
    if found is None or name is None:
        return None
    kind, seats, lists = found[1], int(found[2]), _numbers(found[3])
    if kind == "default_50_candidates":
        rows = [(number, votes, 50) for number, votes in enumerate(lists, 1)]
    elif "given_list_numbers" in kind:
        rows = [(number, _sum(votes), len(votes)) for number, votes in lists]
    else:
        rows = [(number, sum(votes), len(votes)) for number, votes in enumerate(lists, 1)]
    votes = {f"list_{number}": n for number, n, _ in rows}
    numbers = [a or b for a, b in _DRAWN.findall(body)] or _ROUND.findall(body.replace(" ", ""))[:1]
    drawn = tuple(f"list_{number}" for text in numbers for number in text.split(","))
    dead = {int(number): len(gone.split(",")) for number, gone in _DEAD.findall(body)}
    names = {f"list_{number}": n - dead.get(number, 0) for number, _, n in rows}
    expected = _expected(body, seats, votes, names)
    return None if expected is None else Case(f"{size}: {name[1]}", seats, votes, names, drawn, expected)


def _numbers(text: str) -> list:  # type: ignore[type-arg]  # numbers, lists of numbers, or numbered lists of them
    plain = re.sub(r"//[^\n]*", "", text).replace("vec!", "").replace("(", "[").replace(")", "]").replace("_", "")
    return list(json.loads(re.sub(r",\s*\]", "]", plain)))


def _sum(votes: list) -> int:  # type: ignore[type-arg]
    return sum(n[1] if isinstance(n, list) else n for n in votes)


def _expected(body: str, seats: int, votes: dict[str, int], names: dict[str, int]) -> dict[str, int] | None:
    """Return the seats a test asserts last, in all or as those beyond whole quotas."""
    totals, residual = _TOTALS.findall(body), _RESIDUAL.findall(body)
    if totals:
        return dict(zip(votes, json.loads(totals[-1]), strict=True))
    if residual and sum(votes.values()):
        whole = {name: min(n * seats // sum(votes.values()), names[name]) for name, n in votes.items()}
        more = json.loads(residual[-1])
        return {name: whole[name] + n for name, n in zip(votes, more, strict=True)}
    return None


def counted(case: Case) -> dict[str, int]:
    """Count a council; where lots are drawn, as the test draws them."""
    law = load_law("nl/gemeenteraad_klein" if case.seats < 19 else "nl/gemeenteraad_groot", on=DAY)
    marks = {name: Contender(name, candidates=n) for name, n in case.names.items()}
    tally = Tally({"list": Ballots({"nation": case.votes}, seats={"nation": case.seats})}, marks)
    left, decisions = list(case.drawn), dict[str, tuple[str, ...]]()
    while True:
        try:
            seats = law.count(tally, decisions=decisions).seats
            return {name: seats.get(name, 0) for name in case.votes}
        except DrawRequired as tie:
            loses = tie.key.endswith(".majority")  # their lot names who loses a seat, ours who keep theirs
            drawn = [name for name in left if name in tie.options][: 1 if loses else tie.choose]
            chosen = [name for name in tie.options if name not in drawn] if loses else drawn
            if not drawn or tie.key in decisions:
                raise
            decisions[tie.key] = tuple(chosen)
            left = left[len(drawn) :]


def told(case: Case) -> str:
    """Return what differs, or nothing."""
    try:
        seats = counted(case)
    except SailauError as cause:
        return f"{type(cause).__name__}: {' '.join(str(cause).split())}; not {list(case.expected.values())}"
    return "" if seats == case.expected else f"{list(seats.values())}, not {list(case.expected.values())}"


def main(copy: Path) -> None:
    for case in cases(copy):
        sys.stdout.write(f"{case.name}\t{told(case) or 'equal'}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
