"""Rates of a user's own country: what population.yaml says, on standard schedules where it has no tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from sailau.people.cube import Floats, InvalidPopulation
from sailau.people.life import risks_of, standard_births
from sailau.people.rates import Rates, gravity, no_rates
from sailau.people.schedules import AGES, cohort_hazards, rogers_castro
from sailau.records.populations import PopulationRecord
from sailau.runs.people_rates import balanced, middles
from sailau.runs.people_start import Start
from sailau.runs.people_tables import births_by_age, risks


def own_rates(record: PopulationRecord, start: Start) -> tuple[Rates, list[str]]:
    """Return rates, and what had to be assumed.

    Raises
    ------
    InvalidPopulation
        A group or region that is not there, chances above 1, neither rates nor tables.
    """
    form, groups, regions = record.rates, start.groups, start.regions
    if form is None:
        raise InvalidPopulation(
            f"{record.id} says nothing of births and deaths", hint="add rates: to population.yaml, such as tfr and e0"
        )
    notes = []
    rates = no_rates(len(regions), len(groups), AGES)
    table, told = _deaths(record, start)
    notes += told
    shape = start.people.sum(axis=0)
    if table is not None:
        hazards, first = np.empty((AGES, 2)), np.empty(2)
        for s in range(2):
            hazards[:, s], first[s] = cohort_hazards(table[:, s])
        dying = balanced(middles(record, "mortality", groups, 1.0), (shape * hazards).sum(axis=(1, 2)))
        rates = rates.with_(
            hazards=hazards[None, None] * dying[None, :, None, None],
            birth_hazards=first[None, None] * dying[None, :, None],
        )
    if form.tfr:
        ages, told = _births(record, start)
        notes += told
        bearing = balanced(middles(record, "fertility", groups, 1.0), (shape[:, :, 0] * ages).sum(axis=1))
        rates = rates.with_(fertility=float(form.tfr) * ages[None, None] * bearing[None, :, None])
    rates = rates.with_(
        boys=float(form.sex_ratio / (1 + form.sex_ratio)),
        emigration=_by_group(form.emigration, groups, "emigration")[None, :, None, None] * np.ones((1, 1, 1, 1)),
        immigration=_comers(form.immigration, start, "immigration"),
        repatriation=_comers(form.repatriation, start, "repatriation"),
        identity=_rows(form.identity, groups, "identity"),
        mothers=_rows(form.mothers, groups, "mothers"),
    )
    rates = _moving(form.moves, rates, regions)
    if form.moving:
        rates = _leaving(form.moving, rates, start)
        notes.append("who leaves a region under `moving` goes to the others in proportion to their people")
    return rates, notes


def _deaths(record: PopulationRecord, start: Start) -> tuple[Floats | None, list[str]]:
    form = record.rates
    if record.rows.get("mortality"):
        return risks(record, start.day.year + 0.5), []
    if form is None or form.e0 is None:
        return None, ["nobody dies: neither e0 nor mortality.csv is given"]
    table = risks_of(float(form.e0))
    return np.stack([table, table], axis=1), [
        "deaths follow a standard schedule at the level of e0, the same for both sexes"
    ]


def _births(record: PopulationRecord, start: Start) -> tuple[Floats, list[str]]:
    if record.rows.get("fertility"):
        return births_by_age(record, start.day.year), []
    return standard_births(), ["births follow a standard schedule of mothers from 15 to 49, 28 years old in the mean"]


def _by_group(given: Mapping[str, Fraction | int], groups: Sequence[str], name: str) -> Floats:
    for group in given:
        if group not in groups:
            raise InvalidPopulation(f"rates.{name}: {group!r} is no group", hint=f"known: {', '.join(groups)}")
    return np.array([float(given.get(group, 0)) for group in groups])


def _comers(given: Mapping[str, int], start: Start, name: str) -> Floats:
    """Spread people who come over regions by their group, over ages of migrants, over both sexes."""
    counts = _by_group(given, start.groups, name)
    size = start.people.sum(axis=(2, 3))
    total = size.sum(axis=0)
    even = np.full_like(size, 1 / len(size))
    share = np.divide(size, total, out=even, where=total > 0)
    return np.asarray(share[:, :, None, None] * counts[None, :, None, None] * _ages())


def _ages() -> Floats:
    return np.asarray((rogers_castro() / 2)[None, None, :, None] * np.ones(2))


def _rows(given: Mapping[str, Mapping[str, Fraction]], names: Sequence[str], name: str) -> Floats:
    """Return transitions: what a row does not give away stays."""
    out = np.eye(len(names))
    for source, parts in given.items():
        for target, share in parts.items():
            for one in (source, target):
                if one not in names:
                    raise InvalidPopulation(f"rates.{name}: {one!r} is not there", hint=f"known: {', '.join(names)}")
            i, j = names.index(source), names.index(target)
            if i != j:
                out[i, j] += float(share)
                out[i, i] -= float(share)
    return np.maximum(out, 0.0)


def _moving(given: Mapping[str, Mapping[str, Fraction]], rates: Rates, regions: Sequence[str]) -> Rates:
    if not given:
        return rates
    table = _rows(given, regions, "moves")
    away = table * (1 - np.eye(len(regions)))
    sums = away.sum(axis=1)
    where = np.where(sums[:, None] > 0, away / np.where(sums > 0, sums, 1.0)[:, None], rates.destinations)
    return rates.with_(moving=sums[:, None, None, None] * np.ones((1, 1, 1, 1)), destinations=where)


def _leaving(given: Mapping[str, Fraction], rates: Rates, start: Start) -> Rates:
    """Add regions of which only the share that leaves is known: at the ages of migrants, by a gravity model."""
    sizes = start.people.sum(axis=(1, 2, 3))
    ages = start.people.sum(axis=(1, 3))
    schedule = rogers_castro()
    moving = np.broadcast_to(rates.moving, (len(sizes), 1, len(schedule), 1)).copy()
    destinations = rates.destinations.copy()
    for region, share in given.items():
        r = start.regions.index(region)
        reach = float(ages[r] @ schedule)
        chance = schedule * (float(share) * sizes[r] / reach if reach > 0 else 0.0)
        moving[r, 0, :, 0] = np.minimum(chance, 1.0)
        destinations[r] = gravity(sizes)[r]
    return rates.with_(moving=moving, destinations=destinations)
