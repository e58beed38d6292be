"""Tables of sensitivity studies and of cliffs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sailau.report.table import Cell, Table
from sailau.runs.cliffs import Cliff
from sailau.runs.sensitivity import Sensitivity
from sailau.terms.numbers import short


def sensitivity_table(found: Sensitivity, *, title: str) -> Table:
    """Return one row for each output and input: the indices with half the width of their 95% intervals."""
    ends = {given.path: (short(given.low), short(given.high)) for given in found.inputs}
    rows: list[tuple[Cell, ...]] = [
        (
            index.output,
            index.path,
            *ends[index.path],
            *(_shown(x) for x in (index.first, index.first_error, index.total, index.total_error)),
        )
        for index in found.indices
    ]
    notes = [
        f"{found.evaluations:,} simulations of {found.runs:,} elections each, all with the same random numbers",
        "first: the share of the variance that goes when the input is known; total: the share that stays when only it "
        "is unknown; the errors are half the width of 95% intervals",
    ]
    for output, (low, high) in found.spread.items():
        notes.append(f"{output} went from {low:.4f} to {high:.4f}" + (": it never varied" if low == high else ""))
    columns = ("output", "input", "from", "to", "first", "first_error", "total", "total_error")
    extra = {
        "evaluations": found.evaluations,
        "runs": found.runs,
        "spread": {k: list(v) for k, v in found.spread.items()},
    }
    return Table(columns, tuple(rows), title, tuple(notes), extra)


def _shown(value: float | None) -> str | None:
    return None if value is None else f"{value:.4f}"


def cliff_table(found: Sequence[Cliff], paths: Sequence[str], *, title: str) -> Table:
    """Return one row for each cliff: where it lies, and which seats change hands on the way up."""
    rows = tuple(
        (*cliff.values, cliff.below, cliff.above, _seats(cliff.gains, "+"), _seats(cliff.losses, "-"), cliff.question)
        for cliff in found
    )
    *others, last = paths
    notes = [
        f"{len(found)} places along {last} at which the outcome changes; one at the most in each step of the range"
    ]
    return Table((*others, f"{last} below", "above", "gains", "losses", "question"), rows, title, tuple(notes))


def _seats(seats: Mapping[str, int], sign: str) -> str | None:
    return ", ".join(f"{party} {sign}{n}" for party, n in seats.items()) or None
