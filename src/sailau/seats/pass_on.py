"""pass_on: seats of a list that has fewer names than seats are open again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.pool import room
from sailau.terms.trail import Entry
from sailau.terms.words import Words, listed, say


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOn:
    """Take the seats beyond the names of a list away from it, so that the steps that follow give them to others.

    Lists whose names nobody counted keep their seats. Steps that follow look at the names themselves (`limit`).
    """

    name: ClassVar[str] = "pass_on"
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with seats beyond the names of their lists open again."""
        persons = room(count.tally, count.contenders(), count.pools)
        beyond = {c: n - persons[c] for c, n in sorted(count.placed.items()) if n > persons.get(c, n)}
        lost = [(count.tier, count.area, c) for c, n in beyond.items() for _ in range(n)]
        count = count.note("pass_on", self.cite, lambda: ({"beyond": beyond, "lost": lost}, ()))
        placed = {c: n - beyond.get(c, 0) for c, n in count.placed.items()}
        return count.but(placed={c: n for c, n in placed.items() if n})

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say who has more seats than names."""
        beyond = entry.facts["beyond"]
        if not beyond:
            return [("names", say("every list has names for its seats"))]
        return [("names", say("seats beyond the names of a list pass on: {lists}", lists=listed(beyond)))]
