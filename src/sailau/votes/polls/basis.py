"""Shares and log-ratios: orthonormal coordinates in which all contenders count alike (Egozcue and others, 2003)."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@cache
def basis(k: int) -> Array:
    """Return the matrix [contender, coordinate] with orthonormal columns that add up to zero (Helmert).

    Examples
    --------
    >>> basis(2).round(4).tolist()
    [[0.7071], [-0.7071]]
    """
    out = np.zeros((k, k - 1))
    for j in range(k - 1):
        out[: j + 1, j] = 1.0 / (j + 1)
        out[j + 1, j] = -1.0
        out[:, j] *= np.sqrt((j + 1) / (j + 2))
    out.setflags(write=False)
    return out


def to_shares(points: Array) -> Array:
    """Return the shares [..., contender] of coordinates [..., coordinate]."""
    logs = points @ basis(points.shape[-1] + 1).T
    logs = np.exp(logs - logs.max(axis=-1, keepdims=True))
    shares: Array = logs / logs.sum(axis=-1, keepdims=True)
    return shares


def to_points(shares: Array, least: float = 1e-6) -> Array:
    """Return the coordinates of shares; a share below `least` is taken for it."""
    points: Array = np.log(np.maximum(shares, least)) @ basis(shares.shape[-1])
    return points
