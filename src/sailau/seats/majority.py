"""majority: whoever has more than half of the votes has more than half of the seats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.averages import highest_averages
from sailau.seats.count import Count
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import quotient, settle
from sailau.terms.divisor import divisor_named
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.numbers import check_share
from sailau.terms.quota import quota_named
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, decimal, listed, named, percent, say


def _without(rested: Mapping[str, Mapping[str, int]], loser: str) -> Mapping[str, Mapping[str, int]]:
    """Return the seats of steps for what was left over without one of the loser's, the one given last."""
    ways = [way for way, seats in rested.items() if seats.get(loser)]
    if not ways:
        return rested
    way = ways[-1]
    ours = {**rested[way], loser: rested[way][loser] - 1}
    return {**rested, way: {c: n for c, n in ours.items() if n}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Majority:
    """Give seats to a contender with more than a share of the votes and no more than that share of the seats.

    Attributes
    ----------
    share, of : Fraction, str
        The share, and the base of the votes.
    give : str
        ``exchange``: one seat, that another contender loses; ``add``: as many as it takes, by which the house grows;
        ``ahead``: one seat before all others, which everybody then shares out anew; ``assure``: as many as it takes,
        and the others share out the rest anew.
    by : str
        Who loses the seat: of those who got a seat that whole quotas did not give, the one with the
        ``smallest_average`` (votes over the divisor of its last seat) or the ``smallest_remainder``.
    quota, quota_of : str
        The price of a seat in the first distribution; without one every seat can be lost.
    divisor : str
        The sequence of the averages, and of seats that are shared out anew.
    ties : tuple of str
        Rules for equals, in turn: who keeps its seat.
    """

    name: ClassVar[str] = "majority"
    share: Fraction = Fraction(1, 2)
    of: Base = "list_votes"
    give: Literal["exchange", "add", "ahead", "assure"] = "exchange"
    by: Literal["smallest_average", "smallest_remainder"] = "smallest_average"
    quota: str | None = None
    quota_of: Base = "standing"
    divisor: str = "dhondt"
    ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse a share that is none, and remainders of no quota."""
        check_share("majority.share", self.share)
        if not Fraction(1, 2) <= self.share < 1:
            raise InvalidLaw(say("majority.share is a half or more, and less than all"))
        if self.by == "smallest_remainder" and self.quota is None:
            raise InvalidLaw(say("majority: the smallest remainder needs the quota that the first distribution had"))

    def apply(self, count: Count) -> Count:
        """Return the count with the seats that the majority is due.

        Raises
        ------
        DrawRequired
            Several are equally near to losing the seat, and no rule of the law settles it.
        LawSilent
            Nobody has a seat to lose.
        """
        base, seats = count.base(self.of), sum(count.total_placed().values())
        first = [c for c, n in count.contenders().items() if n > self.share * base]
        held = count.total_placed().get(first[0], 0) if first else 0
        if not first or held > self.share * seats:
            return count.note("majority.idle", self.cite, lambda: ({"of": self.of, "winner": first}, ()))
        winner = first[0]
        if self.give == "add":
            return self._add(count, winner, held, seats)
        if self.give in ("ahead", "assure"):
            return self._anew(count, winner, seats)
        return self._exchange(count, winner)

    def _add(self, count: Count, winner: str, held: int, seats: int) -> Count:
        # The smallest n with held + n > share * (seats + n).
        n = ((self.share * seats - held) / (1 - self.share)).__floor__() + 1
        facts = {"winner": winner, "n": n, "loser": {}, "share": self.share, "of": self.of}
        causes = [Cause(winner, tuple(range(held + 1, held + n + 1)), "majority_seat")]
        return count.note("majority", self.cite, lambda: (facts, causes)).place({winner: n}).but(extra=count.extra + n)

    def _anew(self, count: Count, winner: str, seats: int) -> Count:
        """Give the winner its seats first, and share out the others anew."""
        votes, rule = count.contenders(), divisor_named(self.divisor)
        first = 1 if self.give == "ahead" else (self.share * seats).__floor__() + 1
        among = votes if self.give == "ahead" else {c: n for c, n in votes.items() if c != winner}
        ties = tie_rule(count, self.name, self.ties)
        made = highest_averages(among, seats - first, divisor=rule, ties=ties).seats
        placed = {**made, winner: made.get(winner, 0) + first}
        gained = {c: n - count.placed.get(c, 0) for c, n in placed.items()}
        lost = [(count.tier, count.area, c) for c in sorted(gained) for _ in range(-gained[c])]
        causes = [
            Cause(c, tuple(range(placed[c] - n + 1, placed[c] + 1)), "majority_seat" if c == winner else "quotient")
            for c, n in sorted(gained.items())
            if n > 0
        ]
        facts = {"winner": winner, "n": gained[winner], "loser": {}, "share": self.share, "of": self.of}
        facts |= {"lost": lost, "anew": {c: n for c, n in placed.items() if n}}
        count = count.note("majority", self.cite, lambda: (facts, causes))
        return count.but(placed={c: n for c, n in placed.items() if n})

    def _exchange(self, count: Count, winner: str) -> Count:
        claims = {c: claim for c, claim in self._claims(count).items() if c != winner}
        if not claims:
            raise LawSilent(
                say("{winner} has a majority of the votes, but nobody has a seat that could pass to it", winner=winner)
            )
        least = min(claims.values())
        equal = sorted(c for c, claim in claims.items() if claim == least)
        loser = equal[0]
        if len(equal) > 1:
            rule = tie_rule(count, self.name, self.ties)
            keep = settle(equal, len(equal) - 1, rule, standing=count.placed, why=say("equally near to losing a seat"))
            loser = next(c for c in equal if c not in keep)
        facts = {"winner": winner, "n": 1, "loser": {loser: least}, "share": self.share, "of": self.of}
        lost = [(count.tier, count.area, loser)]
        causes = [Cause(winner, (count.placed.get(winner, 0) + 1,), "majority_seat")]
        count = count.note("majority", self.cite, lambda: ({**facts, "lost": lost}, causes))
        placed = {**count.placed, winner: count.placed.get(winner, 0) + 1, loser: count.placed[loser] - 1}
        return count.but(placed={c: n for c, n in placed.items() if n}, rested=_without(count.rested, loser))

    def _claims(self, count: Count) -> Mapping[str, Fraction]:
        """Return what those who can lose a seat put forward for it."""
        votes, rule = count.contenders(), divisor_named(self.divisor)
        whole: dict[str, int] = {}
        rests: dict[str, Fraction] = {}
        if self.quota is not None:
            price = quota_named(self.quota)(count.base(self.quota_of), max(count.seats, 1))
            whole = {c: int(n // price) for c, n in votes.items()}
            rests = {c: n / price - whole[c] for c, n in votes.items()}
        able = [c for c in votes if count.placed.get(c, 0) > whole.get(c, 0)]
        if self.by == "smallest_remainder":
            return {c: rests[c] for c in able}
        found = {c: quotient(votes[c], count.placed[c] - 1, rule) for c in able}
        return {c: value for c, value in found.items() if value is not None}

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say who has a majority of the votes, and what it gets."""
        facts = entry.facts
        if entry.key == "majority.idle":
            if facts["winner"]:
                return [("majority", say("{winner} has its majority of the seats", winner=listed(facts["winner"])))]
            return [("majority", say("nobody has a majority of the votes"))]
        text = say(
            "{winner} has more than {share} of {of}, and no such share of the seats: {n} more",
            winner=facts["winner"],
            share=percent(facts["share"]),
            of=named(facts["of"]),
            n=facts["n"],
        )
        loser = say("; taken from {loser}", loser=listed(facts["loser"], decimal)) if facts["loser"] else ""
        anew = say("; shared out anew: {seats}", seats=listed(facts["anew"])) if "anew" in facts else ""
        return [("majority", text + loser + anew)]
