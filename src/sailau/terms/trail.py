"""The trail: what each step of the law did, in numbers; words are made from it, never the other way round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
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
        """Yield every seat with its cause, its area and the standing just before it.

        Seats that a later step withdrew are left out; a seat of the whole tier that a later step gave to a district
        lies there.
        """
        withdrawn = {seat for entry in self.entries for seat in entry.facts.get("withdrawn", ())}
        lost = Counter(seat for entry in self.entries for seat in entry.facts.get("lost", ()))
        places = self._places()
        seats = [seat for entry in self.entries for seat in _of_entry(entry) if _key(seat) not in withdrawn]
        kept, more = [], lost - Counter(_key(seat) for seat in seats)
        for seat in _without(seats, lost):
            home = places.get((seat.tier, seat.contender)) if seat.area == "nation" else None
            kept.append(replace(seat, area=home.pop(0)) if home else seat)
        yield from _without(kept, more)  # seats of the whole that were lost in the district they were given to

    def _places(self) -> dict[tuple[str, str], list[str]]:
        """Return the districts that seats of a whole tier were given to, in the order of the seats."""
        places: dict[tuple[str, str], list[str]] = {}
        for entry in self.entries:
            if entry.key in ("distribute.district", "repartition", "spread.placed"):
                for given in entry.facts["given"]:
                    places.setdefault((entry.tier, given["contender"]), []).append(given["area"])
        return places


def _key(seat: Seat) -> tuple[str, str, str]:
    return seat.tier, seat.area, seat.contender


def _of_entry(entry: Entry) -> Iterator[Seat]:
    """Yield the seats that a step placed, each with the standing before it; facts may say where each cause lies."""
    standing = dict(entry.before)
    areas = entry.facts.get("cause_areas", {})
    for cause, number in _in_order(entry.causes):
        tier, area = areas.get(cause.rank, (entry.tier, entry.area))
        yield Seat(tier, area, cause.contender, number, cause, entry.cite, dict(standing))
        standing[cause.contender] = standing.get(cause.contender, 0) + 1


def _without(seats: list[Seat], lost: Counter[tuple[str, str, str]]) -> list[Seat]:
    """Return the seats without those that were lost one by one: of each contender the last ones first."""
    kept, left = [], Counter(lost)
    for seat in reversed(seats):
        if left[_key(seat)]:
            left[_key(seat)] -= 1
        else:
            kept.append(seat)
    return kept[::-1]


def _in_order(causes: tuple[Cause, ...]) -> Iterator[tuple[Cause, int]]:
    pairs = [(cause, number) for cause in causes for number in cause.seats]
    if all(cause.rank is not None for cause in causes):
        pairs.sort(key=lambda pair: pair[0].rank or 0)
    yield from pairs
