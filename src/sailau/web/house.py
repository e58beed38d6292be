"""The house that a count leads to: counted, appointed and declared seats by party, in one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sailau.law.result import Result
from sailau.records.election import Election


@dataclass(frozen=True)
class House:
    """Seats of a house by party.

    Attributes
    ----------
    seats : mapping of str to int
        Every party that took part has an entry.
    declared : mapping of str to int
        Those of them that are taken over, for their votes are not published.
    """

    seats: Mapping[str, int]
    declared: Mapping[str, int]

    @property
    def total(self) -> int:
        """The seats that are filled."""
        return sum(self.seats.values())

    @property
    def majority(self) -> int:
        """More than half of them."""
        return self.total // 2 + 1

    @property
    def winner(self) -> str | None:
        """The party that has a majority alone."""
        return next((party for party, n in self.seats.items() if n >= self.majority), None)


def house_of(election: Election, result: Result) -> House:
    """Return the house; seats of declared tiers are taken over where the law still has the tier."""
    total = dict(result.seats)
    for tier in result.law.tiers:
        count = result.counts.get(tier.name)
        if count is not None and not tier.needs_votes:
            for contender, n in count.total_placed().items():
                party = election.tally.party(contender)
                total[party] = total.get(party, 0) + n
    declared: dict[str, int] = {}
    for tier in result.law.tiers:
        if tier.name in election.declared and tier.name not in result.counts:
            for seats in election.official.get(tier.name, {}).values():
                for contender, n in seats.items():
                    party = election.tally.party(contender)
                    declared[party] = declared.get(party, 0) + n
    return House({p: total.get(p, 0) + declared.get(p, 0) for p in {**total, **declared}}, declared)


def in_order(election: Election, houses: Sequence[House]) -> list[str]:
    """Return the parties in the order of all pictures and tables: by the seats of the first house, then by votes."""
    votes = election.tally.party_votes()
    names = {party for house in houses for party in house.seats} | set(votes)
    first = houses[0].seats if houses else {}
    return sorted(names, key=lambda p: (-first.get(p, 0), -votes.get(p, 0), p))
