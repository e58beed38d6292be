"""Turns: the fewest votes with which each move of a contest changes a seat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from sailau.runs.margin_contest import Contest, Kind, Move, View
from sailau.runs.margin_papers import Change
from sailau.seats.allocate import Allocate
from sailau.seats.elect import Elect

KINDS: tuple[Kind, ...] = ("moved", "added", "removed")


@dataclass(frozen=True, slots=True)
class Turn:
    """The fewest votes with which one move changes a seat.

    Attributes
    ----------
    tier, area : str
    move : Move
    votes : int
    gains, losses : mapping of str to int
        Seats by contender; empty where only a lot is left.
    cause : str
        ``threshold``, ``guarantee``, ``quotient``, ``remainder``, ``plurality``, ``majority``, or ``lot`` where the
        votes lead to a tie that the law does not settle.
    enters, leaves : tuple of str
        Contenders that cross a bar.
    papers : Change, optional
        Where voters rank: the ballots that change. `move` is then what most of them do, by first preferences.
    """

    tier: str
    area: str
    move: Move
    votes: int
    gains: Mapping[str, int]
    losses: Mapping[str, int]
    cause: str
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    papers: Change | None = None


def turns(
    fields: Sequence[Contest], kinds: Sequence[Kind] = KINDS, *, lots: bool = False, most: int | None = None
) -> Iterator[Turn]:
    """Yield for every possible move the fewest votes that change a seat, fewest first, up to `most` votes."""
    bases = [field.view() for field in fields]
    line: list[tuple[int, int, int, Move, Turn | None]] = []
    for at, (field, base) in enumerate(zip(fields, bases, strict=True)):
        for number, move in enumerate(field.moves(kinds)):
            t = field.next(base, move, 0, lots=lots)
            if t is not None and (most is None or t <= most):
                line.append((t, at, number, move, None))
    heapify(line)
    while line:
        t, at, number, move, turn = heappop(line)
        if turn is not None:
            yield turn
            continue
        field, base = fields[at], bases[at]
        view = field.view(move, t)
        made = _turn(field, base, view, move, t, lots=lots)
        after = t if made else field.next(view, move, t, lots=lots)
        if after is not None and (most is None or after <= most):
            heappush(line, (after, at, number, move, made))


def _turn(field: Contest, base: View, view: View, move: Move, t: int, *, lots: bool) -> Turn | None:
    """Return the turn if other seats come out, or only a lot can tell."""
    there: Mapping[tuple[str, str], int] | None = {}
    here: Mapping[tuple[str, str], int] | None = {}
    if view.seats is not None and (view.among, view.terms) != (base.among, base.terms):
        there, here = field.elsewhere(view), field.elsewhere(base)
    if view.seats is None or there is None or here is None:
        return Turn(field.tier.name, field.area, move, t, {}, {}, "lot", *_crossing(base, view)) if lots else None
    if view.seats == base.seats and there == here:
        return None
    difference: dict[str, int] = {}
    for c in {*view.seats, *(base.seats or {})}:
        difference[c] = view.seats.get(c, 0) - (base.seats or {}).get(c, 0)
    for area, c in {*there, *here}:
        if there.get((area, c), 0) != here.get((area, c), 0):
            name = f"{c} in {area}"
            difference[name] = there.get((area, c), 0) - here.get((area, c), 0)
    gains = {c: n for c, n in sorted(difference.items()) if n > 0}
    losses = {c: -n for c, n in sorted(difference.items()) if n < 0}
    cause = _cause(field, base, view)
    return Turn(field.tier.name, field.area, move, t, gains, losses, cause, *_crossing(base, view))


def _crossing(base: View, view: View) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who enters and who leaves."""
    enters = (view.among - base.among) | (view.standing - base.standing)
    leaves = (base.among - view.among) | (base.standing - view.standing)
    return tuple(sorted(enters)), tuple(sorted(leaves))


def _cause(field: Contest, base: View, view: View) -> str:
    if (view.among, view.standing) != (base.among, base.standing):
        return "threshold"
    if view.admitted != base.admitted:
        return "guarantee"
    for step in field.body:
        if isinstance(step, Allocate):
            return "quotient" if step.quota is None else "remainder"
        if isinstance(step, Elect):
            return step.rule
    return "counted"
