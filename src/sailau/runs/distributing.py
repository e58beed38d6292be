"""In which regions or districts the seats of the whole lie, in many runs at once.

Seats are counted for the parties, so the places change no result; but equal claims of two districts ask for a lot, and
a seat may find no room. Such runs are left to the exact count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sailau.runs.formulas import NoKernel
from sailau.runs.state import Clause, Scope, State, only
from sailau.runs.stepwise import MARGIN, table_of
from sailau.seats.distribute import Distribute
from sailau.terms.divisor import divisor_named
from sailau.terms.tally import LINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Counts = NDArray[Any]

_FREE = 1 << 30


@dataclass(frozen=True)
class Places:
    """The districts that form one place for seats (one of them, or a region), by their numbers, and its room."""

    name: str
    districts: tuple[int, ...]
    room: int


@dataclass(frozen=True)
class Contest:
    """Seats on their way to places: what a seat costs, and where claims come from.

    Attributes
    ----------
    step : Distribute
    scope : Scope
    table, won_by : array
        Divisors in a place, and in the nation where it says whose seat comes next.
    columns : sequence of array
        By district, the column in the nation of each line, -1 for what is no contender.
    held_in : sequence of list
        By district, (tier, its district, line there, column here) of seats held before.
    """

    step: Distribute
    scope: Scope
    table: Counts
    won_by: Counts
    columns: Sequence[Counts]
    held_in: Sequence[Sequence[tuple[str, int, int, int]]]

    def give(self, state: State, left: Counts, places: Sequence[Places]) -> tuple[Counts, Counts]:
        """Return given[run, place, line] and the runs in doubt; `left` are the seats to give, by line."""
        import numpy as np

        active = np.nonzero(left.any(axis=0))[0]
        given = np.zeros((len(left), len(places), left.shape[1]), np.int64)
        if not active.size:
            return given, np.zeros(len(left), bool)
        votes = np.zeros((len(left), len(places), active.size))
        held, weight = np.zeros(votes.shape, np.int64), np.ones((len(left), len(places)))
        for i, place in enumerate(places):
            cast, seats = self._gather(state, place, active, votes[:, i], held[:, i])
            if self.step.relative != "plain":
                weight[:, i] = np.maximum(cast, 1) / (seats if self.step.relative == "per_seat" else 1)
        room = np.broadcast_to(np.array([place.room for place in places]), weight.shape).copy()
        wanted = left[:, active].astype(np.int64)
        measured = votes / weight[:, :, None]
        if self.step.order == "claims" and (room >= _FREE).all():
            made, doubt = _each_alone(measured, held, wanted, self.table)
        else:
            nation = state.standing[:, active].astype(np.float64) if self.step.order == "won" else None
            made, doubt = _in_turn(measured, held, wanted, room, self.table, nation, self.won_by)
        given[:, :, active] = made
        return given, doubt

    def _gather(
        self, state: State, place: Places, active: Counts, votes: Counts, held: Counts
    ) -> tuple[Counts | int, int]:
        """Fill in votes and seats held of a place; return its votes for contenders and its seats elsewhere."""
        at = {int(column): i for i, column in enumerate(active)}
        cast: Counts | int = 0
        seats = 0
        for district in place.districts:
            part = state.parts[district]
            for line, column in enumerate(self.columns[district].tolist()):
                if column < 0:
                    continue
                cast = cast + part.cast[:, line]
                if column in at:
                    votes[:, at[column]] += part.cast[:, line]
                    if part.seats is not None:
                        held[:, at[column]] += part.seats[:, line]
            for tier, number, line, column in self.held_in[district]:
                won = state.done[tier].parts[number].seats
                if column in at and won is not None:
                    held[:, at[column]] += won[:, line]
            area = self.scope.inside[district]
            seats += seats_in(self.scope, area, self.step.tiers)
        return cast, seats


def distribute(step: Distribute, scope: Scope) -> Clause | None:
    """Return what finds where seats lie, and sends doubtful runs to the exact count; None without districts."""
    import numpy as np

    if not scope.inside:
        return None
    only(step, "to", "divisor", "first", "tiers", "relative", "room", "order", "won_by", "ties")
    _check(step, scope)
    contest = _contest(step, scope)
    regions: dict[str, list[int]] = {}
    for i, area in enumerate(scope.inside):
        regions.setdefault(scope.ballots.regions.get(area.area, area.area), []).append(i)
    given_room = step.room == "given"
    whole = [
        Places(name, tuple(members), (scope.ballots.seats.get(name) or 0) if given_room else _FREE)
        for name, members in regions.items()
    ]
    single = [Places(a.area, (i,), a.seats if given_room else _FREE) for i, a in enumerate(scope.inside)]

    def apply(state: State) -> None:
        if step.relative != "plain":
            for own, part in zip(contest.columns, state.parts, strict=True):
                state.recount |= part.cast[:, np.nonzero(own >= 0)[0]].sum(axis=1) == 0
        if state.seats is None:
            return
        if step.to == "region":
            made, doubt = contest.give(state, state.seats, whole)
            state.by_region = {place.name: made[:, i] for i, place in enumerate(whole)}
            state.recount |= doubt
        elif state.by_region is None:
            state.recount |= contest.give(state, state.seats, single)[1]
        else:
            for name, left in state.by_region.items():
                state.recount |= contest.give(state, left, [single[i] for i in regions[name]])[1]
            state.by_region = None

    return apply


def _check(step: Distribute, scope: Scope) -> None:
    for name in (step.divisor, step.won_by or step.divisor):
        rule = divisor_named(name, step.first)
        if rule.at(0)[0] == 0 or rule.power != 1:
            raise NoKernel("{name} has no first quotient, or an irrational one", step="distribute", name=name)
    if step.to == "region" and any(area.area not in scope.ballots.regions for area in scope.inside):
        raise NoKernel("regions are not known", step="distribute")
    if any(name not in scope.before for name in step.tiers):
        raise NoKernel("a tier that was not counted", step="distribute")
    if step.room == "given" and step.to == "region":
        rooms = [scope.ballots.seats.get(region) for region in set(scope.ballots.regions.values())]
        if any(room is None for room in rooms):
            raise NoKernel("the seats of a region are not known", step="distribute")
    if step.relative == "per_seat" and not all(seats_in(scope, area, step.tiers) for area in scope.inside):
        raise NoKernel("a district without seats", step="distribute")


def _contest(step: Distribute, scope: Scope) -> Contest:
    import numpy as np

    place = {line: i for i, line in enumerate(scope.lines) if line not in LINES}
    columns = [np.array([place.get(line, -1) for line in area.lines]) for area in scope.inside]
    held_in = [
        [
            (name, number, i, place[scope.tally.party(line)])
            for name in step.tiers
            for number, other in enumerate(scope.before[name].areas)
            if other.area == area.area
            for i, line in enumerate(other.lines)
            if scope.tally.party(line) in place
        ]
        for area in scope.inside
    ]
    most = scope.seats + sum(scope.before[name].seats for name in step.tiers) + 2
    rule, nation = divisor_named(step.divisor, step.first), divisor_named(step.won_by or step.divisor)
    return Contest(step, scope, table_of(rule, 2 * most), table_of(nation, 2 * most), columns, held_in)


def seats_in(scope: Scope, area: Scope, tiers: tuple[str, ...]) -> int:
    """Return the seats of other tiers in the district of the same name."""
    return sum(a.seats for name in tiers for a in scope.before[name].areas if a.area == area.area)


def _each_alone(votes: Counts, held: Counts, left: Counts, table: Counts) -> tuple[Counts, Counts]:
    """Give every contender its seats where its claims are largest; without limits nobody is in anybody's way."""
    import numpy as np

    given, left = np.zeros(votes.shape, np.int64), left.copy()
    claims = np.where(votes > 0, votes / table[held], -1.0)
    doubt = np.zeros(left.shape, bool)
    while (live := (left > 0) & ~doubt).any():
        run, who = np.nonzero(live)
        mine, each = claims[run, :, who], np.arange(run.size)
        where = mine.argmax(axis=1)
        top = mine[each, where]
        mine[each, where] = -1.0
        doubt[run, who] = (top <= 0) | ((left[run, who] == 1) & (mine.max(axis=1) * MARGIN >= top))
        given[run, where, who] += 1
        seat = held[run, where, who] + given[run, where, who]
        claims[run, where, who] = votes[run, where, who] / table[seat]
        left[run, who] -= 1
    return given, np.asarray(doubt.any(axis=1))


def _in_turn(
    votes: Counts, held: Counts, left: Counts, room: Counts, table: Counts, nation: Counts | None, won_by: Counts
) -> tuple[Counts, Counts]:
    """Give seats one after the other: the largest claim of all first, or by the order of the nation."""
    import numpy as np

    given, left, room = np.zeros(votes.shape, np.int64), left.copy(), room.copy()
    claims = np.where(votes > 0, votes / table[held], -1.0)
    doubt = np.zeros(len(votes), bool)
    rows = np.nonzero(left.any(axis=1))[0]
    while rows.size:
        open_to = np.where((room[rows] > 0)[:, :, None] & (left[rows] > 0)[:, None, :], claims[rows], -1.0)
        if nation is not None:
            placed = (held[rows] + given[rows]).sum(axis=1)
            order = np.where(left[rows] > 0, nation[rows] / won_by[placed], -1.0)
            line = np.sort(order, axis=1)[:, -2:]
            doubt[rows] |= (line[:, 0] * MARGIN >= line[:, -1]) if order.shape[1] > 1 else False
            mine = np.arange(order.shape[1]) == order.argmax(axis=1)[:, None]
            open_to = np.where(mine[:, None, :], open_to, -1.0)
        flat, each = open_to.reshape(rows.size, -1), np.arange(rows.size)
        best = flat.argmax(axis=1)
        where, who = np.divmod(best, votes.shape[2])
        top = flat[each, best]
        flat[each, best] = -1.0
        near = np.nonzero(flat.max(axis=1) * MARGIN >= top)[0]
        doubt[rows] |= top <= 0
        if near.size:
            some = rows[near]
            doubt[some] |= _in_the_way(
                flat.reshape(open_to.shape)[near],
                where[near],
                who[near],
                top[near],
                left[some],
                room[some],
                always=nation is not None,
            )
        given[rows, where, who] += 1
        seat = held[rows, where, who] + given[rows, where, who]
        claims[rows, where, who] = votes[rows, where, who] / table[seat]
        left[rows, who] -= 1
        room[rows, where] -= 1
        rows = rows[left[rows].any(axis=1) & ~doubt[rows]]
    return given, doubt


def _in_the_way(
    open_to: Counts, where: Counts, who: Counts, top: Counts, left: Counts, room: Counts, *, always: bool
) -> Counts:
    """Say in which runs a claim as large as the one chosen asks for the same seat."""
    import numpy as np

    near = open_to * MARGIN >= top[:, None, None]
    each = np.arange(len(top))
    if always:
        return np.asarray(near.any(axis=(1, 2)))
    same_contender = near[each, :, who].any(axis=1) & (left[each, who] == 1)
    same_place = near[each, where, :].any(axis=1) & (room[each, where] == 1)
    return np.asarray(same_contender | same_place)
