"""sailau law show, diff, check: the law itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sailau.cli.options import Form, Json, Laws, folders
from sailau.cli.output import emit, say

app = typer.Typer(help="Show, compare and check laws.", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="LAW", help="kz/mazhilis, or with a day: kz/mazhilis@2023-03-19")]


@app.command()
def show(name: Name, own: Laws = None, form: Form = None, json: Json = False) -> None:
    """Show an edition clause by clause.

    Example: sailau law show kz/mazhilis@2023-03-19
    """
    from sailau.law.library import load_law
    from sailau.report.laws import law_table

    emit(law_table(load_law(name, folders=folders(own))), "law", form=form, as_json=json)


@app.command()
def diff(before: Name, after: Name, own: Laws = None, form: Form = None, json: Json = False) -> None:
    """Show the clauses in which two editions differ.

    Example: sailau law diff kz/mazhilis@2021-01-10 kz/mazhilis@2023-03-19
    """
    from sailau.law.library import load_law
    from sailau.report.laws import law_difference

    places = folders(own)
    table = law_difference(load_law(before, folders=places), load_law(after, folders=places))
    emit(table, "law-diff", form=form, as_json=json)


@app.command()
def check(
    what: Annotated[list[str] | None, typer.Argument(metavar="[LAW|FILE|DIR]...", help="All laws by default.")] = None,
    own: Laws = None,
) -> None:
    """Check law files: form, citations, exact numbers, sums, dates without gaps.

    Example: sailau law check my-laws/
    """
    from sailau.law.library import editions_in, law_ids, load_editions
    from sailau.law.read import read_law

    places = folders(own)
    editions = 0
    for name in what or law_ids(folders=places):
        path = Path(name)
        if path.is_dir():
            editions += len(editions_in(path))
        elif path.is_file() or path.suffix in (".yaml", ".yml"):
            read_law(path)
            editions += 1
        else:
            editions += len(load_editions(name.partition("@")[0], folders=places))
    if editions == 0:
        raise typer.BadParameter("there is no law file", param_hint="DIR")
    say("1 edition is in order" if editions == 1 else f"{editions} editions are in order")
