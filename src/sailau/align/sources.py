"""Any table of roll calls as columns of text: CSV, TSV, XLSX, ODS, gzip of these, Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sailau.align.codes import tidy
from sailau.align.problems import InvalidRollCalls, Problem
from sailau.files.packed import unpacked
from sailau.files.problems import CellPlace
from sailau.files.tables import Table, read_tables, read_text
from sailau.terms.errors import NotFound, Place
from sailau.terms.speech import say

_GZIP, _PARQUET = b"\x1f\x8b", b"PAR1"


@dataclass(frozen=True, slots=True)
class Source:
    """A table by columns; every cell is text without blanks around it.

    Attributes
    ----------
    path : str
    header : tuple of str
    columns : tuple of sequences
        One for each name of the header.
    rows : sequence of int
        The row of each cell in the file, from 1.
    problems : tuple of Problem
        Rows that had too many or too few cells, and are not among the columns.
    """

    path: str
    header: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    rows: Sequence[int]
    problems: tuple[Problem, ...] = ()

    def column(self, name: str) -> Sequence[str]:
        """Return a column by the name in the header.

        Raises
        ------
        NotFound
        """
        if name not in self.header:
            raise NotFound("column", name, self.header)
        return self.columns[self.header.index(name)]


def read_source(path: str | Path) -> Source:
    """Read a table of roll calls, whatever its format.

    Raises
    ------
    NotFound
        There is no such file.
    InvalidRollCalls
        It holds no table, is broken, or too large.
    """
    path = Path(path)
    start = _start(path)
    if start.startswith(_PARQUET):
        return _parquet(path)
    if start.startswith(_GZIP):
        return _from_table(read_text(_inside(path), str(path), InvalidRollCalls))
    return _from_table(read_tables(path, InvalidRollCalls)[0])


def _start(path: Path) -> bytes:
    """Return the first bytes; what cannot be opened is left to the reader of tables, which says why."""
    try:
        with path.open("rb") as stream:
            return stream.read(4)
    except (OSError, ValueError):
        return b""


def _inside(path: Path) -> bytes:
    return unpacked(path, InvalidRollCalls, hint=say("give it session by session"))


def _parquet(path: Path) -> Source:
    import duckdb

    try:
        found = duckdb.connect().execute("select columns(*)::varchar from read_parquet(?)", [str(path)])
        names = [str(part[0]) for part in found.description or ()]
        rows = found.fetchall()
    except duckdb.Error as cause:
        raise InvalidRollCalls(f"is no Parquet file: {cause}".splitlines()[0], place=Place(str(path))) from None
    columns = tuple([tidy(cell) if cell else "" for cell in column] for column in zip(*rows, strict=True))
    return Source(str(path), tuple(names), columns or ((),) * len(names), range(2, len(rows) + 2))


def _from_table(table: Table) -> Source:
    if not table.rows:
        raise InvalidRollCalls(say("has no rows"), place=Place(table.path))
    header = tuple(_text(cell) for cell in table.rows[0])
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise InvalidRollCalls(
            say("names the column {name!r} twice", name=twice[0]), place=Place(table.path, table.numbers[0])
        )
    width = len(header)
    good, numbers, problems = [], [], []
    for row, number in zip(table.rows[1:], table.numbers[1:], strict=True):
        if len(row) == width and any(cell != "" for cell in row):
            good.append(row)
            numbers.append(number)
        elif any(cell != "" for cell in row):
            what = say("the row has {n} cells, the header {width}", n=len(row), width=width)
            problems.append(Problem("E512", CellPlace(table.path, number), what, rows=(number,)))
    columns = tuple([_text(cell) for cell in column] for column in zip(*good, strict=True))
    return Source(table.path, header, columns or ((),) * width, numbers, tuple(problems))


def _text(cell: object) -> str:
    return tidy(str(cell)) if cell is not None else ""
