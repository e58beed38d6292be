"""Reading a list of members: who counts, in which region, and what is wrong with the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sailau.files.labels import plain
from sailau.files.problems import CellPlace, Problem
from sailau.files.tables import Row, Table, Value, read_tables
from sailau.parties.areas import Area, Areas
from sailau.parties.roll import Roll, age_on
from sailau.records.registers_problems import FaultyMembers, refuse
from sailau.records.registers_words import (
    BORN,
    CITIZEN,
    GIVEN,
    HEADINGS,
    NAME,
    NO,
    NUMBER,
    REGION,
    SURNAME,
    YES,
)
from sailau.records.results.names import clean, is_mixed, key_of, looks_of
from sailau.terms.errors import Place

_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
OLDEST = 120
"""Years; nobody on a list of members is older."""


@dataclass(frozen=True)
class Members:
    """A list of members that was read.

    Attributes
    ----------
    roll : Roll
    problems : tuple of Problem
        In the order of the rows.
    columns : mapping of str to str
        What each column was taken for.
    """

    roll: Roll
    problems: tuple[Problem, ...]
    columns: Mapping[str, str]


class _Person(NamedTuple):
    row: int
    name: str
    key: str
    area: str
    born: date | None


@dataclass
class _Reading:
    """What a list becomes while it is read, row by row."""

    table: Table
    day: date
    least_age: int | None
    areas: Areas | None
    columns: dict[str, int]
    problems: list[Problem] = field(default_factory=list)
    people: list[_Person] = field(default_factory=list)
    rows: int = 0
    minors: int = 0
    foreigners: int = 0
    named: dict[Value, tuple[str | None, str, str]] = field(default_factory=dict)
    nowhere: dict[Value, list[int]] = field(default_factory=dict)
    scripts: set[str] = field(default_factory=set)

    def tell(self, code: str, line: int, column: str | None, what: str, hint: str = "", *, lost: bool = False) -> None:
        at = self.columns.get(column or "")
        place = CellPlace(self.table.path, line, None if at is None else at + 1, self.table.sheet)
        self.problems.append(Problem(code, place, what, hint, (line,) if lost else ()))

    def cell(self, row: Row, column: str) -> Value:
        at = self.columns.get(column)
        return row[at] if at is not None and at < len(row) else ""


def read_members(
    path: str | Path,
    *,
    on: date,
    areas: Areas | None = None,
    least_age: int | None = None,
    sheet: str | None = None,
    keep_good: bool = False,
) -> Members:
    """Read a list of members and count who counts.

    Parameters
    ----------
    path : str or Path
        CSV, TSV, XLSX or ODS with a column for the name and, where `areas` are given, one for the region; birth,
        citizenship and a personal number if there are such columns.
    on : date
        The day for ages, and for the regions there were.
    areas : Areas, optional
        The units of the country by date.
    least_age : int, optional
        Age from which a member counts.
    keep_good : bool
        Leave out the rows at fault instead of refusing the list.

    Raises
    ------
    FaultyMembers
        The file holds no list, or rows of it cannot be read, or it speaks of regions of another year.
    """
    table = _one_table(path, sheet)
    columns = _columns(table, with_area=areas is not None)
    reading = _Reading(table, on, least_age, areas, columns)
    for line, row in _persons(table):
        _read_row(reading, line, row)
    if not reading.rows:
        raise FaultyMembers("no member on the list", place=Place(table.path), hint="one row for each member")
    _no_such_units(reading)
    duplicates, kept = _once(reading)
    _new_units(reading, kept)
    _unused(reading)
    problems = tuple(sorted(reading.problems, key=lambda p: (p.place.line or 0, p.code)))
    if any(problem.is_error for problem in problems) and not keep_good:
        raise refuse(table.path, problems)
    counted = Counter(person.area for person in kept)
    units = areas.units if areas else {}
    roll = Roll(
        {name: counted[name] for name in units if counted[name]} | {n: c for n, c in counted.items() if n not in units},
        on,
        reading.rows,
        duplicates,
        reading.minors,
        reading.foreigners,
        BORN in columns,
        CITIZEN in columns,
    )
    shown = {role: _text(table.rows[0][at]) for role, at in columns.items()}
    return Members(roll, problems, shown)


def _one_table(path: str | Path, sheet: str | None) -> Table:
    tables = [table for table in read_tables(path, FaultyMembers, sheet=sheet) if any(any(row) for row in table.rows)]
    if not tables:
        raise FaultyMembers("is empty", place=Place(str(path)), hint="one row for each member, below a heading")
    if len(tables) > 1:
        names = ", ".join(table.sheet or "" for table in tables)
        raise FaultyMembers(f"has {len(tables)} sheets: {names}", place=Place(str(path)), hint="name one: --sheet NAME")
    return tables[0]


def _columns(table: Table, *, with_area: bool) -> dict[str, int]:
    """Return which column is what, from the first row."""
    found: dict[str, int] = {}
    heads = [plain(_text(cell)) for cell in table.rows[0]]
    for at, head in enumerate(heads):
        for role, words in HEADINGS.items():
            if head in words and role not in found:
                found[role] = at
    if SURNAME in found and GIVEN not in found and NAME in found:
        found[GIVEN] = found.pop(NAME)
    missing = [] if NAME in found or SURNAME in found else ["name"]
    missing += ["region"] if with_area and REGION not in found else []
    if missing:
        have = ", ".join(_text(cell) for cell in table.rows[0] if _text(cell)) or "nothing"
        raise FaultyMembers(
            f"the first row has no column for the {' and the '.join(missing)}; it has {have}",
            place=Place(table.path, table.numbers[0] if table.numbers else 1),
            hint="head the columns name, region, born (ФИО, область, дата рождения; аты-жөні, облыс, туған күні)",
        )
    return found


def _persons(table: Table) -> Iterator[tuple[int, Row]]:
    for line, row in zip(table.numbers[1:], table.rows[1:], strict=True):
        if any(cell not in ("", None) for cell in row):
            yield line, row


def _text(value: Value | None) -> str:
    return clean(value) if value is not None else ""


def _read_row(reading: _Reading, line: int, row: Row) -> None:
    reading.rows += 1
    if reading.table.ragged and len(row) != len(reading.table.rows[0]):
        what = f"the row has {len(row)} cells, the heading {len(reading.table.rows[0])}"
        reading.tell("E706", line, None, what, "is a comma inside a name? put the name in quotes", lost=True)
        return
    name = _name(reading, row)
    if not name:
        reading.tell("E701", line, NAME, "the name is missing", "write it, or delete the row", lost=True)
        return
    area = _area(reading, line, row)
    if area is None:
        return
    born, is_sound = _born(reading, line, row)
    if not is_sound:
        return
    if _is_barred(reading, line, row, name, born):
        return
    mixed = "" if name.isascii() else is_mixed(name)
    reading.scripts.add("latin" if name.isascii() else "mixed" if _LATIN.search(name) else "other")
    if mixed:
        what = f"{mixed!r} mixes Latin and Cyrillic letters that look alike"
        reading.tell("W805", line, NAME, what, "type the word again")
    number = _text(reading.cell(row, NUMBER)) if NUMBER in reading.columns else ""
    key = f"#{number}" if number else key_of(name)
    reading.people.append(_Person(line, name, key, area, born))


def _name(reading: _Reading, row: Row) -> str:
    if NAME in reading.columns:
        return _text(reading.cell(row, NAME))
    parts = (_text(reading.cell(row, SURNAME)), _text(reading.cell(row, GIVEN)))
    return " ".join(part for part in parts if part)


def _area(reading: _Reading, line: int, row: Row) -> str | None:
    """Return the unit of a row; None where the row is lost."""
    if reading.areas is None:
        return _text(reading.cell(row, REGION)) or "the country"
    cell = reading.cell(row, REGION)
    if cell not in reading.named:
        written = _text(cell)
        if not written:
            reading.tell("E702", line, REGION, "the region is missing", "write it; a member counts in one", lost=True)
            return None
        reading.named[cell] = _unit(reading.areas, written, reading.day)
    unit = reading.named[cell][0]
    if unit is None:
        reading.nowhere.setdefault(cell, []).append(line)
    return unit


def _no_such_units(reading: _Reading) -> None:
    """Tell each region that is none once, with all its rows."""
    at = reading.columns[REGION] + 1 if REGION in reading.columns else None
    for cell, lines in reading.nowhere.items():
        _, what, hint = reading.named[cell]
        code = "E704" if "did not exist" in what else "E703"
        many = f" ({len(lines):,} rows)" if len(lines) > 1 else ""
        place = CellPlace(reading.table.path, lines[0], at, reading.table.sheet)
        reading.problems.append(Problem(code, place, what + many, hint, tuple(lines)))


def _unit(areas: Areas, written: str, day: date) -> tuple[str | None, str, str]:
    """Return the unit that a text means on a day, or what is wrong with it."""
    unit = find_area(areas, written)
    if unit is None:
        from difflib import get_close_matches

        names = {looks_of(name): area.name for area in areas.on(day) for name in (*area.names, area.id)}
        near = get_close_matches(looks_of(written), list(names), n=1, cutoff=0.7)
        hint = f"did you mean {names[near[0]]}?" if near else f"{len(areas.on(day))} are known on {day}"
        return None, f"{written!r} is no region known here", hint
    if not unit.existed_on(day):
        why = areas.why_not(unit, day)
        return None, f"{written!r} is a region that did not exist on {day}", why
    return unit.id, "", ""


def find_area(areas: Areas, written: str) -> Area | None:
    """Return the unit that goes by a name, whenever it existed; None where there is none."""
    looks = looks_of(written)
    for unit in areas.units.values():
        if looks in {looks_of(name) for name in (*unit.names, unit.id, unit.id.replace("_", " "))}:
            return unit
    return None


def _born(reading: _Reading, line: int, row: Row) -> tuple[date | None, bool]:
    """Return the date of birth, and whether the cell is sound."""
    if BORN not in reading.columns:
        return None, True
    value = reading.cell(row, BORN)
    if value == "":
        reading.tell("W807", line, BORN, "no date of birth; counted as of age", "the authority will look it up")
        return None, True
    born = as_day(value)
    if born is None or not 0 <= age_on(born, reading.day) <= OLDEST:
        shown = _text(value)
        why = "is no date" if born is None else "lies in the future" if born > reading.day else "is too long ago"
        hint = "write it as 1985-07-31 or 31.07.1985"
        reading.tell("E705", line, BORN, f"the date of birth {shown!r} {why}", hint, lost=True)
        return None, False
    return born, True


def as_day(value: Value) -> date | None:
    """Return the day that a cell means: a date of a spreadsheet, 1985-07-31, or 31.07.1985; None where it is none."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else _spelled_day(_text(value))


@lru_cache(maxsize=65_536)
def _spelled_day(text: str) -> date | None:
    for mark, order in (("-", (0, 1, 2)), (".", (2, 1, 0))):
        parts = text.split(mark)
        if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts) and len(parts[order[0]]) == 4:
            try:
                return date(*(int(parts[i]) for i in order))
            except ValueError:
                return None
    return None


def _is_barred(reading: _Reading, line: int, row: Row, name: str, born: date | None) -> bool:
    """Say whether a person may not be a member, and count why."""
    if CITIZEN in reading.columns:
        word = plain(_text(reading.cell(row, CITIZEN)))
        if word in NO:
            reading.foreigners += 1
            reading.tell("W804", line, CITIZEN, f"{name} is no citizen; not counted", "take the row off the list")
            return True
        if word not in YES and word:
            shown = _text(reading.cell(row, CITIZEN))
            hint = "write yes or no (да, нет; иә, жоқ)"
            reading.tell(
                "E707", line, CITIZEN, f"{shown!r} does not say whether a person is a citizen", hint, lost=True
            )
            return True
    if reading.least_age is not None and born is not None and age_on(born, reading.day) < reading.least_age:
        reading.minors += 1
        what = f"{name} is {age_on(born, reading.day)} on {reading.day}, under {reading.least_age}; not counted"
        reading.tell("W803", line, BORN, what, "take the row off the list: a minor on it can cost the registration")
        return True
    return False


def _once(reading: _Reading) -> tuple[int, list[_Person]]:
    """Return how many rows repeat a person, and each person once."""
    both = len(reading.scripts) > 1 or "mixed" in reading.scripts  # else no name can pass for one in another script
    first: dict[tuple[str, date | None], _Person] = {}
    alike: dict[tuple[str, date | None], _Person] = {}
    repeated = 0
    for person in reading.people:
        same = first.get((person.key, person.born))
        if same is not None:
            what = f"{person.name} stands in row {same.row} already; counted once"
            where = "" if same.area == person.area else "the first region counts"
            reading.tell("W801", person.row, NAME, what, where, lost=True)
            repeated += 1
            continue
        looks = looks_of(person.name) if both else ""
        twin = alike.get((looks, person.born)) if both and not person.key.startswith("#") else None
        if twin is not None:
            what = f"{person.name!r} and {twin.name!r} (row {twin.row}) differ only by letters that look alike"
            reading.tell("W802", person.row, NAME, f"{what}; counted once", "use one spelling", lost=True)
            repeated += 1
            continue
        first[person.key, person.born] = person
        alike.setdefault((looks, person.born), person)
    return repeated, list(first.values())


def _new_units(reading: _Reading, kept: Sequence[_Person]) -> None:
    """Warn where a unit has nobody, and the one out of which it was made has members."""
    if reading.areas is None:
        return
    there = {person.area for person in kept}
    for unit in reading.areas.on(reading.day):
        if unit.of in there and unit.id not in there:
            parent = reading.areas.units[unit.of]
            what = f"nobody in {unit.name}, which was part of {parent.name} until {unit.since}"
            reading.tell("W808", 1, REGION, what, "does the list follow the regions of before?")


def _unused(reading: _Reading) -> None:
    used = set(reading.columns.values())
    for at, cell in enumerate(reading.table.rows[0]):
        if at not in used and _text(cell):
            place = CellPlace(reading.table.path, reading.table.numbers[0], at + 1, reading.table.sheet)
            reading.problems.append(Problem("W806", place, f"the column {_text(cell)!r} was left out"))
