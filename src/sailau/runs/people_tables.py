"""From the tables of a population to schedules by single age: deaths, births and ages of a country in a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from sailau.people.cube import SEXES, Floats, InvalidPopulation
from sailau.people.project import project
from sailau.people.rates import Rates, no_rates
from sailau.people.schedules import AGES, cohort_hazards, single_births, single_risks, split_spans
from sailau.records.populations import PopulationRecord
from sailau.records.populations_rows import National, Risk, by, lacking

SPAN = 5
"""Years in a period of the tables of deaths and births."""


def risks(record: PopulationRecord, year: float, *, until: int | None = None) -> Floats:
    """Return deaths for each person-year, [age, sex], in the middle of a year.

    Between the middles of the periods the logarithm is linear; beyond the last it goes on as from the last but one.

    Parameters
    ----------
    record : PopulationRecord
    year : float
        2009.5 is the middle of 2009.
    until : int, optional
        Use no period that ends later.

    Raises
    ------
    InvalidPopulation
        The population has no table of deaths that ends so early.
    """
    periods = by(record.rows.get("mortality", ()), "since")
    marks = sorted(since for since in periods if until is None or since + SPAN <= until + 1)
    if not marks:
        raise InvalidPopulation(
            f"{record.id} has no table of deaths{f' up to {until}' if until else ''}", hint=lacking("mortality")
        )
    tables = np.stack([np.log(_single(periods[since])) for since in marks])
    middles = [since + SPAN / 2 for since in marks]
    return np.asarray(np.exp(_along(middles, tables, year)))


def _single(rows: Sequence[Risk]) -> Floats:
    out = np.empty((AGES, 2))
    for s, sex in enumerate(SEXES):
        block = sorted((r for r in by(rows, "sex").get(sex, [])), key=lambda r: r.age)
        out[:, s] = single_risks([r.age for r in block], [r.rate for r in block])
    return out


def _along(places: Sequence[float], values: Floats, at: float) -> Floats:
    """Return values[place, …] at a place, on straight lines that go on beyond the last."""
    if len(places) == 1 or at <= places[0]:
        return np.asarray(values[0])
    i = min(int(np.searchsorted(places, at)), len(places) - 1)
    share = (at - places[i - 1]) / (places[i] - places[i - 1])
    return np.asarray(values[i - 1] + share * (values[i] - values[i - 1]))


def births_by_age(record: PopulationRecord, year: int, *, until: int | None = None) -> Floats:
    """Return the share of fertility at each age, from the period in which a year falls, or the last known.

    Raises
    ------
    InvalidPopulation
        The population has no table of births by age that begins so early.
    """
    periods = by(record.rows.get("fertility", ()), "since")
    marks = sorted(since for since in periods if until is None or since + SPAN <= until + 1)
    if not marks:
        raise InvalidPopulation(f"{record.id} has no table of births by age", hint=lacking("fertility"))
    since = max((mark for mark in marks if mark <= year), default=marks[0])
    rows = sorted(periods[since], key=lambda row: row.age)
    return single_births([row.age for row in rows], [row.share for row in rows])


def national(record: PopulationRecord, *, until: int | None = None) -> dict[int, National]:
    """Return the calendar years of the country.

    Raises
    ------
    InvalidPopulation
        There are none.
    """
    rows = {row.year: row for row in record.rows.get("national", ()) if until is None or row.year <= until}
    if not rows:
        raise InvalidPopulation(f"{record.id} has no table of the country by year", hint=lacking("national"))
    return rows


def country_rates(record: PopulationRecord, year: int, *, until: int | None = None) -> Rates:
    """Return rates of the country in one calendar year, nobody crossing its border."""
    table = risks(record, year + 0.5, until=until)
    hazards, first = np.empty((1, 1, AGES, 2)), np.empty((1, 1, 2))
    for s in range(2):
        hazards[0, 0, :, s], first[0, 0, s] = cohort_hazards(table[:, s])
    years = national(record, until=until)
    row = years[min(max(year, min(years)), max(years))]
    return no_rates(1, 1, AGES).with_(
        hazards=hazards,
        birth_hazards=first,
        fertility=(row.tfr * births_by_age(record, year, until=until))[None, None, :],
        boys=row.sex_ratio / (1 + row.sex_ratio),
    )


def national_ages(record: PopulationRecord, day: date) -> Floats:
    """Return shares of people by single age and sex on a day, [age, sex], adding up to 1.

    From the last table of ages before the day, carried forward by the births and deaths of the years between.

    Raises
    ------
    InvalidPopulation
        There is no table of ages before that day.
    """
    tables = by(record.rows.get("ages", ()), "year")
    at = day.year + (day.timetuple().tm_yday - 1) / 365.25
    marks = [year for year in tables if year + 0.5 <= at]
    if not marks:
        raise InvalidPopulation(f"{record.id} has no table of ages before {day}", hint=lacking("ages"))
    base = max(marks)
    people = np.zeros((1, 1, AGES, 2))
    for s, sex in enumerate(SEXES):
        rows = sorted((row for row in tables[base] if row.sex == sex), key=lambda row: row.age)
        people[0, 0, :, s] = split_spans([row.age for row in rows], [row.people for row in rows])
    past = at - (base + 0.5)
    years = int(past) + 1
    rates = [country_rates(record, base + i, until=day.year) for i in range(years)]
    cube = project(people, rates, years, start=base, regions=("all",), groups=("all",)).cube
    early, late = cube.values[0, 0, :, :, years - 1], cube.values[0, 0, :, :, years]
    mixed = early + (past - int(past)) * (late - early)
    return np.asarray(mixed / mixed.sum())
