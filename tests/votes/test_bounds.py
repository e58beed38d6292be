"""Margins and what they prove."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.votes.known import district, made

from sailau.terms.errors import InvalidMargins
from sailau.votes.bounds import bounds
from sailau.votes.margins import ABSTENTION, Margins

SMALL = st.lists(st.lists(st.lists(st.integers(0, 20), min_size=2, max_size=2), min_size=3, max_size=3), min_size=1)


def test_two_by_two_by_hand() -> None:
    # unit 1: 90 of 100 in the group, 80 for the option: 70 to 80; unit 2: 20 and 30 of 100: 0 to 20
    found = bounds(Margins.of([[90, 10], [20, 80]], [[80, 20], [30, 70]]))
    assert found.lower.tolist() == [[70, 10], [10, 50]]
    assert found.upper.tolist() == [[100, 40], [40, 80]]


@given(SMALL)
def test_the_truth_lies_within(tables: list[list[list[int]]]) -> None:
    cells = np.array(tables)
    if not cells.sum():
        return
    found = bounds(Margins.of(cells.sum(axis=2), cells.sum(axis=1)))
    truth = cells.sum(axis=0)
    assert (found.lower <= truth).all() and (truth <= found.upper).all()
    assert 0 <= found.narrowing <= 1


def test_each_bound_is_reached_by_some_table() -> None:
    people, votes = [3, 4], [5, 2]
    found = bounds(Margins.of([people], [votes]))
    cells = [a for a, b, c, d in itertools.product(range(8), repeat=4)
             if (a + b, c + d, a + c, b + d) == (*people, *votes)]  # fmt: skip
    assert (found.lower[0, 0], found.upper[0, 0]) == (min(cells), max(cells))


@pytest.mark.parametrize("spread", [0.0, 0.3])
def test_the_truth_of_made_elections_lies_within(spread: float) -> None:
    margins, truth = made(spread=spread)
    found = bounds(margins)
    assert (found.lower <= truth).all() and (truth <= found.upper).all()


def test_the_truth_of_a_real_election_lies_within() -> None:
    margins, truth = district()
    found = bounds(margins)
    assert (found.lower <= truth).all() and (truth <= found.upper).all()


def test_pure_units_leave_nothing_open() -> None:
    found = bounds(Margins.of([[50, 0], [0, 70]], [[20, 30], [60, 10]]))
    assert found.narrowing == 1
    assert found.lower.tolist() == found.upper.tolist() == [[20, 30], [60, 10]]


def test_one_unit_narrows_nothing() -> None:
    assert bounds(Margins.of([[50, 60]], [[20, 90]])).narrowing == 0


def test_those_who_marked_nothing_are_an_option() -> None:
    margins = Margins.of([[60, 40], [10, 90]], [[50, 30], [20, 70]])
    assert margins.options[-1] == ABSTENTION
    assert margins.votes[:, -1].tolist() == [20, 10]
    assert margins.abstaining == 30


def test_nothing_is_added_where_all_are_counted() -> None:
    assert Margins.of([[6, 4]], [[3, 7]]).options == ("1", "2")


@pytest.mark.parametrize(
    ("people", "votes", "names", "what"),
    [
        ([[5, 5]], [[6, 5]], {}, "11 votes and 10 people"),
        ([[5, 5]], [[6, 4], [1, 1]], {}, "1 units with people, 2 with votes"),
        ([[5, -5]], [[0, 0]], {}, "negative"),
        ([[5, 0.5]], [[0, 0]], {}, "whole numbers"),
        ([[0, 0]], [[0, 0]], {}, "no people"),
        ([5, 5], [[6, 4]], {}, "no table"),
        ([[5, 5]], [[6, 4]], {"groups": ["a", "a"]}, "two groups are called 'a'"),
        ([[5, 5]], [[6, 4]], {"options": ["a"]}, "1 names of options for 2"),
        ([[5, 5]], [[6, 3]], {"options": ["a", "abstention"]}, "in no option"),
    ],
)
def test_margins_that_cannot_be(people: object, votes: object, names: dict[str, list[str]], what: str) -> None:
    with pytest.raises(InvalidMargins, match=what):
        Margins.of(people, votes, **names)  # type: ignore[arg-type]


def test_margins_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Margins.of([[6, 4]], [[3, 7]]).people[0, 0] = 7
