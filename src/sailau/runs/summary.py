"""What many runs add up to: whole numbers only, so that parts can be merged in any order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from operator import add
from typing import TYPE_CHECKING, Any

from sailau.terms.errors import Invalid, NotFound
from sailau.terms.numbers import exact

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.runs.plan import Outcome

MAJORITIES: Mapping[str, Fraction] = {"majority": Fraction(1, 2), "2/3": Fraction(2, 3), "3/4": Fraction(3, 4)}
"""Shares of the house that are watched: more than the first, at least the others."""


@dataclass(frozen=True)
class SeatCounts:
    """How often each party won how many seats.

    Attributes
    ----------
    parties : tuple of str
    histogram : tuple of tuples of int
        ``histogram[party][seats]`` is the number of runs.
    """

    parties: tuple[str, ...]
    histogram: tuple[tuple[int, ...], ...]

    def of(self, party: str) -> tuple[int, ...]:
        """Return the histogram of one party."""
        if party not in self.parties:
            raise NotFound("party", party, self.parties)
        return self.histogram[self.parties.index(party)]

    def means(self) -> dict[str, Fraction]:
        """Return the mean number of seats, exactly."""
        return {
            party: Fraction(sum(s * n for s, n in enumerate(line)), max(sum(line), 1))
            for party, line in zip(self.parties, self.histogram, strict=True)
        }

    def quantiles(self, shares: Sequence[float | str | Fraction]) -> dict[str, tuple[int, ...]]:
        """Return the fewest seats that at least such a share of the runs stays within, by party.

        Examples
        --------
        >>> SeatCounts(("a",), ((0, 1, 8, 1),)).quantiles([0.05, 0.5, 0.95])
        {'a': (1, 2, 3)}
        """
        wanted = [exact(str(q)) for q in shares]
        for q in wanted:
            if not 0 <= q <= 1:
                raise Invalid(f"a quantile of {q}; quantiles lie between 0 and 1")
        return {party: tuple(_quantile(self.of(party), q) for q in wanted) for party in self.parties}

    def at_least(self, party: str, seats: int) -> Fraction:
        """Return the share of runs in which a party won at least so many seats."""
        line = self.of(party)
        return Fraction(sum(line[seats:]), max(sum(line), 1))


def _quantile(line: Sequence[int], share: Fraction) -> int:
    total, seen = sum(line), 0
    for seats, n in enumerate(line):
        seen += n
        if seen and seen >= share * total:
            return seats
    return max(len(line) - 1, 0)


@dataclass(frozen=True)
class Summary:
    """The sums over runs.

    Attributes
    ----------
    runs : int
    parties : tuple of str
    histogram : tuple of tuples of int
        Over decided runs.
    passed : tuple of int, or None
        Runs in which each party reached the bar of the first tier that has one; None where no tier has one.
    reached : mapping of str to tuple of int
        By majority: runs in which each party had it alone, seats held besides included.
    coalitions : mapping of str to mapping of str to int
        By coalition and majority.
    undecided : mapping of str to int
        Runs without an outcome, by the kind of question.
    lots, drawn : int
        Lots drawn, and runs in which one was.
    recounted : int
        Runs that the exact count decided.
    """

    runs: int
    parties: tuple[str, ...]
    histogram: tuple[tuple[int, ...], ...]
    passed: tuple[int, ...] | None
    reached: Mapping[str, tuple[int, ...]]
    coalitions: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    undecided: Mapping[str, int] = field(default_factory=dict)
    lots: int = 0
    drawn: int = 0
    recounted: int = 0

    @property
    def decided(self) -> int:
        """Runs with an outcome."""
        return self.runs - sum(self.undecided.values())

    @property
    def seats(self) -> SeatCounts:
        """How often each party won how many seats, over decided runs."""
        return SeatCounts(self.parties, self.histogram)

    def __add__(self, other: Summary) -> Summary:
        """Return the summary of both."""
        if self.parties != other.parties or self.coalitions.keys() != other.coalitions.keys():
            raise Invalid("summaries of different parties or coalitions do not add up")
        lines = zip(self.histogram, other.histogram, strict=True)
        return Summary(
            self.runs + other.runs,
            self.parties,
            tuple(_sum(a, b) for a, b in lines),
            None if self.passed is None or other.passed is None else _sum(self.passed, other.passed),
            {name: _sum(self.reached[name], other.reached[name]) for name in MAJORITIES},
            {name: _merge(counts, other.coalitions[name]) for name, counts in self.coalitions.items()},
            _merge(self.undecided, other.undecided),
            self.lots + other.lots,
            self.drawn + other.drawn,
            self.recounted + other.recounted,
        )

    def to_json(self) -> str:
        """Return the summary as text, the same bytes for the same figures."""
        return json.dumps({name: getattr(self, name) for name in self.__dataclass_fields__}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Summary:
        """Return the summary that `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        data["parties"] = tuple(data["parties"])
        data["histogram"] = tuple(tuple(line) for line in data["histogram"])
        data["passed"] = None if data["passed"] is None else tuple(data["passed"])
        data["reached"] = {name: tuple(line) for name, line in data["reached"].items()}
        return cls(**data)


def _sum(a: Sequence[int], b: Sequence[int]) -> tuple[int, ...]:
    rest = a[len(b) :] if len(a) > len(b) else b[len(a) :]
    return (*map(add, a, b), *rest)


def _merge(a: Mapping[str, int], b: Mapping[str, int]) -> dict[str, int]:
    return {name: a.get(name, 0) + b.get(name, 0) for name in sorted({*a, *b})}


def summarise(
    outcome: Outcome, parties: tuple[str, ...], held: Mapping[str, int], coalitions: Mapping[str, Sequence[str]]
) -> Summary:
    """Add up the runs of one block.

    Parameters
    ----------
    outcome : Outcome
    parties : tuple of str
        Columns of its seats.
    held : mapping of str to int
        Seats held besides those counted, by party; they count for majorities.
    coalitions : mapping of str to parties
    """
    import numpy as np

    keep = ~outcome.undecided
    seats = outcome.seats if keep.all() else outcome.seats[keep]
    house = seats + np.array([held.get(party, 0) for party in parties], dtype=np.int32)
    size = seats.sum(axis=1) + sum(held.values())
    together = {
        name: sum((house[:, parties.index(p)] for p in members if p in parties), np.zeros(len(seats), np.int32))
        + sum(held.get(p, 0) for p in members if p not in parties)
        for name, members in coalitions.items()
    }
    return Summary(
        len(outcome.seats),
        parties,
        tuple(tuple(np.bincount(seats[:, i]).tolist()) for i in range(len(parties))),
        None if outcome.passed is None else tuple(outcome.passed.sum(axis=0).tolist()),
        {name: tuple(_reach(house, size[:, None], name).sum(axis=0).tolist()) for name in MAJORITIES},
        {c: {name: int(_reach(n, size, name).sum()) for name in MAJORITIES} for c, n in together.items()},
        outcome.why,
        int(outcome.lots.sum()),
        int((outcome.lots > 0).sum()),
        outcome.recounted,
    )


def _reach(seats: NDArray[Any], size: NDArray[Any], name: str) -> NDArray[Any]:
    share = MAJORITIES[name]
    enough = share.numerator * size // share.denominator + 1
    if name != "majority":
        enough = -(-share.numerator * size // share.denominator)
    reached: NDArray[Any] = seats >= enough
    return reached
