"""Properties of beliefs that confirm themselves, against a dense grid, and of what doubt does to an entrant."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sailau.votes.choice_strategic import fixed_points
from sailau.votes.entry import Poll, all_confirmed, deviation, held

steps = st.lists(
    st.tuples(st.floats(0.05, 0.95), st.floats(2, 60), st.floats(0.1, 1.0)), min_size=1, max_size=4
)  # where, how steep, how much


@settings(max_examples=60, deadline=None)
@given(steps)
def test_every_crossing_of_a_rising_map_is_found(parts: list[tuple[float, float, float]]) -> None:
    whole = sum(weight for *_, weight in parts)

    def step(x: np.ndarray) -> np.ndarray:
        return sum(w / whole / (1 + np.exp(-k * (x - at))) for at, k, w in parts)

    found = [point.chances[0] for point in fixed_points(step, 1)]
    grid = np.linspace(0, 1, 20_001)
    gap = step(grid) - grid
    crossings = grid[:-1][np.sign(gap[:-1]) * np.sign(gap[1:]) < 0]
    for crossing in crossings:
        assert min(abs(crossing - x) for x in found) < 2e-3
    for x in found:
        assert abs(float(step(np.array([[x]]))[0, 0]) - x) < 1e-4


polls = st.tuples(
    st.lists(st.floats(0.0, 0.4), min_size=1, max_size=6),
    st.floats(0.01, 0.15),
    st.floats(0.002, 0.05),
    st.floats(0.0, 1.0),
)


@settings(max_examples=60, deadline=None)
@given(polls)
def test_the_way_down_and_the_way_up_end_at_the_outermost(given_: tuple[list[float], float, float, float]) -> None:
    sincere, bar, doubt, minding = given_
    shares = np.array([sincere])
    poll = Poll(shares, np.full_like(shares, 1 / len(sincere)), bar, doubt, minding)
    low, high = float(poll.confirmed(0.0)[0]), float(poll.confirmed(1.0)[0])
    found = [point.chances[0] for point in all_confirmed(poll)]
    assert low <= high + 1e-6
    assert min(abs(low - x) for x in found) < 5e-3 and min(abs(high - x) for x in found) < 5e-3
    assert low < min(found) + 5e-3 and high > max(found) - 5e-3


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_what_is_held_lies_between_nothing_and_the_sincere(sincere: float, a: float, b: float) -> None:
    low, high = sorted((a, b))
    x = np.array([sincere])
    assert 0 <= held(x, np.array([low]))[0] <= held(x, np.array([high]))[0] + 1e-12 <= sincere + 2e-12


def test_errors_are_those_of_counting_people() -> None:
    spread = deviation(np.array([0.0, 0.0125, 0.05, 0.2]), 0.05, 0.02)
    assert spread == pytest.approx([0.0, 0.01, 0.02, 0.04], abs=1e-6)
    assert deviation(np.array([0.05]), 0.0, 0.02) == pytest.approx([0.02])


def test_those_who_do_not_mind_stay() -> None:
    shares = np.array([[0.02, 0.06]])
    poll = Poll(shares, np.array([[0.5, 0.5]]), 0.05, 0.005, 0.25)
    assert poll.share(0.0)[0] == pytest.approx(0.75 * 0.04)
    assert poll.share(1.0)[0] == pytest.approx(0.04)
