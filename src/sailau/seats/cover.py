"""cover: winners in districts are seated only as far as their list's seats cover them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.elsewhere import is_independent, lists_by_party, places, tier_done
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import InvalidLaw, Undecided
from sailau.terms.numbers import ratio
from sailau.terms.tally import NATION
from sailau.terms.trail import Entry
from sailau.terms.words import Words, decimal, listed, say

Winner = tuple[str, str, Fraction]
"""District, candidate, share of the votes there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Seat a list's district winners in the order of their share of the votes, as far as its due in the area goes.

    A district whose winner is not covered stays vacant, and its seat passes to the lists. A list that is out of the
    distribution covers nobody; independents keep their seats.

    Attributes
    ----------
    tier : str
        The tier of the districts; each district's region is the area of the list.
    ties : tuple of str
        Rules for equal shares, in turn.
    """

    name: ClassVar[str] = "cover"
    tier: str
    ties: tuple[str, ...] = ()
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with the earlier tier changed where winners are not covered.

        Raises
        ------
        DrawRequired
            Winners with equal shares compete for the last covered seat.
        InvalidLaw
            A district of that tier has several seats.
        """
        tier = tier_done(count, self.tier)
        several = [name for name, part in tier.areas.items() if part.seats > 1]
        if several:
            raise InvalidLaw(
                say("cover withdraws winners of single districts, and {tier} has several seats in one", tier=self.tier),
                hint=say("name a tier of single-member districts"),
            )
        out: dict[str, Winner] = {}
        seated: dict[str, list[Winner]] = {}
        for (area, line), winners in sorted(self._winners(count, tier).items()):
            here = count.areas.get(area) if count.areas else count
            due = here.due if here else {}
            kept = self._kept(count, area, line, winners, due.get(line, 0))
            seated[f"{line}, {area}"] = kept
            out |= {winner[0]: winner for winner in winners if winner not in kept}
        districts = {name: _vacated(part) if name in out else part for name, part in tier.areas.items()}
        changed = tier.but(areas=districts, vacant=tier.vacant + sum(tier.areas[name].seats for name in out))
        withdrawn = [(self.tier, district, name) for district, name, _ in out.values()]
        facts = {"withdrawn": withdrawn, "out": out, "seated": {key: len(kept) for key, kept in seated.items()}}
        count = count.note("cover", self.cite, lambda: (facts, ()))
        return count.but(done={**count.done, self.tier: changed})

    def _winners(self, count: Count, tier: Count) -> dict[tuple[str, str], list[Winner]]:
        names = lists_by_party(count)
        groups: dict[tuple[str, str], list[Winner]] = {}
        lies_in = places(count, tier)
        for district, part in tier.areas.items():
            area = lies_in[district] if count.areas else NATION
            valid = part.base("valid")
            for winner in part.placed:
                if not is_independent(count, winner):
                    party = count.tally.party(winner)
                    share = ratio(part.cast[winner], valid)
                    groups.setdefault((area, names.get(party, party)), []).append((district, winner, share))
        return groups

    def _kept(self, count: Count, area: str, line: str, winners: list[Winner], due: int) -> list[Winner]:
        if len(winners) <= due:
            return winners
        if due == 0:
            return []
        order = sorted(winners, key=lambda winner: (-winner[2], winner[0]))
        cut = order[due - 1][2]
        sure = [winner for winner in order if winner[2] > cut]
        equal = [winner for winner in order if winner[2] == cut]
        if len(sure) + len(equal) > due:
            rule = tie_rule(count, f"{self.name}.{area}.{line}", self.ties)
            districts = [winner[0] for winner in equal]
            try:
                chosen = settle(
                    districts, due - len(sure), rule, standing=count.placed, why=say("equal shares of the votes")
                )
            except Undecided as question:
                raise question.at(count.key(f"{self.name}.{area}.{line}"), self.cite) from None
            equal = [winner for winner in equal if winner[0] in chosen]
        return sure + equal

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say which winners are not covered."""
        out: Mapping[str, Winner] = entry.facts["out"]
        if not out:
            return [("covered", say("every winner of a district is covered by the list"))]
        shown = {
            say("{name} in {district}", name=name, district=district): share for district, name, share in out.values()
        }
        text = listed(shown, lambda share: f"{decimal(share * 100, 2)}%")
        return [("not covered", say("{n} winners: {text}", n=len(out), text=text))]


def _vacated(part: Count) -> Count:
    return part.but(placed={}, vacant=part.vacant + part.seats)
