"""Where the header of a table is: under titles, over one row or several, with merged cells, or nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sailau.files.counts import looks_numeric
from sailau.files.label_words import CONTENDER, DISTRICT, PARTY, PERCENT, TIER, VOTES
from sailau.files.labels import CERTAIN, role_of
from sailau.files.tables import Row, Table, Value
from sailau.records.results.names import clean

_DEPTH = 60
_SHORT = 2
_HEADS = {TIER, DISTRICT, CONTENDER, PARTY, VOTES}


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table.

    Attributes
    ----------
    rows : range
        The rows that it takes, empty if there is none.
    labels : tuple of tuple of str
        The labels over each column, from the top down.
    start : int
        The first row under it.
    skipped : tuple of int
        Rows under it that only number the columns.
    """

    rows: range
    labels: tuple[tuple[str, ...], ...]
    start: int
    skipped: tuple[int, ...] = ()


def is_blank(value: Value) -> bool:
    """Tell whether a cell is empty or holds only spaces."""
    return value == "" or (type(value) is str and not value.strip())


def filled(row: Row) -> list[int]:
    """Return the columns of a row that hold something."""
    return [column for column, value in enumerate(row) if not is_blank(value)]


def find_header(table: Table) -> Header:
    """Return the header of a table; the best row by its words, else the text over the first numbers."""
    top = list(table.rows[:_DEPTH])
    lead = _by_words(top)
    if lead is None:
        lead = _by_numbers(top)
    if lead is None:
        return Header(range(0), (), _first_filled(top))
    last = lead
    while last + 1 < len(top) and _continues(top, last, table):
        last += 1
    first = lead - 1 if lead and _is_group_row(top[lead - 1], top[lead]) else lead
    skipped, start = [], last + 1
    while start < len(top) and (_counts_columns(top[start]) or not filled(top[start])):
        if filled(top[start]):
            skipped.append(start)
        start += 1
    return Header(range(first, last + 1), _labels(table, range(first, last + 1)), start, tuple(skipped))


def _first_filled(top: Sequence[Row]) -> int:
    """Return the first row that is no title: it has two cells, or a number beside an empty cell."""
    for i, row in enumerate(top):
        cells = filled(row)
        if len(cells) > 1 or (cells and cells[0] > 0 and looks_numeric(row[cells[0]])):
            return i
    return 0


def _exact(row: Row) -> set[str]:
    found = (role_of(value) for value in row if isinstance(value, str) and value)
    return {role for role, sure in (pair for pair in found if pair) if sure == CERTAIN}


def _score(row: Row) -> int:
    found = (role_of(value) for value in row if isinstance(value, str) and value)
    return sum(2 if pair[1] == CERTAIN else 1 for pair in found if pair)


def _by_words(top: Sequence[Row]) -> int | None:
    """Return the row with most words of a header; numbers in it, such as years, need two such words."""
    best, score = None, 0
    for i, row in enumerate(top):
        cells = filled(row)
        heads = _exact(row) & _HEADS
        numbers = sum(1 for column in cells if looks_numeric(row[column]) and not _is_code(row[column]))
        if len(cells) < 2 or (numbers and not heads) or numbers * 2 > len(cells) + len(heads):
            continue
        if numbers and _score(row) < 2 * len(heads):
            continue
        found = _score(row)
        if found > score:
            best, score = i, found
    return best


def _is_code(value: Value) -> bool:
    """Tell whether a cell is a number of several digits with a 0 before them, which is a code and no count."""
    return type(value) is str and len(value) > _SHORT and value[0] == "0" and value.isdecimal()


def _by_numbers(top: Sequence[Row]) -> int | None:
    """Return the row of text right over the first row with numbers."""
    above: int | None = None
    for i, row in enumerate(top):
        cells = filled(row)
        if len(cells) < 2:
            continue
        if any(looks_numeric(row[column]) for column in cells) and not _counts_columns(row):
            return above
        if not any(looks_numeric(row[column]) for column in cells):
            above = i
    return None


def _counts_columns(row: Row) -> bool:
    """Tell whether a row reads 1, 2, 3, ...: it numbers the columns."""
    cells = [clean(row[column]) for column in filled(row)]
    return len(cells) >= 3 and cells == [str(n) for n in range(1, len(cells) + 1)]


def _continues(top: Sequence[Row], last: int, table: Table) -> bool:
    """Tell whether the header goes on in the next row: labels under empty or merged cells, no numbers."""
    row, above = top[last + 1], top[last]
    cells = filled(row)
    if not cells or any(looks_numeric(row[column]) for column in cells):
        return False
    roles = _exact(row)
    if roles and roles <= {VOTES, PERCENT} and len(cells) > 1:
        return True
    free = [c for c in cells if c >= len(above) or is_blank(above[c])]
    groups = {left for t, left, b, right in table.merged if t <= last <= b and left < right}
    return len(cells) > 1 and bool(free) and all(c in free or c in groups or _heads_group(above, row, c) for c in cells)


def _heads_group(above: Row, row: Row, column: int) -> bool:
    """Tell whether the label over a cell is that of a group: further labels stand under it, up to the next group."""
    end = next((i for i in range(column + 1, len(above)) if not is_blank(above[i])), len(row))
    return any(not is_blank(value) for value in row[column + 1 : end])


def _is_group_row(row: Row, under: Row) -> bool:
    """Tell whether a row holds group labels over the header: several, of text, with gaps between them."""
    cells = filled(row)
    if len(cells) < 2 or any(looks_numeric(row[column]) for column in cells):
        return False
    return len(cells) < len(filled(under)) or any(column not in cells for column in filled(under))


def _labels(table: Table, rows: range) -> tuple[tuple[str, ...], ...]:
    grid = [list(table.rows[i]) for i in rows]
    width = max(len(row) for row in grid)
    for row in grid:
        row.extend([""] * (width - len(row)))
    for upper, lower in reversed([*pairwise(grid)]):  # the lowest first: a group may lie over groups
        _spread(upper, lower)
    return tuple(
        tuple(dict.fromkeys(_label(row[column]) for row in grid if not is_blank(row[column])))
        for column in range(width)
    )


def _label(value: Value) -> str:
    """Return a label; where its lines say the same in two languages, they stay apart."""
    label = clean(value)
    if type(value) is str and "\n" in value.strip() and role_of(label) is None and role_of(value) is not None:
        return " / ".join(filter(None, map(clean, value.splitlines())))
    return label


def _spread(upper: list[Value], lower: Sequence[Value]) -> None:
    """Carry a group label to the right, over the labels under it."""
    for column in range(1, len(upper)):
        if is_blank(upper[column]) and not is_blank(lower[column]):
            upper[column] = upper[column - 1]
