"""enlarge: a larger house, so that seats beyond a list's due do not change the proportion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import ClassVar, Literal

from sailau.seats.averages import award_order, highest_averages, note_averages, note_last
from sailau.seats.count import Count
from sailau.seats.elsewhere import others_by_area, seats_of, total_of, won_by_area
from sailau.seats.ties import tie_rule
from sailau.terms.divisor import Divisor, divisor_named
from sailau.terms.errors import LawSilent
from sailau.terms.moving import Moving, on_one_scale
from sailau.terms.numbers import ratio
from sailau.terms.trail import Entry
from sailau.terms.words import Words, listed, say, votes_first

Seats = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Enlarge:
    """Raise the number of seats until every list has its minimum in proportion to its votes.

    The minimum of a list is set area by area from what it is due there and what it won there in other tiers, then
    added up; it is never less than what it is due.

    Attributes
    ----------
    tiers : tuple of str
        Tiers whose seats are shared out together with those of this one, and where seats were won.
    area_floor : str
        The minimum in an area: ``larger`` of due and won; ``mean`` of both rounded up, or the seats won if more.
    unlevelled : int
        Seats beyond the due of their area that may stay without being levelled, in all lists together.
    size : str
        How large a house that has to grow becomes: ``least``, so that every list just has its minimum, or ``quotient``:
        the minimum of a list times all votes over its own, to the nearest number, for the list where that is most.
    odd : bool
        Whether a house that has to grow is to have an odd number of seats: one more where the number is even.
    divisor, first, ties
        The divisor sequence, as in `allocate`.
    """

    name: ClassVar[str] = "enlarge"
    tiers: tuple[str, ...]
    area_floor: Literal["larger", "mean"] = "larger"
    unlevelled: int = 0
    size: Literal["least", "quotient"] = "least"
    odd: bool = False
    divisor: str
    first: Fraction | None = None
    ties: tuple[str, ...] = ()
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with the new `due` of every list, and `floor` in each area.

        Raises
        ------
        LawSilent
            A list with a minimum has no votes, or equal claims leave the size of the house open.
        DrawRequired
            The last seat of the house as it stood is tied.
        """
        won = won_by_area(count, self.tiers)
        parts = count.areas or {count.area: count}
        floors = {area: self._floor(part, won[area]) for area, part in parts.items()}
        lines = count.contenders()
        first = {c: count.due.get(c, 0) for c in lines}
        least = {c: max(n, first[c]) for c, n in _sums(floors, lines).items()}
        spare = _sums({a: _beyond(won[a], part.due) for a, part in parts.items()}, lines)
        start = count.seats + seats_of(count, self.tiers) - sum(others_by_area(count, self.tiers).values())
        shares = self._raise(count, lines, start, least, spare)
        due = {c: max(n, least[c]) for c, n in shares.items()}
        facts = {
            "from": start,
            "to": sum(due.values()),
            "first": first,
            "least": least,
            "due": due,
            "unlevelled": {c: due[c] - n for c, n in shares.items() if due[c] > n},
        }
        count = count.note("enlarge", self.cite, lambda: (facts, ())).but(due=due)
        if not count.areas:
            return count.but(floor=floors[count.area])
        return count.but(areas={area: part.but(floor=floors[area]) for area, part in count.areas.items()})

    def _floor(self, part: Count, won: Mapping[str, int]) -> Seats:
        lines = part.contenders()
        if self.area_floor == "mean":
            return {c: max(won.get(c, 0), -(-(won.get(c, 0) + part.due.get(c, 0)) // 2)) for c in lines}
        return {c: max(won.get(c, 0), part.due.get(c, 0)) for c in lines}

    def _raise(
        self, count: Count, votes: Mapping[str, int], start: int, least: Mapping[str, int], spare: Mapping[str, int]
    ) -> Seats:
        rule = divisor_named(self.divisor, self.first)
        hopeless = sorted(c for c, n in least.items() if n and not votes[c])
        if hopeless:
            raise LawSilent(
                say(
                    "no size of the house gives {hopeless} a seat by votes: there are none",
                    hopeless=", ".join(hopeless),
                )
            )
        if Moving in map(type, votes.values()) and self.size == "least":
            return self._noted(count, votes, start, least, spare)
        got = highest_averages(votes, start, divisor=rule, ties=tie_rule(count, self.name, self.ties)).seats
        fixed = sum(others_by_area(count, self.tiers).values())
        if self.size == "quotient" and not self._enough(got, least, spare):
            quotient = max(ratio(n * sum(votes.values()), votes[c]) for c, n in least.items() if n)
            size = max(start, floor(quotient + Fraction(1, 2)))
            size += self.odd and (size + fixed) % 2 == 0
            got = highest_averages(votes, size, divisor=rule, ties=tie_rule(count, self.name, self.ties)).seats
        while not self._enough(got, least, spare) or self._uneven(got, start, fixed):
            group = _next(votes, got, rule)
            steps = [{**got, c: got[c] + 1} for c in group]
            if len(group) > 1 and any(
                self._enough(n, least, spare) and not self._uneven(n, start, fixed) for n in steps
            ):
                raise LawSilent(
                    say("{group} have equal claims to the last seat added; who gets it is open", group=", ".join(group))
                )
            for contender in group:
                got[contender] += 1
        return got

    def _noted(
        self, count: Count, votes: Mapping[str, int], start: int, least: Mapping[str, int], spare: Mapping[str, int]
    ) -> Seats:
        """Return the seats of votes that move, which compare what was won last: with less the house is too small."""
        got = self._raise(count, on_one_scale(votes), start, least, spare)
        rule, grown = divisor_named(self.divisor, self.first), sum(got.values()) - start
        note_averages(votes, got, rule)
        note_last(votes, got, rule, min(grown, 2 if self.odd else 1))
        return got

    def _enough(self, got: Mapping[str, int], least: Mapping[str, int], spare: Mapping[str, int]) -> bool:
        short = {c: n - got[c] for c, n in least.items() if n > got[c]}
        return sum(short.values()) <= self.unlevelled and all(n <= spare[c] for c, n in short.items())

    def _uneven(self, got: Mapping[str, int], start: int, fixed: int) -> bool:
        """Say whether the house has grown to an even number, where the law wants an odd one."""
        size = sum(got.values())
        return self.odd and size > start and (size + fixed) % 2 == 0

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say the minimum of each list, and how large the house becomes."""
        facts = entry.facts
        sentence = "{to} seats instead of {of}, so that each list has its minimum by its votes: {due}"
        out = [
            ("minimum", listed(votes_first(facts["least"]))),
            ("house", say(sentence, to=facts["to"], of=facts["from"], due=listed(votes_first(facts["due"])))),
        ]
        if facts["unlevelled"]:
            out.append(("unlevelled", say("beyond proportion: {lists}", lists=listed(facts["unlevelled"]))))
        return out

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say the minimum of one list, and what it is due in the larger house."""
        facts = entry.facts
        if contender not in facts["due"]:
            return []
        sentence = "{due} of {to} seats; at first {first} of {of}, at least {least}"
        values = {"due": facts["due"][contender], "to": facts["to"], "of": facts["from"]}
        return [("due", say(sentence, **values, first=facts["first"][contender], least=facts["least"][contender]))]


def _sums(parts: Mapping[str, Mapping[str, int]], lines: Mapping[str, int]) -> Seats:
    total = total_of(parts)
    return {c: total.get(c, 0) for c in lines}


def _beyond(won: Mapping[str, int], due: Mapping[str, int]) -> Seats:
    return {c: n - due.get(c, 0) for c, n in won.items() if n > due.get(c, 0)}


def _next(votes: Mapping[str, int], got: Mapping[str, int], rule: Divisor) -> list[str]:
    """Return who has the highest claim to one more seat; several when claims are equal."""
    order = award_order(votes, len(votes), rule, got)
    best = next(order)
    group, claim = [best[0]], best[2]
    for contender, _, quotient in order:
        if quotient != claim or contender in group:
            break
        group.append(contender)
    return sorted(group)
