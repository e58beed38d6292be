"""Margins where voters rank: bounds from every way to lose, and a change of ballots that the whole law counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from sailau.law.result import Result
from sailau.runs.margin_contest import Kind, Move, moved_totals
from sailau.runs.margin_probe import Found, change_of, least
from sailau.runs.margin_whole import Reach
from sailau.seats.count import Count, flat
from sailau.seats.rank import Rank
from sailau.seats.rankings import Item, needs_reading, read_rankings
from sailau.seats.tier import Tier
from sailau.terms.errors import SailauError
from sailau.terms.tally import Tally

SUBSETS = 10
"""How many candidates there may be at the most for every set of those who remain to be looked at."""
COUNTS = 150
"""How often the law may be counted."""


def rank_step(tier: Tier) -> Rank | None:
    """Return the step of a tier that counts rankings, if it has one."""
    return next((step for step in flat(tier.steps) if isinstance(step, Rank)), None)


def ranked_reach(result: Result, tier: Tier, kinds: Sequence[Kind]) -> Reach:
    """Return what is known of the fewest ballots that change who is elected.

    The lower bound holds for any change of ballots, the upper one is a change that was tried: ballots with an elected
    candidate first (or none) become ballots for another candidate alone.
    """
    step = rank_step(tier)
    count = result.counts[tier.name]
    areas = count.areas or {count.area: count}
    best: Found | None = None
    lower: int | None = None
    for name in sorted(areas):
        below = _to_lose(areas[name], step, kinds) if step is not None else None
        lower = min((n for n in (lower, below or 1) if n is not None), default=None)
        best = _tried(result, tier.name, areas[name], kinds, best, COUNTS // len(areas) or 1)
    lower = lower if best is None or lower is None else min(lower, best[2])
    if best is not None and lower == best[2]:
        return Reach(lower, best)
    why = "of the ranked ballots, fewer may do by a change that was not tried"
    return Reach(lower, best, why)


def _to_lose(count: Count, step: Rank, kinds: Sequence[Kind]) -> int | None:
    """Return ballots without which the winner of an alternative vote cannot lose; None where that is not known.

    The winner loses when it has the fewest votes of a set of candidates that remain. Of every set it is asked how many
    ballots it takes at the least; whether the others can be excluded before is not asked.
    """
    plain = step.rule == "alternative" and step.exclude in ("lowest", "hopeless")
    if not plain or step.down_to or step.drop_first or len(count.placed) != 1:
        return None
    winner = next(iter(count.placed))
    items = _items(count, step)
    others = sorted(c for c in count.contenders() if c != winner)
    if not others:
        return None
    if len(others) >= SUBSETS:
        return _roughly(items, winner, others, kinds)
    sizes = range(1, len(others) + 1)
    sets = (others_left for size in sizes for others_left in combinations(others, size))
    return max(1, min(_to_be_last(_first_among(items, {winner, *rest}), winner, kinds) for rest in sets))


def _items(count: Count, step: Rank) -> Sequence[Item]:
    rankings = count.ballots.rankings.get(count.area, {})
    items: Sequence[Item] = list(rankings.items())
    return read_rankings(items, step)[0] if needs_reading(set().union(*rankings), step) else items


def _first_among(items: Sequence[Item], remaining: Collection[str]) -> dict[str, int]:
    """Return the votes of those who remain."""
    votes = dict.fromkeys(remaining, 0)
    for ranking, n in items:
        first = next((c for c in ranking if c in votes), None)
        if first is not None:
            votes[first] += n
    return votes


def _to_be_last(votes: Mapping[str, int], winner: str, kinds: Sequence[Kind]) -> int:
    """Return the fewest ballots by which the winner has no more votes than anybody else, lots included."""
    gaps = [votes[winner] - n for c, n in votes.items() if c != winner]
    if max(gaps) <= 0:
        return 0
    found = [max(gaps)] if "removed" in kinds else []
    found += [sum(gap for gap in gaps if gap > 0)] if "added" in kinds else []
    if "moved" in kinds:
        low, high = 0, max(gaps) * len(gaps)
        while high - low > 1:
            middle = (low + high) // 2
            enough = sum(max(0, gap - middle) for gap in gaps) <= middle
            low, high = (low, middle) if enough else (middle, high)
        found.append(high)
    return min(found, default=1)


def _roughly(items: Sequence[Item], winner: str, others: Sequence[str], kinds: Sequence[Kind]) -> int:
    """Return a bound that holds for every set: first preferences, against all votes that another can ever have."""
    first = sum(n for ranking, n in items if ranking and ranking[0] == winner)
    most = max(_first_among(items, {winner, other})[other] for other in others)
    gap = max(1, first - most)
    return -(-gap // 2) if "moved" in kinds else gap


def _tried(
    result: Result,
    tier: str,
    count: Count,
    kinds: Sequence[Kind],
    best: Found | None,
    left: int,
) -> Found | None:
    """Return the best change so far: votes of an elected candidate to another, or ballots for another alone."""
    votes = count.contenders()
    elected = sorted((c for c in count.placed if c in votes), key=lambda c: (votes[c], c))
    losers = sorted((c for c in votes if c not in count.placed), key=lambda c: (-votes[c], c))[:4]
    moves = [Move("moved", one, two) for one in elected for two in losers] if "moved" in kinds else []
    moves += [Move("added", None, two) for two in losers] if "added" in kinds else []
    moves += [Move("removed", one, None) for one in elected] if "removed" in kinds else []
    for move in moves:
        most = sum(votes.values()) if move.giver is None else votes[move.giver]
        high = most if best is None else min(most, best[2] - 1)

        def change(t: int, move: Move = move) -> dict[str, int]:
            try:
                tally = with_ballots(result.tally, tier, count.area, move, t)
                return change_of(result, result.law.count(tally, decisions=result.decisions))
            except SailauError:
                return {}

        if high < 1 or left < 1:
            continue
        found, used = least(change, high)
        left -= used
        if found is not None:
            best = move, count.area, found, change(found)
    return best


def with_ballots(tally: Tally, tier: str, area: str, move: Move, t: int) -> Tally:
    """Return the tally with `t` ballots that have `giver` first taken out, and as many for `taker` alone."""
    ballots = tally.tiers[tier]
    rankings, lines, left = dict(ballots.rankings[area]), dict(ballots.votes[area]), t
    for ranking in sorted(r for r in rankings if move.giver is not None and r[:1] == (move.giver,)):
        taken = min(left, rankings[ranking])
        rankings[ranking] -= taken
        left -= taken
    if move.taker is not None:
        rankings[move.taker,] = rankings.get((move.taker,), 0) + t
    for line, b in move.slopes.items():
        lines[line] = lines.get(line, 0) + b * t
    changed = moved_totals(ballots, area, move.slopes, t)
    votes = {**ballots.votes, area: lines}
    kept = {ranking: n for ranking, n in rankings.items() if n}
    changed = replace(changed, votes=votes, rankings={**ballots.rankings, area: kept})
    return replace(tally, tiers={**tally.tiers, tier: changed})
