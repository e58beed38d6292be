"""Deciding how a table is to be read: which column holds what, and whether it is long, wide or wide across."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NoReturn

from sailau.files.counts import looks_numeric
from sailau.files.label_words import (
    CONTENDER,
    DISTRICT,
    FIGURES,
    LEFT_OUT,
    NAME,
    OTHER,
    PARTY,
    PERCENT,
    TIER,
    TOTAL,
    TURNOUT,
    VOTES,
)
from sailau.files.labels import CERTAIN, GUESSED, LIKELY, is_time, loose, role_of
from sailau.files.problems import CellPlace
from sailau.files.tables import Table
from sailau.records.results.body import lay_out
from sailau.records.results.draft import EMPTY, OPEN, SAMPLE, TEXT, Draft, by_label, by_look, cells_of, leave_zeros
from sailau.records.results.finer import take_codes
from sailau.records.results.given import GIVEN, given_kind, with_given
from sailau.records.results.groups import filled, unfolded
from sailau.records.results.header import Header, find_header, is_blank
from sailau.records.results.layout import Column, Plan
from sailau.records.results.names import clean
from sailau.records.results.persons import whole_names
from sailau.records.results.problems import FaultyResults
from sailau.records.results.settle import UNDERSTOOD, Kind, refuse, refuse_without_votes, settle
from sailau.records.results.sums import by_sums, never_add_up
from sailau.records.results.years import refuse_years
from sailau.terms.speech import coded, joined, say

_FIGURE, _GAP, _NARROW = re.compile(r"\d\d"), re.compile(r"\S {2,}\S"), 20
"""What lines of columns of a fixed width hold, and how long they are at least."""
_LEAST_ROWS = 4
_FEW = 3


def find_plan(table: Table, roles: Mapping[str, str] | None = None) -> Plan:
    """Return how a table is to be read.

    Parameters
    ----------
    table : Table
    roles : mapping of str to str, optional
        What columns hold by their letters, where the reader of the file knows better.

    Raises
    ------
    FaultyResults
        It is no table of results: one cell, one column, no numbers, no column of votes or two of them. `columns` holds
        what was understood until then.
    """
    cells = sum(1 for row in table.rows[:SAMPLE] for value in row if not is_blank(value))
    if cells < 2 or max(len(row) for row in table.rows) < 2:
        _refuse_one_column(table, cells)
    table = whole_names(unfolded(table))
    header = find_header(table)
    table = filled(table, header.start)
    draft = Draft(table, header, by_label(header, _width(table, header)), [])
    for i in draft.find(NAME) if table.moved else ():
        if i >= table.fixed:  # a group of columns is about one contender, and so is the name in it
            draft.columns[i] = replace(draft.columns[i], role=CONTENDER)
    try:
        by_look(draft)
        if roles:
            draft.columns[:] = with_given(draft.columns, [_lowest(header, i) for i in range(len(draft.columns))], roles)
        leave_zeros(draft)
        _refuse_several(draft)
        take_codes(draft)
        by_sums(draft)
        kind = given_kind(draft.columns) or _kind(draft)
        settle(draft, kind)
        return lay_out(table, header, draft.columns, kind, draft.notes)
    except FaultyResults as refusal:
        refusal.columns = refusal.columns or tuple(_settled(column) for column in draft.columns)
        refusal.place = refusal.place or CellPlace(table.path, sheet=table.sheet)
        raise


def _refuse_one_column(table: Table, cells: int) -> NoReturn:
    """Refuse a table of one column; where each line is as long as the others, its columns have a fixed width."""
    place = CellPlace(table.path, sheet=table.sheet)
    lines = [str(row[0]) for row in table.rows if row and not is_blank(row[0])]
    if len(lines) > 1 and table.ragged and _are_fixed(lines):
        what = say("has columns of a fixed width, with no sign between them")
        hint = say("open it in a spreadsheet as text with columns of fixed width, part them there, and save it as CSV")
        raise FaultyResults(what, place=place, hint=hint)
    what = say("holds only one cell") if cells < 2 else say("holds one column only; names and votes need two")
    raise FaultyResults(what, place=place, hint=say(UNDERSTOOD))


def _are_fixed(lines: Sequence[str]) -> bool:
    """Tell whether lines hold columns of a fixed width: all are as long, or parted by several spaces, with figures."""
    figures = sum(1 for line in lines if _FIGURE.search(line)) * 2 > len(lines)
    longest, least = max(map(len, lines)), min(map(len, lines))
    parted = sum(1 for line in lines if _GAP.search(line.strip())) * 10 > len(lines) * 9
    return figures and (parted or (longest == least and longest > _NARROW))


def _settled(column: Column) -> Column:
    """Return a column of a table that was refused, one that was not understood as left out."""
    return (
        replace(column, role=LEFT_OUT) if column.role in (OPEN, TEXT, EMPTY, OTHER, NAME, PERCENT, TURNOUT) else column
    )


def _lowest(header: Header, i: int) -> str:
    """Return what a column of votes is called after: its lowest label that is more than the word votes."""
    labels = header.labels[i] if i < len(header.labels) else ()
    named = [label for label in labels if (role_of(label) or ("",))[0] != VOTES]
    return (named or [*labels] or [""])[-1]


def _width(table: Table, header: Header) -> int:
    if header.rows and table.ragged:
        return len(header.labels)
    if table.ragged:
        return Counter(len(row) for row in table.rows if len(row) > 1).most_common(1)[0][0]
    return max(len(row) for row in table.rows)


def _refuse_several(draft: Draft) -> None:
    """Refuse a table of several elections: their votes would be added up, or stand twice."""
    for i, column in enumerate(draft.columns):
        if is_time(column.header):
            times = list(dict.fromkeys(clean(value) for value in cells_of(draft, i)))
            if len(times) > 1:
                shown = ", ".join(times[:3]) + (", ..." if len(times) > 3 else "")
                what = say(
                    "{name} holds {n} values ({shown}); a file holds one election",
                    name=draft.name(i),
                    n=len(times),
                    shown=shown,
                )
                example = f"--where {shlex.quote(f'{column.header}={times[-1]}')}"
                refuse(draft, what, say("keep the rows of one of them, for instance with {example}", example=example))


def _kind(draft: Draft) -> Kind:
    """Return the layout; the columns that it needs have their roles afterwards."""
    _one_of_each(draft)
    votes, names = draft.find(VOTES), draft.find(CONTENDER, PARTY)
    if not votes:
        refuse_years(draft)
    if len(votes) > 1:
        both = " and ".join(draft.name(i) for i in votes[:2])
        refuse(
            draft,
            say("{both} both look like the votes", both=both),
            say("keep one of them, or give the others another header"),
        )
    if votes:
        if not names:
            _guess_contender(draft)
        return "long"
    open_ = draft.find(OPEN)
    if not names and len(open_) == 1 and len(draft.find(TEXT)) == 1 and not draft.find(DISTRICT, NAME, *FIGURES, TOTAL):
        draft.give(draft.find(TEXT)[0], CONTENDER, GUESSED)
        draft.give(open_[0], VOTES, GUESSED)
        return "long"
    if names and _leave_winners(draft, open_):
        names = draft.find(CONTENDER, PARTY)
    if names:
        return _named(draft, open_)
    if open_ and _repeats(draft):
        return _by_shape(draft, open_)
    if not open_:
        refuse_without_votes(draft)
    if not draft.header.rows:
        refuse(draft, say("has no header that says what the columns hold"), say(UNDERSTOOD))
    return "wide"


def _named(draft: Draft, open_: Sequence[int]) -> Kind:
    """Return the layout of a table with a column of contenders and none that is called votes."""
    instead = draft.find(TOTAL) or draft.find("valid")
    one_total = len(open_) > 1 and len(draft.find(TOTAL)) == 1
    if one_total and (draft.find(DISTRICT) or never_add_up(draft, open_, instead[0])):
        # Districts side by side would add up to their total, and stand nowhere else: these are kinds of votes.
        for i in open_:
            draft.columns[i] = replace(draft.columns[i], role=OTHER)
        open_ = ()
    if len(open_) > 1 and not draft.find(DISTRICT):
        return "across"
    if len(open_) == 1:
        draft.give(open_[0], VOTES, GUESSED)
    elif not open_ and len(instead) == 1:
        draft.give(instead[0], VOTES, LIKELY)
    elif open_:
        both = " and ".join(draft.name(i) for i in open_[:2])
        refuse(
            draft,
            say("no column is called votes, and {both} could be it", both=both),
            say("call the column of votes: votes"),
        )
    else:
        refuse_without_votes(draft)
    return "long"


def _leave_winners(draft: Draft, open_: Sequence[int]) -> bool:
    """Leave out who won each district, beside the columns that hold the votes of all; tell whether it was so.

    Each district has one row, and each party that is named in a row has a column of its own.
    """
    parties, areas = draft.find(PARTY), draft.find(DISTRICT)
    if len(parties) != 1 or len(areas) != 1 or len(open_) < _FEW:
        return False
    rows = [row for row in draft.table.rows[draft.header.start :] if len(row) > max(parties[0], areas[0])]
    places = [clean(row[areas[0]]) for row in rows if not is_blank(row[parties[0]])]
    heads = {loose(part) for i in open_ for part in (draft.columns[i].header, *draft.columns[i].header.split()[:1])}
    won = {loose(clean(row[parties[0]])) for row in rows if not is_blank(row[parties[0]])}
    if len(places) < _LEAST_ROWS or len(set(places)) < len(places) or not won <= heads:
        return False
    for i in (*parties, *draft.find(CONTENDER)):
        draft.columns[i] = replace(draft.columns[i], role=OTHER)
    return True


def _repeats(draft: Draft) -> bool:
    """Tell whether names come back in rows as only districts and contenders of a long table do."""
    texts = draft.find(DISTRICT, NAME, TEXT)
    rows = draft.table.rows[draft.header.start :]
    cells = [[clean(row[i]) if i < len(row) else "" for row in rows] for i in texts]
    if len(texts) < 2 or len(rows) < _LEAST_ROWS or any(len(set(its)) * 2 > len(its) for its in cells):
        return False
    return len(set(zip(*cells, strict=True))) == len(rows)


def _by_shape(draft: Draft, open_: Sequence[int]) -> Kind:
    """Return the layout of a table whose labels say nothing, and whose rows repeat names."""
    texts = draft.find(TEXT) or draft.find(NAME)
    open_ = [i for i in open_ if _varies(draft, i, texts[:-1])] or open_
    if len(open_) > 1 or not texts:
        both = " and ".join(draft.name(i) for i in open_[:2])
        refuse(
            draft,
            say("has a row for each district and contender, and {both} could be the votes", both=both),
            say("call the columns: district, party, votes"),
        )
    draft.give(texts[-1], CONTENDER, GUESSED)
    draft.give(open_[0], VOTES, GUESSED)
    for i in texts[:-1]:
        draft.give(i, DISTRICT, GUESSED)
    return "long"


def _varies(draft: Draft, i: int, texts: Sequence[int]) -> bool:
    """Tell whether the numbers of a column differ within a district; its registered voters stand in each row alike."""
    places = [*draft.find(DISTRICT, NAME), *texts]
    seen: dict[tuple[str, ...], str] = {}
    for row in draft.table.rows[draft.header.start :]:
        if i < len(row):
            area = tuple(clean(row[place]) for place in places if place < len(row))
            if seen.setdefault(area, clean(row[i])) != clean(row[i]):
                return True
    return False


def _one_of_each(draft: Draft) -> None:
    """Leave one column for each role that can stand once only, the surest and first."""
    for role in (TIER, CONTENDER, PARTY, NAME):
        found = sorted(draft.find(role), key=lambda i: _likeness(draft, i))
        for i in found[1:]:
            draft.columns[i] = replace(draft.columns[i], role=TEXT)
    votes = draft.find(VOTES)
    sure = [i for i in votes if draft.columns[i].sure in (GIVEN, CERTAIN)]
    if len(sure) == 1 < len(votes):
        for i in set(votes) - set(sure):
            draft.columns[i] = replace(draft.columns[i], role=OTHER)
    for role in FIGURES:
        found = draft.find(role)
        for i in found if len(found) > 1 else ():
            if i != found[0]:
                what = say(
                    "{name} and {other} are both the {role}",
                    name=draft.name(i),
                    other=draft.name(found[0]),
                    role=coded(role),
                )
                draft.note("E111", i, joined([what, say("; neither is counted")], ""), say("keep one of them"))
        for i in found if len(found) > 1 else ():
            draft.columns[i] = replace(draft.columns[i], role=LEFT_OUT)


def _likeness(draft: Draft, i: int) -> tuple[bool, bool, bool]:
    """Return what orders columns of one role: one that was given, one with words instead of numbers, a sure label."""
    sure = draft.columns[i].sure
    words = any(not looks_numeric(value) for value in cells_of(draft, i))
    return sure != GIVEN, not words, sure != CERTAIN


def _guess_contender(draft: Draft) -> None:
    named, text = draft.find(NAME), draft.find(TEXT) or draft.find(OPEN)
    if named:
        draft.give(named[0], CONTENDER, LIKELY)
    elif text:
        draft.give(_told_apart(draft, text), CONTENDER, GUESSED)
    else:
        what = say(
            "has a column of votes, {name}, but none of contenders or parties", name=draft.name(draft.find(VOTES)[0])
        )
        refuse(draft, what, say(UNDERSTOOD))


def _told_apart(draft: Draft, text: Sequence[int]) -> int:
    """Return the last of these columns that, with the places, is another in each row; else the last one."""
    places = draft.find(DISTRICT)
    rows = [row for row in draft.table.rows[draft.header.start :] if len(row) > max(text)]
    for i in reversed(text) if places else ():
        if len({(*(row[place] for place in places), row[i]) for row in rows}) == len(rows) > 1:
            return i
    return text[-1]
