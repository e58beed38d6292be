"""Conditions of the law on parties: what a group needs in order to become a party, by the word that a law file uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Literal

from sailau.terms.errors import InvalidLaw
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

    def __post_init__(self) -> None:
        """Refuse a number for each area without the areas, and numbers that no law can mean.

        Raises
        ------
        InvalidLaw
        """
        least = self.per_area.values() if isinstance(self.per_area, dict) else (self.per_area,)
        if min(self.total, self.number, *least) < 0:
            raise InvalidLaw("a number of people or areas is below 0", hint="write how many are needed, from 0 on")
        if any(least) and self.areas is None and not self.number:
            raise InvalidLaw(
                "there is a number for each area (per_area), and nothing says in how many areas",
                hint="add areas: all, a share such as areas: 2/3, or number: 10",
            )
        if self.areas is not None and self.number:
            raise InvalidLaw("areas are given as a share and as a number", hint="leave one of areas and number out")

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


def tied(conditions: Sequence[Headcount], units: Mapping[str, int]) -> int:
    """Return how many persons all conditions together bind to areas: the least that meets every one of them.

    Parameters
    ----------
    conditions : sequence of Headcount
    units : mapping of kind to int
        How many areas of each kind there are.

    Examples
    --------
    >>> ten = Members(per_area=200, number=10, cite="a")
    >>> one = Members(per_area=300, number=1, kind="island", cite="b")
    >>> tied([ten], {"mainland": 26, "island": 5}), tied([ten, one], {"mainland": 26, "island": 5})
    (2000, 2100)
    """
    whole = sum(units.values())
    of_a_kind = {c.kind: c for c in conditions if c.kind is not None and c.per_area}
    anywhere = [c for c in conditions if c.kind is None and c.per_area]
    out = sum(c.tied(units.get(kind or "", 0)) for kind, c in of_a_kind.items())
    if not anywhere:
        return out
    if not of_a_kind or not isinstance(anywhere[0].per_area, int):
        return out + anywhere[0].tied(whole)
    least, wanted = anywhere[0].per_area, anywhere[0].areas_needed(whole)
    for kind, c in of_a_kind.items():
        there = min(c.areas_needed(units.get(kind or "", 0)), wanted)
        wanted -= there
        out += there * max(least - (c.per_area if isinstance(c.per_area, int) else 0), 0)
    return out + wanted * least


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
class Board:
    """A board whose members come from so many areas.

    Attributes
    ----------
    of : str
        What the board is called.
    areas : "all", Fraction or None
        From how many of the areas: all, or a share of them.
    number : int
        From how many, as a number; 0 where a share is meant.
    unit : str
        What the areas are called.
    people : int
        How many sit on it; 0 where the law says nothing.
    """

    name: ClassVar[str] = "board"
    of: str
    unit: str
    areas: Spread = None
    number: int = 0
    strictly: bool = False
    people: int = 0
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
    Members
    | Signatures
    | Founders
    | Committee
    | Clean
    | Branches
    | Assemblies
    | Lists
    | Deposit
    | Quota
    | Board
    | Ban
    | Exempt
)
CONDITIONS: Mapping[str, type[Any]] = {
    kind.name: kind
    for kind in (
        *(Founders, Committee, Members, Signatures, Clean, Branches),
        *(Assemblies, Lists, Deposit, Quota, Board, Ban, Exempt),
    )
}
"""Every condition by its word."""


def spread_in_words(areas: Spread, unit: str = "areas", *, strictly: bool = False, number: int = 0) -> str:
    """Say in how many areas: ``all areas``, ``2/3 of the areas``, ``more than 1/2 of the areas``, ``10 areas``."""
    if number:
        return say("{number} {units}", number=number, units=named(unit))
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
