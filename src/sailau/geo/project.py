"""From the globe to a page, areas kept: Albers' cone for a country, Equal Earth for the world."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import asin, cos, radians, sin, sqrt

Point = tuple[float, float]
Projection = Callable[[Point], Point]
RADIUS = 6371.0072
"""Kilometres: the sphere with the area of the earth."""

_A = (1.340264, -0.081106, 0.000893, 0.003796)


def projection_for(points: Iterable[Point]) -> Projection:
    """Return the projection for some places: a cone through them, or the world's where they span half of it."""
    places = list(points)
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    south, north = min(y for _, y in places), max(y for _, y in places)
    if east - west > 180 or (south < 0 < north and north - south > 60):
        return equal_earth
    sixth = (north - south) / 6
    return albers(south + sixth, north - sixth, (west + east) / 2, (south + north) / 2)


def albers(south: float, north: float, meridian: float, parallel: float) -> Projection:
    """Return Albers' equal-area cone with two standard parallels.

    Notes
    -----
    J. P. Snyder, *Map Projections: A Working Manual*, USGS 1395 (1987), formulas 14-1 to 14-6, on the sphere.
    """
    first, second = radians(south), radians(north)
    n = (sin(first) + sin(second)) / 2 or 1e-9
    c = cos(first) ** 2 + 2 * n * sin(first)
    base = sqrt(max(0.0, c - 2 * n * sin(radians(parallel)))) / n

    def project(point: Point) -> Point:
        angle = n * radians(point[0] - meridian)
        reach = sqrt(max(0.0, c - 2 * n * sin(radians(point[1])))) / n
        return RADIUS * reach * sin(angle), RADIUS * (base - reach * cos(angle))

    return project


def equal_earth(point: Point) -> Point:
    """Return a place on the Equal Earth map, in kilometres.

    Notes
    -----
    B. Šavrič, T. Patterson and B. Jenny, *The Equal Earth map projection*, IJGIS 33 (2019).
    """
    t = asin(sqrt(3) / 2 * sin(radians(point[1])))
    slope = _A[0] + 3 * _A[1] * t**2 + t**6 * (7 * _A[2] + 9 * _A[3] * t**2)
    x = 2 * sqrt(3) * radians(point[0]) * cos(t) / (3 * slope)
    y = t * (_A[0] + _A[1] * t**2 + t**6 * (_A[2] + _A[3] * t**2))
    return RADIUS * x, RADIUS * y
