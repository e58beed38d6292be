"""Chance over roll calls: which items another draw of the agenda would have held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sailau.align.problems import InvalidRollCalls
from sailau.terms.speech import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Seed = int | np.random.SeedSequence | np.random.Generator | None


def generator(rng: Seed) -> np.random.Generator:
    """Return a generator; without a seed there is none, for an interval nobody can draw again is no result.

    Raises
    ------
    InvalidRollCalls
    """
    import numpy as np

    if rng is None:
        raise InvalidRollCalls(say("intervals need a seed"), hint=say("give rng=7 (on the command line --seed 7)"))
    return np.random.default_rng(rng)


def weights(n: int, draws: int, rng: np.random.Generator, units: Sequence[int] | None = None) -> NDArray[np.float64]:
    """Return how often each of `n` items is drawn, ``[draw, item]``; items of one unit are drawn together."""
    import numpy as np

    unit = np.arange(n) if units is None else np.unique(np.asarray(units), return_inverse=True)[1]
    m = int(unit.max()) + 1 if n else 0
    picks = rng.integers(0, max(m, 1), size=(draws, m))
    rows = np.arange(draws)[:, None] * m
    counts = np.bincount((picks + rows).ravel(), minlength=draws * m).reshape(draws, m)
    return counts[:, unit].astype(np.float64)


def bounds(draws: NDArray[np.float64], level: float) -> tuple[float | None, float | None]:
    """Return the interval that holds a share `level` of the draws, none where draws are undefined.

    Raises
    ------
    InvalidRollCalls
    """
    import numpy as np

    if not 0 < level < 1:
        raise InvalidRollCalls(
            say("the level {level} is not between 0 and 1", level=level), hint=say("0.9 holds nine draws of ten")
        )
    kept = draws[np.isfinite(draws)]
    if kept.size < 2:
        return None, None
    low, high = np.quantile(kept, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
