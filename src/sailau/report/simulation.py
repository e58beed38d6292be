"""Tables of simulations and sweeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import sqrt

from sailau.report.table import Cell, Table
from sailau.runs.simulate import Runs
from sailau.runs.summary import MAJORITIES, Summary
from sailau.runs.sweep import Point
from sailau.terms.numbers import decimal

QUANTILES = ("0.05", "0.5", "0.95")


def simulation_table(runs: Runs, *, title: str) -> Table:
    """Return seats with intervals and chances, by party, then coalitions; what must be known with them as notes."""
    summary, held = runs.summary, runs.job.held
    means, spread = summary.seats.means(), summary.seats.quantiles(QUANTILES)
    decided = summary.decided
    rows: list[tuple[Cell, ...]] = []
    order = sorted(summary.parties, key=lambda p: (-means[p], p))
    for party in order:
        i = summary.parties.index(party)
        if not means[party] and not held.get(party) and not (summary.passed and summary.passed[i]):
            continue
        bar = None if summary.passed is None else _chance(summary.passed[i], summary.runs)
        seated = _share(summary.seats.at_least(party, 1))
        reached = [_chance(summary.reached[name][i], decided) for name in MAJORITIES]
        rows.append((party, decimal(means[party], 2), *spread[party], bar, seated, held.get(party, 0), *reached))
    for name, counts in summary.coalitions.items():
        reached = [_chance(counts[majority], decided) for majority in MAJORITIES]
        members = runs.job.coalitions[name]
        mean = sum((means.get(p, Fraction(0)) for p in members), Fraction(0))
        held_by = sum(held.get(p, 0) for p in members)
        rows.append(
            (f"{name}: {' + '.join(members)}", decimal(mean, 2), None, None, None, None, None, held_by, *reached)
        )
    columns = ("party", "mean", "q05", "median", "q95", "passes_bar", "any_seat", "held", *_named())
    return Table(columns, tuple(rows), title, tuple(_notes(runs)), _extra(runs))


def _named() -> tuple[str, ...]:
    return tuple(name if name == "majority" else f"at_least_{name}" for name in MAJORITIES)


def _chance(count: int, of: int) -> str | None:
    return _share(Fraction(count, of)) if of else None


def _share(value: Fraction) -> str:
    return decimal(value, 4)


def _notes(runs: Runs) -> list[str]:
    summary = runs.summary
    notes = [_precision(summary)]
    if summary.lots:
        notes.append(
            f"{summary.lots:,} lots were drawn, in {summary.drawn:,} runs, where no rule of the law settles a tie"
        )
    if summary.undecided:
        kinds = ", ".join(f"{kind} {n:,}" for kind, n in summary.undecided.items())
        notes.append(
            f"{sum(summary.undecided.values()):,} runs have no outcome under the law and are left out: {kinds}"
        )
    if runs.job.held:
        notes.append(
            f"{sum(runs.job.held.values())} declared seats (held) are the same in all runs; majorities count them"
        )
    plan = runs.job.plan
    notes.append(f"counted {'as arrays' if plan.how == 'arrays' else f'run by run, because: {plan.why}'}")
    if runs.job.law.checked is None:
        notes.append(f"{runs.job.law} was not compared with the statute (checked: null)")
    return notes


def _precision(summary: Summary) -> str:
    half = 1.96 * 0.5 / sqrt(max(summary.runs, 1))
    return f"{summary.runs:,} runs; chances are exact to ± {half:.4f} at the most (95%)"


def _extra(runs: Runs) -> Mapping[str, object]:
    summary = runs.summary
    histogram = {p: list(line) for p, line in zip(summary.parties, summary.histogram, strict=True)}
    return {
        "law": str(runs.job.law),
        "noise": runs.job.noise.spell(),
        "seed": runs.job.seed,
        "runs": summary.runs,
        "decided": summary.decided,
        "lots": summary.lots,
        "undecided": dict(summary.undecided),
        "histogram": histogram,
    }


def histogram_columns(summary: Summary) -> dict[str, list[object]]:
    """Return the histogram as columns: party, seats, runs."""
    rows = [
        (party, seats, n)
        for party, line in zip(summary.parties, summary.histogram, strict=True)
        for seats, n in enumerate(line)
        if n
    ]
    return {name: [row[i] for row in rows] for i, name in enumerate(("party", "seats", "runs"))}


def sweep_table(points: Sequence[Point], paths: Sequence[str], *, title: str) -> Table:
    """Return one row a point: its values, then the seats of every party that ever wins one."""
    best: dict[str, int] = {}
    for point in points:
        for party, n in point.seats.items():
            best[party] = max(best.get(party, 0), n)
    parties = sorted((party for party, n in best.items() if n), key=lambda p: (-best[p], p))
    rows = tuple(
        (*point.values, *(point.seats.get(p, 0) if not point.question else None for p in parties)) for point in points
    )
    open_ones = [f"{', '.join(point.values)}: {point.question}" for point in points if point.question]
    return Table((*paths, *parties), rows, title, tuple(open_ones))
