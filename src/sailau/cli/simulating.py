"""sailau simulate: many elections that might have been."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Elections, Form, Json, Laws, folders
from sailau.cli.output import emit, say

if TYPE_CHECKING:
    from sailau.runs.simulate import Runs


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(simulate)


def simulate(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO.yaml", help="What is simulated.")],
    runs: Annotated[int | None, typer.Option("--runs", help="Elections to draw; else what the file says.")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="The same seed, the same elections.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write how often who won how many seats, as Parquet.")
    ] = None,
    draws: Annotated[bool, typer.Option("--draws", help="Write the seats of every run to --out instead.")] = False,
    workers: Annotated[int, typer.Option("--workers", help="Threads or processes; they change nothing but time.")] = 1,
    resume: Annotated[Path | None, typer.Option("--resume", help="Go on from what an interrupted run kept.")] = None,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Draw vote vectors, count each under the law, and show seats with intervals and chances.

    Example: sailau simulate examples/scenarios/kz-2023.yaml --runs 100000 --seed 7
    Example: sailau simulate examples/scenarios/kz-2023.yaml --runs 1000000 --seed 7 --workers 2 --out runs.parquet
    """
    from sailau.report.simulation import simulation_table
    from sailau.runs.scenario import read_scenario

    if draws and out is None:
        raise typer.BadParameter("say where the draws go: --out runs.parquet", param_hint="--draws")
    what = read_scenario(scenario, folders=folders(own), laws=folders(own_laws))
    with _bar() as progress:
        done = what.run(runs=runs, seed=seed, workers=workers, keep_draws=draws, resume=resume, progress=progress)
    if not done.is_complete:
        _keep(done, scenario, draws=draws)
        raise typer.Exit(130)
    emit(simulation_table(done, title=f"{what.name}: {done.summary.runs:,} runs"), "simulate", form=form, as_json=json)
    if out is not None:
        _write(done, out, draws=draws)
        say(f"wrote {out}")


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None] | None]:
    """Show runs done and time left on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("runs"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("runs", total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def _keep(done: Runs, scenario: Path, *, draws: bool) -> None:
    """Save what an interrupted run did, and say how to go on."""
    if draws:
        say(f"interrupted after {done.summary.runs:,} of {done.n:,} runs; draws are not kept")
        return
    kept = scenario.with_suffix(".partial.json")
    done.save(kept)
    say(
        f"interrupted after {done.summary.runs:,} of {done.n:,} runs, kept in {kept}",
        f"to go on: sailau simulate {scenario} --runs {done.n} --seed {done.job.seed} --resume {kept}",
    )


def _write(done: Runs, path: Path, *, draws: bool) -> None:
    import duckdb
    import numpy as np

    from sailau.report.simulation import histogram_columns
    from sailau.terms.errors import Invalid

    if draws and done.draws is not None:
        table = {"run": np.arange(len(done.draws))} | {p: done.draws[:, i].copy() for i, p in enumerate(done.parties)}
    else:
        table = {name: np.array(column) for name, column in histogram_columns(done.summary).items()}
    with duckdb.connect(":memory:") as database:
        database.register("runs", table)
        try:
            database.execute(f"copy runs to '{str(path).replace(chr(39), chr(39) * 2)}' (format parquet)")
        except duckdb.IOException as cause:
            raise Invalid(f"{path} cannot be written: {cause}") from None
