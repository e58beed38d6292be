"""Agreement of one voter with others, by window, with intervals over the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sailau.align.measures import exact, measure_of
from sailau.align.problems import InvalidRollCalls
from sailau.align.resample import bounds, generator, weights
from sailau.align.rollcalls import RollCalls
from sailau.align.windows import Window, windows
from sailau.terms.speech import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sailau.align.resample import Seed

UNITS = ("item", "day")


@dataclass(frozen=True, slots=True)
class Score:
    """Agreement of two voters in one window.

    Attributes
    ----------
    window, voter, other, measure : str
    n : int
        Items on which both voted.
    value : float, optional
        None where the measure is undefined: no common item, or no distance left to chance.
    exact : Fraction, optional
        The value as a fraction, where the measure has one.
    low, high : float, optional
        Interval over draws of roll calls.
    """

    window: str
    voter: str
    other: str
    measure: str
    n: int
    value: float | None
    exact: Fraction | None = None
    low: float | None = None
    high: float | None = None


def agreement(
    calls: RollCalls,
    voter: str,
    others: Sequence[str],
    *,
    by: str | None = None,
    measure: str = "agreement",
    common: bool = False,
    undated: str = "refuse",
    draws: int = 0,
    level: float = 0.9,
    unit: str = "item",
    rng: Seed = None,
) -> tuple[Score, ...]:
    """Measure how far a voter agrees with others.

    Absence is never counted as abstention: an item counts for a pair when both voted yes, no or abstained.

    Parameters
    ----------
    calls : RollCalls
    voter : str
    others : sequence of str
    by : str, optional
        Windows, as `windows` takes them.
    measure : str, optional
        ``agreement``, ``same``, ``s``, ``kappa`` or ``pi``.
    common : bool, optional
        Only items on which the voter and all others voted.
    undated : str, optional
        ``refuse`` or ``leave_out`` items that no window can hold.
    draws : int, optional
        Draws of roll calls for intervals, 0 for none.
    level : float, optional
    unit : str, optional
        What is drawn: ``item``, or ``day`` with all its items, for votes of one day hang together.
    rng : int or numpy Generator, optional
        Needed for draws.

    Returns
    -------
    tuple of Score
        By window, then in the order of `others`.

    Raises
    ------
    NotFound, NotPlaced, InvalidRollCalls

    Notes
    -----
    With yes 1, abstain 1/2, no 0 the score is one minus the mean distance [1]_; corrections for chance after [2]_.

    References
    ----------
    .. [1] C. S. Signorino and J. M. Ritter, "Tau-b or not tau-b", *International Studies Quarterly* 43, 1999.
    .. [2] F. M. Häge, "Choice or circumstance?", *Political Analysis* 19, 2011.

    Examples
    --------
    >>> from sailau.align.rollcalls import roll_calls
    >>> votes = [("A", "1", "yes"), ("A", "2", "no"), ("B", "1", "yes"), ("B", "2", "abstain")]
    >>> [(score.exact, score.n) for score in agreement(roll_calls(votes), "A", ["B"])]
    [(Fraction(3, 4), 2)]
    """
    rows = calls.indices([voter, *others])
    score = measure_of(measure)
    out = []
    generate = generator(rng) if draws else None
    for window in windows(calls, by, undated=undated):
        cells = pair_cells(calls, rows, window, common=common)
        tables = count_tables(cells)
        drawn = None
        if generate is not None:
            drawn = score(count_tables(cells, draw_weights(calls, window, draws, generate, unit)))
        for k, row in enumerate(rows[1:]):
            n = int(tables[0, k].sum())
            ends = bounds(drawn[:, k], level) if drawn is not None else (None, None)
            fraction = exact(measure, tables[0, k].astype(int))
            value = float(score(tables[0, k])) if n and fraction is None else fraction
            name = calls.voters[rows[0]], calls.voters[row]
            out.append(Score(window.label, *name, measure, n, _defined(value), fraction, *ends))
    return tuple(out)


def _defined(value: float | Fraction | None) -> float | None:
    return None if value is None or value != value else float(value)


def pair_cells(calls: RollCalls, rows: Sequence[int], window: Window, *, common: bool = False) -> NDArray[np.int64]:
    """Return for each other voter and item the cell of the table of two votes, -1 where one of them did not vote."""
    import numpy as np

    votes = calls.votes[rows][:, window.items].astype(np.int64)
    own, theirs = votes[:1], votes[1:]
    both = (own >= 0) & (theirs >= 0)
    if common:
        both &= (votes >= 0).all(axis=0)
    return np.where(both, 3 * own + theirs, -1)


def count_tables(cells: NDArray[np.int64], weight: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """Return tables of votes, ``[draw, other, 3, 3]``; one draw with every item once if no weights are given."""
    import numpy as np

    weight = np.ones((1, cells.shape[1])) if weight is None else weight
    tables = [weight @ (cells[k][:, None] == np.arange(9)).astype(np.float64) for k in range(len(cells))]
    return np.stack(tables, axis=1).reshape(len(weight), len(cells), 3, 3)


def draw_weights(
    calls: RollCalls, window: Window, draws: int, rng: np.random.Generator, unit: str = "item"
) -> NDArray[np.float64]:
    """Return the weights of a window's items over draws of items or of days.

    Raises
    ------
    InvalidRollCalls
        The unit is none, or an item has no day.
    """
    if unit not in UNITS:
        raise InvalidRollCalls(
            say("{unit!r} is no unit to draw", unit=unit), hint=say("one of {units}", units=", ".join(UNITS))
        )
    if unit == "item":
        return weights(window.n, draws, rng)
    days = [item.day for item, kept in zip(calls.items, window.items, strict=True) if kept]
    if any(day is None for day in days):
        raise InvalidRollCalls(say("an item has no day to be drawn with"), hint=say("draw items instead: --unit item"))
    return weights(window.n, draws, rng, [day.toordinal() for day in days if day is not None])
