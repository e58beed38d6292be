"""repartition: where the seats of a second scrutiny lie, by each contender's part of its votes over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.second_scrutiny import rests_by_area
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import LawSilent, Undecided
from sailau.terms.numbers import ratio
from sailau.terms.quota import quota_named
from sailau.terms.trail import Entry
from sailau.terms.words import Words, decimal, listed, say

Pair = tuple[str, str]
"""A contender and an area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repartition:
    """Give the seats placed for the whole to districts with seats left, by the votes over that they were won with.

    The figure of a contender in a district is its seats to place times its part of all its votes over. The price of a
    district with n seats left is the n-th figure there. All figures are taken from the largest to the smallest: each
    takes as many seats as it contains the price of its district, at least one, as far as contender and district have
    seats left; when the line ends before the seats do, it begins again.

    Attributes
    ----------
    district_quota, quota_of, drop_kinds
        As in the `second_scrutiny` before it.
    ties : tuple of str
        Rules for equal figures, in turn.
    """

    name: ClassVar[str] = "repartition"
    district_quota: str
    quota_of: Base = "standing"
    drop_kinds: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse a quota that does not exist."""
        quota_named(self.district_quota)

    def apply(self, count: Count) -> Count:
        """Return the count with the seats in their districts; unchanged where the tally knows no districts.

        Raises
        ------
        DrawRequired
            Equal figures stand in one another's way, and no rule of the law settles it.
        LawSilent
            Seats are left that no figure can take.
        """
        if not count.areas or not any(count.placed.values()):
            return count
        figures = self._figures(count)
        room = {name: max(part.left(), 0) for name, part in count.areas.items()}
        prices = {name: _price(name, n, figures) for name, n in room.items() if n}
        given = self._given(count, figures, dict(room), prices)
        seats = [{"contender": c, "area": area, "claim": figures[c, area]} for (c, area), n in given for _ in range(n)]
        facts = {"given": seats, "prices": prices}
        count = count.note("repartition", self.cite, lambda: (facts, ()))
        areas = dict(count.areas)
        for (contender, area), n in given:
            areas[area] = areas[area].place({contender: n})
        return count.but(placed={}, areas=areas)

    def _figures(self, count: Count) -> dict[Pair, Fraction]:
        rests = rests_by_area(count, quota_named(self.district_quota), self.quota_of, self.drop_kinds)
        total: dict[str, Fraction] = {}
        for votes in rests.values():
            for c, n in votes.items():
                total[c] = total.get(c, Fraction(0)) + n
        return {
            (c, area): ratio(n * count.placed[c], total[c])
            for area, votes in rests.items()
            for c, n in votes.items()
            if count.placed.get(c) and n > 0
        }

    def _given(
        self, count: Count, figures: Mapping[Pair, Fraction], room: dict[str, int], prices: Mapping[str, Fraction]
    ) -> list[tuple[Pair, int]]:
        left, out = {c: n for c, n in count.placed.items() if n}, list[tuple[Pair, int]]()
        line = self._line(count, figures, room)
        while any(left.values()):
            before = sum(left.values())
            for c, area in line:
                if room[area] and left[c]:
                    n = min(max(int(figures[c, area] // prices[area]), 1), room[area], left[c])
                    room[area] -= n
                    left[c] -= n
                    out.append(((c, area), n))
            if sum(left.values()) == before:
                short = {c: n for c, n in left.items() if n}
                raise LawSilent(say("no area has room for the seats of {listed}", listed=listed(short)))
        return out

    def _line(self, count: Count, figures: Mapping[Pair, Fraction], room: Mapping[str, int]) -> list[Pair]:
        """Return who comes after whom; equal figures of one contender, or of one district, as the rules say."""
        line: list[Pair] = []
        able = sorted((pair for pair in figures if room[pair[1]]), key=lambda pair: (-figures[pair], pair))
        while able:
            equal = [pair for pair in able if figures[pair] == figures[able[0]]]
            first = self._first(count, equal)
            able.remove(first)
            line.append(first)
        return line

    def _first(self, count: Count, equal: Sequence[Pair]) -> Pair:
        free = [
            (c, area)
            for c, area in equal
            if sum(c == other for other, _ in equal) == 1 and sum(area == other for _, other in equal) == 1
        ]
        if free or len(equal) == 1:
            return (free or list(equal))[0]
        names = {f"{c} in {area}": (c, area) for c, area in equal}  # ids of a decision, the same in every language
        given = [name for name in count.decided(self.name) or () if name in names][:1]
        rule = (lambda _tied, _n: given) if given else tie_rule(count.but(decisions={}), self.name, self.ties)
        try:
            return names[settle(list(names), 1, rule, standing=count.placed, why=say("equal claims"))[0]]
        except Undecided as question:
            raise question.at(count.key(self.name), self.cite) from None

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say seat by seat where each lies, in the order in which they were given."""
        seats = [
            say("{contender} in {area} ({claim})", contender=g["contender"], area=g["area"], claim=decimal(g["claim"]))
            for g in entry.facts["given"]
        ]
        return [("price", listed(entry.facts["prices"], decimal)), ("placed", listed(seats))]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say where one contender's seats lie."""
        own = [g for g in entry.facts["given"] if g["contender"] == contender]
        return [
            ("placed", say("a seat in {area} by the claim {claim}", area=g["area"], claim=decimal(g["claim"])))
            for g in own
        ]


def _price(area: str, seats: int, figures: Mapping[Pair, Fraction]) -> Fraction:
    """Return the figure of a district that its last seat goes by; the smallest where there are fewer figures."""
    own = sorted((value for (_, where), value in figures.items() if where == area), reverse=True)
    return own[min(seats, len(own)) - 1] if own else Fraction(1)
