"""Simpler outlines whose shared borders stay shared: each border is cut out once, simplified once, and used by both.

Rings are cut at junctions, where more than two lines meet; the pieces between them (arcs) belong to one unit or to
two. Points are put on a grid first, so that borders which differ by less than a metre become one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians

from sailau.geo.geojson import Shape
from sailau.geo.record import Ring, area_of

GRID = 100_000
"""Points to a degree: about a metre."""

_KM = 111.2
Node = tuple[int, int]
Arc = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Simplified:
    """Rings by code, and what was found on the way.

    Attributes
    ----------
    rings : mapping of code to tuple of Ring
    before, after : int
        Points.
    shared : int
        Arcs that two units share.
    faulty : tuple of str
        Codes of units that lie on the same side of a border: they overlap, or one of them is drawn twice.
    """

    rings: Mapping[str, tuple[Ring, ...]]
    before: int
    after: int
    shared: int
    faulty: tuple[str, ...]


def simplify(shapes: Sequence[Shape], tolerance_km: float) -> Simplified:
    """Return outlines with fewer points; no point of the old border lies further than the tolerance from the new one.

    Parameters
    ----------
    shapes : sequence of Shape
    tolerance_km : float
        0 keeps every point that is not on a straight line.

    Notes
    -----
    Lines are simplified after Ramer (1972) and Douglas and Peucker (1973), arc by arc. A ring smaller than the square
    of the tolerance is dropped, unless it is the largest of its unit or a border of another.
    """
    middle = _middle(shapes)
    rings = [(shape.code, ring) for shape in shapes for ring in (_on_grid(r) for r in shape.rings) if len(ring) >= 3]
    junctions = _junctions([ring for _, ring in rings])
    cut = [(code, _cut(ring, junctions)) for code, ring in rings]
    users: dict[Arc, list[tuple[str, bool]]] = {}
    for code, arcs in cut:
        for arc in arcs:
            users.setdefault(_canonical(arc), []).append((code, _canonical(arc) == arc))
    simple = {arc: _thinned(arc, tolerance_km, middle) for arc in users}
    kept: dict[str, list[Ring]] = {shape.code: [] for shape in shapes}
    for code, arcs in _kept(cut, simple, users, tolerance_km, middle):
        kept[code].append(_joined([_way(arc, simple) for arc in arcs]))
    faulty = {code for uses in users.values() if len({way for _, way in uses}) < len(uses) for code, _ in uses}
    return Simplified(
        {code: tuple(found) for code, found in kept.items()},
        sum(len(ring) for shape in shapes for ring in shape.rings),
        sum(len(ring) for found in kept.values() for ring in found),
        sum(len(uses) > 1 for uses in users.values()),
        tuple(sorted(faulty)),
    )


def _middle(shapes: Sequence[Shape]) -> float:
    heights = [y for shape in shapes for ring in shape.rings for _, y in ring]
    return (min(heights) + max(heights)) / 2


def _on_grid(ring: Ring) -> list[Node]:
    """Return the ring on the grid, without points that fall together and without spikes that return on themselves."""
    out: list[Node] = []
    for x, y in ring:
        node = round(x * GRID), round(y * GRID)
        if out and out[-1] == node:
            continue
        if len(out) > 1 and out[-2] == node:
            out.pop()
            continue
        out.append(node)
    while len(out) > 1 and out[0] == out[-1]:
        out.pop()
    return out


def _junctions(rings: Sequence[Sequence[Node]]) -> set[Node]:
    """Return the nodes where lines meet or part: those that do not always have the same two neighbours."""
    beside: dict[Node, frozenset[Node]] = {}
    found: set[Node] = set()
    for ring in rings:
        for before, node, after in zip([ring[-1], *ring[:-1]], ring, [*ring[1:], ring[0]], strict=True):
            pair = frozenset((before, after))
            if beside.setdefault(node, pair) != pair:
                found.add(node)
    return found


def _cut(ring: Sequence[Node], junctions: set[Node]) -> list[Arc]:
    """Return the arcs of a ring, in order; a ring without junctions is one closed arc that begins at its least node."""
    at = [i for i, node in enumerate(ring) if node in junctions]
    if not at:
        first = min(range(len(ring)), key=lambda i: ring[i])
        return [(*ring[first:], *ring[:first], ring[first])]
    turned = [*ring[at[0] :], *ring[: at[0] + 1]]
    places = [i - at[0] for i in at] + [len(ring)]
    return [tuple(turned[a : b + 1]) for a, b in pairwise(places)]


def _way(arc: Arc, simple: Mapping[Arc, Arc]) -> Arc:
    """Return the simple form of an arc in the direction in which this ring runs."""
    one = _canonical(arc)
    return simple[one] if one == arc else simple[one][::-1]


def _canonical(arc: Arc) -> Arc:
    return min(arc, arc[::-1])


def _kept(
    cut: Sequence[tuple[str, list[Arc]]],
    simple: Mapping[Arc, Arc],
    users: Mapping[Arc, Sequence[tuple[str, bool]]],
    tolerance_km: float,
    middle: float,
) -> list[tuple[str, list[Arc]]]:
    least = (tolerance_km / _KM * GRID) ** 2 / max(cos(radians(middle)), 0.1)
    size = [abs(area_of([node for arc in arcs for node in arc[:-1]])) for _, arcs in cut]
    largest: dict[str, int] = {}
    for i, (code, _) in enumerate(cut):
        if code not in largest or size[i] > size[largest[code]]:
            largest[code] = i
    out = []
    for i, (code, arcs) in enumerate(cut):
        points = sum(len(simple[_canonical(arc)]) - 1 for arc in arcs)
        shared = any(len(users[_canonical(arc)]) > 1 for arc in arcs)
        if points >= 3 and (size[i] >= least or largest[code] == i or shared):
            out.append((code, arcs))
    return out


def _joined(arcs: Sequence[Arc]) -> Ring:
    return tuple((x / GRID, y / GRID) for arc in arcs for x, y in arc[:-1])


def _thinned(arc: Arc, tolerance_km: float, middle: float) -> Arc:
    """Return the arc with as few of its nodes as the tolerance allows; its ends stay, a closed one keeps four."""
    wide, high = _KM * cos(radians(middle)) / GRID, _KM / GRID
    flat = [(x * wide, y * high) for x, y in arc]
    keep = {0, len(arc) - 1}
    if arc[0] == arc[-1]:
        far = max(range(len(arc)), key=lambda i: hypot(flat[i][0] - flat[0][0], flat[i][1] - flat[0][1]))
        third = max(range(len(arc)), key=lambda i: (_off(flat[i], flat[0], flat[far]), -i))
        keep |= {far, third}
    ends = sorted(keep)
    waiting = list(pairwise(ends))
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        away = [_off(flat[i], flat[first], flat[last]) for i in range(first + 1, last)]
        most = max(away)
        if most > tolerance_km:
            at = first + 1 + away.index(most)
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return tuple(arc[i] for i in sorted(keep))


def _off(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return how far a point is from the straight line between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    long = dx * dx + dy * dy
    along = 0.0 if long == 0 else ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / long
    along = min(1.0, max(0.0, along))
    return hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)
