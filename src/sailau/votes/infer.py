"""How groups voted, from sums over units: bounds first, then methods, their ensemble and calibrated intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sailau.terms.errors import InvalidMargins
from sailau.votes.bounds import Bounds, bounds
from sailau.votes.calibration import LEVELS, Calibration, shipped
from sailau.votes.ensemble import mix, weights_of, within
from sailau.votes.features import of_problem
from sailau.votes.margins import Array, Margins
from sailau.votes.methods import Estimates, estimate

VACUOUS = 0.005
"""Bounds that narrow the room by less than this are vacuous: known elections, all options told apart, have 0.0096."""


@dataclass(frozen=True, slots=True, eq=False)
class Inference:
    """How groups voted, as far as margins tell.

    Attributes
    ----------
    margins : Margins
    bounds : Bounds
        Certain, whatever people did.
    refused : tuple of str
        Why nothing is estimated; empty where something is, or where estimates were asked for nevertheless.
    outside : tuple of str
        Why there are no intervals: where this problem lies outside the elections with known truth.
    estimates : Estimates, optional
        The table of each method.
    weights : dict of str to float
        Of the methods in the ensemble.
    table : array, optional
        The ensemble, `[group, option]` in people; it adds up to both totals and lies within the bounds.
    low, high : array, optional
        Ends of the intervals, in people.
    level : int
        Percent of cells that the intervals are made to cover.
    strata : array, optional
        The ensemble of each stratum by itself, added up.
    calibration : Calibration
    """

    margins: Margins
    bounds: Bounds
    refused: tuple[str, ...]
    outside: tuple[str, ...]
    estimates: Estimates | None
    weights: dict[str, float]
    table: Array | None
    low: Array | None
    high: Array | None
    level: int
    strata: Array | None
    calibration: Calibration

    def shares(self) -> dict[str, dict[str, float]]:
        """Return the ensemble's share of each option in each group; empty where nothing was estimated."""
        if self.table is None:
            return {}
        sizes = np.maximum(self.margins.group_totals, 1)
        return {
            group: dict(zip(self.margins.options, (row / size).tolist(), strict=True))
            for group, row, size in zip(self.margins.groups, self.table, sizes, strict=True)
        }


def infer(
    margins: Margins,
    *,
    level: int = 90,
    anyway: bool = False,
    strata: Sequence[str] | None = None,
    calibration: Calibration | None = None,
) -> Inference:
    """Infer how groups voted.

    Parameters
    ----------
    margins : Margins
    level : int
        80, 90 or 95: percent of cells that intervals are made to cover.
    anyway : bool
        Estimate even where the bounds are vacuous or units too few; without intervals.
    strata : sequence of str, optional
        A name for each unit: rows are then also alike only within strata, as a check by a covariate.
    calibration : Calibration, optional
        Weights and widths; those that ship where none is given.

    Returns
    -------
    Inference

    Raises
    ------
    InvalidMargins
        A level that is not calibrated, strata that do not fit the units.

    Notes
    -----
    The ensemble is the mean of the methods, weighed by how much the bounds narrow the room. Intervals are
    split-conformal [1]_: estimate ± q s, where log s is linear in what can be seen of a cell (width of bounds, size of
    group and option, disagreement of methods) and q is the quantile of abs(error) / s on elections with known truth.
    No random numbers are used: the same margins give the same report.

    References
    ----------
    .. [1] J. Lei, M. G'Sell, A. Rinaldo, R. J. Tibshirani and L. Wasserman, "Distribution-Free Predictive Inference
       for Regression", Journal of the American Statistical Association 113 (2018) 1094-1111.
    """
    if level not in LEVELS:
        raise InvalidMargins(f"no intervals of {level} % were calibrated", hint=f"levels: {LEVELS}")
    learned, found = calibration or shipped(), bounds(margins)
    refused = _refusals(margins, found, learned)
    if refused and not anyway:
        return Inference(margins, found, refused, (), None, {}, None, None, None, level, None, learned)
    estimates, weights, table = _ensemble(margins, found, learned)
    outside = (*refused, *learned.outside(of_problem(margins, found, estimates.concentration)))
    low, high = (None, None) if outside else learned.intervals(margins, found, estimates, table, level)
    by_strata = None if strata is None else _by_strata(margins, strata, found, learned)
    return Inference(
        margins,
        found,
        (),
        tuple(dict.fromkeys(outside)),
        estimates,
        weights,
        table,
        low,
        high,
        level,
        by_strata,
        learned,
    )


def _ensemble(margins: Margins, found: Bounds, learned: Calibration) -> tuple[Estimates, dict[str, float], Array]:
    estimates = estimate(margins)
    weights = weights_of(found.narrowing, learned.weights)
    return estimates, weights, within(mix(estimates, weights), margins, found)


def _refusals(margins: Margins, found: Bounds, learned: Calibration) -> tuple[str, ...]:
    said = []
    units, least = int((margins.people.sum(axis=1) > 0).sum()), int(learned.support["units"][0])
    if len(margins.groups) < 2 or len(margins.options) < 2:
        said.append("one group or one option: the margins are the answer")
    if units < least:
        said.append(f"{units} units; no election with known truth here has fewer than {least}")
    if found.narrowing < VACUOUS:
        said.append(
            f"the bounds are vacuous: they narrow by {found.narrowing:.1%} what the two totals alone leave open"
        )
    return tuple(said)


def _by_strata(margins: Margins, strata: Sequence[str], found: Bounds, learned: Calibration) -> Array:
    names = np.array(list(strata))
    if len(names) != len(margins.units):
        raise InvalidMargins(f"{len(names)} strata for {len(margins.units)} units")
    table = np.zeros(found.lower.shape)
    for name in sorted(set(names.tolist())):
        here = names == name
        if margins.people[here].sum():
            part = Margins.of(margins.people[here], margins.votes[here])
            table += _ensemble(part, bounds(part), learned)[2]
    return table
