"""Where projections start: margins hold to the person, and what is counted stays as counted."""

import numpy as np
import pytest

from sailau.people.cube import InvalidPopulation
from sailau.people.electorate import electorate
from sailau.people.margins import fit_margins
from sailau.records.populations import load_population
from sailau.runs.people_electorate import electorate_of
from sailau.runs.people_future import future
from sailau.runs.people_map import DATED, FITTED, HELD, group_map
from sailau.runs.people_start import start

KZ = load_population("kz")
NOW = start(KZ)


def test_groups_and_regions_add_up() -> None:
    census = KZ.census("2021")
    for g, group in enumerate(NOW.groups):
        assert NOW.people[:, g].sum() == pytest.approx(census.people()[group], abs=1)
    totals = {row.region: row.people for row in KZ.rows["series"] if row.year == 2022}
    for r, region in enumerate(NOW.regions):
        share = NOW.people[r].sum() / NOW.people.sum()
        assert share == pytest.approx(totals[region] / totals["all"], abs=1e-6)


def test_counted_cells_stay_as_counted() -> None:
    places = group_map(KZ, KZ.census("2021").people(), KZ.census("2021").on)
    akmola = places.people[places.regions.index("akmola")]
    shares = dict(zip(places.groups, akmola / akmola.sum(), strict=True))
    for group, percent in {"kazakh": 55.81, "russian": 26.92, "ukrainian": 5.18, "german": 3.85}.items():
        assert shares[group] == pytest.approx(percent / 100, abs=1e-6)
    marks = dict(zip(places.regions, places.marks, strict=True))
    kazakh, uzbek = places.groups.index("kazakh"), places.groups.index("uzbek")
    assert marks["akmola"][kazakh] == HELD
    assert marks["pavlodar"][kazakh] == DATED
    assert marks["abai"][uzbek] == FITTED
    for region in ("kyzylorda", "atyrau", "mangystau"):
        row = places.people[places.regions.index(region)]
        assert row[kazakh] / row.sum() > 0.9


def test_the_country_of_one_region_is_the_sum_of_its_regions() -> None:
    whole = start(KZ, by_region=False)
    assert np.allclose(whole.people[0], NOW.people.sum(axis=0), atol=0.5)


def test_the_electorate_is_the_citizens_of_voting_age() -> None:
    cells = electorate_of(KZ, starts=[18, 40])
    adults = NOW.people[:, :, 18:].sum()
    assert cells.total == pytest.approx(0.985 * adults)
    assert cells.ages == ("18-39", "40+")
    assert cells.voters[:, :, 0].sum() == pytest.approx(0.985 * NOW.people[:, :, 18:40].sum())
    assert any("taken for citizens" in line for line in cells.assumptions)
    later = electorate_of(KZ, year=NOW.day.year + 9, citizens=1.0, by_region=False)
    ahead = future(KZ, 9, by_region=False).central.cube.at(NOW.day.year + 9)
    assert later.by("group") == pytest.approx(ahead[:, :, 18:].sum(axis=(0, 2, 3)))
    assert electorate_of(KZ, year=NOW.day.year).total == electorate_of(KZ).total
    for year, words in ((2010, "before 2021-09-01"), (2500, "no projection reaches so far")):
        with pytest.raises(InvalidPopulation, match=words):
            electorate_of(KZ, year=year)
    assert electorate_of(KZ, citizens=1.0, age=21).total == pytest.approx(NOW.people[:, :, 21:].sum())


def test_the_electorate_keeps_draws_and_refuses_shares_above_one() -> None:
    people = np.ones((1, 2, 101, 2, 3))
    share = np.array([[1.0, 1.0, 1.0], [0.0, 0.5, 1.0]])
    found = electorate(people, ["all"], ["a", "b"], 2020, citizens=share, starts=[18])
    assert found.voters[0, :, 0].tolist() == [[166, 166, 166], [0, 83, 166]]
    with pytest.raises(InvalidPopulation, match="between 0 and 1"):
        electorate(people, ["all"], ["a", "b"], 2020, citizens=1.1)


def test_margins_of_different_people_are_refused() -> None:
    with pytest.raises(InvalidPopulation, match="not of the same people"):
        fit_margins(np.ones((2, 2)), [((0,), np.array([1.0, 1.0])), ((1,), np.array([1.0, 2.0]))])
    with pytest.raises(InvalidPopulation, match="empty cells"):
        fit_margins(np.eye(2), [((0,), np.array([3.0, 1.0])), ((1,), np.array([2.0, 2.0]))], rounds=50)


def test_fitting_keeps_the_odds_of_the_guess() -> None:
    rng = np.random.default_rng(3)
    guess = rng.random((4, 5)) + 0.1
    rows, columns = rng.random(4), rng.random(5)
    table = fit_margins(guess, [((0,), rows / rows.sum()), ((1,), columns / columns.sum())])

    def odds(t: np.ndarray) -> float:
        return float(t[0, 0] * t[2, 3] / (t[0, 3] * t[2, 0]))

    assert odds(table) == pytest.approx(odds(guess))
    assert np.allclose(table.sum(axis=0), columns / columns.sum())
