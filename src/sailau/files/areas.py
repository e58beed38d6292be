"""The one record of a country's regions: since when and until when, out of which, by which codes and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pydantic import Field

from sailau.files.document import Document, read_document
from sailau.files.forms import Form, Names, check
from sailau.files.places import shipped
from sailau.terms.errors import InvalidRecord, NotFound

ROOM = "registers"


class SpellForm(Form):
    """A time in which a unit was called otherwise."""

    since: date = Field(alias="from")
    until: date
    names: dict[str, str]
    short: dict[str, str] = {}


class AreaForm(Form):
    """A unit of a country."""

    kind: str = "region"
    iso: str | None = None
    kato: str | None = None
    since: date | None = Field(default=None, alias="from")
    until: date | None = None
    of: str | None = None
    names: dict[str, str] | Names
    short: dict[str, str] = {}
    also: Names = ()
    called: list[SpellForm] = []


class AreasForm(Form):
    """The units of a country over time."""

    areas: str
    name: str
    units: dict[str, AreaForm]
    sources: Names = ()
    notes: Names = ()


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which a unit was called otherwise, both days included."""

    since: date
    until: date
    names: Mapping[str, str]
    short: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """A unit of a country, as the record has it.

    Attributes
    ----------
    id, kind : str
    iso, kato : str, optional
        The codes of ISO 3166-2 and of the national classifier.
    since, until : date, optional
        First and last day; open where the record says nothing.
    of : str, optional
        The unit out of which it was made.
    names, short : mapping of language to str
        As it is called, or was at its end.
    also : tuple of str
        Other spellings.
    called : tuple of Spell
        What it was called in between.
    """

    id: str
    kind: str
    iso: str | None = None
    kato: str | None = None
    since: date | None = None
    until: date | None = None
    of: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    called: tuple[Spell, ...] = ()

    def existed_on(self, day: date) -> bool:
        """Say whether the unit existed on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def called_on(self, day: date | None) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Return its names and short names on a day, or now."""
        spell = next((one for one in self.called if day is not None and one.since <= day <= one.until), None)
        return (spell.names, spell.short) if spell else (self.names, self.short)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every name and code, the name that is shown first, each once."""
        spells = [text for one in self.called for text in (*one.names.values(), *one.short.values())]
        codes = [code for code in (self.iso, self.kato) if code]
        return tuple(dict.fromkeys([*self.names.values(), *self.short.values(), *self.also, *spells, *codes]))


@dataclass(frozen=True, slots=True)
class AreasRecord:
    """The units of a country over time.

    Attributes
    ----------
    country, name : str
    units : mapping of str to AreaRecord
    notes : tuple of str
        What of the dates was not checked.
    """

    country: str
    name: str
    units: Mapping[str, AreaRecord]
    notes: tuple[str, ...] = ()


def read_areas(path: Path) -> AreasRecord:
    """Read the record of a country's regions.

    Raises
    ------
    InvalidRecord
        With file, line and column: an unknown key, a unit made out of none, a name that two units of one day bear.
    """
    document = read_document(path, InvalidRecord)
    form = check(AreasForm, document, InvalidRecord)
    units = {name: _unit(name, part) for name, part in form.units.items()}
    for name, unit in units.items():
        if unit.of is not None and unit.of not in units:
            place = document.place(("units", name, "of"))
            raise InvalidRecord(f"{name} was made out of {unit.of!r}, which is no unit here", place=place)
    _check_spellings(units, document)
    return AreasRecord(form.areas, form.name, units, form.notes)


def load_areas_record(country: str) -> AreasRecord:
    """Return the record of a country that ships.

    Raises
    ------
    NotFound
        There is none of that country.
    """
    path = shipped(ROOM) / country / "areas.yaml"
    if not path.is_file():
        known = sorted(found.parent.name for found in shipped(ROOM).glob("*/areas.yaml"))
        raise NotFound("record of regions", country, known)
    return read_areas(path)


def _unit(name: str, part: AreaForm) -> AreaRecord:
    given = part.names
    names = given if isinstance(given, dict) else {}
    also = part.also if isinstance(given, dict) else (*given, *part.also)
    called = tuple(Spell(one.since, one.until, one.names, one.short) for one in part.called)
    return AreaRecord(
        name, part.kind, part.iso, part.kato, part.since, part.until, part.of, names, part.short, also, called
    )


def _check_spellings(units: Mapping[str, AreaRecord], document: Document) -> None:
    bearers: dict[str, list[AreaRecord]] = {}
    for unit in units.values():
        for text in {text.casefold() for text in unit.spellings}:
            for other in bearers.get(text, []):
                if _overlap(unit, other):
                    place = document.place(("units", unit.id))
                    raise InvalidRecord(f"{text!r} is a name of {other.id} and of {unit.id}", place=place)
            bearers.setdefault(text, []).append(unit)


def _overlap(a: AreaRecord, b: AreaRecord) -> bool:
    return (a.since or date.min) <= (b.until or date.max) and (b.since or date.min) <= (a.until or date.max)
