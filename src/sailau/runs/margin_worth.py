"""What papers are worth in a count with surpluses while ballots change: rows of a linear programme.

n papers of a worth w, of which some are left, hold w times n less w times those that are gone. Products of what moves
are held between straight lines over the spans in which it lies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def together(parts: Sequence[tuple[Row, float]], most: float, worths: Mapping[int, float] | None = None) -> Row:
    """Return the row that some votes, each times a figure, and worths come to no more than a number."""
    papers = np.sum([by * votes.papers for votes, by in parts], axis=0)
    flows = tuple((f, by * x) for votes, by in parts for f, x in votes.flows)
    sums = dict(worths or {})
    for votes, by in parts:
        for k, n in votes.worths:
            sums[k] = sums.get(k, 0.0) + by * n
    return Row(papers, flows, tuple(sums.items()), 0, most + sum(by * votes.most for votes, by in parts))


def row_of(
    poll: Poll,
    course: Course,
    one: int | None,
    other: int | None,
    gap: float,
    *,
    bar: float | None = None,
    later: Course | None = None,
    surplus: Sequence[int] = (),
) -> Row:
    """Return the row that says: `one` holds less than `other`, by the gap; None stands for the quota, or a bar.

    Where a later course is given, it says what the other holds; what some hold above the quota counts for `one`.
    """
    less = [(held(poll, course, c, most=False), 1.0) for c in surplus]
    parts = [(held(poll, course, one, most=False), 1.0), *less] if one is not None else []
    if other is not None:
        parts.append((held(poll, later or course, other, most=True), -1.0))
    if bar is not None:
        return together(parts, bar if other is None else -bar)
    return replace(together(parts, -gap), quota=float((one is None) - (other is None)) - len(less))


def with_surplus(poll: Poll, before: Course, course: Course, c: int, least: float, most: float) -> Course:
    """Return the course after a surplus has passed on: what is left of a vote is 1 - quota / votes."""
    quota_low, quota_high = poll.quota
    down, up = max(0.0, 1 - quota_high / least), max(0.0, 1 - quota_low / most)
    part = len(course.low)
    rows = list(course.rows)
    slope = (down_at_most - down) / (most - least) if (down_at_most := 1 - quota_high / most) > down else 0.0
    votes = held(poll, before, c, most=False)
    rows.append(together([(votes, slope)], slope * least - down + 2 * poll.cut, {part: -1.0}))
    votes = held(poll, before, c, most=True)
    for at in (least, (least + most) / 2, most):
        slope = quota_low / at**2
        rows.append(together([(votes, -slope)], 1 - quota_low / at - slope * at, {part: 1.0}))
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
    to = (*course.continuing, *(c for c, _ in course.waiting)) if poll.receive else course.continuing
    holder[at] = poll.tops(at, to)
    label = np.unique(course.label * (poll.size + 1) + holder + 1, return_inverse=True)[1].astype(np.int64)
    fresh, edges, rows = dict(course.fresh), course.edges, course.rows
    if fresh[source]:
        new = tuple(range(len(edges), len(edges) + len(to)))
        for c, flow in zip(to, new, strict=True):
            fresh[c] = (*fresh[c], flow)
        figures = [*((f, 1.0) for f in new), *((f, -up) for f in fresh[source])]
        rows = (*rows, Row(np.zeros(0), tuple(figures), (), 0, 0))
        edges = (*edges, *((source, c) for c in to))
    return replace(course, holder=holder, label=label, fresh=fresh, edges=edges, rows=rows)
