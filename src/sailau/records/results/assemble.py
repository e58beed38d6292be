"""From what was read to a tally: good rows only, each figure in its place."""

from __future__ import annotations

from collections.abc import Iterable

from sailau.files.counts import Fault
from sailau.records.results.book import Book, Line
from sailau.records.results.checks import sum_of
from sailau.terms.speech import say
from sailau.terms.tally import AGAINST_ALL, BLANK, NATION, TOTALS, Ballots, Tally


def assemble(book: Book) -> Tally:
    """Return the tally of the good rows; tiers and areas without votes are left out."""
    tiers: dict[str, list[Line]] = {}
    for line in book.lines.values():
        tiers.setdefault(line.tier, []).append(line)
    out = {tier: _ballots(book, tier, lines) for tier, lines in tiers.items()}
    out = {tier: ballots for tier, ballots in out.items() if ballots.votes}
    standing = {name for ballots in out.values() for votes in ballots.votes.values() for name in votes}
    return Tally(out, {name: mark for name, mark in book.contenders.items() if name in standing})


def _ballots(book: Book, tier: str, lines: list[Line]) -> Ballots:
    counted = [line for line in lines if any(mark.row not in book.bad for mark in line.votes.values())]
    is_line = _blank_is_line(book, counted)
    votes, totals = {}, {}
    for line in counted:
        figures = {name: mark.n for name, mark in line.figures.items() if mark.row not in book.bad}
        votes[line.area] = {name: mark.n for name, mark in line.votes.items() if mark.row not in book.bad}
        for name in (AGAINST_ALL, BLANK) if is_line else (AGAINST_ALL,):
            if name in figures:
                votes[line.area][name] = figures.pop(name)
        if figures:
            totals[line.area] = {name: figures[name] for name in TOTALS if name in figures}
    whole = _of_the_whole(book, tier, totals, [line.area for line in counted])
    if whole:
        totals[NATION] = whole
    return Ballots(votes, totals)


def _blank_is_line(book: Book, lines: Iterable[Line]) -> bool:
    """Tell whether blank ballots are valid here: the file's own figures decide; else they are, and it is told."""
    blanks = [line for line in lines if BLANK in line.figures and line.figures[BLANK].n]
    said = [line for line in blanks if "valid" in line.figures]
    if said:
        return all(line.figures["valid"].n != sum_of(line, AGAINST_ALL) for line in said)
    if blanks:
        mark = blanks[0].figures[BLANK]
        what = say("blank ballots are counted among the valid ones, for no figure says otherwise")
        book.report(Fault("W209", what, say("add a row or a column: valid")), mark.row, mark.column)
    return True


def _of_the_whole(book: Book, tier: str, totals: dict[str, dict[str, int]], areas: list[str]) -> dict[str, int]:
    """Return figures that the file gives for the whole only."""
    out: dict[str, int] = {}
    for whole in book.wholes.values():
        for name, mark in whole.figures.items() if whole.tier == tier else ():
            missing = any(name not in totals.get(area, {}) for area in areas)
            if name in TOTALS and missing and mark.row not in book.bad:
                out[name] = max(mark.n, out.get(name, 0))
    return out
