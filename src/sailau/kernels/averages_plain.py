"""Divisor methods on many runs at once, on whole arrays: the same counts where nothing is compiled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_ROWS = 4096
_MARGIN = 1.0 + 2.0**-50


def averages_plain(
    votes: NDArray[np.int64],
    seats: int,
    slope: int,
    offset: int,
    first: int,
    out: NDArray[np.int32],
    status: NDArray[np.uint8],
) -> None:
    """Count rows of votes in blocks; mark those that need a second look."""
    for start in range(0, votes.shape[0], _ROWS):
        rows = slice(start, start + _ROWS)
        v = np.ascontiguousarray(votes[rows].T, dtype=np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            s, sure = _count(v, seats, float(slope), float(offset), float(first))
        out[rows] = s.T
        status[rows] = ~sure


def _count(
    v: NDArray[np.float64], seats: int, slope: float, offset: float, first: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    ratio = offset / slope
    total = v.sum(axis=0)
    voted = v > 0.0
    takers = np.count_nonzero(voted, axis=0)
    factor = (seats + takers * (ratio - 0.5)) / np.maximum(total, 1.0)
    claim = v * factor
    s = np.floor(claim + (1.0 - ratio))
    s = np.where(s > 1.0, s, claim * slope >= first) * voted
    need = seats - s.sum(axis=0)
    _step(v, s, need, 1.0, slope, offset, first)
    _step(v, s, need, -1.0, slope, offset, first)
    coming = v / _divisor(s, slope, offset, first)
    claim = (coming if first > 0.0 else np.where(voted, coming, 0.0)).max(axis=0)
    # Whoever holds a seat must hold it clearly above the best claim without one.
    last = _divisor(s - 1.0, slope, offset, first)
    clear: NDArray[np.bool_] = (
        ((claim * _MARGIN * last < v) | (s < 1.0)).all(axis=0)
        & (total > 0)
        & np.isfinite(claim)
        & (s >= 0.0).all(axis=0)
    )
    return s, clear


def _divisor(s: NDArray[np.float64], slope: float, offset: float, first: float) -> NDArray[np.float64]:
    d = slope * s + offset
    if first != offset:
        d[s == 0.0] = first
    return d


def _step(
    v: NDArray[np.float64],
    s: NDArray[np.float64],
    need: NDArray[np.float64],
    way: float,
    slope: float,
    offset: float,
    first: float,
) -> None:
    """Move seats one way, one in each row at a time, until no row needs another."""
    rows = np.nonzero((need * way > 0) & (v.sum(axis=0) > 0))[0]
    if not rows.size:
        return
    mine, held, left = v[:, rows], s[:, rows], need[rows] * way
    back = 0.0 if way > 0 else 1.0
    q = way * mine / _divisor(held - back, slope, offset, first)
    q[(held < back) | (mine == 0.0)] = -np.inf
    each = np.arange(rows.size)
    while each.size:
        who = q[:, each].argmax(axis=0)
        held[who, each] += way
        now = held[who, each]
        q[who, each] = np.where(
            now >= back, way * mine[who, each] / _divisor(now - back, slope, offset, first), -np.inf
        )
        left[each] -= 1
        each = each[left[each] > 0]
    s[:, rows] = held
    need[rows] = 0
