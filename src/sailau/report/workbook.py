"""Workbooks: tables as XLSX, one a sheet; text is text, and nothing in a cell is ever run."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sailau.report.table import Cell, Table, plain
from sailau.terms.extras import need

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_EXACT = 10**15
"""Whole numbers beyond this are written as text: a spreadsheet would drop their last digits."""

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CELL_LIMIT = 32_767


def need_writer() -> Any:
    """Return the package that writes workbooks, or say which extra brings it."""
    return need("xlsxwriter", extra="xlsx", what="an XLSX workbook")


def to_xlsx(tables: Mapping[str, Table]) -> bytes:
    """Return a workbook with a sheet for each table.

    Parameters
    ----------
    tables : mapping of sheet to Table
        Names too long for a sheet, or with signs that a sheet may not have, are changed; each stays the only one.

    Raises
    ------
    MissingExtra
        xlsxwriter is not installed.
    """
    xlsxwriter = need_writer()
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _fixed_day(), "comments": "sailau"})
        looks = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "title": book.add_format({"bold": True, "font_size": 13}),
            "count": book.add_format({"num_format": "#,##0"}),
            "quoted": book.add_format({"quote_prefix": True}),
            "note": book.add_format({"italic": True, "font_color": "#5a5a5a"}),
        }
        for name, table in zip(sheet_names(list(tables)), tables.values(), strict=True):
            _write(book.add_worksheet(name), table, looks)
    return out.getvalue()


def _fixed_day() -> datetime:
    return datetime(2000, 1, 1)  # the same tables, the same bytes


def sheet_names(names: Sequence[str]) -> list[str]:
    """Return names that a workbook accepts: at most 31 signs, none of them forbidden, no two alike.

    Examples
    --------
    >>> sheet_names(["list: threshold", "list: threshold", "history"])
    ['list threshold', 'list threshold 2', 'history_']
    """
    out: list[str] = []
    taken: set[str] = set()
    for name in names:
        base = " ".join(_FORBIDDEN.sub(" ", _NOT_TEXT.sub("", name)).split()).strip("'")[:31].strip() or "sheet"
        base = f"{base}_" if base.casefold() == "history" else base
        found, n = base, 1
        while found.casefold() in taken:
            n += 1
            found = f"{base[: 30 - len(str(n))].rstrip()} {n}"
        taken.add(found.casefold())
        out.append(found)
    return out


def _write(sheet: Any, table: Table, looks: Mapping[str, Any]) -> None:
    row = 0
    if table.title:
        sheet.write_string(0, 0, _text(table.title), looks["title"])
        row = 2
    for column, name in enumerate(table.columns):
        sheet.write_string(row, column, _text(name.replace("_", " ")), looks["head"])
        widest = max((len(plain(cells[column])) for cells in table.rows[:500]), default=0)
        sheet.set_column(column, column, min(60, max(len(name), widest) + 2))
    sheet.freeze_panes(row + 1, 1)
    for cells in table.rows:
        row += 1
        for column, cell in enumerate(cells):
            _write_cell(sheet, row, column, cell, looks)
    for note in table.notes:
        row += 1 if note is not table.notes[0] else 2
        sheet.write_string(row, 0, _text(note), looks["note"])


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, looks: Mapping[str, Any]) -> None:
    if cell is None:
        return
    if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) < _EXACT:
        sheet.write_number(row, column, cell, looks["count"])
    elif isinstance(cell, float) and cell == cell and abs(cell) != float("inf"):
        sheet.write_number(row, column, cell)
    else:
        text = _text(plain(cell))
        sheet.write_string(row, column, text, looks["quoted"] if text[:1] in "=+-@" and text else None)


def _text(words: str) -> str:
    return _NOT_TEXT.sub("", words)[:_CELL_LIMIT]
