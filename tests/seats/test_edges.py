"""The edges at which packages for this job were found wrong, put to every formula: a lawful result or a named error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from tests.properties.reference import DIVISOR_FORMULAS, FORMULAS, QUOTA_FORMULAS

from sailau.seats.averages import highest_averages
from sailau.seats.certify import certify
from sailau.seats.count import Count, run
from sailau.seats.remainders import largest_remainder
from sailau.seats.threshold import Threshold
from sailau.terms.errors import DrawRequired, Invalid, InvalidSeats, InvalidVotes, LawSilent, SailauError
from sailau.terms.tally import NATION, Tally

Outcome = list[int] | type[SailauError] | tuple[str, ...]
"""Seats in the order of the votes, an error, or who ties for one seat."""

NAN, INF = float("nan"), float("inf")
SMALL_QUOTAS = tuple(name for name in QUOTA_FORMULAS if not name.startswith("hare") and name != "droop")
"""Quotas of V/(S+1) or less: whole quotas can be more than there are seats."""
IMPERIALI = tuple(name for name in QUOTA_FORMULAS if name.startswith("imperiali"))
EXACT = ("hare", "hagenbach_bischoff")


def but(usual: Outcome, *others: tuple[tuple[str, ...], Outcome]) -> Callable[[str], Outcome]:
    def expected(formula: str) -> Outcome:
        return next((outcome for names, outcome in others if formula in names), usual)

    return expected


def _not_exact() -> tuple[str, ...]:
    return tuple(name for name in QUOTA_FORMULAS if name not in EXACT)


@dataclass(frozen=True)
class Probe:
    votes: Any
    seats: Any
    expected: Callable[[str], Outcome]


PROBES: dict[str, Probe] = {
    "a tie for one seat": Probe({"a": 100, "b": 100}, 1, but(("a", "b"), (SMALL_QUOTAS, LawSilent))),
    "no votes at all": Probe({"a": 0, "b": 0, "c": 0}, 5, but(InvalidVotes)),
    "one party": Probe({"a": 1000}, 7, but([7], (SMALL_QUOTAS, LawSilent))),
    "negative votes": Probe({"a": 10, "b": -1}, 3, but(InvalidVotes)),
    "nan": Probe({"a": 10, "b": NAN}, 10, but(InvalidVotes)),
    "infinity": Probe({"a": 10, "b": INF}, 10, but(InvalidVotes)),
    "more seats than votes": Probe(
        {"a": 2, "b": 1}, 10, but([7, 3], (("adams", "macanese"), ("a", "b")), (_not_exact(), LawSilent))
    ),
    "2^60 against 2^60 + 1": Probe(
        {"a": 2**60, "b": 2**60 + 1}, 1, but([0, 1], ((*IMPERIALI, "hagenbach_bischoff_rounded_down"), LawSilent))
    ),
    "2^70 against 2^69": Probe(
        {"a": 2**70, "b": 2**69}, 3, but([2, 1], (("imperiali_divisor",), ("a", "b")), (IMPERIALI, LawSilent))
    ),
    "no seats": Probe({"a": 3, "b": 2}, 0, but([0, 0])),
    "fewer than no seats": Probe({"a": 3, "b": 2}, -1, but(InvalidSeats)),
    "shares for votes": Probe({"a": 0.5, "b": 0.3, "c": 0.2}, 10, but(InvalidVotes)),
    "no parties": Probe({}, 3, but(InvalidVotes)),
    "text for votes": Probe({"a": "100", "b": 3}, 3, but(InvalidVotes)),
    "truth for votes": Probe({"a": True, "b": 3}, 3, but(InvalidVotes)),
    "a fraction for votes": Probe({"a": Fraction(1, 2), "b": 3}, 3, but(InvalidVotes)),
    "nothing for votes": Probe({"a": None, "b": 3}, 3, but(InvalidVotes)),
    "half a seat": Probe({"a": 3, "b": 2}, 2.5, but(InvalidSeats)),
    "nan seats": Probe({"a": 3, "b": 2}, NAN, but(InvalidSeats)),
    "text for seats": Probe({"a": 3, "b": 2}, "2", but(InvalidSeats)),
    "no votes and no seats": Probe({"a": 0, "b": 0}, 0, but([0, 0])),
}


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("name", PROBES)
def test_probe(name: str, formula: str) -> None:
    probe = PROBES[name]
    expected = probe.expected(formula)
    if isinstance(expected, list):
        made = FORMULAS[formula](probe.votes, probe.seats)
        assert list(made.seats.values()) == expected
        certify(made)
    elif isinstance(expected, tuple):
        with pytest.raises(DrawRequired) as tie:
            FORMULAS[formula](probe.votes, probe.seats)
        assert (tie.value.tied, tie.value.choose) == (expected, 1)
        assert sum(tie.value.standing.values()) == probe.seats - 1
    else:
        with pytest.raises(expected) as fault:
            FORMULAS[formula](probe.votes, probe.seats)
        assert str(fault.value)


def _count(votes: dict[str, int], seats: int, **decisions: tuple[str, ...]) -> Count:
    tally = Tally.of(votes)
    named = {f"list.{step}": names for step, names in decisions.items()}
    return Count(
        tally=tally,
        ballots=tally.tiers["list"],
        tier="list",
        area=NATION,
        seats=seats,
        votes=votes,
        cast=votes,
        decisions=named,
    )


@pytest.mark.parametrize("strict", [False, True])
def test_all_below_the_bar(strict: bool) -> None:
    """The law has no rule for it: the count says so and asks, and never drops the bar or the seats."""
    votes, bar = {f"list_{i}": 4 for i in range(25)}, Threshold(share=Fraction(5, 100), strict=strict, cite="art. 1")
    with pytest.raises(LawSilent) as fault:
        run([bar], _count(votes, 50))
    assert fault.value.key == "list.threshold"
    assert set(fault.value.options) == set(votes)
    assert run([bar], _count(votes, 50, threshold=("list_3",))).contenders() == {"list_3": 4}


@pytest.mark.parametrize(
    ("votes", "strict", "passes"), [(5, False, True), (4, False, False), (5, True, False), (6, True, True)]
)
def test_a_bar_just_reached_and_just_missed(votes: int, strict: bool, passes: bool) -> None:
    bar = Threshold(share=Fraction(5, 100), strict=strict, cite="art. 1")
    after = run([bar], _count({"a": votes, "b": 100 - votes}, 9))
    assert ("a" in after.contenders()) is passes


@dataclass(frozen=True)
class Like:
    """An integer of another library (numpy's, for instance)."""

    value: int

    def __index__(self) -> int:
        return self.value


@pytest.mark.parametrize("formula", FORMULAS)
def test_integers_of_other_libraries_are_welcome(formula: str) -> None:
    votes = {"a": 47_000, "b": 16_000, "c": 15_800, "d": 12_000, "e": 6_100, "f": 3_100}
    made = FORMULAS[formula]({c: Like(n) for c, n in votes.items()}, Like(10))  # type: ignore[dict-item]
    assert made.seats == FORMULAS[formula](votes, 10).seats
    assert all(type(n) is int for n in made.votes.values())


# Defects of published packages, as tests of ours.


def test_sainte_lague_never_takes_a_seat_away() -> None:
    """A divisor search ended at -1 seats for the party with no votes."""
    made = highest_averages({"a": 16, "b": 49, "c": 4, "d": 22, "e": 0, "f": 4}, 3, divisor="sainte_lague")
    assert list(made.seats.values()) == [0, 2, 0, 1, 0, 0]


def test_a_tie_does_not_pass_over_a_larger_remainder() -> None:
    """29 comes before both 28s, which tie for the last seat; a package gave them a seat each and the 29 none."""
    with pytest.raises(DrawRequired) as tie:
        largest_remainder({"a": 56, "b": 28, "c": 28, "d": 55, "e": 29, "f": 7}, 4)
    assert tie.value.tied == ("b", "c")
    assert tie.value.standing == {"a": 1, "b": 0, "c": 0, "d": 1, "e": 1, "f": 0}


def test_defaults_are_accepted() -> None:
    """A default that its own package refuses; here a tie without a rule is asked back, and with one it is settled."""
    votes = {"a": 8, "b": 30, "c": 8, "d": 7, "e": 15, "f": 18}
    with pytest.raises(DrawRequired) as tie:
        highest_averages(votes, 9)
    assert tie.value.tied == ("b", "e")
    made = highest_averages(votes, 9, ties=lambda tied, k: tied[:k])
    assert list(made.seats.values()) == [1, 4, 1, 0, 1, 2]


@pytest.mark.parametrize("formula", DIVISOR_FORMULAS)
def test_no_seat_is_given_twice(formula: str) -> None:
    """Two seats for one, where two parties tie."""
    made = FORMULAS[formula]({"a": 100, "b": 100}, 1, ties=lambda tied, k: tied[:k])
    assert made.seats == {"a": 1, "b": 0}
    assert made.tied == ("a", "b")


@pytest.mark.parametrize("formula", FORMULAS)
def test_the_callers_votes_stay_as_they_are(formula: str) -> None:
    """A package writes a zero into the list it is given."""
    votes = {"b": 61, "a": 32, "c": 17}
    made = FORMULAS[formula](votes, 4, ties=lambda tied, k: tied[:k])
    made.seats["b"] = 99
    assert list(votes.items()) == [("b", 61), ("a", 32), ("c", 17)]


def test_errors_of_this_package_have_one_root() -> None:
    assert all(issubclass(e, SailauError) for e in (DrawRequired, Invalid, InvalidVotes, InvalidSeats, LawSilent))
