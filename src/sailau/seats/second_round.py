"""second_round: seats that a first round left are filled by the votes of a second one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.count import Count, each_area
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import InvalidLaw, LawSilent, RoundRequired, Undecided
from sailau.terms.numbers import ratio
from sailau.terms.tally import LINES, second_round_of
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, listed, say, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondRound:
    """Fill the seats of each district that a first round left, by the most votes of a second round.

    It follows `elect` with a majority and ``otherwise: leave``, which seats those who have one. The votes of the second
    round are the tier ``<tier>_round2`` of the tally; who holds a seat already is passed over there.

    Attributes
    ----------
    admit : int, optional
        Candidates for each seat left who stand in the second round, the first ones of the first round; without it all
        who have votes there.
    ties : tuple of str
        Rules for equal votes for a seat, in turn.
    admit_ties : tuple of str
        Rules for equal votes for a place in the second round.
    """

    name: ClassVar[str] = "second_round"
    admit: int | None = None
    ties: tuple[str, ...] = ()
    admit_ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse a second round for nobody."""
        if self.admit is not None and self.admit < 1:
            raise InvalidLaw(say("second_round: admit is a number of candidates for each seat, 1 or more"))

    def apply(self, count: Count) -> Count:
        """Return the count with the seats of each district filled.

        Raises
        ------
        DrawRequired
            Equal votes, and no rule of the law settles it.
        LawSilent
            Fewer candidates with votes than seats.
        RoundRequired
            The tally holds no second round of a district with seats left.
        """
        return each_area(count, self._fill)

    def _fill(self, count: Count) -> Count:
        seats = count.left()
        if seats <= 0:
            return count
        standing = {c: n for c, n in count.contenders().items() if not count.placed.get(c)}
        try:
            able = standing
            if self.admit is not None and len(standing) > self.admit * seats:
                able = self._leading(count, standing, self.admit * seats, "second_round.admit", self.admit_ties)
            votes = self._votes(count, able, seats)
            winners = self._leading(count, votes, seats, self.name, self.ties)
        except Undecided as question:
            raise question.at(count.key(self.name), self.cite) from None
        facts = {"seats": seats, "votes": votes, "winners": winners}
        causes = [Cause(c, (1,), "plurality", ratio(n), rank) for rank, (c, n) in enumerate(winners.items(), 1)]
        return count.note("second_round", self.cite, lambda: (facts, causes)).place(dict.fromkeys(winners, 1))

    def _votes(self, count: Count, able: Mapping[str, int], seats: int) -> dict[str, int]:
        """Return the votes of the second round for those who stand in it."""
        ballots = count.tally.tiers.get(second_round_of(count.tier))
        cast = ballots.votes.get(count.area) if ballots else None
        if cast is None:
            what = say(
                "{n} seats of {area} are left by the first round; a second round is needed", n=seats, area=count.area
            )
            raise RoundRequired(what, options=list(votes_first(able)))
        known = able if self.admit is not None else None
        return {
            c: n
            for c, n in cast.items()
            if c not in LINES and not count.placed.get(c) and (known is None or c in known)
        }

    def _leading(
        self, count: Count, votes: Mapping[str, int], n: int, key: str, ties: tuple[str, ...]
    ) -> dict[str, int]:
        line = sorted((c for c in votes if votes[c]), key=lambda c: (-votes[c], c))
        if len(line) < n:
            raise LawSilent(
                say("{n} seats in {area}, but only {n2} candidates have votes", n=n, area=count.area, n2=len(line))
            )
        cut = votes[line[n - 1]]
        sure, equal = [c for c in line if votes[c] > cut], [c for c in line if votes[c] == cut]
        if len(sure) + len(equal) > n:
            rule = tie_rule(count.but(votes=votes), key, ties)
            why = say("{cut:,} votes each for {prize} in {area}", cut=cut, prize=_prize(key), area=count.area)
            try:
                equal = list(settle(equal, n - len(sure), rule, standing=count.placed, why=why))
            except Undecided as question:
                raise question.at(count.key(key), self.cite) from None
        return {c: votes[c] for c in sure + equal}

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say how many seats were left, and who won them."""
        facts = entry.facts
        others = {c: n for c, n in votes_first(facts["votes"]).items() if c not in facts["winners"]}
        text = say("{n} seats left by the first round: {winners}", n=facts["seats"], winners=listed(facts["winners"]))
        if others:
            following = next(iter(others))
            text += say("; next {next}", next=listed({following: others[following]}))
        return [("elected", text)]


def _prize(key: str) -> str:
    return say("the seat") if key == SecondRound.name else say("a place in the second round")
