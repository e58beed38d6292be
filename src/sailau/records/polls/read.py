"""Reading a user's own file of polls: a row for each poll, and everything that was found on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from sailau.files.counts import Fault
from sailau.files.problems import CellPlace, Problem
from sailau.files.tables import read_tables
from sailau.records.polls import words
from sailau.records.polls.days import Span, day_first, read_days
from sailau.records.polls.problems import FaultyPolls
from sailau.records.polls.rows import Answer, Row, answer_of, is_of_all, percent
from sailau.records.polls.shares import Told, is_gap, read_share, read_size
from sailau.records.polls.sheet import FRACTIONS, Sheet, body, choose, day_columns, name_columns, unit_of
from sailau.records.results.names import clean, text_of
from sailau.records.results.problems import refuse
from sailau.terms.tally import Contender
from sailau.votes.polls.poll import OTHERS, Anchor, Poll, Polls
from sailau.votes.polls.priors import UNKNOWN_N


@dataclass(frozen=True, slots=True)
class PollReading:
    """What a file of polls holds.

    Attributes
    ----------
    polls : Polls
    problems : tuple of Problem
        In the order of the rows; errors only where rows at fault were left out.
    roles : mapping of str to str
        What each column was taken for, by its label.
    kept, dropped : int
        Rows that were read, and rows that were left out because of an error.
    """

    polls: Polls
    problems: tuple[Problem, ...]
    roles: Mapping[str, str]
    kept: int
    dropped: int


def read_polls(
    path: str | Path, *, sheet: str | None = None, keep_good: bool = False, known: Mapping[str, Contender] | None = None
) -> PollReading:
    r"""Read a user's own polls from a CSV, TSV, TXT, XLSX, ODS or XLS file.

    Parameters
    ----------
    path : str or Path
    sheet : str, optional
        The sheet of a workbook; by default the one that looks most like polls.
    keep_good : bool
        Leave out the rows at fault, and list them in `problems`, instead of refusing the file.
    known : mapping of str to Contender, optional
        Contenders that the names may stand for, by id or by any of their names; case and quotes do not count.

    Returns
    -------
    PollReading

    Raises
    ------
    NotFound
        There is no such file.
    InvalidResults
        The file is no table of polls, or rows of it are at fault; the attribute `problems` holds each of them.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "polls.csv"
    >>> text = "dates;pollster;n;Red;Blue;undecided\n12-14 Sep 2022;One;1 020;40,5%;37%;10%\n"
    >>> _ = path.write_text(text, encoding="utf-8")
    >>> poll = read_polls(path).polls.polls[0]
    >>> poll.end.isoformat(), poll.n, float(poll.shares["Red"]), float(poll.undecided)
    ('2022-09-14', 1020, 0.45, 0.1)
    """
    found = choose([table for table in read_tables(path, FaultyPolls, sheet=sheet) if table.rows], str(path))
    name_columns(found, known or {})
    _read_rows(found)
    _doubles(found)
    _sum_up(found)
    errors = [problem for problem in found.problems if problem.is_error]
    problems = tuple(sorted(found.problems, key=lambda p: (p.place.line or 0, p.place.column or 0, p.code)))
    if errors and (not keep_good or not found.polls):
        raise refuse(str(path), problems, keeping=keep_good, error=FaultyPolls)
    if not found.polls:
        hint = "a file of polls has one row for each poll, under a header that names dates, house and contenders"
        raise FaultyPolls("holds no polls", place=CellPlace(str(path), sheet=found.table.sheet), hint=hint)
    known_names = {name for poll in found.polls for name in poll.shares}
    anchors = [_only(anchor, known_names) for anchor in found.anchors]
    lost = {row for problem in errors for row in problem.rows}
    roles = dict(zip(found.labels, found.roles, strict=True))
    kept = len(found.polls) + len(anchors)
    return PollReading(Polls.of(found.polls, anchors), problems, roles, kept, len(lost))


def _only(anchor: Anchor, known: set[str]) -> Anchor:
    """Return a result with those whom no poll names among the others."""
    kept = {name: share for name, share in anchor.shares.items() if name in known and name != OTHERS}
    return Anchor(anchor.day, {**kept, OTHERS: 1 - sum(kept.values(), Fraction(0))})


@dataclass(frozen=True, slots=True)
class _Habits:
    """What is so in the whole file: what the whole is called, which part of a date is first, whose shares are given."""

    unit: Fraction
    day_first: bool | None
    of_all: bool


def _read_rows(found: Sheet) -> None:
    unit = unit_of(found)
    order = day_first(found.cell(r, c) for c in day_columns(found) for r in body(found))
    shown = [is_of_all(_told(found, row, unit)) for row in body(found)]
    habits = _Habits(unit, order, 2 * shown.count(True) >= shown.count(True) + shown.count(False))
    for row in body(found):
        _read_row(found, row, habits)


def _read_row(found: Sheet, row: int, habits: _Habits) -> None:
    """Read one row into a poll or a result, or report why it is none."""
    cells = [cell for cell in found.table.rows[row] if cell != ""]
    if not cells:
        return
    if len(found.table.rows[row]) > len(found.labels) and any(
        c != "" for c in found.table.rows[row][len(found.labels) :]
    ):
        hint = "a comma inside a number or a name needs quotes around the cell"
        what = f"the row has {len(found.table.rows[row])} cells, the header {len(found.labels)}"
        found.report(Fault("E312", what, hint), row)
        return
    if not any(not is_gap(found.cell(row, c)) for c in found.names):
        found.report(Fault("W405", "the row holds no shares and was left out", ""), row)
        return
    part = clean(found.cell(row, found.find(words.AREA)))
    if not words.is_whole(part):
        found.told.setdefault("W412", []).append(row)
        return
    before = len(found.problems)
    days, answer = _days(found, row, habits.day_first), _answer(found, row, habits)
    at = found.find(words.HOUSE)
    house = clean(found.cell(row, at)) if at is not None else "all polls"
    if not house:
        found.report(Fault("E309", "the house is missing", "write who made the poll"), row, at)
    size = _size(found, row)
    if any(problem.is_error for problem in found.problems[before:]) or days is None or answer is None:
        return
    if words.is_election(house):
        found.anchors.append(Anchor(days.end, answer.shares))
        found.report(Fault("W408", f"an election result of {days.end}: the walk passes through it", ""), row, at)
        return
    mode = clean(found.cell(row, found.find(words.MODE)))
    people = None if size is None else max(round(size * answer.voting), 1)
    found.polls.append(Poll(days.start, days.end, house, answer.shares, mode, people, answer.undecided))
    found.rows.append(row)
    if people is None:
        found.told.setdefault("W401", []).append(row)


def _days(found: Sheet, row: int, order: bool | None) -> Span | None:  # noqa: FBT001 - see day_first
    """Return the fieldwork of a row: a range in one cell, or its first and last day in two."""
    ends: dict[str, Span] = {}
    for column in day_columns(found):
        if is_gap(found.cell(row, column)) and any(not is_gap(found.cell(row, c)) for c in day_columns(found)):
            continue
        read = read_days(found.cell(row, column), order)
        if isinstance(read, Fault):
            found.report(read, row, column)
            return None
        ends[found.roles[column]] = read
    last = ends.get(words.END) or ends.get(words.DAYS) or ends[words.START]
    first = ends.get(words.START) or ends.get(words.DAYS) or last
    if first.start > last.end:
        what = f"the fieldwork ends on {last.end}, before it begins on {first.start}"
        found.report(Fault("E303", what, "correct one of the days"), row)
        return None
    return Span(first.start, last.end)


def _size(found: Sheet, row: int) -> int | None:
    column = found.find(words.SIZE)
    read = read_size(found.cell(row, column))
    if isinstance(read, Fault):
        found.report(read, row, column)
        return None
    return read


def _answer(found: Sheet, row: int, habits: _Habits) -> Answer | None:
    """Return what a row says of those who named a contender."""
    for column, told in _cells(found, row):
        if isinstance(told, Fault):
            found.report(told, row, column)
            return None
        if told.limit:
            found.report(Fault("W407", f"{text_of(found.cell(row, column))} was taken for half of it", ""), row, column)
    made = _told(found, row, habits.unit)
    total = sum(made.named.values(), made.rest or Fraction(0))
    if habits.unit == 100 and 0 < total <= FRACTIONS / 100 and len(made.named) > 1:
        found.report(Fault("E311", "fractions in a file of percentages", "write 34.5, not 0.345"), row)
        return None
    answer = answer_of(made, of_all=habits.of_all)
    if isinstance(answer, Fault):
        found.report(answer, row)
        return None
    for note in made.notes:
        found.told.setdefault(note.code, []).append(row)
        found.values.setdefault(note.code, []).append(note.value or Fraction(0))
    return answer


def _cells(found: Sheet, row: int) -> Iterator[tuple[int, Told | Fault]]:
    """Yield the cells of a row that hold shares, or should."""
    for column, role in enumerate(found.roles):
        if role in (words.CONTENDER, words.REST, words.UNDECIDED, words.ABSTAIN):
            told = read_share(found.cell(row, column))
            if told is not None:
                yield column, told


def _told(found: Sheet, row: int, unit: Fraction) -> Row:
    """Return the shares of a row, as far as its cells are shares."""
    made = Row(blank=any(is_gap(found.cell(row, column)) for column in found.names))
    for column, told in _cells(found, row):
        if isinstance(told, Told):
            _enter(made, found.roles[column], found.names.get(column, ""), told.value / unit)
    return made


def _enter(made: Row, role: str, name: str, value: Fraction) -> None:
    if role == words.CONTENDER:
        made.named[name] = value
    elif role == words.REST:
        made.rest = (made.rest or Fraction(0)) + value
    elif role == words.UNDECIDED:
        made.undecided = (made.undecided or Fraction(0)) + value
    else:
        made.abstain = (made.abstain or Fraction(0)) + value


def _parts(found: Sheet) -> None:
    """Report polls of parts of the country: they say nothing of the whole, and are never taken for polls of it."""
    rows, at = found.told.get("W412", ()), found.find(words.AREA)
    if not rows:
        return
    names = sorted({clean(found.cell(row, at)) for row in rows})
    shown = ", ".join(names[:4]) + (", …" if len(names) > 4 else "")
    if found.polls:
        many = f"{len(rows)} poll{'s' if len(rows) != 1 else ''} of a part of the country ({shown})"
        verb = "were" if len(rows) != 1 else "was"
        hint = "districts follow the nation here; leave the cell empty, or write nationwide, for a poll of all"
        found.report(Fault("W412", f"{many} {verb} left out", hint), rows[0], at)
        return
    what = f"every poll is of a part of the country ({shown}); a forecast goes from polls of the whole"
    hint = (
        "leave the cell empty, or write nationwide, where a poll is of all; remove the column if it means another thing"
    )
    found.report(Fault("E314", what, hint), rows[0], at)


def _doubles(found: Sheet) -> None:
    """Report polls that stand twice: one house, one fieldwork, the same shares."""
    seen: dict[tuple[object, ...], int] = {}
    kept: list[Poll] = []
    for poll, row in zip(found.polls, found.rows, strict=True):
        key = (poll.house, poll.mode, poll.start, poll.end, tuple(poll.shares.items()))
        first = seen.setdefault(key, row)
        if first != row:
            line = found.table.numbers[first]
            found.report(Fault("E310", f"the poll of row {line} once more", "delete one of the rows"), row)
        else:
            kept.append(poll)
    found.polls[:] = kept


def _sum_up(found: Sheet) -> None:
    """Say once what holds for many rows."""
    if found.find(words.HOUSE) is None and found.rows:
        hint = "name the column house, pollster or institute"
        found.report(Fault("W411", "no column names who made the polls: all count as of one house", hint), found.head)
    _parts(found)
    silent = found.told.get("W401", ())
    if silent:
        what = f"{_polls(len(silent))} without a sample size; each counts as one of {UNKNOWN_N} people"
        found.report(Fault("W401", what, ""), silent[0])
    for code, what in (
        ("W402", "with shares that add up to {} were scaled to the whole"),
        ("W403", "of which {} is named by nobody: taken for others"),
        ("W409", "with shares of all who were asked, {} undecided among them: taken out, and modelled"),
    ):
        rows, values = found.told.get(code, ()), found.values.get(code, ())
        if rows:
            ends = list(dict.fromkeys((percent(min(values)), percent(max(values)))))
            found.report(Fault(code, f"{_polls(len(rows))} {what.format(' to '.join(ends))}", ""), rows[0])


def _polls(n: int) -> str:
    return f"{n} poll{'s' if n != 1 else ''}"
