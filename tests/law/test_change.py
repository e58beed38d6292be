"""A reform is an edition with some values replaced, checked like any other."""

import pytest

from sailau.law.library import load_law
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
