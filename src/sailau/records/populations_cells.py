"""People by region, group, age and sex from one table: every cell there, or refused by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sailau.files.counts import is_date
from sailau.files.labels import plain
from sailau.records.populations_rows import ALL, SEXES, year_of
from sailau.records.populations_table import Line, is_sum, lines_of, sex_of, spelled
from sailau.records.populations_words import AGES
from sailau.terms.errors import InvalidRecord, Place

if TYPE_CHECKING:
    from sailau.records.populations_regions import Region

TOP = 100
"""The open age: 100 and older."""

MOST = 10**11
"""People in a cell at the most."""


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
    """Read a table of people (year, region, group, age, sex, people), one block of cells a year.

    Raises
    ------
    InvalidRecord
        With line and cell: people below 0 or no count, a name that is not known, a region that does not exist in that
        year, a cell twice, ages that overlap or are missing, a missing cell.
    """
    found: dict[int, dict[tuple[str, str, str], list[_Cell]]] = {}
    known = {region.id: region for region in regions}
    places = spelled({region.id: (region.id, *region.names.values()) for region in regions})
    bands = spelled({group: (group,) for group in groups})
    for line in lines_of(path, ("year", "region", "group", "age", "sex", "people")):
        region, group = _name(line, "region", tuple(known), places), _name(line, "group", groups, bands)
        sex, year = _sex(line), _year(line)
        _check_year(known[region], year, line.place)
        first, last = _ages(line)
        who = f"{region}, {group}, age {line.text('age')}, {sex}, {year}"
        people = line.people(who)
        if people > MOST:
            raise InvalidRecord(f"people of {who}: {people:,} are more than have ever lived", place=line.place)
        cell = _Cell(line.place.line or 0, first, last, people)
        found.setdefault(year, {}).setdefault((region, group, sex), []).append(cell)
    if not found:
        raise InvalidRecord("holds no people", place=Place(str(path), 1))
    return tuple(_block(year, block, regions, tuple(groups), path) for year, block in sorted(found.items()))


def _name(line: Line, column: str, names: Sequence[str], spellings: Mapping[str, str]) -> str:
    text = line.text(column)
    if text in names or plain(text) in spellings:
        return text if text in names else spellings[plain(text)]
    hint = f"known: {', '.join(names)}"
    if is_sum(text):
        hint = f"sums stand in totals.csv, not among the cells; {hint}"
    raise InvalidRecord(f"{column} is {text!r}, which is no {column} here", place=line.place, hint=hint)


def _sex(line: Line) -> str:
    text = line.text("sex")
    sex = sex_of(text)
    if sex is None:
        hint = f"known: {', '.join(SEXES)}" + ("; leave sums of both out" if is_sum(text) else "")
        raise InvalidRecord(f"sex is {text!r}, which is no sex here", place=line.place, hint=hint)
    return sex


def _year(line: Line) -> int:
    return year_of(line.text("year"), "year", Path(line.place.path or ""), line.place.line or 0)


def _check_year(region: Region, year: int, place: Place) -> None:
    if not region.has_figures_for(year):
        raise InvalidRecord(
            f"the region {region.id} has no people in {year}: it exists {region.lifetime}",
            place=place,
            hint="use the borders of that year, or carry the figures over with the crosswalk",
        )


def _ages(line: Line) -> tuple[int, int]:
    text = line.text("age")
    if is_date(line.cells["age"]):
        hint = "a spreadsheet has made it of a span such as 10-14: format the column as text, and write the span again"
        raise InvalidRecord(f"age is the date {text!r}", place=line.place, hint=hint)
    match = AGES.fullmatch(text)
    first = int(match[1]) if match else -1
    last = TOP if match and match[3] else int(match[2]) if match and match[2] else first
    if not match or first > last or last > TOP:
        hint = f"write 17, 15-19 or 85+, up to {TOP}" + ("; sums stand in totals.csv" if is_sum(text) else "")
        raise InvalidRecord(f"age is {text!r}, which is no age and no span", place=line.place, hint=hint)
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
    expected, before = 0, 0
    for cell in cells:
        if cell.first < expected:
            what = f"age {cell.first} of {where} stands twice; first in line {before}"
            raise InvalidRecord(what, place=Place(str(path), cell.line))
        if cell.first > expected:
            raise _missing(expected, cell.first - 1, where, path, cell.line)
        expected, before = cell.last + 1, cell.line
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
    """Compare with a table of totals (year, region, group, people; `all` for a sum).

    Raises
    ------
    InvalidRecord
        The cells do not add up to a published total, or one stands twice; the message names it and the difference.
    """
    years = {block.year: block for block in blocks}
    seen: dict[tuple[int, str, str], int] = {}
    for line in lines_of(path, ("year", "region", "group", "people")):
        year = _year(line)
        block = years.get(year)
        if block is None:
            raise InvalidRecord(f"there are no cells of {year}", place=line.place)
        region, group = (_name_or_sum(line, column, names) for column, names in _axes(block))
        who = f"{group} in {region}, {year}"
        key = (year, region, group)
        if key in seen:
            raise InvalidRecord(f"the total of {who} stands twice; first in line {seen[key]}", place=line.place)
        seen[key] = line.place.line or 0
        told = line.people(who)
        summed = round(float(block.people[_at(region, block.regions)][:, _at(group, block.groups)].sum()))
        if summed != told:
            what = f"the groups of {region} in {year}" if group == ALL else f"the cells of {who}"
            difference = f"{summed - told:+,} people"
            raise InvalidRecord(f"{what} add up to {summed:,}, the total says {told:,}: {difference}", place=line.place)


def _axes(block: Cells) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "region", block.regions
    yield "group", block.groups


def _name_or_sum(line: Line, column: str, names: tuple[str, ...]) -> str:
    text = line.text(column)
    if text in names:
        return text
    if is_sum(text):
        return ALL
    hint = f"known: all, {', '.join(names)}"
    raise InvalidRecord(f"{column} is {text!r}, which is no {column} here", place=line.place, hint=hint)


def _at(name: str, names: tuple[str, ...]) -> slice:
    return slice(None) if name == ALL else slice(names.index(name), names.index(name) + 1)
