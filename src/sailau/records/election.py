"""An election as it happened: votes, official seats, sources, and where the sources disagree."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from sailau.terms.tally import NATION, Tally

Seats = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Seats by tier, area and contender."""

HOUSE = "house"
"""In official seats: all tiers together, where seats are known only as totals over them."""


def total_of(official: Seats, *, without: Collection[str] = ()) -> int:
    """Return the number of official seats, each counted once though totals stand beside districts.

    Examples
    --------
    >>> total_of({"list": {"nation": {"a": 3, "b": 2}, "north": {"a": 3}, "south": {"b": 2}}})
    5
    """
    tiers = {HOUSE: official[HOUSE]} if HOUSE in official else official
    total = 0
    for tier, areas in tiers.items():
        if tier not in without:
            whole = sum(areas.get(NATION, {}).values())
            parts = sum(sum(seats.values()) for area, seats in areas.items() if area != NATION)
            total += max(whole, parts)
    return total


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from.

    Attributes
    ----------
    key, title : str
    read_on : date, optional
        The day on which somebody read it; none where its figures came by way of others.
    read : bool
        False where nobody here read its figures: they were written down from memory, or as common knowledge. A match
        with them proves nothing.
    through : str, optional
        The key of the source by way of which its figures came.
    url, publisher, licence, sha256, mark, note : str, optional
        `sha256` is the checksum of the file that was read; `mark` the dossier's degree of confidence.
    """

    key: str
    title: str
    read_on: date | None = None
    read: bool = True
    through: str | None = None
    url: str | None = None
    publisher: str | None = None
    licence: str | None = None
    sha256: str | None = None
    mark: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that disagree about a figure, which one was followed, and why."""

    about: str
    values: Mapping[str, str]
    chosen: str
    why: str


@dataclass(frozen=True, slots=True)
class Election:
    """One election of one house.

    Attributes
    ----------
    id : str
        ``kz/mazhilis/2023-03-19``.
    name : str
    day : date
    level : str
        ``national``, ``regional`` (a canton, a self-governing territory) or ``local``.
    law : str
        The id of the law; the edition in force on `day` counts, unless the id names one (``kz/mazhilis@2009-02-09``).
    tally : Tally
    official : mapping of tier to area to contender to int
        As the commission published it; the tier ``house`` for totals over all tiers, the area ``nation`` for totals
        over all districts of a tier.
    declared : frozenset of str
        Tiers whose votes are not published: their seats are taken over, not counted.
    decisions : mapping of str to tuple of str
        Lots and rulings on record.
    sources : mapping of str to Source
    conflicts : tuple of Conflict
    notes : tuple of str
    inexact : int, optional
        Seats known to come out otherwise than published; the cause stands in `notes` and begins with "Not exact:".
    inexact_in : mapping of str to str
        That cause in Kazakh and Russian.
    path : str
    """

    id: str
    name: str
    day: date
    law: str
    tally: Tally
    official: Seats
    level: str = "national"
    declared: frozenset[str] = frozenset()
    decisions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
    inexact: int | None = None
    inexact_in: Mapping[str, str] = field(default_factory=dict)
    path: str = ""

    @property
    def country(self) -> str:
        """The country's two letters."""
        return self.id.split("/")[0]

    @property
    def unread(self) -> tuple[str, ...]:
        """Keys of the sources that nobody here read: what rests on them was written down from memory."""
        return tuple(key for key, source in self.sources.items() if not source.read)

    def declared_seats(self) -> dict[str, int]:
        """Return the seats of the declared tiers by party."""
        total: dict[str, int] = {}
        for tier in self.declared:
            for party, n in self.declared_in(tier).items():
                total[party] = total.get(party, 0) + n
        return total

    def declared_in(self, tier: str) -> dict[str, int]:
        """Return the seats of one declared tier by party."""
        total: dict[str, int] = {}
        for seats in self.official.get(tier, {}).values() if tier in self.declared else ():
            for contender, n in seats.items():
                party = self.tally.party(contender)
                total[party] = total.get(party, 0) + n
        return total
