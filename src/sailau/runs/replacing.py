"""Steps that put other votes in the place of those cast, or share out what lists lack, in many runs at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sailau.runs.elsewhere import seats_of, winnings
from sailau.runs.formulas import NoKernel, share_of
from sailau.runs.placing import varying
from sailau.runs.single import stream_of
from sailau.runs.state import Clause, Scope, State, base_of, only
from sailau.seats.join import BySeats, Join
from sailau.seats.make_up import MakeUp
from sailau.seats.take_off import TakeOff
from sailau.terms.tally import LINES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[Any]

_LARGE = 2**10


def take_off(step: TakeOff, scope: Scope) -> Clause:
    """Return what takes a share of a base off everybody's votes; they stand on the scale of what is taken off."""
    import numpy as np

    only(step, "share", "of")
    top, bottom = step.share.numerator, step.share.denominator
    if max(top, bottom) > _LARGE:
        raise NoKernel("a share with a large denominator", step="take_off")
    base = base_of(scope, step.of)

    def apply(state: State) -> None:
        off = base(state) * top
        left = state.standing * bottom - off[:, None]
        state.takes = state.takes & (left > 0)
        state.recount |= ~state.takes.any(axis=1)
        # The scale is the denominator of what is taken off, as in the count of one election: rounded quotas follow it.
        state.standing = np.where(state.takes, left // np.gcd(off, bottom)[:, None], 0)

    return apply


def join(step: Join, scope: Scope) -> Clause:
    """Return what adds to each list the votes of its party's candidates in another tier."""
    import numpy as np

    if scope.inside or not scope.nationwide or step.tier not in scope.before:
        raise NoKernel("lists of areas, or a tier that was not counted", step="join")
    before, place = scope.before[step.tier], scope.parties()
    sources = [
        (unit, i, place[scope.tally.party(line)])
        for unit, area in enumerate(before.areas)
        for i, line in enumerate(area.lines)
        if line not in LINES and scope.tally.party(line) in place
    ]

    def apply(state: State) -> None:
        votes = state.standing.astype(np.int64, order="F")
        parts = state.done[step.tier].parts
        for unit, line, column in sources:
            votes[:, column] += parts[unit].cast[:, line]
        state.standing = np.where(state.takes, votes, 0)

    return apply


def by_seats(step: BySeats, scope: Scope) -> Clause:
    """Return what puts the seats that parties won in other tiers in the place of their votes."""
    import numpy as np

    if _has_seats(scope.inside) or any(name not in scope.before for name in step.tiers):
        raise NoKernel("lists of areas, or a tier that was not counted", step="by_seats")
    find = winnings(scope, step.tiers, here=not scope.nationwide)

    def apply(state: State) -> None:
        state.standing = np.where(state.takes, find(state)[0], 0)
        state.recount |= ~(state.standing > 0).any(axis=1)

    return apply


def _has_seats(areas: Sequence[Scope]) -> bool:
    return any(area.seats for area in areas)


def make_up(step: MakeUp, scope: Scope) -> Clause:
    """Return what shares out the seats here in proportion to what each list lacks of its share of the whole."""
    import numpy as np

    if _has_seats(scope.inside) or scope.open or any(name not in scope.before for name in step.tiers):
        raise NoKernel("lists of areas, or a tier that was not counted", step="make_up")
    here = not scope.nationwide
    find, share = winnings(scope, step.tiers, here=here), share_of("hare", None, None, scope.lines)
    house = scope.seats + seats_of(scope, step.tiers, here=here) if step.total is None else step.total
    by_lot, stream = scope.by_lot(step.ties), stream_of(scope.key("make_up"))

    def apply(state: State) -> None:
        held, others = find(state)
        standing = np.broadcast_to(state.takes, held.shape)
        whole = house - others - np.where(standing, 0, held).sum(axis=1)
        cast = state.standing.sum(axis=1)
        lack = np.maximum(state.standing * whole[:, None] - held * cast[:, None], 0)
        lack = np.where(standing, lack, 0)
        left = np.full(len(held), scope.seats) - (0 if state.seats is None else state.seats.sum(axis=1))
        state.recount |= (left > 0) & ~lack.any(axis=1)
        try:
            made, status = varying(share, lack, left, state.key, state.first, stream)
        except OverflowError:
            state.recount[:] = True
            return
        state.settled(status, by_lot=by_lot)
        state.place(made)

    return apply
