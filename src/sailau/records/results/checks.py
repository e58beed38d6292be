"""Checks of what was read against itself: sums, totals, and the order of voters and ballots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

from sailau.files.counts import Fault
from sailau.records.results.book import Book, Line, Mark
from sailau.terms.speech import coded, joined, say
from sailau.terms.tally import AGAINST_ALL, BLANK, INVALID

_LOOK = "correct the figure that is wrong; the protocol tells which"
_REST = "; votes for lists that are not named make a line: others"


def check(book: Book) -> None:
    """Report each line that contradicts itself, and each total that is not the sum of its rows."""
    for line in book.lines.values():
        if not line.spoiled and (line.figures or line.totals):
            _check_order(book, line)
            _check_valid(book, line)
            _check_totals(book, line)
            _check_ballots(book, line)
    for tier in {tier for tier, _ in book.wholes}:
        _check_wholes(book, tier)


def sum_of(line: Line, *names: str) -> int:
    """Return the votes of the contenders of a line, and of these figures."""
    return sum(mark.n for mark in line.votes.values()) + sum(_count(line, name) for name in names)


def _count(line: Line, name: str) -> int:
    return line.figures[name].n if name in line.figures else 0


def _sums(line: Line, extras: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Return what the votes add up to, with against-all always and with any of the extras."""
    there = [name for name in extras if name in line.figures]
    parts = chain.from_iterable(combinations(there, n) for n in range(len(there) + 1))
    return {sum_of(line, AGAINST_ALL, *names): names for names in parts}


def _check_order(book: Book, line: Line) -> None:
    registered = line.figures.get("registered")
    for name in ("voters", "ballots", "valid"):
        mark = line.figures.get(name)
        if mark and registered and not registered.n < mark.n:
            continue
        if mark and registered and not registered.n and line.tier in book.with_register():
            book.tell_none_registered(line, registered)
            return
        if mark and registered:
            what = say(
                "{area}: {more:,} {name} are more than {n:,} registered",
                area=line.area,
                more=mark.n,
                name=coded(name),
                n=registered.n,
            )
            book.report(Fault("E113", what, say(_LOOK)), mark.row, mark.column, line.rows())
            return
    voters, ballots = line.figures.get("voters"), line.figures.get("ballots")
    if voters and ballots and ballots.n > voters.n:
        what = say(
            "{area}: {ballots:,} ballots are more than {n:,} voters", area=line.area, ballots=ballots.n, n=voters.n
        )
        book.report(Fault("W210", what, ""), ballots.row, ballots.column)


def _check_valid(book: Book, line: Line) -> None:
    valid = line.figures.get("valid")
    if valid and line.votes and valid.n not in _sums(line, (BLANK,)):
        _report_sum(book, line, valid, say("given as valid"))


def _check_totals(book: Book, line: Line) -> None:
    for total in line.totals:
        against = {sum_of(line), *_sums(line, (BLANK, INVALID)), sum_of(line, BLANK), sum_of(line, INVALID)}
        if total.n not in against:
            _report_sum(book, line, total, say("of the total"))


def _report_sum(book: Book, line: Line, mark: Mark, what: str) -> None:
    what = say(
        "{area}: the votes add up to {total:,}, not to the {given:,} {what}",
        area=line.area,
        total=sum_of(line, AGAINST_ALL),
        given=mark.n,
        what=what,
    )
    hint = joined([say(_LOOK), *([say(_REST)] if mark.n > sum_of(line, AGAINST_ALL) else [])], "")
    book.report(Fault("E112", what, hint), mark.row, mark.column, line.rows())


def _check_ballots(book: Book, line: Line) -> None:
    ballots, valid = line.figures.get("ballots"), line.figures.get("valid")
    if not ballots or not valid:
        return
    invalid, blank = _count(line, INVALID), _count(line, BLANK)
    adds_up = ballots.n in (valid.n + invalid, valid.n + invalid + blank)
    if adds_up or (INVALID not in line.figures and valid.n <= ballots.n):
        return
    what = say(
        "{area}: {valid:,} valid and {invalid:,} invalid are not {ballots:,} ballots",
        area=line.area,
        valid=valid.n,
        invalid=invalid,
        ballots=ballots.n,
    )
    book.report(Fault("E114", what, say(_LOOK)), ballots.row, ballots.column, line.rows())


def _check_wholes(book: Book, tier: str) -> None:
    """Compare each row of totals with all areas, with those since the last such row, and with those up to the next."""
    lines = [line for line in book.lines.values() if line.tier == tier]
    wholes = [line for line in book.wholes.values() if line.tier == tier and not line.spoiled]
    cuts = sorted(line.row for line in book.wholes.values() if line.tier == tier)
    if wholes and book.bad - {mark.row for line in wholes for mark in line.marks()}:
        what = say("{area}: not compared with the sum of the rows, for rows are at fault", area=wholes[0].area)
        book.report(Fault("W213", what, ""), wholes[0].row, None)
        return
    for whole in wholes:
        parts = [lines, *_stretches(lines, cuts, whole.row)] if len(cuts) > 1 else [lines]
        faults = min((list(_differences(whole, part)) for part in parts), key=len)
        for mark, what in faults:
            book.report(Fault("E112", joined([whole.area, what], ": "), say(_LOOK)), mark.row, mark.column)


def _stretches(lines: Sequence[Line], cuts: Sequence[int], row: int) -> Iterator[list[Line]]:
    before = max((cut for cut in cuts if cut < row), default=-1)
    after = min((cut for cut in cuts if cut > row), default=None)
    yield [line for line in lines if before < line.row < row]
    yield [line for line in lines if line.row > row and (after is None or line.row < after)]


def _differences(whole: Line, lines: Sequence[Line]) -> Iterator[tuple[Mark, str]]:
    """Yield the cells of a row of totals that are not the sum of the lines; what no line gives is no sum."""
    for name, mark in whole.votes.items():
        yield from _difference(name, mark, [line.votes[name].n for line in lines if name in line.votes])
    for name, mark in whole.figures.items():
        counts = [line.figures[name].n for line in lines if name in line.figures]
        if len(counts) == len(lines):
            yield from _difference(name, mark, counts)
    for mark in whole.totals:
        parts = [total.n for line in lines for total in line.totals[:1]]
        yield from _difference("all", mark, parts if parts else [sum_of(line, AGAINST_ALL) for line in lines])


def _difference(name: str, mark: Mark, counts: Iterable[int]) -> Iterator[tuple[Mark, str]]:
    total = sum(counts)
    if total != mark.n:
        yield (
            mark,
            say("the rows of {name} add up to {total:,}, the total is {given:,}", name=name, total=total, given=mark.n),
        )
