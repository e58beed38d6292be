"""Tables of a back-test: errors, intervals, scores, goals and designs, by whatever the forecast was held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sailau.records.populations import PopulationRecord
from sailau.report.table import Cell, Table
from sailau.runs.people_backtest import REGISTER, Backtest
from sailau.runs.people_beside import Beside
from sailau.runs.people_goals import MODEL, NAIVE, Line
from sailau.terms.speech import coded, say

COLUMNS = {
    "errors": ("group", "counted", "forecast", "error", "used", "naive", "model", "held"),
    "intervals": ("group", "counted", "forecast", "used", "low", "high", "held"),
    "scores": ("group", "used", "score", "naive_spread", "naive_bare", "past_model", "past_naive"),
}


def yardstick(found: Backtest) -> str:
    """Return what a test was held against, with its day where the name does not say it."""
    name = found.censuses[2]
    return f"{name} of {found.on}" if name == REGISTER else f"census of {name}"


def backtest_table(tests: Sequence[Backtest], side: str = "errors") -> Table:
    """Return the test by group on one side, or its goals, once for each thing that it was held against."""
    early, late, _ = tests[0].censuses
    title = f"back-test: fitted to {early} and {late}, held against the {' and the '.join(map(yardstick, tests))}"
    if side == "goals":
        return Table(
            ("goal", "asked", "against", "reached", "met"), _goal_rows(tests), title, _notes(tests), _extra(tests)
        )
    columns = COLUMNS[side]
    rows = tuple(
        (yardstick(found), *(_cells(line)[column] for column in columns))
        for found in tests
        for line in (*found.lines, found.total)
    )
    return Table(("against", *columns), rows, title, (*_notes(tests), *_told(tests)), _extra(tests))


def designs_table(record: PopulationRecord, tests: Mapping[float, Sequence[Backtest]], chosen: float) -> Table:
    """Return every share of unexplained growth that could have been chosen: its earlier score, and how it would do.

    Parameters
    ----------
    record : PopulationRecord
    tests : mapping of share to sequence of Backtest
        The same tests, by the share that goes on.
    chosen : float
        The share that the earlier test chose.
    """
    rows: list[tuple[Cell, ...]] = []
    for share, found in tests.items():
        for one in found:
            largest = sorted(one.lines, key=lambda line: -line.truth)[:2]
            rows.append(
                (
                    f"{share:.0%}",
                    share == chosen,
                    round(float(one.choice.model.mean()), 4),
                    sum(line.used == MODEL for line in one.lines),
                    yardstick(one),
                    *(f"{line.error:+.1%}" for line in (one.total, *largest)),
                    sum(line.inside for line in one.lines),
                    round(sum(line.crps for line in one.lines)),
                    sum(goal.met for goal in one.goals),
                )
            )
    names = [
        record.name_of(line.group) for line in sorted(next(iter(tests.values()))[0].lines, key=lambda x: -x.truth)[:2]
    ]
    columns = ("goes_on", "chosen", "past_score", "model_used", "against", "all", *names, "held", "score", "goals_met")
    past = tests[chosen][0].choice.past
    notes = (
        f"goes_on: the share of unexplained growth that goes on; chosen by past_score, the mean CRPS of the model over "
        f"groups as a share of their people in the test {_arrow(past)}; the rest of each row was looked at afterwards",
        "model_used: groups for which the model beat the naive growth in that earlier test",
        "score: the CRPS of groups added up, in people",
    )
    return Table(columns, tuple(rows), "back-test: designs", notes)


def _arrow(past: Sequence[str]) -> str:
    return f"{' and '.join(past[:2])} -> {past[2]}"


def _notes(tests: Sequence[Backtest]) -> tuple[str, ...]:
    """Return what was used, who gets the model, and every goal as met or missed."""
    first = tests[0]
    early, late, _ = first.censuses
    used = {kind: [line.group for line in first.lines if line.used == kind] for kind in (MODEL, NAIVE)}
    return (
        f"fitted to {early} and {late}; nothing later than {late} was used",
        f"naive is the growth between {early} and {late}, simply going on; which forecast is used was chosen by the "
        f"test {_arrow(first.choice.past)}, by the CRPS",
        f"the naive growth is used where the model did not beat it there: {', '.join(used[NAIVE]) or 'nowhere'}",
        f"the model is used for {', '.join(used[MODEL]) or 'nobody'}; {first.choice.persists:.0%} of the growth that "
        "births and deaths do not explain goes on in it (--side designs)",
        *(f"goal {line}" for line in _goal_lines(tests)),
        *_remarks(tests),
    )


def _told(tests: Sequence[Backtest]) -> tuple[str, ...]:
    return (
        f"held: between the ends that {tests[0].level:.0%} of the draws lie between (--side intervals)",
        "a score is the CRPS, in people; that of a bare number is its error; past scores are shares of the people",
    )


def _goal_rows(tests: Sequence[Backtest]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (goal.name, goal.asked, yardstick(found), goal.reached, goal.met)
        for goals in zip(*(found.goals for found in tests), strict=True)
        for found, goal in zip(tests, goals, strict=True)
    )


def _goal_lines(tests: Sequence[Backtest]) -> list[str]:
    """Return one line for each goal, with what was reached against each yardstick."""
    out = []
    for goals in zip(*(found.goals for found in tests), strict=True):
        told = "; ".join(
            f"{goal.reached} against the {yardstick(found)}: {'met' if goal.met else 'MISSED'}"
            for found, goal in zip(tests, goals, strict=True)
        )
        out.append(f"{goals[0].name}, {goals[0].asked}: {told}")
    return out


def _remarks(tests: Sequence[Backtest]) -> tuple[str, ...]:
    """Say what a census and a register measure, where both are there."""
    if REGISTER not in {found.censuses[2] for found in tests}:
        return ()
    return (
        "a census asks people again who they are, which births, deaths and moves cannot tell; a register carries the "
        "answers of the census before forward by births, deaths and moves, and misses who left without telling it",
    )


def _extra(tests: Sequence[Backtest]) -> Mapping[str, object]:
    return {
        "goals": [
            {"against": yardstick(found), "name": g.name, "asked": g.asked, "reached": g.reached, "met": g.met}
            for found in tests
            for g in found.goals
        ],
        "persists": tests[0].choice.persists,
        "scores": [
            {
                "against": yardstick(found),
                "group": line.group,
                "used": line.crps,
                "naive_with_spread": line.naive_crps,
                "naive": line.naive_error,
            }
            for found in tests
            for line in (*found.lines, found.total)
        ],
    }


def _cells(line: Line) -> Mapping[str, Cell]:
    alone = line.group != "all"
    return {
        "group": line.group,
        "counted": line.truth,
        "forecast": round(line.forecast),
        "error": f"{line.error:+.1%}",
        "used": line.used if alone else None,
        "naive": f"{line.naive / line.truth - 1:+.1%}",
        "model": f"{line.model / line.truth - 1:+.1%}" if alone else None,
        "low": round(line.low),
        "high": round(line.high),
        "held": line.inside,
        "score": round(line.crps),
        "naive_spread": round(line.naive_crps),
        "naive_bare": round(line.naive_error),
        "past_model": round(line.past_model, 3) if alone else None,
        "past_naive": round(line.past_naive, 3) if alone else None,
    }


def with_growth(table: Table, other: Beside) -> Table:
    """Return a projection by year and group with growth that simply goes on beside it, and who came nearer before."""
    cells: list[tuple[Cell, ...]] = []
    for people in other.people:
        near = ("projection" if other.model_nearer[group] else "growth" for group in other.groups)
        cells += zip((round(float(n)) for n in people), near, strict=True)
        cells.append((round(float(people.sum())), None))
    early, late, target = other.test
    wins = [group for group in other.groups if not other.model_nearer[group]]
    told = (
        say(
            "growth is that between {late} and {target}, simply going on; fitted to {early} and {late} it came nearer "
            "to {target} than births, deaths and moves for: {groups}",
            early=early,
            late=late,
            target=target,
            groups=", ".join(coded(group) for group in wins) or "-",
        ),
    )
    rows = tuple((*row, *more) for row, more in zip(table.rows, cells, strict=True))
    nearer = f"nearer in {target}"
    return replace(table, columns=(*table.columns, "growth", nearer), rows=rows, notes=(*told, *table.notes))
