"""What a file of claims may hold: people, reports, claims with their figures and tests."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from sailau.files.forms import Exact, Form, Names


class PersonForm(Form):
    """A claimant."""

    name: str
    role: str
    aliases: Names = ()


class ReportForm(Form):
    """A link of a chain of reporting."""

    title: str
    outlet: str
    day: date
    author: str | None = None
    after: str | None = None
    url: str | None = None
    sha256: str | None = None
    day_note: str | None = None
    licence: str | None = None


class ChanceForm(Form):
    """The probability that a forecast claims."""

    low: Exact
    high: Exact
    given: bool
    why: str


class TestForm(Form):
    """A figure against bounds."""

    figure: str
    words: str
    at_least: str | int | None = None
    at_most: str | int | None = None
    above: str | int | None = None
    below: str | int | None = None
    equals: str | int | None = None
    enough: bool = False


class VariantForm(Form):
    """Another way to take a figure."""

    words: str
    figure: str
    arguments: dict[str, Any]


class ClaimForm(Form):
    """One claim."""

    says: str
    by: Names
    through: Names
    said_on: date
    kind: Literal["descriptive", "causal", "forecast", "universal", "attribution", "normative"]
    asks: str
    rule: str
    figures: dict[str, dict[str, Any]]
    tests: list[TestForm]
    needs: str
    changes_if: str
    variants: list[VariantForm] = []
    joint: bool = False
    at_best: Literal["high", "medium", "low"] = "high"
    due: date | None = None
    chance: ChanceForm | None = None
    disputes: Names = ()
    answers: str | None = None
    also: Names = ()
    notes: Names = ()


class BookForm(Form):
    """A file of claims."""

    book: str
    name: str
    people: dict[str, PersonForm] = {}
    reports: dict[str, ReportForm] = {}
    claims: dict[str, dict[str, Any]] = {}
