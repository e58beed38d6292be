"""Factors that make the votes of many areas add up to given totals, in many runs at once.

Both ways do the same operations in the same order, so that they agree to the last place.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import COMPILED, compiled

Real = NDArray[np.float64]
Whole = NDArray[np.int64]

_LANES = 64
_LEAST = 1e-300


def rake(factors: Real, target: Real, cast: Real, who: Whole, stops: Whole, totals: Real, rounds: int) -> None:
    """Fit factors round by round: every area keeps its votes, and every party comes closer to its target.

    Parameters
    ----------
    factors : array [party, run]
        What to begin with; changed in place.
    target : array [party, run]
        The votes of each party over all areas.
    cast, who : array [column]
        The votes of each column and its party, area by area.
    stops, totals : array [area]
        The column after the last one of each area, and its votes.
    rounds : int
    """
    if not COMPILED:
        _plain(factors, target, cast, who, stops, totals, rounds)
        return
    parties, runs = factors.shape
    f, t, got = np.zeros((parties, _LANES)), np.zeros((parties, _LANES)), np.zeros((parties, _LANES))
    for start in range(0, runs, _LANES):
        some = slice(start, min(start + _LANES, runs))
        width = some.stop - start
        f[:, :width], t[:, :width] = factors[:, some], target[:, some]
        _block(f, t, got, cast, who, stops, totals, rounds)
        factors[:, some] = f[:, :width]


@compiled
def _block(f: Real, t: Real, got: Real, cast: Real, who: Whole, stops: Whole, totals: Real, rounds: int) -> None:
    total = np.empty(_LANES)
    for _ in range(rounds):
        got[:] = 0.0
        first = 0
        for area in range(stops.size):
            for r in range(_LANES):
                total[r] = 0.0
            for column in range(first, stops[area]):
                votes, p = cast[column], who[column]
                for r in range(_LANES):
                    total[r] += f[p, r] * votes
            for r in range(_LANES):
                total[r] = totals[area] / (total[r] if total[r] > _LEAST else _LEAST)
            for column in range(first, stops[area]):
                votes, p = cast[column], who[column]
                for r in range(_LANES):
                    got[p, r] += f[p, r] * votes * total[r]
            first = stops[area]
        for p in range(f.shape[0]):
            for r in range(_LANES):
                made = got[p, r]
                f[p, r] *= t[p, r] / (made if made > 0.0 else 1.0) if made > 0.0 else 1.0


def _plain(factors: Real, target: Real, cast: Real, who: Whole, stops: Whole, totals: Real, rounds: int) -> None:
    for _ in range(rounds):
        got, first = np.zeros(factors.shape), 0
        for stop, size in zip(stops.tolist(), totals.tolist(), strict=True):
            weights = factors[who[first:stop]] * cast[first:stop, None]
            total = np.zeros(factors.shape[1])
            for weight in weights:
                total += weight
            weights *= size / np.maximum(total, _LEAST)
            for party, weight in zip(who[first:stop].tolist(), weights, strict=True):
                got[party] += weight
            first = stop
        factors *= np.where(got > 0.0, target / np.where(got > 0.0, got, 1.0), 1.0)
