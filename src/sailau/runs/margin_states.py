"""What a count hangs on as votes move: for every step of a law, the comparisons that decide what it does.

Votes, bases and quotas move in straight lines while one vote after the other is added, removed or moved. What a law
decides are comparisons of such lines; as long as no sign of a comparison changes, nothing changes. The comparisons may
be more than the law needs: one too many costs time, one too few would be an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from sailau.runs.margin_decimals import decimal_signs
from sailau.runs.margin_formula import Price, Slopes, formula_signs, price_in, rounded_parts
from sailau.runs.margin_signs import Changing, PriceStep, Sign
from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, Step
from sailau.seats.elect import Elect
from sailau.seats.guarantee import Guarantee
from sailau.seats.pool import members_again
from sailau.seats.share_out import ShareOut
from sailau.seats.threshold import Threshold
from sailau.terms.errors import DrawRequired, SailauError
from sailau.terms.quota import quota_named
from sailau.terms.tally import BLANK, INVALID, LINES


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
    raw, slopes = slopes, linked(count, slopes)
    if isinstance(step, Threshold):
        for share in {bar for one in step.tried(count) for bar in (one.share, *one.joint, *one.small)}:
            yield from bar_signs(share, step.of, count, slopes, raw, step.quota)
    elif isinstance(step, Guarantee):
        yield from pair_signs({c: n for c, n in count.below.items() if c not in count.votes}, slopes)
    elif isinstance(step, Elect):
        settled = step.rule != "majority" and isinstance(after, Count)
        won = frozenset(after.placed) - frozenset(count.placed) if settled and isinstance(after, Count) else None
        yield from pair_signs(count.contenders(), slopes, won)
        if step.rule == "majority":
            yield from bar_signs(step.share, step.of, count, slopes, raw)
    elif isinstance(step, Allocate):
        yield from _allocate(step, count, slopes, after, lots=lots)
    elif isinstance(step, ShareOut):
        yield from _share_out(step, count, raw, lots=lots)


def bar_signs(
    share: Fraction, of: str, count: Count, slopes: Slopes, raw: Slopes, quota: str | None = None
) -> Iterator[Changing]:
    """Return who reaches a share of a base."""
    contenders, base = count.contenders(), count.base(of)
    slope = slope_of(of, raw)
    if of in ("standing", "standing_and_blank"):
        slope = sum(slopes.get(c, 0) for c in contenders) + (0 if of == "standing" else raw.get(BLANK, 0))
    price = Price(base, slope, 1, 1, None)
    if quota is not None and count.seats:
        price = price_in(quota_named(quota), base, slope, count.seats)
    if price.step is not None:
        far = [_far_from(share, n, slopes.get(contender, 0), price.step) for contender, n in contenders.items()]
        known = [sign for sign in far if sign is not None]
        if len(known) == len(far):
            yield from known
            return
        yield price.step
    left, right = share.denominator * price.left, share.numerator * price.right
    for contender, n in contenders.items():
        if price.slope or contender in slopes:
            yield Sign(n, slopes.get(contender, 0), left, price.votes, price.slope, right)


def _far_from(share: Fraction, n: int, b: int, price: PriceStep) -> Sign | None:
    """Return a sign that stays negative while a bar, wherever its rounded quota lies, is passed or missed as now."""
    parts, unit = rounded_parts(price.quota, price.seats).as_integer_ratio()
    left, right = share.denominator * parts, share.numerator
    over = Sign(unit * price.votes + parts, unit * price.slope, right, n, b, left)
    if over.at(0) < 0:
        return over
    under = Sign(n, b, left, unit * price.votes - parts, unit * price.slope, right)
    return under if under.at(0) < 0 else None


def pair_signs(votes: Mapping[str, int], slopes: Slopes, won: frozenset[str] | None = None) -> Iterator[Sign]:
    """Return who has more votes than whom, and who has any; where it is known who won, winners against others only."""
    for line, b in slopes.items():
        if line not in votes:
            continue
        yield Sign(votes[line], b, 1)
        for other in votes if won is None else (won if line not in won else votes.keys() - won):
            if other != line:
                yield Sign(votes[line], b, 1, votes[other], slopes.get(other, 0), 1)


def linked(count: Count, slopes: Slopes) -> dict[str, int]:
    """Return how fast the lines of a count move, linked ones as one."""
    if not count.pools:
        return dict(slopes)
    home = {member: name for name, members in count.pools.items() for member in members}
    out: dict[str, int] = {}
    for line, b in slopes.items():
        name = home.get(line, line)
        out[name] = out.get(name, 0) + b
    return {name: b for name, b in out.items() if b}


def _allocate(
    step: Allocate, count: Count, slopes: Slopes, after: Count | SailauError, *, lots: bool
) -> Iterator[Changing]:
    votes, seats = count.contenders(), count.left()
    if seats <= 0 or not votes:
        return
    weights = {c: Fraction(terms.weight) for c, terms in count.admitted.items() if c in votes}
    won: dict[str, int] | None = None
    if isinstance(after, Count):
        won = {c: after.placed.get(c, 0) - count.placed.get(c, 0) for c in votes}
    elif isinstance(after, DrawRequired):
        won = {c: after.standing.get(c, 0) for c in votes}
    settled = isinstance(after, Count)
    exact = lots or step.excess != "refuse"
    if step.decimals is not None and not weights:
        yield from decimal_signs(step, votes, slopes, seats, won, settled=settled, exact=exact)
        return
    yield from formula_signs(step, votes, slopes, seats, won, settled=settled, weights=weights, exact=exact)


def _share_out(step: ShareOut, count: Count, slopes: Slopes, *, lots: bool) -> Iterator[Changing]:
    alone = members_again(count)
    for name, members in count.pools.items():
        if count.placed.get(name) and not slopes.keys().isdisjoint(members):
            yield from _inside(step, alone, slopes, members, 1, count.placed[name], lots=lots)


def _inside(
    step: ShareOut, count: Count, slopes: Slopes, members: Sequence[str], level: int, seats: int, *, lots: bool
) -> Iterator[Changing]:
    """Return what the seats of linked lists hang on, and those of links inside the link."""
    groups, won, settled = _won(step, count, members, seats, level)
    votes = {name: sum(count.cast[member] for member in group) for name, group in groups.items()}
    moving = {name: sum(slopes.get(member, 0) for member in group) for name, group in groups.items()}
    moving = {name: b for name, b in moving.items() if b}
    yield from formula_signs(step, votes, moving, seats, won, settled=settled, weights={}, exact=lots)
    for name, group in groups.items():
        if settled and won is not None and won[name] and len(group) > 1 and not slopes.keys().isdisjoint(group):
            yield from _inside(step, count, slopes, group, level + 1, won[name], lots=lots)


def _won(
    step: ShareOut, count: Count, members: Sequence[str], seats: int, level: int
) -> tuple[Mapping[str, Sequence[str]], Mapping[str, int] | None, bool]:
    """Return the links at this level, their seats (those before a tie where one is open), and whether that is all."""
    try:
        groups, made = step.shares(count, members, seats, level)
    except DrawRequired as draw:
        groups = step.links(count.tally, members, level)
        return groups, {name: draw.standing.get(name, 0) for name in groups}, False
    except SailauError:
        return step.links(count.tally, members, level), None, False
    return groups, made.seats, True
