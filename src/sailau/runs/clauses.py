"""The steps of a law that have kernels: each turns the array of votes that take part, or places seats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sailau.kernels.lots import DRAWN, SILENT
from sailau.kernels.winners import winners
from sailau.runs.formulas import NoKernel, share_of
from sailau.runs.layout import MOVING
from sailau.runs.single import stream_of
from sailau.seats.allocate import Allocate
from sailau.seats.elect import Elect
from sailau.seats.eligible import Eligible
from sailau.seats.fill import Fill
from sailau.seats.guarantee import Guarantee
from sailau.seats.threshold import Threshold
from sailau.terms.tally import AGAINST_ALL, BLANK, INVALID, LINES, Ballots, Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.kernels.philox import Key
    from sailau.runs.formulas import Share

    Counts = NDArray[Any]


@dataclass
class State:
    """One area, or a tier as a whole, of many runs in the middle of being counted.

    Attributes
    ----------
    cast : array [run, line]
        All lines as drawn.
    standing : array [run, line]
        Votes of those that take part, 0 for the others.
    takes : array of bool, [line] or [run, line]
        Who takes part.
    recount : array [run] of bool
        Runs that the exact count has to decide: a tie with a rule, a case on which the law is silent.
    lots : array [run]
    key, first
        Where lots come from.
    seats, placed : array [run, line], or None
    passed : array [run, line] of bool, or None
        Who reached the bar of the tier.
    """

    cast: Counts
    standing: Counts
    takes: Counts
    recount: Counts
    lots: Counts
    key: Key
    first: int
    seats: Counts | None = None
    passed: Counts | None = None


Clause = Callable[[State], None]


@dataclass(frozen=True)
class Scope:
    """Where a clause applies: the ballots of an area, its lines, its seats and the question's name."""

    tally: Tally
    ballots: Ballots
    tier: str
    area: str
    lines: tuple[str, ...]
    cast: tuple[int, ...]
    seats: int
    ruled: bool
    nationwide: bool

    def key(self, step: str) -> str:
        """Return the name of the question that a step may leave open here."""
        return f"{self.tier}.{step}" if self.nationwide else f"{self.tier}.{self.area}.{step}"

    def columns(self, without: Sequence[str] | frozenset[str]) -> Counts:
        """Return which lines are none of `without`, as an array of bool."""
        import numpy as np

        return np.array([line not in without for line in self.lines])


def base_of(scope: Scope, of: str) -> Callable[[State], Counts]:
    """Return what forms the base of a share in every run, as `Count.base` does for one."""
    import numpy as np

    if of == "standing":
        return lambda state: state.standing.sum(axis=1)
    given = None if of == "list_votes" else scope.ballots.total(scope.area, of)
    if given is not None:
        if of not in MOVING:
            return lambda state: np.full(state.cast.shape[0], given)
        still = given - sum(scope.cast)
        return lambda state: state.cast.sum(axis=1) + still
    if of == "ballots":
        invalid = scope.ballots.total(scope.area, "invalid")
        if invalid is None and INVALID not in scope.lines:
            raise NoKernel("the tally has no figure for ballots")
        valid = base_of(scope, "valid")
        if invalid is not None:
            return lambda state: valid(state) + invalid
        column = scope.lines.index(INVALID)
        return lambda state: valid(state) + state.cast[:, column]
    without = {
        "list_votes": tuple(LINES),
        "valid": (INVALID,),
        "valid_for_contenders": (INVALID, BLANK, AGAINST_ALL),
    }.get(of)
    if without is None:
        raise NoKernel(f"the tally has no figure for {of}")
    kept = np.nonzero(scope.columns(without))[0]
    return lambda state: state.cast[:, kept].sum(axis=1)


def threshold(step: Threshold, scope: Scope) -> Clause:
    """Return the bar: exact, in whole numbers."""
    import numpy as np

    if step.seats is not None or step.parts is not None or step.quota is not None:
        raise NoKernel("threshold: seats, parts or quota")
    base = base_of(scope, step.of)
    who = [scope.tally.contender(line) for line in scope.lines]
    bars = [step.bar(contender) for contender in who]
    exempt = np.array([bool(contender.traits.intersection(step.exempt)) for contender in who])
    largest = max(max(bar.numerator, bar.denominator) for bar in bars) if bars else 1
    if largest > 2**20:
        raise NoKernel("threshold: a share with a denominator above a million")
    groups = [(bar, np.array([other == bar for other in bars])) for bar in dict.fromkeys(bars)]

    def enough(base: Counts, bar: Fraction) -> Counts:
        """Return the fewest votes that reach the bar."""
        if step.strict:
            return base * bar.numerator // bar.denominator + 1
        return -(-base * bar.numerator // bar.denominator)

    def apply(state: State) -> None:
        of = base(state)
        passed = state.standing >= enough(of, bars[0])[:, None]
        for bar, mine in groups[1:]:
            passed[:, mine] = state.standing[:, mine] >= enough(of, bar)[:, None]
        passed = (passed | exempt if exempt.any() else passed) & state.takes
        state.recount |= ~passed.any(axis=1)
        state.standing = state.standing * passed
        state.takes = state.passed = passed

    return apply


def eligible(step: Eligible, scope: Scope) -> Clause:
    """Return what takes lines out of every run."""
    import numpy as np

    kinds = [scope.tally.contender(line).kind for line in scope.lines]
    stays = scope.columns(step.drop) & np.array([kind not in step.drop_kinds for kind in kinds])

    def apply(state: State) -> None:
        state.takes = state.takes & stays
        state.standing = state.standing * state.takes

    return apply


def guarantee(step: Guarantee, scope: Scope) -> Clause:  # noqa: ARG001  # clauses are made alike
    """Return what sends runs in which the guarantee is needed to the exact count."""

    def apply(state: State) -> None:
        if state.passed is not None:
            state.recount |= state.passed.sum(axis=1) < step.lists

    return apply


def allocate(step: Allocate, scope: Scope) -> Clause | None:
    """Return the formula for the seats of an area; None where it has none."""
    if scope.seats == 0:
        return None
    if step.limit != "none" or step.excess != "refuse" or (step.quota and step.rest != "largest_remainder"):
        raise NoKernel("allocate: limit, excess, or a rest that is no largest remainder")
    if step.quota_of != "standing":
        raise NoKernel("allocate: a quota of more votes than those that take part")
    return _share_out(share_of(step), step.ties, scope)


def _share_out(share: Share, ties: Sequence[str], scope: Scope) -> Clause:

    stream, by_lot = stream_of(scope.key("allocate")), not scope.ruled and tuple(ties[:1]) in ((), ("lot",))

    def apply(state: State) -> None:
        try:
            seats, status = share(state.standing, scope.seats, state.key, state.first, stream)
        except OverflowError:
            state.recount[:] = True
            return
        _settled(state, status, by_lot=by_lot)
        state.seats = seats

    return apply


def _settled(state: State, status: Counts, *, by_lot: bool) -> None:
    drawn = status == DRAWN
    state.recount |= status == SILENT
    if by_lot:
        state.lots += drawn
    else:
        state.recount |= drawn


def elect(step: Elect, scope: Scope) -> Clause:
    """Return the winner of a district with one seat, by most votes."""
    import numpy as np

    if step.rule != "plurality" or scope.seats != 1:
        raise NoKernel("elect: a majority, or several seats")
    by_lot = not scope.ruled and not step.pair_ties and tuple(step.ties[:1]) in ((), ("lot",))
    stream = stream_of(scope.key("elect"))

    def apply(state: State) -> None:
        best, status = winners(state.standing, key=state.key, first=state.first, stream=stream)
        _settled(state, status, by_lot=by_lot)
        state.seats = np.zeros(state.standing.shape, np.int32, order="F")
        state.seats[np.arange(best.size), best] = 1

    return apply


def fill(step: Fill, scope: Scope) -> Clause:
    """Return what sends runs in which a list is too short, or its reserved share unclear, to the exact count."""
    import numpy as np

    rooms = []
    for line in scope.lines:
        contender = scope.tally.contender(line)
        room = scope.seats if contender.candidates is None else contender.candidates
        if step.reserved and contender.reserved is not None:
            room = min(room, int(contender.reserved / step.reserved))
        rooms.append(room)
    most = np.array(rooms)

    def apply(state: State) -> None:
        if state.seats is not None:
            state.recount |= (state.seats > most).any(axis=1)

    return apply
