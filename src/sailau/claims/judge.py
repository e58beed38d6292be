"""From figures to a verdict: each test answers yes, no or open; the answers make the verdict by fixed rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sailau.claims.figure import Figure, Grade, Number, Value
from sailau.files.told import told
from sailau.terms.speech import joined, say


class Answer(StrEnum):
    """What one test says."""

    yes = "yes"
    no = "no"
    open = "open"
    missing = "no data"


class Verdict(StrEnum):
    """What all tests of a claim say together."""

    supported = "supported"
    contradicted = "contradicted"
    depends = "depends"
    undetermined = "undetermined"
    untestable = "not testable"


class Kind(StrEnum):
    """What sort of statement a claim is."""

    descriptive = "descriptive"
    causal = "causal"
    forecast = "forecast"
    universal = "universal"
    attribution = "attribution"
    normative = "normative"


@dataclass(frozen=True, slots=True)
class Test:
    """A figure held against bounds that were written down before looking.

    Attributes
    ----------
    figure : str
    words : str
        What a yes means.
    at_least, at_most, above, below, equals : number, figure name or word, optional
        A number, or another figure of the claim. All that are given must hold.
    enough : bool
        A condition for judging at all (enough cases, say): where it fails, the claim stays undetermined.
    """

    __test__ = False  # the name is the field's word; pytest does not collect it

    figure: str
    words: str
    at_least: Value | None = None
    at_most: Value | None = None
    above: Value | None = None
    below: Value | None = None
    equals: Value | None = None
    enough: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A test and its answer."""

    test: Test
    answer: Answer
    grade: Grade | None
    split: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the rule that led to it."""

    verdict: Verdict
    reason: str


def ask(test: Test, figures: Mapping[str, Figure | None]) -> Answered:
    """Answer one test.

    An interval answers only where it lies on one side of the bound as a whole; a figure that could not be had
    answers nothing.
    """
    figure = figures[test.figure]
    if figure is None:
        return Answered(test, Answer.missing, None)
    answers = []
    for relation in ("at_least", "at_most", "above", "below", "equals"):
        bound = getattr(test, relation)
        if bound is None:
            continue
        other = figures.get(bound) if isinstance(bound, str) and bound in figures else bound
        if other is None:
            return Answered(test, Answer.missing, figure.grade)
        answers.append(_compare(relation, figure, other))
    answer = next((a for a in (Answer.no, Answer.open) if a in answers), Answer.yes)
    split = None
    if answer is Answer.open and figure.split is not None:
        split = say("above zero in {split:.0%} of the range of parameters", split=float(figure.split))
    return Answered(test, answer, figure.grade, split)


def _compare(relation: str, figure: Figure, other: Figure | Value) -> Answer:
    if relation == "equals":
        value = other.value if isinstance(other, Figure) else other
        if isinstance(figure.value, str) or isinstance(value, str):
            return Answer.yes if str(figure.value) == str(value) else Answer.no
    low, high = figure.bounds
    floor, ceiling = _bounds(other)
    if relation == "at_least":
        return _answer(yes=low >= ceiling, no=high < floor)
    if relation == "at_most":
        return _answer(yes=high <= floor, no=low > ceiling)
    if relation == "above":
        return _answer(yes=low > ceiling, no=high <= floor)
    if relation == "below":
        return _answer(yes=high < floor, no=low >= ceiling)
    return _answer(yes=low == high == floor == ceiling, no=high < floor or low > ceiling)


def _bounds(other: Figure | Value) -> tuple[Number, Number]:
    if isinstance(other, Figure):
        return other.bounds
    if isinstance(other, str):
        raise TypeError(f"{other!r} is no number")
    return other, other


def _answer(*, yes: bool, no: bool) -> Answer:
    return Answer.yes if yes else Answer.no if no else Answer.open


def judge(
    kind: Kind, answers: Sequence[Answered], *, joint: bool = False, due: date | None = None, on: date
) -> Judgement:
    """Return the verdict on a claim.

    Parameters
    ----------
    kind : Kind
    answers : sequence of Answered
    joint : bool
        The tests are parts of one condition: a single no contradicts. Otherwise each test is an indicator of its own,
        and a split is the finding.
    due : date, optional
        The day on which a forecast is settled.
    on : date
        The day of the verdict.
    """
    conditions = [a for a in answers if a.test.enough]
    answers = [a for a in answers if not a.test.enough]
    given = [a.answer for a in answers]
    if kind is Kind.normative:
        return Judgement(Verdict.untestable, say("it says what ought to be; no figure can show that"))
    if all(a is Answer.missing for a in given):
        return Judgement(Verdict.untestable, say("nothing recorded here bears on it"))
    unmet = [a.test.words for a in conditions if a.answer is not Answer.yes]
    if unmet:
        return Judgement(
            Verdict.undetermined,
            say("too little to judge by: {unmet} is not met", unmet=joined(map(told, unmet), "; ")),
        )
    yes, no, open_, missing = (given.count(a) for a in (Answer.yes, Answer.no, Answer.open, Answer.missing))
    tally = _tally(yes, len(given))
    if kind is Kind.forecast and due is not None and on < due:
        return Judgement(Verdict.undetermined, say("open until {due}; as things stand {tally}", due=due, tally=tally))
    if kind is Kind.universal:
        if no:
            return Judgement(Verdict.contradicted, say("one counter-example is enough"))
        return Judgement(
            Verdict.undetermined, say("not refuted by what is coded; a statement on all cases is never proved")
        )
    if no and (joint or not (yes or open_)):
        return _contradicted(answers, tally, missing)
    if no and yes:
        return Judgement(
            Verdict.depends,
            joined(
                [
                    tally,
                    say(", 1 does not: it depends on the indicator")
                    if no == 1
                    else say(", {no} do not: it depends on the indicator", no=no),
                ],
                "",
            ),
        )
    if no or open_:
        return _unclear(answers, tally)
    return _held(answers, tally, missing)


def _tally(yes: int, n: int) -> str:
    if n == 1:
        return say("{yes} of 1 test holds", yes=yes)
    return say("1 of {n} tests holds", n=n) if yes == 1 else say("{yes} of {n} tests hold", yes=yes, n=n)


def _contradicted(answers: Sequence[Answered], tally: str, missing: int) -> Judgement:
    decisive = [a for a in answers if a.answer is Answer.no]
    if all(a.grade is Grade.model for a in decisive):
        return Judgement(Verdict.undetermined, say("{tally}; only a model speaks against it, no data", tally=tally))
    rest = say("; {missing} could not be asked", missing=missing) if missing else ""
    return Judgement(Verdict.contradicted, joined([tally, rest], ""))


def _unclear(answers: Sequence[Answered], tally: str) -> Judgement:
    splits = [say("{words}: {split}", words=told(a.test.words), split=a.split) for a in answers if a.split]
    if splits:
        return Judgement(
            Verdict.depends,
            say("the sign depends on parameters nobody has measured ({splits})", splits=joined(splits, "; ")),
        )
    if any(a.answer is Answer.no for a in answers):
        return Judgement(Verdict.depends, say("{tally}; the others speak against it or leave it open", tally=tally))
    return Judgement(Verdict.undetermined, say("{tally}; the intervals leave the rest open", tally=tally))


def _held(answers: Sequence[Answered], tally: str, missing: int) -> Judgement:
    if missing:
        return Judgement(
            Verdict.undetermined, say("{tally}; {missing} could not be asked", tally=tally, missing=missing)
        )
    if all(a.grade is Grade.model for a in answers):
        return Judgement(
            Verdict.undetermined, say("a stated model yields it over its whole range; no data shows that it is so")
        )
    return Judgement(Verdict.supported, tally)
