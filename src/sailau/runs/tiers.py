"""Tiers as arrays: a law's steps compiled into clauses of the nation and of each district, and run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sailau.runs import clauses, distributing, dues, enlarging, exchange, levelling, placing, quotas, weighing
from sailau.runs.formulas import NoKernel
from sailau.runs.layout import Area, Layout
from sailau.runs.state import Before, Clause, Done, Scope, State, seats_here
from sailau.seats.allocate import Allocate
from sailau.seats.apportion import Apportion
from sailau.seats.bonus import Bonus
from sailau.seats.cap import Cap
from sailau.seats.carry import Carry
from sailau.seats.compensate import Compensate
from sailau.seats.count import Each, Step, flat
from sailau.seats.cover import Cover
from sailau.seats.distribute import Distribute
from sailau.seats.elect import Elect
from sailau.seats.eligible import Eligible
from sailau.seats.enlarge import Enlarge
from sailau.seats.entitle import Entitle
from sailau.seats.fill import Fill
from sailau.seats.give_back import GiveBack
from sailau.seats.guarantee import Guarantee
from sailau.seats.overhang import Offset
from sailau.seats.pool import Pool
from sailau.seats.qualify import Qualify
from sailau.seats.reserve import Reserve
from sailau.seats.rest import Rest
from sailau.seats.second_scrutiny import SecondScrutiny
from sailau.seats.share_out import ShareOut
from sailau.seats.spread import Spread
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.seats.weigh import Weigh
from sailau.seats.whole_quotas import WholeQuotas
from sailau.terms.tally import LINES, NATION, OTHERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.kernels.philox import Key

    Counts = NDArray[Any]


def _allocate(step: Allocate, scope: Scope) -> Clause | None:
    return (quotas.whole if step.quota is not None and step.rest == "none" else placing.allocate)(step, scope)


KINDS: Mapping[type, Callable[[Any, Scope], Clause | None]] = {
    Allocate: _allocate,
    Apportion: quotas.apportion,
    Bonus: placing.bonus,
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
    Offset: dues.offset,
    Qualify: clauses.qualify,
    Reserve: weighing.reserve,
    Rest: quotas.rest,
    SecondScrutiny: quotas.second_scrutiny,
    Spread: dues.spread,
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

CHANGED = (Carry, Reserve, Weigh)
"""Steps after which the votes that count are not those that a bar is measured by."""

LAST = (Allocate, Cap, Elect, Compensate, SecondScrutiny)
"""Steps that place all seats that are left."""


@dataclass(frozen=True)
class Stage:
    """A clause of the tier as a whole, or one list of clauses for each of its areas."""

    whole: Clause | None = None
    each: tuple[tuple[Clause, ...], ...] = ()


@dataclass(frozen=True)
class Joined:
    """An area of a tier: the areas of the votes that it is made of, with the columns of their lines in it."""

    name: str
    lines: tuple[str, ...]
    parts: tuple[tuple[Area, tuple[int, ...]], ...]

    def votes(self, votes: Counts) -> Counts:
        """Return the votes of its lines."""
        import numpy as np

        if len(self.parts) == 1:
            area = self.parts[0][0]
            return votes[:, area.start : area.stop]
        total = np.zeros((len(votes), len(self.lines)), np.int64, order="F")
        for area, columns in self.parts:
            for i, column in enumerate(columns):
                total[:, column] += votes[:, area.start + i]
        return total


def _joined(layout: Layout, source: str, *, by_region: bool) -> tuple[Joined, ...]:
    """Return the areas of a tier; those of each region as one where the law joins them."""
    groups: dict[str, list[Area]] = {}
    regions = layout.tally.tiers[source].regions
    for area in layout.of_tier(source):
        groups.setdefault(regions[area.name] if by_region else area.name, []).append(area)
    out = []
    for name, areas in groups.items():
        lines = tuple(sorted({line for area in areas for line in area.lines}))
        place = {line: i for i, line in enumerate(lines)}
        out.append(Joined(name, lines, tuple((a, tuple(place[line] for line in a.lines)) for a in areas)))
    return tuple(out)


@dataclass(frozen=True)
class TierPlan:
    """A tier compiled.

    Attributes
    ----------
    name : str
    areas : tuple of Joined
        Where its votes are.
    before : Before
        The tier as later ones see it.
    stages : tuple of Stage
    """

    name: str
    areas: tuple[Joined, ...]
    before: Before
    stages: tuple[Stage, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the tier as a whole."""
        return self.before.whole.lines


def compile_tier(tier: Tier, layout: Layout, before: Mapping[str, Before], *, ruled: bool) -> TierPlan:
    """Return the plan of a tier.

    Raises
    ------
    NoKernel
        A clause that only the exact count knows.
    """
    source = tier.name if tier.votes is None or tier.votes not in layout.tally.tiers else tier.votes
    if tier.lines != "contender":
        raise NoKernel(f"{tier.name} adds candidates' votes up by party")
    count = tier.begin(layout.tally, done={}, decisions={})
    areas, ballots = _joined(layout, source, by_region=source != tier.name and tier.areas == "region"), count.ballots
    magnitudes = {name: part.seats for name, part in count.areas.items()} or {NATION: count.seats}

    def scope(area: str, lines: tuple[str, ...], cast: tuple[int, ...], seats: int, inside: tuple[Scope, ...]) -> Scope:
        nationwide = area == NATION or not count.areas
        return Scope(layout.tally, ballots, tier.name, area, lines, cast, seats, ruled, nationwide, before, inside)

    inside = tuple(
        scope(a.name, a.lines, tuple(ballots.votes[a.name][line] for line in a.lines), magnitudes[a.name], ())
        for a in areas
    )
    if not count.areas:
        return TierPlan(
            tier.name, areas, Before(count.seats, inside[0], inside, divided=False), _nation(tier, inside[0])
        )
    lines = tuple(sorted({line for area in areas for line in area.lines}))
    whole = scope(NATION, lines, tuple(count.cast.get(line, 0) for line in lines), count.seats, inside)
    if any(isinstance(step, Apportion) for step in tier.steps):
        whole = replace(whole, inside=tuple(replace(part, open=True) for part in inside))
    stages = _districts(tier, whole, magnitudes)
    opened = any(isinstance(step, WholeQuotas) for step in tier.steps)
    return TierPlan(tier.name, areas, Before(count.seats, whole, whole.inside, divided=True, open=opened), stages)


def _nation(tier: Tier, scope: Scope) -> tuple[Stage, ...]:
    return tuple(Stage(whole=clause) for clause in _clauses(tier.steps, scope))


def _districts(tier: Tier, whole: Scope, magnitudes: Mapping[str, int]) -> tuple[Stage, ...]:
    stages: list[Stage] = []
    inside = False
    for step in tier.steps:
        if isinstance(step, Each | Elect):
            if inside:
                raise NoKernel(f"{step.name}: districts are counted twice")
            inner = step.steps if isinstance(step, Each) else (step,)
            if sum(magnitudes.values()) != whole.seats and not whole.inside[0].open:
                raise NoKernel(f"{tier.name}: districts do not have all the seats")
            stages.append(Stage(each=tuple(_clauses(inner, scope) for scope in whole.inside)))
            inside = True
        elif isinstance(step, Fill):  # of a tier with districts it says nothing: seats stand in the districts
            continue
        elif isinstance(step, WHOLE) and not (inside and isinstance(step, WHO)):
            stages.append(Stage(whole=KINDS[type(step)](step, whole)))
        elif isinstance(step, Allocate) and not any(magnitudes.values()):
            stages.append(Stage(whole=placing.allocate(step, whole)))
        else:
            raise NoKernel(f"{step.name} over districts")
    return tuple(stages)


def _clauses(steps: Sequence[Step], scope: Scope) -> tuple[Clause, ...]:
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
        if type(step) not in KINDS:
            raise NoKernel(step.name)
        placed += isinstance(step, LAST) and not (isinstance(step, Allocate) and step.rest == "none")
        if placed > 1 or (isinstance(step, WHO) and (placed or any(isinstance(s, CHANGED) for s in before))):
            raise NoKernel(f"{step.name} after seats were placed")
        before.append(step)
        out.append(KINDS[type(step)](step, scope))
    if rests:
        out.append(partial(_all_placed, scope))
    return tuple(clause for clause in out if clause is not None)


def _all_placed(scope: Scope, state: State) -> None:
    """Send runs in which a seat is left to the exact count."""
    if state.seats is not None:
        state.recount |= state.seats.sum(axis=1) != seats_here(state, scope)


def _linked(pool: Pool, rest: list[Step], scope: Scope) -> Clause | None:
    """Return linked lists with the two steps that follow them."""
    if len(rest) < 2:
        raise NoKernel("pool")
    step, inside = rest.pop(0), rest.pop(0)
    if not isinstance(step, Allocate) or not isinstance(inside, ShareOut):
        raise NoKernel("pool before another step than allocate")
    return placing.linked(pool, step, inside, scope)


def run_tier(
    tier: TierPlan, votes: Counts, done: Mapping[str, Done], recount: Counts, lots: Counts, key: Key, first: int
) -> Done:
    """Return the tier after all its clauses."""
    import numpy as np

    tally = tier.before.whole.tally

    def begun(cast: Counts, lines: tuple[str, ...]) -> State:
        mute = np.array([line in LINES or tally.contender(line).kind == OTHERS for line in lines])
        standing = np.where(mute, 0, cast) if mute.any() else cast
        return State(cast, standing, ~mute, recount, lots, key, first, done=done)

    if not tier.before.divided:
        state = begun(tier.areas[0].votes(votes), tier.lines)
        for stage in tier.stages:
            if stage.whole is not None:
                stage.whole(state)
        return Done(tier.before, state, [state])
    place = {line: i for i, line in enumerate(tier.lines)}
    columns = [np.array([place[line] for line in area.lines]) for area in tier.areas]
    cast = np.zeros((len(votes), len(tier.lines)), np.int64, order="F")
    held = [area.votes(votes) for area in tier.areas]
    if any(stage.whole is not None for stage in tier.stages):
        for area, at in zip(held, columns, strict=True):
            for i, column in enumerate(at.tolist()):
                cast[:, column] += area[:, i]
    whole = begun(cast, tier.lines)
    parts = [begun(own, area.lines) for own, area in zip(held, tier.areas, strict=True)]
    whole.parts = parts
    stale = False
    for stage in tier.stages:
        if stage.whole is not None:
            stage.whole(whole)
            stale = True
        else:
            if stale:
                _narrow(whole, parts, columns)
                stale = False
            for part, own in zip(parts, stage.each, strict=True):
                for clause in own:
                    clause(part)
    return Done(tier.before, whole, parts)


def _narrow(whole: State, parts: Sequence[State], columns: Sequence[Counts]) -> None:
    """Let those who take part in the whole alone take part in the districts."""
    import numpy as np

    for part, at in zip(parts, columns, strict=True):
        part.takes = whole.takes[..., at] & part.takes
        part.standing = np.where(part.takes, part.standing, 0)


def seats_of(done: Done) -> list[tuple[tuple[str, ...], Counts]]:
    """Return the seats of a tier where they stand: lines and seats[run, line]."""
    units = list(zip(done.before.areas, done.parts, strict=True))
    if done.before.divided:
        units.append((done.before.whole, done.whole))
    return [(scope.lines, state.seats) for scope, state in units if state.seats is not None]
