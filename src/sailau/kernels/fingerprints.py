"""The fingerprint (turnout by share) of a mechanism that moves ballots to the leader."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import compiled


@compiled
def moved_fingerprint(
    turnout: NDArray[np.float64],
    share: NDArray[np.float64],
    amount: NDArray[np.float64],
    power: float,
    bins: int,
) -> NDArray[np.float64]:
    """Return the histogram over all combinations of honest turnout t, honest share v and amount x.

    The leader gets W = t v + x (1 - t) + x^power (1 - v) t of the registered, the turnout becomes t + x (1 - t).
    """
    out = np.zeros((bins, bins))
    for x in amount:
        switched = x**power
        for t in turnout:
            after = t + x * (1.0 - t)
            if after <= 0.0:
                continue
            row = min(bins - 1, int(after * bins))
            for v in share:
                won = (t * v + x * (1.0 - t) + switched * (1.0 - v) * t) / after
                out[row, min(bins - 1, int(won * bins))] += 1.0
    total = out.sum()
    for i in range(bins):
        for j in range(bins):
            out[i, j] /= total
    return out
