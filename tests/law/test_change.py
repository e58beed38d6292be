"""A reform is an edition with some values replaced, checked like any other."""

import pytest

from sailau.law.library import load_law
from sailau.law.read import parse_law
from sailau.terms.errors import InvalidLaw

LAW = load_law("kz/mazhilis", on="2023-03-19")


def test_the_original_stays_as_it_is() -> None:
    softer = LAW.replace({"list.threshold.share": "2%"})
    assert softer.changes == {"list.threshold.share": "2%"}
    assert LAW.changes == {}
    assert LAW.tier("list").steps != softer.tier("list").steps


def test_the_house_follows_its_tiers() -> None:
    assert LAW.replace({"list.seats": 98, "district.seats": 0}).total == 98
    assert LAW.replace({"list.seats": 100}).total == 129


def test_a_total_that_contradicts_the_tiers_is_refused() -> None:
    with pytest.raises(InvalidLaw, match="98"):
        LAW.replace({"list.seats": 100, "seats.total": 98})


def test_a_formula_takes_the_place_of_the_other() -> None:
    seats = {"amanat": 3_431_510, "auyl": 693_938, "nsdp": 331_058}
    from sailau.terms.tally import Tally

    by_quota = LAW.replace({"list.formula": "droop"}).count(Tally.of(seats)).tiers["list"]
    by_divisor = LAW.replace({"list.formula": "dhondt"}).count(Tally.of(seats)).tiers["list"]
    assert sum(by_quota.values()) == sum(by_divisor.values()) == 69


@pytest.mark.parametrize(
    ("path", "value", "word"),
    [
        ("lists.threshold.share", "2%", "did you mean list"),
        ("list.treshold.share", "2%", "did you mean threshold"),
        ("list.threshold.shar", "2%", "did you mean share"),
        ("list.threshold.share", "2", "between 0% and 100%"),
        ("list.threshold.share", "two", "exact number"),
        ("list.threshold.share", 0.02, "exact number"),
        ("list.threshold[1].share", "2%", "no step"),
        ("list.formula", "dhont", "did you mean dhondt"),
        ("list.seats", "-5", "whole number"),
        ("list.seats", "many", "whole number"),
        ("list", "2", "names no clause"),
        ("list.threshold.cite", "el 1", "no term"),
    ],
)
def test_a_change_that_cannot_stand_is_refused(path: str, value: object, word: str) -> None:
    with pytest.raises(InvalidLaw, match=word):
        LAW.replace({path: value})


DISTRICTS = """
law: xx/council
name: Council
in_force: {from: 2020-01-01}
checked: null
texts: {el: Act}
seats: {total: 9, cite: el 1}
tiers:
  list:
    seats: 9
    district: multi_member
    ballot: closed_list
    magnitudes: {north: 5, south: 4}
    steps:
      - each: district
        steps:
          - threshold: {share: 5%, of: valid, cite: el 2}
          - allocate: {quota: hare, rest: largest_remainder, ties: lot, cite: el 3}
"""


def test_a_district_with_more_seats_makes_the_house_larger() -> None:
    law = parse_law(DISTRICTS, "own@2020-01-01")
    larger = law.replace({"list.magnitudes.north": "7"})
    assert (larger.total, larger.tier("list").seats, larger.tier("list").magnitudes) == (
        11,
        11,
        {"north": 7, "south": 4},
    )
    with pytest.raises(InvalidLaw, match="did you mean north"):
        law.replace({"list.magnitudes.nort": 7})
    with pytest.raises(InvalidLaw, match="whole number"):
        law.replace({"list.magnitudes.north": "many"})
    with pytest.raises(InvalidLaw, match="the districts of district have no number of seats of their own"):
        LAW.replace({"district.magnitudes.north": 2})


def test_a_term_set_to_none_is_as_if_it_were_not_there() -> None:
    law = parse_law(DISTRICTS, "own@2020-01-01")
    settled = law.replace({"list.allocate.ties": "none"})
    assert settled.tier("list").steps[0].steps[1].ties == ()  # type: ignore[attr-defined]  # steps of each district
    with pytest.raises(InvalidLaw, match="share is missing"):
        law.replace({"list.threshold.share": "none"})


def test_a_formula_takes_its_rest_and_first_divisor_with_it() -> None:
    law = parse_law(DISTRICTS, "own@2020-01-01").replace({"list.formula": "sainte_lague"})
    made = law.tier("list").steps[0].steps[1]  # type: ignore[attr-defined]  # steps of each district
    assert (made.quota, made.divisor, made.rest) == (None, "sainte_lague", "largest_remainder")
    with pytest.raises(InvalidLaw, match="did you mean dhondt"):
        law.replace({"list.formula": "dhont"})
