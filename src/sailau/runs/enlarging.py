"""Seats due area by area, and a larger house so that overhang changes no proportion, in many runs at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sailau.runs.elsewhere import seats_of, standing_in, winnings
from sailau.runs.formulas import NoKernel, line_of
from sailau.runs.layout import MOVING
from sailau.runs.placing import FORMULA, formula_of, varying
from sailau.runs.single import stream_of
from sailau.runs.state import Clause, Scope, State, only
from sailau.runs.stepwise import MARGIN, table_of
from sailau.seats.enlarge import Enlarge
from sailau.seats.entitle import Entitle
from sailau.terms.divisor import divisor_named
from sailau.terms.errors import SailauError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Counts = NDArray[Any]

MOST = 4_000
"""Seats of the largest house that is looked for here; runs that need a larger one are counted one by one."""


def entitle_by_areas(step: Entitle, scope: Scope) -> Clause:
    """Return what each list is due in each area, whose seats follow from a fixed figure."""
    import numpy as np

    only(step, *FORMULA, "tiers", "over", "others")
    shares = _shares(step, scope)
    alone = step.others == "independent"
    finds = [winnings(area, step.tiers, here=True, only_independents=alone) for area in scope.inside]
    formulas = [formula_of(step, area.lines) for area in scope.inside]
    lots = [(area.by_lot(step.ties), stream_of(area.key("entitle"))) for area in scope.inside]
    here, place = standing_in(scope), {line: i for i, line in enumerate(scope.lines)}

    def apply(state: State) -> None:
        state.due = np.zeros(state.cast.shape, np.int64, order="F")
        for i, (part, takes) in enumerate(zip(state.parts, here(state), strict=True)):
            part.takes = takes
            part.standing = np.where(takes, part.standing, 0)
            held, others = finds[i](part)
            if not alone:
                others = others + np.where(takes, 0, held).sum(axis=1)
            state.recount |= ~takes.any(axis=1)
            try:
                made, status = varying(
                    formulas[i], part.standing, shares[i] - others, state.key, state.first, lots[i][1]
                )
            except OverflowError:
                state.recount[:] = True
                return
            state.settled(status, by_lot=lots[i][0])
            part.due = made.astype(np.int64)
            for column, line in enumerate(scope.inside[i].lines):
                state.due[:, place[line]] += part.due[:, column]

    return apply


def _shares(step: Entitle, scope: Scope) -> Sequence[int]:
    """Return the seats of each area, which do not depend on the votes."""
    if not scope.nationwide or not scope.inside or any(name not in scope.before for name in step.tiers):
        raise NoKernel("no areas, or a tier that was not counted", step="entitle")
    for name in step.tiers:
        before, areas = scope.before[name], {area.area for area in scope.inside}
        if any(before.region(district.area) not in areas for district in before.areas):
            raise NoKernel("a district outside the areas", step="entitle")
    if step.over is None or step.over in MOVING:
        raise NoKernel("seats of areas that follow from votes", step="entitle")
    figures = {area.area: scope.ballots.total(area.area, step.over) for area in scope.inside}
    known = {name: n for name, n in figures.items() if n is not None}
    if len(known) < len(figures):
        raise NoKernel("{over} of an area is not known", step="entitle", over=step.over)
    try:
        made = step.allocation(known, scope.seats + seats_of(scope, step.tiers, here=False), None)
    except SailauError:
        raise NoKernel("equal areas", step="entitle") from None
    return [made.seats[area.area] for area in scope.inside]


def enlarge(step: Enlarge, scope: Scope) -> Clause:
    """Return what raises the seats of the house until each list has its minimum by its votes."""
    import numpy as np

    only(step, "tiers", "area_floor", "unlevelled", "divisor", "first", "ties")
    if not scope.inside or any(name not in scope.before for name in step.tiers):
        raise NoKernel("no areas, or a tier that was not counted", step="enlarge")
    line_of(step.divisor, step.first)
    table = table_of(divisor_named(step.divisor, step.first), MOST + 1)
    share, stream = formula_of(_as_formula(step), scope.lines), stream_of(scope.key("enlarge"))
    by_lot = scope.by_lot(step.ties)
    total = scope.seats + seats_of(scope, step.tiers, here=False)
    finds = [winnings(area, step.tiers, here=True) for area in scope.inside]
    here, place = standing_in(scope), {line: i for i, line in enumerate(scope.lines)}

    def apply(state: State) -> None:
        if state.due is None:
            raise NoKernel("nothing is due", step="enlarge")
        first, start = state.due, np.full(len(state.cast), total)
        least, spare = np.zeros(first.shape, np.int64), np.zeros(first.shape, np.int64)
        for i, (part, takes) in enumerate(zip(state.parts, here(state), strict=True)):
            held, others = finds[i](part)
            won, due = np.where(takes, held, 0), part.due if part.due is not None else held * 0
            due = np.where(takes, due, 0)
            start = start - others - np.where(takes, 0, held).sum(axis=1)
            part.floor = np.maximum(won, -(-(won + due) // 2) if step.area_floor == "mean" else due)
            for column, line in enumerate(scope.inside[i].lines):
                least[:, place[line]] += part.floor[:, column]
                spare[:, place[line]] += np.maximum(won - due, 0)[:, column]
        least = np.maximum(least, first)
        try:
            got, status = varying(share, state.standing, start, state.key, state.first, stream)
        except OverflowError:
            state.recount[:] = True
            return
        state.settled(status, by_lot=by_lot)
        grown, doubt = _grown(state.standing, got.astype(np.int64), least, spare, step.unlevelled, table)
        state.recount |= doubt
        state.due = np.maximum(grown, least)

    return apply


def _as_formula(step: Enlarge) -> Entitle:
    """Return the divisor of the step as a formula by itself."""
    return Entitle(divisor=step.divisor, first=step.first, ties=step.ties, tiers=step.tiers, cite=step.cite)


def _grown(
    votes: Counts, got: Counts, least: Counts, spare: Counts, unlevelled: int, table: Counts
) -> tuple[Counts, Counts]:
    """Add seat after seat until every minimum is met; runs with equal claims on the way are in doubt."""
    import numpy as np

    doubt = ((least > 0) & (votes == 0)).any(axis=1) | (got.sum(axis=1) > MOST)
    rows = np.nonzero(~doubt)[0]
    while rows.size:
        short = np.maximum(least[rows] - got[rows], 0)
        rows = rows[~((short.sum(axis=1) <= unlevelled) & (short <= spare[rows]).all(axis=1))]
        claims, each = votes[rows] / table[got[rows]], np.arange(rows.size)
        who = claims.argmax(axis=1)
        top = claims[each, who]
        claims[each, who] = -1.0
        doubt[rows] |= (claims.max(axis=1) * MARGIN >= top) | (got[rows].sum(axis=1) >= MOST)
        got[rows, who] += 1
        rows = rows[~doubt[rows]]
    return got, doubt
