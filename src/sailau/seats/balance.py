"""balance: a group has its part of all seats of a district; persons give way to others of their own list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Literal

from sailau.seats.count import Count
from sailau.seats.persons import candidates_of, is_of
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import InvalidLaw, LawSilent, Undecided
from sailau.terms.numbers import check_share
from sailau.terms.trail import Entry
from sailau.terms.words import Words, named, percent, say

Seated = dict[str, list[str]]
"""The persons who sit for each list."""


@dataclass(frozen=True, slots=True)
class Change:
    """One seat that a person of the group takes from another of the same list."""

    contender: str
    new: str
    old: str
    votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """See to it that a group has its part of the seats of all lists together: no list wins or loses a seat.

    It follows `fill` with the names of `persons`. While the group has too few, the person outside it with the fewest
    votes, of all lists where somebody of the group is left, gives way to the one with the most votes of the group on
    the same list. A tally without votes of persons is left as it is.

    Attributes
    ----------
    trait : str
        The mark of the group, for instance ``women``.
    persons : str
        The ballots of the tally with the candidates' votes, as in `fill`.
    seats : int, optional
        Seats that the group has at the least.
    share : Fraction, optional
        The same as a part of the seats on which persons sit.
    rounding : str
        What a fraction of a seat in `share` is rounded to: ``up``, ``down`` or ``nearest`` (a half up).
    parts : tuple of Fraction
        Rounds, each with the part of its own seats (a fraction dropped) up to which a list makes room in that round,
        for instance ``[1/4, 1/3]``. Without any, a list makes room as long as it has somebody of the group.
    short : str, optional
        What follows where no list can make more room, where the law says so: ``fewer`` seats for the group.
    ties : tuple of str
        Rules for persons with equal votes, in turn: who comes in, or keeps the seat.
    """

    name: ClassVar[str] = "balance"
    trait: str
    persons: str
    seats: int | None = None
    share: Fraction | None = None
    rounding: Literal["up", "down", "nearest"] = "up"
    parts: tuple[Fraction, ...] = ()
    short: Literal["fewer"] | None = None
    ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse a part of the seats that is none, or said twice."""
        if (self.seats is None) == (self.share is None):
            raise InvalidLaw(say("balance: a group has a number of seats or a share of them, one of the two"))
        if self.seats is not None and self.seats < 1:
            raise InvalidLaw(say("balance: seats is a number above 0"))
        for part in (self.share, *self.parts):
            if part is not None:
                check_share("balance", part)

    def apply(self, count: Count) -> Count:
        """Return the count with others in the seats of their lists.

        Raises
        ------
        DrawRequired
            Persons have equal votes, and no rule of the law settles it.
        LawSilent
            No list can make more room, and the law does not say what follows.
        """
        if not count.persons:
            return count
        votes = candidates_of(count, self.persons)
        before = {line: list(names) for line, names in count.persons.items()}
        need, won = self._need(before), self._members(count, before)
        sits, changes = {line: list(names) for line, names in before.items()}, list[Change]()
        for change in self._changes(count, votes, sits, need):
            sits[change.contender].remove(change.old)
            sits[change.contender].append(change.new)
            changes.append(change)
        if won + len(changes) < need and self.short is None:
            raise self._too_few(count, need, won + len(changes))
        facts = {
            "trait": self.trait,
            "need": need,
            "seats": sum(len(names) for names in before.values()),
            "share": self.share,
            "won": won,
            "moved": [{"list": c.contender, "new": c.new, "old": c.old, "votes": c.votes} for c in changes],
        }
        persons = {line: tuple(names) for line, names in sits.items()}
        return count.note("balance", self.cite, lambda: (facts, ())).but(persons=persons)

    def _need(self, sits: Mapping[str, Sequence[str]]) -> int:
        if self.share is None:
            return self.seats or 0
        exact = self.share * sum(len(names) for names in sits.values())
        return {"up": ceil(exact), "down": floor(exact), "nearest": floor(exact + Fraction(1, 2))}[self.rounding]

    def _members(self, count: Count, sits: Mapping[str, Sequence[str]]) -> int:
        return sum(self._is_member(count, person) for names in sits.values() for person in names)

    def _is_member(self, count: Count, person: str) -> bool:
        return is_of(count, person, (self.trait,))

    def _changes(
        self, count: Count, votes: Mapping[str, Mapping[str, int]], sits: Seated, need: int
    ) -> Iterator[Change]:
        """Yield who gives way to whom, one after the other; the caller seats them."""
        for part in self.parts or (Fraction(1),):
            while self._members(count, sits) < need:
                weak = {
                    person: (line, votes[line].get(person, 0))
                    for line in sorted(sits)
                    if self._makes_room(count, votes.get(line, {}), sits[line], part)
                    for person in sits[line]
                    if not self._is_member(count, person)
                }
                if not weak:
                    break
                old = self._last(count, {person: n for person, (_, n) in weak.items()})
                line = weak[old][0]
                new = self._best(count, self._waiting(count, votes[line], sits[line]))
                yield Change(line, new, old, votes[line][new])

    def _makes_room(self, count: Count, votes: Mapping[str, int], names: Sequence[str], part: Fraction) -> bool:
        """Say whether a list has a place for one more of the group, and somebody to take it."""
        members = sum(self._is_member(count, person) for person in names)
        return members < floor(part * len(names)) and bool(self._waiting(count, votes, names))

    def _waiting(self, count: Count, votes: Mapping[str, int], names: Sequence[str]) -> dict[str, int]:
        """Return those of the group on a list who have votes and no seat."""
        return {p: n for p, n in votes.items() if n and p not in names and self._is_member(count, p)}

    def _best(self, count: Count, votes: Mapping[str, int]) -> str:
        top = max(votes.values())
        return self._settled(count, sorted(p for p, n in votes.items() if n == top), 1, self.name)[0]

    def _last(self, count: Count, votes: Mapping[str, int]) -> str:
        """Return who gives way: the rules for ties, and a decision, say who of equals keeps the seat."""
        low = min(votes.values())
        equal = sorted(p for p, n in votes.items() if n == low)
        kept = self._settled(count, equal, len(equal) - 1, f"{self.name}.kept")
        return next(person for person in equal if person not in kept)

    def _settled(self, count: Count, equal: Sequence[str], choose: int, key: str) -> Sequence[str]:
        """Return so many of equals; one decision may name them for several ties of this step."""
        if len(equal) == 1:
            return equal[:choose]
        given = [name for name in count.decided(key) or () if name in equal][:choose]
        rule: Callable[..., Sequence[str] | None] = tie_rule(count.but(decisions={}), key, self.ties)
        if len(given) == choose:
            rule = lambda _tied, _n: given  # noqa: E731  # a rule of one line
        try:
            return settle(equal, choose, rule, standing={}, why=say("equal votes of persons"))
        except Undecided as question:
            raise question.at(count.key(key), self.cite) from None

    def _too_few(self, count: Count, need: int, have: int) -> LawSilent:
        sentence = "{area}: {need} seats belong to {trait}, but the lists have room and names for {have}"
        return LawSilent(
            say(sentence, area=count.area, need=need, trait=named(self.trait), have=have),
            hint=say("a law that leaves it at that says short: fewer"),
        )

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say how many seats the group has, how many it needs, and who gives way to whom."""
        facts = entry.facts
        need, trait = facts["need"], named(facts["trait"])
        if facts["share"] is not None:
            need = say("{share} of {seats} = {need}", share=percent(facts["share"]), seats=facts["seats"], need=need)
        out = [("group", say("{trait}: {need} seats at the least, {n} won", trait=trait, need=need, n=facts["won"]))]
        sentence = "{new} ({votes} votes) takes the place of {old} on the list of {list}"
        return out + [("seated", say(sentence, **one)) for one in facts["moved"]]
