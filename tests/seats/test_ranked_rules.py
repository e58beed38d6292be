"""Rarer rules of counts by rankings: quotas found anew, exclusion alone, seats in turn, overvotes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.law.library import load_law
from sailau.seats.count import start
from sailau.seats.rank import Rank
from sailau.seats.stages import Ranked
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, InvalidVotes, LawSilent, SeatsLeft
from sailau.terms.tally import Ballots, Contender, Tally

Rankings = Mapping[tuple[str, ...], int]
WRITTEN = {"w": Contender("w", traits=frozenset({"write_in"}))}


def rank(**terms: Any) -> Rank:
    return Rank(**({"rule": "stv", "ties": ("backwards", "lot"), "cite": "x 1"} | terms))


def count(step: Rank, rankings: Rankings, seats: int, names: str, **decisions: str) -> Ranked:
    tier = Ballots({"nation": dict.fromkeys(names.split(), 0)}, rankings={"nation": rankings})
    chosen = {f"w.{key.replace('__', '.')}": tuple(value.split()) for key, value in decisions.items()}
    return step.count(start(Tally({"w": tier}, WRITTEN), tier, "w", seats, {}, done={}, decisions=chosen, trail=()))


def bars(made: Ranked) -> list[Fraction]:
    return [stage.votes(stage.quota) for stage in made.stages]


def totals(made: Ranked, stage: int) -> dict[str, Fraction]:
    here = made.stages[stage - 1]
    return {name: here.votes(n) for name, n in here.totals.items()}


# The quota


def test_a_quota_found_anew_falls_with_the_votes_that_are_held() -> None:
    """297 votes; 30, 40 and 67 of them end one after the other, so the quota is ⌊held / 3⌋ + 1 of what is left."""
    ballots = {("a", "b"): 90, ("b",): 67, ("c",): 70, ("d", "a"): 40, ("e",): 30}
    anew = count(rank(quota="droop", quota_of="each"), ballots, 2, "a b c d e")
    assert bars(anew) == [100, 90, 76, 54]
    assert anew.elected == ("a", "c")
    fixed = count(rank(quota="droop"), ballots, 2, "a b c d e")
    assert bars(fixed)[0] == bars(fixed)[-1] == 100


def test_a_quota_found_anew_takes_parts_of_votes_into_account() -> None:
    ballots = {("a", "b"): 60, ("a",): 10, ("b",): 10, ("c",): 20}
    made = count(rank(quota="droop", quota_of="each"), ballots, 2, "a b c")
    lost = 10 * Fraction(36, 70)
    assert bars(made) == [34, int((100 - lost) / 3) + 1]
    with pytest.raises(InvalidLaw, match="found anew"):
        rank(quota="hagenbach_bischoff", quota_of="each")


def test_decimals_of_a_quota() -> None:
    ballots = {("a", "b"): 4, ("b",): 2, ("c",): 3}
    tenths = count(rank(quota="droop", quota_places=4, places=4, cut="fraction"), ballots, 3, "a b c d")
    assert bars(tenths)[0] == Fraction("2.2501")
    assert bars(count(rank(quota="droop"), ballots, 3, "a b c d"))[0] == 3
    exact = count(rank(quota="droop", quota_places=2), ballots, 3, "a b c d")
    assert bars(exact)[0] == Fraction("2.26")
    with pytest.raises(InvalidLaw, match="no more than places"):
        rank(quota="droop", quota_places=4, places=2)
    with pytest.raises(InvalidLaw, match="whole votes"):
        rank(quota="droop", quota_places=2, surplus="sample")


def test_one_is_elected_a_stage() -> None:
    ballots = {("a", "c"): 40, ("b",): 35, ("c",): 15}
    one = count(rank(quota="droop", one_a_stage=True, rule="stv", stop=()), ballots, 2, "a b c")
    assert [[name for name, _ in stage.elected] for stage in one.stages] == [["a"], ["b"]]
    both = count(rank(quota="droop"), ballots, 2, "a b c")
    assert [name for name, _ in both.stages[0].elected] == ["a", "b"]


def test_the_first_stage_can_fix_the_majority() -> None:
    ballots = {("a",): 45, ("b",): 30, ("c", "b"): 10, ("d",): 15}
    anew = count(rank(rule="alternative"), ballots, 1, "a b c d")
    assert (anew.elected, len(anew.stages)) == (("a",), 3)
    fixed = count(rank(rule="alternative", quota_of="first"), ballots, 1, "a b c d")
    assert set(bars(fixed)) == {51}
    assert (fixed.elected, fixed.stages[-1].elected) == (("a",), (("a", "last"),))
    two = count(rank(rule="alternative", quota_of="first", stop=("two_left",)), ballots, 1, "a b c d")
    assert (two.elected, len(two.stages[-1].totals)) == (("a",), 2)


def test_the_senate_cuts_votes_and_not_the_value_of_a_paper() -> None:
    """A third of 90 papers is 30 votes; 0.33333333 of them would be 29."""
    (tier,) = load_law("au/senate", on="2022-05-21").tiers
    (step,) = [step for step in tier.steps if isinstance(step, Rank)]
    made = count(step, {("a", "b"): 90, ("b",): 20, ("c",): 40, ("d",): 29}, 2, "a b c d")
    assert (bars(made)[0], totals(made, 2)["b"]) == (60, 50)
    assert (step.surpluses, step.credit, step.places) == ("earliest", "whole", None)


# Lines of names written in


def test_nobody_is_elected_while_a_line_of_write_ins_holds_votes() -> None:
    ballots = {("w", "b"): 60, ("a",): 30, ("b",): 10}
    free = count(rank(rule="alternative", drop_first=("write_in",)), ballots, 1, "a b w")
    assert free.elected == ("w",)
    held = count(rank(rule="alternative", drop_first=("write_in",), hold=True), ballots, 1, "a b w")
    assert (held.stages[0].elected, held.stages[0].sources, held.elected) == ((), ("w",), ("b",))
    empty = count(rank(rule="alternative", drop_first=("write_in",), hold=True), {("a",): 3, ("b",): 1}, 1, "a b w")
    assert empty.stages[0].elected == (("a", "quota"),)


# Exclusion alone


EIGHT = {("a",): 9, ("b",): 5, ("c",): 4, ("d", "g"): 3, ("e", "a"): 1, ("g",): 3, ("h", "g"): 1, ("h",): 1}


def test_exclusion_until_no_more_are_left_than_seats() -> None:
    made = count(rank(rule="exclusion"), EIGHT, 3, "a b c d e g h")
    assert made.elected == ("a", "g", "b")
    assert {how for _, how in made.stages[-1].elected} == {"last"}
    assert all(not stage.elected for stage in made.stages[:-1])
    together = count(
        rank(rule="exclusion", exclude="hopeless"), {("a",): 50, ("b",): 20, ("c",): 3, ("d",): 2}, 2, "a b c d"
    )
    assert [set(stage.sources) for stage in together.stages] == [{"c", "d"}, set()]


def test_exclusion_ends_when_each_one_left_has_the_share() -> None:
    """15 % of the 27 votes of the first stage are 4.05, and the 4 of c are too few; of the 26 left they are 3.90."""
    anew = count(rank(rule="exclusion", share=Fraction(15, 100)), EIGHT, 7, "a b c d e g h")
    assert (set(anew.elected), bars(anew)[-1]) == ({"a", "b", "c", "g"}, Fraction("3.90"))
    first = count(rank(rule="exclusion", share=Fraction(15, 100), quota_of="first"), EIGHT, 7, "a b c d e g h")
    assert (set(first.elected), set(bars(first))) == ({"a", "b", "g"}, {Fraction("4.05")})
    at_once = count(rank(rule="exclusion", share=Fraction(15, 100), exclude="below_share"), EIGHT, 7, "a b c d e g h")
    assert set(at_once.stages[0].sources) == {"c", "d", "e", "g", "h"}
    assert set(at_once.elected) == {"a", "b"}


def test_a_share_is_exceeded_not_reached() -> None:
    just = {("a",): 80, ("b",): 20}
    assert set(count(rank(rule="exclusion", share=Fraction(1, 5)), just, 2, "a b").elected) == {"a"}
    more = {("a",): 79, ("b",): 21}
    assert set(count(rank(rule="exclusion", share=Fraction(1, 5)), more, 2, "a b").elected) == {"a", "b"}


def test_fewer_have_the_share_than_there_are_seats() -> None:
    step = rank(rule="exclusion", share=Fraction(1, 5))
    tier = Tier(name="w", seats=2, district="nationwide", ballot="ranked", steps=(step,))
    ballots = Ballots({"nation": {"a": 90, "b": 10}}, rankings={"nation": {("a",): 90, ("b",): 10}})
    with pytest.raises(SeatsLeft):
        tier.count(Tally({"w": ballots}), done={}, decisions={}, trail=())
    even = {("a",): 1, ("b",): 1, ("c",): 1}
    with pytest.raises(LawSilent, match="nobody has the share"):
        count(rank(rule="exclusion", share=Fraction(1, 2), exclude="below_share"), even, 3, "a b c")


# Seats in turn


def test_each_seat_in_turn_goes_by_a_majority_of_all_ballots() -> None:
    ballots = {("a", "b"): 60, ("c", "d"): 40}
    made = count(rank(rule="in_turn"), ballots, 2, "a b c d")
    assert made.elected == ("a", "b")
    assert [stage.number for stage in made.stages] == [1, 2]
    assert totals(made, 2) == {"b": 60, "c": 40, "d": 0}
    assert set(count(rank(quota="droop"), ballots, 2, "a b c d").elected) == {"a", "c"}
    assert (made.valid, made.blank) == (100, 0)


def test_a_lot_in_turn_names_the_stage_of_the_whole_count() -> None:
    ballots = {("a",): 10, ("b",): 4, ("c",): 4, ("a", "b"): 1, ("a", "c"): 1}
    with pytest.raises(DrawRequired) as tie:
        count(rank(rule="in_turn"), ballots, 2, "a b c")
    assert (tie.value.key, tie.value.options) == ("w.rank.2", ("b", "c"))
    assert count(rank(rule="in_turn"), ballots, 2, "a b c", rank__2="b").elected == ("a", "c")


# Several at one place


def test_an_overvote_counts_for_the_one_who_continues() -> None:
    ballots = {("a", "b=c"): 3, ("b",): 6, ("c",): 4, ("d",): 5}
    step = {"rule": "alternative", "ties": ("lot",)}
    kept = count(rank(overvote="continuing", **step), ballots, 1, "a b c d")
    assert kept.stages[0].sources == ("a",)
    assert kept.stages[0].transfers[0].ended == {"overvotes": 3}
    gone = {("a", "b=c"): 3, ("b",): 6, ("c",): 2, ("d",): 5}
    one = count(rank(overvote="continuing", **step), gone, 1, "a b c d")
    assert [stage.sources for stage in one.stages[:2]] == [("c",), ("a",)]
    assert one.stages[1].transfers[0].gains == {"b": 3}
    for how, ended in (("exhaust", {"overvotes": 3}), ("skip", {"choices": 3})):
        assert count(rank(overvote=how, **step), gone, 1, "a b c d").stages[1].transfers[0].ended == ended


def test_an_overvote_whose_names_are_not_told_ends_the_ballot() -> None:
    made = count(rank(rule="alternative", overvote="continuing"), {("overvote", "a"): 2, ("b",): 1}, 1, "a b")
    assert (totals(made, 1), made.stages[0].spent) == ({"a": 0, "b": 1}, {"overvotes": 2})
    with pytest.raises(InvalidVotes, match="y is ranked but does not stand"):
        count(rank(rule="alternative"), {("a=y",): 1, ("b",): 1}, 1, "a b")


def test_a_name_repeated_within_an_overvote() -> None:
    ballots = {("a", "a=b", "c"): 3, ("b",): 5, ("c",): 6, ("d",): 1}
    step = {"rule": "alternative", "overvote": "continuing", "ties": ("lot",)}
    through = count(rank(**step), ballots, 1, "a b c d")
    assert through.stages[1].transfers[0].gains["b"] == 3
    ended = count(rank(repeat="exhaust", **step), ballots, 1, "a b c d")
    assert ended.stages[1].transfers[0].ended == {"repeats": 3}


# What does not go together, and what always holds


@pytest.mark.parametrize(
    "terms",
    [
        {"rule": "exclusion", "quota": "droop"},
        {"rule": "in_turn", "quota": "droop"},
        {"rule": "alternative", "share": Fraction(1, 5)},
        {"rule": "exclusion", "share": Fraction(3, 2)},
        {"rule": "exclusion", "exclude": "below_share"},
        {"rule": "exclusion", "exclude": "all_but_two"},
        {"rule": "meek", "overvote": "continuing"},
        {"rule": "meek", "quota_of": "first"},
        {"quota": "hare", "quota_places": 2},
    ],
    ids=str,
)
def test_rules_that_do_not_go_together(terms: dict[str, Any]) -> None:
    with pytest.raises(InvalidLaw):
        rank(**terms)


names = st.sampled_from(["a", "b", "c", "d", "e", "a=b", "b=c=d", "skipped", "overvote"])
ballots_of_all_kinds = st.dictionaries(
    st.lists(names, min_size=1, max_size=5).map(tuple), st.integers(1, 30), min_size=1, max_size=12
)
TERMS: list[dict[str, Any]] = [
    {"rule": "exclusion"},
    {"rule": "in_turn"},
    {"rule": "alternative", "quota_of": "first"},
    {"rule": "exclusion", "exclude": "hopeless"},
    {"quota": "droop", "quota_of": "each"},
    {"quota": "droop", "quota_places": 3, "places": 5},
    {"quota": "droop", "one_a_stage": True},
]


@pytest.mark.parametrize("terms", TERMS, ids=str)
@pytest.mark.parametrize("overvote", ["exhaust", "skip", "continuing"])
@given(rankings=ballots_of_all_kinds, seats=st.integers(1, 3))
def test_no_vote_is_lost_and_no_seat(terms: dict[str, Any], overvote: str, rankings: Rankings, seats: int) -> None:
    seats = 1 if terms.get("rule") == "alternative" else seats
    made = count(rank(overvote=overvote, **terms), rankings, seats, "a b c d e", rank="a b c d e")
    assert len(set(made.elected)) == seats
    for stage in made.stages:
        amounts = [*stage.totals.values(), *stage.spent.values(), stage.lost]
        assert stage.votes(sum(amounts)) == sum(rankings.values()) - made.blank
        assert all(n >= 0 for n in amounts)
    again = count(
        rank(overvote=overvote, **terms), dict(reversed(rankings.items())), seats, "e d c b a", rank="a b c d e"
    )
    assert again.elected == made.elected
