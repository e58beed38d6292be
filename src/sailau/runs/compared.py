"""What part of a count official seats are held against."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sailau.law.result import Result
from sailau.records.election import HOUSE, Seats
from sailau.seats.count import Count
from sailau.terms.tally import NATION


class Part(NamedTuple):
    """Districts of a tier whose official seats are known, districts that have seats, and whether a total covers all."""

    compared: int
    counted: int
    total: bool


def partly(official: Seats, result: Result, declared: Collection[str]) -> dict[str, Part]:
    """Return the tiers whose official seats leave districts out.

    Parameters
    ----------
    official : mapping of tier to area to contender to int
        The area ``nation`` stands for a whole tier, the tier ``house`` for all tiers.
    result : Result
    declared : collection of str
        Tiers that were taken over, not counted.

    Returns
    -------
    dict of str to Part
        A tier without districts counts as one. Tiers that are known as totals alone are not among them.
    """
    house = official.get(HOUSE, {})
    out = {}
    for tier in result.law.tiers:
        count = result.counts.get(tier.name)
        if count is None or not tier.needs_votes or tier.name in declared:
            continue
        known, counted = {*official.get(tier.name, {}), *house}, _filled(count)
        part = Part(len(counted & known - {NATION}), len(counted), NATION in known)
        if counted - known and (part.compared or not part.total):
            out[tier.name] = part
    return out


def _filled(count: Count) -> set[str]:
    """Return the areas that have seats, the nation among them where seats stand for the whole tier."""
    areas = {area for area, part in count.areas.items() if any(part.total_placed().values())}
    return areas | ({NATION} if any(count.placed.values()) else set())
