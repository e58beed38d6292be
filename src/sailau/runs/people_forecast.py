"""Forecasts of groups: a model of births, deaths and moves beside the growth that simply goes on, both with spread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from sailau.kernels.cohorts import FLOWS
from sailau.people.cube import FEMALE, Floats
from sailau.people.draws import project_draws
from sailau.people.outlook import even_chances, random_walk, triangle
from sailau.people.rates import Rates
from sailau.records.populations import PopulationRecord
from sailau.records.populations_rows import ALL
from sailau.runs.people_fit import Fit, turning, yearly, years_of
from sailau.runs.people_rates import UNIT, arrivals, balanced, border, triangle_ends
from sailau.runs.people_start import group_ages

FLOW = {name: i for i, name in enumerate(FLOWS)}


@dataclass(frozen=True, slots=True)
class Forecast:
    """People by group on a day to come.

    Attributes
    ----------
    groups : tuple of str
    on : date
    centre : array of float
        By group, with every quantity at its likeliest value.
    draws : array of float
        draws[group, draw].
    """

    groups: tuple[str, ...]
    on: date
    centre: Floats
    draws: Floats


def forecast_naive(record: PopulationRecord, fit: Fit, on: date, *, draws: int, seed: int) -> Forecast:
    """Return the growth between the two censuses, simply going on; its spread is how far growth has turned before."""
    census = record.census(fit.late)
    years = years_of(on) - years_of(census.on)
    size = np.array([float(census.people()[g]) for g in fit.groups])
    turn = turning(record, fit.groups, census.on)[:, None] * even_chances(seed, draws, len(fit.groups)).T
    return Forecast(
        fit.groups,
        on,
        size * np.exp(fit.growth * years),
        size[:, None] * np.exp((fit.growth[:, None] + turn) * years),
    )


@dataclass(frozen=True, slots=True)
class Model:
    """The projection of groups from a census, with what was known by then.

    Attributes
    ----------
    record : PopulationRecord
    fit : Fit
        Of the two censuses before.
    on : date
        The day that is forecast.
    people : array of float
        people[region, group, age, sex] at the later census, one region.
    path : list of Rates
        Rates of each year.
    """

    record: PopulationRecord
    fit: Fit
    on: date
    people: Floats
    path: list[Rates]

    def forecast(self, *, persists: float, draws: int, seed: int) -> Forecast:
        """Return the forecast.

        Parameters
        ----------
        persists : float
            Which share of the residual growth goes on, in [0, 1].
        draws, seed : int
        """
        day, steps, groups = self.record.census(self.fit.late).on, len(self.path), self.fit.groups
        width = width_of(steps, len(groups)) + len(groups)
        base = self.path[0].with_(emigration=np.full((1, len(groups), 1, 1), UNIT), immigration=arrivals(self.people))
        z = np.concatenate([np.zeros((1, width)), even_chances(seed, draws, width)])
        factors = _factors(self.record, self.fit, self.people, self.path, persists, z, day)
        keep = (steps - 1, steps)
        cube = project_draws(self.people, base, factors, start=0, regions=(ALL,), groups=groups, starts=(0,), keep=keep)
        early, late = (cube.at(year).sum(axis=(0, 2, 3)) for year in cube.years)
        reached = early * (late / early) ** (years_of(self.on) - years_of(day) - (steps - 1))
        return Forecast(groups, self.on, reached[:, 0], reached[:, 1:])


def model_of(record: PopulationRecord, fit: Fit, on: date) -> Model:
    """Return the model of groups from the later census of a fit to a day."""
    census = record.census(fit.late)
    start = years_of(census.on)
    people = group_ages(record, census.people(), census.on)[None]
    steps = int(years_of(on) - start) + 1
    return Model(record, fit, on, people, yearly(record, people, fit.groups, start, steps, census.on.year))


def _factors(
    record: PopulationRecord, fit: Fit, people: Floats, path: list[Rates], persists: float, z: Floats, until: date
) -> Floats:
    """Return factors[draw, year, flow, group] on the first year's rates; where z is 0 everything is at its middle.

    The first places are how far growth turns, as in `forecast_naive`: in a draw it turns alike in both, so that their
    scores differ by what they say and hardly by chance.
    """
    turned = z[:, : len(fit.groups)]
    out, explained = prior_factors(record, fit.groups, people, path, z[:, len(fit.groups) :])
    turn = turning(record, fit.groups, until) * turned
    gone, came = border(persists * (fit.residual - explained) + turn)
    out[:, :, FLOW["emigration"]], out[:, :, FLOW["immigration"]] = gone[:, None, :], came[:, None, :]
    return out


def width_of(years: int, groups: int) -> int:
    """Return how many numbers a draw of `prior_factors` takes."""
    return 2 * years + 3 * groups


def prior_factors(
    record: PopulationRecord, groups: tuple[str, ...], people: Floats, path: list[Rates], z: Floats
) -> tuple[Floats, Floats]:
    """Return factors[draw, year, flow, group] of births, deaths and children's groups, by the record's ranges.

    Returns
    -------
    factors : array
        On the rates of the first year; the path of the others is in them.
    explained : array
        explained[draw, group]: growth a year by which births and deaths of a draw exceed the likeliest ones.
    """
    steps, shape = len(path), people.sum(axis=0)
    parts = np.split(z, np.cumsum([steps, steps, len(groups), len(groups)]), axis=1)
    spread = record.outlook
    bearing = random_walk(parts[0], float(spread.fertility.spread) if spread else 0.0)
    dying = random_walk(parts[1], float(spread.mortality.spread) if spread else 0.0)
    born, dead = _born(shape, path[0]), _dead(shape, path[0])
    more = _ratios(record, "fertility", groups, parts[2], born)
    worse = _ratios(record, "mortality", groups, parts[3], dead)
    out = np.ones((len(z), steps, len(FLOWS), len(groups)))
    out[:, :, FLOW["fertility"]] = bearing[:, :, None] * _trend(path, "fertility")[None, :, None] * more[:, None, :]
    out[:, :, FLOW["mortality"]] = dying[:, :, None] * _decline(path, shape)[None, :, None] * worse[:, None, :]
    out[:, :, FLOW["mothers"]] = _over_middle(record, "mothers", groups, parts[4], 0.0)[:, None, :]
    size = np.maximum(shape.sum(axis=(1, 2)), 1.0)
    return out, np.asarray((more - 1) * born / size - (worse - 1) * dead / size)


def _over_middle(record: PopulationRecord, name: str, groups: tuple[str, ...], z: Floats, default: float) -> Floats:
    """Return draws of a prior over its likeliest value; 1 where z is 0 for all groups."""
    low, mid, high = triangle_ends(record, name, groups, default)
    drawn = np.divide(triangle(z, low, mid, high), mid, out=np.ones_like(z), where=mid > 0)
    return np.asarray(np.where(z.any(axis=1, keepdims=True), drawn, 1.0))


def _ratios(record: PopulationRecord, name: str, groups: tuple[str, ...], z: Floats, weights: Floats) -> Floats:
    """Return ratios by draw over their likeliest values, balanced so that the country keeps its rate."""
    return np.asarray(np.stack([balanced(row, weights) for row in _over_middle(record, name, groups, z, 1.0)]))


def _born(shape: Floats, rates: Rates) -> Floats:
    return np.asarray((shape[:, :, FEMALE] * rates.fertility[0]).sum(axis=1))


def _dead(shape: Floats, rates: Rates) -> Floats:
    return np.asarray((shape * rates.hazards[0]).sum(axis=(1, 2)))


def _trend(path: list[Rates], name: str) -> Floats:
    """Return how many times the first year's rates each year has, in the whole country."""
    sums = np.array([getattr(rates, name)[0].sum(axis=-1).mean() for rates in path])
    return np.asarray(sums / sums[0]) if sums[0] > 0 else np.ones(len(path))


def _decline(path: list[Rates], shape: Floats) -> Floats:
    """Return the risk of death of each year over the first, for the people of the start."""
    dead = np.array([_dead(shape, rates).sum() for rates in path])
    return np.asarray(dead / dead[0]) if dead[0] > 0 else np.ones(len(path))
