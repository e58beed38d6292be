"""cap: a ceiling in seats and above the share of the votes; the others share anew what it leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.cap import Cap
from sailau.seats.count import Count
from sailau.seats.explain import explain
from sailau.seats.remainders import largest_remainder
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, LawSilent
from sailau.terms.numbers import exact
from sailau.terms.tally import Ballots, Tally
from sailau.terms.trail import Trail


def step(most: int | None = None, beyond: str | None = None) -> Cap:
    return Cap(tiers=("direct",), most=most, beyond=exact(beyond) if beyond else None, quota="hare", cite="x 1")


def count(cap: Cap, votes: dict[str, int], won: dict[str, int], seats: int) -> Count:
    tally = Tally({"list": Ballots({"nation": votes})}, declared={"direct": won})
    tier = Tier(name="list", seats=seats, district="nationwide", ballot="closed_list", steps=(cap,))
    return tier.count(tally, done={}, decisions={}, trail=())


VOTES = {"a": 50, "b": 30, "c": 20}


def test_below_the_ceiling_the_formula_alone_counts() -> None:
    assert count(step(most=60), VOTES, {"a": 30, "b": 10}, 40).placed == {"a": 20, "b": 12, "c": 8}


def test_at_the_ceiling_is_not_beyond_it() -> None:
    assert count(step(most=50), VOTES, {"a": 30, "b": 10}, 40).placed["a"] == 20
    assert count(step(most=49), VOTES, {"a": 30, "b": 10}, 40).placed["a"] == 19


def test_the_others_share_the_rest_anew() -> None:
    # a may take 10 more; 30 seats for b 30 and c 20
    assert count(step(most=40), VOTES, {"a": 30, "b": 10}, 40).placed == {"a": 10, "b": 18, "c": 12}


def test_a_share_of_the_house_may_lie_so_far_above_the_votes() -> None:
    # house 80: a at most 58% of 80 = 46.4 -> 46, of which 30 are won
    assert count(step(beyond="8%"), VOTES, {"a": 30, "b": 10}, 40).placed["a"] == 16
    assert count(step(beyond="13%"), VOTES, {"a": 30, "b": 10}, 40).placed["a"] == 20


def test_seats_won_stay_whatever_the_ceiling() -> None:
    assert count(step(most=25), VOTES, {"a": 30, "b": 10}, 40).placed == {"b": 15, "c": 25}
    made = count(step(most=45), {"a": 50, "b": 30, "c": 20}, {"a": 50}, 40)
    assert "a" not in made.placed
    assert sum(made.placed.values()) == 40


def test_the_second_round_may_hold_another() -> None:
    # a is held at 5; then b would have 21 of 35 and is held at 20
    made = count(step(most=20), VOTES, {"a": 15}, 40)
    assert made.placed == {"a": 5, "b": 20, "c": 15}
    assert [held for _, held in (made.trail or ())[0].facts["rounds"]] == [{"a": 5}, {"b": 20}, {}]


def test_seats_that_nobody_can_take_are_not_lost_in_silence() -> None:
    with pytest.raises(LawSilent, match="10 seats are left"):
        count(step(most=10), VOTES, {}, 40)


def test_a_tie_needs_a_draw() -> None:
    with pytest.raises(DrawRequired):
        count(step(most=30), {"a": 50, "b": 25, "c": 25}, {"a": 30}, 3)


def test_a_cap_needs_a_ceiling() -> None:
    with pytest.raises(InvalidLaw, match="needs a ceiling"):
        step()


def test_seats_by_area_have_no_ceiling() -> None:
    tally = Tally({"list": Ballots({"north": VOTES, "south": VOTES})}, declared={"direct": {}})
    tier = Tier(name="list", seats=4, district="nationwide", ballot="closed_list", steps=(step(most=3),))
    with pytest.raises(InvalidLaw, match="votes of the nation"):
        tier.count(tally, done={}, decisions={}, trail=None)


@given(
    votes=st.lists(st.integers(1, 1000), min_size=2, max_size=5),
    won=st.lists(st.integers(0, 20), min_size=5, max_size=5),
    most=st.integers(8, 60),
)
def test_no_seat_is_lost_and_nobody_passes_the_ceiling_by_it(votes: list[int], won: list[int], most: int) -> None:
    names = "abcde"[: len(votes)]
    ballots, direct = dict(zip(names, votes, strict=True)), dict(zip(names, won, strict=False))
    try:
        made = count(step(most=most), ballots, direct, 20)
    except (DrawRequired, LawSilent):
        return
    assert sum(made.placed.values()) == 20
    assert all(n + direct[c] <= most for c, n in made.placed.items())
    free = {c: n for c, n in ballots.items() if made.placed.get(c, 0) + direct[c] < most}
    if len(free) == len(ballots):
        assert made.placed == {c: n for c, n in largest_remainder(ballots, 20).seats.items() if n}


def test_the_words_say_who_is_held() -> None:
    made = count(step(most=40), VOTES, {"a": 30, "b": 10}, 40)
    text = explain(Trail(made.trail or ()))
    assert "held at the ceiling: a 10" in text
    assert "10 of at most 10 seats here, 30 won elsewhere" in explain(Trail(made.trail or ()), "a")
