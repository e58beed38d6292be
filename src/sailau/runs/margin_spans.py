"""A count by rankings in which every total is only known to lie in a span, whoever's ballots change.

The law's own count is run with such numbers. Where a span leaves open how a comparison comes out, all ways are
followed, one run each. What any real ballots do is one of these ways, so if all of them elect the same persons, no
change of so many ballots elects others. Ways that no ballots take are followed too: that costs time and strength, and
does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sailau.runs.margin_contest import Kind
from sailau.runs.margin_patience import allowed
from sailau.seats.count import Count
from sailau.seats.ledger import Ledger, Parcel
from sailau.seats.rank import Rank
from sailau.seats.rankings import Item
from sailau.terms.errors import SailauError

RUNS = 500
"""How many counts may be run for one size of change."""
FINE = 10**12
"""Units to a vote where the law rounds nothing: what is finer lies within the span."""


@dataclass(slots=True)
class Ways:
    """The ways in which open comparisons came out, and those that remain to be followed.

    Attributes
    ----------
    script : tuple of int
        How the first open comparisons come out in this run: -1, 0 or 1.
    open_ways : list of tuple
        Scripts of runs to come.
    """

    script: tuple[int, ...] = ()
    open_ways: list[tuple[int, ...]] = field(default_factory=list)
    met: list[int] = field(default_factory=list)
    known: dict[tuple[int, int], int] = field(default_factory=dict)
    kept: list[Span] = field(default_factory=list)

    def begin(self, script: tuple[int, ...]) -> None:
        """Begin a run."""
        self.script, self.met, self.known, self.kept = script, [], {}, []

    def sign(self, one: Span, other: Span) -> int:
        """Say how two numbers compare in this run."""
        if one is other:
            return 0
        if one.high < other.low:
            return -1
        if one.low > other.high:
            return 1
        if one.low == one.high == other.low == other.high:
            return 0
        key = id(one), id(other)
        if key not in self.known:
            self.kept += [one, other]
            found = self._next(one, other)
            self.known[key], self.known[key[::-1]] = found, -found
        return self.known[key]

    def _next(self, one: Span, other: Span) -> int:
        at = len(self.met)
        if at < len(self.script):
            found = self.script[at]
        else:
            can = [s for s, may in ((-1, one.low < other.high), (1, one.high > other.low), (0, True)) if may]
            found = can[0]
            self.open_ways += [(*self.met, way) for way in can[1:]]
        self.met.append(found)
        return found


class Span:
    """A whole number between two others, both included."""

    __slots__ = ("high", "low", "ways")

    def __init__(self, low: int, high: int, ways: Ways) -> None:
        self.low, self.high, self.ways = low, high, ways

    def _as(self, other: Span | int) -> Span:
        return other if isinstance(other, Span) else Span(other, other, self.ways)

    def __add__(self, other: Span | int) -> Span:
        """Return the sum."""
        more = self._as(other)
        return Span(self.low + more.low, self.high + more.high, self.ways)

    __radd__ = __add__

    def __neg__(self) -> Span:
        """Return the number with the other sign."""
        return Span(-self.high, -self.low, self.ways)

    def __sub__(self, other: Span | int) -> Span:
        """Return the difference."""
        return self + -self._as(other)

    def __rsub__(self, other: int) -> Span:
        """Return the difference."""
        return -self + other

    def __mul__(self, other: Span | int) -> Span:
        """Return the product."""
        by = self._as(other)
        ends = [a * b for a in (self.low, self.high) for b in (by.low, by.high)]
        return Span(min(ends), max(ends), self.ways)

    __rmul__ = __mul__

    def __floordiv__(self, other: Span | int) -> Span:
        """Return the whole part of the quotient by a number above 0."""
        by = self._as(other)
        if by.low <= 0:
            raise TypeError("a number that may be 0 divides")
        ends = [a // b for a in (self.low, self.high) for b in (by.low, by.high)]
        return Span(min(ends), max(ends), self.ways)

    def __rfloordiv__(self, other: int) -> Span:
        """Return the whole part of the quotient."""
        return self._as(other) // self

    def __lt__(self, other: Span | int) -> bool:
        """Say whether it is less."""
        return self.ways.sign(self, self._as(other)) < 0

    def __le__(self, other: Span | int) -> bool:
        """Say whether it is no more."""
        return self.ways.sign(self, self._as(other)) <= 0

    def __gt__(self, other: Span | int) -> bool:
        """Say whether it is more."""
        return self.ways.sign(self, self._as(other)) > 0

    def __ge__(self, other: Span | int) -> bool:
        """Say whether it is no less."""
        return self.ways.sign(self, self._as(other)) >= 0

    def __eq__(self, other: object) -> bool:
        """Say whether it is the same."""
        return isinstance(other, Span | int) and self.ways.sign(self, self._as(other)) == 0

    def __hash__(self) -> int:
        """Return the same for all: only a comparison tells two apart."""
        return 0

    def __bool__(self) -> bool:
        """Say whether it is not 0."""
        return self != 0


class SpannedLedger(Ledger):
    """A ledger of what everybody may hold when `changed` ballots change in a way."""

    def __init__(self, step: Rank, kind: Kind, changed: int, ways: Ways) -> None:
        super().__init__(1, places=step.places, cut=step.cut, whole=step.credit == "whole")
        self.kind, self.changed, self.ways = kind, changed, ways

    def _loose(self, amount: Any, each: int) -> Any:
        """Return an amount of which so many ballots may be more or less, each worth at the most `each`."""
        less = 0 if self.kind == "added" else self.changed * each
        more = 0 if self.kind == "removed" else self.changed * each
        return Span(-less, more, self.ways) + amount

    def deal(self, items: Iterable[Item], continuing: Iterable[str]) -> None:
        """Give every paper to its first preference, and let each total be off by the ballots that change."""
        if self.places is None:
            self.unit = FINE
        super().deal(items, continuing)
        self.totals = {name: self._loose(total, self.unit) for name, total in self.totals.items()}
        one: Any = Span(self.unit, self.unit, self.ways)
        self.parcels = {
            name: [Parcel(one, p.items, p.stage, p.credit) for p in parcels] for name, parcels in self.parcels.items()
        }

    def cast(self) -> int:
        """Return the ballots with a first preference: those that move are as many as they were."""
        now = sum(parcel.credit for parcels in self.parcels.values() for parcel in parcels) // self.unit
        return now + {"moved": 0, "added": self.changed, "removed": -self.changed}[self.kind]

    def held(self, amount: int, each: int) -> int:
        """Return papers, or what they are worth, of which some may be more or less."""
        loose: int = self._loose(amount, each)
        return loose

    def shares(self, values: Iterable[int], top: int, bottom: int) -> list[int]:
        """Return each value times top/bottom, within the span that rounding and the ballots leave."""
        if self.places is not None:
            return super().shares(values, top, bottom)
        out: list[Any] = []
        for value in values:
            down: Any = value * top // bottom
            out.append(down + Span(0, 1, self.ways))
        return out


def ballots_proved(count: Count, step: Rank, kinds: Sequence[Kind], most: int) -> int:
    """Return a number of ballots, at the most `most` and one, below which no change elects others; 1 if none is proved.

    Parameters
    ----------
    count : Count
        The area after its count.
    step : Rank
    kinds : sequence of str
    most : int
        Larger changes are of no interest.
    """
    if step.rule not in ("stv", "exclusion") or step.surplus in ("whole_papers", "sample"):
        return 1
    found = most + 1
    for kind in kinds:
        low, high = 0, 1
        while high < found and _same(count, step, kind, high):
            low, high = high, high * 2 if kind == "moved" else high + 1
        high = min(high, found)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if _same(count, step, kind, middle) else (low, middle)
        found = min(found, low + 1)
    return found


def _same(count: Count, step: Rank, kind: Kind, changed: int) -> bool:
    """Say whether all ways are known to elect the same persons."""
    ways = Ways(open_ways=[()])
    before = count.but(placed={}, trail=None)
    for _ in range(allowed(RUNS)):
        if not ways.open_ways:
            return True
        ways.begin(ways.open_ways.pop())
        try:
            made = step.count(before, ledger=SpannedLedger(step, kind, changed, ways))
        except TypeError:
            return False
        except (SailauError, ValueError):
            # The law elects nobody then, or the way contradicts itself.
            continue
        if set(made.elected) != set(count.placed):
            return False
    return False
