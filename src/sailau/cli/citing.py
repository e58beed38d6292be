"""sailau cite: BibTeX for what a result rests on."""

from __future__ import annotations

from typing import Annotated

import typer

from sailau.cli.options import Elections, Laws, election_of, folders


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(cite)


def cite(
    name: Annotated[str, typer.Argument(metavar="ID", help="An election, or a law.")],
    own: Elections = None,
    own_laws: Laws = None,
) -> None:
    """Print BibTeX for the statutes and the sources of figures.

    Example: sailau cite kz/mazhilis/2023-03-19
    """
    from sailau.law.library import law_ids, load_law
    from sailau.report.citation import cite as bibtex
    from sailau.runs.replay import law_of

    places = folders(own_laws)
    if name.partition("@")[0] in law_ids(folders=places):
        print(bibtex(load_law(name, folders=places)))
        return
    election = election_of(name, own)
    print(bibtex(law_of(election, folders=places), election))
