"""Areas by date: which regions there were on a day, by which names they go, and out of which they were made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sailau.terms.speech import joined, say, spoken


@dataclass(frozen=True, slots=True)
class Area:
    """A unit of a country over the time it existed.

    Attributes
    ----------
    id : str
    kind : str
        region, city, …; a law may count only one kind.
    since, until : date, optional
        First and last day; open where the records say nothing.
    of : str, optional
        The unit out of which it was made.
    names : tuple of str
        The first is shown; all of them are understood.
    """

    id: str
    kind: str
    since: date | None = None
    until: date | None = None
    of: str | None = None
    names: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name that is shown: the first, in Russian the first in Cyrillic letters, in Kazakh the last."""
        cyrillic = [name for name in self.names if any("\u0400" <= letter <= "\u052f" for letter in name)]
        if cyrillic and spoken() in ("kk", "ru"):
            return cyrillic[0 if spoken() == "ru" else -1]
        return self.names[0] if self.names else self.id

    def existed_on(self, day: date) -> bool:
        """Say whether the unit existed on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Areas:
    """The units of a country over time.

    Attributes
    ----------
    country, name : str
    units : mapping of str to Area
    notes : tuple of str
        What of the dates was not checked.
    """

    country: str
    name: str
    units: Mapping[str, Area]
    notes: tuple[str, ...] = ()

    def on(self, day: date, kind: str | None = None) -> tuple[Area, ...]:
        """Return the units of a day, all of them or those of one kind."""
        return tuple(a for a in self.units.values() if a.existed_on(day) and (kind is None or a.kind == kind))

    def why_not(self, area: Area, day: date) -> str:
        """Say why a unit did not exist on a day, and what to write instead.

        Examples
        --------
        >>> old = Area("old", "region", until=date(2018, 6, 18), names=("Old",))
        >>> new = Area("new", "region", since=date(2018, 6, 19), of="old", names=("New",))
        >>> Areas("xx", "regions", {"old": old, "new": new}).why_not(old, date(2020, 1, 1))
        'Old existed until 2018-06-18; since then there is New'
        """
        if area.until is not None and day > area.until:
            heirs = [unit.name for unit in self.units.values() if unit.of == area.id]
            gone = say("{area} existed until {day}", area=area.name, day=area.until)
            return joined(
                [gone, say("; since then there is {areas}", areas=say(" and ").join(heirs))] if heirs else [gone], ""
            )
        parent = self.units.get(area.of or "")
        there = say("{area} exists since {day}", area=area.name, day=area.since)
        part = say("; before that day it was part of {area}", area=parent.name) if parent else ""
        return joined([there, part], "")


def names_of(areas: Iterable[Area]) -> str:
    """Return the names of units in a row."""
    return ", ".join(area.name for area in areas)
