"""Read roll calls: long tables, VoteView's three files, matrices; with a report of every problem."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sailau.align.attributes import Notebook, label, note_issues, note_items, read_voters
from sailau.align.cast import Cast, cast_votes, unfold
from sailau.align.codes import codes_of
from sailau.align.columns import Columns, find_columns, require
from sailau.align.problems import InvalidRollCalls, Problem, judge
from sailau.align.rollcalls import RollCalls, order
from sailau.align.sources import Source, read_source
from sailau.files.problems import CellPlace
from sailau.terms.errors import Place
from sailau.terms.speech import say

LAYOUTS = ("long", "wide", "wide-items")
"""One row a vote; one row a voter and a column an item; one row an item and a column a voter."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Roll calls and what was found on the way.

    Attributes
    ----------
    calls : RollCalls
    problems : tuple of Problem
        Those that were kept, and those that stop nothing.
    """

    calls: RollCalls
    problems: tuple[Problem, ...] = ()


def read_rollcalls(
    path: str | Path,
    *,
    layout: str | None = None,
    codes: str | Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    items: str | Path | None = None,
    issues: str | Path | None = None,
    voters: str | Path | None = None,
    keep: Collection[str] = (),
) -> Reading:
    """Read a file of roll calls.

    Parameters
    ----------
    path : str or Path
        CSV, TSV, XLSX, ODS, Parquet, or CSV packed by gzip.
    layout : str, optional
        ``long``, ``wide`` or ``wide-items``; without it a file with columns for voter, item and vote is long.
    codes : str or mapping, optional
        What the signs mean: ``words`` (the rule), ``un``, ``voteview``, ``binary``, or ``1=yes,2=abstain,3=no``.
    columns : mapping, optional
        Role to column, where the header does not tell: ``{"voter": "country_code/country"}``.
    items, issues, voters : str or Path, optional
        Files that say more: one row an item; item and issue; one row a voter.
    keep : collection of str
        Codes of problems with which the reading goes on; `KEPT` says what becomes of the rows.

    Raises
    ------
    FaultyRollCalls
        Problems that are not kept.
    InvalidRollCalls, NotFound
    """
    signs = codes_of(codes)
    source = read_source(path)
    found = find_columns(source, columns)
    form = layout or _layout(source, found)
    if form not in LAYOUTS:
        raise InvalidRollCalls(
            say("{form!r} is no layout", form=form), hint=say("one of {layouts}", layouts=", ".join(LAYOUTS))
        )
    source, found = (source, found) if form == "long" else unfold(source, found, form)
    require(found, ["voter", "item", "vote"], source)
    book = Notebook(problems=[*source.problems, *_unused(source, found)])
    cast = cast_votes(source, found, signs, book.problems)
    names, groups = _voters(source, found, voters, book.problems)
    calls = _assemble(source, found, cast, book, items, issues, names, groups)
    judge(str(path), book.problems, keep)
    if not calls.n_votes:
        raise InvalidRollCalls(say("no vote is left"), place=Place(str(path)))
    return Reading(calls, tuple(book.problems))


def _layout(source: Source, found: Columns) -> str:
    if all(found.has(role) for role in ("voter", "item", "vote")):
        return "long"
    if len(source.header) < 3 or found.has("vote"):
        require(found, ["voter", "item", "vote"], source)
    return "wide-items" if found.has("item") and not found.has("voter") else "wide"


def _unused(source: Source, found: Columns) -> list[Problem]:
    lost = [name for name in source.header if name not in found.used]
    what = say("not used: {lost}", lost=", ".join(lost[:8]))
    return [Problem("W603", CellPlace(source.path, 1), what)] if lost else []


def _voters(
    source: Source, found: Columns, path: str | Path | None, problems: list[Problem]
) -> tuple[dict[str, str], dict[str, str]]:
    rows = range(len(source.rows))
    names, groups = label(source, found, "name", rows), label(source, found, "group", rows)
    if path is None:
        return names, groups
    more, parties = read_voters(str(path), problems)
    return names | more, groups | parties


def _assemble(
    source: Source,
    found: Columns,
    cast: Cast,
    book: Notebook,
    items: str | Path | None,
    issues: str | Path | None,
    names: dict[str, str],
    groups: dict[str, str],
) -> RollCalls:
    book.note(source, found)
    if items is not None:
        _report_strangers(book, str(items), set(cast.items), note_items(book, str(items)))
    if issues is not None:
        note_issues(book, str(issues), cast.items)
    listed = [book.item(name, str(items or source.path)) for name in cast.items]
    columns = sorted(range(len(listed)), key=lambda column: order(listed[column]))
    ordered = tuple(listed[column] for column in columns)
    kept = set(cast.voters)
    return RollCalls(
        cast.voters,
        ordered,
        cast.votes[:, columns],
        {voter: name for voter, name in names.items() if voter in kept},
        {voter: name for voter, name in groups.items() if voter in kept},
    )


def _report_strangers(book: Notebook, path: str, voted: set[str], listed: set[str]) -> None:
    for code, lost, sentence in (
        ("W601", voted - listed, "{n:,} items have votes but no row here, for instance {first!r}"),
        ("W602", listed - voted - {""}, "{n:,} items have a row here but no votes, for instance {first!r}"),
    ):
        if lost:
            text = say(sentence, n=len(lost), first=min(lost))
            book.problems.append(Problem(code, CellPlace(path), text))
