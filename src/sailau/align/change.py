"""A change set against the change of peers, which tells the voter's move from that of the pole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sailau.align.agreement import count_tables, draw_weights, pair_cells
from sailau.align.measures import measure_of
from sailau.align.problems import InvalidRollCalls
from sailau.align.resample import bounds, generator
from sailau.align.rollcalls import RollCalls
from sailau.align.windows import windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sailau.align.resample import Seed


@dataclass(frozen=True, slots=True)
class Change:
    """Agreement with a pole before and after, of a voter and of its peers.

    Attributes
    ----------
    voter, pole, measure, before, after : str
    values : mapping
        Voter or peer to its agreement before and after.
    own : float
        Change of the voter.
    peers : float
        Mean change of the peers: the part of the change that the pole, or the agenda, made.
    excess : float
        The difference of the two.
    low, high : float, optional
        Interval of the excess over draws of roll calls.
    """

    voter: str
    pole: str
    measure: str
    before: str
    after: str
    values: Mapping[str, tuple[float, float]]
    own: float
    peers: float
    excess: float
    low: float | None = None
    high: float | None = None


def change(
    calls: RollCalls,
    voter: str,
    pole: str,
    peers: Sequence[str],
    *,
    before: str,
    after: str,
    measure: str = "agreement",
    common: bool = False,
    undated: str = "refuse",
    draws: int = 0,
    level: float = 0.9,
    unit: str = "item",
    rng: Seed = None,
) -> Change:
    """Return a difference in differences: how far a voter's agreement with a pole changed beyond that of its peers.

    Parameters
    ----------
    calls : RollCalls
    voter, pole : str
    peers : sequence of str
        At least one; neither the voter nor the pole.
    before, after : str
        Periods of years, such as ``2010-2013``.
    measure, common, undated, draws, level, unit, rng
        As in `agreement`.

    Raises
    ------
    NotFound, NotPlaced
    InvalidRollCalls
        No peers, or one of them never voted beside the pole.
    """
    import numpy as np

    if not peers:
        raise InvalidRollCalls("no peers to compare with", hint="name at least one: --peers UZ,KG")
    rows = calls.indices([pole, voter, *peers])
    spans = windows(calls, f"{before},{after}", undated=undated)
    cells = [pair_cells(calls, rows, window, common=common) for window in spans]
    score = measure_of(measure)
    found = np.stack([score(count_tables(part))[0] for part in cells])
    names = [calls.voters[row] for row in rows[1:]]
    _refuse_gaps(found, names, calls.voters[rows[0]], (before, after))
    ends: tuple[float | None, float | None] = (None, None)
    if draws:
        generate = generator(rng)
        drawn = np.stack(
            [
                score(count_tables(part, draw_weights(calls, window, draws, generate, unit)))
                for part, window in zip(cells, spans, strict=True)
            ]
        )
        ends = bounds(_excess(drawn), level)
    moved = found[1] - found[0]
    values = {name: (float(found[0, k]), float(found[1, k])) for k, name in enumerate(names)}
    parts = float(moved[0]), float(moved[1:].mean()), float(_excess(found[:, None])[0])
    return Change(names[0], calls.voters[rows[0]], measure, before, after, values, *parts, *ends)


def _excess(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the excess of the first voter from scores ``[period, draw, voter]``."""
    import numpy as np

    moved = scores[1] - scores[0]
    return np.asarray(moved[:, 0] - moved[:, 1:].mean(axis=1))


def _refuse_gaps(found: NDArray[np.float64], names: Sequence[str], pole: str, spans: tuple[str, str]) -> None:
    import numpy as np

    for period, voter in np.argwhere(~np.isfinite(found)):
        what = f"{names[voter]} and {pole} have no measure in {spans[period]}"
        raise InvalidRollCalls(what, hint="choose periods in which both voted")
