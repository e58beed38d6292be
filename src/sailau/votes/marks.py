"""Marks: how far methods are from known truth and how often intervals hold it, each country-year left out in turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sailau.votes.calibration import LEVELS, Calibration
from sailau.votes.features import CLASSES, of_problem, size_classes
from sailau.votes.learn import Case, ensemble, error, learn
from sailau.votes.methods import METHODS

_KINDS = range(len(CLASSES) + 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one election.

    Attributes
    ----------
    family : str
        Country and year.
    errors : mapping of str to float
        Percentage of people in the wrong cell, by method, with ``independence`` and ``ensemble``.
    cells, covered : mapping
        Cells, and those whose truth lies in the interval, by (level, class of group size).
    outside : bool
        Whether a user would have been given no interval, the election lying outside what the others span.
    """

    family: str
    errors: Mapping[str, float]
    cells: Mapping[tuple[int, int], int]
    covered: Mapping[tuple[int, int], int]
    outside: bool


def leave_out(cases: Sequence[Case], variants: Sequence[Case]) -> list[Mark]:
    """Return the mark of each case by a calibration that never saw its country-year, nor a variant of it."""
    marks = []
    for family in dict.fromkeys(case.family for case in cases):
        learned = learn([case for case in (*cases, *variants) if case.family != family])
        marks += [mark(case, learned) for case in cases if case.family == family]
    return marks


def mark(case: Case, learned: Calibration) -> Mark:
    """Return the mark of a case under a calibration."""
    table = ensemble(case, learned.weights)
    alone = np.outer(case.margins.group_totals, case.margins.option_totals) / case.margins.total
    tables = {"independence": alone, **case.estimates.tables, "ensemble": table}
    kinds = np.array(size_classes(case.margins))
    cells: dict[tuple[int, int], int] = {}
    covered: dict[tuple[int, int], int] = {}
    for level in LEVELS:
        low, high = learned.intervals(case.margins, case.bounds, case.estimates, table, level)
        inside = (low - 1e-9 <= case.truth) & (case.truth <= high + 1e-9)
        for kind in _KINDS:
            cells[level, kind] = int(inside[kinds == kind].size)
            covered[level, kind] = int(inside[kinds == kind].sum())
    features = of_problem(case.margins, case.bounds, case.estimates.concentration)
    errors = {name: error(found, case.truth) for name, found in tables.items()}
    return Mark(case.family, errors, cells, covered, bool(learned.outside(features)))


def mean_error(marks: Sequence[Mark], method: str) -> float:
    """Return the mean error of a method over elections."""
    return float(np.mean([one.errors[method] for one in marks]))


def coverage(marks: Sequence[Mark], level: int, kind: int | None = None) -> float:
    """Return the percentage of cells that intervals of a level cover, of all groups or those of a class of size."""
    kinds = _KINDS if kind is None else [kind]
    cells = sum(one.cells[level, k] for one in marks for k in kinds)
    return 100 * sum(one.covered[level, k] for one in marks for k in kinds) / cells if cells else float("nan")


def summary(marks: Sequence[Mark]) -> dict[str, object]:
    """Return what reports say of the marks: errors, coverage by country-year and by class of group size."""
    families = {name: [one for one in marks if one.family == name] for name in dict.fromkeys(m.family for m in marks)}
    cells = {name: sum(one.cells[LEVELS[0], kind] for one in own for kind in _KINDS) for name, own in families.items()}
    return {
        "elections": len(marks),
        "cells": sum(cells.values()),
        "cells_by_family": cells,
        "error": {name: round(mean_error(marks, name), 2) for name in ("independence", *METHODS, "ensemble")},
        "error_by_family": {name: round(mean_error(own, "ensemble"), 2) for name, own in families.items()},
        "coverage": {str(level): round(coverage(marks, level), 1) for level in LEVELS},
        "coverage_by_family": {
            str(level): {name: round(coverage(own, level), 1) for name, own in families.items()} for level in LEVELS
        },
        "coverage_by_group_size": {
            str(level): [round(coverage(marks, level, kind), 1) for kind in _KINDS] for level in LEVELS
        },
    }
