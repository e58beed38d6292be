"""The trail: what each step of the law did, in numbers; words are made from it, never the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class Cause:
    """Why seats went to a contender.

    Attributes
    ----------
    contender : str
    seats : tuple of int
        Their numbers among the contender's seats in this area, counted from 1.
    kind : str
        quota, remainder, quotient, guarantee, plurality, majority, declared …
    claim : Fraction, optional
        The quotient or remainder that won (exact; to the power of the divisor sequence).
    rank : int, optional
        The place in the order in which the seats of this step were won.
    """

    contender: str
    seats: tuple[int, ...]
    kind: str
    claim: Fraction | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the law applied in one area.

    Attributes
    ----------
    key : str
        Names the sentence, for instance ``allocate.quota``.
    cite : str
        The clause of the law.
    tier, area : str
    facts : mapping
        Exact figures: int, Fraction, str, and mappings or lists of them.
    before : mapping of str to int
        Seats that stood in this area before the step.
    causes : tuple of Cause
        One for each contender's seats placed by the step.
    """

    key: str
    cite: str
    tier: str
    area: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, int] = field(default_factory=dict)
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat with its cause, the article and the standing before it."""

    tier: str
    area: str
    contender: str
    number: int
    cause: Cause
    cite: str
    before: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Trail:
    """All entries of a count, in the order of the statute."""

    entries: tuple[Entry, ...]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def seats(self) -> Iterator[Seat]:
        """Yield every seat with its cause and the standing just before it, without those that a later step withdrew."""
        withdrawn = {seat for entry in self.entries for seat in entry.facts.get("withdrawn", ())}
        for entry in self.entries:
            standing = dict(entry.before)
            for cause, number in _in_order(entry.causes):
                if (entry.tier, entry.area, cause.contender) in withdrawn:
                    continue
                yield Seat(entry.tier, entry.area, cause.contender, number, cause, entry.cite, dict(standing))
                standing[cause.contender] = standing.get(cause.contender, 0) + 1


def _in_order(causes: tuple[Cause, ...]) -> Iterator[tuple[Cause, int]]:
    pairs = [(cause, number) for cause in causes for number in cause.seats]
    if all(cause.rank is not None for cause in causes):
        pairs.sort(key=lambda pair: pair[0].rank or 0)
    yield from pairs
