"""Which clause on arrays each step of a law becomes, and in which order steps can be counted so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sailau.runs import (
    clauses,
    distributing,
    dues,
    enlarging,
    exchange,
    levelling,
    placing,
    quotas,
    rare,
    replacing,
    weighing,
)
from sailau.runs.formulas import NoKernel
from sailau.runs.state import Clause, Scope, State, seats_here
from sailau.seats.allocate import Allocate
from sailau.seats.apportion import Apportion
from sailau.seats.bonus import Bonus
from sailau.seats.cap import Cap
from sailau.seats.carry import Carry
from sailau.seats.compensate import Compensate
from sailau.seats.count import Step, flat
from sailau.seats.cover import Cover
from sailau.seats.distribute import Distribute
from sailau.seats.elect import Elect
from sailau.seats.eligible import Eligible
from sailau.seats.enlarge import Enlarge
from sailau.seats.entitle import Entitle
from sailau.seats.fill import Fill
from sailau.seats.give_back import GiveBack
from sailau.seats.guarantee import Guarantee
from sailau.seats.join import BySeats, Join
from sailau.seats.make_up import MakeUp
from sailau.seats.overhang import Offset
from sailau.seats.pool import Pool
from sailau.seats.qualify import Qualify
from sailau.seats.reserve import Reserve
from sailau.seats.rest import Rest
from sailau.seats.second_scrutiny import SecondScrutiny
from sailau.seats.share_out import ShareOut
from sailau.seats.spread import Spread
from sailau.seats.take_off import TakeOff
from sailau.seats.threshold import Threshold
from sailau.seats.weigh import Weigh
from sailau.seats.whole_quotas import WholeQuotas


def _allocate(step: Allocate, scope: Scope) -> Clause | None:
    return (quotas.whole if step.quota is not None and step.rest == "none" else placing.allocate)(step, scope)


KINDS: Mapping[type, Callable[[Any, Scope], Clause | None]] = {
    Allocate: _allocate,
    Apportion: quotas.apportion,
    Bonus: placing.bonus,
    BySeats: replacing.by_seats,
    Cap: weighing.cap,
    Carry: weighing.carry,
    Compensate: levelling.compensate,
    Cover: dues.cover,
    Distribute: distributing.distribute,
    Elect: placing.elect,
    Eligible: clauses.eligible,
    Enlarge: enlarging.enlarge,
    Entitle: dues.entitle,
    Fill: clauses.fill,
    GiveBack: exchange.give_back,
    Guarantee: clauses.guarantee,
    Join: replacing.join,
    MakeUp: replacing.make_up,
    Offset: dues.offset,
    Qualify: clauses.qualify,
    Reserve: weighing.reserve,
    Rest: quotas.rest,
    SecondScrutiny: quotas.second_scrutiny,
    Spread: dues.spread,
    TakeOff: replacing.take_off,
    Threshold: clauses.threshold,
    Weigh: weighing.weigh,
    WholeQuotas: quotas.whole_quotas,
}
WHOLE = (
    Apportion,
    Compensate,
    Cover,
    Distribute,
    Eligible,
    Enlarge,
    Entitle,
    GiveBack,
    Offset,
    Qualify,
    SecondScrutiny,
    Spread,
    Threshold,
    WholeQuotas,
)
"""Steps that a tier with districts applies to itself as a whole."""

WHO = (Threshold, Guarantee, Eligible, Qualify)
"""Steps that say who takes part; after seats were placed by votes they would need another look at them."""

CHANGED = (BySeats, Carry, Join, Reserve, TakeOff, Weigh)
"""Steps after which the votes that count are not those that a bar is measured by."""

LAST = (Allocate, Cap, Elect, Compensate, MakeUp, SecondScrutiny)
"""Steps that place all seats that are left."""

OTHER_VOTES = (BySeats, Join)
"""Steps after which every base is formed from other votes too, which only the exact count does."""

NO_BASE = (Allocate, Compensate, Fill, MakeUp)
"""Steps that need no base but the votes that stand."""


def clauses_of(steps: Sequence[Step], scope: Scope) -> tuple[Clause, ...]:
    """Return the clauses that the steps of an area become.

    Raises
    ------
    NoKernel
        A step, or an order of steps, that only the exact count knows.
    """
    out: list[Clause | None] = []
    every = flat(steps)
    placed, before = 0, list[Step]()
    rests = any(isinstance(step, Rest) for step in every)
    while every:
        step = every.pop(0)
        if isinstance(step, Pool):
            out.append(_linked(step, every, scope))
            placed += 1
            continue
        if placed and rare.n_rare([step]):
            out.append(rare.KINDS[type(step)](step, scope))
            continue
        if type(step) not in KINDS:
            raise NoKernel("the step has no array form", step=step.name)
        placed += isinstance(step, LAST) and not (isinstance(step, Allocate) and step.rest == "none")
        if placed > 1 or (isinstance(step, WHO) and (placed or any(_changes_votes(s) for s in before))):
            raise NoKernel("after seats were placed", step=step.name)
        check_votes(before, step)
        before.append(step)
        out.append(KINDS[type(step)](step, scope))
    if rests:
        out.append(partial(_all_placed, scope))
    return tuple(clause for clause in out if clause is not None)


def _changes_votes(step: Step) -> bool:
    """Say whether a bar after this step is not measured by the votes of all who took part before."""
    return isinstance(step, CHANGED) or (isinstance(step, Bonus) and step.alone)


def check_votes(before: Sequence[Step], step: Step) -> None:
    """Refuse a step that forms a base where other votes than those cast count by then.

    Raises
    ------
    NoKernel
        Only the exact count knows that base.
    """
    plain = isinstance(step, NO_BASE) and getattr(step, "quota_of", "standing") == "standing"
    if not plain and any(isinstance(s, OTHER_VOTES) for s in before):
        raise NoKernel("after other votes were counted", step=step.name)


def _all_placed(scope: Scope, state: State) -> None:
    """Send runs in which a seat is left to the exact count."""
    if state.seats is not None:
        state.recount |= state.seats.sum(axis=1) != seats_here(state, scope)


def _linked(pool: Pool, rest: list[Step], scope: Scope) -> Clause | None:
    """Return linked lists with the two steps that follow them."""
    between = rest[1 : 1 + rare.n_rare(rest[1:])]
    if len(rest) < 2 + len(between):
        raise NoKernel("two steps have to follow it", step="pool")
    step, inside = rest.pop(0), rest.pop(len(between))
    if not isinstance(step, Allocate) or not isinstance(inside, ShareOut):
        raise NoKernel("before another step than allocate", step="pool")
    return placing.linked(pool, step, inside, scope)
