"""The rules from answers to a verdict."""

from datetime import date
from fractions import Fraction

import pytest

from sailau.claims.figure import Figure, Grade
from sailau.claims.judge import Answer, Answered, Kind, Test, Verdict, ask, judge

ON = date(2026, 11, 27)


def figure(value, low=None, high=None, grade=Grade.whole, split=None):
    return Figure(value, "a figure", grade, low=low, high=high, split=split)


def answered(*answers, grade=Grade.whole, enough=False):
    return [Answered(Test("f", "words", at_least=1, enough=enough), Answer(a), grade) for a in answers]


@pytest.mark.parametrize(
    ("bounds", "found", "answer"),
    [
        ({"at_least": 5}, figure(5), "yes"),
        ({"at_least": 5}, figure(4), "no"),
        ({"above": 5}, figure(5), "no"),
        ({"below": 5}, figure(5), "no"),
        ({"at_most": 5}, figure(5), "yes"),
        ({"at_least": 5}, figure(6, 4, 8), "open"),
        ({"at_least": 4}, figure(6, 4, 8), "yes"),
        ({"above": 4}, figure(6, 4, 8), "open"),
        ({"above": 8}, figure(6, 4, 8), "no"),
        ({"below": 4}, figure(6, 4, 8), "no"),
        ({"at_least": 3, "at_most": 5}, figure(4), "yes"),
        ({"at_least": 3, "at_most": 5}, figure(6), "no"),
        ({"at_least": 3, "at_most": 5}, figure(5, 4, 6), "open"),
        ({"equals": 107}, figure(107), "yes"),
        ({"equals": Fraction(1, 3)}, figure(Fraction(1, 3)), "yes"),
        ({"equals": 107}, figure(107, 106, 108), "open"),
        ({"equals": 107}, figure(5, 4, 6), "no"),
        ({"equals": "no"}, figure("no"), "yes"),
        ({"equals": "yes"}, figure("no"), "no"),
    ],
)
def test_a_figure_answers_only_where_its_whole_interval_does(bounds, found, answer):
    assert ask(Test("f", "words", **bounds), {"f": found}).answer == answer


def test_a_bound_can_be_another_figure_with_an_interval():
    test = Test("f", "words", above="g")
    assert ask(test, {"f": figure(10), "g": figure(8, 7, 9)}).answer == "yes"
    assert ask(test, {"f": figure(9), "g": figure(8, 7, 9)}).answer == "open"
    assert ask(test, {"f": figure(7), "g": figure(8, 7, 9)}).answer == "no"
    assert ask(test, {"f": figure(7), "g": None}).answer == "no data"
    assert ask(test, {"f": None, "g": figure(7)}).answer == "no data"


@pytest.mark.parametrize(
    ("kind", "answers", "joint", "verdict"),
    [
        ("descriptive", ["yes", "yes"], False, "supported"),
        ("descriptive", ["no", "no"], False, "contradicted"),
        ("descriptive", ["yes", "no"], False, "depends"),
        ("descriptive", ["yes", "no"], True, "contradicted"),
        ("descriptive", ["open", "no"], True, "contradicted"),
        ("descriptive", ["open", "no"], False, "depends"),
        ("descriptive", ["yes", "open"], False, "undetermined"),
        ("descriptive", ["yes", "no data"], False, "undetermined"),
        ("descriptive", ["no", "no data"], True, "contradicted"),
        ("descriptive", ["no data"], False, "not testable"),
        ("normative", ["yes"], False, "not testable"),
        ("universal", ["yes"], False, "undetermined"),
        ("universal", ["no"], False, "contradicted"),
        ("universal", ["open"], False, "undetermined"),
    ],
)
def test_answers_make_the_verdict_by_fixed_rules(kind, answers, joint, verdict):
    assert judge(Kind(kind), answered(*answers), joint=joint, on=ON).verdict == verdict


def test_a_model_alone_never_supports_or_contradicts():
    assert judge(Kind.causal, answered("yes", grade=Grade.model), on=ON).verdict is Verdict.undetermined
    assert judge(Kind.causal, answered("no", grade=Grade.model), on=ON).verdict is Verdict.undetermined
    mixed = [*answered("yes", grade=Grade.model), *answered("yes")]
    assert judge(Kind.causal, mixed, on=ON).verdict is Verdict.supported


def test_a_model_whose_sign_changes_says_on_what_part_of_its_range():
    straddling = figure(0.1, -1.0, 1.0, grade=Grade.model, split=Fraction(63, 100))
    seen = ask(Test("f", "it rises", above=0), {"f": straddling})
    judgement = judge(Kind.causal, [seen], on=ON)
    assert judgement.verdict is Verdict.depends
    assert "63%" in judgement.reason


def test_too_few_cases_leave_it_undetermined_whatever_else_holds():
    answers = [*answered("yes"), *answered("no", enough=True)]
    assert judge(Kind.causal, answers, on=ON).verdict is Verdict.undetermined
    assert judge(Kind.causal, [*answered("no data"), *answered("no", enough=True)], on=ON).verdict is Verdict.untestable


def test_a_forecast_is_open_until_its_day():
    for day, verdict in ((date(2026, 11, 26), "undetermined"), (date(2026, 11, 27), "supported")):
        assert judge(Kind.forecast, answered("yes"), due=ON, on=day).verdict == verdict
