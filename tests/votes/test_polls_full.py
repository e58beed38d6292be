"""The fast path beside the full one: the same model, drawn by a sampler."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("nutpie", reason="the extra bayes is not installed")

from tests.votes.test_polls_walk import made_up

from sailau.votes.polls.basis import to_shares
from sailau.votes.polls.fit import fit
from sailau.votes.polls.full import sample, split_r_hat


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of pytensor's and numba's own
def test_both_paths_agree_within_monte_carlo_error() -> None:
    polls, _ = made_up(14, houses={"one": 0.04, "two": -0.04}, people=900)
    found = fit(polls, polls.polls[-1].end)
    drawn = sample(found.design, found.priors, seed=3, draws=500, chains=2)
    assert drawn.worst < 1.03
    full = to_shares(drawn.last)
    fast = replace(found.day, common=np.zeros_like(found.day.common)).draws(40_000, 1)
    error = full.std(axis=0) / np.sqrt(len(full) / 4)  # a quarter of the draws are worth independent ones, at least
    assert (np.abs(full.mean(axis=0) - fast.mean(axis=0)) < 4 * error).all()
    assert full.std(axis=0) == pytest.approx(fast.std(axis=0), rel=0.15)


def test_r_hat_is_one_for_equal_chains_and_large_for_chains_apart() -> None:
    rng = np.random.default_rng(1)
    assert split_r_hat(rng.normal(size=(4, 2000))) == pytest.approx(1, abs=0.01)
    assert split_r_hat(rng.normal(size=(4, 2000)) + np.arange(4)[:, None]) > 1.3
