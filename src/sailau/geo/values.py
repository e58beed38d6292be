"""Values of units from a user's table: one column names the unit, one holds the figure or the word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from sailau.files.tables import Table, Value, read_tables
from sailau.geo.record import Geo
from sailau.terms.errors import InvalidResults, NotFound, Place

Figure = Fraction | int | str
_NUMBER = re.compile(r"([-−]?)(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,](\d+))?\s*(%?)")


def read_values(
    path: Path,
    *,
    geo: Geo,
    unit: str | None = None,
    value: str | None = None,
    where: Mapping[str, str] | None = None,
) -> dict[str, Figure | None]:
    """Return the value of each unit as the table names it; rows that add up all units are left out.

    Parameters
    ----------
    path : Path
        CSV, TSV, XLSX, ODS or XLS with a header.
    geo : Geo
    unit, value : str, optional
        The columns; by default the first and the last.
    where : mapping of column to text, optional
        Rows to take, for instance ``{"year": "2023"}``.

    Raises
    ------
    NotFound
        No such file or column.
    InvalidResults
        No table, no row left, a unit that stands twice.
    """
    table = read_tables(path, InvalidResults)[0]
    header = [str(cell).strip() for cell in table.rows[0]] if table.rows else []
    columns = {name: _column(name, header) for name in (where or {})}
    at, of = _column(unit, header, 0), _column(value, header, len(header) - 1)
    out: dict[str, Figure | None] = {}
    for number, row in zip(table.numbers[1:], table.rows[1:], strict=True):
        cells = [*row, *[""] * (len(header) - len(row))]
        name = str(cells[at]).strip()
        chosen = all(_same(cells[column], (where or {})[key]) for key, column in columns.items())
        if not name or not chosen or geo.is_whole(name):
            continue
        if name in out:
            hint = "say which rows to take, for instance --where year=2023"
            raise InvalidResults(f"{name} stands twice", place=Place(table.path, number, at + 1), hint=hint)
        out[name] = figure_of(cells[of])
    if not out:
        raise InvalidResults(f"no row is left of {_asked(where, table)}", place=Place(table.path))
    return out


def _asked(where: Mapping[str, str] | None, table: Table) -> str:
    asked = ", ".join(f"{key}={text}" for key, text in (where or {}).items())
    return asked or f"{max(len(table.rows) - 1, 0)}"


def _column(name: str | None, header: list[str], default: int = 0) -> int:
    if name is None:
        return default
    if name not in header:
        raise NotFound("column", name, header)
    return header.index(name)


def _same(cell: Value, text: str) -> bool:
    shown = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    return shown == text.strip()


def figure_of(cell: Value) -> Figure | None:
    """Return a cell as an exact figure, as a word, or as nothing.

    Examples
    --------
    >>> figure_of("53,9 %"), figure_of("1 354 507"), figure_of("amanat"), figure_of("")
    (Fraction(539, 1000), Fraction(1354507, 1), 'amanat', None)
    """
    if isinstance(cell, float) and cell != cell:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Fraction(str(cell)) if isinstance(cell, float) else cell
    text = str(cell).strip()
    found = _NUMBER.fullmatch(text)
    if not found:
        return text or None
    whole = re.sub(r"\D", "", found[2])
    number = Fraction(f"{whole}.{found[3] or 0}") / (100 if found[4] else 1)
    return -number if found[1] else number
