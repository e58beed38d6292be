"""Our own CSV files: UTF-8, comma, a header that is known in advance."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from sailau.terms.errors import Invalid, InvalidRecord, Place
from sailau.terms.speech import say

DIGITS = 40
"""Digits of a count at the most; all the people there ever were have twelve."""


def find_csv(folder: Path, name: str) -> Path | None:
    """Return ``name.csv`` or ``name.csv.gz`` of a folder, if there is one.

    Raises
    ------
    InvalidRecord
        Both stand there: one of them is old.
    """
    found = [path for path in (folder / f"{name}.csv", folder / f"{name}.csv.gz") if path.is_file()]
    if len(found) > 1:
        what = say("{name}.csv and {name}.csv.gz both stand here", name=name)
        raise InvalidRecord(what, place=Place(str(folder)), hint=say("keep one of them"))
    return found[0] if found else None


def rows_of(
    path: Path, required: Sequence[str], optional: Sequence[str], error: type[Invalid]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, row) of a CSV file with a known header.

    Raises
    ------
    Invalid
        The class given as `error`: a column is missing or unknown, a row is too long or short, not UTF-8, not readable.
    """
    lines = cells_of(path, error)
    _, header = next(lines, (1, []))
    _check_header(path, header, required, optional, error)
    width = len(header)
    for line, cells in lines:
        if len(cells) != width:
            what = say("the row has {n} cells, the header {width}", n=len(cells), width=width)
            raise error(what, place=Place(str(path), line))
        yield line, dict(zip(header, cells, strict=True))


def cells_of(path: Path, error: type[Invalid]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of a CSV file in UTF-8, plain or packed by gzip; lines with nothing in them are passed over.

    Raises
    ------
    Invalid
        The class given as `error`: not UTF-8, not readable, quotes that nobody closed.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    place = Place(str(path))
    try:
        with opener(path, "rt", encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            for cells in reader:
                if cells:
                    yield reader.line_num, cells
    except UnicodeDecodeError:
        raise error(say("is not UTF-8 text"), place=place, hint=say("save the file as UTF-8")) from None
    except (gzip.BadGzipFile, zlib.error, EOFError, csv.Error) as cause:
        raise error(say("is not readable as a table in UTF-8: {cause}", cause=cause), place=place) from None
    except OSError as cause:
        raise error(say("cannot be read: {why}", why=cause.strerror), place=place) from None


def _check_header(
    path: Path, header: Sequence[str], required: Sequence[str], optional: Sequence[str], error: type[Invalid]
) -> None:
    missing = [name for name in required if name not in header]
    unknown = [name for name in header if name not in required and name not in optional]
    if missing or unknown or len(set(header)) != len(header):
        parts = [say("lacks {missing}", missing=", ".join(missing))] if missing else []
        parts += [say("has the unknown column {unknown}", unknown=", ".join(unknown))] if unknown else []
        parts += [say("names a column twice")] if len(set(header)) != len(header) else []
        known = ", ".join([*required, *(f"[{name}]" for name in optional)])
        other = next((mark for mark in (";", "\t", "|") if len(header) == 1 and mark in header[0]), None)
        hint = say("columns: {known}", known=known) + (
            say("; columns are parted by commas, not by {other!r}", other=other) if other else ""
        )
        raise error(say("the header {parts}", parts=say(" and ").join(parts)), place=Place(str(path), 1, 1), hint=hint)


def whole(text: str, name: str, path: Path, line: int, error: type[Invalid]) -> int:
    """Return a count of at least 0, written in digits only."""
    if not text.isascii() or not text.isdigit() or len(text) > DIGITS:
        raise error(
            say("{name} is {text!r}; a count is written in digits", name=name, text=text), place=Place(str(path), line)
        )
    return int(text)
