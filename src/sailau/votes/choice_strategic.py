"""Strategic voting as a fixed point: chances that a party passes move votes, votes move chances; all fixed points.

The map is monotone in each coordinate (a better chance of a party helps it and hurts the others), so its values on a
box lie between its values on two corners. A box that the map cannot return to holds no fixed point and is dropped;
what is left, however small, holds them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sailau.terms.errors import Invalid
from sailau.votes.choice import Floats

Map = Callable[[Floats], Floats]
"""Chances [point, party] to chances [point, party]: rising in a party's own, falling in those of others."""

MOST = 40_000
"""Boxes looked at before giving up."""


@dataclass(frozen=True, slots=True)
class FixedPoint:
    """Chances that confirm themselves.

    Attributes
    ----------
    chances : tuple of float
        One for each party in question.
    stable : bool
        Whether small errors of voters die out.
    width : float
        How closely it is enclosed.
    """

    chances: tuple[float, ...]
    stable: bool
    width: float


def fixed_points(step: Map, parties: int, *, tolerance: float = 1e-7, apart: float = 1e-3) -> tuple[FixedPoint, ...]:
    """Return all fixed points of a map of chances, the lowest first.

    Parameters
    ----------
    step : callable
        Rising in a party's own chance and falling in those of the others.
    parties : int
        How many chances are in question.
    tolerance : float
        The width at which a box is a point.
    apart : float
        Fixed points nearer than that are told as one: the map nearly touches the diagonal there.

    Raises
    ------
    Invalid
        Too many boxes: the fixed points fill a continuum.

    Examples
    --------
    >>> [round(p.chances[0], 3) for p in fixed_points(lambda x: x**2 * (3 - 2 * x), 1)]
    [0.0, 0.5, 1.0]
    """
    low, high = np.zeros((1, parties)), np.ones((1, parties))
    found: list[tuple[Floats, Floats]] = []
    seen = 0
    while len(low):
        seen += len(low)
        if seen > MOST:
            raise Invalid(
                f"the fixed points were not told apart after {MOST:,} boxes",
                hint="chances and votes confirm each other over a range; give the bar more uncertainty",
            )
        low, high = _narrowed(step, low, high)
        done = (high - low).max(axis=1) <= tolerance if len(low) else np.zeros(0, bool)
        found += [(a, b) for a, b in zip(low[done], high[done], strict=True)]
        low, high = _split(low[~done], high[~done])
    return tuple(_point(step, boxes) for boxes in _clusters(found, apart))


def _narrowed(step: Map, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return the parts of boxes that can hold a fixed point; a box that cannot is left out."""
    for _ in range(4):
        least, most = _range(step, low, high)
        low, high = np.maximum(low, least), np.minimum(high, most)
        kept = (low <= high).all(axis=1)
        low, high = low[kept], high[kept]
        if not len(low):
            break
    return low, high


def _range(step: Map, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return what the map is on each box at the least and at the most."""
    least, most = np.empty_like(low), np.empty_like(low)
    for j in range(low.shape[1]):
        worst, best = high.copy(), low.copy()
        worst[:, j], best[:, j] = low[:, j], high[:, j]
        least[:, j], most[:, j] = step(worst)[:, j], step(best)[:, j]
    slack = 1e-13  # of rounding; a fixed point on the edge of a box must not be lost
    return least - slack, most + slack


def _split(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    if not len(low):
        return low, high
    rows = np.arange(len(low))
    widest = (high - low).argmax(axis=1)
    middle = (low[rows, widest] + high[rows, widest]) / 2
    left, right = high.copy(), low.copy()
    left[rows, widest] = right[rows, widest] = middle
    return np.concatenate([low, right]), np.concatenate([left, high])


def _clusters(boxes: list[tuple[Floats, Floats]], apart: float) -> list[list[tuple[Floats, Floats]]]:
    """Return boxes in clusters, each farther than `apart` from the others."""
    out: list[list[tuple[Floats, Floats]]] = []
    for low, high in sorted(boxes, key=lambda box: tuple(box[0])):
        near = [c for c in out if any((low <= b + apart).all() and (high >= a - apart).all() for a, b in c)]
        out = [c for c in out if not any(c is other for other in near)]
        out.append([box for c in near for box in c] + [(low, high)])
    return out


def _point(step: Map, boxes: list[tuple[Floats, Floats]]) -> FixedPoint:
    middles = np.clip(np.array([(a + b) / 2 for a, b in boxes]), 0, 1)
    middle = middles[np.abs(step(middles) - middles).max(axis=1).argmin()]
    width = (np.max([b for _, b in boxes], axis=0) - np.min([a for a, _ in boxes], axis=0)).max()
    size, nudge = len(middle), 1e-5
    ends = np.clip(middle + np.concatenate([np.eye(size), -np.eye(size)]) * nudge, 0, 1)
    values = step(ends)
    slopes = (values[:size] - values[size:]) / (ends[:size] - ends[size:]).sum(axis=1)[:, None]
    stable = bool(np.abs(np.linalg.eigvals(slopes)).max() < 1)
    return FixedPoint(tuple(float(x) for x in middle), stable, float(width))
