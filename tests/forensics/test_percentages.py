"""Whole percentages and kernel densities: closed forms against chance, power against rounding, and wrong nulls."""

from dataclasses import replace

import numpy as np
import pytest

from sailau.forensics.clean import draw_clean, stuff
from sailau.forensics.density import kernel_density
from sailau.forensics.finding import Finding, NotTestable, benjamini_hochberg
from sailau.forensics.percentages import count_peaks, peaks_by_area, whole_percentages
from sailau.forensics.stations import Stations, ordinary

CLEAN = draw_clean(2_000, seed=11)


def p_of(found: Finding | NotTestable) -> float:
    assert isinstance(found, Finding) and found.p is not None
    return found.p


def test_the_closed_form_is_what_many_draws_give() -> None:
    part = CLEAN.take(ordinary(CLEAN))
    peaks = count_peaks(CLEAN)
    rng = np.random.default_rng(3)
    t, s = part.voters / part.registered, part.leading / part.counted
    seen = []
    for _ in range(400):
        voters, leading = rng.binomial(part.registered, t), rng.binomial(part.counted, s)
        close = [
            20 * np.abs(100 * k - np.rint(100 * k / n) * n) <= n
            for k, n in ((voters, part.registered), (leading, part.counted))
        ]
        seen.append(int((close[0] | close[1]).sum()))
    assert np.mean(seen) == pytest.approx(peaks.expected, abs=4 * peaks.sd / 20)
    assert np.std(seen) == pytest.approx(peaks.sd, rel=0.15)


def test_the_order_of_stations_does_not_count() -> None:
    order = np.random.default_rng(1).permutation(len(CLEAN))
    columns = ("rows", "registered", "voters", "votes", "ballots", "valid", "invalid")
    shuffled = replace(CLEAN, **{name: getattr(CLEAN, name)[order] for name in columns})
    one, other = count_peaks(CLEAN), count_peaks(shuffled)
    assert one.observed == other.observed
    assert one.expected == pytest.approx(other.expected, abs=1e-9)


def test_rounded_figures_are_found_and_added_ones_are_not() -> None:
    assert p_of(whole_percentages(CLEAN)) > 0.01
    assert p_of(whole_percentages(stuff(CLEAN, 0.05, seed=2, way="rounded"))) < 1e-6
    assert p_of(whole_percentages(stuff(CLEAN, 0.05, seed=2))) > 1e-3


def coarse(n: int) -> Stations:
    """Clean stations of one size, at which chance alone meets whole percentages often."""
    clean = draw_clean(2_000, seed=4)
    rng = np.random.default_rng(9)
    registered = np.full(len(clean), n)
    voters = rng.binomial(registered, 0.55)
    leading = rng.binomial(voters, 0.4)
    votes = np.column_stack([leading, voters - leading])
    return replace(
        clean, registered=registered, voters=voters, votes=votes, contenders=("a", "b"), ballots=None, valid=None,
        invalid=None,
    )  # fmt: skip


def test_a_flat_null_would_accuse_coarse_stations_and_the_binomial_does_not() -> None:
    stations = coarse(200)
    peaks = count_peaks(stations, of="turnout")
    flat = 0.1 * len(stations)
    assert (peaks.observed - flat) / np.sqrt(flat * 0.9) > 5
    assert abs(peaks.excess) < 4 * peaks.sd


def test_too_few_stations_are_not_tested() -> None:
    found = whole_percentages(CLEAN.take(np.arange(len(CLEAN)) < 200))
    assert isinstance(found, NotTestable)
    assert "200 are needed" in found.why


def test_the_density_finds_spikes_in_turnout_alone() -> None:
    rounded = stuff(draw_clean(5_000, seed=8), 0.02, seed=2, way="rounded")
    turnout = kernel_density(rounded, "turnout")
    assert p_of(turnout) < 1e-6
    assert {"70.0 %", "75.0 %", "80.0 %", "85.0 %", "90.0 %"} & set(turnout.cases)  # type: ignore[union-attr]
    assert p_of(kernel_density(rounded, "share")) > 0.001


def test_coarse_fractions_are_no_spikes() -> None:
    assert p_of(kernel_density(coarse(60), "turnout")) > 0.01


def test_areas_are_told_apart() -> None:
    dirty = stuff(CLEAN, 0.05, seed=2, way="rounded")
    first = CLEAN.levels[0].codes == 0
    mixed = replace(
        CLEAN, **{name: np.where(first, getattr(dirty, name), getattr(CLEAN, name)) for name in ("voters", "ballots")}
    )
    by_area = {one.area: one.p for one in peaks_by_area(mixed)}
    assert by_area["region 1"] < 1e-4
    assert min(p for area, p in by_area.items() if area != "region 1") > 1e-3


def test_adjusted_p_values_are_those_of_the_paper() -> None:
    given = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
             0.7590, 1.0]  # fmt: skip
    assert sum(q <= 0.05 for q in benjamini_hochberg(given)) == 4
    shuffled = benjamini_hochberg(given[::-1])
    assert shuffled[::-1] == benjamini_hochberg(given)
