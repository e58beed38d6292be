"""Marks of ballots as machines record them, gathered into rankings: who was marked at which rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sailau.records.sheet import GAP, MOST, SEVERAL, Places, Sheet

Mark = tuple[int, str]
"""A rank, counted from 1, and what was marked there."""

WRITTEN = "Undeclared Write-ins"
"""The line of names that voters wrote in and that nobody declared."""

_BLANK, _SEVERAL, _WRITTEN = ("undervote", "skipped", ""), ("overvote",), ("uwi", WRITTEN.lower())


@dataclass
class Cast:
    """Ballots of one contest while they are read.

    Attributes
    ----------
    path : Path
    names : mapping of str to str
        Other spellings and codes of a name; ``overvote``, ``undervote`` and ``UWI`` are no names.
    """

    path: Path
    names: Mapping[str, str] = field(default_factory=dict)
    sheet: Sheet = field(init=False)
    numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with an empty sheet."""
        self.sheet = Sheet(self.path)

    def stand(self, names: Iterable[str]) -> None:
        """Take note of those who stand, whether anybody marks them or not."""
        for name in names:
            self._number(name)

    def add(self, marks: Iterable[Mark], line: int | None = None) -> None:
        """Add one ballot by its marks, in any order."""
        ranks: dict[int, set[int]] = {}
        for rank, name in marks:
            if not 1 <= rank <= MOST:
                raise self.sheet.fault(f"there is no rank {rank}", line)
            number = self._number(name)
            if number != GAP:
                ranks.setdefault(rank, set()).add(number)
        places = [_place(ranks.get(rank, set())) for rank in range(1, max(ranks, default=0) + 1)]
        self.sheet.add(places, 1, line or 0, len(self.numbers))

    def done(self, title: str) -> Sheet:
        """Return the sheet with the names of those who stand or were marked."""
        if not self.sheet.rows:
            raise self.sheet.fault("holds no ballot of this contest", hint="name the contest as the file spells it")
        self.sheet.title, self.sheet.names = title, list(self.numbers)
        return self.sheet

    def _number(self, name: str) -> int:
        name = " ".join(name.split())
        name = self.names.get(name, name)
        word = name.lower()
        if word in _BLANK:
            return GAP
        if word in _SEVERAL:
            return SEVERAL
        return self.numbers.setdefault(WRITTEN if word in _WRITTEN else name, len(self.numbers) + 1)


def _place(found: set[int]) -> Places:
    if not found:
        return GAP
    if SEVERAL in found:
        return SEVERAL
    return next(iter(found)) if len(found) == 1 else tuple(sorted(found))


def pick(wanted: str | None, found: Iterable[str], sheet: Sheet) -> str:
    """Return the contest that is wanted, or the only one there is.

    Raises
    ------
    InvalidResults
        Several contests and none wanted, or none of that name; the error lists them.
    """
    names = list(dict.fromkeys(found))
    if wanted is None and len(names) == 1:
        return names[0]
    if wanted in names:
        return str(wanted)
    listed = "; ".join(names[:12]) + ("; …" if len(names) > 12 else "")
    what = f"has no contest {wanted!r}" if wanted is not None else f"holds {len(names)} contests"
    raise sheet.fault(what, hint=f"name one of: {listed}" if names else None)
