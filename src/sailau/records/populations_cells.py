"""People by region, group, age and sex from one table: every cell there, or refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sailau.files.csvs import rows_of, whole
from sailau.records.populations_rows import SEXES, year_of
from sailau.terms.errors import InvalidRecord, Place

if TYPE_CHECKING:
    from sailau.records.populations_regions import Region

TOP = 100
"""The open age: 100 and older."""

MOST = 10**11
"""People in a cell at the most."""

_AGES = re.compile(r"(\d{1,3})(?:-(\d{1,3})|(\+))?")


@dataclass(frozen=True, slots=True)
class Cells:
    """People of one year.

    Attributes
    ----------
    year : int
    regions, groups : tuple of str
    people : array of float
        people[region, group, age, sex]; ages 0 … 100 and older, sexes female, male. Spans of ages are spread evenly;
        in the open last one people thin out, as the square of the years left to 101.
    spread : bool
        Whether spans of ages had to be spread.
    """

    year: int
    regions: tuple[str, ...]
    groups: tuple[str, ...]
    people: NDArray[np.float64]
    spread: bool


@dataclass(frozen=True, slots=True)
class _Cell:
    line: int
    first: int
    last: int
    people: int


def read_cells(path: Path, regions: Sequence[Region], groups: Sequence[str]) -> tuple[Cells, ...]:
    """Read ``people.csv`` (year, region, group, age, sex, people), one block of cells a year.

    Raises
    ------
    InvalidRecord
        With line and cell: people below 0 or no count, a name that is not known, a region that does not exist in that
        year, a cell twice, ages that overlap or are missing, a missing cell.
    """
    found: dict[int, dict[tuple[str, str, str], list[_Cell]]] = {}
    known = {region.id: region for region in regions}
    for line, row in rows_of(path, ("year", "region", "group", "age", "sex", "people"), (), InvalidRecord):
        place = Place(str(path), line)
        _check_names(row, known, groups, place)
        year = year_of(row["year"], "year", path, line)
        _check_year(known[row["region"]], year, place)
        first, last = _ages(row["age"], place)
        if not row["people"].isdigit():
            raise InvalidRecord(f"people of {_named(row)} is {row['people']!r}; a count from 0 on", place=place)
        people = whole(row["people"], "people", path, line, InvalidRecord)
        if people > MOST:
            raise InvalidRecord(f"people of {_named(row)}: {people:,} are more than have ever lived", place=place)
        block = found.setdefault(year, {})
        block.setdefault((row["region"], row["group"], row["sex"]), []).append(_Cell(line, first, last, people))
    if not found:
        raise InvalidRecord("holds no people", place=Place(str(path), 1))
    return tuple(_block(year, block, regions, tuple(groups), path) for year, block in sorted(found.items()))


def _named(row: Mapping[str, str]) -> str:
    return f"{row['region']}, {row['group']}, age {row['age']}, {row['sex']}, {row['year']}"


def _check_names(row: Mapping[str, str], regions: Mapping[str, Region], groups: Sequence[str], place: Place) -> None:
    for column, names in (("region", regions), ("group", groups), ("sex", SEXES)):
        if row[column] not in names:
            hint = f"known: {', '.join(names)}"
            raise InvalidRecord(f"{column} is {row[column]!r}, which is no {column} here", place=place, hint=hint)


def _check_year(region: Region, year: int, place: Place) -> None:
    if not region.has_figures_for(year):
        raise InvalidRecord(
            f"the region {region.id} has no people in {year}: it exists {region.lifetime}",
            place=place,
            hint="use the borders of that year, or carry the figures over with the crosswalk",
        )


def _ages(text: str, place: Place) -> tuple[int, int]:
    match = _AGES.fullmatch(text.strip())
    first = int(match[1]) if match else -1
    last = TOP if match and match[3] else int(match[2]) if match and match[2] else first
    if not match or first > last or last > TOP:
        hint = f"write 17, 15-19 or 85+, up to {TOP}"
        raise InvalidRecord(f"age is {text!r}, which is no age and no span", place=place, hint=hint)
    return first, last


def _block(
    year: int,
    block: Mapping[tuple[str, str, str], list[_Cell]],
    regions: Sequence[Region],
    groups: tuple[str, ...],
    path: Path,
) -> Cells:
    names = tuple(region.id for region in regions if any(key[0] == region.id for key in block))
    people = np.zeros((len(names), len(groups), TOP + 1, len(SEXES)))
    spread = False
    for r, region in enumerate(names):
        for g, group in enumerate(groups):
            for s, sex in enumerate(SEXES):
                where = f"{region}, {group}, {sex}, {year}"
                cells = sorted(block.get((region, group, sex), []), key=lambda cell: (cell.first, cell.last))
                _check_ages(cells, where, path)
                for cell in cells:
                    spread = spread or cell.last > cell.first
                    people[r, g, cell.first : cell.last + 1, s] = cell.people * _weights(cell.first, cell.last)
    if not people.any():
        raise InvalidRecord(f"nobody lives there in {year}: every cell is 0", place=Place(str(path)))
    return Cells(year, names, groups, people, spread)


def _weights(first: int, last: int) -> NDArray[np.float64]:
    """Return how a span is spread: evenly, the open one thinning out towards its end."""
    if last < TOP:
        return np.full(last - first + 1, 1 / (last - first + 1))
    left = np.arange(TOP + 1 - first, 0, -1, dtype=np.float64) ** 2
    return np.asarray(left / left.sum())


def _check_ages(cells: Sequence[_Cell], where: str, path: Path) -> None:
    if not cells:
        raise InvalidRecord(f"no people for {where}", place=Place(str(path)), hint="write 0 where there is nobody")
    expected = 0
    for cell in cells:
        if cell.first < expected:
            raise InvalidRecord(f"age {cell.first} of {where} stands twice", place=Place(str(path), cell.line))
        if cell.first > expected:
            raise _missing(expected, cell.first - 1, where, path, cell.line)
        expected = cell.last + 1
    if expected <= TOP:
        raise _missing(expected, TOP, where, path, cells[-1].line)


def _missing(first: int, last: int, where: str, path: Path, line: int) -> InvalidRecord:
    ages = f"age {first} is" if first == last else f"ages {first}-{last} are"
    return InvalidRecord(
        f"{ages} missing for {where}",
        place=Place(str(path), line),
        hint="write 0 where there is nobody; a last age with all who are older is written 85+",
    )


def check_totals(path: Path, blocks: Sequence[Cells]) -> None:
    """Compare with ``totals.csv`` (year, region, group, people; `all` for a sum).

    Raises
    ------
    InvalidRecord
        The cells do not add up to a published total; the message names the total and the difference.
    """
    years = {block.year: block for block in blocks}
    for line, row in rows_of(path, ("year", "region", "group", "people"), (), InvalidRecord):
        place = Place(str(path), line)
        block = years.get(whole(row["year"], "year", path, line, InvalidRecord))
        if block is None:
            raise InvalidRecord(f"there are no cells of {row['year']}", place=place)
        told = whole(row["people"], "people", path, line, InvalidRecord)
        r, g = (_pick(row[column], names, column, place) for column, names in _axes(block))
        summed = round(float(block.people[r][:, g].sum()))
        if summed != told:
            what = (
                f"the groups of {row['region']} in {row['year']}" if g == slice(None) else f"the cells of {_who(row)}"
            )
            raise InvalidRecord(
                f"{what} add up to {summed:,}, the total says {told:,}: {summed - told:+,} people", place=place
            )


def _who(row: Mapping[str, str]) -> str:
    return f"{row['group']} in {row['region']}, {row['year']}"


def _axes(block: Cells) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "region", block.regions
    yield "group", block.groups


def _pick(name: str, names: tuple[str, ...], column: str, place: Place) -> slice:
    if name == "all":
        return slice(None)
    if name not in names:
        hint = f"known: all, {', '.join(names)}"
        raise InvalidRecord(f"{column} is {name!r}, which is no {column} here", place=place, hint=hint)
    at = names.index(name)
    return slice(at, at + 1)
