"""cap: a ceiling in seats and above the share of the votes; the others share anew what it leaves."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.allocate import Allocate
from sailau.seats.cap import Cap
from sailau.seats.count import Count, Step
from sailau.seats.explain import explain
from sailau.seats.quorum import Quorum
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


def test_a_ceiling_on_the_seats_of_one_tier_names_no_other() -> None:
    votes = {"a": 70, "b": 20, "c": 10}
    alone = Cap(most=65, quota="hare", cite="x 1")
    assert count(alone, votes, {}, 120).placed == {"a": 65, "b": 37, "c": 18}
    assert count(Cap(most=84, quota="hare", cite="x 1"), votes, {}, 120).placed == {"a": 84, "b": 24, "c": 12}


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
    size = {"north": 2, "south": 2}
    steps = (step(most=3),)
    tier = Tier(name="list", seats=4, district="multi_member", ballot="closed_list", steps=steps, magnitudes=size)
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


# Central Election Commission, summary protocol of 3 December 2020: lists of 1% and more; 30 districts of one party.
GEORGIA = {
    "georgian_dream": 928_004,
    "unm": 523_127,
    "european_georgia": 72_986,
    "lelo": 60_712,
    "strategy": 60_671,
    "patriots": 60_480,
    "girchi": 55_598,
    "citizens": 25_508,
    "labour": 19_314,
}
SEATS = {"georgian_dream": 60, "unm": 36, "european_georgia": 5, "lelo": 4, "strategy": 4, "patriots": 4, "girchi": 4}


def georgia(valid: int, times: Fraction | None) -> dict[str, int]:
    given = Tally({"list": Ballots({"nation": GEORGIA}, {"nation": {"valid": valid}})}, {}, declared={"smd": DREAM})
    formula: Step = Allocate(quota="hare", cite="c 2")
    if times is not None:
        formula = Cap(tiers=("smd",), times=times, of="valid", quota="hare", cite="c 1")
    lists = Tier(name="list", seats=120, district="nationwide", ballot="closed_list", steps=(formula,))
    return lists.count(given, done={}, decisions={}, trail=()).total_placed()


DREAM = {"georgian_dream": 30}


@pytest.mark.parametrize("valid", [1_924_330, 1_924_520, 1_924_720])
def test_a_share_of_the_house_is_at_most_so_many_times_the_share_of_the_votes(valid: int) -> None:
    """48.22% times 5/4 of 150 seats are 90.4: with 30 districts 60 list seats, one less than the formula gives.

    The share is published with two decimals; these are the fewest, the middle and the most valid votes that it fits.
    """
    assert f"{100 * 928_004 / valid:.2f}" == "48.22"
    assert georgia(valid, None)["georgian_dream"] == 61
    assert georgia(valid, Fraction(5, 4)) == {**SEATS, "citizens": 2, "labour": 1}


def test_a_ceiling_by_times_is_told_and_has_to_be_above_nothing() -> None:
    given = Tally({"list": Ballots({"nation": {"a": 60, "b": 40}})}, {}, declared={"smd": {"a": 0}})
    cap = Cap(tiers=("smd",), times=Fraction(5, 6), quota="hare", cite="c 1")
    lists = Tier(name="list", seats=10, district="nationwide", ballot="closed_list", steps=(cap,))
    with pytest.raises(LawSilent, match="nobody who could take one is below the ceiling"):
        lists.count(given, done={}, decisions={}, trail=())
    with pytest.raises(InvalidLaw, match="above 0"):
        Cap(tiers=("smd",), times=Fraction(0), quota="hare", cite="c 1")


def test_votes_by_region_may_settle_a_bar_before_a_ceiling_of_the_nation() -> None:
    """A list below a bar in one region is out; of ten seats the largest may have six, though seven are its share."""
    votes = {"east": {"a": 70, "b": 20, "c": 9}, "west": {"a": 70, "b": 30, "c": 1}}
    steps = (
        Quorum(district=Fraction(1, 20), districts=None, of="valid", cite="k 1"),
        Cap(tiers=(), most=6, quota="hare", cite="k 2"),
    )
    lists = Tier(name="list", seats=10, district="nationwide", ballot="closed_list", steps=steps)
    done = lists.count(Tally({"list": Ballots(votes)}, {}), done={}, decisions={}, trail=())
    assert done.total_placed() == {"a": 6, "b": 4}
    parts = Tier(
        name="list",
        seats=10,
        district="multi_member",
        ballot="closed_list",
        steps=steps,
        magnitudes={"east": 5, "west": 5},
    )
    with pytest.raises(InvalidLaw, match="not of areas"):
        parts.count(Tally({"list": Ballots(votes)}, {}), done={}, decisions={}, trail=())
