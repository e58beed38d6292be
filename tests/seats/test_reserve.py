"""reserve: a seat at a part of the average price for lists with a trait."""

from __future__ import annotations

from pathlib import Path

import pytest

from sailau.records.read import read_election
from sailau.runs.replay import replay
from sailau.seats.allocate import Allocate
from sailau.seats.count import Count
from sailau.seats.explain import explain
from sailau.seats.reserve import Reserve
from sailau.seats.tier import Tier
from sailau.terms.errors import LawSilent
from sailau.terms.numbers import exact
from sailau.terms.tally import Ballots, Contender, Tally
from sailau.terms.trail import Trail

ELECTIONS = Path(__file__).parents[2] / "elections"
MARKS = {name: Contender(name, traits=frozenset({"minority"})) for name in ("m", "n")}


def count(votes: dict[str, int], seats: int = 10, price: str = "1/4") -> Count:
    steps = (
        Reserve(traits=("minority",), price=exact(price), cite="x 1"),
        Allocate(divisor="dhondt", cite="x 2"),
    )
    tier = Tier(name="list", seats=seats, district="nationwide", ballot="closed_list", steps=steps)
    return tier.count(Tally({"list": Ballots({"nation": votes})}, MARKS), done={}, decisions={}, trail=())


def test_the_price_is_reached_or_missed_by_one_vote() -> None:
    # 1000 votes, 10 seats: a quarter of 100 is 25
    assert count({"a": 600, "b": 375, "m": 25}).placed == {"a": 6, "b": 3, "m": 1}
    assert count({"a": 600, "b": 376, "m": 24}).placed == {"a": 6, "b": 4}


def test_the_price_is_rounded_down() -> None:
    # 1036 / 10 / 4 = 25.9
    assert count({"a": 611, "b": 400, "m": 25}).placed["m"] == 1


def test_votes_of_the_reserved_lists_belong_to_the_average() -> None:
    # 1000 votes: a quarter of 100 is 25; without m and n it would be 24
    made = count({"a": 600, "b": 360, "m": 24, "n": 16})
    assert set(made.placed) == {"a", "b"}


def test_a_large_list_of_the_trait_gets_one_seat_only() -> None:
    made = count({"a": 500, "m": 500})
    assert made.placed == {"a": 9, "m": 1}


def test_two_lists_get_a_seat_each() -> None:
    made = count({"a": 600, "b": 340, "m": 30, "n": 30})
    assert sum(made.placed.values()) == 10
    assert (made.placed["m"], made.placed["n"]) == (1, 1)


def test_more_lists_than_seats_is_not_settled() -> None:
    with pytest.raises(LawSilent, match="2 lists"):
        count({"a": 100, "m": 60, "n": 60}, seats=1)


def test_no_votes_no_seat() -> None:
    assert count({"a": 3, "m": 0}).placed == {"a": 10}


def test_the_explanation_names_the_price() -> None:
    made = count({"a": 600, "b": 375, "m": 25})
    trail = Trail(made.trail or ())
    assert "a seat for 25 votes, 1/4 of the average price" in explain(trail)
    assert "25 votes reach the 25 of a reserved seat" in explain(trail, "m")


@pytest.mark.parametrize(("day", "votes"), [("2014-04-06", 8_172_871), ("2018-04-08", None)])
def test_hungary(day: str, votes: int | None) -> None:
    made = replay(read_election(ELECTIONS / "hu" / "orszaggyules" / day))
    assert made.matches
    assert made.result
    entries = {entry.key: entry for entry in made.result.trail or ()}
    facts = entries["carry"].facts
    if votes:
        over = {"fidesz_kdnp", "unity", "jobbik", "lmp"}
        assert sum(facts["own"][c] + facts["lost"][c] + facts["spare"][c] for c in over) == votes
        assert made.result.seats["fidesz_kdnp"] == 133
    else:
        # the Election Office announced 23,831; a few votes are not in the source by district
        assert entries["reserve"].facts["price"] == 23_830
        assert made.result.seats["germans"] == 1
