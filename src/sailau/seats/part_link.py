"""part_link: list seats that make up for a part of what a list lacks in the districts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.elsewhere import is_independent, lists_by_party, seats_of, wins, won_by_area
from sailau.seats.remainders import largest_remainder
from sailau.seats.ties import tie_rule
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.numbers import check_share, ratio
from sailau.terms.tally import NATION
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, decimal, listed, percent, say


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLink:
    """Give each list a part of what it lacks of its share of the whole house, then fill or fit to the seats there are.

    A list lacks its share of the house, from which the seats of those who are not entitled are taken off, less what it
    won in `tiers`; `part` of that, rounded to whole seats (below 1: none), is its link. Seats beyond all links go to
    the lists in proportion to their votes; where the links need more seats than there are, all are scaled down; both by
    whole numbers, then the largest fractions.

    Attributes
    ----------
    tiers : tuple of str
        The tiers of the districts.
    part : Fraction
        The part of the lack that is made up for.
    house : int, optional
        Seats of the house that the share is of; by default those of `tiers` and of this one.
    entitled : int, optional
        Seats in `tiers` with which a party without a list here is entitled to take part all the same: its seats are
        not taken off the house. Those of independents always are.
    ties : tuple of str
        Rules for equal fractions, in turn.
    """

    name: ClassVar[str] = "part_link"
    tiers: tuple[str, ...]
    part: Fraction = Fraction(1, 2)
    house: int | None = None
    entitled: int | None = None
    ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse a part that is none."""
        check_share("part_link.part", self.part)
        if not self.part:
            raise InvalidLaw(
                say("part_link.part is above 0; seats that make up for nothing are shared out by allocate")
            )

    def apply(self, count: Count) -> Count:
        """Return the count with the seats of the tier placed.

        Raises
        ------
        DrawRequired
            Equal fractions, and no rule of the law settles it.
        LawSilent
            Nobody takes part.
        """
        votes, seats = count.contenders(), count.left()
        if not any(votes.values()):
            raise LawSilent(say("nobody takes part in the distribution of {seats} seats", seats=seats))
        here = count.but(areas={})  # votes that came by district count for the whole: what was won in them does too
        won = won_by_area(here, self.tiers).get(count.area, {})
        house = self.house if self.house is not None else count.seats + seats_of(count, self.tiers)
        house -= self._others(count)
        total = sum(votes.values())
        lacks = {c: (ratio(house * n, total) - won.get(c, 0)) * self.part for c, n in votes.items()}
        links = {c: max((lack + Fraction(1, 2)).__floor__(), 0) if lack >= 1 else 0 for c, lack in lacks.items()}
        placed = self._fit(count, links, votes, seats)
        facts = {"house": house, "won": won, "lacks": lacks, "links": links, "placed": placed, "seats": seats}
        causes = [Cause(c, tuple(range(1, n + 1)), "part_link", lacks[c]) for c, n in placed.items() if n]
        told = {**facts, "part": self.part}
        return count.note("part_link", self.cite, lambda: (told, causes)).place(placed)

    def _others(self, count: Count) -> int:
        """Return the seats of those who are not entitled to take part."""
        standing, held, alone = lists_by_party(count), dict[str, int](), 0
        for area, winner, n in wins(count, self.tiers):
            party = count.tally.party(winner)
            if count.area not in (NATION, area) or standing.get(party) in count.contenders():
                continue
            if is_independent(count, winner):
                alone += n
            else:
                held[party] = held.get(party, 0) + n
        return alone + sum(n for n in held.values() if self.entitled is None or n < self.entitled)

    def _fit(self, count: Count, links: Mapping[str, int], votes: Mapping[str, int], seats: int) -> dict[str, int]:
        """Return the seats of each list: its link, scaled down or filled up to the seats there are."""
        ties, needed = tie_rule(count, self.name, self.ties), sum(links.values())
        if needed >= seats:
            return largest_remainder(links, seats, ties=ties).seats if needed > seats else dict(links)
        more = largest_remainder(votes, seats - needed, ties=ties).seats
        return {c: n + more[c] for c, n in links.items()}

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say what each list lacks, and what it gets for it."""
        facts = entry.facts
        head = say("{part} of what is wanting to a share of {house}", part=percent(facts["part"]), house=facts["house"])
        lacks = {c: n for c, n in facts["lacks"].items() if n > 0}
        return [
            ("link", say("{head}: {lacks}", head=head, lacks=listed(lacks, decimal))),
            ("rounded", listed({c: n for c, n in facts["links"].items() if n})),
            ("seats", say("{n} seats: {placed}", n=facts["seats"], placed=listed(facts["placed"]))),
        ]
