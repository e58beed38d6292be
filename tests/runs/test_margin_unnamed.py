"""Margins where a line stands for several lists: whatever these are, what was said of the line holds."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from tests.runs.margin_laws import divisor, law_of
from tests.runs.test_margin_bounds import counted, fewest

from sailau.law.edition import Law
from sailau.runs.margin import margin
from sailau.seats.allocate import Allocate
from sailau.seats.count import Each, Step
from sailau.seats.elect import Elect
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.tally import OTHERS, Ballots, Contender, Tally

HIDDEN = "hi"


def steps(rng: random.Random, kind: str) -> tuple[Step, ...]:
    bar: list[Step] = [Threshold(share=Fraction(rng.randint(1, 6), 20), cite="x")]
    if kind == "persons":
        return (Elect(rule="plurality", ties=("registered_first",), cite="x"),)
    if kind == "quota":
        return (Each(steps=(Allocate(quota="hare", ties=("registered_first",), cite="x"),)),)
    return (Each(steps=(*(bar if rng.random() < 0.7 else []), Allocate(**divisor(rng)))),)


def drawn(rng: random.Random, kind: str) -> tuple[Law, Tally, Tally]:
    """Return a law, the votes of all lists, and those in which some are added up."""
    votes = {area: {name: rng.randint(4, 30) for name in "abc"} for area in "ns"}
    hidden = {area: {name: rng.randint(0, 5) for name in HIDDEN} for area in votes}
    seats = {area: 1 if kind == "persons" else rng.randint(1, 4) for area in votes}
    tier = Tier(
        name="list",
        seats=None,
        district="single_member" if kind == "persons" else "multi_member",
        ballot="candidate" if kind == "persons" else "closed_list",
        steps=steps(rng, kind),
    )
    marks = {name: Contender(name, registered=place) for place, name in enumerate("abchi")}
    few = {name: marks[name] for name in "abc"} | {"others": Contender("others", kind=OTHERS, registered=9)}
    added = {area: lines | {"others": sum(hidden[area].values())} for area, lines in votes.items()}
    whole = Tally({"list": Ballots({area: votes[area] | hidden[area] for area in votes}, {}, seats)}, marks)
    return law_of(tier), whole, Tally({"list": Ballots(added, {}, seats)}, few)


@pytest.mark.parametrize("kind", ["averages", "quota", "persons"])
def test_the_bounds_hold_for_the_lists_that_nobody_named(kind: str) -> None:
    rng, above, exact = random.Random(kind), 0, 0
    for _ in range(60):
        law, whole, few = drawn(rng, kind)
        base = counted(law, whole)
        if base is None or counted(law, few) != base:
            continue
        (part,) = margin(law, few).tiers
        truth = fewest(law, whole, "list", base)
        assert truth is None or (part.lower is not None and part.lower <= truth), (law, whole, part)
        if part.exact and part.upper is not None:
            assert part.upper == truth, (law, whole, part)
        above += (part.lower or 0) > 1
        exact += part.exact
    assert above >= 15
    assert exact >= 8


def test_a_line_that_would_win_a_seat_as_one_leaves_one_vote_as_the_bound() -> None:
    terms = Allocate(divisor="dhondt", ties=("registered_first",), cite="x")
    tier = Tier(name="list", seats=3, district="nationwide", ballot="closed_list", steps=(terms,))
    few = Tally(Tally.of({"a": 40, "b": 30, "others": 25}).tiers, {"others": Contender("others", kind=OTHERS)})
    (part,) = margin(law_of(tier), few).tiers
    assert (part.lower, part.exact) == (1, False)
    assert "a line stands for several lists" in part.why
