"""Regions and their time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


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
