"""The most likely walk under multinomial polls, and the Gaussian around it, by scoring: Laplace's approximation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from sailau.terms.errors import Invalid
from sailau.votes.polls.basis import Array, Ints, basis, to_points, to_shares
from sailau.votes.polls.design import Design
from sailau.votes.polls.priors import Priors
from sailau.votes.polls.smoother import Observed, Smoothed, smooth

TIED = 1e6
"""Precision with which effects of established houses add up to zero."""

_TINY = 1e-300
_HALVES = (*(0.5**k for k in range(14)), 0.0)
"""A round goes uphill, so a part of it gains unless the top is reached."""

_ROUNDS, _CLOSE = 100, 0.01
"""The last round gains less than this; what it leaves is the square of that, for rounds converge quadratically."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes that a fit is made with: a day's step, effects of houses and modes, and the excess of variance."""

    step: float
    house: float
    mode: float
    excess: float


@dataclass(frozen=True, slots=True, eq=False)
class Mode:
    """The most likely walk, and the Gaussian around it.

    Attributes
    ----------
    sizes : Sizes
    smoothed : Smoothed
    evidence : float
        Logarithm of the chance of the polls given the sizes, but for a constant.
    """

    sizes: Sizes
    smoothed: Smoothed
    evidence: float


def find_mode(made: Design, priors: Priors, sizes: Sizes, start: Mode | None = None) -> Mode:
    """Return the mode by Fisher scoring, each round one run of the smoother; steps that lose are halved.

    Raises
    ------
    Invalid
        It is not reached, which polls that make sense do not do.
    """
    spread, tie = _effects(made, sizes)
    n = made.n / np.where(made.is_poll, 1.0 + sizes.excess, 1.0)
    ties = np.column_stack([made.house, np.where(made.mode >= 0, made.mode + len(made.polls.houses), -1)])
    place = (start.smoothed.walk, start.smoothed.effects) if start else _begin(made, len(spread))
    best = _log_joint(made, priors, sizes, n, ties, spread, tie, *place)
    for _ in range(_ROUNDS):
        seen = _observed(made, n, ties, *place)
        found = smooth(made.days, priors.start, sizes.step, spread, tie, seen)
        for half in _HALVES:
            trial = place[0] + half * (found.walk - place[0]), place[1] + half * (found.effects - place[1])
            value = _log_joint(made, priors, sizes, n, ties, spread, tie, *trial)
            if value >= best or half == 0.0:
                break
        place, gain, best = trial, value - best, value
        if gain < _CLOSE:
            evidence = best - 0.5 * found.log_det + _constants(made, n)
            return Mode(sizes, found, evidence)
    raise Invalid("the polls fit no walk: their shares contradict one another beyond any house effect")


def _begin(made: Design, effects: int) -> tuple[Array, Array]:
    """Return the walk that stands still at the mean of the polls."""
    k = made.groups.shape[2]
    told = made.groups / np.maximum(made.groups.sum(axis=2, keepdims=True), 1.0)
    mean = np.einsum("rg,rgc->rc", made.shares, told)[made.is_poll].mean(axis=0)
    return np.tile(to_points(mean, 1e-3), (len(made.days), 1)), np.zeros((effects, k - 1))


def _effects(made: Design, sizes: Sizes) -> tuple[Array, Array]:
    """Return the spread of each effect, and the precision that ties sums of them to zero."""
    houses, modes = len(made.polls.houses), len(made.polls.modes) if made.mode.max(initial=-1) >= 0 else 0
    spread = np.array([sizes.house] * houses + [sizes.mode] * modes)
    tie = np.zeros((houses + modes, houses + modes))
    tie[:houses, :houses] = TIED * np.outer(made.established, made.established)
    return spread, tie


def _linear(made: Design, ties: Ints, walk: Array, effects: Array) -> Array:
    """Return the coordinates that each observation looks at."""
    out: Array = walk[made.at]
    for column in range(ties.shape[1]):
        has = ties[:, column] >= 0
        out[has] = out[has] + effects[ties[has, column]]
    return out


def _observed(made: Design, n: Array, ties: Ints, walk: Array, effects: Array) -> Observed:
    """Return the Gaussian that has the slope and the expected curvature of the multinomial at this place."""
    at = _linear(made, ties, walk, effects)
    shares, turn = to_shares(at), basis(at.shape[1] + 1)
    parts = made.groups * shares[:, None, :]
    whole = parts.sum(axis=2)
    within = parts / np.where(whole > 0, whole, 1.0)[:, :, None]
    slope = n[:, None] * (np.einsum("rg,rgc->rc", made.shares, within) - shares)
    curve = np.einsum("rgc,rgb->rcb", within * whole[:, :, None], within) - shares[:, :, None] * shares[:, None, :]
    weight = n[:, None, None] * (turn.T @ curve @ turn)
    pull = slope @ turn + np.einsum("rab,rb->ra", weight, at)
    return Observed(made.at, ties, weight, pull)


def _log_joint(
    made: Design, priors: Priors, sizes: Sizes, n: Array, ties: Ints, spread: Array, tie: Array, walk: Array, fx: Array
) -> float:
    """Return the log density of polls, walk and effects together, but for constants of the polls."""
    shares = to_shares(_linear(made, ties, walk, fx))
    whole = np.einsum("rgc,rc->rg", made.groups, shares)
    said = made.shares * np.log(np.where(made.shares > 0, np.maximum(whole, _TINY), 1.0))
    steps, gaps = np.diff(walk, axis=0), np.diff(made.days)
    t, d = walk.shape
    value = float((n * said.sum(axis=1)).sum())
    value -= 0.5 * float((walk[0] ** 2).sum()) / priors.start**2
    value -= 0.5 * float(((steps**2).sum(axis=1) / gaps).sum()) / sizes.step**2 + d * (t - 1) * np.log(sizes.step)
    value -= 0.5 * float(((fx / spread[:, None]) ** 2).sum()) + d * float(np.log(spread).sum())
    value -= 0.5 * float(np.einsum("ai,ab,bi->", fx, tie, fx))
    many = int(made.established.sum())
    return float(value + (0.5 * d * np.log(many * sizes.house**2 + 1.0 / TIED) if many else 0.0))


def _constants(made: Design, n: Array) -> float:
    """Return what makes the density of a poll's shares one: the chance of its counts, over the room that each has."""
    counts = n[:, None] * made.shares
    used = made.groups.any(axis=2)
    parts = np.where(used, gammaln(counts + 1.0), 0.0).sum(axis=1)
    room = (used.sum(axis=1) - 1) * np.log(n)
    return float((gammaln(n + 1.0) - parts + room)[made.is_poll].sum())
