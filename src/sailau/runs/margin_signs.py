"""Signs that an outcome hangs on while votes move, each with the number of votes after which it is another one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sailau.terms.quota import Quota


@dataclass(frozen=True, slots=True)
class Sign:
    """The sign of (v + b·t) ** power · left - (w + c·t) ** power · right, seen from t = 0."""

    v: int
    b: int
    left: int
    w: int = 0
    c: int = 0
    right: int = 0
    power: int = 1

    def at(self, t: int) -> int:
        """Return -1, 0 or 1."""
        ours: int = (self.v + self.b * t) ** self.power * self.left
        theirs: int = (self.w + self.c * t) ** self.power * self.right
        return (ours > theirs) - (ours < theirs)

    def guess(self) -> float | None:
        """Return about when the sign changes, in floating point; None when it never does."""
        ratio = (self.left / self.right) ** (1 / self.power)
        speed, gap = self.b * ratio - self.c, self.w - self.v * ratio
        return gap / speed if speed and gap * speed > 0 else (0.0 if speed and abs(gap) <= 1e-6 * self.w else None)

    def change(self, limit: int | None) -> int | None:
        """Return the least t from 1 on at which the sign is another one; None when there is none up to `limit`."""
        if self.power == 1:
            return _straight(self.v * self.left - self.w * self.right, self.b * self.left - self.c * self.right, limit)
        # v / w moves in one direction only, so the sign changes once from one side to the other.
        direction = self.b * self.w - self.c * self.v
        now = self.at(0)
        if direction == 0 or now * direction > 0:
            return None
        return first_where(lambda t: self.at(t) != now, limit)


def _straight(start: int, slope: int, limit: int | None) -> int | None:
    if slope == 0 or start * slope > 0:
        return None
    t = 1 if start == 0 else -(-abs(start) // abs(slope))
    return t if limit is None or t <= limit else None


def first_where(holds: Callable[[int], bool], limit: int | None) -> int | None:
    """Return the least t from 1 on where `holds` begins to hold, once and for all."""
    if limit is not None and limit < 1:
        return None
    high = 1
    while not holds(high):
        if limit is not None and high >= limit:
            return None
        high = high * 2 if limit is None else min(high * 2, limit)
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


@dataclass(frozen=True, slots=True)
class PriceStep:
    """A rounded quota, which stays as it is until the votes have moved far enough."""

    quota: Quota
    votes: int
    slope: int
    seats: int

    def change(self, limit: int | None) -> int | None:
        """Return the least t from 1 on at which the quota is another one."""
        now = self.quota(self.votes, self.seats)
        return first_where(lambda t: self.quota(self.votes + self.slope * t, self.seats) != now, limit)


@dataclass(frozen=True, slots=True)
class RoundedSign:
    """The sign of one quotient less another, both rounded up, while at the most one of them grows and one falls.

    The quotients are (v + b·t) · left and (w + c·t) · right, in units of the last decimal.
    """

    v: int
    b: int
    left: tuple[int, int]
    w: int
    c: int
    right: tuple[int, int]

    def at(self, t: int) -> int:
        """Return -1, 0 or 1."""
        ours = -(-(self.v + self.b * t) * self.left[0] // self.left[1])
        theirs = -(-(self.w + self.c * t) * self.right[0] // self.right[1])
        return (ours > theirs) - (ours < theirs)

    def change(self, limit: int | None) -> int | None:
        """Return the least t from 1 on at which the sign is another one; None when there is none up to `limit`."""
        direction = self.b * self.left[0] * self.right[1] - self.c * self.right[0] * self.left[1]
        now = self.at(0)
        if direction == 0 or now * direction > 0 or (limit is not None and self.at(limit) == now):
            return None
        return first_where(lambda t: self.at(t) != now, limit)


Changing = Sign | PriceStep | RoundedSign


def next_change(signs: Iterable[Changing], limit: int | None) -> int | None:
    """Return the least t at which one of the signs changes."""
    best, found = limit, False
    for sign in signs:
        if best is not None and isinstance(sign, Sign) and sign.power > 1:
            about = sign.guess()
            if about is None or about > best + 2 + 1e-9 * best:
                continue
        t = sign.change(best)
        if t is not None:
            best, found = t, True
    return best if found else None
