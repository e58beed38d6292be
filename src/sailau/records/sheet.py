"""A sheet of ranked ballots while it is read: candidates by number, rankings added up, faults with their line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sailau.files.csvs import whole
from sailau.seats.rankings import MARKS, OVERVOTE, SKIPPED, TOGETHER
from sailau.terms.errors import InvalidResults, Place
from sailau.terms.tally import LINES, NATION

MOST = 5_000
"""Candidates, seats and places of a ranking that are believed."""

GAP, SEVERAL = 0, -1
"""A place of a ranking that is blank, and one with several candidates whom the file does not name."""

Places = int | tuple[int, ...]
"""What stands at a place: a candidate's number, one of the marks above, or the numbers of several candidates."""

_RESERVED = frozenset({*LINES, *MARKS, NATION})


@dataclass
class Sheet:
    """Rankings by numbers of candidates, counted from 1."""

    path: Path
    title: str = ""
    seats: int | None = None
    names: list[str] = field(default_factory=list)
    parties: dict[int, str] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)
    rows: dict[tuple[Places, ...], int] = field(default_factory=dict)

    def fault(self, what: str, line: int | None = None, hint: str | None = None) -> InvalidResults:
        """Return the error for a line."""
        return InvalidResults(what, place=Place(str(self.path), line), hint=hint)

    def count(self, text: str, what: str, line: int) -> int:
        """Return a count, written in digits only."""
        if len(text) > 18:
            raise self.fault(f"{what} is {text[:30]!r}…, which is no count", line)
        return whole(text.strip(), what, self.path, line, InvalidResults)

    def small(self, text: str, what: str, line: int) -> int:
        """Return a number of candidates or seats."""
        n = self.count(text, what, line)
        if n > MOST:
            raise self.fault(f"{what} is {n:,}; more than {MOST:,} are not believed", line)
        return n

    def add(self, places: Sequence[Places], n: int, line: int, candidates: int) -> None:
        """Add ballots of one ranking."""
        if len(places) > MOST:
            raise self.fault(f"a ranking of {len(places):,} places is not believed", line)
        for place in places:
            for number in place if isinstance(place, tuple) else (place,):
                if not SEVERAL <= number <= candidates:
                    raise self.fault(f"there is no candidate {number}; the file has {candidates}", line)
        key = tuple(places)
        self.rows[key] = self.rows.get(key, 0) + n

    def slugs(self) -> dict[int, str]:
        """Return slugs of those who stand, by number; equal ones are told apart by the number."""
        out: dict[int, str] = {}
        seen: set[str] = set(_RESERVED)
        for number, name in enumerate(self.names, 1):
            slug = slug_of(name) or f"candidate_{number}"
            slug = f"{slug}_{number}" if slug in seen else slug
            while slug in seen:
                slug += "_"
            seen.add(slug)
            if number not in self.withdrawn:
                out[number] = slug
        return out

    def rankings(self) -> dict[tuple[str, ...], int]:
        """Return the rankings by slug; a withdrawn candidate is passed over."""
        names = {**self.slugs(), GAP: SKIPPED, SEVERAL: OVERVOTE}
        out: dict[tuple[str, ...], int] = {}
        for row, n in self.rows.items():
            key = tuple(name for place in row if (name := self._named(place, names)))
            out[key] = out.get(key, 0) + n
        return out

    def _named(self, place: Places, names: Mapping[int, str]) -> str:
        numbers = place if isinstance(place, tuple) else (place,)
        return TOGETHER.join(sorted({names[number] for number in numbers if number not in self.withdrawn}))


def slug_of(name: str) -> str:
    """Return a name in lowercase ascii letters, digits and underscores."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
