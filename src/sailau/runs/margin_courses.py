"""The margin of several seats filled by rankings: every course that the count can take, the nearest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from math import ceil

import numpy as np

from sailau.runs.margin_contest import Kind
from sailau.runs.margin_course import decisions, follow, take, to_lose
from sailau.runs.margin_least import SLACK, Entry, Names, Span, entry_of, least_change, whole_change
from sailau.runs.margin_papers import Change
from sailau.runs.margin_patience import allowed
from sailau.runs.margin_poll import Course, Decision, Poll, begin
from sailau.runs.margin_race import marks_of, papers_read
from sailau.seats.count import Count
from sailau.seats.rank import Rank
from sailau.seats.rankings import TOGETHER

PROGRAMMES = 3_000
"""How many programmes may be solved for a kind of change before the search is cut short."""
CHANGES = 60
"""On how many courses a change of whole ballots is looked for."""
NARROW, CLOSE = 0.05, 2.0
"""Votes: a span that is no wider is not divided again; with one no wider a change is looked for again."""


def polls_of(count: Count, step: Rank, kinds: Sequence[Kind]) -> tuple[list[Poll], Names] | None:
    """Return the papers of an area after its count, by kind of change; None where the rules are not known here.

    They are those of Scotland's councils and of Minneapolis: a quota found once, surpluses that pass on one after the
    other with every paper of the contender at a part of its value, and the lowest or the hopeless excluded.
    """
    read = papers_read(count, step)
    seats = count.seats + count.extra - count.vacant
    if not _known(step) or seats != len(count.placed) or seats < 1:
        return None
    names = tuple(sorted(count.contenders()))
    traits = [count.tally.contender(c).traits for c in names]
    number = {name: i for i, name in enumerate(names)}
    marks = marks_of([paper for paper, _ in read], number)
    if any(TOGETHER in name for paper, _ in read for name in paper):
        return None
    unit = 0.0 if step.places is None else 10.0**-step.places
    n = np.array([many for _, many in read], dtype=np.float64)
    winners = frozenset(number[c] for c in count.placed)
    hopeless, two_left = step.exclude == "hopeless", "two_left" in step.stop
    rules = step.surpluses == "earliest", step.defer, hopeless, step.elected_receive, two_left
    dropped = frozenset(c for c, trait in enumerate(traits) if trait.intersection(step.drop_first))
    polls = [Poll(marks, n, len(names), seats, winners, kind, 0, *rules, dropped, unit, unit) for kind in kinds]
    return polls, Names(names, tuple(sorted(count.ballots.rankings[count.area])))


def _known(step: Rank) -> bool:
    found = (step.rule, step.quota, step.surplus, step.over, step.credit, step.parcels)
    plain = ("stv", "droop", "weighted", "all", "exact", "together")
    fixed = step.quota_of in (None, "first") and not step.quota_places and not step.more
    odd = step.one_a_stage or step.down_to or step.hold or step.exclude not in ("lowest", "hopeless")
    return found == plain and fixed and not odd and step.surpluses in ("largest", "earliest")


@dataclass(frozen=True, slots=True)
class Near:
    """What the search came to.

    Attributes
    ----------
    lower : int
        No fewer ballots elect others.
    kind : str, optional
    change : Change, optional
        The smallest change found that elects others.
    """

    lower: int
    kind: Kind | None = None
    change: Change | None = None


def nearest_course(polls: Sequence[Poll], names: Names, counts: Callable[[Change], bool], most: int) -> Near:
    """Find the fewest ballots, `most` or less, with which the law elects others.

    Parameters
    ----------
    polls : sequence of Poll
        One for each kind of change.
    names : Names
    counts : callable
        Counts the law with a change, and says whether others are elected.
    most : int
    """
    found, lowers = Near(most + 1), list[int]()
    for poll in polls:
        search = _Search(replace(poll, most=most), names, counts)
        lowers.append(search.run())
        if search.change is not None:
            found, most = Near(0, poll.kind, search.change), search.poll.most
    return replace(found, lower=min(*lowers, most + 1))


class _Search:
    """The courses of one kind of change."""

    def __init__(self, poll: Poll, names: Names, counts: Callable[[Change], bool]) -> None:
        self.poll, self.names, self.counts = poll, names, counts
        self.line: list[tuple[int, int, int, Entry]] = []
        self.change: Change | None = None
        self.left, self.tries = allowed(PROGRAMMES), allowed(CHANGES)
        self.number, self.missed = 0, poll.most + 1

    def run(self) -> int:
        """Go through the courses; return what no fewer ballots can change."""
        first = begin(self.poll)
        flows = np.zeros(len(first.edges))
        heappush(self.line, (0, 0, 0, Entry(first, {}, self.poll.n, flows, np.ones(1), self.poll.quota[0])))
        while self.line and self.line[0][0] <= self.poll.most and self.left > 0:
            bound, _, _, entry = heappop(self.line)
            if entry.course.changed:
                self._reach(bound, entry)
                continue
            for decision in decisions(self.poll, entry.course):
                course = take(self.poll, entry.course, decision, {})
                if course.changed and self.poll.defer and self.poll.together:
                    course = follow(self.poll, course.script, {})
                self._enter(bound, entry, course, {})
        still_open = self.line[0][0] if self.line else self.poll.most + 1
        return min(still_open, self.missed, self.poll.most + 1)

    def _enter(self, bound: int, before: Entry | None, course: Course, within: Mapping[int, Span]) -> None:
        """Put a course in the line, unless it takes too many ballots; `before` is what it goes on from."""
        if not course.changed:
            bound = max(bound, to_lose(self.poll, course))
        if bound > self.poll.most:
            return
        if (
            before is not None
            and len(course.low) == len(before.course.low)
            and before.meets(course.rows[len(before.course.rows) :])
        ):
            flows = np.concatenate((before.flows, np.zeros(len(course.edges) - len(before.flows))))
            entry = replace(before, course=course, flows=flows)
        else:
            self.left -= 1
            solved = least_change(self.poll, course)
            if solved is None:
                return
            bound = max(bound, ceil(solved.least - SLACK))
            if bound > self.poll.most:
                return
            entry = entry_of(self.poll, course, within, solved)
        if course.changed and before is not None and self.tries > allowed(CHANGES) // 2:
            self._try(entry)
        self.number += 1
        heappush(self.line, (bound, -len(course.script), self.number, entry))

    def _reach(self, bound: int, entry: Entry) -> None:
        """Look for a change that takes a course to other winners, and divide the course where it is wide."""
        course = entry.course
        several = [i for i, decision in enumerate(course.script) if len(decision.sources) > 1]
        if several:
            self._part(bound, entry, several[-1])
            return
        widest = max(course.ranges, key=lambda r: (r[2] - r[1], r[0]), default=None)
        width = widest[2] - widest[1] if widest is not None else 0
        if not entry.within or width <= CLOSE:
            self._try(entry)
        if bound > self.poll.most:
            return
        if widest is None or width <= NARROW:
            self._miss(bound, entry)
            return
        c, low, high = widest
        for half in ((low, (low + high) / 2), ((low + high) / 2, high)):
            narrow = {**entry.within, c: half}
            self._enter(bound, None, follow(self.poll, course.script, narrow), narrow)

    def _part(self, bound: int, entry: Entry, at: int) -> None:
        """Say who is the last of those who leave at a stage."""
        script, sources = entry.course.script, entry.course.script[at].sources
        for last in sources:
            before = tuple(c for c in sources if c != last)
            parts = Decision((), "exclude", before), Decision((), "exclude", (last,))
            again = follow(self.poll, (*script[:at], *parts, *script[at + 1 :]), entry.within)
            self._enter(bound, None, again, entry.within)

    def _try(self, entry: Entry) -> None:
        """Look for a change of whole ballots near one of parts."""
        if self.tries:
            self.tries -= 1
            found = whole_change(self.poll, entry, self.counts, self.names)
            if found is not None:
                self.change = found
                self.poll = replace(self.poll, most=found.size - 1)

    def _miss(self, bound: int, entry: Entry) -> None:
        """Ask for whole ballots on a course that cannot be divided further; what is left is not ruled out."""
        solved = least_change(self.poll, entry.course, whole=True)
        if solved is None or ceil(solved.least - SLACK) > self.poll.most:
            return
        bound = max(bound, ceil(solved.least - SLACK))
        if solved.known:
            self._try(entry_of(self.poll, entry.course, entry.within, solved))
        self.missed = min(self.missed, bound)
