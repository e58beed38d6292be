"""Reading a wide table: a row for each district, a column for each contender."""

from __future__ import annotations

from collections.abc import Mapping

from sailau.files.counts import DASHES, Fault, is_digits
from sailau.files.label_words import DISTRICT, FIGURES, TOTAL, VOTES
from sailau.files.labels import is_total
from sailau.files.tables import Value
from sailau.records.results.areas import Areas
from sailau.records.results.book import Book, Line, Mark, Reader, Share
from sailau.records.results.header import is_blank
from sailau.records.results.names import clean, resolve
from sailau.records.results.problems import FaultyResults
from sailau.records.results.whole_rows import (
    group_rows,
    nested_heads,
    tell_groups,
    tell_whole,
    times_held,
    whole_row,
)
from sailau.terms.speech import joined, say
from sailau.terms.speech import named as word
from sailau.terms.tally import NATION, Contender


def read_wide(book: Book, tier: str, known: Mapping[str, Contender]) -> None:
    """Read the rows of a wide table into the book."""
    plan = book.plan
    columns = _contenders(book, known)
    figures = {c: plan.roles[c] for c in plan.find(*FIGURES, TOTAL)}
    reader = Reader(book)
    areas = Areas(book, tier)
    rows = range(len(plan.rows))
    whole = {row for row in rows if areas.is_total(row) or (is_blank(areas.cells[row]) and _is_total_row(book, row))}
    found = None if whole else whole_row(reader, list(columns), list(rows))
    if found is not None:
        tell_whole(book, found, clean(areas.cells[found]), areas.column)
        whole = {found}
    groups = group_rows(reader, list(columns), [row for row in rows if row not in whole])
    heads = {} if groups else nested_heads(reader, list(columns), [row for row in rows if row not in whole])
    groups += list(heads)
    tell_groups(book, {row: clean(areas.cells[row]) for row in groups}, areas.column)
    over = {part: head for head, parts in heads.items() for part in parts}
    if groups and not whole:
        whole = _last_whole(reader, list(columns), [row for row in rows if row not in groups])
    _check_levels(reader, areas, [row for row in rows if row not in whole], groups)
    if not plan.find(DISTRICT) and len(plan.rows) - len(whole) > 1:
        what = say("has {n} rows of votes, but no column that names their districts", n=len(plan.rows) - len(whole))
        raise FaultyResults(what, place=plan.place(None), hint=say("add a column called district"))
    for row in sorted(set(rows) - set(groups)):
        line = _line(book, areas, row, is_whole=row in whole)
        if line is not None:
            _read_row(book, line, row, columns, figures, reader)
            under = over.get(row) if heads else next((group for group in groups if group > row), None)
            if under is not None and row not in whole:
                book.groups[line.area] = clean(areas.cells[under])
    _tell_missing(book, figures, whole | set(groups))
    for name in columns.values():
        if name in known:
            book.contenders[name] = known[name]


def _check_levels(reader: Reader, areas: Areas, rows: list[int], groups: list[int]) -> None:
    """Refuse rows that hold every vote several times over."""
    counted = [row for row in rows if row not in groups]
    found = times_held(reader, reader.book.plan.find(VOTES), rows, counted)
    if found is None:
        return
    row, n = found
    name = clean(areas.cells[row])
    what = say("the rows hold all votes of {name!r} {times} times over: areas of several levels", name=name, times=n)
    hint = say("keep the rows of one level, for instance with --where or --column")
    raise FaultyResults(what, place=reader.book.plan.place(row), hint=hint)


def _last_whole(reader: Reader, columns: list[int], rows: list[int]) -> set[int]:
    found = whole_row(reader, columns, rows)
    return set() if found is None else {found}


def _contenders(book: Book, known: Mapping[str, Contender]) -> dict[int, str]:
    """Return the contender of each column of votes; one that stands twice is not counted."""
    plan = book.plan
    columns = plan.find(VOTES)
    names = resolve([plan.labels[c] for c in columns], "contender", known)
    out: dict[int, str] = {}
    firsts: dict[str, int] = {}
    twice: set[int] = set()
    for c in columns:
        named = names[plan.labels[c]]
        first = firsts.get(named.id)
        if first is not None:
            what = say(
                "{name} has two columns, {first} and {second}; neither is counted",
                name=named.id,
                first=plan.columns[first],
                second=plan.columns[c],
            )
            book.report(Fault("E111", what, say("keep one of them, or tell their names apart")), None, c)
            twice |= {first, c}
        if book.accept(named, None, c):
            out[c] = named.id
            firsts.setdefault(named.id, c)
    return {c: name for c, name in out.items() if c not in twice}


def _is_total_row(book: Book, row: int) -> bool:
    """Tell whether a row without a district is called a total in another cell."""
    return len(book.plan.rows) > 1 and any(isinstance(value, str) and is_total(value) for value in book.plan.rows[row])


def _line(book: Book, areas: Areas, row: int, *, is_whole: bool) -> Line | None:
    if is_whole and areas.is_total(row):
        return areas.line(row, alone=True)
    if is_whole:
        return book.wholes.setdefault((areas.tier, str(row)), Line(areas.tier, NATION, row, whole=True))
    line = areas.line(row)
    if line is not None and line.row != row:
        line.spoiled = True
        what = say(
            "{area} stands twice, first in row {row}; neither is counted",
            area=line.area,
            row=str(book.plan.lines[line.row]),
        )
        book.report(Fault("E111", what, say("delete one of the rows")), row, areas.column, (line.row, row))
        return None
    return line


def _read_row(
    book: Book, line: Line, row: int, columns: Mapping[int, str], figures: Mapping[int, str], reader: Reader
) -> None:
    cells, votes = book.plan.rows[row], line.votes
    empty: dict[int, Fault] = {}
    if columns and all(is_blank(cells[c]) for c in columns):
        line.spoiled = True
        fault = Fault("E102", say("the row holds no votes"), say("fill it in; if it is a heading or a note, delete it"))
        book.report(fault, row, min(columns))
        return
    for c, name in columns.items():
        value = cells[c]
        count = int(value) if is_digits(value) else reader.count(row, c)
        if isinstance(count, int):
            votes[name] = Mark(count, row, c)
        elif is_blank(value):
            empty[c] = count
        elif not _is_dash(value):
            _report(book, line, row, c, count)
    for c, name in figures.items():
        if not is_blank(cells[c]):
            count = reader.count(row, c)
            if isinstance(count, int):
                book.enter(line, name, Mark(count, row, c), figure=True)
            else:
                _report(book, line, row, c, count)
    for c, fault in () if book.empty_absent or _is_whole(line) else empty.items():
        _report(book, line, row, c, fault)


def _is_whole(line: Line) -> bool:
    """Tell whether the votes add up to the total of the row: whoever has an empty cell then did not stand here."""
    wholes = [mark.n for mark in (line.figures.get("valid"), *line.totals) if mark is not None]
    return sum(mark.n for mark in line.votes.values()) in wholes


def _is_dash(value: Value) -> bool:
    """Tell whether a cell says that the contender did not stand here."""
    return isinstance(value, str) and value.strip() in DASHES


def _report(book: Book, line: Line, row: int, column: int, fault: Fault) -> None:
    line.spoiled = True
    if fault.value is not None:
        book.shares.append(Share(line, row, column, fault))
        return
    hint = joined([fault.hint, say(', "-" where it did not stand')], "") if fault.code == "E102" else fault.hint
    book.report(fault._replace(hint=hint), row, column)


def _tell_missing(book: Book, figures: Mapping[int, str], whole: set[int]) -> None:
    for c, name in figures.items():
        rows = [
            row
            for row, cells in enumerate(book.plan.rows)
            if row not in whole and is_blank(cells[c]) and row not in book.bad
        ]
        if rows and name != TOTAL:
            many = say("{n} rows", n=len(rows)) if len(rows) > 1 else say("1 row")
            what = say(
                "the {figure} is missing in {many}; a law that asks for it cannot be applied there",
                figure=word(name),
                many=many,
            )
            book.report(Fault("W212", what, ""), rows[0], c)
