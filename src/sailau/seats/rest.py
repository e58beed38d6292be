"""rest: seats that whole quotas left over, given out by one rule; several such steps can follow one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.averages import award_order, highest_averages
from sailau.seats.count import Count
from sailau.seats.formula import Limit
from sailau.seats.pool import room
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.divisor import divisor_named
from sailau.terms.errors import InvalidLaw
from sailau.terms.numbers import ratio
from sailau.terms.quota import quota_named
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, claim, decimal, divided_by, listed, say, spell

Won = dict[str, int]
Way = Literal["largest_remainders", "most_votes", "highest_averages", "first"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Give out the seats that are left, to those who may take one; what nobody may take is left to the next step.

    Attributes
    ----------
    to : str
        ``largest_remainders``: one seat each, in the order of what the votes exceed whole quotas by; ``most_votes``:
        one seat each, in the order of the votes; ``highest_averages``: by the quotients of `divisor`, on from the
        seats held; ``first``: all of them to whoever has the most votes.
    seats : int, optional
        The most seats of this step; what is beyond them is left to the next step.
    again : bool
        Whether the order is gone through again and again until no seat is left (the first two ways).
    quota, quota_of : str
        The price of a seat, as the first distribution had it; needed for remainders and for `least`.
    least : Fraction, optional
        The part of a quota that a contender's votes need for a seat here, for instance 3/4.
    least_rest : Fraction, optional
        The part of a quota that its remainder needs.
    below : int, optional
        Only those take part who hold fewer seats than this.
    seated : bool
        Whether only those take part who hold a seat here already.
    most : int, optional
        The most seats of a contender in this step (highest averages).
    divisor : str
        The sequence of highest averages.
    once : bool
        Whether those who still hold a seat given in the same way by an earlier step take no part.
    without : str, optional
        Who got a seat in this way takes no part: one of the ways of `to`, or ``second_scrutiny``.
    limit : str
        As in `allocate`.
    ties : tuple of str
        Rules for equal claims, in turn.
    """

    name: ClassVar[str] = "rest"
    to: Way
    seats: int | None = None
    again: bool = False
    quota: str | None = None
    quota_of: Base = "standing"
    least: Fraction | None = None
    least_rest: Fraction | None = None
    below: int | None = None
    seated: bool = False
    most: int | None = None
    divisor: str = "dhondt"
    once: bool = False
    without: Literal[Way, "second_scrutiny"] | None = None
    limit: Limit = "none"
    ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse terms that do not go together."""
        by_parts = self.least is not None or self.least_rest is not None
        if self.quota is None and (by_parts or self.to == "largest_remainders"):
            raise InvalidLaw(
                say("rest: remainders and parts of a quota need the quota that the first distribution had")
            )
        if self.to in ("highest_averages", "first") and self.again:
            raise InvalidLaw(say("rest: {to} leaves nothing to go through again", to=self.to))
        if self.seats is not None and self.seats < 1:
            raise InvalidLaw(say("rest: seats is the most that this step gives out, 1 or more"))
        if self.below is not None and self.below < 1:
            raise InvalidLaw(say("rest: nobody holds fewer seats than none; below is 1 or more"))
        if self.most is not None and (self.to != "highest_averages" or self.most < 1):
            raise InvalidLaw(
                say("rest: most is a number of seats above 0 for highest averages; other ways give one each")
            )

    def apply(self, count: Count) -> Count:
        """Return the count with seats placed on those who may take one.

        Raises
        ------
        DrawRequired
            Equal claims to the last seat, and no rule of the law settles it.
        """
        seats, takers = count.left(), self._takers(count)
        if seats <= 0 or not takers:
            return count.note("rest.idle", self.cite, lambda: ({"seats": max(seats, 0)}, ()))
        seats = seats if self.seats is None else min(seats, self.seats)
        if self.to == "highest_averages":
            return self._by_averages(count, takers, seats)
        won = self._first(count, takers, seats) if self.to == "first" else self._in_order(count, takers, seats)
        return self._placed(self._note(count, takers, won), won)

    def _placed(self, count: Count, won: Won) -> Count:
        """Place seats, and remember in which way they were given."""
        before = count.rested.get(self.to, {})
        ours = {c: before.get(c, 0) + won.get(c, 0) for c in {**before, **won}}
        return count.place(won).but(rested={**count.rested, self.to: {c: n for c, n in ours.items() if n}})

    def _takers(self, count: Count) -> dict[str, int]:
        votes = {c: n for c, n in count.contenders().items() if n}
        if self.once:
            votes = {c: n for c, n in votes.items() if c not in count.rested.get(self.to, {})}
        if self.without is not None:
            votes = {c: n for c, n in votes.items() if c not in count.rested.get(self.without, {})}
        if self.below is not None:
            votes = {c: n for c, n in votes.items() if count.placed.get(c, 0) < self.below}
        if self.seated:
            votes = {c: n for c, n in votes.items() if count.placed.get(c)}
        if self.least is not None:
            bar = self.least * self._price(count)
            votes = {c: n for c, n in votes.items() if n >= bar}
        if self.least_rest is not None:
            rests = self._remainders(count, votes)
            votes = {c: n for c, n in votes.items() if rests[c] >= self.least_rest}
        full = self._room(count)
        return {c: n for c, n in votes.items() if full.get(c, 1) > 0}

    def _room(self, count: Count) -> dict[str, int]:
        """Return the seats that contenders can still take, where their persons are counted."""
        if self.limit == "none":
            return {}
        persons = room(count.tally, count.contenders(), count.pools)
        return {c: n - count.placed.get(c, 0) for c, n in persons.items()}

    def _price(self, count: Count) -> Fraction:
        return quota_named(self.quota or "hare")(count.base(self.quota_of), max(count.seats, 1))

    def _remainders(self, count: Count, votes: Mapping[str, int]) -> dict[str, Fraction]:
        """Return what the votes exceed whole quotas by, in quotas."""
        price = self._price(count)
        return (
            {c: n / price - (n / price).__floor__() for c, n in votes.items()} if price else dict.fromkeys(votes, price)
        )

    def _in_order(self, count: Count, takers: Mapping[str, int], seats: int) -> Won:
        """Give one seat each in the order of the claims, and again where the law says so."""
        claims = self._claims(count, takers)
        left = self._room(count)
        won = dict.fromkeys(takers, 0)
        while seats and takers:
            lucky = _first_of(count, claims, takers, min(seats, len(takers)), self.ties)
            for contender in lucky:
                won[contender] += 1
            seats -= len(lucky)
            takers = {c: n for c, n in takers.items() if left.get(c, won[c] + 1) > won[c]} if self.again else {}
        return won

    def _claims(self, count: Count, takers: Mapping[str, int]) -> dict[str, Fraction]:
        if self.to == "largest_remainders":
            return self._remainders(count, takers)
        return {c: ratio(n) for c, n in takers.items()}

    def _first(self, count: Count, takers: Mapping[str, int], seats: int) -> Won:
        claims = {c: ratio(n) for c, n in takers.items()}
        return {_first_of(count, claims, takers, 1, self.ties)[0]: seats}

    def _by_averages(self, count: Count, takers: Mapping[str, int], seats: int) -> Count:
        held = {c: count.placed.get(c, 0) for c in takers}
        full = self._room(count)
        most = {c: min(full.get(c, seats), seats if self.most is None else self.most) for c in takers}
        seats = min(seats, sum(most.values()))
        limits, rule = {c: held[c] + most[c] for c in takers}, divisor_named(self.divisor)
        ties = tie_rule(count, self.name, self.ties)
        made = highest_averages(takers, seats, divisor=rule, ties=ties, held=held, limits=limits)
        won = {c: made.seats[c] - held[c] for c in takers}

        def facts() -> tuple[dict[str, object], Sequence[Cause]]:
            order = award_order(takers, seats, rule, held, {c: made.seats[c] for c in takers})
            causes = [Cause(c, (n,), "quotient", value, rank) for rank, (c, n, value) in enumerate(order, 1)]
            ends = {"last": {causes[-1].contender: causes[-1].claim}, "power": rule.power, "formula": rule.formula}
            return {"seats": seats, "won": won, "to": self.to, **ends}, causes

        return self._placed(count.note("rest.highest_averages", self.cite, facts), won)

    def _note(self, count: Count, takers: Mapping[str, int], won: Won) -> Count:
        def facts() -> tuple[dict[str, object], Sequence[Cause]]:
            claims = self._claims(count, takers)
            line = sorted((c for c in won if won[c]), key=lambda c: (-claims[c], c))
            kind = {"largest_remainders": "remainder", "most_votes": "in_turn"}.get(self.to, "rest")
            start = {c: count.placed.get(c, 0) for c in line}
            causes = [
                Cause(c, tuple(range(start[c] + 1, start[c] + won[c] + 1)), kind, claims[c], rank)
                for rank, c in enumerate(line, 1)
            ]
            told = {"seats": sum(won.values()), "won": {c: won[c] for c in line}, "to": self.to, "claims": claims}
            return told, causes

        return count.note(f"rest.{self.to}", self.cite, facts)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say how many seats were left, and to whom they go."""
        facts = entry.facts
        if entry.key == "rest.idle":
            return [("rest", say("nobody may take one here") if facts["seats"] else say("none left"))]
        if entry.key == "rest.highest_averages":

            def show(value: Fraction | None) -> str:
                return claim(value, facts["power"])

            head = say(
                "{n} seats to the highest quotients, votes / ({formula})",
                n=facts["seats"],
                formula=divided_by(facts["formula"]),
            )
            last = say("; last: {last}", last=listed(facts["last"], show))
            return [("rest", head + say(": {won}", won=listed(_some(facts["won"]))) + last)]
        ways = {
            "largest_remainders": say("one each to the largest remainders"),
            "most_votes": say("one each in the order of the votes"),
            "first": say("to the largest"),
        }
        shown = decimal if facts["to"] == "largest_remainders" else spell
        claims = {c: facts["claims"][c] for c in facts["won"]}
        text = say("{n} seats, {way}: {won}", n=facts["seats"], way=ways[facts["to"]], won=listed(facts["won"]))
        return [("rest", text + say(" ({claims})", claims=listed(claims, shown)))]


def _some(won: Mapping[str, int]) -> dict[str, int]:
    return {c: n for c, n in won.items() if n}


def _first_of(
    count: Count, claims: Mapping[str, Fraction], takers: Mapping[str, int], choose: int, ties: Sequence[str]
) -> list[str]:
    """Return who has the largest claims; equal ones at the cut are settled by the rules of the law."""
    line = sorted(takers, key=lambda c: (-claims[c], c))
    cut = claims[line[choose - 1]]
    sure = [c for c in line if claims[c] > cut]
    equal = [c for c in line if claims[c] == cut]
    if len(sure) + len(equal) > choose:
        standing = {**count.placed, **{c: count.placed.get(c, 0) + 1 for c in sure}}
        rule = tie_rule(count, Rest.name, ties)
        equal = list(
            settle(equal, choose - len(sure), rule, standing=standing, why=say("equal claims to a seat left over"))
        )
    return sure + equal
