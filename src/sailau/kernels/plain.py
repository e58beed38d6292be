"""Divisor and quota methods on whole arrays: the moves and proofs of the compiled loops where nothing is compiled.

Figures of 32 bits come first; rows that they leave without a proof are counted again in 64 bits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ROWS = 2048
_TURNS, _FAR = 3, 4
_NEAR = {np.dtype(np.float32): 2.0**-21, np.dtype(np.float64): 2.0**-50}
"""How far a claim must be from the edge, wider than all rounding."""

Real = NDArray[Any]
Counted = tuple[Real, NDArray[np.bool_]]


def averages_plain(
    votes: NDArray[np.int64],
    seats: float,
    slope: float,
    offset: float,
    first: float,
    out: NDArray[np.int32],
    status: NDArray[np.uint8],
) -> tuple[float, float]:
    """Count rows of votes by a divisor sequence as the compiled loop does; return the largest total and least count."""
    return _twice(votes, lambda v, _: _averages(v, seats, (slope, offset, first)), out, status)


def remainders_plain(
    votes: NDArray[np.int64], seats: float, top: float, bottom: Real, out: NDArray[np.int32], status: NDArray[np.uint8]
) -> tuple[float, float]:
    """Count rows of votes by a quota, as the compiled loop does; return the largest total and the least count."""
    worth = np.where(bottom > 0.0, top / np.maximum(bottom, 1e-9), 0.0)
    return _twice(votes, lambda v, rows: _remainders(v, seats, worth[rows].astype(v.dtype)), out, status)


def _twice(
    votes: NDArray[np.int64],
    count: Callable[[Real, Any], Counted],
    out: NDArray[np.int32],
    status: NDArray[np.uint8],
) -> tuple[float, float]:
    """Count all rows, in blocks that stay close to the processor; count those without a proof again."""
    most = least = 0.0
    for start in range(0, votes.shape[0], _ROWS):
        rows = slice(start, start + _ROWS)
        v = np.ascontiguousarray(votes[rows].T, dtype=np.float32)
        most, least = max(most, float(v.sum(axis=0).max())), min(least, float(v.min()))
        out[rows], status[rows] = _seats(v, rows, count)
    again = np.nonzero(status)[0]
    if again.size:
        out[again], status[again] = _seats(votes[again].T.astype(np.float64), again, count)
    return most, least


def _seats(v: Real, rows: Any, count: Callable[[Real, Any], Counted]) -> tuple[Real, Real]:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        held, clear = count(v, rows)
        return held.T.astype(np.int32), ~clear


def _averages(v: Real, seats: float, line: tuple[float, float, float]) -> Counted:
    (slope, offset, first), near = line, _NEAR[v.dtype]
    voted, total = v > 0.0, v.sum(axis=0)
    takers = np.count_nonzero(voted, axis=0).astype(v.dtype)
    price = np.maximum(total, 1.0) / np.maximum(slope * (seats - takers * 0.5) + offset * takers, slope * seats * 0.5)
    for _ in range(_TURNS):
        s = np.floor(np.maximum(v / (slope * price) + (1.0 - offset / slope), 0.0))
        s = np.where(s > 1.0, s, v >= first * price)
        need = seats - s.sum(axis=0)
        if np.abs(need).max() < _FAR:
            break
        price = price * np.clip((seats - need) / seats, 0.5, 2.0)
    way, need = _way(need)
    at = s - (way < 0.0)
    q = np.where((at >= 0.0) & voted, way * v / _divisor(at, line), -np.inf)
    last, coming = _edges(q, need)
    s += way * (q >= last)
    price = np.where(need > 0.0, np.abs(last + coming) * 0.5, price)
    ahead = _divisor(s, line)
    before = ahead - slope
    if first != offset:
        before[s == 1.0] = first
    before[s <= 0.0] = -np.inf
    clear = (v * (1.0 + near) < price * ahead) & (v > price * (1.0 + near) * before)
    return s, clear.all(axis=0) & (s.sum(axis=0) == seats) & (total > 0.0)


def _divisor(s: Real, line: tuple[float, float, float]) -> Real:
    slope, offset, first = line
    d = slope * s + offset
    if first != offset:
        d[s == 0.0] = first
    return d


def _remainders(v: Real, seats: float, worth: Real) -> Counted:
    near = _NEAR[v.dtype]
    claim = v * worth
    takers = np.maximum(np.count_nonzero(v, axis=0), 1).astype(v.dtype)
    cut = 0.5 + np.clip((claim.sum(axis=0) - seats) / takers, -0.5, 0.5)
    s = np.floor(claim + (1.0 - cut))
    way, need = _way(seats - s.sum(axis=0))
    q = way * (claim - s + (way < 0.0))
    last, coming = _edges(q, need)
    s += way * (q >= last)
    cut = np.where(need > 0.0, way * (last + coming) * 0.5, cut)
    rest, wide = claim - s, claim * near + near
    clear = (rest + wide < cut) & (rest + 1.0 - wide > cut)
    return s, clear.all(axis=0) & (s.sum(axis=0) == seats) & (cut > near) & (cut < 1.0 - near) & (worth > 0.0)


def _way(need: Real) -> tuple[Real, Real]:
    """Return which way seats must move in every row, and how many."""
    return np.where(need > 0.0, 1.0, -1.0).astype(need.dtype), np.abs(need)


def _edges(q: Real, need: Real) -> tuple[Real, Real]:
    """Return the claim in rank `need` and the one behind it in every row, endless where nothing is needed."""
    some, last = need > 0.0, q.max(axis=0)
    coming = np.where(q < last, q, -np.inf).max(axis=0)
    rows, rank = np.nonzero(need > 1.0)[0], 2
    while rows.size and rank <= q.shape[0]:
        mine = q[:, rows]
        last[rows] = coming[rows]
        coming[rows] = np.where(mine < last[rows], mine, -np.inf).max(axis=0)
        rows, rank = rows[need[rows] > rank], rank + 1
    return np.where(some, last, np.inf), np.where(some, coming, np.inf)
