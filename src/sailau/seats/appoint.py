"""appoint: seats that no vote of the people fills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.count import Count
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, named, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Appoint:
    """Place the seats of the tier with whoever names their holders.

    Attributes
    ----------
    by : str
        The body or office that appoints or elects indirectly.
    """

    name: ClassVar[str] = "appoint"
    by: str
    cite: str

    def apply(self, count: Count) -> Count:
        """Return the count with the seats placed under the name of the appointing body."""
        seats = count.left()

        def made() -> tuple[dict[str, object], list[Cause]]:
            return {"by": self.by, "seats": seats}, [Cause(self.by, tuple(range(1, seats + 1)), "appointed")]

        return count.note("appoint", self.cite, made).place({self.by: seats})

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say who names the holders of the seats."""
        by = named(entry.facts["by"])
        return [("appointed", say("{seats} seats by {by}", seats=entry.facts["seats"], by=by))]
