"""Gamma numbers, from which Dirichlet shares are made; every number has words of its own, however many it needs.

Marsaglia and Tsang, A Simple Method for Generating Gamma Variables, ACM Trans. Math. Softw. 26, 2000.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import compiled
from sailau.kernels.normals import DRAWS, quantile, unit
from sailau.kernels.philox import HALF, LOW, Key, philox

_TRIES = 256
_LAST = np.uint64(_TRIES - 1)


def gammas(key: Key, first: int, runs: int, shapes: NDArray[np.float64], stream: int = DRAWS) -> NDArray[np.float64]:
    """Return gamma numbers g[run, place] with these shapes and scale 1; 0 where the shape is 0."""
    out = np.zeros((runs, shapes.size))
    _gammas(out, shapes, np.uint64(first), np.uint64(stream), np.uint64(key[0]), np.uint64(key[1]))
    return out


@compiled
def _gammas(out: NDArray[np.float64], shapes: NDArray[np.float64], first: Any, stream: Any, k0: Any, k1: Any) -> None:
    runs, width = out.shape
    for run in range(runs):
        number = first + np.uint64(run)
        for place in range(width):
            if shapes[place] > 0.0:
                out[run, place] = _gamma(shapes[place], number, np.uint64(place * _TRIES), stream, k0, k1)


@compiled
def _gamma(shape: float, number: Any, place: Any, stream: Any, k0: Any, k1: Any) -> float:
    low, high = number & LOW, number >> HALF
    d = (shape if shape >= 1.0 else shape + 1.0) - 1.0 / 3.0
    scale = 1.0 / math.sqrt(9.0 * d)
    value = d
    for attempt in range(_TRIES - 1):
        a, b, c, e = philox(low, high, place + np.uint64(attempt), stream, k0, k1)
        x = quantile(unit(a, b))
        cube = (1.0 + scale * x) ** 3
        if cube > 0.0 and math.log(unit(c, e)) < 0.5 * x * x + d - d * cube + d * math.log(cube):
            value = d * cube
            break
    if shape < 1.0:
        a, b, c, e = philox(low, high, place + _LAST, stream, k0, k1)
        value *= unit(a, b) ** (1.0 / shape)
    return float(value)
