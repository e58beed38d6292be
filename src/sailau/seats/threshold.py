"""threshold: the legal bar, and who passes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, ClassVar, Literal

from sailau.seats.count import Count, each_area
from sailau.seats.elsewhere import seats_won
from sailau.terms.errors import InvalidLaw, LawSilent, MissingFigure
from sailau.terms.numbers import check_share
from sailau.terms.quota import quota_named
from sailau.terms.tally import INVALID, LINES, Contender
from sailau.terms.trail import Entry
from sailau.terms.words import Words, bar_in_votes, decimal, grouped, listed, named, percent, say, spell, votes_first

Base = Literal[
    "registered", "voters", "ballots", "valid", "valid_for_contenders", "list_votes", "standing", "standing_and_blank"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """Keep only the contenders that reach a share of a base.

    Attributes
    ----------
    share : Fraction
        The bar for a plain list.
    of : str
        The base of the share.
    strict : bool
        True where the law says "more than"; the usual wording is "at least".
    joint : tuple of Fraction
        Bars for joint lists of 2, 3, … parties; the last one holds for more.
    small : tuple of Fraction
        Bars of areas with 1, 2, … seats, where small ones have another bar than `share`.
    pools : Fraction, optional
        The bar for linked lists that `pool` counts as one; `share` holds for them too when it is not given.
    seats : int, optional
        Seats won in the tier `in_tier` that admit a contender as well.
    in_tier : str, optional
    exempt : tuple of str
        Traits that admit without votes, for instance ``minority``.
    parts : str, optional
        Ballots of the tally with the same votes by parts of the country: reaching the bar in one part suffices.
    quota : str, optional
        The share is one of this quota of the base and the seats (an electoral quotient), not of the base itself.
        It may be more than the whole of it: a bar of two quotients is ``200%``.
    lower : tuple of Fraction
        The bars that hold instead where fewer than `few` reach theirs: of a plain list, then of joint ones.
    lower_by : Fraction, optional
        What is taken off every bar, again and again, where `lower` does not suffice or is not given.
    few, enough : int
        With fewer than `few` the bars fall, until `enough` reach them. Who is exempt counts for neither.
    if_none : str
        What follows when nobody passes: a ``question``, or ``all`` with votes take part.
    """

    name: ClassVar[str] = "threshold"
    share: Fraction
    of: Base = "valid"
    strict: bool = False
    joint: tuple[Fraction, ...] = ()
    small: tuple[Fraction, ...] = ()
    pools: Fraction | None = None
    seats: int | None = None
    in_tier: str | None = None
    exempt: tuple[str, ...] = ()
    parts: str | None = None
    quota: str | None = None
    lower: tuple[Fraction, ...] = ()
    lower_by: Fraction | None = None
    few: int = 1
    enough: int = 1
    if_none: Literal["question", "all"] = "question"
    cite: str

    def __post_init__(self) -> None:
        """Refuse bars that are no shares, and bars of two kinds for one list."""
        if self.joint and self.small:
            raise InvalidLaw(say("threshold: bars of joint lists and bars of small areas do not go together"))
        for bar in (self.share, *self.joint, *self.small, *self.lower, *([] if self.pools is None else [self.pools])):
            self._check_bar(bar)
        self._check_lowered()

    def _check_bar(self, bar: Fraction) -> None:
        """Refuse a bar that is no share; of a quota it may be several."""
        check_share("threshold.share", bar if self.quota is None else min(bar, Fraction(1)))

    def _check_lowered(self) -> None:
        """Refuse bars that do not fall, and numbers of lists that nothing uses."""
        if self.lower_by is not None:
            check_share("threshold.lower_by", self.lower_by)
        if min(self.few, self.enough) < 1 or self.lower_by == 0:
            raise InvalidLaw(say("threshold: few, enough and lower_by are above 0"))
        if not self.lower and self.lower_by is None:
            if (self.few, self.enough) != (1, 1):
                raise InvalidLaw(say("threshold: few and enough say when bars fall, but no lower ones are given"))
        elif self.small or self.pools is not None:
            raise InvalidLaw(say("threshold: bars that fall are those of plain and of joint lists"))
        elif self.lower and self.lower[0] >= self.share:
            raise InvalidLaw(say("threshold: the bars of `lower` are below those of `share`"))

    def apply(self, count: Count) -> Count:
        """Return the count without those below the bar.

        Raises
        ------
        LawSilent
            Nobody passes, and no decision says who takes part.
        """
        held = self.tried(count)[-1]
        return held.keep(count, None if held is self else self.share)

    def keep(self, count: Count, fallen_from: Fraction | None = None) -> Count:
        """Return the count without those below these bars, which may have fallen from a higher one."""
        base, contenders = self._base(count), count.contenders()
        passed = {c: n for c, n in contenders.items() if self._passes(count, c, n, base)}
        if not passed:
            passed = self._when_none(count, contenders, base)
        out = {c: n for c, n in contenders.items() if c not in passed}
        told = count
        count = count.note(
            "threshold", self.cite, lambda: ({**self._facts(told, base, passed, out), "from": fallen_from}, ())
        )
        count = count.but(votes=passed, below=out)
        if not count.areas or not out:
            return count
        return each_area(count, lambda part: part.but(votes={c: n for c, n in part.votes.items() if c in passed}))

    def tried(self, count: Count) -> tuple[Threshold, ...]:
        """Return this step with each of the bars that are tried here in turn; the last ones hold."""
        if not self.lower and self.lower_by is None:
            return (self,)
        out, base = [self], self._base(count)
        wanted = self.few
        for lowered in self._lowered():
            if sum(out[-1].reaches(count, c, n, base) for c, n in count.contenders().items()) >= wanted:
                break
            out.append(lowered)
            wanted = self.enough
        return tuple(out)

    def _lowered(self) -> Iterator[Threshold]:
        """Return this step with one set of lower bars after the other."""
        step = self
        if self.lower:
            step = replace(self, share=self.lower[0], joint=self.lower[1:], lower=(), lower_by=None, few=1, enough=1)
            yield step
        while self.lower_by is not None and max(step.share, *step.joint, Fraction(0)) > 0:
            share, *joint = (max(bar - self.lower_by, Fraction(0)) for bar in (step.share, *step.joint))
            step = replace(step, share=share, joint=tuple(joint), lower=(), lower_by=None, few=1, enough=1)
            yield step

    def _base(self, count: Count) -> int | Fraction:
        base = count.base(self.of)
        if self.quota is None or count.seats == 0:
            return base
        price = quota_named(self.quota)(base, count.seats)
        return price.numerator if price.denominator == 1 else price

    def _bar(self, count: Count, contender: str) -> Fraction:
        if self.pools is not None and contender in count.pools:
            return self.pools
        return self.bar(count.tally.contender(contender)) if self.joint else self._share(count)

    def _share(self, count: Count) -> Fraction:
        """Return the bar of a plain list in an area of so many seats."""
        return self.small[count.seats - 1] if 0 < count.seats <= len(self.small) else self.share

    def bar(self, contender: Contender) -> Fraction:
        """Return the share that this contender has to reach."""
        if not self.joint or len(contender.members) < 2:
            return self.share
        return self.joint[min(len(contender.members) - 2, len(self.joint) - 1)]

    def _passes(self, count: Count, contender: str, votes: int, base: int | Fraction) -> bool:
        if self.exempt and count.tally.contender(contender).traits.intersection(self.exempt):
            return True
        return self.reaches(count, contender, votes, base)

    def reaches(self, count: Count, contender: str, votes: int, base: int | Fraction) -> bool:
        """Say whether a contender takes part without being exempt."""
        bar = self._bar(count, contender)
        left, right = votes * bar.denominator, bar.numerator * base
        if left > right or (left == right and not self.strict):
            return True
        if self.parts is not None and self._in_a_part(count, contender, bar):
            return True
        return self.seats is not None and seats_won(count, self.in_tier or "", contender) >= self.seats

    def _in_a_part(self, count: Count, contender: str, bar: Fraction) -> bool:
        ballots = count.tally.tiers.get(self.parts or "")
        if ballots is None:
            raise MissingFigure(
                say("the law asks for shares in parts of the country, but the tally has no {parts}", parts=self.parts)
            )
        for area, lines in ballots.votes.items():
            given = ballots.total(area, self.of)
            base = sum(n for line, n in lines.items() if line != INVALID) if given is None else given
            votes = lines.get(contender, 0) * bar.denominator
            if votes > bar.numerator * base or (votes == bar.numerator * base and not self.strict):
                return True
        return False

    def _when_none(self, count: Count, contenders: Mapping[str, int], base: int | Fraction) -> dict[str, int]:
        """Return who takes part when nobody passes."""
        if self.if_none == "all" and any(contenders.values()):
            return {c: n for c, n in contenders.items() if n}
        decision = count.decided(self.name)
        if decision and all(c in contenders for c in decision):
            return {c: contenders[c] for c in decision}
        bar = self._share(count) * base
        raise LawSilent(
            say(
                "no list reaches {percent} of {spell} {of} (= {bar_in_votes} votes), and the law has no rule for "
                "that case",
                percent=percent(self._share(count)),
                spell=spell(base),
                of=named(self.of),
                bar_in_votes=bar_in_votes(bar),
            ),
            options=sorted(contenders, key=lambda c: (-contenders[c], c)),
            choose=max(1, len(contenders)),
            hint=say("a decision may name any of the lists that shall take part"),
        )

    def _facts(
        self, count: Count, base: int | Fraction, passed: Mapping[str, int], out: Mapping[str, int]
    ) -> dict[str, object]:
        lower = {c: n for c, n in passed.items() if not self._by_share(count, c, n, base)}
        return {
            "share": self._share(count),
            "of": self.of,
            "quota": self.quota,
            "base": base,
            "bar": self._share(count) * base,
            "strict": self.strict,
            "passed": dict(passed),
            "out": dict(out),
            "otherwise": lower,
            "own": self._own_bars(count, [*passed, *out], base),
            "lines": {line: n for line, n in count.cast.items() if line in LINES},
        }

    def _own_bars(
        self, count: Count, contenders: Iterable[str], base: int | Fraction
    ) -> dict[str, dict[str, Fraction | list[str]]]:
        """Return, by share, the bars that are not that of a plain list, and for whom they hold."""
        found: dict[Fraction, list[str]] = {}
        for contender in contenders:
            bar = self._bar(count, contender)
            if bar != self._share(count):
                found.setdefault(bar, []).append(contender)
        return {percent(bar): {"share": bar, "bar": bar * base, "for": found[bar]} for bar in sorted(found)}

    def _by_share(self, count: Count, contender: str, votes: int, base: int | Fraction) -> bool:
        bar = self._bar(count, contender) * base
        return votes > bar or (votes == bar and not self.strict)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say the bar, who passes and who is out."""
        facts = entry.facts
        fell = ""
        if facts["from"] is not None:
            fell = say("too few reach {bar}, so that the bar falls to ", bar=percent(facts["from"]))
        text = fell + say(
            "{share} of {base} {of} = {bar} votes{more}; {passed} pass",
            share=percent(facts["share"]),
            base=spell(facts["base"]),
            of=_base(facts),
            bar=bar_in_votes(facts["bar"]),
            more=say(", more than that needed") if facts["strict"] else "",
            passed=listed(votes_first(facts["passed"])),
        )
        for share, own in facts["own"].items():
            sentence = "; {share} = {bar} votes for {names}"
            text += say(sentence, share=share, bar=bar_in_votes(own["bar"]), names=listed(own["for"]))
        if facts["out"]:
            text += say("; out: {out}", out=listed(votes_first(facts["out"])))
        if facts["otherwise"]:
            text += say("; let in without it: {otherwise}", otherwise=listed(facts["otherwise"]))
        return [("threshold", text)]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say whether one contender passes, and by how many votes."""
        facts = entry.facts
        votes = facts["passed"].get(contender, facts["out"].get(contender))
        if votes is None:
            return []
        share, bar = _bar_of(facts, contender)
        gap = votes - bar
        text = say(
            "{contender} {verdict}: {votes} votes, {gap} {side} the bar ({share} of {base} {of} = {bar}{more})",
            contender=contender,
            verdict=_verdict(
                passes=contender in facts["passed"], reaches=gap > 0 or (gap == 0 and not facts["strict"])
            ),
            votes=grouped(votes),
            gap=decimal(abs(gap), 2),
            side=say("above") if gap >= 0 else say("below"),
            share=percent(share),
            base=spell(facts["base"]),
            of=_base(facts),
            bar=bar_in_votes(bar),
            more=say(", more than that needed") if facts["strict"] else "",
        )
        return [("threshold", text)]


def _verdict(*, passes: bool, reaches: bool) -> str:
    """Return whether a contender passes; who does so below the bar is exempt, or has seats or a part that suffice."""
    if not passes:
        return say("is out")
    return say("passes") if reaches else say("passes by another rule of the clause")


def _bar_of(facts: Mapping[str, Any], contender: str) -> tuple[Fraction, Fraction]:
    """Return the bar that holds for a contender, as a share and in votes."""
    for own in facts["own"].values():
        if contender in own["for"]:
            return own["share"], own["bar"]
    return facts["share"], facts["bar"]


def _base(facts: Mapping[str, Any]) -> str:
    """Return what the bar is a share of: ``valid``, or ``(hare of valid)``."""
    if facts["quota"] is None:
        return named(facts["of"])
    return say("({quota} of {of})", quota=named(facts["quota"]), of=named(facts["of"]))
