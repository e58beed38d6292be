"""allocate: seats to contenders by a quota or a divisor formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.averages import highest_averages
from sailau.seats.count import Count
from sailau.seats.formula import Excess, Formula, Limit, formula_words, reasons, words_without
from sailau.seats.guarantee import weighted_quotas
from sailau.seats.pool import room
from sailau.seats.remainders import price_of
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import Allocation, TieRule
from sailau.terms.divisor import divisor_named
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.quota import quota_named
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, decimal, listed, say, spell

MOST_DECIMALS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocate(Formula):
    """Share out the seats that are left among the contenders that take part.

    Attributes
    ----------
    limit : str
        ``candidates``: nobody gets more seats than it has persons for; the quotients pass on to the others.
    excess : str
        What follows when whole quotas give out more seats than there are: ``refuse`` (the law has no rule), or the
        smallest remainders give back one seat each.
    quota_of : str
        The votes that the quota is formed from: those ``standing`` (who take part), or a wider base, for instance
        ``valid``.
    most : int, optional
        Seats that nobody passes here, those placed before included. The quotients pass on to the others; whole quotas
        that cannot be taken stay for a later step.
    seated : bool
        Whether only those take part who hold a seat here already.
    decimals : int, optional
        With the quota hare: decimals to which each share of the votes is rounded, half up, before whole quotas and
        remainders are worked out from the shares. With a divisor alone: decimals to which each quotient is rounded up
        before quotients are compared.
    """

    name: ClassVar[str] = "allocate"
    limit: Limit = "none"
    excess: Excess = "refuse"
    quota_of: Base = "standing"
    most: int | None = None
    seated: bool = False
    decimals: int | None = None
    cite: str

    def __post_init__(self) -> None:
        """Refuse a formula that is none, or two, a limit that a quota cannot keep, and shares that nothing uses."""
        self.check_formula(self.limit if self.most is None else "candidates")
        if self.most is not None and self.most < 1:
            raise InvalidLaw(say("allocate: most is a number of seats above 0"))
        if self.quota is None and self.quota_of != "standing":
            raise InvalidLaw(say("quota_of says what a quota is formed from, but the formula has no quota"))
        fits = self.quota == "hare" if self.quota is not None else divisor_named(self.divisor or "").power == 1
        if self.decimals is not None and not (fits and self.quota_of == "standing"):
            raise InvalidLaw(say("decimals need the quota hare of those that take part, or a divisor alone"))
        if self.decimals is not None and not 1 <= self.decimals <= MOST_DECIMALS:
            raise InvalidLaw(say("decimals: from 1 to {most}", most=MOST_DECIMALS))

    def apply(self, count: Count) -> Count:
        """Return the count with the seats placed.

        Raises
        ------
        DrawRequired
            The last seat is tied and no rule of the law settles it.
        LawSilent
            Nobody takes part, or the formula gives out more seats than there are.
        """
        votes, seats = count.contenders(), count.left()
        if self.seated:
            votes = {c: n for c, n in votes.items() if count.placed.get(c)}
        if seats <= 0:
            return count
        if not votes:
            raise LawSilent(say("nobody takes part in the distribution of {seats} seats", seats=seats))
        total = None if self.quota_of == "standing" else count.base(self.quota_of)
        admitted = {c: terms for c, terms in count.admitted.items() if c in votes}
        if admitted:
            if self.quota is None:
                raise LawSilent(say("lists were admitted by a guarantee, but the law has no quota to weight"))
            price = price_of(votes, seats, quota_named(self.quota), total)
            return weighted_quotas(count.but(admitted=admitted), price, self.cite)
        limits = self._limits(count, votes)
        ties = tie_rule(count, self.name, self.ties)
        made = self._made(votes, seats, ties, limits, total)
        count = count.note(f"allocate.{self.kind(made)}", self.cite, lambda: self._told(made))
        return count.place(made.seats)

    def _made(
        self, votes: Mapping[str, int], seats: int, ties: TieRule, limits: Mapping[str, int] | None, total: int | None
    ) -> Allocation:
        if self.decimals is None:
            return self.allocation(votes, seats, ties, limits=limits, excess=self.excess, total=total)
        if self.quota is None:
            rule = divisor_named(self.divisor or "", self.first).rounding_up(self.decimals)
            return highest_averages(votes, seats, divisor=rule, ties=ties, limits=limits)
        scale = 10**self.decimals
        return self.allocation(shares(votes, scale), seats, ties, limits=limits, excess=self.excess, total=scale)

    def _told(self, made: Allocation) -> tuple[dict[str, object], Sequence[Cause]]:
        facts, causes = reasons(made, self)
        return ({**facts, "decimals": self.decimals} if self.decimals is not None else facts), causes

    def _limits(self, count: Count, votes: Mapping[str, int]) -> Mapping[str, int] | None:
        limits = room(count.tally, votes, count.pools) if self.limit == "candidates" else None
        if self.most is None:
            return limits
        left = {c: max(0, self.most - count.placed.get(c, 0)) for c in votes}
        return {c: min(n, (limits or left).get(c, n)) for c, n in left.items()}

    words_without = staticmethod(words_without)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say the price of a seat, whole seats, and where the last ones went."""
        if entry.key == "allocate.guaranteed":
            return _guaranteed_words(entry)
        if "decimals" not in entry.facts:
            return formula_words(entry)
        sentence = (
            "of the votes that take part, rounded to {n} decimals; the figures below are in units of the last one"
        )
        n = entry.facts["decimals"]
        if "quota_name" not in entry.facts:
            return [
                ("rounded", say("rounded up to {n} decimals before they are compared", n=n)),
                *formula_words(entry),
            ]
        return [("shares", say(sentence, n=n)), *formula_words(entry)]


def shares(votes: Mapping[str, int], scale: int) -> dict[str, int]:
    """Return the shares of `votes` in units of 1/scale, rounded half up."""
    total = sum(votes.values())
    return {c: (2 * n * scale + total) // (2 * total) if total else 0 for c, n in votes.items()}


def _guaranteed_words(entry: Entry) -> Words:
    facts = entry.facts
    sentence = "quotas {claims}; whole or guaranteed: {whole}"
    out = [
        ("quota", spell(facts["quota"])),
        ("whole", say(sentence, claims=listed(facts["claims"], decimal), whole=listed(facts["whole"]))),
    ]
    if facts["rest"]:
        out.append(("rest", say("all {rest} seats left go to {to}", rest=facts["rest"], to=listed(facts["to"]))))
    return out
