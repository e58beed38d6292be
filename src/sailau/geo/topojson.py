"""TopoJSON as GeoJSON: arcs written out, so that a map with shared borders can be read like any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from sailau.terms.errors import Invalid, Place

Line = list[tuple[float, float]]


def features_of(topology: Mapping[str, Any], place: Place) -> list[dict[str, Any]]:
    """Return the features of the one object of a topology that holds areas.

    Raises
    ------
    Invalid
        No object holds areas, or several do; an arc that is not there.
    """
    objects = topology.get("objects")
    found = {name: part for name, part in objects.items() if _is_areas(part)} if isinstance(objects, dict) else {}
    if len(found) != 1:
        what = f"holds {len(found)} objects of areas{': ' if found else ''}{', '.join(found)}"
        raise Invalid(what, place=place, hint="keep one of them, or convert the one you need to GeoJSON")
    try:
        arcs = _arcs(topology)
        return [_feature(part, arcs) for part in next(iter(found.values()))["geometries"]]
    except (TypeError, ValueError, IndexError, KeyError, AttributeError):
        raise Invalid(
            "is broken TopoJSON: an arc is missing or no numbers", place=place, hint="export it again"
        ) from None


def _is_areas(part: Any) -> bool:
    geometries = part.get("geometries") if isinstance(part, dict) else None
    kinds = {"Polygon", "MultiPolygon"}
    return (
        bool(geometries)
        and isinstance(geometries, list)
        and all(isinstance(one, dict) and one.get("type") in kinds for one in geometries)
    )


def _arcs(topology: Mapping[str, Any]) -> list[Line]:
    """Return the arcs in degrees; those of a quantized topology are steps on a grid."""
    lines = [[(float(p[0]), float(p[1])) for p in arc] for arc in topology["arcs"]]
    transform = topology.get("transform")
    if transform is None:
        return lines
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    return [[(x * sx + tx, y * sy + ty) for x, y in accumulate(line, _step)] for line in lines]


def _step(at: tuple[float, float], by: tuple[float, float]) -> tuple[float, float]:
    return at[0] + by[0], at[1] + by[1]


def _feature(part: Mapping[str, Any], arcs: Sequence[Line]) -> dict[str, Any]:
    polygons = part["arcs"] if part["type"] == "MultiPolygon" else [part["arcs"]]
    coordinates = [[_ring(ring, arcs) for ring in polygon] for polygon in polygons]
    geometry = {"type": "MultiPolygon", "coordinates": coordinates}
    found = {"type": "Feature", "properties": part.get("properties") or {}, "geometry": geometry}
    return {**found, "id": part["id"]} if part.get("id") not in (None, "") else found


def _ring(indices: Sequence[int], arcs: Sequence[Line]) -> Line:
    """Return a ring of arcs; a negative number (-1 for arc 0) runs the other way, and joints are not repeated."""
    ring: Line = []
    for index in indices:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += line[1:] if ring else line
    return ring
