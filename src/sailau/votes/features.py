"""What can be seen of a problem and of its cells before the truth is known; intervals and refusals rest on it."""

from __future__ import annotations

import numpy as np

from sailau.votes.bounds import Bounds
from sailau.votes.margins import Array, Margins
from sailau.votes.methods import Estimates

PROBLEM = ("units", "groups", "options", "people_per_unit", "concentration", "narrowing")
"""Features of a problem; outside their range among elections with known truth no interval is given."""

CELL = (
    *("one", "estimate", "spread", "width", "room", "row", "column", "disagreement"),
    *("units", "groups", "options", "concentration"),
)
"""Features of a cell, all but the first as logarithms."""

CLASSES = (0.01, 0.05, 0.2)
"""Limits of a group's part of all people between the classes of group size."""


def of_problem(margins: Margins, found: Bounds, concentration: float) -> dict[str, float]:
    """Return the features of a problem by name."""
    used = int((margins.people.sum(axis=1) > 0).sum())
    return {
        "units": float(used),
        "groups": float(len(margins.groups)),
        "options": float(len(margins.options)),
        "people_per_unit": margins.total / used,
        "concentration": concentration,
        "narrowing": found.narrowing,
    }


def of_cells(margins: Margins, found: Bounds, estimates: Estimates, table: Array) -> Array:
    """Return the features of the cells, `[group, option, feature]` in the order of `CELL`.

    Notes
    -----
    `spread` is the square root of n p (1 - p) (1 - q), p and q being the cell's parts of its row and its column; `room`
    the lesser of the two totals; `disagreement` the largest less the smallest estimate of the methods.
    """
    rows, columns = margins.group_totals[:, None] + 1.0, margins.option_totals[None, :] + 1.0
    inside = np.clip(table, 0, None)
    spread = np.sqrt(inside * np.clip(1 - inside / rows, 0, 1) * np.clip(1 - inside / columns, 0, 1))
    apart = np.ptp(np.stack(list(estimates.tables.values())), axis=0)
    shape = table.shape
    parts = [
        *(np.log1p(inside), np.log1p(spread), np.log1p(found.upper - found.lower), np.log(np.minimum(rows, columns))),
        *(np.log(rows), np.log(columns), np.log1p(apart)),
        *(np.log(number) for number in (float(len(margins.units)), float(shape[0]), float(shape[1]))),
        np.log(estimates.concentration),
    ]
    return np.stack([np.ones(shape), *(np.broadcast_to(part, shape) for part in parts)], axis=-1)


def size_classes(margins: Margins) -> list[int]:
    """Return the class of size of each group: 0 below 1 % of all people, …, 3 from 20 %."""
    return [int(np.searchsorted(CLASSES, part, side="right")) for part in margins.group_totals / margins.total]
