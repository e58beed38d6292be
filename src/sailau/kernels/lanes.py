"""What the kernels of formulas share: rows of a matrix side by side as vectors, the claims at the edge, the way back.

A formula is counted in three moves. A jump gives every contender the seats of a price that is nearly right. The few
seats that are then missing (or too many) go by the largest claims to gain (or to lose) one. A proof follows: at one
price every contender holds exactly the seats that the price gives, by a margin wider than all rounding. So rounded
figures of 32 bits do for the first two moves; the few rows without a proof are counted by exact quotients.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import compiled

LANES = 96
EXACT = 2**24
"""Whole numbers up to here are exact in 32 bits."""

F = np.float32
Lanes = NDArray[np.float32]

ZERO, HALF, ONE, TWO, UP, DOWN = F(0.0), F(0.5), F(1.0), F(2.0), F(np.inf), F(-np.inf)


@compiled
def lane() -> Lanes:
    """Return a figure for each row."""
    return np.zeros(LANES, F)


@compiled
def table(n: int) -> Lanes:
    """Return `n` figures for each row."""
    return np.zeros((n, LANES), F)


@compiled
def fill(some: NDArray[np.int64], v: Lanes) -> None:
    """Lay rows of votes down as columns; where rows are few, the lanes that are left are empty."""
    rows, n = some.shape
    for c in range(n):
        for row in range(rows, LANES):
            v[c, row] = ZERO
    for row in range(rows):
        for c in range(n):
            v[c, row] = some[row, c]


@compiled
def add_up(v: Lanes, total: Lanes, takers: Lanes, high: Lanes, low: Lanes) -> None:
    """Set the total of every row and how many have a vote; keep the largest total and the smallest count so far."""
    for r in range(LANES):
        total[r], takers[r] = ZERO, ZERO
    for c in range(v.shape[0]):
        for r in range(LANES):
            total[r] += v[c, r]
            takers[r] += ONE if v[c, r] > ZERO else ZERO
            low[r] = v[c, r] if v[c, r] < low[r] else low[r]
    for r in range(LANES):
        high[r] = total[r] if total[r] > high[r] else high[r]


@compiled
def farthest(need: Lanes) -> int:
    """Return the most seats that any row needs or has too many."""
    most = np.int32(0)
    for r in range(LANES):
        most = max(most, np.int32(abs(need[r])))
    return int(most)


@compiled
def edges(q: Lanes, need: Lanes, best: Lanes, last: Lanes, coming: Lanes) -> None:
    """Set `last` to the claim in rank `need` and `coming` to the one behind it, endless where nothing is needed.

    `best` is a table for the four largest claims, which nearly always do.
    """
    n = q.shape[0]
    a, b, d, e = best[0], best[1], best[2], best[3]
    for r in range(LANES):
        a[r], b[r], d[r], e[r] = DOWN, DOWN, DOWN, DOWN
    for c in range(n):
        for r in range(LANES):
            y = q[c, r]
            z = y if y < a[r] else a[r]
            a[r] = y if y > a[r] else a[r]
            y = z if z < b[r] else b[r]
            b[r] = z if z > b[r] else b[r]
            z = y if y < d[r] else d[r]
            d[r] = y if y > d[r] else d[r]
            e[r] = z if z > e[r] else e[r]
    for r in range(LANES):
        first, second, third, fourth = a[r], b[r], d[r], e[r]
        final = second if need[r] == TWO else third
        behind = third if need[r] == TWO else fourth
        final = first if need[r] == ONE else final
        behind = second if need[r] == ONE else behind
        last[r] = final if need[r] > ZERO else UP
        coming[r] = behind if need[r] > ZERO else UP
    for rank in range(4, min(farthest(need), n) + 1):
        _next(q, need, F(rank), best[0], last, coming)


@compiled
def _next(q: Lanes, need: Lanes, rank: Any, best: Lanes, last: Lanes, coming: Lanes) -> None:
    """Go one claim further where `need` reaches `rank`."""
    n = q.shape[0]
    for r in range(LANES):
        best[r] = DOWN
    for c in range(n):
        for r in range(LANES):
            y = q[c, r] if q[c, r] < coming[r] else DOWN
            best[r] = y if y > best[r] else best[r]
    for r in range(LANES):
        further = need[r] >= rank
        last[r] = coming[r] if further else last[r]
        coming[r] = best[r] if further else coming[r]


@compiled
def write(held: NDArray[np.int32], left: Lanes, out: NDArray[np.int32], status: NDArray[np.uint8]) -> None:
    """Write columns of seats back as rows; what is proven has no seat `left`."""
    rows, n = out.shape
    for row in range(rows):
        status[row] = 0 if left[row] == ZERO else 1
        for c in range(n):
            out[row, c] = held[c, row]
