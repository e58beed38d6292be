"""Tables of simulations and sweeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isfinite, sqrt

from sailau.report.table import Cell, Table
from sailau.runs.precision import chance_error, mean_error
from sailau.runs.response import Answer
from sailau.runs.simulate import Runs
from sailau.runs.summary import MAJORITIES, Summary
from sailau.runs.sweep import Point
from sailau.terms.numbers import decimal
from sailau.terms.speech import coded, grouped, say

QUANTILES = ("0.05", "0.5", "0.95")
COLUMNS = ("party", "mean", "mean_error", "q05", "median", "q95", "passes_bar", "bar_error", "any_seat", "held")


def simulation_table(runs: Runs, *, title: str) -> Table:
    """Return seats with intervals and chances, by party, then coalitions; what must be known with them as notes."""
    return Table((*COLUMNS, *_coded()), tuple(_rows(runs)), title, tuple(_notes(runs)), _extra(runs))


def response_table(answers: Sequence[Answer], paths: Sequence[str], *, title: str) -> Table:
    """Return the rows of `simulation_table` at every point, each with the values of the clauses in front."""
    rows = tuple((*answer.values, *row) for answer in answers for row in _rows(answer.runs))
    notes = [_precision(answers[0].runs), say("all points meet the same draws: what differs is the law's doing")]
    open_ones = [
        say(
            "{values}: {n:,} runs have no outcome",
            values=", ".join(answer.values),
            n=answer.runs.summary.runs - answer.runs.summary.decided,
        )
        for answer in answers
        if answer.runs.summary.undecided
    ]
    return Table((*paths, *COLUMNS, *_coded()), rows, title, (*notes, *open_ones))


def _rows(runs: Runs) -> list[tuple[Cell, ...]]:
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
        errors = mean_error(runs.parts, party), None if summary.passed is None else _bar_error(runs, i)
        seated = _share(summary.seats.at_least(party, 1))
        reached = [_chance(summary.reached[name][i], decided) for name in MAJORITIES]
        mean = decimal(means[party], 2), _small(errors[0])
        rows.append((party, *mean, *spread[party], bar, _small(errors[1]), seated, held.get(party, 0), *reached))
    for name, counts in summary.coalitions.items():
        reached = [_chance(counts[majority], decided) for majority in MAJORITIES]
        members = runs.job.coalitions[name]
        all_means = sum((means.get(p, Fraction(0)) for p in members), Fraction(0))
        held_by = sum(held.get(p, 0) for p in members)
        rows.append((f"{name}: {' + '.join(members)}", decimal(all_means, 2), *[None] * 7, held_by, *reached))
    return rows


def _coded() -> tuple[str, ...]:
    return tuple(name if name == "majority" else f"at_least_{name}" for name in MAJORITIES)


def _bar_error(runs: Runs, place: int) -> float:
    return chance_error(runs.parts, lambda part: (part.passed or ())[place], lambda part: part.runs)


def _small(value: float | None) -> str | None:
    """Show a standard error with two digits that say something."""
    if value is None or not isfinite(value):
        return None
    return f"{value:.5f}" if value >= 0.0001 or value == 0 else f"{value:.1e}"


def _chance(count: int, of: int) -> str | None:
    return _share(Fraction(count, of)) if of else None


def _share(value: Fraction) -> str:
    return decimal(value, 4)


def _notes(runs: Runs) -> list[str]:
    summary = runs.summary
    notes = [_precision(runs)]
    if summary.lots:
        notes.append(
            say(
                "{n:,} lots were drawn where no rule of the law settles a tie; runs with a lot: {drawn:,}",
                n=summary.lots,
                drawn=summary.drawn,
            )
        )
    if summary.undecided:
        kinds = ", ".join(f"{coded(kind)} {grouped(n)}" for kind, n in summary.undecided.items())
        notes.append(
            say(
                "{n:,} runs have no outcome under the law and are left out: {kinds}",
                n=sum(summary.undecided.values()),
                kinds=kinds,
            )
        )
    if runs.job.held:
        notes.append(
            say(
                "{n} declared seats (held) are the same in all runs; majorities count them",
                n=sum(runs.job.held.values()),
            )
        )
    plan = runs.job.plan
    one_by_one = say("counted run by run, because: {why}", why=plan.told())
    notes.append(say("counted as arrays") if plan.how == "arrays" else one_by_one)
    if runs.job.law.checked is None:
        notes.append(say("{law} was not compared with the statute (checked: null)", law=runs.job.law))
    return notes


def _precision(runs: Runs) -> str:
    summary = runs.summary
    if runs.job.points:
        return say(
            "{runs:,} runs: {parts} randomisations of {points:,} scattered points; mean_error and bar_error are "
            "standard errors, from their scatter",
            runs=summary.runs,
            parts=len(runs.parts),
            points=runs.job.points,
        )
    half = 1.96 * 0.5 / sqrt(max(summary.runs, 1))
    return say(
        "{runs:,} runs; chances are exact to ± {half:.4f} at the most (95%); mean_error and bar_error are standard "
        "errors",
        runs=summary.runs,
        half=half,
    )


def _extra(runs: Runs) -> Mapping[str, object]:
    summary = runs.summary
    histogram = {p: list(line) for p, line in zip(summary.parties, summary.histogram, strict=True)}
    return {
        "law": str(runs.job.law),
        "noise": runs.job.noise.spell(),
        "turnout": runs.job.turnout.spell() if runs.job.turnout else None,
        "points": "sobol" if runs.job.points else "random",
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
    margins = any(point.margin is not None for point in points)
    rows = tuple(
        (
            *point.values,
            *((point.margin,) if margins else ()),
            *(point.seats.get(p, 0) if not point.question else None for p in parties),
        )
        for point in points
    )
    open_ones = [f"{', '.join(point.values)}: {point.question}" for point in points if point.question]
    if margins:
        open_ones.insert(0, say("margin: the fewest votes whose move changes a seat, all tiers and moves considered"))
    return Table((*paths, *(("margin",) if margins else ()), *parties), rows, title, tuple(open_ones))
