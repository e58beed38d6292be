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
        Variance of a voter's own step between two periods.
    """

    first: NDArray[np.int64]
    present: Bools
    step: float

    def drift(self, position: Floats) -> Floats:
        """Return where the crowd stands in each period, as far as the steps of those who stay tell.

        What all voters share costs nothing: the walk is that of a voter against the crowd.
        """
        import numpy as np

        place = np.zeros(position.shape[1])
        starts = self.first == 0
        place[0] = position[starts, 0].mean() if starts.any() else 0.0
        for t in range(1, position.shape[1]):
            stay = self.present[:, t] & self.present[:, t - 1]
            moved = position[stay, t] - position[stay, t - 1]
            place[t] = place[t - 1] + (moved.mean() if stay.any() else 0.0)
        return place

    def pull(self, position: Floats) -> tuple[float, float]:
        """Return how hard the walk pulls positions together, and down: what rescaling and shifting must undo."""
        import numpy as np

        own = position - self.drift(position)
        stay = self.present[:, 1:] & self.present[:, :-1]
        moved, apart = np.diff(position, axis=1)[stay], np.diff(own, axis=1)[stay]
        rows = np.arange(len(position))
        begin, begins = own[rows, self.first], position[rows, self.first]
        inward = float((begin * begins).sum())
        inward += float((moved * apart).sum()) / self.step if self.step else 0.0
        return inward, float(begin.sum())


def walk_of(n_cells: NDArray[np.int64], step: float) -> Walk:
    """Return when voters are there, from their number of votes ``[voter, period]``."""
    import numpy as np

    voted = n_cells > 0
    n = voted.shape[1]
    first = np.argmax(voted, axis=1)
    last = n - 1 - np.argmax(voted[:, ::-1], axis=1)
    periods = np.arange(n)
    return Walk(first, (periods >= first[:, None]) & (periods <= last[:, None]), step)


def smooth(precision: Floats, weighted: Floats, walk: Walk, drift: Floats | None = None) -> tuple[Floats, Floats]:
    """Return mean and variance of each position, given what the votes of each period say by themselves.

    Parameters
    ----------
    precision, weighted : arrays, [voter, period]
        What the votes know: one over the variance, and the mean times that.
    walk : Walk
    drift : array, optional
        Where the crowd stands in each period, around which voters walk.

    Notes
    -----
    A voter starts from a standard normal around the crowd. Periods without a vote between the first and the last are
    filled in.
    """
    import numpy as np

    place = np.zeros(precision.shape[1]) if drift is None else drift
    own = weighted - precision * place
    means, variances, ahead = np.zeros_like(precision), np.ones_like(precision), np.ones_like(precision)
    mean, variance = np.zeros(len(precision)), np.ones(len(precision))
    for t in range(precision.shape[1]):
        fresh = walk.first >= t
        prior = np.where(fresh, 1.0, variance + walk.step)
        variance = 1.0 / (1.0 / prior + precision[:, t])
        mean = variance * (np.where(fresh, 0.0, mean) / prior + own[:, t])
        means[:, t], variances[:, t], ahead[:, t] = mean, variance, prior
    filtered = means.copy()
    for t in range(precision.shape[1] - 2, -1, -1):
        on = walk.present[:, t] & walk.present[:, t + 1]
        gain = np.where(on, variances[:, t] / ahead[:, t + 1], 0.0)
        means[:, t] += gain * (means[:, t + 1] - filtered[:, t])
        variances[:, t] += gain * gain * (variances[:, t + 1] - ahead[:, t + 1])
    return means + place, variances
