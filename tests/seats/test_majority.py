"""A majority of the votes and of the seats: exchanged, added, or there already."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from sailau.seats.allocate import Allocate
from sailau.seats.count import Count
from sailau.seats.explain import explain
from sailau.seats.majority import Majority
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw
from sailau.terms.tally import Tally
from sailau.terms.trail import Trail

QUOTA = Allocate(quota="hare", rest="largest_remainder", cite="x 1")
VOTES = {"a": 508, "b": 350, "c": 142}
"""Of seven seats: 3.556, 2.45, 0.994 quotas; a 4 of 7 by remainder."""


def count(step: Majority, votes: dict[str, int], seats: int, *, by: Allocate = QUOTA) -> Count:
    tier = Tier(name="list", seats=seats, district="nationwide", ballot="closed_list", steps=(by, step))
    return tier.count(Tally.of(votes), done={}, decisions={}, trail=())


def test_who_has_it_gets_nothing_more() -> None:
    made = count(Majority(cite="x 2"), VOTES, 7)
    assert made.placed == {"a": 4, "b": 2, "c": 1}
    assert made.trail is not None and made.trail[-1].key == "majority.idle"


def test_one_seat_is_exchanged_with_the_last_remainder() -> None:
    """2.515, 1.65 and 0.835 quotas of five seats: a 2, b 2, c 1; the remainder of b is the smallest that won."""
    votes = {"a": 503, "b": 330, "c": 167}
    step = Majority(by="smallest_remainder", quota="hare", cite="x 2")
    assert count(step, votes, 5).placed == {"a": 3, "b": 1, "c": 1}
    half = {"a": 500, "b": 333, "c": 167}
    assert count(step, half, 5).placed == {"a": 2, "b": 2, "c": 1}  # not more than half


def test_the_smallest_average_loses_it() -> None:
    """Seats of whole quotas are safe: c has none, its one seat is a rest; b's second is one too."""
    votes = {"a": 503, "b": 330, "c": 167}
    step = Majority(by="smallest_average", quota="hare", cite="x 2")
    assert count(step, votes, 5).placed == {"a": 3, "b": 1, "c": 1}  # 330 / 2 against 167 / 1


def test_seats_are_added_until_it_is_a_majority() -> None:
    made = count(Majority(give="add", cite="x 2"), {"a": 503, "b": 330, "c": 167}, 5)
    assert (made.placed, made.extra) == ({"a": 4, "b": 2, "c": 1}, 2)
    even = count(Majority(give="add", cite="x 2"), {"a": 503, "b": 497}, 4)
    assert (even.placed, even.extra) == ({"a": 3, "b": 2}, 1)


def test_the_seats_of_the_trail_are_those_placed() -> None:
    made = count(Majority(by="smallest_remainder", quota="hare", cite="x 2"), {"a": 503, "b": 330, "c": 167}, 5)
    trail = Trail(made.trail or ())
    seats = [seat.contender for seat in trail.seats()]
    assert sorted(seats) == ["a", "a", "a", "b", "c"]
    assert "a has more than 50% of list votes" in explain(trail)


def test_equals_are_a_question() -> None:
    votes = {"a": 1_006, "b": 497, "c": 497}
    with pytest.raises(DrawRequired) as draw:
        count(Majority(by="smallest_average", cite="x 2"), votes, 4, by=Allocate(divisor="adams", cite="x 1"))
    assert (draw.value.key, draw.value.tied) == ("list.majority", ("b", "c"))


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        ({"share": 0}, "a half or more"),
        ({"share": 1}, "a half or more"),
        ({"by": "smallest_remainder"}, "needs the quota"),
    ],
)
def test_terms_that_cannot_be_meant(terms: dict[str, Any], what: str) -> None:
    if "share" in terms:
        terms = {"share": Fraction(terms["share"])}
    with pytest.raises(InvalidLaw, match=what):
        Majority(cite="x 2", **terms)
