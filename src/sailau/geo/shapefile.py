"""Shapefiles as GeoJSON: the areas of ``x.shp`` with the table beside it, ``x.dbf``."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from sailau.geo.record import area_of
from sailau.terms.errors import Invalid, Place

Points = list[tuple[float, float]]
_HEAD, _CODE, _POLYGONS = 100, 9994, (5, 15, 25)
_AGAIN = "export the layer again, all of its files (.shp, .dbf, .prj, .cpg) into one folder"


def features_of(path: Path) -> list[dict[str, Any]]:
    """Return the areas of a shapefile as features.

    Parameters
    ----------
    path : Path
        The ``.shp``; the ``.dbf`` with its columns lies beside it, and may have a ``.prj`` and a ``.cpg``.

    Raises
    ------
    Invalid
        No shapefile of areas, cut off, without its table, in metres, or in letters of an unknown encoding.
    """
    place = Place(str(path))
    _check_degrees(path, place)
    rows = _rows(path.with_suffix(".dbf"), place)
    try:
        shapes = list(_shapes(path.read_bytes(), place))
    except (struct.error, ValueError):
        raise Invalid("is a broken shapefile", place=place, hint=_AGAIN) from None
    if len(shapes) != len(rows):
        what = f"holds {len(shapes)} shapes, and its table {len(rows)} rows"
        raise Invalid(what, place=place, hint=_AGAIN)
    pairs = zip(shapes, rows, strict=True)
    return [
        {"type": "Feature", "properties": row, "geometry": shape and {"type": "MultiPolygon", "coordinates": shape}}
        for shape, row in pairs
        if row is not None
    ]


def _check_degrees(path: Path, place: Place) -> None:
    beside = path.with_suffix(".prj")
    if beside.is_file() and beside.read_text(encoding="utf-8", errors="replace").lstrip().startswith("PROJ"):
        hint = "longitude and latitude in degrees (WGS84, EPSG:4326) are needed; save the layer again so"
        raise Invalid("is drawn in metres of a projection (its .prj says so)", place=place, hint=hint)


def _shapes(raw: bytes, place: Place) -> Iterator[list[list[Points]] | None]:
    """Yield the polygons of each shape, each with its holes; None for a shape without any."""
    code, kind = struct.unpack(">i", raw[:4])[0], struct.unpack("<i", raw[32:36])[0]
    if code != _CODE:
        raise Invalid("is no shapefile", place=place, hint=_AGAIN)
    if kind not in _POLYGONS:
        raise Invalid("holds no areas, but points or lines", place=place, hint="a map of areas needs polygons")
    at = _HEAD
    while at < len(raw):
        length = 2 * struct.unpack(">i", raw[at + 4 : at + 8])[0]
        record = raw[at + 8 : at + 8 + length]
        if length < 4 or len(record) < length:
            raise ValueError("cut off")
        yield _polygons(record) if struct.unpack("<i", record[:4])[0] in _POLYGONS else None
        at += 8 + length


def _polygons(record: bytes) -> list[list[Points]]:
    parts, points = struct.unpack("<2i", record[36:44])
    if not 0 < parts <= points <= len(record) // 16:
        raise ValueError("more points than there are bytes")
    starts = [*struct.unpack(f"<{parts}i", record[44 : 44 + 4 * parts]), points]
    flat = struct.unpack(f"<{2 * points}d", record[44 + 4 * parts : 44 + 4 * parts + 16 * points])
    found = list(zip(flat[::2], flat[1::2], strict=True))
    out: list[list[Points]] = []
    for begin, end in pairwise(starts):
        ring = found[begin:end]
        if out and area_of(ring) > 0:  # outer rings run clockwise here, holes anticlockwise
            out[-1].append(ring)
        else:
            out.append([ring])
    return out


def _rows(path: Path, place: Place) -> list[dict[str, str] | None]:
    """Return the rows of the table; None for one that was deleted."""
    if not path.is_file():
        hint = f"put {path.name} beside it; a shapefile is several files"
        raise Invalid("has no table of columns", place=place, hint=hint)
    beside = path.with_suffix(".cpg")
    encoding = beside.read_text(encoding="ascii", errors="replace").strip() if beside.is_file() else "utf-8"
    raw = path.read_bytes()
    try:
        count, head, width = struct.unpack("<IHH", raw[4:12])
        fields = list(_fields(raw[32:head], encoding))
        lines = [raw[head + i * width : head + (i + 1) * width] for i in range(count)]
        if any(len(line) < width for line in lines):
            raise ValueError("cut off")
        return [None if line[:1] == b"*" else _row(line, fields, encoding) for line in lines]
    except (UnicodeDecodeError, LookupError):
        hint = f"write the encoding into {beside.name}, for instance UTF-8 or windows-1251"
        raise Invalid(f"{path.name} holds letters that are not {encoding}", place=place, hint=hint) from None
    except (struct.error, ValueError):
        raise Invalid(f"{path.name} is broken", place=place, hint=_AGAIN) from None


def _fields(raw: bytes, encoding: str) -> Iterator[tuple[str, int]]:
    for at in range(0, len(raw) - 31, 32):
        if raw[at] == 0x0D:
            return
        yield raw[at : at + 11].partition(b"\0")[0].decode(encoding).strip(), raw[at + 16]


def _row(line: bytes, fields: Sequence[tuple[str, int]], encoding: str) -> dict[str, str]:
    out, at = {}, 1
    for name, width in fields:
        out[name] = line[at : at + width].partition(b"\0")[0].decode(encoding).strip()
        at += width
    return out
