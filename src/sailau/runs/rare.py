"""Clauses that hardly ever do anything, in many runs at once: where one would, the exact count decides that run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sailau.runs.formulas import NoKernel
from sailau.runs.placing import most_of
from sailau.runs.state import Clause, Scope, State, base_of, only
from sailau.seats.leave import Leave
from sailau.seats.majority import Majority
from sailau.seats.pass_on import PassOn
from sailau.seats.rest import Rest
from sailau.terms.tally import LINES


def majority(step: Majority, scope: Scope) -> Clause:
    """Return what leaves runs to the exact count in which a list, or linked lists, have the majority of the votes."""
    if max(step.share.numerator, step.share.denominator) > 2**10:
        raise NoKernel("a share with a large denominator", step="majority")
    base, groups = base_of(scope, step.of), _groups(scope)

    def apply(state: State) -> None:
        bar = base(state) * step.share.numerator
        for columns in groups:
            state.recount |= state.standing[:, columns].sum(axis=1) * step.share.denominator > bar

    return apply


def _groups(scope: Scope) -> list[list[int]]:
    """Return the columns of every list by itself, and of lists that are linked."""
    links: dict[str, list[int]] = {}
    for i, line in enumerate(scope.lines):
        if line not in LINES:
            for name in scope.tally.contender(line).apparentment[:1]:
                links.setdefault(name, []).append(i)
    alone = [[i] for i, line in enumerate(scope.lines) if line not in LINES]
    return [*alone, *(columns for columns in links.values() if len(columns) > 1)]


def pass_on(step: PassOn, scope: Scope) -> Clause:
    """Return what leaves runs to the exact count in which a list has more seats than names."""
    only(step)
    most = most_of(scope)

    def apply(state: State) -> None:
        if state.seats is not None:
            state.recount |= (state.seats > most).any(axis=1)

    return apply


def unfilled(step: Rest | Leave, scope: Scope) -> Clause:
    """Return what leaves runs to the exact count in which seats are left."""
    if isinstance(step, Leave) and step.to != "nobody":
        raise NoKernel("seats for a later tier", step="leave")

    def apply(state: State) -> None:
        placed = 0 if state.seats is None else state.seats.sum(axis=1)
        state.recount |= placed < scope.seats

    return apply


def n_rare(steps: Sequence[object]) -> int:
    """Return how many steps there are, from the first on, that hardly ever do anything once seats are placed."""
    n = 0
    for step in steps:
        if not isinstance(step, Majority | PassOn | Leave) and not (isinstance(step, Rest) and step.limit != "none"):
            break
        n += 1
    return n


KINDS: Mapping[type, Callable[[Any, Scope], Clause]] = {
    Majority: majority,
    PassOn: pass_on,
    Rest: unfilled,
    Leave: unfilled,
}
