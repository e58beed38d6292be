"""Cells from margins: the table nearest to a first guess that has given sums (iterative proportional fitting)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sailau.people.cube import Floats, InvalidPopulation

CLOSE = 1e-9
_AGREE = 1e-6


def fit_margins(
    guess: Floats, margins: Sequence[tuple[tuple[int, ...], Floats]], *, rounds: int = 2000, close: float = CLOSE
) -> Floats:
    """Return the table with the given margins and the odds ratios of the guess.

    Parameters
    ----------
    guess : array of float
        From 0 on; a cell with 0 stays empty.
    margins : sequence of (axes, sums)
        The axes that a margin keeps, in rising order, and its sums over all others.
    rounds : int
    close : float
        Stop where no margin is off by more than this share of the whole.

    Raises
    ------
    InvalidPopulation
        The margins are not of the same people, or the empty cells of the guess do not allow them.

    References
    ----------
    .. [1] W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11, 1940.

    Examples
    --------
    >>> table = fit_margins(np.ones((2, 2)), [((0,), np.array([30.0, 70.0])), ((1,), np.array([40.0, 60.0]))])
    >>> table.round(6).tolist()
    [[12.0, 18.0], [28.0, 42.0]]
    """
    sums = [float(target.sum()) for _, target in margins]
    if max(sums) - min(sums) > _AGREE * max(max(sums), 1.0):
        told = ", ".join(f"{value:,.0f}" for value in sums)
        raise InvalidPopulation(f"the margins are not of the same people: they add up to {told}")
    table = np.array(guess, dtype=np.float64)
    for _ in range(rounds):
        for keep, target in margins:
            table *= _factors(table, keep, target)
        if _off(table, margins) <= close * max(sums[0], 1.0):
            return table
    raise InvalidPopulation(
        f"no table has these margins and the empty cells of the guess (off by {_off(table, margins):,.1f} people)"
    )


def _sums(table: Floats, keep: tuple[int, ...]) -> Floats:
    return np.asarray(table.sum(axis=tuple(i for i in range(table.ndim) if i not in keep)))


def _factors(table: Floats, keep: tuple[int, ...], target: Floats) -> Floats:
    now = _sums(table, keep)
    factors = np.divide(target, now, out=np.zeros_like(target, dtype=np.float64), where=now > 0)
    return factors.reshape([n if i in keep else 1 for i, n in enumerate(table.shape)])


def _off(table: Floats, margins: Sequence[tuple[tuple[int, ...], Floats]]) -> float:
    return max(float(np.abs(_sums(table, keep) - target).max()) for keep, target in margins)
