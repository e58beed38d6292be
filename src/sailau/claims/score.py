"""Score a settled forecast by Brier and logarithm, at both ends of the range that its words stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import log

from sailau.claims.book import Claim
from sailau.claims.judge import Kind, Verdict

FLOOR = Fraction(1, 2000)
"""Probabilities nearer to 0 or 1 are taken as this far from it, so that a logarithm stays finite."""


@dataclass(frozen=True, slots=True)
class Score:
    """Both ends of a mapped range, scored.

    Attributes
    ----------
    happened : bool
    brier, logarithm : tuple of two numbers
        At the low and the high end of the probability; 0 is best in both.
    given : bool
        Whether the claimant gave the probability; otherwise the words were mapped and nobody is to be ranked by it.
    """

    happened: bool
    brier: tuple[Fraction, Fraction]
    logarithm: tuple[float, float]
    given: bool


def score(claim: Claim, verdict: Verdict, on: date) -> Score | None:
    """Score a forecast that is due and settled; None for everything else.

    Examples
    --------
    >>> brier(Fraction(7, 10), happened=False)
    Fraction(49, 100)
    """
    if claim.kind is not Kind.forecast or claim.chance is None or (claim.due is not None and on < claim.due):
        return None
    if verdict not in (Verdict.supported, Verdict.contradicted):
        return None
    happened = verdict is Verdict.supported
    low, high = claim.chance.low, claim.chance.high
    logs = tuple(-log(max(p if happened else 1 - p, FLOOR)) for p in (low, high))
    return Score(
        happened,
        (brier(low, happened=happened), brier(high, happened=happened)),
        (logs[0], logs[1]),
        claim.chance.given,
    )


def brier(probability: Fraction, *, happened: bool) -> Fraction:
    """Return (p - o)² (Brier, Monthly Weather Review 78, 1950)."""
    return (probability - int(happened)) ** 2
