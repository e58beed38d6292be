"""Giving the columns of a table that are still open their roles, once it is known how it is to be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal, NoReturn

from sailau.files.label_words import (
    CONTENDER,
    DISTRICT,
    FIGURES,
    LEFT_OUT,
    NAME,
    OTHER,
    PARTY,
    PERCENT,
    VOTES,
)
from sailau.files.labels import GUESSED, LIKELY, role_of
from sailau.files.problems import CellPlace
from sailau.records.results.draft import EMPTY, OPEN, TEXT, Draft, cells_of
from sailau.records.results.finer import add_finer, take_names
from sailau.records.results.given import GIVEN
from sailau.records.results.names import clean
from sailau.records.results.problems import FaultyResults
from sailau.terms.speech import say

_FEW = 3
_NUMBERED = re.compile(r"№|#|n[°º]|(?:no|nr|num|number)\b", re.IGNORECASE)
UNDERSTOOD = (
    "understood are: a row for each district and party, with columns such as district, party, votes; a row for each "
    "district and a column for each party; or two columns, party and votes"
)
Kind = Literal["long", "wide", "across"]


def settle(draft: Draft, kind: Kind) -> None:
    """Give the remaining columns their roles."""
    if kind == "wide":
        for i in draft.find(OPEN):
            _settle_open(draft, i)
        if not draft.find(DISTRICT):
            _guess_district(draft)
        add_finer(draft)
        if not draft.find(VOTES):
            refuse_without_votes(draft)
    elif kind == "long" and not draft.find(DISTRICT):
        _guess_repeated(draft)
    elif kind == "across":
        for i in draft.find(OPEN):
            draft.columns[i] = replace(draft.columns[i], role=VOTES)
    take_names(draft)
    _tell_left_out(draft, draft.find(OPEN, TEXT, OTHER, NAME, *(FIGURES if kind == "across" else ())))
    for i in draft.find(OPEN, TEXT, OTHER, NAME, EMPTY):
        draft.columns[i] = replace(draft.columns[i], role=LEFT_OUT)


def _tell_left_out(draft: Draft, columns: Sequence[int]) -> None:
    """Tell which columns are not understood, each by itself while they are few."""
    if len(columns) > _FEW:
        shown = ", ".join(repr(draft.columns[i].header) or draft.columns[i].letter for i in columns[:_FEW])
        what = say("{n} columns were left out; they are not understood: {shown}, …", n=len(columns), shown=shown)
        draft.note("W203", columns[0], what, say("delete them, or say what they hold: --column C=votes"))
        return
    for i in columns:
        what = say("{name} was left out; it is not understood", name=draft.name(i))
        draft.note("W203", i, what, say("delete it, or call it note"))


def _settle_open(draft: Draft, i: int) -> None:
    if not draft.columns[i].header:
        what = say("column {letter} holds numbers, but has no name; it is not counted", letter=draft.columns[i].letter)
        draft.note("E118", i, what, say("write the name of the contender over it, or delete it"))
        draft.columns[i] = replace(draft.columns[i], role=LEFT_OUT)
    elif i == 0 and _counts_up(draft, i) and not draft.find(DISTRICT, NAME, TEXT):
        draft.give(i, DISTRICT, GUESSED)
    else:
        draft.columns[i] = replace(draft.columns[i], role=VOTES)


def _counts_up(draft: Draft, i: int) -> bool:
    """Tell whether a column numbers the rows: 1, 2, 3, or growing numbers under a label such as № or Nr."""
    cells = [clean(value) for value in cells_of(draft, i)]
    if len(cells) > 1 and cells == [str(n) for n in range(1, len(cells) + 1)]:
        return True
    if not _NUMBERED.match(draft.columns[i].header) or not all(cell.isascii() and cell.isdigit() for cell in cells):
        return False
    return len(cells) > 1 and all(one < other for one, other in pairwise(map(int, cells)))


def _guess_district(draft: Draft) -> None:
    named, text = draft.find(NAME), draft.find(TEXT)
    if named:
        draft.give(named[0], DISTRICT, LIKELY)
    elif text:
        draft.give(text[0], DISTRICT, GUESSED if draft.columns[text[0]].header else LIKELY)
    else:
        for i in draft.find(LEFT_OUT):
            cells = [clean(value) for value in cells_of(draft, i)]
            is_given = draft.columns[i].sure == GIVEN
            if not is_given and 1 < len(cells) == len(set(cells)) and draft.columns[i].header:
                draft.give(i, DISTRICT, GUESSED)
                return


def _guess_repeated(draft: Draft) -> None:
    """Take text for the districts of a long table where contenders come again, but never twice with the same text."""
    names = draft.find(CONTENDER) or draft.find(PARTY)
    rows = draft.table.rows[draft.header.start :]
    who = [clean(row[names[0]]) if names and names[0] < len(row) else "" for row in rows]
    if len(set(who)) == len(who):
        return
    for i in draft.find(NAME, TEXT):
        where = [clean(row[i]) if i < len(row) else "" for row in rows]
        if len(set(where)) > 1 and "" not in where and len(set(zip(where, who, strict=True))) == len(rows):
            draft.give(i, DISTRICT, GUESSED)
            return


def refuse_without_votes(draft: Draft) -> NoReturn:
    """Refuse a table in which no column holds votes; name its columns."""
    shares = [draft.name(i) for i in draft.find(LEFT_OUT) if (role_of(draft.columns[i].header) or ("",))[0] == PERCENT]
    there = ", ".join(column.header for column in draft.columns if column.header) or say("none with a name")
    what = say("no column of votes was found; the columns are: {there}", there=there[:300])
    if shares:
        refuse(draft, what, say("{name} holds shares, and sailau counts votes: give counts", name=shares[0]))
    refuse(draft, what, say(UNDERSTOOD))


def refuse(draft: Draft, what: str, hint: str) -> NoReturn:
    """Refuse a table at its header."""
    line = draft.table.numbers[draft.header.rows[-1]] if draft.header.rows else None
    raise FaultyResults(what, place=CellPlace(draft.table.path, line, sheet=draft.table.sheet), hint=hint)
