"""whole_quotas: seats for whole quotas alone; those that nobody reaches are left to a later tier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count
from sailau.seats.elsewhere import tier_done
from sailau.terms.errors import LawSilent, MissingFigure, Undecided
from sailau.terms.quota import quota_named
from sailau.terms.tally import LINES
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, grouped, listed, named, say, spell, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeQuotas:
    """Place as many seats as a contender's votes hold whole quotas, and leave the rest to a later tier.

    The quota is formed from all votes for lists or candidates of the area, those below a bar included. The tier then
    has as many seats as were placed.

    Attributes
    ----------
    quota : str
        Votes per seat: hare, hare_rounded_up …
    of : str
        What the quota is formed in: each ``district``, or the ``region`` that it lies in.
    seats_of : str, optional
        With ``of: region``, the tier whose districts are the regions and give their numbers of seats.
    least : Fraction, optional
        The part of a quota that wins a further seat.
    most : int, optional
        The most seats of a contender here: 1 for a person.
    less : tuple of str
        Tiers counted before, whose seats in the area are taken off; a candidate's seat counts for its party.
    """

    name: ClassVar[str] = "whole_quotas"
    quota: str
    of: Literal["district", "region"] = "district"
    seats_of: str | None = None
    least: Fraction | None = None
    most: int | None = None
    less: tuple[str, ...] = ()
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with whole quotas placed in each area, and no seat left in the tier.

        Raises
        ------
        LawSilent
            The quotas give out more seats than the area has.
        MissingFigure
            The seats or the region of an area are not known.
        """
        trail, areas = count.trail, {}
        for name in sorted(count.areas):
            part = count.areas[name]
            standing = {line: n for line, n in part.votes.items() if line in count.votes}
            part = part.but(trail=trail, votes=standing)
            try:
                part = self._place(count, part)
            except Undecided as question:
                raise question.at(part.key(self.name), self.cite) from None
            trail, areas[name] = part.trail, part.but(trail=None)
        count = count.but(areas=areas, trail=trail)
        return count.but(seats=sum(count.total_placed().values()) + count.vacant)

    def _place(self, count: Count, part: Count) -> Count:
        total, seats = self.formed_from(count, part)
        if total == 0 or seats == 0:
            return part.but(seats=0)
        price = quota_named(self.quota)(total, seats)
        if price == 0:
            raise LawSilent(
                say(
                    "the {quota} of {total:,} votes and {seats:,} seats is 0 votes a seat",
                    quota=self.quota,
                    total=total,
                    seats=seats,
                )
            )
        won = self._won(count, part)
        claims = {c: Fraction(n) / price for c, n in part.contenders().items()}
        placed = {c: max(0, self._quotas(claim) - won.get(c, 0)) for c, claim in claims.items()}
        given = sum(placed.values()) + sum(won.values())
        if self.of == "district" and given > seats:
            raise LawSilent(
                say(
                    "the quotas give out {given} seats in {area}, which has {seats}",
                    given=given,
                    area=part.area,
                    seats=seats,
                )
            )
        line = sorted((c for c in placed if placed[c]), key=lambda c: (-part.votes[c], c))
        facts = {
            "quota_name": self.quota,
            "quota": price,
            "of": self._where(count, part),
            "total": total,
            "seats": seats,
            "claims": claims,
            "won": won,
            "placed": {c: placed[c] for c in line},
        }
        causes = [Cause(c, tuple(range(1, placed[c] + 1)), "quota", claims[c]) for c in line]
        return (
            part.note("whole_quotas", self.cite, lambda: (facts, causes)).place(placed).but(seats=sum(placed.values()))
        )

    def _quotas(self, claim: Fraction) -> int:
        whole = claim.numerator // claim.denominator
        if self.least is not None and claim - whole >= self.least:
            whole += 1
        return whole if self.most is None else min(whole, self.most)

    def formed_from(self, count: Count, part: Count) -> tuple[int, int]:
        """Return the votes and the seats that the quota is formed from."""
        if self.of == "district":
            return _lists(part.cast), part.seats
        region = self._where(count, part)
        votes = sum(_lists(other.cast) for name, other in count.areas.items() if _region(count, name) == region)
        ballots = count.tally.tiers.get(self.seats_of or count.tier)
        seats = ballots.seats.get(region) if ballots else None
        if seats is None:
            hint = say("give them in districts.csv of the election")
            raise MissingFigure(say("the seats of {region} are not known", region=region), hint=hint)
        return votes, seats

    def _where(self, count: Count, part: Count) -> str:
        return part.area if self.of == "district" else _region(count, part.area)

    def _won(self, count: Count, part: Count) -> dict[str, int]:
        """Return what was won in this area before, by those that take part and by others."""
        by_party = {count.tally.party(c): c for c in part.contenders()}
        won: dict[str, int] = {}
        for tier in self.less:
            before = tier_done(count, tier)
            for name, other in before.areas.items():
                if part.area not in (name, before.ballots.regions.get(name)):
                    continue
                for winner, n in other.total_placed().items():
                    contender = by_party.get(count.tally.party(winner), winner)
                    won[contender] = won.get(contender, 0) + n
        return won

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say the price of a seat, and what was won."""
        facts = entry.facts
        price = say(
            "{name} of {total} votes and {seats} seats in {area} = {price}",
            name=named(facts["quota_name"]),
            total=grouped(facts["total"]),
            seats=facts["seats"],
            area=facts["of"],
            price=spell(facts["quota"]),
        )
        before = say(", beside {won} before", won=listed(facts["won"])) if facts["won"] else ""
        return [("quota", price), ("whole", listed(votes_first(facts["placed"])) + before)]


def _lists(lines: Mapping[str, int]) -> int:
    return sum(n for line, n in lines.items() if line not in LINES)


def _region(count: Count, area: str) -> str:
    region = count.ballots.regions.get(area)
    if region is None:
        raise MissingFigure(
            say("the region of {area} is not known", area=area), hint=say("give it in districts.csv of the election")
        )
    return region
