"""The body of a table: its rows without notes and blanks, turned round where contenders stand in rows."""

from __future__ import annotations

from collections.abc import Sequence

from sailau.files.counts import THOUSANDS, Evidence, decimal_mark, evidence_of, grouped, looks_numeric
from sailau.files.label_words import CONTENDER, DISTRICT, FIGURES, LEFT_OUT, NAME, PARTY, TOTAL, VOTES
from sailau.files.labels import is_note, line_of
from sailau.files.problems import CellPlace, Problem
from sailau.files.tables import Row, Table, Value
from sailau.records.results.header import Header, filled
from sailau.records.results.layout import Column, Layout, Plan
from sailau.records.results.names import clean, text_of
from sailau.records.results.problems import FaultyResults
from sailau.terms.speech import say


def lay_out(table: Table, header: Header, columns: Sequence[Column], kind: str, notes: list[Problem]) -> Plan:
    """Return the plan of a table whose columns have their roles."""
    kept = _body(table, header, columns, notes)
    whole = CellPlace(table.path, sheet=table.sheet)
    if not kept:
        what = say("has a header, but no row of votes under it") if header.rows else say("holds no row of votes")
        raise FaultyResults(what, place=whole, hint=say("add the rows, and save it again"))
    if table.encoding and not table.sure:
        what = say("read as {encoding}, which the bytes suggest but do not prove", encoding=table.encoding)
        notes.append(Problem("W201", whole, what, say("look at the names; save the file as UTF-8 to be sure")))
    rows = [_padded(table.rows[i], len(columns)) for i in kept]
    lines = [table.numbers[i] for i in kept]
    evidence = evidence_of(value for row in rows for value in row)
    _tell_grouped(table, rows, evidence, notes)
    layout = _layout(table, header, columns, kind, decimal_mark(evidence))
    if kind == "across":
        return _across(table, layout, rows, lines, evidence, notes)
    return Plan(
        table,
        layout,
        rows,
        lines,
        [column.number for column in columns],
        [column.header for column in columns],
        [column.role for column in columns],
        layout.header,
        evidence,
        tuple(notes),
        [table.moved[i] for i in kept] if table.moved else (),
    )


def _tell_grouped(table: Table, rows: Sequence[Row], evidence: Evidence, notes: list[Problem]) -> None:
    """Tell where only the look of many numbers shows that their mark parts thousands."""
    for mark, use in evidence if len(evidence) == 1 else ():
        shown = grouped((value for row in rows for value in row), mark) if use == THOUSANDS else None
        if shown and not any(str(value).count(mark) > 1 for row in rows for value in row):
            what = say(
                "numbers such as {shown} were read as {plain}: all have three digits behind the mark",
                shown=shown,
                plain=shown.replace(mark, ""),
            )
            notes.append(
                Problem("W215", CellPlace(table.path, sheet=table.sheet), what, say("write them without a mark"))
            )


def _layout(table: Table, header: Header, columns: Sequence[Column], kind: str, decimal: str | None) -> Layout:
    return Layout(
        format=table.format,
        layout="long" if kind == "long" else "wide",
        columns=tuple(columns),
        header=table.numbers[header.rows[-1]] if header.rows else None,
        across=kind == "across",
        encoding=table.encoding,
        delimiter=table.delimiter,
        decimal=decimal,
        sheet=table.sheet,
    )


def _padded(row: Row, width: int) -> Row:
    return row if len(row) >= width else [*row, *[""] * (width - len(row))]


def _body(table: Table, header: Header, columns: Sequence[Column], notes: list[Problem]) -> list[int]:
    """Return the rows under the header that hold data; the others are told, unless they are blank."""
    _tell_above(table, header, notes)
    names = {i for i, column in enumerate(columns) if column.role in (CONTENDER, DISTRICT, PARTY, NAME)}
    # A row may end where nothing that is counted is left to come: programs cut empty cells off the ends of lines.
    counted = [i for i, column in enumerate(columns) if column.header and column.role != LEFT_OUT]
    least = 1 + max(counted, default=len(columns) - 1)
    kept = []
    for i in range(header.start, len(table.rows)):
        row = table.rows[i]
        if len(row) == len(columns) and "" not in row and not str(row[0]).isspace():
            kept.append(i)
            continue
        cells = filled(row)
        if len(cells) == 1 and _is_remark(row[cells[0]], named=cells[0] in names):
            _note(table, i, notes, say("left out as a note: {text!r}", text=text_of(row[cells[0]])[:60]))
        elif cells and table.ragged and (len(row) < least or cells[-1] >= len(columns)):
            _ragged(table, i, len(row), len(columns), notes)
        elif cells:
            kept.append(i)
    return kept


def _is_remark(value: Value, *, named: bool) -> bool:
    return isinstance(value, str) and not looks_numeric(value) and (is_note(value) or not named)


def _tell_above(table: Table, header: Header, notes: list[Problem]) -> None:
    for i in header.skipped:
        _note(table, i, notes, say("left out: it only numbers the columns"))
    for i in range(header.rows[0] if header.rows else header.start):
        cells = filled(table.rows[i])
        if any(looks_numeric(table.rows[i][column]) for column in cells):
            _note(table, i, notes, say("left out: it stands above the header"))


def _note(table: Table, i: int, notes: list[Problem], what: str) -> None:
    line = table.numbers[i]
    notes.append(Problem("W202", CellPlace(table.path, line, None, table.sheet), what, rows=(line,)))


def _ragged(table: Table, i: int, found: int, expected: int, notes: list[Problem]) -> None:
    line = table.numbers[i]
    what = say("the row has {found} cells, the header {expected}", found=found, expected=expected)
    hint = (
        say("a name with the delimiter in it needs quotes")
        if found > expected
        else say("a cell is missing, or a line broken")
    )
    notes.append(Problem("E110", CellPlace(table.path, line, None, table.sheet), what, hint, (line,)))


def _across(
    table: Table,
    layout: Layout,
    rows: Sequence[Row],
    lines: Sequence[int],
    evidence: Evidence,
    notes: list[Problem],
) -> Plan:
    """Return the plan of a table with contenders in rows and districts in columns, turned round."""
    name = next(i for i, column in enumerate(layout.columns) if column.role in (CONTENDER, PARTY))
    areas = [column for column in layout.columns if column.role in (VOTES, TOTAL)]
    grid: list[list[Value]] = [[area.header, *(row[area.number - 1] for row in rows)] for area in areas]
    labels = ["", *(clean(row[name]) for row in rows)]
    return Plan(
        table,
        layout,
        grid,
        [area.number for area in areas],
        [layout.header or 1, *lines],
        labels,
        [DISTRICT, *(_role(label) for label in labels[1:])],
        layout.columns[name].number,
        evidence,
        tuple(notes),
    )


def _role(label: str) -> str:
    line = line_of(label)
    return VOTES if line is None else line if line in (*FIGURES, TOTAL) else LEFT_OUT
