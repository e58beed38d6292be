"""A user's table of people: any common format, headings in three languages, each cell read or refused by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sailau.files.counts import Evidence, Fault, evidence_of, read_count
from sailau.files.labels import is_total, plain
from sailau.files.tables import Row, Table, Value, read_tables
from sailau.records.populations_words import BOTH, HEADINGS, SEX_WORDS
from sailau.records.results.names import clean
from sailau.terms.errors import InvalidRecord, Place

FORMATS = (".csv", ".tsv", ".xlsx", ".ods")


class Line(NamedTuple):
    """A row: its place, and what its columns say."""

    place: Place
    cells: dict[str, Value]
    told: Evidence

    def text(self, column: str) -> str:
        """Return what a column says, in one spelling of blanks."""
        value = self.cells[column]
        return clean(value) if value is not None else ""

    def people(self, who: str) -> int:
        """Return the count of a row.

        Raises
        ------
        InvalidRecord
            It is none; the cell is named.
        """
        value = self.cells["people"]
        found = read_count(value, self.told)
        if isinstance(found, Fault):
            why = "" if found.code in ("E101", "E103", "E104") else f": {found.what}"
            what = f"people of {who} is {clean(value)!r}; a count from 0 on{why}"
            hint = "write whole people in digits, 0 where there is nobody"
            raise InvalidRecord(what, place=self.place, hint=hint)
        return found


def find_table(folder: Path, name: str) -> Path | None:
    """Return the file of a table in a folder: CSV, TSV, XLSX or ODS; None where there is none."""
    return next((path for end in FORMATS if (path := folder / f"{name}{end}").is_file()), None)


def lines_of(path: Path, columns: Sequence[str]) -> Iterator[Line]:
    """Yield the rows of a table with these columns, in whatever order and under whatever known headings.

    Raises
    ------
    InvalidRecord
        The file holds no table, a column is missing, unknown or there twice, or a row is too long or short.
    """
    table = _one(path)
    rows = list(zip(table.numbers, table.rows, strict=True))
    head = next(((at, row) for at, row in rows if any(cell not in ("", None) for cell in row)), (1, ()))
    at = _columns(path, head[0], head[1], columns)
    body = [(line, row) for line, row in rows if line > head[0] and any(cell not in ("", None) for cell in row)]
    told = evidence_of(row[at["people"]] for _, row in body if len(row) > at["people"])
    for line, row in body:
        if table.ragged and len(row) != len(head[1]):
            what = f"the row has {len(row)} cells, the header {len(head[1])}"
            hint = 'is a comma parting thousands? write 12345, or put "12,345" in quotes'
            raise InvalidRecord(what, place=Place(str(path), line), hint=hint)
        yield Line(Place(str(path), line), {name: row[i] for name, i in at.items()}, told)


def _one(path: Path) -> Table:
    tables = [table for table in read_tables(path, InvalidRecord) if any(any(row) for row in table.rows)]
    if len(tables) > 1:
        names = ", ".join(table.sheet or "" for table in tables)
        raise InvalidRecord(
            f"has {len(tables)} sheets: {names}", place=Place(str(path)), hint="keep the one with the table"
        )
    if not tables:
        raise InvalidRecord("is empty", place=Place(str(path)), hint="a row of headings, then rows of data")
    return tables[0]


def _columns(path: Path, line: int, head: Row, columns: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    unknown, twice = [], []
    for at, cell in enumerate(head):
        word = plain(clean(cell))
        name = next((name for name in columns if word in HEADINGS[name]), None)
        if name is None and word:
            unknown.append(clean(cell))
        elif name in found:
            twice.append(clean(cell))
        elif name is not None:
            found[name] = at
    missing = [name for name in columns if name not in found]
    parts = [f"lacks {', '.join(missing)}"] if missing else []
    parts += [f"has the unknown column {', '.join(unknown)}"] if unknown else []
    parts += [f"names a column twice: {', '.join(twice)}"] if twice else []
    if parts:
        hint = f"columns: {', '.join(columns)} (also in Russian and Kazakh)"
        raise InvalidRecord(f"the header {' and '.join(parts)}", place=Place(str(path), line, 1), hint=hint)
    return found


def sex_of(text: str) -> str | None:
    """Return the sex that a word names; None for any other word."""
    return SEX_WORDS.get(plain(text))


def is_sum(text: str) -> bool:
    """Say whether a word stands for a sum over its column: all, total, оба пола."""
    return plain(text) in ("all", *BOTH) or is_total(text)


def spelled(names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return ids by their plain names; a name that several bear names nobody."""
    found: dict[str, set[str]] = {}
    for key, words in names.items():
        for word in words:
            found.setdefault(plain(word), set()).add(key)
    return {word: next(iter(keys)) for word, keys in found.items() if len(keys) == 1}
