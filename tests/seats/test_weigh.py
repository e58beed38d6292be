"""weigh: votes that count more; whole numbers, the edge of the bar in a pair."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, run
from sailau.seats.weigh import Weigh
from sailau.terms.errors import InvalidLaw
from sailau.terms.tally import NATION, Contender, Tally

HALF_MORE = Fraction(27, 20)


def count(seats: int, marked: tuple[str, ...], **votes: int) -> Count:
    given = Tally.of(votes)
    marks = {c: Contender(c, traits=frozenset({"minority"})) for c in marked}
    return Count(Tally(given.tiers, marks), given.tiers["list"], "list", NATION, seats, votes, votes)


def placed(step: Weigh, state: Count) -> dict[str, int]:
    return run([step, Allocate(divisor="dhondt", cite="el 2")], state).total_placed()


def test_quotients_grow_by_the_factor_and_by_no_more() -> None:
    step = Weigh(trait="minority", factor=HALF_MORE, cite="el 1")
    assert placed(step, count(10, ("m",), a=1351, m=100)) == {"a": 10}
    assert placed(step, count(10, ("m",), a=1349, m=100)) == {"a": 9, "m": 1}
    assert placed(step, count(10, (), a=1349, m=100)) == {"a": 10}


def test_only_those_below_the_share_are_weighed() -> None:
    step = Weigh(trait="minority", factor=Fraction(2), below=Fraction(3, 100), cite="el 1")
    under = step.apply(count(5, ("m",), a=9701, m=299))
    at = step.apply(count(5, ("m",), a=9700, m=300))
    assert under.votes == {"a": 9701, "m": 598}
    assert at.votes == {"a": 9700, "m": 300}


def test_lines_and_bases_stay_as_cast() -> None:
    step = Weigh(trait="minority", factor=HALF_MORE, cite="el 1")
    after = step.apply(count(5, ("m",), a=80, m=10, blank=10))
    assert after.votes == {"a": 1600, "m": 270, "blank": 10}
    assert after.base("valid") == 100


def test_nobody_marked_changes_nothing() -> None:
    step = Weigh(trait="minority", factor=HALF_MORE, cite="el 1")
    state = count(7, (), a=80, m=10)
    assert step.apply(state).votes == state.votes
    trail = step.apply(state.but(trail=())).trail
    assert trail is not None
    assert Weigh.words(trail[-1]) == [("weigh", "nobody's votes are weighed")]


@pytest.mark.parametrize("terms", [{"factor": Fraction(0)}, {"factor": Fraction(2), "below": Fraction(2)}])
def test_a_factor_or_bar_that_cannot_be_is_refused(terms: dict[str, Fraction]) -> None:
    with pytest.raises(InvalidLaw):
        Weigh(trait="minority", cite="el 1", **terms)
