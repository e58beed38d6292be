"""Rows that add up all the others, known by their numbers where no word calls them a total."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sailau.files.counts import Fault
from sailau.records.results.book import Book, Reader
from sailau.terms.speech import say

_MANY = 5000
"""Rows beyond which sums of groups are not looked for."""

_LEVELS = 6
"""Levels of areas that one list holds at the most; a row that goes into the others oftener does so by chance."""

_LEAST = 3
"""Rows that make a sum; of two the larger would often be the other and a little."""


def whole_row(reader: Reader, columns: Sequence[int], rows: Sequence[int]) -> int | None:
    """Return the last or first of these rows when each column of votes adds up to it.

    A column with a cell that holds no count says nothing; empty cells and dashes count as none.
    """
    if len(rows) <= _LEAST:
        return None
    for whole in (rows[-1], rows[0]):
        parts = [row for row in rows if row != whole]
        sums = [_sum(reader, column, parts) for column in columns]
        given = [reader.count(whole, column) for column in columns]
        told = [(n, total) for n, total in zip(given, sums, strict=True) if isinstance(n, int) and n]
        if told and all(n == total for n, total in told) and len(told) * 2 > len(columns):
            return whole
    return None


def group_rows(reader: Reader, columns: Sequence[int], rows: Sequence[int]) -> list[int]:
    """Return the rows that are the sums of those above them, up to the last such row, in each column of votes.

    Two columns with votes have to agree at least, and two rows have to stand in a group.
    """
    out: list[int] = []
    sums, parts = [0] * len(columns), 0
    for row in rows if len(rows) <= _MANY else ():
        given = [n if isinstance(n, int) else 0 for n in (reader.count(row, column) for column in columns)]
        if parts > 1 and given == sums and sum(n > 0 for n in given) > 1:
            out.append(row)
            sums, parts = [0] * len(columns), 0
        else:
            sums, parts = [n + m for n, m in zip(sums, given, strict=True)], parts + 1
    return out


def head_rows(reader: Reader, columns: Sequence[int], rows: Sequence[int]) -> dict[int, list[int]]:
    """Return the rows that are the sums of those right below them, with these: a county over its towns."""
    out: dict[int, list[int]] = {}
    rows = list(rows) if len(rows) <= _MANY else []
    given = [[n if isinstance(n := reader.count(row, c), int) else 0 for c in columns] for row in rows]
    at = 0
    while at < len(rows):
        sums, end = [0] * len(columns), at + 1
        while end < len(rows) and sums != given[at] and all(n <= m for n, m in zip(sums, given[at], strict=True)):
            sums = [n + m for n, m in zip(sums, given[end], strict=True)]
            end += 1
        if sums == given[at] and end - at > _LEAST - 1 and sum(n > 0 for n in sums) > 1:
            out[rows[at]] = rows[at + 1 : end]
            at = end
        else:
            at += 1
    return out


def nested_heads(reader: Reader, columns: Sequence[int], rows: Sequence[int]) -> dict[int, list[int]]:
    """Return the heads of rows, the heads of these heads, and so on: a state over counties over towns."""
    out: dict[int, list[int]] = {}
    left = list(rows)
    while found := head_rows(reader, columns, left):
        out |= found
        parts = {part for its in found.values() for part in its}
        left = [row for row in left if row not in parts]
    return out


def times_held(
    reader: Reader, columns: Sequence[int], rows: Sequence[int], counted: Collection[int]
) -> tuple[int, int] | None:
    """Return the largest row when those counted hold it several times over, and how many times: levels in one list."""
    given = {row: [n if isinstance(n := reader.count(row, c), int) else 0 for c in columns] for row in rows}
    if not given:
        return None
    largest = max(given, key=lambda row: sum(given[row]))
    whole = given[largest]
    if sum(n > 0 for n in whole) < 2 or list(given.values()).count(whole) > 1:
        return None
    rest = [sum(column) for column in zip(*(given[row] for row in counted if row != largest), strict=True)]
    times = sum(rest) // sum(whole)
    return (largest, times) if 1 < times <= _LEVELS and rest == [times * n for n in whole] else None


def tell_groups(book: Book, names: Mapping[int, str], column: int | None) -> None:
    """Say which rows were taken for the sums of the rows above or below them, all at once where they are many."""
    hint = say("call it total; if it stood in the election, put its row between others")
    shown = ", ".join(list(names.values())[:_LEAST])
    if len(names) > _LEAST:
        what = say("{n} rows were taken for totals of those beside them: {shown}, …", n=len(names), shown=shown)
        book.report(Fault("W216", what, hint), min(names), column)
        return
    for row, name in names.items():
        what = say("{name!r} was taken for a total: the rows beside it add up to it", name=name)
        book.report(Fault("W216", what, hint), row, column)


def tell_whole(book: Book, row: int, name: str, column: int | None) -> None:
    """Say that a row was taken for a total."""
    what = say("{name!r} was taken for a total: the other rows add up to it", name=name)
    book.report(
        Fault("W216", what, say("call it total; if it stood in the election, put its row between others")), row, column
    )


def whole_contender(votes: Mapping[str, int]) -> str | None:
    """Return the last line of a column of votes when all the others add up to it."""
    if len(votes) <= _LEAST:
        return None
    *parts, last = votes
    return last if votes[last] == sum(votes[name] for name in parts) > 0 else None


def _sum(reader: Reader, column: int, rows: Sequence[int]) -> int:
    counts = [reader.count(row, column) for row in rows]
    return sum(n for n in counts if isinstance(n, int))
