"""An entry, worked out: gates, arithmetic, surface, reference class, expectations, indices, variants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from sailau.records.registers_debuts import Debuts, load_debuts
from sailau.runs.entry_arithmetic import Need, bars_of, needs, surface
from sailau.runs.entry_bar import bar_of, cells_at_bar, is_local, stronghold
from sailau.runs.entry_gates import Chain, chain
from sailau.runs.entry_inputs import spread
from sailau.runs.entry_model import Outcome, Switches, places, run
from sailau.runs.entry_reference import Reference, reference
from sailau.runs.entry_scenario import ENTRANT_FIRST, Scenario
from sailau.votes.choice import Floats
from sailau.votes.choice_strategic import FixedPoint
from sailau.votes.entry import Poll, all_confirmed


@dataclass(frozen=True, slots=True, eq=False)
class Expectations:
    """What voters may believe of the list's chance, and be right.

    Attributes
    ----------
    middle : tuple of FixedPoint
        All fixed points in the middle of the ranges.
    several : float
        The share of draws in which more than one belief confirms itself.
    widest : tuple of FixedPoint
        All fixed points of the draw in which they are farthest apart; empty where no draw has several.
    """

    middle: tuple[FixedPoint, ...]
    several: float
    widest: tuple[FixedPoint, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """An entry, worked out.

    Attributes
    ----------
    scenario : Scenario
    draws : mapping of input to array [draw]
    outcome : Outcome
    chain : Chain
    needs : mapping of electorate to tuple of Need
    surface : mapping of turnout ratio to mapping of support elsewhere to support among its own
    bar : Fraction
    debuts : Debuts
    reference : Reference
    expectations : Expectations
    """

    scenario: Scenario
    draws: Mapping[str, Floats]
    outcome: Outcome
    chain: Chain
    needs: Mapping[str, tuple[Need, ...]]
    surface: Mapping[Fraction, Mapping[Fraction, Fraction]]
    bar: Fraction
    debuts: Debuts
    reference: Reference
    expectations: Expectations

    @property
    def where(self) -> str:
        """The region where the list has to reach the bar; empty where it is that of the country."""
        return stronghold(self.scenario, self.scenario.cells) if is_local(self.scenario) else ""

    @property
    def region(self) -> str:
        """What that region is called."""
        return self.scenario.region_names.get(self.where, self.where)

    @property
    def shares(self) -> tuple[float, float, float]:
        """The list's share of the base: the points of 5%, 50% and 95% of the ranges."""
        low, middle, high = np.quantile(self.outcome.effective, [0.05, 0.5, 0.95])
        return float(low), float(middle), float(high)


def enter(scenario: Scenario, *, points: int = 1024, registers: Sequence[Path] = ()) -> Entry:
    """Work out an entry.

    Parameters
    ----------
    scenario : Scenario
    points : int
        Points of the ranges; a power of two spreads best.
    registers : sequence of Path, optional
        Folders of a user's own registers.
    """
    draws = spread(scenario.inputs, points, scenario.seed)
    outcome = run(scenario, draws)
    bar = Fraction(str(bar_of(scenario)))
    debuts = load_debuts(folders=registers)
    return Entry(
        scenario,
        draws,
        outcome,
        chain(scenario, outcome, draws),
        {
            name: needs(cells_at_bar(scenario, cells), scenario.majority, bars_of(scenario))
            for name, cells in {**scenario.others, "as given": scenario.cells}.items()
        },
        surface(cells_at_bar(scenario, scenario.cells), scenario.speaks_to, bar) if bar else {},
        bar,
        debuts,
        reference(debuts.cases, scenario.debuts),
        expectations(scenario, draws, outcome),
    )


def expectations(scenario: Scenario, draws: Mapping[str, Floats], outcome: Outcome) -> Expectations:
    """Return the beliefs that confirm themselves, in the middle and where they are farthest apart."""
    middle = {name: np.array([np.quantile(values, 0.5)]) for name, values in draws.items()}
    apart = np.nonzero(outcome.several)[0]
    widest: tuple[FixedPoint, ...] = ()
    if len(apart):
        low = run(scenario, {name: values[apart] for name, values in draws.items()}, Switches(expectation="lowest"))
        at = apart[(outcome.chance[apart] - low.chance).argmax()]
        widest = fixed_points_of(scenario, {name: values[at : at + 1] for name, values in draws.items()})
    return Expectations(fixed_points_of(scenario, middle), float(outcome.several.mean()), widest)


def fixed_points_of(scenario: Scenario, draw: Mapping[str, Floats]) -> tuple[FixedPoint, ...]:
    """Return every chance that confirms itself at one draw."""
    choice, mass = places(scenario, cells_at_bar(scenario, scenario.cells), draw, Switches())
    bar = bar_of(scenario) / (1 - float(draw["against_all"][0]))
    sincere, weights = choice[..., ENTRANT_FIRST].reshape(1, -1), mass.reshape(1, -1)
    minding = 0.0 if is_local(scenario) else float(draw["strategic"][0])
    return all_confirmed(Poll(sincere, weights, bar, float(draw["doubt"][0]), minding))
