"""One seat for whoever has most votes, in many runs at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.kernels.lots import DRAWN, FINE, SILENT, Names, draw, or_columns
from sailau.kernels.philox import Key

Votes = NDArray[np.int64]


def winners(
    votes: Votes, *, key: Key = (0, 0), first: int = 0, stream: int = 1, names: Names | None = None
) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
    """Return who has most votes in every run, and its status: DRAWN between equals, SILENT where nobody has a vote."""
    best = votes.argmax(axis=1)
    most = votes[np.arange(votes.shape[0]), best]
    equal = (votes == most[:, None]).sum(axis=1) > 1
    status = np.where(equal, DRAWN, FINE)
    status[most == 0] = SILENT
    k0, k1, c3 = np.uint64(key[0]), np.uint64(key[1]), np.uint64(stream)
    who = or_columns(names, votes.shape[1])
    chosen = np.zeros(votes.shape[1], np.bool_)
    for row in np.nonzero(status == DRAWN)[0]:
        number: Any = np.uint64(first + int(row))
        draw(votes[row] == most[row], who, 1, number, c3, k0, k1, chosen)
        best[row] = chosen.argmax()
    return best, status
