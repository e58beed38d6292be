"""Coalitions counted in 64 bits: exact for up to 64 players, because no count of theirs needs more.

Numbers are kept modulo 2^64, where adding and subtracting lose nothing; a coalition count of at most 64 players is
below 2^64, so what is left in the end is the count itself.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.uint64]

MOST = 64
"""Players: C(63, 31) and 2^63 are below 2^64."""

_CELLS = 4_000_000


def fits(players: int, size: int, *, by_members: bool) -> bool:
    """Say whether the counts of so many players below a weight fit into 64 bits and into memory."""
    return players <= MOST and (players + 1 if by_members else 1) * size <= _CELLS


def decisive(weights: Collection[int], size: int) -> dict[int, int]:
    """Return by weight how many coalitions of the others lie in ``[size - weight, size)``.

    Parameters
    ----------
    weights : collection of int
        Of all players.
    size : int
        The majority, or the smaller blocking weight.
    """
    import numpy as np

    table = np.zeros(size, dtype=np.uint64)
    table[0] = 1
    for weight in weights:
        if weight < size:
            table[weight:] += table[: size - weight]
    below = np.concatenate(([np.uint64(0)], np.cumsum(table, dtype=np.uint64)))
    out = {}
    for weight in set(weights):
        steps = _steps(below[None], size, weight, size)[0] if weight else np.zeros(1, dtype=np.uint64)
        out[weight] = int(np.sum(steps, dtype=np.uint64))
    return out


def decisive_by_members(weights: Collection[int], size: int) -> dict[int, list[int]]:
    """Return the same counts apart by the number of members, from 0 to all others."""
    import numpy as np

    n = len(weights)
    table = np.zeros((n + 1, size), dtype=np.uint64)
    table[0, 0] = 1
    for k, weight in enumerate(weights):
        if weight < size:
            table[1 : k + 2, weight:] += table[: k + 1, : size - weight]
    below = np.concatenate((np.zeros((n + 1, 1), dtype=np.uint64), np.cumsum(table, axis=1, dtype=np.uint64)), axis=1)
    return {weight: _one_less(below, size, weight, n) if weight else [0] * n for weight in set(weights)}


def _one_less(below: Counts, size: int, weight: int, n: int) -> list[int]:
    """Take one player out: 1/(1 + y x^w) = 1 - y x^w + y² x^2w - …, so every term shifts weight and members."""
    import numpy as np

    steps = _steps(below, size, weight, n)
    rows, terms = steps.shape
    padded = np.zeros((terms, rows + terms), dtype=np.uint64)
    padded[:, :rows] = steps.T
    skewed = padded.reshape(-1)[: terms * (rows + terms - 1)].reshape(terms, rows + terms - 1)
    found: list[int] = skewed.sum(axis=0, dtype=np.uint64)[:n].tolist()
    return found


def _steps(below: Counts, size: int, weight: int, most: int) -> Counts:
    """Return the sums over each stretch of one weight downwards from `size`, with signs that alternate."""
    import numpy as np

    terms = min(-(-size // weight), most)
    edges = np.maximum(size - weight * np.arange(terms + 1), 0)
    cut = below[:, edges]
    steps = cut[:, :-1] - cut[:, 1:]
    steps[:, 1::2] = np.negative(steps[:, 1::2])
    return steps
