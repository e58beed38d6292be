"""sailau elections, laws, formulas: what there is."""

from __future__ import annotations

from typing import Annotated

import typer

from sailau.cli.options import Elections, Form, Json, Laws, folders
from sailau.cli.output import emit

Country = Annotated[str | None, typer.Option("--country", help="Two letters, for instance kz.")]
Year = Annotated[int | None, typer.Option("--year", help="Year of the election.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(elections)
    app.command()(laws)
    app.command()(formulas)


def elections(
    country: Country = None, year: Year = None, own: Elections = None, form: Form = None, json: Json = False
) -> None:
    """List elections.

    Example: sailau elections --country kz --year 2023
    """
    from sailau.records.heads import election_heads
    from sailau.report.records import elections_table

    heads = election_heads(country=country, year=year, folders=folders(own))
    emit(elections_table(heads), "elections", form=form, as_json=json)


def laws(country: Country = None, own: Laws = None, form: Form = None, json: Json = False) -> None:
    """List laws with all their editions.

    Example: sailau laws --country kz
    """
    from sailau.law.library import law_ids, load_editions
    from sailau.report.laws import laws_table

    places = folders(own)
    names = [name for name in law_ids(folders=places) if country is None or name.split("/")[0] == country]
    editions = [law for name in names for law in load_editions(name, folders=places)]
    emit(laws_table(editions), "laws", form=form, as_json=json)


def formulas(form: Form = None, json: Json = False) -> None:
    """List the formulas that a law can name.

    Example: sailau formulas
    """
    from sailau.report.records import formulas_table

    emit(formulas_table(), "formulas", form=form, as_json=json)
