"""The tally: what was counted in an election, before any law is applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

NATION = "nation"
"""The name of the one area of a nationwide tier."""

AGAINST_ALL, BLANK, INVALID = "against_all", "blank", "invalid"
LINES = frozenset({AGAINST_ALL, BLANK, INVALID})
"""Lines of a result that are no contender: they count for a base, never for a seat."""


def second_round_of(tier: str) -> str:
    """Return the name of the ballots of a second round."""
    return f"{tier}_round2"


OTHERS = "others"
"""The kind of a line that several contenders are added up in: it counts for every base, and can win nothing."""

KINDS = ("party_list", "joint_list", "candidate", "independent", OTHERS, "body", "district", "appointed")
"""What a contender can be; ``body`` for a sum of persons or an office, ``district`` where areas share seats."""

TOTALS = ("registered", "voters", "ballots", "valid", "invalid", "blank", "population")
"""Figures of an area that a law may take as a base."""

_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Contender:
    """Whatever can win a seat: a list, a candidate, an apparentment.

    Attributes
    ----------
    id : str
        A slug that outlives an election.
    party : str, optional
        The party that a candidate or a list stands for; seats add up by it. Defaults to `id`.
    kind : str
        One of `KINDS`, mostly party_list, joint_list, candidate or independent; ``others`` for a line that adds up
        those a source does not name, which counts for every base and can win nothing.
    members : tuple of str
        The parties of a joint list.
    apparentment : tuple of str
        Linked lists, the outermost link first.
    registered : int, optional
        Place in the order of registration.
    candidates : int, optional
        Names on the list.
    reserved : int, optional
        Those of them who belong to a group that a representation rule favours.
    traits : frozenset of str
        What a law asks for, for instance ``minority``.
    names : mapping of str to str
        By language.
    colour : str, optional
        Its colour in pictures, ``#rrggbb``; no law asks for it.
    age : Fraction, optional
        Years: of a candidate, or in the mean of those of a list.
    """

    id: str
    party: str | None = None
    kind: str = "party_list"
    members: tuple[str, ...] = ()
    apparentment: tuple[str, ...] = ()
    registered: int | None = None
    candidates: int | None = None
    reserved: int | None = None
    traits: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    colour: str | None = None
    age: Fraction | None = None


@lru_cache(maxsize=4096)
def _plain(name: str) -> Contender:
    return Contender(name)


@dataclass(frozen=True, slots=True)
class Ballots:
    """What one tier's ballots said.

    Attributes
    ----------
    votes : mapping of area to mapping of contender to int
        Lines such as ``against_all`` and ``blank`` stand among the contenders.
    totals : mapping of area to mapping of str to int
        Registered, voters, ballots, valid, invalid, blank, population; the area ``nation`` for the whole.
    seats : mapping of area to int
        Magnitudes that a decree fixed for this election; empty where the law fixes them.
    regions : mapping of area to str
        The larger unit that a district lies in (a Land, a region), where the law uses one.
    rankings : mapping of area to mapping of ranking to int
        Ranked ballots: how many voters wrote each order of contenders, first preference first.
    """

    votes: Mapping[str, Mapping[str, int]]
    totals: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    seats: Mapping[str, int] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    rankings: Mapping[str, Mapping[tuple[str, ...], int]] = field(default_factory=dict)

    def total(self, area: str, name: str) -> int | None:
        """Return a figure of an area; for the nation the sum of the areas where all of them have it."""
        given = self.totals.get(area, _NOTHING).get(name)
        if given is not None or area != NATION or not self.votes:
            return given
        parts = [self.totals.get(part, _NOTHING).get(name) for part in self.votes]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes by tier, area and contender, with the contenders' marks.

    Attributes
    ----------
    tiers : mapping of str to Ballots
    contenders : mapping of str to Contender
        Those not listed are plain party lists of their own name.
    unit : str, optional
        What a "vote" is when counts were not published, for instance ``0.01% of the votes``.
    declared : mapping of str to mapping of str to int
        Seats of tiers whose votes are not here, by contender: not counted, but seen by tiers that take account of them.
    """

    tiers: Mapping[str, Ballots]
    contenders: Mapping[str, Contender] = field(default_factory=dict)
    unit: str | None = None
    declared: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, votes: Mapping[str, int], *, tier: str = "list", **totals: int) -> Tally:
        """Return the tally of one nationwide tier: ``Tally.of({"a": 10, "b": 7}, valid=18)``."""
        return cls({tier: Ballots({NATION: votes}, {NATION: totals} if totals else {})})

    def contender(self, name: str) -> Contender:
        """Return the marks of a contender; a plain party list of that name when there are none."""
        return self.contenders.get(name) or _plain(name)

    def party(self, name: str) -> str:
        """Return the party for which a contender's seats count."""
        known = self.contenders.get(name)
        return known.party if known and known.party else name

    def by_party(self, area: Mapping[str, int], *, against_all: bool = False) -> dict[str, int]:
        """Return the votes of an area by party, without the lines that are no contender."""
        out: dict[str, int] = {}
        for line, n in area.items():
            if line not in LINES or (against_all and line == AGAINST_ALL):
                party = self.party(line)
                out[party] = out.get(party, 0) + n
        return out

    def party_votes(self, *, against_all: bool = False) -> dict[str, int]:
        """Return votes by party over the tier with lists, or the first tier there is."""
        tier = "list" if "list" in self.tiers else next(iter(self.tiers))
        total: dict[str, int] = {}
        for area in self.tiers[tier].votes.values():
            for party, n in self.by_party(area, against_all=against_all).items():
                total[party] = total.get(party, 0) + n
        return total
