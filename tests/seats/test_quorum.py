"""Bars in districts: in one, in so many, in every one, alone or with a bar in the nation."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from sailau.seats.count import Count, start
from sailau.seats.quorum import Quorum
from sailau.seats.tier import Tier
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.tally import Ballots, Contender, Tally

VOTES = {
    "east": {"wide": 40, "strong": 50, "thin": 10},
    "west": {"wide": 40, "strong": 0, "thin": 60},
    "north": {"wide": 5, "strong": 20, "thin": 75},
}
"""Of 100 votes each: wide has 5 % everywhere, strong 20 % in two, thin 10 % everywhere."""


def passed(**terms: Any) -> list[str]:
    tally = Tally({"list": Ballots(VOTES)})
    begun: Count = start(tally, tally.tiers["list"], "list", 9, {}, done={}, decisions={}, trail=())
    made = Quorum(cite="x 1", **terms).apply(begun)
    assert made.trail is not None and Quorum.words(made.trail[-1])
    return sorted(made.contenders())


def test_one_district_is_enough_by_default() -> None:
    assert passed(district=Fraction(1, 2)) == ["strong", "thin"]


def test_so_many_districts() -> None:
    assert passed(district=Fraction(1, 5), districts=2) == ["strong", "thin", "wide"]
    with pytest.raises(LawSilent):
        passed(district=Fraction(1, 5), districts=3)


def test_every_district() -> None:
    assert passed(district=Fraction(1, 20), districts=None) == ["thin", "wide"]
    assert passed(district=Fraction(1, 10), districts=None) == ["thin"]


def test_every_district_and_the_nation_or_some_or_the_nation() -> None:
    assert passed(district=Fraction(1, 20), districts=None, nation=Fraction(3, 10), need="all") == ["thin"]
    assert passed(district=Fraction(1, 5), districts=2, nation=Fraction(4, 10), need="any") == [
        "strong",
        "thin",
        "wide",
    ]


def test_no_district_is_no_number_of_districts() -> None:
    with pytest.raises(InvalidLaw, match="1 or more, or null"):
        Quorum(district=Fraction(1, 5), districts=0, cite="x 1")


def test_kinds_that_need_no_bar_stand_beside_the_lists() -> None:
    votes = {"n": {"a": 900, "b": 60, "ann": 40}}
    marks = {"ann": Contender("ann", kind="independent")}
    step = Quorum(nation=Fraction(1, 10), exempt_kinds=("independent",), cite="x 1")
    tier = Tier(name="list", seats=None, district="multi_member", ballot="open_list", steps=(), magnitudes={"n": 3})
    begun = tier.begin(Tally({"list": Ballots(votes)}, marks), done={}, decisions={})
    made = step.apply(begun)
    assert set(made.votes) == set(made.areas["n"].votes) == {"a", "ann"}
    assert set(Quorum(nation=Fraction(1, 10), cite="x 1").apply(begun).votes) == {"a"}


def test_a_list_that_does_not_stand_in_a_district_has_no_votes_there() -> None:
    tally = Tally({"list": Ballots({"east": {"wide": 40, "local": 60}, "west": {"wide": 40}})})
    begun: Count = start(tally, tally.tiers["list"], "list", 9, {}, done={}, decisions={}, trail=())
    made = Quorum(cite="x 1", district=Fraction(0), districts=1).apply(begun)
    assert made.trail is not None and Quorum.words(made.trail[-1])
    assert made.contenders() == {"wide": 80, "local": 60}
