"""sailau infer: how groups voted, from sums over units."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sailau.cli.options import Form, Json
from sailau.cli.output import emit, say


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
    sheet: Annotated[str | None, typer.Option("--sheet", help="The sheet of a workbook.")] = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Infer how groups voted: bounds first, then methods, their ensemble and calibrated intervals.

    A wide file has the columns unit, group:A, group:B, option:X, option:Y; a long one unit, margin, name, count.
    Ends with 1 where nothing can be estimated; the bounds are printed nevertheless.

    Example: sailau infer precincts.csv --groups white,black,native
    """
    from sailau.records.margins import read_margins
    from sailau.report.inference import inference_table
    from sailau.terms.errors import InvalidMargins
    from sailau.votes.infer import infer as answer

    reading = read_margins(file, groups=_names(groups), leave_out=leave_out, sheet=sheet)
    if strata and reading.strata is None:
        raise InvalidMargins(f"{file} has no column stratum")
    found = answer(reading.margins, level=level, anyway=anyway, strata=reading.strata if strata else None)
    notes = []
    if reading.left_out:
        say(*(str(problem) for problem in reading.problems[:20]))
        notes.append(f"left out: {len(reading.left_out):,} units at fault, {', '.join(reading.left_out[:5])}")
    emit(inference_table(found, title=str(file.name), notes=notes), "infer", form=form, as_json=json)
    if found.refused:
        raise typer.Exit(1)


def _names(text: str | None) -> list[str]:
    return [name.strip() for name in (text or "").split(",") if name.strip()]
