"""Steps that place whole quotas and leave the rest to others, in many runs at once, in whole numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sailau.kernels.remainders import Price, rounded_price
from sailau.runs.formulas import NoKernel, price_named
from sailau.runs.placing import formula_of, varying
from sailau.runs.single import stream_of
from sailau.runs.state import Clause, Scope, State, base_of, only, seats_here
from sailau.seats.allocate import Allocate
from sailau.seats.apportion import Apportion
from sailau.seats.rest import Rest
from sailau.seats.second_scrutiny import SecondScrutiny
from sailau.seats.whole_quotas import WholeQuotas
from sailau.terms.tally import LINES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.runs.state import Seats

    Counts = NDArray[Any]


def in_quotas(votes: Counts, total: Counts, seats: Seats, price: Price) -> tuple[Counts, Counts, Counts]:
    """Return whole quotas, remainders and the price, on a scale of their own in every run; the price may be 0."""
    import numpy as np

    if price.rounding == "exact":
        top, bottom = seats * price.per + price.extra, total * price.per
    else:
        top, bottom = 1, rounded_price(total, seats, price)
    claims = votes * np.reshape(top, (-1, 1))
    safe = np.maximum(bottom, 1)[:, None]
    return claims // safe, claims % safe, bottom


def apportion(step: Apportion, scope: Scope) -> Clause:
    """Return what shares the seats of the tier out among its districts."""
    import numpy as np

    only(step, "quota", "rest", "divisor", "first", "ties", "by")
    bases = [base_of(area, step.by) for area in scope.inside]
    share = formula_of(step, [area.area for area in scope.inside])
    by_lot, stream = scope.by_lot(step.ties), stream_of(scope.key("apportion"))

    def apply(state: State) -> None:
        figures = np.array([base(part) for base, part in zip(bases, state.parts, strict=True)]).T
        try:
            made, status = varying(share, figures, scope.seats, state.key, state.first, stream)
        except OverflowError:
            state.recount[:] = True
            return
        state.settled(status, by_lot=by_lot)
        for i, part in enumerate(state.parts):
            part.magnitude = made[:, i].astype(np.int64)

    return apply


def whole(step: Allocate, scope: Scope) -> Clause:
    """Return what places whole quotas alone."""
    import numpy as np

    only(step, "quota", "rest", "ties", "limit", "excess", "quota_of")
    if step.limit != "none":
        raise NoKernel("whole quotas with a limit", step="allocate")
    price = price_named(step.quota)
    base = base_of(scope, step.quota_of)

    def apply(state: State) -> None:
        seats = seats_here(state, scope)
        if state.seats is not None:
            seats = seats - state.seats.sum(axis=1)
        given = np.broadcast_to(np.asarray(seats), (len(state.cast),))
        placed, over, cost = in_quotas(state.standing, base(state), np.maximum(given, 1), price)
        placed = np.where((given > 0)[:, None], placed, 0)
        if step.excess == "smallest_remainder":
            placed = _given_back(placed, over, given)
        state.recount |= ((cost == 0) & (given > 0)) | (placed.sum(axis=1) > np.maximum(given, 0)) | (given < 0)
        state.place(placed)

    return apply


def _given_back(placed: Counts, over: Counts, seats: Counts) -> Counts:
    """Return whole quotas less a seat each for the smallest remainders where there are more than seats.

    Where remainders are equal at the edge nobody gives one back, so that too many stay.
    """
    import numpy as np

    many, rows = placed.sum(axis=1) - seats, np.nonzero(placed.sum(axis=1) > seats)[0]
    if not rows.size:
        return placed
    holds = placed[rows] > 0
    claims = np.where(holds, -over[rows], np.iinfo(np.int64).min)
    loses = holds & (_ahead(claims) < many[rows, None])
    clear = loses.sum(axis=1) == many[rows]
    out = placed.copy(order="F")
    out[rows[clear]] -= loses[clear]
    return out


def rest(step: Rest, scope: Scope) -> Clause:
    """Return what gives out seats that are left, one each in the order of remainders or votes."""
    import numpy as np

    only(step, "to", "again", "quota", "quota_of", "least", "least_rest", "divisor", "ties")
    if step.to not in ("largest_remainders", "most_votes"):
        raise NoKernel("{term}", step="rest", term=step.to)
    price = price_named(step.quota) if step.quota is not None else None
    base = base_of(scope, step.quota_of) if price is not None else None
    parts = [part for part in (step.least, step.least_rest) if part is not None]
    if any(max(part.numerator, part.denominator) > 2**10 for part in parts):
        raise NoKernel("a part of a quota with a large denominator", step="rest")

    def apply(state: State) -> None:
        before = 0 if state.seats is None else state.seats.sum(axis=1)
        left = np.maximum(seats_here(state, scope) - before + np.zeros(len(state.cast), np.int64), 0)
        takers, claims = state.standing > 0, state.standing
        if price is not None and base is not None:
            seats = np.maximum(seats_here(state, scope), 1)
            held, over, cost = in_quotas(state.standing, base(state), seats, price)
            state.recount |= cost == 0
            if step.least is not None:  # held · cost + over is the claim on the scale of the price
                takers &= _reaches(held * cost[:, None] + over, step.least, cost)
            if step.least_rest is not None:
                takers &= _reaches(over, step.least_rest, cost)
            claims = over if step.to == "largest_remainders" else claims
        many = takers.sum(axis=1)
        rounds, last = np.divmod(left, np.maximum(many, 1)) if step.again else (left * 0, np.minimum(left, many))
        if not step.again:
            rounds, last = np.where(last == many, 1, 0) * (many > 0), np.where(last == many, 0, last)
        ahead = np.where(takers, _ahead(np.where(takers, claims, -1)), many[:, None])
        lucky = takers & (ahead < last[:, None])
        state.recount |= lucky.sum(axis=1) != np.where(many > 0, last, 0)
        state.place(takers * rounds[:, None] + lucky)

    return apply


def _reaches(claim: Counts, part: Fraction, price: Counts) -> Counts:
    return claim * part.denominator >= part.numerator * price[:, None]


def _ahead(claims: Counts) -> Counts:
    """Return how many have a larger claim than each."""
    import numpy as np

    order = np.sort(claims, axis=1)[:, ::-1]
    return np.asarray((order[:, None, :] > claims[:, :, None]).sum(axis=2))


def second_scrutiny(step: SecondScrutiny, scope: Scope) -> Clause:
    """Return what shares out the seats left over among the remainders of the districts."""
    import numpy as np

    only(
        step, "quota", "rest", "divisor", "first", "ties", "district_quota", "quota_of", "excess", "excess_ties",
        "drop_kinds",
    )  # fmt: skip
    price = price_named(step.district_quota)
    if price.rounding == "exact":
        raise NoKernel("remainders that are fractions", step="second_scrutiny")
    share = formula_of(step, scope.lines)
    by_lot = scope.by_lot(step.ties) and scope.by_lot(step.excess_ties or step.ties)
    stream = stream_of(scope.key("second_scrutiny"))
    place = {line: i for i, line in enumerate(scope.lines)}
    pooled = np.array([scope.tally.contender(line).kind not in step.drop_kinds for line in scope.lines])
    areas = scope.inside or (scope,)
    bases = [base_of(area, step.quota_of) for area in areas]

    def apply(state: State) -> None:
        parts = state.parts or [state]
        left = np.full(len(state.cast), scope.seats)
        rests = np.zeros(state.cast.shape, np.int64, order="F")
        for area, base, part in zip(areas, bases, parts, strict=True):
            seats = seats_here(part, area)
            cost = np.where(np.asarray(seats) > 0, rounded_price(base(part), np.maximum(seats, 1), price), 0)
            won = np.zeros(part.cast.shape, np.int64) if part.seats is None else part.seats
            left = left - won.sum(axis=1)
            over = np.maximum(part.standing - won * cost[:, None], 0)
            for column, line in enumerate(area.lines):
                rests[:, place[line]] += over[:, column]
        idle, rests = left <= 0, rests * pooled
        try:
            made, status = varying(share, rests, np.maximum(left, 0), state.key, state.first, stream)
        except OverflowError:
            state.recount[:] = True
            return
        state.settled(np.where(idle, 0, status), by_lot=by_lot)
        state.recount |= left < 0
        state.place(np.where(idle[:, None], 0, made))

    return apply


def whole_quotas(step: WholeQuotas, scope: Scope) -> Clause:
    """Return what places whole quotas in every district and leaves the rest to a later tier."""
    import numpy as np

    only(step, "quota", "of", "seats_of", "least", "most", "less")
    if not scope.inside or any(name not in scope.before for name in step.less):
        raise NoKernel("no districts, or a tier that was not counted", step="whole_quotas")
    price, part_of = price_named(step.quota), step.least
    if part_of is not None and max(part_of.numerator, part_of.denominator) > 2**10:
        raise NoKernel("a part of a quota with a large denominator", step="whole_quotas")
    units = _units(step, scope)
    finds = [_won_before(area, step.less) for area in scope.inside]
    listed = [np.array([line not in LINES for line in area.lines]) for area in scope.inside]
    place = {line: i for i, line in enumerate(scope.lines)}
    columns = [np.array([place[line] for line in area.lines]) for area in scope.inside]

    def apply(state: State) -> None:
        whole_takes = np.broadcast_to(state.takes, state.cast.shape)
        cast = [part.cast[:, own].sum(axis=1) for part, own in zip(state.parts, listed, strict=True)]
        for i, (part, (members, seats)) in enumerate(zip(state.parts, units, strict=True)):
            total = np.sum([cast[j] for j in members], axis=0)
            takes = part.takes & whole_takes[:, columns[i]]
            held, over, cost = in_quotas(np.where(takes, part.standing, 0), total, seats, price)
            if part_of is not None:
                held = held + _reaches(over, part_of, cost)
            won, given = finds[i](part, takes)
            held = np.maximum((held if step.most is None else np.minimum(held, step.most)) - won, 0)
            held = np.where(((total > 0) & (seats > 0))[:, None], held, 0)
            state.recount |= (cost == 0) & (total > 0) & (seats > 0)
            if step.of == "district":
                state.recount |= (total > 0) & (held.sum(axis=1) + given > seats)
            part.place(held)

    return apply


def _units(step: WholeQuotas, scope: Scope) -> list[tuple[list[int], int]]:
    """Return for each district the districts and the seats that its quota is formed from."""
    if step.of == "district":
        return [([i], area.seats) for i, area in enumerate(scope.inside)]
    regions = [scope.ballots.regions.get(area.area, area.area) for area in scope.inside]
    ballots = scope.tally.tiers.get(step.seats_of or scope.tier)
    out = []
    for region in regions:
        seats = ballots.seats.get(region) if ballots else None
        if seats is None:
            raise NoKernel("the seats of {region} are not known", step="whole_quotas", region=region)
        out.append(([j for j, other in enumerate(regions) if other == region], seats))
    return out


def _won_before(area: Scope, tiers: tuple[str, ...]) -> Any:
    """Return what finds seats won in the area before: by those that take part, and by all."""
    import numpy as np

    lines = [
        (name, i, line, area.tally.party(other))
        for name in tiers
        for i, unit in enumerate(area.before[name].areas)
        if area.area in (unit.area, area.before[name].whole.ballots.regions.get(unit.area))
        for line, other in enumerate(unit.lines)
    ]
    homes = area.parties() if tiers else {}

    def find(part: State, takes: Counts) -> tuple[Counts, Counts]:
        won, given = np.zeros(part.cast.shape, np.int64), np.zeros(len(part.cast), np.int64)
        for name, i, line, party in lines:
            seats = part.done[name].parts[i].seats
            if seats is None:
                continue
            given += seats[:, line]
            if party in homes:
                won[:, homes[party]] += seats[:, line]
        return np.where(takes, won, 0), given

    return find
