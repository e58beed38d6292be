"""One row of a list of members: the name, the region, the date of birth, citizenship; and each person once."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from sailau.files.labels import plain
from sailau.files.tables import Row, Value
from sailau.parties.roll import age_on
from sailau.records.registers_reading import Person, Reading, text_of
from sailau.records.registers_units import area_of
from sailau.records.registers_words import BORN, CITIZEN, GIVEN, NAME, NO, NUMBER, SURNAME, YES
from sailau.records.results.names import is_mixed, key_of, looks_of
from sailau.terms.speech import joined, say

_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
OLDEST = 120
"""Years; nobody on a list of members is older."""


def read_row(reading: Reading, line: int, row: Row) -> None:
    """Count a row, tell what is wrong with it, and keep the person where nothing is."""
    reading.rows += 1
    if reading.table.ragged and len(row) != len(reading.table.rows[0]):
        what = say("the row has {n} cells, the heading {width}", n=len(row), width=len(reading.table.rows[0]))
        reading.tell("E706", line, None, what, say("is a comma inside a name? put the name in quotes"), lost=True)
        return
    name = _name(reading, row)
    if not name:
        reading.tell("E701", line, NAME, say("the name is missing"), say("write it, or delete the row"), lost=True)
        return
    area = area_of(reading, line, row)
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
        what = say("{mixed!r} mixes Latin and Cyrillic letters that look alike", mixed=mixed)
        reading.tell("W805", line, NAME, what, say("type the word again"))
    number = text_of(reading.cell(row, NUMBER)) if NUMBER in reading.columns else ""
    key = f"#{number}" if number else key_of(name)
    reading.people.append(Person(line, name, key, area, born))


def _name(reading: Reading, row: Row) -> str:
    if NAME in reading.columns:
        return text_of(reading.cell(row, NAME))
    parts = (text_of(reading.cell(row, SURNAME)), text_of(reading.cell(row, GIVEN)))
    return " ".join(part for part in parts if part)


def _born(reading: Reading, line: int, row: Row) -> tuple[date | None, bool]:
    """Return the date of birth, and whether the cell is sound."""
    if BORN not in reading.columns:
        return None, True
    value = reading.cell(row, BORN)
    if value == "":
        reading.tell(
            "W807", line, BORN, say("no date of birth; counted as of age"), say("the authority will look it up")
        )
        return None, True
    born = as_day(value)
    if born is None or not 0 <= age_on(born, reading.day) <= OLDEST:
        shown = text_of(value)
        why = (
            say("is no date")
            if born is None
            else say("lies in the future")
            if born > reading.day
            else say("is too long ago")
        )
        hint = say("write it as 1985-07-31 or 31.07.1985")
        reading.tell(
            "E705", line, BORN, say("the date of birth {shown!r} {why}", shown=shown, why=why), hint, lost=True
        )
        return None, False
    return born, True


def as_day(value: Value) -> date | None:
    """Return the day that a cell means: a date of a spreadsheet, 1985-07-31, or 31.07.1985; None where it is none."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else _spelled_day(text_of(value))


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


def _is_barred(reading: Reading, line: int, row: Row, name: str, born: date | None) -> bool:
    """Say whether a person may not be a member, and count why."""
    if CITIZEN in reading.columns:
        word = plain(text_of(reading.cell(row, CITIZEN)))
        if word in NO:
            reading.foreigners += 1
            reading.tell(
                "W804",
                line,
                CITIZEN,
                say("{name} is no citizen; not counted", name=name),
                say("take the row off the list"),
            )
            return True
        if word not in YES and word:
            shown = text_of(reading.cell(row, CITIZEN))
            hint = say("write yes or no (да, нет; иә, жоқ)")
            reading.tell(
                "E707",
                line,
                CITIZEN,
                say("{shown!r} does not say whether a person is a citizen", shown=shown),
                hint,
                lost=True,
            )
            return True
    if reading.least_age is not None and born is not None and age_on(born, reading.day) < reading.least_age:
        reading.minors += 1
        what = say(
            "{name} is {age} on {day}, under {least_age}; not counted",
            name=name,
            age=age_on(born, reading.day),
            day=reading.day,
            least_age=reading.least_age,
        )
        reading.tell(
            "W803", line, BORN, what, say("take the row off the list: a minor on it can cost the registration")
        )
        return True
    return False


def once(reading: Reading) -> tuple[int, list[Person]]:
    """Return how many rows repeat a person, and each person once."""
    both = len(reading.scripts) > 1 or "mixed" in reading.scripts  # else no name can pass for one in another script
    first: dict[tuple[str, date | None], Person] = {}
    alike: dict[tuple[str, date | None], Person] = {}
    repeated = 0
    for person in reading.people:
        numbered = person.key.startswith("#")
        who = (person.key, None if numbered else person.born)
        same = first.get(who)
        if same is not None:
            whose = say("the number {key} of {name}", key=person.key[1:], name=person.name) if numbered else person.name
            of = say(" for {name}", name=same.name) if numbered and same.name != person.name else ""
            what = say("{whose} stands in row {row!s} already{of}; counted once", whose=whose, row=same.row, of=of)
            where = "" if same.area == person.area else say("the first region counts")
            reading.tell("W801", person.row, NAME, what, where, lost=True)
            repeated += 1
            continue
        looks = looks_of(person.name) if both else ""
        twin = alike.get((looks, person.born)) if both and not numbered else None
        if twin is not None:
            what = say(
                "{name!r} and {other!r} (row {row!s}) differ only by letters that look alike",
                name=person.name,
                other=twin.name,
                row=twin.row,
            )
            reading.tell(
                "W802", person.row, NAME, joined([what, say("; counted once")], ""), say("use one spelling"), lost=True
            )
            repeated += 1
            continue
        first[who] = person
        alike.setdefault((looks, person.born), person)
    return repeated, list(first.values())
