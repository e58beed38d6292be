"""Seats won in other tiers, and who takes part where, in many runs at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sailau.runs.formulas import NoKernel
from sailau.runs.state import Before, Scope, State

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[Any]


def winnings(
    scope: Scope, tiers: Sequence[str], *, here: bool = False, only_independents: bool = False
) -> Callable[[State], tuple[Counts, Counts]]:
    """Return what finds the seats of other tiers in every run: those of the lists here, and those of all others.

    Parameters
    ----------
    scope : Scope
    tiers : sequence of str
        Counted before.
    here : bool
        Only those won in this area, or in the districts of this region.
    only_independents : bool
        The others are the independents alone.
    """
    import numpy as np

    place, tally = scope.parties(), scope.tally
    sources: list[tuple[str, int, list[int]]] = []
    for name in tiers:
        before = scope.before[name]
        units = [(-1, before.whole)] if before.divided and not here else []
        units += [(i, area) for i, area in enumerate(before.areas) if not here or _lies(before, area.area, scope.area)]
        for number, unit in units:
            columns = [place.get(tally.party(line), -1) for line in unit.lines]
            if only_independents:
                alone = [tally.contender(line).kind == "independent" for line in unit.lines]
                columns = [c if c >= 0 or own else -2 for c, own in zip(columns, alone, strict=True)]
            sources.append((name, number, columns))

    def find(state: State) -> tuple[Counts, Counts]:
        n = len(state.cast)
        held = np.zeros((n, len(scope.lines)), np.int64, order="F")
        others = np.zeros(n, np.int64)
        for name, number, columns in sources:
            done = state.done[name]
            seats = (done.whole if number < 0 else done.parts[number]).seats
            if seats is None:
                continue
            for i, column in enumerate(columns):
                if column >= 0:
                    held[:, column] += seats[:, i]
                elif column == -1:
                    others += seats[:, i]
        return held, others

    return find


def _lies(before: Before, district: str, area: str) -> bool:
    return area in (district, before.region(district))


def seats_of(scope: Scope, tiers: tuple[str, ...], *, here: bool) -> int:
    """Return the seats of other tiers, in the nation or what of them lies in this area."""
    total = 0
    for name in tiers:
        before = scope.before[name]
        if before.open:
            raise NoKernel("{tier}: votes decide how many seats it has", tier=name)
        if not here:
            total += before.seats
            continue
        total += sum(a.seats for a in before.areas if scope.area in (a.area, before.region(a.area)))
    return total


def standing_in(scope: Scope) -> Callable[[State], Sequence[Counts]]:
    """Return what finds who takes part in each area: whoever does so there and in the whole."""
    import numpy as np

    place = {line: i for i, line in enumerate(scope.lines)}
    columns = [np.array([place[line] for line in area.lines]) for area in scope.inside]

    def find(state: State) -> Sequence[Counts]:
        whole = np.broadcast_to(state.takes, state.cast.shape)
        return [part.takes & whole[:, at] for part, at in zip(state.parts, columns, strict=True)]

    return find
