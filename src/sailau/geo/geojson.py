"""GeoJSON of a user: features become units with rings, and what cannot be a map is refused with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sailau.geo import shapefile
from sailau.geo.record import Ring, area_of
from sailau.geo.topojson import features_of
from sailau.terms.errors import Invalid, NotFound, Place

MOST_BYTES, MOST_POINTS = 200_000_000, 3_000_000
_CODES = ("iso", "iso_3166_2", "shapeISO", "code", "id", "GID_1", "kato")
_NAMED = re.compile(r"name[_:-]?([a-z]{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """A unit as the file has it: its code, its names, its rings (longitude, latitude)."""

    code: str
    names: Mapping[str, str]
    rings: tuple[Ring, ...]


def read_geojson(path: Path, *, unit: str | None = None) -> list[Shape]:
    """Read a FeatureCollection of areas, a topology with one object of areas, or a shapefile.

    Parameters
    ----------
    path : Path
    unit : str, optional
        The property that holds the code of a unit; by default the usual ones are looked for.

    Raises
    ------
    Invalid
        No GeoJSON, no areas, a unit without a code or given twice, coordinates that are no degrees.
    """
    place = Place(str(path))
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Invalid("is larger than 200 MB", place=place, hint="simplify it first, or take the areas you need")
        found = {"features": shapefile.features_of(path)} if path.suffix.lower() == ".shp" else _json(path)
    except FileNotFoundError:
        raise NotFound("file", str(path)) from None
    except OSError as cause:
        raise Invalid(f"cannot be read: {cause.strerror}", place=place) from None
    except (ValueError, RecursionError):
        hint = "give GeoJSON, TopoJSON or the .shp of a shapefile"
        raise Invalid("is no JSON text", place=place, hint=hint) from None
    features = found.get("features") if isinstance(found, dict) else None
    kind = found.get("type") if isinstance(found, dict) else None
    if kind == "Topology":
        features = features_of(found, place)
    if not isinstance(features, list) or not features:
        hint = "give a FeatureCollection of areas"
        raise Invalid(f"holds no features{f' but a {kind}' if kind else ''}", place=place, hint=hint)
    key = unit or _code_key(features, place)
    shapes = [_shape(feature, number, key, place) for number, feature in enumerate(features, 1)]
    _check(shapes, place)
    return shapes


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8-sig"))


def _code_key(features: Sequence[Any], place: Place) -> str:
    """Return the property that names each unit once; empty for the id of the feature itself."""
    if all(isinstance(f, dict) and f.get("id") not in (None, "") for f in features):
        return ""
    properties = [f.get("properties") or {} for f in features if isinstance(f, dict)]
    for key in _CODES:
        values = [str(part.get(key) or "") for part in properties]
        if all(values) and len(set(values)) == len(values):
            return key
    known = sorted({key for part in properties if isinstance(part, dict) for key in part})
    raise Invalid(
        "no property names each unit by a code of its own",
        place=place,
        hint=f"say which one does: --unit NAME; there are {', '.join(known) or 'none'}",
    )


def _shape(feature: Any, number: int, key: str, place: Place) -> Shape:
    if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
        raise Invalid(f"feature {number} has no geometry", place=place, hint="delete it, or draw it")
    properties = feature.get("properties") or {}
    code = feature.get("id") if key == "" else properties.get(key)
    if code in (None, ""):
        raise Invalid(
            f"feature {number} has no {key or 'id'}", place=place, hint="give it one, or name another: --unit"
        )
    names = {}
    for name, value in properties.items():
        lang = _NAMED.fullmatch(str(name))
        if lang and isinstance(value, str) and value.strip():
            names[lang[1].lower()] = value.strip()
    rings = tuple(_rings(feature["geometry"], str(code), place))
    return Shape(str(code), names, rings)


def _rings(geometry: Mapping[str, Any], code: str, place: Place) -> Iterator[Ring]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        hint = "a map of areas needs polygons"
        raise Invalid(f"{code} is a {kind}, not an area", place=place, hint=hint)
    polygons: Any = coordinates if kind == "MultiPolygon" else [coordinates]
    try:
        for polygon in polygons:
            for i, ring in enumerate(polygon):
                yield _turned([(float(p[0]), float(p[1])) for p in ring], outer=i == 0)
    except (TypeError, ValueError, IndexError, KeyError):
        raise Invalid(f"{code} has coordinates that are no numbers", place=place, hint="save the file again") from None


def _turned(points: list[tuple[float, float]], *, outer: bool) -> Ring:
    """Return a ring without its repeated end; outer ones anticlockwise, holes clockwise."""
    if len(points) > 1 and points[0] == points[-1]:
        points = points[:-1]
    return tuple(points if (area_of(points) > 0) is outer else reversed(points))


def _check(shapes: Sequence[Shape], place: Place) -> None:
    seen: set[str] = set()
    if sum(len(ring) for shape in shapes for ring in shape.rings) > MOST_POINTS:
        raise Invalid(f"has more than {MOST_POINTS:,} points", place=place, hint="simplify it first")
    for shape in shapes:
        if shape.code in seen:
            hint = "join its parts into one MultiPolygon, or name another property: --unit"
            raise Invalid(f"{shape.code} stands twice", place=place, hint=hint)
        seen.add(shape.code)
        if not any(len(ring) >= 3 and abs(area_of(ring)) > 0 for ring in shape.rings):
            raise Invalid(f"{shape.code} encloses no area", place=place, hint="delete it, or draw it")
        for ring in shape.rings:
            for x, y in ring:
                if not (-180 <= x <= 180 and -90 <= y <= 90):
                    hint = "longitude and latitude in degrees (WGS84, EPSG:4326) are needed; save the layer again so"
                    raise Invalid(f"{shape.code} has the point ({x:g}, {y:g}), no degrees", place=place, hint=hint)
