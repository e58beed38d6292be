"""sailau power, coalitions, measure: what seats are worth."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sailau.cli.options import Elections, Form, Json, Laws, election_of, folders
from sailau.cli.output import emit, say

Id = Annotated[str, typer.Argument(metavar="ID", help="An election.")]
Majority = Annotated[str, typer.Option("--majority", help="majority, a share such as 2/3, or a number of votes.")]


class AgainstAll(StrEnum):
    """What happens to the line against all."""

    drop = "drop"
    line = "line"


class Independents(StrEnum):
    """What happens to independents."""

    keep = "keep"
    lump = "lump"
    drop = "drop"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(power)
    app.command()(coalitions)
    app.command()(measure)


def power(
    name: Id,
    majority: Majority = "majority",
    acts: Annotated[
        bool, typer.Option("--acts", help="What each act needs, and what the largest can do alone.")
    ] = False,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Show what each party's seats are worth, and what the largest can do alone.

    Example: sailau power kz/mazhilis/2023-03-19 --majority 2/3
    Example: sailau power kz/mazhilis/2023-03-19 --acts
    """
    from sailau.law.acts import load_constitution
    from sailau.report.power import acts_table, power_table
    from sailau.runs.replay import replay
    from sailau.terms.errors import NotFound

    election = election_of(name, own)
    house = replay(election, folders=folders(own_laws)).house
    needed = votes_needed(majority, sum(house.values()))
    constitution = load_constitution(election.country, election.day)
    if acts:
        if constitution is None:
            raise NotFound("constitution with its acts", election.country)
        emit(acts_table(house, election.id.split("/")[1], constitution), "acts", form=form, as_json=json)
        return
    emit(power_table(house, needed, title=f"{name}: power at {needed} votes"), "power", form=form, as_json=json)
    if constitution is None:
        say(f"which acts need how many votes is not written down for {election.country}")
        return
    table = acts_table(house, election.id.split("/")[1], constitution)
    alone = [str(row[0]) for row in table.rows if row[3] == "alone"]
    short = [f"{row[0]} ({row[3]})" for row in table.rows if row[3] != "alone"]
    say(f"{table.columns[3]} alone: {', '.join(alone) or 'nothing'}; not alone: {', '.join(short) or 'nothing'}")


def coalitions(
    name: Id,
    majority: Majority = "majority",
    order: Annotated[str | None, typer.Option("--order", help="Parties on a line, for connected coalitions.")] = None,
    apart: Annotated[list[str] | None, typer.Option("--apart", help="Parties that do not sit together: a,b")] = None,
    veto: Annotated[list[str] | None, typer.Option("--veto", help="A party without which nothing passes.")] = None,
    without: Annotated[list[str] | None, typer.Option("--without", help="A party that joins nobody.")] = None,
    most: Annotated[int, typer.Option("--most", help="Coalitions to show.")] = 50,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """List minimal winning coalitions, with vetoes and cordons.

    Example: sailau coalitions de/bundestag/2025-02-23 --without afd
    """
    from sailau.power.coalitions import connected, minimal_winning
    from sailau.report.power import coalitions_table, players
    from sailau.runs.replay import replay

    weights = players(replay(election_of(name, own), folders=folders(own_laws)).house)
    needed = votes_needed(majority, sum(weights.values()))
    if order:
        found = connected(weights, needed, order=order.split(","))
    else:
        pairs = [pair.split(",") for pair in apart or []]
        found = minimal_winning(weights, needed, apart=pairs, veto=veto or (), excluded=without or ())
    title = f"{name}: {len(found)} coalitions that win {needed} votes and need every member"
    emit(coalitions_table(found[:most], weights, needed, title=title), "coalitions", form=form, as_json=json)
    if len(found) > most:
        say(f"{len(found) - most} more; --most {len(found)} shows all")


def measure(
    names: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Elections; all without a name.")] = None,
    against_all: Annotated[AgainstAll, typer.Option("--against-all")] = AgainstAll.drop,
    independents: Annotated[Independents, typer.Option("--independents")] = Independents.keep,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Measure disproportionality and the number of parties.

    Example: sailau measure kz/mazhilis/2021-01-10 kz/mazhilis/2023-03-19
    """
    from sailau.records.library import election_ids
    from sailau.report.power import measures_table
    from sailau.runs.replay import replay

    places = folders(own_laws)
    chosen = names or list(election_ids(folders=folders(own)))
    seen = [replay(election_of(name, own), folders=places) for name in chosen]
    table = measures_table(seen, against_all=against_all.value, independents=independents.value)
    emit(table, "measure", form=form, as_json=json)


def votes_needed(majority: str, members: int) -> int:
    """Return the votes that a majority, a share or a number stands for."""
    from sailau.law.acts import Act

    if majority.isdigit():
        return int(majority)
    try:
        return Act("", "", majority, "").votes(members)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--majority") from None
