"""Rows that a proof left open, by divisors: quotients in exact order, ties found, lots drawn for them.

Two unequal quotients a/b and c/d differ by at least 1/(ad) of themselves, and a correctly rounded division errs by at
most 2^-53: as long as votes × divisor < 2^52 the order of quotients is exact, and `==` finds the true ties, no others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import compiled
from sailau.kernels.lots import DRAWN, FINE, SILENT, Names, draw

_UP = np.inf


@compiled
def decide(
    votes: NDArray[np.int64],
    seats: int,
    table: NDArray[np.float64],
    out: NDArray[np.int32],
    status: NDArray[np.uint8],
    rows: NDArray[np.intp],
    names: Names,
    first: Any,
    stream: Any,
    k0: Any,
    k1: Any,
) -> None:
    """Count the rows that need a second look by exact quotients; find ties and draw lots for them."""
    n = votes.shape[1]
    tied, winners = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    following, last = np.zeros(n), np.zeros(n)
    for row in rows:
        total = 0
        for c in range(n):
            total += votes[row, c]
        if total == 0:
            out[row, :] = 0
            status[row] = SILENT
            continue
        takers, over = 0, -seats
        for c in range(n):
            takers += 1 if votes[row, c] > 0 else 0
            out[row, c] = min(max(out[row, c], 0), seats) if votes[row, c] > 0 else 0
            over += out[row, c]
        if table[0] == 0.0 and takers >= seats:
            # d(0) = 0 and a first seat for each at the most: votes decide, and nobody comes to a second seat.
            out[row, :], over = 0, -seats
            prices = np.where(table == 0.0, 1.0, _UP)
        else:
            prices = table
        for c in range(n):
            following[c], last[c] = _claims(float(votes[row, c]), out[row, c], prices)
        while True:
            gain, lose = np.argmax(following), np.argmin(last)
            if over == 0 and following[gain] <= last[lose]:
                break
            if over <= 0:
                out[row, gain] += 1
                following[gain], last[gain] = _claims(float(votes[row, gain]), out[row, gain], prices)
                over += 1
            else:
                out[row, lose] -= 1
                following[lose], last[lose] = _claims(float(votes[row, lose]), out[row, lose], prices)
                over -= 1
        edge = last[lose]
        if following[gain] < edge:
            status[row] = FINE
            continue
        choose = 0
        for c in range(n):
            holds = last[c] == edge
            tied[c] = holds or following[c] == edge
            if holds:
                out[row, c] -= 1
                choose += 1
        draw(tied, names, choose, first + np.uint64(row), stream, k0, k1, winners)
        for c in range(n):
            out[row, c] += 1 if winners[c] else 0
        status[row] = DRAWN


@compiled
def _claims(votes: float, held: int, table: NDArray[np.float64]) -> tuple[float, float]:
    """Return the quotient for the next seat, and that of the last one won."""
    if votes == 0.0:
        return -1.0, _UP
    coming = votes / table[held] if table[held] > 0.0 else _UP
    if held == 0:
        return coming, _UP
    before = table[held - 1]
    return coming, (votes / before if before > 0.0 else _UP)
