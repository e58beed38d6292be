"""second_scrutiny: a second distribution, of the seats left by the first, by the votes that won nothing in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.formula import Excess, Formula, formula_words, reasons, words_without
from sailau.seats.remainders import whole_quotas
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.quota import Quota, quota_named
from sailau.terms.tally import LINES
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, listed, say, spell


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondScrutiny(Formula):
    """Pool the remainders of the districts and share out the seats left over among the pools.

    A contender's remainder in a district is what its votes exceed its seats there times the district's quota; all its
    votes when it won no seat. The seats are placed for the whole, not in a district. Where there are no districts, the
    remainders are those of the first distribution in the whole.

    Attributes
    ----------
    district_quota : str
        The price of a seat in the districts, as the first distribution had it.
    quota_of : str
        The votes that this price was formed from: those ``standing``, or a wider base, for instance ``valid``.
    everyone : bool
        Whether the votes of those who take no part count for the price of a seat in the second distribution.
    excess : str
        As in `allocate`.
    excess_ties : tuple of str
        Rules for equal remainders of which one gives a seat back; `ties` when empty.
    drop_kinds : tuple of str
        Kinds of contenders whose votes are not pooled, for instance ``independent``; they count for the price of a seat
        in their district.
    """

    name: ClassVar[str] = "second_scrutiny"
    district_quota: str
    quota_of: Base = "standing"
    everyone: bool = False
    excess: Excess = "refuse"
    excess_ties: tuple[str, ...] = ()
    drop_kinds: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse a formula that is none, or two, and a quota that does not exist."""
        self.check_formula()
        quota_named(self.district_quota)
        if self.everyone and self.quota is None:
            raise InvalidLaw(say("second_scrutiny: everyone says what a quota is formed from, but there is no quota"))

    def apply(self, count: Count) -> Count:
        """Return the count with the seats left over placed.

        Raises
        ------
        LawSilent
            Seats are left, but nobody has a vote over.
        DrawRequired
            The last seat is tied and no rule of the law settles it.
        """
        seats = count.left()
        if seats <= 0:
            return count.note("second_scrutiny.idle", self.cite, lambda: ({"seats": 0}, ()))
        rests = self.remainders(count)
        scale = lcm(*(rest.denominator for rest in rests.values())) if rests else 1
        votes = {c: (rest * scale).numerator for c, rest in rests.items()}
        if not any(votes.values()):
            raise LawSilent(
                say("{seats} seats are left, but nobody has votes over from the first distribution", seats=seats)
            )
        total = sum(votes.values()) + self._aside(count) * scale if self.everyone else None
        ties = tie_rule(count.but(votes=votes), self.name, self._rules(votes, seats, total))
        made = self.allocation(votes, seats, ties, excess=self.excess, total=total)

        def facts() -> tuple[dict[str, object], Sequence[Cause]]:
            told, causes = reasons(made, self)
            return {**told, "rests": rests, "over": seats}, causes

        won = {c: n for c, n in made.seats.items() if n}
        count = count.note(f"second_scrutiny.{self.kind(made)}", self.cite, facts).place(won)
        return count.but(rested={**count.rested, self.name: won})

    @staticmethod
    def _aside(count: Count) -> int:
        """Return the votes of those who take no part."""
        standing = count.contenders()
        return sum(n for line, n in count.cast.items() if line not in LINES and line not in standing)

    def _rules(self, votes: Mapping[str, int], seats: int, total: int | None) -> tuple[str, ...]:
        """Return the rules for the ties that there can be: for seats left over, or for one to be given back."""
        if not self.excess_ties or self.quota is None:
            return self.ties
        return self.excess_ties if whole_quotas(votes, seats, quota_named(self.quota), total)[2] < 0 else self.ties

    def remainders(self, count: Count) -> Mapping[str, Fraction]:
        """Return the votes that won no seat in the districts, by contender."""
        rests: dict[str, Fraction] = {}
        by_area = rests_by_area(count, quota_named(self.district_quota), self.quota_of, self.drop_kinds)
        for votes in by_area.values():
            for contender, n in votes.items():
                rests[contender] = rests.get(contender, Fraction(0)) + n
        return rests

    words_without = staticmethod(words_without)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say which seats were left, and who has how many votes over."""
        if entry.key == "second_scrutiny.idle":
            return [("scrutiny", say("no seat is left from the first distribution"))]
        rests = dict(sorted(entry.facts["rests"].items(), key=lambda item: (-item[1], item[0])))
        sentence = "{over} seats left by the first distribution; votes over: {rests}"
        text = say(sentence, over=entry.facts["over"], rests=listed(rests, spell))
        return [("scrutiny", text), *formula_words(entry)]


def rests_by_area(
    count: Count, quota: Quota, quota_of: str, drop_kinds: Sequence[str]
) -> dict[str, dict[str, Fraction]]:
    """Return the votes that won no seat in the first distribution, by area (or the whole) and contender."""
    pooled = [c for c in count.contenders() if count.tally.contender(c).kind not in drop_kinds]
    out: dict[str, dict[str, Fraction]] = {}
    for area, part in (count.areas or {count.area: count}).items():
        votes = part.contenders()
        price = quota(part.base(quota_of), part.seats) if part.seats else Fraction(0)
        out[area] = dict.fromkeys(pooled, Fraction(0)) | {
            c: max(n - part.placed.get(c, 0) * price, Fraction(0)) for c, n in votes.items() if c in pooled
        }
    return out
