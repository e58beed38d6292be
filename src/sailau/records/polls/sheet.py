"""A table of polls: where its header is, what each column holds, and in which units its shares are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sailau.files.counts import Fault, looks_numeric
from sailau.files.problems import CellPlace, Problem
from sailau.files.tables import Table, Value
from sailau.records.polls import words
from sailau.records.polls.problems import FaultyPolls
from sailau.records.polls.shape import joined, unmarked, widened
from sailau.records.polls.shares import Told, is_gap, read_share
from sailau.records.results.names import clean, resolve, text_of
from sailau.terms.errors import Place
from sailau.terms.tally import AGAINST_ALL, Contender
from sailau.votes.polls.poll import Anchor, Poll

_DEPTH = 40
FRACTIONS = Fraction(11, 10)
"""Rows whose shares add up to no more than this hold fractions, not percentages."""


@dataclass(slots=True)
class Sheet:
    """A table with its header found, and what was found on the way."""

    table: Table
    head: int
    labels: list[str]
    roles: list[str]
    names: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    polls: list[Poll] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    told: dict[str, list[int]] = field(default_factory=dict)
    values: dict[str, list[Fraction]] = field(default_factory=dict)

    def place(self, row: int, column: int | None = None) -> CellPlace:
        """Return the place of a cell, or of a row."""
        value = None if column is None else text_of(self.cell(row, column))
        line = self.table.numbers[row]
        return CellPlace(self.table.path, line, None if column is None else column + 1, self.table.sheet, value)

    def cell(self, row: int, column: int | None) -> Value:
        """Return a cell; the empty text where there is none."""
        cells = self.table.rows[row]
        return cells[column] if column is not None and column < len(cells) else ""

    def find(self, role: str) -> int | None:
        """Return the first column with a role."""
        return self.roles.index(role) if role in self.roles else None

    def report(self, fault: Fault, row: int, column: int | None = None) -> None:
        """Add a problem; an error costs the row."""
        rows = (self.table.numbers[row],) if fault.code.startswith("E") else ()
        self.problems.append(Problem(fault.code, self.place(row, column), fault.what, fault.hint, rows))


def choose(tables: Sequence[Table], path: str) -> Sheet:
    """Return the table that has a header of polls."""
    found = [sheet for sheet in map(_header, tables) if sheet]
    if not found:
        what = "has no header of polls: no row names a date and a house or contenders"
        hint = "name the columns date (or start, end), house, n, the contenders, others, undecided"
        raise FaultyPolls(what, place=Place(path), hint=hint)
    best = max(found, key=lambda sheet: len(sheet.table.rows))
    for other in found:
        if other is not best:
            what = f"the sheet {other.table.sheet} looks like polls too; {best.table.sheet} was read"
            best.report(Fault("W410", what, "--sheet names another"), best.head)
    if not best.table.sure:
        best.report(
            Fault("W406", f"the encoding was guessed: {best.table.encoding}", "save the file as UTF-8"), best.head
        )
    return best


def _header(table: Table) -> Sheet | None:
    """Return the table under its first row that names a date and two things more, in the shape that is read."""
    table = unmarked(table)
    for i, row in enumerate(table.rows[:_DEPTH]):
        labels = [clean(cell) for cell in row]
        if not {words.DAYS, words.END, words.START} & {words.role_of(label) for label in labels}:
            continue
        if len([label for label in labels if label]) > 2:
            shaped = joined(table, i)
            wide = widened(shaped, i)
            head = i if wide is shaped else 0
            labels = [clean(cell) for cell in wide.rows[head]]
            return Sheet(wide, head, labels, _settled(wide, head, labels, [words.role_of(label) for label in labels]))
    return None


def _settled(table: Table, head: int, labels: list[str], roles: Sequence[str | None]) -> list[str]:
    """Return the role of each column; one that is not named and holds shares is a contender."""
    out: list[str] = []
    single = {words.START, words.END, words.DAYS, words.HOUSE, words.MODE, words.SIZE}
    for column, (label, role) in enumerate(zip(labels, roles, strict=True)):
        if role is None:
            cells = [row[column] for row in table.rows[head + 1 :] if column < len(row) and not is_gap(row[column])]
            good = [cell for cell in cells if isinstance(read_share(cell), Told) or looks_numeric(cell)]
            role = words.CONTENDER if label and cells and 2 * len(good) >= len(cells) else words.LEFT_OUT
        elif role in single and role in out:
            role = words.LEFT_OUT
        out.append(words.CONTENDER if role == AGAINST_ALL else role)
    return out


def name_columns(found: Sheet, known: Mapping[str, Contender]) -> None:
    """Name the contenders' columns, and say which columns were left out."""
    columns = [c for c, role in enumerate(found.roles) if role == words.CONTENDER]
    names = resolve([found.labels[c] for c in columns], "contender", known)
    for column in columns:
        label = found.labels[column]
        named = names[label]
        for fault in named.faults:
            found.report(fault, found.head, column)
        id_ = AGAINST_ALL if words.role_of(label) == AGAINST_ALL else named.id
        if id_ in found.names.values():
            found.report(
                Fault("E111", f"two columns are named {id_}", "join them, or name them apart"), found.head, column
            )
        found.names[column] = id_
    for column, (label, role) in enumerate(zip(found.labels, found.roles, strict=True)):
        meant = words.role_of(label)
        if role != words.LEFT_OUT or not label or meant == words.LEFT_OUT:
            continue
        if meant is None:
            what = f"the column {label} holds no shares, or few, and was left out"
            found.report(Fault("W404", what, "a contender's column holds numbers"), found.head, column)
        else:
            what = f"the column {label} says what {found.labels[found.roles.index(meant)]} says, and was left out"
            found.report(Fault("W404", what, "remove one of the two, or rename it"), found.head, column)


def body(found: Sheet) -> range:
    """Return the rows under the header."""
    return range(found.head + 1, len(found.table.rows))


def day_columns(found: Sheet) -> list[int]:
    """Return the columns that hold days."""
    return [c for c, role in enumerate(found.roles) if role in (words.START, words.END, words.DAYS)]


def unit_of(found: Sheet) -> Fraction:
    """Return what the whole is called in this file: 100 or 1, by what the rows add up to."""
    totals: list[Fraction] = []
    for row in body(found):
        shares = [told for c in found.names if isinstance(told := read_share(found.cell(row, c)), Told)]
        if any(told.percent for told in shares):
            return Fraction(100)
        if shares:
            totals.append(sum((told.value for told in shares), Fraction(0)))
    small = sum(total <= FRACTIONS for total in totals)
    return Fraction(1) if totals and 2 * small > len(totals) else Fraction(100)
