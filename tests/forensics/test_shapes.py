"""Shapes: models recover what was put in, honest counterparts stay honest, refusals are kept."""

from dataclasses import replace

import numpy as np
import pytest

from sailau.forensics.baseline import anomalous_votes, baseline
from sailau.forensics.clean import CleanModel, draw_clean, stuff
from sailau.forensics.finding import Finding, NotTestable
from sailau.forensics.fingerprint import fingerprint, fingerprint_fit, fit
from sailau.forensics.mirror import Votes, able, medians, mirrored, scatter_of, votes_of
from sailau.forensics.neighbours import neighbours, small_stations

CLEAN = draw_clean(6_000, seed=21)
EVEN = CleanModel(region=(0, 0), commission=(0, 0), rural=(0, 0), group=(0, 0))


def model(n: int, f_i: float, f_e: float, seed: int) -> Votes:
    """Draw an election from the model of the fingerprint."""
    rng = np.random.default_rng(seed)
    t, v = np.clip(rng.normal(0.5, 0.06, n), 0.01, 0.99), np.clip(rng.normal(0.4, 0.05, n), 0.01, 0.99)
    kind = rng.random(n)
    x = np.where(kind < f_i, np.minimum(1, np.abs(rng.normal(0, 0.4, n))), 0.0)
    x = np.where(kind > 1 - f_e, 1 - np.minimum(1, np.abs(rng.normal(0, 0.075, n))), x)
    won = t * v + x * (1 - t) + x**2 * (1 - v) * t
    registered = np.full(n, 1_000)
    voters = np.rint((t + x * (1 - t)) * registered).astype(int)
    return Votes(registered, voters, voters, np.minimum(voters, np.rint(won * registered).astype(int)))


@pytest.mark.parametrize(("f_i", "f_e"), [(0.0, 0.0), (0.3, 0.0), (0.5, 0.05)])
def test_the_fit_recovers_what_the_model_put_in(f_i: float, f_e: float) -> None:
    found = fit(model(20_000, f_i, f_e, 1))
    assert found.incremental == pytest.approx(f_i, abs=0.09)
    assert found.extreme == pytest.approx(f_e, abs=0.02)


def test_a_fingerprint_adds_up_to_one() -> None:
    cells = fingerprint(votes_of(CLEAN, able(CLEAN)))
    assert cells.shape == (100, 100)
    assert cells.sum() == pytest.approx(1)


def test_the_baseline_recovers_added_ballots() -> None:
    clean = draw_clean(20_000, seed=5, model=EVEN)
    stuffed = stuff(clean, 0.1, seed=6)
    true = int(stuffed.voters.sum() - clean.voters.sum())
    seen = baseline(votes_of(stuffed, able(stuffed)))
    assert not seen.refused
    assert seen.anomalous[0] == pytest.approx(true, rel=0.02)
    nothing = baseline(votes_of(clean, able(clean)))
    assert abs(nothing.anomalous[0]) < true / 50


def test_the_baseline_refuses_where_nothing_honest_is_in_sight() -> None:
    high = draw_clean(3_000, seed=5, model=replace(EVEN, turnout=1.8))
    seen = anomalous_votes([("region", scatter_of(high, high.levels[0]))], np.random.default_rng(1))
    assert isinstance(seen, Finding)
    assert "no figure" in seen.found
    assert "75 %" in seen.found


def test_medians_by_area_are_those_of_each_area() -> None:
    rng = np.random.default_rng(1)
    area, values = rng.integers(0, 9, 200), rng.normal(size=200)
    area[area == 4] = 5
    got = medians(values, area, 9)
    assert [got[a] for a in (0, 5, 8)] == pytest.approx([np.median(values[area == a]) for a in (0, 5, 8)])
    assert got[4] == 0


def test_counterparts_keep_areas_and_lose_what_reaches_up_alone() -> None:
    level = CLEAN.levels[1]
    stuffed = stuff(CLEAN, 0.1, seed=3)
    rng = np.random.default_rng(4)
    means = []
    for stations in (CLEAN, stuffed):
        scatter = scatter_of(stations, level)
        drawn = mirrored(scatter, rng)
        means.append((scatter.votes.turnout.mean(), drawn.turnout.mean()))
        assert (drawn.voters <= drawn.registered).all()
        assert (drawn.leading <= drawn.counted).all()
        by_area = [np.median(votes.turnout[scatter.area == 3]) for votes in (scatter.votes, drawn)]
        assert by_area[0] == pytest.approx(by_area[1], abs=0.06)
    (clean, same), (dirty, less) = means
    assert same == pytest.approx(clean, abs=0.01)
    assert dirty - less > 0.03


def test_neighbours_find_stuffed_stations_and_no_clean_ones() -> None:
    for stations, low, high in ((CLEAN, 0.01, 1.0), (stuff(CLEAN, 0.05, seed=3), 0.0, 1e-6)):
        found = neighbours(scatter_of(stations, stations.levels[1]))
        assert isinstance(found, Finding) and found.p is not None
        assert low <= found.p <= high


def test_villages_that_vote_otherwise_are_no_finding() -> None:
    found = small_stations(scatter_of(CLEAN, CLEAN.levels[1]))
    assert isinstance(found, Finding) and found.p is not None
    assert found.figures["shift_turnout"] is not None and float(found.figures["shift_turnout"]) > 0.03
    assert found.p > 0.01


def test_few_stations_and_few_areas_are_not_tested() -> None:
    few = CLEAN.take(np.arange(len(CLEAN)) < 400)
    scatter = scatter_of(few, few.levels[1])
    assert isinstance(fingerprint_fit([("region", scatter)], np.random.default_rng(1)), NotTestable)
    assert isinstance(anomalous_votes([("region", scatter)], np.random.default_rng(1)), NotTestable)
    assert isinstance(neighbours(scatter), NotTestable)
    assert isinstance(neighbours(scatter_of(few, None)), NotTestable)


def test_stuffing_adds_what_it_says_to_the_leader_alone() -> None:
    stuffed = stuff(CLEAN, 0.05, seed=3)
    added = stuffed.voters - CLEAN.voters
    assert added.sum() / CLEAN.voters.sum() == pytest.approx(0.05, abs=0.001)
    assert ((stuffed.votes - CLEAN.votes)[:, 0] == added).all()
    assert (stuffed.votes[:, 1:] == CLEAN.votes[:, 1:]).all()
    assert (stuffed.voters <= stuffed.registered).all()
    rounded = stuff(CLEAN, 0.05, seed=3, way="rounded")
    touched = rounded.voters > CLEAN.voters
    near = 100 * rounded.voters[touched] / rounded.registered[touched]
    assert np.mean(np.abs(near - np.rint(near)) * rounded.registered[touched] <= 51) > 0.99
