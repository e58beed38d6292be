"""Tables of forecasts: seats with intervals and chances, what houses add, the trend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sailau.report.table import Cell, Table
from sailau.runs.forecast import Forecast
from sailau.votes.polls.fit import Fit
from sailau.votes.polls.poll import OTHERS
from sailau.votes.polls.trend import Effect, Trend

QUANTILES = ("0.5", "0.05", "0.95")
LEVELS = tuple(map(float, QUANTILES))
SHOWN = ("majority", "2/3")
LEAST = 0.05
"""The chance of a seat from which on a party that no poll names has a row."""
COLUMNS = (
    "party",
    "share",
    "share_low",
    "share_high",
    "passes_bar",
    "seats",
    "seats_low",
    "seats_high",
    "majority",
    "two_thirds",
)


def forecast_table(found: Forecast, *, title: str) -> Table:
    """Return one row a contender: share, the bar, seats and majorities, each with its interval or chance."""
    summary = found.runs.summary
    shares, seats = found.quantiles(LEVELS), summary.seats.quantiles(QUANTILES)
    held = found.runs.job.held
    order = sorted(shares, key=lambda name: (name == OTHERS, -shares[name][0], name))
    others = sorted(set(summary.parties) - set(order), key=lambda p: (-summary.seats.means()[p], p))
    rows: list[tuple[Cell, ...]] = []
    hopeful = [p for p in others if held.get(p) or summary.seats.at_least(p, 1) >= LEAST]
    for name in (*order, *hopeful):
        told: tuple[Cell, ...] = tuple(round(x, 4) for x in shares[name]) if name in shares else (None,) * 3
        bar = round(found.bars[name], 4) if name in found.bars else None
        rows.append((name, *told, bar, *_seats(found, name, seats)))
    rows += [_coalition(found, name) for name in summary.coalitions]
    return Table(COLUMNS, tuple(rows), title, _notes(found), _extra(found))


def _seats(found: Forecast, name: str, seats: Mapping[str, tuple[int, ...]]) -> tuple[Cell, ...]:
    """Return what a party wins, seats that it holds besides included, and its chances of majorities."""
    summary, held = found.runs.summary, found.runs.job.held.get(name, 0)
    if name not in seats or name == OTHERS:
        return (None,) * (3 + len(SHOWN))
    i = summary.parties.index(name)
    reached = [_chance(summary.reached[majority][i], summary.decided) for majority in SHOWN]
    return (*(n + held for n in seats[name]), *reached)


def _coalition(found: Forecast, name: str) -> tuple[Cell, ...]:
    """Return the seats of parties together, draw by draw, and their chances of majorities."""
    summary, job = found.runs.summary, found.runs.job
    members = job.coalitions[name]
    reached = [_chance(summary.coalitions[name][majority], summary.decided) for majority in SHOWN]
    return (f"{name}: {' + '.join(members)}", None, None, None, None, *found.together(members, LEVELS), *reached)


def _chance(count: int, of: int) -> float | None:
    return round(count / of, 4) if of else None


def _notes(found: Forecast) -> tuple[str, ...]:
    runs = found.runs
    plan, law = runs.job.plan, runs.job.law
    how = "as arrays" if plan.how == "arrays" else f"run by run, because: {plan.why}"
    notes = [
        f"{runs.summary.runs:,} runs with seed {runs.job.seed}, counted under {law} {how}",
        "share and seats are medians; nine runs of ten lie between low and high",
    ]
    if runs.summary.undecided:
        kinds = ", ".join(f"{kind} {n:,}" for kind, n in runs.summary.undecided.items())
        notes.append(f"{sum(runs.summary.undecided.values()):,} runs have no outcome under the law: {kinds}")
    if found.bars and runs.summary.passed is None:
        notes.append("passes_bar is the chance of the national share alone; other ways to take part are not in it")
    held = runs.job.held
    if held:
        notes.append(
            f"{sum(held.values())} seats (held) whose votes are not known are as in the election before, and counted in"
        )
    if law.checked is None:
        notes.append(f"{law} was not compared with the statute (checked: null)")
    return (*notes, *found.notes)


def _extra(found: Forecast) -> Mapping[str, Any]:
    summary, fit = found.runs.summary, found.fit
    sizes = fit.mixture.modes[0].sizes
    return {
        "law": str(found.runs.job.law),
        "day": fit.election,
        "seed": found.runs.job.seed,
        "runs": summary.runs,
        "decided": summary.decided,
        "polls": len(fit.polls.polls),
        "few_polls": fit.few,
        "people": round(fit.people),
        "undecided": round(fit.day.undecided, 4),
        "polling_error_points": round(fit.priors.error or 0.0, 3),
        "sizes": {"step": round(sizes.step, 6), "house": round(sizes.house, 6), "excess": round(sizes.excess, 4)},
        "scatter": round(found.scatter.ratio, 4),
        "swing": found.swing,
        "chances": {
            majority: {p: _chance(n, summary.decided) for p, n in zip(summary.parties, counts, strict=True) if n}
            for majority, counts in summary.reached.items()
        },
        "any_seat": {p: round(float(summary.seats.at_least(p, 1)), 4) for p in summary.parties},
        "held": dict(found.runs.job.held),
        "histogram": {p: list(line) for p, line in zip(summary.parties, summary.histogram, strict=True)},
    }


def houses_table(fit: Fit, found: tuple[Effect, ...], *, title: str) -> Table:
    """Return what each house (and mode) adds to each contender, in points, on the days of its polls."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (effect.name, effect.kind, effect.polls, contender, round(100 * added, 2), round(100 * sd, 2))
        for effect in sorted(found, key=lambda e: (e.kind, -e.polls, e.name))
        for contender, added, sd in zip(fit.polls.contenders, effect.added, effect.sd, strict=True)
    )
    new = [effect.name for effect in found if effect.kind == "house" and not effect.established]
    zero = "the line through the election results" if fit.polls.anchors else "the mean of established houses"
    notes = [f"points above {zero}, and how uncertain they are (standard deviation)"]
    if new:
        notes.append(f"houses with fewer than three polls, of which little is known: {', '.join(new)}")
    return Table(("house", "kind", "polls", "contender", "points", "sd"), rows, title, tuple(notes))


def trend_table(found: Trend, *, title: str) -> Table:
    """Return one row for each day and contender: the share that polls measure, with its interval."""
    names = tuple(f"q{round(100 * q):02}" if q != 0.5 else "median" for q in found.quantiles)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (day, contender, *(round(float(x), 5) for x in found.shares[:, t, c]))
        for t, day in enumerate(found.days)
        for c, contender in enumerate(found.contenders)
    )
    return Table(("day", "contender", *names), rows, title, ("the error that all polls share is not in the intervals",))
