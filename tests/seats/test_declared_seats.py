"""Seats of a tier that is declared admit as those of a counted one do; and a seat between two shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sailau import Swing, load_law, simulate
from sailau.law.edition import count_tiers
from sailau.seats.allocate import Allocate
from sailau.seats.assure import Assure
from sailau.seats.count import Count, Step
from sailau.seats.explain import explain
from sailau.seats.qualify import Qualify
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.numbers import exact
from sailau.terms.tally import Ballots, Tally
from sailau.terms.trail import Trail

VOTES = {"a": 600, "b": 310, "c": 50, "d": 40}
LAST = Allocate(quota="hare", rest="largest_remainder", ties=("lot",), cite="x 9")


def counted(*steps: Step, declared: dict[str, int] | None = None, seats: int = 10) -> Count:
    tier = Tier(name="list", seats=seats, district="nationwide", ballot="closed_list", steps=(*steps, LAST))
    given = Tally({"list": Ballots({"nation": VOTES})}, declared={"direct": declared} if declared else {})
    return count_tiers((tier,), given, {}, ())["list"]


@pytest.mark.parametrize(
    "bar",
    [
        Qualify(share=exact("20%"), seats=3, in_tier="direct", cite="x 1"),
        Threshold(share=exact("20%"), seats=3, in_tier="direct", cite="x 1"),
    ],
)
def test_declared_seats_admit(bar: Step) -> None:
    """d has 4% and three seats, c has 5% and two."""
    assert set(counted(bar, declared={"d": 3, "c": 2}).votes) == {"a", "b", "d"}
    assert set(counted(bar).votes) == {"a", "b"}


def test_many_runs_at_once_know_declared_seats() -> None:
    bar = Threshold(share=exact("20%"), seats=3, in_tier="direct", cite="x 1")
    tier = Tier(name="list", seats=10, district="nationwide", ballot="closed_list", steps=(bar, LAST))
    law = replace(load_law("fj/parliament", on=date(2014, 9, 17)), tiers=(tier,))
    given = Tally({"list": Ballots({"nation": VOTES})}, declared={"direct": {"d": 3, "c": 2}})
    runs = simulate(law, given, noise=Swing(sd="0.01%"), n=20, seed=1)
    assert runs.seats.quantiles([0.5]) == {"a": (6,), "b": (3,), "c": (0,), "d": (1,)}


def test_seats_alone_admit_nobody_where_the_tier_is_unknown() -> None:
    with pytest.raises(LawSilent, match="nobody meets"):
        counted(Qualify(seats=1, in_tier="direct", cite="x 1"))


def test_a_seat_for_those_between_two_shares_and_the_rest_for_the_larger_ones() -> None:
    """c has 5% and d 4% of 1,000: from 4% on and below 5% d alone; then a 5.93 and b 3.07 of nine quotas."""
    steps = (
        Assure(share=exact("4%"), below=exact("5%"), of="valid", cite="x 1"),
        Qualify(share=exact("20%"), of="valid", cite="x 2"),
    )
    made = counted(*steps)
    assert made.total_placed() == {"d": 1, "a": 6, "b": 3}
    assert "4% of 1,000 valid = 40.00 votes, and less than 5%; 1 each to d 40" in explain(Trail(made.trail or ()))
    open_ended = counted(Assure(share=exact("4%"), of="valid", cite="x 1"), *steps[1:])
    assert open_ended.total_placed() == {"a": 5, "b": 3, "c": 1, "d": 1}


def test_an_empty_interval_is_refused() -> None:
    for below in ("3%", "2%"):
        with pytest.raises(InvalidLaw, match="nobody has the share"):
            Assure(share=exact("3%"), below=exact(below), cite="x 1")
