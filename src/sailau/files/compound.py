"""Compound files (XLS, and XLSX locked by a password): their streams, and what a sheet's records claim."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_CELLS = {0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E}
_BOF, _PASSWORD, _EXTENT = {0x0009, 0x0209, 0x0409, 0x0809}, 0x002F, 0x0200


class _Broken(Exception):
    """The chains of sectors lead nowhere."""


def check_compound(raw: bytes, path: str, limit: int, error: type[Invalid]) -> None:
    """Refuse a compound file that is no workbook, is locked, or whose cells lie further apart than `limit`.

    Raises
    ------
    Invalid
        The class given as `error`.
    """
    try:
        streams = dict(_streams(raw))
    except (_Broken, struct.error, IndexError, UnicodeDecodeError):
        raise error(say("is a broken XLS file"), place=Place(path), hint=say("save it again as XLSX")) from None
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        raise _locked(path, error)
    book = streams.get("Workbook", streams.get("Book"))
    if book is None:
        what = say("is a document of an older office program, but no workbook")
        raise error(what, place=Place(path), hint=say("save its table as XLSX or CSV"))
    for cells in _areas(book, path, error):
        if cells > limit:
            what = say("a sheet spans {cells:,} cells; up to {limit:,} are read", cells=cells, limit=limit)
            raise error(
                what, place=Place(path), hint=say("delete the stray cells far from the table, or save it as CSV")
            )


def _locked(path: str, error: type[Invalid]) -> Invalid:
    hint = say("open it with the password and save a copy without one")
    return error(say("is locked by a password"), place=Place(path), hint=hint)


def _areas(book: bytes, path: str, error: type[Invalid]) -> Iterator[int]:
    """Yield how many cells each sheet spans, by its own word and by its records."""
    rows = columns = at = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        at += 4
        if kind in _BOF:
            yield rows * columns
            rows = columns = 0
        elif kind == _PASSWORD:
            raise _locked(path, error)
        elif kind in _CELLS and size >= 4 and at + 4 <= len(book):
            row, column = struct.unpack_from("<HH", book, at)
            last = struct.unpack_from("<H", book, at + size - 2)[0] if kind == 0x00BD and at + size <= len(book) else 0
            rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
        elif kind == _EXTENT and size >= 14 and at + 14 <= len(book):
            first, end, left, right = struct.unpack_from("<IIHH", book, at)
            yield max(0, end - first) * max(0, right - left)
        at += size
    yield rows * columns


def _streams(raw: bytes) -> Iterator[tuple[str, bytes]]:
    shift, small_shift = struct.unpack_from("<HH", raw, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise _Broken
    directory_at, small_below, small_at = struct.unpack_from("<I4xII", raw, 48)
    fat = _fat(raw, 1 << shift)
    directory = _chain(raw, fat, directory_at, 1 << shift, 1 << shift)
    small_fat = list(_words(_chain(raw, fat, small_at, 1 << shift, 1 << shift)))
    root = b""
    for entry in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, entry + 64)
        name = directory[entry : entry + max(0, min(length, 64) - 2)].decode("utf-16-le")
        start, size = struct.unpack_from("<II", directory, entry + 116)
        if kind == 5:
            root = _chain(raw, fat, start, 1 << shift, 1 << shift)
        elif kind == 2:
            small = size < small_below
            data = _chain(root, small_fat, start, 64, 0) if small else _chain(raw, fat, start, 1 << shift, 1 << shift)
            yield name, data[:size]


def _fat(raw: bytes, size: int) -> list[int]:
    sectors = [s for s in struct.unpack_from("<109I", raw, 76) if s < _END - 1]
    more, per = struct.unpack_from("<I", raw, 68)[0], size // 4 - 1
    seen = 0
    while more < _END - 1:
        words = struct.unpack_from(f"<{per + 1}I", raw, (more + 1) * size)
        sectors += [s for s in words[:per] if s < _END - 1]
        more, seen = words[per], seen + 1
        if seen * size > len(raw):
            raise _Broken
    return [word for sector in sectors for word in _words(raw[(sector + 1) * size : (sector + 2) * size])]


def _words(data: bytes) -> tuple[int, ...]:
    return struct.unpack_from(f"<{len(data) // 4}I", data)


def _chain(data: bytes, fat: list[int], start: int, size: int, skip: int) -> bytes:
    """Return the sectors of a chain in one piece; `skip` is the header before sector 0."""
    parts: list[bytes] = []
    while start < _END - 1:
        parts.append(data[start * size + skip : (start + 1) * size + skip])
        if len(parts) > len(fat):
            raise _Broken
        start = fat[start]
    return b"".join(parts)
