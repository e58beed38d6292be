"""Steps that place seats: formulas, winners of districts, a bonus, linked lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sailau.kernels.lots import DRAWN, FINE, SILENT, numbered
from sailau.kernels.winners import winners
from sailau.runs.formulas import NoKernel, share_of
from sailau.runs.single import stream_of
from sailau.runs.state import Clause, Scope, State, base_of, only, seats_here
from sailau.seats.allocate import Allocate
from sailau.seats.bonus import Bonus
from sailau.seats.elect import Elect
from sailau.seats.formula import Formula
from sailau.seats.pool import Pool, room
from sailau.seats.share_out import ShareOut
from sailau.terms.divisor import divisor_named
from sailau.terms.tally import LINES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.kernels.philox import Key
    from sailau.runs.formulas import Share
    from sailau.terms.divisor import Divisor

    Counts = NDArray[Any]

FORMULA = ("quota", "rest", "divisor", "first", "ties")


def varying(
    share: Share, votes: Counts, seats: int | Counts, key: Key, first: int, stream: int
) -> tuple[Counts, Counts]:
    """Share out a number of seats that may differ from run to run; runs of the same number are counted together.

    A negative number is a case on which the formula is silent.
    """
    import numpy as np

    if isinstance(seats, int):
        return share(votes, seats, key, first, stream)
    numbers = np.unique(seats)
    if numbers.size == 1 and numbers[0] >= 0:
        return share(votes, int(numbers[0]), key, first, stream)
    out = np.zeros(votes.shape, np.int32, order="F")
    status = np.zeros(len(votes), np.uint8)
    for number in numbers.tolist():
        rows = np.nonzero(seats == number)[0]
        if number < 0:
            status[rows] = SILENT
            continue
        # A lot follows from the number of its run, not from its place among those counted together.
        made, found = share(np.ascontiguousarray(votes[rows]), int(number), key, first, stream)
        drawn = np.nonzero(found == DRAWN)[0]
        for row in drawn.tolist():
            made[row] = share(votes[rows[row]][None, :], int(number), key, first + int(rows[row]), stream)[0][0]
        out[rows], status[rows] = made, found
    return out, status


def formula_of(step: Formula, names: Sequence[str]) -> Share:
    """Return the kernel of a step's formula; quotas whose rest goes to the highest average are D'Hondt's seats."""
    if step.quota is not None and step.rest == "highest_average":
        # Whole Droop quotas are never more than D'Hondt gives, and his quotients go on from there to the same end.
        if (step.quota, step.divisor, step.first) != ("droop", "dhondt", None):
            raise NoKernel("{quota} and highest averages", quota=step.quota)
        return share_of(None, "dhondt", None, names)
    if step.quota is not None and step.rest != "largest_remainder":
        raise NoKernel("a rest that is no largest remainder")
    return share_of(step.quota, step.divisor, step.first, names)


def allocate(step: Allocate, scope: Scope) -> Clause | None:
    """Return the formula for the seats of an area; None where it has none."""
    only(step, *FORMULA, "limit", *(("decimals",) if step.quota is None else ()))
    if scope.seats == 0 and not scope.open:
        return None
    if scope.open and step.limit != "none":
        raise NoKernel("a limit, and seats that votes decide", step="allocate")
    share = formula_of(step, scope.lines)
    divisor = divisor_named(step.divisor or "", step.first) if step.decimals is not None else None
    if divisor is not None and divisor.at(0)[0] == 0:
        raise NoKernel("{term}", step="allocate", term="decimals")
    by_lot, stream = scope.by_lot(step.ties), stream_of(scope.key("allocate"))
    most = most_of(scope) if step.limit != "none" else None

    def apply(state: State) -> None:
        seats_due = seats_here(state, scope)
        left = seats_due if state.seats is None else seats_due - state.seats.sum(axis=1)
        try:
            seats, status = varying(share, state.standing, left, state.key, state.first, stream)
        except OverflowError:
            state.recount[:] = True
            return
        state.settled(status, by_lot=by_lot)
        if most is not None:
            _limited(state, seats, most, status == DRAWN)
        if divisor is not None and step.decimals is not None:
            state.recount |= _near(state.standing, seats, divisor, step.decimals)
        state.place(seats)

    return apply


def _near(votes: Counts, seats: Counts, divisor: Divisor, decimals: int) -> Counts:
    """Return the runs in which quotients rounded to these decimals may give the last seat to another line."""
    import numpy as np

    divisors = np.array([top / bottom for top, bottom in map(divisor.at, range(int(seats.max(initial=0)) + 1))])
    last = np.where(seats > 0, votes / divisors[np.maximum(seats - 1, 0)], np.inf).min(axis=1, initial=np.inf)
    after = (votes / divisors[seats]).max(axis=1, initial=0)
    near: Counts = last - after <= 1.001 * 10.0**-decimals
    return near


def most_of(scope: Scope) -> Counts:
    """Return the seats that each line has persons for."""
    import numpy as np

    rooms = room(scope.tally, dict.fromkeys(scope.lines, 0), {})
    return np.array([rooms.get(line, scope.seats) for line in scope.lines])


def _limited(state: State, seats: Counts, most: Counts, drawn: Counts) -> None:
    """Leave runs in which a list has too few persons to the exact count; nor has it a part in a tie for one more."""
    state.recount |= (seats > most).any(axis=1) | (drawn & (seats >= most).any(axis=1))


def elect(step: Elect, scope: Scope) -> Clause:
    """Return the winner of a district with one seat, by most votes or by a majority."""
    import numpy as np

    if step.rule == "majority":
        return _majority(step, scope)
    only(step, "rule", "ties", "pair_ties")
    if step.rule != "plurality" or scope.seats != 1:
        raise NoKernel("a majority, or several seats", step="elect")
    by_lot = not step.pair_ties and scope.by_lot(step.ties)
    stream, names = stream_of(scope.key("elect")), numbered(scope.lines)

    def apply(state: State) -> None:
        best, status = winners(state.standing, key=state.key, first=state.first, stream=stream, names=names)
        if (status == SILENT).any():  # whoever stands alone needs no votes
            takes = np.broadcast_to(state.takes, state.standing.shape)
            alone = (status == SILENT) & (takes.sum(axis=1) == 1)
            best, status = np.where(alone, takes.argmax(axis=1), best), np.where(alone, FINE, status)
        state.settled(status, by_lot=by_lot)
        state.seats = np.zeros(state.standing.shape, np.int32, order="F")
        state.seats[np.arange(best.size), best] = 1

    return apply


def _majority(step: Elect, scope: Scope) -> Clause:
    """Return the winner of the first round; where there is none the law decides what follows."""
    import numpy as np

    only(step, "rule", "share", "of", "least", "least_of", "runoff", "runoff_from", "otherwise", *_TIES)
    if step.otherwise == "leave":
        raise NoKernel("{term}", step="elect", term="otherwise")
    least = step.least or Fraction(0)
    if scope.seats != 1 or max(step.share.denominator, least.denominator) > 2**20:
        raise NoKernel("a majority for several seats, or a share with a large denominator", step="elect")
    base, floor = base_of(scope, step.of), base_of(scope, step.least_of) if step.least is not None else None

    def apply(state: State) -> None:
        won = state.standing * step.share.denominator > (base(state) * step.share.numerator)[:, None]
        if floor is not None:
            won &= state.standing * least.denominator >= (floor(state) * least.numerator)[:, None]
        won &= state.takes
        clear = won.sum(axis=1) == 1
        state.recount |= ~clear
        state.place((won & clear[:, None]).astype(np.int32))

    return apply


_TIES = ("ties", "pair_ties", "runoff_ties")


def bonus(step: Bonus, scope: Scope) -> Clause:
    """Return the seats for the first list; equal votes at the top are a question for the law."""
    import numpy as np

    only(step, "seats", "part", "rounding", "per", "most", "share", "of", "alone", "ties", "rest")
    if (step.seats is None and step.part is None) or (step.part is not None and scope.open):
        raise NoKernel("a number to be brought up to", step="bonus")
    if max(step.share.denominator, (step.per or Fraction(1)).denominator) > 2**10:
        raise NoKernel("a share with a large denominator", step="bonus")
    base = base_of(scope, step.of) if step.share or step.per else None
    fixed = step.on_top(scope.seats)
    most = step.most if step.most is not None else fixed

    def apply(state: State) -> None:
        n, votes = len(state.standing), state.standing.max(axis=1)
        first = state.standing.argmax(axis=1)
        before = 0 if state.seats is None else state.seats.sum(axis=1)
        some = np.broadcast_to(np.asarray(before < scope.seats), (n,))
        state.recount |= some & ((state.standing == votes[:, None]).sum(axis=1) != 1)
        won = np.full(n, fixed, np.int64)
        if base is not None:
            of = base(state)
            if step.per is not None:
                above = votes * step.share.denominator - of * step.share.numerator
                steps = above * step.per.denominator // np.maximum(of * step.share.denominator * step.per.numerator, 1)
                won = np.where(of > 0, np.minimum(fixed + steps, most), fixed)
            won = np.where(votes * step.share.denominator >= of * step.share.numerator, won, 0)
        won = np.where(some, won, 0)
        placed = np.zeros(state.standing.shape, np.int64, order="F")
        placed[np.arange(n), first] = won
        state.recount |= won > np.maximum(scope.seats - before, 0)
        if step.alone:
            state.takes = state.takes & (placed == 0)
            state.standing = np.where(state.takes, state.standing, 0)
        state.place(placed)

    return apply


def linked(pool: Pool, step: Allocate, inside: ShareOut, scope: Scope) -> Clause | None:
    """Return linked lists counted as one, and their seats handed on to their members."""
    import numpy as np

    only(pool)
    only(step, *FORMULA, "limit")
    only(inside, *FORMULA, "limit")
    if scope.seats == 0:
        return None
    contenders = [line for line in scope.lines if line not in LINES]
    if (step.limit, inside.limit) != ("none", "none") and room(scope.tally, dict.fromkeys(contenders, 0), {}):
        raise NoKernel("linked lists that can run out of names")
    groups = _links(scope, contenders, 0)
    place = {line: i for i, line in enumerate(scope.lines)}
    names = sorted(groups)
    share = formula_of(step, names)
    by_lot, stream = scope.by_lot(step.ties), stream_of(scope.key("allocate"))
    most = most_of(scope) if "candidates" in (step.limit, inside.limit) else None
    inner_lot, inner = scope.by_lot(inside.ties), stream_of(scope.key("share_out"))

    def share_in(state: State, members: Sequence[str], seats: Counts, level: int, out: Counts) -> None:
        parts = _links(scope, members, level)
        order = sorted(parts)
        votes = _together(state.standing, [[place[m] for m in parts[name]] for name in order])
        made, status = varying(formula_of(inside, order), votes, seats, state.key, state.first, inner)
        state.settled(status, by_lot=inner_lot)
        for i, name in enumerate(order):
            if len(parts[name]) == 1:
                out[:, place[parts[name][0]]] = made[:, i]
            else:
                share_in(state, parts[name], made[:, i].astype(np.int64), level + 1, out)

    def apply(state: State) -> None:
        lots = state.lots.copy()
        votes = _together(state.standing, [[place[m] for m in groups[name]] for name in names])
        left: int | Counts = scope.seats if state.seats is None else scope.seats - state.seats.sum(axis=1)
        try:
            made, status = varying(share, votes, left, state.key, state.first, stream)
            state.settled(status, by_lot=by_lot)
            out = np.zeros(state.standing.shape, np.int64, order="F")
            for i, name in enumerate(names):
                if len(groups[name]) == 1:
                    out[:, place[groups[name][0]]] = made[:, i]
                else:
                    share_in(state, groups[name], made[:, i].astype(np.int64), 1, out)
        except OverflowError:
            state.recount[:] = True
            return
        if most is not None:
            _limited(state, out, most, state.lots > lots)
        state.place(out)

    return apply


def _links(scope: Scope, lines: Sequence[str], level: int) -> Mapping[str, tuple[str, ...]]:
    """Return the lines by their link at a level; a line without one stands for itself."""
    groups: dict[str, list[str]] = {}
    for line in sorted(lines):
        links = scope.tally.contender(line).apparentment
        groups.setdefault(links[level] if len(links) > level else line, []).append(line)
    for name, members in groups.items():
        if len(members) > 1 and name in scope.lines:
            raise NoKernel("{name} is a contender and a link", name=name)
    return {name: tuple(members) for name, members in groups.items()}


def _together(votes: Counts, groups: Sequence[Sequence[int]]) -> Counts:
    import numpy as np

    out = np.zeros((len(votes), len(groups)), np.int64, order="F")
    for i, columns in enumerate(groups):
        for column in columns:
            out[:, i] += votes[:, column]
    return out
