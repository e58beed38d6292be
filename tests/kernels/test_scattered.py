"""Scattered points: evenly spread, each uniform by itself, the same for a run whoever asks."""

from statistics import NormalDist

import numpy as np
import pytest
from scipy.stats import qmc

from sailau.kernels.scattered import MOST_PLACES, directions, scattered_normals

KEY = (3, 9)


def uniform(turn: int, start: int, runs: int, places: int, points: int) -> np.ndarray:
    return np.vectorize(NormalDist().cdf)(scattered_normals(KEY, turn, start, runs, places, points))


def test_directions_are_those_of_sobol() -> None:
    vectors, number = directions(7, 9), np.arange(512)
    made = np.zeros((512, 7), np.uint64)
    for digit in range(9):
        made ^= np.where((number >> digit & 1)[:, None].astype(bool), vectors[:, digit], np.uint64(0))
    known = (qmc.Sobol(7, scramble=False, bits=32).random(512) * 2**32).astype(np.uint64)
    assert {tuple(row) for row in made.tolist()} == {tuple(row) for row in known.tolist()}


@pytest.mark.parametrize("turn", [0, 5])
def test_every_coordinate_falls_once_into_every_part(turn: int) -> None:
    points = uniform(turn, 0, 256, 12, 256)
    for place in range(12):
        assert sorted((points[:, place] * 256).astype(int).tolist()) == list(range(256))
    # The first two coordinates make a net: one point in each of 256 squares.
    assert len({(int(a * 16), int(b * 16)) for a, b in points[:, :2]}) == 256


def test_randomisations_differ_and_are_fair() -> None:
    first = np.array([uniform(turn, 0, 1, 3, 64)[0] for turn in range(400)])
    assert len({tuple(row) for row in first.tolist()}) == 400
    assert np.abs(first.mean(axis=0) - 0.5).max() < 4 * 0.289 / 20  # one point of each is uniform by itself


def test_a_point_follows_from_its_number() -> None:
    whole = scattered_normals(KEY, 2, 0, 1024, MOST_PLACES, 1024)
    for start, runs in ((0, 1), (511, 3), (700, 64)):
        assert (scattered_normals(KEY, 2, start, runs, MOST_PLACES, 1024) == whole[start : start + runs]).all()
    assert np.isfinite(whole).all()


def test_a_smooth_mean_is_far_more_exact() -> None:
    # The variance of a mean of 1,024 independent numbers would be 1/1024 times theirs.
    z = [np.exp(0.3 * scattered_normals(KEY, turn, 0, 1024, 4, 1024).sum(axis=1)).mean() for turn in range(40)]
    plain = (np.exp(0.36) - 1) * np.exp(0.36) / 1024
    assert np.var(z) < plain / 100
    assert np.mean(z) == pytest.approx(np.exp(0.18), abs=4 * np.sqrt(np.var(z) / 40))
