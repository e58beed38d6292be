"""A division of a country into units, as it stood between two days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sailau.files.area_names import find_unit, plain
from sailau.locale import name_in
from sailau.terms.errors import Invalid

V = TypeVar("V")
Ring = tuple[tuple[float, float], ...]
"""Longitude and latitude in degrees; the first point is not repeated at the end."""


def area_of(points: Sequence[tuple[float, float]]) -> float:
    """Return the area inside a ring in the square of its unit, positive when it runs anticlockwise."""
    following = [*points[1:], *points[:1]]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, following, strict=True)) / 2


@dataclass(frozen=True, slots=True)
class Unit:
    """One area.

    Attributes
    ----------
    code : str
        ISO 3166-2 where there is one.
    names, short : mapping of language to str
    also : tuple of str
        Other spellings and codes under which a table may name it.
    kato : str, optional
        The code of the national classifier.
    tile : (column, row), optional
    rings : tuple of Ring
        The outline; holes run the other way round.
    """

    code: str
    names: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    kato: str | None = None
    tile: tuple[int, int] | None = None
    rings: tuple[Ring, ...] = ()

    def name(self, lang: str = "en", *, short: bool = False) -> str:
        """Return the name in a language, the short one where that is asked for and known."""
        return name_in({**self.names, **self.short} if short else self.names, lang, self.code)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything that a table may write for it."""
        codes = (self.code, self.code.rpartition("-")[2], *((self.kato, self.kato[:2]) if self.kato else ()))
        return (*codes, *self.names.values(), *self.short.values(), *self.also)


@dataclass(frozen=True, slots=True)
class Geo:
    """A division into units.

    Attributes
    ----------
    id : str
        ``kz/adm1@2022-06-08``; outlines of a user ``kz/adm1/2024``.
    names : mapping of language to str
    since, until : date, optional
        In force from and until, both included.
    licence, attribution : str
        The attribution is drawn on every map.
    units : mapping of code to Unit
    path : str
    whole : tuple of str
        How a table calls the sum of all units; such rows are no unit.
    """

    id: str
    names: Mapping[str, str]
    since: date | None
    until: date | None
    licence: str
    units: Mapping[str, Unit]
    attribution: str = ""
    path: str = ""
    whole: tuple[str, ...] = ()

    @property
    def has_outlines(self) -> bool:
        """Say whether it can be drawn by outlines."""
        return all(unit.rings for unit in self.units.values())

    @property
    def has_tiles(self) -> bool:
        """Say whether it can be drawn as tiles."""
        return all(unit.tile for unit in self.units.values())

    def holds_on(self, day: date) -> bool:
        """Say whether the division was in force on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def span(self) -> str:
        """Return the days in force, in words."""
        return f"{self.since or 'ever'} to {self.until or 'now'}"

    def is_whole(self, name: str) -> bool:
        """Say whether a table's row adds up all units."""
        return plain(name) in {plain(word) for word in self.whole}

    def find(self, name: str) -> str | None:
        """Return the code of the unit that a table calls so; None for nobody and for several."""
        return find_unit(name, {code: unit.spellings for code, unit in self.units.items()})


def place_values(geo: Geo, values: Mapping[str, V], *, others: Sequence[Geo] = ()) -> dict[str, V]:
    """Return values by code of the unit.

    Parameters
    ----------
    geo : Geo
    values : mapping of name, code or spelling to value
    others : sequence of Geo
        Other editions, named in the hint where one of them fits.

    Raises
    ------
    Invalid
        A unit that this division does not have, or one that is named twice: the units are of another year.
    """
    found: dict[str, V] = {}
    spelled: dict[str, str] = {}
    unknown = []
    for name, value in values.items():
        code = geo.find(name)
        if code is None:
            unknown.append(name)
        elif code in found:
            raise Invalid(f"{spelled[code]!r} and {name!r} are one unit of {geo.id}: {code}", hint="keep one of them")
        else:
            found[code], spelled[code] = value, name
    if unknown:
        listed = ", ".join(repr(name) for name in unknown[:5]) + (" and others" if len(unknown) > 5 else "")
        raise Invalid(f"{geo.id} ({len(geo.units)} units) has no unit {listed}", hint=_hint(geo, values, others))
    return found


def _hint(geo: Geo, names: Iterable[str], others: Sequence[Geo]) -> str:
    fits = [other for other in others if other.id != geo.id and all(other.find(name) for name in names)]
    if fits:
        return f"they fit {fits[0].id} ({len(fits[0].units)} units, {fits[0].span()}): give that one"
    return f"sailau geo show {geo.id} lists its units with their codes and names"


def check_day(geo: Geo, day: date, *, others: Sequence[Geo] = ()) -> None:
    """Refuse a division that was not in force on a day.

    Raises
    ------
    Invalid
        With the edition that was.
    """
    if geo.holds_on(day):
        return
    right = next((other for other in others if other.holds_on(day)), None)
    hint = f"on that day there were the {len(right.units)} units of {right.id}" if right else None
    raise Invalid(f"{geo.id} holds from {geo.span()}, not on {day}", hint=hint)
