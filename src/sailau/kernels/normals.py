"""Standard normal numbers, one for each pair of words, by the inverse of the distribution function.

Wichura, Algorithm AS 241: The Percentage Points of the Normal Distribution, Applied Statistics 37, 1988; relative
error about 1e-16. A fixed number of words for each number keeps every run's stream its own.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import COMPILED, compiled
from sailau.kernels.philox import HALF, LOW, Key, philox, words

Floats = NDArray[np.float64]

DRAWS = 0
"""The stream of the draws; lots have streams of their own."""

# Coefficients of the paper, from the constant up: numerator and denominator near the middle, in the tails, far out.
_A = (
    3.3871328727963666080e0,
    1.3314166789178437745e2,
    1.9715909503065514427e3,
    1.3731693765509461125e4,
    4.5921953931549871457e4,
    6.7265770927008700853e4,
    3.3430575583588128105e4,
    2.5090809287301226727e3,
)
_B = (
    1.0,
    4.2313330701600911252e1,
    6.8718700749205790830e2,
    5.3941960214247511077e3,
    2.1213794301586595867e4,
    3.9307895800092710610e4,
    2.8729085735721942674e4,
    5.2264952788528545610e3,
)
_C = (
    1.42343711074968357734e0,
    4.63033784615654529590e0,
    5.76949722146069140550e0,
    3.64784832476320460504e0,
    1.27045825245236838258e0,
    2.41780725177450611770e-1,
    2.27238449892691845833e-2,
    7.74545014278341407640e-4,
)
_D = (
    1.0,
    2.05319162663775882187e0,
    1.67638483018380384940e0,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9,
)
_E = (
    6.65790464350110377720e0,
    5.46378491116411436990e0,
    1.78482653991729133580e0,
    2.96560571828504891230e-1,
    2.65321895265761230930e-2,
    1.24266094738807843860e-3,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7,
)
_F = (
    1.0,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15,
)
_TAIL, _FAR = 0.425, 5.0
_SIDE = 64
_HIGH, _LOW = np.uint64(20), np.uint64(12)
_UNIT = 2.0**-52


@compiled
def _ratio(x: Any, top: Any, bottom: Any) -> Any:
    """Return the ratio of two polynomials of degree seven."""
    up = ((((((top[7] * x + top[6]) * x + top[5]) * x + top[4]) * x + top[3]) * x + top[2]) * x + top[1]) * x + top[0]
    down = bottom[7] * x + bottom[6]
    down = (((((down * x + bottom[5]) * x + bottom[4]) * x + bottom[3]) * x + bottom[2]) * x + bottom[1]) * x + bottom[
        0
    ]
    return up / down


@compiled
def quantile(p: float) -> float:
    """Return the number below which a standard normal one falls with the chance p, 0 < p < 1."""
    q = p - 0.5
    if abs(q) <= _TAIL:
        return float(q * _ratio(_TAIL * _TAIL - q * q, _A, _B))
    r = math.sqrt(-math.log(p if q < 0.0 else 1.0 - p))
    value = _ratio(r - 1.6, _C, _D) if r <= _FAR else _ratio(r - _FAR, _E, _F)
    return float(-value if q < 0.0 else value)


def quantiles(p: Floats) -> Floats:
    """Return `quantile` of every element, on whole arrays."""
    q = p - 0.5
    out: Floats = q * _ratio(_TAIL * _TAIL - q * q, _A, _B)
    outside = np.abs(q) > _TAIL
    side = np.where(q < 0.0, p, 1.0 - p)[outside]
    r = np.sqrt(-np.log(side))
    value = np.where(r <= _FAR, _ratio(r - 1.6, _C, _D), _ratio(r - _FAR, _E, _F))
    out[outside] = np.where(q[outside] < 0.0, -value, value)
    return out


@compiled
def unit(high: Any, low: Any) -> Any:
    """Return a number in (0, 1) from two words of 32 bits: 52 bits and a half, so that neither end is met."""
    return (((high << _HIGH) | (low >> _LOW)) + 0.5) * _UNIT


def normals(key: Key, first: int, runs: int, width: int, stream: int = DRAWS) -> Floats:
    """Return standard normal numbers z[run, place] for the runs from `first` on."""
    if COMPILED:
        out = np.empty((runs, width))
        _normals(out, np.uint64(first), np.uint64(stream), np.uint64(key[0]), np.uint64(key[1]))
        return out
    drawn = words(key, first, runs, 2 * width, stream)
    return quantiles(np.asarray(unit(drawn[:, 0::2], drawn[:, 1::2])))


@compiled
def _normals(out: Floats, first: Any, stream: Any, k0: Any, k1: Any) -> None:
    """Fill `out`: a few runs side by side without a branch, for vector instructions; the tails one by one."""
    runs, width = out.shape
    p = np.empty((2, _SIDE))
    q = np.empty((2, _SIDE))
    for start in range(0, runs, _SIDE):
        side = min(_SIDE, runs - start)
        for place in range(0, width, 2):
            for r in range(_SIDE):
                number = first + np.uint64(start + r)
                a, b, c, d = philox(number & LOW, number >> HALF, np.uint64(place // 2), stream, k0, k1)
                p[0, r] = unit(a, b)
                p[1, r] = unit(c, d)
            for half in range(min(2, width - place)):
                for r in range(_SIDE):
                    x = p[half, r] - 0.5
                    q[half, r] = x * _ratio(_TAIL * _TAIL - x * x, _A, _B)
                for r in range(side):
                    value = q[half, r]
                    if abs(p[half, r] - 0.5) > _TAIL:
                        value = quantile(p[half, r])
                    out[start + r, place + half] = value


@compiled
def mix(z: Floats, weights: Floats, triangular: bool, out: Floats) -> None:  # noqa: FBT001  # kernels take plain terms
    """Set out[run, i] to the sum of weights[i, j] · z[run, j], over j ≤ i where the matrix is triangular, in order."""
    for run in range(z.shape[0]):
        for i in range(weights.shape[0]):
            total = 0.0
            for j in range(i + 1 if triangular else weights.shape[1]):
                total += weights[i, j] * z[run, j]
            out[run, i] = total


def correlate(z: Floats, weights: Floats) -> Floats:
    """Return the correlated numbers of `mix`, whatever runs the kernels; both ways give the same bits."""
    triangular = not np.triu(weights, 1).any()
    out = np.zeros((z.shape[0], weights.shape[0]), order="F")
    if COMPILED:
        mix(z, weights, triangular, out)
        return out
    for i in range(weights.shape[0]):
        for j in range(i + 1 if triangular else weights.shape[1]):
            out[:, i] += weights[i, j] * z[:, j]
    return out
