"""The course of a count with surpluses, as the search for its margin sees it.

A course says who was elected or excluded at every stage. While any few ballots change, the votes that somebody holds
at a stage of a course are a sum over the rankings, in which a paper is worth what the surpluses left of it. That worth
hangs on the ballots that change, too, but it lies within a span that is narrow where few change. Products of what
moves are held between straight lines over the spans, so that every comparison of the count is a row of a linear
programme which no change of so few ballots that takes the course fails to meet (Blom, Stuckey and Teague 2019 search
such courses; there the worth of papers is part of a programme that is not linear).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from math import ceil

import numpy as np

from sailau.runs.margin_poll import Course, Decision, Floats, Poll, Row, spans, summed
from sailau.runs.margin_worth import passed_on, row_of, with_surplus


def decisions(poll: Poll, course: Course) -> Iterator[Decision]:
    """Yield what the next stage may do."""
    low, high = spans(poll, course)
    quota_low, quota_high = poll.quota
    able = [c for c in course.continuing if high[c] >= quota_low]
    yield from (Decision((c,), "end") for c in able if c not in poll.winners)
    sure = [c for c in able if low[c] >= quota_high and c in poll.winners]
    may = [c for c in able if low[c] < quota_high and c in poll.winners]
    left = poll.seats - len(course.elected)
    for k in range(left - len(sure) + 1):
        for some in combinations(may, k):
            yield from _acts(poll, course, tuple(sorted((*sure, *some))), low, high)


def _acts(poll: Poll, course: Course, reached: tuple[int, ...], low: Floats, high: Floats) -> Iterator[Decision]:
    standing = [c for c in course.continuing if c not in reached]
    left = poll.seats - len(course.elected) - len(reached)
    if not left or len(standing) <= left:
        if left and not poll.winners.issuperset(standing):
            yield Decision(reached, "end")
        return
    waiting = [c for c, _ in _first(poll, _waiting(course, reached))]
    if waiting:
        for c in waiting:
            if high[c] >= max(low[d] for d in waiting):
                yield Decision(reached, "surplus", (c,))
        return
    for c in poll.winners.intersection(standing):
        if low[c] <= min(high[d] for d in standing):
            yield Decision(reached, "exclude", (c,))
    if not course.script or course.script[-1].act != "exclude":
        yield from _leaving(poll, course, standing, left)


def _leaving(poll: Poll, course: Course, standing: list[int], left: int) -> Iterator[Decision]:
    """Yield who of those that were not elected may leave before somebody reaches the quota."""
    losers = [c for c in standing if c not in poll.winners]
    for k in range(1, len(standing) - left):
        for out in combinations(losers, k):
            if not out_of_order(poll, course, out):
                yield Decision((), "exclude", out)


def out_of_order(poll: Poll, course: Course, out: tuple[int, ...]) -> bool:
    """Say whether somebody of those who leave always has more than somebody who stays has when all of them left."""
    low, high = spans(poll, course)
    stay = tuple(c for c in course.continuing if c not in out)
    at = np.flatnonzero(np.isin(course.holder, out))
    holder = poll.tops(at, stay)
    worth = np.array(course.high)[course.worth[at]] * poll.n[at]
    come = summed(holder[holder >= 0], worth[holder >= 0], poll.size)
    return bool(low[list(out)].max() > min(high[d] + come[d] for d in stay))


def _waiting(course: Course, reached: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    return (*course.waiting, *((c, len(course.script)) for c in reached))


def _first(poll: Poll, waiting: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Return those of whom one passes on its surplus next."""
    since = min((at for _, at in waiting), default=0)
    return tuple((c, at) for c, at in waiting if at == since or not poll.earliest)


def take(poll: Poll, course: Course, decision: Decision, within: Mapping[int, tuple[float, float]]) -> Course:
    """Return the course after a stage; `within` narrows the votes of those whose surplus passes on."""
    after = replace(
        course,
        script=(*course.script, decision),
        continuing=tuple(c for c in course.continuing if c not in decision.reached),
        elected=(*course.elected, *decision.reached),
        waiting=_waiting(course, decision.reached),
        rows=(*course.rows, *_elected(poll, course, decision)),
    )
    if decision.act == "end":
        return replace(after, changed=True)
    if decision.act == "exclude":
        return _exclude(poll, course, after, decision.sources)
    return _pass_surplus(poll, course, after, decision.sources[0], within)


def _elected(poll: Poll, course: Course, decision: Decision) -> Iterator[Row]:
    """Yield the rows that say who reaches the quota and who does not.

    Where somebody else reaches it, it does not matter who does beside them; of the last seat nobody does.
    """
    low, high = spans(poll, course)
    quota_low, quota_high = poll.quota
    any_others = poll.seats - len(course.elected) > 1 and not poll.winners.issuperset(decision.reached)
    for c in decision.reached if any_others else course.continuing:
        if c in decision.reached:
            if poll.every or low[c] < quota_high:
                yield row_of(poll, course, None, c, 0)
        elif poll.every or high[c] >= quota_low:
            yield row_of(poll, course, c, None, poll.least)


def _exclude(poll: Poll, course: Course, after: Course, out: tuple[int, ...]) -> Course:
    """Return the course after some are excluded.

    Nobody loses votes while standing: of several, each had no more at the beginning than anybody else has at the end.
    """
    gone = replace(after, continuing=tuple(d for d in after.continuing if d not in out))
    if poll.winners.isdisjoint(out):
        for c in out:
            gone = passed_on(poll, gone, c)
    ends = course if len(out) == 1 else gone
    high, low = spans(poll, course)[1], spans(poll, ends)[0]
    pairs = [(c, d) for c in out for d in gone.continuing if poll.every or high[c] >= low[d]]
    rows = tuple(row_of(poll, course, c, d, 0, later=ends) for c, d in pairs)
    return replace(gone, rows=(*gone.rows, *rows), changed=not poll.winners.isdisjoint(out))


def _pass_surplus(
    poll: Poll, course: Course, after: Course, c: int, within: Mapping[int, tuple[float, float]]
) -> Course:
    low, high = spans(poll, course)
    quota = poll.quota[0]
    others = [d for d, _ in _first(poll, after.waiting) if d != c and (poll.every or low[c] <= high[d])]
    rows = [row_of(poll, course, d, c, 0) for d in others]
    least, most = max(low[c], quota), max(high[c], quota)
    if c in within:
        least, most = max(least, within[c][0]), min(most, within[c][1])
        rows += [row_of(poll, course, c, None, 0, bar=most), row_of(poll, course, None, c, 0, bar=least)]
    after = replace(
        after,
        rows=(*after.rows, *rows),
        waiting=tuple(one for one in after.waiting if one[0] != c),
        ranges=(*course.ranges, (c, least, most)),
    )
    return with_surplus(poll, course, after, c, least, most)


def to_lose(poll: Poll, course: Course) -> int:
    """Return ballots without which nobody who was elected can fail from here on.

    Whoever holds more than another can ever have is not excluded before that other, nor elected after.
    """
    left = poll.seats - len(course.elected)
    rivals = len(course.continuing) - left
    if rivals <= 0:
        return 0
    low = spans(poll, course)[0] + poll.less
    open_to = np.isin(course.holder, (*course.continuing, *(c for c, _ in course.waiting)))
    worth = np.where(open_to, np.array(course.high)[course.worth] * poll.n, 0)
    place = poll.places
    bounds = [0 for one in poll.winners if one in course.continuing]
    for i, one in enumerate(poll.winners.intersection(course.continuing)):
        mine = np.where(course.holder == one, 0, worth)
        others = [other for other in course.continuing if other != one]
        gaps = [low[one] - mine[place[:, other] < place[:, one]].sum() for other in others]
        ahead = sorted(gap for gap in gaps if gap > 0)
        if len(ahead) >= rivals:
            bounds[i] = ceil(ahead[len(ahead) - rivals] / (2 if poll.kind == "moved" else 1) - 1e-6)
    return min(bounds, default=0)
