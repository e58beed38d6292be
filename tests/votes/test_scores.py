"""Scores: published values, identities, and forecasts that cheat and must not win."""

import numpy as np
import pytest

pytest.importorskip("scoringrules", reason="the extra science is not installed")

from sailau.terms.errors import Invalid
from sailau.votes.scores import brier, covered, crps, energy, log_score, murphy, pit, ranked, reliability

RNG = np.random.default_rng(1)


def test_crps_of_a_standard_normal_at_zero() -> None:
    # 0.233694977 (Gneiting and Raftery 2007: sigma (2 phi(0) - 1/sqrt(pi)))
    assert crps(RNG.standard_normal((200_000, 1)), np.zeros(1))[0] == pytest.approx(0.233694977, abs=0.002)


def test_crps_of_a_point_is_its_error_and_energy_of_one_column_is_crps() -> None:
    assert crps(np.array([[0.3, 0.5]]), np.array([0.34, 0.45])) == pytest.approx([0.04, 0.05])
    draws = RNG.standard_normal((800, 1))
    assert energy(draws, np.array([0.4])) == pytest.approx(crps(draws, np.array([0.4]))[0], rel=0.01)


def test_energy_sees_dependence_that_crps_does_not() -> None:
    z = RNG.standard_normal((2000, 1))
    together, apart = np.hstack([z, -z]), np.hstack([z, z])
    seen = [np.array([x, -x]) for x in RNG.standard_normal(60)]
    assert np.mean([crps(together, s).sum() for s in seen]) == pytest.approx(
        np.mean([crps(apart, s).sum() for s in seen]), rel=0.02
    )
    assert np.mean([energy(together, s) for s in seen]) < np.mean([energy(apart, s) for s in seen]) - 0.05


def test_ranked_probability_by_hand() -> None:
    # chances .2 .5 .3 of 0, 1, 2 seats; 1 seat won: (.2 - 0)² + (.7 - 1)² = .13
    assert ranked(np.array([20, 50, 30]), 1) == pytest.approx(0.13)
    assert ranked(np.array([20, 50, 30]), 4) == pytest.approx(0.2**2 + 0.7**2 + 1 + 1)
    assert ranked(np.array([0, 0, 7]), 2) == 0 and ranked(np.array([5]), 0) == 0
    with pytest.raises(Invalid):
        ranked(np.array([0, 0]), 1)


def test_log_score_has_a_floor_and_prefers_the_truth() -> None:
    assert log_score(np.array([0.0]), np.array([True]), 500)[0] == pytest.approx(np.log(1000))
    happened = RNG.random(20_000) < 0.3
    scores = [log_score(np.full(20_000, p), happened, 10_000).mean() for p in (0.2, 0.3, 0.4)]
    assert scores[1] < scores[0] and scores[1] < scores[2]


def test_murphy_s_parts_add_up_and_say_what_they_should() -> None:
    chance = RNG.choice([0.1, 0.5, 0.9], 30_000)
    happened = RNG.random(30_000) < chance
    parts = murphy(chance, happened)
    assert parts.brier == pytest.approx(np.mean((chance - happened) ** 2))
    assert parts.brier == pytest.approx(parts.reliability - parts.resolution + parts.uncertainty + parts.within)
    assert parts.within == pytest.approx(0, abs=1e-12) and parts.reliability < 0.001
    assert parts.resolution == pytest.approx(np.var([0.1, 0.5, 0.9]), abs=0.003)
    bold = murphy(np.where(chance > 0.5, 1.0, np.where(chance < 0.5, 0.0, 0.5)), happened)
    assert bold.reliability > 0.005 and bold.brier > parts.brier
    spread = murphy(RNG.random(500), RNG.random(500) < 0.5)
    assert spread.brier == pytest.approx(spread.reliability - spread.resolution + spread.uncertainty + spread.within)
    assert brier(np.array([0.7]), np.array([True])) == pytest.approx(0.09)


def test_reliability_bands_hold_for_honest_chances_and_catch_bold_ones() -> None:
    outside, caught = 0, 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        true = rng.random(150)
        happened = rng.random(150) < true
        outside += any(not g.band[0] <= g.happened <= g.band[1] for g in reliability(true, happened))
        bold = np.clip(0.5 + 2.5 * (true - 0.5), 0.01, 0.99)
        caught += any(not g.band[0] <= g.happened <= g.band[1] for g in reliability(bold, happened))
    assert outside / 200 < 0.15
    assert caught / 200 > 0.8
    table = reliability(np.array([0.05, 0.15, 0.95, 1.0]), np.array([False, True, True, True]))
    assert [(g.n, round(g.low, 1), round(g.high, 1)) for g in table] == [(2, 0.0, 0.2), (2, 0.8, 1.0)]


def test_places_among_draws_are_even_for_honest_forecasts() -> None:
    draws, seen = RNG.standard_normal((400, 3000)), RNG.standard_normal(3000)
    counts = np.histogram(pit(draws, seen), bins=10, range=(0, 1))[0]
    assert counts.min() > 230 and counts.max() < 370
    assert covered(draws, seen).mean() == pytest.approx(0.9, abs=0.02)
    assert pit(np.array([[1.0], [1.0], [2.0], [3.0]]), np.array([1.0]))[0] == pytest.approx(0.25)
