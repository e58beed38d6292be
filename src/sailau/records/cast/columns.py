"""Cast vote records in columns: a column for each rank, for each candidate, or for each candidate and rank."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sailau.files.encodings import decode
from sailau.files.kinds import TEXT, kind_of, read_bytes
from sailau.files.tables import Table
from sailau.records.cast.marks import Cast, Mark, pick
from sailau.records.sheet import Sheet
from sailau.terms.errors import InvalidResults

CHOICE = "Choice_"
"""How the head of a column for a candidate and a rank begins: ``Choice_6_1:Auditor:1:Vote for 1:Ann:NON``."""


def read_choices(table: Table, path: Path, contest: str | None, names: Mapping[str, str]) -> Sheet:
    """Read columns for each candidate and rank, with 1 where there is a mark (Clear Ballot's export)."""
    cast = Cast(path, names)
    heads = [(i, str(cell).split(":")) for i, cell in enumerate(table.rows[0]) if str(cell).startswith(CHOICE)]
    full = [(i, parts) for i, parts in heads if len(parts) == 6 and parts[2].strip().isdigit()]
    title = pick(contest, (parts[1] for _, parts in full), cast.sheet)
    columns = {i: (int(parts[2]), parts[4]) for i, parts in full if parts[1] == title}
    cast.stand(name for _, name in columns.values())
    for row, line in zip(table.rows[1:], table.numbers[1:], strict=True):
        if max(columns) >= len(row):
            raise cast.sheet.fault(f"the row has {len(row)} cells, the header {len(table.rows[0])}", line)
        cast.add([mark for i, mark in columns.items() if str(row[i]).strip() == "1"], line)
    return cast.done(title)


def read_ranks(table: Table, path: Path, names: Mapping[str, str], columns: slice, join: str = "") -> Sheet:
    """Read a column for each rank, with names (ES&S's export); several names in a cell are parted by `join`."""
    cast = Cast(path, names)
    for row, line in zip(table.rows[1:], table.numbers[1:], strict=True):
        cast.add(_named(row[columns], join), line)
    return cast.done(path.stem)


def _named(cells: Sequence[object], join: str) -> Iterator[Mark]:
    for rank, cell in enumerate(cells, 1):
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        yield from ((rank, name) for name in (text.split(join) if join else [text]))


def read_candidates(table: Table, path: Path, names: Mapping[str, str], columns: slice) -> Sheet:
    """Read a column for each candidate, with the rank each was given; an empty cell is no mark."""
    cast = Cast(path, names)
    heads = [str(cell).strip() for cell in table.rows[0][columns]]
    cast.stand(heads)
    for row, line in zip(table.rows[1:], table.numbers[1:], strict=True):
        cast.add(_ranked(heads, row[columns], cast.sheet, line), line)
    return cast.done(path.stem)


def _ranked(heads: Sequence[str], cells: Sequence[object], sheet: Sheet, line: int) -> Iterator[Mark]:
    for name, cell in zip(heads, cells, strict=False):
        text = str(cell).strip().removesuffix(".0")
        if text:
            yield sheet.small(text, f"the rank of {name}", line), name


def table_of(path: Path) -> Table:
    """Return the rows of a CSV file (with commas), or of the first sheet of a workbook."""
    raw = read_bytes(path, InvalidResults)
    kind = kind_of(raw, str(path), InvalidResults)
    if kind == TEXT:
        table = _csv(decode(raw, str(path), InvalidResults).text, path)
    else:
        from sailau.files.workbooks import read_sheets

        table = read_sheets(raw, str(path), kind, InvalidResults, None)[0]
    if len(table.rows) < 2:
        raise Sheet(path).fault("holds no ballot below its header")
    return table


def _csv(text: str, path: Path) -> Table:
    reader = csv.reader(text.splitlines())
    rows, numbers = list[list[str]](), list[int]()
    try:
        for row in reader:
            if row:
                rows.append(row)
                numbers.append(reader.line_num)
    except csv.Error as cause:
        raise Sheet(path).fault(f"is no CSV: {cause}", reader.line_num) from None
    return Table(str(path), rows, numbers, "csv")
