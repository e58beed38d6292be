"""CSV and its kin: which sign parts the cells, and the rows with their line numbers."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from sailau.terms.errors import Invalid, Place
from sailau.terms.speech import say

DELIMITERS = ("\t", ";", "|", ",")
"""In the order of trust: a comma also stands inside numbers and names."""

_SAMPLE_ROWS, _SAMPLE_SIGNS, _NEARLY = 200, 200_000, 0.6
_NUMBER = re.compile(r"[-\s]*\d[\d\s.,'’%]*")
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_END = "\x00end\x00"


def split_rows(text: str, path: str, error: type[Invalid]) -> tuple[list[list[str]], list[int], str]:
    """Return the rows of a text, the line on which each begins, and the delimiter.

    Raises
    ------
    Invalid
        The class given as `error`: a quote that is never closed.
    """
    said = _SAID.match(text)
    skipped = 1 if said else 0
    body = text[said.end() :] if said else text
    delimiter = said[1] if said else find_delimiter(body)
    rows: list[list[str]] = []
    numbers: list[int] = []
    for line, row in _numbered(body, delimiter, path, error):
        rows.append(row)
        numbers.append(line + skipped)
    return rows, numbers, delimiter


def _numbered(text: str, delimiter: str, path: str, error: type[Invalid]) -> Iterator[tuple[int, list[str]]]:
    if not text.endswith(("\n", "\r")):
        text += "\n"
    reader = csv.reader(io.StringIO(text + _END, newline=""), delimiter=delimiter)
    line = 1
    hint = say("close the quote, or write a quote inside a quoted cell twice")
    try:
        for row in reader:
            if row and row[-1].endswith(_END):
                if row != [_END]:
                    raise error(say("a quote opens here and is never closed"), place=Place(path, line), hint=hint)
                return
            yield line, row
            line = reader.line_num + 1
    except csv.Error:
        what = say(
            "a cell of more than {limit:,} letters; it seems that a quote is not closed", limit=csv.field_size_limit()
        )
        raise error(what, place=Place(path, line), hint=hint) from None


def find_delimiter(text: str) -> str:
    """Return the delimiter that parts rows most evenly and leaves most numbers whole; a comma if none parts them.

    A comma needs to be clearly better than the others, for it also stands inside numbers and names.
    """
    scores = {delimiter: _score(text, delimiter) for delimiter in DELIMITERS}
    marks = {delimiter: even * numbers for delimiter, (even, numbers) in scores.items()}
    if not any(marks.values()):
        marks = {delimiter: even for delimiter, (even, _) in scores.items()}
    best = max(marks.values())
    return next(delimiter for delimiter in DELIMITERS if marks[delimiter] >= best * _NEARLY) if best else ","


def _score(text: str, delimiter: str) -> tuple[float, float]:
    """Return the share of rows that have the commonest number of cells, 0 if that is one, and that of numbers."""
    sample = io.StringIO(text[:_SAMPLE_SIGNS], newline="")
    try:
        rows = [row for row in islice(csv.reader(sample, delimiter=delimiter), _SAMPLE_ROWS) if any(row)]
    except csv.Error:
        return 0.0, 0.0
    widths = Counter(len(row) for row in rows)
    (width, n), *_ = widths.most_common(1) or [(1, 0)]
    if width < 2:
        return 0.0, 0.0
    cells = [cell for row in rows for cell in row]
    return n / len(rows), sum(1 for cell in cells if _NUMBER.fullmatch(cell)) / len(cells)
