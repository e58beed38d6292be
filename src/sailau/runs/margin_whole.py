"""Margins of laws with several tiers: how many votes move before anything that the count compares comes out otherwise.

A step of the law that can say what it compares is taken at its word: while all comparisons of the whole count, tier by
tier, come out as they did, no seat moves. Votes at which one of them may change are counted by the law itself, fewest
first. Where the search comes to an end the margin is exact; where it is cut short, all that is left needs at least as
many votes as were looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import Any

from sailau.law.edition import Law, count_tiers
from sailau.law.result import Result
from sailau.runs.margin_book import Books, next_break
from sailau.runs.margin_contest import Kind, Move, is_plain, moves_among
from sailau.runs.margin_formula import Slopes
from sailau.runs.margin_papers import Change
from sailau.runs.margin_patience import allowed
from sailau.runs.margin_placing import Placing, distribute_signs, is_straight, placing
from sailau.runs.margin_probe import Found, change_of, with_moved
from sailau.runs.margin_signs import Changing, next_change
from sailau.runs.margin_states import signs_of
from sailau.runs.margin_tiers import Places, compensate_signs, qualify_signs, whole_quotas_signs
from sailau.runs.margin_traced import Untraced, trace
from sailau.seats.allocate import Allocate
from sailau.seats.appoint import Appoint
from sailau.seats.carry import Carry
from sailau.seats.compensate import Compensate
from sailau.seats.count import Count, Each, Step, flat, in_area
from sailau.seats.cover import Cover
from sailau.seats.deduct import Deduct
from sailau.seats.distribute import Distribute
from sailau.seats.elect import Elect
from sailau.seats.fill import Fill
from sailau.seats.give_back import GiveBack
from sailau.seats.join import Join
from sailau.seats.qualify import Qualify
from sailau.seats.tier import Tier, party_line
from sailau.seats.top_up import TopUp
from sailau.seats.whole_quotas import WholeQuotas
from sailau.terms.errors import SailauError
from sailau.terms.moving import Held
from sailau.terms.quota import quota_named
from sailau.terms.tally import NATION, Tally

WORK = 400_000
"""How many lines of votes may be counted anew, all counts together, before the search is cut short."""
COUNTS, MOST = 20, 4_000
"""How many counts there are at the least, and at the most."""
LOOKED = 1_000_000
"""How many noted comparisons may be looked at one by one before the search is cut short."""
PAIRS = 3_000_000
"""How many lines may be compared with those that votes move between; beyond, no move is looked at."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of the fewest votes.

    Attributes
    ----------
    lower : int, optional
        No fewer votes change a seat; None where no number below the upper bound does.
    found : tuple, optional
        The move, its area, its votes and who gains how many seats: the fewest there are.
    why : str
        Why the search came to no end; empty where it did.
    papers : Change, optional
        Where voters rank: the ballots that change.
    """

    lower: int | None
    found: Found | None = None
    why: str = ""
    papers: Change | None = None


@dataclass
class Met:
    """A step, the count before it, and what it made of it; how a count that gives seats to areas gave them."""

    step: Step
    count: Count
    after: Count

    @cached_property
    def placing(self) -> Placing | None:
        """How a step that gives seats to areas gave them."""
        return placing(self.step, self.count) if isinstance(self.step, Distribute) else None

    def spread(self) -> Iterator[Met]:
        """Yield the step as it works: persons are elected in each area by itself."""
        if not (isinstance(self.step, Elect) and self.count.areas):
            yield self
            return
        for name in self.count.areas:
            yield Met(self.step, in_area(self.count, name), self.after.areas[name])


@dataclass(frozen=True)
class Noting:
    """A step that notes what it met."""

    step: Step
    met: list[Met]

    def __getattr__(self, name: str) -> Any:
        """Answer as the step itself."""
        return getattr(self.step, name)

    def apply(self, count: Count) -> Count:
        """Return what the step makes of a count, and note both."""
        after = self.step.apply(count)
        self.met.append(Met(self.step, count, after))
        return after


def reach(result: Result, tier: str, kinds: Sequence[Kind], *, below: int | None, lots: bool = False) -> Reach:
    """Return how many votes of a tier move before a seat of any tier can.

    Parameters
    ----------
    result : Result
        The count of the votes as they are.
    tier : str
    kinds : sequence of str
    below : int, optional
        Only fewer votes than these matter, because a move of so many is known.
    lots : bool
        Whether a tie that only a lot settles counts as a change.
    """
    if sum(len(lines) ** 3 for lines in result.tally.tiers[tier].votes.values()) > allowed(PAIRS):
        return Reach(
            1, None, "without more patience there are too many moves to look at: fewer votes are not ruled out"
        )
    try:
        return _Search(result, tier, kinds, below, lots=lots).run()
    except Untraced:
        named = f"the step {_silent(result.law)} does not say what it compares"
        return Reach(1, None, f"{named}, so fewer votes are not ruled out")


def looks_at_votes(tier: Tier, other: str) -> bool:
    """Say whether a tier looks at the votes of another one, not only at the seats that they give."""
    return any(_looks(step, other) for step in flat(tier.steps))


def _looks(step: Step, tier: str) -> bool:
    if isinstance(step, TopUp):
        return tier in step.tiers
    if isinstance(step, Qualify):
        return (step.regions is not None or step.part is not None) and step.in_tier == tier
    return isinstance(step, Carry | Cover | Deduct | GiveBack | Join) and step.tier == tier


def _silent(law: Law) -> str:
    """Return the first step that does not say what it compares, with its tier."""
    return next(
        (f"{step.name} of {tier.name}" for tier in law.tiers for step in flat(tier.steps) if not _says(step)), ""
    )


def _says(step: Step) -> bool:
    if isinstance(step, Distribute):
        return is_straight(step)
    if isinstance(step, Allocate) and step.excess != "refuse" and step.quota and quota_named(step.quota).rounded:
        return False  # it would tell apart every vote of the quota; followed, it is only a little off its line
    return isinstance(step, Fill | Appoint | Compensate | Qualify | WholeQuotas) or is_plain(step)


@dataclass(frozen=True)
class State:
    """A count, and what its steps met: in turn, and by tier and area."""

    result: Result
    met: Sequence[Met]

    @cached_property
    def by_area(self) -> dict[tuple[str, str], list[Met]]:
        """What the steps that say what they compare met, by tier and area."""
        out: dict[tuple[str, str], list[Met]] = {}
        said = (met for met in self.met if _says(met.step) and _as_cast(met.count))
        for one in (part for met in said for part in met.spread()):
            out.setdefault((one.count.tier, one.count.area), []).append(one)
        return out

    def traced(self, tier: str, only: Move | None = None, *, by_step: bool = False) -> list[Held]:
        """Return what the other steps compared; rounded numbers nearly on a line, or step by step."""
        if all(_says(met.step) for met in self.met):
            return []
        met = [(one.step, one.count, one.after) for one in self.met]
        return trace(self.result, tier, met, _says, only, by_step=by_step)


def _as_cast(count: Count) -> bool:
    """Say whether the votes that stand are those that were cast; a step that compares others is followed instead."""
    return all(
        n == part.cast.get(line) or n == sum(part.cast.get(member, 0) for member in part.pools.get(line, ()))
        for part in (count, *count.areas.values())
        for line, n in part.votes.items()
    )


class _Search:
    """The moves of votes in a tier, each with the votes at which it has to be counted next."""

    def __init__(self, result: Result, tier: str, kinds: Sequence[Kind], below: int | None, *, lots: bool) -> None:
        self.result, self.tier, self.kinds, self.below, self.lots = result, tier, kinds, below, lots
        self.votes = result.tally.tiers[tier].votes
        self.known: dict[tuple[int, frozenset[tuple[str, int]]], int | None] = {}

    def run(self) -> Reach:
        """Count the law at the fewest votes that may matter, until a seat moves or the work is done."""
        state = self._state(self.result.tally)
        book = Books(state.traced(self.tier), lambda: state.traced(self.tier, by_step=True)) if state else None
        line = list(self._start(state, book))
        heapify(line)
        lines = sum(len(votes) for ballots in self.result.tally.tiers.values() for votes in ballots.votes.values())
        left, looked = allowed(min(max(COUNTS, WORK // max(lines, 1)), MOST)), 0
        while line and left:
            t, number, area, move, rough = heappop(line)
            if rough and book:
                looked += book.many(area)
                if looked > allowed(LOOKED):
                    heappush(line, (t, number, area, move, True))
                    break
                after = _sooner(book.first(area, move), self._next(state, area, move, 0) if state else None)
            else:
                left -= 1
                state_at = self._state(with_moved(self.result.tally, self.tier, area, move, t))
                change = change_of(self.result, state_at.result) if state_at else {}
                if change or (state_at is None and self.lots):
                    return Reach(t, (move, area, t, change))
                after = self._after(state_at, area, move, t) if state_at else t + 1
            if after is not None and self._matters(after, area, move):
                heappush(line, (after, number, area, move, False))
        if not line:
            return Reach(None)
        return Reach(line[0][0], None, "the search for fewer votes was cut short: more patience goes on")

    def _start(self, state: State | None, book: Books | None) -> Iterator[tuple[int, int, str, Move, bool]]:
        """Yield every move with the votes at which something can come out otherwise for the first time."""
        number = 0
        for area in sorted(self.votes):
            moves = list(moves_among(self.votes[area], self.kinds))
            traced = book.rough(area, moves) if book else [1] * len(moves)
            for move, rough in zip(moves, traced, strict=True):
                number += 1
                said = self._next(state, area, move, 0, known=self.known) if state else None
                t = _sooner(rough, said)
                if t is not None and self._matters(t, area, move):
                    yield t, number, area, move, t == rough

    def _after(self, state: State, area: str, move: Move, t: int) -> int | None:
        """Return after how many votes something can come out otherwise than with `t`."""
        if not self._matters(t + 1, area, move):
            return None
        traced = next_break(state.traced(self.tier, move), area, move)
        if traced == 1:  # a comparison lies within the rounding: what is rounded stays so for more than one vote
            traced = next_break(state.traced(self.tier, move, by_step=True), area, move)
        return _sooner(self._next(state, area, move, t), None if traced is None else t + traced)

    def _matters(self, t: int, area: str, move: Move) -> bool:
        most = None if move.giver is None else self.votes[area][move.giver]
        return (self.below is None or t < self.below) and (most is None or t <= most)

    def _state(self, tally: Tally) -> State | None:
        """Return the count of a tally, and what the steps met; None where the law leaves it open."""
        met: list[Met] = []
        tiers = [replace(tier, steps=_noting(tier.steps, met)) for tier in self.result.law.tiers]
        try:
            counts = count_tiers(tiers, tally, self.result.decisions, None)
        except SailauError:
            return None
        return State(replace(self.result, tally=tally, counts=counts), met)

    def _next(
        self,
        state: State,
        area: str,
        move: Move,
        t: int,
        known: dict[tuple[int, frozenset[tuple[str, int]]], int | None] | None = None,
    ) -> int | None:
        """Return after how many votes, `t` included, anything that the steps compare may come out otherwise."""
        best: int | None = None
        every = {tier.name: _places(tier, self.result.tally, self.tier, area, move) for tier in self.result.law.tiers}
        for tier, places in every.items():
            for where, slopes in places.items():
                for met in state.by_area.get((tier, where), ()):
                    key = id(met), frozenset(slopes.items())
                    if known is None or key not in known or isinstance(met.step, _BY_AREA):
                        found = next_change(self._signs(met, slopes, area, every), None)
                    else:
                        found = known[key]
                    if known is not None:
                        known[key] = found
                    best = found if best is None or (found is not None and found < best) else best
        return None if best is None else t + best

    def _signs(self, met: Met, slopes: Slopes, area: str, every: Mapping[str, Places]) -> Iterator[Changing]:
        step, count = met.step, met.count
        if isinstance(step, Compensate):
            return compensate_signs(step, count, slopes)
        if isinstance(step, Qualify):
            return qualify_signs(step, count, every[count.tier], every.get(step.in_tier or "", {}))
        if isinstance(step, WholeQuotas):
            return whole_quotas_signs(step, count, every[count.tier])
        if isinstance(step, Distribute) and met.placing is not None:
            return distribute_signs(step, count, met.placing, area, every[count.tier])
        return signs_of(step, count, slopes, met.after, lots=self.lots)


def _sooner(one: int | None, two: int | None) -> int | None:
    return min((t for t in (one, two) if t is not None), default=None)


_BY_AREA = (Distribute, Qualify, WholeQuotas)
"""Steps that compare areas with one another: what they hang on is not told by how the whole moves."""


def _noting(steps: Sequence[Step], met: list[Met]) -> tuple[Step, ...]:
    return tuple(_noted(step, met) for step in steps)


def _noted(step: Step, met: list[Met]) -> Any:
    return replace(step, steps=_noting(step.steps, met)) if isinstance(step, Each) else Noting(step, met)


def _places(tier: Tier, tally: Tally, moved: str, area: str, move: Move) -> dict[str, Slopes]:
    """Return how fast the lines of a tier move while votes of an area of the tier `moved` do."""
    source = tier.votes if tier.votes in tally.tiers else tier.name
    if source != moved:
        return {}
    slopes: dict[str, int] = {}
    for line, b in move.slopes.items():
        name = party_line(line, tally) if tier.lines == "party" else line
        slopes[name] = slopes.get(name, 0) + b
    slopes = {line: b for line, b in slopes.items() if b}
    joined = tier.votes is not None and tier.areas == "region"
    where = tally.tiers[moved].regions.get(area, area) if joined else area
    return {NATION: slopes, where: slopes} if slopes else {}
