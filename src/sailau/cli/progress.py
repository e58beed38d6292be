"""Long work at the door: a bar with the time left, files that are whole or not there, a place for what is kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sailau.files.writing import whole
from sailau.terms.errors import Invalid, Place


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show what is done, of how much, and the time left on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("left"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=300) as shown:
        task = shown.add_task(what, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def kept_beside(path: Path) -> Path:
    """Return where an interrupted run of that file is kept: beside it, or here if nothing can be written there."""
    kept = path.with_suffix(".partial.json")
    return kept if os.access(kept.absolute().parent, os.W_OK) else Path(kept.name)


KINDS = {
    "": "parquet",
    ".parquet": "parquet",
    ".csv": "csv, header",
    ".tsv": "csv, header, delimiter '\t'",
}
"""How columns are written, by the suffix of the file."""


def write_columns(table: Mapping[str, Any], path: Path) -> None:
    """Write columns as the suffix says; a file that was there is replaced as a whole or not at all."""
    import duckdb

    kind = KINDS[path.suffix.lower()]
    with whole(path) as beside, duckdb.connect(":memory:") as database:
        database.register("columns_", dict(table))
        try:
            database.execute(f"copy columns_ to '{str(beside).replace(chr(39), chr(39) * 2)}' (format {kind})")
        except duckdb.IOException as cause:
            raise Invalid(f"cannot be written: {cause}", place=Place(str(path))) from None
