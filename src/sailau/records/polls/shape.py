"""The shape of a table before it is read: marks of footnotes, a header of two rows, a row for each contender."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sailau.files.counts import looks_numeric
from sailau.files.label_words import CONTENDER, NAME, PARTY, PERCENT, VOTES
from sailau.files.labels import plain
from sailau.files.labels import role_of as role_in_results
from sailau.files.tables import Row, Table, Value
from sailau.records.polls import words
from sailau.records.results.names import clean, text_of

_FOOTNOTE = re.compile(r"(?:\s*\[[^\]\d]?[^\]]{0,7}\])+$")
_SHARE = {"support", "vote intention", "voting intention", "votingintention", "value", "рейтинг", "поддержка", "қолдау"}


def unmarked(table: Table) -> Table:
    """Return the table without footnotes in brackets at the end of cells: ``34.5[a]``."""
    if not any(isinstance(cell, str) and cell.endswith("]") for row in table.rows for cell in row):
        return table
    return replace(table, rows=[[_unmark(cell) for cell in row] for row in table.rows])


def _unmark(cell: Value) -> Value:
    return _FOOTNOTE.sub("", cell) if isinstance(cell, str) else cell


def joined(table: Table, head: int) -> Table:
    """Return the table with a second row of its header laid over the first: names under a group's label."""
    if head + 1 >= len(table.rows):
        return table
    upper, lower = list(table.rows[head]), list(table.rows[head + 1])
    filled = [cell for cell in lower if clean(cell)]
    dated = [c for c, cell in enumerate(upper) if words.role_of(clean(cell)) in (words.DAYS, words.START, words.END)]
    if (
        len(filled) < 2
        or any(looks_numeric(cell) for cell in filled)
        or any(c < len(lower) and lower[c] for c in dated)
    ):
        return table
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    header = [below if clean(below) else above for above, below in zip(upper, lower, strict=True)]
    rows = [*table.rows[:head], header, *table.rows[head + 2 :]]
    numbers = [*table.numbers[:head], table.numbers[head + 1], *table.numbers[head + 2 :]]
    return replace(table, rows=rows, numbers=numbers)


def widened(table: Table, head: int) -> Table:
    """Return the table with a column for each contender where it has a row for each: days, house, party, share."""
    labels = [clean(cell) for cell in table.rows[head]]
    who = [c for c, label in enumerate(labels) if (role_in_results(label) or ("", ""))[0] in (PARTY, CONTENDER, NAME)]
    told = [c for c, label in enumerate(labels) if _is_share(label)]
    if len(who) != 1 or len(told) != 1:
        return table
    kept = [c for c in range(len(labels)) if c not in (who[0], told[0])]
    names: dict[str, int] = {}
    polls: dict[tuple[str, ...], tuple[int, list[Value]]] = {}
    for number, row in zip(table.numbers[head + 1 :], table.rows[head + 1 :], strict=True):
        name = clean(_at(row, who[0]))
        if not name:
            continue
        place = names.setdefault(name, len(names))
        key = tuple(
            text_of(_at(row, c)).strip() for c in kept if words.role_of(labels[c]) not in (None, words.LEFT_OUT)
        )
        cells = polls.setdefault(key, (number, [_at(row, c) for c in kept]))[1]
        cells.extend([""] * (len(kept) + place + 1 - len(cells)))
        cells[len(kept) + place] = _at(row, told[0])
    header: list[Value] = [*(labels[c] for c in kept), *names]
    rows = [header, *(cells + [""] * (len(header) - len(cells)) for _, cells in polls.values())]
    return replace(table, rows=rows, numbers=[table.numbers[head], *(number for number, _ in polls.values())])


def _is_share(label: str) -> bool:
    role = (role_in_results(label) or ("", ""))[0]
    return role in (PERCENT, VOTES) or plain(label) in _SHARE


def _at(row: Row | Sequence[Value], column: int) -> Value:
    return row[column] if column < len(row) else ""
