"""take_off: only what is beyond a share of the votes competes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.allocate import Allocate
from sailau.seats.averages import highest_averages
from sailau.seats.count import Count, Each, run
from sailau.seats.explain import explain
from sailau.seats.take_off import TakeOff
from sailau.seats.tier import Tier
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.tally import NATION, Ballots, Tally
from sailau.terms.trail import Trail

TENTH = TakeOff(share=Fraction(1, 10), cite="x 1")
DHONDT = Allocate(divisor="dhondt", ties=("most_votes",), cite="x 2")


def count(seats: int, **votes: int) -> Count:
    tally = Tally.of(votes)
    return Count(tally, tally.tiers["list"], "list", NATION, seats, votes, votes, trail=())


def test_the_share_is_taken_off_and_the_rest_competes() -> None:
    """Of 120 votes 12 go: 48, 23 and 3 are left. The quotients alone give c a seat, which it now has not."""
    votes = {"a": 60, "b": 35, "c": 15, "d": 10}
    assert highest_averages({**votes, "d": 0}, 9).seats == {"a": 5, "b": 3, "c": 1, "d": 0}
    done = run([TENTH, DHONDT], count(9, **votes))
    assert done.placed == {"a": 6, "b": 3}
    words = explain(Trail(done.trail or ()))
    assert "10% of the valid votes = 12.00 are taken off; left: a 48.00, b 23.00, c 3.00" in words
    assert "48.00 of 60 votes are left" in explain(Trail(done.trail or ()), "a")
    assert "10 votes, no more than the 12.00 taken off" in explain(Trail(done.trail or ()), "d")


def test_who_has_just_the_share_is_out_and_nobody_left_is_silence() -> None:
    assert run([TENTH], count(3, a=90, b=10)).contenders() == {"a": 80}
    assert run([TENTH], count(3, a=89, b=11)).contenders() == {"a": 79, "b": 1}
    with pytest.raises(LawSilent, match=r"nobody has more than the 50\.00 votes"):
        run([TakeOff(share=Fraction(1, 2), cite="x 1")], count(3, a=50, b=50))
    with pytest.raises(InvalidLaw):
        TakeOff(share=Fraction(11, 10), cite="x 1")


def test_each_district_has_its_own_share() -> None:
    votes = {"north": {"a": 60, "b": 5}, "south": {"a": 5, "b": 30}}
    tier = Tier(
        name="list",
        seats=None,
        district="multi_member",
        ballot="closed_list",
        steps=(Each(steps=(TENTH, DHONDT)),),
        magnitudes={"north": 3, "south": 2},
    )
    done = tier.count(Tally({"list": Ballots(votes)}, {}), done={}, decisions={}, trail=None)
    assert {area: dict(part.placed) for area, part in done.areas.items()} == {"north": {"a": 3}, "south": {"b": 2}}


@given(
    st.lists(st.integers(0, 999), min_size=2, max_size=6), st.integers(1, 12), st.sampled_from(["1/10", "1/7", "3%"])
)
def test_the_scale_moves_no_seat(ns: list[int], seats: int, share: str) -> None:
    part = Fraction(3, 100) if share == "3%" else Fraction(share)
    votes = {f"l{i}": 1000 * n + i for i, n in enumerate(ns)}
    off = part * sum(votes.values())
    left = {c: n - off for c, n in votes.items() if n > off}
    if not left:
        return
    done = run([TakeOff(share=part, cite="x 1"), DHONDT], count(seats, **votes))
    got = {c: done.placed.get(c, 0) for c in left}
    for c, n in left.items():
        for d, m in left.items():
            assert got[c] == 0 or n / got[c] >= m / (got[d] + 1)
