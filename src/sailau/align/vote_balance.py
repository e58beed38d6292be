"""The channel of votes: how a voter's agreement is spread over poles, over draws of the agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sailau.align.agreement import count_tables, draw_weights, pair_cells
from sailau.align.balance import evenness
from sailau.align.measures import exact
from sailau.align.problems import InvalidRollCalls
from sailau.align.resample import bounds, generator
from sailau.align.rollcalls import RollCalls
from sailau.align.windows import windows
from sailau.terms.speech import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sailau.align.resample import Seed


@dataclass(frozen=True, slots=True)
class VoteBalance:
    """Balance of a voter's agreement with poles.

    Attributes
    ----------
    window, voter : str
    scores, shares : mapping
        Pole to agreement, and to its share in the agreement with all poles.
    value : Fraction
    low, high : float, optional
    n : int
        Items on which the voter and all poles voted.
    """

    window: str
    voter: str
    scores: dict[str, Fraction]
    shares: dict[str, Fraction]
    value: Fraction
    n: int
    low: float | None = None
    high: float | None = None


def balance_of_votes(
    calls: RollCalls,
    voter: str,
    poles: Sequence[str],
    *,
    by: str | None = None,
    measure: str = "agreement",
    undated: str = "refuse",
    draws: int = 0,
    level: float = 0.9,
    unit: str = "item",
    rng: Seed = None,
) -> tuple[VoteBalance, ...]:
    """Return how evenly a voter's agreement is spread over poles, on the items on which all of them voted.

    Parameters
    ----------
    calls : RollCalls
    voter : str
    poles : sequence of str
        Two at least.
    measure : str, optional
        ``agreement`` or ``same``; measures that can be negative have no shares.
    by, undated, draws, level, unit, rng
        As in `agreement`.

    Raises
    ------
    NotFound, NotPlaced, InvalidRollCalls

    Examples
    --------
    >>> from sailau.align.rollcalls import roll_calls
    >>> votes = [("K", "1", "yes"), ("A", "1", "yes"), ("B", "1", "abstain")]
    >>> balance_of_votes(roll_calls(votes), "K", ["A", "B"])[0].value
    Fraction(8, 9)
    """
    if measure not in ("agreement", "same"):
        raise InvalidRollCalls(
            say("{measure!r} can be negative and has no shares", measure=measure), hint=say("agreement or same")
        )
    if len(set(poles)) < 2:
        raise InvalidRollCalls(say("a balance needs two poles at least"), hint=say("name another pole"))
    rows = calls.indices([voter, *poles])
    generate = generator(rng) if draws else None
    out = []
    for window in windows(calls, by, undated=undated):
        cells = pair_cells(calls, rows, window, common=True)
        tables = count_tables(cells)[0].astype(int)
        found = [exact(measure, table) for table in tables]
        scores = {calls.voters[row]: score for row, score in zip(rows[1:], found, strict=True) if score is not None}
        total = sum(scores.values(), Fraction(0))
        if not total:
            raise InvalidRollCalls(
                say("{voter} shares no vote with the poles in {label}", voter=voter, label=window.label),
                hint=say("take other poles"),
            )
        ends: tuple[float | None, float | None] = (None, None)
        if generate is not None:
            drawn = count_tables(cells, draw_weights(calls, window, draws, generate, unit))
            ends = bounds(_evenness(drawn, measure), level)
        shares = {pole: score / total for pole, score in scores.items()}
        value = evenness(list(scores.values()))
        name = calls.voters[rows[0]]
        out.append(VoteBalance(window.label, name, scores, shares, value, int(tables[0].sum()), *ends))
    return tuple(out)


def _evenness(tables: NDArray[np.float64], measure: str) -> NDArray[np.float64]:
    import numpy as np

    from sailau.align.measures import measure_of

    scores = measure_of(measure)(tables)
    shares = scores / scores.sum(axis=1, keepdims=True)
    k = shares.shape[1]
    return np.asarray(1 - k / (k - 1) * ((shares - 1 / k) ** 2).sum(axis=1))
