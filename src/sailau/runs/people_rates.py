"""Rates of the groups of a country: its schedules times the ratios of the groups, which add up to the country again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sailau.people.cube import FEMALE, Floats
from sailau.people.rates import Rates, no_rates
from sailau.people.schedules import AGES, cohort_hazards, rogers_castro
from sailau.records.populations import PopulationRecord
from sailau.runs.people_tables import births_by_age, national, risks

UNIT = 0.01
"""Moves over the border are written as one percent a year times a factor, so that draws can turn their sign."""


def middles(record: PopulationRecord, name: str, groups: Sequence[str], default: float) -> Floats:
    """Return the likeliest value of a prior for each group."""
    prior = record.priors.get(name)
    return np.array([float(prior.groups[g].mid) if prior and g in prior.groups else default for g in groups])


def triangle_ends(
    record: PopulationRecord, name: str, groups: Sequence[str], default: float
) -> tuple[Floats, Floats, Floats]:
    """Return lowest, likeliest and highest values of a prior for each group."""
    prior = record.priors.get(name)
    ends = []
    for side in ("low", "mid", "high"):
        given = prior.groups if prior else {}
        ends.append(np.array([float(getattr(given[g], side)) if g in given else default for g in groups]))
    return ends[0], ends[1], ends[2]


def mothers_matrix(away: Floats, sizes: Floats) -> Floats:
    """Return the group of the child by that of the mother: `away` of them go to the others by size."""
    n = len(sizes)
    if n == 1:
        return np.ones((1, 1))
    weights = np.tile(np.asarray(sizes, dtype=np.float64), (n, 1))
    np.fill_diagonal(weights, 0.0)
    weights /= weights.sum(axis=1, keepdims=True)
    return np.asarray(weights * away[:, None] + np.diag(1 - away))


def balanced(ratios: Floats, weights: Floats) -> Floats:
    """Return ratios times one number, so that their mean with the weights is 1."""
    total = (ratios * weights).sum()
    return np.asarray(ratios * weights.sum() / total) if total > 0 else ratios


def group_rates(
    record: PopulationRecord,
    people: Floats,
    groups: Sequence[str],
    at: float,
    *,
    tfr: float | None = None,
    until: int | None = None,
) -> Rates:
    """Return rates of one year, the same in all regions, nobody moving.

    Parameters
    ----------
    record : PopulationRecord
    people : array of float
        people[region, group, age, sex] at the start, by which the ratios of groups are balanced.
    groups : sequence of str
    at : float
        The middle of the year, 2009.65 for a year that begins on 25 February.
    tfr : float, optional
        Children a woman; of the record's table by default.
    until : int, optional
        Use no table that ends later.
    """
    shape = people.sum(axis=0)
    table = risks(record, at, until=until)
    hazards, first = np.empty((AGES, 2)), np.empty(2)
    for s in range(2):
        hazards[:, s], first[s] = cohort_hazards(table[:, s])
    years = national(record, until=until)
    row = years[min(max(int(at), min(years)), max(years))]
    births = births_by_age(record, int(at), until=until) * (row.tfr if tfr is None else tfr)
    dying = balanced(middles(record, "mortality", groups, 1.0), (shape * hazards).sum(axis=(1, 2)))
    bearing = balanced(middles(record, "fertility", groups, 1.0), (shape[:, :, FEMALE] * births).sum(axis=1))
    return no_rates(len(people), len(groups), AGES).with_(
        hazards=hazards[None, None] * dying[None, :, None, None],
        birth_hazards=first[None, None] * dying[None, :, None],
        fertility=births[None, None] * bearing[None, :, None],
        mothers=mothers_matrix(middles(record, "mothers", groups, 0.0), shape.sum(axis=(1, 2))),
        boys=row.sex_ratio / (1 + row.sex_ratio),
    )


def with_residual(rates: Rates, growth: Floats, people: Floats) -> Rates:
    """Return rates under which groups also grow by `growth` a year, by moves over the border.

    Below 0 everybody leaves with the same chance; above 0 people come, in ages of migrants, as many each year as that
    growth is at the start.

    Parameters
    ----------
    rates : Rates
    growth : array of float
        By group, logarithm for a year.
    people : array of float
        people[region, group, age, sex] at the start.
    """
    out, came = border(growth)
    return rates.with_(
        emigration=(UNIT * out)[None, :, None, None] * np.ones((1, 1, 1, 1)),
        immigration=arrivals(people) * came[None, :, None, None],
    )


def border(growth: Floats) -> tuple[Floats, Floats]:
    """Return factors of one percent leaving, and of one percent coming, for a growth on any axes."""
    out = np.maximum(-np.expm1(growth), 0.0) / UNIT
    return np.asarray(out), np.asarray(np.maximum(np.expm1(growth), 0.0) / UNIT)


def arrivals(people: Floats) -> Floats:
    """Return one percent of each group and region, spread over ages of migrants and both sexes evenly."""
    size = people.sum(axis=(2, 3))
    return np.asarray(UNIT * size[:, :, None, None] * (rogers_castro() / 2)[None, None, :, None] * np.ones(2))
