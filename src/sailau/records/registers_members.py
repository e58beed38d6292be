"""Reading a list of members: who counts, in which region, and what is wrong with the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sailau.files.labels import plain
from sailau.files.problems import CellPlace, Problem
from sailau.files.tables import Row, Table, read_tables
from sailau.parties.areas import Areas
from sailau.parties.roll import Roll
from sailau.records.registers_counts import read_counts
from sailau.records.registers_problems import FaultyMembers, refuse
from sailau.records.registers_reading import Reading, text_of
from sailau.records.registers_rows import once, read_row
from sailau.records.registers_units import tell_new_units, tell_no_such_units
from sailau.records.registers_words import BORN, CITIZEN, COUNT, GIVEN, HEADINGS, NAME, REGION, SURNAME
from sailau.terms.errors import Place
from sailau.terms.speech import coded, say


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
        citizenship and a personal number if there are such columns. Or one row for each region, with the number of
        its members.
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
    reading = Reading(table, on, least_age, areas, columns)
    if COUNT in columns:
        return _counted(reading, keep_good=keep_good)
    for line, row in _persons(table):
        read_row(reading, line, row)
    if not reading.rows:
        raise FaultyMembers(say("no member on the list"), place=Place(table.path), hint=say("one row for each member"))
    tell_no_such_units(reading)
    duplicates, kept = once(reading)
    tell_new_units(reading, {person.area for person in kept})
    problems = _settled(reading, keep_good=keep_good)
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
    return Members(roll, problems, _shown(reading))


def _counted(reading: Reading, *, keep_good: bool) -> Members:
    """Read a table of members by region."""
    members = read_counts(reading, list(_persons(reading.table)))
    if not reading.rows and not reading.problems:
        raise FaultyMembers(
            say("no region in the table"), place=Place(reading.table.path), hint=say("one row for each region")
        )
    tell_no_such_units(reading)
    tell_new_units(reading, {area for area, number in members.items() if number})
    what = say("the file counts members by region; who stands twice, is of age or a citizen cannot be looked at")
    reading.tell("W809", reading.table.numbers[0], COUNT, what, say("a list of the members tells more"))
    problems = _settled(reading, keep_good=keep_good)
    roll = Roll(members, reading.day, sum(members.values()), ages_known=False, citizens_known=False)
    return Members(roll, problems, _shown(reading))


def _settled(reading: Reading, *, keep_good: bool) -> tuple[Problem, ...]:
    """Return the problems in the order of the rows, or refuse the file for them."""
    _unused(reading)
    problems = tuple(sorted(reading.problems, key=lambda p: (p.place.line or 0, p.code)))
    if any(problem.is_error for problem in problems) and not keep_good:
        raise refuse(reading.table.path, problems)
    return problems


def _shown(reading: Reading) -> dict[str, str]:
    return {role: text_of(reading.table.rows[0][at]) for role, at in reading.columns.items()}


def _one_table(path: str | Path, sheet: str | None) -> Table:
    tables = [table for table in read_tables(path, FaultyMembers, sheet=sheet) if any(any(row) for row in table.rows)]
    if not tables:
        raise FaultyMembers(
            say("is empty"), place=Place(str(path)), hint=say("one row for each member, below a heading")
        )
    if len(tables) > 1:
        names = ", ".join(table.sheet or "" for table in tables)
        raise FaultyMembers(
            say("has {n} sheets: {names}", n=len(tables), names=names),
            place=Place(str(path)),
            hint=say("name one: --sheet NAME"),
        )
    return tables[0]


def _columns(table: Table, *, with_area: bool) -> dict[str, int]:
    """Return which column is what, from the first row."""
    found: dict[str, int] = {}
    heads = [plain(text_of(cell)) for cell in table.rows[0]]
    for at, head in enumerate(heads):
        for role, words in HEADINGS.items():
            if head in words and role not in found:
                found[role] = at
    if SURNAME in found and GIVEN not in found and NAME in found:
        found[GIVEN] = found.pop(NAME)
    named = NAME in found or SURNAME in found
    if named or REGION not in found:
        found.pop(COUNT, None)
    missing = [] if named or COUNT in found else ["name"]
    missing += ["region"] if with_area and REGION not in found else []
    if missing:
        have = ", ".join(text_of(cell) for cell in table.rows[0] if text_of(cell)) or "nothing"
        raise FaultyMembers(
            say(
                "the first row has no column for the {missing}; it has {have}",
                missing=say(" and the ").join(map(coded, missing)),
                have=have,
            ),
            place=Place(table.path, table.numbers[0] if table.numbers else 1),
            hint=say(
                "head the columns name, region, born (ФИО, область, дата рождения; аты-жөні, облыс, туған күні); or "
                "region, members for counts"
            ),
        )
    return found


def _persons(table: Table) -> Iterator[tuple[int, Row]]:
    for line, row in zip(table.numbers[1:], table.rows[1:], strict=True):
        if any(cell not in ("", None) for cell in row):
            yield line, row


def _unused(reading: Reading) -> None:
    used = set(reading.columns.values())
    for at, cell in enumerate(reading.table.rows[0]):
        if at not in used and text_of(cell):
            place = CellPlace(reading.table.path, reading.table.numbers[0], at + 1, reading.table.sheet)
            reading.problems.append(Problem("W806", place, say("the column {name!r} was left out", name=text_of(cell))))
