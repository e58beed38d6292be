"""Random words and numbers: known answers, the right distribution, the same for a run whoever asks."""

import statistics

import numpy as np
import pytest

from sailau.kernels.gammas import gammas
from sailau.kernels.normals import correlate, mix, normals, quantile, unit
from sailau.kernels.philox import _philox, philox, words

ONES = 0xFFFFFFFF
KNOWN = [
    ((0, 0, 0, 0), (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ((ONES,) * 4, (ONES, ONES), "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        "d16cfe09 94fdcceb 5001e420 24126ea1",
    ),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_philox_gives_the_known_answers(counter: tuple[int, ...], key: tuple[int, int], answer: str) -> None:
    given = [np.uint64(word) for word in (*counter, *key)]
    for function in (philox, _philox):
        assert " ".join(f"{int(word):08x}" for word in function(*given)) == answer


def test_words_follow_from_the_number_of_the_run() -> None:
    whole = words((5, 6), 2**32 - 3, 10, 7, 9)  # across the border of the low word
    parts = [words((5, 6), 2**32 - 3 + i, 1, 7, 9)[0] for i in range(10)]
    assert (whole == np.array(parts)).all()
    assert not (whole == words((5, 6), 2**32 - 3, 10, 7, 8)).any()  # another stream has other words


def test_quantiles_are_those_of_the_normal_distribution() -> None:
    exact = statistics.NormalDist()
    for p in (1e-300, 1e-16, 1e-9, 0.003, 0.0749, 0.0751, 0.3, 0.5, 0.77, 0.9249, 0.9251, 0.999, 1 - 1e-12):
        assert quantile(p) == pytest.approx(exact.inv_cdf(p), rel=1e-14, abs=1e-15)


def test_the_ends_are_never_met() -> None:
    zero, full = np.uint64(0), np.uint64(ONES)
    assert 0 < unit(zero, zero) < unit(full, full) < 1


def test_normal_numbers_have_their_moments_and_their_place() -> None:
    z = normals((1, 2), 0, 100_000, 3)
    # Standard errors: .0032 of the mean, .0045 of the variance, .031 of the fourth moment.
    assert np.abs(z.mean(axis=0)).max() < 0.013
    assert np.abs(z.var(axis=0) - 1).max() < 0.018
    assert np.abs((z**4).mean(axis=0) - 3).max() < 0.13
    assert np.abs(np.corrcoef(z.T) - np.eye(3)).max() < 0.013
    assert (normals((1, 2), 70_000, 130, 3) == z[70_000:70_130]).all()


def test_numbers_of_a_run_do_not_depend_on_its_neighbours() -> None:
    for width in (1, 2, 5, 8):
        whole = normals((3, 4), 11, 200, width)
        assert (np.vstack([normals((3, 4), 11 + i, 1, width) for i in range(200)]) == whole).all()


def test_correlation_is_added_up_the_same_way_everywhere() -> None:
    z, weights = normals((1, 2), 0, 50_000, 2), np.array([[0.3, 0.0], [0.2, 0.1]])
    out = np.zeros_like(z)
    mix(z, weights, True, out)
    assert (out == correlate(z, weights)).all()
    assert np.cov(out.T) == pytest.approx(weights @ weights.T, abs=0.003)


def test_gamma_numbers_have_their_moments() -> None:
    shapes = np.array([0.3, 1.0, 7.5, 0.0])
    drawn = gammas((1, 2), 0, 4000, shapes)
    assert (drawn[:, 3] == 0).all()
    error = 4 * np.sqrt(np.maximum(shapes, 1e-9) / 4000)
    assert (np.abs(drawn.mean(axis=0) - shapes) <= error).all()
    spread = 4 * shapes[:3] * np.sqrt((2 + 6 / shapes[:3]) / 4000)  # of a variance, whose excess of kurtosis is 6 / k
    assert (np.abs(drawn.var(axis=0)[:3] - shapes[:3]) <= spread).all()
    assert (gammas((1, 2), 100, 5, shapes) == drawn[100:105]).all()
