"""When a count can next change as votes move: the signs that its outcome hangs on, each with its next change.

Votes, bases and quotas move in straight lines while one vote after the other is added, removed or moved. What a law
decides are comparisons of such lines; as long as no sign of a comparison changes, nothing changes. The comparisons may
be more than the law needs: one too many costs time, one too few would be an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, Step
from sailau.seats.elect import Elect
from sailau.seats.guarantee import Guarantee
from sailau.seats.threshold import Threshold
from sailau.terms.divisor import Divisor, divisor_named
from sailau.terms.errors import DrawRequired, SailauError
from sailau.terms.quota import Quota, quota_named
from sailau.terms.tally import INVALID, LINES

Slopes = Mapping[str, int]
"""By line: +1 where votes come, -1 where they go."""


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


def slope_of(base: str, slopes: Slopes) -> int:
    """Return how fast a base of shares moves."""
    without: frozenset[str] | set[str] = set()
    if base == "registered":
        return 0
    if base == "valid":
        without = {INVALID}
    elif base in ("list_votes", "valid_for_contenders"):
        without = LINES
    return sum(b for line, b in slopes.items() if line not in without)


def signs_of(
    step: Step, count: Count, slopes: Slopes, after: Count | SailauError, *, lots: bool = False
) -> Iterator[Changing]:
    """Return the signs that this step hangs on in this state; `after` is what it made of it.

    With `lots` they tell all states apart in which the law leaves seats open as well.
    """
    if isinstance(step, Threshold):
        for share in {step.share, *step.joint}:
            yield from _bars(share, step.of, count, slopes)
    elif isinstance(step, Guarantee):
        yield from _pairs({c: n for c, n in count.below.items() if c not in count.votes}, slopes)
    elif isinstance(step, Elect):
        yield from _pairs(count.contenders(), slopes)
        if step.rule == "majority":
            yield from _bars(step.share, step.of, count, slopes)
    elif isinstance(step, Allocate):
        yield from _allocate(step, count, slopes, after, lots=lots)


def _bars(share: Fraction, of: str, count: Count, slopes: Slopes) -> Iterator[Sign]:
    contenders, base = count.contenders(), count.base(of)
    slope = sum(slopes.get(c, 0) for c in contenders) if of == "standing" else slope_of(of, slopes)
    for contender, n in contenders.items():
        if slope or contender in slopes:
            yield Sign(n, slopes.get(contender, 0), share.denominator, base, slope, share.numerator)


def _pairs(votes: Mapping[str, int], slopes: Slopes) -> Iterator[Sign]:
    """Return who has more votes than whom, and who has any."""
    for line, b in slopes.items():
        if line not in votes:
            continue
        yield Sign(votes[line], b, 1)
        for other, n in votes.items():
            if other != line:
                yield Sign(votes[line], b, 1, n, slopes.get(other, 0), 1)


def _allocate(
    step: Allocate, count: Count, slopes: Slopes, after: Count | SailauError, *, lots: bool
) -> Iterator[Changing]:
    votes, seats = count.contenders(), count.left()
    if seats <= 0 or not votes:
        return
    for line, b in slopes.items():
        if line in votes:
            yield Sign(votes[line], b, 1)
    if not any(votes.values()):
        return
    whole: dict[str, int] = {}
    if step.quota is not None:
        price = _price(quota_named(step.quota), votes, slopes, seats)
        if price.step is not None and not lots and isinstance(after, Count) and _is_plain(step, count):
            far = list(_windows(count, slopes, price.step, after))
            if all(sign.at(0) < 0 for sign in far):
                yield from far
                return
        if price.step is not None:
            yield price.step
        whole = {c: price.whole(n, _weight(count, c)) for c, n in votes.items()}
        yield from _quotas(count, slopes, price, whole)
    if step.divisor is not None and not count.admitted:
        divisor = divisor_named(step.divisor, step.first)
        yield from _quotients(count, slopes, divisor, whole, after)


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


Changing = Sign | PriceStep


@dataclass(frozen=True, slots=True)
class Price:
    """A quota that moves in a straight line: (votes + slope · t) · right / left."""

    votes: int
    slope: int
    left: int
    right: int
    step: PriceStep | None

    def whole(self, votes: int, weight: Fraction) -> int:
        """Return the whole quotas of a contender."""
        price = self.votes * self.right * weight.denominator
        return votes * weight.numerator * self.left // price if price else 0


def _weight(count: Count, contender: str) -> Fraction:
    terms = count.admitted.get(contender)
    return Fraction(terms.weight) if terms else Fraction(1)


def _price(quota: Quota, votes: Mapping[str, int], slopes: Slopes, seats: int) -> Price:
    total, slope = sum(votes.values()), sum(slopes.get(c, 0) for c in votes)
    price = quota(total, seats)
    exact = (
        not quota.rounded
        and quota(7 * total, seats) == 7 * price
        and quota(total + 1, seats) * total == price * (total + 1)
    )
    if exact and price:
        parts = total / price
        return Price(total, slope, parts.numerator, parts.denominator, None)
    step = PriceStep(quota, total, slope, seats) if slope else None
    return Price(1, 0, price.denominator, price.numerator, step)


def _is_plain(step: Allocate, count: Count) -> bool:
    return step.rest == "largest_remainder" and step.excess == "refuse" and not count.admitted


def _windows(count: Count, slopes: Slopes, price: PriceStep, after: Count) -> Iterator[Sign]:
    """Return signs that stay negative while a rounded quota, wherever it lies within one vote, gives the same seats.

    Largest remainders give s if and only if votes / quota - s of any two contenders lie within 1 of each other.
    Looking at that alone spares a look at every step of the quota.
    """
    large = 10**12 * price.seats
    parts = round(price.votes * large / price.quota(price.votes * large, price.seats))
    votes = count.contenders()
    for c, d in permutations(votes, 2):
        gap = 1 + after.placed.get(c, 0) - after.placed.get(d, 0) - count.placed.get(c, 0) + count.placed.get(d, 0)
        b = slopes.get(c, 0) - slopes.get(d, 0)
        yield Sign(votes[c] - votes[d] + abs(gap), b, parts, price.votes, price.slope, gap)


def _quotas(count: Count, slopes: Slopes, price: Price, whole: Mapping[str, int]) -> Iterator[Sign]:
    """Return the whole quotas of every contender, and the order of the remainders."""
    votes = count.contenders()
    for c, n in votes.items():
        b, weight = slopes.get(c, 0), _weight(count, c)
        if b or price.slope:
            left, right = weight.numerator * price.left, weight.denominator * price.right
            yield Sign(n, b, left, price.votes, price.slope, whole[c] * right)
            yield Sign(n, b, left, price.votes, price.slope, (whole[c] + 1) * right)
    if count.admitted:
        return
    for c, d in combinations(votes, 2):
        b = slopes.get(c, 0) - slopes.get(d, 0)
        if b or price.slope:
            more = (whole[c] - whole[d]) * price.right
            yield Sign(votes[c] - votes[d], b, price.left, price.votes, price.slope, more)


def _quotients(
    count: Count, slopes: Slopes, divisor: Divisor, whole: Mapping[str, int], after: Count | SailauError
) -> Iterator[Sign]:
    """Return whether the last seat of each contender beats the next of every other."""
    votes = {c: n for c, n in count.contenders().items() if n}
    if isinstance(after, Count):
        held = {c: after.placed.get(c, 0) - count.placed.get(c, 0) for c in votes}
    elif isinstance(after, DrawRequired):
        held = {c: after.standing.get(c, 0) for c in votes}
    else:
        yield Sign(0, 1, 1)  # no quotient decides this state: look again after one vote
        return
    lasts = {c: divisor.at(n - 1) for c, n in held.items() if n > whole.get(c, 0)}
    nexts = {c: divisor.at(n) for c, n in held.items()}
    yield from _against(votes, slopes, lasts, nexts, divisor.power)
    if not isinstance(after, Count):
        yield from _against(votes, slopes, nexts, nexts, divisor.power)


def _against(
    votes: Mapping[str, int],
    slopes: Slopes,
    ours: Mapping[str, tuple[int, int]],
    theirs: Mapping[str, tuple[int, int]],
    power: int,
) -> Iterator[Sign]:
    """Return the signs of quotient against quotient, of pairs in which votes move."""
    for c, (top, bottom) in ours.items():
        b = slopes.get(c, 0)
        for d in theirs if b else (line for line in slopes if line in theirs):
            if d == c:
                continue
            first, second = theirs[d]
            if top and first:
                yield Sign(votes[c], b, bottom * first, votes[d], slopes.get(d, 0), second * top, power)
            elif not top and not first:  # both are infinite, and compare by votes
                yield Sign(votes[c], b, 1, votes[d], slopes.get(d, 0), 1)
