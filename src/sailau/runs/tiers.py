"""Tiers as arrays: a law's steps compiled into clauses of the nation and of each district, and run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sailau.runs import placing
from sailau.runs.formulas import NoKernel
from sailau.runs.layout import Area, Layout
from sailau.runs.state import Before, Clause, Done, Scope, State
from sailau.runs.steps import KINDS, WHO, WHOLE, check_votes, clauses_of
from sailau.seats.allocate import Allocate
from sailau.seats.apportion import Apportion
from sailau.seats.count import Each
from sailau.seats.elect import Elect
from sailau.seats.fill import Fill
from sailau.seats.join import BySeats
from sailau.seats.make_up import MakeUp
from sailau.seats.tier import Tier, party_line
from sailau.seats.whole_quotas import WholeQuotas
from sailau.terms.tally import LINES, NATION, OTHERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.kernels.philox import Key

    Counts = NDArray[Any]


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

        if len(self.parts) == 1 and self.parts[0][1] == tuple(range(len(self.lines))):
            area = self.parts[0][0]
            return votes[:, area.start : area.stop]
        total = np.zeros((len(votes), len(self.lines)), np.int64, order="F")
        for area, columns in self.parts:
            for i, column in enumerate(columns):
                total[:, column] += votes[:, area.start + i]
        return total


def _joined(layout: Layout, source: str, *, by_region: bool, by_party: bool) -> tuple[Joined, ...]:
    """Return the areas of a tier; those of each region as one, and candidates as their party, where the law says so."""

    def named(line: str) -> str:
        return party_line(line, layout.tally) if by_party else line

    groups: dict[str, list[Area]] = {}
    regions = layout.tally.tiers[source].regions
    for area in layout.of_tier(source):
        groups.setdefault(regions[area.name] if by_region else area.name, []).append(area)
    out = []
    for name, areas in groups.items():
        lines = tuple(sorted({named(line) for area in areas for line in area.lines}))
        place = {line: i for i, line in enumerate(lines)}
        out.append(Joined(name, lines, tuple((a, tuple(place[named(line)] for line in a.lines)) for a in areas)))
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
    count = tier.begin(layout.tally, done={}, decisions={})
    by_region, by_party = source != tier.name and tier.areas == "region", tier.lines == "party"
    areas, ballots = _joined(layout, source, by_region=by_region, by_party=by_party), count.ballots
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
    return tuple(Stage(whole=clause) for clause in clauses_of(tier.steps, scope))


def _districts(tier: Tier, whole: Scope, magnitudes: Mapping[str, int]) -> tuple[Stage, ...]:
    stages: list[Stage] = []
    inside = False
    for number, step in enumerate(tier.steps):
        check_votes(tier.steps[:number], step)
        if isinstance(step, Each | Elect):
            if inside:
                raise NoKernel("districts are counted twice", step=step.name)
            inner = step.steps if isinstance(step, Each) else (step,)
            if sum(magnitudes.values()) != whole.seats and not whole.inside[0].open:
                raise NoKernel("{tier}: districts do not have all the seats", tier=tier.name)
            stages.append(Stage(each=tuple(clauses_of(inner, scope) for scope in whole.inside)))
            inside = True
        elif isinstance(step, Fill):  # of a tier with districts it says nothing: seats stand in the districts
            continue
        elif isinstance(step, WHOLE) and not (inside and isinstance(step, WHO)):
            stages.append(Stage(whole=KINDS[type(step)](step, whole)))
        elif isinstance(step, Allocate) and not any(magnitudes.values()):
            stages.append(Stage(whole=placing.allocate(step, whole)))
        elif isinstance(step, BySeats | MakeUp) and not any(magnitudes.values()):
            stages.append(Stage(whole=KINDS[type(step)](step, whole)))
        else:
            raise NoKernel("over districts", step=step.name)
    return tuple(stages)


def run_tier(
    tier: TierPlan, votes: Counts, done: Mapping[str, Done], recount: Counts, lots: Counts, key: Key, first: int
) -> Done:
    """Return the tier after all its clauses."""
    import numpy as np

    def begun(cast: Counts, lines: tuple[str, ...]) -> State:
        return _begun(tier, cast, lines, done, recount, lots, key, first)

    if not tier.before.divided:
        state = begun(tier.areas[0].votes(votes), tier.lines)
        for stage in tier.stages:
            if stage.whole is not None:
                stage.whole(state)
        return Done(tier.before, state, [state])
    place = {line: i for i, line in enumerate(tier.lines)}
    columns = [np.array([place[line] for line in area.lines]) for area in tier.areas]
    held = [area.votes(votes) for area in tier.areas]
    cast = np.zeros((len(votes), len(tier.lines)), np.int64, order="F")
    if any(stage.whole is not None for stage in tier.stages):
        for area, at in zip(held, columns, strict=True):
            for i, column in enumerate(at.tolist()):
                cast[:, column] += area[:, i]
    whole = begun(cast, tier.lines)
    whole.parts = [begun(own, area.lines) for own, area in zip(held, tier.areas, strict=True)]
    _run_stages(tier.stages, whole, columns)
    return Done(tier.before, whole, whole.parts)


def _begun(
    tier: TierPlan, cast: Counts, lines: tuple[str, ...], done: Mapping[str, Done], recount: Counts, lots: Counts,
    key: Key, first: int,
) -> State:  # fmt: skip
    """Return the state of an area before its first clause; lines that are no contender stand for nothing."""
    import numpy as np

    tally = tier.before.whole.tally
    mute = np.array([line in LINES or tally.contender(line).kind == OTHERS for line in lines])
    standing = np.where(mute, 0, cast) if mute.any() else cast
    return State(cast, standing, ~mute, recount, lots, key, first, done=done)


def _run_stages(stages: Sequence[Stage], whole: State, columns: Sequence[Counts]) -> None:
    """Run the clauses of the whole and of its parts in turn; after the whole, the parts are narrowed to its takers."""
    stale = False
    for stage in stages:
        if stage.whole is not None:
            stage.whole(whole)
            stale = True
            continue
        if stale:
            _narrow(whole, whole.parts, columns)
            stale = False
        for part, own in zip(whole.parts, stage.each, strict=True):
            for clause in own:
                clause(part)


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
