"""How often a station's percentage falls next to a whole one, and how its percentages scatter, by exact sums."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import compiled

_FAR = 9.0
_NEGLIGIBLE = 1e-12


def log_factorials(largest: int) -> NDArray[np.float64]:
    """Return log n! for n = 0 … `largest`."""
    return np.concatenate([np.zeros(1), np.cumsum(np.log(np.arange(1, largest + 1, dtype=np.float64)))])


@compiled
def whole_by_binomial(
    k: NDArray[np.int64], n: NDArray[np.int64], step: int, parts: int, table: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return for each station the chance that Bin(n, k/n) falls next to a multiple of `step` percent.

    A count j is next to m percent where abs(100 j / n - m) <= 1 / `parts`, told in whole numbers. `table` holds the
    logarithms of factorials up to the largest n.
    """
    out = np.ones(k.size)
    for i in range(k.size):
        n_i, k_i = n[i], k[i]
        if k_i <= 0 or k_i >= n_i:
            continue
        p = k_i / n_i
        log_p, log_q = math.log(p), math.log1p(-p)
        reach = _FAR * math.sqrt(n_i * p * (1.0 - p)) + 5.0
        low, high = max(0, int(k_i - reach)), min(n_i, int(k_i + reach))
        total = 0.0
        for m in range(100 * low // n_i // step * step, 100 * high // n_i + step + 1, step):
            first = max(low, -((n_i - parts * m * n_i) // (100 * parts)))
            last = min(high, (parts * m * n_i + n_i) // (100 * parts))
            for j in range(first, last + 1):
                total += math.exp(table[n_i] - table[j] - table[n_i - j] + j * log_p + (n_i - j) * log_q)
        out[i] = total
    return out


@compiled
def scatter(
    k: NDArray[np.int64], n: NDArray[np.int64], cells: int, parts: int, table: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where the percentages of all stations would fall again, and the chance to be next to a whole one.

    Each station's count is drawn again from the beta-binomial BB(n, k + 1, n - k + 1): its proportion is known only up
    to its own chance error. The first array adds up the stations' chances in `cells` + 1 cells of the proportions
    0 … 1; the second is as in `whole_by_binomial`. `table` reaches to twice the largest n and one more.
    """
    where = np.zeros(cells + 1)
    near = np.zeros(k.size)
    for i in range(k.size):
        n_i, k_i = n[i], k[i]
        start = _log_chance(k_i, n_i, k_i, table)
        for way in (1, -1):
            j, chance = k_i, math.exp(start)
            stop = chance * _NEGLIGIBLE
            while True:
                if way == 1 or j != k_i:
                    where[int(j * cells / n_i + 0.5)] += chance
                    m = (200 * j + n_i) // (2 * n_i)
                    if parts * abs(100 * j - m * n_i) <= n_i:
                        near[i] += chance
                if way == 1:
                    if j >= n_i:
                        break
                    chance *= (n_i - j) * (j + k_i + 1.0) / ((j + 1.0) * (2.0 * n_i - j - k_i))
                else:
                    if j <= 0:
                        break
                    chance *= j * (2.0 * n_i - j - k_i + 1.0) / ((n_i - j + 1.0) * (j + k_i))
                if chance < stop:
                    break
                j += way
    return where, near


@compiled
def _log_chance(j: int, n: int, k: int, table: NDArray[np.float64]) -> float:
    """Return log BB(j; n, k + 1, n - k + 1)."""
    choose = table[n] - table[j] - table[n - j]
    above = table[j + k] + table[2 * n - j - k] - table[2 * n + 1]
    below = table[k] + table[n - k] - table[n + 1]
    return float(choose + above - below)
