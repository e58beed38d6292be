"""deduct: what winners in districts needed is taken off the lists that they are linked with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.seats.mixed import ELECT, tally

from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, Each
from sailau.seats.deduct import Deduct
from sailau.seats.explain import explain
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.errors import InvalidLaw, MissingFigure
from sailau.terms.numbers import exact
from sailau.terms.tally import Contender, Tally
from sailau.terms.trail import Trail

QUARTER = Deduct(tier="direct", least=exact("25%"), cite="x 2")


def count(given: Tally, step: Deduct = QUARTER, *, seats: int = 0, bar: str = "0") -> Count:
    direct = Tier(name="direct", seats=None, district="single_member", ballot="candidate", steps=(ELECT,))
    steps = (Threshold(share=exact(bar), cite="x 1"), step, Allocate(quota="hare", cite="x 3"))
    lists = Tier(name="list", seats=seats, district="nationwide", ballot="closed_list", steps=steps)
    first = direct.count(given, done={}, decisions={}, trail=())
    return lists.count(given, done={"direct": first}, decisions={}, trail=first.trail)


def left(direct: dict[str, dict[str, int]], votes: dict[str, int], **marks: Contender) -> dict[str, int]:
    return dict(count(tally({}, {"nation": votes}, direct=direct, contenders=marks)).votes)


def test_a_winner_costs_its_list_one_vote_more_than_the_next() -> None:
    assert left({"d1": {"a": 60, "b": 39, "c": 1}}, {"a": 100, "b": 100}) == {"a": 60, "b": 100}


def test_at_least_a_quarter_of_the_district_is_taken_off() -> None:
    """Second with 20 of 100: 25 go, not 21; of 101 votes a quarter is 25.25, which 26 reach."""
    five = {"a": 40, "b": 20, "c": 15, "d": 15, "e": 10}
    assert left({"d1": five}, {"a": 100, "b": 1}) == {"a": 75, "b": 1}
    assert left({"d1": {**five, "e": 11}}, {"a": 100, "b": 1}) == {"a": 74, "b": 1}


def test_never_more_than_the_winner_had() -> None:
    """First with 22 of 100 against 21: 22 are taken off, although a quarter is 25."""
    assert left({"d1": {"a": 22, "b": 21, "c": 20, "d": 19, "e": 18}}, {"a": 100, "b": 1})["a"] == 78


def test_all_votes_of_the_winner() -> None:
    made = count(
        tally({}, {"nation": {"a": 100, "b": 100}}, direct={"d1": {"a": 60, "b": 39}}),
        Deduct(tier="direct", votes="won", cite="x 2"),
    )
    assert made.votes == {"a": 40, "b": 100}


def test_no_list_falls_below_nothing() -> None:
    assert left({"d1": {"a": 60, "b": 39}}, {"a": 30, "b": 100}) == {"a": 0, "b": 100}


def test_a_winner_of_several_lists_costs_each_its_part() -> None:
    """40 are taken off a and c, which have 90 and 30 votes in the district: 30 and 10."""
    marks = {"smith": Contender("smith", kind="candidate", members=("a", "c"))}
    direct, lists = {"d1": {"smith": 60, "b": 39}}, {"d1": {"a": 90, "c": 30, "b": 50}, "d2": {"a": 10}}
    made = count(tally({}, lists, direct=direct, contenders=marks))
    assert made.votes == {"a": 70, "b": 50, "c": 20}


def test_the_part_needs_the_votes_in_the_district() -> None:
    marks = {"smith": Contender("smith", kind="candidate", members=("a", "c"))}
    given = tally({}, {"nation": {"a": 90, "c": 30}}, direct={"d1": {"smith": 60, "b": 39}}, contenders=marks)
    with pytest.raises(MissingFigure, match="smith won d1 for a, c"):
        count(given)


def test_who_stands_for_no_list_costs_nobody() -> None:
    marks = {"x": Contender("x", kind="independent")}
    assert left({"d1": {"x": 60, "b": 39}}, {"a": 100, "b": 100}, **marks) == {"a": 100, "b": 100}


def test_the_bar_is_formed_from_the_votes_cast() -> None:
    """a keeps a single vote, but had 80 of 180 when the bar of 40% was formed."""
    given = tally({}, {"nation": {"a": 80, "b": 100}}, direct={"d1": {"a": 79, "b": 78}})
    assert count(given, bar="40%").votes == {"a": 1, "b": 100}


def test_in_a_region_its_own_districts_count() -> None:
    direct = {"north1": {"a": 60, "b": 39}, "south1": {"b": 60, "a": 10}}
    given = tally({}, {"north": {"a": 90, "b": 51}, "south": {"a": 90, "b": 50}}, direct=direct)
    first = Tier(name="direct", seats=None, district="single_member", ballot="candidate", steps=(ELECT,))
    steps = (Each(steps=(QUARTER, Allocate(divisor="dhondt", cite="x 3"))),)
    magnitudes = {"north": 3, "south": 3}
    lists = Tier(
        name="list", seats=6, district="multi_member", ballot="closed_list", steps=steps, magnitudes=magnitudes
    )
    done = {"direct": first.count(given, done={}, decisions={}, trail=None)}
    made = lists.count(given, done=done, decisions={}, trail=None)
    assert {area: dict(part.votes) for area, part in made.areas.items()} == {
        "north": {"a": 50, "b": 51},
        "south": {"a": 90, "b": 32},  # a quarter of 70, 17.5, is more than the 11 that b needed
    }


def test_terms_without_meaning_are_refused() -> None:
    with pytest.raises(InvalidLaw, match="least"):
        Deduct(tier="direct", votes="won", least=exact("25%"), cite="x 2")


def test_the_explanation_takes_the_votes_apart() -> None:
    made = count(tally({}, {"nation": {"a": 100, "b": 100}}, direct={"d1": {"a": 60, "b": 39}}))
    assert "100 votes less 40 with which its candidates won in direct: 60" in explain(Trail(made.trail or ()), "a")


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 99), min_size=2), min_size=1, max_size=5))
def test_no_more_is_taken_off_than_winners_had(districts: list[dict[str, int]]) -> None:
    direct = {f"d{i}": {c: n * 5 + "abcd".index(c) for c, n in votes.items()} for i, votes in enumerate(districts)}
    votes = dict.fromkeys("abcd", 100_000)
    made = count(tally({}, {"nation": votes}, direct=direct))
    for c in votes:
        won = sum(n for d in direct.values() for w, n in d.items() if w == c and n == max(d.values()))
        assert 0 <= votes[c] - made.votes[c] <= won
    assert sum(made.votes.values()) < sum(votes.values())
