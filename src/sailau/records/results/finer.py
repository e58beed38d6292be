"""Columns that tell smaller areas apart: codes and names of places below the district that the label names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sailau.files.label_words import DISTRICT, FIGURES, LEFT_OUT, NAME, OTHER, TOTAL, VOTES
from sailau.files.labels import GUESSED, is_time
from sailau.records.results.draft import OPEN, TEXT, Draft, cells_of
from sailau.records.results.given import GIVEN
from sailau.records.results.header import is_blank
from sailau.records.results.names import clean

_CODE, _NONE = re.compile(r"0\d+"), re.compile("00+")
_CHANGE = re.compile(r"[-−–+]?\d+[.,]\d+")
_LEAST = 4


def take_codes(draft: Draft) -> None:
    """Tell codes and changes from counts.

    Codes are numbers of one length, some with a zero in front, where other columns have none; changes are fractions,
    some of them below zero.
    """
    open_ = draft.find(OPEN)
    changes = [i for i in open_ if _are_changes([clean(cell) for cell in cells_of(draft, i)])]
    for i in changes if len(changes) < len(open_) else ():
        draft.columns[i] = replace(draft.columns[i], role=OTHER)
    open_ = draft.find(OPEN)
    padded = [i for i in open_ if _is_padded([clean(cell) for cell in cells_of(draft, i)])]
    if len(padded) == len(open_) or any(_NONE.fullmatch(clean(cell)) for i in padded for cell in cells_of(draft, i)):
        return  # these are counts, and 0000000 is none
    for i in padded:
        if draft.columns[i].sure != GIVEN:
            draft.columns[i] = replace(draft.columns[i], role=OTHER)


def _are_changes(cells: Sequence[str]) -> bool:
    """Tell whether most cells are fractions, and one in ten at least is below zero."""
    found = [cell for cell in cells if _CHANGE.fullmatch(cell)]
    return len(found) * 2 > len(cells) and sum(cell[0] in "-−–" for cell in found) * 10 >= len(cells)


def _is_padded(cells: Sequence[str]) -> bool:
    lengths = {len(cell) for cell in cells}
    return len(lengths) == 1 and all(map(str.isdecimal, cells)) and any(map(_CODE.fullmatch, cells))


def take_names(draft: Draft) -> None:
    """Take a column called name for what the districts are called, where each of them has one name of its own."""
    rows = draft.table.rows[draft.header.start :]
    for i in draft.find(NAME):
        for place in draft.find(DISTRICT):
            pairs = {(clean(row[place]), clean(row[i])) for row in rows if max(i, place) < len(row)}
            if len(pairs) > 1 and len({code for code, _ in pairs}) == len(pairs) == len({name for _, name in pairs}):
                draft.columns[i] = replace(draft.columns[i], role=DISTRICT)
                return


def add_finer(draft: Draft) -> None:
    """Name areas by more columns where most rows of a table of areas bear the name of another row.

    Codes and names before the first figure are tried from the left; where they tell no rows apart, nothing is changed.
    """
    rows = [row for row in draft.table.rows[draft.header.start :] if sum(not is_blank(value) for value in row) > 1]
    places = draft.find(DISTRICT)
    if len(rows) < _LEAST or any(draft.columns[i].sure == GIVEN for i in places):
        return
    told = _told(rows, places)
    if told * 2 > len(rows):
        return
    taken: list[int] = []
    first = min(draft.find(VOTES, OPEN, TOTAL, *FIGURES), default=0)
    for i in [*draft.find(LEFT_OUT, TEXT, NAME), *(i for i in draft.find(OTHER) if i < first)]:
        column = draft.columns[i]
        if column.sure == GIVEN or is_time(column.header) or not column.header:
            continue
        finer = _told(rows, [*places, *taken, i])
        if finer > told:
            taken, told = [*taken, i], finer
        if told * 20 >= len(rows) * 19:
            break
    if told * 20 >= len(rows) * 19:
        for i in taken:
            draft.give(i, DISTRICT, GUESSED)


def _told(rows: Sequence[Sequence[object]], columns: Sequence[int]) -> int:
    """Return how many rows some columns tell apart."""
    return len({tuple(row[i] if i < len(row) else "" for i in columns) for row in rows})
