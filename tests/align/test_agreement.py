"""Agreement: measures against hand counts, symmetry, windows, chance, and what is refused."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.align.agreement import agreement
from sailau.align.change import change
from sailau.align.differ import differ
from sailau.align.measures import MEASURES, exact
from sailau.align.problems import InvalidRollCalls, NotPlaced
from sailau.align.rollcalls import Item, RollCalls, roll_calls
from sailau.align.windows import of_sessions, periods, windows
from sailau.terms.errors import NotFound

WORD = {"y": "yes", "a": "abstain", "n": "no", "-": "absent"}


def calls_of(*, years: list[int] | None = None, **votes: str) -> RollCalls:
    rows = [(voter, f"{k}", WORD[sign]) for voter, line in votes.items() for k, sign in enumerate(line)]
    n = len(next(iter(votes.values())))
    items = [Item(f"{k}", date(years[k], 1, 1) if years else None, session=f"{k // 2}") for k in range(n)]
    return roll_calls(rows, items=items)


def test_measures_against_a_count_by_hand() -> None:
    calls = calls_of(A="yyan-", B="ynany")
    value = {name: agreement(calls, "A", ["B"], measure=name)[0] for name in MEASURES}
    assert value["agreement"].exact == Fraction(3, 4) and value["agreement"].n == 4
    assert value["same"].exact == Fraction(3, 4)
    assert value["s"].exact == Fraction(1, 2)
    # A: 2 yes, 1 abstain, 1 no; B: 1 yes, 1 abstain, 2 no; expected distance 8.5/16 - by hand
    expected = sum(
        a * b * d / 16
        for (a, i) in ((1, 0), (1, 1), (2, 2))
        for (b, j) in ((2, 0), (1, 1), (1, 2))
        for d in (abs(i - j) / 2,)
    )
    assert value["kappa"].value == pytest.approx(1 - 0.25 / expected)
    habits = ((1.5, 0), (1, 1), (1.5, 2))
    both = sum(a * b * abs(i - j) / 32 for a, i in habits for b, j in habits)
    assert value["pi"].value == pytest.approx(1 - 0.25 / both)


tables = st.lists(st.integers(0, 30), min_size=9, max_size=9).map(lambda cells: np.array(cells).reshape(3, 3))


@given(tables)
def test_measures_are_symmetric_bounded_and_blind_to_yes_and_no(table: np.ndarray) -> None:
    for name, measure in MEASURES.items():
        value = measure(table.astype(float))
        for other in (table.T, table[::-1, ::-1], 7 * table):
            np.testing.assert_allclose(measure(other.astype(float)), value, atol=1e-12)
        if table.sum() and np.isfinite(value):
            least = {"agreement": 0, "same": 0, "s": -1}.get(name, -np.inf)  # chance has no limit below
            assert least - 1e-9 <= value <= 1 + 1e-9
            fraction = exact(name, table)
            assert fraction is None or float(fraction) == pytest.approx(float(value))


def test_voters_by_chance_have_no_kappa_but_agree_often() -> None:
    rng = np.random.default_rng(3)
    lines = {v: "".join(rng.choice(list("yyyyyyyan"), size=3000)) for v in "AB"}
    calls = calls_of(**lines)
    assert agreement(calls, "A", ["B"])[0].value > 0.7
    assert abs(agreement(calls, "A", ["B"], measure="kappa")[0].value) < 0.05
    assert abs(agreement(calls, "A", ["B"], measure="pi")[0].value) < 0.05


def test_what_chance_leaves_undefined_is_no_number() -> None:
    calls = calls_of(A="yyy-", B="yyy-", C="---y")
    assert agreement(calls, "A", ["B"], measure="kappa")[0].value is None
    score = agreement(calls, "A", ["C"])[0]
    assert score.n == 0 and score.value is None


def test_windows_hold_what_they_say() -> None:
    calls = calls_of(years=[1992, 1999, 2000, 2004], A="yyyy", B="ynyn")
    scores = agreement(calls, "A", ["B"], by="1992-1999,2000-2004", measure="same")
    assert [(score.window, score.n) for score in scores] == [("1992-1999", 2), ("2000-2004", 2)]
    assert [window.label for window in windows(calls, "year")] == ["1992", "1999", "2000", "2004"]
    assert [window.n for window in windows(calls, "session")] == [2, 2]
    assert len(of_sessions(calls, "1-5").items) == 2
    with pytest.raises(InvalidRollCalls):
        of_sessions(calls, "7")


def test_windows_refuse_items_that_they_cannot_place() -> None:
    rows = [("A", "1", "yes"), ("A", "2", "yes"), ("B", "1", "yes")]
    calls = roll_calls(rows, items=[Item("1", date(2000, 1, 1))])
    with pytest.raises(NotPlaced) as caught:
        windows(calls, "year")
    assert caught.value.items == ("2",)
    assert [window.n for window in windows(calls, "year", undated="leave_out")] == [1]
    for by in ("session", "issue"):
        with pytest.raises(NotPlaced):
            windows(calls, by)


@pytest.mark.parametrize("text", ["2000-1999", "1992-1999,1999-2004", "lately", ""])
def test_periods_that_are_none(text: str) -> None:
    with pytest.raises(InvalidRollCalls):
        periods(text)


def test_voters_are_named_once_and_known() -> None:
    calls = calls_of(A="yy", B="yn")
    with pytest.raises(InvalidRollCalls, match="twice"):
        agreement(calls, "A", ["B", "B"])
    with pytest.raises(InvalidRollCalls, match="twice"):
        differ(calls, "A", "A", "B")
    with pytest.raises(NotFound):
        agreement(calls, "A", ["Z"])
    with pytest.raises(InvalidRollCalls, match="measure"):
        agreement(calls, "A", ["B"], measure="love")


def test_common_votes_leave_out_what_one_of_them_missed() -> None:
    calls = calls_of(A="yyyy", B="yyn-", C="y-yy")
    assert [score.n for score in agreement(calls, "A", ["B", "C"])] == [3, 3]
    assert [score.n for score in agreement(calls, "A", ["B", "C"], common=True)] == [2, 2]


def test_sides_add_up_and_swap() -> None:
    calls = calls_of(K="yyaan", A="yynyy", B="nyyna")
    (one,) = differ(calls, "K", "A", "B")
    (two,) = differ(calls, "K", "B", "A")
    assert one.n == 4 and (one.with_one, one.with_other, one.with_neither) == (1, 0, 3)
    assert (one.with_one, one.with_other) == (two.with_other, two.with_one)
    (opposed,) = differ(calls, "K", "A", "B", opposed=True)
    assert opposed.n == 3
    assert differ(calls_of(K="y", A="y", B="y"), "K", "A", "B")[0].share("one") is None


def test_draws_need_a_seed_and_repeat() -> None:
    rng = np.random.default_rng(1)
    calls = calls_of(**{v: "".join(rng.choice(list("yan"), size=200)) for v in "ABC"})
    with pytest.raises(InvalidRollCalls, match="seed"):
        agreement(calls, "A", ["B"], draws=10)
    one, two, three = (agreement(calls, "A", ["B", "C"], draws=200, rng=seed) for seed in (7, 7, 8))
    assert one == two and one != three
    (sides,) = differ(calls, "A", "B", "C", draws=200, rng=7)
    low, high = sides.intervals["one"]
    assert low < float(sides.share("one")) < high


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(11)
    hits = 0
    for _ in range(120):
        same = rng.random(150) < 0.7
        calls = calls_of(A="y" * 150, B="".join(np.where(same, "y", "n")))
        score = agreement(calls, "A", ["B"], draws=200, rng=rng)[0]
        hits += score.low <= 0.7 <= score.high
    assert 98 <= hits <= 118, "nine of ten, give or take chance"


def test_days_drawn_whole_make_wider_intervals() -> None:
    rng = np.random.default_rng(5)
    days = np.repeat(np.arange(40), 10)
    agree = (rng.random(40) < 0.6)[days]
    rows = [("A", f"{k}", "yes") for k in range(400)]
    rows += [("B", f"{k}", "yes" if agree[k] else "no") for k in range(400)]
    items = [Item(f"{k}", date.fromordinal(730000 + int(day))) for k, day in enumerate(days)]
    calls = roll_calls(rows, items=items)
    widths = [
        score.high - score.low
        for unit in ("item", "day")
        for score in agreement(calls, "A", ["B"], draws=400, unit=unit, rng=2)
    ]
    assert widths[1] > 2 * widths[0]


def test_a_change_of_the_pole_is_no_change_of_the_voter() -> None:
    years = [2000] * 50 + [2010] * 50
    moved = "y" * 50 + "n" * 50
    calls = calls_of(years=years, K="y" * 100, A="y" * 100, B="y" * 100, POLE=moved)
    found = change(calls, "K", "POLE", ["A", "B"], before="2000", after="2010")
    assert found.own == -1.0 and found.peers == -1.0 and found.excess == 0.0
    calls = calls_of(years=years, K="y" * 50 + "n" * 50, A="y" * 100, B="y" * 100, POLE=moved)
    found = change(calls, "K", "POLE", ["A", "B"], before="2000", after="2010", draws=50, rng=1)
    assert found.own == 0.0 and found.excess == found.low == found.high == 1.0
    with pytest.raises(InvalidRollCalls, match="peers"):
        change(calls, "K", "POLE", [], before="2000", after="2010")
