"""Parquet as a table, read by DuckDB."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sailau.files.tables import Format, Table, Value
from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

_MOST_CELLS = 10_000_000


def _sniff(raw: bytes, path: str) -> float:  # noqa: ARG001  # a sniffer sees the name too
    return 1.0 if raw.startswith(b"PAR1") else 0.0


def _read(raw: bytes, path: str, error: type[Invalid]) -> tuple[Table, ...]:
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "table.parquet"  # the bytes that were sniffed, whatever happens to the file meanwhile
        copy.write_bytes(raw)
        try:
            with duckdb.connect(":memory:") as database:
                found = database.execute("select * from read_parquet(?)", [str(copy)])
                columns = [str(part[0]) for part in found.description or ()]
                rows = found.fetchmany(_MOST_CELLS // max(len(columns), 1) + 1)
        except duckdb.Error:
            raise error(say("is a broken Parquet file"), place=Place(path), hint=say("write it again")) from None
    if len(rows) * len(columns) > _MOST_CELLS:
        raise error(
            say("holds more than {limit:,} cells", limit=_MOST_CELLS),
            place=Place(path),
            hint=say("add up its precincts by district"),
        )
    grid: list[list[Value]] = [list(columns), *([_cell(value) for value in row] for row in rows)]
    return (Table(path, grid, range(1, len(grid) + 1), "parquet"),)


def _cell(value: Any) -> Value:
    if value is None or value != value:
        return ""
    if isinstance(value, Decimal):
        return str(int(value)) if value == value.to_integral_value() else str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str | float | bool | date | datetime | time | timedelta) else str(value)


PARQUET = Format("parquet", _sniff, _read)
