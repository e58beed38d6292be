"""Outlines of a user: borders that are shared stay shared, areas survive, and what is no map is refused."""

import json
from collections import Counter
from collections.abc import Iterator
from math import cos, hypot, radians, sin
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sailau.geo.add import Added, add_outlines, areas_of
from sailau.geo.borders import Simplified, simplify
from sailau.geo.geojson import Shape, read_geojson
from sailau.geo.library import load_geo
from sailau.geo.project import RADIUS, albers, equal_earth
from sailau.geo.record import area_of
from sailau.plots.maps import outline_map, tile_map
from sailau.plots.save import rendered
from sailau.plots.style import Style
from sailau.terms.errors import Invalid, InvalidRecord, NotFound

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "geo"
NEEDS = pytest.mark.skipif(not DATA.is_dir(), reason=f"the outlines for tests are not there: {DATA}")
WORDS = {"licence": "CC BY 4.0", "attribution": "Boundaries: geokz by A. Rodionov, CC BY 4.0, after OCHA"}
# km2 on the ellipsoid, from the README beside the data
OFFICIAL = {"KZ-15": 300_595, "KZ-47": 166_211, "KZ-55": 124_754, "KZ-59": 98_485, "KZ-62": 188_634, "KZ-71": 808}


def edges(rings: Simplified) -> Counter[tuple[tuple[float, float], tuple[float, float]]]:
    out: Counter[tuple[tuple[float, float], tuple[float, float]]] = Counter()
    for found in rings.rings.values():
        for ring in found:
            out.update(zip(ring, (*ring[1:], ring[0]), strict=True))
    return out


def unmatched(rings: Simplified) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return edges without a neighbour that runs the other way: the outer border, and every torn inner one."""
    found = edges(rings)
    return [edge for edge in found if edge[::-1] not in found]


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Added]]:
    folder = tmp_path_factory.mktemp("geo")
    yield {
        year: add_outlines(DATA / f"kz_adm1_{year}.geojson", f"kz/adm1/{year}", folder=folder, **WORDS)
        for year in (2018, 2024)
    }


@NEEDS
@pytest.mark.parametrize(("year", "units"), [(2018, 17), (2024, 20)])
def test_a_country_is_five_times_smaller_and_has_its_areas(added: dict[int, Added], year: int, units: int) -> None:
    done = added[year]
    assert len(done.areas) == units and done.simplified.after * 5 < done.simplified.before
    assert done.edition is not None and len(done.edition.units) == units
    for code, area in OFFICIAL.items():
        if year == 2024 or code not in ("KZ-62", "KZ-71"):
            assert done.areas[code] == pytest.approx(area, rel=0.02), code


@NEEDS
@pytest.mark.parametrize("year", [2018, 2024])
def test_no_inner_border_is_torn(added: dict[int, Added], year: int) -> None:
    """What has no neighbour must be the outer border: as long before simplifying as after, and no shorter pieces."""
    shapes = read_geojson(DATA / f"kz_adm1_{year}.geojson")
    outer = unmatched(simplify(shapes, 0))
    torn = {end for edge in unmatched(added[year].simplified) for end in edge} - {end for edge in outer for end in edge}
    assert not torn


@NEEDS
def test_the_same_land_twice_a_border_is_found(tmp_path: Path) -> None:
    found = json.loads((DATA / "kz_adm1_2024.geojson").read_text(encoding="utf-8"))
    found["features"].append({**found["features"][0], "id": "XX-1"})
    path = tmp_path / "twice.geojson"
    path.write_text(json.dumps(found), encoding="utf-8")
    done = add_outlines(path, "kz/adm1/twice", folder=tmp_path, **WORDS)
    assert "XX-1" in done.simplified.faulty and "KZ-10" in done.simplified.faulty
    assert any("overlaps" in note for note in done.notes)


@NEEDS
def test_a_map_shows_its_attribution_and_every_unit(added: dict[int, Added]) -> None:
    geo = load_geo("kz/adm1/2024", folder=added[2024].path.parents[2])
    values = {code: float(i) for i, code in enumerate(geo.units)}
    picture = outline_map(geo, values, Style("Халық саны", lang="kk", source="S"))
    root = ElementTree.fromstring(picture)
    assert WORDS["attribution"] in " ".join(root.itertext())
    said = [node.text for node in root.iter("{http://www.w3.org/2000/svg}title")]
    assert "Алматы облысы: 3" in said and len(said) >= 21
    assert len(picture) < 100_000
    assert rendered(picture, ".pdf") and rendered(picture, ".png")
    with pytest.raises(Invalid, match="no tiles"):
        tile_map(geo, values, Style("T"))
    with pytest.raises(Invalid, match="no outlines"):
        outline_map(load_geo("kz/adm1@2022-06-08"), values, Style("T"))


@NEEDS
def test_a_file_that_somebody_spoiled_is_refused(added: dict[int, Added], tmp_path: Path) -> None:
    text = added[2018].path.read_text(encoding="utf-8")
    for spoiled in (text[:-20], text.replace('"rings"', '"wrings"'), "{}", "[" * 100_000):
        path = tmp_path / "kz/adm1/2018.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(spoiled, encoding="utf-8")
        with pytest.raises(InvalidRecord, match="no file of outlines"):
            load_geo("kz/adm1/2018", folder=tmp_path)


@st.composite
def patchworks(draw: st.DrawFn) -> list[Shape]:
    """Two neighbours with one wild border between them, and a third inside one of them."""
    heights = draw(st.lists(st.integers(-30, 30), min_size=3, max_size=25))
    step = 10 / (len(heights) + 1)
    border = [(20.0, 40.0), *((20 + 0.05 * h, 40 + step * (i + 1)) for i, h in enumerate(heights)), (20.0, 50.0)]
    west = ((10.0, 40.0), *border, (10.0, 50.0))
    hole = ((12.0, 44.0), (12.0, 46.0), (14.0, 46.0), (14.0, 44.0))
    east = (*reversed(border), (30.0, 40.0), (30.0, 50.0))
    return [Shape("W", {}, (west, hole)), Shape("E", {}, (east,)), Shape("C", {}, (hole[::-1],))]


@settings(max_examples=60, deadline=None)
@given(patchworks(), st.sampled_from([0.0, 5.0, 50.0, 300.0]))
def test_neighbours_never_part(shapes: list[Shape], tolerance: float) -> None:
    done = simplify(shapes, tolerance)
    outer = {end for edge in unmatched(done) for end in edge}
    assert all(x in (10, 30) or y in (40, 50) for x, y in outer)
    whole = sum(area_of(ring) for rings in done.rings.values() for ring in rings)
    assert whole == pytest.approx(200, rel=1e-9)
    assert all(done.rings.values())


@settings(max_examples=60, deadline=None)
@given(patchworks(), st.sampled_from([1.0, 20.0]))
def test_no_border_moves_further_than_the_tolerance(shapes: list[Shape], tolerance: float) -> None:
    done = simplify(shapes, tolerance)
    wide = 111.2 * cos(radians(45))
    lines = [(a, b) for ring in done.rings["E"] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)]
    for x, y in shapes[1].rings[0]:
        away = []
        for (x1, y1), (x2, y2) in lines:
            dx, dy, px, py = (x2 - x1) * wide, (y2 - y1) * 111.2, (x - x1) * wide, (y - y1) * 111.2
            t = min(1, max(0, (px * dx + py * dy) / (dx * dx + dy * dy)))
            away.append(hypot(px - t * dx, py - t * dy))
        assert min(away) <= tolerance + 0.01


def test_projections_keep_areas() -> None:
    """A cell of one degree has the same area anywhere on the page as on the sphere."""
    for project in (albers(43, 53, 67, 48), equal_earth):
        for south, west in ((41, 50), (48, 67), (54, 85), (0, 10)):
            steps = [i / 200 for i in range(200)]
            ring = [(west + t, south) for t in steps] + [(west + 1, south + t) for t in steps]
            ring += [(west + 1 - t, south + 1) for t in steps] + [(west, south + 1 - t) for t in steps]
            true = RADIUS**2 * (sin(radians(south + 1)) - sin(radians(south))) * radians(1)
            assert area_of([project(point) for point in ring]) == pytest.approx(true, rel=1e-4)
    assert areas_of(Simplified({"x": (((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)),)}, 4, 4, 0, ()))["x"] > 12_000


BOX = {"type": "Polygon", "coordinates": [[[60, 40], [70, 40], [70, 50], [60, 50], [60, 40]]]}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("not json", "no JSON"),
        ("[" * 200_000, "no JSON"),
        ("{}", "holds no features"),
        ('{"type": "Topology", "objects": {}}', "holds 0 objects of areas"),
        (json.dumps({"type": "Topology", "arcs": [[[0, 0]]],
                     "objects": {"a": {"geometries": [{"type": "Polygon", "arcs": [[7]]}]}}}), "broken TopoJSON"),
        (json.dumps({"features": [{"geometry": BOX, "properties": {}}]}), "code of its own"),
        (json.dumps({"features": [{"id": "a", "geometry": None}]}), "no geometry"),
        (json.dumps({"features": [{"id": "a", "geometry": {"type": "Point", "coordinates": [1, 2]}}]}), "not an area"),
        (json.dumps({"features": [{"id": "a", "geometry": {**BOX, "coordinates": [[["x", 1]]]}}]}), "no numbers"),
        (json.dumps({"features": [{"id": "a", "geometry": {**BOX, "coordinates": None}}]}), "no numbers"),
        (json.dumps({"features": [{"id": "a", "geometry": {**BOX, "coordinates": [[[1, 1], [2, 2], [1, 1]]]}}]}),
         "no area"),
        (json.dumps({"features": [{"id": "a", "geometry": BOX}, {"id": "a", "geometry": BOX}]}), "stands twice"),
        (json.dumps({"features": [{"id": "a", "geometry": {**BOX, "coordinates": [[[500000, 1], [2, 2], [3, 1]]]}}]}),
         "no degrees"),
    ],
)  # fmt: skip
def test_what_is_no_map_is_refused_and_nothing_is_stored(tmp_path: Path, content: str, fault: str) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Invalid, match=fault):
        add_outlines(path, "kz/adm1/x", folder=tmp_path / "own", **WORDS)
    assert not (tmp_path / "own").exists()


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        add_outlines(tmp_path / "x.geojson", "kz/adm1/x", folder=tmp_path / "own", **WORDS)
    assert not (tmp_path / "own").exists()


def test_a_topology_is_the_same_map(tmp_path: Path) -> None:
    """Two squares with one border between them, quantized: arc 0 is the border, used forwards and backwards."""
    arcs = [[[10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10], [10, 0]], [[10, 0], [10, 0], [0, 10], [-10, 0]]]
    geometries = [
        {"type": "Polygon", "id": "W", "arcs": [[0, 1]]},
        {"type": "MultiPolygon", "id": "E", "arcs": [[[2, -1]]], "properties": {"name_kk": "Шығыс"}},
    ]
    topology = {"type": "Topology", "transform": {"scale": [0.5, 0.5], "translate": [60, 40]}, "arcs": arcs,
                "objects": {"land": {"type": "GeometryCollection", "geometries": geometries}}}  # fmt: skip
    path = tmp_path / "land.topojson"
    path.write_text(json.dumps(topology), encoding="utf-8")
    shapes = {shape.code: shape for shape in read_geojson(path)}
    assert sorted(shapes["W"].rings[0]) == [(60.0, 40.0), (60.0, 45.0), (65.0, 40.0), (65.0, 45.0)]
    assert sorted(shapes["E"].rings[0]) == [(65.0, 40.0), (65.0, 45.0), (70.0, 40.0), (70.0, 45.0)]
    assert shapes["E"].names == {"kk": "Шығыс"}
    done = add_outlines(path, "xx/land/1", folder=tmp_path, **WORDS)
    assert done.simplified.shared == 1 and not done.simplified.faulty


@pytest.mark.parametrize("name", ["kz", "kz/adm1", "../../etc/x", "kz/adm1/..", "KZ/adm1/x", "kz/adm1/a b"])
def test_an_id_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Invalid, match="no id"):
        add_outlines(tmp_path / "x", name, folder=tmp_path, **WORDS)


def test_a_map_without_a_licence_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="licence is empty"):
        add_outlines(tmp_path / "x", "kz/adm1/x", licence=" ", attribution="a", folder=tmp_path)


@NEEDS
@pytest.mark.parametrize("lang", ["en", "kk", "ru"])
def test_words_lie_inside_their_unit(added: dict[int, Added], lang: str) -> None:
    """Each label's two ends are inside the outer ring of the unit that it names."""
    from sailau.plots.lettering import width_of
    from sailau.plots.maps import _labels, _laid_out, _spans
    from sailau.plots.scale import scale_of

    geo = load_geo("kz/adm1/2024", folder=added[2024].path.parents[2])
    rings, _ = _laid_out(geo, 40)
    scale = scale_of(dict.fromkeys(geo.units, 1_234_567), Style("T", lang=lang))
    named = {unit.name(lang, short=True): code for code, unit in geo.units.items()}
    words = [ElementTree.fromstring(part) for part in _labels(geo, rings, scale, lang)]
    assert len(words) > 30
    for word in words:
        x, y, said = float(word.get("x", 0)), float(word.get("y", 0)), word.text or ""
        half = width_of(said, 11, bold=bool(word.get("font-weight"))) / 2
        homes = [named[said]] if said in named else list(rings)
        assert any(
            left - 0.01 <= x - half and x + half <= right + 0.01
            for code in homes for left, right in _spans(rings[code], y)
        ), said  # fmt: skip
