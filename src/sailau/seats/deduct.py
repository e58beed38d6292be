"""deduct: votes that won a seat in a district are taken off the lists that the winner is linked with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count
from sailau.seats.elsewhere import lists_by_party, places, tier_done
from sailau.terms.errors import InvalidLaw, MissingFigure
from sailau.terms.numbers import check_share
from sailau.terms.tally import LINES, NATION
from sailau.terms.trail import Entry
from sailau.terms.words import Words, grouped, listed, named, percent, say, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduct:
    """Take off each standing list the votes with which candidates linked to it won seats in another tier.

    A winner is linked with the lists that its `members` name, else with the list of its party. What is taken off a
    winner of several lists is divided among them in proportion to their votes in its district; parts of a vote stay
    with the list. Nobody falls below no votes. In one area (`each: district`) the districts of
    that name or in that region count. The base of a bar is not touched.

    Attributes
    ----------
    tier : str
        The tier of the winners.
    votes : str
        ``needed``: one more than the best loser of the district has; ``won``: all votes of the winner.
    least : Fraction, optional
        The part of the votes of the district for candidates that is taken off at the least; never more than the
        winner has.
    """

    name: ClassVar[str] = "deduct"
    tier: str
    votes: Literal["needed", "won"] = "needed"
    least: Fraction | None = None
    cite: str

    def __post_init__(self) -> None:
        """Refuse a least part that is no share, or that has no meaning."""
        if self.least is None:
            return
        check_share("deduct.least", self.least)
        if self.votes == "won":
            raise InvalidLaw(say("deduct: all votes of the winner are taken off, so `least` has no meaning"))

    def apply(self, count: Count) -> Count:
        """Return the count with the votes taken off.

        Raises
        ------
        InvalidLaw
            The tier was not counted before.
        MissingFigure
            A winner is linked with several lists, whose votes in its district are not known.
        """
        standing, off = count.contenders(), dict.fromkeys(count.contenders(), 0)
        for area, winner, n in self._won(count):
            for line, part in self._divided(count, area, winner, n).items():
                if line in standing:
                    off[line] += part
        votes = {line: max(0, n - off.get(line, 0)) for line, n in count.votes.items()}
        facts = {"tier": self.tier, "own": standing, "off": off, "votes": self.votes, "least": self.least}
        return count.note("deduct", self.cite, lambda: (facts, ())).but(votes=votes)

    def _won(self, count: Count) -> Iterator[tuple[str, str, int]]:
        """Yield (district, winner, votes taken off) of the districts that lie here."""
        tier = tier_done(count, self.tier)
        lies_in = places(count, tier)
        for area, part in (tier.areas or {tier.area: tier}).items():
            if count.area not in (NATION, area, lies_in.get(area)):
                continue
            cast = {c: n for c, n in part.cast.items() if c not in LINES}
            losers = [n for c, n in cast.items() if not part.placed.get(c)]
            for winner in sorted(c for c, n in part.placed.items() if n):
                yield area, winner, self._off(cast[winner], max(losers, default=0), sum(cast.values()))

    def _off(self, won: int, next_best: int, cast: int) -> int:
        if self.votes == "won":
            return won
        # Part of a vote cannot be taken off: the least is the first whole number that reaches the part.
        least = 0 if self.least is None else -(-self.least * cast // 1)
        return min(won, max(next_best + 1, least))

    def _divided(self, count: Count, area: str, winner: str, n: int) -> Mapping[str, int]:
        """Return what is taken off each list that the winner is linked with."""
        names = lists_by_party(count)
        marks = count.tally.contender(winner)
        parties: Sequence[str] = marks.members or (count.tally.party(winner),)
        linked = sorted({names[party] for party in parties if party in names})
        if len(linked) < 2:
            return dict.fromkeys(linked, n)
        here = count.areas.get(area)
        votes = {line: here.cast.get(line, 0) for line in linked} if here else {}
        if not any(votes.values()):
            raise MissingFigure(
                say(
                    "{winner} won {area} for {linked}, whose votes there are not known; what is taken off is divided "
                    "by them",
                    winner=winner,
                    area=area,
                    linked=", ".join(linked),
                ),
                hint=say(
                    "give the votes of {tier} by district, under the names of the districts of {tier2}",
                    tier=count.tier,
                    tier2=self.tier,
                ),
            )
        total = sum(votes.values())
        return {line: n * part // total for line, part in votes.items()}

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say what was taken off, and what is left."""
        facts = entry.facts
        own, off = facts["own"], {c: n for c, n in facts["off"].items() if n}
        kind = say("all votes of winners in {tier}", tier=named(facts["tier"]))
        if facts["votes"] == "needed":
            kind = say("what winners in {tier} needed, one vote more than the next", tier=named(facts["tier"]))
        if facts["least"] is not None:
            kind += say(", at least {share} of the district", share=percent(facts["least"]))
        left = {c: max(0, n - facts["off"][c]) for c, n in own.items()}
        return [
            ("taken off", f"{kind}: {_shown(off)}" if off else say("{kind}: nothing", kind=kind)),
            ("votes", _shown(left)),
        ]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say what one list's votes are made of."""
        facts = entry.facts
        if contender not in facts["own"]:
            return []
        own, off = facts["own"][contender], facts["off"][contender]
        sentence = "{own} votes less {off} with which its candidates won in {tier}: {all}"
        shown = {"own": grouped(own), "off": grouped(off), "all": grouped(max(0, own - off))}
        return [("taken off", say(sentence, tier=named(facts["tier"]), **shown))]


def _shown(votes: Mapping[str, int]) -> str:
    return listed(votes_first(votes), lambda n: grouped(n))
