"""What a file is, by its first bytes, and which files are refused before anything of them is read."""

from __future__ import annotations

import re
import stat
import sys
from functools import cache
from pathlib import Path

from sailau.terms.errors import Invalid, NotFound, Place
from sailau.terms.speech import say

LIMIT = 64_000_000
"""The largest file of results that is read, in bytes; every precinct of a large country fits in."""

RANKED = (".blt", ".soi", ".soc", ".toi", ".toc")
"""What the names of files of ranked ballots end with; a table of ranks looks like any other table."""

ZIP, COMPOUND, TEXT = "zip", "compound", "text"
_ZIP_START, _COMPOUND_START = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TYPE_IT = "type the figures into a table, one row for each contender, and save it as CSV or XLSX"
_UNPACK = "unpack it and give the table that is inside"
_SAVE_AS = "open it in its own program and save the table as CSV or XLSX"

_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", _TYPE_IT),
    (b"\xff\xd8\xff", "a picture (JPEG)", _TYPE_IT),
    (b"GIF87a", "a picture (GIF)", _TYPE_IT),
    (b"GIF89a", "a picture (GIF)", _TYPE_IT),
    (b"BM", "a picture (BMP)", _TYPE_IT),
    (b"II*\x00", "a picture (TIFF)", _TYPE_IT),
    (b"MM\x00*", "a picture (TIFF)", _TYPE_IT),
    (b"RIFF", "a picture, a sound or a film (RIFF)", _TYPE_IT),
    (b"%PDF", "a PDF document", "copy its table into a spreadsheet and save it as CSV or XLSX"),
    (b"\x1f\x8b", "a packed file (gzip)", _UNPACK),
    (b"BZh", "a packed file (bzip2)", _UNPACK),
    (b"\xfd7zXZ\x00", "a packed file (xz)", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a packed file (7z)", _UNPACK),
    (b"Rar", "a packed file (RAR)", _UNPACK),
    (b"PK\x05\x06", "a packed file (ZIP) with nothing in it", _UNPACK),
    (b"SQLite format 3", "a database (SQLite)", _SAVE_AS),
    (b"{\\rtf", "a text document (RTF)", _SAVE_AS),
)
_UNPRINTABLE = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_TEXTUAL = re.compile(rb"\s*(?:(?P<web><!doctype|<html|<table|<body|<head|<div)|(?P<xml><\?xml|<\w+[\s>])"
                      rb"|(?P<json>\{\s*[\"'}]|\[\s*[\[{\"\]]))", re.IGNORECASE)  # fmt: skip
_MARKUP = {
    "web": ("a web page (HTML)", "copy its table into a spreadsheet and save it as CSV or XLSX"),
    "xml": ("an XML document", _SAVE_AS),
    "json": ("JSON", 'write it as a list of records: [{{"party": "A", "votes": 3}}, …]'),
}


def read_bytes(path: Path, error: type[Invalid]) -> bytes:
    """Return the bytes of a user's file, if it is one and not too large.

    Raises
    ------
    NotFound
        There is no such file; the error names those of its folder that are spelled alike.
    Invalid
        The class given as `error`: a folder, a device, too large, empty, not readable.
    """
    place = Place(str(path))
    try:
        if str(path) == "-" and not path.exists():
            return _not_empty(_standard_input(place, error), place, error)
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise error(
                say("is a folder"), place=place, hint=say("give one file; a folder of an election is read by its id")
            )
        if not stat.S_ISREG(found.st_mode):
            raise _no_file(place, error)
        if found.st_size > LIMIT:
            raise _too_large(found.st_size, place, error)
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound("file", str(path), _neighbours(path)) from None
    except (OSError, ValueError) as cause:
        why = getattr(cause, "strerror", None) or str(cause)
        raise error(say("cannot be read: {why}", why=why), place=place) from None
    return _not_empty(raw, place, error)


def _standard_input(place: Place, error: type[Invalid]) -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        hint = say("pipe a table into the command, or give the name of a file")
        raise error(say("is the standard input, and nothing is piped into it"), place=place, hint=hint)
    raw = _piped()
    if len(raw) > LIMIT:
        raise _too_large(len(raw), place, error)
    return raw


@cache
def _piped() -> bytes:
    """Return what was piped in; it comes once, and a file is read more than once."""
    return sys.stdin.buffer.read(LIMIT + 1)


def _not_empty(raw: bytes, place: Place, error: type[Invalid]) -> bytes:
    if not raw.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise error(say("is empty"), place=place, hint=say("give a file with a row of headings and rows of data"))
    return raw


def _too_large(size: int, place: Place, error: type[Invalid]) -> Invalid:
    what = say("{size:,} bytes is too large; up to {limit:,} are read", size=size, limit=LIMIT)
    return error(what, place=place, hint=say("split the file, or add up its precincts by district"))


def _no_file(place: Place, error: type[Invalid]) -> Invalid:
    hint = say("save the table to a file, or pipe it into the command and call it -")
    return error(say("is no file but a device or a pipe"), place=place, hint=hint)


def _neighbours(path: Path) -> list[str]:
    try:
        return [str(path.parent / part.name) for part in path.parent.iterdir() if part.is_file()]
    except (OSError, ValueError):
        return []


def kind_of(raw: bytes, path: str, error: type[Invalid]) -> str:
    """Return ``zip`` (XLSX, ODS), ``compound`` (XLS) or ``text``; refuse what holds no table.

    Raises
    ------
    Invalid
        The class given as `error`: a picture, a document, a packed file, a web page, JSON.
    """
    if raw.startswith(_ZIP_START):
        return ZIP
    if raw.startswith(_COMPOUND_START):
        return COMPOUND
    for start, what, hint in _STARTS:
        if raw.startswith(start) and (not start.isalnum() or _UNPRINTABLE.search(raw, 0, 256)):
            raise error(say("is {what}, not a table", what=say(what)), place=Place(path), hint=say(hint))
    found = _TEXTUAL.match(raw.removeprefix(b"\xef\xbb\xbf")[:4096].replace(b"\x00", b"").removeprefix(b"\xff\xfe"))
    if found:
        what, hint = _MARKUP[str(found.lastgroup)]
        raise error(say("is {what}, not a table", what=say(what)), place=Place(path, 1, 1), hint=say(hint))
    return TEXT


def suffix_of(path: Path) -> str:
    """Return what a file's name ends with in small letters, that of the file inside where it is packed."""
    return (Path(path.stem).suffix if path.suffix == ".gz" else path.suffix).lower()


def is_ranked(path: Path) -> bool:
    """Say whether a file holds ranked ballots, by its name."""
    return suffix_of(path) in RANKED
