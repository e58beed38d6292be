"""quorum: a bar in any one district, a bar in the nation, either or both."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count, each_area
from sailau.seats.threshold import Base
from sailau.seats.voters import Weigh, claims
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.numbers import check_share
from sailau.terms.tally import LINES
from sailau.terms.trail import Entry
from sailau.terms.words import Words, bar_in_votes, listed, named, percent, say, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """Keep the lists that reach a share in one district at least (or in more of them), or in the nation.

    Attributes
    ----------
    district : Fraction, optional
        The bar in a district.
    districts : int, optional
        In how many districts it is to be reached; None: in every one.
    of : str
        The base in a district.
    nation : Fraction, optional
        The bar in the nation, a share of all claims.
    weigh, grain : str, Fraction
        What the claims in the nation are summed from: ``votes``, or ``voters`` (votes over the seats of the district),
        rounded to a multiple of `grain`.
    need : str
        ``any`` of the two bars, or ``all``.
    exempt_kinds : tuple of str
        Kinds of contenders that need no bar, for instance ``independent``.
    """

    name: ClassVar[str] = "quorum"
    district: Fraction | None = None
    districts: int | None = 1
    of: Base = "list_votes"
    nation: Fraction | None = None
    weigh: Weigh = "votes"
    grain: Fraction | None = None
    need: Literal["any", "all"] = "any"
    exempt_kinds: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse bars that are no shares, and a quorum without a bar."""
        bars = [bar for bar in (self.district, self.nation) if bar is not None]
        if not bars:
            raise InvalidLaw(say("a quorum needs a bar: district, nation or both"))
        for bar in bars:
            check_share("quorum", bar)
        if self.districts is not None and self.districts < 1:
            raise InvalidLaw(say("quorum.districts is a number of districts, 1 or more, or null for every one"))

    def apply(self, count: Count) -> Count:
        """Return the count without the lists below the bars.

        Raises
        ------
        LawSilent
            Nobody passes, and no decision says who takes part.
        """
        lists = count.contenders()
        where = self._where(count) if self.district is not None else {}
        share = self._shares(count)
        passed = {c: n for c, n in lists.items() if self._passes(where.get(c, []), share.get(c, Fraction(0)))}
        free = {c: n for c, n in lists.items() if count.tally.contender(c).kind in self.exempt_kinds}
        if not passed:
            passed = self._decided(count)
        passed = {**passed, **free}
        out, before = {c: n for c, n in lists.items() if c not in passed}, count
        count = count.note(
            "quorum",
            self.cite,
            lambda: (
                self._facts({c: self._best(before, c, found) for c, found in where.items()}, share, passed, out),
                (),
            ),
        )
        count = count.but(votes=passed, below=out)
        return each_area(count, lambda part: part.but(votes=_standing(part, passed))) if count.areas and out else count

    def _where(self, count: Count) -> dict[str, list[str]]:
        """Return the districts in which each list passes, none where they are too few."""
        bar = self.district or Fraction(0)
        lists, parts = count.contenders(), count.areas or {count.area: count}
        found: dict[str, list[str]] = {c: [] for c in lists}
        for name, part in parts.items() if lists else ():
            base = part.base(self.of)
            for c in lists if base else ():
                if part.cast.get(c, 0) * bar.denominator >= bar.numerator * base:
                    found[c].append(name)
        need = len(parts) if self.districts is None else self.districts
        return {c: names if len(names) >= need else [] for c, names in found.items()}

    def _best(self, count: Count, contender: str, found: list[str]) -> str:
        """Return the district in which a list has its largest share, of those in which it passes."""
        parts = count.areas or {count.area: count}
        shares = {name: Fraction(parts[name].cast.get(contender, 0), parts[name].base(self.of)) for name in found}
        return min(found, key=lambda name: (-shares[name], name), default="")

    def _shares(self, count: Count) -> dict[str, Fraction]:
        if self.nation is None:
            return {}
        total = claims(count, self.weigh, self.grain)
        base = sum(total.values())
        return {c: n / base for c, n in total.items()} if base else {}

    def _passes(self, where: list[str], share: Fraction) -> bool:
        verdicts = []
        if self.district is not None:
            verdicts.append(bool(where))
        if self.nation is not None:
            verdicts.append(share >= self.nation)
        return any(verdicts) if self.need == "any" else all(verdicts)

    def _decided(self, count: Count) -> dict[str, int]:
        lists = count.contenders()
        decision = count.decided(self.name)
        if decision and all(c in lists for c in decision):
            return {c: lists[c] for c in decision}
        raise LawSilent(
            say("no list reaches the quorum, and the law has no rule for that case"),
            options=sorted(lists, key=lambda c: (-lists[c], c)),
            choose=max(1, len(lists)),
            hint=say("a decision may name any of the lists that shall take part"),
        )

    def _facts(
        self, where: dict[str, str], share: dict[str, Fraction], passed: dict[str, int], out: dict[str, int]
    ) -> dict[str, object]:
        return {
            "district": self.district,
            "districts": self.districts,
            "nation": self.nation,
            "of": self.of,
            "weigh": self.weigh,
            "need": self.need,
            "where": where,
            "share": share,
            "passed": passed,
            "out": out,
        }

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say the bars, who passes and who is out."""
        facts = entry.facts
        out = say("; out: {out}", out=listed(votes_first(facts["out"]))) if facts["out"] else ""
        return [("quorum", say("{bars}; {passed} pass", bars=_bars(entry), passed=listed(list(facts["passed"]))) + out)]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say where one list passes, or by how much it is out."""
        facts = entry.facts
        if contender not in facts["passed"] and contender not in facts["out"]:
            return []
        parts = []
        if facts["district"] is not None:
            where = facts["where"].get(contender)
            sentence = "it reaches the bar in {where}" if where else "it reaches the bar in no district"
            parts.append(say(sentence, where=where))
        if facts["nation"] is not None:
            has = bar_in_votes(facts["share"].get(contender, Fraction(0)) * 100)
            parts.append(say("it has {has}% in the nation", has=has))
        verdict = say("passes") if contender in facts["passed"] else say("is out")
        text = say(
            "{contender} {verdict} ({bars}): {why}",
            contender=contender,
            verdict=verdict,
            bars=_bars(entry),
            why=", ".join(parts),
        )
        return [("quorum", text)]


def _standing(part: Count, passed: dict[str, int]) -> dict[str, int]:
    return {c: n for c, n in part.votes.items() if c in passed or c in LINES}


def _bars(entry: Entry) -> str:
    facts, bars = entry.facts, []
    if facts["district"] is not None:
        base = named(facts["of"])
        n = facts["districts"]
        where = say("one district") if n == 1 else say("every district") if n is None else say("{n} districts", n=n)
        bars.append(say("{share} of the {base} of {where}", share=percent(facts["district"]), base=base, where=where))
    if facts["nation"] is not None:
        bars.append(
            say("{share} of all {unit} in the nation", share=percent(facts["nation"]), unit=named(facts["weigh"]))
        )
    return say(" or " if facts["need"] == "any" else " and ").join(bars)
