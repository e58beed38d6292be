"""The linear programme: the row proportions, alike in all units, that miss the votes of the units by least."""

from __future__ import annotations

from typing import Any

import numpy as np

from sailau.votes.margins import Array


def linear_programme(people: Array, votes: Array) -> Array:
    """Return the table, averaged over both directions.

    Parameters
    ----------
    people, votes : array
        `[unit, group]` and `[unit, option]`, with equal sums in each unit.

    Returns
    -------
    array
        `[group, option]`, adding up to both totals.

    Notes
    -----
    Row proportions p (each row adds up to 1, the whole to the total of each option) minimise
    Σ abs(votes[i, k] - Σ_j people[i, j] p[j, k]) [1]_. Solving for options by groups too, and averaging the two tables,
    treats both margins alike [2]_. We solve the dual, which has a row for each cell and not for each vote.

    References
    ----------
    .. [1] R. Romero, J. M. Pavía, J. Martín and G. Romero, "Assessing uncertainty of voter transitions estimated from
       aggregated data", Journal of Applied Statistics 47 (2020) 2711-2736.
    .. [2] J. M. Pavía and R. Romero, "Symmetry estimating R×C vote transfer matrices from aggregate data", Journal of
       the Royal Statistical Society A 187 (2024) 919-943.
    """
    return np.asarray((one_way(people, votes) + one_way(votes, people).T) / 2)


def one_way(people: Array, votes: Array) -> Array:
    """Return the table whose row proportions are alike in all units."""
    from scipy import sparse
    from scipy.optimize import linprog

    units, groups = people.shape
    options = votes.shape[1]
    scale = people.sum() / units
    totals = people.sum(axis=0)
    in_units = sparse.kron(sparse.csr_matrix(people.T / scale), sparse.identity(options))
    in_rows = sparse.kron(sparse.identity(groups), np.ones((options, 1)))
    in_total = sparse.kron(sparse.csr_matrix(totals[:, None] / people.sum()), sparse.identity(options))
    gain = np.concatenate([votes.ravel() / scale, np.ones(groups), votes.sum(axis=0) / people.sum()])
    limits: Any = np.full((len(gain), 2), [-np.inf, np.inf])
    limits[: units * options] = -1, 1
    against: Any = sparse.hstack([in_units, in_rows, in_total]).tocsc()
    answer = linprog(
        -gain,
        A_ub=against,
        b_ub=np.zeros(groups * options),
        bounds=limits,
        method="highs-ds",
    )
    if answer.status != 0:
        raise ArithmeticError(f"the linear programme was not solved: {answer.message}")
    shares = np.maximum(-answer.ineqlin.marginals.reshape(groups, options), 0)
    return np.asarray(shares * totals[:, None])
