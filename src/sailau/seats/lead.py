"""lead: less than a majority elects as well, where the next one is far enough behind."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sailau.seats.count import Count, each_area
from sailau.seats.threshold import Base
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.numbers import check_share
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, bar_in_votes, grouped, listed, named, percent, say, spell, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Elect whoever has a share of the votes and is so much of the base ahead of the next; else nobody.

    It stands before `elect` with a majority, which places nobody once the seat is taken.

    Attributes
    ----------
    share, of : Fraction, str
        The share, reached at least, and its base.
    by : Fraction
        The part of the same base that the next one is behind by.
    strict : bool
        True where the law says that the distance is more than `by`; the usual wording is "at least".
    """

    name: ClassVar[str] = "lead"
    share: Fraction
    by: Fraction
    of: Base = "valid"
    strict: bool = False
    cite: str

    def __post_init__(self) -> None:
        """Refuse what is no share, and a distance of nothing."""
        check_share("lead.share", self.share)
        check_share("lead.by", self.by)
        if self.by == 0:
            raise InvalidLaw(say("lead.by is a part of the votes, more than 0"))

    def apply(self, count: Count) -> Count:
        """Return the count with whoever leads so far elected in each district.

        Raises
        ------
        LawSilent
            A district has several seats left.
        """
        return each_area(count, self._elect)

    def _elect(self, count: Count) -> Count:
        if count.left() <= 0:
            return count
        if count.left() > 1:
            what = say("a lead elects one person, but {area} has {n} seats", area=count.area, n=count.left())
            raise LawSilent(what).at(count.key(self.name), self.cite)
        votes = votes_first(count.contenders())
        first, second = [*votes.values(), 0, 0][:2]
        base, winner = count.base(self.of), next(iter(votes), None)
        won = winner is not None and self.wins(first, second, base)

        def made() -> tuple[dict[str, object], list[Cause]]:
            facts: dict[str, object] = {
                "votes": votes,
                "winner": winner if won else None,
                "share": self.share,
                "by": self.by,
                "of": self.of,
                "base": base,
                "strict": self.strict,
            }
            return facts, [Cause(str(winner), (1,), "plurality", Fraction(first), 1)] if won else []

        count = count.note("lead", self.cite, made)
        return count.place({winner: 1}) if won and winner is not None else count

    def wins(self, first: int, second: int, base: int | Fraction) -> bool:
        """Say whether so many votes elect when the next one has so many."""
        ahead, distance = first - second, self.by * base
        enough = ahead > distance if self.strict else ahead >= distance
        return first > 0 and enough and first >= self.share * base

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say who leads by how much, and whether that elects."""
        facts = entry.facts
        line = list(facts["votes"].items())[:2]
        if not line:
            return []
        behind = line[1][1] if len(line) > 1 else 0
        sentence = "at least {share} of {base} {of} = {bar} and at least {by} = {distance} ahead of the next"
        if facts["strict"]:
            sentence = "at least {share} of {base} {of} = {bar} and more than {by} = {distance} ahead of the next"
        rule = say(
            sentence,
            share=percent(facts["share"]),
            base=spell(facts["base"]),
            of=named(facts["of"]),
            bar=bar_in_votes(facts["share"] * facts["base"]),
            by=percent(facts["by"]),
            distance=bar_in_votes(facts["by"] * facts["base"]),
        )
        head = say("{first} votes, {ahead} ahead", first=listed(dict(line[:1])), ahead=grouped(line[0][1] - behind))
        verdict = say("elected so") if facts["winner"] is not None else say("nobody is elected so")
        return [("lead", say("{head}; {rule}: {verdict}", head=head, rule=rule, verdict=verdict))]
