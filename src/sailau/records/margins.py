"""Reading margins: people by group and votes by option in every unit, from a wide or a long table.

Wide: a row for each unit; the columns `unit`, `group:white`, `option:dem` and so on (or plain names, told apart by
`groups`). Long: a row for each count; the columns `unit`, `margin` (group or option), `name`, `count`. Either may have
a column `stratum`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sailau.files.counts import Fault, evidence_of, read_count
from sailau.files.problems import Problem
from sailau.files.tables import Table, read_tables
from sailau.records.margins_book import CODES as CODES
from sailau.records.margins_book import Book, FaultyMargins, Plan, plan_of
from sailau.terms.errors import Place

if TYPE_CHECKING:
    from sailau.votes.margins import Margins


@dataclass(frozen=True, slots=True)
class MarginsReading:
    """What a file of margins holds.

    Attributes
    ----------
    margins : Margins
    strata : tuple of str, optional
        By unit, where the file has the column `stratum`.
    problems : tuple of Problem
        Errors only where units at fault were left out.
    left_out : tuple of str
        Units that were left out.
    """

    margins: Margins
    strata: tuple[str, ...] | None
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]


def read_margins(
    path: str | Path, *, groups: Sequence[str] = (), leave_out: bool = False, sheet: str | None = None
) -> MarginsReading:
    """Read margins from CSV, TSV, XLSX, ODS, XLS or Parquet.

    Parameters
    ----------
    path : str or Path
    groups : sequence of str, optional
        The columns of a wide table that are groups; all others with numbers are options.
    leave_out : bool
        Leave out units at fault instead of refusing the file.
    sheet : str, optional
        The sheet of a workbook.

    Raises
    ------
    NotFound
        There is no such file.
    FaultyMargins
        With each problem, its row and its code (`CODES`).
    """
    table = _table(Path(path), sheet)
    plan = plan_of(table, groups)
    book = Book(table.path)
    _read_long(table, plan, book) if plan.long else _read_wide(table, plan, book)
    return _reading(book, leave_out=leave_out)


def _reading(book: Book, *, leave_out: bool) -> MarginsReading:
    from sailau.votes.margins import Margins

    book.check()
    if book.problems and not leave_out:
        raise book.refusal("correct the file, or leave out the units at fault: --leave-out (leave_out=True)")
    units = [unit for unit in book.rows if unit not in book.spoiled]
    if not units:
        raise book.refusal("no unit without a fault is left")
    groups, options = book.names("group"), book.names("option")
    if not groups or not options:
        missing = "group" if not groups else "option"
        hint = "name columns group:white, option:dem and so on, or say which columns are groups: --groups white,black"
        raise FaultyMargins(f"has no {missing}", place=Place(book.path), hint=hint)
    people = [[book.counts[unit, "group", name] for name in groups] for unit in units]
    votes = [[book.counts[unit, "option", name] for name in options] for unit in units]
    margins = Margins.of(people, votes, groups=groups, options=options, units=units)
    strata = tuple(book.strata[unit] for unit in units) if book.strata else None
    left_out = tuple(unit for unit in book.rows if unit in book.spoiled)
    return MarginsReading(margins, strata, tuple(book.problems), left_out)


def _table(path: Path, sheet: str | None) -> Table:
    if path.is_file():
        with path.open("rb") as file:
            if file.read(4) == b"PAR1":
                return _parquet(path)
    tables = [table for table in read_tables(path, FaultyMargins, sheet=sheet) if len(table.rows) > 1]
    if not tables:
        raise FaultyMargins("holds no rows below a header", place=Place(str(path)))
    if len(tables) > 1:
        names = ", ".join(repr(table.sheet) for table in tables)
        raise FaultyMargins(f"has several sheets with rows: {names}", place=Place(str(path)), hint="name one: --sheet")
    return tables[0]


def _parquet(path: Path) -> Table:
    import duckdb

    with duckdb.connect() as connection:
        try:
            found = connection.execute("select columns(*)::varchar from read_parquet(?)", [str(path)])
            head = [str(part[0]) for part in found.description or ()]
            rows = [["" if cell is None else cell for cell in row] for row in found.fetchall()]
        except duckdb.Error as error:
            what = f"is a broken Parquet file: {str(error).splitlines()[0]}"
            raise FaultyMargins(what, place=Place(str(path))) from None
    return Table(str(path), [head, *rows], range(1, len(rows) + 2), "parquet")


def _read_wide(table: Table, plan: Plan, book: Book) -> None:
    body = [row for row in table.rows[1:] if len(row) == plan.width]
    evidence = {column: evidence_of(row[column] for row in body) for column, _, _ in plan.counts}
    for row, line in zip(table.rows[1:], table.numbers[1:], strict=True):
        unit = book.unit(row, line, plan, once=True)
        if unit is None:
            continue
        for column, side, name in plan.counts:
            _enter(book, unit, side, name, read_count(row[column], evidence[column]), line, column)


def _read_long(table: Table, plan: Plan, book: Book) -> None:
    column, margin, label = plan.at["count"], plan.at["margin"], plan.at["name"]
    evidence = evidence_of(row[column] for row in table.rows[1:] if len(row) == plan.width)
    for row, line in zip(table.rows[1:], table.numbers[1:], strict=True):
        unit = book.unit(row, line, plan, once=False)
        if unit is None:
            continue
        side = book.side(row[margin], unit, line, margin)
        name = str(row[label]).strip()
        if not name:
            book.report(Fault("E119", "a count without a name", "name its group or option"), line, label, unit)
        elif side:
            _enter(book, unit, side, name, read_count(row[column], evidence), line, column)


def _enter(book: Book, unit: str, side: str, name: str, count: int | Fault, line: int, column: int) -> None:
    if isinstance(count, Fault):
        book.report(count, line, column, unit)
        count = 0
    if (unit, side, name) in book.counts:
        book.report(Fault("E111", f"{side} {name!r} of unit {unit!r} stands twice", "leave one"), line, column, unit)
    book.counts[unit, side, name] = count
