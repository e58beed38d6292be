"""sailau parties enter, reforms: would a list get in, and under which law."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sailau.cli.options import Form, Json, Laws, folders
from sailau.cli.output import Format, emit, say

if TYPE_CHECKING:
    from sailau.report.table import Table
    from sailau.runs.entry import Entry

Registers = Annotated[
    list[Path] | None, typer.Option("--registers", help="A folder of your own registers; may be repeated.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(enter)
    app.command()(reforms)
    app.command()(plot)


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
    from sailau.files.places import example
    from sailau.report.entry import answer, together
    from sailau.runs.entry import enter as work_out
    from sailau.runs.entry_scenario import read_entry

    _check_points(points)
    what = read_entry(example(scenario), laws=folders(own_laws), registers=folders(own))
    entry = work_out(what, points=points, registers=folders(own))
    tables = _parts(entry, part or list(Part), points, asked=bool(part))
    if len(tables) == 1:
        emit(next(iter(tables.values())), "entry", form=form, as_json=json)
    elif form in (Format.table, Format.md) or (form is None and not json and sys.stdout.isatty()):
        for table in tables.values():
            emit(table, "entry", form=form)
    else:
        emit(together(tables), "entry", form=form, as_json=json)
    say(answer(entry))


def _parts(entry: Entry, wanted: list[Part], points: int, *, asked: bool) -> dict[str, Table]:
    from sailau.report import entry as report
    from sailau.runs.entry_sensitivity import multiverse, sobol
    from sailau.terms.errors import Invalid, MissingExtra

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
            except (Invalid, MissingExtra) as fault:
                if asked:
                    raise
                say(f"{fault.what}; {fault.hint}")
    return out


class Picture(StrEnum):
    """What to draw."""

    gates = "gates"
    surface = "surface"
    reforms = "reforms"


def reforms(
    scenario: Entrant,
    registration: Annotated[
        bool, typer.Option("--registration", help="What laws on parties ask of its supporters instead.")
    ] = False,
    points: Annotated[int, typer.Option("--points", help="Points of the ranges; a power of two.")] = 1024,
    draws: Annotated[int, typer.Option("--draws", min=1, help="Points that each law counts, at even steps.")] = 201,
    own_laws: Laws = None,
    own: Registers = None,
    form: Form = None,
    json: Json = False,
) -> None:
    """Put the same list under every edition of the laws, and under the reforms that the scenario names.

    Example: sailau parties reforms examples/entry/kz-internationalist.yaml
    Example: sailau parties reforms examples/entry/kz-russian-list.yaml --registration
    """
    from sailau.files.places import example
    from sailau.records.registers import load_areas, load_party_editions
    from sailau.report.reforms import reforms_table, registration_table
    from sailau.runs.entry_scenario import read_entry
    from sailau.runs.reforms import under_all
    from sailau.runs.reforms_registration import asked
    from sailau.terms.errors import Invalid

    _check_points(points)
    places = folders(own)
    what = read_entry(example(scenario), laws=folders(own_laws), registers=places)
    if not registration:
        rows = under_all(what, points=points, standings=draws)
        emit(reforms_table(what, rows), "reforms", form=form, as_json=json)
        return
    if what.party_law is None:
        raise Invalid(f"{scenario} names no law on parties", hint="write parties: kz/parties into it")
    law = what.party_law
    areas = load_areas(law.areas, folders=places) if law.areas else None
    bars = asked(what, load_party_editions(law.id, folders=places), areas)
    emit(registration_table(what, bars), "registration", form=form, as_json=json)


def plot(
    picture: Annotated[Picture, typer.Argument(help="What to draw.")],
    scenario: Entrant,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="An SVG, PNG or PDF file; SVG on stdout without it.")
    ] = None,
    points: Annotated[int, typer.Option("--points", help="Points of the ranges; a power of two.")] = 1024,
    own_laws: Laws = None,
    own: Registers = None,
) -> None:
    """Draw the gates, the surface on which the share is the bar, or the list under other laws.

    Example: sailau parties plot gates examples/entry/kz-internationalist.yaml -o gates.svg
    """
    from sailau.cli.party_pictures import gates_picture, reforms_picture, surface_picture
    from sailau.files.places import example
    from sailau.plots.save import save, suffix_of
    from sailau.runs.entry import enter as work_out
    from sailau.runs.entry_scenario import read_entry
    from sailau.runs.reforms import under_all

    _check_points(points)
    if out is not None:
        suffix_of(out)
    what = read_entry(example(scenario), laws=folders(own_laws), registers=folders(own))
    if picture is Picture.reforms:
        drawn = reforms_picture(what, under_all(what, points=points))
    else:
        entry = work_out(what, points=points, registers=folders(own))
        drawn = gates_picture(entry) if picture is Picture.gates else surface_picture(entry)
    if out is None:
        print(drawn, end="")
        return
    save(drawn, out)
    say(f"wrote {out}")


def _check_points(points: int) -> None:
    if points < 2 or points & (points - 1):
        raise typer.BadParameter(f"{points} is no power of two", param_hint="--points")
