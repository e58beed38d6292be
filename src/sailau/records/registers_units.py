"""Regions of a list of members: which unit a text means on a day, and what is told of those that are none."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sailau.files.area_names import find_unit
from sailau.files.problems import CellPlace, Problem
from sailau.files.tables import Row
from sailau.parties.areas import Area, Areas
from sailau.records.registers_reading import Reading, text_of
from sailau.records.registers_words import REGION
from sailau.records.results.names import looks_of
from sailau.terms.speech import joined, say


def area_of(reading: Reading, line: int, row: Row) -> str | None:
    """Return the unit of a row; None where the row is lost."""
    if reading.areas is None:
        return text_of(reading.cell(row, REGION)) or say("the country")
    cell = reading.cell(row, REGION)
    if cell not in reading.named:
        written = text_of(cell)
        if not written:
            reading.tell(
                "E702", line, REGION, say("the region is missing"), say("write it; a member counts in one"), lost=True
            )
            return None
        reading.named[cell] = unit_of(reading.areas, written, reading.day)
    unit = reading.named[cell][0]
    if unit is None:
        reading.nowhere.setdefault(cell, []).append(line)
    return unit


def tell_no_such_units(reading: Reading) -> None:
    """Tell each region that is none once, with all its rows."""
    at = reading.columns[REGION] + 1 if REGION in reading.columns else None
    for cell, lines in reading.nowhere.items():
        _, what, hint = reading.named[cell]
        known = reading.areas and find_area(reading.areas, text_of(cell), reading.day)
        code = "E704" if known else "E703"
        many = say(" ({n:,} rows)", n=len(lines)) if len(lines) > 1 else ""
        place = CellPlace(reading.table.path, lines[0], at, reading.table.sheet)
        reading.problems.append(Problem(code, place, joined([what, many], ""), hint, tuple(lines)))


def unit_of(areas: Areas, written: str, day: date) -> tuple[str | None, str, str]:
    """Return the unit that a text means on a day, or what is wrong with it."""
    unit = find_area(areas, written, day)
    if unit is None:
        from difflib import get_close_matches

        names = {looks_of(name): area.name for area in areas.on(day) for name in (*area.names, area.id)}
        near = get_close_matches(looks_of(written), list(names), n=1, cutoff=0.7)
        hint = (
            say("did you mean {near}?", near=names[near[0]])
            if near
            else say("{n} are known on {day}", n=len(areas.on(day)), day=day)
        )
        return None, say("{written!r} is no region known here", written=written), hint
    if not unit.existed_on(day):
        why = areas.why_not(unit, day)
        return None, say("{written!r} is a region that did not exist on {day}", written=written, day=day), why
    return unit.id, "", ""


def find_area(areas: Areas, written: str, day: date) -> Area | None:
    """Return the unit that goes by a name or code, one of the day before others; None where there is none.

    Letters that look alike are one; then any word for region or city will do, or none.
    """
    looks = looks_of(written)
    for units in (areas.on(day), tuple(areas.units.values())):
        spellings = {unit.id: (*unit.names, unit.id, unit.id.replace("_", " ")) for unit in units}
        alike = [name for name, words in spellings.items() if looks in {looks_of(word) for word in words}]
        found = alike[0] if alike else find_unit(written, spellings)
        if found is not None:
            return areas.units[found]
    return None


def tell_new_units(reading: Reading, there: Collection[str]) -> None:
    """Warn where a unit has nobody, and the one out of which it was made has members."""
    if reading.areas is None:
        return
    for unit in reading.areas.on(reading.day):
        if unit.of is not None and unit.of in there and unit.id not in there:
            parent = reading.areas.units[unit.of]
            what = say(
                "nobody in {part}, which was part of {whole} until {day}",
                part=unit.name,
                whole=parent.name,
                day=unit.since,
            )
            reading.tell("W808", 1, REGION, what, say("does the list follow the regions of before?"))
