"""What the seats of an entrant are worth: its power in the houses that the draws lead to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sailau.power.indices import banzhaf
from sailau.votes.choice import Floats


@dataclass(frozen=True, slots=True)
class Worth:
    """Power in the draws that give the list a seat.

    Attributes
    ----------
    pivotal : float
        The share of these draws in which some majority needs the list.
    alone : float
        The share in which another party has a majority of these seats by itself, so that nobody else has power.
    power : tuple of float
        The list's normalised Banzhaf index: the points of 5%, 50% and 95%.
    """

    pivotal: float
    alone: float
    power: tuple[float, float, float]


def worth(seats: Floats | NDArray[np.int64], entrant: int) -> Worth | None:
    """Return what seats are worth under a simple majority of those counted; None where no draw gives the list any.

    Parameters
    ----------
    seats : array of int
        seats[draw, party].
    entrant : int
        The list's column.
    """
    houses = Counter(map(tuple, seats[seats[:, entrant] > 0].tolist()))
    if not houses:
        return None
    values = np.array([_power(house, entrant) for house in houses])
    n = np.array(list(houses.values()))
    alone = np.array([_others_alone(house, entrant) for house in houses])
    low, middle, high = np.quantile(np.repeat(values, n), [0.05, 0.5, 0.95], method="nearest")
    return Worth(
        float(n[values > 0].sum() / n.sum()), float(n[alone].sum() / n.sum()), (float(low), float(middle), float(high))
    )


def _power(house: Sequence[int], entrant: int) -> float:
    weights = {str(i): n for i, n in enumerate(house) if n}
    return float(banzhaf(weights, sum(house) // 2 + 1)[str(entrant)])


def _others_alone(house: Sequence[int], entrant: int) -> bool:
    return max((n for i, n in enumerate(house) if i != entrant), default=0) > sum(house) // 2
