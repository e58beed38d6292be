"""rank: persons elected by ranked ballots, by the single transferable vote or the alternative vote."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Literal

from sailau.seats.count import Count, each_area
from sailau.seats.meek import Settling, count_meek
from sailau.seats.precedence import Mark
from sailau.seats.rankings import MARKS, Reading
from sailau.seats.stages import Ranked, Stage, Stages
from sailau.seats.stv import count_stv
from sailau.seats.ties import RULES, check_rules
from sailau.seats.transfer import Passing
from sailau.terms.errors import DrawRequired, Invalid, InvalidLaw, InvalidVotes, LawSilent, MissingFigure, Undecided
from sailau.terms.numbers import decimal, spell
from sailau.terms.quota import quota_named
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, listed, say, votes_first

Rule = Literal["stv", "alternative", "meek"]


@dataclass(frozen=True, kw_only=True)
class Rank(Stages, Passing, Reading, Settling):
    """Elect as many candidates as there are seats by the ballots' rankings.

    The rules of a count are those of `Stages` (quota, order, exclusion, ties), `Passing` (what a vote is worth when it
    passes on), `Reading` (what a ranking with gaps and repetitions means) and, for Meek's rule, `Settling`.

    Attributes
    ----------
    rule : str
        ``stv``, ``alternative`` (one seat, a majority of the votes that continue), ``meek``.
    """

    name: ClassVar[str] = "rank"
    rule: Rule
    cite: str

    def __post_init__(self) -> None:
        """Refuse rules that do not go together."""
        check_rules(self.ties)
        numbers = (self.places or 0, self.gap or 0, self.depth or 1, self.down_to, self.keep_places, self.settled)
        if not all(0 <= n <= 100 for n in numbers) or self.depth == 0 or self.settled > self.keep_places:
            raise InvalidLaw(
                "rank: decimals, gaps and places are counts up to 100; settled is no finer than keep_places"
            )
        if self.refund is not None and not 0 <= self.refund <= 1:
            raise InvalidLaw(f"rank: refund is a share of the quota, not {self.refund}")
        if (self.rule == "stv") != (self.quota is not None):
            raise InvalidLaw("rank needs a quota with rule stv, and none with the alternative vote or Meek's rule")
        if self.exclude == "all_but_two" and self.rule != "alternative":
            raise InvalidLaw("rank: exclude: all_but_two leaves two for one seat: it needs rule: alternative")
        if self.quota is None:
            return
        whole = quota_named(self.quota)
        in_units = self.places is not None or self.surplus in ("whole_papers", "sample")
        if in_units and not (whole.rounded or whole.name == "droop"):
            raise InvalidLaw(f"a count in decimals or whole papers needs a quota in whole votes, not {self.quota}")

    def apply(self, count: Count) -> Count:
        """Return the count with those elected in each district placed.

        Raises
        ------
        DrawRequired
            Equal votes that no rule of the law settles, or papers to be drawn; a decision names who or from what.
        LawSilent
            Fewer candidates than seats.
        MissingFigure
            The tally holds no rankings.
        """
        return each_area(count, self._rank)

    def _rank(self, count: Count) -> Count:
        try:
            made = self.count(count)
        except Undecided as question:
            raise question.at(count.key(self.name), self.cite) from None
        seats = dict.fromkeys(made.elected, 1)
        return count.note(f"rank.{self.rule}", self.cite, lambda: _reasons(made, self, count)).place(seats)

    def count(self, count: Count) -> Ranked:
        """Return the count of one district, stage by stage."""
        rankings, seats = count.ballots.rankings.get(count.area), count.left()
        if rankings is None:
            raise MissingFigure(
                f"{count.tier}, {count.area}: the law counts rankings, but the tally holds only first preferences",
                hint="give Ballots.rankings, or a file ballots.csv with the votes of each ranking",
            )
        names: set[str] = set().union(*rankings)
        unknown = sorted(names - count.cast.keys() - MARKS)
        if unknown:
            raise InvalidVotes(f"{count.tier}, {count.area}: {', '.join(unknown[:5])} is ranked but does not stand")
        contenders = count.contenders()
        marks = {rule: _mark(count, rule) for rule in self.ties if RULES[rule][0]}
        lot = self._lot(count)
        if self.rule == "meek":
            return count_meek(
                rankings,
                contenders,
                seats,
                settling=self,
                reading=self,
                ties=self.ties,
                lot=lot,
                names=names,
                marks=marks,
            )
        if self.rule == "alternative" and seats > 1:
            raise LawSilent(f"the alternative vote fills one seat; {count.area} has {seats}")
        return count_stv(
            rankings,
            contenders,
            seats,
            stages=self,
            passing=self,
            reading=self,
            lot=lot,
            seed=self._seed(count),
            names=names,
            marks=marks,
            dropped=[c for c in contenders if count.tally.contender(c).traits.intersection(self.drop_first)],
        )

    def _lot(self, count: Count) -> Callable[[int, tuple[str, ...], str], str]:
        """Return what settles equal votes: a decision for the stage, or an order of all (whoever fares best first).

        A stage with several lots takes several names, in the order of drawing.
        """

        def lot(stage: int, tied: tuple[str, ...], question: str) -> str:
            here = count.decided(f"{self.name}.{stage}")
            if here is not None:
                named = [name for name in here if name in tied]
                if not named:
                    raise Invalid(f"stage {stage} needs one of {', '.join(tied)}, not {', '.join(here) or 'nobody'}")
                return named[0]
            order = [name for name in count.decided(self.name) or () if name in tied]
            if len(order) == len(tied):
                return order[-1] if question == "exclusion" else order[0]
            what = f"stage {stage}: {', '.join(tied)} tie for {question}"
            hint = f"or decide {count.key(self.name)}: an order of the candidates, whoever fares best first"
            key = count.key(f"{self.name}.{stage}")
            raise DrawRequired(what, key=key, options=tied, cite=self.cite, standing=count.placed, hint=hint)

        return lot

    def _seed(self, count: Count) -> Callable[[], str]:
        def seed() -> str:
            given = count.decided(f"{self.name}.papers")
            if given is None:
                raise DrawRequired(
                    f"the law draws the papers that pass on in {count.area}, and their order is not on record",
                    key=count.key(f"{self.name}.papers"),
                    cite=self.cite,
                    hint=f"decide {count.key(f'{self.name}.papers')}: any text, from which the draw follows",
                )
            return "/".join(given)

        return seed

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say the quota, and stage by stage who was elected or excluded and where the votes went."""
        out: Words = [("quota", _quota_words(entry.facts))]
        for stage in entry.facts["stages"]:
            out += [(f"stage {stage['number']}", text) for text in _stage_words(stage)]
        return out

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say how one candidate's votes grew, and how it ended."""
        out: Words = []
        for stage in entry.facts["stages"]:
            gains = {t["source"]: t["gains"][contender] for t in stage["transfers"] if contender in t["gains"]}
            label = f"stage {stage['number']}"
            if stage["number"] == 1 and contender in stage["totals"]:
                out.append((label, say("{n} first preferences", n=_votes(stage["totals"][contender]))))
            if contender in stage["elected"]:
                out.append((label, say("elected with {n} votes", n=_votes(stage["totals"][contender]))))
            if stage["action"] == "exclude" and contender in stage["sources"]:
                out.append((label, say("excluded with {n} votes", n=_votes(stage["totals"][contender]))))
            out += [(label, say("{n} from {source}", n=_votes(n), source=source)) for source, n in gains.items()]
        return out


def _mark(count: Count, rule: str) -> Mark:
    rank = RULES[rule][0]
    assert rank is not None
    return lambda name: rank(count, name)


def _reasons(made: Ranked, step: Rank, count: Count) -> tuple[Mapping[str, Any], Sequence[Cause]]:
    facts = {
        "rule": step.rule,
        "quota_name": step.quota,
        "seats": count.left(),
        "valid": made.valid,
        "blank": made.blank,
        "elected": list(made.elected),
        "ties": list(step.ties),
        "stages": [_facts(stage) for stage in made.stages],
    }
    causes: list[Cause] = []
    for stage in made.stages:
        for name, how in stage.elected:
            causes.append(Cause(name, (1,), f"ranked_{how}", stage.votes(stage.totals[name]), len(causes) + 1))
    return facts, causes


def _facts(stage: Stage) -> dict[str, Any]:
    unit, after = stage.unit, stage.after
    return {
        "number": stage.number,
        "quota": Fraction(stage.quota, unit),
        "totals": {name: Fraction(n, unit) for name, n in votes_first(stage.totals).items()},
        "spent": {why: Fraction(n, unit) for why, n in stage.spent.items()},
        "lost": Fraction(stage.lost, unit),
        "elected": [name for name, _ in stage.elected],
        "action": stage.action,
        "sources": list(stage.sources),
        "transfers": [
            {
                "source": t.source,
                "gains": {name: Fraction(n, after) for name, n in votes_first(t.gains).items()},
                "ended": {why: Fraction(n, after) for why, n in t.ended.items()},
                "lost": Fraction(t.lost, after),
                "values": [[Fraction(old, after), Fraction(new, after), n] for old, new, n in t.values],
            }
            for t in stage.transfers
        ],
        "tied": list(stage.tied),
        "keeps": {name: Fraction(n, unit) for name, n in stage.keeps.items()},
    }


def _votes(value: Fraction | int) -> str:
    """Return votes: with up to five decimals where they say it all, else as a short mixed number or cut to five."""
    value = Fraction(value)
    if value.denominator == 1:
        return f"{value.numerator:,}"
    if (value * 10**5).denominator == 1:
        return decimal(value, 5).rstrip("0")
    return spell(value) if value.denominator < 100 else decimal(value, 5)


def _quota_words(facts: Mapping[str, Any]) -> str:
    valid, seats = f"{facts['valid']:,}", facts["seats"]
    if facts["quota_name"] is None:
        name = (
            "more than half of the votes that continue"
            if facts["rule"] == "alternative"
            else "votes kept / (seats + 1)"
        )
        return say("{name}; {valid} ballots, {seats} seats", name=name, valid=valid, seats=seats)
    name = facts["quota_name"].replace("_", " ")
    quota = facts["stages"][0]["quota"]
    return say(
        "{name} of {valid} votes and {seats} seats = {quota}", name=name, valid=valid, seats=seats, quota=_votes(quota)
    )


def _stage_words(stage: Mapping[str, Any]) -> list[str]:
    out = [listed(stage["totals"], _votes)]
    if stage["elected"]:
        out.append(say("elected: {names}", names=listed(stage["elected"])))
    if stage["tied"]:
        out.append(say("tie of {names}", names=listed(stage["tied"])))
    for moved in stage["transfers"]:
        verb = "surplus of" if stage["action"] == "surplus" else "excluded:"
        gains, rest = listed(moved["gains"], _votes), sum(moved["ended"].values())
        text = say("{verb} {source}; to {gains}", verb=verb, source=moved["source"], gains=gains)
        if rest:
            text += say("; without a next preference {n}", n=_votes(rest))
        if moved["lost"]:
            text += say("; lost by rounding {n}", n=_votes(moved["lost"]))
        out.append(text)
    if stage["sources"] and not stage["transfers"]:
        out.append(say("excluded: {names}", names=listed(stage["sources"])))
    return out
