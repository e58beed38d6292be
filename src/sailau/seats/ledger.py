"""The ledger of a count with transfers: who holds which papers, at which value, as integers of one common unit.

Every amount is a whole number of 1/`unit` votes. Where the law fixes decimals the unit is a power of ten and results
are cut; where it does not, the unit is multiplied as divisions ask for it, so that nothing is ever rounded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import gcd

from sailau.seats.rankings import Item, ends, n_papers, sort_papers


@dataclass(slots=True)
class Parcel:
    """Papers received together at one value.

    Attributes
    ----------
    value : int
        Of each paper, in units.
    items : list of Item
    stage : int
        At which stage they were received; 0 for first preferences.
    credit : int
        Votes credited for them, in units.
    """

    value: int
    items: list[Item]
    stage: int
    credit: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """Votes that left one contender, in units of the round after it.

    Attributes
    ----------
    source : str
    gains : dict of str to int
        Votes received, by contender.
    ended : dict of str to int
        Votes without a further preference, by reason.
    lost : int
        What rounding lost.
    values : tuple of (int, int, int)
        Value before, value after, transferable papers; one for each value.
    """

    source: str
    gains: dict[str, int]
    ended: dict[str, int]
    lost: int
    values: tuple[tuple[int, int, int], ...] = ()

    def scaled(self, by: int) -> Transfer:
        """Return the same votes in a unit smaller by a whole factor."""
        if by == 1:
            return self
        gains = {name: n * by for name, n in self.gains.items()}
        ended = {why: n * by for why, n in self.ended.items()}
        values = tuple((old * by, new * by, n) for old, new, n in self.values)
        return Transfer(self.source, gains, ended, self.lost * by, values)


@dataclass(slots=True)
class Ledger:
    """Totals, parcels and the rest of the votes, in units.

    Attributes
    ----------
    unit : int
        Units to a vote.
    quota : int
    totals : dict of str to int
    parcels : dict of str to list of Parcel
    spent : dict of str to int
        Votes that no contender holds any more, by reason.
    lost : int
    places : int, optional
        Decimals of a value of a paper; None where it is exact.
    cut : str
        What is cut to those decimals: the new ``value``, or the ``fraction`` by which old values are multiplied.
    whole : bool
        Whether only whole votes are credited.
    several : frozenset of str
        Places that name several contenders, and count for the one of them who continues.
    """

    unit: int
    quota: int = 0
    totals: dict[str, int] = field(default_factory=dict)
    parcels: dict[str, list[Parcel]] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    places: int | None = None
    cut: str = "value"
    whole: bool = False
    several: frozenset[str] = frozenset()

    def scale(self, by: int) -> None:
        """Make the unit smaller by a whole factor."""
        if by == 1:
            return
        self.unit *= by
        self.quota *= by
        self.lost *= by
        self.totals = {name: n * by for name, n in self.totals.items()}
        self.spent = {why: n * by for why, n in self.spent.items()}
        for parcels in self.parcels.values():
            for parcel in parcels:
                parcel.value *= by
                parcel.credit *= by

    def shares(self, values: Iterable[int], top: int, bottom: int) -> list[int]:
        """Return each value times top/bottom, cut to the decimals of the law or exact in a smaller unit."""
        if self.places is None:
            common = gcd(top, bottom)
            self.scale(bottom // common)
            return [value * (top // common) for value in values]
        if self.cut == "fraction":
            part = top * self.unit // bottom
            return [value * part // self.unit for value in values]
        return [value * top // bottom for value in values]

    def worth(self, papers: int, value: int) -> int:
        """Return the votes credited for papers of a value."""
        worth = papers * value
        return worth // self.unit * self.unit if self.whole else worth

    def deal(self, items: Iterable[Item], continuing: Iterable[str]) -> None:
        """Give every paper to its first preference at the value of one vote."""
        names = list(continuing)
        piles, ended = sort_papers(items, names, self.several)
        for name in names:
            credit = n_papers(piles[name]) * self.unit
            self.totals[name] = credit
            self.parcels[name] = [Parcel(self.unit, piles[name], 0, credit)] if piles[name] else []
        self.spend({why: n * self.unit for why, n in ends(ended).items()})

    def cast(self) -> int:
        """Return the ballots that somebody has first."""
        return sum(self.totals.values()) // self.unit

    def held(self, amount: int, each: int) -> int:  # noqa: ARG002
        """Return papers, or what they are worth at `each` or less, as far as this ledger knows them."""
        return amount

    def spend(self, amounts: dict[str, int]) -> None:
        """Take note of votes that nobody holds any more."""
        for why, n in amounts.items():
            self.spent[why] = self.spent.get(why, 0) + n

    def receive(self, name: str, items: list[Item], papers: int, value: int, stage: int) -> int:
        """Credit papers to a contender and return the votes."""
        credit = self.worth(papers, value)
        self.totals[name] += credit
        self.parcels[name].append(Parcel(value, items, stage, credit))
        return credit


def by_value(parcels: Iterable[Parcel]) -> dict[int, list[Item]]:
    """Return the papers of some parcels by their value, the highest first."""
    out: dict[int, list[Item]] = {}
    for parcel in parcels:
        if parcel.value in out:
            out[parcel.value] += parcel.items
        else:
            out[parcel.value] = list(parcel.items)
    return dict(sorted(out.items(), reverse=True))
