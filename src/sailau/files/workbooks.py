"""Workbooks (XLSX, ODS, XLS): their visible sheets as tables."""

from __future__ import annotations

import io
import posixpath
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar
from xml.etree import ElementTree

from sailau.files.archives import CELL_LIMIT, errors_of, formulas_of, spread_of, spread_of_ods, unpack
from sailau.files.compound import check_compound
from sailau.files.hidden import Hidden, hidden_in_ods, hidden_in_xlsx, tell_hidden
from sailau.files.kinds import COMPOUND
from sailau.files.problems import CellPlace, Problem
from sailau.files.tables import Table, Value
from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TARGET = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
T = TypeVar("T")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Marks:
    """What the file says of a sheet beside its values: errors, formulas without a result, and what is hidden."""

    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: Hidden = field(default_factory=Hidden)


def read_sheets(raw: bytes, path: str, kind: str, error: type[Invalid], sheet: str | None) -> tuple[Table, ...]:
    """Return the visible sheets of a workbook, or the one that is named.

    Raises
    ------
    Invalid
        The class given as `error`: broken, locked, too large when unpacked, no such sheet, no sheet at all.
    """
    from python_calamine import CalamineWorkbook

    form, marks = _inspect(raw, path, kind, error)
    book = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(raw)), path, error)
    names = _names(book, path, error, sheet)
    tables = tuple(_table(book, name, path, form, marks.get(name, _Marks()), error) for name in names)
    return tables if sheet is not None else tuple(_tell_unread(book, tables, path))


def _tell_unread(book: CalamineWorkbook, tables: Sequence[Table], path: str) -> Iterator[Table]:
    """Yield the tables, each with a warning that hidden sheets were not read."""
    hidden = [part.name for part in book.sheets_metadata if str(part.visible) != "SheetVisibleEnum.Visible"]
    shown = ", ".join(map(repr, hidden[:_SHOWN])) + (" …" if len(hidden) > _SHOWN else "")
    for table in tables:
        if not hidden:
            yield table
            continue
        what = say("hidden sheets were not read: {sheets}", sheets=shown)
        told = Problem("W217", CellPlace(path), what, say("to read one: --sheet NAME"))
        yield replace(table, problems=(*table.problems, told))


def _inspect(raw: bytes, path: str, kind: str, error: type[Invalid]) -> tuple[str, dict[str, _Marks]]:
    """Check what a file claims before it is read; return its format and what it says of each sheet."""
    if kind == COMPOUND:
        check_compound(raw, path, CELL_LIMIT, error)
        return "xls", {}
    parts = unpack(raw, path, error)
    if "xl/workbook.xml" not in parts:
        _check_spread(spread_of_ods(parts["content.xml"]), path, error)
        return "ods", {name: _Marks(hidden=hidden) for name, hidden in hidden_in_ods(parts["content.xml"]).items()}
    for name, part in parts.items():
        if "sheet" in name.lower() and name.endswith(".xml"):
            _check_spread(spread_of(part), path, error)
    try:
        sheets = {name: parts.get(part, b"") for name, part in _sheet_parts(parts).items()}
        return "xlsx", {
            name: _Marks({**errors_of(part), **formulas_of(part)}, hidden_in_xlsx(part))
            for name, part in sheets.items()
        }
    except (ElementTree.ParseError, ValueError, LookupError):
        raise _broken(path, error) from None


def _check_spread(cells: int, path: str, error: type[Invalid]) -> None:
    if cells > CELL_LIMIT:
        what = say("a sheet spans {cells:,} cells; up to {limit:,} are read", cells=cells, limit=CELL_LIMIT)
        raise error(what, place=Place(path), hint=say("delete the stray cells far from the table, or save it as CSV"))


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the part of the archive in which each sheet lies."""
    links = ElementTree.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    targets = {link.get("Id"): link.get("Target", "") for link in links.iter(_TARGET)}
    sheets = ElementTree.fromstring(parts["xl/workbook.xml"]).iter(f"{_MAIN}sheet")
    return {
        sheet.get("name", ""): posixpath.normpath(posixpath.join("/xl", targets.get(sheet.get(_LINK), ""))).lstrip("/")
        for sheet in sheets
    }


def _names(book: CalamineWorkbook, path: str, error: type[Invalid], wanted: str | None) -> list[str]:
    shown = [
        part.name
        for part in book.sheets_metadata
        if str(part.typ) == "SheetTypeEnum.WorkSheet" and str(part.visible) == "SheetVisibleEnum.Visible"
    ]
    twice = [name for name, n in Counter(book.sheet_names).items() if n > 1]
    if twice:
        what = say("has several sheets called {name!r}", name=twice[0])
        raise error(what, place=Place(path), hint=say("give each sheet a name of its own"))
    if wanted is None and shown:
        return shown
    if wanted is None:
        raise error(
            say("has no visible sheet"), place=Place(path), hint=say("show the sheet with the results, or name it")
        )
    if wanted in book.sheet_names:
        return [wanted]
    near = get_close_matches(wanted, book.sheet_names, n=1)
    hint = (
        say("did you mean {near!r}?", near=near[0])
        if near
        else say("sheets: {sheets}", sheets=", ".join(map(repr, book.sheet_names)))
    )
    raise error(say("has no sheet {wanted!r}", wanted=wanted), place=Place(path), hint=hint)


def _table(book: CalamineWorkbook, name: str, path: str, form: str, marks: _Marks, error: type[Invalid]) -> Table:
    sheet: CalamineSheet = _guarded(lambda: book.get_sheet_by_name(name), path, error)
    rows: list[list[Value]] = _guarded(lambda: sheet.to_python(skip_empty_area=False), path, error)
    for (row, column), text in marks.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    told = tuple(tell_hidden(marks.hidden, rows, path, name))
    return Table(path, rows, range(1, len(rows) + 1), form, sheet=name, merged=merged, problems=told)


def _guarded(read: Callable[[], T], path: str, error: type[Invalid]) -> T:
    """Call the reader; whatever breaks in it is a broken file, a panic of its Rust code included."""
    from python_calamine import PasswordError

    try:
        return read()
    except PasswordError:
        hint = say("open it with the password and save a copy without one")
        raise error(say("is locked by a password"), place=Place(path), hint=hint) from None
    except Exception as cause:
        raise _broken(path, error, str(cause)) from None
    except BaseException as cause:
        if type(cause).__name__ != "PanicException":
            raise
        raise _broken(path, error) from None


def _broken(path: str, error: type[Invalid], why: str = "") -> Invalid:
    reason = f": {' '.join(why.split())[:100]}" if why else ""
    return error(
        say("is a broken workbook{reason}", reason=reason),
        place=Place(path),
        hint=say("open it in a spreadsheet and save it again"),
    )
