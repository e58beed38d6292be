"""What the margins prove: the least and the most that each cell can be, whatever people did."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sailau.votes.margins import Counts, Margins


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """Bounds of the votes of each group for each option, over all units.

    Attributes
    ----------
    lower, upper : array
        `[group, option]`; the truth lies between them, without any assumption.
    narrowing : float
        How much of the room that the two totals alone leave has gone, 0 (nothing) to 1 (all known), over all cells.
    """

    lower: Counts
    upper: Counts
    narrowing: float


def bounds(margins: Margins) -> Bounds:
    """Return the deterministic bounds of every cell.

    Notes
    -----
    In a unit of n people, x in the group and y for the option, the cell is at least max(0, x + y - n) and at most
    min(x, y) [1]_; the bounds of the units add up. Each is sharp by itself: some tables with these margins reach it.

    References
    ----------
    .. [1] O. D. Duncan and B. Davis, "An Alternative to Ecological Correlation", American Sociological Review 18
       (1953) 665-666.

    Examples
    --------
    >>> found = bounds(Margins.of([[90, 10], [20, 80]], [[80, 20], [30, 70]]))
    >>> found.lower.tolist(), found.upper.tolist()
    ([[70, 10], [10, 50]], [[100, 40], [40, 80]])
    """
    lower = np.zeros((len(margins.groups), len(margins.options)), dtype=np.int64)
    upper = np.zeros_like(lower)
    sizes = margins.people.sum(axis=1)
    for group, people in enumerate(margins.people.T):
        both = people[:, None] + margins.votes - sizes[:, None]
        lower[group] = np.maximum(both, 0).sum(axis=0)
        upper[group] = np.minimum(people[:, None], margins.votes).sum(axis=0)
    return Bounds(lower, upper, _narrowing(margins, lower, upper))


def _narrowing(margins: Margins, lower: Counts, upper: Counts) -> float:
    people, votes = margins.group_totals[:, None], margins.option_totals[None, :]
    before = np.minimum(people, votes) - np.maximum(people + votes - margins.total, 0)
    room = int(before.sum())
    return 1 - int((upper - lower).sum()) / room if room else 1.0
