"""How a table is laid out: what each column holds, and where each cell of the body is in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sailau.files.counts import Evidence
from sailau.files.problems import CellPlace, Problem, letters
from sailau.files.tables import Row, Table
from sailau.records.results.names import text_of


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it was understood.

    Attributes
    ----------
    number : int
    header : str
        The label over it.
    role : str
        tier, district, contender, party, votes, total, a figure such as registered, or left_out.
    sure : str
        certain, likely or guessed; given, where a reader said so.
    """

    number: int
    header: str
    role: str
    sure: str

    @property
    def letter(self) -> str:
        """The letters of the column in a sheet."""
        return letters(self.number)


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found in a file.

    Attributes
    ----------
    format : str
        csv, tsv, xlsx, ods or xls.
    layout : str
        long (a row for each district and contender) or wide (a column for each contender).
    across : bool
        Of a wide table: the contenders stand in rows and the districts in columns.
    encoding, delimiter, decimal : str, optional
        `decimal` only where a number shows it.
    sheet : str, optional
    header : int, optional
        The row of the header; the last one where it takes several.
    columns : tuple of Column
    """

    format: str
    layout: Literal["long", "wide"]
    columns: tuple[Column, ...]
    header: int | None = None
    across: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A table as it will be read: its layout, and a grid whose places are known.

    Attributes
    ----------
    lines, columns : sequence of int
        Where each row and column of the grid is in the file; the other way round where the layout is `across`.
    head : int or None
        The row of the header in the file (the column, where it is `across`).
    evidence : Evidence
        What the numbers of the table show about their marks.
    notes : tuple of Problem
        What was found on the way.
    moved : sequence of int
        By row of the grid, how far to the right its cells stand in the file where a row there was cut into several.
    sheets : sequence of str
        By row of the grid, the sheet that it stands in, where several were read as one.
    """

    table: Table
    layout: Layout
    rows: Sequence[Row]
    lines: Sequence[int]
    columns: Sequence[int]
    labels: Sequence[str]
    roles: Sequence[str]
    head: int | None
    evidence: Evidence = frozenset()
    notes: tuple[Problem, ...] = ()
    moved: Sequence[int] = ()
    sheets: Sequence[str] = ()

    def place(self, row: int | None, column: int | None = None) -> CellPlace:
        """Return the place of a cell of the grid; row None is the header."""
        line = self.head if row is None else self.lines[row]
        at = None if column is None else self.columns[column]
        if at is not None and row is not None and self.moved and at > self.table.fixed:
            at += self.moved[row]
        value = None
        if column is not None:
            value = self.labels[column] if row is None else text_of(self.rows[row][column])
        if self.layout.across:
            line, at = at, line
        sheet = self.sheets[row] if self.sheets and row is not None else self.table.sheet
        return CellPlace(self.table.path, line, at, sheet, value)

    def find(self, *roles: str) -> list[int]:
        """Return the columns of the grid that have one of these roles."""
        return [column for column, role in enumerate(self.roles) if role in roles]
