"""Schedules: deaths, births and moves by single year of age, from tables in spans of ages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sailau.people.cube import Floats, InvalidPopulation

EARLY = 0.85
"""Share of the first year's risk that falls before the middle of it: infants die early (a0 about 0.15)."""

AGES = 101
"""Single ages 0 … 99, and 100 and older."""


def single_risks(starts: Sequence[int], rates: Sequence[float], *, ages: int = AGES) -> Floats:
    """Return deaths for each person-year by single age, from rates of spans.

    Spans of one year and the span 1-4 hold their rate; between the middles of wider spans the logarithm is linear.

    Parameters
    ----------
    starts : sequence of int
        Where each span begins, rising from 0; the last is open.
    rates : sequence of float
        Above 0.
    ages : int

    Examples
    --------
    >>> single_risks([0, 1, 5], [0.02, 0.001, 0.001], ages=7).round(4).tolist()
    [0.02, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001]
    """
    if list(starts) != sorted(set(starts)) or not starts or starts[0] != 0 or len(starts) != len(rates):
        raise InvalidPopulation("the spans of a table of deaths begin at 0 and rise, with one rate each")
    if min(rates) <= 0:
        raise InvalidPopulation("a rate of deaths is above 0")
    out = np.empty(ages)
    wide = [i for i, start in enumerate(starts) if start >= 5]
    ends = [*starts[1:], ages]
    for i, start in enumerate(starts):
        out[start : min(ends[i], ages)] = rates[i]
    if wide:
        middles = [(starts[i] + ends[i] - 1) / 2 if i + 1 < len(starts) else float(starts[i]) for i in wide]
        places = np.arange(starts[wide[0]], ages)
        out[places] = np.exp(np.interp(places, middles, np.log([rates[i] for i in wide])))
    return out


def cohort_hazards(risks: Floats) -> tuple[Floats, float]:
    """Return the risk from age x to x + 1 a year later, and that from birth to the end of the year.

    Survival is exp(-hazard). `risks` are deaths for each person-year by single age; the last age is open, and its
    hazard carries on those who are in it.

    Examples
    --------
    >>> hazards, birth = cohort_hazards(np.array([0.02, 0.001, 0.001]))
    >>> hazards.round(6).tolist(), round(birth, 6)
    ([0.0035, 0.001, 0.001], 0.017)
    """
    out = np.empty_like(risks)
    out[:-1] = (risks[:-1] + risks[1:]) / 2
    out[-1] = risks[-1]
    if len(risks) > 1:
        out[0] = (1 - EARLY) * risks[0] + risks[1] / 2
    return out, float(EARLY * risks[0])


def single_births(starts: Sequence[int], shares: Sequence[float], *, ages: int = AGES) -> Floats:
    """Return the share of fertility at each age, from shares of spans of five years; they add up to 1.

    Within the childbearing ages the cumulated shares are joined smoothly (monotone cubic), so that no share is below 0.
    """
    from scipy.interpolate import PchipInterpolator

    if min(shares) < 0 or sum(shares) <= 0:
        raise InvalidPopulation("shares of fertility are from 0 on, and not all 0")
    marks = [*starts, starts[-1] + 5]
    sums = np.concatenate([[0.0], np.cumsum(shares)]) / sum(shares)
    curve = PchipInterpolator(marks, sums)
    out = np.zeros(ages)
    for age in range(marks[0], min(marks[-1], ages)):
        out[age] = float(curve(age + 1) - curve(age))
    return np.asarray(out / out.sum())


def split_spans(starts: Sequence[int], people: Sequence[float], *, ages: int = AGES) -> Floats:
    """Return people by single age from people in spans, spread so that each span keeps its sum.

    Cumulated people are joined smoothly (monotone cubic); the open span falls off from its first age on.

    Examples
    --------
    >>> split_spans([0, 5], [500.0, 400.0], ages=8).sum().round(6)
    np.float64(900.0)
    """
    from scipy.interpolate import PchipInterpolator

    out = np.zeros(ages)
    sums = np.concatenate([[0.0], np.cumsum(people[:-1])])
    curve = PchipInterpolator(starts, sums) if len(starts) > 1 else None
    for age in range(starts[0], starts[-1]):
        out[age] = max(float(curve(age + 1) - curve(age)), 0.0) if curve is not None else 0.0
    tail = 0.75 ** np.arange(ages - starts[-1])
    out[starts[-1] :] = people[-1] * tail / tail.sum()
    return out


def rogers_castro(*, ages: int = AGES, peak: float = 23.0, children: float = 0.35, width: float = 9.0) -> Floats:
    """Return a schedule of moves by age: children with their parents, a peak of young adults, a level afterwards.

    a1·exp(-x/10) + a2·exp(-(x - peak)/width - exp(-0.4·(x - peak))) + c, scaled to add up to 1.

    References
    ----------
    .. [1] A. Rogers and L. J. Castro, Model Migration Schedules, IIASA RR-81-30, 1981.
    """
    x = np.arange(ages, dtype=np.float64)
    shape = children * np.exp(-x / 10) + np.exp(-(x - peak) / width - np.exp(-0.4 * (x - peak))) + 0.05
    return np.asarray(shape / shape.sum())
