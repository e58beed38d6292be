"""join: both ballots count for the lists; by_seats: seats won elsewhere count as votes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.seats.mixed import ELECT, tally

from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, Each, Step
from sailau.seats.elect import Elect
from sailau.seats.explain import explain
from sailau.seats.join import BySeats, Join
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.numbers import exact
from sailau.terms.tally import Ballots, Contender, Tally
from sailau.terms.trail import Trail

JOIN = Join(tier="direct", cite="x 2")
BY_SEATS = BySeats(tiers=("direct",), cite="x 2")
HARE = Allocate(quota="hare", cite="x 3")
TWO = {"north": 2, "south": 2}


def counted(given: Tally, *steps: Step, seats: int | None = None, areas: dict[str, int] | None = None) -> Count:
    """Return the count of the lists after that of the districts."""
    direct = Tier(name="direct", seats=None, district="single_member", ballot="candidate", steps=(ELECT,))
    lists = Tier(
        name="list",
        seats=seats,
        district="multi_member" if areas else "nationwide",
        ballot="closed_list",
        steps=steps,
        magnitudes=areas or {},
    )
    first = direct.count(given, done={}, decisions={}, trail=())
    return lists.count(given, done={"direct": first}, decisions={}, trail=first.trail)


def test_votes_of_both_ballots_are_added_those_of_winners_and_of_losers() -> None:
    direct = {"d1": {"x": 60, "b": 39}, "d2": {"b": 10, "y": 5}}
    marks = {name: Contender(name, party="a") for name in "xy"}
    done = counted(tally({}, {"nation": {"a": 100, "b": 200}}, direct=direct, contenders=marks), JOIN, HARE, seats=9)
    assert dict(done.votes) == {"a": 165, "b": 249}
    assert done.total_placed() == {"a": 4, "b": 5}, "165/46 = 3.59, 249/46 = 5.41"
    assert "100 votes for the list and 65 in direct: 165" in explain(Trail(done.trail or ()), "a")


def test_votes_for_persons_without_a_list_count_for_the_bar_and_win_nothing() -> None:
    """10 of 150 list votes are more than 5%; of 310 on both ballots they are less."""
    direct = {"d1": {"b": 60, "lone": 100}}
    lone = {"lone": Contender("lone", kind="independent")}
    given = tally({}, {"nation": {"a": 10, "b": 140}}, direct=direct, contenders=lone)
    bar = Threshold(share=exact("5%"), of="list_votes", cite="x 1")
    assert counted(given, bar, HARE, seats=15).total_placed() == {"a": 1, "b": 14}
    assert counted(given, JOIN, bar, HARE, seats=15).total_placed() == {"b": 15}


def test_areas_have_the_votes_of_their_own_districts() -> None:
    direct = {"north1": {"a": 60, "b": 40}, "south1": {"a": 1, "b": 99}}
    given = tally({}, {"north": {"a": 10, "b": 31}, "south": {"a": 50, "b": 50}}, direct=direct)
    done = counted(given, JOIN, Each(steps=(HARE,)), areas=TWO)
    votes = {"north": {"a": 70, "b": 71}, "south": {"a": 51, "b": 149}}
    assert {area: dict(part.votes) for area, part in done.areas.items()} == votes
    assert dict(done.votes) == {"a": 121, "b": 220}
    inside = counted(given, Each(steps=(JOIN, HARE)), areas=TWO)
    assert {area: dict(part.votes) for area, part in inside.areas.items()} == votes
    assert inside.total_placed() == done.total_placed() == {"a": 1 + 1, "b": 1 + 1}


@given(st.lists(st.integers(1, 99), min_size=3, max_size=3), st.lists(st.integers(0, 99), min_size=6, max_size=6))
def test_joined_ballots_are_those_of_one_list_of_sums(own: list[int], other: list[int]) -> None:
    direct = {f"d{i}": {**dict(zip("abc", other[3 * i :], strict=False)), "top": 1000} for i in range(2)}
    given = tally({}, {"nation": dict(zip("abc", own, strict=True))}, direct=direct)
    step = Allocate(divisor="dhondt", ties=("lot",), cite="x 3")
    sums = {c: own[i] + other[i] + other[3 + i] for i, c in enumerate("abc")}
    lists = Tier(name="list", seats=0, district="nationwide", ballot="closed_list", steps=(step,))
    assert dict(counted(given, JOIN, seats=0).votes) == sums
    assert lists.count(Tally({"list": Ballots({"nation": sums})}, {}), done={}, decisions={}, trail=None).votes == sums


def test_seats_of_a_party_are_its_votes() -> None:
    """Seven seats to three: ten more in the same proportion, whatever the votes."""
    given = tally({"north": "aaab", "south": "aaaabb"}, {"nation": {"a": 1, "b": 500, "c": 900}})
    done = counted(given, BY_SEATS, HARE, seats=10)
    assert done.total_placed() == {"a": 7, "b": 3}
    assert "seats won in direct: a 7, b 3" in explain(Trail(done.trail or ()))
    assert "7 seats won in direct count as its votes" in explain(Trail(done.trail or ()), "a")


def test_in_each_area_the_seats_won_there_count() -> None:
    given = tally({"north": "aaab", "south": "bb"}, {"north": {"a": 1, "b": 1}, "south": {"a": 9, "b": 1}})
    for steps in ((BY_SEATS, Each(steps=(HARE,))), (Each(steps=(BY_SEATS, HARE)),)):
        done = counted(given, *steps, areas={"north": 4, "south": 3})
        assert {area: part.total_placed() for area, part in done.areas.items()} == {
            "north": {"a": 3, "b": 1},
            "south": {"b": 3},
        }


def test_declared_seats_count_too() -> None:
    seats = {"direct": {"a": 40, "b": 20, "none": 9}}
    given = Tally({"list": Ballots({"nation": {"a": 0, "b": 0}})}, {}, declared=seats)
    lists = Tier(name="list", seats=6, district="nationwide", ballot="closed_list", steps=(BY_SEATS, HARE))
    assert lists.count(given, done={}, decisions={}, trail=()).total_placed() == {"a": 4, "b": 2}


def test_nobody_with_a_seat_and_a_tier_that_was_not_counted_are_refused() -> None:
    given = tally({"north": "x"}, {"nation": {"a": 5, "b": 4}})
    with pytest.raises(LawSilent, match="nobody who takes part won a seat"):
        counted(given, BY_SEATS, HARE, seats=3)
    lists = Tier(name="list", seats=3, district="nationwide", ballot="closed_list", steps=(JOIN, HARE))
    with pytest.raises(InvalidLaw, match="not counted before"):
        lists.count(given, done={}, decisions={}, trail=())


def test_a_list_that_took_a_whole_district_counts_with_all_its_seats() -> None:
    steps = (Elect(rule="ticket", cite="x 1"),)
    size = {"d": 4, "e": 2}
    direct = Tier(
        name="direct", seats=None, district="multi_member", ballot="closed_list", steps=steps, magnitudes=size
    )
    votes = Ballots({"d": {"a": 9, "b": 5}, "e": {"a": 1, "b": 3}})
    given = Tally({"direct": votes, "list": Ballots({"nation": {"a": 1, "b": 1}})}, {})
    first = direct.count(given, done={}, decisions={}, trail=())
    lists = Tier(name="list", seats=3, district="nationwide", ballot="closed_list", steps=(BY_SEATS, HARE))
    assert lists.count(given, done={"direct": first}, decisions={}, trail=()).total_placed() == {"a": 2, "b": 1}
