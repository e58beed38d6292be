"""Moves between regions, from how differently regions have grown: a chance to move, and where to."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sailau.people.crosswalk import carry
from sailau.people.cube import Floats
from sailau.people.rates import Rates
from sailau.people.schedules import rogers_castro
from sailau.people.step import step
from sailau.records.populations import PopulationRecord, crossings
from sailau.records.populations_rows import ALL

LEAST = 0.01
"""A year, at least one of a hundred people moves to another region: assumed, for only differences are known."""

SPARE = 1.25
"""How much larger than needed the chance is taken, so that no region is without newcomers."""


def grown(record: PopulationRecord, regions: tuple[str, ...], early: int, late: int) -> Floats | None:
    """Return the growth of regions a year between two years of the series, old borders carried to those asked for."""
    old = {name: {part.to: part.people for part in parts} for name, parts in crossings(record).items()}
    sizes = []
    for year in (early, late):
        rows = {row.region: row.people for row in record.rows.get("series", ()) if row.year == year}
        counts: Mapping[str, int] = {region: n for region, n in rows.items() if region != ALL}
        if not counts:
            return None
        carried = carry(counts, old, regions)
        sizes.append(np.array([float(carried[region]) for region in regions]))
    return np.asarray(np.log(sizes[1] / sizes[0]) / (late - early))


def with_moves(rates: Rates, people: Floats, growth: Floats) -> Rates:
    """Return rates under which regions also differ in growth as they did, by moves between them.

    Everybody has the same chance to move at their age, and all go where newcomers must have gone for the regions to
    have grown apart as they did beyond births and deaths. Flows from region to region are not known.

    Parameters
    ----------
    rates : Rates
    people : array of float
        people[region, group, age, sex].
    growth : array of float
        By region, a year.
    """
    sizes = people.sum(axis=(1, 2, 3))
    later, _ = step(people, rates)
    natural = np.log(later.sum(axis=(1, 2, 3)) / sizes)
    apart = (growth - natural) - ((growth - natural) * sizes).sum() / sizes.sum()
    net = apart * sizes
    chance = max(LEAST, float((-net / sizes).max()) * SPARE)
    moving = np.minimum(chance * rogers_castro() * len(rogers_castro()), 1.0)
    leaving = (people * moving[None, None, :, None]).sum(axis=(1, 2, 3))
    coming = np.maximum(leaving + net, 0.0)
    return rates.with_(
        moving=moving[None, None, :, None] * np.ones((1, 1, 1, 1)), destinations=_towards(coming, leaving)
    )


def _towards(coming: Floats, leaving: Floats, rounds: int = 200) -> Floats:
    """Return destinations with an empty diagonal under which each region gets those who must come."""
    pull = coming / coming.sum()
    for _ in range(rounds):
        table = np.tile(pull, (len(pull), 1))
        np.fill_diagonal(table, 0.0)
        table /= table.sum(axis=1, keepdims=True)
        got = leaving @ table
        pull = pull * np.divide(coming, got, out=np.ones_like(got), where=got > 0)
        pull /= pull.sum()
    return np.asarray(table)
