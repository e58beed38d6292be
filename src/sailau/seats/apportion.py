"""apportion: the seats of a tier to its districts, by a figure of the election itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sailau.seats.count import Count
from sailau.seats.formula import Formula, formula_words, reasons
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, named, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Apportion(Formula):
    """Share out the seats of the tier among its districts in proportion to a figure of each.

    Attributes
    ----------
    by : str
        The figure: valid, voters, registered or another base.
    """

    name: ClassVar[str] = "apportion"
    forms_magnitudes: ClassVar[bool] = True
    by: Base = "valid"
    cite: str

    def __post_init__(self) -> None:
        """Refuse a formula that is none, or two."""
        self.check_formula()

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
        made = self.allocation(figures, count.seats, tie_rule(inside, self.name, self.ties))

        def facts() -> tuple[dict[str, object], Sequence[Cause]]:
            told, _ = reasons(made, self)
            return {**told, "by": self.by, "magnitudes": dict(made.seats)}, ()

        count = count.note(f"apportion.{self.kind(made)}", self.cite, facts)
        return count.but(areas={name: part.but(seats=made.seats[name]) for name, part in count.areas.items()})

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say by which figure the districts share the seats."""
        text = say("seats of the districts by {by}", by=named(entry.facts["by"]))
        return [("districts", text), *formula_words(entry)]
