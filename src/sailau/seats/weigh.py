"""weigh: the votes of marked contenders count more (or less) in what follows."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sailau.seats.count import Count, each_area
from sailau.seats.threshold import Base
from sailau.terms.errors import InvalidLaw
from sailau.terms.numbers import check_share
from sailau.terms.tally import LINES
from sailau.terms.trail import Entry
from sailau.terms.words import Words, decimal, listed, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Weigh:
    """Multiply the votes of contenders with a trait, so that all their quotients grow by the factor.

    Votes stay whole numbers: all are put on the scale of the factor's denominator, which moves no quotient relative
    to another. Bases are formed from the votes as they were cast.

    Attributes
    ----------
    trait : str
        The trait of those who are weighed, for instance ``minority``.
    factor : Fraction
        What their votes are multiplied by, above zero.
    below : Fraction, optional
        Only those with less than this share of `of`.
    of : str
        The base of `below`.
    """

    name: ClassVar[str] = "weigh"
    trait: str
    factor: Fraction
    below: Fraction | None = None
    of: Base = "valid"
    cite: str

    def __post_init__(self) -> None:
        """Refuse a factor that leaves no votes, and a bar that is no share."""
        if self.factor <= 0:
            raise InvalidLaw(
                say("weigh.factor is {factor}; votes can only be multiplied by more than 0", factor=self.factor)
            )
        if self.below is not None:
            check_share("weigh.below", self.below)

    def apply(self, count: Count) -> Count:
        """Return the count with the votes on the new scale."""
        votes = count.contenders()
        bar = None if self.below is None else self.below * count.base(self.of)
        marked = [c for c in votes if self.trait in count.tally.contender(c).traits]
        chosen = {c: votes[c] for c in marked if bar is None or votes[c] < bar}
        count = count.note("weigh", self.cite, lambda: ({"factor": self.factor, "weighed": chosen, "bar": bar}, ()))
        if not chosen:
            return count
        count = count.but(votes=self._scaled(count, chosen))
        return each_area(count, lambda part: part.but(votes=self._scaled(part, chosen))) if count.areas else count

    def _scaled(self, count: Count, chosen: dict[str, int]) -> dict[str, int]:
        top, bottom = self.factor.numerator, self.factor.denominator
        return {
            line: n if line in LINES else n * (top if line in chosen else bottom) for line, n in count.votes.items()
        }

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say whose votes are multiplied, and by what."""
        facts = entry.facts
        if not facts["weighed"]:
            return [("weigh", say("nobody's votes are weighed"))]
        scale = facts["factor"].denominator
        note = say(" (all votes below are {scale} times those cast)", scale=scale) if scale > 1 else ""
        times = decimal(facts["factor"], 2)
        return [("weigh", say("times {factor}: {weighed}", factor=times, weighed=listed(facts["weighed"])) + note)]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say by what one contender's votes are multiplied."""
        if contender not in entry.facts["weighed"]:
            return []
        return [("weigh", say("its votes count {factor} times", factor=decimal(entry.facts["factor"], 2)))]
