"""The reference class: how often comparable debuts passed, and whether anything known beforehand tells which.

A logit with a level for each country is fitted to all countries but one and asked about that one. Only if its log
score there beats the plain rate of the others is it used; else nothing but the rate is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sailau.parties.rates import Rate
from sailau.records.registers_debuts import Debut
from sailau.terms.errors import Invalid
from sailau.votes.choice import Floats

COUNTRY_SD, SLOPE_SD = 1.0, 1.0
"""Deviations of the levels of countries and of the slopes, in log odds: weak, and not tuned."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the debuts tell.

    Attributes
    ----------
    cases : tuple of Debut
    rate : Rate
        Passed of all.
    shares : tuple of float
        Their shares of the votes, in order.
    score_rate, score_logit : float
        Mean log score of the cases of a country, from the other countries; nearer to 0 is better.
    logit_wins : bool
    """

    cases: tuple[Debut, ...]
    rate: Rate
    shares: tuple[float, ...]
    score_rate: float
    score_logit: float

    @property
    def logit_wins(self) -> bool:
        """Whether the logit beats the rate, leaving one country out."""
        return self.score_logit > self.score_rate


def reference(cases: Sequence[Debut], kinds: Sequence[str] = ()) -> Reference:
    """Return what debuts of the kinds named tell; of all where none is named.

    Raises
    ------
    Invalid
        Fewer than two countries are left.
    """
    chosen = tuple(case for case in cases if not kinds or case.kind in kinds)
    if len({case.country for case in chosen}) < 2:
        raise Invalid(f"debuts of {len({case.country for case in chosen})} countries: nothing can be left out")
    rate = Rate(sum(case.passed for case in chosen), len(chosen), name="comparable debuts that passed")
    shares = tuple(sorted(float(case.share) for case in chosen))
    return Reference(chosen, rate, shares, *scores(chosen))


def scores(cases: Sequence[Debut]) -> tuple[float, float]:
    """Return the mean log scores of the plain rate and of the logit, leaving one country out."""
    plain, model = 0.0, 0.0
    for country in {case.country for case in cases}:
        rest = [case for case in cases if case.country != country]
        left = [case for case in cases if case.country == country]
        rate = Rate(sum(case.passed for case in rest), len(rest)).mean
        told = predict(rest, left)
        for case, p in zip(left, told, strict=True):
            plain += np.log(rate if case.passed else 1 - rate)
            model += np.log(p if case.passed else 1 - p)
    return float(plain / len(cases)), float(model / len(cases))


def predict(known: Sequence[Debut], asked: Sequence[Debut]) -> Floats:
    """Return the chances of debuts in a country that is not among the known."""
    x, mean, scale = _features(known)
    passed = np.array([case.passed for case in known], dtype=np.float64)
    countries = sorted({case.country for case in known})
    which = np.array([countries.index(case.country) for case in known])
    level, slopes = _fit(x, passed, which, len(countries))
    z, _, _ = _features(asked, mean, scale)
    nodes, weights = np.polynomial.hermite_e.hermegauss(15)  # the level of a new country is not known
    odds = level + z @ slopes
    chance = 1 / (1 + np.exp(-(odds[:, None] + COUNTRY_SD * nodes)))
    return np.asarray(chance @ weights / weights.sum())


def _features(
    cases: Sequence[Debut], mean: Floats | None = None, scale: Floats | None = None
) -> tuple[Floats, Floats, Floats]:
    rows = [[float(c.bar), c.successor, c.kind == "cross_ethnic", c.free] for c in cases]
    raw = np.array(rows, dtype=np.float64)
    middle = raw.mean(axis=0) if mean is None else mean
    width = np.where(raw.std(axis=0) > 0, raw.std(axis=0), 1.0) if scale is None else scale
    return (raw - middle) / width, middle, width


def _fit(x: Floats, passed: Floats, which: Floats, countries: int) -> tuple[float, Floats]:
    """Return the level and the slopes that are likeliest, countries and slopes drawn to 0."""
    from scipy.optimize import minimize

    size = x.shape[1]

    def loss(theta: Floats) -> tuple[float, Floats]:
        level, slopes, of = theta[0], theta[1 : 1 + size], theta[1 + size :]
        odds = level + x @ slopes + of[which]
        gap = 1 / (1 + np.exp(-odds)) - passed
        value = np.logaddexp(0, odds).sum() - passed @ odds
        value += 0.5 * (slopes @ slopes) / SLOPE_SD**2 + 0.5 * (of @ of) / COUNTRY_SD**2 + 0.5 * level**2 / 9
        slope = np.concatenate(
            [
                [gap.sum() + level / 9],
                x.T @ gap + slopes / SLOPE_SD**2,
                np.bincount(which, weights=gap, minlength=countries) + of / COUNTRY_SD**2,
            ]
        )
        return float(value), slope

    found = minimize(loss, np.zeros(1 + size + countries), jac=True, method="BFGS").x
    return float(found[0]), found[1 : 1 + size]
