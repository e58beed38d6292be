"""What was read: one line for each tier and area, each count with its cell, and the problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from sailau.files.counts import Evidence, Fault, evidence_of, is_digits, percentage, read_count
from sailau.files.label_words import TOTAL
from sailau.files.problems import Problem
from sailau.records.results.layout import Plan
from sailau.records.results.names import Named, text_of
from sailau.terms.speech import say
from sailau.terms.tally import NATION, Contender


class Mark(NamedTuple):
    """A count, and the cell of the grid that it stands in."""

    n: int
    row: int
    column: int


@dataclass(slots=True)
class Line:
    """What one area of a tier says.

    Attributes
    ----------
    tier, area : str
    row : int
        The first row of the grid that speaks of it.
    whole : bool
        It adds up other lines.
    votes, figures : mapping of str to Mark
    totals : tuple of Mark
    spoiled : bool
        A row of it is at fault, so that its sums say nothing.
    """

    tier: str
    area: str
    row: int
    whole: bool = False
    votes: dict[str, Mark] = field(default_factory=dict)
    figures: dict[str, Mark] = field(default_factory=dict)
    totals: tuple[Mark, ...] = ()
    spoiled: bool = False

    def marks(self) -> Iterator[Mark]:
        """Yield every count of the line."""
        yield from self.votes.values()
        yield from self.figures.values()
        yield from self.totals

    def rows(self) -> set[int]:
        """Return the rows of the grid that the line comes from."""
        return {mark.row for mark in self.marks()}


class Share(NamedTuple):
    """A cell with a fraction of a vote, or with a percentage."""

    line: Line
    row: int
    column: int
    fault: Fault


@dataclass(slots=True)
class Book:
    """Everything that was read, and everything that was found on the way.

    Attributes
    ----------
    lines, wholes : mapping of (tier, area) to Line
        The areas; and the rows that add up others, which are checked and not counted.
    contenders : mapping of str to Contender
    problems : list of Problem
    bad : set of int
        Rows of the grid that an error costs.
    told : set of Fault
        Warnings that have been given once.
    shares : list of Share
        Cells with a fraction; whether they are percentages is known when the whole area is.
    groups : mapping of str to str
        The row of sums under which each area stands.
    empty_absent : bool
        Whether an empty cell says that a contender did not stand there.
    """

    plan: Plan
    lines: dict[tuple[str, str], Line] = field(default_factory=dict)
    wholes: dict[tuple[str, str], Line] = field(default_factory=dict)
    contenders: dict[str, Contender] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    told: set[Fault] = field(default_factory=set)
    shares: list[Share] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)
    empty_absent: bool = False

    def report(self, fault: Fault, row: int | None, column: int | None, rows: Iterable[int] = ()) -> None:
        """Add a problem; an error costs the rows given, or else its own."""
        costs = set(rows) or ({row} if row is not None else set())
        if fault.code.startswith("E"):
            self.bad |= costs
        else:
            costs = set(rows)
        lines = tuple(sorted(self.plan.lines[i] for i in costs))
        self.problems.append(Problem(fault.code, self.plan.place(row, column), fault.what, fault.hint, lines))

    def accept(self, named: Named, row: int | None, column: int | None) -> bool:
        """Report the faults of a name, its warnings once; tell whether the row can be counted."""
        for fault in named.faults:
            if fault.code.startswith("E") or fault not in self.told:
                self.told.add(fault)
                self.report(fault, row, column)
        return named.is_sound

    def enter(self, line: Line, name: str, mark: Mark, *, figure: bool) -> None:
        """Enter a count into its line; a name that stands there already is an error, and costs both rows."""
        if name == TOTAL and figure:
            line.totals += (mark,)
            return
        entries = line.figures if figure else line.votes
        first = entries.setdefault(name, mark)
        if first is not mark:
            where = "" if line.area == NATION else say(" in {area}", area=line.area)
            what = say(
                "{name} stands twice{where}, first in row {row}; neither is counted",
                name=name,
                where=where,
                row=str(self.plan.lines[first.row]),
            )
            line.spoiled = True
            hint = say("delete one of the rows, or tell the two names apart")
            self.report(Fault("E111", what, hint), mark.row, mark.column, (first.row, mark.row))

    def with_register(self) -> set[str]:
        """Return the tiers of which a line has registered voters."""
        named = (line for line in self.lines.values() if "registered" in line.figures)
        return {line.tier for line in named if line.figures["registered"].n}

    def tell_none_registered(self, line: Line, registered: Mark) -> None:
        """Say once that votes stand where nobody is registered: by post, from abroad, in other envelopes."""
        what = say("{area}: votes, but nobody registered; they are counted as cast elsewhere", area=line.area)
        if not any(problem.code == "W218" for problem in self.problems):
            hint = say("correct the figure if there is a register; other rows of this kind are not told")
            self.report(Fault("W218", what, hint), registered.row, registered.column)

    def settle_shares(self) -> None:
        """Tell fractions from percentages: all the votes of an area up to 100, and adding up to it."""
        areas: dict[int, list[Share]] = {}
        for share in self.shares:
            areas.setdefault(id(share.line), []).append(share)
        for shares in areas.values():
            marks = list(shares[0].line.votes.values())
            values = [Fraction(mark.n) for mark in marks] + [share.fault.value or Fraction(0) for share in shares]
            hundred = _adds_up(values)
            for share in shares:
                fault = percentage(self._text(share.row, share.column)) if hundred else share.fault
                self.report(fault, share.row, share.column)
            for mark in marks if hundred else ():
                self.report(percentage(self._text(mark.row, mark.column)), mark.row, mark.column)

    def _text(self, row: int, column: int) -> str:
        return text_of(self.plan.rows[row][column]).strip()


def _adds_up(values: Sequence[Fraction]) -> bool:
    total, most = sum(values), max(values, default=Fraction(0))
    return len(values) > 1 and (
        (most <= 100 and 99 <= total <= 101) or (most <= 1 and Fraction(99, 100) <= total < 2 - Fraction(99, 100))
    )


class Reader:
    """Reads counts; what a column shows about its marks is looked up only where a cell leaves it open."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.evidence: dict[int, Evidence] = {}

    def count(self, row: int, column: int) -> int | Fault:
        """Return the count in a cell, or why it is none."""
        plan = self.book.plan
        value = plan.rows[row][column]
        if is_digits(value):
            return int(value)
        if column not in self.evidence:
            self.evidence[column] = evidence_of(cells[column] for cells in plan.rows)
        return read_count(value, self.evidence[column], plan.evidence)
