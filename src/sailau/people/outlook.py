"""Paths of rates into the future: trends that shrink, and their spread over draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.normals import normals
from sailau.kernels.philox import Key
from sailau.kernels.scattered import MOST_PLACES, scattered_normals
from sailau.people.cube import Floats, InvalidPopulation


def damped(last: float, slope: float, damping: float, years: int) -> Floats:
    """Return a rate for each year to come: its trend goes on, shrinking to `damping` of itself every year.

    last + slope · (φ + φ² + … + φᵏ) in year k; φ = 0 is no trend, φ = 1 the whole trend.

    References
    ----------
    .. [1] E. S. Gardner and E. McKenzie, Forecasting Trends in Time Series, Management Science 31, 1985.

    Examples
    --------
    >>> damped(2.0, 0.1, 0.5, 3).round(4).tolist()
    [2.05, 2.075, 2.0875]
    """
    if not 0 <= damping <= 1:
        raise InvalidPopulation(f"damping is {damping}; it lies between 0 and 1")
    return np.asarray(last + slope * np.cumsum(damping ** np.arange(1, years + 1)))


def chances(seed: int, draws: int, width: int) -> Floats:
    """Return standard normal numbers z[draw, place]; a draw has the same ones whoever asks for how many.

    Parameters
    ----------
    seed : int
        From 0 on.
    draws, width : int
    """
    if seed < 0:
        raise InvalidPopulation(f"the seed is {seed}; a number from 0 on")
    key: Key = (seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF)
    return np.asarray(normals(key, 0, draws, width, stream=5))


def even_chances(seed: int, draws: int, width: int) -> Floats:
    """Return standard normal numbers z[draw, place], spread evenly: means over draws lie nearer to what they estimate.

    The first `MOST_PLACES` places are scrambled points of Sobol's sequence, best for a power of 2; the rest are plain.

    Parameters
    ----------
    seed : int
        From 0 on.
    draws, width : int
    """
    plain = chances(seed, draws, width)
    if draws < 2:
        return plain
    key: Key = (seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF)
    places, points = min(width, MOST_PLACES), 1 << (draws - 1).bit_length()
    plain[:, :places] = scattered_normals(key, 0, 0, draws, places, points)
    return plain


def random_walk(z: Floats, spread: float) -> Floats:
    """Return factors [draw, year] whose logarithms wander by `spread` a year."""
    return np.asarray(np.exp(spread * np.cumsum(z, axis=1)))


def triangle(z: Floats, low: Floats, mid: Floats, high: Floats) -> Floats:
    """Return draws from triangles, one for each normal number.

    Examples
    --------
    >>> triangle(np.array([-9.0, 0.0, 9.0]), *(np.array(x) for x in (1.0, 2.0, 3.0))).round(3).tolist()
    [1.0, 2.0, 3.0]
    """
    from scipy.special import ndtr

    u = ndtr(z)
    width = np.where(high > low, high - low, 1.0)
    turn = (mid - low) / width
    left = low + np.sqrt(u * width * (mid - low))
    right = high - np.sqrt((1 - u) * width * (high - mid))
    return np.asarray(np.where(high > low, np.where(u < turn, left, right), mid))


def widened(spread: Floats, seen: NDArray[np.int64]) -> Floats:
    """Return spreads made wider where few changes were seen, as Student's t asks for an interval of 80 %.

    With n changes the factor is the 0.9 quantile of t with n + 2 degrees of freedom over that of the normal: the mean
    of all groups counts as two more. The shape stays normal: in t itself, powers of people have no mean.

    Examples
    --------
    >>> widened(np.array([1.0, 1.0]), np.array([0, 4])).round(3).tolist()
    [1.471, 1.123]
    """
    from scipy.special import ndtri, stdtrit

    return np.asarray(spread * stdtrit(seen + 2.0, 0.9) / ndtri(0.9))


def turns(growths: list[float]) -> float:
    """Return the root mean square of the changes from one growth to the next."""
    changes = np.diff(growths)
    return float(np.sqrt((changes**2).mean())) if changes.size else float("nan")


def pooled(own: Floats, seen: NDArray[np.int64]) -> Floats:
    """Return spreads of groups drawn towards their geometric mean: with n changes seen, n parts of n + 1 are its own.

    Examples
    --------
    >>> pooled(np.array([1.0, 4.0]), np.array([1, 1])).round(4).tolist()
    [1.4142, 2.8284]
    """
    known = (seen > 0) & np.isfinite(own) & (own > 0)
    if not known.any():
        raise InvalidPopulation("no group has changed its growth before; spreads cannot be learned")
    mean = np.log(own[known]).mean()
    weight = np.where(known, seen / (seen + 1), 0.0)
    logs = np.log(np.where(known, own, 1.0))
    return np.asarray(np.exp(weight * logs + (1 - weight) * mean))
