"""Margins where voters rank: bounds between which every change of ballots that changes a seat begins."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from itertools import combinations_with_replacement, permutations
from typing import Any

import pytest

from sailau.law.edition import Law
from sailau.runs.margin import margin
from sailau.runs.margin_ranked import with_ballots
from sailau.seats.rank import Rank
from sailau.seats.tier import Tier
from sailau.terms.errors import SailauError
from sailau.terms.tally import Ballots, Tally

Papers = dict[tuple[str, ...], int]
EVERY = [order for n in (1, 2, 3) for order in permutations("abc", n)]


def law_of(seats: int, **terms: Any) -> Law:
    rank = Rank(**{"rule": "alternative", "ties": ("backwards",), **terms}, cite="x")
    tier = Tier(name="list", seats=seats, district="nationwide", ballot="ranked", steps=(rank,))
    return Law("xx/house", "x", "x", date(2000, 1, 1), None, seats, (tier,), {"x": "x"}, None)


def tally_of(papers: Papers) -> Tally:
    firsts = {c: sum(n for order, n in papers.items() if order[0] == c) for c in "abc"}
    return Tally({"list": Ballots({"nation": firsts}, rankings={"nation": papers})})


def elected(law: Law, papers: Papers) -> frozenset[str] | None:
    try:
        return frozenset(c for c, n in law.count(tally_of(papers)).tiers["list"].items() if n)
    except SailauError:
        return None


def changed(papers: Papers, t: int) -> Iterator[Papers]:
    """Yield every count of ballots in which `t` ballots say something else."""
    for out in combinations_with_replacement(sorted(papers), t):
        left = {order: n - out.count(order) for order, n in papers.items()}
        if min(left.values()) < 0:
            continue
        for new in combinations_with_replacement(EVERY, t):
            yield {order: left.get(order, 0) + new.count(order) for order in {*left, *new}}


def fewest(law: Law, papers: Papers, base: frozenset[str], most: int) -> int | None:
    for t in range(1, most + 1):
        for other in changed(papers, t):
            now = elected(law, {order: n for order, n in other.items() if n})
            if now is not None and now != base:
                return t
    return None


@pytest.mark.parametrize("seats", [1, 2])
def test_the_bounds_hold_whatever_ballots_change(seats: int) -> None:
    rng, met = random.Random(seats), []
    law = law_of(1) if seats == 1 else law_of(2, rule="stv", quota="droop")
    while len(met) < 12:
        papers = {order: rng.randint(1, 4) for order in rng.sample(EVERY, 4)}
        base = elected(law, papers)
        if base is None:
            continue
        (part,) = margin(law, tally_of(papers), kinds=("moved",)).tiers
        truth = fewest(law, papers, base, 2)
        assert part.lower is not None
        assert truth is None or part.lower <= truth, (papers, part)
        assert part.upper is None or truth is None or part.upper >= truth
        assert truth is not None or part.upper is None or part.upper > 2
        if part.best is not None:
            best = part.best
            after = with_ballots(tally_of(papers), "list", "nation", best.move, best.votes)
            assert law.count(after).tiers["list"] != law.count(tally_of(papers)).tiers["list"]
        met.append(part)
    assert any((part.lower or 0) > 1 for part in met) == (seats == 1)
    assert any(part.exact for part in met)
    assert all("a change that was not tried" in part.why for part in met if not part.exact)


def test_a_last_round_that_decides() -> None:
    """a has 60 of 100, b 25, c 15, who all rank b: a loses when 10 go over to b, and ties settle nothing before."""
    papers: Papers = {("a",): 60, ("b",): 25, ("c", "b"): 15}
    (part,) = margin(law_of(1), tally_of(papers), kinds=("moved",)).tiers
    assert (part.exact, part.lower, part.upper) == (False, 10, 11)
    assert part.best is not None
    assert (part.best.move.giver, part.best.move.taker, dict(part.best.gains)) == ("a", "b", {"b in list, nation": 1})
