"""assure: a seat for everybody with a share of the votes, before the others are shared out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.threshold import Base
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.numbers import check_share
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, bar_in_votes, grouped, listed, named, percent, say, votes_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Assure:
    """Give each standing contender with a share of the votes its seats before the others are shared out.

    Nobody is put out: those below the share may win seats in a later step.

    Attributes
    ----------
    share, of : Fraction, str
        The share, reached at least, and its base.
    below : Fraction, optional
        Who has this share or more is not assured here: a later step is for the larger ones.
    seats : int
        Seats for each of them.
    traits : tuple of str
        Only contenders with one of these marks are assured, for instance ``minority``; all of them when empty.
    add : bool
        Whether the seats come on top of those of the tier; a tier that has no others may leave its number open.
    """

    name: ClassVar[str] = "assure"
    share: Fraction
    of: Base = "valid"
    below: Fraction | None = None
    seats: int = 1
    traits: tuple[str, ...] = ()
    add: bool = False
    cite: str

    def __post_init__(self) -> None:
        """Refuse a share that is none, and no seats."""
        check_share("assure.share", self.share)
        if self.below is not None:
            check_share("assure.below", self.below)
            if self.below <= self.share:
                raise InvalidLaw(say("assure: nobody has the share and is below {below}", below=percent(self.below)))
        if self.seats < 1:
            raise InvalidLaw(say("assure: seats is a number above 0"))

    @property
    def opens(self) -> bool:
        """Say whether the step itself finds how many seats there are."""
        return self.add

    def apply(self, count: Count) -> Count:
        """Return the count with the assured seats placed.

        Raises
        ------
        LawSilent
            More seats are assured than there are.
        """
        base = count.base(self.of)
        bar = self.share * base
        sure = {c: n for c, n in self._favoured(count).items() if n and n >= bar}
        if self.below is not None:
            sure = {c: n for c, n in sure.items() if n < self.below * base}
        if self.add:
            count = count.but(extra=count.extra + len(sure) * self.seats)
        if len(sure) * self.seats > count.left():
            what = say(
                "{n} contenders reach {percent}, but only {left} seats are left for them",
                n=len(sure),
                percent=percent(self.share),
                left=count.left(),
            )
            raise LawSilent(what, options=sorted(sure))

        def reasons() -> tuple[dict[str, object], list[Cause]]:
            line = votes_first(sure)
            start = {c: count.placed.get(c, 0) for c in line}
            causes = [
                Cause(c, tuple(range(start[c] + 1, start[c] + self.seats + 1)), "assured_share", Fraction(n), rank)
                for rank, (c, n) in enumerate(line.items(), 1)
            ]
            facts: dict[str, object] = {
                "share": self.share,
                "below": self.below,
                "of": self.of,
                "base": base,
                "bar": bar,
                "sure": line,
                "seats": self.seats,
            }
            return facts, causes

        return count.note("assure", self.cite, reasons).place(dict.fromkeys(sure, self.seats))

    def _favoured(self, count: Count) -> dict[str, int]:
        standing = count.contenders()
        if not self.traits:
            return standing
        return {c: n for c, n in standing.items() if count.tally.contender(c).traits.intersection(self.traits)}

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say who reaches the share."""
        facts = entry.facts
        bar = say(
            "{share} of {base} {of} = {bar} votes",
            share=percent(facts["share"]),
            base=grouped(facts["base"]),
            of=named(facts["of"]),
            bar=bar_in_votes(facts["bar"]),
        )
        if facts["below"] is not None:
            bar += say(", and less than {below}", below=percent(facts["below"]))
        names = listed(facts["sure"]) if facts["sure"] else say("nobody")
        return [("assured", say("{bar}; {n} each to {names}", bar=bar, n=facts["seats"], names=names))]
