"""Positions that walk from period to period: a Kalman filter forward and a smoother back, all voters at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """When voters are there, and how far they may walk.

    Attributes
    ----------
    first : array of int
        The period in which each voter appears.
    present : array of bool, [voter, period]
        From the first vote of a voter to its last.
    step : float
        Variance of a step between two periods.
    """

    first: NDArray[np.int64]
    present: Bools
    step: float


def walk_of(n_cells: NDArray[np.int64], step: float) -> Walk:
    """Return when voters are there, from their number of votes ``[voter, period]``."""
    import numpy as np

    voted = n_cells > 0
    n = voted.shape[1]
    first = np.argmax(voted, axis=1)
    last = n - 1 - np.argmax(voted[:, ::-1], axis=1)
    periods = np.arange(n)
    return Walk(first, (periods >= first[:, None]) & (periods <= last[:, None]), step)


def smooth(precision: Floats, weighted: Floats, walk: Walk) -> tuple[Floats, Floats]:
    """Return mean and variance of each position, given what the votes of each period say by themselves.

    Parameters
    ----------
    precision, weighted : arrays, [voter, period]
        What the votes know: one over the variance, and the mean times that.
    walk : Walk

    Notes
    -----
    A voter starts from a standard normal. Periods without a vote between the first and the last are filled in.
    """
    import numpy as np

    means, variances, ahead = np.zeros_like(precision), np.ones_like(precision), np.ones_like(precision)
    mean, variance = np.zeros(len(precision)), np.ones(len(precision))
    for t in range(precision.shape[1]):
        fresh = walk.first >= t
        prior = np.where(fresh, 1.0, variance + walk.step)
        variance = 1.0 / (1.0 / prior + precision[:, t])
        mean = variance * (np.where(fresh, 0.0, mean) / prior + weighted[:, t])
        means[:, t], variances[:, t], ahead[:, t] = mean, variance, prior
    filtered = means.copy()
    for t in range(precision.shape[1] - 2, -1, -1):
        on = walk.present[:, t] & walk.present[:, t + 1]
        gain = np.where(on, variances[:, t] / ahead[:, t + 1], 0.0)
        means[:, t] += gain * (means[:, t + 1] - filtered[:, t])
        variances[:, t] += gain * gain * (variances[:, t + 1] - ahead[:, t + 1])
    return means, variances
