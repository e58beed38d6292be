"""What the numbers of a table say where its labels do not: contenders are columns that add up to the valid votes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sailau.files.counts import read_count
from sailau.files.label_words import CONTENDER, DISTRICT, FIGURES, LEFT_OUT, OTHER, PARTY, TOTAL, VOTES
from sailau.files.labels import CERTAIN, role_of
from sailau.files.tables import Value
from sailau.records.results.draft import OPEN, TEXT, Draft
from sailau.records.results.given import GIVEN
from sailau.records.results.header import is_blank
from sailau.records.results.names import clean

_WHOLES = TOTAL, "voters", "ballots", VOTES
_ROWS, _COLUMNS = 60, 150
"""Rows that are added up, spread over the table, and columns beyond which nobody looks for sums."""
_LEAST, _SLIPS = 3, 10
"""Columns that make a sum, and rows of which one may be at fault; of four or more rows one always may."""
_FEW, _PART = 10, 50
"""Votes, or one part of how many, by which a station may miss the sum of its protocol."""
_FRACTION = re.compile(r"\d+\.\d{7,}|\d+\.0+", re.ASCII)
_MARKS = re.compile(r"[\s'’`´]|[.,](?=\d{3}(?:\D|$))")


def by_sums(draft: Draft) -> None:
    """Settle which columns hold contenders, where a run of them adds up to the total; the others are left out.

    Only a total whose label says so counts; beside a column of names of contenders only one of valid votes, since
    districts add up to totals as well. Of figures that stand twice, such as ballots, those that agree are kept.
    """
    names = draft.find(CONTENDER, PARTY)
    _find_total(draft, names)
    free = [i for i, column in enumerate(draft.columns) if column.role in (OPEN, VOTES) and column.sure != GIVEN]
    wholes = [
        i
        for i in [*draft.find("valid", *(() if names else _WHOLES)), *_said_valid(draft)]
        if draft.columns[i].sure != CERTAIN or draft.columns[i].role != VOTES
    ]
    if (names and draft.find(VOTES)) or not _LEAST <= len(free) <= _COLUMNS or not wholes:
        return
    numbers = {i: _numbers(draft, i) for i in {*free, *wholes, *draft.find(*FIGURES, TOTAL, VOTES)}}
    run, whole = _longest(numbers, free, wholes)
    if not run:
        return
    for i in names:
        draft.columns[i] = replace(draft.columns[i], role=TEXT if draft.find(DISTRICT) else DISTRICT)
    for i in free:
        column = draft.columns[i]
        draft.columns[i] = replace(column, role=OPEN if i in run else OTHER)
    if draft.columns[whole].role in (VOTES, OTHER):
        draft.columns[whole] = replace(draft.columns[whole], role="valid")
    _keep_balanced(draft, numbers)


def _said_valid(draft: Draft) -> list[int]:
    """Return columns of valid votes that a reader leaves out: faulty as they are, they tell who stands."""
    left = [i for i in draft.find(LEFT_OUT) if draft.columns[i].sure == GIVEN]
    return [i for i in left if (role_of(draft.columns[i].header) or ("",))[0] == "valid"]


def _numbers(draft: Draft, i: int) -> list[int | None]:
    body = draft.table.rows[draft.header.start :]
    step = max(1, len(body) // _ROWS)
    return [_number(row[i]) if i < len(row) else 0 for row in body[::step][:_ROWS]]


def _number(value: Value) -> int | None:
    """Return the count in a cell, 0 where it is empty; None where it holds no count."""
    if is_blank(value):
        return 0
    text = _MARKS.sub("", clean(value))
    if text.isascii() and text.isdigit():
        return int(text)
    if _FRACTION.fullmatch(text):
        return near if isinstance(near := read_count(text), int) else None
    return 0 if text in ("-", "–", "—") else None


def _find_total(draft: Draft, names: Sequence[int]) -> None:
    """Take the first or the last column of numbers for the total where all others add up to it, whatever its label."""
    free = draft.find(OPEN)
    if names or len(free) <= _LEAST:
        return
    for whole in (free[-1], free[0]):
        if draft.columns[whole].header and add_up(draft, [i for i in free if i != whole], whole):
            draft.columns[whole] = replace(draft.columns[whole], role=TOTAL)
            return
    _find_valid(draft, free)


def _find_valid(draft: Draft, free: Sequence[int]) -> None:
    """Take a column for the valid votes where all the columns behind it, or all before it, add up to it.

    Those on its other side are none of the contenders: registered voters, ballots, invalid ones, in words not known.
    """
    numbers = {i: _numbers(draft, i) for i in free} if len(free) <= _COLUMNS else {}
    for at, whole in enumerate(free if numbers else ()):
        for parts in (free[at + 1 :], free[:at]):
            sums = [sum(filter(None, row)) for row in zip(*(numbers[i] for i in parts), strict=True)]
            if len(parts) >= _LEAST and sum(map(bool, sums)) > _LEAST and _holds(sums, numbers[whole]):
                draft.columns[whole] = replace(draft.columns[whole], role="valid")
                for i in set(free) - {whole, *parts}:
                    draft.columns[i] = replace(draft.columns[i], role=OTHER)
                return


def add_up(draft: Draft, parts: Sequence[int], whole: int) -> bool:
    """Tell whether columns add up to another one in nearly all rows."""
    return _holds(_added(draft, parts), _numbers(draft, whole))


def never_add_up(draft: Draft, parts: Sequence[int], whole: int) -> bool:
    """Tell whether columns add up to another one in no row at all."""
    return not any(sums == n for sums, n in zip(_added(draft, parts), _numbers(draft, whole), strict=True))


def _added(draft: Draft, parts: Sequence[int]) -> list[int]:
    return [sum(filter(None, row)) for row in zip(*(_numbers(draft, i) for i in parts), strict=True)]


def _longest(
    numbers: dict[int, list[int | None]], free: Sequence[int], wholes: Sequence[int]
) -> tuple[tuple[int, ...], int]:
    """Return the longest run of columns that adds up to one of `wholes`, and that one; nothing where none does."""
    best: tuple[tuple[int, ...], int] = (), -1
    for whole in wholes:
        parts = [i for i in free if i != whole]
        for first in range(len(parts)):
            least = max(_LEAST, len(best[0]) + 1)
            sums = [
                sum(filter(None, cells))
                for cells in zip(*(numbers[i] for i in parts[first : first + least - 1]), strict=True)
            ]
            for last in range(first + least - 1, len(parts)):
                sums = [total + (more or 0) for total, more in zip(sums, numbers[parts[last]], strict=True)]
                if _holds(sums, numbers[whole]) or _nearly(sums, numbers[whole]):
                    best = tuple(parts[first : last + 1]), whole
    return best


def _nearly(sums: Sequence[int], wholes: Sequence[int | None]) -> bool:
    """Tell whether sums are what stations filled in by hand give: most of them exact, nearly all within a few votes."""
    told = [(total, whole) for total, whole in zip(sums, wholes, strict=True) if whole]
    exact = sum(total == whole for total, whole in told)
    near = sum(abs(total - whole) <= max(_FEW, whole // _PART) for total, whole in told)
    return len(told) >= _SLIPS and exact * 2 > len(told) and (len(told) - near) * _SLIPS <= len(told)


def _holds(sums: Sequence[int], wholes: Sequence[int | None]) -> bool:
    told = [(total, whole) for total, whole in zip(sums, wholes, strict=True) if whole]
    wrong = sum(total != whole for total, whole in told)
    return len(told) > 1 and wrong <= max(len(told) // _SLIPS, len(told) > _LEAST)


def _keep_balanced(draft: Draft, numbers: dict[int, list[int | None]]) -> None:
    """Of several columns of ballots or of invalid ones keep those that add up: ballots are valid and invalid."""
    valid, ballots, invalid = (draft.find(name) for name in ("valid", "ballots", "invalid"))
    if len(valid) != 1 or not ballots or not invalid or len(ballots) + len(invalid) == 2:
        return
    for one in ballots:
        for other in invalid:
            sums = [(a or 0) + (b or 0) for a, b in zip(numbers[valid[0]], numbers[other], strict=True)]
            if _holds(sums, numbers[one]):
                for i in {*ballots, *invalid} - {one, other}:
                    draft.columns[i] = replace(draft.columns[i], role=OTHER)
                return
