"""Tables as files: the suffix of the path says as what."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from sailau.files.writing import check_place, write_whole
from sailau.report.table import Table, plain, to_json, to_markdown, to_separated
from sailau.report.workbook import need_writer, to_xlsx
from sailau.terms.errors import Invalid

SUFFIXES = (".csv", ".tsv", ".md", ".json", ".parquet", ".xlsx")


def save_tables(tables: Mapping[str, Table], path: Path, schema: str) -> Path:
    """Save tables: all of them as the sheets of a workbook, the first of them in any other form.

    Parameters
    ----------
    tables : mapping of name to Table
    path : Path
    schema : str
        The name of the JSON form.

    Raises
    ------
    Invalid
        Another suffix, or a place that cannot be written to; nothing is written then.
    MissingExtra
        XLSX needs the extra ``xlsx``.
    """
    return write_whole(path, as_bytes(tables, path.suffix.lower(), schema, path=path))


def check_table(path: Path) -> None:
    """Refuse a place that cannot be written to, or a suffix of no table, before the work whose result goes there.

    Raises
    ------
    Invalid
    MissingExtra
        XLSX needs the extra ``xlsx``.
    """
    check_place(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise _no_table(path)
    if suffix == ".xlsx":
        need_writer()


def _no_table(path: Path | str) -> Invalid:
    return Invalid(f"{path} is no name of a table", hint=f"give a name that ends in {' or '.join(SUFFIXES)}")


def as_bytes(tables: Mapping[str, Table], suffix: str, schema: str, *, path: Path | None = None) -> bytes:
    """Return tables as the bytes of a file."""
    first = next(iter(tables.values()))
    if suffix == ".xlsx":
        return to_xlsx(tables)
    if suffix == ".json":
        return (to_json(first, f"sailau/{schema}/1") + "\n").encode()
    if suffix == ".md":
        return to_markdown(first).encode()
    if suffix in (".csv", ".tsv"):
        return to_separated(first, "," if suffix == ".csv" else "\t").encode()
    if suffix == ".parquet":
        return to_parquet(first)
    raise _no_table(path or suffix)


def to_parquet(table: Table) -> bytes:
    """Return a table as Parquet: whole columns of counts as 64-bit integers, everything else as text."""
    import duckdb

    kinds = ["bigint" if _is_counts(table, i) else "varchar" for i in range(len(table.columns))]
    marks = ", ".join("?" * len(kinds))
    named = ", ".join(
        f'"{name.replace(chr(34), chr(34) * 2)}" {kind}' for name, kind in zip(table.columns, kinds, strict=True)
    )
    rows = [
        [cell if kinds[i] == "bigint" or cell is None else plain(cell) for i, cell in enumerate(row)]
        for row in table.rows
    ]
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as database:
        database.execute(f"create table rows ({named})")
        if rows:
            database.executemany(f"insert into rows values ({marks})", rows)
        target = Path(folder) / "rows.parquet"
        database.execute(f"copy rows to '{target}' (format parquet)")
        return target.read_bytes()


def _is_counts(table: Table, column: int) -> bool:
    cells = [row[column] for row in table.rows if row[column] is not None]
    return bool(cells) and all(type(cell) is int and abs(cell) < 2**63 for cell in cells)
