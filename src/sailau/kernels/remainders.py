"""Quota methods on many runs at once: whole quotas, then the largest remainders, and a proof of each row.

In rows without a proof every figure is a whole number below 2^52 held in float64, so sums, products and remainders are
exact, and a quotient rounded to the nearest never reaches the next whole number. Beyond that bound nothing is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import COMPILED, compiled
from sailau.kernels.lanes import DOWN, HALF, LANES, ONE, ZERO, F, Lanes, add_up, edges, fill, lane, table, write
from sailau.kernels.lots import DRAWN, FINE, SILENT, Names, draw, or_columns
from sailau.kernels.philox import Key
from sailau.kernels.plain import remainders_plain

Votes = NDArray[np.int64]
Floats = NDArray[np.float64]
Seats = NDArray[np.int32]
Status = NDArray[np.uint8]

BOUND = 2**52
_ROWS = 8192
_NEAR = F(2.0**-22)


@dataclass(frozen=True, slots=True)
class Price:
    """The price of a seat, V / (S + `extra` / `per`): exact, or rounded as `rounding` says.

    ``Price(0)`` is Hare's quota, ``Price(1)`` Hagenbach-Bischoff's, ``Price(1, "above")`` Droop's.
    """

    extra: int
    rounding: Literal["exact", "down", "up", "near", "near_below", "above"] = "exact"
    per: int = 1


def fits(price: Price, seats: int, total: int) -> bool:
    """Say whether so many votes in all keep every figure exact."""
    return 2 * total * price.per * (seats * price.per + price.extra + 1) < BOUND


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
    if seats == 0 or votes.shape[1] == 0:
        return np.zeros(votes.shape, np.int32), np.zeros(votes.shape[0], np.uint8)
    votes = np.ascontiguousarray(votes)
    out, status = np.empty(votes.shape, np.int32), np.empty(votes.shape[0], np.uint8)
    for start in range(0, votes.shape[0], _ROWS):
        rows = slice(start, start + _ROWS)
        top, bottom = _price(_total(votes[rows]), seats, price)
        most, least = (_rows if COMPILED else remainders_plain)(
            votes[rows], float(seats), top, bottom, out[rows], status[rows]
        )
        if least < 0 or not fits(price, seats, int(1.01 * most)):
            raise OverflowError(f"votes × {seats} seats is not below 2^52, or a count is negative")
    doubtful = np.nonzero(status)[0]
    if doubtful.size:
        top, bottom = _price(_total(votes[doubtful]), seats, price)
        k0, k1, c3 = np.uint64(key[0]), np.uint64(key[1]), np.uint64(stream)
        who = or_columns(names, votes.shape[1])
        _decide(votes, float(seats), top, bottom, out, status, doubtful, who, np.uint64(first), c3, k0, k1)
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
        return float(seats * price.per + price.extra), total * price.per
    return 1.0, rounded_price(total.astype(np.int64), seats, price).astype(np.float64)


def rounded_price(total: Votes, seats: int | NDArray[Any], price: Price) -> Votes:
    """Return a rounded quota of so many votes and seats in every run, 0 where there are no votes."""
    n, total = seats * price.per + price.extra, total * price.per
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
def _rows(votes: Votes, seats: float, top: float, bottom: Floats, out: Seats, status: Status) -> tuple[float, float]:
    """Count rows of votes, `LANES` side by side; mark those without a proof; return the largest and smallest count."""
    runs, n = votes.shape
    v, s, q = table(n), table(n), table(n)
    need, way, cut, worth, coming, last = lane(), lane(), lane(), lane(), lane(), lane()
    best, left, high, low = table(4), lane(), lane(), lane()
    held = np.empty((n, LANES), np.int32)
    for start in range(0, runs, LANES):
        end = min(start + LANES, runs)
        fill(votes[start:end], v)
        add_up(v, cut, need, high, low)
        for row in range(end - start):
            price = bottom[start + row]
            worth[row] = top / price if price > 0.0 else 0.0
        _jump(v, worth, F(seats), s, need, cut, left)
        _claims_to_move(v, s, need, way, q)
        edges(q, need, best, last, coming)
        for r in range(LANES):
            edge, rest, moved = cut[r], left[r], way[r] * (last[r] + coming[r]) * HALF
            edge = moved if need[r] > ZERO else edge
            cut[r] = edge
            left[r] = rest if (edge > _NEAR) & (edge < ONE - _NEAR) else DOWN
        _prove(v, s, q, way, last, cut, left, held)
        write(held, left, out[start:end], status[start:end])
    return high.max(), low.min()


@compiled
def _jump(v: Lanes, worth: Lanes, seats: Any, s: Lanes, need: Lanes, cut: Lanes, left: Lanes) -> None:
    """Give whole quotas, and one seat more for a rest above a `cut` that gives about so many seats in all.

    `v` comes in as votes and becomes claims in seats, `cut` comes in as the total, `need` as the number of those who
    have a vote, and becomes what is missing.
    """
    for r in range(LANES):
        total, takers = cut[r], need[r]
        left[r] = seats if total > ZERO else DOWN
        spare = (total * worth[r] - seats) / (takers if takers > ONE else ONE)
        spare = spare if spare < HALF else HALF
        cut[r] = HALF + (spare if spare > -HALF else -HALF)
        need[r] = seats
    for c in range(v.shape[0]):
        for r in range(LANES):
            v[c, r] *= worth[r]
            s[c, r] = F(np.int32(v[c, r] + (ONE - cut[r])))
            need[r] -= s[c, r]


@compiled
def _claims_to_move(v: Lanes, s: Lanes, need: Lanes, way: Lanes, q: Lanes) -> None:
    """Set `way` to 1 where seats are missing, else to -1, and `need` to how many move; the largest `q` move first."""
    for r in range(LANES):
        way[r] = ONE if need[r] > ZERO else -ONE
        need[r] = abs(need[r])
    for c in range(v.shape[0]):
        for r in range(LANES):
            at = s[c, r] + (ZERO if way[r] > ZERO else -ONE)
            q[c, r] = way[r] * (v[c, r] - at)


@compiled
def _prove(v: Lanes, s: Lanes, q: Lanes, way: Lanes, last: Lanes, cut: Lanes, left: Lanes, held: Seats) -> None:
    """Move the seats; take from `left` what is held, and make it endless where a rest comes near the cut."""
    for c in range(v.shape[0]):
        for r in range(LANES):
            move, has, free = way[r], s[c, r], left[r]
            has += move if q[c, r] >= last[r] else ZERO
            held[c, r] = np.int32(has)
            rest = v[c, r] - has
            near = v[c, r] * _NEAR + _NEAR
            clear = (rest + near < cut[r]) & (rest + ONE - near > cut[r])
            left[r] = free - has if clear else DOWN


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
    for number, row in enumerate(rows):
        takers, left, price = 0, seats, bottom[number]
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
        cut, choose, level = np.sort(rest)[n - int(left)], int(left), 0
        for c in range(n):
            tied[c] = rest[c] == cut
            level += 1 if tied[c] else 0
            if rest[c] > cut:
                out[row, c] += 1
                choose -= 1
        if level == choose:
            for c in range(n):
                out[row, c] += 1 if tied[c] else 0
            continue
        draw(tied, names, choose, first + np.uint64(row), stream, k0, k1, winners)
        for c in range(n):
            out[row, c] += 1 if winners[c] else 0
        status[row] = DRAWN
