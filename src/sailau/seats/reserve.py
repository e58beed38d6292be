"""reserve: lists with a trait get a seat at a lower price, before the others share the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sailau.seats.count import Count
from sailau.terms.errors import LawSilent
from sailau.terms.numbers import check_share, ratio
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, grouped, listed, say, spell, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Give each list with a trait one seat when its votes reach a part of the average price of a seat.

    The price is the whole part of: all votes that stand, divided by the seats, times `price`. Lists with the trait
    take no further part, whether they got a seat or not.

    Attributes
    ----------
    traits : tuple of str
        The traits that give this right, for instance ``minority``.
    price : Fraction
        The part of the average number of votes a seat.
    """

    name: ClassVar[str] = "reserve"
    traits: tuple[str, ...]
    price: Fraction
    cite: str

    def __post_init__(self) -> None:
        """Refuse a part of the price that is no share."""
        check_share("reserve.price", self.price)

    def apply(self, count: Count) -> Count:
        """Return the count with the reserved seats placed and the lists of the trait out.

        Raises
        ------
        LawSilent
            More lists reach the price than there are seats.
        """
        standing = count.contenders()
        entitled = {c: n for c, n in standing.items() if set(self.traits) & set(count.tally.contender(c).traits)}
        price = self._price(count, sum(standing.values()))
        placed = {c: 1 for c, n in entitled.items() if n and n >= price}
        if sum(placed.values()) > count.left():
            raise LawSilent(
                say(
                    "{n} lists reach the price of a reserved seat for {left} seats",
                    n=sum(placed.values()),
                    left=count.left(),
                )
            )
        facts = {"price": price, "part": self.price, "entitled": entitled, "placed": placed}
        count = count.note("reserve", self.cite, lambda: (facts, _causes(entitled, placed)))
        rest = {line: n for line, n in count.votes.items() if line not in entitled}
        return count.but(votes=rest).place(placed)

    def _price(self, count: Count, votes: int) -> int:
        if not count.seats:
            return 0
        price = ratio(votes, count.seats) * self.price
        return price.numerator // price.denominator

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say the price of a reserved seat and who reached it."""
        facts = entry.facts
        sentence = "a seat for {price} votes, {part} of the average price"
        out = [("reserved", say(sentence, price=grouped(facts["price"]), part=spell(facts["part"])))]
        entitled: Mapping[str, int] = facts["entitled"]
        for label, reached in (("reached", True), ("missed", False)):
            part = {c: n for c, n in entitled.items() if (c in facts["placed"]) is reached}
            if part:
                out.append((label, listed(votes_first(part), lambda n: grouped(n))))
        return out

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say whether one list got its reserved seat."""
        facts = entry.facts
        if contender not in facts["entitled"]:
            return []
        sentence = "{votes} votes reach the {price} of a reserved seat"
        if contender not in facts["placed"]:
            sentence = "{votes} votes miss the {price} of a reserved seat"
        return [("reserved", say(sentence, votes=grouped(facts["entitled"][contender]), price=grouped(facts["price"])))]


def _causes(entitled: Mapping[str, int], placed: Mapping[str, int]) -> list[Cause]:
    return [Cause(c, (1,), "reserved", Fraction(entitled[c])) for c in sorted(placed, key=lambda c: (-entitled[c], c))]
