"""carry: losers' votes, and what winners did not need, are added to those of the lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.seats.mixed import ELECT, tally

from sailau.seats.carry import Carry
from sailau.seats.count import Count
from sailau.seats.explain import explain
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.errors import MissingFigure
from sailau.terms.numbers import exact
from sailau.terms.tally import Contender, Tally
from sailau.terms.trail import Trail

DIRECT = {"d1": {"a": 60, "b": 39, "c": 1}, "d2": {"b": 50, "a": 30, "x": 20}}
LISTS = {"nation": {"a": 100, "b": 100, "c": 10}}


def count(given: Tally, *, surplus: bool, bar: str = "0") -> Count:
    steps = (
        Threshold(share=exact(bar), cite="x 1"),
        Carry(tier="direct", surplus=surplus, cite="x 2"),
    )
    direct = Tier(name="direct", seats=None, district="single_member", ballot="candidate", steps=(ELECT,))
    lists = Tier(name="list", seats=0, district="nationwide", ballot="closed_list", steps=steps)
    first = direct.count(given, done={}, decisions={}, trail=())
    return lists.count(given, done={"direct": first}, decisions={}, trail=first.trail)


def test_votes_of_losers_are_carried() -> None:
    assert count(tally({}, LISTS, direct=DIRECT), surplus=False).votes == {"a": 130, "b": 139, "c": 11}


def test_a_winner_needs_one_vote_more_than_the_best_loser() -> None:
    # a: 60 - 39 - 1 = 20, b: 50 - 30 - 1 = 19
    assert count(tally({}, LISTS, direct=DIRECT), surplus=True).votes == {"a": 150, "b": 158, "c": 11}


def test_a_win_by_one_vote_leaves_nothing() -> None:
    direct = {"d1": {"a": 51, "b": 50}}
    assert count(tally({}, LISTS, direct=direct), surplus=True).votes["a"] == 100


def test_carried_votes_do_not_help_over_the_bar() -> None:
    # c has 10 of 210 list votes, 4.76%
    made = count(tally({}, LISTS, direct={"d1": {"a": 60, "c": 50}}), surplus=True, bar="5%")
    assert set(made.votes) == {"a", "b"}
    assert count(tally({}, LISTS, direct={"d1": {"a": 60, "c": 50}}), surplus=True, bar="4%").votes["c"] == 60


def test_independents_and_parties_without_a_list_carry_nothing() -> None:
    marks = {"x": Contender("x", kind="independent")}
    made = count(tally({}, LISTS, direct=DIRECT, contenders=marks), surplus=True)
    assert sum(made.votes.values()) == 210 + 60 + 39 + 1 - 40 + 50 + 30 - 31


def test_candidates_carry_to_the_list_of_their_party() -> None:
    marks = {"smith": Contender("smith", party="a", kind="candidate")}
    made = count(tally({}, LISTS, direct={"d1": {"b": 60, "smith": 30}}, contenders=marks), surplus=False)
    assert made.votes["a"] == 130


def in_areas(lists: dict[str, dict[str, int]]) -> Count:
    given = tally({}, lists, direct={"n1": DIRECT["d1"], "s1": DIRECT["d2"]})
    direct = Tier(name="direct", seats=None, district="single_member", ballot="candidate", steps=(ELECT,))
    steps = (Carry(tier="direct", cite="x 2"),)
    sizes = dict.fromkeys(lists, 0)
    areas = Tier(name="list", seats=0, district="multi_member", ballot="closed_list", steps=steps, magnitudes=sizes)
    first = direct.count(given, done={}, decisions={}, trail=())
    return areas.count(given, done={"direct": first}, decisions={}, trail=first.trail)


def test_votes_go_to_the_area_of_their_district() -> None:
    """`b` lost in the north with 39 votes and `a` in the south with 30; an area gets those of its own districts."""
    made = in_areas({"n": {"a": 100, "b": 5}, "s": {"a": 100, "b": 6}})
    assert made.areas["n"].votes == {"a": 100, "b": 44}
    assert made.areas["s"].votes == {"a": 130, "b": 6}
    assert made.votes == {"a": 230, "b": 50}
    assert "n: a 100, b 44" in explain(Trail(made.trail or ()))


def test_a_district_that_lies_in_no_area_is_named() -> None:
    with pytest.raises(MissingFigure, match="s1 of direct lies in s, which is no area of list"):
        in_areas({"n": {"a": 100}, "east": {"a": 100}})


def test_the_explanation_takes_the_sum_apart() -> None:
    made = count(tally({}, LISTS, direct=DIRECT), surplus=True)
    text = explain(Trail(made.trail or ()), "b")
    assert "100 votes of its own, 39 of losing candidates and 19 that winners did not need: 158" in text


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(1, 99), min_size=2), min_size=1, max_size=6))
def test_each_vote_of_a_district_elects_or_is_carried(votes: list[dict[str, int]]) -> None:
    clear = [v for v in votes if sorted(v.values())[-1] != sorted(v.values())[-2]]
    direct = {f"d{i}": v for i, v in enumerate(clear)} or {"d0": {"a": 2, "b": 1}}
    made = count(tally({}, LISTS, direct=direct), surplus=True)
    used = sum(sorted(v.values())[-2] + 1 for v in direct.values())
    assert sum(made.votes.values()) == 210 + sum(sum(v.values()) for v in direct.values()) - used
