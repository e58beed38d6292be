"""sailau parties enter, reforms: would a list get in, and under which law."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Form, Json, Laws, folders
from sailau.cli.output import emit, say

if TYPE_CHECKING:
    from sailau.report.table import Table
    from sailau.runs.entry import Entry

Registers = Annotated[
    list[Path] | None, typer.Option("--registers", help="A folder of your own registers; may be repeated.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(enter)


class Part(StrEnum):
    """A part of the answer."""

    gates = "gates"
    arithmetic = "arithmetic"
    surface = "surface"
    debuts = "debuts"
    expectations = "expectations"
    inputs = "inputs"
    sensitivity = "sensitivity"
    multiverse = "multiverse"


Entrant = Annotated[Path, typer.Argument(metavar="SCENARIO.yaml", help="The list, its rivals, what is not known.")]


def enter(
    scenario: Entrant,
    part: Annotated[list[Part] | None, typer.Option("--part", help="Only this part; may be repeated.")] = None,
    points: Annotated[int, typer.Option("--points", help="Points of the ranges; a power of two.")] = 1024,
    own_laws: Laws = None,
    own: Registers = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Work out an entry: the gates, the arithmetic, the surface, comparable debuts, what the answer hangs on.

    The answer is conditional and has an interval. Sensitivity needs SALib (sailau[science]).

    Example: sailau parties enter examples/entry/kz-internationalist.yaml
    Example: sailau parties enter examples/entry/kz-russian-list.yaml --part gates --part arithmetic
    """
    from sailau.report.entry import answer, together
    from sailau.runs.entry import enter as work_out
    from sailau.runs.entry_scenario import read_entry

    if points < 2 or points & (points - 1):
        raise typer.BadParameter(f"{points} is no power of two", param_hint="--points")
    what = read_entry(scenario, laws=folders(own_laws), registers=folders(own))
    entry = work_out(what, points=points, registers=folders(own))
    tables = _parts(entry, part or list(Part), points, asked=bool(part))
    if len(tables) == 1:
        emit(next(iter(tables.values())), "entry", form=form, as_json=json)
    elif json or form is not None or not sys.stdout.isatty():
        emit(together(tables), "entry", form=form, as_json=json)
    else:
        for table in tables.values():
            emit(table, "entry")
    say(answer(entry))


def _parts(entry: Entry, wanted: list[Part], points: int, *, asked: bool) -> dict[str, Table]:
    from sailau.report import entry as report
    from sailau.runs.entry_sensitivity import multiverse, sobol
    from sailau.terms.errors import Invalid

    makers = {
        Part.gates: report.gates_table,
        Part.arithmetic: report.arithmetic_table,
        Part.surface: report.surface_table,
        Part.debuts: report.debuts_table,
        Part.expectations: report.expectations_table,
        Part.inputs: report.inputs_table,
    }
    name = entry.scenario.name
    out: dict[str, Table] = {}
    for part in wanted:
        if part in makers:
            out[part] = makers[part](entry)
        elif part is Part.multiverse:
            out[part] = report.multiverse_table(name, multiverse(entry.scenario))
        else:
            try:
                out[part] = report.sensitivity_table(name, sobol(entry.scenario, n=points))
            except Invalid as fault:
                if asked:
                    raise
                say(f"{fault.what}; {fault.hint}")
    return out
