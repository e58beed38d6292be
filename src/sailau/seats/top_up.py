"""top_up: further seats for the party that has too few of them for its votes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.elsewhere import lists_by_party, tier_done
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.numbers import ratio
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, decimal, listed, say


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUp:
    """Where two parties alone won seats, bring the one with too few up to the proportion of their votes.

    The votes are those of this tier, or the first preferences of candidates in `tiers`, added up by party. The price is
    the other party's votes for each of its seats; the number of further seats is the multiple of `step` that comes
    nearest to what is wanting.

    Attributes
    ----------
    tiers : tuple of str
        Tiers counted before, whose seats and votes count.
    step : int
        Seats are added by so many at a time; 2 keeps an odd house odd.
    """

    name: ClassVar[str] = "top_up"
    opens: ClassVar[bool] = True
    tiers: tuple[str, ...]
    step: int = 1
    cite: str

    def __post_init__(self) -> None:
        """Refuse steps of no seats."""
        if self.step < 1:
            raise InvalidLaw(say("top_up.step is a number of seats, 1 or more"))

    def apply(self, count: Count) -> Count:
        """Return the count with the further seats placed; the house grows by them.

        Raises
        ------
        LawSilent
            What is wanting lies halfway between two numbers of seats.
        """
        held, votes = self._by_party(count)
        winners = sorted(c for c, n in held.items() if n)
        if len(winners) != 2:
            return count.note("top_up.idle", self.cite, lambda: ({"winners": winners}, ()))
        short, other = sorted(winners, key=lambda c: (ratio(held[c], max(votes[c], 1)), c))
        wanting = ratio(votes[short] * held[other], votes[other]) - held[short] if votes[other] else Fraction(0)
        steps = wanting / self.step
        n = (steps + Fraction(1, 2)).__floor__() * self.step
        if steps.denominator == 2:
            raise LawSilent(
                say(
                    "{short} lacks {decimal} seats, halfway between two numbers of seats",
                    short=short,
                    decimal=decimal(wanting),
                )
            )
        facts = {"held": held, "votes": votes, "short": short, "wanting": wanting, "n": n}
        causes = [Cause(short, tuple(range(1, n + 1)), "top_up")] if n else []
        return count.note("top_up", self.cite, lambda: (facts, causes)).place({short: n}).but(extra=count.extra + n)

    def _by_party(self, count: Count) -> tuple[dict[str, int], dict[str, int]]:
        names = lists_by_party(count)
        held: dict[str, int] = {}
        for name in self.tiers:
            declared = count.tally.declared.get(name) if name not in count.done else None
            placed = declared if declared is not None else tier_done(count, name).total_placed()
            for winner, n in placed.items():
                own = names.get(count.tally.party(winner), count.tally.party(winner))
                held[own] = held.get(own, 0) + n
        votes = dict.fromkeys(held, 0) | count.contenders()
        if not count.contenders():
            for name in self.tiers:
                for candidate, n in tier_done(count, name).cast.items():
                    party = count.tally.party(candidate)
                    votes |= {party: votes[party] + n} if party in votes else {}
        return held, votes

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say what is wanting, and what is added."""
        facts = entry.facts
        if entry.key == "top_up.idle":
            return [(say("top up"), say("{n} parties won seats: nothing is added", n=len(facts["winners"])))]
        text = say(
            "{held} for {votes} votes: {short} lacks {wanting}; added {n}",
            held=listed(facts["held"]),
            votes=listed({c: facts["votes"][c] for c in facts["held"]}),
            short=facts["short"],
            wanting=decimal(facts["wanting"]),
            n=facts["n"],
        )
        return [(say("top up"), text)]
