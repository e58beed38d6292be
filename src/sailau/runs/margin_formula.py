"""What a formula hangs on as votes move: whole quotas, remainders, quotients."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, permutations

from sailau.runs.margin_signs import Changing, PriceStep, RoundedSign, Sign
from sailau.seats.formula import Formula
from sailau.terms.divisor import Divisor, divisor_named
from sailau.terms.quota import FINEST_ADDED, Quota, quota_named

Slopes = Mapping[str, int]
"""By line: +1 where votes come, -1 where they go."""


def formula_signs(
    formula: Formula,
    votes: Mapping[str, int],
    slopes: Slopes,
    seats: int,
    won: Mapping[str, int] | None,
    *,
    settled: bool,
    weights: Mapping[str, Fraction],
    exact: bool,
) -> Iterator[Changing]:
    """Return the signs that the seats of a formula hang on.

    Parameters
    ----------
    formula : Formula
    votes : mapping of str to int
    slopes : mapping of str to int
    seats : int
    won : mapping of str to int, optional
        Seats it gave; those before the tie where one is open (`settled` is False then); None when it gave no answer.
    settled : bool
    weights : mapping of str to Fraction
        Of contenders whose quotas are weighted (and remainders do not count).
    exact : bool
        Tell apart every step of a rounded quota, and every state in which the formula gives no answer.
    """
    for line, b in slopes.items():
        if line in votes:
            yield Sign(votes[line], b, 1)
    if not any(votes.values()):
        return
    whole: dict[str, int] = {}
    if formula.quota is not None:
        total, slope = sum(votes.values()), sum(slopes.get(c, 0) for c in votes)
        price = price_in(quota_named(formula.quota), total, slope, seats)
        if price.step is not None and settled and won is not None and not weights and not exact:
            far = list(_far(formula, votes, slopes, price.step, won))
            if far and all(sign.at(0) < 0 for sign in far):
                yield from far
                return
        if price.step is not None:
            yield price.step
        whole = {c: price.whole(n, weights.get(c, Fraction(1))) for c, n in votes.items()}
        lucky = None if won is None or not settled or exact else {c for c in votes if won[c] > whole[c]}
        if weights or formula.rest != "largest_remainder":
            lucky = set()
        yield from _quotas(votes, slopes, price, whole, weights, lucky)
    if formula.divisor is not None and not weights:
        divisor = divisor_named(formula.divisor, formula.first)
        yield from quotients(votes, slopes, divisor, whole, won, seats, settled=settled)


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


def price_in(quota: Quota, total: int, slope: int, seats: int) -> Price:
    """Return the quota of votes that grow by `slope`; where it moves in steps, as it is until the next of them."""
    parts = _exact_parts(quota, seats)
    if parts is not None:
        return Price(total, slope, parts.numerator, parts.denominator, None)
    price = quota(total, seats)
    step = PriceStep(quota, total, slope, seats) if slope else None
    return Price(1, 0, price.denominator, price.numerator, step)


def _far(
    formula: Formula, votes: Mapping[str, int], slopes: Slopes, price: PriceStep, won: Mapping[str, int]
) -> Iterator[Sign | RoundedSign]:
    """Return signs that stay negative while a rounded quota, wherever it lies within one vote, gives the same seats.

    They spare a look at every step of the quota. Largest remainders give s if and only if votes / quota - s of any two
    contenders lie within 1 of each other. Highest averages give s, whatever the quota gave before, where s is what
    they give alone and nobody has more whole quotas than that. Where only whole quotas give seats, s are these.
    """
    parts, unit = rounded_parts(price.quota, price.seats).as_integer_ratio()
    if formula.rest == "largest_remainder":
        for c, d in permutations(votes, 2):
            gap = 1 + won[c] - won[d]
            b = slopes.get(c, 0) - slopes.get(d, 0)
            yield Sign(votes[c] - votes[d] + abs(gap), b, parts, price.votes, price.slope, gap * unit)
        return
    for c, n in votes.items():
        yield Sign(n + won[c] + 1, slopes.get(c, 0), parts, price.votes, price.slope, (won[c] + 1) * unit)
        if formula.divisor is None and won[c]:
            yield Sign(price.votes, price.slope, won[c] * unit, n - won[c], slopes.get(c, 0), parts)
    if formula.divisor is not None:
        divisor = divisor_named(formula.divisor, formula.first)
        if divisor.at(0)[0] == 0:
            yield Sign(1, 0, 1)  # an infinite quotient is beyond these signs: look at every step
        lasts = {c: [divisor.at(won[c] - 1)] for c in votes if won[c]}
        nexts = {c: [divisor.at(won[c])] for c, n in votes.items() if n}
        yield from against(votes, {c: slopes.get(c, 0) for c in votes}, nexts, lasts, divisor)


@lru_cache(maxsize=1024)
def _exact_parts(quota: Quota, seats: int) -> Fraction | None:
    """Return by how many parts a quota divides any number of votes; None for one that moves in steps."""
    price = quota(1, seats)
    straight = not quota.rounded and all(quota(votes, seats) == votes * price for votes in (7, 1_000_003))
    return 1 / price if straight and price else None


@lru_cache(maxsize=1024)
def rounded_parts(quota: Quota, seats: int) -> Fraction:
    """Return by how many parts a rounded quota divides the votes; it lies within 1 of their quotient."""
    large = 10**30 * seats  # fractions of denominators that laws can name lie much farther apart than the rounding
    return Fraction(large / quota(large, seats)).limit_denominator(FINEST_ADDED)


def _quotas(
    votes: Mapping[str, int],
    slopes: Slopes,
    price: Price,
    whole: Mapping[str, int],
    weights: Mapping[str, Fraction],
    lucky: Collection[str] | None,
) -> Iterator[Sign]:
    """Return the whole quotas of every contender, and the remainders that won a seat against the others.

    `lucky` are those with a seat by remainder; None where it is open who they are, and any order matters.
    """
    for c, n in votes.items():
        b, weight = slopes.get(c, 0), weights.get(c, Fraction(1))
        if b or price.slope:
            left, right = weight.numerator * price.left, weight.denominator * price.right
            yield Sign(n, b, left, price.votes, price.slope, whole[c] * right)
            yield Sign(n, b, left, price.votes, price.slope, (whole[c] + 1) * right)
    pairs = combinations(votes, 2) if lucky is None else ((c, d) for c in lucky for d in votes if d not in lucky)
    for c, d in pairs:
        b = slopes.get(c, 0) - slopes.get(d, 0)
        if b or price.slope:
            more = (whole[c] - whole[d]) * price.right
            yield Sign(votes[c] - votes[d], b, price.left, price.votes, price.slope, more)


def quotients(
    votes: Mapping[str, int],
    slopes: Slopes,
    divisor: Divisor,
    whole: Mapping[str, int],
    won: Mapping[str, int] | None,
    seats: int,
    *,
    settled: bool,
) -> Iterator[Changing]:
    """Return whether the last seat of each contender beats the next of every other."""
    votes = {c: n for c, n in votes.items() if n}
    if won is None:  # no answer: any quotient against any other
        every = {c: [divisor.at(n) for n in range(seats + 1)] for c in votes}
        yield from against(votes, slopes, every, every, divisor)
        return
    lasts = {c: [divisor.at(won[c] - 1)] for c in votes if won[c] > whole.get(c, 0)}
    nexts = {c: [divisor.at(won[c])] for c in votes}
    yield from against(votes, slopes, lasts, nexts, divisor)
    if not settled:
        yield from against(votes, slopes, nexts, nexts, divisor)
    if divisor.decimals is not None:  # equal ones stay equal for a while, and quotients of one contender can be equal
        yield from against(votes, slopes, lasts, lasts, divisor)


def against(
    votes: Mapping[str, int],
    slopes: Slopes,
    ours: Mapping[str, Iterable[tuple[int, int]]],
    theirs: Mapping[str, Iterable[tuple[int, int]]],
    divisor: Divisor,
) -> Iterator[Sign | RoundedSign]:
    """Return the signs of quotient against quotient, of pairs in which votes move."""
    for c, own in ours.items():
        b = slopes.get(c, 0)
        for d in theirs if b else (line for line in slopes if line in theirs):
            if d == c:
                continue
            for top, bottom in own:
                for first, second in theirs[d]:
                    if top and first and divisor.decimals is not None:
                        scale, c_ = 10**divisor.decimals, slopes.get(d, 0)
                        yield RoundedSign(votes[c], b, (bottom * scale, top), votes[d], c_, (second * scale, first))
                    elif top and first:
                        yield Sign(votes[c], b, bottom * first, votes[d], slopes.get(d, 0), second * top, divisor.power)
                    elif not top and not first:  # both are infinite, and compare by votes
                        yield Sign(votes[c], b, 1, votes[d], slopes.get(d, 0), 1)
