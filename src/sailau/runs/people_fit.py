"""Growth between two censuses that births and deaths do not explain: moves over the border and changes of identity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from sailau.people.cube import Floats, InvalidPopulation
from sailau.people.outlook import damped, pooled, turns, widened
from sailau.people.rates import Rates
from sailau.people.step import step
from sailau.records.populations import PopulationRecord
from sailau.records.populations_censuses import Census
from sailau.runs.people_rates import group_rates, with_residual
from sailau.runs.people_start import group_ages
from sailau.runs.people_tables import national

ROUNDS, NEAR = 60, 1e-9


def years_of(day: date) -> float:
    """Return a day as a year with decimals."""
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


@dataclass(frozen=True, slots=True)
class Fit:
    """What two censuses tell of each group.

    Attributes
    ----------
    groups : tuple of str
    early, late : str
    years : float
        Between them.
    growth, natural, residual : array of float
        By group, logarithm for a year: in all; without moves, by births, deaths and children of other groups; and what
        moves must add, children of those who move included.
    """

    groups: tuple[str, ...]
    early: str
    late: str
    years: float
    growth: Floats
    natural: Floats
    residual: Floats


def fit_residual(record: PopulationRecord, early: str, late: str) -> Fit:
    """Return the growth of groups between two censuses, and what is left of it after births and deaths.

    The residual is that under which the projection from the first census meets the second to the person.

    Raises
    ------
    NotFound
        No such census.
    InvalidPopulation
        The censuses are not of the same groups, or tables are missing.
    """
    first, last = record.census(early), record.census(late)
    groups, before, after = same_groups(first, last)
    start, years = years_of(first.on), years_of(last.on) - years_of(first.on)
    if years <= 0:
        raise InvalidPopulation(f"the census {late} is not after {early}")
    people = group_ages(record, dict(zip(groups, before, strict=True)), first.on)[None]
    until = last.on.year
    rates = yearly(record, people, groups, start, int(years) + 1, until)
    natural = np.log(_at(_sizes(people, rates), years) / before) / years
    growth = np.log(after / before) / years
    residual = growth - natural
    for _ in range(ROUNDS):
        reached = _at(_sizes(people, [with_residual(r, residual, people) for r in rates]), years)
        residual = residual + np.log(after / reached) / years
        if np.abs(reached / after - 1).max() < NEAR:
            return Fit(groups, early, late, years, growth, natural, residual)
    raise InvalidPopulation(f"no moves lead from the census {early} to {late}")


def same_groups(first: Census, last: Census) -> tuple[tuple[str, ...], Floats, Floats]:
    """Return the groups of two censuses, and their people.

    Raises
    ------
    InvalidPopulation
        One of them lacks a group.
    """
    a, b = first.people(), last.people()
    if set(a) != set(b):
        lone = ", ".join(sorted(set(a) ^ set(b)))
        raise InvalidPopulation(f"the censuses {first.id} and {last.id} do not both count {lone}")
    return tuple(a), np.array([float(a[g]) for g in a]), np.array([float(b[g]) for g in a])


def yearly(
    record: PopulationRecord, people: Floats, groups: tuple[str, ...], start: float, years: int, until: int
) -> list[Rates]:
    """Return rates for each year from a start; beyond the tables fertility goes on as the outlook says."""
    known = national(record, until=until)
    last = max(known)
    trend = record.outlook.fertility if record.outlook else None
    past = trend.past if trend else 1
    slope = (known[last].tfr - known[last - past].tfr) / past if last - past in known else 0.0
    path = damped(known[last].tfr, slope, float(trend.damping) if trend else 0.0, max(int(start + years) - last, 0) + 1)
    out = []
    for year in range(years):
        at = start + year + 0.5
        tfr = known[int(at)].tfr if int(at) in known else float(path[int(at) - last - 1])
        out.append(group_rates(record, people, groups, at, tfr=tfr, until=until))
    return out


def _sizes(people: Floats, rates: list[Rates]) -> Floats:
    """Return people[year, group], the start included."""
    now, out = people, [people.sum(axis=(0, 2, 3))]
    for one in rates:
        now, _ = step(now, one)
        out.append(now.sum(axis=(0, 2, 3)))
    return np.array(out)


def _at(sizes: Floats, years: float) -> Floats:
    """Return people after a number of years that need not be whole."""
    whole = min(int(years), len(sizes) - 2)
    return np.asarray(sizes[whole] * (sizes[whole + 1] / sizes[whole]) ** (years - whole))


def turning(record: PopulationRecord, groups: tuple[str, ...], until: date) -> Floats:
    """Return the spread of the growth to come of each group: how far it has turned between censuses up to a day.

    Root mean square of the changes from one period to the next, drawn towards the geometric mean of all groups and made
    wider where few changes were seen.
    """
    own, seen = np.full(len(groups), np.nan), np.zeros(len(groups), dtype=np.int64)
    for g, group in enumerate(groups):
        counted = [c for c in record.censuses if c.on <= until and c.people().get(group, 0) > 0]
        points = [(years_of(c.on), c.people()[group]) for c in counted]
        growths = [float(np.log(b / a) / (t - s)) for (s, a), (t, b) in pairwise(points)]
        if len(growths) > 1:
            own[g], seen[g] = turns(growths), len(growths) - 1
    return widened(pooled(own, seen), seen)
