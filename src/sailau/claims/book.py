"""A book of claims: who said what, when, through whom, and how it is to be tested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from sailau.claims.judge import Kind, Test
from sailau.terms.errors import NotFound


@dataclass(frozen=True, slots=True)
class Person:
    """A claimant: one person under all names that the sources give."""

    key: str
    name: str
    role: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A link of a chain of reporting: a text, its outlet, who wrote it, and where that text had it from.

    Attributes
    ----------
    key, title, outlet : str
    day : date
        The day of publication; `day_note` says where it is inferred.
    author : str, optional
    after : str, optional
        The report that this one repeats: a summary is no second source.
    """

    key: str
    title: str
    outlet: str
    day: date
    author: str | None = None
    after: str | None = None
    url: str | None = None
    sha256: str | None = None
    day_note: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A call and its arguments."""

    call: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Variant:
    """Another defensible way to take a figure; the verdict is formed again with it."""

    words: str
    figure: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chance:
    """The probability that a forecast claims: given by the claimant, or the range that the words stand for."""

    low: Fraction
    high: Fraction
    given: bool
    why: str


@dataclass(frozen=True)
class Claim:
    """One statement of one or several people.

    Attributes
    ----------
    id : str
    says : str
        A paraphrase, never the sentence of the source.
    by : tuple of str
        Claimants, by key.
    through : tuple of str
        The chain of reporting, from the speaker to us.
    kind : Kind
    asks : str
        The question in a form that figures can answer.
    rule : str
        How the answers make the verdict, written down before looking.
    said_on : date
    figures : mapping of str to Asked
    tests : tuple of Test
    variants : tuple of Variant
    joint : bool
    due : date, optional
    chance : Chance, optional
    needs : str
        The data that would be needed, or that would settle it better.
    changes_if : str
        What would change the verdict.
    disputes : tuple of str
        Who denies it, and other readings of it.
    answers : str, optional
        The claim that this one denies.
    also : tuple of str
        Other ids under which it is known.
    at_best : str
        The confidence that its test allows at best: an effect is no intention, an absence no refusal.
    """

    id: str
    says: str
    by: tuple[str, ...]
    through: tuple[str, ...]
    kind: Kind
    asks: str
    rule: str
    said_on: date
    figures: Mapping[str, Asked]
    tests: tuple[Test, ...]
    needs: str
    changes_if: str
    variants: tuple[Variant, ...] = ()
    joint: bool = False
    due: date | None = None
    chance: Chance | None = None
    disputes: tuple[str, ...] = ()
    answers: str | None = None
    also: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    at_best: str = "high"


@dataclass(frozen=True)
class Book:
    """Claims with their people and sources.

    Attributes
    ----------
    id, name : str
    people : mapping of str to Person
    reports : mapping of str to Report
    claims : mapping of str to Claim
    tables : tuple of Path
        Folders of coded tables that lie beside the book.
    """

    id: str
    name: str
    people: Mapping[str, Person]
    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    tables: tuple[Path, ...] = ()
    files: tuple[Path, ...] = field(default=(), compare=False)

    def claim(self, name: str) -> Claim:
        """Return a claim by id, or by another id that it is known under.

        Raises
        ------
        NotFound
        """
        wanted = name.casefold()
        for claim in self.claims.values():
            if wanted in (part.casefold() for part in (claim.id, *claim.also)):
                return claim
        known = [part for claim in self.claims.values() for part in (claim.id, *claim.also)]
        raise NotFound("claim", name, known, listing="sailau claims")

    def independent(self, claim: Claim) -> int:
        """Return how many independent speakers stand behind a claim.

        Each person counts once, however often and by however many outlets he or she was repeated.
        """
        return len(set(claim.by))

    def chain(self, claim: Claim) -> tuple[Report, ...]:
        """Return the reports from the speaker to us, in the order of the chain."""
        return tuple(self.reports[key] for key in claim.through)
