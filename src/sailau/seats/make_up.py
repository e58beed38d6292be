"""make_up: seats in proportion to what each list still lacks of its exact share of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.elsewhere import others_by_area, seats_of, won_by_area
from sailau.seats.remainders import largest_remainder
from sailau.seats.ties import tie_rule
from sailau.terms.errors import LawSilent
from sailau.terms.numbers import ratio
from sailau.terms.quota import hare
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, decimal, listed, named, say, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeUp:
    """Share out the seats here in proportion to what each list lacks of its exact share of the whole.

    Whoever won more than its share lacks nothing and keeps what it won; since all the others together then lack more
    than there is, each has its part of it. The parts are whole seats, the rest goes to the largest remainders.

    Attributes
    ----------
    tiers : tuple of str
        Tiers counted before, whose seats count towards the shares. Those won by others are taken off the whole.
    total : int, optional
        Seats of the whole; by default those of the `tiers` and of this one.
    ties : tuple of str
        Rules for equal remainders, in turn.
    """

    name: ClassVar[str] = "make_up"
    tiers: tuple[str, ...]
    total: int | None = None
    ties: tuple[str, ...] = ()
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with the seats placed.

        Raises
        ------
        DrawRequired
            The last seat is tied and no rule of the law settles it.
        LawSilent
            Nobody lacks a seat, and seats are left.
        """
        votes, seats = count.contenders(), count.left()
        here = count.but(areas={})  # votes that came by district count for the whole: what was won in them does too
        won = won_by_area(here, self.tiers).get(count.area, {})
        others = sum(others_by_area(here, self.tiers).values())
        whole = (count.seats + seats_of(here, self.tiers) if self.total is None else self.total) - others
        cast = sum(votes.values())
        lack = {c: max(0, n * whole - won.get(c, 0) * cast) for c, n in votes.items()}
        if seats and not any(lack.values()):
            raise LawSilent(say("{seats} seats are left, and nobody lacks one of its share", seats=seats))
        made = largest_remainder(lack, seats, quota=hare, ties=tie_rule(count, self.name, self.ties))
        facts = {
            "whole": whole,
            "tiers": self.tiers,
            "won": {c: won.get(c, 0) for c in votes},
            "lack": {c: ratio(n, cast) for c, n in lack.items()},
            "seats": seats,
            "placed": dict(made.seats),
        }
        count = count.note("make_up", self.cite, lambda: (facts, _causes(made.seats)))
        return count.place(made.seats)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say what each lacks, and what it gets of it."""
        facts = entry.facts
        lack = {c: n for c, n in facts["lack"].items() if n}
        sentence = "of {whole} seats, after those won in {tiers}: {lack}"
        tiers = ", ".join(named(tier) for tier in facts["tiers"])
        shown = listed(votes_first(lack), lambda n: decimal(n, 2))
        return [
            ("lacking", say(sentence, whole=facts["whole"], tiers=tiers, lack=shown)),
            ("seats", listed(votes_first({c: n for c, n in facts["placed"].items() if n}))),
        ]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say what one list lacks and gets."""
        facts = entry.facts
        if contender not in facts["lack"]:
            return []
        sentence = "it lacks {lack} seats after {won} won elsewhere, and gets {n} of {seats}"
        values = {"won": facts["won"][contender], "n": facts["placed"].get(contender, 0), "seats": facts["seats"]}
        return [("lacking", say(sentence, lack=decimal(facts["lack"][contender], 2), **values))]


def _causes(placed: dict[str, int]) -> list[Cause]:
    line = sorted(placed, key=lambda c: (-placed[c], c))
    return [Cause(c, tuple(range(1, placed[c] + 1)), "share") for c in line if placed[c]]
