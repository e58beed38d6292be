"""Tables: rows with names, ready for a terminal, a pipe, a page or a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from sailau.locale import number

Cell = str | int | float | Fraction | date | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with named columns, and what has to be said beside them.

    Attributes
    ----------
    columns : tuple of str
    rows : tuple of tuples
    title : str
    notes : tuple of str
        Said after the table: unchecked laws, decisions from outside.
    extra : mapping
        What the JSON form says beyond the rows.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def is_number(self, column: int) -> bool:
        """Say whether a column holds numbers only."""
        cells = [row[column] for row in self.rows if row[column] is not None]
        return bool(cells) and all(
            isinstance(cell, int | float | Fraction) and not isinstance(cell, bool) for cell in cells
        )


def plain(cell: Cell) -> str:
    """Return a cell as a machine reads it: no thousands marks, fractions as ``1/3``."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)


def shown(cell: Cell, lang: str = "en") -> str:
    """Return a cell as a person reads it, numbers as the language writes them."""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return number(cell, lang)
    return plain(cell)


def to_separated(table: Table, delimiter: str) -> str:
    """Return the table as CSV or TSV with a header; cells that a spreadsheet would run are quoted."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_safe(cell) for cell in row])
    return out.getvalue()


def _safe(cell: Cell) -> str:
    text = plain(cell)
    return f"'{text}" if isinstance(cell, str) and text[:1] in "=+-@\t\r" and text[:1] else text


def to_markdown(table: Table, lang: str = "en") -> str:
    """Return the table as Markdown, notes below."""
    head = f"### {table.title}\n\n" if table.title else ""
    marks = ["---:" if table.is_number(i) else "---" for i in range(len(table.columns))]
    lines = [_bar(table.columns), _bar(marks)]
    lines += [_bar([shown(cell, lang).replace("|", "\\|") for cell in row]) for row in table.rows]
    notes = "".join(f"\n- {note}" for note in table.notes)
    return head + "\n".join(lines) + "\n" + (f"{notes}\n" if notes else "")


def _bar(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def to_json(table: Table, schema: str) -> str:
    """Return one JSON document: schema, rows as objects, notes; fractions as strings, numbers whole."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    document = {"schema": schema, "title": table.title, **table.extra, "rows": rows, "notes": list(table.notes)}
    return json.dumps(document, ensure_ascii=False, indent=2, default=_jsonable)


def _jsonable(value: object) -> object:
    if isinstance(value, Fraction | date):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
