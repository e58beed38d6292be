"""Factors fitted to totals: the compiled loop and whole arrays agree to the last place, and the totals are met."""

import numpy as np
import pytest

from sailau.kernels import raking
from sailau.kernels.engine import COMPILED


def areas(seed: int, parties: int = 12):  # type: ignore[no-untyped-def]
    """Return columns of 40 areas (votes, party, stops, totals) in which not every party stands everywhere."""
    rng = np.random.default_rng(seed)
    chosen = [np.sort(rng.choice(parties, rng.integers(1, parties + 1), replace=False)) for _ in range(40)]
    who = np.concatenate([*chosen, np.arange(parties)])
    cast = rng.integers(1, 50_000, who.size).astype(float)
    stops = np.cumsum([*(c.size for c in chosen), parties])
    return cast, who, stops, np.add.reduceat(cast, [0, *stops[:-1]])


def fitted(way: object, seed: int, runs: int, rounds: int):  # type: ignore[no-untyped-def]
    """Return factors, and the votes of each party that they give, with those wanted."""
    cast, who, stops, totals = areas(seed)
    before = np.bincount(who, cast)
    wanted = before[:, None] * np.exp(0.2 * np.random.default_rng(seed).standard_normal((before.size, runs)))
    wanted *= totals.sum() / wanted.sum(axis=0)
    factors = wanted / before[:, None]
    way(factors, wanted, cast, who, stops, totals, rounds)  # type: ignore[operator]
    votes = factors[who] * cast[:, None]
    votes *= np.repeat(totals[:, None] / np.add.reduceat(votes, [0, *stops[:-1]]), np.diff(stops, prepend=0), axis=0)
    return factors, np.array([votes[who == p].sum(axis=0) for p in range(before.size)]), wanted


@pytest.mark.skipif(not COMPILED, reason="there is one way only where nothing is compiled")
@pytest.mark.parametrize("runs", [1, 63, 64, 200])
def test_both_ways_agree_to_the_last_place(runs: int) -> None:
    assert (fitted(raking.rake, runs, runs, 12)[0] == fitted(raking._plain, runs, runs, 12)[0]).all()


def test_every_party_comes_to_its_votes() -> None:
    _, got, wanted = fitted(raking.rake, 3, 100, 12)
    assert np.abs(got / wanted - 1.0).max() < 0.01
    _, close, _ = fitted(raking.rake, 3, 100, 200)
    assert np.abs(close / wanted - 1.0).max() < 1e-9
    _, far, _ = fitted(raking.rake, 3, 100, 1)
    assert np.abs(far / wanted - 1.0).max() > np.abs(got / wanted - 1.0).max()
