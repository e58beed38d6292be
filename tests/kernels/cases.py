"""Vote vectors for comparisons: plain, tiny, equal, tied on purpose, close to the bound."""

import os

import numpy as np
from numpy.typing import NDArray

CASES = int(os.environ.get("SAILAU_CASES", "2500"))
"""Cases for each formula; 1000000 for the full comparison."""
FEW, MANY = 20, 130
"""Runs in a batch: less than a block of the kernels, and more than one."""


def batches(seed: int, most: int):  # type: ignore[no-untyped-def]
    """Yield votes[run, contender], seats and the number of the first run, `CASES` in all, no count above `most`."""
    rng = np.random.default_rng(seed)
    number = first = 0
    while first < CASES:
        rows, crowd = (MANY, 40) if number % 9 == 8 else (FEW, 12)
        n, seats = int(rng.integers(1, crowd)), int(rng.choice([0, 1, 2, 3, 5, 8, 21, 69, 98, 630]))
        yield _votes(rng, number, (rows, n), seats, most // max(1, 4 * (seats + 4))), seats, first
        number, first = number + 1, first + rows


def _votes(rng: np.random.Generator, kind: int, shape: tuple[int, int], seats: int, most: int) -> NDArray[np.int64]:
    match kind % 7:
        case 0:
            return rng.integers(0, 6, shape)
        case 1:
            return rng.integers(0, 40, shape) * int(rng.choice([1, 3, 105, 2520, 27720]))
        case 2:  # multiples of divisors: quotients meet
            return rng.integers(1, 9, shape) * rng.choice([1, 2, 3, 5, 7, 10, 14, 15], shape) * 60
        case 3:  # one vote from a tie
            return np.maximum(rng.integers(1, 30, shape) * 5040 + rng.integers(-1, 2, shape), 0)
        case 4:
            return (8e6 * rng.dirichlet(np.ones(shape[1]), shape[0])).astype(np.int64)
        case 5:  # within a few parts in 2^24 of a tie for the last seat
            level = rng.integers(1, 2 + 2 * seats // shape[1], shape) * int(rng.integers(2**20, 2**26))
            return level + np.rint(level * rng.uniform(-3, 3, shape) / 2**24).astype(np.int64)
        case _:
            return rng.integers(most // 2, most + 1, shape) if most > 1 else rng.integers(0, 2, shape)
