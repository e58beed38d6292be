"""Tables of web pages (HTML), which many offices hand out under names such as results.xls."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from sailau.files.encodings import Decoded, decode
from sailau.files.tables import Format, Row, Span, Table, Value
from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

_START = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<(?:html|head|body|table|div|meta)\b)",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_MOST_SPAN = 1_000
_MOST_CELLS = 10_000_000
_UNSEEN = frozenset({"script", "style", "template", "noscript"})


@dataclass(slots=True)
class _Grid:
    """A table on the way: its rows, where its cells begin, the cells that reach into rows to come."""

    rows: list[list[Value]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)
    cell: list[str] | None = None
    spans: tuple[int, int] = (1, 1)
    number: float | None = None

    def begin_row(self, line: int) -> None:
        self.end_cell()
        self.rows.append([])
        self.lines.append(line)

    def begin_cell(self, given: dict[str, str | None], line: int) -> None:
        self.end_cell()
        if not self.rows:
            self.begin_row(line)
        self.cell, self.number = [], _number(given.get("x:num"))
        self.spans = _span(given.get("rowspan")), _span(given.get("colspan"))

    def end_cell(self) -> None:
        """Put the cell that is open into its row, behind those that reach into it from above."""
        if self.cell is None:
            return
        row, at = self.rows[-1], len(self.rows) - 1
        while (at, len(row)) in self.taken:
            row.append("")
        left, (down, right) = len(row), self.spans
        row.append(self.number if self.number is not None else _told("".join(self.cell)))
        row.extend([""] * (right - 1))
        if (down, right) != (1, 1):
            self.merged.append((at, left, at + down - 1, left + right - 1))
            self.taken |= {(i, j) for i in range(at + 1, at + down) for j in range(left, left + right)}
        self.cell = None


class _Pages(HTMLParser):
    """Collects the tables of a page; a table inside of a cell is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[_Grid] = []
        self.found: list[_Grid] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row, a cell."""
        line = self.getpos()[0]
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag == "table":
            self.open.append(_Grid())
            self.found.append(self.open[-1])
        elif self.open and tag == "tr":
            self.open[-1].begin_row(line)
        elif self.open and tag in ("td", "th"):
            self.open[-1].begin_cell(dict(attrs), line)
        elif self.open and tag in ("br", "p", "div") and self.open[-1].cell:
            self.open[-1].cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close what is open."""
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif self.open and tag in ("td", "th", "tr", "table"):
            self.open[-1].end_cell()
            if tag == "table":
                self.open.pop()

    def handle_data(self, data: str) -> None:
        """Add text to the cell that is open."""
        if self.open and not self.unseen and self.open[-1].cell is not None:
            self.open[-1].cell.append(data)


def _told(text: str) -> str:
    """Return the text of a cell: spaces count once, a broken line stays one."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def _number(given: str | None) -> float | None:
    """Return the number that a spreadsheet wrote beside its picture of it."""
    try:
        return float(given) if given else None
    except ValueError:
        return None


def _span(given: str | None) -> int:
    return min(max(int(given), 1), _MOST_SPAN) if given and given.isdecimal() else 1


def _sniff(raw: bytes, path: str) -> float:  # noqa: ARG001  # every format is asked alike
    return 0.3 if _START.match(_plain(raw[:8192])) else 0.0


def _plain(raw: bytes) -> bytes:
    """Return the beginning of a page without a mark, one byte a sign."""
    for mark in _MARKS:
        raw = raw.removeprefix(mark)
    return raw.replace(b"\x00", b"")


def _decoded(raw: bytes, path: str, error: type[Invalid]) -> Decoded:
    """Read a page in the encoding that it names, where it can be read in it; else as any text."""
    named = None if raw.startswith(_MARKS) else _CHARSET.search(raw[:8192])
    try:
        codec = codecs.lookup(named[1].decode("ascii")) if named else None
        if codec is not None:
            return Decoded(raw.decode(codec.name), codec.name)
    except (LookupError, UnicodeDecodeError):
        pass
    return decode(raw, path, error)


def _read(raw: bytes, path: str, error: type[Invalid]) -> tuple[Table, ...]:
    page = _Pages()
    found = _decoded(raw, path, error)
    page.feed(found.text)
    page.close()
    for grid in page.open:
        grid.end_cell()
    grids = [grid for grid in page.found if _holds_figures(grid.rows)]
    if not grids:
        hint = say("copy its table into a spreadsheet and save it as CSV or XLSX")
        raise error(say("is a web page (HTML) without a table"), place=Place(path, 1, 1), hint=hint)
    return tuple(_tables(grids, path, found, error))


def _holds_figures(rows: Sequence[Row]) -> bool:
    """Tell whether a table has two rows and two columns; pages lay out what they show by tables, too."""
    return len(rows) > 1 and sum(len(row) > 1 for row in rows) > 1


def _tables(grids: Sequence[_Grid], path: str, found: Decoded, error: type[Invalid]) -> Iterator[Table]:
    for n, grid in enumerate(grids, 1):
        width = max(map(len, grid.rows))
        if width * len(grid.rows) > _MOST_CELLS:
            what = say("a sheet spans {cells:,} cells; up to {limit:,} are read", cells=width * len(grid.rows),
                       limit=_MOST_CELLS)  # fmt: skip
            raise error(
                what, place=Place(path), hint=say("delete the stray cells far from the table, or save it as CSV")
            )
        rows = [[*row, *[""] * (width - len(row))] for row in grid.rows]
        sheet = f"table {n}" if len(grids) > 1 else None
        yield Table(path, rows, grid.lines, "html", found.encoding, None, found.sure, sheet, tuple(grid.merged))


HTML = Format("html", _sniff, _read)
"""The tables of a web page, each by its number."""
