"""The whole response: a scenario simulated at every value of one or two clauses, always with the same draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from sailau.runs.moved import SHARE, applied
from sailau.runs.scenario import Scenario
from sailau.runs.simulate import Runs
from sailau.runs.sweep import Range, check_ranges


@dataclass(frozen=True, slots=True)
class Answer:
    """What a scenario gave at one point: the values of the clauses, and the runs."""

    values: tuple[str, ...]
    runs: Runs


def response(
    scenario: Scenario,
    ranges: Sequence[Range],
    *,
    progress: Callable[[int, int], None] | None = None,
    **options: Any,
) -> list[Answer]:
    """Simulate a scenario at every combination of values.

    Parameters
    ----------
    scenario : Scenario
    ranges : sequence of Range
        One, or two for a response in two directions.
    progress : callable, optional
        Told the points done, and how many there are.
    **options
        Those of `Scenario.run`. The draws do not depend on the law, so differences between points are its own.

    Raises
    ------
    Invalid
        A clause that the law does not have, or more points than there is room for.
    """
    check_ranges(ranges)
    paths = [given.path for given in ranges]
    points = list(product(*(given.values for given in ranges)))
    places = [applied(scenario.law, scenario.tally, dict(zip(paths, values, strict=True))) for values in points]
    common = any(path.startswith(SHARE) for path in paths)
    answers: list[Answer] = []
    for values, (law, tally) in zip(points, places, strict=True):
        answers.append(Answer(values, replace(scenario, law=law, tally=tally).run(common=common, **options)))
        if not answers[-1].runs.is_complete:
            raise KeyboardInterrupt
        if progress:
            progress(len(answers), len(points))
    return answers
