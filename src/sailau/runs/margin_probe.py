"""An upper bound of the margin where a law cannot be taken apart: moves that are tried, counted by the whole law."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sailau.law.result import Result
from sailau.runs.margin_contest import Kind, Move, moved_totals
from sailau.runs.margin_patience import allowed
from sailau.terms.errors import SailauError
from sailau.terms.tally import LINES, NATION, Tally

LARGEST_LINES, LARGEST_AREAS, COUNTS = 5, 12, 400
"""How many lines and areas are tried, and how often the law may be counted."""


Found = tuple[Move, str, int, dict[str, int]]
"""A move, its area, its votes, and who gains how many seats."""


def probe(result: Result, tier: str, kinds: Sequence[Kind]) -> Found | None:
    """Return a move that changes a seat with few votes: the move, its area, the votes, and who gains how many seats.

    Nothing is proved of fewer votes: the moves tried are those among the largest lines of the largest areas.
    """
    best: Found | None = None
    left = allowed(COUNTS)
    for area, move, limit in _tried(result.tally, tier, kinds):
        high = limit if best is None else min(limit, best[2] - 1)

        def change(t: int, area: str = area, move: Move = move) -> dict[str, int]:
            return _change(result, with_moved(result.tally, tier, area, move, t))

        if high < 1 or left < 40:
            continue
        found, used = least(change, high)
        left -= used
        if found is not None:
            best = move, area, found, change(found)
    return best


def least(change: Callable[[int], dict[str, int]], high: int) -> tuple[int | None, int]:
    """Return few votes that change a seat, found by halving, and the number of counts made."""
    used = 1
    if not change(high):
        return None, used
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        used += 1
        low, high = (low, middle) if change(middle) else (middle, high)
    return high, used


def _tried(tally: Tally, tier: str, kinds: Sequence[Kind]) -> Iterator[tuple[str, Move, int]]:
    areas = tally.tiers[tier].votes
    largest = sorted(areas, key=lambda area: (-sum(areas[area].values()), area))[:LARGEST_AREAS]
    for area in largest:
        votes = {line: n for line, n in areas[area].items() if line not in LINES and n}
        lines = sorted(votes, key=lambda line: (-votes[line], line))[:LARGEST_LINES]
        for giver in lines:
            if "moved" in kinds:
                yield from ((area, Move("moved", giver, taker), votes[giver]) for taker in lines if taker != giver)
            if "removed" in kinds:
                yield area, Move("removed", giver, None), votes[giver]
            if "added" in kinds:
                yield area, Move("added", None, giver), sum(votes.values())


def tried(result: Result, tier: str, area: str, move: Move, t: int) -> Found | None:
    """Return a move if the whole law, counted with it, gives other seats."""
    if area not in result.tally.tiers[tier].votes:
        return None
    change = _change(result, with_moved(result.tally, tier, area, move, t))
    return (move, area, t, change) if change else None


def with_moved(tally: Tally, tier: str, area: str, move: Move, t: int) -> Tally:
    """Return the tally with `t` votes moved in one area of a tier."""
    ballots = tally.tiers[tier]
    lines = dict(ballots.votes[area])
    for line, b in move.slopes.items():
        lines[line] = lines.get(line, 0) + b * t
    changed = replace(moved_totals(ballots, area, move.slopes, t), votes={**ballots.votes, area: lines})
    return replace(tally, tiers={**tally.tiers, tier: changed})


def _change(result: Result, tally: Tally) -> dict[str, int]:
    """Return who gains and who loses seats; nothing while the law is silent."""
    try:
        return change_of(result, result.law.count(tally, decisions=result.decisions))
    except SailauError:
        return {}


def change_of(result: Result, after: Result) -> dict[str, int]:
    """Return who gains and who loses seats from one count to another, by tier and area."""
    out: dict[str, int] = {}
    for name in result.areas:
        before, now = result.areas[name], after.areas.get(name, {})
        for area in {*before, *now}:
            for c in {*before.get(area, {}), *now.get(area, {})}:
                n = now.get(area, {}).get(c, 0) - before.get(area, {}).get(c, 0)
                if n:
                    key = f"{c} in {name}" if area == NATION else f"{c} in {name}, {area}"
                    out[key] = out.get(key, 0) + n
    return out
