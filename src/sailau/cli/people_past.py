"""sailau people reconstruct: all censuses at once."""

from __future__ import annotations

from typing import Annotated

import typer

from sailau.cli.options import Form, Json
from sailau.cli.output import emit
from sailau.cli.people_options import Name, record_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(reconstruct)


def reconstruct(
    name: Name = None,
    since: Annotated[str | None, typer.Option("--since", help="The first census used.")] = None,
    again: Annotated[
        str | None, typer.Option("--asked-again", help="Censuses answered anew, joined by commas; the last by default.")
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
