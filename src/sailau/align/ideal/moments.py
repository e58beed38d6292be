"""Mean and variance of a normal variable of which only the interval is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_MILLS, _HALF = 0.7978845608028654, 0.7071067811865476  # the roots of 2/pi and of 1/2


def truncated(mean: Floats, sd: Floats, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of normal variables known to lie between two thresholds.

    The scaled complementary error function keeps the far tails exact where ratios of densities would be 0/0.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.ones(2)
    >>> at = truncated(0 * one, one, np.array([0.0, 40.0]), np.inf * one)
    >>> np.round(at[0], 4).tolist()
    [0.7979, 40.025]
    """
    import numpy as np

    first, second = np.empty_like(mean), np.empty_like(mean)
    left, right = np.isinf(lower), np.isinf(upper)
    for side, sign, edge in ((right & ~left, 1.0, lower), (left & ~right, -1.0, upper)):
        first[side], second[side] = _tail(sign, (edge[side] - mean[side]) / sd[side])
    inner = ~left & ~right
    a, b = (lower[inner] - mean[inner]) / sd[inner], (upper[inner] - mean[inner]) / sd[inner]
    first[inner], second[inner] = _between(a, b)
    both = left & right
    first[both], second[both] = 0.0, 1.0
    return mean + sd * first, sd * sd * second


def _tail(sign: float, edge: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of a standard normal above `edge`, or below it if `sign` is negative."""
    import numpy as np
    from scipy.special import erfcx

    a = sign * edge
    mean = _MILLS / erfcx(a * _HALF)
    return sign * mean, np.maximum(1.0 + a * mean - mean * mean, 0.0)


def _between(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of a standard normal between `a` and `b`."""
    import numpy as np
    from scipy.special import erfcx

    mirrored = a + b < 0
    a, b = np.where(mirrored, -b, a), np.where(mirrored, -a, b)
    decay = np.exp(-(b - a) * (b + a) / 2)
    mass = erfcx(a * _HALF) - decay * erfcx(b * _HALF)
    thin = ~(mass > 1e-9)  # so narrow that the density is flat over it
    mass = np.where(thin, 1.0, mass)
    mean = np.where(thin, (a + b) / 2, _MILLS * (1.0 - decay) / mass)
    variance = np.where(thin, (b - a) ** 2 / 12, 1.0 + _MILLS * (a - b * decay) / mass - mean * mean)
    return np.where(mirrored, -mean, mean), np.clip(variance, 0.0, 1.0)
