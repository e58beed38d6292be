"""The ensemble: methods weighed by how much the bounds say, kept within the bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sailau.kernels.transfers import fit_margins
from sailau.votes.bounds import Bounds
from sailau.votes.margins import Array, Margins
from sailau.votes.methods import METHODS, Estimates

_MIDDLE, _SCALE = -3.0, 1.0
_LEAST = 1e-3
_ROUNDS, _NEAR = 100, 0.01


def weights_of(narrowing: float, slopes: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Return the weight of each method: a softmax that is linear in the logarithm of the narrowing.

    Parameters
    ----------
    narrowing : float
        Of the bounds. The more they say, the more a model gains that lets units differ.
    slopes : mapping of str to (float, float)
        Level and slope by method; a method without any has both 0.
    """
    at = (math.log(max(narrowing, _LEAST)) - _MIDDLE) / _SCALE
    powers = {
        name: sum(a * b for a, b in zip(slopes.get(name, (0.0, 0.0)), (1.0, at), strict=True)) for name in METHODS
    }
    most = max(powers.values())
    raw = {name: math.exp(power - most) for name, power in powers.items()}
    return {name: value / sum(raw.values()) for name, value in raw.items()}


def mix(estimates: Estimates, weights: Mapping[str, float]) -> Array:
    """Return the weighted mean of the methods' tables."""
    return np.asarray(sum(weights[name] * table for name, table in estimates.tables.items()))


def within(table: Array, margins: Margins, found: Bounds) -> Array:
    """Return the table moved into the bounds, both totals kept: cut at the bounds and scaled, in turns."""
    rows, columns = margins.group_totals.astype(np.float64), margins.option_totals.astype(np.float64)
    for _ in range(_ROUNDS):
        cut = np.clip(table, found.lower, found.upper)
        if float(np.abs(cut - table).max()) <= _NEAR:
            break
        seed = cut + 1e-9 * np.outer(rows, columns) / rows.sum()
        table = np.zeros_like(cut)
        fit_margins(seed, rows, columns, 1000, 1e-14, table)
    return table
