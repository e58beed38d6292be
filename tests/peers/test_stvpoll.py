"""The 17 wards of Edinburgh in 2017 whose ballots stvpoll's tests hold, under the Scottish rules."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.peers.shared import copy_of

from sailau.law.library import load_law
from sailau.terms.tally import Ballots, Contender, Tally

TESTS = Path("stvpoll_testing")
BALLOTS = TESTS / "scottish_election_data"


def ward(path: Path) -> tuple[Tally, int]:
    """Return the ballots of a ward and its seats: numbers of candidates by row, then their names."""
    rows = iter(path.read_text(encoding="utf-8").splitlines())
    standing, seats = map(int, next(rows).split())
    marked: dict[tuple[int, ...], int] = {}
    for row in rows:
        count, *places = map(int, row.split())
        if not count:
            break
        ranking = tuple(place for place in places if place)
        marked[ranking] = marked.get(ranking, 0) + count
    names = [next(rows).strip().strip('"') for _ in range(standing)]
    rankings = {tuple(names[place - 1] for place in ranking): n for ranking, n in marked.items()}
    ballots = Ballots({"ward": dict.fromkeys(names, 0)}, rankings={"ward": rankings}, seats={"ward": seats})
    return Tally({"ward": ballots}, {name: Contender(name, kind="candidate") for name in names}), seats


def test_the_councillors_of_edinburgh_2017() -> None:
    copy = copy_of("STVPoll", *BALLOTS.parts)
    tree = ast.parse((copy / TESTS / "test_scottish_elections.py").read_text(encoding="utf-8"))
    winners = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "WARD_WINNERS"
    )
    law, seen = load_law("gb/scottish_councils", on="2017-05-04"), {}
    for path in (copy / BALLOTS).glob("ward_*.csv"):
        tally, _ = ward(path)
        result = law.count(tally)
        seen[int(path.name.split("_")[1])] = {name for name, n in result.seats.items() if n}
    assert [seen[number] for number in sorted(seen)] == list(winners)
    assert sorted(seen) == list(range(1, 18))
