"""What a list of members becomes while it is read: people, and problems at their cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sailau.files.problems import CellPlace, Problem
from sailau.files.tables import Row, Table, Value
from sailau.parties.areas import Areas
from sailau.records.results.names import clean


class Person(NamedTuple):
    """A member who counts: the row, the name and what tells people apart, the unit, the date of birth."""

    row: int
    name: str
    key: str
    area: str
    born: date | None


@dataclass
class Reading:
    """What a list becomes while it is read, row by row."""

    table: Table
    day: date
    least_age: int | None
    areas: Areas | None
    columns: dict[str, int]
    problems: list[Problem] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    rows: int = 0
    minors: int = 0
    foreigners: int = 0
    named: dict[Value, tuple[str | None, str, str]] = field(default_factory=dict)
    nowhere: dict[Value, list[int]] = field(default_factory=dict)
    scripts: set[str] = field(default_factory=set)

    def tell(self, code: str, line: int, column: str | None, what: str, hint: str = "", *, lost: bool = False) -> None:
        """Add a problem of a row, in a column where it has one; `lost` where the row is left out."""
        at = self.columns.get(column or "")
        place = CellPlace(self.table.path, line, None if at is None else at + 1, self.table.sheet)
        self.problems.append(Problem(code, place, what, hint, (line,) if lost else ()))

    def cell(self, row: Row, column: str) -> Value:
        """Return what a row has in a column; empty where it has none."""
        at = self.columns.get(column)
        return row[at] if at is not None and at < len(row) else ""


def text_of(value: Value | None) -> str:
    """Return what a cell says, in one spelling of blanks."""
    return clean(value) if value is not None else ""
