"""Who compared an edition of a law, whatever it is about, with the statute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Checked:
    """Who compared the edition with which text of the statute, and on which day."""

    on: date
    by: str
    against: str
    note: str | None = None
