"""The methods side by side, in an order of units, groups and options that does not depend on the file's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sailau.kernels.transfers import fit_margins
from sailau.votes.linear import linear_programme
from sailau.votes.margins import Array, Counts, Margins
from sailau.votes.transfers import dirichlet_multinomial, local_steps

METHODS = ("linear", "local", "dirichlet")
"""Linear programme, both ways; local steps from it; Dirichlet-multinomial."""

MANY = 2000
"""Units beyond which the linear programme sees those pooled whose part of the largest group is alike."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Tables `[group, option]` by method, and the concentration: how alike units are."""

    tables: Mapping[str, Array]
    concentration: float


def estimate(margins: Margins) -> Estimates:
    """Return the table by each method; each adds up to both totals.

    Units, groups and options are put in an order of their own first, so that no result hangs on the file's order.
    """
    units = np.lexsort(np.concatenate([_sorted(margins.votes), _sorted(margins.people)], axis=1).T)
    groups, options = _order(margins.people, units), _order(margins.votes, units)
    people = np.ascontiguousarray(margins.people[np.ix_(units, groups)], dtype=np.float64)
    votes = np.ascontiguousarray(margins.votes[np.ix_(units, options)], dtype=np.float64)
    linear = linear_programme(*_fewer(people, votes))
    local, shares, alike = local_steps(people, votes, linear)
    found = {"linear": linear, "local": local, "dirichlet": dirichlet_multinomial(people, votes, shares, alike)}
    back = np.ix_(np.argsort(groups), np.argsort(options))
    return Estimates({name: _exact(found[name], people, votes)[back] for name in METHODS}, alike)


def _fewer(people: Array, votes: Array) -> tuple[Array, Array]:
    """Return units for the linear programme, whose time grows faster than their number: alike ones pooled if many."""
    pool = -(-len(people) // MANY)
    if pool == 1:
        return people, votes
    alike = np.argsort(people[:, 0] / np.maximum(people.sum(axis=1), 1), kind="stable")
    starts = np.arange(0, len(people), pool)
    return np.add.reduceat(people[alike], starts), np.add.reduceat(votes[alike], starts)


def _sorted(counts: Counts) -> Counts:
    return np.asarray(np.sort(counts, axis=1))


def _order(counts: Counts, units: Counts) -> Counts:
    """Return columns by their totals, equal ones by their counts unit after unit."""
    keys = np.concatenate([counts[units][::-1], -counts.sum(axis=0, keepdims=True)])
    return np.asarray(np.lexsort(keys))


def _exact(table: Array, people: Array, votes: Array) -> Array:
    """Return the table with both totals to the last digits; zeros may have to give way, by a millionth."""
    rows, columns = people.sum(axis=0), votes.sum(axis=0)
    seed = table + 1e-9 * np.outer(rows, columns) / rows.sum()
    out: Array = np.zeros_like(seed)
    fit_margins(seed, rows, columns, 1000, 1e-14, out)
    return out
