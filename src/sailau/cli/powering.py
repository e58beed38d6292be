"""sailau power, coalitions, measure: what seats are worth."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Elections, Form, Json, Laws, election_of, folders
from sailau.cli.output import Format, emit, say

if TYPE_CHECKING:
    from sailau.report.table import Table
    from sailau.runs.measured import Treatment

Id = Annotated[str, typer.Argument(metavar="ID", help="An election.")]
Majority = Annotated[str, typer.Option("--majority", help="majority, a share such as 2/3, or a number of votes.")]


class AgainstAll(StrEnum):
    """What happens to the line against all."""

    drop = "drop"
    line = "line"


class Policy(StrEnum):
    """What happens to independents, and to lists without a seat."""

    keep = "keep"
    lump = "lump"
    drop = "drop"


class Group(StrEnum):
    """Groups of measures."""

    proportion = "proportion"
    parties = "parties"
    change = "change"
    territory = "territory"
    two_parties = "two-parties"
    all = "all"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(power)
    app.command()(coalitions)
    app.command()(measure)


def power(
    name: Annotated[str, typer.Argument(metavar="ID|FILE", help="An election, or a file of players and weights.")],
    majority: Annotated[
        list[str] | None,
        typer.Option("--majority", help="majority, a share such as 2/3, or a number; one for each column of weights."),
    ] = None,
    acts: Annotated[
        bool, typer.Option("--acts", help="What each act needs, and what the largest can do alone.")
    ] = False,
    keep: Annotated[str | None, typer.Option("--keep", help="Leave out rows with these faults: E103,E111.")] = None,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Show what each party's seats are worth, and what the largest can do alone.

    Example: sailau power kz/mazhilis/2023-03-19 --majority 2/3

    Example: sailau power kz/mazhilis/2023-03-19 --acts

    Example: sailau power council.csv --majority 255 --majority 14
    """
    from sailau.law.acts import countries, load_constitution
    from sailau.report.power import acts_table, power_table
    from sailau.runs.replay import replay
    from sailau.terms.errors import NotFound
    from sailau.terms.speech import say as worded

    wanted = majority or ["majority"]
    if Path(name).is_file():
        _of_file(Path(name), wanted, keep, form, json=json)
        return
    if len(wanted) > 1:
        raise typer.BadParameter("a house has one weight, its seats: give one majority", param_hint="--majority")
    election = election_of(name, own)
    house = replay(election, folders=folders(own_laws)).house
    needed = votes_needed(wanted[0], sum(house.values()))
    constitution = load_constitution(election.country, election.day)
    if acts:
        if constitution is None:
            raise NotFound("constitution with its acts", election.country, countries())
        emit(acts_table(house, election.id.split("/")[1], constitution), "acts", form=form, as_json=json)
        return
    title = worded("{name}: power at {needed} votes", name=name, needed=needed)
    emit(power_table(house, needed, title=title), "power", form=form, as_json=json)
    if constitution is None:
        say(worded("which acts need how many votes is not written down for {country}", country=election.country))
        return
    table = acts_table(house, election.id.split("/")[1], constitution)
    alone = [str(row[0]) for row in table.rows if row[3] == "alone"]
    short = [f"{row[0]} ({row[3]})" for row in table.rows if row[3] != "alone"]
    say(f"{table.columns[3]} alone: {', '.join(alone) or 'nothing'}; not alone: {', '.join(short) or 'nothing'}")


def _of_file(path: Path, majority: list[str], keep: str | None, form: Format | None, *, json: bool) -> None:
    from sailau.records.weights import read_weights
    from sailau.report.power import weights_table

    read = read_weights(path, keep=[code.strip() for code in keep.split(",")] if keep else ())
    if len(majority) == 1:
        majority = majority * len(read.conditions)
    if len(majority) != len(read.conditions):
        what = f"{len(majority)} majorities for {len(read.conditions)} columns of weights: {', '.join(read.conditions)}"
        raise typer.BadParameter(what, param_hint="--majority")
    needed = [votes_needed(m, sum(w.values())) for m, w in zip(majority, read.conditions.values(), strict=True)]
    emit(weights_table(read, needed, title=f"{path.name}: power"), "power", form=form, as_json=json)


def coalitions(
    name: Id,
    majority: Majority = "majority",
    order: Annotated[str | None, typer.Option("--order", help="Parties on a line, for connected coalitions.")] = None,
    apart: Annotated[list[str] | None, typer.Option("--apart", help="Parties that do not sit together: a,b")] = None,
    veto: Annotated[list[str] | None, typer.Option("--veto", help="A party without which nothing passes.")] = None,
    without: Annotated[list[str] | None, typer.Option("--without", help="A party that joins nobody.")] = None,
    smallest: Annotated[bool, typer.Option("--smallest", help="Only those with the fewest seats.")] = False,
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
    from sailau.power.foremost import first_winning, n_minimal_winning
    from sailau.power.games import players
    from sailau.report.power import coalitions_table, coalitions_title
    from sailau.runs.replay import replay
    from sailau.terms.speech import say as worded

    weights = players(replay(election_of(name, own), folders=folders(own_laws)).house)
    needed = votes_needed(majority, sum(weights.values()))
    n = None
    if order:
        found = connected(weights, needed, order=order.split(","))
    elif apart or veto or without or smallest:
        pairs = [pair.split(",") for pair in apart or []]
        found = minimal_winning(weights, needed, apart=pairs, veto=veto or (), excluded=without or ())
    else:
        found, n = first_winning(weights, needed, most), n_minimal_winning(weights, needed)
    if smallest and found:
        least = min(sum(weights[party] for party in coalition) for coalition in found)
        found = [coalition for coalition in found if sum(weights[party] for party in coalition) == least]
    n = len(found) if n is None else n
    title = coalitions_title(name, n, needed)
    emit(coalitions_table(found[:most], weights, needed, title=title), "coalitions", form=form, as_json=json)
    if n > most:
        say(worded("{n} more; --most {all} shows all", n=n - most, all=n))


def measure(
    names: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Elections; all without a name.")] = None,
    which: Annotated[list[Group] | None, typer.Option("--which", help="Groups of measures; may be repeated.")] = None,
    against_all: Annotated[AgainstAll, typer.Option("--against-all", help="Left out, or a line without seats.")] = (
        AgainstAll.drop
    ),
    independents: Annotated[Policy, typer.Option("--independents", help="Each as it stands, as one, or left out.")] = (
        Policy.keep
    ),
    others: Annotated[Policy, typer.Option("--others", help="The same for lists without a seat.")] = Policy.keep,
    seats: Annotated[
        Path | None, typer.Option("--seats", help="Draws of seats, a column a party: simulate --draws --out FILE.")
    ] = None,
    votes: Annotated[Path | None, typer.Option("--votes", help="Draws of votes beside them, row by row.")] = None,
    own: Elections = None,
    own_laws: Laws = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Measure disproportionality, parties, change, territory and how districts treat two parties.

    One election is a list with reasons, several are a table; draws in give draws out.

    Example: sailau measure kz/mazhilis/2023-03-19

    Example: sailau measure --which all > archive.tsv

    Example: sailau measure kz/mazhilis/2023-03-19 --seats runs.parquet
    """
    from sailau.records.library import election_ids
    from sailau.report.power import GROUPS, measure_list, measures_table
    from sailau.runs.measured import Treatment
    from sailau.runs.replay import replay

    places = folders(own_laws)
    how = Treatment(against_all.value, independents.value, others.value)
    if seats is not None or votes is not None:
        emit(_drawn(names, seats, votes, how, own, places), "measure-draws", form=form, as_json=json)
        return
    chosen = names or list(election_ids(folders=folders(own)))
    seen = [replay(election_of(name, own), folders=places) for name in chosen]
    groups = GROUPS if which and Group.all in which else tuple(g.value.replace("-", " ") for g in which or ())
    if len(seen) == 1:
        if seen[0].question is not None:
            raise seen[0].question
        table = measure_list(seen[0], how, groups=groups or GROUPS)
    else:
        table = measures_table(seen, how, groups=groups or GROUPS[:2])
    emit(table, "measure", form=form, as_json=json)


def _drawn(
    names: list[str] | None,
    seats: Path | None,
    votes: Path | None,
    how: Treatment,
    own: list[Path] | None,
    laws: tuple[Path, ...],
) -> Table:
    from sailau.report.power import drawn_table
    from sailau.runs.draws import measure_draws, read_draws
    from sailau.runs.replay import replay

    if not names or len(names) != 1:
        raise typer.BadParameter("draws are of one election: name it", param_hint="ID")
    seen = replay(election_of(names[0], own), folders=laws)
    found, n = measure_draws(
        seen, how, seats=read_draws(seats) if seats else None, votes=read_draws(votes) if votes else None
    )
    notes = [] if seats and votes else ["disproportionality needs both: --seats FILE --votes FILE"]
    return drawn_table(found, n, title=f"measures of {names[0]} over draws", notes=notes)


def votes_needed(majority: str, members: int) -> int:
    """Return the votes that a majority, a share or a number stands for; anything else is wrong usage."""
    from sailau.law.acts import votes_needed as found
    from sailau.terms.errors import Invalid

    try:
        return found(majority, members)
    except Invalid as error:
        raise typer.BadParameter(error.what, param_hint="--majority") from None
