"""apportion: the seats of a tier to its districts, by a figure of the election itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sailau.seats.allocate import Allocate, Rest, reasons
from sailau.seats.count import Count
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Apportion:
    """Share out the seats of the tier among its districts in proportion to a figure of each.

    Attributes
    ----------
    by : str
        The figure: valid, voters, registered or another base.
    quota, rest, divisor, first, ties
        The formula, as of `allocate`; the districts stand where contenders stand there.
    """

    name: ClassVar[str] = "apportion"
    forms_magnitudes: ClassVar[bool] = True
    by: Base = "valid"
    quota: str | None = None
    rest: Rest = "largest_remainder"
    divisor: str | None = None
    first: Fraction | None = None
    ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse a formula that is none, or two."""
        self._formula()

    def apply(self, count: Count) -> Count:
        """Return the count with the magnitudes of its districts set.

        Raises
        ------
        DrawRequired
            Two districts are equal for the last seat and no rule of the law settles it.
        MissingFigure
            A district has no such figure.
        """
        figures = {name: part.base(self.by) for name, part in count.areas.items()}
        inside = count.but(votes=figures)
        made = self._formula().share_out(figures, count.seats, tie_rule(inside, self.name, self.ties))

        def facts() -> tuple[dict[str, object], Sequence[Cause]]:
            told, _ = reasons(made, self._formula())
            return {**told, "by": self.by, "magnitudes": dict(made.seats)}, ()

        count = count.note(f"apportion.{self._formula().kind(made)}", self.cite, facts)
        return count.but(areas={name: part.but(seats=made.seats[name]) for name, part in count.areas.items()})

    def _formula(self) -> Allocate:
        return Allocate(
            quota=self.quota, rest=self.rest, divisor=self.divisor, first=self.first, ties=self.ties, cite=self.cite
        )

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say by which figure the districts share the seats."""
        text = say("seats of the districts by {by}", by=entry.facts["by"].replace("_", " "))
        return [("districts", text), *Allocate.words(entry)]
