"""The sums of the kernels against the same sums written out."""

import numpy as np
import pytest
from scipy.stats import betabinom, binom

from sailau.kernels.fingerprints import moved_fingerprint
from sailau.kernels.percentages import log_factorials, scatter, whole_by_binomial

RNG = np.random.default_rng(5)
N = RNG.integers(1, 260, 60)
K = RNG.integers(0, N + 1)


def near(n: int) -> np.ndarray:
    j = np.arange(n + 1)
    return np.array([min(20 * abs(100 * x - m * n) for m in range(101)) <= n for x in j])


@pytest.mark.parametrize("i", range(60))
def test_the_chance_of_a_whole_percentage_is_the_sum_of_the_binomial(i: int) -> None:
    n, k = int(N[i]), int(K[i])
    table = log_factorials(n)
    got = (
        float(whole_by_binomial(N[i : i + 1], N[i : i + 1] * 0 + n, 1, 20, table)[0])
        if k == n
        else float(whole_by_binomial(K[i : i + 1], N[i : i + 1], 1, 20, table)[0])
    )
    want = float(binom(n, k / n).pmf(np.arange(n + 1))[near(n)].sum()) if 0 < k < n else 1.0
    assert got == pytest.approx(want, abs=1e-9)


@pytest.mark.parametrize("i", range(60))
def test_the_second_opinion_is_the_sum_of_the_beta_binomial(i: int) -> None:
    n, k = int(N[i]), int(K[i])
    where, chance = scatter(K[i : i + 1], N[i : i + 1], 1000, 20, log_factorials(2 * n + 1))
    law = betabinom(n, k + 1, n - k + 1).pmf(np.arange(n + 1))
    assert float(chance[0]) == pytest.approx(float(law[near(n)].sum()), abs=1e-9)
    assert float(where.sum()) == pytest.approx(1, abs=1e-9)
    cells = np.bincount((np.arange(n + 1) * 1000 / n + 0.5).astype(int), law, minlength=1001)
    assert np.allclose(where, cells, atol=1e-9)


def test_multiples_of_five_are_looked_for_alone() -> None:
    k, n = np.array([600]), np.array([1000])
    j = np.arange(1001)
    hit = np.array([min(20 * abs(100 * x - m * 1000) for m in range(0, 101, 5)) <= 1000 for x in j])
    want = binom(1000, 0.6).pmf(j)[hit].sum()
    assert whole_by_binomial(k, n, 5, 20, log_factorials(1000))[0] == pytest.approx(want, abs=1e-9)


def test_a_fingerprint_without_added_votes_is_where_the_honest_stations_are() -> None:
    turnout, share = np.array([0.305, 0.505]), np.array([0.205])
    honest = moved_fingerprint(turnout, share, np.zeros(1), 1.0, 100)
    assert honest[30, 20] == honest[50, 20] == 0.5
    stuffed = moved_fingerprint(turnout, share, np.ones(1), 1.0, 100)
    assert stuffed[99, 99] == 1
