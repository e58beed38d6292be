"""counterweight: a larger house, so that nobody holds more than a share of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count
from sailau.seats.elsewhere import lists_by_party, tier_done
from sailau.seats.formula import Formula
from sailau.seats.ties import tie_rule
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.numbers import check_share
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, listed, percent, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterweight(Formula):
    """Give the others further seats, the fewest with which nobody holds more than a share of the house.

    Attributes
    ----------
    share : Fraction
        The largest share of the house, those further seats included.
    tiers : tuple of str
        Tiers counted before, whose seats count together with those of this one.
    by : str
        What the further seats are in proportion to: the ``seats`` that the others won in `tiers` (without them, here)
        or their ``votes``.
    least, of : Fraction, str
        The share of the votes, and its base, that the others need for any.
    """

    name: ClassVar[str] = "counterweight"
    share: Fraction
    tiers: tuple[str, ...] = ()
    by: Literal["seats", "votes"] = "votes"
    least: Fraction | None = None
    of: Literal["valid", "list_votes", "standing"] = "valid"
    cite: str

    def __post_init__(self) -> None:
        """Refuse a share that leaves nothing to others, and a formula that is none."""
        check_share("counterweight.share", self.share)
        if not 0 < self.share < 1:
            raise InvalidLaw(say("counterweight.share is above 0 and below 1: a part of the house"))
        self.check_formula()

    def apply(self, count: Count) -> Count:
        """Return the count with the further seats placed; the house grows by them.

        Raises
        ------
        DrawRequired
            The last of them is tied.
        LawSilent
            There are no others to take them.
        """
        held = self._held(count)
        total = sum(held.values())
        most = max(held, key=lambda c: (held[c], c), default="")
        if not held or held[most] <= self.share * total:
            return count.note("counterweight.idle", self.cite, lambda: ({"share": self.share}, ()))
        n = -((-held[most] / self.share).__floor__()) - total
        claims = self._claims(count, held, most)
        if not any(claims.values()):
            raise LawSilent(
                say(
                    "{most} holds {held} of {total} seats, and there are no others to take more",
                    most=most,
                    held=held[most],
                    total=total,
                )
            )
        ties = tie_rule(count.but(votes=claims), self.name, self.ties)
        won = self.allocation(claims, n, ties).seats
        start = {c: count.placed.get(c, 0) for c in won}

        def facts() -> tuple[dict[str, object], list[Cause]]:
            told = {"share": self.share, "most": {most: held[most]}, "total": total, "n": n, "won": won}
            causes = [
                Cause(c, tuple(range(start[c] + 1, start[c] + s + 1)), "counterweight") for c, s in won.items() if s
            ]
            return told, causes

        return count.note("counterweight", self.cite, facts).place(won).but(extra=count.extra + n)

    def _held(self, count: Count) -> dict[str, int]:
        names = lists_by_party(count)
        held: dict[str, int] = {}
        for part in (*(tier_done(count, name) for name in self.tiers), count):
            for winner, n in part.total_placed().items():
                own = names.get(count.tally.party(winner), winner)
                held[own] = held.get(own, 0) + n
        return held

    def _claims(self, count: Count, held: dict[str, int], most: str) -> dict[str, int]:
        bar = 0 if self.least is None else self.least * count.base(self.of)
        votes = {c: count.cast.get(c, 0) for c in count.contenders() if c != most}
        able = [c for c, n in votes.items() if n >= bar]
        if self.by == "votes":
            return {c: votes[c] for c in able}
        if not self.tiers:
            return {c: held.get(c, 0) for c in able}
        names = lists_by_party(count)
        won: dict[str, int] = dict.fromkeys(able, 0)
        for name in self.tiers:
            for winner, n in tier_done(count, name).total_placed().items():
                own = names.get(count.tally.party(winner), winner)
                won |= {own: won[own] + n} if own in won else {}
        return won

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say who holds too much, and who gets further seats."""
        facts = entry.facts
        if entry.key == "counterweight.idle":
            return [("counterweight", say("nobody holds more than {share}", share=percent(facts["share"])))]
        text = say(
            "{most} of {total} is more than {share}: {n} further seats for the others: {won}",
            most=listed(facts["most"]),
            total=facts["total"],
            share=percent(facts["share"]),
            n=facts["n"],
            won=listed({c: s for c, s in facts["won"].items() if s}),
        )
        return [("counterweight", text)]
