"""Members by region, counted by somebody else: one row for each region instead of one for each member."""

from __future__ import annotations

from collections.abc import Sequence

from sailau.files.counts import Evidence, Fault, evidence_of, read_count
from sailau.files.labels import is_total
from sailau.files.tables import Row
from sailau.records.registers_reading import Reading, text_of
from sailau.records.registers_units import area_of
from sailau.records.registers_words import COUNT, REGION


def read_counts(reading: Reading, rows: Sequence[tuple[int, Row]]) -> dict[str, int]:
    """Return members by unit; a row of totals is compared with the rest, and left out."""
    told = evidence_of(reading.cell(row, COUNT) for _, row in rows)
    members: dict[str, int] = {}
    first: dict[str, int] = {}
    totals: list[tuple[int, int]] = []
    for line, row in rows:
        number = _number(reading, line, row, told)
        if number is None:
            continue
        if is_total(text_of(reading.cell(row, REGION))):
            totals.append((line, number))
            continue
        area = area_of(reading, line, row)
        if area is None:
            continue
        reading.rows += 1
        if area in first:
            what = f"{text_of(reading.cell(row, REGION))!r} stands in row {first[area]} already"
            reading.tell("E709", line, REGION, what, "add the rows up, or leave one out", lost=True)
            continue
        first[area], members[area] = line, number
    for line, number in totals:
        if number != sum(members.values()) and not any(problem.is_error for problem in reading.problems):
            what = f"the total says {number:,}; the regions add up to {sum(members.values()):,}"
            reading.tell("E710", line, COUNT, what, "mend the row that is wrong, or delete the total", lost=True)
    return members


def _number(reading: Reading, line: int, row: Row, told: Evidence) -> int | None:
    number = read_count(reading.cell(row, COUNT), told)
    if not isinstance(number, Fault):
        return number
    hint = "write the members of the region in digits, 0 where there is nobody"
    reading.tell("E708", line, COUNT, number.what, hint, lost=True)
    return None
