"""Column maps as data: what the columns of a known publisher hold, so that its next file needs no questions.

A map is a YAML file with the publisher's column names and the words that `sailau.records.results` reads. Those that
ship lie in ``maps/``; a user saves one of his own and gives it with ``--map``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, Strict

from sailau.files.document import read_document
from sailau.files.forms import Form, Names, check
from sailau.files.places import shipped
from sailau.files.problems import CellPlace, Problem
from sailau.files.tables import Row, Table, Value
from sailau.records.results.layout import Layout
from sailau.records.results.names import clean
from sailau.terms.errors import InvalidRecord, InvalidResults, NotFound
from sailau.terms.speech import say

LEFT_OUT = "note"
_HEAD = 60


class MissingForm(Form):
    """Codes that stand for no figure, from the lowest to the highest."""

    first: int = Field(alias="from")
    last: int = Field(alias="to")


class MapForm(Form):
    """A file with a column map."""

    map: str
    title: str = ""
    source: str = ""
    needs: Names = ()
    columns: dict[str, str]
    first_of: dict[str, Names] = {}
    only: Annotated[tuple[dict[str, str], ...], Strict(strict=False)] = ()
    values: dict[str, dict[str, str]] = {}
    missing: MissingForm | None = None
    notes: Names = ()


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What the columns of a publisher's file hold.

    Attributes
    ----------
    name, title, source : str
    needs : tuple of str
        Columns by which a file of this publisher is known.
    columns : mapping of column to word
    first_of : mapping of word to tuple of columns
        The first of them that is not missing.
    only : tuple of mapping of column to text
        Rows that count: those that hold the texts of one of these; all rows where there are none.
    values : mapping of column to mapping of text to text
        What texts of a column stand for.
    missing : (int, int), optional
        Codes from and to which stand for no figure.
    notes : tuple of str
    """

    name: str
    title: str
    source: str
    needs: tuple[str, ...]
    columns: Mapping[str, str]
    first_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: tuple[Mapping[str, str], ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()

    def is_missing(self, value: Value) -> bool:
        """Say whether a cell holds a code that stands for no figure."""
        if self.missing is None:
            return False
        text = str(value).strip().removesuffix(".0")
        return text[:1] == "-" and text[1:].isdecimal() and self.missing[0] <= int(text) <= self.missing[1]


def read_map(path: Path) -> ColumnMap:
    """Read a column map.

    Raises
    ------
    InvalidRecord
        With file, line and column.
    """
    form = check(MapForm, read_document(path, InvalidRecord), InvalidRecord)
    missing = (form.missing.first, form.missing.last) if form.missing else None
    needs = tuple(column.lower() for column in form.needs) or tuple(column.lower() for column in form.columns)
    columns = {column.lower(): word for column, word in form.columns.items()}
    first = {word: tuple(column.lower() for column in several) for word, several in form.first_of.items()}
    only = tuple({column.lower(): text.casefold() for column, text in row.items()} for row in form.only)
    values = {column.lower(): dict(texts) for column, texts in form.values.items()}
    return ColumnMap(form.map, form.title, form.source, needs, columns, first, only, values, missing, form.notes)


@cache
def shipped_maps() -> tuple[ColumnMap, ...]:
    """Return the maps that ship."""
    return tuple(read_map(path) for path in sorted(shipped("maps").glob("*.yaml")))


def load_map(name: str | Path) -> ColumnMap:
    """Return a map by its name, or from its file.

    Raises
    ------
    NotFound
        There is no such map or file.
    """
    found = next((known for known in shipped_maps() if known.name == str(name)), None)
    if found is not None:
        return found
    if Path(name).is_file():
        return read_map(Path(name))
    raise NotFound("column map", str(name), [known.name for known in shipped_maps()])


def map_of(table: Table) -> ColumnMap | None:
    """Return the map whose columns a table has all; None for a file of nobody known."""
    return next((known for known in shipped_maps() if _head_of(table, known.needs) is not None), None)


def mapped(table: Table, using: ColumnMap) -> Table:
    """Return a table with the words of the map as its header.

    Raises
    ------
    InvalidResults
        The file lacks a column that the map needs, or holds no row that the map counts.
    """
    head = _head_of(table, using.needs)
    header = [clean(cell).lower() for cell in table.rows[head or 0]]
    if head is None:
        absent = next(column for column in using.needs if column not in header)
        raise InvalidResults(
            say("lacks the column {column!r} that the map {name} needs", column=absent, name=using.name),
            place=CellPlace(table.path, table.numbers[0]),
            hint=say("its columns: {header}", header=", ".join(header)),
        )
    several = {column: word for word, columns in using.first_of.items() for column in columns}
    words = [using.columns.get(column, LEFT_OUT) if column not in several else LEFT_OUT for column in header]
    taken = {word: [header.index(c) for c in columns if c in header] for word, columns in using.first_of.items()}
    kept = [i for i in range(head + 1, len(table.rows)) if _counts(table.rows[i], header, using)]
    if not kept:
        what = say("holds no row that the map {name} counts", name=using.name)
        raise InvalidResults(
            what, place=CellPlace(table.path), hint=say("it counts rows with {shown}", shown=_shown(using))
        )
    gone = 0
    rows: list[Row] = [[*words, *taken]]
    for i in kept:
        row = table.rows[i]
        cells: list[Value] = ["" if using.is_missing(cell) else cell for cell in row]
        gone += sum(a != b for a, b in zip(cells, row, strict=True))
        first = [next((cells[i] for i in at if i < len(cells) and cells[i] != ""), "") for at in taken.values()]
        cells = _translated(cells, header, using)
        rows.append([*cells, *first] if len(cells) == len(header) else cells)
    notes = [
        Problem(
            "W204",
            CellPlace(table.path),
            say("read by the column map {name} ({title})", name=using.name, title=using.title),
        )
    ]
    if gone:
        notes.append(
            Problem("W214", CellPlace(table.path), say("{n:,} codes for missing figures were read as unknown", n=gone))
        )
    numbers = [table.numbers[i] for i in (head, *kept)]
    return replace(table, rows=rows, numbers=numbers, problems=(*table.problems, *notes))


def _head_of(table: Table, needs: Sequence[str]) -> int | None:
    """Return the row that names all these columns, under notes it may be."""
    for i, row in enumerate(table.rows[:_HEAD]):
        if set(needs) <= {clean(cell).lower() for cell in row}:
            return i
    return None


def _counts(row: Row, header: Sequence[str], using: ColumnMap) -> bool:
    """Tell whether a row holds what one of the kinds of rows holds that the map counts."""
    held = dict(zip(header, row, strict=False))
    return not using.only or any(
        all(clean(held.get(column, "")).casefold() == text for column, text in kind.items()) for kind in using.only
    )


def _shown(using: ColumnMap) -> str:
    return say(" or ").join(", ".join(f"{column}={text}" for column, text in kind.items()) for kind in using.only)


def _translated(cells: list[Value], header: Sequence[str], using: ColumnMap) -> list[Value]:
    for column, texts in using.values.items():
        at = header.index(column) if column in header else len(cells)
        if at < len(cells):
            cells[at] = texts.get(clean(cells[at]), cells[at])
    return cells


def filtered(table: Table, where: Mapping[str, str]) -> Table:
    """Return the rows of a table in which columns hold these texts.

    Raises
    ------
    NotFound
        There is no such column.
    InvalidResults
        No row is left.
    """
    head = _head(table, where)
    names = [clean(cell).casefold() for cell in table.rows[head]]
    asked = {names.index(column.casefold()): text.strip().casefold() for column, text in where.items()}
    kept = [*range(head + 1), *(i for i in range(head + 1, len(table.rows)) if _holds(table.rows[i], asked))]
    if len(kept) == head + 1:
        shown = ", ".join(f"{column}={text}" for column, text in where.items())
        values = sorted({clean(row[at]) for at in asked for row in table.rows[head + 1 :] if at < len(row)})[:12]
        hint = say("the column holds {values}", values=", ".join(values))
        raise InvalidResults(
            say("no row has {shown}", shown=shown), place=CellPlace(table.path, sheet=table.sheet), hint=hint
        )
    return replace(table, rows=[table.rows[i] for i in kept], numbers=[table.numbers[i] for i in kept])


def _holds(row: Sequence[Value], asked: Mapping[int, str]) -> bool:
    return all(at < len(row) and clean(row[at]).casefold() == text for at, text in asked.items())


def _head(table: Table, where: Mapping[str, str]) -> int:
    asked = {column.casefold() for column in where}
    for i, row in enumerate(table.rows[:_HEAD]):
        if asked <= {clean(cell).casefold() for cell in row}:
            return i
    missing = next(iter(where))
    raise NotFound("column", missing, [clean(cell) for cell in table.rows[0]] if table.rows else [])


def as_map(layout: Layout, name: str) -> str:
    """Return what was found in a file as a column map, to be saved and given again.

    Raises
    ------
    InvalidResults
        The file has a column for each party: there is nothing to map but the district.
    """
    columns = {column.header: column.role for column in layout.columns if column.header and column.role != "left_out"}
    if layout.layout != "long":
        raise InvalidResults(say("a table with a column for each party needs no map; its columns name the parties"))
    document = {"map": name, "title": "", "needs": list(columns), "columns": columns}
    return str(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
