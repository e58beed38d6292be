"""Every formula under one roof, and a slow second count of each, with fractions and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from math import ceil, floor
from typing import Any

from sailau.seats.averages import highest_averages
from sailau.seats.remainders import largest_remainder
from sailau.terms.allocation import Allocation, TieRule
from sailau.terms.divisor import DIVISORS, divisor_named
from sailau.terms.errors import DrawRequired, LawSilent
from sailau.terms.quota import QUOTAS

Votes = dict[str, int]
Method = Callable[[Votes, int], "list[Votes] | None"]
"""All outcomes that a method allows; None where it has no outcome."""

Counting = Callable[..., Allocation]

SWEDISH = divisor_named("sainte_lague", "1.2")

DIVISOR_FORMULAS: dict[str, Counting] = {
    **{name: partial(highest_averages, divisor=name) for name in DIVISORS},
    "sainte_lague_1.2": partial(highest_averages, divisor=SWEDISH),
}
QUOTA_FORMULAS: dict[str, Counting] = {name: partial(largest_remainder, quota=name) for name in QUOTAS}
FORMULAS: dict[str, Counting] = {**DIVISOR_FORMULAS, **QUOTA_FORMULAS}


def outcomes(formula: str, votes: Votes, seats: int) -> list[Votes] | None:
    """Return every outcome that the formula of sailau allows, ties included; None where the law is silent."""
    try:
        return [FORMULAS[formula](votes, seats).seats]
    except DrawRequired as tie:
        return [{c: vector.get(c, 0) for c in votes} for vector in tie.outcomes()]
    except LawSilent:
        return None


METHODS: dict[str, Method] = {name: partial(outcomes, name) for name in FORMULAS}


def canon(vectors: Iterable[Mapping[str, int]] | None) -> set[frozenset[tuple[str, int]]] | None:
    return None if vectors is None else {frozenset(vector.items()) for vector in vectors}


# The slow second count.


@dataclass(frozen=True)
class Answer:
    """Seats that are certain, who ties for the rest, and for how many."""

    sure: Mapping[str, int]
    tied: frozenset[str] = frozenset()
    choose: int = 0


@cache
def divisor_power(formula: str, s: int) -> tuple[Fraction, int]:
    """Return d(s) ** p and p, from the textbook."""
    if formula == "sainte_lague_1.2" and s == 0:
        return Fraction(6, 5), 1
    if formula == "modified_sainte_lague" and s == 0:
        return Fraction(7, 5), 1
    rational: dict[str, Any] = {
        "dhondt": s + 1,
        "danish": s + Fraction(1, 3),
        "imperiali_divisor": 1 + Fraction(s, 2),
        "adams": s,
        "dean": Fraction(s * (s + 1)) / (s + Fraction(1, 2)),
        "macanese": Fraction(2) ** s,
    }
    if formula == "huntington_hill":
        return Fraction(s * s + s), 2
    if formula == "estonian":
        return Fraction(s + 1) ** 9, 10
    return Fraction(rational.get(formula, 2 * s + 1)), 1


def quota_value(formula: str, total: int, seats: int) -> Fraction:
    name, _, rounding = formula.partition("_rounded")
    exact = Fraction(total, seats + {"hare": 0, "imperiali_quota": 2}.get(name, 1))
    if name == "droop":
        return Fraction(floor(exact) + 1)
    if "_rounded" not in formula:
        return exact
    half = Fraction(1, 2)
    ways = {"_down": floor, "_up": ceil, "": lambda x: floor(x + half), "_half_down": lambda x: ceil(x - half)}
    return Fraction(ways[rounding](exact))


def by_hand(formula: str, votes: Votes, seats: int) -> Answer | None:
    """Return the answer by sorting all claims there are; None where the formula has none."""
    if formula in QUOTA_FORMULAS:
        return _quota_by_hand(formula, votes, seats)
    claims = []
    for contender, n in votes.items():
        for s in range(seats if n else 0):
            weight, power = divisor_power(formula, s)
            claim = (0, n**power / weight) if weight else (1, Fraction(n))
            claims.append((claim, contender))
    return _take(dict.fromkeys(votes, 0), claims, seats)


def _quota_by_hand(formula: str, votes: Votes, seats: int) -> Answer | None:
    if seats == 0:
        return Answer(dict.fromkeys(votes, 0))
    price = quota_value(formula, sum(votes.values()), seats)
    if price == 0:
        return None
    sure = {c: floor(n / price) for c, n in votes.items()}
    left = seats - sum(sure.values())
    rests = [((0, n / price - sure[c]), c) for c, n in votes.items() if n]
    return _take(sure, rests, left) if 0 <= left <= len(rests) else None


def _take(sure: Votes, claims: list[tuple[tuple[int, Fraction], str]], left: int) -> Answer:
    sure = dict(sure)
    if left == 0:
        return Answer(sure)
    cut = sorted((claim for claim, _ in claims), reverse=True)[left - 1]
    above = [c for claim, c in claims if claim > cut]
    at = [c for claim, c in claims if claim == cut]
    for contender in above:
        sure[contender] += 1
    if len(above) + len(at) > left:
        return Answer(sure, frozenset(at), left - len(above))
    for contender in at:
        sure[contender] += 1
    return Answer(sure)


def counted(formula: str, votes: Votes, seats: int, ties: TieRule | None = None) -> Answer | None:
    """Return what sailau answers, in the same words."""
    try:
        made = FORMULAS[formula](votes, seats, ties=ties)
    except DrawRequired as tie:
        return Answer({c: tie.standing.get(c, 0) for c in votes}, frozenset(tie.tied), tie.choose)
    except LawSilent:
        return None
    return Answer(made.seats, frozenset(made.tied))
