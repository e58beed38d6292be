"""Divisor methods on many runs at once: a jump close to the end, then seat by seat, in the exact order of quotients.

Quotients are float64. Two unequal quotients a/b and c/d differ by at least 1/(ad) of themselves, and a correctly
rounded division errs by at most 2^-53: as long as votes × divisor < 2^52 the order of quotients is exact, and `==`
finds the true ties and no others. Beyond that bound nothing is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.averages_plain import averages_plain
from sailau.kernels.engine import COMPILED, compiled
from sailau.kernels.lots import DRAWN, FINE, SILENT, Names, draw, or_columns
from sailau.kernels.philox import Key

Votes = NDArray[np.int64]
Seats = NDArray[np.int32]
Status = NDArray[np.uint8]

BOUND = 2**52
LANES = 64
_ROWS = 16_384
_MARGIN = 1.0 + 2.0**-50
_UP, _DOWN = np.inf, -np.inf


@dataclass(frozen=True, slots=True)
class Line:
    """A divisor sequence slope · s + offset in whole numbers, with another first divisor where `first` is not `offset`.

    ``Line(10, 5, 7)`` is the modified sequence 1.4, 3, 5, …: only proportions count.
    """

    slope: int
    offset: int
    first: int

    def largest(self, seats: int) -> int:
        """Return the largest divisor that a count of so many seats meets."""
        return self.slope * seats + self.offset


def fits(line: Line, seats: int, most: int) -> bool:
    """Say whether counts up to `most` votes keep the order of quotients exact."""
    return most * line.largest(seats) < BOUND


def averages(
    votes: Votes,
    seats: int,
    line: Line,
    *,
    key: Key = (0, 0),
    first: int = 0,
    stream: int = 1,
    names: Names | None = None,
) -> tuple[Seats, Status]:
    """Share out `seats` in every run by the highest quotients.

    Parameters
    ----------
    votes : array [run, contender] of int64
        Whoever takes no part has 0.
    seats : int
    line : Line
    key, first, stream
        Where lots come from: the runs are numbers `first`, `first` + 1, … of that key.
    names : array [contender] of uint64, optional
        The contenders as `numbered`; their columns otherwise.

    Returns
    -------
    seats : array [run, contender] of int32
    status : array [run] of uint8
        DRAWN where a lot decided, SILENT where nobody has a vote (no seat is then given).

    Raises
    ------
    OverflowError
        Votes and divisors so large that quotients are not exact.
    """
    if seats == 0 or votes.shape[1] == 0:
        return np.zeros(votes.shape, np.int32), np.zeros(votes.shape[0], np.uint8)
    votes = np.ascontiguousarray(votes)
    out, status = np.empty(votes.shape, np.int32), np.empty(votes.shape[0], np.uint8)
    for start in range(0, votes.shape[0], _ROWS):
        rows = slice(start, start + _ROWS)
        most = int(votes[rows].view(np.uint64).max())  # a negative count looks like a huge one
        if not fits(line, seats, most):
            raise OverflowError(f"votes × divisor {line.largest(seats)} is not below 2^52, or a count is negative")
        if COMPILED:
            terms = float(line.slope), float(line.offset), float(line.first)
            rows_of_averages(votes[rows], seats, *terms, out[rows], status[rows])
        else:
            averages_plain(votes[rows], seats, line.slope, line.offset, line.first, out[rows], status[rows])
    doubtful = np.nonzero(status)[0]
    if doubtful.size:
        k0, k1, c3 = np.uint64(key[0]), np.uint64(key[1]), np.uint64(stream)
        table = np.array([line.first, *(line.slope * s + line.offset for s in range(1, seats + 2))], np.float64)
        who = or_columns(names, votes.shape[1])
        _decide(votes, seats, table, out, status, doubtful, who, np.uint64(first), c3, k0, k1)
    return out, status


@compiled
def rows_of_averages(
    votes: Votes, seats: int, slope: float, offset: float, first: float, out: Seats, status: Status
) -> None:
    """Count rows of votes, `LANES` of them side by side; mark those that need a second look.

    The inner loops run over rows without a branch, so that the compiler turns them into vector instructions. What is
    certain beyond rounding is final; everything else is left to `_decide`.
    """
    runs, n = votes.shape
    ratio = offset / slope
    v, s, q = np.empty((n, LANES)), np.empty((n, LANES)), np.empty((n, LANES))
    need, step, best, who = np.empty(LANES), np.empty(LANES), np.empty(LANES), np.empty(LANES)
    x, sure, short = np.empty(LANES), np.empty(LANES), np.empty(LANES + 1, np.int64)
    for start in range(0, runs, LANES):
        width = min(LANES, runs - start)
        if width < LANES:
            v[:] = 1.0
        for row in range(width):
            for c in range(n):
                v[c, row] = votes[start + row, c]
        for r in range(LANES):
            x[r], need[r] = 0.0, 0.0
        for c in range(n):
            for r in range(LANES):
                x[r] += v[c, r]
                need[r] += 1.0 if v[c, r] > 0.0 else 0.0
        for r in range(LANES):
            sure[r] = 1.0 if x[r] > 0.0 else 0.0
            x[r] = (seats + need[r] * (ratio - 0.5)) / (x[r] if x[r] > 0.0 else 1.0)
            need[r] = seats
        for c in range(n):
            for r in range(LANES):
                claim = v[c, r] * x[r]
                jump = float(int(claim + (1.0 - ratio))) if claim > ratio else 0.0
                lone = 1.0 if claim * slope >= first else 0.0
                jump = jump if jump > 1.0 else lone
                jump = jump if v[c, r] > 0.0 else 0.0
                s[c, r] = jump
                need[r] -= jump
        for r in range(LANES):
            step[r] = 1.0 if need[r] > 0.0 else -1.0
        for c in range(n):
            for r in range(LANES):
                at = s[c, r] + (0.0 if step[r] > 0.0 else -1.0)
                d = slope * at + offset
                d = first if at == 0.0 else d
                quotient = step[r] * v[c, r] / d
                q[c, r] = quotient if at >= 0.0 else _DOWN
        while True:
            for r in range(LANES):
                best[r], who[r] = _DOWN, -1.0
            for c in range(n):
                place = float(c)
                for r in range(LANES):
                    higher = q[c, r] > best[r]
                    best[r] = q[c, r] if higher else best[r]
                    who[r] = place if higher else who[r]
            todo = 0
            for r in range(LANES):
                todo |= int(need[r])
            if todo == 0:
                break
            some = 0
            for r in range(LANES):
                short[some] = r
                some += 1 if need[r] != 0.0 else 0
            for i in range(some):
                r = short[i]
                k = int(who[r])
                s[k, r] += step[r]
                need[r] -= step[r]
                at = s[k, r] + (0.0 if step[r] > 0.0 else -1.0)
                d = slope * at + offset
                d = first if at == 0.0 else d
                q[k, r] = step[r] * v[k, r] / d if at >= 0.0 else _DOWN
        # `best` is the highest quotient without a seat (step 1) or minus the lowest with one (step -1). No claim on
        # the other side may come near it: compared by multiplication, with a margin wider than all rounding.
        for r in range(LANES):
            sure[r] = sure[r] if abs(best[r]) < _UP else 0.0
        for c in range(n):
            for r in range(LANES):
                up = step[r] > 0.0
                at = s[c, r] + (-1.0 if up else 0.0)
                d = slope * at + offset
                d = first if at == 0.0 else d
                edge = step[r] * best[r] * d
                left = edge if up else v[c, r]
                right = v[c, r] if up else edge
                kept = sure[r] if left * _MARGIN < right else 0.0
                sure[r] = sure[r] if at < 0.0 else kept
        for row in range(width):
            status[start + row] = 0 if sure[row] > 0.0 else 1
            for c in range(n):
                out[start + row, c] = int(s[c, row])


@compiled
def _decide(
    votes: Votes,
    seats: int,
    table: NDArray[np.float64],
    out: Seats,
    status: Status,
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
            if votes[row, c] == 0:
                out[row, c] = 0
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
