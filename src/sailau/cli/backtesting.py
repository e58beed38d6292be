"""sailau backtest: forecasts of past elections, scored beside what anybody could have said."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Form, Json, folders
from sailau.cli.output import emit, say

if TYPE_CHECKING:
    from sailau.report.table import Table


class Shown(StrEnum):
    """What is shown."""

    scores = "scores"
    gains = "gains"
    pit = "pit"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(backtest)


def backtest(
    names: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Sets of polls; all by default.")] = None,
    lead: Annotated[str, typer.Option("--lead", help="Days before the election at which polls end: 0,30,100.")] = "0",
    seats: Annotated[bool, typer.Option("--seats/--no-seats", help="Score seats too, which takes longer.")] = False,
    error: Annotated[
        float | None, typer.Option("--polling-error", help="Points that all polls miss a party of half the votes by.")
    ] = None,
    anchor: Annotated[bool, typer.Option("--anchor/--no-anchor", help="Begin at the result of the base.")] = True,
    seed: Annotated[int, typer.Option("--seed", help="The same seed, the same scores.")] = 1,
    show: Annotated[
        Shown, typer.Option("--show", help="Scores, chances of gains, or where results fell.")
    ] = Shown.scores,
    listed: Annotated[bool, typer.Option("--list", help="List the sets of polls that ship, and stop.")] = False,
    own: Annotated[list[Path] | None, typer.Option("--polls", help="A folder of your own sets of polls.")] = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Forecast past elections from the polls of their time, and score the forecasts.

    Example: sailau backtest nz/house/2017-09-23 --lead 0,30 --seats
    Example: sailau backtest --show pit
    """
    from sailau.records.polls.library import load_polls, poll_ids
    from sailau.report.backtest import gains_table, pit_table, scores_table
    from sailau.runs.backtest import backtest as go
    from sailau.terms.errors import Invalid
    from sailau.votes.polls.priors import Priors

    places = folders(own)
    if listed:
        emit(_list(places), "polls", form=form, as_json=json)
        return
    days = _days(lead)
    priors = Priors() if error is None else Priors(error=error)
    found = []
    for name in names or poll_ids(folders=places):
        given = load_polls(name, folders=places)
        for ahead in days:
            try:
                found.append(go(given, lead=ahead, seed=seed, priors=priors, seats=seats, anchor=anchor, say=_tell))
            except Invalid as fault:
                if names and len(days) == 1:
                    raise
                say(f"{name}, {ahead} days before: not testable, {fault.what}")
    if not found:
        raise Invalid("nothing could be tested", hint="sailau backtest --list lists the sets of polls")
    tables = {Shown.scores: scores_table, Shown.gains: gains_table, Shown.pit: pit_table}
    title = f"back-test of {len({one.id for one in found})} elections"
    emit(tables[show](found, title=title), f"backtest-{show.value}", form=form, as_json=json)


def _tell(what: str) -> None:
    import sys

    if sys.stderr.isatty():
        say(what)


def _days(lead: str) -> list[int]:
    from sailau.terms.errors import Invalid

    parts = [part.strip() for part in lead.split(",")]
    if not all(part.isdigit() for part in parts):
        raise Invalid(f"--lead {lead}: days are whole numbers from 0 on", hint="for instance --lead 0,30,100")
    return [int(part) for part in parts]


def _list(places: tuple[Path, ...]) -> Table:
    from sailau.records.polls.library import load_polls, poll_ids
    from sailau.report.table import Table

    rows = []
    for name in poll_ids(folders=places):
        found = load_polls(name, folders=places)
        polls = found.polls
        rows.append((name, found.day, len(polls.polls), len(polls.houses), polls.polls[0].start, found.name))
    return Table(("polls", "election_day", "n", "houses", "first", "name"), tuple(rows), f"{len(rows)} sets of polls")
