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
from sailau.kernels.lots import DRAWN, FINE, SILENT, Names, draw, or_columns
from sailau.kernels.philox import Key

Votes = NDArray[np.int64]
Floats = NDArray[np.float64]
Seats = NDArray[np.int32]
Status = NDArray[np.uint8]

BOUND = 2**52
_ROWS = 8192
LANES = 64


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
    votes: Votes,
    seats: int,
    price: Price,
    *,
    key: Key = (0, 0),
    first: int = 0,
    stream: int = 1,
    names: Names | None = None,
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
        some = np.ascontiguousarray(votes[rows])
        top, bottom = _price(_total(some), seats, price)
        if COMPILED:
            _rows(some, float(seats), top, bottom, out[rows], status[rows])
        else:
            _plain(some, float(seats), top, bottom, out[rows], status[rows])
        doubtful = np.nonzero(status[rows])[0]
        if doubtful.size:
            k0, k1, c3 = np.uint64(key[0]), np.uint64(key[1]), np.uint64(stream)
            at = np.uint64(first + start)
            who = or_columns(names, votes.shape[1])
            _decide(some, float(seats), top, bottom, out[rows], status[rows], doubtful, who, at, c3, k0, k1)
    return out, status


def _total(votes: Votes) -> Floats:
    if not COMPILED:
        return np.asarray(votes.sum(axis=1), dtype=np.float64)
    out = np.empty(votes.shape[0])
    _add_up(votes, out)
    return out


@compiled
def _add_up(votes: Votes, out: Floats) -> None:
    for row in range(votes.shape[0]):
        total = 0
        for c in range(votes.shape[1]):
            total += votes[row, c]
        out[row] = total


def _price(total: Floats, seats: int, price: Price) -> tuple[float, Floats]:
    """Return (top, bottom): a contender's claim is votes × top / bottom seats; bottom 0 where there is no price."""
    if price.rounding == "exact":
        return float(seats + price.extra), total
    return 1.0, rounded_price(total.astype(np.int64), seats, price).astype(np.float64)


def rounded_price(total: Votes, seats: int | NDArray[Any], price: Price) -> Votes:
    """Return a rounded quota of so many votes and seats in every run, 0 where there are no votes."""
    n = seats + price.extra
    if price.rounding == "down":
        rounded = total // n
    elif price.rounding == "up":
        rounded = -(-total // n)
    elif price.rounding == "near":
        rounded = (2 * total + n) // (2 * n)
    elif price.rounding == "near_below":
        rounded = -((n - 2 * total) // (2 * n))
    else:
        rounded = np.where(total > 0, total // n + 1, 0)
    return np.asarray(rounded, dtype=np.int64)


@compiled
def _rows(votes: Votes, seats: float, top: float, bottom: Floats, out: Seats, status: Status) -> None:
    """Count rows of votes; mark those where the cut falls between equal remainders, or which have no outcome.

    A contender gets a remainder seat when fewer than `left` others have a larger remainder. If more than `left` do,
    they are tied at the cut. `LANES` rows stand side by side without a branch, for vector instructions.
    """
    runs, n = votes.shape
    v, whole, rest, ahead = np.ones((n, LANES)), np.empty((n, LANES)), np.empty((n, LANES)), np.empty((n, LANES))
    left, price = np.empty(LANES), np.ones(LANES)
    for start in range(0, runs, LANES):
        width = min(LANES, runs - start)
        for row in range(width):
            price[row] = bottom[start + row]
            for c in range(n):
                v[c, row] = votes[start + row, c]
        for r in range(LANES):
            left[r] = seats
        for c in range(n):
            for r in range(LANES):
                seat = float(int(v[c, r] * top / price[r] if price[r] > 0.0 else 0.0))
                whole[c, r] = seat
                left[r] -= seat
        for c in range(n):
            for r in range(LANES):
                over = v[c, r] * top - whole[c, r] * price[r]
                rest[c, r] = over if v[c, r] > 0.0 else -1.0
                ahead[c, r] = 0.0
        for i in range(n):
            for j in range(i):
                for r in range(LANES):
                    ahead[i, r] += 1.0 if rest[j, r] > rest[i, r] else 0.0
                    ahead[j, r] += 1.0 if rest[i, r] > rest[j, r] else 0.0
        for c in range(n):
            for r in range(LANES):
                wins = 1.0 if ahead[c, r] < left[r] else 0.0
                ahead[c, r] = wins if v[c, r] > 0.0 else 0.0
                whole[c, r] += ahead[c, r]
        for c in range(n):
            for r in range(LANES):
                left[r] -= ahead[c, r]
        for row in range(width):
            status[start + row] = 0 if left[row] == 0.0 and price[row] > 0.0 else 1
            for c in range(n):
                out[start + row, c] = int(whole[c, row])


def _plain(votes: Votes, seats: float, top: float, bottom: Floats, out: Seats, status: Status) -> None:
    """Count as `_rows` does, on whole arrays."""
    v = np.ascontiguousarray(votes.T, dtype=np.float64)
    claim = v * top
    whole = np.floor(claim / np.maximum(bottom, 1.0)) * (bottom > 0)
    rest = np.where(v > 0, claim - whole * bottom, -1.0)
    left = seats - whole.sum(axis=0)
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
    votes: Votes,
    seats: float,
    top: float,
    bottom: Floats,
    out: Seats,
    status: Status,
    rows: NDArray[np.intp],
    names: Names,
    first: Any,
    stream: Any,
    k0: Any,
    k1: Any,
) -> None:
    """Settle marked rows: no outcome, or equal remainders at the cut and a lot."""
    n = votes.shape[1]
    tied, winners = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    rest = np.zeros(n)
    for row in rows:
        takers, left, price = 0, seats, bottom[row]
        for c in range(n):
            claim = votes[row, c] * top
            whole = float(int(claim / price)) if price > 0.0 else 0.0
            rest[c] = claim - whole * price if votes[row, c] > 0 else -1.0
            takers += 1 if votes[row, c] > 0 else 0
            left -= whole
            out[row, c] = int(whole)
        if takers == 0 or price == 0.0 or left < 0.0 or left > takers:
            out[row, :] = 0
            status[row] = SILENT
            continue
        status[row] = FINE
        if left == 0.0:
            continue
        cut, given = np.sort(rest)[n - int(left)], 0
        for c in range(n):
            tied[c] = rest[c] == cut
            if rest[c] > cut:
                out[row, c] += 1
                given += 1
        draw(tied, names, int(left) - given, first + np.uint64(row), stream, k0, k1, winners)
        for c in range(n):
            out[row, c] += 1 if winners[c] else 0
        status[row] = DRAWN
