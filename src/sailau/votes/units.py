"""Estimates by unit: tables that have both margins of their unit and add up to the ensemble."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.transfers import fit_units

if TYPE_CHECKING:
    from sailau.votes.infer import Inference

SWEEPS, ROUNDS, NEAR = 200, 60, 1e-6
"""Sweeps of fitting a unit, rounds of turning the seed, and how near the sum has to come to the ensemble."""


def by_unit(found: Inference) -> NDArray[np.float64] | None:
    """Return ``table[unit, group, option]`` in people; None where nothing was estimated.

    Notes
    -----
    One seed is fitted to the margins of each unit (least Kullback-Leibler divergence) and turned, cell by cell, until
    the units add up to the ensemble: the local step of `sailau.votes.transfers` with the answer held fixed. Margins
    hold to 1e-6 of the people; every table lies within the bounds of its unit.
    """
    if found.table is None:
        return None
    given = found.margins.people, found.margins.votes
    people, votes = (np.ascontiguousarray(part, dtype=np.float64) for part in given)
    wanted = np.maximum(found.table, 1e-9)
    seed = wanted.copy()
    tables = fit_units(seed, people, votes, SWEEPS, 1e-9)
    for _ in range(ROUNDS):
        total = tables.sum(axis=0)
        if float(np.abs(total - found.table).max()) <= NEAR * float(wanted.sum()):
            break
        seed *= np.clip(wanted / np.maximum(total, 1e-9), 0.2, 5.0)
        tables = fit_units(seed, people, votes, SWEEPS, 1e-9)
    return np.asarray(tables)
