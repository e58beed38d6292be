"""What the figures of an examination show: votes by turnout, the comet, spikes with their null band, areas as tiles."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from sailau.forensics.baseline import Baseline, baseline
from sailau.forensics.mirror import able, votes_of
from sailau.forensics.percentages import count_peaks
from sailau.forensics.stations import Counts, Numbers, Stations, ordinary
from sailau.kernels.percentages import log_factorials, scatter

CELLS = 1000
"""Cells of the proportions 0 to 1: tenths of a percentage point."""

BAND = 0.999
"""What share of clean elections keeps inside the null band at any one cell."""


@dataclass(frozen=True, slots=True)
class ByTurnout:
    """Votes by turnout.

    Attributes
    ----------
    leading, others : array
        Votes in each percent of turnout, 0 to 100.
    base : Baseline
    ratio : float or None
        The leader's votes for each vote of the others below the mode; None where the baseline gives no figure.
    """

    leading: Numbers
    others: Numbers
    base: Baseline
    ratio: float | None


def by_turnout(stations: Stations) -> ByTurnout:
    """Return votes by turnout, and the ratio that the baseline takes for honest."""
    votes = votes_of(stations, able(stations))
    percent = np.minimum(100, 100 * votes.voters // votes.registered)
    leading = np.bincount(percent, votes.leading, 101).astype(np.float64)
    others = np.bincount(percent, votes.counted - votes.leading, 101).astype(np.float64)
    base = baseline(votes)
    last = base.windows[0][1]
    below = float(others[: last + 1].sum())
    ratio = float(leading[: last + 1].sum()) / below if below and not base.refused else None
    return ByTurnout(leading, others, base, ratio)


def comet(stations: Stations, bins: int = 50) -> Numbers:
    """Return the number of stations in each cell, ``[turnout, share]``."""
    votes = votes_of(stations, able(stations))
    row = np.minimum(bins - 1, (votes.turnout * bins).astype(np.int64))
    column = np.minimum(bins - 1, (votes.share * bins).astype(np.int64))
    cells = np.bincount(row * bins + column, minlength=bins * bins).reshape(bins, bins)
    return np.asarray(cells, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class SpikeBand:
    """Stations at each tenth of a percentage point, and what chance puts there.

    Attributes
    ----------
    observed, expected, low, high : array
        One entry for each of the proportions 0, 0.001 … 1; the band is of a Poisson law.
    """

    observed: Counts
    expected: Numbers
    low: Numbers
    high: Numbers

    @property
    def outside(self) -> Counts:
        """Cells above the band, the highest first."""
        over = np.flatnonzero(self.observed > self.high)
        return np.asarray(over[np.argsort(-(self.observed - self.high)[over], kind="stable")], dtype=np.int64)


def spikes(stations: Stations, of: str) -> SpikeBand:
    """Return how many stations have each ``turnout`` or leader's ``share``, with the band of elections drawn again.

    Looked at are the stations that `whole_percentages` looks at; each station's count is drawn from its own
    beta-binomial, in closed form.
    """
    part = stations.take(ordinary(stations))
    k, n = (part.voters, part.registered) if of == "turnout" else (part.leading, part.counted)
    expected, _ = scatter(k, n, CELLS, 20, log_factorials(2 * int(n.max(initial=1)) + 1))
    observed = np.bincount((k * CELLS / np.maximum(n, 1) + 0.5).astype(np.int64), minlength=CELLS + 1)
    low, high = _poisson(expected)
    return SpikeBand(observed, expected, low, high)


def _poisson(mean: Numbers) -> tuple[Numbers, Numbers]:
    """Return the ends that a Poisson count with this mean keeps within `BAND` of all times."""
    from scipy.special import pdtrik

    tail = (1 - BAND) / 2
    wide = NormalDist().inv_cdf(1 - tail) * np.sqrt(mean)
    high = np.ceil(pdtrik(1 - tail, np.maximum(mean, 1e-9)))
    return np.maximum(0.0, np.floor(mean - wide)), np.asarray(np.maximum(high, 1.0), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Tile:
    """One area: its place among the larger areas, and its figures."""

    region: str
    area: str
    stations: int
    turnout: float
    share: float
    excess: float
    """Stations next to whole percentages less those expected, in standard deviations; 0 where it was not counted."""


def tiles(stations: Stations) -> tuple[Tile, ...]:
    """Return a tile for each of the smallest areas, by region; none where the file names no areas."""
    if not stations.levels or not stations.has_turnout:
        return ()
    large, small = stations.levels[0], stations.levels[-1]
    n = len(small.labels)
    region = np.zeros(n, dtype=np.int64)
    region[small.codes] = large.codes
    sums = [np.bincount(small.codes, part, n) for part in (stations.registered, stations.voters)]
    counted, leading = (np.bincount(small.codes, part, n) for part in (stations.counted, stations.leading))
    peaks = count_peaks(stations)
    codes = small.codes[peaks.stations]
    gap = np.bincount(codes, peaks.near - peaks.chance, n)
    sd = np.sqrt(np.bincount(codes, peaks.chance * (1 - peaks.chance), n))
    size = np.bincount(small.codes, minlength=n)
    return tuple(
        Tile(
            large.labels[int(region[i])],
            small.labels[i],
            int(size[i]),
            float(sums[1][i] / max(sums[0][i], 1)),
            float(leading[i] / max(counted[i], 1)),
            float(gap[i] / sd[i]) if sd[i] else 0.0,
        )
        for i in range(n)
    )
