"""Steps that say what a list is due in all tiers together, area by area, and place what it did not win elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sailau.runs.elsewhere import seats_of, standing_in, winnings
from sailau.runs.enlarging import entitle_by_areas
from sailau.runs.formulas import NoKernel
from sailau.runs.placing import FORMULA, formula_of, varying
from sailau.runs.single import stream_of
from sailau.runs.state import Clause, Scope, State, base_of, only
from sailau.runs.stepwise import MARGIN, continuing
from sailau.seats.cover import Cover
from sailau.seats.entitle import Entitle
from sailau.seats.overhang import Offset
from sailau.seats.spread import Spread
from sailau.terms.tally import LINES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[Any]


def entitle(step: Entitle, scope: Scope) -> Clause:
    """Return what each list of the nation is due in several tiers together."""
    import numpy as np

    if step.over is not None:
        return entitle_by_areas(step, scope)
    only(step, *FORMULA, "tiers", "others")
    if not scope.nationwide or any(name not in scope.before for name in step.tiers):
        raise NoKernel("inside an area, or after a tier that was not counted", step="entitle")
    alone = step.others == "independent"
    total = scope.seats + seats_of(scope, step.tiers, here=False)
    find = winnings(scope, step.tiers, only_independents=alone)
    absent = None if alone else _without_a_list(scope, step.tiers)
    share = formula_of(step, scope.lines)
    by_lot, stream = scope.by_lot(step.ties), stream_of(scope.key("entitle"))

    def apply(state: State) -> None:
        held, others = find(state)
        if not alone:
            others = others + np.where(state.takes, 0, held).sum(axis=1)
            if absent is not None:
                state.recount |= absent(state)
        try:
            due, status = varying(share, state.standing, total - others, state.key, state.first, stream)
        except OverflowError:
            state.recount[:] = True
            return
        state.settled(status, by_lot=by_lot)
        state.due = due.astype(np.int64)

    return apply


def _without_a_list(scope: Scope, tiers: tuple[str, ...]) -> Callable[[State], Counts]:
    """Return what finds runs in which a party wins a district in an area where it has no list."""
    import numpy as np

    here = {area.area: set(area.lines) for area in scope.inside}
    names = {party: scope.lines[column] for party, column in scope.parties().items()}
    pairs: list[tuple[str, int, int]] = []
    for name in tiers:
        before = scope.before[name]
        for i, area in enumerate(before.areas):
            lines = here.get(before.region(area.area), set())
            for column, line in enumerate(area.lines):
                own = names.get(scope.tally.party(line))
                if own is not None and own not in lines:
                    pairs.append((name, i, column))

    def find(state: State) -> Counts:
        found = np.zeros(len(state.cast), bool)
        for name, i, column in pairs:
            seats = state.done[name].parts[i].seats
            if seats is not None:
                found |= seats[:, column] > 0
        return found

    return find


def spread(step: Spread, scope: Scope) -> Clause:
    """Return what divides the seats due among the areas, list by list."""
    import numpy as np

    only(step, *FORMULA, "at_least", "tiers")
    if not scope.inside or any(name not in scope.before for name in step.tiers):
        raise NoKernel("no areas, or a tier that was not counted", step="spread")
    least = _least(step, scope) if step.at_least else None
    homes = [
        [(i, area.lines.index(line)) for i, area in enumerate(scope.inside) if line in area.lines]
        for line in scope.lines
    ]

    def apply(state: State) -> None:
        if state.due is None:
            raise NoKernel("nothing is due", step="spread")
        floors = None if least is None else least(state)
        for part in state.parts:
            part.due = np.zeros(part.cast.shape, np.int64, order="F")
        for column, line in enumerate(scope.lines):
            if line in LINES or not homes[column]:
                continue
            due = state.due[:, column]
            if len(homes[column]) == 1:
                i, at = homes[column][0]
                _part_due(state.parts[i])[:, at] = due
                continue
            votes = np.empty((len(due), len(homes[column])), np.int64, order="F")
            for place, (i, at) in enumerate(homes[column]):
                votes[:, place] = state.parts[i].standing[:, at]
            stream = stream_of(scope.key(f"{step.name}.{line}"))
            share = formula_of(step, [scope.inside[i].area for i, _ in homes[column]])
            try:
                if floors is None:
                    made, status = varying(share, votes, due, state.key, state.first, stream)
                    doubt = status != 0
                else:
                    held = np.array([floors[i][:, at] for i, at in homes[column]]).T
                    total = np.maximum(due, held.sum(axis=1))
                    made, doubt = continuing(share, votes, held, total, state.key, state.first, stream)
            except OverflowError:
                state.recount[:] = True
                return
            state.recount |= doubt  # who gets the seat may matter for overhang
            for place, (i, at) in enumerate(homes[column]):
                _part_due(state.parts[i])[:, at] = made[:, place]

    return apply


def _least(step: Spread, scope: Scope) -> Callable[[State], Sequence[Counts]]:
    """Return what finds the seats that each list keeps in each area."""
    finds = [winnings(area, step.tiers, here=True) for area in scope.inside]
    on_ballots = standing_in(scope)

    def find(state: State) -> Sequence[Counts]:
        if step.at_least == "floor":
            floors = [part.floor for part in state.parts]
            if any(floor is None for floor in floors):
                raise NoKernel("nothing says what an area keeps", step="spread")
            return [floor for floor in floors if floor is not None]
        takes = on_ballots(state)
        return [own(part)[0] * here for part, own, here in zip(state.parts, finds, takes, strict=True)]

    return find


def _part_due(state: State) -> Counts:
    if state.due is None:
        raise NoKernel("nothing says what the lists are due in an area")
    return state.due


def cover(step: Cover, scope: Scope) -> Clause:
    """Return what unseats winners of districts beyond the due of their list in the area."""
    import numpy as np

    only(step, "tier", "ties")
    if step.tier not in scope.before or not scope.inside:
        raise NoKernel("no districts, or no areas", step="cover")
    before = scope.before[step.tier]
    areas = {area.area: i for i, area in enumerate(scope.inside)}
    names = {party: scope.lines[column] for party, column in scope.parties().items()}
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for i, district in enumerate(before.areas):
        where = areas.get(before.region(district.area), -1)
        for column, line in enumerate(district.lines):
            if line in LINES or scope.tally.contender(line).kind == "independent":
                continue
            own = names.get(scope.tally.party(line), "")
            lines = scope.inside[where].lines if where >= 0 else ()
            groups.setdefault((where, lines.index(own) if own in lines else -1), []).append((i, column))

    valid = [base_of(district, "valid") for district in before.areas]

    def apply(state: State) -> None:
        parts = state.done[step.tier].parts
        for (where, at), winners in groups.items():
            if at < 0:
                left = np.zeros(len(state.cast), np.int64)
            else:
                part = state.parts[where]
                left = np.where(np.broadcast_to(part.takes, part.cast.shape)[:, at], _part_due(part)[:, at], 0)
            won = [(i, column, seats) for i, column in winners if (seats := parts[i].seats) is not None]
            short = np.nonzero((sum(seats[:, column] for _, column, seats in won) > left) & (left > 0))[0]
            if short.size:
                shares = [
                    np.where(seats[short, column], parts[i].cast[short, column] / valid[i](parts[i])[short], -1.0)
                    for i, column, seats in won
                ]
                state.recount[short] |= _equal_at(np.array(shares), left[short])
            # Which of the winners stay without a seat changes nothing for the party.
            for _, column, seats in won:
                kept = np.minimum(seats[:, column], left)
                left = left - kept
                seats[:, column] = kept

    return apply


def _equal_at(shares: Counts, covered: Counts) -> Counts:
    """Say in which runs the last winner who is covered and the first who is not have as good as equal shares."""
    import numpy as np

    line, each = -np.sort(-shares, axis=0), np.arange(len(covered))
    return np.asarray(line[covered, each] * MARGIN >= line[covered - 1, each])


def offset(step: Offset, scope: Scope) -> Clause:
    """Return what places the rest of each list's due after the seats it won in districts."""
    import numpy as np

    only(step, "tiers")
    if not scope.nationwide or any(name not in scope.before for name in step.tiers):
        raise NoKernel("inside an area, or after a tier that was not counted", step="offset")
    finds = [winnings(area, step.tiers, here=True) for area in scope.inside]
    find = None if scope.inside else winnings(scope, step.tiers)

    def apply(state: State) -> None:
        if find is not None:
            state.place(np.maximum(_part_due(state) - find(state)[0], 0))
            return
        for part, own in zip(state.parts, finds, strict=True):
            part.place(np.maximum(_part_due(part) - own(part)[0], 0))

    return apply
