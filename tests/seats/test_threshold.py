"""The bar when nobody reaches it: a question, or everybody takes part where the law says so."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from sailau.seats.count import Count, start
from sailau.seats.threshold import Threshold
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.tally import NATION, Ballots, Contender, Tally


def after(step: Threshold, **votes: int) -> dict[str, int]:
    tally = Tally.of(votes, valid=100)
    begun: Count = start(tally, tally.tiers["list"], "list", 3, {}, done={}, decisions={}, trail=())
    return step.apply(begun).contenders()


def test_all_with_votes_take_part_when_nobody_passes() -> None:
    step = Threshold(share=Fraction(3, 100), of="valid", if_none="all", cite="x 1")
    assert after(step, a=2, b=1, c=0) == {"a": 2, "b": 1}
    assert after(step, a=3, b=1, c=0) == {"a": 3}


def test_otherwise_it_is_a_question_and_so_it_is_when_nobody_has_a_vote() -> None:
    with pytest.raises(LawSilent):
        after(Threshold(share=Fraction(3, 100), of="valid", cite="x 1"), a=2, b=1)
    with pytest.raises(LawSilent):
        after(Threshold(share=Fraction(3, 100), of="valid", if_none="all", cite="x 1"), a=0, b=0)


def test_who_reaches_the_bar_exactly_passes_by_the_share_and_by_nothing_else() -> None:
    def facts(step: Threshold) -> Mapping[str, Any]:
        tally = Tally.of({"a": 10, "b": 5, "c": 4}, valid=100)
        made = step.apply(start(tally, tally.tiers["list"], "list", 3, {}, done={}, decisions={}, trail=()))
        assert made.trail is not None
        return made.trail[-1].facts

    plain = facts(Threshold(share=Fraction(5, 100), of="valid", cite="x 1"))
    assert (plain["passed"], plain["otherwise"], plain["out"]) == ({"a": 10, "b": 5}, {}, {"c": 4})
    strict = facts(Threshold(share=Fraction(5, 100), of="valid", strict=True, cite="x 1"))
    assert (strict["passed"], strict["otherwise"], strict["out"]) == ({"a": 10}, {}, {"b": 5, "c": 4})


@pytest.mark.parametrize(("seats", "passed"), [(1, {"a", "b"}), (2, {"a", "b"}), (3, {"a"}), (4, {"a", "b", "c"})])
def test_small_areas_can_have_bars_of_their_own(seats: int, passed: set[str]) -> None:
    bars = (Fraction(3, 10), Fraction(3, 10), Fraction(1, 2))
    step = Threshold(share=Fraction(1, 5), small=bars, of="valid", cite="x 1")
    tally = Tally.of({"a": 50, "b": 30, "c": 20}, valid=100)
    begun = start(tally, tally.tiers["list"], "list", seats, {}, done={}, decisions={}, trail=())
    assert step.apply(begun).contenders().keys() == passed


def test_bars_of_joint_lists_and_of_small_areas_do_not_mix() -> None:
    half = (Fraction(1, 2),)
    with pytest.raises(InvalidLaw, match="do not go together"):
        Threshold(share=Fraction(1, 5), small=half, joint=half, cite="x 1")


def test_ballots_for_nobody_are_valid_and_no_part_of_the_base() -> None:
    step = Threshold(share=Fraction(1, 10), of="valid_for_contenders", cite="x 1")
    assert after(step, a=9, b=8, against_all=5, blank=5) == {"a": 9}  # of 100 valid ones 90 for lists, some unnamed
    with pytest.raises(LawSilent):
        after(step, a=9, against_all=5, blank=4)


def test_who_is_exempt_is_not_said_to_pass_below_the_bar() -> None:
    small = {"m": Contender("m", traits=frozenset({"minority"}))}
    tally = Tally({"list": Ballots({"nation": {"a": 960, "m": 25, "x": 15}})}, small)
    step = Threshold(share=Fraction("3/100"), of="valid", exempt=("minority",), cite="x 1")
    begun: Count = start(tally, tally.tiers["list"], "list", 3, {}, done={}, decisions={}, trail=())
    entry = step.apply(begun).trail[-1]
    said = {name: step.words_on(entry, name)[0][1] for name in "amx"}
    assert said["a"].startswith("a passes: 960 votes, 930.00 above the bar")
    assert said["m"].startswith("m passes by another rule of the clause: 25 votes, 5.00 below the bar")
    assert said["x"].startswith("x is out: 15 votes, 15.00 below the bar")


FALLING = Threshold(share=Fraction(5, 100), lower_by=Fraction(1, 100), few=2, enough=3, cite="x 1")


@pytest.mark.parametrize(
    ("votes", "passed"),
    [
        ({"a": 50, "b": 5, "c": 4}, {"a", "b"}),  # two pass and the bar stays
        ({"a": 50, "b": 4, "c": 4, "d": 3}, {"a", "b", "c"}),  # three pass at 4%
        ({"a": 50, "b": 4, "c": 3, "d": 2}, {"a", "b", "c"}),  # two at 4%, three at 3%
        ({"a": 50, "b": 1}, {"a", "b"}),  # there are no three: the bar ends at nothing
    ],
)
def test_bars_fall_until_enough_pass(votes: dict[str, int], passed: set[str]) -> None:
    assert after(FALLING, **votes).keys() == passed


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        ({"few": 2}, "no lower ones"),
        ({"lower": (Fraction(5, 100),)}, "below those of"),
        ({"lower_by": Fraction(0)}, "above 0"),
        ({"lower_by": Fraction(1, 100), "few": 0}, "above 0"),
        ({"lower": (Fraction(4, 100),), "pools": Fraction(1, 10)}, "plain and of joint"),
    ],
)
def test_bars_that_do_not_fall_are_refused(terms: dict[str, Any], what: str) -> None:
    with pytest.raises(InvalidLaw, match=what):
        Threshold(share=Fraction(5, 100), cite="x 1", **terms)


def test_a_bar_may_be_two_quotas_and_no_share_of_a_base_is_more_than_the_whole() -> None:
    """Valle d'Aosta 2020: 66,283 valid votes, 35 seats. Two quotas of 1,893 are 3,786; 3,761 votes were 25 too few."""
    votes = {"lega": 15_837, "pla": 4_212, "centrodestra": 3_761, "rest": 66_283 - 15_837 - 4_212 - 3_761}
    tally = Tally.of(votes)
    begun = Count(tally, tally.tiers["list"], "list", NATION, 35, votes, votes, trail=())
    bar = Threshold(share=Fraction(2), of="list_votes", quota="hare_rounded_down", cite="x 1")
    made = bar.apply(begun)
    assert sorted(made.contenders()) == ["lega", "pla", "rest"]
    assert made.trail is not None
    assert "200% of 1,893 (hare rounded down of list votes) = 3,786.00 votes" in str(Threshold.words(made.trail[-1]))
    for more, passes in ((24, False), (25, True)):
        moved = votes | {"centrodestra": 3_761 + more, "rest": votes["rest"] - more}
        assert ("centrodestra" in bar.apply(begun.but(votes=moved, cast=moved)).contenders()) is passes
    with pytest.raises(InvalidLaw, match="between 0% and 100%"):
        Threshold(share=Fraction(2), cite="x 1")
    with pytest.raises(InvalidLaw):
        Threshold(share=Fraction(-1), quota="hare", cite="x 1")
