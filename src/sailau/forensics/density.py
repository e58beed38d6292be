"""Resampled kernel density: at which percentages more stations stand than their own chance errors explain.

The density of turnout (or of the leader's share) is estimated with a narrow kernel and compared with the density of
elections drawn again: each station's proportion is known only up to its chance error, so its count is drawn from the
beta-binomial BB(n, k + 1, n - k + 1). Fractions that few voters reach by themselves (1/2, 2/3) come out of the draws as
well, and are no finding. Draws scatter a little more than what they are drawn from; the ratio of the two densities
over a few percentage points around takes that out, so that narrow spikes are left. The mean and the variance over all
draws are summed in closed form, and no draw is made: the limit of infinitely many, the same on every machine.

References
----------
.. [1] A. Rozenas, "Detecting Election Fraud from Irregularities in Vote-Share Distributions", Political Analysis 25,
   2017: the resampled kernel density. Here its resamples are beta-binomial, without a step that sharpens them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sailau.forensics.finding import Finding, NotTestable
from sailau.forensics.stations import Counts, Mask, Numbers, Stations
from sailau.kernels.percentages import log_factorials, scatter
from sailau.terms.speech import say

LEAST = 500
"""Stations that the test needs."""

BANDWIDTH = 0.0005
_CELLS = 10_000
_EVERY = 10
_REACH = 25
_WIDE = 0.025
_EDGE = 0.02  # nearer to 0 and 1 the density bends within a chance error, and draws smooth the bend away


@dataclass(frozen=True, slots=True)
class Spikes:
    """Observed and expected density on a grid of tenths of a percentage point.

    Attributes
    ----------
    grid, observed, expected, sd : array of float
        Stations within the kernel, weighted by it.
    p : array of float
        The chance of as much at each point, by a scaled Poisson law with the same mean and variance.
    """

    grid: Numbers
    observed: Numbers
    expected: Numbers
    sd: Numbers
    p: Numbers

    @property
    def overall(self) -> float:
        """The chance of so small a p anywhere: at most 1 - (1 - min p)^m for m points, for neighbours overlap."""
        m = int((self.p < 1).sum())
        return float(-np.expm1(m * np.log1p(-min(float(self.p.min()), 1 - 1e-16))))

    @property
    def excess(self) -> float:
        """Stations above the upper 97.5 % bound of the draws, added up over the grid."""
        above = np.maximum(0, self.observed - self.expected - 1.96 * self.sd)
        return float(above.sum() / (math.sqrt(2 * math.pi) * BANDWIDTH * _CELLS / _EVERY))


def density(k: Counts, n: Counts) -> Spikes:
    """Compare the kernel density of k / n with that of counts drawn again.

    Parameters
    ----------
    k, n : array of int
        Counts between 1 and n - 1.
    """
    from scipy.special import gammainc

    table = log_factorials(2 * int(n.max()) + 1)
    expected_cells, _ = scatter(k, n, _CELLS, 20, table)
    observed_cells = np.bincount(np.floor(k * _CELLS / n + 0.5).astype(np.int64), minlength=_CELLS + 1)
    kernel = np.exp(-0.5 * (np.arange(-_REACH, _REACH + 1) / _CELLS / BANDWIDTH) ** 2)
    at = slice(None, None, _EVERY)
    observed = np.convolve(observed_cells, kernel, "same")[at]
    level = _around(observed_cells) / np.maximum(_around(expected_cells), 1e-9)
    expected = np.convolve(level * expected_cells, kernel, "same")[at]
    variance = np.convolve(level * expected_cells, kernel**2, "same")[at]
    unit = np.divide(variance, expected, out=np.ones_like(variance), where=expected > 1e-9)
    grid = np.arange(observed.size) * _EVERY / _CELLS
    told = (observed > 0) & (grid >= _EDGE) & (grid <= 1 - _EDGE)
    p = np.where(told, gammainc(np.maximum(observed / unit, 1e-9), expected / unit), 1.0)
    return Spikes(grid, observed, expected, np.sqrt(variance), p)


def _around(cells: Numbers | Counts) -> Numbers:
    """Return the mass around each cell, by a kernel of 2.5 percentage points; the edges lose what lies beyond them."""
    coarse = np.add.reduceat(cells, np.arange(0, cells.size, _EVERY)).astype(np.float64)
    steps = np.arange(-100, 101) * _EVERY / _CELLS
    smooth = np.convolve(coarse, np.exp(-0.5 * (steps / _WIDE) ** 2), "same")
    return np.repeat(smooth, _EVERY)[: cells.size]


def kernel_density(stations: Stations, of: str) -> Finding | NotTestable:
    """Test the density of ``turnout`` or of the leader's ``share`` for spikes."""
    name = "kernel density of turnout" if of == "turnout" else "kernel density of share"
    family = "round numbers"
    k, n = (stations.voters, stations.registered) if of == "turnout" else (stations.leading, stations.counted)
    inner: Mask = (k > 0) & (k < n)
    if (size := int(inner.sum())) < LEAST:
        needs = (
            say("registered and voters by station")
            if of == "turnout"
            else say("ballots and the leader's votes by station")
        )
        return NotTestable(name, family, say("{size:,} stations; {least:,} are needed", size=size, least=LEAST), needs)
    spikes = density(k[inner], n[inner])
    order = np.argsort(spikes.p)[:5]
    strong = [i for i in order.tolist() if spikes.p[i] < 1e-4]
    words = ", ".join(
        say(
            "{value:.1f} % ({observed:.1f} times)",
            value=100 * spikes.grid[i],
            observed=spikes.observed[i] / spikes.expected[i],
        )
        for i in strong
    )
    found = (
        say("most above the draws at {words}", words=words)
        if strong
        else say("no percentage stands out from the draws")
    )
    return Finding(
        test=name,
        family=family,
        kind="test",
        null="smooth",
        expects=say("no percentage at which more stations stand than in elections drawn again from their own figures"),
        found=say("{found}; {excess:,.0f} stations stand above the 97.5 % bound", found=found, excess=spikes.excess),
        caution=say(
            "a spike says where stations gather, not why; coarse fractions in tiny stations are already in the "
            "draws, a habit of rounding in a statistics office is not"
        ),
        p=spikes.overall,
        figures={
            "stations": size,
            "excess": round(spikes.excess, 1),
            **{
                f"{100 * spikes.grid[i]:.1f} %": round(float(spikes.observed[i] / spikes.expected[i]), 2)
                for i in strong
            },
        },
        cases=tuple(f"{100 * spikes.grid[i]:.1f} %" for i in strong),
    )
