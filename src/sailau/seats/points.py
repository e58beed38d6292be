"""points: rankings counted by what each place is worth (Borda, Dowdall)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count, each_area
from sailau.seats.rankings import OVERVOTE, SKIPPED, TOGETHER, Ranking, names_of
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import InvalidVotes, LawSilent, MissingFigure, Undecided
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, decimal, grouped, listed, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Elect as many candidates as there are seats by the sums of what their places on the ballots are worth.

    A ballot ends at a place that holds several candidates or one named before. A blank place is passed over, and
    worth nothing to anybody; the places after it keep their numbers.

    Attributes
    ----------
    scale : str
        ``harmonic``: the place n is worth 1/n; ``descending``: the first place is worth as many points as candidates
        stand, each one after it one point less.
    complete : bool
        Whether a ballot must rank every candidate to be counted.
    ties : tuple of str
        Rules for equal sums, in turn.

    References
    ----------
    J. Fraenkel and B. Grofman, The Borda Count and its real-world alternatives, Australian Journal of Political
    Science 49, 2014.
    """

    name: ClassVar[str] = "points"
    scale: Literal["harmonic", "descending"]
    complete: bool = False
    ties: tuple[str, ...] = ()
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with those elected in each district placed.

        Raises
        ------
        DrawRequired
            Equal sums for the last seat, and no rule of the law settles it.
        LawSilent
            Fewer candidates with points than seats.
        MissingFigure
            The tally holds no rankings.
        """
        return each_area(count, self._elect)

    def sums(self, count: Count) -> tuple[dict[str, Fraction], int]:
        """Return the points of each candidate of a district, and the ballots that were not counted."""
        rankings, standing = count.ballots.rankings.get(count.area), count.contenders()
        if rankings is None:
            raise MissingFigure(
                say(
                    "{tier}, {area}: the law counts rankings, but the tally holds only first preferences",
                    tier=count.tier,
                    area=count.area,
                ),
                hint=say("give Ballots.rankings, or a table with the columns rank1, rank2, …, count"),
            )
        named = {name for ranking in rankings for place in ranking for name in names_of(place)}
        unknown = sorted(named - count.cast.keys())
        if unknown:
            raise InvalidVotes(
                say(
                    "{tier}, {area}: {unknown} is ranked but does not stand",
                    tier=count.tier,
                    area=count.area,
                    unknown=", ".join(unknown[:5]),
                )
            )
        sums, out = dict.fromkeys(standing, Fraction(0)), 0
        for ranking, n in rankings.items():
            places = _places(ranking)
            if self.complete and (len(places) < len(standing) or len(ranking) > len(places)):
                out += n
                continue
            for name, place in places.items():
                if name in sums:
                    sums[name] += n * self._worth(place, len(standing))
        return sums, out

    def _worth(self, place: int, candidates: int) -> Fraction:
        return Fraction(1, place) if self.scale == "harmonic" else Fraction(max(0, candidates - place + 1))

    def _elect(self, count: Count) -> Count:
        sums, out = self.sums(count)
        seats = count.left()
        line = sorted((c for c in sums if sums[c]), key=lambda c: (-sums[c], c))
        if len(line) < seats:
            raise LawSilent(
                say(
                    "{seats} seats in {area}, but only {n} candidates have points",
                    seats=seats,
                    area=count.area,
                    n=len(line),
                )
            )
        if seats <= 0:
            return count
        elected = self._first(count, sums, line, seats)
        order = [c for c in line if c in elected]
        causes = [Cause(c, (1,), "points", sums[c], rank) for rank, c in enumerate(order, 1)]
        facts = {"scale": self.scale, "sums": {c: sums[c] for c in line}, "elected": order, "out": out}
        return count.note("points", self.cite, lambda: (facts, causes)).place(dict.fromkeys(order, 1))

    def _first(self, count: Count, sums: Mapping[str, Fraction], line: Sequence[str], seats: int) -> list[str]:
        cut = sums[line[seats - 1]]
        sure, equal = [c for c in line if sums[c] > cut], [c for c in line if sums[c] == cut]
        left = seats - len(sure)
        if len(equal) > left:
            why = say("{decimal} points each for the last seat in {area}", decimal=decimal(cut, 3), area=count.area)
            won = count.place(dict.fromkeys(sure, 1)).placed
            try:
                equal = list(settle(equal, left, tie_rule(count, self.name, self.ties), standing=won, why=why))
            except Undecided as question:
                raise question.at(count.key(self.name), self.cite) from None
        return sure + equal

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say what a place is worth, and the sums."""
        facts = entry.facts
        worth = say("the place n is worth 1/n") if facts["scale"] == "harmonic" else say("one point less each place")
        if facts["out"]:
            worth += say("; {n} ballots do not rank everybody and are not counted", n=grouped(facts["out"]))
        sums = listed(facts["sums"], lambda n: decimal(n, 3))
        return [("points", f"{worth}: {sums}"), ("elected", listed(facts["elected"]))]


def _places(ranking: Ranking) -> dict[str, int]:
    """Return the place of each candidate on a ballot, up to where it ends."""
    places: dict[str, int] = {}
    for place, name in enumerate(ranking, 1):
        if name in places or name == OVERVOTE or TOGETHER in name:
            break
        if name != SKIPPED:
            places[name] = place
    return places
