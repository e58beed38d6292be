"""elect: persons elected in their district by plurality or by a majority in two rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count, each_area
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import LawSilent, RoundRequired, Undecided
from sailau.terms.numbers import percent
from sailau.terms.tally import LINES
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, bar_in_votes, listed, say, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Elect:
    """Elect as many candidates as the district has seats.

    Attributes
    ----------
    rule : str
        ``plurality``: most votes win. ``majority``: more than `share` of `of`, else a second round.
    share, of : Fraction, str
        The majority and its base.
    runoff : int
        Candidates in the second round; its votes are the tier ``<tier>_round2`` of the tally.
    ties : tuple of str
        Rules for equal votes, in turn.
    """

    name: ClassVar[str] = "elect"
    rule: Literal["plurality", "majority"]
    share: Fraction = Fraction(1, 2)
    of: Base = "valid"
    runoff: int = 2
    ties: tuple[str, ...] = ()
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with the winners of each district placed.

        Raises
        ------
        DrawRequired
            Equal votes, and no rule of the law settles it.
        RoundRequired
            No majority, and the tally holds no second round.
        LawSilent
            Fewer candidates with votes than seats.
        """
        return each_area(count, self._elect)

    def _elect(self, count: Count) -> Count:
        try:
            return self._majority(count) if self.rule == "majority" else self._most(count, count.contenders(), "")
        except Undecided as question:
            raise question.at(count.key(self.name), self.cite) from None

    def _majority(self, count: Count) -> Count:
        votes, base = count.contenders(), count.base(self.of)
        bar = self.share * base
        won = {c: n for c, n in votes.items() if n > bar}
        if won:
            facts = {"votes": votes, "bar": bar, "base": base, "of": self.of, "share": self.share}
            return self._place(count, "elect.majority", won, facts)
        finalists = self._leading(count, votes, self.runoff, "a place in the second round")
        second = self._second_round(count, finalists, bar)
        return self._most(count, second, "elect.runoff")

    def _second_round(self, count: Count, finalists: Mapping[str, int], bar: Fraction) -> dict[str, int]:
        ballots = count.tally.tiers.get(f"{count.tier}_round2")
        cast = ballots.votes.get(count.area) if ballots else None
        if cast is None:
            raise RoundRequired(
                f"nobody has more than {float(bar):,.2f} votes in {count.area}; a second round is needed",
                options=sorted(finalists, key=lambda c: (-finalists[c], c)),
            )
        return {c: n for c, n in cast.items() if c not in LINES}

    def _most(self, count: Count, votes: Mapping[str, int], key: str) -> Count:
        if len(votes) == 1:
            return self._place(count, "elect.unopposed", votes, {"votes": dict(votes)})
        winners = self._leading(count, votes, count.left(), "the seat")
        return self._place(count, key or "elect.plurality", winners, {"votes": dict(votes)})

    def _leading(self, count: Count, votes: Mapping[str, int], n: int, prize: str) -> dict[str, int]:
        line = sorted((c for c in votes if votes[c]), key=lambda c: (-votes[c], c))
        if len(line) < n:
            raise LawSilent(f"{n} seats in {count.area}, but only {len(line)} candidates have votes")
        if n == 0:
            return {}
        cut = votes[line[n - 1]]
        sure = [c for c in line if votes[c] > cut]
        equal = [c for c in line if votes[c] == cut]
        if len(sure) + len(equal) > n:
            rule = tie_rule(count, self.name, self.ties)
            why = f"{cut:,} votes each for {prize} in {count.area}"
            equal = list(settle(equal, n - len(sure), rule, standing=count.placed, why=why))
        return {c: votes[c] for c in sure + equal}

    def _place(self, count: Count, key: str, winners: Mapping[str, int], facts: dict[str, object]) -> Count:
        def made() -> tuple[dict[str, object], list[Cause]]:
            causes = [Cause(c, (1,), self.rule, Fraction(n), rank) for rank, (c, n) in enumerate(winners.items(), 1)]
            return {**facts, "winners": dict(winners), "seats": count.seats}, causes

        return count.note(key, self.cite, made).place(dict.fromkeys(winners, 1))

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say who won, with how many votes, and who came next."""
        facts, winners = entry.facts, entry.facts["winners"]
        if entry.key == "elect.unopposed":
            return [("elected", say("{winners} stood alone", winners=listed(list(winners))))]
        others = [(c, n) for c, n in votes_first(facts["votes"]).items() if c not in winners]
        following = say("; next {next} {votes}", next=others[0][0], votes=f"{others[0][1]:,}") if others else ""
        text = say("{winners} votes", winners=listed(winners))
        if entry.key == "elect.majority":
            text += say(
                ", more than {share} of {base} {of} = {bar}",
                share=percent(facts["share"]),
                base=f"{facts['base']:,}",
                of=facts["of"].replace("_", " "),
                bar=bar_in_votes(facts["bar"]),
            )
        if entry.key == "elect.runoff":
            text = say("nobody had a majority; second round: {text}", text=text)
        return [("elected", text + following)]
