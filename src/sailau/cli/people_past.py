"""sailau people backtest, reconstruct: what the censuses tell of forecasts and of each other."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Form, Json
from sailau.cli.output import emit
from sailau.cli.people_options import Name, record_of

if TYPE_CHECKING:
    from sailau.records.populations import PopulationRecord
    from sailau.runs.people_backtest import Backtest, Choice


class Side(StrEnum):
    """Which side of a back-test to show."""

    errors = "errors"
    intervals = "intervals"
    scores = "scores"
    goals = "goals"
    designs = "designs"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(backtest)
    app.command()(reconstruct)


def backtest(
    name: Name = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against", help="A census, or register; by default the last census and, where there is one, both."
        ),
    ] = None,
    fitted: Annotated[str | None, typer.Option("--fitted", help="The two censuses of the fit: those before.")] = None,
    past: Annotated[str | None, typer.Option("--past", help="The three of the test that makes the choices.")] = None,
    draws: Annotated[int, typer.Option("--draws", min=100, max=100_000, help="Draws of the intervals.")] = 2048,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same draws.")] = 7,
    level: Annotated[float, typer.Option("--level", min=0.01, max=0.99, help="Of the intervals.")] = 0.8,
    side: Annotated[Side, typer.Option("--side", help="What to show of the test.")] = Side.errors,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where a goal is missed.")] = False,
    form: Form = None,
    json: Json = False,
) -> None:
    """Show how a forecast fitted to earlier censuses did against a later one, next to growth that simply goes on.

    Where a register was kept beside the last census, the forecast is held against both. Every goal is said to be met
    or missed. --side designs shows what other choices would have given.

    Example: sailau people backtest kz
    Example: sailau people backtest kz --side goals
    Example: sailau people backtest kz --against register
    """
    from sailau.report.people_backtest import backtest_table, designs_table
    from sailau.runs.people_backtest import SHARES, choose, triples_of, with_share

    record = record_of(name)
    triple = parts_of(past, 3, "--past") or triples_of(record)[0]
    pair = parts_of(fitted, 2, "--fitted") or triples_of(record)[1][:2]
    choice = choose(record, (triple[0], triple[1], triple[2]), draws=draws, seed=seed)

    def tests(made: Choice) -> list[Backtest]:
        return _tests(record, made, pair, against, draws=draws, seed=seed, level=level)

    if side is Side.designs:
        found = {share: tests(with_share(choice, share)) for share in SHARES}
        emit(designs_table(record, found, choice.persists), "backtest-designs", form=form, as_json=json)
        missed = any(not goal.met for one in found[choice.persists] for goal in one.goals)
    else:
        shown = tests(choice)
        emit(backtest_table(shown, side.value), "backtest", form=form, as_json=json)
        missed = any(not goal.met for one in shown for goal in one.goals)
    if strict and missed:
        raise typer.Exit(1)


def parts_of(text: str | None, n: int, option: str) -> tuple[str, ...]:
    """Return names of censuses joined by commas; none where nothing is given."""
    if text is None:
        return ()
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    if len(parts) != n:
        raise typer.BadParameter(
            f"{text!r} names {len(parts)} censuses; {n} are needed, joined by commas", param_hint=option
        )
    return parts


def _tests(
    record: PopulationRecord,
    choice: Choice,
    pair: tuple[str, ...],
    against: str | None,
    *,
    draws: int,
    seed: int,
    level: float,
) -> list[Backtest]:
    from sailau.runs.people_backtest import backtest as test
    from sailau.runs.people_backtest import triples_of, yardsticks

    targets = (against,) if against else yardsticks(record, triples_of(record)[1][2])
    return [test(record, choice, (pair[0], pair[1], one), draws=draws, seed=seed, level=level) for one in targets]


def reconstruct(
    name: Name = None,
    since: Annotated[str | None, typer.Option("--since", help="The first census used.")] = None,
    again: Annotated[
        str | None,
        typer.Option("--asked-again", help="Censuses answered anew, joined by commas; those the record marks."),
    ] = None,
    draws: Annotated[int, typer.Option("--draws", min=50, max=20_000, help="Draws of each of two chains.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same draws.")] = 7,
    level: Annotated[float, typer.Option("--level", min=0.01, max=0.99, help="Of the intervals.")] = 0.8,
    form: Form = None,
    json: Json = False,
) -> None:
    """Fit all censuses at once: moves of each group in each period, and who answered a census differently.

    Needs the extra bayes, and a minute or two.

    Example: sailau people reconstruct kz
    """
    from sailau.report.people_past import past_table
    from sailau.runs.people_reconstruct import reconstruct_past

    names = tuple(part.strip() for part in again.split(",") if part.strip()) if again is not None else None
    found = reconstruct_past(record_of(name), since=since, asked_again=names, draws=draws, seed=seed)
    emit(past_table(found, level), "reconstruction", form=form, as_json=json)
