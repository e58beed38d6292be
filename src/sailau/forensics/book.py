"""The columns of a file of stations, read as counts once each; what was found wrong in them is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sailau.files.counts import Fault
from sailau.files.problems import Problem
from sailau.forensics.cells import Reading as Cells
from sailau.forensics.cells import digits_of, from_percent, missing_fault, to_counts, to_numbers
from sailau.forensics.frame import Frame
from sailau.forensics.maps import ColumnMap
from sailau.forensics.stations import Counts, Mask, Numbers
from sailau.terms.speech import say


@dataclass(slots=True)
class Book:
    """The columns that were read so far, and what was found in them."""

    frame: Frame
    map: ColumnMap
    rows: Mask
    problems: list[Problem] = field(default_factory=list)
    known: dict[str, Cells] = field(default_factory=dict)

    def cells(self, column: str) -> Cells:
        """Return a column as counts; each is read once."""
        if column not in self.known:
            self.known[column] = to_counts(self.frame.columns[column], self.map.missing)
        return self.known[column]

    def report(self, row: int, column: str | None, fault: Fault) -> None:
        """Add a problem of one cell."""
        cell = None if column is None else str(self.frame.columns[column][row])
        place = self.frame.place(row, column, cell)
        self.problems.append(Problem(fault.code, place, fault.what, fault.hint, (int(self.frame.rows[row]),)))

    def counts(self, column: str, *, blank_is_zero: bool = False) -> Counts:
        """Return a column of counts; its faults in rows of stations are reported."""
        found = self.cells(column)
        for row, fault in found.faults:
            if self.rows[row]:
                self.report(row, column, fault)
        if not blank_is_zero:
            for row in np.flatnonzero(found.empty & self.rows).tolist():
                self.report(row, column, missing_fault())
        return found.counts


def sum_of(book: Book, columns: Sequence[str]) -> Counts:
    """Return the sum of some columns of counts in each row."""
    total = np.zeros(len(book.frame.rows), dtype=np.int64)
    for column in columns:
        total += book.counts(column)
    return total


def votes_of(book: Book, contenders: Sequence[str], figures: dict[str, Counts]) -> Counts:
    """Return votes[row, contender]; where the map says so, they and the invalid ones come from percentages."""
    found = book.map
    if not found.percent_of:
        return np.column_stack([book.counts(name, blank_is_zero=found.blank_votes) for name in contenders])
    whole = figures[found.percent_of]
    for column in found.figures.get("invalid", ()):
        figures["invalid"] = _from_percent(book, column, whole)
    return np.column_stack([_from_percent(book, name, whole) for name in contenders])


def _from_percent(book: Book, column: str, whole: Counts) -> Counts:
    cells = book.frame.columns[column]
    percent, wrong = to_numbers(cells, book.map.missing)
    if book.map.blank_votes:
        percent = np.nan_to_num(percent)
    counts, off = from_percent(percent, whole, digits_of(cells))
    off[list(wrong)] = True
    for row in np.flatnonzero(off & book.rows).tolist():
        what = say("{cells} % is the share of no whole number of {whole:,} ballots", cells=cells[row], whole=whole[row])
        book.report(row, column, Fault("E122", what, say("give the count itself")))
    return counts


def registered_of(book: Book, voters: Counts) -> Counts:
    """Return the registered voters that the turnout in percent tells."""
    column = str(book.map.turnout)
    percent, wrong = to_numbers(book.frame.columns[column], book.map.missing)
    bad = ~(percent > 0)
    bad[list(wrong)] = True
    for row in np.flatnonzero(bad & book.rows).tolist():
        book.report(row, column, Fault("E102", say("turnout is missing, so registered voters are unknown"), ""))
    return np.rint(np.where(bad, 0.0, 100 * voters / np.where(bad, 1.0, percent))).astype(np.int64)


def turnout_at(book: Book, column: str) -> Numbers:
    """Return the turnout of one hour; its faults in rows of stations are reported."""
    numbers, wrong = to_numbers(book.frame.columns[column], book.map.missing)
    for row in wrong:
        if book.rows[row]:
            book.report(
                row,
                column,
                Fault("E101", say("{columns!r} is no turnout", columns=book.frame.columns[column][row]), ""),
            )
    return numbers
