"""Conditions of the law on parties: what a group needs in order to become a party, by the word that a law file uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Literal

from sailau.terms.words import named, percent, say

Spread = Literal["all"] | Fraction | None
Each = Literal["nation", "area", "candidate", "district", "regency", "state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcount:
    """So many persons, of whom so many in each of so many areas.

    Attributes
    ----------
    total : int
        Persons in the country; 0 where the law names none.
    per_area : int, or mapping of str to int
        Persons in each area that counts.
    areas : "all", Fraction or None
        How many areas: all, or a share of them.
    number : int
        How many areas, as a number; 0 where a share is meant.
    strictly : bool
        More than the share, not the share itself.
    kind : str, optional
        Only areas of this kind count.
    least_age : int, optional
    share, of, most : Fraction, str, int
        A total that is a share of a base, and the most it can be; `total` is then its value for the day of the file.
    each : str
        Where the number is asked for: in the nation, in each area, for each candidate.
    inner, inner_of : Fraction, str
        The share of smaller units in each area, and what they are called.
    """

    total: int = 0
    per_area: int | dict[str, int] = 0
    areas: Spread = None
    number: int = 0
    strictly: bool = False
    kind: str | None = None
    least_age: int | None = None
    share: Fraction | None = None
    of: str | None = None
    most: int | None = None
    each: Each = "nation"
    inner: Fraction | None = None
    inner_of: str | None = None
    cite: str

    def areas_needed(self, units: int) -> int:
        """Return in how many of so many areas the number is needed."""
        return areas_needed(self.areas, units, number=self.number, strictly=self.strictly)

    def least_in(self, area: str) -> int:
        """Return how many are needed in an area."""
        return self.per_area.get(area, 0) if isinstance(self.per_area, dict) else self.per_area

    def tied(self, units: int) -> int:
        """Return how many persons are bound to areas: the least in each of those that are needed."""
        if isinstance(self.per_area, dict):
            return sum(sorted(self.per_area.values())[: self.areas_needed(len(self.per_area))])
        return self.per_area * self.areas_needed(units)


def areas_needed(areas: Spread, units: int, *, number: int = 0, strictly: bool = False) -> int:
    """Return in how many of `units` areas something is asked for.

    Examples
    --------
    >>> areas_needed(Fraction(2, 3), 20), areas_needed(Fraction(1, 2), 14, strictly=True), areas_needed("all", 20)
    (14, 8, 20)
    """
    if number:
        return number
    if areas is None:
        return 0
    if areas == "all":
        return units
    exact = areas * units
    return exact.numerator // exact.denominator + 1 if strictly else -(-exact.numerator // exact.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Members(Headcount):
    """Members that a party needs for registration."""

    name: ClassVar[str] = "members"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures(Headcount):
    """Voters who sign, for a party, a list or a candidate."""

    name: ClassVar[str] = "signatures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Founders:
    """The group that begins: so many people, from so many areas."""

    name: ClassVar[str] = "founders"
    people: int
    areas: Spread = None
    strictly: bool = False
    each: Each = "nation"
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """Persons who organise the founding."""

    name: ClassVar[str] = "committee"
    people: int
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clean:
    """Whom a list of members may not hold at all, however many others it has."""

    name: ClassVar[str] = "clean"
    of: tuple[Literal["minor", "foreigner"], ...]
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Branches:
    """Branches in so many areas, and in so many of the smaller units within."""

    name: ClassVar[str] = "branches"
    areas: Spread
    of: str
    inner: Fraction | None = None
    inner_of: str | None = None
    innermost: Fraction | None = None
    innermost_of: str | None = None
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assemblies:
    """Meetings of so many people in so many areas, or the alternative that the law gives."""

    name: ClassVar[str] = "assemblies"
    people: int
    number: int
    of: str
    or_people: int = 0
    or_number: int = 0
    or_of: str | None = None
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Lists of candidates that must be filed in so many areas."""

    name: ClassVar[str] = "lists"
    areas: Spread
    of: str
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """Money that is paid in, and the share of votes at which it comes back."""

    name: ClassVar[str] = "deposit"
    amount: int
    unit: str
    per: str
    refund: Fraction | None = None
    strictly: bool = False
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """A share of a board that a group must have."""

    name: ClassVar[str] = "quota"
    who: str
    share: Fraction
    of: str
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """Grounds on which a party, its name, its symbols or its membership may not rest."""

    name: ClassVar[str] = "ban"
    grounds: tuple[str, ...]
    on: Literal["purpose", "name", "symbols", "membership", "structure"]
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """Who is free of the conditions before."""

    name: ClassVar[str] = "exempt"
    who: tuple[str, ...]
    cite: str


Condition = (
    Members | Signatures | Founders | Committee | Clean | Branches | Assemblies | Lists | Deposit | Quota | Ban | Exempt
)
CONDITIONS: Mapping[str, type[Any]] = {
    kind.name: kind
    for kind in (
        *(Founders, Committee, Members, Signatures, Clean, Branches),
        *(Assemblies, Lists, Deposit, Quota, Ban, Exempt),
    )
}
"""Every condition by its word."""


def spread_in_words(areas: Spread, unit: str = "areas", *, strictly: bool = False) -> str:
    """Say in how many areas: ``all areas``, ``2/3 of the areas``, ``more than 1/2 of the areas``."""
    if areas is None:
        return ""
    if areas == "all":
        return say("all {units}", units=named(unit))
    share = f"{areas.numerator}/{areas.denominator}" if areas.denominator < 10 else percent(areas)
    sentence = "more than {share} of the {units}" if strictly else "{share} of the {units}"
    return say(sentence, share=share, units=named(unit))


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a group that wants to become a party, beside its list of members.

    Attributes
    ----------
    grounds : frozenset of str
        What the party rests on, for bans: ethnic, religious, …; None where nobody said.
    founders : mapping of area to int, optional
    committee : int, optional
    """

    grounds: frozenset[str] | None = None
    founders: Mapping[str, int] | None = None
    committee: int | None = None
