"""sailau sensitivity: which input makes an outcome uncertain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sailau.cli.options import Elections, Form, Json, Laws, Workers, folders, spelled
from sailau.cli.output import emit, say
from sailau.cli.progress import bar


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(sensitivity)


def sensitivity(
    scenario: Annotated[Path, typer.Argument(metavar="SCENARIO.yaml", help="What is simulated.")],
    vary: Annotated[
        list[str] | None, typer.Option("--vary", help="An input and its range: noise.sd=10%:25%; may be repeated.")
    ] = None,
    output: Annotated[
        list[str] | None, typer.Option("--output", help="What is watched: bar.nsdp, mean.amanat; may be repeated.")
    ] = None,
    points: Annotated[int, typer.Option("--points", help="A power of two; times inputs + 2 simulations.")] = 256,
    runs: Annotated[int, typer.Option("--runs", min=1, help="Elections in each simulation.")] = 4096,
    seed: Annotated[int | None, typer.Option("--seed", help="The same seed, the same study.")] = None,
    workers: Workers = 1,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Say how much of an outcome's uncertainty each input of a scenario is to blame for: Sobol indices with intervals.

    Inputs: noise.sd, noise.correlation, turnout.sd, shares.PARTY, and set. with a clause of the law. Outputs:
    mean.PARTY, bar.PARTY, seat.PARTY, majority.NAME, 2/3.NAME, 3/4.NAME. Needs the extra science.

    Example: sailau sensitivity examples/scenarios/kz-2023.yaml --vary noise.sd=10%:25%
    --vary shares.nsdp=4.5%:6% --vary set.list.threshold.share=4%:6% --output bar.nsdp --output mean.amanat
    """
    from sailau.files.places import example
    from sailau.report.sensitivity import sensitivity_table
    from sailau.runs.scenario import read_scenario
    from sailau.runs.sensitivity import Input
    from sailau.runs.sensitivity import sensitivity as study

    if not vary or not output:
        raise typer.BadParameter("say what varies and what is watched: --vary noise.sd=10%:25% --output bar.nsdp")
    what = read_scenario(example(scenario), folders=folders(own), laws=folders(own_laws))
    inputs = spelled(Input.of, vary, "--vary")
    try:
        with bar("simulations") as told:
            found = study(what, inputs, output, points=points, runs=runs, seed=seed, progress=told, workers=workers)
    except KeyboardInterrupt:
        say("interrupted: a study cannot be resumed; fewer --points or --runs take less time")
        raise typer.Exit(130) from None
    emit(sensitivity_table(found, title=f"{what.name}: sensitivity"), "sensitivity", form=form, as_json=json)
