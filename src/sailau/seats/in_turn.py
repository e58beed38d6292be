"""In turn: several seats by repeated counts for one, whoever is elected standing no more in the next."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from sailau.seats.precedence import Lot
from sailau.seats.stages import Ranked, Stage


def count_in_turn(
    one: Callable[[Collection[str], Lot], Ranked], contenders: Collection[str], seats: int, lot: Lot
) -> Ranked:
    """Return the counts of all seats as one, their stages numbered through.

    Parameters
    ----------
    one : callable
        Counts one seat among some contenders, with what settles ties.
    contenders : collection of str
    seats : int
    lot : callable
        Asked with the number of the stage in the whole count.
    """
    standing, stages, elected = list(contenders), list[Stage](), list[str]()
    first: Ranked | None = None
    for _ in range(seats):
        before = len(stages)
        made = one(standing, _later(lot, before))
        first = first or made
        stages += [replace(stage, number=stage.number + before) for stage in made.stages]
        elected += made.elected
        standing = [name for name in standing if name not in elected]
    return Ranked(tuple(elected), tuple(stages), first.valid if first else 0, first.blank if first else 0)


def _later(lot: Lot, by: int) -> Lot:
    return lambda stage, tied, question: lot(stage + by, tied, question)
