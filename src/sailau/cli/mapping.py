"""sailau geo: divisions into units, and outlines of one's own for maps."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Form, Json
from sailau.cli.output import emit, say

if TYPE_CHECKING:
    from datetime import date

app = typer.Typer(help="Divisions of a country into units, their tiles and outlines.", rich_markup_mode=None)
Folder = Annotated[Path | None, typer.Option("--folder", help="Where your outlines are kept; else SAILAU_GEO.")]


@app.callback(invoke_without_command=True)
def geo(context: typer.Context, folder: Folder = None, form: Form = None, json: Json = False) -> None:
    """List divisions: those that ship, and the outlines that you added.

    Example: sailau geo
    """
    if context.invoked_subcommand is not None:
        return
    from sailau.geo.library import geo_ids, load_geo
    from sailau.report.table import Table

    rows = []
    for name in geo_ids(folder=folder):
        found = load_geo(name, folder=folder)
        drawn = "outlines" if found.has_outlines else "tiles" if found.has_tiles else "names"
        rows.append((name, len(found.units), drawn, found.since, found.until, found.licence))
    columns = ("geo", "units", "drawn_as", "since", "until", "licence")
    emit(Table(columns, tuple(rows), "Divisions"), "geo", form=form, as_json=json)


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="For instance kz/adm1, kz/adm1@2018-06-19.")],
    folder: Folder = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Show the units of a division: codes, names, tiles.

    Example: sailau geo show kz/adm1@2018-06-19
    """
    from sailau.geo.library import load_geo
    from sailau.report.table import Table

    found = load_geo(name, folder=folder)
    rows = tuple(
        (
            code,
            unit.kato,
            *(unit.names.get(lang) for lang in ("en", "kk", "ru")),
            *(unit.tile or (None, None)),
            sum(len(ring) for ring in unit.rings) or None,
        )
        for code, unit in found.units.items()
    )
    columns = ("unit", "kato", "en", "kk", "ru", "column", "row", "points")
    notes = [f"in force from {found.span()}", *([found.attribution] if found.attribution else [])]
    emit(Table(columns, rows, f"{found.id}: {found.names.get('en', '')}", tuple(notes)), "geo", form=form, as_json=json)


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="GeoJSON, TopoJSON or a shapefile (.shp) of areas, in degrees.")],
    name: Annotated[str, typer.Option("--id", help="country/division/edition, for instance kz/adm1/2024.")],
    licence: Annotated[str, typer.Option("--licence", help="Under which terms others may see the map.")],
    attribution: Annotated[str, typer.Option("--attribution", help="The line that every map shows.")],
    unit: Annotated[str | None, typer.Option("--unit", help="The property with the code of a unit.")] = None,
    tolerance: Annotated[float, typer.Option("--tolerance", help="Kilometres that a border may move.")] = 1.0,
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="In force from.")] = None,
    until: Annotated[datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="In force until.")] = None,
    folder: Folder = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Add outlines of your own: checked, simplified with shared borders kept, stored with licence and attribution.

    Example: sailau geo add regions.geojson --id kz/adm1/2024 --licence "CC BY 4.0" --attribution "Boundaries: …"
    """
    from sailau.geo.add import add_outlines
    from sailau.report.table import Table

    done = add_outlines(
        file,
        name,
        licence=licence,
        attribution=attribution,
        unit=unit,
        tolerance_km=tolerance,
        since=_day(since),
        until=_day(until),
        folder=folder,
    )
    rows = tuple((code, round(area)) for code, area in done.areas.items())
    table = Table(("unit", "square_km"), rows, f"{name}: areas on the sphere, after simplification", done.notes)
    emit(table, "geo-add", form=form, as_json=json)
    say(f"stored in {done.path}", f"draw it: sailau plot map {name} --data FILE -o map.svg")


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
