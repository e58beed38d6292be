"""Lists that join until those that take part have a share of the votes together."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sailau.seats.allocate import Allocate
from sailau.seats.count import Count
from sailau.seats.guarantee import Guarantee
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw
from sailau.terms.tally import Tally

BAR = Threshold(share=Fraction(5, 100), of="voters", cite="x 1")
SIXTY = Guarantee(lists=1, when="fewer", share=Fraction(6, 10), of="voters", rest="formula", cite="x 2")


def count(votes: dict[str, int], voters: int = 1_000) -> Count:
    steps = (BAR, SIXTY, Allocate(quota="hare", cite="x 3"))
    tier = Tier(name="list", seats=10, district="nationwide", ballot="closed_list", steps=steps)
    return tier.count(Tally.of(votes, voters=voters), done={}, decisions={}, trail=())


def test_nobody_joins_while_the_share_is_reached() -> None:
    made = count({"a": 350, "b": 250, "c": 49, "d": 40})
    assert set(made.contenders()) == {"a", "b"}


def test_the_next_largest_join_until_it_is() -> None:
    assert set(count({"a": 350, "b": 249, "c": 49, "d": 40}).contenders()) == {"a", "b", "c"}
    assert set(count({"a": 300, "b": 250, "c": 45, "d": 40, "e": 30}).contenders()) == {"a", "b", "c", "d"}


def test_equal_lists_join_together() -> None:
    assert set(count({"a": 350, "b": 240, "c": 40, "d": 40, "e": 30}).contenders()) == {"a", "b", "c", "d"}


def test_one_let_in_by_lot_is_not_counted_again_with_its_equals() -> None:
    """c is drawn as the second list; with d, its equal, the lists have 48 % and not 52: the next joins as well."""
    half = Guarantee(
        lists=2, when="fewer", share=Fraction(1, 2), of="voters", rest="formula", ties=("lot",), cite="x 2"
    )
    steps = (BAR, half, Allocate(quota="hare", cite="x 3"))
    tier = Tier(name="list", seats=10, district="nationwide", ballot="closed_list", steps=steps)
    tally = Tally.of({"a": 400, "c": 40, "d": 40, "e": 31, "f": 29, "g": 10}, voters=1_000)
    made = tier.count(tally, done={}, decisions={"list.guarantee": ("c",)}, trail=())
    assert set(made.contenders()) == {"a", "c", "d", "e"}
    with pytest.raises(DrawRequired):
        tier.count(tally, done={}, decisions={}, trail=())


def test_where_all_together_have_too_little_all_take_part() -> None:
    assert set(count({"a": 300, "b": 40, "c": 30}).contenders()) == {"a", "b", "c"}


def test_a_share_is_one() -> None:
    with pytest.raises(InvalidLaw):
        Guarantee(lists=1, share=Fraction(3, 2), cite="x 1")
