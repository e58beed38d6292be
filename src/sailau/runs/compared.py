"""What part of a count official seats are held against."""

from __future__ import annotations

from collections.abc import Collection

from sailau.law.result import Result
from sailau.records.election import HOUSE, Seats
from sailau.seats.count import Count
from sailau.terms.tally import NATION


def partly(official: Seats, result: Result, declared: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return the tiers whose official seats are known in part: districts compared, and districts with seats.

    Parameters
    ----------
    official : mapping of tier to area to contender to int
        The area ``nation`` stands for a whole tier, the tier ``house`` for all tiers.
    result : Result
    declared : collection of str
        Tiers that were taken over, not counted.

    Returns
    -------
    dict of str to (int, int)
        Empty where every seat that votes gave is compared. A tier without districts counts as one.
    """
    house = official.get(HOUSE, {})
    if NATION in house:
        return {}
    out = {}
    for tier in result.law.tiers:
        count = result.counts.get(tier.name)
        if count is None or not tier.needs_votes or tier.name in declared:
            continue
        known, counted = {*official.get(tier.name, {}), *house}, _filled(count)
        if NATION not in known and counted - known:
            out[tier.name] = (len(counted & known), len(counted))
    return out


def _filled(count: Count) -> set[str]:
    """Return the areas that have seats, the nation among them where seats stand for the whole tier."""
    areas = {area for area, part in count.areas.items() if any(part.total_placed().values())}
    return areas | ({NATION} if any(count.placed.values()) else set())
