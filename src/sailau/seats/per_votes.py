"""per_votes: a seat for so many votes, however many seats that makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count, in_area
from sailau.seats.elsewhere import lists_by_party, places, tier_done, won_by_area
from sailau.seats.threshold import Base
from sailau.terms.errors import InvalidLaw, InvalidSeats, LawSilent
from sailau.terms.numbers import ratio
from sailau.terms.quota import quota_named
from sailau.terms.tally import NATION
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, grouped, listed, named, say, spell, votes_first

LARGEST = 1_000_000
"""Seats that a tier can have."""

Votes = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PerVotes:
    """Give every contender a seat for so many votes; the tier has as many seats as come of it.

    In a later tier over the same votes (`votes:` of the tier, by region or for the nation), `less` names the tiers in
    which seats were won with them: each takes its price off, so that the votes over of the smaller areas are counted
    together.

    Attributes
    ----------
    votes : int, optional
        The price of a seat, where the law fixes it.
    quota, seats, quota_of : str, int, str
        Else the price is a quota of the whole: of the votes there (those ``standing`` or a wider base) and of so many
        seats. It holds in every district.
    least : int, optional
        Votes over that win one more seat, for instance 30,001 where the law says more than half of 60,000.
    over : str
        Where votes are counted together: in each of the ``districts`` of the tier, or in the ``whole``.
    less : tuple of str
        Tiers counted before, whose seats take their price off the votes here.
    need : int, optional
        Votes that a contender has to have in one district of these tiers that lies here; else it wins nothing here,
        and keeps its votes for a later tier.
    as_won : bool
        Whether nobody wins more seats here than in these tiers.
    """

    name: ClassVar[str] = "per_votes"
    opens: ClassVar[bool] = True
    forms_magnitudes: ClassVar[bool] = True
    votes: int | None = None
    quota: str | None = None
    seats: int | None = None
    quota_of: Base = "standing"
    least: int | None = None
    over: Literal["districts", "whole"] = "districts"
    less: tuple[str, ...] = ()
    need: int | None = None
    as_won: bool = False
    cite: str

    def __post_init__(self) -> None:
        """Refuse a price that is none, and terms that need other tiers without them."""
        if (self.votes is None) == (self.quota is None) or (self.quota is None) != (self.seats is None):
            raise InvalidLaw(
                say("per_votes: the price is a number of votes, or a quota with its seats, one of them only")
            )
        if min(1 if n is None else n for n in (self.votes, self.seats)) < 1:
            raise InvalidLaw(say("per_votes: votes and seats are numbers above 0"))
        if self.quota is not None:
            quota_named(self.quota)
        if self.least is not None and (self.votes is None or not 1 <= self.least <= self.votes):
            raise InvalidLaw(say("per_votes: least is a number of votes over, from 1 to the price of a seat"))
        if not self.less and (self.need is not None or self.as_won):
            raise InvalidLaw(say("per_votes: need and as_won look at other tiers; name them in less"))

    def apply(self, count: Count) -> Count:
        """Return the count with the seats placed, and as many seats as that.

        Raises
        ------
        InvalidLaw
            The law fixes a number of seats, or a tier of `less` was not counted before.
        LawSilent
            The price is a quota, and nobody has a vote.
        InvalidSeats
            More seats come of it than a house can have.
        """
        if count.seats or count.area != NATION:
            raise InvalidLaw(
                say("per_votes: the votes decide how many seats {tier} has", tier=count.tier),
                hint=say("leave `seats` and `magnitudes` out, and let the step stand outside `each`"),
            )
        price = self._price(count)
        if self.over == "whole":
            nation = count.but(areas={})
            made = self._placed(nation, price, won_by_area(nation, self.less).get(count.area, {}), self._best(nation))
            return made.but(areas=count.areas)
        won, most = won_by_area(count, self.less), self._best(count)
        trail, areas = count.trail, {}
        for name in sorted(count.areas):
            part = self._placed(in_area(count, name).but(trail=trail), price, won.get(name, {}), most)
            trail, areas[name] = part.trail, part.but(trail=None)
        if not areas:
            return self._placed(count, price, won.get(count.area, {}), most)
        count = count.but(areas=areas, trail=trail)
        seats = sum(part.seats for part in areas.values())
        _check(count.tier, seats)
        return count.but(seats=seats)

    def _price(self, count: Count) -> Fraction:
        if self.votes is not None:
            return Fraction(self.votes)
        price = quota_named(self.quota or "")(count.base(self.quota_of), self.seats or 1)
        if not price:
            raise LawSilent(say("nobody has a vote, so that a seat has no price"))
        return price

    def _placed(
        self, part: Count, price: Fraction, won: Mapping[str, int], most: Mapping[str, Mapping[str, int]]
    ) -> Count:
        votes = part.contenders()
        over = {c: max(ratio(n) - price * won.get(c, 0), ratio(0)) for c, n in votes.items()}
        best = most.get(part.area, {})
        short = [] if self.need is None else sorted(c for c in votes if best.get(c, 0) < self.need)
        full = {c: self._full(n, price) for c, n in over.items()}
        seats = {c: 0 if c in short else n if not self.as_won else min(n, won.get(c, 0)) for c, n in full.items()}
        _check(part.tier, sum(seats.values()))
        line = [c for c in sorted(seats, key=lambda c: (-over[c], c)) if seats[c]]
        facts = {
            "price": price,
            "least": self.least,
            "less": self.less,
            "over": over,
            "seats": {c: seats[c] for c in line},
            "need": self.need,
            "short": [c for c in short if full[c]],
            "held": {c: n for c, n in full.items() if c not in short and n > seats[c]},
        }
        causes = [Cause(c, tuple(range(1, seats[c] + 1)), "quota", ratio(over[c], price)) for c in line]
        part = part.note("per_votes", self.cite, lambda: (facts, causes))
        return part.place(seats).but(seats=sum(seats.values()))

    def _full(self, votes: Fraction, price: Fraction) -> int:
        """Return the seats for so many votes."""
        seats = int(votes // price)
        return seats + (self.least is not None and votes - seats * price >= self.least)

    def _best(self, count: Count) -> dict[str, Votes]:
        """Return the most votes of each list in one district of the tiers of `less`, by the area that it lies in."""
        best: dict[str, Votes] = {}
        names = lists_by_party(count)
        for name in self.less if self.need is not None else ():
            tier = tier_done(count, name)
            lies_in = places(count, tier) if tier.areas else {tier.area: NATION}
            for district, part in (tier.areas or {tier.area: tier}).items():
                here = best.setdefault(lies_in[district], {})
                for line, n in part.contenders().items():
                    own = names.get(count.tally.party(line), line)
                    here[own] = _more(here.get(own, 0), n)
        return best

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say what a seat costs, who has how many votes for it, and what comes of it."""
        facts = entry.facts
        price = say("a seat for {price} votes", price=spell(facts["price"]))
        if facts["least"] is not None:
            price += say(", and one for {least} votes over", least=grouped(facts["least"]))
        out = [("quota", price)]
        if facts["less"]:
            tiers = ", ".join(named(tier) for tier in facts["less"])
            over = votes_first({c: n for c, n in facts["over"].items() if n})
            out.append(("votes", say("over from {tiers}: {over}", tiers=tiers, over=listed(over, spell))))
        text = listed(votes_first(facts["seats"])) if facts["seats"] else say("nobody wins one here")
        return [*out, ("seats", text + _less(facts["short"], facts["need"], facts["held"]))]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say what one contender has for its seats."""
        facts = entry.facts
        if contender not in facts["over"]:
            return []
        values = {"votes": spell(facts["over"][contender]), "price": spell(facts["price"])}
        n = facts["seats"].get(contender, 0)
        return [("seats", say("{votes} votes at {price} a seat: {n} seats", n=n, **values))]


def _more(one: int, other: int) -> int:
    return other if other > one else one


def _less(short: Iterable[str], need: int | None, held: Mapping[str, int]) -> str:
    """Return who wins less than its votes would give, and why."""
    text = ""
    if short:
        bar = grouped(need or 0)
        text += say("; nowhere {need} votes, and so no seat: {short}", need=bar, short=listed(list(short)))
    if held:
        text += say("; no more than won before, instead of {held}", held=listed(held))
    return text


def _check(tier: str, seats: int) -> None:
    if seats > LARGEST:
        raise InvalidSeats(
            say("{name}, {area}: {n:,} seats", name=tier, area=NATION, n=seats),
            hint=say("a number from 0 to {largest:,}", largest=LARGEST),
        )
