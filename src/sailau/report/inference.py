"""How groups voted, as a table: bounds, methods, the ensemble, intervals, and what they do not mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sailau.report.table import Cell, Table
from sailau.votes.methods import METHODS

if TYPE_CHECKING:
    from sailau.votes.infer import Inference
    from sailau.votes.sampled import Sampled

DIGITS = 4
"""Digits of shares; the estimates are not known better."""

ENOUGH = 1000
"""Cells of a country-year from which its coverage is named."""

UNITS = (
    "by unit: the tables nearest to the ensemble that have the margins of each unit; they add up to it, and carry no "
    "intervals, for truth by unit is known for one election only"
)

MEANING = (
    "the methods suppose that a group votes alike in places of different make-up, or differs at random; whether it "
    "does (aggregation bias) cannot be tested with these figures",
    "of the elections with known truth all but one set list votes against candidate votes, and one race against "
    "registration: for ethnic groups the measured coverage is a weaker promise",
    "shares are of all people in the group; they say nothing about single persons, nor why a group voted as it did",
)


def inference_table(
    found: Inference, *, title: str = "", notes: Sequence[str] = (), sampled: Sampled | None = None
) -> Table:
    """Return a row for each group and option: shares of the group, from the surest to the least sure."""
    columns: tuple[str, ...] = ("group", "option", "people", "at_least", "at_most")
    if found.table is not None:
        columns += (*METHODS, *(("by_strata",) if found.strata is not None else ()), "ensemble")
    if found.low is not None:
        columns += ("low", "high")
    if sampled is not None:
        columns += ("nuts", "nuts_low", "nuts_high")
    cells = [(i, j) for i in range(len(found.margins.groups)) for j in range(len(found.margins.options))]
    rows = [(*_row(found, i, j), *_sampled(found, sampled, i, j)) for i, j in cells]
    said = _said_of(sampled) if sampled is not None else []
    return Table(columns, tuple(rows), title, (*notes, *_notes(found), *said), _extra(found))


def _sampled(found: Inference, sampled: Sampled | None, i: int, j: int) -> tuple[Cell, ...]:
    if sampled is None:
        return ()
    size = max(int(found.margins.group_totals[i]), 1)
    return tuple(round(float(part[i, j]) / size, DIGITS) for part in (sampled.table, sampled.low, sampled.high))


def _said_of(sampled: Sampled) -> list[str]:
    said = [
        f"nuts: {sampled.chains} chains of {sampled.draws:,} draws, R-hat up to {sampled.rhat:.2f}; its intervals hold "
        f"{sampled.level} % if the model is true, and were too narrow where truth is known: use low and high"
    ]
    if not sampled.met:
        said.append("nuts: the chains do not agree, so its columns are not to be used; give more draws (--nuts)")
    return said


def _row(found: Inference, i: int, j: int) -> tuple[Cell, ...]:
    margins, size = found.margins, int(found.margins.group_totals[i])

    def share(votes: Any) -> float | None:
        return round(float(votes[i, j]) / size, DIGITS) if size else None

    row: list[Cell] = [margins.groups[i], margins.options[j], size]
    row += [share(found.bounds.lower), share(found.bounds.upper)]
    if found.table is not None and found.estimates is not None:
        row += [share(found.estimates.tables[name]) for name in METHODS]
        row += [share(found.strata)] if found.strata is not None else []
        row.append(share(found.table))
    if found.low is not None:
        row += [share(found.low), share(found.high)]
    return tuple(row)


def _notes(found: Inference) -> list[str]:
    margins = found.margins
    notes = [
        f"at_least and at_most are certain; over all cells they narrow by {found.bounds.narrowing:.1%} what the two "
        "totals alone leave open"
    ]
    if margins.abstaining:
        notes.append(f"{margins.abstaining:,} people marked no option: abstention, an option like any other")
    else:
        notes.append("every person is in an option: nothing was added for abstention")
    if found.refused:
        return [*notes, *(f"nothing is estimated: {why}" for why in found.refused)]
    weights = ", ".join(f"{name} {weight:.2f}" for name, weight in found.weights.items())
    notes.append(f"the ensemble is a mean of the methods: {weights}")
    if found.outside:
        notes += [f"no intervals: outside the elections with known truth, {why}" for why in found.outside]
    else:
        notes.append(_measured(found))
    return [*notes, *MEANING]


def _measured(found: Inference) -> str:
    seen = found.calibration.measured
    if not seen:
        return f"low and high are intervals of {found.level} %; their coverage was not measured"
    own = seen["coverage_by_family"][str(found.level)]
    large = {name: value for name, value in own.items() if seen["cells_by_family"][name] >= ENOUGH} or own
    low, high = min(large, key=large.__getitem__), max(large, key=large.__getitem__)
    return (
        f"low and high: intervals of {found.level} %, which held {seen['coverage'][str(found.level)]} % of "
        f"{seen['cells']:,} cells of {seen['elections']} elections with known truth, each country-year left out "
        f"({large[low]} % in {low} to {large[high]} % in {high}); that is one cell, not all cells at once"
    )


def _extra(found: Inference) -> dict[str, Any]:
    extra: dict[str, Any] = {
        "units": len(found.margins.units),
        "people": found.margins.total,
        "narrowing": round(found.bounds.narrowing, DIGITS),
        "refused": list(found.refused),
        "outside": list(found.outside),
        "level": found.level,
        "weights": {name: round(weight, DIGITS) for name, weight in found.weights.items()},
        "concentration": round(found.estimates.concentration, 1) if found.estimates else None,
        "measured": dict(found.calibration.measured),
        "learned_from": dict(found.calibration.made),
    }
    return extra


def unit_table(found: Inference) -> Table:
    """Return a row for each unit, group and option: people, what is certain of them, and the estimate."""
    from sailau.votes.units import by_unit

    margins = found.margins
    tables = by_unit(found)
    rows = []
    for u, unit in enumerate(margins.units):
        people, votes = margins.people[u], margins.votes[u]
        size = int(people.sum())
        for i, group in enumerate(margins.groups):
            for j, option in enumerate(margins.options):
                least, most = max(0, int(people[i] + votes[j]) - size), min(int(people[i]), int(votes[j]))
                value = round(float(tables[u, i, j]), 2) if tables is not None else None
                rows.append((unit, group, option, int(people[i]), least, most, value))
    columns = ("unit", "group", "option", "people", "at_least", "at_most", "estimate")
    return Table(columns, tuple(rows), "estimates by unit", (UNITS,))
