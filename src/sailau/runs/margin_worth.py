"""What papers are worth in a count with surpluses while ballots change: rows of a linear programme.

n papers of a worth w, of which some are left, hold w times n less w times those that are gone. Products of what moves
are held between straight lines over the spans in which it lies.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sailau.runs.margin_poll import Course, Poll, Row


def held(poll: Poll, course: Course, c: int, *, most: bool) -> Row:
    """Return the least, or the most, that somebody holds, as the left side of a row and what stands off from it.

    n papers of a worth w, of which some are left, hold w times n less w times those that are gone; the worth in the
    second product is taken at the end of its span that gives less, or more.
    """
    mine = course.holder == c
    worth, n = course.worth[mine], poll.n[mine]
    ends = np.array(course.low if most else course.high)
    papers = np.zeros(len(poll.n))
    papers[mine] = ends[worth]
    open_ones = [k for k in np.unique(worth) if course.low[k] < course.high[k]]
    worths = tuple((int(k), float(n[worth == k].sum())) for k in open_ones)
    off = sum(ends[k] * many for k, many in worths)
    return Row(papers, tuple((f, 1.0) for f in course.fresh[c]), worths, 0, float(off))


def scaled(votes: Row, by: float, worths: dict[int, float], most: float) -> Row:
    """Return the row that some votes, times a figure, and worths come to no more than a number."""
    for k, n in votes.worths:
        worths[k] = worths.get(k, 0.0) + by * n
    flows = tuple((f, by * x) for f, x in votes.flows)
    return Row(by * votes.papers, flows, tuple(worths.items()), 0, most + by * votes.most)


def row_of(
    poll: Poll,
    course: Course,
    one: int | None,
    other: int | None,
    gap: float,
    *,
    bar: float | None = None,
    later: Course | None = None,
) -> Row:
    """Return the row that says: `one` holds less than `other`, by the gap; None stands for the quota, or a bar.

    Where a later course is given, it says what the other holds.
    """
    left = None if one is None else held(poll, course, one, most=False)
    right = None if other is None else held(poll, later or course, other, most=True)
    if left is None:
        assert right is not None
        row = scaled(right, -1.0, {}, -gap if bar is None else -bar)
        return row if bar is not None else replace(row, quota=1.0)
    if right is None:
        row = scaled(left, 1.0, {}, -gap if bar is None else bar)
        return row if bar is not None else replace(row, quota=-1.0)
    row = scaled(left, 1.0, dict[int, float](), -gap)
    less = scaled(right, -1.0, dict(row.worths), row.most)
    return Row(row.papers + less.papers, row.flows + less.flows, less.worths, 0, less.most)


def with_surplus(poll: Poll, before: Course, course: Course, c: int, least: float, most: float) -> Course:
    """Return the course after a surplus has passed on: what is left of a vote is 1 - quota / votes."""
    quota_low, quota_high = poll.quota
    down, up = max(0.0, 1 - quota_high / least), max(0.0, 1 - quota_low / most)
    part = len(course.low)
    rows = list(course.rows)
    slope = (down_at_most - down) / (most - least) if (down_at_most := 1 - quota_high / most) > down else 0.0
    votes = held(poll, before, c, most=False)
    rows.append(scaled(votes, slope, {part: -1.0}, slope * least - down + 2 * poll.cut))
    votes = held(poll, before, c, most=True)
    for at in (least, (least + most) / 2, most):
        slope = quota_low / at**2
        rows.append(scaled(votes, -slope, {part: 1.0}, 1 - quota_low / at - slope * at))
    low, high = [*course.low, max(0.0, down - 2 * poll.cut)], [*course.high, up]
    worth = course.worth.copy()
    mine = course.holder == c
    for old in np.unique(course.worth[mine]):
        if old:
            rows += _product(poll, int(old), part, len(low), low, high)
            low.append(max(0.0, low[old] * down - 2 * poll.cut))
            high.append(high[old] * up)
        worth[mine & (course.worth == old)] = len(low) - 1 if old else part
    after = replace(course, worth=worth, low=tuple(low), high=tuple(high), rows=tuple(rows))
    return passed_on(poll, after, c, up)


def _product(poll: Poll, one: int, other: int, both: int, low: list[float], high: list[float]) -> list[Row]:
    """Return the rows that hold a product between straight lines (McCormick 1976)."""
    slack = 2 * poll.cut
    nothing = np.zeros(0)
    rows = []
    for a, b in ((low[one], low[other]), (high[one], high[other])):
        rows.append(Row(nothing, (), ((other, a), (one, b), (both, -1.0)), 0, a * b + slack))
    for a, b in ((high[one], low[other]), (low[one], high[other])):
        rows.append(Row(nothing, (), ((other, -a), (one, -b), (both, 1.0)), 0, slack - a * b))
    return rows


def passed_on(poll: Poll, course: Course, source: int, up: float = 1.0) -> Course:
    """Return the course after votes have passed on; of a new ballot's worth no more than `up` times it is left."""
    at = np.flatnonzero(course.holder == source)
    holder = course.holder.copy()
    holder[at] = poll.tops(at, course.continuing)
    label = np.unique(course.label * (poll.size + 1) + holder + 1, return_inverse=True)[1].astype(np.int64)
    fresh, edges, rows = dict(course.fresh), course.edges, course.rows
    if fresh[source]:
        new = tuple(range(len(edges), len(edges) + len(course.continuing)))
        for c, flow in zip(course.continuing, new, strict=True):
            fresh[c] = (*fresh[c], flow)
        figures = [*((f, 1.0) for f in new), *((f, -up) for f in fresh[source])]
        rows = (*rows, Row(np.zeros(0), tuple(figures), (), 0, 0))
        edges = (*edges, *((source, c) for c in course.continuing))
    return replace(course, holder=holder, label=label, fresh=fresh, edges=edges, rows=rows)
