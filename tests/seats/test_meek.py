"""Meek's rule in a few decimals, each figure worked by hand: parts rounded up, the quota cut and one unit added."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from sailau.seats.count import start
from sailau.seats.rank import Rank
from sailau.seats.stages import Ranked
from sailau.terms.errors import DrawRequired
from sailau.terms.tally import Ballots, Contender, Tally

Rankings = Mapping[tuple[str, ...], int]


def count(
    rankings: Rankings, seats: int, names: str, *, marks: Mapping[str, int] | None = None, **terms: Any
) -> Ranked:
    decisions = {key: (value,) for key, value in terms.pop("decisions", {}).items()}
    step = Rank(**({"rule": "meek", "keep_places": 2, "settled": 2, "ties": ("lot",), "cite": "x 1"} | terms))
    tier = Ballots({"nation": dict.fromkeys(names.split(), 0)}, rankings={"nation": rankings})
    stand = {name: Contender(name, registered=n) for name, n in (marks or {}).items()}
    begun = start(Tally({"w": tier}, stand), tier, "w", seats, {}, done={}, decisions=decisions, trail=())
    return step.count(begun)


def hundredths(made: Ranked, stage: int) -> tuple[dict[str, int], int, int]:
    """Return what a stage held, its quota and the votes without a further preference, in hundredths of a vote."""
    here = made.stages[stage - 1]
    votes = {name: int(here.votes(n) * 100) for name, n in here.totals.items()}
    return votes, int(here.votes(here.quota) * 100), int(here.votes(here.spent["choices"]) * 100)


def test_the_elected_keep_a_part_rounded_up() -> None:
    made = count({("a", "b"): 60, ("a",): 10, ("b",): 10, ("c",): 20}, 2, "a b c")
    # 10,000 // 3 + 1 = 3,334; 3,334 of 7,000 is a part of 0.4762..., hence 48; 52 of each paper of a passes on
    assert [stage.elected for stage in made.stages] == [(("a", "quota"),), (("b", "quota"),)]
    assert [stage.action for stage in made.stages] == ["elect", "end"]
    assert hundredths(made, 1) == ({"a": 7000, "b": 1000, "c": 2000}, 3334, 0)
    assert hundredths(made, 2) == ({"a": 3360, "b": 4120, "c": 2000}, 3161, 520)
    assert made.stages[1].keeps == {"a": 48, "b": 100, "c": 100}
    assert (made.valid, made.blank) == (100, 0)


# 20 votes, 2 seats. a is elected with 10 at once (quota 6.67) and keeps 0.67 of a vote, 6.70 in all; 3 hundredths of a
# vote are left over, less than the one vote at which the parts are settled here.
SIX = {("a", "d"): 4, ("a", "e"): 3, ("a", "c"): 3, ("b",): 3, ("c",): 2, ("d",): 2, ("e",): 3}


def test_whom_the_surplus_left_could_lift_above_the_lowest_is_as_low() -> None:
    with pytest.raises(DrawRequired) as tie:
        count(SIX, 2, "a b c d e", settled=0)  # c has 2.99, b 3.00; the surplus of 0.03 could bring c above b
    assert (tie.value.key, tie.value.options) == ("w.rank.2", ("b", "c"))


def test_every_stage_of_a_count_with_two_exclusions() -> None:
    made = count(SIX, 2, "a b c d e", settled=0, decisions={"w.rank.2": "b"})
    assert [(stage.action, stage.sources) for stage in made.stages] == [
        ("elect", ()),
        ("exclude", ("b",)),
        ("exclude", ("c",)),
        ("end", ()),
    ]
    assert hundredths(made, 1) == ({"a": 1000, "b": 300, "c": 200, "d": 200, "e": 300}, 667, 0)
    assert hundredths(made, 2) == ({"a": 670, "b": 300, "c": 299, "d": 332, "e": 399}, 667, 0)
    # without b's 3 votes the quota is 1,700 // 3 + 1; a keeps 67 x 5.67 / 6.70 = 0.5671, hence 0.57
    assert hundredths(made, 3) == ({"a": 570, "c": 329, "d": 372, "e": 429}, 567, 300)
    # without c: 1,371 // 3 + 1 = 458, and a keeps 0.46; what it passes on to c ends
    assert hundredths(made, 4) == ({"a": 460, "d": 416, "e": 462}, 447, 662)
    assert [stage.keeps["a"] for stage in made.stages] == [100, 67, 57, 46]
    assert made.stages[1].tied == ("b", "c")
    assert made.stages[2].tied == ()
    assert made.elected == ("a", "e")
    assert made.stages[3].elected == (("e", "quota"),)


def test_whom_the_surplus_left_could_not_lift_is_lowest_alone() -> None:
    even = {("a", "d"): 4, ("a", "e"): 4, ("a", "c"): 2, ("b",): 3, ("c",): 2, ("d",): 2, ("e",): 3}
    # c has 2.66, and with the surplus of 0.03 less than b's 3; then the surplus is 6.70 - 5.79, and d is in reach
    made = count(even, 2, "a b c d e", settled=0, decisions={"w.rank.3": "b"})
    assert made.stages[1].sources == ("c",)
    assert made.stages[1].tied == ()
    assert hundredths(made, 2) == ({"a": 670, "b": 300, "c": 266, "d": 332, "e": 432}, 667, 0)
    assert hundredths(made, 3) == ({"a": 670, "b": 300, "d": 332, "e": 432}, 579, 266)
    assert made.stages[2].tied == ("b", "d")


def test_parts_are_found_no_longer_when_rounding_makes_the_surplus_grow() -> None:
    made = count({("a",): 9}, 2, "a b")
    # a keeps 34, 12, 5, 3 hundredths: 3.06, 1.08, 0.45, 0.27 votes; the next part, 0.04, would be larger again
    assert hundredths(made, 1) == ({"a": 900, "b": 0}, 301, 0)
    assert hundredths(made, 2) == ({"a": 36, "b": 0}, 13, 864)
    assert [stage.elected for stage in made.stages] == [(("a", "quota"),), (("b", "last"),)]


def test_blank_ballots_and_marks() -> None:
    ballots = {("a",): 3, ("b",): 1, (): 1}
    made = count(ballots, 1, "a b")
    assert (made.valid, made.blank, made.stages[0].spent["choices"]) == (4, 1, 0)
    more = count({**ballots, ("skipped",): 2, ("overvote", "b"): 1, ("skipped", "a"): 2}, 1, "a b")
    assert (more.valid, more.blank) == (6, 3)
    assert hundredths(more, 1) == ({"a": 500, "b": 100}, 301, 0)


def test_ties_by_a_mark_and_by_earlier_stages() -> None:
    ballots = {("a",): 3, ("b",): 2, ("c",): 2}
    for marks, out in (({"a": 3, "b": 2, "c": 1}, "b"), ({"a": 3, "b": 1, "c": 2}, "c")):
        made = count(ballots, 1, "a b c", marks=marks, ties=("registered_first", "lot"))
        assert made.stages[0].sources == (out,)
    # d's vote makes b and c equal at the second stage; at the first, b had fewer
    later = {("a",): 4, ("b",): 2, ("c",): 3, ("d", "b"): 1}
    made = count(later, 1, "a b c d", ties=("backwards", "lot"))
    assert [stage.sources for stage in made.stages] == [("d",), ("b",), ()]
    assert made.elected == ("a",)
    assert Fraction(made.stages[1].votes(made.stages[1].totals["b"])) == 3
