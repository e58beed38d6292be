"""rank: persons elected by ranked ballots, by the single transferable vote or the alternative vote."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from sailau.seats.count import Count, each_area
from sailau.seats.in_turn import count_in_turn
from sailau.seats.ledger import Ledger
from sailau.seats.meek import Settling, count_meek
from sailau.seats.precedence import Lot, Mark
from sailau.seats.rank_words import quota_words, reasons, stage_words, votes_words
from sailau.seats.rankings import Reading, names_of
from sailau.seats.stages import Ranked, Stages
from sailau.seats.stv import count_stv
from sailau.seats.ties import RULES, check_rules
from sailau.seats.transfer import Passing
from sailau.terms.errors import DrawRequired, Invalid, InvalidLaw, InvalidVotes, LawSilent, MissingFigure, Undecided
from sailau.terms.quota import Quota, quota_named
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, say

Rule = Literal["stv", "alternative", "in_turn", "exclusion", "meek"]


@dataclass(frozen=True, kw_only=True)
class Rank(Stages, Passing, Reading, Settling):
    """Elect as many candidates as there are seats by the ballots' rankings.

    The rules of a count are those of `Stages` (quota, order, exclusion, ties), `Passing` (what a vote is worth when it
    passes on), `Reading` (what a ranking with gaps and repetitions means) and, for Meek's rule, `Settling`.

    Attributes
    ----------
    rule : str
        ``stv``; ``alternative`` (one seat, a majority of the votes that continue); ``in_turn`` (each seat by the
        alternative vote among those not elected yet); ``exclusion`` (until no more are left than there are seats, or
        all who are left have a share); ``meek``.
    """

    name: ClassVar[str] = "rank"
    rule: Rule
    cite: str

    def __post_init__(self) -> None:
        """Refuse rules that do not go together."""
        check_rules(self.ties)
        numbers = [self.places or 0, self.gap or 0, self.depth or 1, self.down_to, self.quota_places]
        numbers += [self.keep_places, self.settled]
        if not all(0 <= n <= 100 for n in numbers) or self.depth == 0 or self.settled > self.keep_places:
            raise InvalidLaw(
                say("rank: decimals, gaps and places are counts up to 100; settled is no finer than keep_places")
            )
        if self.refund is not None and not 0 <= self.refund <= 1:
            raise InvalidLaw(say("rank: refund is a share of the quota, not {refund}", refund=self.refund))
        if (self.rule == "stv") != (self.quota is not None):
            raise InvalidLaw(say("rank needs a quota with rule: stv, and none with another rule"))
        if self.exclude == "all_but_two" and self.rule not in ("alternative", "in_turn"):
            raise InvalidLaw(say("rank: exclude: all_but_two leaves two for one seat: it needs rule: alternative"))
        self._check_share()
        if self.rule == "meek" and (self.quota_of == "first" or self.overvote == "continuing"):
            raise InvalidLaw(say("rank: Meek's rule finds its quota anew and reads an overvote once: exhaust or skip"))
        if self.quota is not None:
            self._check_quota(quota_named(self.quota))

    def _check_share(self) -> None:
        if self.share is None:
            if self.exclude == "below_share":
                raise InvalidLaw(say("rank: exclude: below_share needs a share"))
        elif self.rule != "exclusion" or not 0 < self.share < 1:
            raise InvalidLaw(
                say("rank: share is a part of the votes, with rule: exclusion, not {share}", share=self.share)
            )

    def _check_quota(self, quota: Quota) -> None:
        whole = quota.rounded or quota.name == "droop"
        in_units = self.places is not None or self.surplus in ("whole_papers", "sample")
        if (in_units or self.quota_places or self.quota_of == "each") and not whole:
            raise InvalidLaw(
                say(
                    "a count in decimals or whole papers, or with a quota found anew, needs a quota in whole votes, "
                    "not {quota}",
                    quota=self.quota,
                )
            )
        if self.quota_places > (100 if self.places is None else self.places):
            raise InvalidLaw(say("rank: quota_places are no more than places"))
        if self.quota_places and self.surplus in ("whole_papers", "sample"):
            raise InvalidLaw(say("rank: whole papers need a quota in whole votes, without quota_places"))

    def apply(self, count: Count) -> Count:
        """Return the count with those elected in each district placed.

        Raises
        ------
        DrawRequired
            Equal votes that no rule of the law settles, or papers to be drawn; a decision names who or from what.
        LawSilent
            Fewer candidates than seats, and neither the law nor a decision says what follows.
        MissingFigure
            The tally holds no rankings.
        """
        return each_area(count, self._rank)

    def _rank(self, count: Count) -> Count:
        try:
            made = self.count(count)
        except Undecided as question:
            raise question.at(count.key(self.name), self.cite) from None
        placed = count.note(f"rank.{self.rule}", self.cite, lambda: self._reasons(made, count))
        placed = placed.place(dict.fromkeys(made.elected, 1))
        return placed.but(vacant=placed.vacant + placed.left()) if self._leaves_vacant(count) else placed

    def _leaves_vacant(self, count: Count) -> bool:
        return self.short == "vacant" or count.decided(f"{self.name}.short") == ("vacant",)

    def _reasons(self, made: Ranked, count: Count) -> tuple[Mapping[str, Any], Sequence[Cause]]:
        terms = {"rule": self.rule, "quota_name": self.quota, "ties": list(self.ties), "seats": count.left()}
        return reasons(made, terms)

    def count(self, count: Count, *, ledger: Ledger | None = None) -> Ranked:
        """Return the count of one district, stage by stage, booked in a ledger of its own or in the one given."""
        rankings, names = self._papers(count)
        seats = count.left()
        contenders = count.contenders()
        self._check_short(count, seats, len(contenders))
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
            raise LawSilent(
                say("the alternative vote fills one seat; {area} has {seats}", area=count.area, seats=seats)
            )
        dropped = [c for c in contenders if count.tally.contender(c).traits.intersection(self.drop_first)]

        def among(standing: Collection[str], seats: int, lot: Lot) -> Ranked:
            return count_stv(
                rankings,
                standing,
                seats,
                stages=self,
                passing=self,
                reading=self,
                lot=lot,
                seed=self._seed(count),
                names=names,
                marks=marks,
                dropped=dropped,
                excluding=self.rule == "exclusion",
                ledger=ledger,
            )

        if self.rule == "in_turn":
            return count_in_turn(
                lambda standing, lot: among(standing, 1, lot), contenders, min(seats, len(contenders)), lot
            )
        return among(contenders, seats, lot)

    def _check_short(self, count: Count, seats: int, n: int) -> None:
        if n < seats and not self._leaves_vacant(count):
            raise LawSilent(
                say("{seats} seats, but only {n} candidates", seats=seats, n=n),
                key=count.key(f"{self.name}.short"),
                cite=self.cite,
                options=("vacant",),
            )

    @staticmethod
    def _papers(count: Count) -> tuple[Mapping[tuple[str, ...], int], set[str]]:
        """Return the rankings of one district and the marks on them, all of which must be of those who stand."""
        rankings = count.ballots.rankings.get(count.area)
        if rankings is None:
            raise MissingFigure(
                say(
                    "{tier}, {area}: the law counts rankings, but the tally holds only first preferences",
                    tier=count.tier,
                    area=count.area,
                ),
                hint=say("give Ballots.rankings, or a table with the columns rank1, rank2, …, count"),
            )
        names: set[str] = set().union(*rankings)
        unknown = sorted({name for place in names for name in names_of(place)} - count.cast.keys())
        if unknown:
            raise InvalidVotes(
                say(
                    "{tier}, {area}: {unknown} is ranked but does not stand",
                    tier=count.tier,
                    area=count.area,
                    unknown=", ".join(unknown[:5]),
                )
            )
        return rankings, names

    def _lot(self, count: Count) -> Lot:
        """Return what settles equal votes: a decision for the stage, or an order of all (whoever fares best first).

        A stage with several lots takes several names, in the order of drawing.
        """

        def lot(stage: int, tied: tuple[str, ...], question: str) -> str:
            here = count.decided(f"{self.name}.{stage}")
            if here is not None:
                named = [name for name in here if name in tied]
                if not named:
                    raise Invalid(
                        say(
                            "stage {stage} needs one of {tied}, not {here}",
                            stage=stage,
                            tied=", ".join(tied),
                            here=", ".join(here) or "nobody",
                        )
                    )
                return named[0]
            order = [name for name in count.decided(self.name) or () if name in tied]
            if len(order) == len(tied):
                return order[-1] if question == "exclusion" else order[0]
            what = say("stage {stage}: {tied} tie for {question}", stage=stage, tied=", ".join(tied), question=question)
            hint = say(
                "or decide {key}: an order of the candidates, whoever fares best first", key=count.key(self.name)
            )
            key = count.key(f"{self.name}.{stage}")
            raise DrawRequired(what, key=key, options=tied, cite=self.cite, standing=count.placed, hint=hint)

        return lot

    def _seed(self, count: Count) -> Callable[[], str]:
        def seed() -> str:
            given = count.decided(f"{self.name}.papers")
            if given is None:
                raise DrawRequired(
                    say(
                        "the law draws the papers that pass on in {area}, and their order is not on record",
                        area=count.area,
                    ),
                    key=count.key(f"{self.name}.papers"),
                    cite=self.cite,
                    hint=say(
                        "decide {key}: any text, from which the draw follows", key=count.key(f"{self.name}.papers")
                    ),
                )
            return "/".join(given)

        return seed

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say the quota, and stage by stage who was elected or excluded and where the votes went."""
        out: Words = [("quota", quota_words(entry.facts))]
        for stage in entry.facts["stages"]:
            out += [(say("stage {number}", number=stage["number"]), text) for text in stage_words(stage)]
        return out

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say how one candidate's votes grew, and how it ended."""
        out: Words = []
        for stage in entry.facts["stages"]:
            gains = {t["source"]: t["gains"][contender] for t in stage["transfers"] if contender in t["gains"]}
            label = say("stage {number}", number=stage["number"])
            if stage["number"] == 1 and contender in stage["totals"]:
                out.append((label, say("{n} first preferences", n=votes_words(stage["totals"][contender]))))
            if contender in stage["elected"]:
                out.append((label, say("elected with {n} votes", n=votes_words(stage["totals"][contender]))))
            if stage["action"] == "exclude" and contender in stage["sources"]:
                out.append((label, say("excluded with {n} votes", n=votes_words(stage["totals"][contender]))))
            out += [(label, say("{n} from {source}", n=votes_words(n), source=source)) for source, n in gains.items()]
        return out


def _mark(count: Count, rule: str) -> Mark:
    rank = RULES[rule][0]
    assert rank is not None
    return lambda name: rank(count, name)
