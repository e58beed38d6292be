"""Covariances: from a table of parties to the triangle that makes correlated numbers of independent ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sailau.terms.errors import Invalid, NotFound

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]


def matrix_of(covariance: Mapping[str, Mapping[str, Any]], parties: tuple[str, ...]) -> Floats:
    """Return the table as a matrix in the order of the parties.

    Raises
    ------
    Invalid, NotFound
        A party is missing or unknown, or two figures of a pair differ.
    """
    import numpy as np

    place = {name: i for i, name in enumerate(parties)}
    for name in {*covariance, *(b for row in covariance.values() for b in row)}:
        if name not in place:
            raise NotFound("party of the noise's covariance", name, parties)
    missing = sorted(set(parties) - set(covariance))
    if missing:
        raise Invalid(f"noise: the covariance says nothing about {', '.join(missing)}")
    matrix = np.zeros((len(parties), len(parties)))
    for a, row in covariance.items():
        for b, value in row.items():
            mirror = covariance.get(b, {}).get(a, value)
            if mirror != value:
                raise Invalid(f"noise: no covariance: {a} with {b} is {value}, {b} with {a} is {mirror}")
            matrix[place[a], place[b]] = matrix[place[b], place[a]] = float(value)
    return matrix


def triangle_of(matrix: Floats) -> Floats:
    """Return the Cholesky triangle of a covariance, singular ones included.

    Raises
    ------
    Invalid
        Some combination of parties would have a negative variance.
    """
    import numpy as np

    n = len(matrix)
    largest = float(np.abs(np.diag(matrix)).max(initial=0.0))
    lowest = float(np.linalg.eigvalsh(matrix)[0]) if n else 0.0
    if lowest < -1e-9 * max(largest, 1e-300):
        raise Invalid(
            f"noise: no covariance: some combination of parties would have the variance {lowest:.6g}",
            hint="correlations must fit together; three parties cannot all be correlated by less than -1/2",
        )
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            rest = matrix[i, j] - float(np.dot(out[i, :j], out[j, :j]))
            if i == j:
                out[i, i] = np.sqrt(max(rest, 0.0))
            elif out[j, j] > 1e-9 * np.sqrt(max(largest, 1e-300)):
                out[i, j] = rest / out[j, j]
    return out
