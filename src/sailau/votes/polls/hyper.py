"""How far the walk steps and how large effects are: learnt from the polls, with what is not known kept as a mixture.

The sizes are found by the evidence of Laplace's approximation times their priors; then a fixed set of points around
that mode, weighted by evidence, stands for what is still uncertain about them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, log

import numpy as np
from scipy.optimize import minimize
from scipy.special import ndtri

from sailau.votes.polls.basis import Array
from sailau.votes.polls.design import Design
from sailau.votes.polls.laplace import Mode, Sizes, find_mode
from sailau.votes.polls.priors import Priors, Size

POINTS = 32
"""Points that stand for the uncertainty of the sizes."""

_LEAST = 1e-4
_FLAT = 3.0
"""A flat prior begins its search with this spread of the logarithm."""

_NAMES = ("step", "house", "mode", "excess")


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Fits with several sizes, and how much each of them counts.

    Attributes
    ----------
    modes : tuple of Mode
        The most likely sizes first.
    weights : array
        Adding up to one.
    """

    modes: tuple[Mode, ...]
    weights: Array


def learn(made: Design, priors: Priors) -> Mixture:
    """Return the fits that stand for what is known of the sizes."""
    free = _free(made, priors)
    fixed = _medians(priors)
    if not free:
        return Mixture((find_mode(made, priors, Sizes(**fixed)),), np.ones(1))

    last: list[Mode] = []

    def at(place: Array) -> Mode:
        sizes = Sizes(**{**fixed, **{name: exp(x) for name, x in zip(free, place, strict=True)}})
        last.append(find_mode(made, priors, sizes, last.pop() if last else None))
        return last[0]

    def loss(place: Array) -> float:
        return -at(place).evidence - _log_prior(priors, free, place)

    begin = np.array([log(fixed[name]) for name in free])
    steps = np.array([min(_size(priors, name).spread, 1.0) / 2 for name in free])
    simplex = np.vstack([begin, begin + np.diag(steps)])
    found = minimize(
        loss, begin, method="Nelder-Mead", options={"initial_simplex": simplex, "xatol": 0.02, "fatol": 0.01}
    )
    spread = _spread(loss, found.x, np.array([_size(priors, name).spread for name in free]))
    return _around(at, loss, found.x, spread)


def _size(priors: Priors, name: str) -> Size:
    size: Size = getattr(priors, name)
    return size


def _medians(priors: Priors) -> dict[str, float]:
    return {n: 0.0 if getattr(priors, n) is None else float(getattr(priors, n).median) for n in _NAMES}


def _free(made: Design, priors: Priors) -> tuple[str, ...]:
    """Return the sizes that the polls can tell something about."""
    has = {
        "step": len(made.days) > 1,
        "house": len(made.polls.houses) > 1 or made.is_anchored,
        "mode": made.mode.max(initial=-1) >= 0,
        "excess": priors.excess is not None,
    }
    return tuple(n for n in _NAMES if has[n] and not _size(priors, n).is_fixed)


def _log_prior(priors: Priors, names: tuple[str, ...], place: Array) -> float:
    out = 0.0
    for name, x in zip(names, place, strict=True):
        size = _size(priors, name)
        out -= 0.0 if size.spread == inf else 0.5 * ((x - log(size.median)) / size.spread) ** 2
    return out


def _spread(loss: Callable[[Array], float], best: Array, prior: Array) -> Array:
    """Return a triangle of the covariance around the mode, by differences; never wider than the prior."""
    n, h = len(best), 0.15
    eye = np.eye(n) * h
    middle = loss(best)
    ups, downs = [loss(best + step) for step in eye], [loss(best - step) for step in eye]
    curve = np.diag([(u + d - 2 * middle) / h**2 for u, d in zip(ups, downs, strict=True)])
    for i in range(n):
        for j in range(i):
            both = loss(best + eye[i] + eye[j])
            curve[i, j] = curve[j, i] = (both - ups[i] - ups[j] + middle) / h**2
    least = 1.0 / np.minimum(prior, _FLAT) ** 2
    values, turns = np.linalg.eigh(curve)
    covariance = turns @ np.diag(1.0 / np.maximum(values, least.min())) @ turns.T
    triangle: Array = np.linalg.cholesky(covariance)
    return triangle


def _around(at: Callable[[Array], Mode], loss: Callable[[Array], float], best: Array, spread: Array) -> Mixture:
    """Return points around the mode, weighted by evidence over the density that they were chosen by."""
    n = len(best)
    z = np.vstack([np.zeros(n), _even(n)]) * 1.2
    modes, logs = [], []
    for row in z:
        place = best + spread @ row
        logs.append(-loss(place) + 0.5 * float(row @ row) / 1.2**2)
        modes.append(at(place))
    weights = np.exp(np.array(logs) - max(logs))
    weights /= weights.sum()
    order = np.argsort(-weights, kind="stable")
    kept = [i for i in order if weights[i] > _LEAST]
    return Mixture(tuple(modes[i] for i in kept), weights[kept] / weights[kept].sum())


def _even(n: int) -> Array:
    """Return normal points that fill n dimensions evenly: additive steps of powers of the root of x^(n+1) = x + 1."""
    root = 2.0
    for _ in range(60):
        root = (1.0 + root) ** (1.0 / (n + 1))
    steps = root ** -np.arange(1.0, n + 1)
    points: Array = ndtri((0.5 + np.arange(1, POINTS + 1)[:, None] * steps) % 1.0)
    return points
