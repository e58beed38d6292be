"""Chance: the numbers that a block of runs draws, each of them following from the number of its run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sailau.terms.errors import Invalid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.kernels.philox import Key

    Floats = NDArray[Any]

DRAWS = 0
"""The stream of what the country draws."""

DISTRICTS = 2
"""The stream of what districts draw for themselves."""

TURNOUT = 4
"""The stream of what moves turnout."""

PICKS = 6
"""The stream of what is picked from a list, such as errors of the past."""

RANDOMISATIONS = 16
"""How often scattered points are scrambled anew; their scatter is the error bar."""

MOST_POINTS = 2**24
"""Points of one randomisation."""


@dataclass(frozen=True, slots=True)
class Chance:
    """Where a block of runs gets its numbers from.

    Attributes
    ----------
    key : tuple of two int
        Seed and model.
    first, n : int
        The runs are numbers `first` … `first` + `n` - 1.
    points : int
        Scattered (Sobol) points of each randomisation; 0 for plain random numbers. A block lies within one of them.
    """

    key: Key
    first: int
    n: int
    points: int = 0

    def normals(self, width: int, stream: int = DRAWS) -> Floats:
        """Return standard normal numbers z[run, place]; scattered ones in the first places of the country's stream."""
        from sailau.kernels.normals import normals

        if not self.points or stream != DRAWS:
            return normals(self.key, self.first, self.n, width, stream)
        from sailau.kernels.scattered import MOST_PLACES, scattered_normals

        near = min(width, MOST_PLACES)
        turn, start = divmod(self.first, self.points)
        z = scattered_normals(self.key, turn, start, self.n, near, self.points)
        if near == width:
            return z
        import numpy as np

        return np.hstack([z, normals(self.key, self.first, self.n, width - near, stream)])

    def gammas(self, shapes: Floats, stream: int = DRAWS) -> Floats:
        """Return gamma numbers g[run, place] with these shapes; each uses as many words as it needs."""
        from sailau.kernels.gammas import gammas

        return gammas(self.key, self.first, self.n, shapes, stream)

    def picks(self, of: int, width: int = 1, stream: int = PICKS) -> Floats:
        """Return whole numbers from 0 to `of` - 1, all alike, picks[run, place]."""
        import numpy as np

        from sailau.kernels.philox import words

        chosen: Floats = (words(self.key, self.first, self.n, width, stream) * np.uint64(of) >> np.uint64(32)).astype(
            np.int64
        )
        return chosen


def check_points(n: int) -> int:
    """Return the points of each randomisation in so many runs.

    Raises
    ------
    Invalid
        They are not sixteen times a power of two.
    """
    points, rest = divmod(n, RANDOMISATIONS)
    if rest or points < 2 or points & (points - 1) or points > MOST_POINTS:
        near = RANDOMISATIONS * min(max(2 ** max(round(points).bit_length() - 1, 1), 2), MOST_POINTS)
        raise Invalid(
            f"{n:,} runs with scattered points; they come as {RANDOMISATIONS} randomisations of a power of two",
            hint=f"for instance {near:,} or {min(2 * near, RANDOMISATIONS * MOST_POINTS):,} runs",
        )
    return points
