"""A walk and fixed effects seen through Gaussian observations: the Kalman smoother as one banded system with an arrow.

Days are neighbours of days only, effects touch every day: the precision is a band with an arrow. One Cholesky of the
band and one of the small rest give the mean, the covariance of any day, the normalising constant, and draws of the
whole walk, the same numbers as a Kalman filter and smoother with the effects in its state.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_solve, cho_solve_banded, cholesky, cholesky_banded, solve_banded, solve_triangular

from sailau.votes.polls.basis import Array, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """Gaussian observations: precision times what was seen, and the precision itself.

    Attributes
    ----------
    at : array of int, [observation]
    effects : array of int, [observation, 2]
        Up to two effects that an observation has; -1 for none.
    weight : array, [observation, coordinate, coordinate]
    pull : array, [observation, coordinate]
    """

    at: Ints
    effects: Ints
    weight: Array
    pull: Array


@dataclass(frozen=True, slots=True, eq=False)
class Smoothed:
    """The walk and the effects given the observations.

    Attributes
    ----------
    walk : array, [day, coordinate]
        Its mean.
    effects : array, [effect, coordinate]
    log_det : float
        Of the joint precision.
    """

    walk: Array
    effects: Array
    log_det: float
    _band: Array
    _across: Array
    _corner: Array

    def covariance(self, day: int) -> Array:
        """Return the covariance of one day's coordinates."""
        t, d = self.walk.shape
        unit = np.zeros((t * d, d))
        unit[day * d : (day + 1) * d] = np.eye(d)
        own = cho_solve_banded((self._band, True), unit)[day * d : (day + 1) * d]
        through = self._across[day * d : (day + 1) * d]
        out: Array = own + through @ cho_solve((self._corner, True), through.T)
        return (out + out.T) / 2

    def effect_covariance(self) -> Array:
        """Return the joint covariance of the effects, effect by effect."""
        out: Array = cho_solve((self._corner, True), np.eye(len(self._corner)))
        return out

    def draws(self, n: int, rng: np.random.Generator) -> tuple[Array, Array]:
        """Return walks [draw, day, coordinate] and effects [draw, effect, coordinate] drawn from what is believed."""
        t, d = self.walk.shape
        width = len(self._band)
        turned = np.zeros((width, t * d))
        for i in range(width):
            turned[width - 1 - i, i:] = self._band[i, : t * d - i]
        own = solve_banded((0, width - 1), turned, rng.standard_normal((t * d, n)))
        shift = solve_triangular(self._corner, rng.standard_normal((len(self._corner), n)), lower=True, trans="T")
        walks = self.walk.reshape(-1, 1) + own - self._across @ shift
        effects = self.effects.reshape(-1, 1) + shift
        return walks.T.reshape(n, t, d), effects.T.reshape(n, -1, d)


def smooth(days: Ints, start: float, step: float, prior: Array, tie: Array, seen: Observed) -> Smoothed:
    """Solve for the walk and the effects.

    Parameters
    ----------
    days : array of int
    start, step : float
        Standard deviations of the first day's coordinates, and of a day's step.
    prior : array, [effect]
        Standard deviation of each effect.
    tie : array, [effect, effect]
        Precision that holds sums of effects near zero.
    seen : Observed
    """
    t, d, m = len(days), seen.pull.shape[1], len(prior)
    factor = cholesky_banded(_band(days, start, step, seen, d), lower=True)
    pull = np.zeros((t, d))
    np.add.at(pull, seen.at, seen.pull)
    solved = cho_solve_banded((factor, True), np.column_stack([_across(seen, t, m), pull.reshape(-1, 1)]))
    through, free = solved[:, :-1], solved[:, -1]
    corner, right = _corner(prior, tie, seen, through.reshape(t, d, m * d), free.reshape(t, d))
    rest = cholesky(corner, lower=True)
    effects = cho_solve((rest, True), right)
    walk = free - through @ effects
    log_det = 2 * float(np.log(factor[0]).sum() + np.log(np.diag(rest)).sum())
    return Smoothed(walk.reshape(t, d), effects.reshape(m, d), log_det, factor, through, rest)


def _across(seen: Observed, t: int, m: int) -> Array:
    """Return the precision between days and effects, days down and effects across."""
    d = seen.pull.shape[1]
    across = np.zeros((t, m, d, d))
    for effect in seen.effects.T:
        has = effect >= 0
        np.add.at(across, (seen.at[has], effect[has]), seen.weight[has])
    out: Array = across.transpose(0, 2, 1, 3).reshape(t * d, m * d)
    return out


def _corner(prior: Array, tie: Array, seen: Observed, through: Array, free: Array) -> tuple[Array, Array]:
    """Return the precision of the effects and their pull, after the walk was taken out of both."""
    m, d = len(prior), seen.pull.shape[1]
    own = tie + np.diag(1.0 / prior**2)
    corner, right = own[:, None, :, None] * np.eye(d)[None, :, None, :], np.zeros((m, d))
    taken = np.zeros((m, d, m * d))
    behind = seen.weight @ through[seen.at]
    left = seen.pull - np.einsum("rab,rb->ra", seen.weight, free[seen.at])
    for effect in seen.effects.T:
        has = effect >= 0
        np.add.at(right, effect[has], left[has])
        np.add.at(taken, effect[has], behind[has])
        for other in seen.effects.T:
            both = has & (other >= 0)
            np.add.at(corner.transpose(0, 2, 1, 3), (effect[both], other[both]), seen.weight[both])
    return corner.reshape(m * d, m * d) - taken.reshape(m * d, m * d), right.reshape(-1)


def _band(days: Ints, start: float, step: float, seen: Observed, d: int) -> Array:
    """Return the precision of the walk alone, as a lower band."""
    t = len(days)
    blocks = np.zeros((t, d, d))
    np.add.at(blocks, seen.at, seen.weight)
    links = 1.0 / (step**2 * np.diff(days))
    own = np.zeros(t)
    own[0] = 1.0 / start**2
    own[:-1] += links
    own[1:] += links
    blocks += own[:, None, None] * np.eye(d)
    band = np.zeros((d + 1 if t > 1 else d, t * d))
    for i in range(d):
        for j in range(i + 1):
            band[i - j, j::d] = blocks[:, i, j]
    if t > 1:
        band[d, : (t - 1) * d] = -np.repeat(links, d)
    return band
