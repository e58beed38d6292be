"""How good forecasts were: proper scores, reliability, and where results fell in what was forecast.

CRPS, energy and ranked probability scores are those of the package scoringrules (the extra `science`). Smaller is
better for every score here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr

from sailau.terms.errors import Invalid
from sailau.terms.extras import need

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

BINS = 5
"""Groups of chances in tables of reliability."""


def crps(draws: Array, seen: Array) -> Array:
    """Return the continuous ranked probability score of each column of draws [draw, column].

    For a single draw this is the absolute error.
    """
    rules = _rules("a continuous ranked probability score")
    found: Array = np.asarray(rules.crps_ensemble(np.asarray(seen, float), np.asarray(draws, float), m_axis=0))
    return found


def energy(draws: Array, seen: Array) -> float:
    """Return the energy score of draws [draw, column]: the score of all columns together."""
    rules = _rules("an energy score")
    return float(rules.es_ensemble(np.asarray(seen, float), np.asarray(draws, float)))


def ranked(histogram: Array, seen: int) -> float:
    """Return the ranked probability score of a number of seats.

    Parameters
    ----------
    histogram : array, [seats]
        How many runs gave so many seats.
    seen : int
    """
    runs = np.asarray(histogram, float)
    if runs.sum() <= 0 or seen < 0:
        raise Invalid("a ranked probability score needs runs, and a number of seats from 0 on")
    padded = np.zeros(max(len(runs), seen + 1))
    padded[: len(runs)] = runs / runs.sum()
    if len(padded) < 2:
        return 0.0
    return float(_rules("a ranked probability score").rps_score(seen + 1, padded))


def log_score(chance: Array, happened: Flags, draws: int) -> Array:
    """Return minus the logarithm of the chance of what happened; chances are kept half a draw away from 0 and 1."""
    least = 1.0 / (2 * draws)
    kept = np.clip(np.asarray(chance, float), least, 1.0 - least)
    found: Array = -np.log(np.where(happened, kept, 1.0 - kept))
    return found


@dataclass(frozen=True, slots=True)
class Murphy:
    """A Brier score and what it is made of: `brier` = `reliability` - `resolution` + `uncertainty` + `within`.

    Attributes
    ----------
    brier : float
    reliability : float
        How far chances are from how often things happen; 0 is best.
    resolution : float
        How far groups of chances part from one another; the larger the better.
    uncertainty : float
        What a forecast of the mean alone would score.
    within : float
        What differences inside a group add (Stephenson, Coelho and Jolliffe 2008); 0 where groups hold one chance.
    """

    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float


def brier(chance: Array, happened: Flags) -> float:
    """Return the Brier score."""
    rules = _rules("a Brier score")
    return float(np.mean(rules.brier_score(np.asarray(happened, float), np.clip(np.asarray(chance, float), 0.0, 1.0))))


def murphy(chance: Array, happened: Flags, *, bins: int = BINS) -> Murphy:
    """Return the Brier score and its parts (Murphy, A New Vector Partition of the Probability Score, 1973)."""
    p, y = np.asarray(chance, float), np.asarray(happened, float)
    if not len(p):
        raise Invalid("no chances: there is nothing to score")
    mean, reliability, resolution = float(y.mean()), 0.0, 0.0
    for rows in _groups(p, bins):
        weight = len(rows) / len(p)
        reliability += weight * float(p[rows].mean() - y[rows].mean()) ** 2
        resolution += weight * float(y[rows].mean() - mean) ** 2
    whole, doubt = brier(p, y > 0), mean * (1.0 - mean)
    return Murphy(whole, reliability, resolution, doubt, whole - reliability + resolution - doubt)


@dataclass(frozen=True, slots=True)
class Reliable:
    """One group of chances: how many, their mean, how often it happened, and where that may lie if all is well."""

    low: float
    high: float
    n: int
    forecast: float
    happened: float
    band: tuple[float, float]


def reliability(chance: Array, happened: Flags, *, bins: int = BINS, level: float = 0.9) -> tuple[Reliable, ...]:
    """Return the table of reliability; the bands hold for all groups at once (Bonferroni, binomial)."""
    p, y = np.asarray(chance, float), np.asarray(happened, float)
    groups = _groups(p, bins)
    tail = (1.0 - level) / 2 / max(len(groups), 1)
    out = []
    for rows in groups:
        n, mean = len(rows), float(p[rows].mean())
        counts = np.arange(n + 1)
        below = bdtr(counts, n, mean)
        low, high = int(np.argmax(below > tail)), int(np.argmax(below >= 1.0 - tail))
        edge = np.floor(min(mean, 1 - 1e-12) * bins) / bins
        out.append(Reliable(float(edge), float(edge + 1 / bins), n, mean, float(y[rows].mean()), (low / n, high / n)))
    return tuple(out)


def _groups(p: Array, bins: int) -> list[NDArray[np.int64]]:
    """Return the places of the chances of each group that has any."""
    group = np.minimum((p * bins).astype(np.int64), bins - 1)
    return [np.nonzero(group == g)[0] for g in range(bins) if (group == g).any()]


def pit(draws: Array, seen: Array) -> Array:
    """Return where each result falls among its draws [draw, column]: the share below, and half of those equal to it."""
    d, y = np.asarray(draws, float), np.asarray(seen, float)
    found: Array = (d < y).mean(axis=0) + 0.5 * (d == y).mean(axis=0)
    return found


def covered(draws: Array, seen: Array, level: float = 0.9) -> Flags:
    """Say of each column whether the central interval of its draws holds the result."""
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=0)
    inside: Flags = (low <= seen) & (seen <= high)
    return inside


def _rules(what: str) -> Any:
    return need("scoringrules", extra="science", what=what)
