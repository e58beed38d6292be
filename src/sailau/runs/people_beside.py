"""Growth that simply goes on, beside a projection: what it gives, and which of the two came nearer before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sailau.people.cube import Floats
from sailau.records.populations import PopulationRecord
from sailau.runs.people_backtest import Triple, backtest, choose, triples_of
from sailau.runs.people_fit import same_groups, years_of

DRAWS = 128
"""Enough for the choices of the test; its central forecasts need none."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The other forecast.

    Attributes
    ----------
    groups : tuple of str
    people : array of float
        people[year, group], for the years asked for.
    test : tuple of str
        The test: fitted to the first two censuses, held against the third.
    model_nearer : mapping of str to bool
        By group: whether births, deaths and moves came nearer to the third census than growth.
    """

    groups: tuple[str, ...]
    people: Floats
    test: Triple
    model_nearer: Mapping[str, bool]


def beside(record: PopulationRecord, years: Sequence[int]) -> Beside:
    """Return the growth between the last two censuses, going on from the last, and who came nearer in the last test.

    Parameters
    ----------
    record : PopulationRecord
        With four censuses or more.
    years : sequence of int
        Each is meant on the day of the last census.

    Raises
    ------
    NotFound, InvalidPopulation
        See `sailau.runs.people_backtest.backtest`.
    """
    test = triples_of(record)[1]
    early, late = record.census(test[1]), record.census(test[2])
    groups, before, after = same_groups(early, late)
    growth = np.log(after / before) / (years_of(late.on) - years_of(early.on))
    ahead = np.array([year - late.on.year for year in years], dtype=np.float64)
    found = backtest(record, choose(record, draws=DRAWS), test, draws=DRAWS)
    nearer = {line.group: abs(line.model - line.truth) < abs(line.naive - line.truth) for line in found.lines}
    return Beside(groups, after * np.exp(growth * ahead[:, None]), test, nearer)
