"""Sign and scale of positions: which end is which, and what one step means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sailau.align.problems import InvalidRollCalls, NotComparable
from sailau.terms.errors import NotFound
from sailau.terms.speech import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Blocks = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """How raw positions become points: ``(raw - shift) / size``, period by period; a negative size turns the line."""

    shift: Floats
    size: Floats

    def points(self, raw: Floats) -> Floats:
        """Return points ``[voter, period]``."""
        return (raw - self.shift) / self.size


def check_anchors(anchors: Mapping[str, float], voters: Sequence[str], blocks: Blocks, periods: Sequence[str]) -> None:
    """Refuse anchors that cannot hold a line.

    Raises
    ------
    NotFound, InvalidRollCalls
    NotComparable
        Two anchors fix the scale of one line, and the sessions do not make one.
    """
    for name in anchors:
        if name not in voters:
            raise NotFound("anchor", name, voters)
    if len(anchors) > 2:
        raise InvalidRollCalls(
            say("{n} anchors", n=len(anchors)), hint=say("one gives the sign, two give sign and scale")
        )
    values = list(anchors.values())
    if len(values) == 1 and not values[0]:
        raise InvalidRollCalls(say("an anchor at 0 gives no sign"), hint=say("give it a positive or a negative value"))
    if len(values) == 2 and values[0] == values[1]:
        raise InvalidRollCalls(say("two anchors at one value give no scale"), hint=say("give them different values"))
    if len(values) == 2 and len(blocks) > 1:
        named = [[periods[t] for t in block] for block in blocks]
        hint = say("give one anchor, or bridges that tie the sessions together")
        raise NotComparable(
            say("two anchors cannot fix the scale of sessions that nothing ties together"), named, hint=hint
        )


def scale_of(
    raw: Floats, voted: NDArray[np.bool_], voters: Sequence[str], anchors: Mapping[str, float], blocks: Blocks
) -> Scale:
    """Return the scale: mean 0 and standard deviation 1 over the votes of a block, or what two anchors say."""
    import numpy as np

    shift, size = np.zeros(raw.shape[1]), np.ones(raw.shape[1])
    spots = {name: _mean(raw, voted, voters.index(name)) for name in anchors}
    if len(anchors) == 2:
        (a, at_a), (b, at_b) = anchors.items()
        step = (spots[b] - spots[a]) / (at_b - at_a)
        if abs(step) < 1e-9:
            raise InvalidRollCalls(
                say("{one} and {other} stand at one place and give no scale", one=a, other=b),
                hint=say("take other anchors"),
            )
        return Scale(shift + spots[a] - at_a * step, size * step)
    sign = 1.0
    for name, value in anchors.items():
        sign = 1.0 if (spots[name] >= 0) == (value > 0) else -1.0
    for block in blocks:
        part = raw[:, list(block)][voted[:, list(block)]]
        shift[list(block)], size[list(block)] = part.mean(), sign * (part.std() or 1.0)
    return Scale(shift, size)


def _mean(raw: Floats, voted: NDArray[np.bool_], row: int) -> float:
    return float(raw[row][voted[row]].mean())
