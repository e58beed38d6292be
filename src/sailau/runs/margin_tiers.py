"""What steps that look at several tiers or areas hang on as votes move: shares of the whole, who takes part, quotas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from sailau.runs.margin_formula import Slopes, formula_signs, price_in, quotients
from sailau.runs.margin_signs import Changing, Sign
from sailau.runs.margin_states import bar_signs, linked, pair_signs
from sailau.seats.compensate import Compensate
from sailau.seats.count import Count
from sailau.seats.qualify import Qualify
from sailau.seats.ties import tie_rule
from sailau.seats.whole_quotas import WholeQuotas
from sailau.terms.divisor import divisor_named
from sailau.terms.quota import quota_named
from sailau.terms.tally import LINES, NATION

Places = Mapping[str, Slopes]
"""How fast the lines of a tier move, by area; under ``nation`` for the whole."""


def compensate_signs(step: Compensate, count: Count, slopes: Slopes) -> Iterator[Changing]:
    """Return the signs that the shares of the whole hang on, while the seats of the other tiers stay."""
    slopes, count = linked(count, slopes), step.settled(count)
    shares, votes = step.share_out(count), count.contenders()
    if step.overhang == "continue":
        gained = {c for c, n in shares.due.items() if n > shares.held[c]}
        yield from (
            Sign(votes[line], b, 1) for line, b in slopes.items() if line in votes and (b > 0 or line in gained)
        )
        divisor = divisor_named(step.divisor or "", step.first)
        yield from quotients(votes, slopes, divisor, shares.held, shares.due, shares.total, settled=True)
        return
    ties, left = tie_rule(count.but(floor=shares.held), step.name, step.ties), shares.total
    for over in (*shares.rounds, {}):
        if not votes:
            return
        if left <= 0:  # nothing to share out, as long as somebody has votes
            yield from (Sign(votes[line], b, 1) for line, b in slopes.items() if line in votes)
        else:
            made = step.allocation(votes, left, ties).seats
            yield from formula_signs(step, votes, slopes, left, made, settled=True, weights={}, exact=False)
        left -= sum(shares.held[c] for c in over)
        votes = {c: n for c, n in votes.items() if c not in over}


def qualify_signs(step: Qualify, count: Count, places: Places, elsewhere: Places) -> Iterator[Changing]:
    """Return whether everybody still meets, or misses, every condition; `elsewhere` are the slopes of `in_tier`."""
    slopes, votes = places.get(NATION, {}), count.contenders()
    if step.share is not None:
        yield from bar_signs(step.share, step.of, count, slopes, slopes)
    if step.votes is not None:
        yield from (Sign(votes[line], b, 1, step.votes, 0, 1) for line, b in slopes.items() if line in votes)
    for area, moving in places.items():
        if step.area_share is not None and area in count.areas:
            yield from (Sign(count.areas[area].cast.get(line, 0), b, 1) for line, b in moving.items())
            yield from bar_signs(step.area_share, step.of, count.areas[area], moving, moving)
        if step.area_first and area in count.areas:
            yield from pair_signs(count.areas[area].contenders(), moving)
    tier = count.done.get(step.in_tier or "")
    if step.regions is not None and tier is not None:
        yield from _in_regions(tier, elsewhere)


def _in_regions(tier: Count, places: Places) -> Iterator[Changing]:
    """Return who has the votes of a seat in the region in which votes move."""
    for area, slopes in places.items():
        region = tier.ballots.regions.get(area, area)
        parts = [part for name, part in tier.areas.items() if tier.ballots.regions.get(name, name) == region]
        total = sum(n for part in parts for line, n in part.cast.items() if line not in LINES)
        speed, seats = sum(b for line, b in slopes.items() if line not in LINES), sum(part.seats for part in parts)
        for line in {line for part in parts for line in part.cast} if area != NATION or not tier.areas else ():
            votes = sum(part.cast.get(line, 0) for part in parts)
            yield Sign(votes, slopes.get(line, 0), seats, total, speed, 1)
        yield Sign(total, speed, 1)


def whole_quotas_signs(step: WholeQuotas, count: Count, places: Places) -> Iterator[Changing]:
    """Return the whole quotas of everybody in the areas whose quota moves."""
    for area, slopes in places.items():
        if area not in count.areas:
            continue
        speed = sum(b for line, b in slopes.items() if line not in LINES)
        region = count.ballots.regions.get(area)
        for name, part in count.areas.items():
            if name == area or (step.of == "region" and count.ballots.regions.get(name) == region):
                yield from _quotas(step, count, part, slopes if name == area else {}, speed)


def _quotas(step: WholeQuotas, count: Count, part: Count, slopes: Slopes, speed: int) -> Iterator[Changing]:
    total, seats = step.formed_from(count, part)
    yield Sign(total, speed, 1)
    if total == 0 or seats == 0:
        return
    price = price_in(quota_named(step.quota), total, speed, seats)
    if price.step is not None:
        yield price.step
    for c, n in part.contenders().items():
        whole = price.whole(n, Fraction(1))
        for edge in {Fraction(whole), Fraction(whole + 1), whole + (step.least or 0)}:
            left, right = price.left * edge.denominator, price.right * edge.numerator
            yield Sign(n, slopes.get(c, 0), left, price.votes, price.slope, right)
