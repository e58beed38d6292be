"""Steps that look at other tiers: compensation, levelling, seats due and taken off.

Seats are counted for the parties; in which district a levelling seat lies changes nothing for them, so equal claims of
two districts draw no lot here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sailau.runs.formulas import NoKernel
from sailau.runs.placing import FORMULA, formula_of, varying
from sailau.runs.single import stream_of
from sailau.runs.state import Clause, Scope, State, only, winnings
from sailau.seats.compensate import Compensate
from sailau.seats.cover import Cover
from sailau.seats.distribute import Distribute
from sailau.seats.entitle import Entitle
from sailau.seats.overhang import Offset
from sailau.seats.spread import Spread
from sailau.terms.divisor import divisor_named
from sailau.terms.tally import LINES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.runs.formulas import Share

    Counts = NDArray[Any]


def compensate(step: Compensate, scope: Scope) -> Clause:
    """Return what places the seats that are wanting to each list's share of several tiers."""
    import numpy as np

    only(step, *FORMULA, "tiers", "total", "overhang", "totals")
    if any(name in scope.tally.declared for name in step.tiers):
        raise NoKernel("compensate: declared seats")
    total, find = _whole(step, scope)
    share, stream = formula_of(step), stream_of(scope.key("compensate"))

    def apply(state: State) -> None:
        held, others = find(state)
        standing = np.broadcast_to(state.takes, state.standing.shape)
        others = others + np.where(standing, 0, held).sum(axis=1)
        held = np.where(standing, held, 0)
        left = total - others
        state.recount |= (left < 0) | ~standing.any(axis=1)
        try:
            due = _due(step, share, state, held, np.maximum(left, 0), stream)
        except OverflowError:
            state.recount[:] = True
            return
        over = np.maximum(held - due, 0).sum(axis=1)
        if step.overhang == "refuse":
            state.recount |= over > 0
        seats = np.maximum(due - held, 0)
        grown = over if step.overhang == "add" else 0
        state.recount |= seats.sum(axis=1) != total - others - held.sum(axis=1) + grown
        state.place(seats)

    return apply


def _whole(step: Compensate, scope: Scope) -> tuple[int, Callable[[State], tuple[Counts, Counts]]]:
    """Return the seats to share out, and what finds those held; none where national totals stand for the whole."""
    import numpy as np

    known = [name for name in step.tiers if name in scope.before]
    if len(known) < len(step.tiers):
        if known or not step.totals or not scope.nationwide or step.total is None:
            raise NoKernel("compensate: a tier that was not counted")
        return step.total, lambda state: (np.zeros(state.standing.shape, np.int64), np.zeros(len(state.cast), np.int64))
    here = not scope.nationwide
    if here and step.total is not None:
        raise NoKernel("compensate: a total inside an area")
    seats = scope.seats + _seats_of(scope, step.tiers, here=here)
    if not here and step.total is not None and scope.seats and seats != step.total:
        raise NoKernel("compensate: a total that is not the sum of its tiers")
    return step.total if step.total is not None else seats, winnings(scope, step.tiers, here=here)


def _seats_of(scope: Scope, tiers: tuple[str, ...], *, here: bool) -> int:
    total = 0
    for name in tiers:
        before = scope.before[name]
        if not here:
            total += before.seats
            continue
        total += sum(a.seats for a in before.areas if scope.area in (a.area, before.region(a.area)))
    return total


def _due(step: Compensate, share: Share, state: State, held: Counts, total: Counts, stream: int) -> Counts:
    """Return what each list is due; round by round those that hold more are taken out with their seats.

    Going on from the seats held (``continue``) leads to the same end: who is over stays over when less is left. A tie
    in any round is a question for the exact count.
    """
    import numpy as np

    due, left = held.copy(order="F"), total.copy()
    alive = np.broadcast_to(state.takes, held.shape).copy(order="F")
    rows = np.nonzero(~state.recount)[0]
    while rows.size:
        votes = np.where(alive[rows], state.standing[rows], 0)
        made, status = varying(share, votes, left[rows], state.key, state.first, stream)
        state.recount[rows[status != 0]] = True
        over = alive[rows] & (held[rows] > made)
        if step.overhang in ("add", "refuse"):
            due[rows] = np.where(alive[rows], made, due[rows])
            return due
        again = over.any(axis=1)
        fine = rows[~again]
        due[fine] = np.where(alive[fine], made[~again], due[fine])
        left[rows] -= np.where(over, held[rows], 0).sum(axis=1)
        alive[rows] &= ~over
        rows = rows[again & (status == 0) & alive[rows].any(axis=1)]
    return due


def distribute(step: Distribute, scope: Scope) -> Clause | None:
    """Return what sends runs in which a seat might find no place to the exact count; None without districts."""
    import numpy as np

    if not scope.inside:
        return None
    only(step, "to", "divisor", "first", "tiers", "relative", "room", "order", "won_by", "ties")
    for name in (step.divisor, step.won_by or step.divisor):
        if divisor_named(name, step.first).at(0)[0] == 0:
            raise NoKernel(f"distribute: {name} has no first quotient")
    if step.to == "region" and any(area.area not in scope.ballots.regions for area in scope.inside):
        raise NoKernel("distribute: regions are not known")
    if any(name not in scope.before for name in step.tiers):
        raise NoKernel("distribute: a tier that was not counted")
    given = step.room == "given"
    if given and step.to == "region":
        rooms = [scope.ballots.seats.get(region) for region in set(scope.ballots.regions.values())]
        if any(room is None for room in rooms) or sum(room or 0 for room in rooms) < scope.seats:
            raise NoKernel("distribute: the seats of a region are not known")
    if step.relative == "per_seat" and not all(_seats_in(scope, area, step.tiers) for area in scope.inside):
        raise NoKernel("distribute: a district without seats")

    def apply(state: State) -> None:
        wanting = np.zeros(state.standing.shape, bool) if state.seats is None else state.seats > 0
        place = {line: i for i, line in enumerate(scope.lines)}
        everywhere = np.ones(len(wanting), bool)
        for area, part in zip(scope.inside, state.parts, strict=True):
            absent = np.ones(wanting.shape, bool)
            cast = np.zeros(len(wanting), np.int64)
            for i, line in enumerate(area.lines):
                if line not in LINES:
                    absent[:, place[line]] = part.cast[:, i] == 0
                    cast += part.cast[:, i]
            if given and (area.seats or step.to == "region"):
                everywhere &= ~(wanting & absent).any(axis=1)
            if step.relative != "plain":
                everywhere &= cast > 0
        state.recount |= ~everywhere

    return apply


def _seats_in(scope: Scope, area: Scope, tiers: tuple[str, ...]) -> int:
    return sum(a.seats for name in tiers for a in scope.before[name].areas if a.area == area.area)


def entitle(step: Entitle, scope: Scope) -> Clause:
    """Return what each list of the nation is due in several tiers together."""
    import numpy as np

    only(step, *FORMULA, "tiers", "others")
    if not scope.nationwide or any(name not in scope.before for name in step.tiers):
        raise NoKernel("entitle: inside an area, or after a tier that was not counted")
    alone = step.others == "independent"
    total = scope.seats + _seats_of(scope, step.tiers, here=False)
    find = winnings(scope, step.tiers, only_independents=alone)
    absent = None if alone else _without_a_list(scope, step.tiers)
    share, by_lot, stream = formula_of(step), scope.by_lot(step.ties), stream_of(scope.key("entitle"))

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

    only(step, *FORMULA)
    if not scope.inside:
        raise NoKernel("spread: no areas")
    share = formula_of(step)
    homes = [
        [(i, area.lines.index(line)) for i, area in enumerate(scope.inside) if line in area.lines]
        for line in scope.lines
    ]

    def apply(state: State) -> None:
        if state.due is None:
            raise NoKernel("spread: nothing is due")
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
            try:
                made, status = varying(share, votes, due, state.key, state.first, stream)
            except OverflowError:
                state.recount[:] = True
                return
            state.recount |= status != 0  # who gets the seat may matter for overhang
            for place, (i, at) in enumerate(homes[column]):
                _part_due(state.parts[i])[:, at] = made[:, place]

    return apply


def _part_due(state: State) -> Counts:
    if state.due is None:
        raise NoKernel("nothing says what the lists are due in an area")
    return state.due


def cover(step: Cover, scope: Scope) -> Clause:
    """Return what unseats winners of districts beyond the due of their list in the area."""
    import numpy as np

    only(step, "tier", "ties")
    if step.tier not in scope.before or not scope.inside:
        raise NoKernel("cover: no districts, or no areas")
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

    def apply(state: State) -> None:
        parts = state.done[step.tier].parts
        for (where, at), winners in groups.items():
            if at < 0:
                left = np.zeros(len(state.cast), np.int64)
            else:
                part = state.parts[where]
                left = np.where(np.broadcast_to(part.takes, part.cast.shape)[:, at], _part_due(part)[:, at], 0)
            # Which of the winners stay without a seat changes nothing for the party.
            for i, column in winners:
                seats = parts[i].seats
                if seats is not None:
                    kept = np.minimum(seats[:, column], left)
                    left = left - kept
                    seats[:, column] = kept

    return apply


def offset(step: Offset, scope: Scope) -> Clause:
    """Return what places the rest of each list's due after the seats it won in districts."""
    import numpy as np

    only(step, "tiers")
    if not scope.nationwide or any(name not in scope.before for name in step.tiers):
        raise NoKernel("offset: inside an area, or after a tier that was not counted")
    finds = [winnings(area, step.tiers, here=True) for area in scope.inside]
    find = None if scope.inside else winnings(scope, step.tiers)

    def apply(state: State) -> None:
        if find is not None:
            state.place(np.maximum(_part_due(state) - find(state)[0], 0))
            return
        for part, own in zip(state.parts, finds, strict=True):
            part.place(np.maximum(_part_due(part) - own(part)[0], 0))

    return apply
