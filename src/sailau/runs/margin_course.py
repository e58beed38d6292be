"""The course of a count with surpluses, as the search for its margin sees it.

A course says who was elected or excluded at every stage. While any few ballots change, the votes that somebody holds
at a stage of a course are a sum over the rankings, in which a paper is worth what the surpluses left of it. That worth
hangs on the ballots that change, too, but it lies within a span that is narrow where few change. Products of what
moves are held between straight lines over the spans, so that every comparison of the count is a row of a linear
programme which no change of so few ballots that takes the course fails to meet (Blom, Stuckey and Teague 2019 search
such courses; there the worth of papers is part of a programme that is not linear).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import ceil

import numpy as np

from sailau.runs.margin_poll import Course, Decision, Floats, Poll, Row, begin, spans, summed
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
    if sure and _at_once(poll, course, ()) and len(course.continuing) > left:
        yield from _elected_out((), poll, list(course.continuing), low, high)
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
        if not poll.defer and not _two_left(poll, left, len(standing)):
            return
    yield from _elected_out(reached, poll, standing, low, high)
    if reached or not course.script or course.script[-1].act != "exclude":
        losers = [c for c in standing if c not in poll.winners]
        for k in range(1, len(standing) - left):
            for out in combinations(losers, k):
                if not _out_of_order(poll, course, standing, out):
                    yield Decision(reached, "exclude", out)


def _elected_out(
    reached: tuple[int, ...], poll: Poll, standing: list[int], low: Floats, high: Floats
) -> Iterator[Decision]:
    """Yield who of those that were elected may be excluded."""
    for c in poll.winners.intersection(standing):
        if low[c] <= min(high[d] for d in standing):
            yield Decision(reached, "exclude", (c,))


def _two_left(poll: Poll, left: int, standing: int) -> bool:
    return poll.two_left and left == 1 and standing == 2


def _at_once(poll: Poll, course: Course, reached: tuple[int, ...]) -> bool:
    """Say whether an exclusion may be part of the one before, so that nobody's quota is looked at between them."""
    return poll.together and not reached and bool(course.script) and course.script[-1].act == "exclude"


def _out_of_order(poll: Poll, course: Course, standing: list[int], out: tuple[int, ...]) -> bool:
    """Say whether somebody of those who leave always has more than somebody who stays has when all of them left."""
    low, high = spans(poll, course)
    compared = [c for c in out if c not in poll.dropped]
    if not compared:
        return False
    stay = tuple(c for c in standing if c not in out)
    at = np.flatnonzero(np.isin(course.holder, out))
    holder = poll.tops(at, stay)
    worth = np.array(course.high)[course.worth[at]] * poll.n[at]
    come = summed(holder[holder >= 0], worth[holder >= 0], poll.size)
    return bool(low[compared].max() > min(high[d] + come[d] for d in stay))


def _waiting(course: Course, reached: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    return (*course.waiting, *((c, len(course.script)) for c in reached))


def _first(poll: Poll, waiting: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Return those of whom one passes on its surplus next."""
    since = min((at for _, at in waiting), default=0)
    return tuple((c, at) for c, at in waiting if at == since or not poll.earliest)


def follow(poll: Poll, script: Sequence[Decision], within: Mapping[int, tuple[float, float]]) -> Course:
    """Return the course after some stages."""
    course = begin(poll)
    for at, decision in enumerate(script):
        ends = (i for i, later in enumerate(script) if i > at and (later.act != "exclude" or later.reached))
        next_ones = script[at + 1 : next(ends, len(script))] if decision.act == "exclude" else ()
        next_out = {c for one in (decision, *next_ones) for c in one.sources}
        course = take(poll, course, decision, within, next_out if poll.winners.isdisjoint(next_out) else None)
    return course


def take(
    poll: Poll,
    course: Course,
    decision: Decision,
    within: Mapping[int, tuple[float, float]],
    with_them: Collection[int] | None = None,
) -> Course:
    """Return the course after a stage; `within` narrows the votes of those whose surplus passes on.

    `with_them` are those who are excluded here and next, before anybody reaches the quota; where it is not known,
    anybody may be.
    """
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
        return _exclude(poll, course, after, decision.sources, with_them)
    return _pass_surplus(poll, course, after, decision.sources[0], within)


def _elected(poll: Poll, course: Course, decision: Decision) -> Iterator[Row]:
    """Yield the rows that say who reaches the quota and who does not.

    Where somebody else reaches it, it does not matter who does beside them; of the last seat nobody does.
    """
    low, high = spans(poll, course)
    quota_low, quota_high = poll.quota
    any_others = poll.seats - len(course.elected) > 1 and not poll.winners.issuperset(decision.reached)
    at_once = decision.act == "exclude" and _at_once(poll, course, decision.reached)
    for c in decision.reached if any_others or at_once else course.continuing:
        if c in decision.reached:
            if poll.every or low[c] < quota_high:
                yield row_of(poll, course, None, c, 0)
        elif poll.every or high[c] >= quota_low:
            yield row_of(poll, course, c, None, poll.least)


def _exclude(
    poll: Poll, course: Course, after: Course, out: tuple[int, ...], with_them: Collection[int] | None
) -> Course:
    """Return the course after some are excluded.

    Nobody loses votes while standing: of several, each had no more at the beginning than anybody else has at the end.
    While surpluses wait, nobody leaves who could be ahead with them of anybody who does not leave as well.
    """
    gone = replace(after, continuing=tuple(d for d in after.continuing if d not in out))
    if poll.winners.isdisjoint(out):
        for c in out:
            gone = passed_on(poll, gone, c)
    ends = course if len(out) == 1 else gone
    high, low = spans(poll, course)[1], spans(poll, ends)[0]
    compared = [c for c in out if c not in poll.dropped]
    all_pairs = poll.every or after.waiting
    pairs = [(c, d) for c in compared for d in gone.continuing if all_pairs or high[c] >= low[d]]
    here = _two_left(poll, poll.seats - len(after.elected), len(after.continuing))
    waiting = [] if here else [c for c, _ in after.waiting]
    same = (range(poll.size) if with_them is None else with_them) if poll.together else ()
    surplus = {d: waiting if d not in same else [] for _, d in pairs}
    rows = tuple(row_of(poll, course, c, d, 0, later=ends, surplus=surplus[d]) for c, d in pairs)
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
