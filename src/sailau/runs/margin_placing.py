"""Where seats of a tier that go to its areas lie, and what that hangs on as votes move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sailau.runs.margin_formula import Slopes
from sailau.runs.margin_signs import Changing, Sign
from sailau.seats.count import Count
from sailau.seats.distribute import Distribute
from sailau.seats.distribute_contest import Area, Contest, Pair
from sailau.terms.divisor import divisor_named
from sailau.terms.tally import LINES, NATION

Line = tuple[int, int]
"""Votes, and how fast they move."""
Ratio = tuple[int, int]
"""A divisor: numerator, denominator."""


def is_straight(step: Distribute) -> bool:
    """Say whether the claims to an area move in straight lines, and none of them is without end."""
    rules = [divisor_named(step.divisor, step.first), divisor_named(step.won_by or step.divisor)]
    return all(rule.power == 1 and rule.at(0)[0] for rule in rules)


@dataclass(frozen=True, slots=True)
class Pick:
    """A seat that went to an area.

    Attributes
    ----------
    won : tuple
        The pair of contender and area that had the largest claim.
    divisors : mapping
        What the votes of every pair in the running are divided by: numerator, denominator.
    order : mapping
        Where the order of the nation says whose seat comes next: the same for all in the running.
    """

    won: Pair
    divisors: Mapping[Pair, Ratio]
    order: Mapping[str, Ratio]


@dataclass(frozen=True, slots=True)
class Placing:
    """How the seats of a tier went to its areas."""

    areas: Mapping[str, Area]
    picks: Sequence[Pick]


def placing(step: Distribute, count: Count) -> Placing:
    """Return how a step gave seats to areas, in turn."""
    out: list[Pick] = []
    areas: dict[str, Area] = {}
    for _, contest in step.contests(count) if count.areas else ():
        areas |= contest.areas
        while any(contest.left.values()):
            order = _order(step, contest) if step.order == "won" else {}
            pairs = contest.next_won() if order else contest.next_by_claims()
            able = [pairs[0][0]] if order else [c for c, n in contest.left.items() if n]
            claims = [pair for c in able for pair in contest.open_to(c)]
            divisors = {(c, a): contest.divisor.at(contest.areas[a].held.get(c, 0)) for c, a in claims}
            out += [Pick(pair, divisors, order) for pair in pairs]
            contest.give(pairs)
    return Placing(areas, out)


def _order(step: Distribute, contest: Contest) -> dict[str, Ratio]:
    rule, held = divisor_named(step.won_by or step.divisor), contest.held()
    return {c: rule.at(held[c]) for c, n in contest.left.items() if n}


def distribute_signs(
    step: Distribute, count: Count, made: Placing, area: str, places: Mapping[str, Slopes]
) -> Iterator[Changing]:
    """Return whether each seat still goes where it went while votes of a district move; `places` are their slopes."""
    where = count.ballots.regions.get(area, area) if step.to == "region" else area
    if where not in made.areas:
        return
    slopes, nation, votes = places.get(area, {}), places.get(NATION, {}), made.areas[where].votes
    cast = sum(n for line, n in votes.items() if line not in LINES)
    total = cast, sum(b for line, b in slopes.items() if line not in LINES)
    yield Sign(*total, 1)
    yield from (Sign(votes.get(line, 0), b, 1) for line, b in slopes.items())
    for pick in made.picks:
        first = pick.won[0]
        for other, theirs in pick.order.items():
            if other != first and (first in nation or other in nation):
                (top, bottom), (high, low) = pick.order[first], theirs
                one, two = ((count.votes[c], nation.get(c, 0)) for c in (first, other))
                yield Sign(*one, bottom * high, *two, low * top)
        if pick.won[1] == where:
            yield from (_rivals(step, made.areas, pick, rival, where, slopes, total) for rival in pick.divisors)
        else:
            rivals = (rival for rival in pick.divisors if rival[1] == where)
            yield from (_rivals(step, made.areas, pick, rival, where, slopes, total) for rival in rivals)


def _rivals(
    step: Distribute,
    areas: Mapping[str, Area],
    pick: Pick,
    rival: Pair,
    where: str,
    slopes: Slopes,
    total: Line,
) -> Sign:
    """Return the sign of the claim that won against another; nobody is its own rival."""
    (one, here), (two, there) = pick.won, rival
    ours = areas[here].votes.get(one, 0), slopes.get(one, 0) if here == where else 0
    theirs = areas[there].votes.get(two, 0), slopes.get(two, 0) if there == where else 0
    if rival == pick.won:
        return Sign(1, 0, 1)
    (top, bottom), (high, low) = pick.divisors[pick.won], pick.divisors[rival]
    left, right = bottom * high, low * top
    if step.relative == "plain" or here == there:
        return Sign(*ours, left, *theirs, right)
    mine, other = areas[here].weight, areas[there].weight
    left *= other.numerator * mine.denominator
    right *= mine.numerator * other.denominator
    if here == where:  # votes over a measure of which only the one here moves, with the votes cast here
        return Sign(*ours, left * total[0], *total, right * theirs[0])
    return Sign(*total, left * ours[0], *theirs, right * total[0])
