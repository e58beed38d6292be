"""Shares for measures: from counts, with an explicit policy for what is no party."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sailau.terms.errors import Invalid
from sailau.terms.tally import AGAINST_ALL

Array = NDArray[np.float64]
Policy = Literal["drop", "lump", "keep"]
INDEPENDENT, OTHERS = "independent", "others"


class InvalidShares(Invalid):
    """Numbers that are no shares and no counts."""


def shares(values: ArrayLike, *, axis: int = -1) -> Array:
    """Return counts or shares as shares that add up to 1 along an axis.

    Parameters
    ----------
    values : array-like
        Counts, or shares; draws stand on the other axes.
    axis : int
        The axis of the contenders.

    Raises
    ------
    InvalidShares
        A negative number, not a number, or nothing to share.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim == 0 or array.size == 0:
        raise InvalidShares("a measure needs at least one contender")
    if not np.isfinite(array).all():
        raise InvalidShares("a number is missing (NaN) or infinite")
    if (array < 0).any():
        raise InvalidShares("a number is negative; votes and seats cannot be")
    total = array.sum(axis=axis, keepdims=True)
    if (total == 0).any():
        raise InvalidShares("nothing was cast, so there are no shares")
    return np.asarray(array / total)


def pair(votes: ArrayLike, seats: ArrayLike, axis: int) -> tuple[Array, Array]:
    """Return votes and seats as shares over the same contenders."""
    v, s = shares(votes, axis=axis), shares(seats, axis=axis)
    if v.shape[axis] != s.shape[axis]:
        raise InvalidShares(f"{v.shape[axis]} contenders have votes and {s.shape[axis]} seats; give both for the same")
    return v, s


def aligned(
    votes: Mapping[str, int],
    seats: Mapping[str, int],
    *,
    against_all: Literal["drop", "line"] = "drop",
    independents: Policy = "keep",
    others: Policy = "keep",
) -> tuple[list[str], Array, Array]:
    """Return names, votes and seats in one order, with what is no party treated as said.

    Parameters
    ----------
    votes, seats : mapping of str to int
    against_all : str
        ``drop`` the line, or keep it as a ``line`` that wins no seat.
    independents, others : str
        ``drop`` them, ``lump`` them as one contender, or ``keep`` each as it stands. `others` are contenders with
        votes and no seat.

    Returns
    -------
    tuple of list, array, array
    """
    names = list({**votes, **seats})
    v = {name: float(votes.get(name, 0)) for name in names}
    s = {name: float(seats.get(name, 0)) for name in names}
    groups = {
        AGAINST_ALL: ([n for n in names if n == AGAINST_ALL], "drop" if against_all == "drop" else "keep"),
        INDEPENDENT: ([n for n in names if n.startswith(INDEPENDENT)], independents),
        OTHERS: ([n for n in names if s[n] == 0 and n != AGAINST_ALL], others),
    }
    for label, (members, policy) in groups.items():
        for table in (v, s):
            parts = [table.pop(member) for member in members if policy != "keep" and member in table]
            if policy == "lump" and parts:
                table[label] = sum(parts)
    order = list(v)
    return order, np.array([v[n] for n in order]), np.array([s[n] for n in order])


def out(value: Any) -> Any:
    """Return a number for one contest and an array for draws."""
    return float(value) if np.ndim(value) == 0 else value
