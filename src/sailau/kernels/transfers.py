"""Tables of groups by options in every unit: fitted to both margins, moved by pooled rows or by rows of their own."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import compiled

Array = NDArray[np.float64]

_SWEEPS = 20
_SETTLED = 1e-4
_TINY = 1e-6


@compiled
def fit_margins(seed: Array, rows: Array, columns: Array, sweeps: int, settled: float, out: Array) -> None:
    """Scale `seed` by rows and columns until `out` has both margins: the table nearest to it (Kullback-Leibler)."""
    n_rows, n_columns = seed.shape
    left, right = np.zeros(n_rows), np.ones(n_columns)
    for _ in range(sweeps):
        moved = 0.0
        for j in range(n_rows):
            total = 0.0
            for k in range(n_columns):
                total += seed[j, k] * right[k]
            left[j] = rows[j] / total if total > 0 else 0.0
        for k in range(n_columns):
            total = 0.0
            for j in range(n_rows):
                total += seed[j, k] * left[j]
            scale = columns[k] / total if total > 0 else 0.0
            if scale > 0:
                moved = max(moved, abs(scale - right[k]) / scale)
            right[k] = scale
        if moved < settled:
            break
    for j in range(n_rows):
        for k in range(n_columns):
            out[j, k] = left[j] * seed[j, k] * right[k]


@compiled
def fit_units(seed: Array, rows: Array, columns: Array, sweeps: int, settled: float) -> Array:
    """Fit one seed to the margins of each unit and return the tables, `[unit, group, option]`."""
    units = rows.shape[0]
    out = np.zeros((units, seed.shape[0], seed.shape[1]))
    for i in range(units):
        fit_margins(seed, rows[i], columns[i], sweeps, settled, out[i])
    return out


@compiled
def pooled_rows(
    rows: Array, columns: Array, start: Array, weights: Array, prior: Array, steps: int
) -> tuple[Array, Array]:
    """Alternate between unit tables that fit their margins and one matrix of row proportions for all units.

    `weights` says how much each unit counts in the matrix, `prior` holds pseudo-votes added to every row of it.
    Returns the sum of the unit tables and the matrix.
    """
    units, n_rows = rows.shape
    n_columns = columns.shape[1]
    matrix = start.copy()
    table, total, weighed = np.zeros_like(start), np.zeros_like(start), np.zeros_like(start)
    extra = prior.sum()
    for _ in range(steps):
        total[:] = 0.0
        weighed[:] = 0.0
        for i in range(units):
            fit_margins(matrix, rows[i], columns[i], _SWEEPS, _SETTLED, table)
            for j in range(n_rows):
                for k in range(n_columns):
                    total[j, k] += table[j, k]
                    weighed[j, k] += weights[i] * table[j, k]
        for j in range(n_rows):
            size = weighed[j].sum() + extra
            for k in range(n_columns):
                matrix[j, k] = (weighed[j, k] + prior[k]) / size
    return total, matrix


@compiled
def digamma(x: float) -> float:
    """Return the logarithmic derivative of the gamma function, for x > 0, to about 1e-8."""
    below = 0.0
    while x < 6.0:
        below -= 1.0 / x
        x += 1.0
    square = 1.0 / (x * x)
    return below + math.log(x) - 0.5 / x - square * (1 / 12.0 - square * (1 / 120.0 - square * (1 / 252.0)))


@compiled
def own_rows(rows: Array, columns: Array, start: Array, concentration: float, steps: int) -> tuple[Array, Array]:
    """Let every unit have row proportions of its own around a common mean: Dirichlet-multinomial, mean field.

    A unit's table is fitted to its margins from exp(E log proportion); the proportions are Dirichlet(alpha + table).
    What the cells of a row share (the digamma of their sum) is left out, for fitting takes it out again. The mean
    alpha moves by Minka's fixed point, its sum stays `concentration`. Returns the sum of tables and the mean.
    """
    units, n_rows = rows.shape
    n_columns = columns.shape[1]
    alpha = start * concentration + _TINY
    tables = fit_units(start, rows, columns, _SWEEPS, _SETTLED)
    seed, total, above = np.zeros_like(start), np.zeros_like(start), np.zeros_like(start)
    for _ in range(steps):
        total[:] = 0.0
        above[:] = 0.0
        for i in range(units):
            for j in range(n_rows):
                for k in range(n_columns):
                    seed[j, k] = math.exp(digamma(alpha[j, k] + tables[i, j, k]))
            fit_margins(seed, rows[i], columns[i], _SWEEPS, _SETTLED, tables[i])
            for j in range(n_rows):
                for k in range(n_columns):
                    total[j, k] += tables[i, j, k]
                    if tables[i, j, k] > 0:
                        above[j, k] += digamma(tables[i, j, k] + alpha[j, k]) - digamma(alpha[j, k])
        for j in range(n_rows):
            size = 0.0
            for k in range(n_columns):
                size += alpha[j, k] * above[j, k]
            if size > 0:
                for k in range(n_columns):
                    alpha[j, k] = max(concentration * alpha[j, k] * above[j, k] / size, _TINY)
    return total, alpha / alpha.sum(axis=1).reshape(n_rows, 1)
