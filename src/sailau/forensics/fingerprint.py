"""Fingerprints: the histogram of turnout by the leader's share, and how much of it a model of added votes takes up.

In the model, honest turnout t and share v are normal around the modes, with the spread of the left tails (the honest
side). In a share f_i of the stations a part x = abs(N(0, theta)) of the votes that were not cast goes to the leader,
and x^a of the others' votes is switched; in a share f_e it is x = 1 - abs(N(0, 0.075)). The leader gets
W = t v + x (1 - t) + x^a (1 - v) t. For given t, v, theta and a the histogram is linear in (1 - f_i - f_e, f_i, f_e):
non-negative least squares gives them at once, without a search by simulation.

References
----------
.. [1] P. Klimek, Y. Yegorov, R. Hanel, S. Thurner, "Statistical detection of systematic election irregularities",
   PNAS 109, 2012. The spread theta is the square root of the right-hand spread of the share, as in the calculation
   that reproduces the paper's figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sailau.forensics.finding import Finding, NotTestable, few_stations
from sailau.forensics.mirror import Scatter, Votes, mirrored
from sailau.forensics.stations import Numbers
from sailau.kernels.fingerprints import moved_fingerprint
from sailau.terms.speech import say

LEAST = 500
"""Stations that the fit needs."""

POWERS = (1.0, 1.5, 2.0, 3.0, 4.0)
"""The exponents a that are tried; the one that leaves the least is taken."""

_BINS = 100
_EXTREME = 0.075
_NODES, _AMOUNTS = 80, 160
_TIE = 10.0


@dataclass(frozen=True, slots=True)
class Fit:
    """The fit of the model.

    Attributes
    ----------
    incremental, extreme : float
        f_i and f_e: shares of stations in the model, not of votes.
    power, residual : float
        The exponent a, and the root of the squares left over.
    turnout, share : float
        The modes around which honest stations lie.
    """

    incremental: float
    extreme: float
    power: float
    residual: float
    turnout: float
    share: float


def fingerprint(votes: Votes, bins: int = _BINS) -> Numbers:
    """Return ``histogram[turnout, share]``: the share of stations in each cell."""
    row = np.minimum(bins - 1, (votes.turnout * bins).astype(np.int64))
    column = np.minimum(bins - 1, (votes.share * bins).astype(np.int64))
    cells = np.bincount(row * bins + column, minlength=bins * bins).reshape(bins, bins)
    return np.asarray(cells / max(1, votes.registered.size), dtype=np.float64)


def fit(votes: Votes, powers: Sequence[float] = POWERS) -> Fit:
    """Fit the model to a fingerprint by non-negative least squares, the shares adding up to 1."""
    turnout, share = votes.turnout, votes.share
    t, v = _mode(turnout), _mode(share)
    honest_t, honest_v = _normal(t, _spread(turnout, t, left=True)), _normal(v, _spread(share, v, left=True))
    theta = float(np.sqrt(_spread(share, v, left=False)))
    incremental, extreme = _half_normal(theta), 1 - _half_normal(_EXTREME)
    target = np.append(fingerprint(votes).ravel(), _TIE)
    clean = moved_fingerprint(honest_t, honest_v, np.zeros(1), 1.0, _BINS).ravel()
    best: Fit | None = None
    for power in powers:
        parts = [moved_fingerprint(honest_t, honest_v, x, power, _BINS).ravel() for x in (incremental, extreme)]
        weights, residual = _least_squares(np.column_stack([clean, *parts]), target)
        f = weights / weights.sum()
        if best is None or residual < best.residual:
            best = Fit(float(f[1]), float(f[2]), power, residual, t, v)
    if best is None:
        raise ValueError("no exponent was given")
    return best


def _least_squares(parts: Numbers, target: Numbers) -> tuple[Numbers, float]:
    """Return non-negative weights that add up to 1, by the small problem that has the same solution."""
    from scipy.optimize import nnls

    q, r = np.linalg.qr(np.vstack([parts, np.full(parts.shape[1], _TIE)]))
    seen = q.T @ target
    weights, residual = nnls(r, seen)
    rest = max(0.0, float(target @ target - seen @ seen))
    return np.asarray(weights, dtype=np.float64), float(np.sqrt(residual**2 + rest))


def _mode(values: Numbers) -> float:
    """Return the fullest percentage, smoothed over five, of those below 95 %."""
    cells = np.histogram(values, _BINS, (0, 1))[0]
    smooth = np.convolve(cells, np.ones(5), "same")
    return (int(np.argmax(smooth[:95])) + 0.5) / _BINS


def _spread(values: Numbers, mode: float, *, left: bool) -> float:
    side = values[values < mode] if left else values[values > mode]
    return float(np.sqrt(np.mean((side - mode) ** 2))) if side.size else 1.0 / _BINS


def _normal(mean: float, sd: float) -> Numbers:
    """Return evenly likely nodes of a normal law cut off at 0 and 1."""
    from scipy.special import ndtr, ndtri

    low, high = ndtr(-mean / sd), ndtr((1 - mean) / sd)
    return np.asarray(mean + sd * ndtri(low + (high - low) * _steps(_NODES)), dtype=np.float64)


def _half_normal(sd: float) -> Numbers:
    from scipy.special import ndtr, ndtri

    return np.asarray(sd * ndtri(0.5 + (ndtr(1 / sd) - 0.5) * _steps(_AMOUNTS)), dtype=np.float64)


def _steps(n: int) -> Numbers:
    return (np.arange(n) + 0.5) / n


def fingerprint_fit(
    scatters: Sequence[tuple[str, Scatter]], rng: np.random.Generator, *, draws: int = 9
) -> Finding | NotTestable:
    """Fit the model to the election and to honest counterparts of it, in which areas of each kind may differ."""
    name, family = "fingerprint fit", "shape"
    votes = scatters[0][1].votes
    if (n := votes.registered.size) < LEAST:
        return few_stations(name, family, n, LEAST)
    found = fit(votes)
    drawn = {area: [fit(mirrored(one, rng), (found.power,)) for _ in range(draws)] for area, one in scatters}
    usual = {
        area: (float(np.median([x.incremental for x in fits])), float(np.median([x.extreme for x in fits])))
        for area, fits in drawn.items()
    }
    words = "; ".join(
        say("f_i {i:.2f} and f_e {e:.3f} where each {area} may differ", i=i, e=e, area=area)
        for area, (i, e) in usual.items()
    )
    last = drawn[scatters[-1][0]]
    beyond = found.incremental > max(x.incremental for x in last) or found.extreme > max(x.extreme for x in last)
    return Finding(
        test=name,
        family=family,
        kind="estimate",
        null="areas differ",
        expects=say(
            "what honest counterparts of this election give: {words} (medians of {draws})", words=words, draws=draws
        ),
        found=say(
            "f_i {incremental:.2f} of the stations in the mode of added votes, f_e {extreme:.3f} in the extreme one "
            "(a = {power:g}), around {turnout:.1%} turnout and a share of {share:.1%}",
            incremental=found.incremental,
            extreme=found.extreme,
            power=found.power,
            turnout=found.turnout,
            share=found.share,
        ),
        caution=say(
            "f_i and f_e are shares of stations in a model that knows no areas or groups, not votes, and others' "
            "fits of the same data differ fivefold; what areas differ by, honest or not, stands in the counterparts "
            "too"
        ),
        figures={
            "f_i": round(found.incremental, 3),
            "f_e": round(found.extreme, 4),
            **{say("f_i by {area}", area=area): round(i, 3) for area, (i, _) in usual.items()},
            **{say("f_e by {area}", area=area): round(e, 4) for area, (_, e) in usual.items()},
            "power": found.power,
            "beyond": "yes" if beyond else "no",
        },
    )
