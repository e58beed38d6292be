"""The margin of one seat filled by rankings: every order in which candidates can leave, the nearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Literal

from sailau.runs.margin_contest import Kind
from sailau.runs.margin_papers import Change
from sailau.runs.margin_patience import allowed
from sailau.runs.margin_programme import Programme
from sailau.runs.margin_race import Race

PROGRAMMES = 4_000
"""How many programmes may be solved, for all kinds of change, before the search is cut short."""
LONGEST = 60
"""Of how many candidates an order is looked at."""

Order = tuple[int, ...]
_State = Literal["new", "rough", "solved"]
_Entry = tuple[int, int, int, Kind, Order, _State, Change | None]


@dataclass(frozen=True, slots=True)
class Nearest:
    """What the search came to.

    Attributes
    ----------
    lower : int, optional
        No fewer ballots elect another candidate; None where no number below `most` does.
    kind : str, optional
    change : Change, optional
        A change of so few ballots that the law itself counted, with another candidate elected.
    finished : bool
        Whether the search came to its end. Where it did, and a change was found, `lower` is what it takes.
    """

    lower: int | None
    kind: Kind | None = None
    change: Change | None = None
    finished: bool = True


def nearest(race: Race, kinds: Sequence[Kind], counts: Callable[[Change], bool], most: int) -> Nearest:
    """Find the fewest ballots, `most` or less, with which the law elects another candidate.

    An order is known from its end: who is elected, who leaves last, who before. The bound of an end holds for every
    order that ends so; the end with the least bound is looked at first, and a change that it suggests is counted by
    the law.

    Parameters
    ----------
    race : Race
    kinds : sequence of str
    counts : callable
        Counts the law with a change, and says whether another candidate is elected.
    most : int
    """
    line: list[_Entry] = []
    left, number = allowed(PROGRAMMES), 0
    missed: int | None = None
    for kind in kinds:
        for end in _ends(race):
            number += 1
            heappush(line, (1, -1, number, kind, end, "new", None))
    while line and line[0][0] <= most:
        bound, _, at, kind, order, state, change = heappop(line)
        if state != "solved":
            if not left:
                return Nearest(bound if missed is None else min(bound, missed), finished=False)
            left -= 1
            found = Programme(race, order, kind, most, settled=state == "rough").solve(whole_ballots=state == "rough")
            if found is not None:
                after: _State = "rough" if state == "new" else "solved"
                heappush(line, (max(bound, found.bound), -len(order), at, kind, order, after, found.change))
            continue
        if change is not None and counts(change):
            return Nearest(bound if missed is None else missed, kind, change, finished=missed is None)
        if len(order) == len(race.names) or len(order) == LONGEST:
            missed = bound if missed is None else missed
        for longer in _longer(race, order):
            number += 1
            least = max(bound, _glance(race, longer, kind))
            if least <= most:
                heappush(line, (least, -len(longer), number, kind, longer, "new", None))
    return Nearest(missed, finished=missed is None)


def _ends(race: Race) -> Iterator[Order]:
    """Yield who may be elected; where all but two are excluded at once, after whom, and after all others."""
    everybody = range(len(race.names))
    for c in everybody:
        if c != race.winner and not race.but_two:
            yield (c,)
        elif c != race.winner:
            for second in everybody:
                if second != c:
                    yield (*(d for d in everybody if d not in (c, second)), second, c)


def _glance(race: Race, order: Order, kind: Kind) -> int:
    """Return a bound that takes no programme: what the comparisons take each by itself."""
    gap = race.lead(order)
    if order[0] not in race.dropped:
        votes = race.votes(order)
        gap = max(gap, int(votes[order[0]] - votes[list(order[1:])].min()))
    return -(-gap // 2) if kind == "moved" else gap


def _longer(race: Race, order: Order) -> Iterator[Order]:
    """Yield the ends that are longer by one: somebody else leaves before."""
    for c in range(len(race.names)):
        if c not in order and not (c not in race.dropped and race.dropped.intersection(order)):
            yield c, *order
