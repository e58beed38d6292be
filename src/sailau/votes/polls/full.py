"""The full path: the same model, its sizes drawn along with the walk, by PyMC and nutpie (the extra `bayes`)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from datetime import date
from math import inf, log
from typing import Any

import numpy as np

from sailau.terms.errors import Invalid
from sailau.terms.extras import need
from sailau.votes.polls.basis import Array, Ints, basis
from sailau.votes.polls.design import Design
from sailau.votes.polls.fit import Fit, fit
from sailau.votes.polls.poll import Polls
from sailau.votes.polls.priors import Priors, Size

MIXED = 1.01
"""The most that chains may disagree (split R-hat) before the draws are refused."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What the sampler gave.

    Attributes
    ----------
    last : array, [draw, coordinate]
        The walk on election day.
    worst : float
        The largest disagreement of chains over it (R-hat).
    divergences : int
    """

    last: Array
    worst: float
    divergences: int


def fit_full(
    polls: Polls, election: date, priors: Priors | None = None, *, seed: int = 1, draws: int = 1000, chains: int = 4
) -> Fit:
    """Fit the model with PyMC and nutpie; election day is made of the draws.

    Parameters
    ----------
    polls, election, priors
        As in `fit`.
    seed : int
    draws, chains : int, optional
        Draws of each chain after as many for warming up.

    Raises
    ------
    Invalid
        The extra is missing, or the chains do not agree.
    """
    found = fit(polls, election, priors)
    drawn = sample(found.design, found.priors, seed=seed, draws=draws, chains=chains)
    if drawn.worst > MIXED or drawn.divergences:
        what = f"the chains do not agree (R-hat {drawn.worst:.3f}, {drawn.divergences} divergences)"
        raise Invalid(what, hint="use the fast path, or more draws")
    n, d = drawn.last.shape
    day = replace(found.day, weights=np.full(n, 1.0 / n), means=drawn.last, triangles=np.zeros((n, d, d)))
    return replace(found, day=day)


def sample(made: Design, priors: Priors, *, seed: int, draws: int = 1000, chains: int = 4) -> Drawn:
    """Draw from the posterior of the walk on election day."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the extra's own talk of how it was built
        nutpie, pymc = (need(name, extra="bayes", what="a fit in full") for name in ("nutpie", "pymc"))
        compiled = nutpie.compile_pymc_model(build(pymc, made, priors))
        trace = nutpie.sample(
            compiled, draws=draws, tune=draws, chains=chains, cores=min(chains, 2), seed=seed, progress_bar=False
        )
    last = np.asarray(trace.posterior["last"])
    diverging = int(np.asarray(trace.sample_stats["diverging"]).sum())
    worst = max(split_r_hat(last[:, :, i]) for i in range(last.shape[2]))
    return Drawn(last.reshape(-1, last.shape[2]), worst, diverging)


def split_r_hat(draws: Array) -> float:
    """Return how far halves of chains [chain, draw] disagree (Gelman and others, Bayesian Data Analysis, 11.4)."""
    half = draws.shape[1] // 2
    parts = np.concatenate([draws[:, :half], draws[:, half : 2 * half]])
    within = float(parts.var(axis=1, ddof=1).mean())
    between = half * float(parts.mean(axis=1).var(ddof=1))
    return float(np.sqrt(((half - 1) / half * within + between / half) / within))


def build(pymc: Any, made: Design, priors: Priors) -> Any:
    """Return the PyMC model; names and priors are those of the fast path."""
    import pytensor.tensor as pt

    d, t = made.groups.shape[2] - 1, len(made.days)
    modes = len(made.polls.modes) if made.mode.max(initial=-1) >= 0 else 0
    with pymc.Model() as model:
        step = _size(pymc, "step", priors.step)
        house = _size(pymc, "house", priors.house)
        mode = _size(pymc, "mode", priors.mode) if modes else 1.0
        excess = _size(pymc, "excess", priors.excess) if priors.excess else 0.0
        walk = pymc.Normal("walk", 0.0, priors.start, shape=(t, d))
        moved = (walk[1:] - walk[:-1]) / (step * np.sqrt(np.diff(made.days))[:, None])
        # the prior of the walk: the first day as above, the others by their steps
        first = -0.5 * (walk[1:] / priors.start) ** 2
        pymc.Potential("steps", (-0.5 * moved**2 - pt.log(step) - first).sum())
        effect = house * _free_houses(pymc, pt, made, d)
        at = walk[made.at] + _effect(pt, effect, made.house)
        if modes:
            at = at + _effect(pt, mode * pymc.Normal("mode_z", 0.0, 1.0, shape=(modes, d)), made.mode)
        pymc.Potential("polls", _polls(pt, made, at, excess))
        pymc.Deterministic("last", walk[-1])
    return model


def _size(pymc: Any, name: str, size: Size) -> Any:
    """Return a size: fixed, or lognormal; a flat prior of the logarithm where the spread is infinite."""
    if size.is_fixed:
        return size.median
    if size.spread == inf:
        return pymc.math.exp(pymc.Flat(f"log_{name}", initval=log(size.median)))
    return pymc.math.exp(pymc.Normal(f"log_{name}", log(size.median), size.spread))


def _free_houses(pymc: Any, pt: Any, made: Design, d: int) -> Any:
    """Return effects of houses in units of their size; those of established houses add up to zero."""
    houses, many = len(made.established), int(made.established.sum())
    if not many:
        return pymc.Normal("house_z", 0.0, 1.0, shape=(houses, d))
    turn = np.zeros((houses, houses - 1))
    turn[np.ix_(made.established, np.arange(many - 1))] = basis(many)
    turn[np.ix_(~made.established, np.arange(many - 1, houses - 1))] = np.eye(houses - many)
    if houses == 1:
        return np.zeros((1, d))
    return pt.dot(turn, pymc.Normal("house_z", 0.0, 1.0, shape=(houses - 1, d)))


def _effect(pt: Any, effects: Any, index: Ints) -> Any:
    """Return the effect that each observation has; none where the index is -1."""
    has = (index >= 0).astype(float)[:, None]
    return pt.as_tensor(effects)[np.maximum(index, 0)] * has


def _polls(pt: Any, made: Design, at: Any, excess: Any) -> Any:
    """Return the log density of all polls and results, as in the fast path."""
    turn = basis(made.groups.shape[2])
    logs = pt.dot(at, turn.T)
    logs = logs - pt.logsumexp(logs, axis=1, keepdims=True)
    whole = (made.groups * pt.exp(logs)[:, None, :]).sum(axis=2)
    said = np.where(made.shares > 0, made.shares, 0.0)
    safe = pt.log(pt.switch(said > 0, whole, 1.0))
    n = made.n / pt.switch(made.is_poll, 1.0 + excess, 1.0)
    used = made.groups.any(axis=2)
    parts = pt.switch(used, pt.gammaln(n[:, None] * said + 1.0), 0.0).sum(axis=1)
    room = (used.sum(axis=1) - 1) * pt.log(n)
    constants = pt.switch(made.is_poll, pt.gammaln(n + 1.0) - parts + room, 0.0)
    return (n * (said * safe).sum(axis=1) + constants).sum()
