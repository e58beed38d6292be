"""Ideal points as a result: positions with what is known of them, and what may be said over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sailau.align.ideal.fit import Fit
from sailau.align.ideal.observations import Dropped
from sailau.align.problems import NotComparable
from sailau.terms.errors import NotFound
from sailau.terms.speech import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Point:
    """One position.

    Attributes
    ----------
    voter, period : str
    n : int
        Votes that it rests on.
    value : float
    se : float
        Standard error, the items taken as known.
    low, high : float, optional
        Interval of the parametric bootstrap.
    """

    voter: str
    period: str
    n: int
    value: float
    se: float
    low: float | None = None
    high: float | None = None

    @property
    def bounded(self) -> float:
        """The position on a line that ends at -1 and 1, as W-NOMINATE draws it."""
        from math import erf, sqrt

        return erf(self.value / sqrt(2.0))


@dataclass(frozen=True, slots=True, eq=False)
class IdealPoints:
    """Positions of voters by period.

    Attributes
    ----------
    voters, periods : tuple of str
    values, se : arrays, [voter, period]
        NaN where a voter did not vote.
    n : array of int, [voter, period]
    blocks : tuple of tuples of str
        Periods that bridges tie together; positions may be compared within a block only.
    anchors : mapping
    fit : Fit
    rounds, rested : int, bool
        Rounds of the EM, and whether positions came to rest.
    dropped : Dropped
    n_items, n_bridges : int
    low, high : arrays, optional
    """

    voters: tuple[str, ...]
    periods: tuple[str, ...]
    values: Floats
    se: Floats
    n: NDArray[np.int64]
    blocks: tuple[tuple[str, ...], ...]
    anchors: Mapping[str, float]
    fit: Fit
    rounds: int
    rested: bool
    dropped: Dropped
    n_items: int
    n_bridges: int
    low: Floats | None = None
    high: Floats | None = None

    @property
    def comparable(self) -> bool:
        """Whether all periods stand on one scale."""
        return len(self.blocks) == 1

    def at(self, period: str | None = None) -> tuple[Point, ...]:
        """Return the positions of one period, from the lowest to the highest.

        Raises
        ------
        NotFound
        """
        name = period if period is not None else self.periods[-1]
        if name not in self.periods:
            raise NotFound("session", name, self.periods)
        t = self.periods.index(name)
        rows = [row for row in range(len(self.voters)) if self.n[row, t]]
        return tuple(self._point(row, t) for row in sorted(rows, key=lambda row: float(self.values[row, t])))

    def path(self, voter: str) -> tuple[Point, ...]:
        """Return the positions of a voter over time.

        Raises
        ------
        NotFound
        NotComparable
            Nothing ties the sessions together.
        """
        row = self._row(voter)
        there = [t for t in range(len(self.periods)) if self.n[row, t]]
        self._tie(voter, [self.periods[t] for t in there])
        return tuple(self._point(row, t) for t in there)

    def moved(self, voter: str, before: str, after: str) -> float:
        """Return how far a voter moved between two periods.

        Raises
        ------
        NotFound, NotComparable
        """
        row = self._row(voter)
        for name in (before, after):
            if name not in self.periods or not self.n[row, self.periods.index(name)]:
                known = [self.periods[t] for t in range(len(self.periods)) if self.n[row, t]]
                raise NotFound(say("position of {voter} in session", voter=voter), name, known)
        self._tie(voter, [before, after])
        first, last = (float(self.values[row, self.periods.index(name)]) for name in (before, after))
        return last - first

    def _row(self, voter: str) -> int:
        if voter not in self.voters:
            raise NotFound("voter with a position", voter, self.voters)
        return self.voters.index(voter)

    def _tie(self, voter: str, periods: list[str]) -> None:
        reached = [block for block in self.blocks if any(period in block for period in periods)]
        if len(reached) > 1:
            what = say(
                "positions of {voter} in {first!s} and {last!s} stand on scales of their own",
                voter=voter,
                first=periods[0],
                last=periods[-1],
            )
            known = "; ".join(block[0] if len(block) == 1 else f"{block[0]}-{block[-1]}" for block in self.blocks)
            hint = say(
                "comparable are only {known}; give bridges, items that ask the same in each (--bridge FILE)",
                known=known,
            )
            raise NotComparable(what, self.blocks, hint=hint)

    def _point(self, row: int, t: int) -> Point:
        ends = [float(part[row, t]) if part is not None else None for part in (self.low, self.high)]
        value, se = float(self.values[row, t]), float(self.se[row, t])
        return Point(self.voters[row], self.periods[t], int(self.n[row, t]), value, se, *ends)
