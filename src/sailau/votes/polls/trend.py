"""The walk as shares over time with bands, and what each house adds to each contender."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sailau.votes.polls.basis import Array, basis, to_shares
from sailau.votes.polls.design import Design, design
from sailau.votes.polls.fit import Fit
from sailau.votes.polls.laplace import Mode, find_mode
from sailau.votes.polls.priors import ESTABLISHED


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """Shares over time.

    Attributes
    ----------
    days : tuple of date
    contenders : tuple of str
    quantiles : tuple of float
    shares : array, [quantile, day, contender]
        Of what polls measure; the error that all polls share is not in it.
    """

    days: tuple[date, ...]
    contenders: tuple[str, ...]
    quantiles: tuple[float, ...]
    shares: Array

    def peak(self, contender: str) -> tuple[date, float]:
        """Return the day on which the median of a contender is highest, and how high."""
        line = self.shares[self.quantiles.index(0.5), :, self.contenders.index(contender)]
        best = int(line.argmax())
        return self.days[best], float(line[best])


def trend(
    found: Fit, *, every: int = 7, quantiles: Sequence[float] = (0.05, 0.5, 0.95), draws: int = 2000, seed: int = 1
) -> Trend:
    """Return the walk of a fit, at least so often.

    Parameters
    ----------
    found : Fit
    every : int, optional
        Days between two points at the most.
    quantiles : sequence of float, optional
    draws, seed : int, optional
    """
    made = design(found.polls, found.election, grid=every)
    rng = np.random.default_rng(seed)
    parts = []
    before: Mode | None = None
    for mode, weight in zip(found.mixture.modes, found.mixture.weights, strict=True):
        n = round(float(weight) * draws)
        if n:
            before = find_mode(made, found.priors, mode.sizes, before)
            parts.append(to_shares(before.smoothed.draws(n, rng)[0]))
    shares = np.quantile(np.concatenate(parts), quantiles, axis=0)
    days = tuple(made.day_of(i) for i in range(len(made.days)))
    return Trend(days, found.polls.contenders, tuple(quantiles), shares)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a house or a mode adds, in shares (0.01 is a point).

    Attributes
    ----------
    name : str
    kind : str
        house or mode.
    polls : int
    established : bool
        Whether a house has polls enough to count where effects add up to zero.
    added, sd : tuple of float
        By contender: the mean over its polls, and how uncertain it is.
    """

    name: str
    kind: str
    polls: int
    established: bool
    added: tuple[float, ...]
    sd: tuple[float, ...]


def effects(found: Fit) -> tuple[Effect, ...]:
    """Return what each house and mode adds on the days of its polls."""
    made, polls = found.design, found.polls
    many = Counter(poll.house for poll in polls.polls)
    added, sd = _added(found, made)
    out = [
        Effect(house, "house", many[house], many[house] >= ESTABLISHED, added[e], sd[e])
        for e, house in enumerate(polls.houses)
    ]
    for e, mode in enumerate(polls.modes if len(polls.modes) > 1 else ()):
        n, place = int((made.mode == e).sum()), e + len(polls.houses)
        out.append(Effect(mode, "mode", n, n >= ESTABLISHED, added[place], sd[place]))
    return tuple(out)


def _added(found: Fit, made: Design) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]]]:
    """Return the mean of what each effect adds over its observations, and its standard deviation."""
    means, variances = [], []
    for mode in found.mixture.modes:
        covariance = mode.smoothed.effect_covariance()
        pairs = [_one(mode, made, e, covariance) for e in range(len(mode.smoothed.effects))]
        means.append([mean for mean, _ in pairs])
        variances.append([variance for _, variance in pairs])
    weights = found.mixture.weights
    mean = np.average(means, 0, weights)
    variance = np.average(variances, 0, weights) + np.average((np.array(means) - mean) ** 2, 0, weights)
    return [tuple(row) for row in mean.tolist()], [tuple(row) for row in np.sqrt(variance).tolist()]


def _one(mode: Mode, made: Design, effect: int, covariance: Array) -> tuple[Array, Array]:
    """Return what one effect adds under one fit, and its variance by the slope of shares."""
    houses = len(made.polls.houses)
    rows = made.house == effect if effect < houses else made.mode == effect - houses
    walk, own = mode.smoothed.walk[made.at[rows]], mode.smoothed.effects[effect]
    d = len(own)
    with_it = to_shares(walk + own)
    turn = basis(d + 1)
    slope = (with_it[:, :, None] * (turn - np.einsum("rc,ca->ra", with_it, turn)[:, None, :])).mean(axis=0)
    part = covariance[effect * d : (effect + 1) * d, effect * d : (effect + 1) * d]
    return (with_it - to_shares(walk)).mean(axis=0), np.einsum("ca,ab,cb->c", slope, part, slope)
