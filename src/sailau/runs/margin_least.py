"""The least change that takes the count of several seats through a course: a linear programme, and whole ballots."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.runs.margin_course import follow
from sailau.runs.margin_papers import Change
from sailau.runs.margin_patience import allowed
from sailau.runs.margin_poll import NOBODY, Course, Floats, Poll, Row, summed
from sailau.seats.rankings import Ranking

SLACK = 1e-4
"""What rounding may add to a bound that is not rounded up for it."""
NODES = 500
"""Parts of the search for whole ballots that one programme may open."""
WAYS = 200
"""How many rankings new ballots of one solution may have."""
GAPS = (0.0, 0.02, 0.5)
"""Votes by which every comparison is to come out, in turn, where the law counts a change otherwise."""
INFEASIBLE = 2
"""The status of a programme that nothing meets."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Solved:
    """The least change that takes a course.

    Attributes
    ----------
    least : float
        No fewer ballots do.
    known : bool
        Whether a change was found.
    kept : array of float, shape [column]
        How many papers are left.
    flows : array of float
        New ballots that went from one to another.
    worths : array of float
    quota : float
    """

    least: float
    known: bool
    kept: Floats
    flows: Floats
    worths: Floats
    quota: float

    def left(self, poll: Poll, course: Course) -> Floats:
        """Return how many ballots of every ranking are left, of all that had the same holders as large a part."""
        have = summed(course.label, poll.n, len(self.kept))
        part = np.divide(self.kept, have, out=np.ones(len(have)), where=have > 0)
        left: Floats = poll.n * part[course.label]
        return left


def least_change(poll: Poll, course: Course, *, whole: bool = False) -> Solved | None:
    """Return the least change that meets every row, ballots in parts allowed if not `whole`; None where none does."""
    labels, first = np.unique(course.label, return_index=True)
    have = summed(course.label, poll.n, len(labels))
    return _solve(poll, course, first, have, len(course.edges), whole=whole)


def _solve(
    poll: Poll,
    course: Course,
    columns: NDArray[np.intp],
    have: Floats,
    flows: int,
    *,
    new: int = 0,
    gap: float = 0.0,
    whole: bool = False,
) -> Solved | None:
    """Solve the programme of a course over some columns of papers and its flows; the last `new` columns come."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    papers = len(columns)
    at = papers + flows
    come = slice(papers - new, papers) if new else slice(papers, papers + min(flows, poll.size))
    stay = slice(0, papers - new)
    cast, removed = have.sum(), poll.kind == "removed"
    table, high = _table(course, columns, flows, gap)
    sums, low, most = _sums(poll, table.shape[1], stay, come, cast, poll.marked[columns])
    costs, in_whole = np.zeros(table.shape[1]), np.zeros(table.shape[1], dtype=np.int64)
    costs[stay if removed else come] = -1 if removed else 1
    in_whole[:papers] = in_whole[come] = in_whole[-1] = int(whole)
    quota = poll.quota
    at_most = np.concatenate((have, np.full(new + flows, float(cast)), course.high, [quota[1]]))
    at_least = np.concatenate((np.zeros(at), course.low, [quota[0]]))
    found = milp(
        costs,
        constraints=LinearConstraint(
            np.concatenate((table, sums)),
            np.concatenate((np.full(len(high), -np.inf), low)),
            np.concatenate((high, most)),
        ),
        bounds=Bounds(at_least, at_most),
        integrality=in_whole,
        options={"mip_rel_gap": 0, "node_limit": allowed(NODES)} if whole else None,
    )
    if found.status == INFEASIBLE:
        return None
    x = np.concatenate((have, np.zeros(len(costs) - len(have)))) if found.x is None else found.x
    cost = found.fun if found.status == 0 else found.mip_dual_bound
    size = 0.0 if cost is None else float(cost) + (cast if removed else 0)
    return Solved(size, found.x is not None, x[:papers], x[papers:at], x[at:-1], float(x[-1]))


def _table(course: Course, columns: NDArray[np.intp], flows: int, gap: float) -> tuple[Floats, Floats]:
    """Return the rows of a course: figures of papers, flows, worths and the quota, and what they may come to."""
    papers = len(columns)
    rows = [row for row in course.rows if flows or len(row.papers) or row.worths]
    table, high = np.zeros((len(rows), papers + flows + len(course.low) + 1)), np.zeros(len(rows))
    for i, row in enumerate(rows):
        if len(row.papers):
            table[i, :papers] = row.papers[columns]
        for flow, figure in row.flows if flows else ():
            table[i, papers + flow] += figure
        for worth, figure in row.worths:
            table[i, papers + flows + worth] += figure
        table[i, -1], high[i] = row.quota, row.most - gap
    return table, high


def _sums(
    poll: Poll, n: int, stay: slice, come: slice, cast: float, marked: NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats]:
    """Return three rows: as many papers as the kind of change allows, and the quota that those with a mark give."""
    table = np.zeros((3, n))
    table[0, stay] = 1
    table[0, come] = 1 if poll.kind == "moved" else 0
    part = 1 / (poll.seats + 1)
    table[1, stay] = table[1, come] = part
    table[2, stay] = table[2, come] = -part
    table[1:, : len(marked)] *= marked
    table[1:, -1] = -1, 1
    low = np.array([0 if poll.kind == "removed" else cast, -np.inf, -np.inf])
    return table, low, np.array([cast, -part, 1.0])


@dataclass(frozen=True, slots=True)
class Entry:
    """A course in the line, and a change that takes it."""

    course: Course
    within: Mapping[int, Span]
    left: Floats
    flows: Floats
    worths: Floats
    quota: float

    def meets(self, rows: Sequence[Row]) -> bool:
        """Say whether the change takes a course with more rows, too."""
        return all(
            (row.papers @ self.left if len(row.papers) else 0)
            + sum(figure * self.flows[flow] for flow, figure in row.flows if flow < len(self.flows))
            + sum(figure * self.worths[worth] for worth, figure in row.worths)
            + row.quota * self.quota
            <= row.most + SLACK / 100
            for row in rows
        )


def entry_of(poll: Poll, course: Course, within: Mapping[int, Span], solved: Solved) -> Entry:
    """Return a course with the change that was found for it."""
    return Entry(course, within, solved.left(poll, course), solved.flows, solved.worths, solved.quota)


@dataclass(frozen=True, slots=True)
class Names:
    """Who stands, and the papers as they were cast."""

    candidates: tuple[str, ...]
    papers: tuple[Ranking, ...]

    def change(self, gone: Floats, ways: list[tuple[int, ...]], come: Floats) -> Change:
        """Return the change that takes some papers out and puts others in."""
        out = {self.papers[i]: int(gone[i]) for i in np.flatnonzero(gone)}
        into = {tuple(self.candidates[c] for c in way): int(n) for way, n in zip(ways, come, strict=True) if n}
        both = {ranking: min(out[ranking], n) for ranking, n in into.items() if ranking in out}
        return Change(
            {r: n - both.get(r, 0) for r, n in out.items() if n > both.get(r, 0)},
            {r: n - both.get(r, 0) for r, n in into.items() if n > both.get(r, 0)},
        )


def _ways(course: Course, flows: Floats) -> list[tuple[int, ...]]:
    """Return the rankings that new ballots of a solution can have."""
    onward: dict[int, list[int]] = {}
    for (source, target), votes in zip(course.edges, flows, strict=True):
        if votes > SLACK:
            onward.setdefault(source, []).append(target)
    out = list[tuple[int, ...]]()
    line: list[tuple[int, ...]] = [(c,) for c in onward.get(NOBODY, [])]
    while line and len(out) < WAYS:
        way = line.pop(0)
        out.append(way)
        line += [(*way, c) for c in onward.get(way[-1], []) if c not in way]
    return out


def whole_change(poll: Poll, entry: Entry, counts: Callable[[Change], bool], names: Names) -> Change | None:
    """Return a change of whole ballots that takes a course by the law's own count.

    What surpluses leave of a paper is taken from the change before, beginning with the solution in parts of ballots.
    """
    course = entry.course
    ways = _ways(course, entry.flows) if poll.kind != "removed" else []
    many = len(poll.n)
    marks = np.full((many + len(ways), poll.marks.shape[1] + poll.size), -1, dtype=np.int32)
    marks[:many, : poll.marks.shape[1]] = poll.marks
    for row, way in zip(marks[many:], ways, strict=True):
        row[: len(way)] = way
    cast = np.concatenate((poll.n, np.zeros(len(ways))))
    n = np.concatenate((entry.left, _come(ways, entry)))
    for gap in GAPS:
        here = replace(poll, marks=marks, n=n, every=True, most=0, cut=0.0)
        same = follow(here, course.script, {})
        labels, first = np.unique(same.label[:many], return_index=True)
        sizes = np.array([poll.n[same.label[:many] == label].sum() for label in labels])
        columns = np.concatenate((first, np.arange(many, len(n))))
        ranged = replace(here, n=cast, most=poll.most)
        found = _solve(ranged, same, columns, sizes, 0, new=len(ways), gap=gap, whole=True)
        if found is None or not found.known:
            continue
        x = np.rint(found.kept)
        n = np.concatenate((_spread(poll.n, same.label[:many], labels, x[: len(labels)]), x[len(labels) :]))
        change = names.change(poll.n - n[:many], ways, n[many:])
        if change.size <= poll.most and counts(change):
            return change
    return None


def _come(ways: Sequence[tuple[int, ...]], entry: Entry) -> Floats:
    """Return about how many ballots come with each ranking: all that go to somebody first, with the longest."""
    come = np.zeros(len(ways))
    longest = {way[0]: i for i, way in enumerate(ways)}
    for (source, target), votes in zip(entry.course.edges, entry.flows, strict=True):
        if source == NOBODY and target in longest:
            come[longest[target]] = votes
    return come


def _spread(n: Floats, labels: NDArray[Any], kept: NDArray[Any], left: Floats) -> Floats:
    """Return how many of every ranking are left: of each kind, those that most ballots carry go first."""
    out = n.copy()
    for label, stay in zip(kept, left, strict=True):
        members = np.flatnonzero(labels == label)
        gone = n[members].sum() - stay
        for at in sorted(members, key=lambda i: (-n[i], i)):
            taken = min(gone, out[at])
            out[at] -= taken
            gone -= taken
    return out
