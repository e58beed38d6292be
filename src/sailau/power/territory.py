"""Measures of a whole party system over districts: nationalisation, and how districts treat two parties."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from sailau.power.measures import nationalisation
from sailau.power.shares import InvalidShares, out

Kind = Literal["pns", "spns", "ipn"]


def system_nationalisation(votes: ArrayLike, *, kind: Kind = "pns") -> Any:
    """Return how evenly the support of all parties is spread over units, each party by its share of all votes.

    Parameters
    ----------
    votes : array-like, [unit, party]
        Counts; draws stand before the units.
    kind : str
        As in `nationalisation`. The standardised score is raised to 1/log₁₀ E after the parties are added up, as
        Bochsler (2010) does; E is the effective number of units by their votes.

    Raises
    ------
    InvalidShares
        Fewer than two units, a negative number, or a unit without votes.
    """
    array = np.asarray(votes, dtype=np.float64)
    if array.ndim < 2 or array.shape[-2] < 2:
        raise InvalidShares("nationalisation needs at least two units, each with the votes of all parties")
    if array.ndim > 2:
        return np.array([system_nationalisation(draw, kind=kind) for draw in array])
    sizes = array.sum(axis=1)
    if (array < 0).any() or (sizes == 0).any():
        raise InvalidShares("a unit has no votes, or a negative number of them")
    parts = array[:, array.sum(axis=0) > 0]
    national = parts.sum(axis=0) / parts.sum()
    local = (parts / sizes[:, None]).T
    if kind != "spns":
        return float(national @ nationalisation(local, kind=kind))
    weighted = nationalisation(local, weights=sizes, kind="weighted")
    return float((national @ weighted) ** (1 / np.log10(sizes.sum() ** 2 / (sizes**2).sum())))


def mean_median(share: ArrayLike) -> Any:
    """Return the mean of a party's share over districts minus the median; positive hurts the party.

    Districts stand on the last axis; McDonald and Best, Election Law Journal 14, 2015.
    """
    districts = np.asarray(share, dtype=np.float64)
    return out(districts.mean(axis=-1) - np.median(districts, axis=-1))


def declination(share: ArrayLike) -> Any:
    """Return 2/π times the angle between what a party wins and what it loses; positive hurts the party.

    Parameters
    ----------
    share : array-like
        The party's share of the votes of two in each district, on the last axis.

    Returns
    -------
    float or array
        NaN where a party wins everywhere or nowhere.

    References
    ----------
    .. [1] G. S. Warrington, "Quantifying gerrymandering using the vote distribution", Election Law Journal 17, 2018.

    Examples
    --------
    >>> round(declination([0.9, 0.45, 0.45, 0.45]), 3)
    0.723
    >>> round(declination([0.6, 0.6, 0.4, 0.4]), 3)
    0.0
    """
    districts = np.asarray(share, dtype=np.float64)
    won = districts > 0.5
    n, n_won = districts.shape[-1], won.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        above = np.where(won, districts - 0.5, 0).sum(axis=-1) / n_won
        below = np.where(won, 0, 0.5 - districts).sum(axis=-1) / (n - n_won)
        angle = np.arctan(2 * above * n / n_won) - np.arctan(2 * below * n / (n - n_won))
    return out(2 * angle / np.pi)
