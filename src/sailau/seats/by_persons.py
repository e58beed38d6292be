"""by_persons: seats that are left go to the persons with the most votes of their own, whatever list they stand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import InvalidLaw, LawSilent, MissingFigure, Undecided
from sailau.terms.numbers import ratio
from sailau.terms.tally import LINES, NATION
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, listed, say


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPersons:
    """Give the seats that are left to the persons with the most votes of their own; each counts for its list.

    A list's seats so far are taken by its persons with the most votes; these are passed over.

    Attributes
    ----------
    persons : str
        The ballots of the tally with the candidates' votes, by district; the `party` of a candidate is its list here.
    seats : int, optional
        The most seats of this step; what is beyond them is left to the next step.
    most : int, optional
        The most seats of a list in this step.
    ties : tuple of str
        Rules for persons with equal votes, in turn.
    """

    name: ClassVar[str] = "by_persons"
    persons: str
    seats: int | None = None
    most: int | None = None
    ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse numbers of seats that are none."""
        if min(self.seats or 1, self.most or 1) < 1 or 0 in (self.seats, self.most):
            raise InvalidLaw(say("by_persons: seats and most are numbers above 0"))

    def apply(self, count: Count) -> Count:
        """Return the count with seats for the lists of those persons.

        Raises
        ------
        DrawRequired
            Persons have equal votes for the last seat, and no rule of the law settles it.
        LawSilent
            Too few persons with votes are left for the seats.
        MissingFigure
            The tally lacks the candidates' votes.
        """
        left = count.left()
        seats = left if self.seats is None else min(left, self.seats)
        if seats <= 0:
            return count
        free = self._free(count)
        if len(free) < seats:
            raise LawSilent(
                say("{seats} seats are left, and {n} persons have votes for them", seats=seats, n=len(free))
            )
        lucky = self._first(count, free, seats)
        won: dict[str, int] = {}
        for person in lucky:
            won[free[person][0]] = won.get(free[person][0], 0) + 1
        start = {c: count.placed.get(c, 0) for c in won}
        shown = [{"person": p, "list": free[p][0], "votes": free[p][1]} for p in lucky]
        causes = []
        for rank, person in enumerate(lucky, 1):
            own, n = free[person]
            start[own] += 1
            causes.append(Cause(own, (start[own],), "person", ratio(n), rank))
        count = count.note("by_persons", self.cite, lambda: ({"seats": seats, "given": shown}, causes))
        return count.place(won)

    def _free(self, count: Count) -> dict[str, tuple[str, int]]:
        """Return list and votes of the persons who could take a seat, those who have one left out."""
        ballots = count.tally.tiers.get(self.persons)
        if ballots is None:
            raise MissingFigure(
                say("the votes of the candidates ({tier}) are not in the tally", tier=self.persons),
                hint=say("give them as a tier of that name, by district, with the region of each in districts.csv"),
            )
        by_list: dict[str, dict[str, int]] = {}
        for area, cast in ballots.votes.items():
            if count.area not in (NATION, area, ballots.regions.get(area)):
                continue
            for person, n in cast.items():
                own = count.tally.party(person)
                if person not in LINES and n and own in count.contenders():
                    by_list.setdefault(own, {})[person] = by_list.get(own, {}).get(person, 0) + n
        out: dict[str, tuple[str, int]] = {}
        for own in sorted(by_list):
            votes, held = by_list[own], count.placed.get(own, 0)
            line = sorted(votes, key=lambda p: (-votes[p], p))
            last = held + (len(line) if self.most is None else self.most)
            out |= {person: (own, votes[person]) for person in line[held:last]}
        return out

    def _first(self, count: Count, free: Mapping[str, tuple[str, int]], seats: int) -> Sequence[str]:
        votes = {person: n for person, (_, n) in free.items()}
        line = sorted(votes, key=lambda p: (-votes[p], p))
        cut = votes[line[seats - 1]]
        sure, equal = [p for p in line if votes[p] > cut], [p for p in line if votes[p] == cut]
        if len(sure) + len(equal) > seats:
            rule = tie_rule(count.but(votes=votes), self.name, self.ties)
            why = say("equal votes of persons")
            try:
                equal = list(settle(equal, seats - len(sure), rule, standing=count.placed, why=why))
            except Undecided as question:
                raise question.at(count.key(self.name), self.cite) from None
        return sure + sorted(equal)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say who takes the seats that are left, and for which list."""
        shown = {f"{one['person']} ({one['list']})": one["votes"] for one in entry.facts["given"]}
        n = entry.facts["seats"]
        return [("rest", say("{n} seats to the persons with the most votes: {persons}", n=n, persons=listed(shown)))]
