"""A user's table: rows of cells with their places, whatever the format of the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sailau.files.delimited import split_rows
from sailau.files.encodings import decode
from sailau.files.kinds import TEXT, kind_of, read_bytes
from sailau.files.problems import Problem
from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

Value = str | int | float | bool | date | datetime | time | timedelta
"""What a cell may hold; text files hold text only, and an empty cell is the empty text."""

MOST_COLUMNS = 30_000
"""Columns of a table that are read; a spreadsheet has 16,384 of them."""

Row = Sequence[Value]
Span = tuple[int, int, int, int]
"""A merged range: first row, first column, last row, last column, each counted from 0."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as they stand in the file.

    Attributes
    ----------
    path : str
    rows : sequence of rows
        Rows of a text file may differ in length; those of a sheet do not.
    numbers : sequence of int
        The line or row of each row in the file, from 1.
    format : str
        csv, tsv, xlsx, ods, xls, json, parquet, html, or the name of an exchange format.
    encoding, delimiter : str, optional
        Of a text file.
    sure : bool
        Whether the encoding is certain.
    sheet : str, optional
    merged : tuple of spans
    problems : tuple of Problem
        What the reader of the format found.
    moved : sequence of int
        Where rows of the file were cut into several: how many columns further right the cells of a row stand there,
        from column `fixed` on.
    fixed : int
    """

    path: str
    rows: Sequence[Row]
    numbers: Sequence[int]
    format: str
    encoding: str | None = None
    delimiter: str | None = None
    sure: bool = True
    sheet: str | None = None
    merged: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()
    moved: Sequence[int] = ()
    fixed: int = 0

    @property
    def ragged(self) -> bool:
        """Whether rows can be too long or too short."""
        return self.delimiter is not None


@dataclass(frozen=True, slots=True)
class Format:
    """A reader of one format: how much a file looks like it, and the tables in it.

    Attributes
    ----------
    name : str
    sniff : callable
        Bytes and path of a file; returns 0 for "no", 1 for "certainly".
    read : callable
        Bytes, path and the class of errors; returns the tables, the problems it found among them.
    """

    name: str
    sniff: Callable[[bytes, str], float]
    read: Callable[[bytes, str, type[Invalid]], tuple[Table, ...]]


def read_tables(
    path: str | Path, error: type[Invalid], *, sheet: str | None = None, formats: Sequence[Format] = ()
) -> tuple[Table, ...]:
    """Read the tables of a file: one of a text file, one for each visible sheet of a workbook.

    Parameters
    ----------
    path : str or Path
    error : type
        What is raised where the file holds no table.
    sheet : str, optional
        Read this sheet only; of an exchange format the contest of that name.
    formats : sequence of Format
        Exchange formats of the caller's field, tried before the general ones; the surest reads.

    Raises
    ------
    NotFound
        There is no such file.
    Invalid
        The class given as `error`: not a table, too large, broken, locked by a password.
    """
    path = Path(path)
    raw = read_bytes(path, error)
    chosen = _surest(raw, str(path), formats)
    if chosen is not None:
        return _named(chosen.read(raw, str(path), error), sheet, str(path), error)
    kind = kind_of(raw, str(path), error)
    if kind != TEXT:
        from sailau.files.workbooks import read_sheets

        return read_sheets(raw, str(path), kind, error, sheet)
    if sheet is not None:
        raise error(
            say("is a text file; it has no sheet {sheet!r}", sheet=sheet),
            place=Place(str(path)),
            hint=say("leave the sheet out"),
        )
    return (read_text(raw, str(path), error),)


def _surest(raw: bytes, path: str, formats: Sequence[Format]) -> Format | None:
    from sailau.files.parquets import PARQUET
    from sailau.files.records import RECORDS
    from sailau.files.webpages import HTML

    scores = [(form.sniff(raw, path), form) for form in (*formats, PARQUET, RECORDS, HTML)]
    best = max(scores, key=lambda pair: pair[0])
    return best[1] if best[0] > 0 else None


def _named(tables: tuple[Table, ...], sheet: str | None, path: str, error: type[Invalid]) -> tuple[Table, ...]:
    if sheet is None:
        return tables
    found = tuple(table for table in tables if table.sheet == sheet)
    if not found:
        names = ", ".join(repr(table.sheet) for table in tables[:20] if table.sheet) or say("no names")
        raise error(
            say("has no part called {sheet!r}", sheet=sheet),
            place=Place(path),
            hint=say("its parts are {names}", names=names),
        )
    return found


def read_text(raw: bytes, path: str, error: type[Invalid]) -> Table:
    """Read the bytes of a text file as a table."""
    found = decode(raw, path, error)
    rows, numbers, delimiter = split_rows(found.text.removeprefix("\ufeff"), path, error)
    _refuse_width(rows, numbers, path, error)
    kind = "tsv" if delimiter == "\t" else "csv"
    return Table(path, rows, numbers, kind, found.encoding, delimiter, found.sure)


def _refuse_width(rows: Sequence[Row], numbers: Sequence[int], path: str, error: type[Invalid]) -> None:
    """Refuse a row that no table of results has: a file of one endless line."""
    widest = max(range(len(rows)), key=lambda i: len(rows[i]), default=0)
    if rows and len(rows[widest]) > MOST_COLUMNS:
        what = say("the row has {n:,} cells; up to {most:,} columns are read", n=len(rows[widest]), most=MOST_COLUMNS)
        hint = say("give a row for each district and party: district, party, votes")
        raise error(what, place=Place(path, numbers[widest]), hint=hint)
