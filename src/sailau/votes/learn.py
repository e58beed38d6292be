"""Learning from elections whose truth is known: the weights of the ensemble, and how wide intervals must be.

What is learned is a `Calibration`; what ships was learned by `benchmarks/bench_inference.py --write`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sailau.votes.bounds import Bounds, bounds
from sailau.votes.calibration import LEVELS, Calibration
from sailau.votes.ensemble import mix, weights_of, within
from sailau.votes.features import CLASSES, PROBLEM, of_cells, of_problem, size_classes
from sailau.votes.margins import Array, Margins
from sailau.votes.methods import METHODS, Estimates, estimate


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """An election whose truth is known, with what the methods make of its margins.

    Attributes
    ----------
    family : str
        Country and year: cases of one family are left out together.
    """

    family: str
    margins: Margins
    truth: Array
    bounds: Bounds
    estimates: Estimates

    @classmethod
    def of(cls, family: str, margins: Margins, truth: Array) -> Case:
        """Return a case after applying bounds and methods."""
        return cls(family, margins, truth, bounds(margins), estimate(margins))


def error(table: Array, truth: Array) -> float:
    """Return the percentage of people in the wrong cell: 50 Σ abs(table - truth) / Σ truth."""
    return float(50 * np.abs(table - truth).sum() / truth.sum())


def learn(cases: Sequence[Case]) -> Calibration:
    """Return weights, the scale of errors and the quantiles that intervals need, from these cases."""
    slopes = learn_weights(cases)
    tables = [ensemble(case, slopes) for case in cases]
    features = [
        of_cells(case.margins, case.bounds, case.estimates, table) for case, table in zip(cases, tables, strict=True)
    ]
    misses = [np.abs(table - case.truth) for case, table in zip(cases, tables, strict=True)]
    x, y = np.concatenate([_flat(f) for f in features]), np.concatenate([m.ravel() for m in misses])
    scale = fit_scale(x, y)
    kinds = np.concatenate([np.repeat(size_classes(case.margins), case.truth.shape[1]) for case in cases])
    ratios = y / np.exp(x @ scale)
    quantiles = {
        level: tuple(_conformal(ratios[kinds == kind], level) for kind in range(len(CLASSES) + 1)) for level in LEVELS
    }
    return Calibration(slopes, tuple(float(b) for b in scale), quantiles, _support(cases), {}, {})


def ensemble(case: Case, slopes: Mapping[str, tuple[float, float]]) -> Array:
    """Return the ensemble's table of a case."""
    return within(mix(case.estimates, weights_of(case.bounds.narrowing, slopes)), case.margins, case.bounds)


def learn_weights(cases: Sequence[Case]) -> dict[str, tuple[float, float]]:
    """Return level and slope of each method, by the least mean error of the mixed tables."""
    from scipy.optimize import minimize

    free = METHODS[1:]

    def slopes(values: Array) -> dict[str, tuple[float, float]]:
        return {name: (float(values[2 * i]), float(values[2 * i + 1])) for i, name in enumerate(free)}

    def loss(values: Array) -> float:
        chosen = slopes(values)
        errors = [error(mix(case.estimates, weights_of(case.bounds.narrowing, chosen)), case.truth) for case in cases]
        return float(np.mean(errors)) + 1e-3 * float(values @ values)

    corners = np.concatenate([np.zeros((1, 2 * len(free))), np.eye(2 * len(free))])
    options: Any = {"xatol": 1e-2, "fatol": 1e-4, "maxiter": 600, "initial_simplex": corners}
    found = minimize(loss, corners[0], method="Nelder-Mead", options=options)
    return {METHODS[0]: (0.0, 0.0), **slopes(np.round(found.x, 4))}


def fit_scale(features: Array, misses: Array) -> Array:
    """Return the coefficients of log scale under which the misses are likeliest, if they are exponential.

    Notes
    -----
    Minimises Σ (η + miss exp(-η)), η linear in the features: convex, with a small quadratic penalty.
    """
    from scipy.optimize import minimize

    middle, spread = features.mean(axis=0), features.std(axis=0)
    middle[0], spread[spread == 0] = 0.0, 1.0
    x, y = (features - middle) / spread, misses + 0.5

    def loss(beta: Array) -> tuple[float, Array]:
        eta = np.clip(x @ beta, -20, 30)
        part = y * np.exp(-eta)
        gradient = x.T @ (1 - part) / len(y) + 2e-4 * beta
        return float((eta + part).mean() + 1e-4 * beta @ beta), gradient

    start = np.zeros(x.shape[1])
    start[0] = np.log(y.mean())
    beta = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x / spread
    beta[0] -= beta[1:] @ middle[1:]
    return np.asarray(np.round(beta, 6))


def _conformal(ratios: Array, level: int) -> float:
    """Return the smallest of the ratios that covers `level` percent of them and one more to come."""
    if not len(ratios):
        return float("inf")
    rank = -(-(len(ratios) + 1) * level // 100)
    return float(np.round(np.sort(ratios)[min(rank, len(ratios)) - 1], 4))


def _flat(features: Array) -> Array:
    return np.asarray(features.reshape(-1, features.shape[-1]))


def _support(cases: Sequence[Case]) -> dict[str, tuple[float, float]]:
    seen = [of_problem(case.margins, case.bounds, case.estimates.concentration) for case in cases]
    return {name: (min(row[name] for row in seen), max(row[name] for row in seen)) for name in PROBLEM}
