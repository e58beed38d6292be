"""Read books of claims: one file, or a folder of files that share their people and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import Any

from sailau.claims.book import Asked, Book, Chance, Claim, Person, Report, Variant
from sailau.claims.calls import CALLS, arguments_of
from sailau.claims.forms import BookForm, ClaimForm, TestForm, VariantForm
from sailau.claims.judge import Kind, Test
from sailau.claims.world import TABLES
from sailau.files.document import Document, read_document
from sailau.files.forms import check
from sailau.files.places import only, shipped
from sailau.terms.errors import Invalid, NotFound, Place
from sailau.terms.numbers import exact

RELATIONS = ("at_least", "at_most", "above", "below", "equals")


class InvalidClaims(Invalid):
    """A book of claims that cannot stand."""


def load_book(country: str | None = None) -> Book:
    """Return the book of claims about a country that ships with the package; without a name, the one there is.

    Raises
    ------
    NotFound
    """
    root = shipped("claims")
    country = country or only("claims")
    folder = root / country
    if not country.isalpha() or not folder.is_dir():
        known = sorted(p.name for p in root.iterdir() if p.is_dir()) if root.is_dir() else []
        raise NotFound("book of claims", country, known)
    return read_book(folder)


def read_book(path: Path) -> Book:
    """Read a book of claims from a file or a folder.

    Raises
    ------
    InvalidClaims
        With file, line and column: an unknown key, a source or person that is not listed, an impossible date, a call
        that does not exist, an argument that it does not take, a test without a bound, an id given twice.
    NotFound
        No such file.
    """
    if not path.exists():
        raise NotFound("file", str(path), [str(p) for p in path.parent.glob("*.yaml")])
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise InvalidClaims(
            "holds no file of claims", place=Place(str(path)), hint="a book is one or several .yaml files"
        )
    documents = [read_document(file, InvalidClaims) for file in files]
    forms = [check(BookForm, document, InvalidClaims) for document in documents]
    reader = _Reader()
    for document, form in zip(documents, forms, strict=True):
        reader.who(document, form)
    reader.chains()
    for document, form in zip(documents, forms, strict=True):
        reader.claims_of(document, form)
    reader.denials()
    beside = (path if path.is_dir() else path.parent) / TABLES
    folders = (beside,) if beside.is_dir() else ()
    return Book(forms[0].book, forms[0].name, reader.people, reader.reports, reader.claims, folders, tuple(files))


class _Reader:
    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.reports: dict[str, Report] = {}
        self.claims: dict[str, Claim] = {}
        self.where: dict[tuple[str, str], tuple[Document, tuple[str, ...]]] = {}

    def who(self, document: Document, form: BookForm) -> None:
        for key, person in form.people.items():
            self._new("people", key, document)
            self.people[key] = Person(key, person.name, person.role, person.aliases)
        for key, report in form.reports.items():
            self._new("reports", key, document)
            if report.day > date.today():
                place = document.place(("reports", key, "day"))
                raise InvalidClaims(f"{report.day} lies in the future", place=place, hint="the day it was published")
            self.reports[key] = Report(key, **report.model_dump())

    def _new(self, part: str, key: str, document: Document) -> None:
        place = document.keys.get((part, key)) or document.place((part, key))
        if (part, key) in self.where:
            raise InvalidClaims(f"{key} stands twice under {part}", place=place, hint="keep one of them")
        self.where[part, key] = document, (part, key)

    def chains(self) -> None:
        for key, report in self.reports.items():
            if report.after is None:
                continue
            document, path = self.where["reports", key]
            if report.after not in self.reports:
                raise _unlisted("report", report.after, self.reports, document.place((*path, "after")))
            if self.reports[report.after].day > report.day:
                what = f"{key} of {report.day} repeats {report.after}, which is of {self.reports[report.after].day}"
                raise InvalidClaims(what, place=document.place((*path, "after")), hint="one of the days is wrong")

    def claims_of(self, document: Document, form: BookForm) -> None:
        for key in form.claims:
            self._new("claims", key, document)
            part = check(ClaimForm, document, InvalidClaims, at=("claims", key))
            self.claims[key] = self._claim(key, part, document)

    def _claim(self, key: str, form: ClaimForm, document: Document) -> Claim:
        at = ("claims", key)
        for name in form.by:
            if name not in self.people:
                raise _unlisted("person", name, self.people, document.place((*at, "by")))
        for name in form.through:
            if name not in self.reports:
                raise _unlisted("report", name, self.reports, document.place((*at, "through")))
        if not form.by or not form.through:
            empty = "by" if not form.by else "through"
            raise InvalidClaims(
                f"{key} has nothing under {empty}",
                place=document.place((*at, empty)),
                hint="a claim names who said it and where that is reported",
            )
        self._days(key, form, document)
        figures = {name: _asked(value, document, (*at, "figures", name)) for name, value in form.figures.items()}
        tests = tuple(_test(t, figures, document, (*at, "tests", i)) for i, t in enumerate(form.tests))
        if not tests:
            raise InvalidClaims(
                f"{key} has no test",
                place=document.place((*at, "tests")),
                hint="where nothing can be tested, name the table that would be needed in a figure",
            )
        variants = tuple(_variant(v, figures, document, (*at, "variants", i)) for i, v in enumerate(form.variants))
        return Claim(
            key, form.says, form.by, form.through, Kind(form.kind), form.asks, form.rule, form.said_on, figures, tests,
            form.needs, form.changes_if, variants, form.joint, form.due, self._chance(form, document, at),
            form.disputes, form.answers, form.also, form.notes, form.at_best,
        )  # fmt: skip

    def _days(self, key: str, form: ClaimForm, document: Document) -> None:
        at = ("claims", key)
        if form.said_on > date.today():
            raise InvalidClaims(
                f"{form.said_on} lies in the future",
                place=document.place((*at, "said_on")),
                hint="the day on which it was said",
            )
        first = self.reports[form.through[0]]
        if form.said_on > first.day:
            what = f"said on {form.said_on}, but reported already on {first.day} by {first.key}"
            raise InvalidClaims(what, place=document.place((*at, "said_on")), hint="one of the days is wrong")
        if form.due is not None and form.due < form.said_on:
            raise InvalidClaims(f"due on {form.due}, before it was said", place=document.place((*at, "due")))

    @staticmethod
    def _chance(form: ClaimForm, document: Document, at: Sequence[str]) -> Chance | None:
        if form.chance is None:
            return None
        low, high = form.chance.low, form.chance.high
        if not 0 <= low <= high <= 1:
            raise InvalidClaims(
                f"a probability from {low} to {high}",
                place=document.place((*at, "chance")),
                hint="0 <= low <= high <= 1",
            )
        return Chance(low, high, form.chance.given, form.chance.why)

    def denials(self) -> None:
        for key, claim in self.claims.items():
            if claim.answers is not None and claim.answers not in self.claims:
                document, path = self.where["claims", key]
                raise _unlisted("claim", claim.answers, self.claims, document.place((*path, "answers")))


def _unlisted(kind: str, name: str, known: Mapping[str, object], place: Place) -> InvalidClaims:
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else f"listed: {', '.join(known) or 'nobody'}"
    return InvalidClaims(f"the {kind} {name!r} is not listed", place=place, hint=hint)


def _asked(value: Mapping[str, Any], document: Document, at: tuple[str, ...]) -> Asked:
    call = value.get("call")
    if not isinstance(call, str):
        raise InvalidClaims(f"{at[-1]} names no call", place=document.place(at), hint="write call: seats.share")
    if call not in CALLS:
        near = get_close_matches(call, list(CALLS), n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"calls: {', '.join(CALLS)}"
        raise InvalidClaims(f"there is no call {call!r}", place=document.place((*at, "call")), hint=hint)
    given = {key: part for key, part in value.items() if key != "call"}
    return Asked(call, arguments_of(call, given, document, at, InvalidClaims))


def _variant(form: VariantForm, figures: Mapping[str, Asked], document: Document, at: tuple[str | int, ...]) -> Variant:
    if form.figure not in figures:
        raise _unlisted("figure", form.figure, figures, document.place((*at, "figure")))
    asked = figures[form.figure]
    changed = arguments_of(asked.call, form.arguments, document, (*at, "arguments"), InvalidClaims, partial=True)
    return Variant(form.words, form.figure, changed)


def _test(form: TestForm, figures: Mapping[str, Asked], document: Document, at: tuple[str | int, ...]) -> Test:
    if form.figure not in figures:
        raise _unlisted("figure", form.figure, figures, document.place((*at, "figure")))
    bounds = {name: _bound(getattr(form, name), name, figures, document, at) for name in RELATIONS}
    if all(bound is None for bound in bounds.values()):
        raise InvalidClaims("a test without a bound", place=document.place(at), hint=f"one of {', '.join(RELATIONS)}")
    return Test(form.figure, form.words, **bounds, enough=form.enough)


def _bound(
    value: str | int | None, name: str, figures: Mapping[str, Asked], document: Document, at: tuple[str | int, ...]
) -> Fraction | str | None:
    if value is None:
        return None
    if isinstance(value, str) and value in figures:
        return value
    try:
        return exact(value)
    except ValueError:
        if name == "equals":
            return str(value)
        place = document.place((*at, name))
        what = f"{name} is {value!r}, neither an exact number nor a figure of this claim"
        raise InvalidClaims(what, place=place, hint=f"figures: {', '.join(figures)}") from None
