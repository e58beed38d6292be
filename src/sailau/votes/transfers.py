"""The two models of units: rows alike up to what the margins of a unit ask, and rows that differ from unit to unit."""

from __future__ import annotations

import numpy as np

from sailau.kernels.transfers import own_rows, pooled_rows
from sailau.votes.margins import Array

FIRST_STEPS, STEPS, OWN_STEPS = 100, 100, 60
"""Steps of the pooled rows before and after the concentration is known, and of the rows that differ."""

INDEPENDENT = 0.1
"""How much of independence is mixed into the linear programme's table, whose zeros could never be left otherwise."""

PSEUDO_VOTES = 3.0
"""Votes of the prior for each row, spread as the square roots of the options' totals."""

LEAST, MOST = 2.0, 1e4
"""Between these the concentration is kept."""


def start_from(table: Array, people: Array, votes: Array) -> Array:
    """Return row proportions from a table, some independence mixed in."""
    mixed = table + INDEPENDENT * np.outer(people.sum(axis=0), votes.sum(axis=0)) / people.sum()
    sizes = mixed.sum(axis=1, keepdims=True)
    overall = votes.sum(axis=0) / votes.sum()
    return np.asarray(np.where(sizes > 0, mixed / np.where(sizes > 0, sizes, 1), overall))


def concentration(people: Array, votes: Array, shares: Array) -> float:
    """Return how alike the units are: the Dirichlet sum that explains how far votes lie from the pooled rows.

    Notes
    -----
    With one concentration s for all rows, Pearson's statistic of a unit over its degrees of freedom is expected to be
    1 + (Σ_j x_j² / n) / (1 + s), to first order; s follows from the sums over units (method of moments). It is large
    where units are alike, and small where people of one group vote otherwise in other places.
    """
    expected = people @ shares
    sizes = people.sum(axis=1)
    used = sizes > 0
    misfit = ((votes - expected) ** 2 / np.maximum(expected, 0.5)).sum(axis=1) / max(votes.shape[1] - 1, 1)
    lever = (people[used] ** 2).sum(axis=1) / sizes[used]
    excess = float((misfit[used] - 1).sum() / lever.sum())
    return float(np.clip(1 / max(excess, 1e-9) - 1, LEAST, MOST))


def local_steps(people: Array, votes: Array, table: Array) -> tuple[Array, Array, float]:
    """Return the table after local steps from another table, its row proportions, and the concentration.

    Notes
    -----
    Local step: in every unit take the table nearest to the common row proportions that has both margins of the unit
    (least Kullback-Leibler divergence, by iterative proportional fitting), then make new row proportions of the sum.
    The idea of adjusting units after a linear programme is that of nslphom [1]_; here distance is entropy, a unit of n
    people weighs 1 / (1 + n / s) per person (s is the concentration), and each row starts from a few pseudo-votes.

    References
    ----------
    .. [1] J. M. Pavía and R. Romero, "Improving estimates accuracy of voter transitions. Two new algorithms for
       ecological inference based on linear programming", Sociological Methods & Research 53 (2024) 1919-1957.
    """
    start = start_from(table, people, votes)
    even = np.ones(len(people))
    no_prior = np.zeros(votes.shape[1])
    _, shares = pooled_rows(people, votes, start, even, _some(no_prior, votes, 1e-6), FIRST_STEPS)
    alike = concentration(people, votes, shares)
    weights = 1 / (1 + people.sum(axis=1) / alike)
    total, shares = pooled_rows(people, votes, start, weights, _some(no_prior, votes, PSEUDO_VOTES), STEPS)
    return total, shares, alike


def dirichlet_multinomial(people: Array, votes: Array, shares: Array, alike: float) -> Array:
    """Return the table under a Dirichlet-multinomial model with the given concentration.

    Notes
    -----
    In every unit each group has proportions of its own, drawn from a Dirichlet distribution around a common mean
    [1]_. Variational: a unit's table is fitted to both its margins from exp(E log proportion), its proportions are
    Dirichlet(alpha + table), the mean moves by Minka's fixed point. Begun halfway between pooled rows and independence.

    References
    ----------
    .. [1] O. Rosen, W. Jiang, G. King and M. A. Tanner, "Bayesian and frequentist inference for ecological inference:
       the R × C case", Statistica Neerlandica 55 (2001) 134-156.
    """
    overall = votes.sum(axis=0) / votes.sum()
    total, _ = own_rows(people, votes, (shares + overall) / 2, alike, OWN_STEPS)
    return np.asarray(total)


def _some(none: Array, votes: Array, number: float) -> Array:
    roots = np.sqrt(votes.sum(axis=0))
    return np.asarray(none + number * roots / roots.sum())
