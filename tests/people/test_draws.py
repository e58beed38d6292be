"""Draws: the compiled kernel is the reference draw by draw, and threads change nothing."""

import numpy as np
import pytest
from tests.people.shared import AGES, GROUPS, REGIONS, busy_rates, people

import sailau.people.draws as module
from sailau.kernels.cohorts import FLOWS
from sailau.people.cube import InvalidPopulation
from sailau.people.draws import project_draws, scaled, strengthened
from sailau.people.outlook import chances, damped, pooled, random_walk, triangle, turns
from sailau.people.project import project
from sailau.people.scores import crps, interval


def factors(draws: int = 5, years: int = 7) -> np.ndarray:
    out = np.exp(np.random.default_rng(3).normal(0, 0.3, (draws, years, len(FLOWS), len(GROUPS))))
    for flow in ("moving", "identity", "mothers", "emigration"):
        out[0, :, FLOWS.index(flow)] *= 40  # beyond certainty: chances must be cut
    return out


def kept(**options) -> np.ndarray:  # type: ignore[no-untyped-def]
    named = {"start": 2000, "regions": REGIONS, "groups": GROUPS, "starts": (0, 5, 9)} | options
    return project_draws(people(), busy_rates(), factors(), **named).values


def test_the_kernel_is_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    scale = np.random.default_rng(4).uniform(0.5, 2, (5, len(GROUPS)))
    fast = kept(scale=scale)
    monkeypatch.setattr(module, "COMPILED", False)
    slow = kept(scale=scale)
    assert fast.shape == (3, 4, 3, 2, 8, 5)
    assert np.allclose(fast, slow, rtol=1e-12, atol=1e-9)
    assert (fast >= 0).all()


def test_draws_with_factors_of_one_are_the_projection() -> None:
    cube = project_draws(
        people(), busy_rates(), np.ones((2, 9, len(FLOWS), 4)), start=2000, regions=REGIONS, groups=GROUPS
    )
    alone = project(people(), busy_rates(), 9, start=2000, regions=REGIONS, groups=GROUPS).cube
    both = cube.sum("region", "group", "year")
    assert np.allclose(both[..., 0], both[..., 1])
    assert np.allclose(both[..., 0], alone.sum("region", "group", "year"))


def test_threads_and_kept_years_change_nothing() -> None:
    assert np.array_equal(kept(threads=1), kept(threads=3))
    assert np.array_equal(kept()[:, :, :, :, [2, 7]], kept(keep=(2002, 2007)))


def test_factors_are_checked() -> None:
    with pytest.raises(InvalidPopulation, match=f"factors have the shape .*{len(FLOWS)}, 4"):
        project_draws(people(), busy_rates(), np.ones((2, 3, 4)), start=0, regions=REGIONS, groups=GROUPS)
    with pytest.raises(InvalidPopulation, match="below 0"):
        project_draws(people(), busy_rates(), -factors(), start=0, regions=REGIONS, groups=GROUPS)
    with pytest.raises(InvalidPopulation, match="keep fewer years or bands"):
        huge = np.broadcast_to(np.ones(1), (3_000_000, 7, len(FLOWS), 4))
        project_draws(people(), busy_rates(), huge, start=0, regions=REGIONS, groups=GROUPS)


def test_strengthened_rows_stay_rows() -> None:
    matrix = busy_rates().mothers
    for factor in (0.0, 0.5, 1.0, 50.0):
        out = strengthened(matrix, np.full(4, factor))
        assert np.allclose(out.sum(axis=1), 1)
        assert (out >= -1e-12).all()
    assert np.allclose(strengthened(matrix, np.ones(4)), matrix)
    assert np.allclose(strengthened(matrix, np.zeros(4)), np.eye(4))
    assert scaled(busy_rates(), np.ones((len(FLOWS), 4))).emigration.max() <= 1


def test_a_draw_is_the_same_whoever_asks_for_how_many() -> None:
    assert np.array_equal(chances(7, 10, 33)[:4], chances(7, 4, 33))
    assert not np.array_equal(chances(8, 4, 33), chances(7, 4, 33))
    z = chances(7, 20_000, 2)
    assert abs(z.mean()) < 0.02
    assert abs(z.std() - 1) < 0.02


def test_triangles_have_their_moments_and_ends() -> None:
    low, mid, high = 0.5, 0.7, 1.5
    drawn = triangle(chances(3, 100_000, 1)[:, 0], np.array(low), np.array(mid), np.array(high))
    assert drawn.min() >= low
    assert drawn.max() <= high
    assert drawn.mean() == pytest.approx((low + mid + high) / 3, abs=0.003)
    spread = (low**2 + mid**2 + high**2 - low * mid - low * high - mid * high) / 18
    assert drawn.var() == pytest.approx(spread, rel=0.03)
    assert triangle(np.array([1.0]), *(np.array([2.0]),) * 3).tolist() == [2.0]


def test_trends_shrink() -> None:
    assert damped(2.0, 0.1, 0.0, 4).tolist() == [2.0] * 4
    assert damped(2.0, 0.1, 1.0, 3) == pytest.approx([2.1, 2.2, 2.3])
    assert damped(2.0, 0.1, 0.7, 500)[-1] == pytest.approx(2.0 + 0.1 * 0.7 / 0.3)
    with pytest.raises(InvalidPopulation, match="between 0 and 1"):
        damped(2.0, 0.1, 1.5, 3)
    assert random_walk(np.ones((1, 4)), 0.5)[0] == pytest.approx(np.exp([0.5, 1.0, 1.5, 2.0]))


def test_spreads_are_drawn_to_the_mean_where_little_was_seen() -> None:
    assert turns([0.01, 0.03, 0.01]) == pytest.approx(0.02)
    assert np.isnan(turns([0.01]))
    out = pooled(np.array([0.01, 0.04, np.nan]), np.array([3, 3, 0]))
    assert out[2] == pytest.approx(0.02)
    assert 0.01 < out[0] < 0.02 < out[1] < 0.04
    with pytest.raises(InvalidPopulation, match="cannot be learned"):
        pooled(np.array([np.nan]), np.array([0]))


def test_scores_are_those_of_the_formula() -> None:
    rng = np.random.default_rng(2)
    draws, truth = rng.normal(size=(3, 40)), np.array([0.0, 1.0, -2.0])
    slow = [
        np.abs(row - y).mean() - np.abs(row[:, None] - row[None, :]).mean() / 2
        for row, y in zip(draws, truth, strict=True)
    ]
    assert crps(draws, truth) == pytest.approx(slow)
    normal = rng.normal(size=200_000)
    assert float(crps(normal, 0.0)) == pytest.approx((np.sqrt(2) - 1) / np.sqrt(np.pi), abs=2e-3)
    assert crps(np.array([[3.0]]), np.array([5.0])).tolist() == [2.0]
    low, high = interval(np.arange(101.0), 0.8)
    assert (float(low), float(high)) == (pytest.approx(10), pytest.approx(90))


def test_ages_beyond_the_bands_are_not_lost() -> None:
    cube = project_draws(
        people(), busy_rates(), np.ones((1, 1, len(FLOWS), 4)), start=0, regions=REGIONS, groups=GROUPS, starts=(7,)
    )
    assert cube.age_names == ("0-6", "7+")
    assert cube.at(0).sum() == pytest.approx(people().sum())
    assert AGES == 20
