"""sailau people project, plot: people in years to come, as tables and pictures."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Form, Json
from sailau.cli.output import emit, say
from sailau.cli.people_options import By, CensusOption, Name, axes_of, last_census, record_of, starts_of

if TYPE_CHECKING:
    from sailau.records.populations import PopulationRecord


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(project)
    app.command()(plot)


def project(
    name: Name = None,
    years: Annotated[int, typer.Option("--years", min=1, max=200, help="How many years.")] = 30,
    census: CensusOption = None,
    by: By = "group",
    every: Annotated[int, typer.Option("--every", min=1, help="Show every so many years, and the last.")] = 5,
    draws: Annotated[int, typer.Option("--draws", min=0, max=100_000, help="Draws; 0 for the central path.")] = 0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same draws.")] = 7,
    level: Annotated[float, typer.Option("--level", min=0.01, max=0.99, help="Of the intervals.")] = 0.8,
    bands: Annotated[str, typer.Option("--bands", help="Where bands of age begin.")] = "0,18,65",
    books: Annotated[bool, typer.Option("--books", help="Show the books: who came, went and changed.")] = False,
    growth: Annotated[
        bool,
        typer.Option(
            "--growth", help="Show beside it growth that simply goes on, and which of the two came nearer before."
        ),
    ] = False,
    form: Form = None,
    json: Json = False,
) -> None:
    """Project people by region, group and age: births, deaths, moves, changes of identity, those who come back.

    Example: sailau people project kz --years 30 --every 10
    Example: sailau people project kz --years 30 --draws 500 --by group
    Example: sailau people project kz --years 10 --growth
    Example: sailau people project my-country/ --by region,age --books
    """
    from sailau.report.people import books_table, cube_table
    from sailau.runs.people_future import future

    record, axes = record_of(name), axes_of(by, ("region", "group", "age", "sex"))
    if growth and (axes != ["group"] or census or books):
        raise typer.BadParameter("growth is known by group alone, from the last census", param_hint="--growth")
    starts, first = starts_of(bands), _first_year(record, census)
    shown = [first + k for k in range(years + 1) if k % every == 0 or k == years]
    found = future(
        record, years, census=census, by_region="region" in axes, draws=draws, seed=seed, starts=starts, keep=shown
    )
    if books:
        emit(books_table(found.central, found.assumptions), "people-books", form=form, as_json=json)
        return
    cube = found.drawn if found.drawn is not None else found.central.cube
    table = cube_table(cube, axes, shown, starts, found.assumptions, level)
    if growth:
        from sailau.report.people_backtest import with_growth
        from sailau.runs.people_beside import beside

        table = with_growth(table, beside(record, shown))
    emit(table, "projection", form=form, as_json=json)


def _first_year(record: PopulationRecord, census: str | None) -> int:
    if record.cells and census is None:
        return next((c.year for c in record.cells if c.year == record.start), record.cells[-1].year)
    return (record.census(census) if census else last_census(record)).on.year


class Picture(StrEnum):
    """What to draw."""

    pyramid = "pyramid"
    composition = "composition"


def plot(
    kind: Annotated[Picture, typer.Argument(help="What to draw.")],
    name: Name = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="A file ending in .svg, .png or .pdf; SVG on stdout without it.")
    ] = None,
    census: CensusOption = None,
    years: Annotated[int, typer.Option("--years", min=0, max=200, help="Years to project beyond the count.")] = 0,
    region: Annotated[str | None, typer.Option("--region", help="A pyramid of one region.")] = None,
    group: Annotated[str | None, typer.Option("--group", help="A pyramid of one group.")] = None,
) -> None:
    """Draw a population pyramid, or the shares of groups over time.

    Example: sailau people plot pyramid kz -o pyramid.svg
    Example: sailau people plot composition kz --years 30 -o composition.svg
    """
    from sailau.plots.save import save, suffix_of

    if out is not None:
        suffix_of(out)
    record = record_of(name)
    if kind is Picture.pyramid:
        from sailau.plots.pyramid import pyramid
        from sailau.runs.people_pictures import pyramid_data

        ages = pyramid_data(record, census=census, years=years, region=region, group=group)
        picture = pyramid(ages.women, ages.men, ages.ages, title=ages.title, layers=ages.layers, source=ages.source)
    else:
        from sailau.plots.composition import composition
        from sailau.runs.people_pictures import composition_data

        groups = composition_data(record, census=census, years=years)
        picture = composition(
            groups.shares, groups.years, counted=groups.counted, title=groups.title, source=groups.source
        )
    if out is None:
        print(picture, end="")
        return
    save(picture, out)
    say(f"wrote {out}")
