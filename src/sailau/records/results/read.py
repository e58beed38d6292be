"""Reading a user's own file of results: one tally, and everything that was found on the way."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sailau.files.problems import CellPlace, Problem
from sailau.files.tables import Format, Table, read_tables
from sailau.records.results.areas import places_above
from sailau.records.results.assemble import assemble
from sailau.records.results.book import Book
from sailau.records.results.checks import check
from sailau.records.results.choose import choose_plan
from sailau.records.results.given import check_roles
from sailau.records.results.layers import layered
from sailau.records.results.layout import Layout, Plan
from sailau.records.results.long import read_long
from sailau.records.results.problems import FaultyResults, refuse
from sailau.records.results.wide import read_wide
from sailau.terms.speech import say
from sailau.terms.tally import Contender, Tally


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file of results holds.

    Attributes
    ----------
    tally : Tally
    problems : tuple of Problem
        In the order of the rows; errors only where rows at fault were left out.
    layout : Layout
        How the file was understood.
    kept, dropped : int
        Rows that were counted, and rows that were left out because of an error; totals and notes are neither. Where
        contenders stand in rows and districts in columns, columns are counted instead.
    above : mapping of str to mapping of str to str
        For each column of places: where each area of the tally lies, or what it is called there.
    """

    tally: Tally
    problems: tuple[Problem, ...]
    layout: Layout
    kept: int
    dropped: int
    above: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_results(
    path: str | Path,
    *,
    tier: str | None = None,
    sheet: str | None = None,
    keep_good: bool = False,
    known: Mapping[str, Contender] | None = None,
    where: Mapping[str, str] | None = None,
    using: str | Path | None = None,
    roles: Mapping[str, str] | None = None,
    empty_absent: bool = False,
) -> Reading:
    r"""Read a user's own results from a table or from an exchange format.

    Tables are CSV, TSV, TXT, XLSX, ODS, XLS, Parquet and JSON records; formats EML 510 and NIST SP 1500-100. The files
    of CLEA, MEDSL and OpenElections are known by their columns.

    Parameters
    ----------
    path : str or Path
    tier : str, optional
        The tier of votes that name none; ``list`` by default.
    sheet : str, optional
        The sheet of a workbook; by default the one that looks most like results.
    keep_good : bool
        Leave out the rows at fault, and list them in `problems`, instead of refusing the file.
    known : mapping of str to Contender, optional
        Contenders that the names may stand for, by id or by any of their names; case and quotes do not count.
    where : mapping of column to text, optional
        Rows to take, for instance ``{"year": "2018"}``.
    using : str or Path, optional
        A column map, by its name or its file; by default the one whose columns the file has.
    roles : mapping of str to str, optional
        What columns hold, where they are taken for something else: ``{"A": "district", "D": "votes"}`` by their
        letters. The other columns are read as they look.
    empty_absent : bool
        Take an empty cell for a contender that did not stand there; by default it is unknown, which is an error.

    Returns
    -------
    Reading

    Raises
    ------
    NotFound
        There is no such file.
    InvalidResults
        The file is no table of results, or rows of it are at fault; the attribute `problems` holds each of them, and
        `columns` what the columns were taken for.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "results.csv"
    >>> _ = path.write_text("party;votes\nAmanat;3 431 510\nAuyl;693 938\nTotal;4 125 448\n", encoding="utf-8")
    >>> read_results(path).tally.tiers["list"].votes
    {'nation': {'Amanat': 3431510, 'Auyl': 693938}}
    """
    check_roles(roles or {})
    tables = [table for table in read_tables(path, FaultyResults, sheet=sheet, formats=_formats()) if table.rows]
    tables = [_prepared(table, where, using) for table in tables]
    layers = layered(tables[0]) if len(tables) == 1 else None
    given = known or {}
    if layers is None:
        plan = choose_plan(tables, str(path), roles)
        return _read(plan, str(path), tier or "list", given, keep_good=keep_good, absent=empty_absent)
    parts = [
        _read(plan, str(path), kind or tier or "list", given, keep_good=keep_good, absent=empty_absent)
        for kind, plan in ((kind, choose_plan([table], str(path), roles)) for kind, table in sorted(layers.items()))
    ]
    return _together(parts)


def _together(parts: Sequence[Reading]) -> Reading:
    """Return the votes of each kind as one reading; what was found in both is told once."""
    first = parts[0]
    tally = Tally(
        {tier: ballots for part in parts for tier, ballots in part.tally.tiers.items()},
        {name: mark for part in parts for name, mark in part.tally.contenders.items()},
    )
    problems = tuple(sorted(dict.fromkeys(problem for part in parts for problem in part.problems), key=_order))
    above = {column: areas for part in parts for column, areas in part.above.items()}
    return Reading(tally, problems, first.layout, first.kept, first.dropped, above)


def _read(
    plan: Plan, path: str, tier: str, known: Mapping[str, Contender], *, keep_good: bool, absent: bool
) -> Reading:
    """Return what a table holds, read by its plan."""
    book = Book(plan, problems=list(plan.notes), empty_absent=absent)
    read = read_long if plan.layout.layout == "long" else read_wide
    with _without_collector():
        read(book, tier, known)
        book.settle_shares()
        check(book)
        tally = assemble(book)
    problems = tuple(sorted(book.problems, key=_order))
    errors = [problem for problem in problems if problem.is_error]
    if errors and (not keep_good or not tally.tiers):
        refusal = refuse(path, problems, keeping=keep_good, absent=absent)
        refusal.columns = plan.layout.columns
        raise refusal
    if not tally.tiers:
        raise FaultyResults(say("holds no votes"), place=CellPlace(path, sheet=plan.table.sheet))
    lost = {row for problem in errors for row in problem.rows}
    used = {mark.row for line in book.lines.values() for mark in (*line.votes.values(), *line.figures.values())}
    return Reading(tally, problems, plan.layout, len(used - book.bad), len(lost), places_above(book))


def _formats() -> Sequence[Format]:
    from sailau.records.formats import FORMATS

    return FORMATS


def _prepared(table: Table, where: Mapping[str, str] | None, using: str | Path | None) -> Table:
    """Return a table with the rows that are asked for, under the words of its column map."""
    from sailau.records.formats.maps import filtered, load_map, map_of, mapped

    table = filtered(table, where) if where else table
    known = load_map(using) if using is not None else map_of(table)
    return mapped(table, known) if known is not None else table


@contextmanager
def _without_collector() -> Iterator[None]:
    """Hold the collector of cycles: among a million living cells it would search for nothing, again and again."""
    held = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held:
            gc.enable()


def _order(problem: Problem) -> tuple[int, int, str]:
    return problem.place.line or 0, problem.place.column or 0, problem.code
