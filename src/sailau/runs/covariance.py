"""Covariances: from a table of parties to the triangle that makes correlated numbers of independent ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sailau.terms.errors import Invalid, NotFound

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

MOST_SD = 10
"""The largest standard deviation of a logarithm: many runs would move votes 20,000-fold."""


def matrix_of(
    covariance: Mapping[str, Mapping[str, Any]],
    order: Sequence[str],
    *,
    known: Sequence[str] | None = None,
    what: str = "party",
) -> Floats:
    """Return the table as a matrix.

    Parameters
    ----------
    covariance : mapping of str to mapping of str to number
    order : sequence of str
        Of the rows.
    known : sequence of str, optional
        The names that there are; else those of `order`, all of which then need a row.
    what : str
        What the names name.

    Raises
    ------
    Invalid, NotFound
        A name is missing or unknown, or two figures of a pair differ.
    """
    import numpy as np

    place, names = {name: i for i, name in enumerate(order)}, order if known is None else known
    for name in sorted({*covariance, *(b for row in covariance.values() for b in row)}):
        if name not in names:
            raise NotFound(f"{what} of the noise's covariance", name, names)
    missing = sorted({*order, *(b for row in covariance.values() for b in row)} - set(covariance))
    if missing:
        raise Invalid(f"noise: the covariance says nothing about {', '.join(missing)}")
    matrix = np.zeros((len(order), len(order)))
    for a, row in covariance.items():
        for b, value in row.items():
            mirror = covariance.get(b, {}).get(a, value)
            if mirror != value:
                raise Invalid(f"noise: no covariance: {a} with {b} is {value}, {b} with {a} is {mirror}")
            matrix[place[a], place[b]] = matrix[place[b], place[a]] = float(value)
    return matrix


def _check(matrix: Floats, what: str) -> float:
    """Refuse a matrix that is no covariance; return its largest variance."""
    import numpy as np

    largest = float(np.abs(np.diag(matrix)).max(initial=0.0))
    if largest > MOST_SD**2:
        raise Invalid(f"noise: a variance of {largest:g} in the covariance of {what}; at most {MOST_SD**2}")
    lowest = float(np.linalg.eigvalsh(matrix)[0]) if len(matrix) else 0.0
    if lowest < -1e-9 * max(largest, 1e-300):
        raise Invalid(
            f"noise: no covariance: some combination of {what} would have the variance {lowest:.6g}",
            hint="no covariance exceeds the product of its two standard deviations, and correlations must fit together",
        )
    return largest


def axes_of(matrix: Floats, shares: Floats, order: Sequence[int]) -> Floats:
    """Return weights[party, axis] that move shares as numbers of this covariance do, the axis that matters most first.

    Scattered points are most even in their first coordinates. What all logarithms have in common does not move shares,
    so it is taken out; then the first coordinate moves the first party of `order` alone, the second what is left of
    the second, and so on.

    Parameters
    ----------
    matrix : array [party, party]
        Covariance of logarithms.
    shares : array [party]
        Shares around which is drawn.
    order : sequence of int
        The parties, those first whose share matters most.
    """
    import numpy as np

    _check(matrix, "parties")
    apart = np.eye(len(matrix)) - np.outer(np.ones(len(matrix)), shares / max(float(shares.sum()), 1e-300))
    place = np.array(order, dtype=np.int64)
    moved = apart @ matrix @ apart.T
    weights: Floats = np.zeros_like(matrix)
    weights[place] = triangle_of(moved[np.ix_(place, place)])
    return weights


def triangle_of(matrix: Floats, *, what: str = "parties") -> Floats:
    """Return the Cholesky triangle of a covariance, singular ones included.

    Raises
    ------
    Invalid
        Some combination of parties would have a negative variance.
    """
    import numpy as np

    n = len(matrix)
    largest = _check(matrix, what)
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            rest = matrix[i, j] - float(np.dot(out[i, :j], out[j, :j]))
            if i == j:
                out[i, i] = np.sqrt(max(rest, 0.0))
            elif out[j, j] > 1e-9 * np.sqrt(max(largest, 1e-300)):
                out[i, j] = rest / out[j, j]
    return out
