"""Options of the commands on people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sailau.terms.errors import Invalid

if TYPE_CHECKING:
    from sailau.records.populations import PopulationRecord
    from sailau.records.populations_censuses import Census

Name = Annotated[str | None, typer.Argument(metavar="[POPULATION]", help="An id such as kz, or a folder of your own.")]
CensusOption = Annotated[str | None, typer.Option("--census", help="Which census; the last one by default.")]
By = Annotated[str, typer.Option("--by", help="Axes joined by commas: region,group,age.")]


def record_of(name: str | None) -> PopulationRecord:
    """Return a population by id or folder; without a name, the one that ships."""
    from sailau.files.places import only
    from sailau.records.populations import load_population

    return load_population(name or only("populations"))


def last_census(record: PopulationRecord) -> Census:
    """Return the last census of a record, which must have one."""
    from sailau.records.populations_rows import lacking

    if not record.censuses:
        cells = "" if record.cells else "; or people.csv, for one count by age: docs/reference/people.md shows both"
        raise Invalid(f"{record.id} has no census", hint=lacking("censuses") + cells)
    return record.censuses[-1]


def axes_of(text: str, known: tuple[str, ...]) -> list[str]:
    """Return axes from text, in the order of the cube."""
    given = [part.strip() for part in text.split(",") if part.strip()]
    for part in given:
        if part not in known:
            raise typer.BadParameter(f"{part!r} is no axis; it can be {', '.join(known)}", param_hint="--by")
    return [axis for axis in known if axis in given]


def starts_of(text: str) -> list[int]:
    """Return ages at which bands begin."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdigit() for part in parts):
        raise typer.BadParameter(f"{text!r}: write ages joined by commas, such as 18,30,45,60", param_hint="--bands")
    return [int(part) for part in parts]
