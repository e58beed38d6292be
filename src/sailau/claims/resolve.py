"""Resolve a claim: make its calls now, ask its tests, form the verdict, and try other ways of counting."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from sailau.claims.book import Asked, Book, Claim
from sailau.claims.calls import call_of
from sailau.claims.figure import Figure, Grade, NoData
from sailau.claims.judge import Answer, Answered, Judgement, Verdict, ask, judge
from sailau.claims.score import Score, score
from sailau.claims.world import World
from sailau.terms.errors import Undecided
from sailau.terms.speech import say


class Confidence(StrEnum):
    """How far to lean on a verdict."""

    high = "high"
    medium = "medium"
    low = "low"
    none = "none"


@dataclass(frozen=True, slots=True)
class Tried:
    """A variant, and the verdict with it."""

    words: str
    figure: Figure | None
    verdict: Verdict


@dataclass(frozen=True)
class Resolution:
    """A claim and all that answers it.

    Attributes
    ----------
    claim : Claim
    book : Book
    figures : mapping of str to Figure or None
        None where nothing here records what was asked; `missing` then says what would be needed.
    missing : mapping of str to str
    answers : tuple of Answered
    judgement : Judgement
    variants : tuple of Tried
    score : Score, optional
        Of a forecast that is settled.
    """

    claim: Claim
    book: Book
    figures: Mapping[str, Figure | None]
    missing: Mapping[str, str]
    answers: tuple[Answered, ...]
    judgement: Judgement
    variants: tuple[Tried, ...]
    score: Score | None

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return self.judgement.verdict

    @property
    def weakest(self) -> Grade | None:
        """The weakest grade among the figures that answered."""
        grades = [a.grade for a in self.answers if a.answer is not Answer.missing and a.grade is not None]
        order = list(Grade)
        return max(grades, key=order.index) if grades else None

    @property
    def confidence(self) -> Confidence:
        """High for complete counts and law, low for cases and models; lower where a variant moves the verdict."""
        if self.verdict is Verdict.untestable or self.weakest is None:
            return Confidence.none
        levels = [Confidence.low, Confidence.medium, Confidence.high]
        base = {Grade.law: 2, Grade.whole: 2, Grade.series: 1, Grade.comparison: 1, Grade.cases: 0, Grade.model: 0}
        level = base[self.weakest]
        if any(v.verdict is not self.verdict for v in self.variants) or self.missing:
            level -= 1
        return levels[min(max(level, 0), levels.index(Confidence(self.claim.at_best)))]

    @cached_property
    def digest(self) -> str:
        """Checksum of the claim's record, its figures, and the files that they were read from."""
        parts: list[Any] = [repr(self.claim), self.verdict]
        for name, figure in self.figures.items():
            parts.append([name, str(figure.value) if figure else None])
            if figure:
                parts.append(sorted(_checksum(path) for path in figure.records))
        return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def resolve(claim: Claim, book: Book, world: World) -> Resolution:
    """Answer a claim from the records there are now.

    Raises
    ------
    NotFound, Invalid
        A record that the claim names is not there or is at fault. Data that nobody recorded, and a count that the law
        leaves open, are no errors: they are gaps, and the verdict says so.
    """
    figures: dict[str, Figure | None] = {}
    missing: dict[str, str] = {}
    for name, asked in claim.figures.items():
        try:
            figures[name] = _make(asked, {}, world)
        except NoData as gap:
            figures[name], missing[name] = None, gap.needed
        except Undecided as question:
            figures[name], missing[name] = (
                None,
                say("a ruling where the law leaves it open: {what}", what=question.what),
            )
    answers = tuple(ask(test, figures) for test in claim.tests)
    judgement = judge(claim.kind, answers, joint=claim.joint, due=claim.due, on=world.on)
    tried = tuple(
        _try(claim, variant.words, variant.figure, variant.arguments, figures, world) for variant in claim.variants
    )
    settled = score(claim, judgement.verdict, world.on)
    return Resolution(claim, book, figures, missing, answers, judgement, tried, settled)


def _make(asked: Asked, changed: Mapping[str, Any], world: World) -> Figure:
    return call_of(asked.call)(world, **{**asked.arguments, **changed})


def _try(
    claim: Claim, words: str, name: str, changed: Mapping[str, Any], figures: Mapping[str, Figure | None], world: World
) -> Tried:
    figure: Figure | None
    try:
        figure = _make(claim.figures[name], changed, world)
    except (NoData, Undecided):
        figure = None
    others = {**figures, name: figure}
    answers = [ask(test, others) for test in claim.tests]
    return Tried(words, figure, judge(claim.kind, answers, joint=claim.joint, due=claim.due, on=world.on).verdict)


def resolve_all(book: Book, world: World) -> tuple[Resolution, ...]:
    """Resolve every claim of a book, in its order."""
    return tuple(resolve(claim, book, world) for claim in book.claims.values())
