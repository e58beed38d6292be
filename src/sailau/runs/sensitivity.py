"""Sensitivity: how much of what is uncertain about an outcome each input of a scenario is to blame for.

Sobol indices: the share of the variance that goes when an input is known (first order), and the share that stays
when only it is unknown (total). Saltelli et al., Variance based sensitivity analysis of model output, Comput. Phys.
Commun. 181, 2010; sampled and estimated by SALib (extra ``science``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sailau.runs.moved import SHARE, applied
from sailau.runs.scenario import Scenario
from sailau.runs.summary import MAJORITIES, Summary
from sailau.terms.errors import Invalid, NotFound
from sailau.terms.extras import need
from sailau.terms.numbers import exact

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

TERMS = ("sd", "correlation", "district_sd", "district_correlation", "concentration")
"""Terms of models that can be inputs."""

GRAIN = 10**6
"""Sampled values are rounded to a millionth, so that a law can hold them exactly."""


@dataclass(frozen=True, slots=True)
class Input:
    """An input and the range in which it is uncertain, all values in it alike.

    Attributes
    ----------
    path : str
        ``noise.sd``, ``turnout.sd``, ``shares.PARTY``, or ``set.`` and a clause of the law.
    low, high : Fraction
    whole : bool
        Whole numbers only.
    """

    path: str
    low: Fraction
    high: Fraction
    whole: bool = False

    @classmethod
    def of(cls, text: str) -> Input:
        """Read ``noise.sd=10%:25%``.

        Examples
        --------
        >>> Input.of("set.list.threshold.share=3%:7%").low
        Fraction(3, 100)
        """
        path, equals, given = text.partition("=")
        low, colon, high = given.partition(":")
        if not equals or not colon or not path:
            raise Invalid(f"{text!r} is no range of an input", hint="write path=from:to, for instance noise.sd=10%:25%")
        try:
            ends = exact(low), exact(high)
        except ValueError as fault:
            raise Invalid(f"{path}: {fault}") from None
        if ends[0] >= ends[1]:
            raise Invalid(f"{path} goes from {low} to {high}; the first is the smaller one")
        whole = not any(mark in given for mark in "%./,") and path.startswith("set.")
        return cls(path, *ends, whole)

    def value(self, place: float) -> Fraction:
        """Return the value at a place from 0 to 1."""
        if self.whole:
            return min(self.low + int(place * float(self.high - self.low + 1)), self.high)
        found = self.low + Fraction(round(place * float(self.high - self.low) * GRAIN), GRAIN)
        return min(max(found, self.low), self.high)


@dataclass(frozen=True, slots=True)
class Index:
    """The indices of one output for one input, each with half the width of its 95% interval; None: it never varied."""

    output: str
    path: str
    first: float | None
    first_error: float | None
    total: float | None
    total_error: float | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What a study found.

    Attributes
    ----------
    inputs : tuple of Input
    outputs : tuple of str
    indices : tuple of Index
    evaluations, runs : int
        Points of the inputs, and simulated elections at each of them.
    spread : mapping of str to (float, float)
        The smallest and the largest value of each output.
    """

    inputs: tuple[Input, ...]
    outputs: tuple[str, ...]
    indices: tuple[Index, ...]
    evaluations: int
    runs: int
    spread: Mapping[str, tuple[float, float]]


def sensitivity(
    scenario: Scenario,
    inputs: Sequence[Input],
    outputs: Sequence[str],
    *,
    points: int = 256,
    runs: int = 4096,
    seed: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    **options: Any,
) -> Sensitivity:
    """Return Sobol indices of outputs over inputs of a scenario.

    Parameters
    ----------
    scenario : Scenario
    inputs : sequence of Input
    outputs : sequence of str
        ``mean.PARTY``, ``bar.PARTY``, ``seat.PARTY`` (the chance of any), ``majority.NAME``, ``2/3.NAME``,
        ``3/4.NAME`` of a party or coalition.
    points : int
        A power of two; the scenario is simulated points × (inputs + 2) times.
    runs, seed : int
        Of each simulation; all of them meet the same random numbers, so that inputs alone make the difference.
    progress : callable, optional
    **options
        Those of `Scenario.run`.

    Raises
    ------
    Invalid, NotFound
        An input or output that the scenario does not have, before any work starts.
    """
    start = scenario.seed if seed is None else seed
    if start is None:
        raise Invalid("say which seed: --seed 7, or in the file")
    paths = [given.path for given in inputs]
    if not inputs or not outputs or len(set(paths)) < len(paths):
        raise Invalid("a study has inputs, each once, and outputs")

    def evaluate(row: Floats) -> list[float]:
        values = {given.path: given.value(float(place)) for given, place in zip(inputs, row, strict=True)}
        done = at(scenario, values).run(runs=runs, seed=start, common=True, **options)
        if not done.is_complete:
            raise KeyboardInterrupt
        return [figure(done.summary, output) for output in outputs]

    for place in (0.0, 1.0):  # whatever cannot be is refused before the work
        evaluate_once = at(scenario, {given.path: given.value(place) for given in inputs})
        probe = evaluate_once.run(runs=min(runs, 64) if scenario.points == "random" else runs, seed=start, common=True)
        for output in outputs:
            figure(probe.summary, output)
    found, table = sobol_indices(evaluate, paths, points, start, progress)
    named = [Index(output, path, *found[o][i]) for o, output in enumerate(outputs) for i, path in enumerate(paths)]
    spread = {o: (float(table[:, i].min()), float(table[:, i].max())) for i, o in enumerate(outputs)}
    return Sensitivity(tuple(inputs), tuple(outputs), tuple(named), len(table), runs, spread)


Four = tuple[float | None, float | None, float | None, float | None]


def sobol_indices(
    evaluate: Callable[[Floats], Sequence[float]],
    names: Sequence[str],
    points: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
    bounds: tuple[float, float] = (0.0, 1.0),
) -> tuple[list[list[Four]], Floats]:
    """Return first-order and total indices with their intervals, by output and input, and all values of the outputs.

    Parameters
    ----------
    evaluate : callable
        Takes one row of inputs, returns one number for each output.
    names : sequence of str
        Of the inputs.
    points : int
        A power of two, 8 at the least.
    seed : int
    bounds : (float, float)
        Of every input.
    """
    import numpy as np

    if points < 8 or points & (points - 1) or points > 2**20:
        raise Invalid(f"{points} points; a power of two from 8 on, for instance 256")
    sample, analyze = (
        need(f"SALib.{part}.sobol", extra="science", what="a study of sensitivity") for part in ("sample", "analyze")
    )
    problem = {"num_vars": len(names), "names": list(names), "bounds": [list(bounds)] * len(names)}
    seed %= 2**32
    rows = sample.sample(problem, points, calc_second_order=False, seed=seed)
    made: list[Sequence[float]] = []
    for row in rows:
        made.append(evaluate(row))
        if progress:
            progress(len(made), len(rows))
    table = np.array(made, dtype=np.float64).reshape(len(rows), -1)
    out: list[list[Four]] = []
    for column in table.T:
        if not np.ptp(column):
            out.append([(None, None, None, None)] * len(names))
            continue
        got = analyze.analyze(problem, column, calc_second_order=False, seed=seed, print_to_console=False)
        columns = (got["S1"], got["S1_conf"], got["ST"], got["ST_conf"])
        out.append([(float(a), float(b), float(c), float(d)) for a, b, c, d in zip(*columns, strict=True)])
    return out, table


def at(scenario: Scenario, values: Mapping[str, Fraction]) -> Scenario:
    """Return the scenario with some inputs at given values.

    Raises
    ------
    NotFound
        The scenario has no such input.
    """
    clauses = {path.removeprefix("set."): str(v) for path, v in values.items() if path.startswith("set.")}
    shares = {path: str(v) for path, v in values.items() if path.startswith(SHARE)}
    law, tally = applied(scenario.law, scenario.tally, {**clauses, **shares})
    made = replace(scenario, law=law, tally=tally)
    for path, value in values.items():
        room, _, term = path.partition(".")
        if room in ("set", "shares"):
            continue
        model = {"noise": made.noise, "turnout": made.turnout}.get(room)
        if model is None or term not in TERMS or not hasattr(model, term):
            have = [f"noise.{name}" for name in TERMS if hasattr(made.noise, name)]
            have += [f"turnout.{name}" for name in TERMS if hasattr(made.turnout, name)]
            raise NotFound("input", path, [*have, "set.list.threshold.share", "shares.PARTY"])
        changed: Any = replace(model, **{term: value})  # type: ignore[type-var]  # models are dataclasses
        made = replace(made, **{room: changed})
    return made


FIGURES = ("mean", "bar", "seat", *MAJORITIES)
"""What is watched of a party; majorities of a coalition too."""


def figure(summary: Summary, output: str) -> float:
    """Return one figure of a summary.

    Raises
    ------
    NotFound
        No such figure, party or coalition.
    """
    kind, _, name = output.partition(".")
    parties = summary.parties
    if kind not in FIGURES or not name:
        raise NotFound("output", output, [f"{word}.PARTY" for word in FIGURES])
    if kind in MAJORITIES and name in summary.coalitions:
        return summary.coalitions[name][kind] / max(summary.decided, 1)
    if name not in parties:
        raise NotFound("party or coalition of an output", name, [*parties, *summary.coalitions])
    place = parties.index(name)
    if kind == "mean":
        return float(summary.seats.means()[name])
    if kind == "seat":
        return float(summary.seats.at_least(name, 1))
    if kind == "bar" and summary.passed is not None:
        return summary.passed[place] / max(summary.runs, 1)
    if kind in MAJORITIES:
        return summary.reached[kind][place] / max(summary.decided, 1)
    raise Invalid(f"{output}: no tier of this law has a bar", hint="watch mean.PARTY or seat.PARTY instead")
