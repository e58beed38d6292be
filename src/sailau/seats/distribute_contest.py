"""Seats being given to regions or districts, one by one: whose comes next, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from sailau.seats.count import Count
from sailau.terms.allocation import quotient, settle
from sailau.terms.divisor import Divisor, divisor_named
from sailau.terms.errors import LawSilent
from sailau.terms.words import listed, say

if TYPE_CHECKING:
    from sailau.seats.distribute import Distribute

Pair = tuple[str, str]
"""A contender and an area."""


@dataclass(frozen=True)
class Area:
    """A region or district that can take seats.

    Attributes
    ----------
    votes, held : mapping of str to int
        Of the contenders that have seats to place; seats that they hold here already.
    weight : Fraction
        What a quotient of this area is divided by, to compare it with those of others.
    room : int, optional
        Seats for this area; None where the law sets no limit.
    """

    votes: Mapping[str, int]
    held: Mapping[str, int]
    weight: Fraction = Fraction(1)
    room: int | None = None


@dataclass
class Contest:
    """The seats being given to areas: what is left of each contender's, and the room of each area.

    Each claim is kept with the float nearest to it: a larger claim never has a smaller one, so that few need comparing.
    """

    step: Distribute
    count: Count
    divisor: Divisor
    left: dict[str, int]
    areas: dict[str, Area]
    given: list[tuple[Pair, Fraction]] = field(default_factory=list)
    claims: dict[Pair, tuple[float, Fraction]] = field(default_factory=dict)

    def run(self) -> list[tuple[Pair, Fraction]]:
        """Give all the seats; return where each went, by which claim."""
        while any(self.left.values()):
            self.give(self.next_by_claims() if self.step.order == "claims" else self.next_won())
        return self.given

    def give(self, pairs: Sequence[Pair]) -> None:
        """Give a seat to each contender in each area of `pairs`."""
        for contender, area in pairs:
            value = self.claim(contender, area)
            self.given.append(((contender, area), value))
            self.left[contender] -= 1
            here = self.areas[area]
            held = {**here.held, contender: here.held.get(contender, 0) + 1}
            room = None if here.room is None else here.room - 1
            self.areas[area] = Area(here.votes, held, here.weight, room)
            del self.claims[contender, area]

    def claim(self, contender: str, area: str) -> Fraction:
        """Return the contender's quotient for its next seat in an area, measured by the area; it holds until then."""
        return self._known(contender, area)[1]

    def _known(self, contender: str, area: str) -> tuple[float, Fraction]:
        known = self.claims.get((contender, area))
        if known is None:
            value = self._claim(contender, area)
            known = self.claims[contender, area] = float(value), value
        return known

    def _claim(self, contender: str, area: str) -> Fraction:
        here = self.areas[area]
        value = quotient(here.votes[contender], here.held.get(contender, 0), self.divisor)
        if value is None:
            raise LawSilent(
                say(
                    "the divisor {name} gives no quotient for a first seat in {area}", name=self.divisor.name, area=area
                )
            )
        return value / here.weight

    def open_to(self, contender: str) -> dict[Pair, tuple[float, Fraction]]:
        """Return the contender's claims in the areas that have room."""
        return {
            (contender, name): self._known(contender, name)
            for name, area in self.areas.items()
            if area.votes.get(contender) and area.room != 0
        }

    def next_by_claims(self) -> list[Pair]:
        """Return who has the largest claim of all; several where they do not stand in one another's way."""
        claims: dict[Pair, tuple[float, Fraction]] = {}
        for contender, n in self.left.items():
            claims |= self.open_to(contender) if n else {}
        return self._best(claims)

    def next_won(self) -> list[Pair]:
        """Return whose seat comes next in the order of the nation, and where."""
        rule = divisor_named(self.step.won_by or self.step.divisor)
        placed = self.held()
        votes = {**self.count.cast, **self.count.votes}  # who holds a seat may have left the count since
        claims = {c: quotient(votes.get(c, 0), placed[c], rule) or Fraction(0) for c, n in self.left.items() if n}
        top = max(claims.values())
        best = [c for c, value in claims.items() if value == top]
        if len(best) > 1:
            best = [self._settle([(c, "") for c in best])[0]]
        return self._best(self.open_to(best[0]))

    def held(self) -> dict[str, int]:
        """Return the seats that each contender holds in all areas together."""
        return {c: sum(area.held.get(c, 0) for area in self.areas.values()) for c in self.left}

    def _best(self, claims: Mapping[Pair, tuple[float, Fraction]]) -> list[Pair]:
        if not claims:
            left = {c: n for c, n in self.left.items() if n}
            raise LawSilent(say("no area has room for the seats of {listed}", listed=listed(left)))
        most = max(about for about, _ in claims.values())
        close = {pair: value for pair, (about, value) in claims.items() if about == most}
        top = max(close.values())
        best = sorted(pair for pair, value in close.items() if value == top)
        if len(best) == 1 or self._together(best):
            return best
        return [self._pick(best)]

    def _together(self, pairs: Sequence[Pair]) -> bool:
        """Say whether all of them can have their seat, whatever the order."""
        contenders, areas = [c for c, _ in pairs], [a for _, a in pairs]
        if any(contenders.count(c) > self.left[c] for c in contenders):
            return False
        room = {a: self.areas[a].room for a in areas}
        return all(n is None or areas.count(a) <= n for a, n in room.items())

    def _pick(self, pairs: Sequence[Pair]) -> Pair:
        for rule in self.step.ties:
            if rule == "most_votes":
                votes = {pair: self.areas[pair[1]].votes[pair[0]] for pair in pairs}
                pairs = [pair for pair in pairs if votes[pair] == max(votes.values())]
            if len(pairs) == 1:
                return pairs[0]
        return self._settle(pairs)

    def _settle(self, pairs: Sequence[Pair]) -> Pair:
        """Pick one of the pairs by a decision from outside, or ask for one."""
        names = {f"{c} in {a}" if a else c: (c, a) for c, a in pairs}  # ids of a decision, the same in every language
        given = self.count.decided(self.step.name) or ()
        chosen = [name for name in given if name in names][:1]
        rule = (lambda _tied, _n: chosen) if chosen else None
        picked = settle(list(names), 1, rule, standing=self.count.placed, why=say("equal claims"))
        return names[picked[0]]
