"""Whom a voter sides with when two others differ."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sailau.align.agreement import draw_weights
from sailau.align.problems import InvalidRollCalls
from sailau.align.resample import bounds, generator
from sailau.align.rollcalls import RollCalls
from sailau.align.windows import Window, windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sailau.align.resample import Seed

SIDES = ("one", "other", "neither")


@dataclass(frozen=True, slots=True)
class Sides:
    """How a voter voted where two others differ.

    Attributes
    ----------
    window, voter, one, other : str
    n : int
        Items on which all three voted and the two differ.
    with_one, with_other, with_neither : int
        They add up to `n`.
    intervals : mapping
        Side (``one``, ``other``, ``neither``) to the interval of its share, where draws were asked for.
    """

    window: str
    voter: str
    one: str
    other: str
    n: int
    with_one: int
    with_other: int
    with_neither: int
    intervals: dict[str, tuple[float | None, float | None]]

    def share(self, side: str) -> Fraction | None:
        """Return the share of a side, none where the two never differ."""
        return Fraction(int(getattr(self, f"with_{side}")), self.n) if self.n else None


def differ(
    calls: RollCalls,
    voter: str,
    one: str,
    other: str,
    *,
    by: str | None = None,
    opposed: bool = False,
    undated: str = "refuse",
    draws: int = 0,
    level: float = 0.9,
    unit: str = "item",
    rng: Seed = None,
) -> tuple[Sides, ...]:
    """Count whom a voter sides with on the items on which two others differ.

    Parameters
    ----------
    calls : RollCalls
    voter, one, other : str
    by, undated, draws, level, unit, rng
        As in `agreement`.
    opposed : bool, optional
        Only items on which one of the two votes yes and the other no, abstentions left aside.

    Raises
    ------
    NotFound, NotPlaced, InvalidRollCalls

    Examples
    --------
    >>> from sailau.align.rollcalls import roll_calls
    >>> votes = [(v, i, w) for i, ws in {"1": "yyn", "2": "yny", "3": "yyy"}.items()
    ...          for v, w in zip("KAB", ({"y": "yes", "n": "no"}[w] for w in ws))]
    >>> sides, = differ(roll_calls(votes), "K", "A", "B")
    >>> sides.n, sides.with_one, sides.with_other, sides.with_neither
    (2, 1, 1, 0)
    """
    if draws < 0:
        raise InvalidRollCalls(f"{draws} draws", hint="0 or more")
    rows = calls.indices([voter, one, other])
    who, a, b = (calls.voters[row] for row in rows)
    generate = generator(rng) if draws else None
    out = []
    for window in windows(calls, by, undated=undated):
        sides = _sides(calls, rows, window, 2 if opposed else 1)
        with_a, with_b, with_none = (int(n) for n in sides.sum(axis=1))
        intervals = {}
        if generate is not None:
            drawn = draw_weights(calls, window, draws, generate, unit) @ sides.T
            intervals = _intervals(drawn, level)
        n = with_a + with_b + with_none
        out.append(Sides(window.label, who, a, b, n, with_a, with_b, with_none, intervals))
    return tuple(out)


def _sides(calls: RollCalls, rows: list[int], window: Window, distance: int) -> NDArray[np.float64]:
    import numpy as np

    own, one, other = calls.votes[rows][:, window.items].astype(int)
    apart = (own >= 0) & (one >= 0) & (other >= 0) & (abs(one - other) >= distance)
    sides = [apart & (own == one), apart & (own == other), apart & (own != one) & (own != other)]
    return np.array(sides, dtype=np.float64)


def _intervals(drawn: NDArray[np.float64], level: float) -> dict[str, tuple[float | None, float | None]]:
    import numpy as np

    n = drawn.sum(axis=1, keepdims=True)
    shares = np.divide(drawn, n, out=np.full(drawn.shape, np.nan), where=n > 0)
    return {side: bounds(shares[:, k], level) for k, side in enumerate(SIDES)}
