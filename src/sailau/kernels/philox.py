"""Random words by counter (Philox 4x32-10): the words of a run follow from its number, whoever asks and in which order.

The key names seed and model, the counter is (run, place in the run, stream). Salmon, Moraes, Dror and Shaw, Parallel
Random Numbers: As Easy as 1, 2, 3, SC 2011.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import COMPILED, compiled

Words = NDArray[np.uint64]
Key = tuple[int, int]
"""Two words of 32 bits."""

LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
_FIRST, _SECOND = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_STEP_0, _STEP_1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)


def _philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> tuple[Any, Any, Any, Any]:
    """Return four words of 32 bits for a counter of four and a key of two; numbers or arrays, all uint64."""
    for _ in range(10):
        left, right = _FIRST * c0, _SECOND * c2
        c0, c1, c2, c3 = (right >> HALF) ^ c1 ^ k0, right & LOW, (left >> HALF) ^ c3 ^ k1, left & LOW
        k0, k1 = (k0 + _STEP_0) & LOW, (k1 + _STEP_1) & LOW
    return c0, c1, c2, c3


philox = compiled(_philox)


def words(key: Key, first: int, runs: int, width: int, stream: int) -> Words:
    """Return words[run, place] for the runs `first` … of a stream; each row needs only its own number."""
    blocks = -(-width // 4)
    k0, k1, c3 = np.uint64(key[0]), np.uint64(key[1]), np.uint64(stream)
    if COMPILED:
        out = np.empty((runs, 4 * blocks), np.uint64)
        _fill(out, np.uint64(first), c3, k0, k1)
        return out[:, :width]
    number = np.arange(first, first + runs, dtype=np.uint64)[:, None]
    place = np.arange(blocks, dtype=np.uint64)[None, :]
    zero = np.zeros((runs, blocks), np.uint64)
    four = _philox(zero | (number & LOW), zero | (number >> HALF), zero | place, zero | c3, k0, k1)
    return np.stack(four, axis=2).reshape(runs, 4 * blocks)[:, :width]


@compiled
def _fill(out: Words, first: Any, c3: Any, k0: Any, k1: Any) -> None:
    runs, width = out.shape
    for run in range(runs):
        number = first + np.uint64(run)
        low, high = number & LOW, number >> HALF
        for block in range(width // 4):
            a, b, c, d = philox(low, high, np.uint64(block), c3, k0, k1)
            out[run, 4 * block] = a
            out[run, 4 * block + 1] = b
            out[run, 4 * block + 2] = c
            out[run, 4 * block + 3] = d
