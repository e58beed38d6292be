"""points: places on the ballots are worth something, and the sums elect."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.count import Count, Each, Step
from sailau.seats.distribute import Distribute
from sailau.seats.explain import explain
from sailau.seats.fill import Fill
from sailau.seats.points import Points
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, InvalidVotes, LawSilent, MissingFigure
from sailau.terms.tally import Ballots, Tally
from sailau.terms.trail import Trail

DOWDALL, BORDA = Points(scale="harmonic", cite="x 1"), Points(scale="descending", cite="x 1")
RANKINGS = {("a", "b", "c"): 5, ("b", "c", "a"): 4, ("c", "b", "a"): 2}


def count(
    rankings: Mapping[tuple[str, ...], int],
    step: Points = DOWDALL,
    *,
    seats: int = 1,
    names: str = "abc",
    decisions: Mapping[str, tuple[str, ...]] | None = None,
) -> Count:
    tier = Tier(name="ward", seats=seats, district="nationwide", ballot="ranked", steps=(step,))
    ballots = Ballots({"nation": dict.fromkeys(names, 0)}, rankings={"nation": rankings})
    return tier.count(Tally({"ward": ballots}), done={}, decisions=decisions or {}, trail=())


def points(rankings: Mapping[tuple[str, ...], int], step: Points = DOWDALL, names: str = "abc") -> dict[str, Fraction]:
    made = count(rankings, step, names=names, seats=1)
    return dict((made.trail or ())[-1].facts["sums"])


def test_a_place_is_worth_its_reciprocal() -> None:
    """a: 5 + 6/3; b: 5/2 + 4 + 2/2; c: 5/3 + 4/2 + 2."""
    assert points(RANKINGS) == {"a": 7, "b": Fraction(15, 2), "c": Fraction(17, 3)}
    assert count(RANKINGS).placed == {"b": 1}  # although a has most first places


def test_a_place_is_worth_one_point_less_each_time() -> None:
    """a: 15 + 6, b: 10 + 12 + 4, c: 5 + 8 + 6."""
    assert points(RANKINGS, BORDA) == {"a": 21, "b": 26, "c": 19}


def test_the_two_scales_can_elect_others() -> None:
    ballots = {("a", "b", "c"): 6, ("b", "c", "a"): 4, ("c", "b", "a"): 1}
    # By 1/n: a 6 + 5/3 = 7.67, b 3 + 4 + 1/2 = 7.5; by 3-2-1: a 18 + 5 = 23, b 12 + 12 + 2 = 26.
    assert count(ballots).placed == {"a": 1}
    assert count(ballots, BORDA).placed == {"b": 1}


def test_the_official_statement_of_value() -> None:
    """The Electoral Act of Nauru, s 26A(2)(b): unity, one half, one third to the first three preferences."""
    assert points({("a", "b", "c"): 1}) == {"a": 1, "b": Fraction(1, 2), "c": Fraction(1, 3)}


def test_several_seats_go_to_the_highest_sums() -> None:
    assert count(RANKINGS, seats=2).placed == {"a": 1, "b": 1}


def test_a_ballot_that_must_rank_everybody() -> None:
    strict = Points(scale="harmonic", complete=True, cite="x 1")
    ballots = {**RANKINGS, ("c",): 9, ("c", "c", "a"): 9, ("skipped", "c", "b", "a"): 9}
    made = count(ballots, strict)
    assert made.placed == {"b": 1}
    assert "27 ballots do not rank everybody" in explain(Trail(made.trail or ()))
    assert count({**RANKINGS, ("c",): 9}).placed == {"c": 1}


def test_a_blank_place_keeps_the_numbers_and_an_end_ends() -> None:
    assert points({("skipped", "b", "overvote", "a"): 3, ("c", "c", "a"): 1}) == {"b": Fraction(3, 2), "c": 1}


def test_equal_sums_need_a_draw() -> None:
    even = {("a", "b"): 1, ("b", "a"): 1}
    with pytest.raises(DrawRequired) as draw:
        count(even, names="ab")
    assert (draw.value.key, draw.value.options) == ("ward.points", ("a", "b"))
    assert count(even, names="ab", decisions={"ward.points": ("b",)}).placed == {"b": 1}


def test_what_cannot_be_counted() -> None:
    with pytest.raises(LawSilent, match="only 1 candidate has"):
        count({("a",): 3}, seats=2)
    with pytest.raises(InvalidVotes, match="zed"):
        count({("zed",): 3})
    tier = Tier(name="ward", seats=1, district="nationwide", ballot="ranked", steps=(DOWDALL,))
    with pytest.raises(MissingFigure, match="rankings"):
        tier.count(Tally.of({"a": 3}, tier="ward"), done={}, decisions={}, trail=None)


@pytest.mark.parametrize("inside", [False, True])
def test_a_word_that_a_step_does_not_know_is_refused(inside: bool) -> None:
    def tier(step: Step) -> Tier:
        steps = (Each(steps=(step,)),) if inside else (step,)
        return Tier(name="ward", seats=1, district="nationwide", ballot="ranked", steps=steps)

    with pytest.raises(InvalidLaw, match=r"points\.scale is 'triangle'; it can be 'harmonic' or 'descending'"):
        tier(Points(scale="triangle", cite="x"))  # type: ignore[arg-type]
    with pytest.raises(InvalidLaw, match=r"fill\.short is 'full'; it can be 'vacant'"):
        tier(Fill(order="list_order", short="full", cite="x"))  # type: ignore[arg-type]
    with pytest.raises(InvalidLaw, match=r"distribute\.ties is 'coin'; it can be 'most_votes' or 'lot'"):
        tier(Distribute(divisor="dhondt", ties=("lot", "coin"), cite="x"))  # type: ignore[arg-type]
    tier(Fill(order="list_order", cite="x"))


def test_a_word_that_a_tier_does_not_know_is_refused() -> None:
    with pytest.raises(InvalidLaw, match=r"ward\.district is 'province'; it can be 'nationwide' or 'single_member'"):
        Tier(name="ward", seats=1, district="province", ballot="none", steps=())  # type: ignore[arg-type]


def test_the_explanation_says_the_points() -> None:
    assert "1 with 7.5000 points (place 1)" in explain(Trail(count(RANKINGS).trail or ()), "b")


ORDERS = st.permutations("abcd").map(tuple)


@given(st.dictionaries(ORDERS, st.integers(1, 500), min_size=1, max_size=8), st.sampled_from((DOWDALL, BORDA)))
def test_sums_are_those_of_the_ballots_and_better_places_never_hurt(
    ballots: dict[tuple[str, ...], int], step: Points
) -> None:
    worth = [Fraction(1, n) for n in range(1, 5)] if step is DOWDALL else [Fraction(n) for n in (4, 3, 2, 1)]
    assert sum(step.sums(_begun(ballots))[0].values()) == sum(ballots.values()) * sum(worth)
    order = next(iter(ballots))
    if order[0] == "a":
        return
    place = order.index("a")
    better = (*order[: place - 1], "a", order[place - 1], *order[place + 1 :])
    raised = {o: n for o, n in ballots.items() if o != order}
    raised[better] = raised.get(better, 0) + ballots[order]
    assert step.sums(_begun(raised))[0]["a"] > step.sums(_begun(ballots))[0]["a"]


def _begun(ballots: Mapping[tuple[str, ...], int]) -> Count:
    tier = Tier(name="ward", seats=1, district="nationwide", ballot="ranked", steps=(DOWDALL,))
    given = Ballots({"nation": dict.fromkeys("abcd", 0)}, rankings={"nation": ballots})
    return tier.begin(Tally({"ward": given}), done={}, decisions={})
