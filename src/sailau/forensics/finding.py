"""Findings: what a test asked, what a clean election shows, what was found, and what it does not mean."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sailau.terms.speech import say

Kind = Literal["test", "estimate", "check", "curiosity"]
"""A test has a p-value; an estimate has none; a check states facts; a curiosity is never evidence."""

NULLS: Mapping[str, str] = {
    "binomial": "each station keeps its turnout and its leader's share; its counts scatter by chance around them, and "
    "no percentage is preferred to its neighbours",
    "smooth": "the proportions behind the stations are spread smoothly; each station's counts are drawn again from "
    "what its own figures leave open (beta-binomial)",
    "areas differ": "areas may differ in any way; within an area, stations scatter alike upwards and downwards",
    "separate protocols": "every station counted its own ballots: votes are drawn again for each from its own shares",
    "even last digits": "the last digits of large counts are equally frequent",
    "Benford": "second digits follow Benford's law; no theory says that clean votes do",
    "arithmetic": "figures of one protocol, and sums of protocols, agree",
}
"""The null models by name."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one test found.

    Attributes
    ----------
    test, family : str
        Tests of one family are corrected together.
    kind : Kind
    null : str
        The null model, a key of `NULLS`.
    expects, found, caution : str
        What a clean election shows; what this one shows; what the finding does not mean.
    p : float or None
        How often the null model shows as much.
    figures : mapping of str to number or text
    cases : tuple of str
        Stations or areas that the finding is about.
    """

    test: str
    family: str
    kind: Kind
    null: str
    expects: str
    found: str
    caution: str
    p: float | None = None
    figures: Mapping[str, float | int | str | None] = field(default_factory=dict)
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotTestable:
    """A test that was not run, why, and the data that it would need."""

    test: str
    family: str
    why: str
    needs: str


def few_stations(test: str, family: str, n: int, least: int) -> NotTestable:
    """Return that a test of turnout and of the leader's share needs more stations than there are."""
    needs = say("registered, voters, ballots and the leader's votes by polling station")
    return NotTestable(test, family, say("{n:,} stations; {least:,} are needed", n=n, least=least), needs)


def upper_tail(z: float) -> float:
    """Return the chance that a standard normal number exceeds z."""
    return 0.5 * math.erfc(z / math.sqrt(2))


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Return adjusted p-values: q_(i) = min over j >= i of m p_(j) / j.

    References
    ----------
    .. [1] Y. Benjamini and Y. Hochberg, "Controlling the False Discovery Rate", JRSS B 57, 1995.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    order = sorted(range(len(p)), key=lambda i: p[i], reverse=True)
    out = [1.0] * len(p)
    least = 1.0
    for rank, i in zip(range(len(p), 0, -1), order, strict=True):
        least = min(least, p[i] * len(p) / rank)
        out[i] = least
    return out
