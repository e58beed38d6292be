"""Reading divisions: YAML records of names and tiles, and the JSON files in which outlines of users are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from sailau.files.areas import load_areas_record
from sailau.files.dated import InForceForm
from sailau.files.document import LIMIT, Document, parse_document
from sailau.files.forms import Form, Names, check
from sailau.geo.record import Geo, Ring, Unit
from sailau.terms.errors import InvalidRecord, Place

OUTLINES = "sailau/outlines/1"
OUTLINES_LIMIT = 30_000_000


def _pair(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class SourceForm(Form):
    """Where figures come from."""

    title: str
    read_on: date
    url: str | None = None
    publisher: str | None = None
    licence: str | None = None


class UnitForm(Form):
    """One unit."""

    names: dict[str, str] = {}
    short: dict[str, str] = {}
    also: Names = ()
    kato: str | None = None
    tile: Annotated[tuple[int, int] | None, BeforeValidator(_pair)] = None


class GeoForm(Form):
    """A division of a country."""

    geo: str
    names: dict[str, str]
    whole: Names = ()
    areas: str | None = None
    in_force: InForceForm
    licence: str
    sources: dict[str, SourceForm]
    notes: Names = ()
    units: dict[str, UnitForm]


def read_geo(path: Path) -> Geo:
    """Read a division with its names and tiles.

    Raises
    ------
    InvalidRecord
        With file, line and column: an unknown key, no unit, two units on one tile or of one code, other units than the
        record of the country's regions has on the first day.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InvalidRecord("cannot be read as UTF-8 text", place=Place(str(path))) from None
    document = parse_document(text[:LIMIT], str(path), InvalidRecord)
    form = check(GeoForm, document, InvalidRecord)
    units = _units(form, document)
    _check_tiles(units, document)
    name = f"{form.geo}@{form.in_force.since}"
    since, until = form.in_force.since, form.in_force.until
    return Geo(name, form.names, since, until, form.licence, units, path=str(path), whole=form.whole)


def _units(form: GeoForm, document: Document) -> dict[str, Unit]:
    """Return the units; names and codes that it leaves to the record of regions come from there."""
    given = {
        code: Unit(code, part.names, part.short, part.also, part.kato, part.tile) for code, part in form.units.items()
    }
    if form.areas is None:
        return given
    last = form.in_force.until  # a unit is called as it was at the end
    alive = [area for area in load_areas_record(form.areas).units.values() if area.existed_on(form.in_force.since)]
    known = {area.iso: area for area in alive if area.iso}
    for code in given:
        if code not in known:
            place = document.keys.get(("units", code)) or document.place(("units", code))
            raise InvalidRecord(f"the record of regions {form.areas!r} has no {code} on that day", place=place)
    if missing := [code for code in known if code not in given]:
        place = document.place(("units",))
        raise InvalidRecord(f"{', '.join(missing)} of the record of regions {form.areas!r} are missing", place=place)
    return {
        code: Unit(code, *known[code].called_on(last), known[code].spellings, known[code].kato, unit.tile)
        for code, unit in given.items()
    }


def _check_tiles(units: Mapping[str, Unit], document: Document) -> None:
    seen: dict[tuple[int, int], str] = {}
    for code, unit in units.items():
        if unit.tile is None:
            continue
        if unit.tile in seen:
            place = document.place(("units", code, "tile"))
            raise InvalidRecord(f"{code} and {seen[unit.tile]} stand on one tile, {unit.tile}", place=place)
        seen[unit.tile] = code


class OutlineForm(Form):
    """One unit with its outline."""

    names: dict[str, str] = {}
    short: dict[str, str] = {}
    also: Names = ()
    kato: str | None = None
    rings: list[list[tuple[float, float]]]


class OutlinesForm(Form):
    """A file of outlines."""

    schema_: str = Field(alias="schema")
    geo: str
    names: dict[str, str] = {}
    whole: list[str] = []
    since: str | None = None
    until: str | None = None
    licence: str
    attribution: str
    source: str
    sha256: str
    tolerance_km: float
    units: dict[str, OutlineForm]


def read_outlines(path: Path) -> Geo:
    """Read outlines that `sailau geo add` has stored.

    Raises
    ------
    InvalidRecord
        It is no such file, or somebody changed it so that it no longer is one.
    """
    place = Place(str(path))
    hint = "add the outlines again: sailau geo add FILE --id …"
    try:
        raw = path.read_bytes()
        values = json.loads(raw) if len(raw) <= OUTLINES_LIMIT else None
        form = OutlinesForm.model_validate(values, strict=False)
        if form.schema_ != OUTLINES:
            raise ValueError
        since, until = (date.fromisoformat(day) if day else None for day in (form.since, form.until))
    except (OSError, ValueError, RecursionError, ValidationError):
        raise InvalidRecord("is no file of outlines", place=place, hint=hint) from None
    units = {
        code: Unit(code, part.names, part.short, part.also, part.kato, None, tuple(_ring(r) for r in part.rings))
        for code, part in form.units.items()
    }
    return Geo(form.geo, form.names, since, until, form.licence, units, form.attribution, str(path), tuple(form.whole))


def _ring(points: list[tuple[float, float]]) -> Ring:
    return tuple((float(x), float(y)) for x, y in points)
