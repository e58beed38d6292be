"""Regions and their time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sailau.files.areas import load_areas_record
from sailau.records.populations_form import AreasOfForm, PopulationForm

LANGUAGES = ("en", "kk", "ru")


@dataclass(frozen=True, slots=True)
class Region:
    """A region and its time: since when, until when, and back to when its figures were carried."""

    id: str
    iso: str | None = None
    since: date | None = None
    until: date | None = None
    back_to: date | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def has_figures_for(self, year: int) -> bool:
        """Say whether people can be counted in it on 1 January of a year."""
        start, day = self.back_to or self.since, date(year, 1, 1)
        return (start is None or start <= day) and (self.until is None or day <= self.until)

    @property
    def lifetime(self) -> str:
        """The words for its time."""
        parts = [f"since {self.since}" if self.since else "", f"until {self.until}" if self.until else ""]
        back = f", with figures back to {self.back_to}" if self.back_to else ""
        return (" ".join(part for part in parts if part) or "always") + back


def regions_of(form: PopulationForm) -> tuple[Region, ...]:
    """Return the regions of a population: its own, or those of the record of a country's regions."""
    if form.areas is not None:
        return tuple(_from_record(form.areas))
    if not isinstance(form.regions, dict):
        return tuple(Region(name) for name in form.regions)
    return tuple(
        Region(
            name,
            part.iso,
            part.since,
            part.until,
            part.back_to,
            {language: text for language in LANGUAGES if (text := getattr(part, language))},
        )
        for name, part in form.regions.items()
    )


def _from_record(form: AreasOfForm) -> Iterator[Region]:
    """Yield the units since a day, by code: one that lost a part to another is two, before that day and since."""
    units = load_areas_record(form.of).units
    back = {one.split: one.to for one in form.carried_back}
    later = [unit for unit in units.values() if unit.until is None or unit.until >= form.since]
    for unit in sorted(later, key=lambda one: (one.iso or one.id, one.since or date.min)):
        losses = {u.since for u in units.values() if u.of == unit.id and u.since and unit.existed_on(u.since)}
        since = unit.since if unit.since and unit.since > form.since else None
        for loss in sorted(loss for loss in losses if loss > form.since):
            until = loss - timedelta(days=1)
            names = {language: f"{name} (–{until.year})" for language, name in unit.names.items()}
            yield Region(f"{unit.id}_to_{until.year}", unit.iso, since, until, back.get(since or date.min), names)
            since = loss
        yield Region(unit.id, unit.iso, since, unit.until, back.get(since or date.min), unit.names)
