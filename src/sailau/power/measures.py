"""Measures of party systems and of disproportionality. A contest in gives a number, draws in give draws.

Shares are in [0, 1]; indices that the literature gives in points are in [0, 1] too: 100 × 0.0219 is Gallagher's 2.19.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from sailau.power.shares import InvalidShares, out, pair, shares


def gallagher(votes: ArrayLike, seats: ArrayLike, *, axis: int = -1) -> Any:
    """Return the least-squares index √(½ Σ (v - s)²) (Gallagher, Electoral Studies 10, 1991).

    Examples
    --------
    >>> round(gallagher([50, 30, 20], [6, 3, 1]), 4)
    0.1
    """
    v, s = pair(votes, seats, axis)
    return out(np.sqrt(((v - s) ** 2).sum(axis=axis) / 2))


def loosemore_hanby(votes: ArrayLike, seats: ArrayLike, *, axis: int = -1) -> Any:
    """Return ½ Σ |v - s| (Loosemore and Hanby, BJPS 1, 1971)."""
    v, s = pair(votes, seats, axis)
    return out(np.abs(v - s).sum(axis=axis) / 2)


def rae(votes: ArrayLike, seats: ArrayLike, *, axis: int = -1) -> Any:
    """Return the mean of |v - s| (Rae, The Political Consequences of Electoral Laws, 1967)."""
    v, s = pair(votes, seats, axis)
    return out(np.abs(v - s).mean(axis=axis))


def sainte_lague_index(votes: ArrayLike, seats: ArrayLike, *, axis: int = -1) -> Any:
    """Return Σ (s - v)² / v; infinite where somebody without votes has seats."""
    v, s = pair(votes, seats, axis)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(v > 0, (s - v) ** 2 / v, np.where(s > 0, np.inf, 0.0))
    return out(parts.sum(axis=axis))


def gini(votes: ArrayLike, seats: ArrayLike, *, axis: int = -1) -> Any:
    """Return the Gini coefficient of seats over votes: twice the area between the Lorenz curve and equality."""
    v, s = (np.moveaxis(part, axis, -1) for part in pair(votes, seats, axis))
    v, s = np.broadcast_arrays(v, s)
    with np.errstate(divide="ignore", invalid="ignore"):
        price = np.where(v > 0, s / v, np.inf)
    order = np.argsort(price, axis=-1, kind="stable")
    v, s = np.take_along_axis(v, order, -1), np.take_along_axis(s, order, -1)
    curve = s.cumsum(axis=-1)
    return out(1 - (v * (2 * curve - s)).sum(axis=-1))


def effective_number(
    values: ArrayLike, *, kind: Literal["laakso_taagepera", "golosov", "molinar"] = "laakso_taagepera", axis: int = -1
) -> Any:
    """Return the effective number of parties.

    ``laakso_taagepera``: 1/Σp² (1979); ``golosov``: Σ p/(p + p₁² - p²) (2010); ``molinar``: 1 + N(Σp² - p₁²)/Σp² with
    N that of Laakso and Taagepera (1991). p₁ is the largest share.

    Examples
    --------
    >>> [round(effective_number([75, 25], kind=k), 4) for k in ("laakso_taagepera", "golosov", "molinar")]
    [1.6, 1.3333, 1.16]
    """
    p = shares(values, axis=axis)
    squares = (p**2).sum(axis=axis)
    largest = p.max(axis=axis)
    if kind == "laakso_taagepera":
        return out(1 / squares)
    if kind == "molinar":
        return out(1 + (squares - largest**2) / squares / squares)
    top = np.expand_dims(largest**2, axis)
    with np.errstate(invalid="ignore"):
        parts = np.where(p > 0, p / (p + top - p**2), 0.0)
    return out(parts.sum(axis=axis))


def pedersen(before: ArrayLike, after: ArrayLike, *, axis: int = -1) -> Any:
    """Return volatility ½ Σ |change of share| (Pedersen, EJPR 7, 1979); mergers must have been mapped."""
    return loosemore_hanby(before, after, axis=axis)


def powell_tucker(before: ArrayLike, after: ArrayLike, *, axis: int = -1) -> tuple[Any, Any]:
    """Return volatility by entry and exit (type A) and among parties that stood both times (type B).

    Powell and Tucker, BJPS 44, 2014: half of the shares of those new or gone, half of the changes of the others.
    """
    v, s = pair(before, after, axis)
    stable = (v > 0) & (s > 0)
    change = np.abs(v - s)
    entry = np.where(stable, 0.0, change).sum(axis=axis) / 2
    return out(entry), out(np.where(stable, change, 0.0).sum(axis=axis) / 2)


def nationalisation(
    votes: ArrayLike, *, weights: ArrayLike | None = None, kind: Literal["pns", "spns", "weighted", "ipn"] = "pns"
) -> Any:
    """Return how evenly a party's support is spread over units.

    Parameters
    ----------
    votes : array-like
        The party's share in each unit, units on the last axis.
    weights : array-like, optional
        Size of the units (voters); needed for ``spns``.
    kind : str
        ``pns``: 1 - Gini over units (Jones and Mainwaring 2003); ``weighted``: the same with units by their size;
        ``spns``: that standardised for the number of units (Bochsler 2010): PNSw^(1/log₁₀ E) with E the effective
        number of units; ``ipn``: 1 - (n - N)/(n - 1) with N the effective number of units of the party's support
        (Golosov 2014).
    """
    array = np.asarray(votes, dtype=np.float64)
    if array.shape[-1] < 2:
        raise InvalidShares("nationalisation needs at least two units")
    shares(array)
    n = array.shape[-1]
    if kind == "ipn":
        return out(1 - (n - effective_number(array)) / (n - 1))
    w = np.ones(n) if weights is None else np.asarray(weights, dtype=np.float64)
    if kind in ("spns", "weighted") and weights is None:
        raise InvalidShares("weighted scores need the sizes of the units: weights=")
    spread = gini(np.broadcast_to(w, array.shape), array * w)
    if kind != "spns":
        return out(1 - spread)
    effective = w.sum() ** 2 / (w**2).sum()
    return out((1 - spread) ** (1 / np.log10(effective)))


def malapportionment(seats: ArrayLike, people: ArrayLike, *, axis: int = -1) -> Any:
    """Return ½ Σ |share of seats - share of people| over districts (Samuels and Snyder, BJPS 31, 2001)."""
    return loosemore_hanby(people, seats, axis=axis)


def efficiency_gap(votes_a: ArrayLike, votes_b: ArrayLike) -> Any:
    """Return (wasted votes of A - those of B) / all votes over two-party districts; positive hurts A.

    Stephanopoulos and McGhee, University of Chicago Law Review 82, 2015. Wasted are all votes of the loser and those
    of the winner beyond half. Districts stand on the last axis.
    """
    a, b = np.asarray(votes_a, dtype=np.float64), np.asarray(votes_b, dtype=np.float64)
    half = (a + b) / 2
    wasted_a, wasted_b = np.where(a > b, a - half, a), np.where(b > a, b - half, b)
    return out((wasted_a - wasted_b).sum(axis=-1) / (a + b).sum(axis=-1))


def seats_votes(share: ArrayLike, swings: ArrayLike) -> Any:
    """Return the share of districts that a party wins when its share moves everywhere by each swing (uniform)."""
    districts = np.asarray(share, dtype=np.float64)
    moved = districts[..., None, :] + np.asarray(swings, dtype=np.float64)[..., :, None]
    return ((moved > 0.5) + 0.5 * (moved == 0.5)).mean(axis=-1)


def partisan_bias(share: ArrayLike) -> Any:
    """Return the share of seats at half of the votes under uniform swing, minus a half; positive favours the party."""
    districts = np.asarray(share, dtype=np.float64)
    even = districts + (0.5 - districts.mean(axis=-1, keepdims=True))
    return out(((even > 0.5) + 0.5 * (even == 0.5)).mean(axis=-1) - 0.5)


def responsiveness(share: ArrayLike, *, width: float = 0.05) -> Any:
    """Return the change of seats for a change of votes, over ± `width` round half of the votes."""
    districts = np.asarray(share, dtype=np.float64)
    even = districts + (0.5 - districts.mean(axis=-1, keepdims=True))
    ends = seats_votes(even, [-width, width])
    return out((ends[..., 1] - ends[..., 0]) / (2 * width))


def manufactured_majority(votes: ArrayLike, seats: ArrayLike, *, axis: int = -1) -> Any:
    """Say whether somebody has more than half of the seats with at most half of the votes (Rae 1967)."""
    v, s = pair(votes, seats, axis)
    made = ((s > 0.5) & (v <= 0.5)).any(axis=axis)
    return bool(made) if np.ndim(made) == 0 else made
