"""Lots: equal claims decided by words of the run's own stream, so that the order of contenders decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.engine import compiled
from sailau.kernels.philox import HALF, LOW, philox

Names = NDArray[np.uint64]

FINE, DRAWN, SILENT = np.uint8(0), np.uint8(1), np.uint8(2)
"""What became of a run: counted; a tie decided by lot; no outcome by this formula."""


def numbered(names: Sequence[str]) -> Names:
    """Return contenders as the numbers under which their lots are drawn: a lot follows a name, not a column."""
    return np.array([crc32(name.encode()) for name in names], np.uint64)


def or_columns(names: Names | None, columns: int) -> Names:
    """Return the numbers of the contenders, or those of their columns where no names are known."""
    return np.arange(columns, dtype=np.uint64) if names is None else names


@compiled
def lot(run: Any, contender: Any, stream: Any, k0: Any, k1: Any) -> Any:
    """Return the lot of a contender in a run: a word of 32 bits; the larger one wins."""
    number = np.uint64(run)
    return philox(number & LOW, number >> HALF, np.uint64(contender), stream, k0, k1)[0]


@compiled
def draw(
    tied: NDArray[np.bool_],
    names: Names,
    choose: int,
    run: Any,
    stream: Any,
    k0: Any,
    k1: Any,
    winners: NDArray[np.bool_],
) -> None:
    """Set `winners` to the `choose` tied contenders with the largest lots; `names` are the contenders as numbers."""
    winners[:] = False
    for _ in range(choose):
        best, most = -1, np.uint64(0)
        for i in range(tied.size):
            if tied[i] and not winners[i]:
                word = lot(run, names[i], stream, k0, k1)
                if best < 0 or word > most:
                    best, most = i, word
        winners[best] = True
