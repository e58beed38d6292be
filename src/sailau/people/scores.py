"""Scores of forecasts by draws: the continuous ranked probability score, and whether an interval holds the truth."""

from __future__ import annotations

import numpy as np

from sailau.people.cube import Floats


def crps(draws: Floats, truth: Floats | float) -> Floats:
    """Return E|X - y| - ½ E|X - X'| over draws on the last axis; for a single number it is the absolute error.

    References
    ----------
    .. [1] T. Gneiting and A. E. Raftery, Strictly Proper Scoring Rules, JASA 102, 2007.

    Examples
    --------
    >>> float(crps(np.array([3.0]), 5.0)), float(crps(np.array([4.0, 6.0]), 5.0))
    (2.0, 0.5)
    """
    ordered = np.sort(draws, axis=-1)
    n = ordered.shape[-1]
    error = np.abs(ordered - np.asarray(truth)[..., None]).mean(axis=-1)
    weights = 2 * np.arange(1, n + 1) - n - 1
    return np.asarray(error - (ordered * weights).sum(axis=-1) / n**2)


def interval(draws: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the ends between which `level` of the draws lie, as much below as above."""
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=-1)
    return low, high
