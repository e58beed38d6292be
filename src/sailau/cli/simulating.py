"""sailau simulate: many elections that might have been."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from shlex import join
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sailau.cli.groups import grouped
from sailau.cli.options import Elections, Form, Json, Laws, Workers, folders, placed, spelled
from sailau.cli.output import emit, say
from sailau.cli.progress import KINDS, bar, kept_beside

if TYPE_CHECKING:
    from sailau.runs.scenario import Scenario
    from sailau.runs.simulate import Runs, Watched

SAVE_EVERY = 30.0
"""Seconds between two savings of what is done."""


class Points(StrEnum):
    """Where the numbers of a simulation come from."""

    random = "random"
    sobol = "sobol"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(simulate)


@dataclass(frozen=True)
class Course:
    """How many elections are drawn, from which numbers, and by whom."""

    runs: Annotated[int | None, typer.Option("--runs", min=1, help="Elections to draw; else what the file says.")] = (
        None
    )
    seed: Annotated[int | None, typer.Option("--seed", help="The same seed, the same elections.")] = None
    points: Annotated[
        Points | None, typer.Option("--points", help="Scattered points (sobol): far fewer runs for a chance.")
    ] = None
    workers: Workers = 1
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="Address of a Dask scheduler, or local; needs the extra cluster.")
    ] = None

    def options(self) -> dict[str, Any]:
        """Return what a scenario takes; points only where they are given, for the file may say them."""
        given: dict[str, Any] = {n: getattr(self, n) for n in ("runs", "seed", "workers", "cluster")}
        return given if self.points is None else {**given, "points": self.points.value}


@grouped
def simulate(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO.yaml", help="What is simulated.")],
    *,
    course: Course,
    through: Annotated[
        list[str] | None,
        typer.Option("--sweep", help="Simulate at every value of a clause: list.threshold.share=3%:7%:1%; or two."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", callback=placed, help="Write how often who won how many seats: .parquet, .csv, .tsv."),
    ] = None,
    draws: Annotated[bool, typer.Option("--draws", help="Write the seats of every run to --out instead.")] = False,
    resume: Annotated[Path | None, typer.Option("--resume", help="Go on from what an interrupted run kept.")] = None,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Draw vote vectors, count each under the law, and show seats with intervals and chances.

    Example: sailau simulate examples/scenarios/kz-2023.yaml --runs 100000 --seed 7
    Example: sailau simulate examples/scenarios/kz-2023.yaml --runs 1000000 --seed 7 --workers 2 --out runs.parquet
    Example: sailau simulate examples/scenarios/kz-2023.yaml --points sobol --runs 131072
    Example: sailau simulate examples/scenarios/kz-2023.yaml --runs 20000 --sweep list.threshold.share=3%:7%:1%
    """
    from sailau.files.places import example
    from sailau.kernels.engine import start_lean
    from sailau.report.simulation import simulation_table
    from sailau.runs.scenario import read_scenario

    start_lean()
    _check(out, draws=draws, through=bool(through), resumed=resume is not None)
    what = read_scenario(example(scenario), folders=folders(own), laws=folders(own_laws))
    options = course.options()
    if through:
        _sweep(what, through, options, form=form, as_json=json)
        return
    kept = kept_beside(scenario)
    again = _typed(
        scenario, workers=None if course.workers == 1 else course.workers, cluster=course.cluster, out=out, form=form
    )
    again += [*_repeated("--elections", own), *_repeated("--laws", own_laws), *(["--json"] if json else [])]
    done = _run(partial(what.watch, **options, keep_draws=draws, resume=resume), kept, again, draws=draws)
    table = simulation_table(done, title=f"{what.name}: {done.summary.runs:,} runs")
    emit(table, "simulate", form=form, as_json=json)
    if out is not None:
        _write(done, out, draws=draws)
        say(f"wrote {out}")


def _check(out: Path | None, *, draws: bool, through: bool, resumed: bool) -> None:
    """Refuse options that do not go together, before any work."""
    if draws and out is None:
        raise typer.BadParameter("say where the draws go: --out runs.parquet", param_hint="--draws")
    if through and (draws or resumed or out):
        raise typer.BadParameter("a sweep prints its table; it keeps no draws and is not resumed", param_hint="--sweep")
    if out is not None and out.suffix.lower() not in KINDS:
        raise typer.BadParameter(f"{out} ends in none of {', '.join(filter(None, KINDS))}", param_hint="--out")


def _typed(scenario: Path, **options: object) -> list[str]:
    """Return the words of the command with the options that were given."""
    given = {name: value for name, value in options.items() if value is not None}
    words = [
        word for name, value in given.items() for word in (f"--{'format' if name == 'form' else name}", str(value))
    ]
    return ["sailau", "simulate", str(scenario), *words]


def _repeated(name: str, folders: Sequence[Path] | None) -> list[str]:
    return [word for folder in folders or () for word in (name, str(folder))]


def _run(begin: Callable[[], Watched], kept: Path, again: list[str], *, draws: bool) -> Runs:
    """Run to the end; what is done is saved now and then, and when the user stops it."""
    steps: Watched | None = None
    saved, due = False, monotonic() + SAVE_EVERY
    try:
        with bar("runs") as told:
            steps = begin()
            for done in steps:
                told(sum(part.runs for part in done.parts), done.n)
                if not draws and not done.is_complete and monotonic() >= due:
                    done.save(kept)
                    saved, due = True, monotonic() + SAVE_EVERY
    except KeyboardInterrupt:
        if steps is None:
            say("interrupted before the first run")
        else:
            steps.close()
            _keep(steps.now, kept, again, draws=draws)
        raise typer.Exit(130) from None
    if saved:
        kept.unlink(missing_ok=True)
    return steps.now


def _keep(done: Runs, kept: Path, again: list[str], *, draws: bool) -> None:
    """Save what an interrupted run did, and say how to go on."""
    runs = done.summary.runs
    if draws or not runs:
        what = "draws are not kept" if draws else "nothing to keep"
        say(f"interrupted after {runs:,} of {done.n:,} runs; {what}")
        return
    done.save(kept)
    words = [
        *again,
        "--runs",
        str(done.n),
        "--seed",
        str(done.job.seed),
        *(["--points", "sobol"] * bool(done.job.points)),
    ]
    say(
        f"interrupted after {runs:,} of {done.n:,} runs, kept in {kept}",
        f"to go on: {join([*words, '--resume', str(kept)])}",
    )


def _sweep(what: Scenario, through: list[str], options: dict[str, Any], *, form: Any, as_json: bool) -> None:
    from sailau.report.simulation import response_table
    from sailau.runs.response import response
    from sailau.runs.sweep import Range

    ranges = spelled(Range.of, through, "--sweep")
    try:
        with bar("points") as told:
            answers = response(what, ranges, progress=told, **options)
    except KeyboardInterrupt:
        say("interrupted: a sweep is not resumed; fewer --runs or values take less time")
        raise typer.Exit(130) from None
    paths = [given.path for given in ranges]
    emit(
        response_table(answers, paths, title=f"{what.name}: {', '.join(paths)}"), "response", form=form, as_json=as_json
    )


def _write(done: Runs, path: Path, *, draws: bool) -> None:
    import numpy as np

    from sailau.cli.progress import write_columns
    from sailau.report.simulation import histogram_columns

    if draws and done.draws is not None:
        table = {"run": np.arange(len(done.draws))} | {p: done.draws[:, i].copy() for i, p in enumerate(done.parties)}
    else:
        table = {name: np.array(column) for name, column in histogram_columns(done.summary).items()}
    write_columns(table, path)
