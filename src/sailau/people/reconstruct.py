"""Reconstruction: one model of all censuses at once, with what is assumed as priors (extra ``bayes``).

People of a group grow by births and deaths and by moves over the border, and at a census that asks again who people are
they can jump. Moves of all groups add up to those of the country; jumps carry people from group to group and add up to
nobody. After Wheldon, Raftery, Clark and Gerland, Reconstructing Past Populations, JASA 108, 2013: groups for ages.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sailau.people.cube import Floats, InvalidPopulation
from sailau.terms.extras import need


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known, and how surely.

    Attributes
    ----------
    counts : array of float
        People by census and group.
    errors : array of float
        Spread of the logarithm of a count, by census.
    years : array of float
        Between censuses, one less than there are censuses.
    natural, births, deaths : array of float
        By period and group, a year: growth by births and deaths at the likeliest ratios; births and deaths per person.
    moves : array of float
        Net moves of the whole country over the border in each period, people.
    moves_error : array of float
        Its spread.
    known_moves, known_error : array of float
        Net moves of a group in a period where they are known, people, and their spread: [period, group], NaN elsewhere.
    fertility, mortality : array of float
        Low, likeliest and high ratio of each group, over the likeliest: [group, 3].
    asked_again : sequence of bool
        Which censuses people may have answered differently, the first never.
    """

    counts: Floats
    errors: Floats
    years: Floats
    natural: Floats
    births: Floats
    deaths: Floats
    moves: Floats
    moves_error: Floats
    known_moves: Floats
    known_error: Floats
    fertility: Floats
    mortality: Floats
    asked_again: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """Draws of what the censuses leave possible, draws last.

    Attributes
    ----------
    people : array of float
        By census and group, the census asked again included.
    moves : array of float
        By period and group, growth a year.
    jumps : array of float
        By census and group, people gained by answering differently.
    fertility, mortality : array of float
        By group, over the likeliest ratio.
    worst : float
        The largest R-hat of any quantity; near 1 where the chains agree.
    """

    people: Floats
    moves: Floats
    jumps: Floats
    fertility: Floats
    mortality: Floats
    worst: float


def reconstruct(evidence: Evidence, *, draws: int = 1000, seed: int = 7, chains: int = 2) -> Reconstruction:
    """Fit all censuses at once.

    Growth of a group in a period is its natural growth, moved by its ratios of fertility and mortality along the births
    and deaths per person, plus moves. Moves are alike within a group (each period's round the group's own mean) and add
    up to the country's. Jumps have Student's t with 3 degrees of freedom, so that most groups hardly jump and some far.

    Raises
    ------
    InvalidPopulation
        Counts of nobody, or arrays that do not fit.
    MissingExtra
        PyMC is not installed.
    """
    censuses, groups = evidence.counts.shape
    if (evidence.counts <= 0).any() or evidence.natural.shape != (censuses - 1, groups):
        raise InvalidPopulation("a reconstruction needs people of every group at every census")
    pm = _pymc()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trace = pm.sample(
            draws=draws,
            tune=1000,
            chains=chains,
            cores=1,
            random_seed=seed,
            progressbar=False,
            target_accept=0.95,
            model=_model(pm, evidence),
        )
        return _read(trace)


def _pymc() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pymc = need("pymc", extra="bayes", what="a reconstruction")
    # The import sets a level of its own; what it would say, R-hat says in our words.
    logging.getLogger("pymc").setLevel(logging.CRITICAL)
    return pymc


def _model(pm: Any, evidence: Evidence) -> Any:
    """Return the model, written from the counts: they are precise, so the sampler moves round them.

    The error of each count, ratios and jumps are free; moves follow from them, and have their prior as a term.
    """
    import pytensor.tensor as pt

    censuses, groups = evidence.counts.shape
    sizes = np.sqrt(evidence.counts[:-1] * evidence.counts[1:])
    with pm.Model() as model:
        error = pm.Normal("error", 0.0, 1.0, shape=(censuses, groups))
        fertility = _ratio(pm, "fertility", evidence.fertility)
        mortality = _ratio(pm, "mortality", evidence.mortality)
        spread = pm.HalfNormal("spread", 0.3)
        raw = pm.StudentT("raw", nu=3, mu=0.0, sigma=1.0, shape=groups)
        states = np.log(evidence.counts) + evidence.errors[:, None] * error
        moves, jumps = [], [pt.zeros(groups)]
        for period in range(censuses - 1):
            reached = after = states[period + 1]
            if evidence.asked_again[period + 1]:
                people, before = pt.exp(after), pt.exp(after - spread * raw)
                reached = pt.log(before * people.sum() / before.sum())
            jumps.append(pt.exp(after) - pt.exp(reached))
            natural = (
                evidence.natural[period]
                + evidence.births[period] * (fertility - 1)
                - evidence.deaths[period] * (mortality - 1)
            )
            moves.append((reached - states[period]) / evidence.years[period] - natural)
        each = pm.Deterministic("moves", pt.stack(moves))
        mean = pm.Normal("mean", 0.0, 0.03, shape=groups)
        wander = pm.HalfNormal("wander", 0.03)
        pm.Potential("alike", pm.logp(pm.Normal.dist(mean, wander), each).sum())
        net = (each * sizes).sum(axis=1) * evidence.years
        pm.Potential("border", pm.logp(pm.Normal.dist(evidence.moves, evidence.moves_error), net).sum())
        known = np.nonzero(np.isfinite(evidence.known_moves))
        if known[0].size:
            came = (each * sizes)[known] * evidence.years[known[0]]
            told = pm.Normal.dist(evidence.known_moves[known], evidence.known_error[known])
            pm.Potential("known", pm.logp(told, came).sum())
        pm.Deterministic("people", pt.exp(states))
        pm.Deterministic("jumps", pt.stack(jumps))
    return model


def _ratio(pm: Any, name: str, ends: Floats) -> Any:
    """Return ratios round 1 whose 95 % lie within the ends."""
    return pm.Normal(name, 1.0, np.maximum((ends[:, 2] - ends[:, 0]) / 4, 1e-6), shape=len(ends))


def _read(trace: Any) -> Reconstruction:
    import arviz

    agreement: Any = arviz.rhat
    worst = max(float(part.max()) for part in agreement(trace).data_vars.values() if np.isfinite(part).any())

    def drawn(name: str) -> Floats:
        values = trace.posterior[name].stack(draw_=("chain", "draw")).values
        return np.asarray(values, dtype=np.float64)

    return Reconstruction(
        drawn("people"), drawn("moves"), drawn("jumps"), drawn("fertility"), drawn("mortality"), worst
    )
