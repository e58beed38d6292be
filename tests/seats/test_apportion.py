"""Seats to districts by a figure of the election: the edge, the tie, and what is missing."""

from __future__ import annotations

import pytest

from sailau.seats.allocate import Allocate
from sailau.seats.apportion import Apportion
from sailau.seats.count import Count, Each
from sailau.seats.threshold import Base
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, MissingFigure
from sailau.terms.tally import Ballots, Tally

VALID = Apportion(quota="hare", ties=("lot",), cite="x 1")


def count(step: Apportion, figures: dict[str, int], seats: int, by: Base = "valid", **decisions: str) -> Count:
    inside = Each(steps=(Allocate(divisor="dhondt", cite="x 2"),))
    tier = Tier(name="list", seats=seats, district="multi_member", ballot="closed_list", steps=(step, inside))
    ballots = Ballots({area: {"a": 11, "b": 4} for area in figures}, {area: {by: n} for area, n in figures.items()})
    chosen = {key.replace("__", "."): (value,) for key, value in decisions.items()}
    return tier.count(Tally({"list": ballots}), done={}, decisions=chosen, trail=())


def magnitudes(made: Count) -> dict[str, int]:
    return {name: part.seats for name, part in made.areas.items()}


@pytest.mark.parametrize(("north", "seats"), [(251, {"north": 3, "south": 7}), (249, {"north": 2, "south": 8})])
def test_the_larger_remainder_wins_the_seat(north: int, seats: dict[str, int]) -> None:
    made = count(VALID, {"north": north, "south": 1000 - north}, 10)
    assert magnitudes(made) == seats
    assert {name: sum(part.placed.values()) for name, part in made.areas.items()} == seats


def test_equal_remainders_need_a_lot_under_the_key_of_the_step() -> None:
    figures = {"south": 750, "north": 250}
    with pytest.raises(DrawRequired) as caught:
        count(VALID, figures, 10)
    assert (caught.value.tied, caught.value.key) == (("north", "south"), "list.apportion")
    assert magnitudes(count(VALID, figures, 10, list__apportion="north")) == {"north": 3, "south": 7}


def test_a_district_can_have_no_seat() -> None:
    made = count(VALID, {"north": 1, "south": 999}, 10)
    assert magnitudes(made) == {"north": 0, "south": 10}
    assert made.areas["north"].placed == {}


def test_another_figure_and_another_formula() -> None:
    step = Apportion(by="registered", divisor="dhondt", cite="x 1")
    assert magnitudes(count(step, {"north": 90, "south": 30}, 4, "registered")) == {"north": 3, "south": 1}


def test_a_figure_that_is_not_known() -> None:
    with pytest.raises(MissingFigure):
        count(Apportion(by="registered", quota="hare", cite="x 1"), {"north": 90, "south": 30}, 4)


def test_no_formula_is_no_law() -> None:
    with pytest.raises(InvalidLaw):
        Apportion(cite="x 1")


def test_the_words_name_the_figure() -> None:
    made = count(VALID, {"north": 251, "south": 749}, 10)
    assert made.trail is not None
    assert Apportion.words(made.trail[0])[0] == ("districts", "seats of the districts by valid")
    assert made.trail[0].facts["magnitudes"] == {"north": 3, "south": 7}
    assert not made.trail[0].causes
