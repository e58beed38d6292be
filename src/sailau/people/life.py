"""A life table for a country of which only the expectation of life is known."""

from __future__ import annotations

import numpy as np

from sailau.people.cube import Floats, InvalidPopulation
from sailau.people.schedules import AGES

LOWEST, HIGHEST = 20.0, 100.0


def standard_risks(*, ages: int = AGES) -> Floats:
    """Return deaths for each person-year of a standard: infants, a level, and a rise by 9 % a year of age.

    The shape of W. Siler (Ecology 60, 1979) with round numbers; its level is set by `risks_of`.
    """
    x = np.arange(ages, dtype=np.float64)
    return np.asarray(0.02 * np.exp(-2.0 * x) + 0.0004 + 0.00005 * np.exp(0.09 * x))


def expectation(risks: Floats) -> float:
    """Return the years of life expected at birth with deaths for each person-year by single age.

    Examples
    --------
    >>> round(expectation(np.full(400, 0.02)), 2)
    50.0
    """
    alive = np.exp(-np.concatenate([[0.0], np.cumsum(risks[:-1])]))
    years = alive * -np.expm1(-risks) / risks
    years[-1] = alive[-1] / risks[-1]
    return float(years.sum())


def risks_of(years: float, *, ages: int = AGES) -> Floats:
    """Return deaths for each person-year by single age, the standard at the level that gives an expectation of life.

    Raises
    ------
    InvalidPopulation
        An expectation of less than 20 or more than 100 years.

    Examples
    --------
    >>> round(expectation(risks_of(72.0)), 6)
    72.0
    """
    from scipy.optimize import brentq

    if not LOWEST <= years <= HIGHEST:
        raise InvalidPopulation(f"{years} years of life are expected; between {LOWEST:.0f} and {HIGHEST:.0f} can be")
    shape = standard_risks(ages=ages)
    level = brentq(lambda log: expectation(shape * np.exp(log)) - years, -12, 8, xtol=1e-13)
    return np.asarray(shape * np.exp(level))


def standard_births(*, ages: int = AGES, mean: float = 28.0, spread: float = 6.0) -> Floats:
    """Return the share of fertility at each age from 15 to 49: a bell round the mean age of mothers."""
    x = np.arange(ages) + 0.5
    shape = np.where((x > 15) & (x < 50), np.exp(-(((x - mean) / spread) ** 2) / 2), 0.0)
    return np.asarray(shape / shape.sum())
