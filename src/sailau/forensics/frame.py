"""A file as named columns: CSV, TSV, XLSX, ODS, XLS, Parquet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sailau.files.packed import is_packed, unpacked
from sailau.files.problems import CellPlace, Problem, letters
from sailau.files.tables import Table, read_tables, read_text
from sailau.forensics.problems import FaultyStations
from sailau.terms.errors import NotFound, Place
from sailau.terms.speech import say

Column = Sequence[Any] | np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns by name, and the row of the file in which each value stands.

    Attributes
    ----------
    path : str
    columns : mapping of str to column
    rows : sequence of int
    sheet : str, optional
    notes : tuple of Problem
        Rows with too many or too few cells.
    told : tuple of Problem
        What has to be said of the whole file: a guessed encoding.
    """

    path: str
    columns: Mapping[str, Column]
    rows: Sequence[int]
    sheet: str | None = None
    notes: tuple[Problem, ...] = ()
    told: tuple[Problem, ...] = ()

    def place(self, row: int, column: str | None = None, value: str | None = None) -> CellPlace:
        """Return the place of a cell; `row` counts from 0 below the header."""
        number = None if column is None else list(self.columns).index(column) + 1
        return CellPlace(self.path, int(self.rows[row]), number, self.sheet, value)


def read_frame(path: str | Path, *, sheet: str | None = None, header: int | None = None) -> Frame:
    """Read the columns of a file.

    Raises
    ------
    NotFound
        There is no such file.
    FaultyStations
        The file is no table, or its header does not name each column once.
    """
    path = Path(path)
    if path.is_file() and _is_parquet(path):
        return _parquet(path)
    if is_packed(path):
        return _table(read_text(unpacked(path, FaultyStations), str(path), FaultyStations), header)
    tables = [table for table in read_tables(path, FaultyStations, sheet=sheet) if len(table.rows) > 1]
    if not tables:
        raise FaultyStations(say("holds no rows below a header"), place=Place(str(path)))
    if len(tables) > 1:
        names = ", ".join(repr(table.sheet) for table in tables)
        raise FaultyStations(
            say("has several sheets with rows: {names}", names=names),
            place=Place(str(path)),
            hint=say("name one: --sheet"),
        )
    return _table(tables[0], header)


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _parquet(path: Path) -> Frame:
    import duckdb

    with duckdb.connect() as connection:
        try:
            found = connection.execute("select * from read_parquet(?)", [str(path)]).fetchnumpy()
        except duckdb.Error as error:
            what = say("is a broken Parquet file: {error}", error=str(error).splitlines()[0])
            raise FaultyStations(what, place=Place(str(path))) from None
    columns = {str(name): _unmasked(values) for name, values in found.items()}
    if not columns:
        raise NotFound("column", str(path))
    return Frame(str(path), columns, range(1, 1 + len(next(iter(columns.values())))))


def _unmasked(values: Any) -> Any:
    """Return a column without mask where no cell is missing; texts that are missing become None."""
    if isinstance(values, np.ma.MaskedArray):
        if np.ma.getmaskarray(values).any():
            if values.dtype.kind in "iu":
                return values
            out = values.data.astype(object)
            out[np.ma.getmaskarray(values)] = None
            return out
        return values.data
    return values


def _table(table: Table, header: int | None) -> Frame:
    head = next((i for i, row in enumerate(table.rows) if sum(1 for cell in row if str(cell).strip()) > 1), None)
    if header is not None:
        head = next((i for i, number in enumerate(table.numbers) if number == header), None)
        if head is None or head + 1 >= len(table.rows):
            what = say("has no row {header!s} with rows below it", header=header)
            raise FaultyStations(
                what, place=CellPlace(table.path, sheet=table.sheet), hint=say("--header says which row")
            )
    if head is None:
        what = say("has no row with two cells that could be a header")
        raise FaultyStations(what, place=CellPlace(table.path, sheet=table.sheet))
    names = [" ".join(str(cell).replace("\ufeff", "").split()) for cell in table.rows[head]]
    while names and not names[-1]:
        names.pop()
    _check_header(table, head, names)
    body = [(n, row) for n, row in zip(table.numbers[head + 1 :], table.rows[head + 1 :], strict=True) if any(row)]
    width = len(names)
    notes = tuple(_ragged(table, n, len(row), width) for n, row in body if table.ragged and _is_ragged(row, width))
    spoiled = {problem.rows[0] for problem in notes}
    body = [(n, row) for n, row in body if n not in spoiled]
    columns = dict(zip(names, zip(*(row[:width] for _, row in body), strict=True), strict=True)) if body else {}
    return Frame(table.path, columns, [n for n, _ in body], table.sheet, notes, _encoding(table))


def _encoding(table: Table) -> tuple[Problem, ...]:
    if table.sure or not table.encoding:
        return ()
    what = say("read as {encoding}, which the bytes suggest but do not prove", encoding=table.encoding)
    hint = say("look at the names; save the file as UTF-8 to be sure")
    return (Problem("W201", CellPlace(table.path, sheet=table.sheet), what, hint),)


def _is_ragged(row: Sequence[Any], width: int) -> bool:
    return len(row) < width or any(str(cell).strip() for cell in row[width:])


def _ragged(table: Table, number: int, cells: int, width: int) -> Problem:
    what = say("the row has {cells} cells, the header {width}", cells=cells, width=width)
    place = CellPlace(table.path, number, None, table.sheet)
    return Problem("E110", place, what, say("a delimiter stands inside a cell, or is missing"), (number,))


def _check_header(table: Table, head: int, names: Sequence[str]) -> None:
    """Refuse a header in which a column has no name or a name two columns."""
    merged = [span for span in table.merged if span[0] <= head <= span[2] and span[1] != span[3]]
    line = table.numbers[head]
    problems = [
        Problem(
            "E120",
            CellPlace(table.path, line, left + 1, table.sheet),
            say(
                "the header is merged over the columns {first} to {last}",
                first=letters(left + 1),
                last=letters(right + 1),
            ),
            say("write one row with a name over each column, or say which row is the header: --header"),
        )
        for _, left, _, right in merged
    ]
    for i, name in enumerate(names):
        if not merged and (not name or name in names[:i]):
            what = say("the header {name!r} stands twice", name=name) if name else say("the column has no name")
            place = CellPlace(table.path, line, i + 1, table.sheet)
            problems.append(Problem("E120", place, what, say("write one row with a name over each column")))
    if problems:
        raise FaultyStations(say("the header is not clear"), place=Place(table.path, line), problems=problems)
