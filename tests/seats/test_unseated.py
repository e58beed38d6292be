"""Seats for those who won none elsewhere: a runner-up, parties without a seat."""

from __future__ import annotations

from typing import Any

import pytest

from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, Each, Step
from sailau.seats.elect import Elect
from sailau.seats.explain import explain
from sailau.seats.tier import Tier
from sailau.seats.unseated import Unseated
from sailau.terms.errors import InvalidLaw
from sailau.terms.tally import NATION, Ballots, Contender, Tally
from sailau.terms.trail import Entry, Trail

MOST = Elect(rule="plurality", ties=("lot",), cite="x 1")
DHONDT = Allocate(divisor="dhondt", ties=("lot",), cite="x 2")


def tier(name: str, *steps: Step, **terms: Any) -> Tier:
    terms = {"seats": None, "district": "nationwide", "ballot": "candidate", "steps": steps} | terms
    return Tier(name=name, **terms)


def counted(tiers: list[Tier], tally: Tally) -> tuple[dict[str, dict[str, int]], str]:
    done: dict[str, Count] = {}
    trail: tuple[Entry, ...] = ()
    for each in tiers:
        count = each.count(tally, done=done, decisions={}, trail=trail)
        trail, done = count.trail or (), {**done, each.name: count}
    return {name: dict(count.total_placed()) for name, count in done.items()}, explain(Trail(trail))


PRESIDENT = tier("president", MOST, seats=1)
SECOND = tier("second", Unseated(tiers=("president",), cite="x 3"), MOST, seats=1, votes="president")


def test_the_runner_up_has_a_seat_even_where_it_is_of_the_party_of_the_winner() -> None:
    """Two candidates of one party are two persons: only the one who won is out."""
    votes = {"ana": 50, "ben": 40, "carla": 10}
    people = {name: Contender(name, party="blue", kind="candidate") for name in ("ana", "ben")}
    seats, words = counted([PRESIDENT, SECOND], Tally({"president": Ballots({NATION: votes})}, people))
    assert seats == {"president": {"ana": 1}, "second": {"ben": 1}}
    assert "out with a seat in president: ana 50" in words


def test_lists_of_those_who_won_in_the_districts_take_no_part() -> None:
    """Five further seats by D'Hondt among those with none: not a, whose candidate won, and not b, which won itself."""
    votes = {"north": {"anna": 60, "b": 30, "c": 20, "d": 9}, "south": {"anna": 10, "b": 70, "c": 12, "d": 6}}
    lists = {"a": 70, "b": 100, "c": 32, "d": 15}
    tally = Tally(
        {"district": Ballots(votes), "list": Ballots({NATION: lists})},
        {"anna": Contender("anna", party="a", kind="candidate")},
    )
    district = tier("district", Each(steps=(MOST,)), district="single_member")
    further = tier("list", Unseated(tiers=("district",), cite="x 3"), DHONDT, seats=5, ballot="closed_list")
    seats, words = counted([district, further], tally)
    assert seats == {"district": {"anna": 1, "b": 1}, "list": {"c": 4, "d": 1}}
    assert "out with a seat in district: b 100, a 70" in words
    plain, _ = counted([district, tier("list", DHONDT, seats=5, ballot="closed_list")], tally)
    assert plain["list"] == {"b": 3, "a": 2}


def test_in_districts_a_winner_elsewhere_is_out_in_each() -> None:
    votes = {"north": {"a": 60, "b": 30}, "south": {"a": 50, "b": 40, "c": 9}}
    first = tier("first", MOST, seats=1)
    here = tier(
        "here",
        Unseated(tiers=("first",), cite="x 3"),
        Each(steps=(DHONDT,)),
        district="multi_member",
        ballot="closed_list",
        magnitudes={"north": 1, "south": 5},
    )
    seats, words = counted([first, here], Tally({"first": Ballots({NATION: {"a": 3}}), "here": Ballots(votes)}))
    assert seats["here"] == {"b": 5, "c": 1}
    other, words = counted([first, here], Tally({"first": Ballots({NATION: {"z": 3}}), "here": Ballots(votes)}))
    assert other["here"] == {"a": 4, "b": 2}
    assert "nobody here won a seat in first" in words


def test_seats_that_are_declared_count_and_a_tier_that_was_not_counted_is_an_error() -> None:
    lists = Ballots({NATION: {"a": 70, "b": 30, "c": 20}})
    further = tier("list", Unseated(tiers=("district",), cite="x 3"), DHONDT, seats=2, ballot="closed_list")
    declared = Tally({"list": lists}, declared={"district": {"a": 4, "c": 0}})
    assert counted([further], declared)[0]["list"] == {"b": 1, "c": 1}
    with pytest.raises(InvalidLaw, match="district, which was not counted before it"):
        counted([further], Tally({"list": lists}))
    with pytest.raises(InvalidLaw, match="names the tiers"):
        Unseated(tiers=(), cite="x 3")
