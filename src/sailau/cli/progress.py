"""Long work at the door: a bar with the time left, files that are whole or not there, a place for what is kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sailau.terms.errors import Invalid


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


def writable(path: Path) -> None:
    """Refuse a file that cannot be written, before the work whose result goes there.

    Raises
    ------
    Invalid
        It is a folder, or its folder is missing or closed.
    """
    folder = path.absolute().parent
    if path.is_dir():
        raise Invalid(f"{path} is a folder; name a file in it")
    if not folder.is_dir():
        raise Invalid(f"{path} cannot be written: there is no folder {folder}")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise Invalid(f"{path} cannot be written: no permission")


def kept_beside(path: Path) -> Path:
    """Return where an interrupted run of that file is kept: beside it, or here if nothing can be written there."""
    kept = path.with_suffix(".partial.json")
    return kept if os.access(kept.absolute().parent, os.W_OK) else Path(kept.name)


def write_parquet(table: Mapping[str, Any], path: Path) -> None:
    """Write columns as Parquet; a file that was there is replaced as a whole or not at all."""
    import duckdb

    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with duckdb.connect(":memory:") as database:
        database.register("columns_", dict(table))
        try:
            database.execute(f"copy columns_ to '{str(beside).replace(chr(39), chr(39) * 2)}' (format parquet)")
            beside.replace(path)
        except (duckdb.IOException, OSError) as cause:
            beside.unlink(missing_ok=True)
            raise Invalid(f"{path} cannot be written: {cause}") from None
