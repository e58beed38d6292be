"""Shapefiles: the same areas as the GeoJSON they were made from, and a clear word about each that cannot be read."""

import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from sailau.geo.add import add_outlines
from sailau.geo.geojson import read_geojson
from sailau.terms.errors import Invalid

Ring = Sequence[tuple[float, float]]
OUTER: Ring = [(0, 0), (0, 4), (4, 4), (4, 0), (0, 0)]  # clockwise
HOLE: Ring = [(1, 1), (3, 1), (3, 3), (1, 3), (1, 1)]
ISLE: Ring = [(5, 0), (5, 1), (6, 1), (5, 0)]
EAST: Ring = [(4, 0), (4, 4), (8, 4), (8, 0), (4, 0)]
AREAS: Mapping[str, Sequence[Ring]] = {"XX-1": [OUTER, HOLE, ISLE], "XX-2": [EAST]}


def shp(areas: Sequence[Sequence[Ring]], kind: int = 5) -> bytes:
    """Return the .shp as the published description of the form has it (ESRI, 1998)."""
    records = b""
    for number, rings in enumerate(areas, 1):
        points = [point for ring in rings for point in ring]
        starts = [sum(len(ring) for ring in rings[:i]) for i in range(len(rings))]
        body = struct.pack("<i4d2i", kind, 0, 0, 9, 9, len(rings), len(points))
        body += struct.pack(f"<{len(starts)}i", *starts) + b"".join(struct.pack("<2d", *point) for point in points)
        records += struct.pack(">2i", number, len(body) // 2) + body
    head = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + len(records)) // 2) + struct.pack(
        "<2i8d", 1000, kind, *[0.0] * 8
    )
    return head + records


def dbf(rows: Sequence[tuple[str, str]], encoding: str = "utf-8") -> bytes:
    """Return the .dbf with a column of codes and one of names."""
    fields = b"".join(
        struct.pack("<11sc4xBB14x", name, b"C", width, 0) for name, width in ((b"iso", 8), (b"name_kk", 30))
    )
    head = struct.pack("<4BIHH20x", 3, 126, 1, 1, len(rows), 32 + len(fields) + 1, 39) + fields + b"\r"
    lines = (b" " + code.encode().ljust(8) + name.encode(encoding).ljust(30) for code, name in rows)
    return head + b"".join(lines) + b"\x1a"


def layer(folder: Path, encoding: str = "utf-8", **beside: str) -> Path:
    path = folder / "areas.shp"
    path.write_bytes(shp(list(AREAS.values())))
    path.with_suffix(".dbf").write_bytes(
        dbf([("XX-1", "Батыс"), ("XX-2", "Шығыс" if encoding == "utf-8" else "Восток")], encoding)
    )
    for suffix, text in beside.items():
        path.with_suffix(f".{suffix}").write_text(text, encoding="utf-8")
    return path


def test_a_shapefile_gives_the_shapes_of_its_geojson(tmp_path: Path) -> None:
    polygons = {"XX-1": [[OUTER, HOLE], [ISLE]], "XX-2": [[EAST]]}
    features: list[Any] = [
        {"type": "Feature", "id": code, "properties": {"name_kk": name}, "geometry": {"type": "MultiPolygon"}}
        for code, name in zip(polygons, ("Батыс", "Шығыс"), strict=True)
    ]
    for feature in features:
        feature["geometry"]["coordinates"] = polygons[feature["id"]]
    same = tmp_path / "areas.geojson"
    same.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    assert read_geojson(layer(tmp_path, prj='GEOGCS["WGS 84"]')) == read_geojson(same)
    added = add_outlines(
        tmp_path / "areas.shp", "xx/adm1/2024", licence="ours", attribution="us", folder=tmp_path / "own"
    )
    assert set(added.areas) == {"XX-1", "XX-2"}


def test_names_are_read_in_the_encoding_that_the_layer_names(tmp_path: Path) -> None:
    shapes = read_geojson(layer(tmp_path, "windows-1251", cpg="windows-1251"))
    assert [shape.names for shape in shapes] == [{"kk": "Батыс"}, {"kk": "Восток"}]
    (tmp_path / "areas.cpg").unlink()
    with pytest.raises(Invalid, match="letters that are not utf-8") as caught:
        read_geojson(tmp_path / "areas.shp")
    assert "areas.cpg" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.with_suffix(".dbf").unlink(), "no table of columns"),
        (lambda path: path.with_suffix(".prj").write_text('PROJCS["UTM"]'), "metres"),
        (lambda path: path.write_bytes(path.read_bytes()[:-9]), "broken shapefile"),
        (lambda path: path.write_bytes(b""), "broken shapefile"),
        (lambda path: path.write_bytes(b"x" * 200), "is no shapefile"),
        (lambda path: path.write_bytes(shp([], kind=1)), "points or lines"),
        (lambda path: path.write_bytes(shp([[OUTER]])), "holds 1 shapes, and its table 2 rows"),
        (lambda path: path.with_suffix(".dbf").write_bytes(b"\3abc"), "areas.dbf is broken"),
        (lambda path: path.write_bytes(shp([[[(0, 0), (0, 900), (900, 0)]], [EAST]])), "no degrees"),
    ],
)
def test_what_cannot_be_a_map_is_refused_and_says_what_to_do(tmp_path: Path, spoil, said) -> None:  # type: ignore[no-untyped-def]
    path = layer(tmp_path)
    spoil(path)
    with pytest.raises(Invalid, match=said) as caught:
        read_geojson(path)
    assert caught.value.hint and str(path) in str(caught.value.place)
