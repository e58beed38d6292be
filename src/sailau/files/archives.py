"""XLSX and ODS are zip archives: unpacked here with a limit, before a reader trusts what they claim."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from html import unescape
from itertools import accumulate

from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

UNPACKED_LIMIT = 400_000_000
"""The most that a workbook may unpack to, in bytes."""

_FREE, _RATIO = 10_000_000, 100
"""A part may unpack to so many bytes, and to so many times its packed size; sheets shrink twenty to thirty times."""

CELL_LIMIT = 10_000_000
"""The most cells that a sheet may span, from its first to its last."""

_PARTS_LIMIT = 10_000
_XLSX_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Za-z]+)(\d+)["']""")
_XLSX_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<""", re.S
)
_XLSX_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v>\s*</(?:\w+:)?v>|<(?:\w+:)?v\s*/>)?\s*</(?:\w+:)?c>"""
)
_REFERENCE = re.compile(rb"""\br=["']([A-Za-z]+)(\d+)["']""")
_ODS_ROW = re.compile(rb"<table:table-row\b")
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_ODS_TABLE = re.compile(rb"<table:table\s")
_ROWS = re.compile(rb"""table:number-rows-repeated=["'](\d+)["']""")
_COLUMNS = re.compile(rb"""table:number-columns-repeated=["'](\d+)["']""")


def unpack(raw: bytes, path: str, error: type[Invalid]) -> dict[str, bytes]:
    """Return the parts of an XLSX or ODS file; never more than the limit, whatever the archive claims.

    Raises
    ------
    Invalid
        The class given as `error`: broken, locked, too large when unpacked, or no workbook.
    """
    broken = error(
        say("is a broken workbook: the archive cannot be unpacked"), place=Place(path), hint=say("save it again")
    )
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error, UnicodeDecodeError):
        raise broken from None
    _check_claims(infos, path, error)
    parts: dict[str, bytes] = {}
    left = UNPACKED_LIMIT
    for info in infos:
        most = min(left, _FREE + _RATIO * info.compress_size)
        part = _inflate(raw, info, most)
        if part is None:
            raise broken
        if len(part) > most:
            raise _bomb(path, error)
        left -= len(part)
        parts[info.filename] = part
    return parts


def _check_claims(infos: list[zipfile.ZipInfo], path: str, error: type[Invalid]) -> None:
    names = {info.filename for info in infos}
    if len(infos) > _PARTS_LIMIT or sum(info.file_size for info in infos) > UNPACKED_LIMIT:
        raise _bomb(path, error)
    if any(info.flag_bits & 1 for info in infos):
        hint = say("open it with the password and save a copy without one")
        raise error(say("is locked by a password"), place=Place(path), hint=hint)
    if "xl/workbook.bin" in names:
        raise error(say("is a binary workbook (XLSB)"), place=Place(path), hint=say("save it as XLSX"))
    if "xl/workbook.xml" in names or ("content.xml" in names and "mimetype" in names):
        return
    what = say("a text document (DOCX)") if "word/document.xml" in names else say("a packed file (ZIP) and no workbook")
    hint = (
        say("unpack it and give the table that is inside")
        if what.endswith("workbook")
        else say("save its table as XLSX or CSV")
    )
    raise error(say("is {what}", what=what), place=Place(path), hint=hint)


def _bomb(path: str, error: type[Invalid]) -> Invalid:
    what = say("unpacks to more bytes than a table of results can hold")
    return error(what, place=Place(path), hint=say("save the one sheet that is needed as CSV"))


def _inflate(raw: bytes, info: zipfile.ZipInfo, most: int) -> bytes | None:
    """Unpack a part, at most one byte more than `most`; None if it is broken."""
    at = info.header_offset
    if raw[at : at + 4] != b"PK\x03\x04" or at + 30 > len(raw):
        return None
    name, extra = struct.unpack_from("<HH", raw, at + 26)
    packed = raw[at + 30 + name + extra :][: info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        return packed
    if info.compress_type != zipfile.ZIP_DEFLATED:
        return None
    try:
        return zlib.decompressobj(-15).decompress(packed, most + 1)
    except zlib.error:
        return None


def spread_of(part: bytes) -> int:
    """Return how many cells an XLSX sheet spans from A1 to its last row and column."""
    found = _XLSX_CELL.findall(part)
    if not found:
        return 0
    columns = {column for column, _ in found}
    return max(int(row[:9]) for _, row in found) * max(number_of(column.decode()) for column in columns)


def number_of(letters: str) -> int:
    """Return the number of a column by its letters: A is 1, AA is 27."""
    *_, number = accumulate((ord(sign) - 64 for sign in letters.upper()), lambda n, digit: n * 26 + digit)
    return number


def errors_of(part: bytes) -> Mapping[tuple[int, int], str]:
    """Return the cells of an XLSX sheet that hold an error such as ``#REF!``, by (row, column) from 0."""
    out: dict[tuple[int, int], str] = {}
    for attributes, text in _XLSX_ERROR.findall(part):
        place = _REFERENCE.search(attributes)
        if place:
            out[int(place[2]) - 1, number_of(place[1].decode()) - 1] = text.decode("utf-8", "replace")
    return out


def formulas_of(part: bytes) -> Mapping[tuple[int, int], str]:
    """Return the formulas of an XLSX sheet of which no result was saved, by (row, column) from 0.

    Programs that write workbooks without counting leave them so; a spreadsheet saves the result beside each.

    Examples
    --------
    >>> formulas_of(b'<c r="B2"><f>SUM(A1:A9)</f><v></v></c><c r="B3"><f>A1</f><v>7</v></c>')
    {(1, 1): '=SUM(A1:A9)'}
    """
    out: dict[tuple[int, int], str] = {}
    for attributes, text in _XLSX_FORMULA.findall(part) if b"<f" in part or b":f>" in part else ():
        place = _REFERENCE.search(attributes)
        if place:
            out[int(place[2]) - 1, number_of(place[1].decode()) - 1] = "=" + unescape(text.decode("utf-8", "replace"))
    return out


def spread_of_ods(content: bytes) -> int:
    """Return how many cells the largest sheet of an ODS file spans, repeated cells written out."""
    return max((_spread(table) for table in _ODS_TABLE.split(content)[1:]), default=0)


def _spread(table: bytes) -> int:
    height = width = seen = 0
    for row in _ODS_ROW.split(table)[1:]:
        times = _ROWS.search(row.partition(b">")[0])
        seen += int(times[1][:9]) if times else 1
        if b"office:value" not in row and b"<text:p" not in row:
            continue
        height = seen
        if b"columns-repeated" in row or width < row.count(b"<table:"):
            width = max(width, _width(row))
    return height * width


def _width(row: bytes) -> int:
    ends = 0
    width = 0
    for attributes in _ODS_CELL.findall(row):
        times = _COLUMNS.search(attributes)
        ends += int(times[1][:9]) if times else 1
        if b"office:value" in attributes:
            width = ends
    return width or ends
