"""Scattered points: Sobol's sequence, scrambled by words of the counter, as normal numbers.

The points of a run follow from its number alone. Each randomisation multiplies the digits of every coordinate by a
random lower triangular matrix and adds a random number to them (Matoušek, On the L2-discrepancy for anchored boxes,
J. Complexity 14, 1998): every point by itself is uniform, all of them together stay evenly spread.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import COMPILED, compiled
from sailau.kernels.normals import Floats, quantile, quantiles
from sailau.kernels.philox import Key, words

MOST_PLACES = 64
"""Coordinates that are scattered; those behind them are plain random numbers."""

SCRAMBLE = 8
"""The stream of the scrambles."""

_BITS = 32
_SCALE = 2.0**-_BITS


@lru_cache(maxsize=16)
def directions(places: int, digits: int) -> NDArray[np.uint64]:
    """Return Sobol's direction numbers v[place, digit] with 32 bits (Joe and Kuo, SIAM J. Sci. Comput. 30, 2008)."""
    from scipy.stats import qmc

    made = np.zeros((places, digits), np.uint64)
    before = np.zeros(places, np.uint64)
    for digit in range(digits):
        # Point 2^k of the sequence in the order of the Gray code is the sum of two directions, v[k] and v[k - 1].
        sequence = qmc.Sobol(places, scramble=False, bits=_BITS)
        sequence.fast_forward(2**digit)
        point = np.rint(sequence.random(1)[0] * 2.0**_BITS).astype(np.uint64)
        before = point ^ before if digit else point
        made[:, digit] = before
    return made


@lru_cache(maxsize=64)
def scrambled(key: Key, turn: int, places: int, digits: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the directions of one randomisation, and the number that is added to every coordinate."""
    drawn = words(key, turn, 1, places * (_BITS + 1), SCRAMBLE)[0].reshape(places, _BITS + 1)
    plain, made = directions(places, digits), np.zeros((places, digits), np.uint64)
    one = np.uint64(1)
    for row in range(_BITS):  # row 0 makes the highest digit, from the highest digit alone
        place = np.uint64(_BITS - 1 - row)
        above = np.uint64(((1 << row) - 1) << (_BITS - row)) if row else np.uint64(0)
        mask = (drawn[:, row] & above) | (one << place)
        digit = np.bitwise_count(plain & mask[:, None]).astype(np.uint64) & one
        made |= digit << place
    return made, drawn[:, _BITS]


def scattered_normals(key: Key, turn: int, start: int, runs: int, places: int, points: int) -> Floats:
    """Return normal numbers z[run, place] of the points from `start` on in one randomisation of so many points."""
    vectors, shift = scrambled(key, turn, places, max(points.bit_length() - 1, 1))
    out = np.empty((runs, places))
    if COMPILED:
        _fill(out, vectors, shift, start)
        return out
    number = np.arange(start, start + runs, dtype=np.uint64)
    for place in range(places):
        x = np.full(runs, shift[place])
        for digit in range(vectors.shape[1]):
            x ^= np.where((number >> np.uint64(digit)) & np.uint64(1), vectors[place, digit], np.uint64(0))
        out[:, place] = (x + 0.5) * _SCALE
    return quantiles(out)


@compiled
def _fill(out: Floats, vectors: NDArray[np.uint64], shift: NDArray[np.uint64], start: Any) -> None:
    runs, places = out.shape
    for run in range(runs):
        number = start + run
        for place in range(places):
            x, left, digit = shift[place], number, 0
            while left:
                if left & 1:
                    x ^= vectors[place, digit]
                left >>= 1
                digit += 1
            out[run, place] = quantile((x + 0.5) * _SCALE)
