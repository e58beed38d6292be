"""Steps that look at other tiers: compensation, levelling, seats due and taken off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sailau.runs.elsewhere import seats_of, winnings
from sailau.runs.formulas import NoKernel
from sailau.runs.placing import FORMULA, formula_of, varying
from sailau.runs.single import stream_of
from sailau.runs.state import Clause, Scope, State, only
from sailau.runs.stepwise import seat_by_seat, share_by_steps, table_of
from sailau.seats.compensate import Compensate
from sailau.terms.divisor import divisor_named

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.runs.formulas import Share

    Counts = NDArray[Any]


def compensate(step: Compensate, scope: Scope) -> Clause:
    """Return what places the seats that are wanting to each list's share of several tiers."""
    import numpy as np

    only(step, *FORMULA, "tiers", "total", "overhang", "totals")
    if any(name in scope.tally.declared for name in step.tiers):
        raise NoKernel("declared seats", step="compensate")
    total, find = _whole(step, scope)
    rule = divisor_named(step.divisor, step.first) if step.divisor is not None else None
    by_steps = rule if rule is not None and rule.power != 1 and step.overhang == "continue" else None
    share = formula_of(step, scope.lines) if by_steps is None else share_by_steps(by_steps)
    stream = stream_of(scope.key("compensate"))

    def apply(state: State) -> None:
        held, others = find(state)
        standing = np.broadcast_to(state.takes, state.standing.shape)
        others = others + np.where(standing, 0, held).sum(axis=1)
        held = np.where(standing, held, 0)
        left = total - others
        state.recount |= (left < 0) | ~standing.any(axis=1)
        try:
            if by_steps is not None:
                due, doubt = seat_by_seat(
                    np.where(standing, state.standing, 0),
                    held,
                    left - held.sum(axis=1),
                    table_of(by_steps, max(total, int(held.max(initial=0))) + 1),
                )
                state.recount |= doubt
            else:
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
            raise NoKernel("a tier that was not counted", step="compensate")
        return step.total, lambda state: (np.zeros(state.standing.shape, np.int64), np.zeros(len(state.cast), np.int64))
    here = not scope.nationwide
    if here and step.total is not None:
        raise NoKernel("a total inside an area", step="compensate")
    if step.total is None or scope.seats:
        seats = scope.seats + seats_of(scope, step.tiers, here=here)
        if step.total is not None and seats != step.total:
            raise NoKernel("a total that is not the sum of its tiers", step="compensate")
        return seats, winnings(scope, step.tiers, here=here)
    return step.total, winnings(scope, step.tiers, here=here)


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
