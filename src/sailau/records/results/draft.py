"""A table on the way to its plan: what its labels say of its columns, and what is in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from sailau.files.counts import looks_numeric
from sailau.files.label_words import CONTENDER, DISTRICT, LEFT_OUT, OTHER, PARTY, PERCENT, TURNOUT, VOTES
from sailau.files.labels import CERTAIN, GUESSED, role_of
from sailau.files.problems import CellPlace, Problem
from sailau.files.tables import Table, Value
from sailau.records.results.given import GIVEN
from sailau.records.results.header import Header, is_blank
from sailau.records.results.layout import Column
from sailau.records.results.names import clean
from sailau.terms.speech import coded, say

OPEN, TEXT, EMPTY = "open", "text", "empty"
SAMPLE = 400
"""Rows that are looked at, spread over the table."""
_ZEROS = {"0", "0.0", "0,0", "0.00", "0,00"}
_NO_NUMBER = 999
"""No party has a larger number, and no share is larger."""


class Draft(NamedTuple):
    """A table on the way to its plan; the columns and notes still change."""

    table: Table
    header: Header
    columns: list[Column]
    notes: list[Problem]

    def find(self, *roles: str) -> list[int]:
        """Return the columns that have one of these roles."""
        return [i for i, column in enumerate(self.columns) if column.role in roles]

    def give(self, i: int, role: str, sure: str) -> None:
        """Give a column a role; a guess is told."""
        if sure == GUESSED:
            self.note(
                "W204",
                i,
                say("{name} was taken for the {role}", name=self.name(i), role=coded(role)),
                say("write a header, for instance district, party, votes"),
            )
        self.columns[i] = replace(self.columns[i], role=role, sure=sure)

    def note(self, code: str, i: int, what: str, hint: str = "") -> None:
        """Add a finding about a column."""
        self.notes.append(Problem(code, self.place(i), what, hint))

    def label(self, i: int) -> str:
        """Return the lowest label over a column."""
        return self.header.labels[i][-1]

    def place(self, i: int) -> CellPlace:
        """Return where the label over a column stands."""
        rows, column = self.header.rows, self.columns[i]
        line = self.table.numbers[rows[-1] if rows else self.header.start]
        return CellPlace(self.table.path, line, column.number, self.table.sheet, column.header)

    def name(self, i: int) -> str:
        """Return what messages call a column."""
        column = self.columns[i]
        return (
            say("the column {header!r}", header=column.header)
            if column.header
            else say("column {letter}", letter=column.letter)
        )


def by_label(header: Header, width: int) -> list[Column]:
    """Return the columns with the roles that their labels name."""
    labels = [*header.labels, *([()] * (width - len(header.labels)))]
    columns = _without_the_word([_labelled(i + 1, parts) for i, parts in enumerate(labels)])
    names = {column.header for column in columns if column.role == OPEN}
    return [replace(column, role=LEFT_OUT) if _beside(column, names) else column for column in columns]


def _without_the_word(columns: Sequence[Column]) -> list[Column]:
    """Return the columns, those of contenders without the word votes where each of them has it: Left votes, …."""
    for cut in (_behind, _before):
        parts = {c.number: tuple(part.strip(_SIGNS) for part in cut(c.header)) for c in columns if c.role == OPEN}
        bare = {n: name for n, (name, word) in parts.items() if name and (role_of(word) or ("",))[0] == VOTES}
        if len(bare) > 1:
            return [replace(column, header=bare.get(column.number, column.header)) for column in columns]
    return list(columns)


def _behind(label: str) -> tuple[str, str]:
    name, _, word = label.rpartition(" ")
    return name, word


def _before(label: str) -> tuple[str, str]:
    word, _, name = label.partition(" ")
    return name, word


_SIGNS = " -–—:,()[]"


def _beside(column: Column, names: Collection[str]) -> bool:
    """Tell whether a column holds the seats or the share of a contender that has a column of votes: PP, PP seats."""
    name, _, last = column.header.rstrip(" )").rpartition(" ")
    what = role_of(last.strip("(")) if column.role == OPEN and name.rstrip(" -(") in names else None
    return what is not None and what[0] in (LEFT_OUT, PERCENT)


def _labelled(number: int, parts: Sequence[str]) -> Column:
    if not parts:
        return Column(number, "", OPEN, GUESSED)
    role, sure = role_of(parts[-1]) or (OPEN, CERTAIN)
    if role == VOTES and len(parts) > 1:
        role, sure = role_of(parts[-2]) or (OPEN, CERTAIN)
        role = OPEN if role == VOTES else role
        return Column(number, parts[-2] if role == OPEN else " / ".join(parts), role, sure)
    label = " / ".join(parts) if role in (PERCENT, LEFT_OUT, OTHER) else parts[-1]
    return Column(number, label, role, sure)


def cells_of(draft: Draft, i: int) -> list[Value]:
    """Return cells of a column that hold something, spread over the table."""
    body = draft.table.rows[draft.header.start :]
    step = max(1, len(body) // SAMPLE)
    return [row[i] for row in body[::step] if i < len(row) and not is_blank(row[i])]


def by_look(draft: Draft) -> None:
    """Tell columns without a role by what is in them: numbers, text, nothing; settle what turnout means."""
    without = not draft.find(VOTES)
    for i, column in enumerate(draft.columns):
        if column.role == TURNOUT:
            counts = _are_counts(cells_of(draft, i)) and not draft.find("voters")
            draft.columns[i] = replace(column, role="voters" if counts else LEFT_OUT)
        elif without and column.role in (PERCENT, PARTY, CONTENDER) and _hold_votes(cells_of(draft, i)):
            draft.columns[i] = replace(column, role=OPEN, header=draft.label(i))
        elif column.role == "registered" and not any(map(looks_numeric, cells_of(draft, i))):
            draft.columns[i] = replace(column, role=DISTRICT)  # an electorate is a district too
        elif column.role == DISTRICT and not cells_of(draft, i):
            draft.columns[i] = replace(column, role=EMPTY)
        elif column.role == PARTY and draft.find(CONTENDER) and _is_empty(draft, i):
            what = say("{name} is empty, and was left out", name=draft.name(i))
            draft.note("W203", i, what, say("fill it in where contenders stand for parties"))
            draft.columns[i] = replace(column, role=EMPTY)
        elif column.role == PERCENT:
            draft.columns[i] = replace(column, role=LEFT_OUT)
        elif column.role == OPEN:
            cells = cells_of(draft, i)
            look = EMPTY if not cells else OPEN if any(map(looks_numeric, cells)) else TEXT
            draft.columns[i] = replace(column, role=look)
    votes = draft.find(VOTES)
    worded = [i for i in votes if not any(map(looks_numeric, cells_of(draft, i)))]
    for i in worded if len(worded) < len(votes) or draft.find(OPEN) else ():
        draft.columns[i] = replace(draft.columns[i], role=TEXT)


def leave_zeros(draft: Draft) -> None:
    """Leave out figures that are 0 in every row, though votes were cast: whoever made the table did not have them."""
    for i in draft.find("registered", "voters", "ballots", "valid"):
        cells = cells_of(draft, i)
        if len(cells) > 1 and all(clean(cell) in _ZEROS for cell in cells) and draft.columns[i].sure != GIVEN:
            what = say("{name} was left out: it is 0 in every row", name=draft.name(i))
            draft.note("W203", i, what, say("fill it in, or delete it"))
            draft.columns[i] = replace(draft.columns[i], role=LEFT_OUT)


def _is_empty(draft: Draft, i: int) -> bool:
    """Tell whether no row has anything in a column, those included that are not looked at else."""
    rows = draft.table.rows[draft.header.start :]
    return bool(rows) and not cells_of(draft, i) and all(i >= len(row) or is_blank(row[i]) for row in rows)


def _hold_votes(cells: Sequence[Value]) -> bool:
    """Tell whether a column holds votes, though its label may say otherwise: a party called Alliance, or 99 %."""
    numbers = [clean(cell).replace("\u00a0", "").replace(" ", "") for cell in cells]
    return bool(numbers) and all(n.isdigit() for n in numbers) and any(int(n) > _NO_NUMBER for n in numbers)


def _are_counts(cells: Sequence[Value]) -> bool:
    texts = [clean(cell) for cell in cells]
    return all("%" not in text for text in texts) and any(len(text.partition(".")[0]) > 3 for text in texts)
