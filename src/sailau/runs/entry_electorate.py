"""The electorate of an entry: groups alone, a file of cells, or a population that ships."""

from __future__ import annotations

from math import isfinite, nan
from pathlib import Path

import numpy as np

from sailau.files.csvs import rows_of
from sailau.files.document import Document
from sailau.runs.entry_form import ElectorateForm
from sailau.terms.errors import InvalidRecord, Place, SailauError
from sailau.votes.choice import Cells


def cells_from(form: ElectorateForm, path: Path, document: Document, at: tuple[str | int, ...]) -> Cells:
    """Return the electorate that a form names: groups, a file of cells, or a population.

    Raises
    ------
    InvalidRecord
        None or several of them are given, or the file is at fault.
    """
    given = [name for name in ("groups", "cells", "population") if getattr(form, name) is not None]
    if len(given) != 1:
        what = f"an electorate has one of groups, cells, population; this one has {len(given)}"
        raise InvalidRecord(what, place=document.place(at))
    if form.year is not None and form.population is None:
        what = "a year is for a population, which can be projected; groups and cells stay as they are"
        raise InvalidRecord(what, place=document.keys.get((*at, "year")))
    try:
        if form.groups is not None:
            return Cells.of_groups({group: _people(group, n) for group, n in form.groups.items()})
        if form.cells is not None:
            return read_cells(path.parent / form.cells)
        return population_cells(form.population or "", form.census, form.year)
    except SailauError as fault:
        fault.place = fault.place or document.place((*at, given[0]))
        raise


def _people(group: str, number: int) -> float:
    if number < 0:
        raise InvalidRecord(f"{group} has {number:,} people; a number from 0 on is needed")
    return float(number)


def read_cells(path: Path) -> Cells:
    """Read an electorate: a CSV file with the columns region, group, age and people.

    Raises
    ------
    InvalidRecord
        A cell twice or missing, or a number that is none; the cell is named.
    """
    found: dict[tuple[str, str, str], float] = {}
    if not path.is_file():
        raise InvalidRecord("there is no such file", place=Place(str(path)))
    for line, row in rows_of(path, ("region", "group", "age", "people"), (), InvalidRecord):
        cell = (row["region"], row["group"], row["age"])
        if cell in found:
            raise InvalidRecord(f"the cell {', '.join(cell)} stands twice", place=Place(str(path), line))
        found[cell] = _number(row["people"], cell, Place(str(path), line))
    axes = [tuple(dict.fromkeys(cell[i] for cell in found)) for i in range(3)]
    weights = np.zeros(tuple(len(axis) for axis in axes))
    for r, region in enumerate(axes[0]):
        for g, group in enumerate(axes[1]):
            for a, age in enumerate(axes[2]):
                if (region, group, age) not in found:
                    raise InvalidRecord(f"the cell {region}, {group}, {age} is missing", place=Place(str(path)))
                weights[r, g, a] = found[region, group, age]
    return Cells(weights, *axes)


def _number(text: str, cell: tuple[str, str, str], place: Place) -> float:
    try:
        number = float(text)
    except ValueError:
        number = nan
    if not (isfinite(number) and number >= 0):
        raise InvalidRecord(f"people of {', '.join(cell)} is {text!r}; a number from 0 on", place=place)
    return number


def population_cells(name: str, census: str | None, year: int | None = None) -> Cells:
    """Return the citizens of voting age of a population that ships, by region, group and band of age."""
    from sailau.runs.people_electorate import electorate_of

    found = electorate_of(name, census, year=year)
    return Cells(found.voters, found.regions, found.groups, found.ages)


def names_of(form: ElectorateForm) -> dict[str, str]:
    """Return the names of the groups of a population, as spoken; none where the electorate is not one."""
    if form.population is None:
        return {}
    from sailau.records.populations import load_population

    record = load_population(form.population)
    return {group: record.said(group) for group in record.groups}
