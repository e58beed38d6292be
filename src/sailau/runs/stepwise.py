"""Seats given one by one in many runs at once, where no kernel jumps ahead: any divisor sequence, on from seats held.

Claims are float64. Where two claims that compete for the last seat lie within a margin far wider than rounding, equal
or not, the run is in doubt, and the exact count decides it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sailau.kernels.lots import FINE, SILENT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.kernels.philox import Key
    from sailau.runs.formulas import Share
    from sailau.terms.divisor import Divisor

    Counts = NDArray[Any]

MARGIN = 1.0 + 2.0**-40
"""How far one claim must lie above another to be surely larger."""

FIRST = 2.0**-200
"""Stands for a divisor of 0: whoever has votes then comes before any second seat, by its votes."""


def table_of(rule: Divisor, most: int) -> Counts:
    """Return the divisors for the next seat of whoever holds 0, 1, … `most` seats."""
    import numpy as np

    terms = [rule.at(held) for held in range(most + 1)]
    return np.array([(top / bottom) ** (1 / rule.power) if top else FIRST for top, bottom in terms])


def seat_by_seat(votes: Counts, held: Counts, seats: Counts, table: Counts) -> tuple[Counts, Counts]:
    """Give out seats by the highest quotients, on from those held.

    Parameters
    ----------
    votes, held : array [run, contender]
    seats : array [run]
        To give out besides those held.
    table : array
        Divisors, as `table_of` makes them, for all seats that anybody can come to hold.

    Returns
    -------
    got : array [run, contender]
    doubt : array [run] of bool
        The last seat is tied or nearly so, nobody can take one, or the number is negative.
    """
    import numpy as np

    got, left = held.astype(np.int64), seats.astype(np.int64)
    doubt = left < 0
    claims = np.where(votes > 0, votes / table[got], -1.0)
    rows = np.nonzero(left > 0)[0]
    while rows.size:
        mine, each = claims[rows], np.arange(rows.size)
        who = mine.argmax(axis=1)
        top = mine[each, who]
        mine[each, who] = -1.0
        doubt[rows] |= (top <= 0) | ((left[rows] == 1) & (mine.max(axis=1) * MARGIN >= top))
        got[rows, who] += 1
        claims[rows, who] = votes[rows, who] / table[got[rows, who]]
        left[rows] -= 1
        rows = rows[(left[rows] > 0) & ~doubt[rows]]
    return got, doubt


def share_by_steps(rule: Divisor) -> Share:
    """Return a formula for a divisor sequence that is no line; runs in doubt are SILENT."""
    import numpy as np

    def share(votes: Counts, seats: int, _key: Key, _first: int, _stream: int) -> tuple[Counts, Counts]:
        if not votes.shape[1]:
            return np.zeros(votes.shape, np.int64), np.full(len(votes), SILENT if seats else FINE)
        held, table = np.zeros(votes.shape, np.int64), table_of(rule, seats + 1)
        got, doubt = seat_by_seat(votes, held, np.full(len(votes), seats), table)
        return got, np.where(doubt, SILENT, FINE)

    return share


def continuing(
    share: Share, votes: Counts, held: Counts, total: Counts, key: Key, first: int, stream: int
) -> tuple[Counts, Counts]:
    """Share out `total` seats of which some are held already, as if the formula went on from those.

    Whoever holds more than its share is taken out with its seats and the rest shared out anew: who holds too many does
    so still when less is left, so that both ways end alike.

    Returns
    -------
    got : array [run, contender]
    doubt : array [run] of bool
        A tie, or nobody with votes, in any round.
    """
    import numpy as np

    from sailau.runs.placing import varying

    got, left = held.astype(np.int64, order="F"), total.astype(np.int64)
    alive, doubt = np.ones(held.shape, bool, order="F"), np.zeros(len(held), bool)
    rows = np.arange(len(held))
    while rows.size:
        made, status = varying(share, np.where(alive[rows], votes[rows], 0), left[rows], key, first, stream)
        over = alive[rows] & (held[rows] > made)
        again = over.any(axis=1)
        # Where everybody is taken out with no seat left, what is held stands.
        empty = ~alive[rows].any(axis=1) & (left[rows] == 0)
        doubt[rows] |= (status != FINE) & ~empty
        fine = rows[~again & ~empty]
        got[fine] = np.where(alive[fine], made[~again & ~empty], got[fine])
        left[rows] -= np.where(over, held[rows], 0).sum(axis=1)
        alive[rows] &= ~over
        rows = rows[again & ~doubt[rows]]
    return got, doubt
