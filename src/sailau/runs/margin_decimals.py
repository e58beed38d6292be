"""What a formula hangs on whose shares or quotients are rounded to decimals, as votes move."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from sailau.runs.margin_formula import Slopes, quotients
from sailau.runs.margin_signs import Changing, Sign
from sailau.seats.allocate import Allocate, shares
from sailau.terms.divisor import divisor_named


def decimal_signs(
    step: Allocate,
    votes: Mapping[str, int],
    slopes: Slopes,
    seats: int,
    won: Mapping[str, int] | None,
    *,
    settled: bool,
    exact: bool,
) -> Iterator[Changing]:
    """Return the signs that the seats of a formula with decimals hang on; as in `formula_signs`."""
    for line, b in slopes.items():
        if line in votes:
            yield Sign(votes[line], b, 1)
            others = (other for other in votes if other != line)
            yield from (Sign(votes[line], b, 1, votes[other], slopes.get(other, 0), 1) for other in others)  # for ties
    if not any(votes.values()):
        return
    scale = 10 ** (step.decimals or 0)
    if step.quota is not None:
        lucky = None
        whole = {c: n * seats // scale for c, n in shares(votes, scale).items()}
        if won is not None and settled and not exact:
            lucky = {c for c in votes if won[c] > whole[c]}
        yield from _share_signs(votes, slopes, seats, scale, whole, lucky)
        return
    divisor = divisor_named(step.divisor or "", step.first).rounding_up(step.decimals or 0)
    yield from quotients(votes, slopes, divisor, {}, won, seats, settled=settled)


def _share_signs(
    votes: Mapping[str, int],
    slopes: Slopes,
    seats: int,
    scale: int,
    whole: Mapping[str, int],
    lucky: Collection[str] | None,
) -> Iterator[Sign]:
    """Return the whole quotas of all, and remainders that won a seat against others; None where it is open who won.

    A share, in units of the last decimal, is at least k where 2 · votes · scale is at least (2k - 1) times the sum.
    """
    total, speed = sum(votes.values()), sum(slopes.get(c, 0) for c in votes)
    now = shares(votes, scale)

    def at_least(c: str, k: int) -> Sign:
        return Sign(votes[c], slopes.get(c, 0), 2 * scale, total, speed, 2 * k - 1)

    for c in votes:
        yield from (at_least(c, k) for k in {1, -(-whole[c] * scale // seats), -(-(whole[c] + 1) * scale // seats)})
    pairs = combinations(votes, 2) if lucky is None else ((c, d) for c in lucky for d in votes if d not in lucky)
    for c, d in pairs:
        gap, b = votes[c] - votes[d], slopes.get(c, 0) - slopes.get(d, 0)
        more = (whole[c] - whole[d]) * scale
        over = Sign(gap, b, seats * scale, total, speed, more + seats)
        under = Sign(gap, b, seats * scale, total, speed, more - seats)
        if over.at(0) > 0:  # rounding moves the difference of two shares by less than a unit
            yield over
        elif under.at(0) < 0:
            yield under
        else:
            yield from (at_least(one, k) for one in (c, d) for k in (now[one], now[one] + 1))
