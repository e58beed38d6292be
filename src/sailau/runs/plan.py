"""A law as a plan: kernels over votes[run, district, contender] where its clauses have them, the exact count elsewhere.

Either way the seats are those of the exact count. What a kernel cannot decide (a tie that a rule of the law settles, a
guarantee, a case on which the law is silent) is counted again, run by run, by the law itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sailau.law.edition import Law
from sailau.law.result import Decisions
from sailau.runs.layout import Area, Layout
from sailau.runs.single import barred, count_one
from sailau.seats.count import Each, Step
from sailau.seats.eligible import Eligible
from sailau.seats.tier import Tier
from sailau.terms.errors import SailauError
from sailau.terms.tally import LINES, NATION, Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.kernels.philox import Key
    from sailau.runs.clauses import Clause, Scope, State

    Counts = NDArray[Any]

MOST = 2**41
"""Votes on a line up to which shares compare in 64 bits; runs beyond are counted one by one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seats of many runs.

    Attributes
    ----------
    parties : tuple of str
        Columns of `seats` and `passed`.
    seats : array [run, party] of int32
    lots : array [run]
        Lots that decided a tie.
    undecided : array [run] of bool
        Runs in which the law leads to no outcome; they have no seats.
    passed : array [run, party] of bool, or None
        Who reached the bar of the first tier that has one; None where no tier has one.
    recounted : int
        Runs that the exact count decided.
    why : dict of str to int
        What stopped the undecided runs, by kind.
    """

    parties: tuple[str, ...]
    seats: Counts
    lots: Counts
    undecided: Counts
    passed: Counts | None
    recounted: int
    why: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _TierPlan:
    areas: tuple[Area, ...]
    lines: tuple[str, ...]
    whole: tuple[Clause, ...]
    each: tuple[tuple[Clause, ...], ...]


@dataclass(frozen=True)
class Plan:
    """How a law is counted over many runs.

    Attributes
    ----------
    law : Law
    layout : Layout
    how : str
        ``arrays`` or ``one by one``.
    why : str
        The clause that has no kernel; empty where all have.
    decisions : mapping
        Rulings that hold in every run.
    """

    law: Law
    layout: Layout
    how: Literal["arrays", "one by one"]
    why: str
    decisions: Decisions
    _tiers: tuple[_TierPlan, ...] = ()

    @classmethod
    def of(cls, law: Law, tally: Tally, *, decisions: Decisions | None = None) -> Plan:
        """Compile a law for tallies of the form of this one."""
        from sailau.runs.formulas import NoKernel

        layout, ruled = Layout.of(law, tally), dict(decisions or {})
        try:
            tiers = tuple(
                _compile(tier, layout, ruled=bool(ruled))
                for tier in law.tiers
                if tier.needs_votes and _has(layout, tier)
            )
        except (NoKernel, SailauError) as reason:
            return cls(law, layout, "one by one", str(reason).splitlines()[0], ruled)
        return cls(law, layout, "arrays", "", ruled, tiers)

    def count(self, votes: Counts, *, key: Key = (0, 0), first: int = 0) -> Outcome:
        """Count runs.

        Parameters
        ----------
        votes : array [run, column] or [run, district, contender] of int64
        key, first
            Where lots come from: the runs are numbers `first`, `first` + 1, … of that key.
        """
        import numpy as np

        # Columns lie together in memory: what is done to a line is done to all runs at once.
        votes = np.asfortranarray(np.asarray(votes, dtype=np.int64).reshape(len(votes), self.layout.width))
        n, parties = len(votes), {name: i for i, name in enumerate(self.layout.parties)}
        seats = np.zeros((n, len(parties)), np.int32, order="F")
        lots, recount = np.zeros(n, np.int32), np.zeros(n, bool)
        passed = None if barred(self.law) is None else np.zeros(seats.shape, bool, order="F")
        if int(votes.view(np.uint64).max(initial=0)) >= MOST:  # a negative count looks like a huge one
            recount[:] = True
        first_bar = passed is not None
        for tier in self._tiers if not n or not recount.all() else ():
            states = _run(tier, votes, recount, lots, key, first)
            for area, state in zip(tier.areas, states[1], strict=True):
                _add(seats, state.seats, [parties.get(self.layout.tally.party(c), -1) for c in area.lines])
            if passed is not None and first_bar and states[0].passed is not None:
                first_bar = False
                _add(passed, states[0].passed, [parties.get(self.layout.tally.party(c), -1) for c in tier.lines])
        rows = np.arange(n) if self.how == "one by one" else np.nonzero(recount)[0]
        undecided, why = np.zeros(n, bool), dict[str, int]()
        for row in rows:
            counted = count_one(
                self.law, self.layout.to_tally(votes[row]), key=key, run=first + int(row), decisions=self.decisions
            )
            seats[row], lots[row] = 0, counted.lots
            if passed is not None:
                passed[row] = [party in counted.passed for party in parties]
            for party, number in counted.seats.items():
                seats[row, parties[party]] = number
            if counted.question is not None:
                undecided[row] = True
                kind = type(counted.question).__name__
                why[kind] = why.get(kind, 0) + 1
        return Outcome(self.layout.parties, seats, lots, undecided, passed, len(rows), why)


def _has(layout: Layout, tier: Tier) -> bool:
    return tier.name in layout.tally.tiers or (tier.votes or "") in layout.tally.tiers


def _compile(tier: Tier, layout: Layout, *, ruled: bool) -> _TierPlan:
    from sailau.runs.clauses import Scope
    from sailau.runs.formulas import NoKernel

    if tier.votes is not None:
        raise NoKernel(f"{tier.name} counts the votes of {tier.votes}")
    count = tier.begin(layout.tally, done={}, decisions={})
    areas, ballots = layout.of_tier(tier.name), count.ballots
    magnitudes = {name: part.seats for name, part in count.areas.items()} or {NATION: count.seats}
    if sum(magnitudes.values()) != count.seats:
        raise NoKernel(f"{tier.name}: districts do not have all the seats")
    lines = tuple(sorted({line for area in areas for line in area.lines}))
    scopes = tuple(
        Scope(
            layout.tally,
            ballots,
            tier.name,
            area.name,
            area.lines,
            tuple(ballots.votes[area.name][line] for line in area.lines),
            magnitudes[area.name],
            ruled,
            not count.areas,
        )
        for area in areas
    )
    if not count.areas:
        return _TierPlan(areas, lines, _clauses(tier.steps, scopes[0]), ((),))
    cast = tuple(count.cast.get(line, 0) for line in lines)
    whole = Scope(layout.tally, ballots, tier.name, NATION, lines, cast, count.seats, ruled, nationwide=True)
    return _in_districts(tier.steps, areas, whole, scopes)


def _in_districts(steps: Sequence[Step], areas: tuple[Area, ...], whole: Scope, scopes: Sequence[Scope]) -> _TierPlan:
    """Split steps into those of the tier and those of each district; none of the tier may follow one of a district."""
    from sailau.runs.formulas import NoKernel
    from sailau.seats.elect import Elect
    from sailau.seats.fill import Fill
    from sailau.seats.threshold import Threshold

    tops: list[Clause] = []
    each: list[tuple[Clause, ...]] = [()] * len(scopes)
    for step in steps:
        if isinstance(step, Each | Elect):
            if any(each):
                raise NoKernel(f"{step.name}: districts are counted twice")
            inner = step.steps if isinstance(step, Each) else (step,)
            each = [_clauses(inner, scope) for scope in scopes]
        elif isinstance(step, Eligible | Threshold) and not any(each):
            tops += _clauses((step,), whole)
        elif not isinstance(step, Fill):  # of a tier with districts it says nothing: seats stand in the districts
            raise NoKernel(f"{step.name} over districts")
    return _TierPlan(areas, whole.lines, tuple(tops), tuple(each))


def _clauses(steps: Sequence[Step], scope: Scope) -> tuple[Clause, ...]:
    from sailau.runs import clauses as made
    from sailau.runs.formulas import NoKernel
    from sailau.seats.allocate import Allocate
    from sailau.seats.elect import Elect
    from sailau.seats.fill import Fill
    from sailau.seats.guarantee import Guarantee
    from sailau.seats.threshold import Threshold

    kinds: dict[type, Callable[[Any, Scope], Clause | None]] = {
        Threshold: made.threshold,
        Guarantee: made.guarantee,
        Allocate: made.allocate,
        Elect: made.elect,
        Fill: made.fill,
        Eligible: made.eligible,
    }
    out: list[Clause] = []
    placing = 0
    for step in _flat(steps):
        kind = type(step)
        if kind not in kinds:
            raise NoKernel(step.name)
        placing += kind in (Allocate, Elect)
        if placing > 1 or (placing and kind in (Threshold, Guarantee, Eligible)):
            raise NoKernel(f"{step.name} after seats were placed")
        clause = kinds[kind](step, scope)
        if clause is not None:
            out.append(clause)
    return tuple(out)


def _flat(steps: Sequence[Step]) -> list[Step]:
    return [inner for step in steps for inner in (_flat(step.steps) if isinstance(step, Each) else (step,))]


def _run(
    tier: _TierPlan, votes: Counts, recount: Counts, lots: Counts, key: Key, first: int
) -> tuple[State, list[State]]:
    """Return the tier as a whole, and each of its areas, after all clauses."""
    import numpy as np

    from sailau.runs.clauses import State

    def begun(cast: Counts, lines: tuple[str, ...]) -> State:
        mute = np.array([line in LINES for line in lines])
        return State(cast, np.where(mute, 0, cast) if mute.any() else cast, ~mute, recount, lots, key, first)

    if len(tier.areas) == 1 and tier.areas[0].lines == tier.lines and not any(tier.each):
        state = begun(votes[:, tier.areas[0].start : tier.areas[0].stop], tier.lines)
        for clause in tier.whole:
            clause(state)
        return state, [state]
    place = {line: i for i, line in enumerate(tier.lines)}
    columns = [np.array([place[line] for line in area.lines]) for area in tier.areas]
    cast = np.zeros((len(votes), len(tier.lines)), np.int64, order="F")
    if tier.whole:
        for area, at in zip(tier.areas, columns, strict=True):
            cast[:, at] += votes[:, area.start : area.stop]
    whole = begun(cast, tier.lines)
    for clause in tier.whole:
        clause(whole)
    parts = []
    for area, at, clauses in zip(tier.areas, columns, tier.each, strict=True):
        part = begun(votes[:, area.start : area.stop], area.lines)
        if tier.whole:
            part.takes = whole.takes[..., at] & part.takes
            part.standing = np.where(part.takes, part.standing, 0)
        for clause in clauses:
            clause(part)
        parts.append(part)
    return whole, parts


def _add(total: Counts, part: Counts | None, columns: Sequence[int]) -> None:
    if part is not None:
        for i, column in enumerate(columns):
            if column >= 0:
                total[:, column] += part[:, i]
