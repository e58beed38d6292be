"""What the answer hangs on: Sobol indices of every unknown, and every choice of modelling run beside the others."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from sailau.runs.entry_inputs import at, spread, unknown
from sailau.runs.entry_model import Switches, run
from sailau.runs.entry_scenario import Scenario
from sailau.terms.errors import Invalid
from sailau.terms.extras import need
from sailau.terms.speech import coded, say

ENOUGH = 0.5
"""The part of the variance that one input must explain for the answer to hang on it."""

MARKS = (0.05, 0.25, 0.5)
"""Chances that variants are held against."""


@dataclass(frozen=True, slots=True)
class Index:
    """How much of the variance of the chance to pass an input explains.

    Attributes
    ----------
    name : str
    first, total : float
        Alone, and with all that it does together with others.
    pawn : float
        How far the distribution moves when the input is held: the median distance of Kolmogorov and Smirnov. It does
        not rest on the variance, which says little of a chance that is near 0 or 1.
    first_error, total_error : float
        Half of a 95% interval, by bootstrap.
    """

    name: str
    first: float
    total: float
    first_error: float
    total_error: float
    pawn: float = 0.0


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of modelling.

    Attributes
    ----------
    switches : Switches
    chance : float
        The mean chance to pass over the ranges.
    low, middle, high : float
        Shares: the points of 5%, 50% and 95%.
    """

    switches: Switches
    chance: float
    low: float
    middle: float
    high: float


def sobol(scenario: Scenario, *, n: int = 1024, switches: Switches | None = None) -> tuple[Index, ...]:
    """Return the Sobol indices of the chance to pass, the largest total first.

    Parameters
    ----------
    scenario : Scenario
    n : int
        Base points of the Saltelli design, a power of two; n × (inputs + 2) runs.
    switches : Switches, optional

    Raises
    ------
    Invalid
        `n` is no power of two.
    MissingExtra
        SALib is not installed.

    References
    ----------
    .. [1] A. Saltelli et al., *Computer Physics Communications* 181, 2010, 259-270.
    .. [2] F. Pianosi and T. Wagener, *Environmental Modelling & Software* 67, 2015, 1-11 (PAWN).
    """
    if n < 2 or n & (n - 1):
        raise Invalid(f"{n} base points; a power of two is needed, for instance 1024")
    sample, analyze, pawn = (
        need(f"SALib.{part}", extra="science", what="a study of sensitivity")
        for part in ("sample.sobol", "analyze.sobol", "analyze.pawn")
    )
    free = unknown(scenario.inputs)
    if len(free) < 2:
        return ()
    problem = {"num_vars": len(free), "names": [i.name for i in free], "bounds": [[0.0, 1.0]] * len(free)}
    points = sample.sample(problem, n, calc_second_order=False, seed=scenario.seed)
    chance = run(scenario, at(scenario.inputs, points), switches).chance
    if not np.ptp(chance) > 0:
        return ()
    with warnings.catch_warnings():  # SALib warns where a part of the runs is constant; its index is 0 then
        warnings.simplefilter("ignore")
        found = analyze.analyze(problem, chance, calc_second_order=False, seed=scenario.seed)
        moved = pawn.analyze(problem, points, chance, S=10, seed=scenario.seed)["median"]
    rows = zip(free, found["S1"], found["ST"], found["S1_conf"], found["ST_conf"], moved, strict=True)
    indices = [Index(given.name, *(float(np.nan_to_num(value)) for value in values)) for given, *values in rows]
    return tuple(sorted(indices, key=lambda index: -index.total))


def identifiable(indices: Sequence[Index]) -> str:
    """Say whether one input explains more than half."""
    if not indices:
        return say("the chance to pass is the same everywhere in the ranges")
    most = indices[0]
    name = coded(most.name)
    if most.total <= ENOUGH:
        none = "not identifiable: no input explains more than {enough:.0%} ({name}, the most: {total:.0%})"
        return say(none, enough=ENOUGH, name=name, total=most.total)
    low = most.total - most.total_error
    sure = "{name} explains {total:.0%} of the variance of the chance to pass"
    unsure = (
        "{name} explains {total:.0%} of the variance of the chance to pass, though its interval begins at {low:.0%}"
    )
    return say(sure, name=name, total=most.total) if low > ENOUGH else say(unsure, name=name, total=most.total, low=low)


def multiverse(scenario: Scenario, *, n: int = 256) -> tuple[Variant, ...]:
    """Return every combination of the switches that the scenario has data for, the lowest chance first."""
    draws = spread(scenario.inputs, n, scenario.seed)
    out = []
    for switches in every_switch(scenario):
        seen = run(scenario, draws, switches)
        low, middle, high = np.quantile(seen.effective, [0.05, 0.5, 0.95])
        out.append(Variant(switches, float(seen.chance.mean()), float(low), float(middle), float(high)))
    return tuple(sorted(out, key=lambda variant: variant.chance))


def every_switch(scenario: Scenario) -> tuple[Switches, ...]:
    """Return every combination of switches that can differ in this scenario."""
    axes = (
        ("given", *scenario.others),
        ("sincere", "highest", "lowest"),
        (True, False) if len(set(scenario.turnout_by_age.values())) > 1 else (True,),
        (False, True) if any(rival.joins for rival in scenario.rivals) else (False,),
        (True, False) if scenario.input("language") else (True,),
        (False, True),
    )
    return tuple(Switches(*choice) for choice in product(*axes))  # type: ignore[arg-type]  # the axes are in their order


def above(variants: Sequence[Variant], marks: Sequence[float] = MARKS) -> dict[float, float]:
    """Return the share of variants whose chance to pass is above each mark."""
    return {mark: sum(v.chance > mark for v in variants) / len(variants) for mark in marks}
