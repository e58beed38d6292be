"""sailau forensics: are the figures of polling stations plausible, and how sure can one be."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from sailau.cli.options import Figures, Sheet, pairs, placed
from sailau.cli.output import Format, emit, say

if TYPE_CHECKING:
    from sailau.forensics.examine import Examination
    from sailau.forensics.maps import ColumnMap
    from sailau.forensics.read import Reading


class Report(StrEnum):
    """How the report is written."""

    text = "text"
    tsv = "tsv"
    csv = "csv"
    json = "json"
    md = "md"
    html = "html"


class Faulty(StrEnum):
    """What becomes of rows at fault."""

    refuse = "refuse"
    leave_out = "leave-out"
    keep = "keep"


CHOICE: Mapping[Faulty, Literal["refuse", "leave_out", "keep"]] = {
    Faulty.refuse: "refuse",
    Faulty.leave_out: "leave_out",
    Faulty.keep: "keep",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(forensics)


def forensics(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="CSV, TSV, XLSX, ODS, XLS or Parquet.")] = None,
    column_map: Annotated[str | None, typer.Option("--map", help="A column map: its name, or a YAML file.")] = None,
    columns: Annotated[str | None, typer.Option("--columns", help="registered=A,voters=B+C,leader=D")] = None,
    leader: Annotated[
        str | None, typer.Option("--leader", help="The contender looked at; else who has most votes.")
    ] = None,
    sheet: Sheet = None,
    header: Annotated[int | None, typer.Option("--header", min=1, help="The row of the header.")] = None,
    faulty: Annotated[Faulty, typer.Option("--faulty", help="What becomes of rows at fault.")] = Faulty.refuse,
    totals: Annotated[Path | None, typer.Option("--totals", help="Published totals of areas, to be compared.")] = None,
    copies: Annotated[Path | None, typer.Option("--copies", help="Copies of protocols, to be compared.")] = None,
    digits: Annotated[bool, typer.Option("--digits", help="Digit tests as well; they are no evidence.")] = False,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same report.")] = 1,
    control: Annotated[bool, typer.Option("--control/--no-control", help="A clean election beside it.")] = True,
    calibrate: Annotated[int, typer.Option("--calibrate", min=0, help="Measure error rates anew on so many runs.")] = 0,
    problems: Annotated[
        Path | None, typer.Option("--problems", callback=placed, help="Write every problem to this file.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", callback=placed, help="Write the report to this file.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", callback=placed, help="Also a page with figures that prints: report.html."),
    ] = None,
    figures: Figures = None,
    form: Annotated[Report | None, typer.Option("--format", help="How the report is written.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    maps: Annotated[bool, typer.Option("--maps", help="List the packaged column maps.")] = False,
) -> None:
    """Test the results of polling stations: what a clean election shows, and what this one does.

    Example: sailau forensics stations.csv

    Example: sailau forensics stations.xlsx --columns station=No,registered=Electors,voters=Voted,leader=Smith

    Example: sailau forensics stations.parquet --map my-map.yaml --faulty keep --report report.html
    """
    from sailau.forensics.examine import examine
    from sailau.report.forensics import maps_table

    if maps:
        emit(maps_table(), "column-maps", form=Format.json if json else None)
        return
    if file is None:
        raise typer.BadParameter("name a file of polling stations, or say --maps", param_hint="FILE")
    if report is not None and report.suffix.lower() not in (".html", ".htm"):
        raise typer.BadParameter(f"{report} is no page: give a name that ends in .html", param_hint="--report")
    reading = _read(file, _map(column_map, columns), leader, sheet, header, faulty, problems)
    seen = examine(
        reading, seed=seed, totals=totals, copies=copies, digits=digits, control=control, runs=max(0, calibrate)
    )
    _write(seen, _form(form, out, as_json=json), out)
    if report is not None or figures is not None:
        _picture(seen, report, figures)


def _map(name: str | None, columns: str | None) -> ColumnMap | None:
    from sailau.forensics.maps import load_map, map_from_pairs

    if name and columns:
        raise typer.BadParameter("give --map or --columns, not both", param_hint="--map")
    if columns:
        return map_from_pairs(pairs(columns.split(","), "--columns"))
    return load_map(name) if name else None


def _read(
    file: Path,
    found: ColumnMap | None,
    leader: str | None,
    sheet: str | None,
    header: int | None,
    faulty: Faulty,
    report: Path | None,
) -> Reading:
    """Read the file; its problems go to a file of their own where one is named, and are counted on stderr."""
    from sailau.forensics.problems import TOLD, FaultyStations, tally
    from sailau.forensics.read import read_stations

    try:
        reading = read_stations(file, columns=found, leader=leader, sheet=sheet, faulty=CHOICE[faulty], header=header)
    except FaultyStations as error:
        _list(report, [str(problem) for problem in error.problems])
        raise
    _list(report, [str(problem) for problem in reading.problems])
    say(*(problem.what for problem in reading.problems if problem.code in TOLD))
    say(*tally([problem for problem in reading.problems if problem.code not in TOLD]))
    return reading


def _list(path: Path | None, lines: list[str]) -> None:
    from sailau.files.writing import write_whole

    if path is not None:
        write_whole(path, "".join(f"{line}\n" for line in lines))


def _form(form: Report | None, out: Path | None, *, as_json: bool) -> Report:
    import sys

    if as_json:
        return Report.json
    named = out.suffix.removeprefix(".").replace("htm", "html").replace("htmll", "html") if out else ""
    if form is None and named in list(Report):
        return Report(named)
    return form or (Report.text if out or sys.stdout.isatty() else Report.tsv)


def _write(seen: Examination, form: Report, out: Path | None) -> None:
    from sailau.cli.picturing import station_figures
    from sailau.files.writing import write_whole
    from sailau.report import forensics as words
    from sailau.report.table import to_json, to_separated

    table = words.examination_table(seen)
    if form is Report.text:
        text = words.to_text(seen)
    elif form is Report.md:
        text = words.to_markdown(seen)
    elif form is Report.html:
        text = words.to_html(seen, station_figures(seen.reading.stations))
    elif form is Report.json:
        text = to_json(table, "sailau/forensics/1") + "\n"
    else:
        text = to_separated(table, "\t" if form is Report.tsv else ",")
    if out is not None:
        write_whole(out, text)
    else:
        print(text, end="")
    if form in (Report.tsv, Report.csv):
        say(*table.notes)


def _picture(seen: Examination, report: Path | None, folder: Path | None) -> None:
    """Write the page with its figures, and the figures by themselves."""
    from sailau.cli.picturing import station_figures, write_figures
    from sailau.files.writing import write_whole
    from sailau.report.forensics import to_html

    made = station_figures(seen.reading.stations)
    if report is not None:
        write_whole(report, to_html(seen, made))
        say(f"wrote {report}")
    if folder is not None:
        write_figures(made, folder)
