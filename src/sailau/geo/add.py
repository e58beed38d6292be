"""Adding outlines of one's own: read, checked, simplified, stored with licence and attribution."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from sailau.files.writing import make_folder, write_whole
from sailau.geo.borders import Simplified, simplify
from sailau.geo.geojson import Shape, read_geojson
from sailau.geo.library import editions, own_folder
from sailau.geo.project import projection_for
from sailau.geo.read import OUTLINES
from sailau.geo.record import Geo, area_of
from sailau.terms.errors import Invalid

_ID = re.compile(r"[a-z]{2}(?:/[a-z0-9_]+)+/[a-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Added:
    """Outlines that were stored.

    Attributes
    ----------
    path : Path
    simplified : Simplified
    areas : dict of str to float
        Square kilometres, after simplification.
    edition : Geo, optional
        The division that has the same units; names and days come from it.
    notes : tuple of str
        What somebody should know.
    """

    path: Path
    simplified: Simplified
    areas: dict[str, float]
    edition: Geo | None
    notes: tuple[str, ...]


def add_outlines(
    file: Path,
    name: str,
    *,
    licence: str,
    attribution: str,
    unit: str | None = None,
    tolerance_km: float = 1.0,
    since: date | None = None,
    until: date | None = None,
    folder: Path | None = None,
) -> Added:
    """Store the outlines of a GeoJSON file under an id.

    Parameters
    ----------
    file : Path
    name : str
        ``kz/adm1/2024``: the country, what is divided, and a word for the edition.
    licence, attribution : str
        Kept with the outlines; the attribution is drawn on every map.
    unit : str, optional
        The property that holds the code of a unit.
    tolerance_km : float
        How far a border may move.
    since, until : date, optional
        In force; taken from the shipped division with the same units where there is one.
    folder : Path, optional

    Raises
    ------
    Invalid
        The file holds no areas, the id is none, licence or attribution is missing.
    """
    if not _ID.fullmatch(name):
        raise Invalid(
            f"{name!r} is no id of outlines", hint="write country/division/edition, for instance kz/adm1/2024"
        )
    for what, words in (("licence", licence), ("attribution", attribution)):
        if not words.strip():
            raise Invalid(f"the {what} is empty", hint=f"say under which terms others may see the map: --{what}")
    if not 0 <= tolerance_km <= 100:
        raise Invalid(f"a tolerance of {tolerance_km:g} km is outside 0 to 100")
    shapes = read_geojson(file, unit=unit)
    simplified = simplify(shapes, tolerance_km)
    family = name.rpartition("/")[0]
    known = [geo for geo in editions(family, folder=folder) if "@" in geo.id]
    edition = next((geo for geo in known if set(geo.units) == {shape.code for shape in shapes}), None)
    record = _record(shapes, simplified, edition, name, tolerance_km)
    record |= {"licence": licence.strip(), "attribution": attribution.strip()}
    record |= {"source": file.name, "sha256": sha256(file.read_bytes()).hexdigest()}
    first, last = since or (edition.since if edition else None), until or (edition.until if edition else None)
    record |= {"since": str(first) if first else None, "until": str(last) if last else None}
    path = (folder or own_folder()) / f"{name}.json"
    make_folder(path.parent)
    write_whole(path, json.dumps(record, ensure_ascii=False, separators=(",", ":")))
    notes = _notes(shapes, simplified, edition, known, family)
    return Added(path, simplified, areas_of(simplified), edition, tuple(notes))


def _record(
    shapes: Sequence[Shape], simplified: Simplified, edition: Geo | None, name: str, tolerance_km: float
) -> dict[str, object]:
    units = {}
    for shape in shapes:
        known = edition.units[shape.code] if edition else None
        units[shape.code] = {
            "names": dict(known.names if known else shape.names),
            "short": dict(known.short if known else {}),
            "also": list(known.also if known else ()),
            "kato": known.kato if known else None,
            "rings": [[[round(x, 5), round(y, 5)] for x, y in ring] for ring in simplified.rings[shape.code]],
        }
    names = dict(edition.names) if edition else {}
    whole = list(edition.whole) if edition else []
    return {
        "schema": OUTLINES,
        "geo": name,
        "names": names,
        "whole": whole,
        "tolerance_km": tolerance_km,
        "units": units,
    }


def _notes(
    shapes: Sequence[Shape], simplified: Simplified, edition: Geo | None, known: Sequence[Geo], family: str
) -> list[str]:
    notes = [
        f"{simplified.before:,} points became {simplified.after:,}; {simplified.shared} borders are shared and stay so"
    ]
    if simplified.faulty:
        notes.append(f"overlaps, or drawn twice, along a border: {', '.join(simplified.faulty)}")
    if not simplified.shared and len(shapes) > 1:
        notes.append("no two units share a border; gaps may show between them")
    if edition is not None:
        notes.append(f"the {len(shapes)} units are those of {edition.id}; names and days come from it")
    elif known:
        sizes = ", ".join(f"{geo.id} has {len(geo.units)}" for geo in known)
        notes.append(f"the {len(shapes)} units are those of no known edition of {family} ({sizes})")
    return notes


def areas_of(simplified: Simplified) -> dict[str, float]:
    """Return the area of each unit in square kilometres, on an equal-area projection of the sphere."""
    places = [point for rings in simplified.rings.values() for ring in rings for point in ring]
    project = projection_for(places)
    return {
        code: sum(area_of([project(point) for point in ring]) for ring in rings)
        for code, rings in simplified.rings.items()
    }
