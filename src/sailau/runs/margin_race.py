"""One seat filled by rankings, as the search for its margin sees it: who stands, the papers, the rules for ties."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sailau.seats.count import Count
from sailau.seats.rank import Rank
from sailau.seats.rankings import TOGETHER, Ranking, needs_reading, read_ranking
from sailau.seats.ties import RULES

Level = tuple[Literal["stage"], int] | tuple[Literal["settled", "open", "unknown"], None]
"""What tells two with equal votes apart next: the votes of a stage, or nothing more.

``settled``: the one in question is excluded; ``open``: the law is silent, or the other is; ``unknown``: either may be.
"""

STAGES = ("backwards", "forwards", "first_preferences")
VOTES = ("most_votes", "fewest_votes")
"""Rules by the votes of the tally, which move with the ballots."""


@dataclass(frozen=True)
class Race:
    """The papers of one seat and the rules by which candidates are excluded.

    Attributes
    ----------
    names : tuple of str
        Who stands; elsewhere in the search a candidate is the number of its place here.
    papers : tuple of tuple of str
        The rankings as they were cast.
    marks : array of int, shape [paper, place]
        The candidates of every paper as the law reads it, -1 beyond the end.
    n : array of int, shape [paper]
        How many ballots carry each ranking.
    winner : int
    dropped : frozenset of int
        Candidates who are excluded before all others.
    hopeless : bool
        Whether all are excluded at once who together stay below the next.
    but_two : bool
        Whether all but two are excluded at once.
    of_first : bool
        Whether a majority is one of the first stage's votes, not of those that continue.
    ties : tuple
        In turn: the name of a rule about stages, or for a rule by a mark the place of every candidate in its order
        (the last is excluded first), None where not all have the mark.
    lots : bool
        Whether lots are on record.
    """

    names: tuple[str, ...]
    papers: tuple[Ranking, ...]
    marks: NDArray[np.int32]
    n: NDArray[np.int64]
    winner: int
    dropped: frozenset[int]
    hopeless: bool
    but_two: bool
    of_first: bool
    ties: tuple[str | tuple[int, ...] | None, ...]
    lots: bool

    @cached_property
    def total(self) -> int:
        """All ballots with a preference."""
        return int(self.n[(self.marks >= 0).any(axis=1)].sum())

    @cached_property
    def firsts(self) -> NDArray[np.int64]:
        """First preferences, shape [candidate]."""
        return self._sum(self.marks[:, 0], self.n)

    def _sum(self, at: NDArray[np.int32], n: NDArray[np.int64]) -> NDArray[np.int64]:
        held = at >= 0
        return np.bincount(at[held], weights=n[held], minlength=len(self.names)).astype(np.int64)

    def votes(self, standing: Collection[int]) -> NDArray[np.int64]:
        """Return the votes of those who stand, shape [candidate]."""
        return self._sum(self._tops(standing), self.n)

    def _tops(self, standing: Collection[int]) -> NDArray[np.int32]:
        """Return whom of those who stand each paper prefers, -1 for nobody, shape [paper]."""
        stands = np.zeros(len(self.names) + 1, dtype=bool)
        stands[list(standing)] = True
        found = stands[self.marks]
        first = found.argmax(axis=1)
        rows = np.arange(len(found))
        return np.where(found[rows, first], self.marks[rows, first], -1).astype(np.int32)

    def lead(self, standing: Collection[int]) -> int:
        """Return the most votes by which anybody else is ahead of anybody who stands when the others leave.

        Others have no fewer votes then than first preferences; those who stand have no more than if nobody else did
        but the one who leaves.
        """
        tops = self._tops(standing)
        held, others = tops >= 0, [c for c in range(len(self.names)) if c not in standing and c not in self.dropped]
        size = len(self.names)
        less = np.zeros(size * size)
        open_to = held.copy()
        for marks in self.marks.T:
            open_to &= marks != tops
            here = open_to & (marks >= 0)
            less += np.bincount(tops[here] * size + marks[here], weights=self.n[here], minlength=size * size)
        most = self._sum(tops, self.n)[:, None] - less.reshape(size, size)
        gaps = self.firsts[None, others] - most[np.ix_(list(standing), others)]
        return int(gaps.max(initial=0))

    def levels(self, stage: int, one: int, other: int, *, whole: bool) -> Iterator[Level]:
        """Yield what tells whether `one` is excluded before `other` at a stage, first to last.

        Stages are counted from the first that the search looks at; `whole` says that it is the first of the count.
        """
        yield "stage", stage
        for rule in self.ties:
            if rule is None or (isinstance(rule, str) and self.hopeless):
                yield "unknown", None
                return
            if isinstance(rule, tuple):
                if rule[one] != rule[other]:
                    yield "settled" if rule[one] > rule[other] else "open", None
                    return
                continue
            if self.but_two and whole:  # between the first stage and the last there is none
                yield from (("stage", at) for at in range(min(stage, 1)))
            elif rule == "backwards":
                yield from (("stage", at) for at in range(stage - 1, -1, -1))
            elif whole:
                yield from (("stage", at) for at in (range(stage) if rule == "forwards" else (0,)))
            if not whole:
                yield "unknown", None
                return
        yield "unknown" if self.lots else "open", None


def race_of(count: Count, step: Rank) -> Race | None:
    """Return the race of an area after its count; None where the search does not know the rules of the step."""
    seats = count.seats + count.extra - count.vacant
    plain = step.rule in ("alternative", "in_turn") or (step.rule == "stv" and step.quota == "droop")
    known = ("lowest", "hopeless", "all_but_two")
    odd = step.down_to or step.hold or step.exclude not in known or step.refund is not None
    rankings = count.ballots.rankings.get(count.area, {})
    together = step.overvote == "continuing" and any(TOGETHER in name for paper in rankings for name in paper)
    winner = next(iter(count.placed), None)
    if seats != 1 or not plain or odd or together or winner is None:
        return None
    names = tuple(sorted(count.contenders()))
    papers = tuple(sorted(rankings))
    number = {name: i for i, name in enumerate(names)}
    read = [paper for paper, _ in papers_read(count, step)]
    dropped = [c for c in names if count.tally.contender(c).traits.intersection(step.drop_first)]
    if dropped and step.exclude == "all_but_two":
        return None
    stages = [f"{step.name}.{at}" for at in range(1, 2 * len(names) + 2)]
    return Race(
        names,
        papers,
        marks_of(read, number),
        np.array([rankings[paper] for paper in papers], dtype=np.int64),
        number[winner],
        frozenset(number[c] for c in dropped),
        step.exclude == "hopeless",
        step.exclude == "all_but_two" and len(names) > 2,
        step.quota_of == "first" or (step.rule == "stv" and step.quota_of is None),
        tuple(_tie(count, rule, names) for rule in step.ties if rule in STAGES or RULES[rule][0] is not None),
        any(count.decided(key) is not None for key in (step.name, *stages)),
    )


def papers_read(count: Count, step: Rank) -> list[tuple[Ranking, int]]:
    """Return the papers of an area as the law reads them, in the order of the papers as they were cast."""
    rankings = count.ballots.rankings.get(count.area, {})
    reading = needs_reading(set().union(*rankings), step)
    return [(read_ranking(paper, step) if reading else paper, rankings[paper]) for paper in sorted(rankings)]


def marks_of(papers: Sequence[Ranking], number: Mapping[str, int]) -> NDArray[np.int32]:
    """Return the candidates of every paper, -1 beyond the end, shape [paper, place]."""
    kept = [[number[name] for name in paper if name in number] for paper in papers]
    marks = np.full((len(kept), max(map(len, kept), default=0)), -1, dtype=np.int32)
    for row, paper in zip(marks, kept, strict=True):
        row[: len(paper)] = paper
    return marks


def _tie(count: Count, rule: str, names: Sequence[str]) -> str | tuple[int, ...] | None:
    rank = RULES[rule][0]
    if rule in VOTES:
        return None
    if rank is None:
        return rule
    ranks: list[Any] = [rank(count, name) for name in names]
    if any(found is None for found in ranks):
        return None if any(found is not None for found in ranks) else tuple(0 for _ in names)
    order = sorted(set(ranks))
    return tuple(order.index(found) for found in ranks)
