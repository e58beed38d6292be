"""The null model "areas differ": the same election, its stations scattering alike above and below their area.

Areas may differ in any way: region, town and village, language. Within an area, the station's turnout and the leader's
share (as log odds) differ from the medians of the area by a pair of residuals. An honest counterpart is drawn by giving
each station the pair of a station of the same area whose turnout lies below the median, as it is or with both signs
turned. What reaches up further than down is gone from it; what the areas differ by is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sailau.forensics.stations import Counts, Level, Mask, Numbers, Stations


@dataclass(frozen=True, slots=True)
class Votes:
    """What shapes are measured on: registered, voters, counted ballots and the leader's votes by station."""

    registered: Counts
    voters: Counts
    counted: Counts
    leading: Counts

    @property
    def turnout(self) -> Numbers:
        """Voters of the registered."""
        return np.asarray(self.voters / self.registered, dtype=np.float64)

    @property
    def share(self) -> Numbers:
        """The leader's votes of the counted ballots."""
        return np.asarray(self.leading / self.counted, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Scatter:
    """Stations with their areas and their residuals, ordered by area.

    Attributes
    ----------
    votes : Votes
    area : array of int
    turnout, share : array of float
        Log odds less the median of the area.
    centre_turnout, centre_share : array of float
        The medians, one for each area.
    """

    votes: Votes
    area: Counts
    turnout: Numbers
    share: Numbers
    centre_turnout: Numbers
    centre_share: Numbers


def able(stations: Stations, least: int = 1) -> Mask:
    """Return the stations with at least `least` registered voters and figures that can be divided."""
    counted = stations.counted
    inside = (stations.voters <= stations.registered) & (stations.leading <= counted)
    return np.asarray((stations.registered >= least) & (stations.voters > 0) & (counted > 0) & inside, dtype=np.bool_)


def votes_of(stations: Stations, rows: Mask) -> Votes:
    """Return what shapes are measured on."""
    return Votes(stations.registered[rows], stations.voters[rows], stations.counted[rows], stations.leading[rows])


def log_odds(part: Counts, whole: Counts) -> Numbers:
    """Return log((k + 1/2) / (n - k + 1/2))."""
    return np.asarray(np.log((part + 0.5) / (whole - part + 0.5)), dtype=np.float64)


def medians(values: Numbers, area: Counts, n_areas: int) -> Numbers:
    """Return the median of each area; 0 for an area without values."""
    order = np.lexsort((values, area))
    ordered = values[order]
    size = np.bincount(area, minlength=n_areas)
    start = np.concatenate([[0], np.cumsum(size)[:-1]])
    low, high = start + np.maximum(size - 1, 0) // 2, start + size // 2
    last = max(values.size - 1, 0)
    middle = (ordered[np.minimum(low, last)] + ordered[np.minimum(high, last)]) / 2
    return np.asarray(np.where(size > 0, middle, 0.0), dtype=np.float64)


def scatter_of(stations: Stations, level: Level | None) -> Scatter:
    """Return residuals within the areas of a level; within the whole country without one."""
    rows = able(stations)
    codes = level.codes[rows] if level is not None else np.zeros(int(rows.sum()), dtype=np.int64)
    return _scatter(votes_of(stations, rows), codes)


def recentred(scatter: Scatter, rows: Mask) -> Scatter:
    """Return residuals of some of the stations, from the medians of those alone."""
    votes = scatter.votes
    parts = (votes.registered[rows], votes.voters[rows], votes.counted[rows], votes.leading[rows])
    return _scatter(Votes(*parts), scatter.area[rows])


def _scatter(votes: Votes, codes: Counts) -> Scatter:
    _, area = np.unique(codes, return_inverse=True)
    area = area.astype(np.int64)
    n_areas = int(area.max(initial=-1)) + 1
    turnout, share = log_odds(votes.voters, votes.registered), log_odds(votes.leading, votes.counted)
    t, s = medians(turnout, area, n_areas), medians(share, area, n_areas)
    return Scatter(votes, area, turnout - t[area], share - s[area], t, s)


def mirrored(scatter: Scatter, rng: np.random.Generator) -> Votes:
    """Draw the honest counterpart of an election."""
    size = np.bincount(scatter.area)
    order = np.lexsort((scatter.turnout, scatter.area))
    start = np.concatenate([[0], np.cumsum(size)[:-1]])
    lower = (size + 1) // 2
    pick = order[start[scatter.area] + (rng.random(scatter.area.size) * lower[scatter.area]).astype(np.int64)]
    sign = np.where(rng.random(pick.size) < 0.5, 1.0, -1.0)
    turnout = scatter.centre_turnout[scatter.area] + sign * scatter.turnout[pick]
    share = scatter.centre_share[scatter.area] + sign * scatter.share[pick]
    votes = scatter.votes
    voters = np.maximum(1, _round(votes.registered / (1 + np.exp(-turnout)), rng))
    counted = np.maximum(1, _round(voters * np.minimum(1.0, votes.counted / votes.voters), rng))
    leading = np.minimum(counted, _round(counted / (1 + np.exp(-share)), rng))
    return Votes(votes.registered, np.minimum(voters, votes.registered), counted, leading)


def _round(values: Numbers, rng: np.random.Generator) -> Counts:
    return np.floor(values + rng.random(values.size)).astype(np.int64)
