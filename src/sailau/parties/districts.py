"""How the districts within a region differ: parts of it by the share of one group, as far as that is on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Classes:
    """Parts of regions by the share of a group.

    Attributes
    ----------
    of : str
        The group.
    edges : tuple of float
        Shares between which the classes lie, one more than there are classes, from 0 to 1.
    regions : mapping of region to tuple of int
        Parts of the region in each class. Parts are taken to be of one size.
    """

    of: str
    edges: tuple[float, ...]
    regions: Mapping[str, tuple[int, ...]]

    def shares(self, region: str, districts: int, mean: float) -> tuple[float, ...]:
        """Return the group's share in each district of a region, least first, with the mean that is known.

        Parts stand in a row by their class, each at its middle; the districts cut the row into equal stretches, and
        all odds are moved alike until the mean is right. A region without parts has districts that are alike.

        Examples
        --------
        >>> found = Classes("a", (0, 0.5, 1), {"north": (1, 1)}).shares("north", 2, 0.5)
        >>> [round(share, 3) for share in found]
        [0.25, 0.75]
        """
        parts = self.regions.get(region, ())
        if not sum(parts) or not 0 < mean < 1:
            return (mean,) * districts
        middles = [(low + high) / 2 for low, high in zip(self.edges, self.edges[1:], strict=False)]
        row = [middle for middle, number in zip(middles, parts, strict=True) for _ in range(number)]
        return _moved([_stretch(row, k / districts, (k + 1) / districts) for k in range(districts)], mean)


def _stretch(row: Sequence[float], start: float, end: float) -> float:
    """Return the mean of a row of equal parts between two points of [0, 1]."""
    n = len(row)
    inside = [max(0.0, min(end, (i + 1) / n) - max(start, i / n)) for i in range(n)]
    return sum(part * value for part, value in zip(inside, row, strict=True)) / sum(inside)


def _moved(shares: Sequence[float], mean: float) -> tuple[float, ...]:
    """Return shares whose odds are all multiplied by one number, so that their mean is the one given."""
    odds = [log(share / (1 - share)) for share in shares]
    low, high = -50.0, 50.0
    for _ in range(ROUNDS):
        middle = (low + high) / 2
        if sum(_logistic(x + middle) for x in odds) / len(odds) < mean:
            low = middle
        else:
            high = middle
    return tuple(_logistic(x + high) for x in odds)


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x))
