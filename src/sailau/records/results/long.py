"""Reading a long table: a row for each district and contender."""

from __future__ import annotations

from collections.abc import Mapping

from sailau.files.counts import Fault
from sailau.files.label_words import CONTENDER, FIGURES, OTHER, PARTY, TOTAL, TURNOUT, VOTES
from sailau.files.labels import is_independent, line_of
from sailau.files.tables import Value
from sailau.records.results.areas import Areas
from sailau.records.results.book import Book, Line, Mark, Reader, Share
from sailau.records.results.header import is_blank
from sailau.records.results.names import Named, resolve
from sailau.records.results.whole_rows import tell_whole, whole_contender
from sailau.terms.speech import joined, say
from sailau.terms.tally import Contender


def read_long(book: Book, tier: str, known: Mapping[str, Contender]) -> None:
    """Read the rows of a long table into the book."""
    column = book.plan.find(VOTES)[0]
    areas, reader = Areas(book, tier), Reader(book)
    labels, at = _labels(book)
    names = resolve(labels, "contender", known)
    figures = {cell: None if named.id in known else _figure(cell, named) for cell, named in names.items()}
    parties = _parties(book, labels, names)
    lines: dict[int, Line] = {}
    for row, label in enumerate(labels):
        named = names[label]
        figure = TOTAL if is_blank(label) and areas.is_total(row) else figures[label]
        if figure in (OTHER, TURNOUT) and not _is_count(reader.count(row, column), figure):
            what = say("left out: {name!r} is neither a contender nor a figure that is used", name=named.id)
            book.report(Fault("W202", what, ""), row, at, (row,))
            continue
        line = areas.line(row, figure=figure is not None)
        if line is None:
            continue
        if figure is None and named.faults and not book.accept(named, row, at):
            line.spoiled = True
            continue
        lines[row] = line
        name = figure.replace(TURNOUT, "voters") if figure else parties[row] if parties else named.id
        _enter(book, line, name, row, column, reader, figure=figure is not None)
    for repeated in book.plan.find(*FIGURES, TOTAL):
        _read_repeated(book, lines, repeated, reader)
    _part_whole(book, known, at)
    _mark_known(book, known)


def _figure(cell: Value, named: Named) -> str | None:
    """Return the figure that a cell names, be it in two languages on two lines."""
    broken = isinstance(cell, str) and "\n" in cell.strip()
    return line_of(named.id) or (line_of(str(cell).strip()) if broken else None)


def _part_whole(book: Book, known: Mapping[str, Contender], column: int) -> None:
    """Take a line that ends every area, and that all the others there add up to, for its total."""
    lines = list(book.lines.values())
    found = {whole_contender({name: mark.n for name, mark in line.votes.items()}) for line in lines}
    name = found.pop() if len(found) == 1 else None
    if name is None or name in known:
        return
    tell_whole(book, lines[0].votes[name].row, name, column)
    for line in lines:
        line.totals += (line.votes.pop(name),)
        book.contenders.pop(name, None)


def _read_repeated(book: Book, lines: Mapping[int, Line], column: int, reader: Reader) -> None:
    """Read a column of figures, which a long table repeats in each row of a district."""
    marks: dict[int, Mark] = {}
    for row, line in lines.items():
        if row in book.bad or is_blank(book.plan.rows[row][column]):
            continue
        count = reader.count(row, column)
        if isinstance(count, Fault) or marks.setdefault(line.row, Mark(count, row, column)).n != count:
            what = say(
                "the column {name!r} was left out; it is not one figure for each district",
                name=book.plan.labels[column],
            )
            book.report(Fault("W203", what, say("write the figure into each row of its district")), row, column)
            return
    for line in dict(zip((line.row for line in lines.values()), lines.values(), strict=True)).values():
        if line.row in marks:
            book.enter(line, book.plan.roles[column], marks[line.row], figure=True)


def _is_count(found: int | Fault, figure: str | None) -> bool:
    """Tell whether a row called turnout gives the voters, not their share."""
    return figure == TURNOUT and isinstance(found, int) and found > 100


def _enter(book: Book, line: Line, name: str, row: int, column: int, reader: Reader, *, figure: bool) -> None:
    count = reader.count(row, column)
    if book.empty_absent and is_blank(book.plan.rows[row][column]):
        return
    line.spoiled |= isinstance(count, Fault)
    if isinstance(count, int):
        book.enter(line, name, Mark(count, row, column), figure=figure)
    elif count.value is not None:
        book.shares.append(Share(line, row, column, count))
    else:
        hint = (
            joined([count.hint, say("; leave the row out if it did not stand here")], "")
            if count.code == "E102"
            else count.hint
        )
        book.report(count._replace(hint=hint), row, column)


def _labels(book: Book) -> tuple[list[Value], int]:
    """Return the cell that names the contender of each row, and its column: the candidate's, else the party's."""
    plan = book.plan
    columns = [*plan.find(CONTENDER), *plan.find(PARTY)]
    out: list[Value] = []
    for cells in plan.rows:
        found = [cells[c] for c in columns if not is_blank(cells[c])]
        out.append(found[0] if found else "")
    return out, columns[0]


def _parties(book: Book, labels: list[Value], names: Mapping[Value, Named]) -> list[str]:
    """Return the id of each row's candidate, and mark his party; a name under two parties is told apart."""
    plan = book.plan
    if not plan.find(CONTENDER) or not plan.find(PARTY):
        return []
    column, own = plan.find(PARTY)[0], plan.find(CONTENDER)[0]
    cells = [row[column] for row in plan.rows]
    spelled = resolve(cells, "party")
    party = [("" if is_independent(spelled[cell].id) else spelled[cell].id) for cell in cells]
    stands: dict[str, set[str]] = {}
    for label, its in zip(labels, party, strict=True):
        stands.setdefault(names[label].id, set()).add(its)
    out = []
    for row, (label, its) in enumerate(zip(labels, party, strict=True)):
        name = names[label].id
        if len(stands[name]) > 1:
            _tell_apart(book, row, own, name, stands[name])
            name = f"{name} ({its or 'independent'})"
        out.append(name)
        if not is_blank(plan.rows[row][own]) and line_of(name) is None:
            kind = "candidate" if its else "independent"
            book.contenders.setdefault(name, Contender(name, its or None, kind))
    return out


def _tell_apart(book: Book, row: int, column: int, name: str, parties: set[str]) -> None:
    fault = Fault(
        "W211",
        say("{name} stands for {n} parties; the party was added to the name", name=name, n=len(parties)),
        "",
        None,
    )
    if fault not in book.told:
        book.told.add(fault)
        book.report(fault, row, column)


def _mark_known(book: Book, known: Mapping[str, Contender]) -> None:
    for line in book.lines.values():
        for name in line.votes:
            if name in known:
                book.contenders[name] = known[name]
