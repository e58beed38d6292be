"""Polls as arrays: days, houses, groups of contenders that a poll tells apart, and how many people each counts for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from sailau.terms.errors import Invalid
from sailau.votes.polls.basis import Array, Flags, Ints
from sailau.votes.polls.poll import OTHERS, Poll, Polls
from sailau.votes.polls.priors import ESTABLISHED, UNKNOWN_N

PINNED = 1e6
"""Respondents of an election result: its sampling error is 0.05 points."""


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """What is observed, poll by poll and then result by result.

    Attributes
    ----------
    polls : Polls
    days : array of int
        Days of the walk, counted from the first: those of polls and results, and the election's as the last.
    first : date
    at : array of int, [observation]
        Its place in `days`.
    house, mode : array of int, [observation]
        -1 where there is none.
    groups : array of bool, [observation, group, contender]
        Which contenders each group of an observation holds; the last group is the poll's others.
    shares : array, [observation, group]
    n : array, [observation]
        People, those who decided, fieldwork that overlaps counted once; results have `PINNED`.
    is_poll : array of bool
    is_anchored : bool
    established : array of bool, [house]
        Houses over which effects add up to zero; empty where a result says how far houses are off.
    """

    polls: Polls
    days: Ints
    first: date
    at: Ints
    house: Ints
    mode: Ints
    groups: Array
    shares: Array
    n: Array
    is_poll: Flags
    established: Flags

    @property
    def is_anchored(self) -> bool:
        """Whether an election result says how far houses are off."""
        return not bool(self.is_poll.all())

    def day_of(self, place: int) -> date:
        """Return the date of a place in `days`."""
        return self.first + timedelta(days=int(self.days[place]))


def design(polls: Polls, election: date, *, grid: int = 0) -> Design:
    """Return the arrays of some polls.

    Parameters
    ----------
    polls : Polls
    election : date
        The last day of the walk; no earlier than any poll or result.
    grid : int, optional
        Put a day into the walk at least so often, for pictures.

    Raises
    ------
    Invalid
        A poll or a result is later than the election.
    """
    observed = [poll.middle for poll in polls.polls] + [anchor.day for anchor in polls.anchors]
    if max(observed) > election:
        raise Invalid(f"a poll or a result of {max(observed)} is later than the election on {election}")
    first = min(observed)
    numbers = {(day - first).days for day in (*observed, election)}
    if grid:
        numbers |= set(range(0, (election - first).days, grid))
    days = np.array(sorted(numbers))
    counts = [(poll.shares, people) for poll, people in zip(polls.polls, effective(polls.polls), strict=True)]
    rows = [*counts, *((anchor.shares, PINNED) for anchor in polls.anchors)]
    groups, shares = _groups(polls.contenders, [row for row, _ in rows])
    houses, modes = polls.houses, polls.modes
    none = [-1] * len(polls.anchors)
    tally = Counter(poll.house for poll in polls.polls)
    free = np.array([not polls.anchors and tally[name] >= ESTABLISHED for name in houses], dtype=bool)
    if not polls.anchors and not free.any():
        free[:] = True
    return Design(
        polls,
        days,
        first,
        np.searchsorted(days, np.array([(day - first).days for day in observed])),
        np.array([houses.index(poll.house) for poll in polls.polls] + none),
        np.array([modes.index(poll.mode) if len(modes) > 1 and poll.mode else -1 for poll in polls.polls] + none),
        groups,
        shares,
        np.array([people for _, people in rows], dtype=float),
        np.arange(len(rows)) < len(polls.polls),
        free,
    )


def effective(polls: tuple[Poll, ...]) -> list[float]:
    """Return how many people each poll counts for: those who decided, no day of fieldwork counted twice.

    A house that asks every week and publishes the last four would otherwise count each answer four times.
    """
    out = []
    for i, poll in enumerate(polls):
        people = float(poll.n or UNKNOWN_N) * (1.0 - float(poll.undecided or 0))
        length = (poll.end - poll.start).days + 1
        before = [other for other in polls[:i] if other.house == poll.house and other.mode == poll.mode]
        new = length
        if before:
            reached = max(other.end for other in before)
            new = max(min(length, (poll.end - reached).days), 0)
        out.append(max(people * new / length, 1.0))
    return out


def _groups(contenders: tuple[str, ...], rows: Sequence[Mapping[str, Fraction]]) -> tuple[Array, Array]:
    """Return which contenders the groups of each row hold, and the shares of the groups."""
    k = len(contenders)
    groups, shares = np.zeros((len(rows), k, k)), np.zeros((len(rows), k))
    for r, row in enumerate(rows):
        for c, name in enumerate(contenders):
            group = c if name in row and name != OTHERS else k - 1
            groups[r, group, c] = 1.0
            shares[r, group] = float(row.get(contenders[group], Fraction(0)))
    return groups, shares
