"""A count of several seats by rankings, as the search for its margin sees it: the papers, and where a count stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sailau.runs.margin_contest import Kind

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
NOBODY = -1


@dataclass(frozen=True)
class Poll:
    """The papers of one area, the rules by which they are counted, and what may change.

    Attributes
    ----------
    marks : array of int, shape [paper, place]
        The candidates of every paper as the law reads it, -1 beyond the end.
    n : array of float, shape [paper]
        How many ballots carry each ranking.
    size : int
        How many stand.
    seats : int
    winners : frozenset of int
    kind : str
        Whether ballots are moved, added or removed.
    most : int
        No more ballots change.
    earliest : bool
        Whether the earliest surplus passes on before the largest.
    defer : bool
        Whether somebody may be excluded while surpluses wait.
    together : bool
        Whether all who are hopeless leave at once.
    receive : bool
        Whether the elected still receive votes until their surplus passes on.
    two_left : bool
        Whether of two who are left for one seat the one ahead takes it, though a surplus waits.
    dropped : frozenset of int
        Who leaves first, however many votes they have.
    cut : float
        What the law may cut off a paper's value when it passes on.
    least : float
        The least by which votes can differ; 0 where they are not rounded.
    every : bool
        Whether comparisons are written down that no so small change can turn.
    """

    marks: NDArray[np.int32]
    n: Floats
    size: int
    seats: int
    winners: frozenset[int]
    kind: Kind
    most: int
    earliest: bool
    defer: bool
    together: bool
    receive: bool
    two_left: bool
    dropped: frozenset[int]
    cut: float
    least: float
    every: bool = False

    @property
    def more(self) -> int:
        """Votes by which somebody may have more than the papers as they are give."""
        return 0 if self.kind == "removed" else self.most

    @property
    def less(self) -> int:
        """Votes by which somebody may have less."""
        return 0 if self.kind == "added" else self.most

    @cached_property
    def marked(self) -> NDArray[np.bool_]:
        """Return which papers have a mark."""
        return np.asarray((self.marks >= 0).any(axis=1))

    @cached_property
    def quota(self) -> tuple[float, float]:
        """Return the least and the largest quota; papers without a mark, which do not count for it, may get one."""
        cast, blank = self.n[self.marked].sum(), self.n[~self.marked].sum()
        low = cast - (self.most if self.kind == "removed" else 0)
        high = cast + {"added": self.most, "moved": min(self.most, blank), "removed": 0}[self.kind]
        return low // (self.seats + 1) + 1, high // (self.seats + 1) + 1

    @cached_property
    def places(self) -> NDArray[np.int32]:
        """Return at which place of each paper everybody is, a place beyond the end for those who are not on it."""
        end = self.marks.shape[1]
        place = np.full((len(self.n), self.size + 1), end, dtype=np.int32)
        rows = np.arange(len(self.n))
        for at in range(end - 1, -1, -1):
            place[rows, self.marks[:, at]] = at
        return place[:, : self.size]

    def tops(self, rows: NDArray[np.intp], standing: tuple[int, ...]) -> NDArray[np.int32]:
        """Return whom of those who stand each of some papers prefers, -1 for nobody."""
        stands = np.zeros(self.size + 1, dtype=bool)
        stands[list(standing)] = True
        marks = self.marks[rows]
        found = stands[marks]
        first = found.argmax(axis=1)
        at = np.arange(len(marks))
        return np.where(found[at, first], marks[at, first], NOBODY).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a programme: papers, flows, worths and the quota, times their figures, come to no more than a number."""

    papers: Floats
    flows: tuple[tuple[int, float], ...]
    worths: tuple[tuple[int, float], ...]
    quota: float
    most: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What a stage of a course does: who reaches the quota, and whose votes pass on, if anybody's.

    Several who are excluded leave one after the other, in any order; nobody reaches the quota before the last of them.
    """

    reached: tuple[int, ...]
    act: Literal["surplus", "exclude", "end"]
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """A count up to a stage.

    Attributes
    ----------
    script : tuple of Decision
    holder : array of int, shape [paper]
    worth : array of int, shape [paper]
        Which worth a paper has; 0 is one vote.
    low, high : tuple of float
        The span of every worth.
    label : array of int, shape [paper]
        The same for papers that always had the same holder.
    continuing, elected : tuple of int
    waiting : tuple of (int, int)
        The elected whose surplus has not passed on, and the stage of their election.
    rows : tuple of Row
    fresh : mapping of int to tuple of int
        The flows of new ballots that came to each candidate.
    edges : tuple of (int, int)
        From whom every flow comes, -1 for first preferences, and to whom it goes.
    ranges : tuple of (int, float, float)
        Whose surplus passed on, and the span of their votes.
    changed : bool
        Whether somebody else is elected, whatever follows.
    """

    script: tuple[Decision, ...]
    holder: NDArray[np.int32]
    worth: NDArray[np.int32]
    low: tuple[float, ...]
    high: tuple[float, ...]
    label: Whole
    continuing: tuple[int, ...]
    elected: tuple[int, ...]
    waiting: tuple[tuple[int, int], ...]
    rows: tuple[Row, ...]
    fresh: dict[int, tuple[int, ...]]
    edges: tuple[tuple[int, int], ...]
    ranges: tuple[tuple[int, float, float], ...]
    changed: bool = False


def begin(poll: Poll) -> Course:
    """Return the count before its first stage."""
    everyone = tuple(range(poll.size))
    holder = poll.tops(np.arange(len(poll.n)), everyone)
    one = np.zeros(len(poll.n), dtype=np.int32)
    fresh: dict[int, tuple[int, ...]] = {c: (c,) if poll.kind != "removed" else () for c in everyone}
    label = np.unique(holder, return_inverse=True)[1].astype(np.int64)
    edges = tuple((NOBODY, c) for c in everyone) if poll.kind != "removed" else ()
    return Course((), holder, one, (1.0,), (1.0,), label, everyone, (), (), (), fresh, edges, ())


def spans(poll: Poll, course: Course) -> tuple[Floats, Floats]:
    """Return the least and the most votes that everybody can hold."""
    held = course.holder >= 0
    at, worth, n = course.holder[held], course.worth[held], poll.n[held]
    low = summed(at, np.array(course.low)[worth] * n, poll.size)
    high = summed(at, np.array(course.high)[worth] * n, poll.size)
    return low - poll.less, high + poll.more


def summed(at: NDArray[np.integer[Any]], votes: Floats, size: int) -> Floats:
    """Return the sum of votes at each place."""
    return np.bincount(at, weights=votes, minlength=size).astype(np.float64)
