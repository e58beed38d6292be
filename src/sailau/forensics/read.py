"""Reading a file of polling stations: arrays, and everything that was found on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from sailau.files.counts import Fault
from sailau.files.labels import is_total
from sailau.files.problems import Problem
from sailau.forensics.book import Book, registered_of, sum_of, turnout_at, votes_of
from sailau.forensics.contradictions import contradictions
from sailau.forensics.frame import Frame, read_frame
from sailau.forensics.headers import worded_map
from sailau.forensics.maps import ColumnMap, map_for
from sailau.forensics.problems import UNREADABLE, FaultyStations, refuse
from sailau.forensics.stations import Level, Mask, Stations
from sailau.forensics.sums_of_columns import refuse_sums
from sailau.terms.errors import Place
from sailau.terms.speech import say

Faulty = Literal["refuse", "leave_out", "keep"]


NOBODY = "no contender"
"""Stands for the contenders of a file that holds turnout by the hour only."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file of stations holds.

    Attributes
    ----------
    stations : Stations
        The rows that are tested.
    problems : tuple of Problem
        In the order of the rows.
    columns : ColumnMap
        How the file was understood.
    rows, left_out : int
        Rows below the header, and how many of them are not tested.
    """

    stations: Stations
    problems: tuple[Problem, ...]
    columns: ColumnMap
    rows: int
    left_out: int


def read_stations(
    path: str | Path,
    *,
    columns: ColumnMap | None = None,
    sheet: str | None = None,
    leader: str | None = None,
    faulty: Faulty = "refuse",
    header: int | None = None,
) -> Reading:
    r"""Read the polling stations of an election from CSV, TSV, XLSX, ODS, XLS or Parquet.

    Parameters
    ----------
    path : str or Path
    columns : ColumnMap, optional
        Which columns hold what; by default a packaged map for a file of that name, else the names of the columns
        (region, commission, station, registered, voters, ballots, valid, invalid, and the words for them in several
        languages; other columns of counts are contenders). How they were understood is among the problems.
    sheet : str, optional
    leader : str, optional
        The contender whose share is looked at; the one with the most votes by default.
    faulty : {"refuse", "leave_out", "keep"}
        What to do with rows at fault: refuse the file, leave them out, or leave out only those whose figures cannot
        be read and keep those that contradict themselves.
    header : int, optional
        The row of the header; by default the first row with two cells.

    Raises
    ------
    NotFound
        There is no such file.
    FaultyStations
        Rows are at fault and `faulty` is "refuse"; or a column is missing.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "stations.csv"
    >>> rows = "station,registered,voters,valid,invalid,A,B\n1,500,300,295,5,200,95\n2,400,401,401,0,1,400\n"
    >>> _ = path.write_text(rows, encoding="utf-8")
    >>> [p.what for p in read_stations(path, faulty="leave_out").problems if p.is_error][0]
    'station 2 has 401 voters of 400 registered ones'
    """
    frame = read_frame(path, sheet=sheet, header=header)
    given = columns or map_for(frame.path, list(frame.columns))
    found, told = (given, ()) if given is not None else worded_map(frame)
    _check_columns(frame, found)
    book = Book(frame, found, _wanted(frame, found), [*frame.told, *frame.notes, *told])
    stations = _stations(book, leader)
    _check_names(book)
    unreadable = {row for problem in book.problems if problem.is_error for row in problem.rows}
    readable = np.array([row not in unreadable for row in stations.rows.tolist()], dtype=bool)
    against = contradictions(stations.take(readable) if unreadable else stations, frame)
    problems = sorted([*book.problems, *against], key=lambda problem: (problem.place.line or 0, problem.code))
    errors = [problem for problem in problems if problem.is_error]
    if errors and faulty == "refuse":
        raise refuse(frame.path, problems)
    costly = {row for p in errors if faulty == "leave_out" or p.code in UNREADABLE for row in p.rows}
    kept = np.array([row not in costly for row in stations.rows.tolist()], dtype=bool)
    if not kept.any():
        raise FaultyStations(say("no row is left that could be tested"), place=Place(frame.path), problems=problems)
    rows = len(frame.rows) + len(frame.notes)
    stations = stations.take(kept) if not kept.all() else stations
    return Reading(stations, tuple(problems), found, rows, rows - len(stations))


def _check_columns(frame: Frame, found: ColumnMap) -> None:
    named = found.taken | set(found.contenders) | {name for name in (found.after, found.before) if name}
    lacking = sorted(named - set(frame.columns) - set(found.excluded))
    if lacking:
        what = say("has no column {lacking!r}, which the map {name} names", lacking=lacking[0], name=found.name)
        hint = say("columns: {columns!s}", columns=", ".join(list(frame.columns)[:30]))
        raise FaultyStations(what, place=Place(frame.path), hint=hint)
    known = {"registered", "voters", "ballots", "valid"} & set(found.figures)
    if not known and not found.contenders and not found.station and not found.hours:
        what = say(
            "no column is known to hold voters or votes; there are {columns!s}",
            columns=", ".join(list(frame.columns)[:30]),
        )
        hint = say("name them: --columns registered=…,voters=…,leader=… or --map FILE.yaml")
        raise FaultyStations(what, place=Place(frame.path), hint=hint)


def _wanted(frame: Frame, found: ColumnMap) -> Mask:
    """Return which rows are stations, as the map says."""
    rows = np.ones(len(frame.rows), dtype=bool)
    for column, values in found.where.items():
        rows &= np.array([str(cell) in values for cell in frame.columns[column]], dtype=bool)
    return rows


def _contenders(book: Book) -> tuple[str, ...]:
    """Return the columns of contenders; without a map those left over that hold counts."""
    frame, found = book.frame, book.map
    if found.contenders:
        return found.contenders
    names = list(frame.columns)
    first = names.index(found.after) + 1 if found.after else 0
    last = names.index(found.before) if found.before else len(names)
    free = [name for name in names[first:last] if name not in found.taken]
    if found.after or found.before:
        return tuple(free)
    chosen = [name for name in free if _holds_counts(book, name)]
    refuse_sums(book, chosen)
    if chosen:
        more = say(" and {n} more", n=len(chosen) - _SHOWN) if len(chosen) > _SHOWN else ""
        what = say(
            "taken for contenders, for nothing else is known of these columns: {chosen}{more}",
            chosen=", ".join(chosen[:_SHOWN]),
            more=more,
        )
        book.problems.append(
            Problem("W222", frame.place(0, chosen[0]), what, say("--columns contenders=A+B says others"), ())
        )
    for name in free:
        if name not in chosen:
            what = say("the column {name} holds no counts; it was left out", name=name)
            book.problems.append(Problem("W223", frame.place(0, name), what, "", ()))
    return tuple(chosen)


def _holds_counts(book: Book, name: str) -> bool:
    """Tell a column of counts, a few cells of which may be at fault, from one of words."""
    found = book.cells(name)
    bad = [fault for row, fault in found.faults if fault.code not in _MEANT]
    filled = len(book.frame.rows) - int(found.empty.sum())
    return filled > 0 and len(bad) * 2 < filled


_SHOWN = 12
_MEANT = ("E103", "E104", "E105", "E107")
"""Faults of cells that were meant as a number of votes: negative, fractions, percentages, shortened."""


def _stations(book: Book, leader: str | None) -> Stations:
    frame, found = book.frame, book.map
    contenders = _contenders(book)
    if not contenders and not found.hours:
        hint = say("name them: --columns leader=… or contenders=A+B")
        raise FaultyStations(
            say("no column is known to hold the votes of a contender"), place=Place(frame.path), hint=hint
        )
    if contenders:
        _leave_blank_rows(book, contenders)
    figures = {name: sum_of(book, columns) for name, columns in found.figures.items() if name not in _percents(found)}
    votes = votes_of(book, contenders, figures) if contenders else np.zeros((len(frame.rows), 1), dtype=np.int64)
    contenders = contenders or (NOBODY,)
    if found.turnout:
        figures["registered"] = registered_of(book, figures["voters"])
    if not {"voters", "ballots"} & set(figures) and "invalid" in figures:
        figures["ballots"] = figures.get("valid", votes.sum(axis=1)) + figures["invalid"]
        what = say("no column gives the voters: they are the valid and the invalid ballots together")
        book.problems.append(Problem("W224", frame.place(0), what, "--columns voters=… says otherwise", ()))
    none = np.zeros(len(frame.rows), dtype=np.int64)
    wanted = leader or found.leader
    if wanted is not None and wanted not in contenders:
        raise FaultyStations(
            say("no contender is called {wanted!r}", wanted=wanted),
            hint=say("contenders: {contenders}", contenders=", ".join(contenders[:30])),
        )
    most = int(np.argmax(votes[book.rows].sum(axis=0)))
    stations = Stations(
        path=frame.path,
        rows=np.asarray(frame.rows, dtype=np.int64),
        names=_names(frame, found),
        levels=tuple(_level(frame, name) for name in found.areas),
        registered=figures.get("registered", none),
        voters=figures.get("voters", figures.get("ballots", none)),
        votes=votes,
        contenders=contenders,
        leader=contenders.index(wanted) if wanted else most,
        ballots=figures.get("ballots"),
        valid=figures.get("valid"),
        invalid=figures.get("invalid"),
        hours={hour: turnout_at(book, column) for hour, column in found.hours.items()},
        seats=figures.get("seats"),
        title=found.title,
    )
    return stations.take(book.rows)


def _percents(found: ColumnMap) -> Sequence[str]:
    return ("invalid",) if found.percent_of else ()


def _leave_blank_rows(book: Book, contenders: Sequence[str]) -> None:
    """Leave out rows in which every figure is empty or 0; each is told."""
    frame, found = book.frame, book.map
    used = [column for columns in found.figures.values() for column in columns]
    blank = np.ones(len(frame.rows), dtype=bool)
    for column in dict.fromkeys([*used, *contenders]):
        read = book.cells(column)
        blank &= (read.counts == 0) & (read.empty | (read.counts == 0))
        blank[[row for row, _ in read.faults]] = False
    for row in np.flatnonzero(blank & book.rows).tolist():
        place = frame.place(row)
        what = say("the row holds no figure but zeros and blanks; it was left out")
        book.problems.append(Problem("W220", place, what, "", (frame.rows[row],)))
    outside = int((~book.rows).sum())
    if outside:
        what = say("{outside:,} rows are no stations by the map's `where`; they were left out", outside=outside)
        book.problems.append(Problem("W221", frame.place(int(np.argmin(book.rows))), what, ""))
    book.rows &= ~blank


def _names(frame: Frame, found: ColumnMap) -> tuple[str, ...]:
    if found.station is None:
        return tuple(say("row {row}", row=str(row)) for row in frame.rows)
    names = (frame.columns[name] for name in (found.station, *found.beside))
    return tuple(" ".join(filter(None, map(_text, cells))) for cells in zip(*names, strict=True))


def _check_names(book: Book) -> None:
    """Report rows without a station, and rows that add up others: each would be tested as a station."""
    frame, found = book.frame, book.map
    totals: set[int] = set()
    for name in (*found.areas, found.station):
        texts = [_text(cell) for cell in frame.columns[name]] if name is not None else []
        sums = {text for text in set(texts) if not text.isdecimal() and is_total(text)}
        for row, text in enumerate(texts) if sums or (name == found.station and "" in texts) else ():
            if not book.rows[row] or row in totals:
                continue
            if text in sums:
                totals.add(row)
                what = say("{text!r} is a row of totals among the stations", text=text)
                book.report(row, name, Fault("E124", what, say("leave it out; --totals compares published totals")))
            elif name == found.station and not text:
                book.report(
                    row, name, Fault("E119", say("the row names no station"), say("name it, or leave the row out"))
                )


def _text(cell: object) -> str:
    if cell is None or (isinstance(cell, float) and cell != cell):
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _level(frame: Frame, name: str) -> Level:
    seen: dict[str, int] = {}
    codes = np.array([seen.setdefault(_text(cell), len(seen)) for cell in frame.columns[name]], dtype=np.int64)
    return Level(name, codes, tuple(seen))
