"""unseated: seats for those who won none elsewhere, a runner-up or a party without a seat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.count import Count, each_area
from sailau.seats.elsewhere import tier_done
from sailau.terms.errors import InvalidLaw
from sailau.terms.tally import LINES
from sailau.terms.trail import Entry
from sailau.terms.words import Words, listed, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseated:
    """Keep those who won no seat in tiers that were counted before.

    A candidate is out where it won a seat itself, a list where a candidate of its party or the list itself did.

    Attributes
    ----------
    tiers : tuple of str
        The tiers whose winners take no part here.
    """

    name: ClassVar[str] = "unseated"
    tiers: tuple[str, ...]
    cite: str

    def __post_init__(self) -> None:
        """Refuse a step without tiers."""
        if not self.tiers:
            raise InvalidLaw(say("unseated.tiers names the tiers whose winners take no part"))

    def apply(self, count: Count) -> Count:
        """Return the count without those who won a seat in the tiers.

        Raises
        ------
        InvalidLaw
            One of the tiers was not counted before.
        """
        seated = self.seated(count)
        gone = {c: n for c, n in count.votes.items() if c not in LINES and c in seated}
        count = count.note("unseated", self.cite, lambda: ({"tiers": self.tiers, "gone": gone}, ()))
        if not gone:
            return count
        count = count.but(votes={c: n for c, n in count.votes.items() if c not in gone})
        if not count.areas:
            return count
        return each_area(count, lambda part: part.but(votes={c: n for c, n in part.votes.items() if c not in gone}))

    def seated(self, count: Count) -> frozenset[str]:
        """Return the winners of the tiers, and the parties of those who are candidates."""
        found: set[str] = set()
        for tier in self.tiers:
            declared = count.tally.declared.get(tier) if tier not in count.done else None
            placed = tier_done(count, tier).total_placed() if declared is None else declared
            winners = [c for c, n in placed.items() if n]
            found.update(winners, (count.tally.party(c) for c in winners))
        return frozenset(found)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say who takes no part because of a seat."""
        tiers, gone = ", ".join(entry.facts["tiers"]), entry.facts["gone"]
        if not gone:
            return [("unseated", say("nobody here won a seat in {tiers}", tiers=tiers))]
        return [("unseated", say("out with a seat in {tiers}: {gone}", gone=listed(gone), tiers=tiers))]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say that a winner takes no part."""
        if contender not in entry.facts["gone"]:
            return []
        tiers = ", ".join(entry.facts["tiers"])
        return [
            ("unseated", say("{contender} won a seat in {tiers} and takes no part", contender=contender, tiers=tiers))
        ]
