"""Rows and columns that a workbook hides: a filter or a hand put them out of sight, and they are read as all others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from sailau.files.problems import CellPlace, Problem, letters
from sailau.files.tables import Value
from sailau.terms.speech import say

_ROW, _COLUMN = re.compile(rb"<(?:\w+:)?row\b([^>]*)>"), re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_GIVEN = re.compile(rb'([\w:-]+)\s*=\s*["\']([^"\']*)["\']')
_ODS_TABLE = re.compile(rb"<table:table\s([^>]*)>(.*?)</table:table>", re.DOTALL)
_ODS_LINE = re.compile(rb"<table:table-(row|column)\b([^>]*)>")
_SHOWN = 8
_MOST = 10_000
"""Rows or columns of one mark that are written out; a sheet may hide all that follow its table."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """The rows and columns of a sheet that are not shown, each counted from 1."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def hidden_in_xlsx(part: bytes) -> Hidden:
    """Return what a sheet of an XLSX file hides.

    Examples
    --------
    >>> hidden_in_xlsx(b'<cols><col min="2" max="3" hidden="1"/></cols><row r="1"/><row r="2" hidden="1">')
    Hidden(rows=frozenset({2}), columns=frozenset({2, 3}))
    """
    rows, at = set(), 0
    for given in map(_attributes, _ROW.findall(part)):
        at = int(given.get(b"r", at + 1))
        if given.get(b"hidden") in (b"1", b"true"):
            rows.add(at)
    columns: set[int] = set()
    for given in map(_attributes, _COLUMN.findall(part)):
        if given.get(b"hidden") in (b"1", b"true"):
            first = int(given.get(b"min", 1))
            columns |= set(range(first, min(int(given.get(b"max", first)), first + _MOST) + 1))
    return Hidden(frozenset(rows), frozenset(columns))


def hidden_in_ods(content: bytes) -> dict[str, Hidden]:
    """Return what each sheet of an ODS file hides."""
    out = {}
    for head, body in _ODS_TABLE.findall(content):
        found: dict[bytes, set[int]] = {b"row": set(), b"column": set()}
        at = {b"row": 1, b"column": 1}
        for kind, attributes in _ODS_LINE.findall(body):
            given = _attributes(attributes)
            times = int(given.get(b"table:number-" + kind + b"s-repeated", 1))
            if given.get(b"table:visibility") in (b"collapse", b"filter"):
                found[kind] |= set(range(at[kind], at[kind] + min(times, _MOST)))
            at[kind] += times
        name = unescape(_attributes(head).get(b"table:name", b"").decode("utf-8", "replace"))
        out[name] = Hidden(frozenset(found[b"row"]), frozenset(found[b"column"]))
    return out


def tell_hidden(hidden: Hidden, rows: Sequence[Sequence[Value]], path: str, sheet: str) -> Iterator[Problem]:
    """Yield a warning for hidden rows that hold something, and one for such columns."""
    full = sorted(n for n in hidden.rows if n <= len(rows) and any(cell != "" for cell in rows[n - 1]))
    hint = say("show them and look; delete those that are no part of the results")
    if full:
        what = say("hidden rows were read as all others: {rows}", rows=_listed([str(n) for n in full]))
        yield Problem("W217", CellPlace(path, full[0], sheet=sheet), what, hint)
    used = sorted(n for n in hidden.columns if any(n <= len(row) and row[n - 1] != "" for row in rows))
    if used:
        what = say("hidden columns were read as all others: {columns}", columns=_listed([letters(n) for n in used]))
        yield Problem("W217", CellPlace(path, None, used[0], sheet=sheet), what, hint)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


def _attributes(text: bytes) -> Mapping[bytes, bytes]:
    return dict(_GIVEN.findall(text))
