"""What a count under a law gave: seats, and on demand the reasons for each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sailau.law.asked import Asked
from sailau.seats.count import Count
from sailau.seats.explain import in_columns, lines
from sailau.terms.errors import NotFound, SailauError
from sailau.terms.shown import Shown
from sailau.terms.tally import LINES, NATION, Tally
from sailau.terms.trail import Trail
from sailau.terms.words import Line, grouped, say

if TYPE_CHECKING:
    from sailau.law.edition import Law

Decisions = Mapping[str, tuple[str, ...]]


def as_decisions(given: Mapping[str, str | Sequence[str]] | None) -> Asked:
    """Return decisions with every answer as a tuple, that remember which of them a count asks for."""
    chosen = given or {}
    return Asked({key: (answer,) if isinstance(answer, str) else tuple(answer) for key, answer in chosen.items()})


@dataclass(frozen=True)
class Result(Shown):
    """Seats under a law.

    Attributes
    ----------
    law : Law
    tally : Tally
    decisions : mapping
        What was decided from outside; every report names it, and which of it no step asked for.
    counts : mapping of str to Count
        The finished tiers.
    """

    law: Law
    tally: Tally
    decisions: Decisions
    counts: Mapping[str, Count]

    @cached_property
    def seats(self) -> dict[str, int]:
        """Seats won by votes, by party, most first; every contender that took part has an entry."""
        total: dict[str, int] = {}
        for tier in self.law.tiers:
            count = self.counts.get(tier.name)
            if count is None or not tier.needs_votes:
                continue
            for contender in count.cast:
                if contender not in LINES:
                    total.setdefault(self.tally.party(contender), 0)
            for contender, n in count.total_placed().items():
                party = self.tally.party(contender)
                total[party] = total.get(party, 0) + n
        return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))

    @cached_property
    def tiers(self) -> dict[str, dict[str, int]]:
        """Seats by tier and contender."""
        return {name: _sorted(count.total_placed()) for name, count in self.counts.items()}

    @cached_property
    def areas(self) -> dict[str, dict[str, dict[str, int]]]:
        """Seats by tier, area and contender; what stands for the whole tier is under ``nation``."""
        out: dict[str, dict[str, dict[str, int]]] = {}
        for name, count in self.counts.items():
            parts = {area: _sorted(part.total_placed()) for area, part in count.areas.items()}
            if count.placed or not parts:
                parts[NATION] = _sorted(dict(count.placed))
            out[name] = parts
        return out

    @cached_property
    def persons(self) -> dict[str, dict[str, dict[str, tuple[str, ...]]]]:
        """Who takes the seats of lists, by tier, area and list, where the law and the ballots say it."""
        out: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {}
        for name, count in self.counts.items():
            parts = {NATION: count.persons, **{area: part.persons for area, part in count.areas.items()}}
            known = {area: dict(lists) for area, lists in parts.items() if lists}
            if known:
                out[name] = known
        return out

    @property
    def idle(self) -> tuple[str, ...]:
        """Keys of decisions that no step of this count asked for."""
        return self.decisions.idle if isinstance(self.decisions, Asked) else ()

    @property
    def uncounted(self) -> tuple[str, ...]:
        """Tiers of the law for which the tally holds no votes."""
        return tuple(tier.name for tier in self.law.tiers if tier.name not in self.counts)

    @property
    def vacant(self) -> int:
        """Seats that the law, or a decision, leaves vacant."""
        return sum(count.vacant for count in self.counts.values())

    @cached_property
    def trail(self) -> Trail:
        """Every step with its figures, made by counting again with a pen in hand."""
        from sailau.law.edition import count_tiers

        counts = count_tiers(self.law.tiers, self.tally, self.decisions, ())
        last = next(reversed(counts), None)
        return Trail((counts[last].trail or ()) if last else ())

    def explain(self, contender: str | None = None, *, district: str | None = None) -> str:
        """Say in words why every seat, or every seat of one contender or in one district, went where it went.

        Raises
        ------
        NotFound
            Nobody, or no district, of that name was counted.
        """
        return in_columns(self.lines(contender, district=district))

    def lines(self, contender: str | None = None, *, district: str | None = None) -> list[Line]:
        """Return the explanation line by line; see `explain`.

        Of a party the lines are about all that stand for it: candidates, and lists under other names.
        """
        trail = self.trail_of(district)
        if contender is None:
            return lines(trail)
        known = {c for entry in self.trail for c in entry.facts.get("claims", {})} | set(self.seats)
        voted = [c for ballots in self.tally.tiers.values() for votes in ballots.votes.values() for c in votes]
        if contender not in known.union(voted):
            raise NotFound("contender", contender, sorted(known.union(voted)))
        stand = sorted({c for c in voted if self.tally.party(c) == contender and c != contender})
        return lines(trail, [contender, *stand]) or self._without(contender, stand, district)

    def _without(self, contender: str, stand: Sequence[str], district: str | None) -> list[Line]:
        """Return what is left to say of a contender that no step tells apart: its votes, and that they won nothing."""
        out = []
        for tier, ballots in self.tally.tiers.items():
            cast = [votes for area, votes in ballots.votes.items() if district in (None, area)]
            votes = sum(line.get(name, 0) for line in cast for name in (contender, *stand))
            if any(name in line for line in cast for name in (contender, *stand)):
                text = say("{contender} has {votes} votes and no seat", contender=contender, votes=grouped(votes))
                out.append(Line(say("seats"), text, tier=tier, area=district or NATION))
        return out

    def trail_of(self, district: str | None) -> Trail:
        """Return the trail, or what of it happened in one district."""
        if district is None:
            return self.trail
        entries = tuple(entry for entry in self.trail if entry.area == district)
        if not entries:
            raise NotFound("district", district, sorted({entry.area for entry in self.trail}))
        return Trail(entries)

    def readings(self) -> dict[str, dict[str, int] | str]:
        """Count under each other reading of the law; return the seats, or why that reading stops."""
        out: dict[str, dict[str, int] | str] = {}
        for reading in self.law.readings:
            try:
                out[reading.name] = self.law.replace(reading.changes).count(self.tally, decisions=self.decisions).seats
            except SailauError as error:
                out[reading.name] = error.what
        return out


def _sorted(seats: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(((c, n) for c, n in seats.items() if n), key=lambda item: (-item[1], item[0])))
