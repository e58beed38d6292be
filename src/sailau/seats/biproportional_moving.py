"""What a matrix of seats hangs on while votes of one district move: every chain of transfers that it withstands."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sailau.seats.biproportional_result import Biproportion
from sailau.terms.moving import Moving

Chains = Mapping[tuple[str, str], Fraction]
"""By two parties: how much is lost at the least when the first gives up a seat somewhere and the second gets one."""


def moves(votes: Mapping[str, Mapping[str, Any]]) -> bool:
    """Say whether votes move."""
    return any(Moving in map(type, row.values()) for row in votes.values())


def as_now(votes: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Return votes as they are before any of them moves."""
    return {d: {p: int(n.now) if isinstance(n, Moving) else n for p, n in row.items()} for d, row in votes.items()}


def note_chains(votes: Mapping[str, Mapping[str, Any]], made: Biproportion) -> None:
    """Compare in every district the last seat of a party with the next of another, the way back included.

    Seats are the only ones if and only if no closed chain of transfers improves them. A chain that passes through a
    district takes a seat there from one party, gives it to another, and finds its way back through other districts,
    whose votes do not move. The best way back is taken through all districts, which asks a little more than is needed.

    Raises
    ------
    TypeError
        Cells of the matrix are tied: what decides them cannot be followed.
    """
    if made.tied:
        raise TypeError("cells of the matrix are tied")
    back = _chains(made)
    for district, row in votes.items():
        seats = made.seats[district]
        lasts, nexts = _lasts(made, district), _nexts(made, district)
        for party in seats:
            if isinstance(row[party], Moving) and seats[party] and not row[party]:
                raise ValueError("no seat without votes")
        for one, (top, bottom) in lasts.items():
            for other, (t, b) in nexts.items():
                way = back.get((other, one))
                if one == other or way is None or not (isinstance(row[one], Moving) or isinstance(row[other], Moving)):
                    continue
                won, lost = row[one] * (bottom * t * way.denominator), row[other] * (b * top * way.numerator)
                if not won > lost:
                    raise ValueError("these are not the seats of these votes")


def _lasts(made: Biproportion, district: str) -> dict[str, tuple[int, int]]:
    """Return the divisor of the last seat of each party that can lose one there."""
    least = made.least.get(district, {})
    return {p: made.divisor.at(n - 1) for p, n in made.seats[district].items() if n > least.get(p, 0)}


def _nexts(made: Biproportion, district: str) -> dict[str, tuple[int, int]]:
    """Return the divisor of the next seat of each party that takes part there."""
    if not made.districts.get(district):
        return {}
    return {p: made.divisor.at(n) for p, n in made.seats[district].items() if made.parties.get(p)}


def _chains(made: Biproportion) -> Chains:
    """Return the best chain from any party that gives up a seat to any that gets one, as a product of quotients."""
    best: dict[tuple[str, str], Fraction] = {}
    for district, row in made.votes.items():
        nexts = {p: Fraction(row[p] * b, t) for p, (t, b) in _nexts(made, district).items() if row[p]}
        for one, (top, bottom) in _lasts(made, district).items():
            for other, quotient in nexts.items():
                if one != other:
                    ratio = quotient / Fraction(row[one] * bottom, top)
                    best[one, other] = max(ratio, best.get((one, other), ratio))
    parties = sorted({party for pair in best for party in pair})
    for through in parties:
        for one in parties:
            first = best.get((one, through))
            if first is None:
                continue
            for other in parties:
                second = best.get((through, other))
                if second is not None and one != other:
                    ratio = first * second
                    best[one, other] = max(ratio, best.get((one, other), ratio))
    return best
