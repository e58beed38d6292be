"""Divisor methods on many runs at once: a jump close to the end, the seats that are left, and a proof of each row.

Rows without a proof are counted by exact quotients, which bound the votes: beyond 2^52 nothing is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import COMPILED, compiled
from sailau.kernels.lanes import (
    DOWN,
    EXACT,
    HALF,
    LANES,
    ONE,
    TWO,
    ZERO,
    F,
    Lanes,
    add_up,
    edges,
    farthest,
    fill,
    lane,
    table,
    write,
)
from sailau.kernels.lots import Names, or_columns
from sailau.kernels.philox import Key
from sailau.kernels.plain import averages_plain
from sailau.kernels.quotients import decide

Votes = NDArray[np.int64]
Seats = NDArray[np.int32]
Status = NDArray[np.uint8]

BOUND = 2**52
_ROWS = 16_384
_MARGIN = F(1.0 + 2.0**-21)
_BARELY = 1e-30  # a first divisor of 0: whoever has a vote comes first, whoever has none does not come
_TURNS, _FAR = 3, 4  # where a row needs so many seats, the price is mended and the jump taken again


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
    terms = float(seats), float(line.slope), float(line.offset), float(line.first or _BARELY)
    for start in range(0, votes.shape[0], _ROWS):
        rows = slice(start, start + _ROWS)
        most, least = (_rows if COMPILED else averages_plain)(votes[rows], *terms, out[rows], status[rows])
        # Totals are rounded: only close to the bound the largest count is looked for.
        if least < 0 or not (fits(line, seats, int(1.01 * most)) or fits(line, seats, int(votes[rows].max()))):
            raise OverflowError(f"votes × divisor {line.largest(seats)} is not below 2^52, or a count is negative")
    if line.largest(seats) >= EXACT:
        status[:] = 1
    doubtful = np.nonzero(status)[0]
    if doubtful.size:
        k0, k1, c3 = np.uint64(key[0]), np.uint64(key[1]), np.uint64(stream)
        divisors = np.array([line.first, *(line.slope * s + line.offset for s in range(1, seats + 2))], np.float64)
        who = or_columns(names, votes.shape[1])
        decide(votes, seats, divisors, out, status, doubtful, who, np.uint64(first), c3, k0, k1)
    return out, status


@compiled
def _rows(
    votes: Votes, seats: float, slope: float, offset: float, first: float, out: Seats, status: Status
) -> tuple[float, float]:
    """Count rows of votes, `LANES` side by side; mark those without a proof; return the largest and smallest count.

    The inner loops run over rows without a branch, so that the compiler turns them into vector instructions.
    """
    runs, n = votes.shape
    v, s, q = table(n), table(n), table(n)
    need, way, price, coming, last = lane(), lane(), lane(), lane(), lane()
    best, left, high, low = table(4), lane(), lane(), lane()
    held = np.empty((n, LANES), np.int32)
    line = F(slope), F(offset), F(first)
    for start in range(0, runs, LANES):
        end = min(start + LANES, runs)
        fill(votes[start:end], v)
        add_up(v, price, need, high, low)
        _even(F(seats), line, need, price, left)
        for _ in range(_TURNS):
            if _jump(v, F(seats), line, price, s, need) < _FAR:
                break
            for r in range(LANES):
                given = F(seats) - need[r]
                price[r] *= min(max(given / F(seats), HALF), TWO)
        _claims_to_move(v, s, line, need, way, q)
        edges(q, need, best, last, coming)
        for r in range(LANES):
            even, moved = price[r], abs(last[r] + coming[r]) * HALF
            price[r] = moved if need[r] > ZERO else even
        _prove(v, s, q, line, way, last, price, left, held)
        write(held, left, out[start:end], status[start:end])
    return high.max(), low.min()


@compiled
def _even(seats: Any, line: Any, takers: Lanes, price: Lanes, left: Lanes) -> None:
    """Turn totals into prices that give about so many seats in all, whatever the fractions."""
    slope, offset, _ = line
    for r in range(LANES):
        total, most = price[r], slope * (seats - takers[r] * HALF) + offset * takers[r]
        most = most if most > slope * seats * HALF else slope * seats * HALF
        left[r] = seats if total > ZERO else DOWN
        price[r] = total / most if total > ZERO else ONE


@compiled
def _jump(v: Lanes, seats: Any, line: Any, price: Lanes, s: Lanes, need: Lanes) -> int:
    """Give the seats of a price; `need` is what is missing then; return the most that any row needs or has too many."""
    slope, offset, first = line
    up = ONE - offset / slope
    for r in range(LANES):
        need[r] = seats
    for c in range(v.shape[0]):
        for r in range(LANES):
            claim = v[c, r] / (slope * price[r])
            jump = claim + up
            jump = F(np.int32(jump if jump > ZERO else ZERO))
            lone = ONE if v[c, r] >= first * price[r] else ZERO
            jump = jump if jump > ONE else lone
            s[c, r] = jump
            need[r] -= jump
    return farthest(need)


@compiled
def _claims_to_move(v: Lanes, s: Lanes, line: Any, need: Lanes, way: Lanes, q: Lanes) -> None:
    """Set `way` to 1 where seats are missing, else to -1, and `need` to how many move; the largest `q` move first."""
    n, (slope, offset, first) = v.shape[0], line
    for r in range(LANES):
        way[r] = ONE if need[r] > ZERO else -ONE
        need[r] = abs(need[r])
    for c in range(n):
        for r in range(LANES):
            at = s[c, r] + (ZERO if way[r] > ZERO else -ONE)
            divisor = slope * at + offset
            divisor = first if at == ZERO else divisor
            claim = way[r] * v[c, r] / divisor
            q[c, r] = claim if at >= ZERO else DOWN


@compiled
def _prove(
    v: Lanes, s: Lanes, q: Lanes, line: Any, way: Lanes, last: Lanes, price: Lanes, left: Lanes, held: Seats
) -> None:
    """Move the seats; take from `left` what is held, and make it endless where a claim comes near the price."""
    n, (slope, offset, first) = v.shape[0], line
    for c in range(n):
        for r in range(LANES):
            move, has, rest = way[r], s[c, r], left[r]
            has += move if q[c, r] >= last[r] else ZERO
            held[c, r] = np.int32(has)
            coming = slope * has + offset
            before = first if has == ONE else coming - slope
            before = before if has > ZERO else DOWN
            coming = first if has == ZERO else coming
            clear = (v[c, r] * _MARGIN < price[r] * coming) & (v[c, r] > price[r] * before * _MARGIN)
            left[r] = rest - has if clear else DOWN
