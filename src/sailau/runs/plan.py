"""A law as a plan: kernels over votes[run, district, contender] where its clauses have them, the exact count elsewhere.

Either way the seats are those of the exact count. What a kernel cannot decide (a tie that a rule of the law settles, a
guarantee, a case on which the law is silent) is counted again, run by run, by the law itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sailau.law.edition import Law
from sailau.law.result import Decisions
from sailau.runs.formulas import NoKernel
from sailau.runs.layout import Layout
from sailau.runs.single import barred, count_one
from sailau.runs.state import Before, Done
from sailau.runs.tiers import TierPlan, compile_tier, run_tier, seats_of
from sailau.seats.tier import Tier
from sailau.terms.errors import SailauError
from sailau.terms.tally import Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.kernels.philox import Key

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
    because : NoKernel, optional
        The reason behind `why`, which can be told in another language.
    """

    law: Law
    layout: Layout
    how: Literal["arrays", "one by one"]
    why: str
    decisions: Decisions
    _tiers: tuple[TierPlan, ...] = ()
    because: NoKernel | None = None

    @classmethod
    def of(cls, law: Law, tally: Tally, *, decisions: Decisions | None = None) -> Plan:
        """Compile a law for tallies of the form of this one."""
        layout, ruled = Layout.of(law, tally), dict(decisions or {})
        try:
            tiers = _compiled(law, layout, ruled=bool(ruled))
        except (NoKernel, SailauError) as reason:
            because = reason.with_traceback(None) if isinstance(reason, NoKernel) else None
            return cls(law, layout, "one by one", str(reason).splitlines()[0], ruled, because=because)
        return cls(law, layout, "arrays", "", ruled, tiers)

    def told(self) -> str:
        """Return why runs are counted one by one, in the language that is spoken."""
        return self.because.told() if self.because else self.why

    @property
    def bar(self) -> Tier | None:
        """The first tier with a bar for the tier as a whole."""
        return barred(self.law, counted_tiers(self.law, self.layout))

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
        passed = None if self.bar is None else np.zeros(seats.shape, bool, order="F")
        if int(votes.view(np.uint64).max(initial=0)) >= MOST:  # a negative count looks like a huge one
            recount[:] = True
        if self._tiers and (not n or not recount.all()):
            done = self._run(votes, recount, lots, key, first)
            for tier in done.values():
                for lines, placed in seats_of(tier):
                    _add(seats, placed, [parties.get(self.layout.tally.party(line), -1) for line in lines])
            if passed is not None and self.bar is not None:
                bar = done[self.bar.name]
                lines = bar.before.whole.lines
                _add(passed, bar.whole.passed, [parties.get(self.layout.tally.party(line), -1) for line in lines])
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

    def _run(self, votes: Counts, recount: Counts, lots: Counts, key: Key, first: int) -> dict[str, Done]:
        """Return the tiers after all clauses; later ones see the earlier."""
        done: dict[str, Done] = {}
        for tier in self._tiers:
            done[tier.name] = run_tier(tier, votes, dict(done), recount, lots, key, first)
        return done


def counted_tiers(law: Law, layout: Layout) -> tuple[str, ...]:
    """Return the tiers of a law for which a tally holds votes."""
    held = layout.tally.tiers
    return tuple(t.name for t in law.tiers if t.needs_votes and (t.name in held or (t.votes or "") in held))


def _compiled(law: Law, layout: Layout, *, ruled: bool) -> tuple[TierPlan, ...]:
    before: dict[str, Before] = {}
    plans: list[TierPlan] = []
    counted = counted_tiers(law, layout)
    for tier in law.tiers:
        if tier.name in counted:
            plans.append(compile_tier(tier, layout, dict(before), ruled=ruled))
            before[tier.name] = plans[-1].before
        elif not tier.needs_votes and tier.name in layout.tally.tiers:
            raise NoKernel("{tier} has votes, and needs none", tier=tier.name)
    return tuple(plans)


def _add(total: Counts, part: Counts | None, columns: Sequence[int]) -> None:
    if part is not None:
        for i, column in enumerate(columns):
            if column >= 0:
                total[:, column] += part[:, i]
