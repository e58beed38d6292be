"""represent: a group has its part of the seats, by its best losers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Literal

from sailau.seats.count import Count, each_area
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import InvalidLaw, LawSilent, Undecided
from sailau.terms.numbers import check_share, ratio
from sailau.terms.tally import LINES, NATION
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, listed, named, percent, say

Ranked = Mapping[tuple[str, str], Fraction]
"""Claims of candidates by (area, candidate)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Represent:
    """See to it that candidates of a group have a part of the seats: its best losers are elected as well.

    Attributes
    ----------
    trait : str
        The mark of the group, for instance ``women``.
    seats : int, optional
        Seats that the group has at the least: in each district, with `give: add` in the whole tier.
    share : Fraction, optional
        The same as a part of the seats there are before.
    rounding : str
        What a fraction of a seat in `share` is rounded to: ``up``, ``down`` or ``nearest`` (a half up).
    give : str
        ``exchange``: the best losers of the group take the places of the weakest winners outside it, district by
        district; ``add``: they get further seats, wherever in the tier they stood.
    by : str
        What counts among losers: their ``votes``, or their ``share`` of the votes of their district.
    short : str, optional
        What becomes of places for which the group has no loser with votes, where the law says so: ``vacant``. The
        weakest winners outside the group lose them all the same.
    ties : tuple of str
        Rules for equals, in turn: who is elected, or keeps the seat.
    """

    name: ClassVar[str] = "represent"
    trait: str
    seats: int | None = None
    share: Fraction | None = None
    rounding: Literal["up", "down", "nearest"] = "up"
    give: Literal["exchange", "add"] = "exchange"
    by: Literal["votes", "share"] = "votes"
    short: Literal["vacant"] | None = None
    ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse a part of the seats that is none, or said twice."""
        if (self.seats is None) == (self.share is None):
            raise InvalidLaw(say("represent: a group has a number of seats or a share of them, one of the two"))
        if self.share is not None:
            check_share("represent.share", self.share)
        if self.seats is not None and self.seats < 1:
            raise InvalidLaw(say("represent: seats is a number above 0"))
        if self.short and self.give == "add":
            raise InvalidLaw(say("represent: a further seat that nobody takes is none; short is for give: exchange"))

    def apply(self, count: Count) -> Count:
        """Return the count with members of the group elected as well.

        Raises
        ------
        DrawRequired
            Equals for the last place, and no rule of the law settles it.
        LawSilent
            The group has too few candidates with votes, or a list won several seats: the step is for persons.
        """
        change = self._add if self.give == "add" else self._exchange
        return change(count) if self.give == "add" else each_area(count, change)

    def _need(self, seats: int) -> int:
        if self.share is None:
            return self.seats or 0
        exact = self.share * seats
        return {"up": ceil(exact), "down": floor(exact), "nearest": floor(exact + Fraction(1, 2))}[self.rounding]

    def _exchange(self, count: Count) -> Count:
        winners = _winners(count)
        members = [c for c in winners if self._is_member(count, c)]
        lacking = max(0, self._need(len(winners)) - len(members))
        others = {(count.area, c): ratio(-count.cast[c]) for c in winners if c not in members}
        losers, places = self._losers(count), min(lacking, len(others))
        best = self._best(count, losers, min(places, len(losers)) if self.short else places, "represent")
        weakest = self._best(count, others, places, "represent.out", keep=True)
        out, new = [c for _, c in weakest], [c for _, c in best]
        lost = [(count.tier, count.area, c) for c in out]
        causes = [Cause(c, (1,), "represented", ratio(count.cast[c]), rank) for rank, c in enumerate(new, 1)]
        facts, empty = self._facts(len(winners), members, new), len(out) - len(new)
        told = {**facts, "out": {c: count.cast[c] for c in out}, "lost": lost, "vacant": empty}
        count = count.note("represent", self.cite, lambda: (told, causes))
        placed = {c: n for c, n in count.placed.items() if c not in out}
        return count.but(placed={**placed, **dict.fromkeys(new, 1)}, vacant=count.vacant + empty)

    def _add(self, count: Count) -> Count:
        parts = count.areas or {count.area: count}
        winners = [(area, c) for area, part in parts.items() for c in _winners(part)]
        members = [c for area, c in winners if self._is_member(parts[area], c)]
        lacking = max(0, self._need(len(winners)) - len(members))
        losers = {who: claim for part in parts.values() for who, claim in self._losers(part).items()}
        new = self._best(count, losers, lacking, "represent")
        causes = [
            Cause(c, (1,), "represented", ratio(parts[area].cast[c]), rank) for rank, (area, c) in enumerate(new, 1)
        ]
        where = {rank: (count.tier, area) for rank, (area, _) in enumerate(new, 1)}
        facts = {**self._facts(len(winners), members, [c for _, c in new]), "out": {}, "cause_areas": where}
        count = count.note("represent", self.cite, lambda: (facts, causes)).but(extra=count.extra + len(new))
        if not count.areas:
            return count.place({c: 1 for _, c in new})
        areas = dict(count.areas)
        for area, c in new:
            areas[area] = areas[area].place({c: 1}).but(extra=areas[area].extra + 1)
        return count.but(areas=areas)

    def _facts(self, seats: int, members: Sequence[str], new: Sequence[str]) -> dict[str, object]:
        need = self._need(seats)
        return {"trait": self.trait, "need": need, "seats": seats, "share": self.share, "members": members, "new": new}

    def _losers(self, part: Count) -> dict[tuple[str, str], Fraction]:
        """Return the candidates of the group who won no seat in an area, with their claims."""
        cast = {c: n for c, n in part.cast.items() if c not in LINES and n}
        base = sum(cast.values()) if self.by == "share" else 1
        return {
            (part.area, c): ratio(n, base)
            for c, n in cast.items()
            if not part.placed.get(c) and self._is_member(part, c)
        }

    def _best(
        self, count: Count, claims: Ranked, choose: int, step: str, *, keep: bool = False
    ) -> list[tuple[str, str]]:
        """Return those with the largest claims; with `keep` the rules for ties say who is left out of them."""
        if len(claims) < choose:
            sentence = "{choose} more seats belong to {trait}, but only {n} of their losers have votes"
            if count.area != NATION:
                sentence = "{area}: {choose} more seats belong to {trait}, but only {n} of their losers have votes"
            what = say(sentence, area=count.area, choose=choose, trait=self.trait, n=len(claims))
            hint = say("a law that leaves such a seat vacant says short: vacant")
            raise LawSilent(what, options=sorted(c for _, c in claims), hint=hint)
        line = sorted(claims, key=lambda who: (-claims[who], who[1], who[0]))
        if not choose:
            return []
        cut = claims[line[choose - 1]]
        sure, equal = [who for who in line if claims[who] > cut], [who for who in line if claims[who] == cut]
        left = choose - len(sure)
        if len(equal) > left:
            names = {who[1]: who for who in equal}
            picked = self._settle(count, list(names), len(equal) - left if keep else left, step)
            equal = [who for who in equal if (who[1] in picked) != keep]
        return sure + equal

    def _settle(self, count: Count, equal: Sequence[str], choose: int, step: str) -> Sequence[str]:
        why = say("equal claims to a seat of {trait}", trait=self.trait)
        try:
            return settle(equal, choose, tie_rule(count, step, self.ties), standing=count.placed, why=why)
        except Undecided as question:
            raise question.at(count.key(step), self.cite) from None

    def _is_member(self, part: Count, candidate: str) -> bool:
        return self.trait in part.tally.contender(candidate).traits

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say how many seats the group has, how many it needs, and who gets them."""
        facts = entry.facts
        need, trait = facts["need"], named(facts["trait"])
        if facts["share"] is not None:
            need = say("{share} of {seats} = {need}", share=percent(facts["share"]), seats=facts["seats"], need=need)
        text = say("{trait}: {need} seats at the least, {n} won", trait=trait, need=need, n=len(facts["members"]))
        if facts["new"]:
            text += say("; elected as well: {new}", new=listed(facts["new"]))
        if facts["out"]:
            text += say(", in the places of {out}", out=listed(facts["out"]))
        if facts.get("vacant"):
            text += say("; {n} seats stay vacant", n=facts["vacant"])
        return [("group", text)]


def _winners(part: Count) -> list[str]:
    """Return the persons who won a seat in an area."""
    several = sorted(c for c, n in part.placed.items() if n > 1)
    if several:
        raise LawSilent(
            say(
                "{several} won {placed} seats in {area}, but a person has one",
                several=several[0],
                placed=part.placed[several[0]],
                area=part.area,
            )
        )
    return sorted(c for c, n in part.placed.items() if n)
