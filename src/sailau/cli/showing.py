"""sailau show: one record with its sources."""

from __future__ import annotations

from typing import Annotated

import typer

from sailau.cli.options import Elections, Form, Json, Laws, election_of, folders
from sailau.cli.output import emit


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(show)


def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="An election, or a law (kz/mazhilis@2023-03-19).")],
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Show an election or a law with its sources.

    Example: sailau show kz/mazhilis/2023-03-19
    """
    from sailau.law.library import law_ids, load_law
    from sailau.report.laws import law_table
    from sailau.report.records import election_table

    places = folders(own_laws)
    if name.partition("@")[0] in law_ids(folders=places):
        emit(law_table(load_law(name, folders=places)), "law", form=form, as_json=json)
    else:
        emit(election_table(election_of(name, own)), "election", form=form, as_json=json)
