"""Rows that hold several contenders one after the other, each with the same columns: cut into a row for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sailau.files.counts import looks_numeric
from sailau.files.label_words import CONTENDER, NAME, PARTY, VOTES
from sailau.files.labels import role_of
from sailau.files.tables import Row, Table
from sailau.records.results.header import Header, find_header, is_blank

_NUMBER = re.compile(r"[ _.\-]*\d+$")
_LOOK_AT, _MOST = 40, 80
"""Rows that are looked at, and labels beyond which a row is no list of contenders."""


class Groups(NamedTuple):
    """Where the groups of a row begin, and how many columns each takes."""

    base: int
    size: int


def unfolded(table: Table) -> Table:
    """Return a table with a row for each group of columns, or the table itself where no columns come again.

    Official files of two kinds are known: labels stand over every group, numbered or not; or over the first one only.
    """
    header = find_header(table)
    if len(header.rows) != 1:
        return table
    labels = [parts[-1] if parts else "" for parts in header.labels]
    groups = _labelled(labels) or _over_the_first(table, header, labels)
    return table if groups is None else _cut(table, header, groups)


def filled(table: Table, start: int) -> Table:
    """Return a table in which each row, from `start` on, holds the text of the merged cell that it lies in.

    A district written once beside the rows of its parties stands in all of them; a number is one of the whole, and
    stays where it is.
    """
    spans = [(max(top, start), left, bottom, table.rows[top][left]) for top, left, bottom, _ in table.merged]
    spans = [span for span in spans if span[0] < span[2] and isinstance(span[3], str) and not looks_numeric(span[3])]
    if not spans:
        return table
    rows = [list(row) for row in table.rows]
    for top, left, bottom, text in spans:
        for row in rows[top : bottom + 1]:
            row[left] = text if is_blank(row[left]) else row[left]
    return replace(table, rows=rows)


def _labelled(labels: Sequence[str]) -> Groups | None:
    """Return the groups where the same labels come again up to the end."""
    plain = [_NUMBER.sub("", label) for label in labels]
    votes = [i for i, label in enumerate(plain) if _is(label, VOTES)]
    if len(votes) < 2:
        return None
    size = votes[1] - votes[0]
    base = len(plain) - size * len(votes)
    if size < 2 or base < 0 or plain[base:] != plain[base : base + size] * len(votes):
        return None
    return Groups(base, size) if _names_someone(plain[base : base + size]) else None


def _over_the_first(table: Table, header: Header, labels: Sequence[str]) -> Groups | None:
    """Return the groups where rows go on beyond the last label as its columns would."""
    known = len(labels) - next((i for i, label in enumerate(reversed(labels)) if label), len(labels))
    body = table.rows[header.start : header.start + _LOOK_AT]
    width = max((_width(row) for row in body), default=0)
    if known > _MOST or sum(_is(label, VOTES) for label in labels[:known]) != 1 or width < known + 2:
        return None
    for size in range(2, known):
        base = known - size
        fits = (max(map(len, body)) - base) % size == 0 or (width - base) % size == 0
        if fits and _names_someone(labels[base:known]) and all(_alike(row, base, size) for row in body):
            return Groups(base, size)
    return None


def _is(label: str, *roles: str) -> bool:
    return (role_of(label) or ("",))[0] in roles


def _names_someone(labels: Sequence[str]) -> bool:
    return any(_is(label, VOTES) for label in labels) and any(_is(label, NAME, PARTY, CONTENDER) for label in labels)


def _width(row: Row) -> int:
    return len(row) - next((i for i, value in enumerate(reversed(row)) if not is_blank(value)), len(row))


def _alike(row: Row, base: int, size: int) -> bool:
    """Tell whether numbers stand where numbers stand in the first group, and text where text stands."""
    for i in range(base + size, len(row)):
        first, value = row[base + (i - base) % size], row[i]
        if not is_blank(value) and not is_blank(first) and looks_numeric(value) != looks_numeric(first):
            return False
    return True


def _cut(table: Table, header: Header, groups: Groups) -> Table:
    rows: list[Row] = []
    numbers, moved = [], []
    base, size = groups
    for i, row in enumerate(table.rows):
        starts = range(base, len(row), size) if i >= header.start else range(base, base + 1)
        for start in starts:
            cells = [*row[start : start + size]]
            if start > base and all(map(is_blank, cells)):
                continue
            if i == header.rows[0]:
                cells = [_NUMBER.sub("", value) if isinstance(value, str) else value for value in cells]
            rows.append([*row[:base], *cells, *[""] * (size - len(cells))] if i >= header.rows[0] else row)
            numbers.append(table.numbers[i])
            moved.append(start - base)
    return replace(table, rows=rows, numbers=numbers, moved=moved, fixed=base)
