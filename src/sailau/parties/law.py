"""An edition of a law on parties: its conditions, and the stages from the first meeting to the ballot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar

from sailau.parties.conditions import Ban, Condition, Members, Signatures
from sailau.parties.spans import Span
from sailau.terms.checked import Checked

START = "start"
"""The stage before the first: people who want a party."""

Gate = Literal["organise", "register", "stand"]
K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage: what it follows, the applicant's term, the authority's term, and how it fails.

    Attributes
    ----------
    stage : str
    gate : str
        organise, register or stand.
    after : str
        The stage whose end begins this one.
    within : Span, optional
        The applicant's term, counted from the end of `after`.
    answer : Span, optional
        The authority's term for its decision; None where the law sets none.
    again : Span, optional
        How long after a refusal one may try again.
    opens, closes : Span, optional
        Terms that are counted backwards from the election day.
    limit : str, optional
        The stage that must be over when this term ends; such a stage is a deadline, nothing to be done.
    ends : bool
        Whether a registration is lost when the term is missed.
    fails : tuple of str
        How it fails.
    cite : str
    """

    stage: str
    gate: Gate
    after: str
    within: Span | None = None
    answer: Span | None = None
    again: Span | None = None
    opens: Span | None = None
    closes: Span | None = None
    limit: str | None = None
    ends: bool = False
    fails: tuple[str, ...] = ()
    cite: str


@dataclass(frozen=True, slots=True)
class PartyLaw:
    """One edition of a law on parties.

    Attributes
    ----------
    id, edition, name : str
    since, until : date, date or None
        In force from and up to and including these days.
    conditions : tuple of Condition
    stages : tuple of Stage
    areas : str, optional
        The id of the areas that it counts.
    texts : mapping of str to str
    checked : Checked, optional
        None while nobody compared the edition with the statute; every report then says so.
    sources, notes : tuple of str
    document : mapping
    path : str
    """

    id: str
    edition: str
    name: str
    since: date
    until: date | None
    conditions: tuple[Condition, ...]
    stages: tuple[Stage, ...]
    areas: str | None
    texts: Mapping[str, str]
    checked: Checked | None = None
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict, repr=False)
    path: str = ""

    def __str__(self) -> str:
        return f"{self.id}@{self.edition}"

    def is_in_force(self, day: date) -> bool:
        """Say whether the edition was in force on that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def all(self, kind: type[K]) -> tuple[K, ...]:
        """Return the conditions of one kind, in the order of the law."""
        return tuple(condition for condition in self.conditions if isinstance(condition, kind))

    @property
    def headcount(self) -> Members | Signatures | None:
        """The condition on a number of persons that a list of people can be held against."""
        found: list[Members | Signatures] = [*self.all(Members)]
        found += [s for s in self.all(Signatures) if s.each in ("nation", "area")]
        return found[0] if found else None

    def bans(self, ground: str) -> tuple[Ban, ...]:
        """Return the bans on the purpose of a party that rest on a ground."""
        return tuple(ban for ban in self.all(Ban) if ground in ban.grounds and ban.on == "purpose")
