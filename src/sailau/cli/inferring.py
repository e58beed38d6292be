"""sailau infer: how groups voted, from sums over units."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Figures, Form, Json, Sheet, placed
from sailau.cli.output import emit, say

if TYPE_CHECKING:
    from sailau.report.table import Table
    from sailau.votes.infer import Inference
    from sailau.votes.margins import Margins
    from sailau.votes.sampled import Sampled


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(infer)


def infer(
    file: Annotated[Path, typer.Argument(metavar="MARGINS", help="CSV, TSV, XLSX, ODS, XLS or Parquet.")],
    groups: Annotated[str | None, typer.Option("--groups", help="Columns that are groups: white,black")] = None,
    level: Annotated[int, typer.Option("--level", help="Intervals of 80, 90 or 95 percent.")] = 90,
    strata: Annotated[bool, typer.Option("--strata", help="Also by the column stratum, added up.")] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help="Estimate even where bounds say nothing.")] = False,
    leave_out: Annotated[bool, typer.Option("--leave-out", help="Leave out units at fault.")] = False,
    sheet: Sheet = None,
    nuts: Annotated[
        int,
        typer.Option(
            "--nuts", min=0, max=100_000, help="Also sample by NUTS, so many draws a chain; minutes, extra bayes."
        ),
    ] = 0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="For --nuts.")] = 1,
    by_unit: Annotated[
        Path | None, typer.Option("--by-unit", callback=placed, help="Also the estimates of every unit, as CSV or TSV.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", callback=placed, help="Also a page with figures that prints: report.html."),
    ] = None,
    figures: Figures = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Infer how groups voted: bounds first, then methods, their ensemble and calibrated intervals.

    A wide file has the columns unit, group:A, group:B, option:X, option:Y; a long one unit, margin, name, count.
    Ends with 1 where nothing can be estimated; the bounds are printed nevertheless.

    Example: sailau infer precincts.csv --groups white,black,native

    Example: sailau infer precincts.csv --groups white,black,native --by-unit units.csv --report report.html
    """
    from sailau.records.margins import read_margins
    from sailau.report.inference import inference_table
    from sailau.terms.errors import InvalidMargins
    from sailau.votes.infer import infer as answer

    for path, suffixes, option in ((by_unit, (".csv", ".tsv"), "--by-unit"), (report, (".html", ".htm"), "--report")):
        if path is not None and path.suffix.lower() not in suffixes:
            raise typer.BadParameter(f"{path}: give a name that ends in {' or '.join(suffixes)}", param_hint=option)
    reading = read_margins(file, groups=_names(groups), leave_out=leave_out, sheet=sheet)
    if strata and reading.strata is None:
        raise InvalidMargins(f"{file} has no column stratum")
    found = answer(reading.margins, level=level, anyway=anyway, strata=reading.strata if strata else None)
    notes = []
    if reading.left_out:
        say(*(str(problem) for problem in reading.problems[:20]))
        notes.append(f"left out: {len(reading.left_out):,} units at fault, {', '.join(reading.left_out[:5])}")
    table = inference_table(
        found, title=str(file.name), notes=notes, sampled=_sample(reading.margins, nuts, seed, level)
    )
    emit(table, "infer", form=form, as_json=json)
    _more(found, table, by_unit, report, figures)
    if found.refused:
        raise typer.Exit(1)


def _sample(margins: Margins, draws: int, seed: int, level: int) -> Sampled | None:
    if not draws:
        return None
    from sailau.votes.sampled import sample

    say("sampling by NUTS takes minutes for hundreds of units")
    return sample(margins, draws=draws, seed=seed, level=level)


def _more(found: Inference, table: Table, by_unit: Path | None, report: Path | None, figures: Path | None) -> None:
    from sailau.cli.picturing import inference_figures, write_figures
    from sailau.files.writing import write_whole
    from sailau.report.inference import unit_table
    from sailau.report.page import table_page
    from sailau.report.table import to_separated

    if by_unit is not None:
        units = unit_table(found)
        write_whole(by_unit, to_separated(units, "\t" if by_unit.suffix.lower() == ".tsv" else ","))
        say(f"wrote {by_unit}", *units.notes)
    if report is None and figures is None:
        return
    made = inference_figures(found)
    if report is not None:
        write_whole(report, table_page(table, made))
        say(f"wrote {report}")
    if figures is not None:
        write_figures(made, figures)


def _names(text: str | None) -> list[str]:
    return [name.strip() for name in (text or "").split(",") if name.strip()]
