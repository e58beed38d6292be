"""biproportional: parties get their seats in the nation, districts theirs, and a matrix fits both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import ClassVar, Literal

from sailau.seats import biproportional_words
from sailau.seats.averages import highest_averages
from sailau.seats.biproportional_matrix import biproportion
from sailau.seats.biproportional_result import Biproportion, Cell
from sailau.seats.count import Count
from sailau.seats.ties import in_words, tie_rule
from sailau.seats.voters import Weigh, claims
from sailau.terms.allocation import Allocation
from sailau.terms.errors import DrawRequired, LawSilent
from sailau.terms.speech import say
from sailau.terms.trail import Entry
from sailau.terms.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Biproportional:
    """Share out the seats among parties over all districts, then among the lists in the districts.

    Attributes
    ----------
    divisor : str
        The rounding, above and in the matrix.
    weigh, grain : str, Fraction
        What a party's claim in the nation is summed from: ``votes``, or ``voters`` (votes over the seats of the
        district), rounded to a multiple of `grain` (a half up) where the law rounds.
    strongest : bool
        True where the strongest list of a district gets one of its seats at the least.
    strongest_ties : str
        When more lists are equally strongest than the district has seats: ``lot``, or ``lapse`` (the rule does not
        apply there).
    ties : tuple of str
        Rules for equal claims, in turn: of parties in the nation; of cells in the matrix a lot or a decision.
    """

    name: ClassVar[str] = "biproportional"
    divisor: str = "sainte_lague"
    weigh: Weigh = "votes"
    grain: Fraction | None = None
    strongest: bool = False
    strongest_ties: Literal["lot", "lapse"] = "lot"
    ties: tuple[str, ...] = ()
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with the seats placed in every district.

        Raises
        ------
        DrawRequired
            Parties, or cells of the matrix, are tied; a decision names a cell as ``district/party=seats``.
        LawSilent
            Nobody takes part, or no matrix has these sums (`Blocked`).
        """
        votes = {area: part.contenders() for area, part in sorted(count.areas.items())}
        lists = {c for row in votes.values() for c, n in row.items() if n}
        if not lists:
            raise LawSilent(say("nobody takes part in the distribution of {left} seats", left=count.left()))
        claimed = {c: n for c, n in claims(count, self.weigh, self.grain).items() if c in lists}
        above = self._above(count, claimed)
        magnitudes = {area: part.left() for area, part in count.areas.items()}
        least = self._least(count, votes, magnitudes) if self.strongest else {}
        made = biproportion(votes, magnitudes, above.seats, divisor=self.divisor, least=least)
        made = self._settled(count, made)
        return self._placed(count, claimed, above, made)

    def _above(self, count: Count, claimed: Mapping[str, Fraction]) -> Allocation:
        """Return the seats of the parties in the nation, by their claims on a common whole scale."""
        scale = lcm(*(n.denominator for n in claimed.values()))
        whole = {c: (n * scale).numerator for c, n in claimed.items()}
        named = tuple(c for c in count.decided(self.name) or () if c in claimed)
        by_law = tie_rule(count.but(decisions={}), self.name, self.ties)
        return highest_averages(
            whole,
            count.left(),
            divisor=self.divisor,
            ties=lambda tied, n: named if set(named) <= set(tied) and len(named) == n else by_law(tied, n),
        )

    def _least(
        self, count: Count, votes: Mapping[str, Mapping[str, int]], magnitudes: Mapping[str, int]
    ) -> dict[str, dict[str, int]]:
        """Return one seat for the strongest list of every district."""
        out: dict[str, dict[str, int]] = {}
        for area, row in votes.items():
            top = max(row.values(), default=0)
            first = sorted(c for c, n in row.items() if n == top) if top and magnitudes[area] else []
            if len(first) > magnitudes[area]:
                first = self._first(count, area, first, magnitudes[area])
            out[area] = dict.fromkeys(first, 1)
        return out

    def _first(self, count: Count, area: str, equal: list[str], n: int) -> list[str]:
        named = {f"{area}/{party}": party for party in equal}
        given = [named[key] for key in count.decided(self.name) or () if key in named]
        if given or self.strongest_ties == "lapse":
            return given
        what = say(
            "{equal} are equally strongest in {area}; {in_words}",
            equal=", ".join(equal),
            area=area,
            in_words=in_words(self.ties),
        )
        raise DrawRequired(what, options=tuple(named), choose=n, standing=count.placed)

    def _settled(self, count: Count, made: Biproportion) -> Biproportion:
        """Return the matrix with tied cells as they were decided."""
        if not made.tied:
            return made
        given = count.decided(self.name) or ()
        named: dict[str, tuple[Cell, int]] = {}
        for cell, low in made.tied.items():
            for n in (low, low + 1):
                named[f"{cell[0]}/{cell[1]}={n}"] = cell, n
        made = made.settled(dict(named[key] for key in given if key in named))
        if not made.tied:
            return made
        (district, party), low = next(iter(made.tied.items()))
        raise DrawRequired(
            say(
                "{party} has {low} or {low2} seats in {district}: {n} numbers of the matrix are tied; {in_words}",
                party=party,
                low=low,
                low2=low + 1,
                district=district,
                n=len(made.tied),
                in_words=in_words(self.ties),
            ),
            options=(f"{district}/{party}={low}", f"{district}/{party}={low + 1}"),
            standing=count.placed,
            hint=say(
                "one answer may leave other numbers open; the next question then names them, and all answers count"
            ),
        )

    def _placed(self, count: Count, claimed: Mapping[str, Fraction], above: Allocation, made: Biproportion) -> Count:
        divisors = biproportional_words.short_divisors(made) if count.trail is not None else ({}, {})
        count = count.note(
            self.name, self.cite, lambda: (biproportional_words.facts(claimed, above, made, self, divisors), ())
        )
        trail, areas = count.trail, {}
        for name, part in sorted(count.areas.items()):
            seats = {c: n for c, n in made.seats.get(name, {}).items() if n}
            part = part.but(trail=trail).note(
                f"{self.name}.district",
                self.cite,
                lambda name=name: biproportional_words.district(made, name, divisors),  # type: ignore[misc]
            )
            trail = part.trail
            areas[name] = part.place(seats).but(trail=None)
        return count.but(areas=areas, trail=trail)

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say the claims, the seats of the parties, and the divisors of districts and parties."""
        return biproportional_words.words(entry)
