"""Indices of diversity over any partition of people: groups, languages, regions. Draws in, draws out.

Two questions that are easily confused: fractionalisation asks whether two people met by chance are of different groups,
polarisation how near a society is to two equal camps. The first can fall by a third while the second hardly moves.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from sailau.people.cube import Floats, InvalidPopulation

Rest = Literal["group", "atomised", "dropped"]
"""The people of no named group: one group of their own, so many groups that no two people share one, or left out."""


def group_shares(people: ArrayLike, *, axis: int = -1, rest: Rest = "group", rest_at: int = -1) -> Floats:
    """Return shares of groups, the rest treated as said.

    Parameters
    ----------
    people : array-like
        Counts or shares, from 0 on.
    axis : int
        The axis of the groups.
    rest : str
        ``group``; ``atomised``: the rest counts in the whole but shares no group, so its share is dropped from the sum
        of squares; ``dropped``: the others add up to 1 without it.
    rest_at : int
        Which group is the rest.

    Raises
    ------
    InvalidPopulation
        A number below 0 or not finite, or nobody.
    """
    array = np.moveaxis(np.asarray(people, dtype=np.float64), axis, -1)
    if array.shape[-1] == 0 or not np.isfinite(array).all() or (array < 0).any():
        raise InvalidPopulation("an index needs people by group, each a number from 0 on")
    total = array.sum(axis=-1, keepdims=True)
    if rest != "group":
        named = np.delete(array, rest_at, axis=-1)
        total = named.sum(axis=-1, keepdims=True) if rest == "dropped" else total
        array = named
    if (total == 0).any():
        raise InvalidPopulation("there is nobody, so there are no shares")
    return np.asarray(array / total)


def _out(value: Floats) -> Any:
    return float(value) if np.ndim(value) == 0 else value


def fractionalisation(people: ArrayLike, *, axis: int = -1, rest: Rest = "group", rest_at: int = -1) -> Any:
    """Return 1 - Σ p²: the chance that two people are of different groups.

    References
    ----------
    .. [1] C. L. Taylor and M. C. Hudson, World Handbook of Political and Social Indicators, 1972.
    .. [2] A. Alesina et al., Fractionalization, Journal of Economic Growth 8, 2003.

    Examples
    --------
    >>> fractionalisation([50, 50]), round(fractionalisation([40, 40, 20], rest="atomised"), 2)
    (0.5, 0.68)
    """
    p = group_shares(people, axis=axis, rest=rest, rest_at=rest_at)
    return _out(1 - (p**2).sum(axis=-1))


def polarisation(people: ArrayLike, *, axis: int = -1, rest: Rest = "group", rest_at: int = -1) -> Any:
    """Return RQ = 4 Σ p²(1 - p): 1 with two equal groups, 0 with one group or none that matters.

    References
    ----------
    .. [1] J. G. Montalvo and M. Reynal-Querol, American Economic Review 95, 2005.

    Examples
    --------
    >>> polarisation([50, 50]), round(polarisation([1, 1, 1]), 4)
    (1.0, 0.8889)
    """
    p = group_shares(people, axis=axis, rest=rest, rest_at=rest_at)
    return _out(4 * (p**2 * (1 - p)).sum(axis=-1))


def esteban_ray(
    people: ArrayLike, distances: ArrayLike | None = None, *, alpha: float = 1.0, scale: float = 1.0, axis: int = -1
) -> Any:
    """Return K ΣΣ p_i^(1+α) p_j d_ij.

    Parameters
    ----------
    people : array-like
    distances : array-like, optional
        d[i, j] between groups, 0 on the diagonal; 1 between any two by default. Then α = 1 and K = 4 give RQ.
    alpha : float
        How much groups weigh by their size, in (0, 1.6].
    scale : float
        K.
    axis : int
        The axis of the groups.

    Raises
    ------
    InvalidPopulation
        An α outside its range, or distances that are none.

    References
    ----------
    .. [1] J. Esteban and D. Ray, On the Measurement of Polarization, Econometrica 62, 1994.

    Examples
    --------
    >>> esteban_ray([50, 50], scale=4)
    1.0
    """
    p = group_shares(people, axis=axis)
    n = p.shape[-1]
    d = 1 - np.eye(n) if distances is None else np.asarray(distances, dtype=np.float64)
    if not 0 < alpha <= 1.6:
        raise InvalidPopulation(f"alpha is {alpha}; it lies above 0 and up to 1.6")
    if d.shape != (n, n) or (d < 0).any() or np.diag(d).any() or not np.array_equal(d, d.T):
        raise InvalidPopulation(f"distances are a symmetric table of {n} by {n}, 0 on the diagonal, none below 0")
    return _out(scale * np.einsum("...i,...j,ij->...", p ** (1 + alpha), p, d))


def effective_groups(people: ArrayLike, *, axis: int = -1, rest: Rest = "group", rest_at: int = -1) -> Any:
    """Return 1 / Σ p²: how many equal groups would be as diverse (Laakso and Taagepera 1979).

    Examples
    --------
    >>> effective_groups([25, 25, 25, 25])
    4.0
    """
    p = group_shares(people, axis=axis, rest=rest, rest_at=rest_at)
    return _out(1 / (p**2).sum(axis=-1))


def cross_cuttingness(table: ArrayLike) -> Any:
    """Return 1 - Cramér's V of a table of two partitions: 1 where one says nothing of the other, 0 where it says all.

    Parameters
    ----------
    table : array-like
        people[…, one, other]; rows and columns without people are left out.

    References
    ----------
    .. [1] J. S. Selway, The Measurement of Cross-cutting Cleavages, Political Analysis 19, 2011.

    Examples
    --------
    >>> cross_cuttingness([[10, 10], [30, 30]]), cross_cuttingness([[10, 0], [0, 30]])
    (1.0, 0.0)
    """
    array = _table(table)
    total = array.sum(axis=(-2, -1), keepdims=True)
    rows, columns = array.sum(axis=-1, keepdims=True), array.sum(axis=-2, keepdims=True)
    expected = rows * columns / total
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(expected > 0, (array - expected) ** 2 / expected, 0.0)
    phi = parts.sum(axis=(-2, -1)) / total[..., 0, 0]
    least = np.minimum((rows > 0).sum(axis=(-2, -1)), (columns > 0).sum(axis=(-2, -1))) - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        v = np.where(least > 0, np.sqrt(phi / np.maximum(least, 1)), 0.0)
    return _out(1 - v)


def crossing_pairs(table: ArrayLike) -> Any:
    """Return the share of pairs that one partition unites and the other parts (Rae and Taylor 1970).

    Examples
    --------
    >>> crossing_pairs([[1, 1], [1, 1]])
    0.5
    """
    array = _table(table)
    p = array / array.sum(axis=(-2, -1), keepdims=True)
    both = (p**2).sum(axis=(-2, -1))
    return _out((p.sum(axis=-1) ** 2).sum(axis=-1) + (p.sum(axis=-2) ** 2).sum(axis=-1) - 2 * both)


def _table(table: ArrayLike) -> Floats:
    array = np.asarray(table, dtype=np.float64)
    if array.ndim < 2 or not np.isfinite(array).all() or (array < 0).any():
        raise InvalidPopulation("two partitions need a table of people, each cell a number from 0 on")
    if (array.sum(axis=(-2, -1)) == 0).any():
        raise InvalidPopulation("there is nobody in the table")
    return array
