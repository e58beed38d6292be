"""Measures of agreement, from the table of two voters' votes on the same items.

A table counts ``[vote of one, vote of the other]``, each 0 no, 1 abstain, 2 yes; two votes are 0, 1/2 or 1 apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from sailau.align.problems import InvalidRollCalls
from sailau.terms.speech import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

APART = ((0.0, 0.5, 1.0), (0.5, 0.0, 0.5), (1.0, 0.5, 0.0))


def _shares(tables: Numbers) -> tuple[Numbers, Numbers]:
    """Return each table as shares, and the mean distance in it; an empty table has neither."""
    import numpy as np

    n = tables.sum(axis=(-2, -1), keepdims=True)
    shares = np.divide(tables, n, out=np.full(tables.shape, np.nan), where=n > 0)
    return shares, (shares * np.array(APART)).sum(axis=(-2, -1))


def agreement_score(tables: Numbers) -> Numbers:
    """Return one minus the mean distance: 1 always the same, 0 always opposed."""
    return 1.0 - _shares(tables)[1]


def same_share(tables: Numbers) -> Numbers:
    """Return the share of items on which the two votes are identical."""
    import numpy as np

    shares = _shares(tables)[0]
    return np.asarray(np.trace(shares, axis1=-2, axis2=-1))


def similarity(tables: Numbers) -> Numbers:
    """Return Signorino and Ritter's S, from -1 to 1: agreement stretched, not corrected for chance."""
    return 2.0 * agreement_score(tables) - 1.0


def cohen_kappa(tables: Numbers) -> Numbers:
    """Return agreement beyond chance, chance being each voter's own habits; weights fall with distance."""
    shares, apart = _shares(tables)
    return _beyond(apart, shares.sum(axis=-1), shares.sum(axis=-2))


def scott_pi(tables: Numbers) -> Numbers:
    """Return agreement beyond chance, chance being the habits of both voters together."""
    shares, apart = _shares(tables)
    both = (shares.sum(axis=-1) + shares.sum(axis=-2)) / 2
    return _beyond(apart, both, both)


def _beyond(apart: Numbers, one: Numbers, other: Numbers) -> Numbers:
    """Return one minus distance over expected distance; undefined where chance leaves no distance."""
    import numpy as np

    expected = np.einsum("...a,...b,ab->...", one, other, np.array(APART))
    ratio = np.divide(apart, expected, out=np.full(np.shape(apart), np.nan), where=expected > 1e-12)
    return np.asarray(1.0 - ratio)


MEASURES: Mapping[str, Callable[[Numbers], Numbers]] = MappingProxyType(
    {
        "agreement": agreement_score,
        "same": same_share,
        "s": similarity,
        "kappa": cohen_kappa,
        "pi": scott_pi,
    }
)


def measure_of(name: str) -> Callable[[Numbers], Numbers]:
    """Return a measure by name.

    Raises
    ------
    InvalidRollCalls
    """
    if name not in MEASURES:
        raise InvalidRollCalls(
            say("{name!r} is no measure of agreement", name=name),
            hint=say("one of {measures}", measures=", ".join(MEASURES)),
        )
    return MEASURES[name]


def exact(name: str, table: NDArray[np.int64]) -> Fraction | None:
    """Return a measure of one table as a fraction, where it has one.

    Examples
    --------
    >>> import numpy as np
    >>> exact("agreement", np.array([[1, 0, 1], [0, 0, 1], [0, 0, 1]]))
    Fraction(5, 8)
    """
    n = int(table.sum())
    if not n or name not in ("agreement", "same", "s"):
        return None
    if name == "same":
        return Fraction(int(table.trace()), n)
    halves = sum(int(table[a, b]) * (2 - abs(a - b)) for a in range(3) for b in range(3))
    score = Fraction(halves, 2 * n)
    return score if name == "agreement" else 2 * score - 1
