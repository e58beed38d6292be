"""Quota methods on many runs at once: whole quotas, then the largest remainders, all in whole numbers.

Every figure is a whole number below 2^52 held in float64, so sums, products and remainders are exact, and a quotient
rounded to the nearest never reaches the next whole number. Beyond that bound nothing is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import COMPILED, compiled
from sailau.kernels.lots import DRAWN, FINE, SILENT, draw
from sailau.kernels.philox import Key

Votes = NDArray[np.int64]
Floats = NDArray[np.float64]
Seats = NDArray[np.int32]
Status = NDArray[np.uint8]

BOUND = 2**52
_ROWS = 2048


@dataclass(frozen=True, slots=True)
class Price:
    """The price of a seat, V / (S + `extra`): exact, or rounded as `rounding` says.

    ``Price(0)`` is Hare's quota, ``Price(1)`` Hagenbach-Bischoff's, ``Price(1, "above")`` Droop's.
    """

    extra: int
    rounding: Literal["exact", "down", "up", "near", "near_below", "above"] = "exact"


def fits(price: Price, seats: int, total: int) -> bool:
    """Say whether so many votes in all keep every figure exact."""
    return 2 * total * (seats + price.extra + 1) < BOUND


def remainders(
    votes: Votes, seats: int, price: Price, *, key: Key = (0, 0), first: int = 0, stream: int = 1
) -> tuple[Seats, Status]:
    """Share out `seats` in every run by whole quotas, the rest to the largest remainders.

    Parameters and result are those of `averages`; SILENT marks runs in which nobody has a vote, or the quota gives out
    too many seats, or leaves more than one for each contender.

    Raises
    ------
    OverflowError
        Votes so many that figures are not exact.
    """
    total = votes.shape[1] * int(votes.view(np.uint64).max(initial=0))  # a negative count looks like a huge one
    if not fits(price, seats, total):
        raise OverflowError(f"votes × {seats} seats is not below 2^52, or a count is negative")
    if seats == 0 or votes.shape[1] == 0:
        return np.zeros(votes.shape, np.int32), np.zeros(votes.shape[0], np.uint8)
    out, status = np.empty(votes.shape, np.int32), np.empty(votes.shape[0], np.uint8)
    for start in range(0, votes.shape[0], _ROWS):
        rows = slice(start, start + _ROWS)
        v = np.ascontiguousarray(votes[rows].T, dtype=np.float64)
        top, bottom = _price(v.sum(axis=0), seats, price)
        rest, left = np.empty_like(v), np.empty(v.shape[1])
        if COMPILED:
            _rows(v, float(seats), top, bottom, rest, left, out[rows], status[rows])
        else:
            _plain(v, float(seats), top, bottom, rest, left, out[rows], status[rows])
        doubtful = np.nonzero(status[rows])[0]
        if doubtful.size:
            k0, k1, c3 = np.uint64(key[0]), np.uint64(key[1]), np.uint64(stream)
            _decide(v, bottom, rest, left, out[rows], status[rows], doubtful, np.uint64(first + start), c3, k0, k1)
    return out, status


def _price(total: Floats, seats: int, price: Price) -> tuple[float, Floats]:
    """Return (top, bottom): a contender's claim is votes × top / bottom seats; bottom 0 where there is no price."""
    if price.rounding == "exact":
        return float(seats + price.extra), total
    whole = total.astype(np.int64)
    n = seats + price.extra
    if price.rounding == "down":
        rounded = whole // n
    elif price.rounding == "up":
        rounded = -(-whole // n)
    elif price.rounding == "near":
        rounded = (2 * whole + n) // (2 * n)
    elif price.rounding == "near_below":
        rounded = -((n - 2 * whole) // (2 * n))
    else:
        rounded = np.where(whole > 0, whole // n + 1, 0)
    return 1.0, rounded.astype(np.float64)


@compiled
def _rows(
    v: Floats, seats: float, top: float, bottom: Floats, rest: Floats, left: Floats, out: Seats, status: Status
) -> None:
    """Count columns of votes; mark those where the cut falls between equal remainders, or which have no outcome.

    A contender gets a remainder seat when fewer than `left` others have a larger remainder. If more than `left` do,
    they are tied at the cut. Rows stand side by side without a branch, for vector instructions.
    """
    n, width = v.shape
    whole, ahead = np.empty((n, width)), np.zeros((n, width))
    for r in range(width):
        left[r] = seats
    for c in range(n):
        for r in range(width):
            claim = v[c, r] * top
            seat = float(int(claim / bottom[r] if bottom[r] > 0.0 else 0.0))
            whole[c, r] = seat
            rest[c, r] = claim - seat * bottom[r]
            left[r] -= seat
    for c in range(n):
        for r in range(width):
            rest[c, r] = rest[c, r] if v[c, r] > 0.0 else -1.0
    for i in range(n):
        for j in range(i):
            for r in range(width):
                ahead[i, r] += 1.0 if rest[j, r] > rest[i, r] else 0.0
                ahead[j, r] += 1.0 if rest[i, r] > rest[j, r] else 0.0
    given = np.zeros(width)
    for c in range(n):
        for r in range(width):
            wins = 1.0 if ahead[c, r] < left[r] else 0.0
            wins = wins if v[c, r] > 0.0 else 0.0
            given[r] += wins
            whole[c, r] += wins
    for r in range(width):
        status[r] = 0 if given[r] == left[r] and bottom[r] > 0.0 else 1
    for r in range(width):
        for c in range(n):
            out[r, c] = int(whole[c, r])


def _plain(
    v: Floats, seats: float, top: float, bottom: Floats, rest: Floats, left: Floats, out: Seats, status: Status
) -> None:
    """Count as `_rows` does, on whole arrays."""
    claim = v * top
    whole = np.floor(claim / np.maximum(bottom, 1.0)) * (bottom > 0)
    rest[:] = np.where(v > 0, claim - whole * bottom, -1.0)
    left[:] = seats - whole.sum(axis=0)
    ahead = np.zeros(v.shape, np.int8 if v.shape[0] < 100 else np.int32)
    for i in range(v.shape[0]):
        for j in range(i):
            larger, smaller = rest[j] > rest[i], rest[i] > rest[j]
            ahead[i] += larger
            ahead[j] += smaller
    wins = (ahead < left) & (v > 0)
    status[:] = (wins.sum(axis=0) != left) | (bottom == 0)
    out[:] = (whole + wins).T


@compiled
def _decide(
    v: Floats,
    bottom: Floats,
    rest: Floats,
    left: Floats,
    out: Seats,
    status: Status,
    rows: NDArray[np.intp],
    first: Any,
    stream: Any,
    k0: Any,
    k1: Any,
) -> None:
    """Settle marked rows: no outcome, or equal remainders at the cut and a lot."""
    n = v.shape[0]
    tied, winners = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    for row in rows:
        takers, given = 0, 0
        for c in range(n):
            takers += 1 if v[c, row] > 0.0 else 0
        if takers == 0 or bottom[row] == 0.0 or left[row] < 0.0 or left[row] > takers:
            out[row, :] = 0
            status[row] = SILENT
            continue
        choose = int(left[row])
        line = np.sort(rest[:, row])[::-1]
        cut = line[choose - 1] if choose > 0 else -1.0
        for c in range(n):
            tied[c] = v[c, row] > 0.0 and rest[c, row] == cut
            given += 1 if rest[c, row] > cut and v[c, row] > 0.0 else 0
        if choose == 0:
            status[row] = FINE
            continue
        draw(tied, choose - given, first + np.uint64(row), stream, k0, k1, winners)
        for c in range(n):
            if tied[c] and not winners[c]:
                out[row, c] -= 1
        status[row] = DRAWN
