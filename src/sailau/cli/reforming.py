"""sailau what-if: change the law and see who gains."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from sailau.cli.options import Decide, Elections, Form, Json, Laws, Set, decisions, election_of, folders, pairs
from sailau.cli.output import emit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="what-if")(what_if)


def what_if(
    name: Annotated[str, typer.Argument(metavar="ID", help="An election.")],
    changes: Set = None,
    through: Annotated[
        list[str] | None,
        typer.Option(
            "--sweep", help="Let a clause go through values: list.threshold.share=0%:10%:0.5%; twice for two."
        ),
    ] = None,
    law: Annotated[str | None, typer.Option("--law", help="Count under another law, for instance kz/kurultai.")] = None,
    decide: Decide = None,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Count an election under a changed law, or under another one, and compare.

    Example: sailau what-if kz/mazhilis/2023-03-19 --set list.threshold.share=7%
    Example: sailau what-if kz/mazhilis/2023-03-19 --set list.seats=98 --set district.seats=0
    Example: sailau what-if kz/mazhilis/2023-03-19 --law kz/kurultai
    Example: sailau what-if kz/mazhilis/2023-03-19 --sweep list.threshold.share=0%:10%:0.5%
    """
    from sailau.law.library import load_law
    from sailau.report.results import comparison_table
    from sailau.runs.compare import compare
    from sailau.runs.replay import law_of

    change, places = pairs(changes, "--set"), folders(own_laws)
    if not change and law is None and not through:
        raise typer.BadParameter("say what to change: --set list.threshold.share=7% or --law …", param_hint="--set")
    election = election_of(name, own)
    in_force = law_of(election, folders=places)
    after = load_law(law, folders=places) if law else in_force
    after = after.replace(change) if change else after
    if through:
        from sailau.report.simulation import sweep_table
        from sailau.runs.sweep import Range, sweep

        ranges = [Range.of(text) for text in through]
        points = sweep(election, ranges, law=after)
        paths = [given.path for given in ranges]
        emit(sweep_table(points, paths, title=f"{name}: {', '.join(paths)}"), "sweep", form=form, as_json=json)
        return
    seen = compare(in_force, after, election.tally, decisions={**election.decisions, **decisions(decide)})
    table = comparison_table(seen, title=f"{name}: {after} instead of {in_force}")
    if election.declared:
        left_out = f"{sum(election.declared_seats().values())} declared seats ({', '.join(sorted(election.declared))})"
        table = replace(table, notes=(*table.notes, f"{left_out} are in neither column: their votes are not published"))
    emit(table, "what-if", form=form, as_json=json)
