"""Election day: the shares that the polls leave open, as numbers made of independent normal ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from sailau.kernels.normals import correlate
from sailau.votes.polls.basis import Array, basis

_LEAST = 0.002
"""The share from which on the common error grows no more with smallness."""


@dataclass(frozen=True, slots=True, eq=False)
class ElectionDay:
    """What is believed of the shares on election day.

    Attributes
    ----------
    contenders : tuple of str
    weights : array, [part]
        Of the parts of a mixture of normal log-ratios.
    means : array, [part, coordinate]
    triangles : array, [part, coordinate, coordinate]
    common : array, [coordinate, coordinate]
        Triangle of the error that all polls share.
    undecided : float
        Share of voters who decide late.
    late : float
        How far they may part from the others.
    """

    contenders: tuple[str, ...]
    weights: Array
    means: Array
    triangles: Array
    common: Array
    undecided: float = 0.0
    late: float = 0.0

    @property
    def width(self) -> int:
        """Normal numbers that one draw takes."""
        return 1 + int(self.means.shape[1]) * (3 if self.undecided else 2)

    def shares(self, z: Array) -> Array:
        """Return shares [run, contender] of normal numbers [run, place]; each run depends on its own numbers only."""
        d = self.means.shape[1]
        bounds = np.cumsum(self.weights)
        part = np.minimum(np.searchsorted(bounds, ndtr(z[:, 0])), len(bounds) - 1)
        at = self.means[part]
        for j in np.unique(part) if self.triangles.any() else ():
            rows = np.nonzero(part == j)[0]
            at[rows] += correlate(np.ascontiguousarray(z[rows, 1 : d + 1]), self.triangles[j])
        at += correlate(np.ascontiguousarray(z[:, d + 1 : 2 * d + 1]), self.common)
        shares = _shares(at)
        if self.undecided:
            others = _shares(at + self.late * z[:, 2 * d + 1 : 3 * d + 1])
            shares = (1.0 - self.undecided) * shares + self.undecided * others
        return shares

    def draws(self, n: int, seed: int) -> Array:
        """Return shares [draw, contender]."""
        return self.shares(np.random.default_rng(seed).standard_normal((n, self.width)))


def _shares(at: Array) -> Array:
    """Return the shares of coordinates, one sum after the other: a run must not depend on its block."""
    turn = basis(at.shape[1] + 1)
    logs = []
    for row in turn:
        log = np.zeros(len(at))
        for j, factor in enumerate(row):
            log = log + factor * at[:, j]
        logs.append(log)
    most = np.max(logs, axis=0)
    weights = [np.exp(log - most) for log in logs]
    total = np.zeros(len(at))
    for weight in weights:
        total = total + weight
    return np.stack([weight / total for weight in weights], axis=1)


def common_error(shares: Array, people: float) -> Array:
    """Return the triangle of the common error in coordinates: that of one more sample of so many people.

    Parameters
    ----------
    shares : array, [contender]
        Around which shares the error lies.
    people : float
        See `Priors.common`.
    """
    turn = basis(len(shares))
    covariance = turn.T @ np.diag(1.0 / (np.maximum(shares, _LEAST) * people)) @ turn
    if people == float("inf"):
        return np.zeros(covariance.shape)
    triangle: Array = np.linalg.cholesky(covariance).astype(np.float64)
    return triangle
