"""sailau against the slow second count: small and tie-prone, one vote from a tie, and above 2**60; ties to the name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, product
from random import Random

import pytest
from tests.properties.reference import DIVISOR_FORMULAS, FORMULAS, Answer, Votes, by_hand, counted

from sailau.seats.certify import certify
from sailau.terms.allocation import Allocation
from sailau.terms.errors import CertificateError

Contest = tuple[Votes, int]


def _named(figures: list[int]) -> Votes:
    return {f"list_{i}": n for i, n in enumerate(figures)}


def small(rng: Random) -> Contest:
    figures = [rng.randrange(31) for _ in range(rng.randint(2, 6))]
    return _named([*figures, 1]), rng.randint(1, 9)


def near(rng: Random) -> Contest:
    """Start from equal quotients of three sequences, or equal remainders, and move one vote."""
    unit = rng.randint(20, 90)
    kind = rng.randrange(3)
    claims = {0: (1, 2, 3, 4), 1: (1, 3, 5, 7), 2: (Fraction(1, 2), Fraction(3, 2), Fraction(5, 2), 3)}[kind]
    figures = [int(unit * 2 * rng.choice(claims)) for _ in range(rng.randint(2, 5))]
    figures[rng.randrange(len(figures))] += rng.choice((-1, 1))
    return _named(figures), rng.randint(1, 9)


def large(rng: Random) -> Contest:
    unit = 2**60 + rng.randrange(1000)
    figures = [unit * rng.randint(0, 6) + rng.choice((0, 0, 1, -1)) for _ in range(rng.randint(2, 5))]
    return _named([max(0, n) for n in figures] + [unit]), rng.randint(1, 9)


SETS: dict[str, tuple[Callable[[Random], Contest], int]] = {
    "small": (small, 400),
    "near": (near, 200),
    "large": (large, 200),
}


@cache
def contests(name: str) -> list[Contest]:
    make, n = SETS[name]
    rng = Random(f"sailau {name}")
    return [make(rng) for _ in range(n)]


@cache
def answers(name: str, formula: str) -> list[tuple[Votes, int, Answer | None]]:
    return [(votes, seats, by_hand(formula, votes, seats)) for votes, seats in contests(name)]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("name", SETS)
def test_no_forbidden_outcome_and_every_tie_in_full(name: str, formula: str) -> None:
    for votes, seats, answer in answers(name, formula):
        assert counted(formula, votes, seats) == answer, (votes, seats)


def test_the_sets_hold_what_they_promise() -> None:
    ties = {name: sum(bool((by_hand("dhondt", *c) or Answer({})).tied) for c in contests(name)) for name in SETS}
    assert ties["small"] >= 28  # of 400: as many as the peers were put to
    assert all(max(votes.values()) >= 2**60 for votes, _ in contests("large"))
    margins = [_distance_to_a_tie(votes, seats) for votes, seats in contests("near")]
    assert sum(distance <= 1 for distance in margins) >= 60


def _distance_to_a_tie(votes: Votes, seats: int) -> int:
    """Return 0 for a D'Hondt tie, 1 when one vote makes one, else 2."""
    if (by_hand("dhondt", votes, seats) or Answer({})).tied:
        return 0
    for contender, step in product(votes, (-1, 1)):
        moved = votes | {contender: max(0, votes[contender] + step)}
        if any(moved.values()) and (by_hand("dhondt", moved, seats) or Answer({})).tied:
            return 1
    return 2


def _last_names(tied: tuple[str, ...], choose: int) -> tuple[str, ...]:
    return tied[-choose:]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("name", SETS)
def test_with_a_rule_the_tie_is_still_told_and_all_is_certified(name: str, formula: str) -> None:
    for votes, seats, answer in answers(name, formula)[::4]:
        if answer is None:
            continue
        made = FORMULAS[formula](votes, seats, ties=_last_names)
        seated = dict(answer.sure)
        for winner in sorted(answer.tied)[len(answer.tied) - answer.choose :]:
            seated[winner] += 1
        assert (made.seats, frozenset(made.tied)) == (seated, answer.tied), (votes, seats)
        certify(made)


@pytest.mark.parametrize("formula", FORMULAS)
def test_all_small_contests_of_three(formula: str) -> None:
    for figures in combinations_with_replacement((0, 1, 2, 3, 5, 8), 3):
        for seats in range(7) if any(figures) else ():
            votes = _named(list(figures))
            assert counted(formula, votes, seats) == by_hand(formula, votes, seats), (votes, seats)


@pytest.mark.parametrize("formula", DIVISOR_FORMULAS)
def test_the_certificate_alone_finds_the_one_outcome(formula: str) -> None:
    """Of all ways to seat seven, `certify` lets only the lawful ones pass."""
    votes, seats = {"A": 61, "B": 32, "C": 17, "D": 6}, 7
    made = FORMULAS[formula](votes, seats, ties=_last_names)
    lawful = []
    for vector in product(range(seats + 1), repeat=len(votes)):
        if sum(vector) == seats:
            other = replace(made, seats=dict(zip(votes, vector, strict=True)))
            if _passes(other):
                lawful.append(other.seats)
    assert lawful == [made.seats]


def _passes(made: Allocation) -> bool:
    try:
        certify(made)
    except CertificateError:
        return False
    return True


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("scale", [2**60, 2**70])
def test_one_vote_decides_far_above_floats(formula: str, scale: int) -> None:
    """A float of 53 bits cannot see the last vote."""
    for votes in ({"a": scale, "b": scale + 1, "c": 1}, {"a": scale + 1, "b": scale, "c": 1}):
        answer = counted(formula, votes, 3)
        assert answer == by_hand(formula, votes, 3)
        if answer is not None and not answer.tied and formula in DIVISOR_FORMULAS and formula not in _FIRST_FOR_ALL:
            assert answer.sure[max(votes, key=lambda c: votes[c])] == 2


_FIRST_FOR_ALL = ("adams", "dean", "huntington_hill")
