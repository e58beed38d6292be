"""elect: persons elected in their district by plurality or by a majority in two rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count, each_area
from sailau.seats.threshold import Base
from sailau.seats.ties import in_words, tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import DrawRequired, LawSilent, RoundRequired, Undecided
from sailau.terms.numbers import check_share
from sailau.terms.tally import LINES, second_round_of
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, bar_in_votes, grouped, listed, named, percent, say, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Elect:
    """Elect as many candidates as the district has seats.

    Attributes
    ----------
    rule : str
        ``plurality``: most votes win. ``majority``: more than `share` of `of`, else a second round. ``ticket``: the
        list with the most votes takes every seat of the district (party block vote, general ticket).
    share, of : Fraction, str
        The majority and its base.
    least, least_of : Fraction, str
        With a majority: the share of another base that a winner of the first round needs as well, for instance a
        quarter of those ``registered``.
    runoff : int
        Candidates in the second round; its votes are the tier ``<tier>_round2`` of the tally.
    runoff_from : int
        Candidates in the first round that a second one needs; with fewer, `otherwise` holds.
    otherwise : str, optional
        What follows when nobody has a majority and there are too few for a second round: ``repeat_election``, or
        nothing that the law names. ``leave``: there is no second round at all, and the seat is left to a later step.
    ties : tuple of str
        Rules for equal votes for a seat, in turn.
    pair_ties : tuple of str
        The same where only two candidates stood; `ties` when empty.
    runoff_ties : tuple of str
        Rules for equal votes for a place in the second round.
    """

    name: ClassVar[str] = "elect"
    rule: Literal["plurality", "majority", "ticket"]
    share: Fraction = Fraction(1, 2)
    of: Base = "valid"
    least: Fraction | None = None
    least_of: Base = "registered"
    runoff: int = 2
    runoff_from: int = 2
    otherwise: Literal["repeat_election", "leave"] | None = None
    ties: tuple[str, ...] = ()
    pair_ties: tuple[str, ...] = ()
    runoff_ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse a majority that is no share."""
        check_share("elect.share", self.share)
        if self.least is not None:
            check_share("elect.least", self.least)

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
            if self.rule == "ticket":
                return self._ticket(count)
            return self._majority(count) if self.rule == "majority" else self._most(count, count.contenders(), "")
        except Undecided as question:
            raise question.at(count.key(self.name), self.cite) from None

    def _ticket(self, count: Count) -> Count:
        votes, seats = count.contenders(), count.left()
        if seats <= 0:
            return count
        winner = next(iter(votes)) if len(votes) == 1 else next(iter(self._leading(count, votes, 1)))

        def made() -> tuple[dict[str, object], list[Cause]]:
            cause = Cause(winner, tuple(range(1, seats + 1)), "ticket", Fraction(votes[winner]), 1)
            return {"votes": dict(votes), "winners": {winner: votes[winner]}, "seats": seats}, [cause]

        return count.note("elect.ticket", self.cite, made).place({winner: seats})

    def _majority(self, count: Count) -> Count:
        if count.left() <= 0:
            return count
        votes, base = count.contenders(), count.base(self.of)
        bar = self.share * base
        floor = Fraction(0) if self.least is None else self.least * count.base(self.least_of)
        won = {c: n for c, n in votes.items() if n > bar and n >= floor}
        if won:
            facts = {"votes": votes, "bar": bar, "base": base, "of": self.of, "share": self.share}
            return self._place(count, "elect.majority", self._leading(count, won, min(count.left(), len(won))), facts)
        if self.otherwise == "leave":
            return count.note("elect.none", self.cite, lambda: ({"votes": votes, "bar": bar, "winners": {}}, ()))
        ballots = count.tally.tiers.get(second_round_of(count.tier))
        cast = ballots.votes.get(count.area) if ballots else None
        if cast is None:
            raise self._no_majority(count, votes, bar, floor)
        return self._most(count, {c: n for c, n in cast.items() if c not in LINES}, "elect.runoff")

    def _no_majority(self, count: Count, votes: Mapping[str, int], bar: Fraction, floor: Fraction) -> Undecided:
        """Return what follows where nobody has a majority and no second round is on record."""
        nobody = say(
            "nobody has more than {bar_in_votes} votes in {area}", bar_in_votes=bar_in_votes(bar), area=count.area
        )
        if floor > bar:
            nobody = say("nobody has {bar_in_votes} votes in {area}", bar_in_votes=bar_in_votes(floor), area=count.area)
        if len(votes) >= self.runoff_from:
            finalists = self._leading(count, votes, self.runoff, step="runoff")
            order = sorted(finalists, key=lambda c: (-finalists[c], c))
            return RoundRequired(say("{nobody}; a second round is needed", nobody=nobody), options=order)
        if self.otherwise:
            return RoundRequired(
                say("{nobody} of {n} candidates; a new election is to be held", nobody=nobody, n=len(votes))
            )
        return LawSilent(
            say("{nobody}, and the law has no rule for {n} candidates", nobody=nobody, n=len(votes)),
            options=sorted(votes),
        )

    def _most(self, count: Count, votes: Mapping[str, int], key: str) -> Count:
        if len(votes) == 1:
            return self._place(count, "elect.unopposed", votes, {"votes": dict(votes)})
        winners = self._leading(count, votes, count.left())
        return self._place(count, key or "elect.plurality", winners, {"votes": dict(votes)})

    def _leading(self, count: Count, votes: Mapping[str, int], n: int, step: str = "elect") -> dict[str, int]:
        line = sorted((c for c in votes if votes[c]), key=lambda c: (-votes[c], c))
        if len(line) < n:
            raise LawSilent(
                say("{n} seats in {area}, but only {n2} candidates have votes", n=n, area=count.area, n2=len(line))
            )
        if n == 0:
            return {}
        cut = votes[line[n - 1]]
        sure = [c for c in line if votes[c] > cut]
        equal = [c for c in line if votes[c] == cut]
        if len(sure) + len(equal) > n:
            prize = say("the seat") if step == self.name else say("a place in the second round")
            why = say("{cut:,} votes each for {prize} in {area}", cut=cut, prize=prize, area=count.area)
            won = count if step != self.name else count.place(dict.fromkeys(sure, 1))
            equal = self._settle(won, equal, n - len(sure), why, step)
        return {c: votes[c] for c in sure + equal}

    def _settle(self, count: Count, equal: list[str], choose: int, why: str, step: str) -> list[str]:
        ties = self.runoff_ties if step != self.name else self.ties
        if step == self.name and self.pair_ties and len(count.contenders()) == 2:
            ties = self.pair_ties
        try:
            return list(settle(equal, choose, tie_rule(count, step, ties), standing=count.placed, why=why))
        except DrawRequired as draw:
            if {"second_vote", "repeat_election"}.intersection(ties):
                what = f"{draw.what}; {in_words(ties)}"
                raise RoundRequired(what, options=draw.options, choose=choose).at(count.key(step), self.cite) from None
            raise draw.at(count.key(step), self.cite) from None

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
        if entry.key == "elect.none":
            return [
                ("elected", say("nobody has more than {bar} votes; the seat is left", bar=bar_in_votes(facts["bar"])))
            ]
        others = [(c, n) for c, n in votes_first(facts["votes"]).items() if c not in winners]
        following = say("; next {next} {votes}", next=others[0][0], votes=grouped(others[0][1])) if others else ""
        text = say("{winners} votes", winners=listed(winners))
        if entry.key == "elect.ticket":
            text += say(": all {seats} seats", seats=facts["seats"])
        if entry.key == "elect.majority":
            text += say(
                ", more than {share} of {base} {of} = {bar}",
                share=percent(facts["share"]),
                base=grouped(facts["base"]),
                of=named(facts["of"]),
                bar=bar_in_votes(facts["bar"]),
            )
        if entry.key == "elect.runoff":
            text = say("nobody had a majority; second round: {text}", text=text)
        return [("elected", text + following)]

    @staticmethod
    def words_without(entry: Entry, contender: str) -> Words:
        """Say with how many votes a contender was not elected, and who was."""
        votes, winners = entry.facts["votes"], entry.facts["winners"]
        if contender not in votes or not winners:
            return []
        place = 1 + sum(n > votes[contender] for n in votes.values())
        sentence = "no seat: {votes} votes (place {place}); elected: {winners}"
        own = grouped(votes[contender])
        return [("seats", say(sentence, votes=own, place=place, winners=listed(winners)))]
