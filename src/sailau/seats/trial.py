"""trial: a bar in seats: whoever wins fewer than so many in a distribution on trial takes no part in the real one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count, each_area, in_area
from sailau.seats.formula import Formula
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.errors import InvalidLaw, LawSilent, Undecided
from sailau.terms.numbers import check_share
from sailau.terms.trail import Entry
from sailau.terms.words import Words, grouped, listed, named, percent, say, votes_first

Seats = dict[str, int]


@dataclass(frozen=True, slots=True)
class Round:
    """One distribution on trial: the seats, the districts in which each won one, and who passes."""

    seats: Seats
    areas: Seats
    passed: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial(Formula):
    """Share out the seats on trial, and keep the contenders that win enough of them. No seat is placed.

    Attributes
    ----------
    least : int
        Seats that a contender needs in the trial. A lot at a later trial is decided under ``trial.2``, ``trial.3`` …
    areas : int
        Districts in which it needs a seat at the least, where the seats are shared out in districts.
    over : str
        Where the seats are shared out on trial: in the ``districts`` of the tier, each with its own seats, or in the
        ``whole``. Where the districts have no seats of their own the two are one.
    again : bool
        Whether the trial is held again among those that pass, until all who take part win enough.
    share, of : Fraction, str
        The share of a base that admits as well, whatever the trial gives.
    exempt : tuple of str
        Traits that admit without votes, for instance ``minority``.
    if_none : str
        What follows when nobody passes: a ``question``, or ``all`` with votes take part.
    """

    name: ClassVar[str] = "trial"
    least: int
    areas: int = 1
    over: Literal["districts", "whole"] = "districts"
    again: bool = False
    share: Fraction | None = None
    of: Base = "valid"
    exempt: tuple[str, ...] = ()
    if_none: Literal["question", "all"] = "question"
    cite: str

    def __post_init__(self) -> None:
        """Refuse a bar that is none, and a formula that is none or two."""
        self.check_formula()
        if self.share is not None:
            check_share("trial.share", self.share)
        if self.least < 1 or self.areas < 1:
            raise InvalidLaw(say("trial: least and areas are numbers above 0"))
        if self.areas > 1 and self.over == "whole":
            raise InvalidLaw(say("trial: a number of areas needs a trial in the districts (over: districts)"))

    def apply(self, count: Count) -> Count:
        """Return the count without those that win too few seats on trial.

        Raises
        ------
        DrawRequired
            The last seat of a trial is tied and no rule of the law settles it.
        LawSilent
            Nobody wins enough seats, and no decision says who takes part.
        """
        rounds = list(self._rounds(count))
        passed = dict(rounds[-1].passed) or self._when_none(count)
        out = {c: n for c, n in count.contenders().items() if c not in passed}
        told = {"least": self.least, "areas": self.areas, "share": self.share, "of": self.of}
        facts = {**told, "rounds": [_facts(made) for made in rounds], "passed": passed, "out": out}
        count = count.note("trial", self.cite, lambda: (facts, ())).but(votes=passed, below={**count.below, **out})
        if not count.areas or not out:
            return count
        return each_area(count, lambda part: part.but(votes={c: n for c, n in part.votes.items() if c in passed}))

    def _rounds(self, count: Count) -> Iterator[Round]:
        """Yield one trial after the other, until one puts nobody out."""
        free = {c for c, n in count.contenders().items() if self._admitted(count, c, n)}
        votes: Mapping[str, int] = count.contenders()
        for number in itertools.count(1):
            made = self._tried(count, votes, free, self.name if number == 1 else f"{self.name}.{number}")
            yield made
            if not self.again or not made.passed or len(made.passed) == len(votes):
                return
            votes = made.passed

    def _tried(self, count: Count, votes: Mapping[str, int], free: set[str], key: str) -> Round:
        parts = [in_area(count, name) for name in sorted(count.areas)] if self.over == "districts" else []
        seats, areas = dict.fromkeys(votes, 0), dict.fromkeys(votes, 0)
        parts = parts if any(part.seats for part in parts) else []
        for part in parts or [count]:
            for contender, n in self._won(part, votes, key).items():
                seats[contender] += n
                areas[contender] += n > 0
        wide = self.areas if parts else 1
        enough = {c for c in votes if seats[c] >= self.least and areas[c] >= wide}
        return Round(seats, areas, {c: n for c, n in votes.items() if c in enough or c in free})

    def _won(self, part: Count, votes: Mapping[str, int], key: str) -> Mapping[str, int]:
        here = {c: n for c, n in part.contenders().items() if c in votes}
        if part.left() <= 0 or not any(here.values()):
            return {}
        try:
            return self.allocation(here, part.left(), tie_rule(part, key, self.ties)).seats
        except Undecided as question:
            raise question.at(part.key(key), self.cite) from None

    def _admitted(self, count: Count, contender: str, votes: int) -> bool:
        """Say whether a contender takes part whatever it wins on trial."""
        if self.exempt and count.tally.contender(contender).traits.intersection(self.exempt):
            return True
        return self.share is not None and votes >= self.share * count.base(self.of)

    def _when_none(self, count: Count) -> dict[str, int]:
        """Return who takes part when nobody passes."""
        votes = count.contenders()
        if self.if_none == "all" and any(votes.values()):
            return {c: n for c, n in votes.items() if n}
        decision = count.decided(f"{self.name}.none")
        if decision and all(c in votes for c in decision):
            return {c: votes[c] for c in decision}
        raise LawSilent(
            say("nobody wins {n} seats on trial, and the law has no rule for that case", n=self.least),
            options=sorted(votes, key=lambda c: (-votes[c], c)),
            choose=max(1, len(votes)),
            hint=say("a decision may name any of the lists that shall take part"),
        ).at(count.key(f"{self.name}.none"), self.cite)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say what each wins on trial, and who is out for it."""
        facts, told = entry.facts, Words()
        for made in facts["rounds"]:
            text = say("on trial {seats}", seats=listed(votes_first(made["seats"])))
            if made["out"]:
                text += say("; out with fewer than {bar}: {out}", bar=_bar(entry), out=listed(made["out"]))
            told.append(("trial", text))
        passed, share = listed(votes_first(facts["passed"])), facts["share"]
        if share is not None:
            other = say("{share} of {of} admits as well", share=percent(share), of=named(facts["of"]))
            told.append(("trial", other))
        return [*told, ("threshold", say("{passed} pass", passed=passed))]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say what one contender wins on trial, and whether that is enough."""
        facts = entry.facts
        tried = [made for made in facts["rounds"] if contender in made["seats"]]
        if not tried:
            return []
        n, values = tried[-1]["seats"][contender], {"contender": contender, "bar": _bar(entry)}
        if contender in facts["passed"]:
            return [("trial", say("{contender} takes part: {n} seats on trial (the bar is {bar})", n=n, **values))]
        votes = grouped(facts["out"][contender])
        sentence = "{contender} is out with {votes} votes: {n} seats on trial (the bar is {bar})"
        return [("trial", say(sentence, n=n, votes=votes, **values))]


def _facts(made: Round) -> dict[str, object]:
    return {
        "seats": {c: n for c, n in made.seats.items() if n or c not in made.passed},
        "areas": made.areas,
        "out": sorted(made.seats.keys() - made.passed.keys()),
    }


def _bar(entry: Entry) -> str:
    """Return the bar in words."""
    least, areas = entry.facts["least"], entry.facts["areas"]
    if areas == 1:
        return say("{n} seats", n=least)
    return say("{n} seats in {areas} districts", n=least, areas=areas)
