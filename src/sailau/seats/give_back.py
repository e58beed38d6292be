"""give_back: seats of districts beyond a contender's share of the whole go to others in the same district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar

from sailau.seats.averages import highest_averages
from sailau.seats.count import Count
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import quotient, settle
from sailau.terms.divisor import Divisor, divisor_named
from sailau.terms.errors import LawSilent, MissingFigure, Undecided
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, claim, say


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack:
    """Take back the weakest district seats of whoever holds more than its share, and give them out again.

    A seat goes back where its quotient was the lowest, and to a contender of the same district that has not reached
    its share of the whole. Where several seats wait, the largest quotient in any of their districts comes first.

    Attributes
    ----------
    tier : str
        The tier, counted before, whose seats are looked at.
    total : int
        Seats of the house, shared out for the whole among those that take part here.
    divisor, first, ties
        The divisor sequence, for the share and for the districts.
    smallest : int
        Districts with fewer seats give nothing back.
    totals : bool
        True where a tally of national totals, without the votes of `tier`, is counted without this step.
    """

    name: ClassVar[str] = "give_back"
    tier: str
    total: int
    divisor: str
    first: Fraction | None = None
    smallest: int = 1
    totals: bool = False
    ties: tuple[str, ...] = ()
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with the seats of `tier` given out again.

        Raises
        ------
        DrawRequired
            Equal quotients, and no rule of the law tells them apart.
        LawSilent
            Nobody in a district may take the seat.
        MissingFigure
            The tier was not counted.
        """
        tier = count.done.get(self.tier)
        if tier is None:
            if self.totals:
                return count
            raise MissingFigure(
                say("{tier} looks at the seats of {tier2}, which was not counted", tier=count.tier, tier2=self.tier)
            )
        try:
            exchange = self._exchange(count, tier)
        except Undecided as question:
            raise question.at(count.key(self.name), self.cite) from None
        areas = {name: part.but(placed=exchange.placed[name]) for name, part in tier.areas.items()}
        count = count.note("give_back", self.cite, lambda: exchange.reasons(self.tier))
        return count.but(done={**count.done, self.tier: tier.but(areas=areas)})

    def _exchange(self, count: Count, tier: Count) -> Exchange:
        votes, rule = count.contenders(), divisor_named(self.divisor, self.first)
        held = tier.total_placed()
        others = sum(n for c, n in held.items() if c not in votes)
        ties = tie_rule(count, self.name, self.ties)
        due = highest_averages(votes, self.total - others, divisor=rule, ties=ties).seats
        placed = {name: dict(part.placed) for name, part in tier.areas.items()}
        exchange = Exchange(count, rule, {name: part.cast for name, part in tier.areas.items()}, placed, due)
        may = [name for name, part in tier.areas.items() if part.seats >= self.smallest]
        for contender in sorted(due):
            for _ in range(held.get(contender, 0) - due[contender]):
                if not exchange.take(contender, may):
                    break
        exchange.give()
        return exchange

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say which seats went back, and to whom they went."""
        facts = entry.facts
        if not facts["moved"]:
            return [("given back", say("nobody holds more than its share"))]
        return [
            (
                "given back",
                say(
                    "{area}: {loser} (quotient {lost}, beyond its share of {due}) to {winner} (quotient {won})",
                    area=m["area"],
                    loser=m["from"],
                    lost=claim(m["lost"]),
                    due=facts["due"][m["from"]],
                    winner=m["to"],
                    won=claim(m["won"]),
                ),
            )
            for m in facts["moved"]
        ]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say which seats a contender gave back or got."""
        moved = [m for m in entry.facts["moved"] if contender in (m["from"], m["to"])]
        return GiveBack.words(entry) if moved else []


@dataclass
class Exchange:
    """Seats of districts on their way from one contender to another."""

    count: Count
    rule: Divisor
    votes: Mapping[str, Mapping[str, int]]
    placed: dict[str, dict[str, int]]
    due: Mapping[str, int]
    taken: list[tuple[str, str, Fraction]] = field(default_factory=list)
    given: list[tuple[str, Fraction]] = field(default_factory=list)

    def take(self, contender: str, areas: Sequence[str]) -> bool:
        """Take back the contender's seat with the lowest quotient; say whether there was one."""
        claims = {
            name: self._claim(contender, name, self.placed[name][contender] - 1)
            for name in areas
            if self.placed[name].get(contender)
        }
        if not claims:
            return False
        area = self._only(
            [name for name in claims if claims[name] == min(claims.values())], say("equal lowest quotients")
        )
        self.placed[area][contender] -= 1
        self.taken.append((contender, area, claims[area]))
        return True

    def give(self) -> None:
        """Give the seats taken back one by one, each to the largest quotient that is left in any of their districts.

        Who takes part: the contenders of the district that gave nothing back and are below their share.
        """
        losers = {contender for contender, _, _ in self.taken}
        waiting, self.taken = self.taken, []
        while waiting:
            held = self._held()
            claims: dict[tuple[str, str], Fraction] = {}
            for area in {area for _, area, _ in waiting}:
                claims |= self._claims(area, [c for c in self.due if c not in losers and held.get(c, 0) < self.due[c]])
            area, winner = self._largest(claims)
            first = next(seat for seat in waiting if seat[1] == area)
            waiting.remove(first)
            self.taken.append(first)
            self.placed[area][winner] = self.placed[area].get(winner, 0) + 1
            self.given.append((winner, claims[area, winner]))

    def _claims(self, area: str, open_to: Sequence[str]) -> dict[tuple[str, str], Fraction]:
        here = [c for c in open_to if self.votes[area].get(c)]
        if not here:
            raise LawSilent(say("nobody in {area} may take the seat that is given back", area=area))
        return {(area, c): self._claim(c, area, self.placed[area].get(c, 0)) for c in here}

    def _largest(self, claims: Mapping[tuple[str, str], Fraction]) -> tuple[str, str]:
        best = [key for key in sorted(claims) if claims[key] == max(claims.values())]
        why = say("equal quotients")
        winner = self._only(sorted({contender for _, contender in best}), why)
        return self._only([area for area, contender in best if contender == winner], why), winner

    def reasons(self, tier: str) -> tuple[dict[str, object], list[Cause]]:
        """Return the figures of the exchange and the causes of the seats given, for the trail."""
        moved = [
            {"area": area, "from": loser, "lost": lost, "to": winner, "won": won}
            for (loser, area, lost), (winner, won) in zip(self.taken, self.given, strict=True)
        ]
        lost = [(tier, area, loser) for loser, area, _ in self.taken]
        causes: list[Cause] = []
        areas: dict[int, tuple[str, str]] = {}
        for n, ((_, area, _), (winner, won)) in enumerate(zip(self.taken, self.given, strict=True), 1):
            causes.append(Cause(winner, (self.placed[area][winner],), "given_back", won, n))
            areas[n] = (tier, area)
        return {"moved": moved, "due": dict(self.due), "lost": lost, "cause_areas": areas}, causes

    def _held(self) -> dict[str, int]:
        held: dict[str, int] = {}
        for seats in self.placed.values():
            for contender, n in seats.items():
                held[contender] = held.get(contender, 0) + n
        return held

    def _claim(self, contender: str, area: str, seats: int) -> Fraction:
        value = quotient(self.votes[area][contender], seats, self.rule)
        if value is None:
            raise LawSilent(
                say("the divisor {name} gives no quotient for a first seat in {area}", name=self.rule.name, area=area)
            )
        return value

    def _only(self, names: Sequence[str], why: str) -> str:
        if len(names) == 1:
            return names[0]
        given = [name for name in self.count.decided(GiveBack.name) or () if name in names][:1]
        rule = (lambda _tied, _n: given) if given else None
        return settle(names, 1, rule, standing=self._held(), why=why)[0]
