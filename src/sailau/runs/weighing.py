"""Steps that change the votes that count, or hold a list at a ceiling, in many runs at once."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sailau.kernels.lots import DRAWN, SILENT
from sailau.runs.elsewhere import winnings
from sailau.runs.formulas import NoKernel
from sailau.runs.placing import FORMULA, formula_of, varying
from sailau.runs.single import stream_of
from sailau.runs.state import Clause, Scope, State, base_of, only
from sailau.seats.cap import Cap
from sailau.seats.carry import Carry
from sailau.seats.reserve import Reserve
from sailau.seats.weigh import Weigh
from sailau.terms.tally import LINES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[Any]

_LARGE = 2**10


def carry(step: Carry, scope: Scope) -> Clause:
    """Return what adds to each list the votes that its party's candidates won nothing with."""
    import numpy as np

    only(step, "tier", "surplus")
    if scope.inside or step.tier not in scope.before:
        raise NoKernel("lists of areas, or a tier that was not counted", step="carry")
    before, place = scope.before[step.tier], scope.parties()
    units = range(len(before.areas))
    candidates = [
        [(i, place.get(scope.tally.party(line), -1)) for i, line in enumerate(area.lines) if line not in LINES]
        for area in before.areas
    ]

    def apply(state: State) -> None:
        takes = np.broadcast_to(state.takes, state.standing.shape)
        votes = state.standing.astype(np.int64, order="F")
        for unit in units:
            part, own = state.done[step.tier].parts[unit], candidates[unit]
            lines = [i for i, _ in own]
            cast = part.cast[:, lines]
            won = np.zeros(cast.shape, bool) if part.seats is None else part.seats[:, lines] > 0
            unused = np.where(won, 0, cast)
            if step.surplus:
                needed = unused.max(axis=1, initial=0) + 1
                unused = np.where(won, np.maximum(cast - needed[:, None], 0), unused)
            for i, (_, column) in enumerate(own):
                if column >= 0:
                    votes[:, column] += unused[:, i]
        state.standing = np.where(takes, votes, 0)

    return apply


def reserve(step: Reserve, scope: Scope) -> Clause:
    """Return what gives lists with a trait a seat at a part of the price, and takes them out."""
    import numpy as np

    only(step, "traits", "price")
    if scope.inside or not scope.seats or max(step.price.numerator, step.price.denominator) > _LARGE:
        raise NoKernel("in districts, without seats, or a price with a large denominator", step="reserve")
    marked = np.array([bool(set(step.traits) & set(scope.tally.contender(line).traits)) for line in scope.lines])

    def apply(state: State) -> None:
        total = state.standing.sum(axis=1)
        price = total * step.price.numerator // (scope.seats * step.price.denominator)
        won = marked & state.takes & (state.standing > 0) & (state.standing >= price[:, None])
        before = 0 if state.seats is None else state.seats.sum(axis=1)
        state.recount |= won.sum(axis=1) > scope.seats - before
        state.takes = state.takes & ~marked
        state.standing = np.where(state.takes, state.standing, 0)
        state.place(won.astype(np.int64))

    return apply


def weigh(step: Weigh, scope: Scope) -> Clause:
    """Return what multiplies the votes of lists with a trait; all votes move to the scale of the factor."""
    import numpy as np

    only(step, "trait", "factor", "below", "of")
    bar = step.below or Fraction(0)
    if scope.inside or max(step.factor.numerator, step.factor.denominator, bar.denominator) > _LARGE:
        raise NoKernel("in districts, or a factor with a large denominator", step="weigh")
    marked = np.array([step.trait in scope.tally.contender(line).traits for line in scope.lines])
    base = base_of(scope, step.of) if step.below is not None else None

    def apply(state: State) -> None:
        chosen = np.broadcast_to(marked, state.standing.shape)
        if base is not None:
            chosen = chosen & (state.standing * bar.denominator < (base(state) * bar.numerator)[:, None])
        state.standing = state.standing * np.where(chosen, step.factor.numerator, step.factor.denominator)

    return apply


def cap(step: Cap, scope: Scope) -> Clause:
    """Return the formula with a ceiling on the seats of each list, those won in other tiers included."""
    import numpy as np

    only(step, *FORMULA, "tiers", "most", "beyond")
    won, elsewhere = _won(step, scope)
    house = scope.seats + elsewhere
    beyond = step.beyond or Fraction(0)
    if scope.inside or house * beyond.denominator > 2**20:
        raise NoKernel("districts, or a ceiling with a large denominator", step="cap")
    share, by_lot, stream = formula_of(step, scope.lines), scope.by_lot(step.ties), stream_of(scope.key("cap"))

    def room(state: State) -> Counts:
        top = np.full(state.standing.shape, house if step.most is None else min(step.most, house))
        total = np.maximum(state.standing.sum(axis=1), 1)[:, None]
        if step.beyond is not None:
            claim = (state.standing * beyond.denominator + beyond.numerator * total) * house
            top = np.minimum(top, claim // (total * beyond.denominator))
        return np.asarray(np.maximum(top - won(state), 0))

    def apply(state: State) -> None:
        most, out = room(state), np.zeros(state.standing.shape, np.int64, order="F")
        left = np.full(len(out), scope.seats)
        alive = np.broadcast_to(state.takes, out.shape).copy(order="F")
        rows = np.nonzero(~state.recount)[0]
        while rows.size:
            votes = np.where(alive[rows], state.standing[rows], 0)
            try:
                made, status = varying(share, votes, left[rows], state.key, state.first, stream)
            except OverflowError:
                state.recount[rows] = True
                return
            over = alive[rows] & (made > most[rows])
            again = np.asarray(over.any(axis=1))
            # A lot that decides who is held at the ceiling, or without a rule of its own, is left to the exact count.
            state.recount[rows] |= (status == SILENT) | ((status == DRAWN) & (again if by_lot else True))
            state.lots[rows] += (status == DRAWN) & ~state.recount[rows]
            out[rows] = np.where(alive[rows], np.where(over, most[rows], np.where(again[:, None], 0, made)), out[rows])
            left[rows] -= np.where(over, most[rows], 0).sum(axis=1)
            alive[rows] &= ~over
            rows = rows[again & ~state.recount[rows]]
        state.place(out)

    return apply


def _won(step: Cap, scope: Scope) -> tuple[Callable[[State], Counts], int]:
    """Return what finds seats won in other tiers by list, and how many seats those tiers have."""
    import numpy as np

    if all(name in scope.before for name in step.tiers):
        find = winnings(scope, step.tiers)
        return lambda state: find(state)[0], sum(scope.before[name].seats for name in step.tiers)
    if any(name in scope.before or name not in scope.tally.declared for name in step.tiers):
        raise NoKernel("a tier that was not counted", step="cap")
    place, fixed = scope.parties(), np.zeros(len(scope.lines), np.int64)
    total = 0
    for name in step.tiers:
        for winner, n in scope.tally.declared[name].items():
            total += n
            party = scope.tally.party(winner)
            if party in place:
                fixed[place[party]] += n
    return lambda _: fixed[None, :], total
