"""sailau people: who lives where, who may vote, how that changes, and how well it was forecast."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sailau.cli import leading, people_future, people_past
from sailau.cli.options import Form, Json
from sailau.cli.output import emit, say
from sailau.cli.people_options import By, CensusOption, Name, axes_of, last_census, record_of, starts_of

app = typer.Typer(
    cls=leading.People,
    help="Who lives where, who may vote, how that changes.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Basis = Annotated[str | None, typer.Option("--basis", help="On which basis the census is taken.")]


class What(StrEnum):
    """What to show."""

    censuses = "censuses"
    counts = "counts"
    regions = "regions"
    conflicts = "conflicts"
    priors = "priors"
    estimates = "estimates"
    series = "series"
    crosswalk = "crosswalk"
    national = "national"
    repatriation = "repatriation"
    migration = "migration"
    languages = "languages"
    life_expectancy = "life_expectancy"
    age_sex = "age_sex"


class Rest(StrEnum):
    """How people of no named group count."""

    group = "group"
    atomised = "atomised"
    dropped = "dropped"


@app.command()
def show(
    name: Name = None,
    what: Annotated[What, typer.Option("--what", help="Which part of the record.")] = What.censuses,
    census: CensusOption = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Show what is recorded of a population, with sources and where they disagree.

    Example: sailau people show kz
    Example: sailau people show kz --what regions
    """
    from sailau.report import people as report

    record = record_of(name)
    if what is What.regions:
        from sailau.runs.people_map import group_map

        chosen = record.census(census) if census else last_census(record)
        table = report.map_table(record, group_map(record, chosen.people(), chosen.on))
    elif what is What.censuses and record.cells and not record.censuses:
        table = report.cells_table(record)
    elif what in (What.censuses, What.counts):
        last_census(record)
        table = report.censuses_table(record) if what is What.censuses else report.bases_table(record)
    elif what is What.conflicts:
        table = report.conflicts_table(record)
    elif what is What.priors:
        table = report.priors_table(record)
    else:
        table = report.rows_table(record, what.value)
    emit(table, "people", form=form, as_json=json)


@app.command()
def check(
    name: Annotated[Path, typer.Argument(metavar="DIR", help="A folder with population.yaml and its tables.")],
) -> None:
    """Check a population of your own: names, sums, ages, borders, sources.

    Example: sailau people check my-country/
    """
    from sailau.records.populations_table import find_table

    record = record_of(str(name))
    if not record.cells and not record.censuses:
        last_census(record)
    own = [name for name in ("people", "totals") if record.cells and find_table(record.folder, name)]
    tables = ", ".join([*record.rows, *own])
    size = f"{len(record.groups)} groups, {len(record.regions)} regions"
    say(f"{record.name} is in order: {size}; tables: {tables or 'none'}")


@app.command()
def electorate(
    name: Name = None,
    census: CensusOption = None,
    year: Annotated[
        int | None, typer.Option("--year", min=1, max=9999, help="A later year, to which people are projected.")
    ] = None,
    by: By = "group",
    age: Annotated[int | None, typer.Option("--age", help="The voting age; that of the record by default.")] = None,
    citizens: Annotated[str | None, typer.Option("--citizens", help="Share of citizens, such as 98%.")] = None,
    bands: Annotated[str, typer.Option("--bands", help="Where bands of age begin.")] = "18,30,45,60",
    form: Form = None,
    json: Json = False,
) -> None:
    """Show citizens of voting age, and what is assumed about them.

    Example: sailau people electorate kz --by region,group
    Example: sailau people electorate kz --year 2036
    """
    from sailau.report.people import electorate_table
    from sailau.runs.people_electorate import electorate_of
    from sailau.terms.numbers import share

    record = record_of(name)
    axes = axes_of(by, ("region", "group", "age"))
    try:
        part = float(share(citizens)) if citizens else None
    except ValueError as fault:
        raise typer.BadParameter(str(fault), param_hint="--citizens") from None
    found = electorate_of(
        record, census, year=year, starts=starts_of(bands), age=age, citizens=part, by_region="region" in axes
    )
    check = record.electorate.check if record.electorate and year is None else None
    emit(electorate_table(found, axes, check), "electorate", form=form, as_json=json)


@app.command()
def indices(
    name: Name = None,
    by: Annotated[str, typer.Option("--by", help="census or region: one line for each.")] = "census",
    census: CensusOption = None,
    rest: Annotated[Rest, typer.Option("--rest", help="How people of no named group count.")] = Rest.group,
    segregation: Annotated[bool, typer.Option("--segregation", help="How unevenly groups live over regions.")] = False,
    form: Form = None,
    json: Json = False,
) -> None:
    """Show how diverse a population is: fractionalisation, polarisation, effective groups, cross-cuttingness.

    Example: sailau people indices kz
    Example: sailau people indices kz --by region
    Example: sailau people indices kz --segregation
    """
    from sailau.report.people import indices_table
    from sailau.runs.people_indices import by_census, by_region, segregated

    record = record_of(name)
    if segregation:
        rows, notes = segregated(record, census)
    elif by == "region":
        rows, notes = by_region(record, census, rest=rest.value)
    elif by == "census":
        rows, notes = by_census(record, rest=rest.value)
    else:
        raise typer.BadParameter(f"{by!r}; it can be census or region", param_hint="--by")
    emit(indices_table(rows, f"{record.name}: diversity", notes), "indices", form=form, as_json=json)


@app.command()
def decompose(
    name: Name = None,
    early: Annotated[
        str | None, typer.Option("--from", help="The earlier census; by default the first of all.")
    ] = None,
    late: Annotated[str | None, typer.Option("--to", help="The later census; by default the last.")] = None,
    group: Annotated[str | None, typer.Option("--group", help="Whose share; the majority by default.")] = None,
    basis: Basis = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Show why a group's share changed: others' numbers, those who came back, its own growth.

    From the first census that counts everybody to the last, unless two are named; on every basis of the earlier one.

    Example: sailau people decompose kz --from 1989 --to 2021
    """
    from sailau.report.people import change_table
    from sailau.runs.people_change import share_change

    record = record_of(name)
    last_census(record)
    first, last = record.whole_censuses()[0].id if early is None else early, late or record.censuses[-1].id
    bases = [basis] if basis else list(record.census(first).bases)
    changes = [share_change(record, first, last, group=group, basis=one) for one in bases]
    emit(change_table(changes, record.name_of(changes[0].group)), "decomposition", form=form, as_json=json)


people_future.register(app)
people_past.register(app)
