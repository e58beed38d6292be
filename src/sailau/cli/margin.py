"""sailau margin: the fewest votes that change a seat."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sailau.cli.options import Decide, Elections, Form, Json, Laws, Set, decisions, election_of, folders, pairs
from sailau.cli.output import emit


class MoveKind(StrEnum):
    """How votes move."""

    moved = "moved"
    added = "added"
    removed = "removed"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(margin)


def margin(
    name: Annotated[str, typer.Argument(metavar="ID", help="An election.")],
    tier: Annotated[str | None, typer.Option("--tier", help="One tier only.")] = None,
    kind: Annotated[
        list[MoveKind] | None, typer.Option("--kind", help="Moves that count; all by default; may be repeated.")
    ] = None,
    rows: Annotated[int, typer.Option("--rows", min=0, help="Closest moves to list; 0 for every move.")] = 20,
    lots: Annotated[bool, typer.Option("--lots", help="Count a tie that needs a lot as a change.")] = False,
    patience: Annotated[
        int, typer.Option("--patience", min=1, help="How many times as long to search where a margin is not closed.")
    ] = 1,
    law: Annotated[str | None, typer.Option("--law", help="Another law than that of the day.")] = None,
    changes: Set = None,
    decide: Decide = None,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Find the fewest votes whose move changes a seat, by the quotients and by the bars of the law.

    Example: sailau margin kz/mazhilis/2023-03-19 --tier list
    Example: sailau margin us/house_apportionment/2020-04-01 --kind added --kind removed
    """
    from sailau.law.library import load_law
    from sailau.report.margins import margin_table
    from sailau.runs.margin import margin as find
    from sailau.runs.margin_turns import KINDS
    from sailau.runs.replay import law_of

    election, places = election_of(name, own), folders(own_laws)
    rule = load_law(law, folders=places) if law else law_of(election, folders=places)
    change = pairs(changes, "--set")
    rule = rule.replace(change) if change else rule
    found = find(
        rule,
        election.tally,
        decisions={**election.decisions, **decisions(decide)},
        kinds=tuple(part.value for part in kind) if kind else KINDS,
        tier=tier,
        rows=rows or None,
        lots=lots,
        patience=patience,
    )
    emit(margin_table(found, election.tally, election), "margin", form=form, as_json=json)
