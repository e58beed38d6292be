"""A job: all that a block of runs follows from, and the block itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sailau.law.edition import Law
from sailau.law.result import Decisions
from sailau.runs.chance import Chance
from sailau.runs.field import Field
from sailau.runs.noise import Noise
from sailau.runs.plan import Plan
from sailau.runs.summary import Summary, summarise
from sailau.runs.turnout import Turnout
from sailau.terms.tally import Tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sailau.kernels.philox import Key


@dataclass(frozen=True)
class Job:
    """Everything that a block of runs follows from; it can be sent to another process or machine.

    Attributes
    ----------
    law, tally, noise, seed, held, coalitions, decisions
        As in `simulate`.
    turnout : Turnout, optional
    points : int
        Scattered points of each randomisation; 0 for plain random numbers.
    common : bool
        Numbers follow from the seed alone, so that other votes and other noise meet the same ones.
    """

    law: Law
    tally: Tally
    noise: Noise
    seed: int
    held: Mapping[str, int] = field(default_factory=dict)
    coalitions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=dict)
    turnout: Turnout | None = None
    points: int = 0
    common: bool = False

    @cached_property
    def plan(self) -> Plan:
        """How the law is counted."""
        return Plan.of(self.law, self.tally, decisions=self.decisions)

    @cached_property
    def votes(self) -> Field:
        """The votes that the model moves."""
        steps = () if (tier := self.plan.bar) is None else tier.steps
        shares = [float(share) for step in steps if isinstance(share := getattr(step, "share", None), Fraction)]
        return Field.of(self.plan.layout, shares[0] if shares else None)

    @cached_property
    def key(self) -> Key:
        """Two words from the seed and the model: noise and votes, not the law, so that reforms meet the same draws."""
        model: dict[str, object] = {"seed": self.seed}
        if not self.common:
            model |= {"noise": self.noise.spell(), "votes": _votes(self.tally)}
        if self.turnout is not None and not self.common:
            model["turnout"] = self.turnout.spell()
        found = hashlib.sha256(json.dumps(model, sort_keys=True).encode()).digest()
        return int.from_bytes(found[:4], "big"), int.from_bytes(found[4:8], "big")

    @cached_property
    def name(self) -> str:
        """A checksum of the whole job: what a resumed run must have in common with the first part of it."""
        parts = {
            "key": self.key,
            "law": str(self.law),
            "document": repr(self.law.document),
            "held": dict(self.held),
            "coalitions": {name: list(members) for name, members in self.coalitions.items()},
            "decisions": {name: list(answer) for name, answer in self.decisions.items()},
            "points": self.points,
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def draw(self, first: int, n: int) -> NDArray[Any]:
        """Return votes[run, column] of the runs `first` … `first` + `n` - 1."""
        chance = Chance(self.key, first, n, self.points)
        drawn: NDArray[Any] = self.noise.draw(self.votes, chance)
        return drawn if self.turnout is None else self.turnout.move(self.votes, drawn, chance)

    def seats(self, first: int, n: int) -> tuple[Summary, NDArray[Any]]:
        """Draw and count the runs `first` … `first` + `n` - 1; return their summary and their seats."""
        outcome = self.plan.count(self.draw(first, n), key=self.key, first=first)
        parties = self.plan.layout.parties
        return summarise(outcome, parties, self.held, self.coalitions), outcome.seats

    def block(self, first: int, n: int) -> Summary:
        """Return the summary of the runs `first` … `first` + `n` - 1; it depends on nothing else."""
        return self.seats(first, n)[0]


def _votes(tally: Tally) -> Mapping[str, Any]:
    return {
        tier: {area: dict(sorted(votes.items())) for area, votes in sorted(ballots.votes.items())}
        for tier, ballots in sorted(tally.tiers.items())
    }
