"""Groups by region on a day: figures of that day held, older ones as a guess, the rest fitted to both margins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from sailau.people.cube import Floats, InvalidPopulation
from sailau.people.margins import fit_margins
from sailau.records.populations import PopulationRecord, crossings
from sailau.records.populations_rows import ALL, Composition

HELD, DATED, FITTED = "held", "dated", "fitted"
NEAR = 2.0
"""A figure is held where its age in years and its penalty for how it is known are together below this."""

PENALTY = {"read": 0.0, "secondary": 2.0, "derived": 4.0, "unverified": 6.0}
_OLD_BORDERS = 6.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figure that a cell goes by: its share of the region, how far it is to be trusted, and the row."""

    share: float
    distance: float
    row: Composition


@dataclass(frozen=True, slots=True)
class GroupMap:
    """People by region and group.

    Attributes
    ----------
    people : array of float
        people[region, group], adding up to both margins.
    marks : tuple of tuple of str
        ``held`` as counted, ``dated`` after an older or weaker figure, ``fitted`` by the margins alone.
    regions, groups : tuple of str
    evidence : mapping of (region, group) to Evidence
    """

    people: Floats
    marks: tuple[tuple[str, ...], ...]
    regions: tuple[str, ...]
    groups: tuple[str, ...]
    evidence: Mapping[tuple[str, str], Evidence]


def group_map(record: PopulationRecord, groups: Mapping[str, int], day: date) -> GroupMap:
    """Return people by region and group on a day.

    Parameters
    ----------
    record : PopulationRecord
    groups : mapping of group to people
        Of the whole country.
    day : date
        Figures near to it weigh most.

    Raises
    ------
    InvalidPopulation
        Held figures leave less than nobody for the other cells, or there is no series of regions.
    """
    totals = region_totals(record, day)
    names, regions = tuple(groups), tuple(totals)
    scale = sum(groups.values()) / sum(totals.values())
    rows, columns = np.array([totals[r] * scale for r in regions]), np.array([float(groups[g]) for g in names])
    found = evidence(record, regions, day)
    held = {key for key, item in found.items() if item.distance < NEAR and item.row.unit != "percent_at_least"}
    fixed, guess = np.zeros((len(regions), len(names))), np.zeros((len(regions), len(names)))
    for r, region in enumerate(regions):
        _fill_guess(guess[r], region, names, found, columns)
        for g, group in enumerate(names):
            if (region, group) in held:
                fixed[r, g], guess[r, g] = found[region, group].share * rows[r], 0.0
    left_rows, left_columns = rows - fixed.sum(axis=1), columns - fixed.sum(axis=0)
    if min(left_rows.min(), left_columns.min()) < 0:
        raise InvalidPopulation("the figures held leave less than nobody for the other groups or regions")
    people = fixed + fit_margins(guess * rows[:, None], [((0,), left_rows), ((1,), left_columns)])
    marks = tuple(
        tuple(HELD if (r, g) in held else DATED if (r, g) in found else FITTED for g in names) for r in regions
    )
    return GroupMap(people, marks, regions, names, found)


def region_totals(record: PopulationRecord, day: date) -> dict[str, int]:
    """Return people by region from the series, on the 1 January next to a day.

    Raises
    ------
    InvalidPopulation
        The population has no series of regions.
    """
    series = [row for row in record.rows.get("series", ()) if row.region != ALL]
    if not series:
        raise InvalidPopulation(f"{record.id} has no series of regions", hint="add series.csv: year, region, people")
    near = min({row.year for row in series}, key=lambda year: (abs((date(year, 1, 1) - day).days), -year))
    return {row.region: row.people for row in series if row.year == near}


def evidence(record: PopulationRecord, regions: tuple[str, ...], day: date) -> dict[tuple[str, str], Evidence]:
    """Return the best figure of each cell: least years away, plus a penalty for how it is known."""
    older = {part.to: old for old, parts in crossings(record).items() for part in parts}
    best: dict[tuple[str, str], Evidence] = {}
    for row in record.rows.get("composition", ()):
        places = [row.region] if row.region in regions else [r for r in regions if older.get(r) == row.region]
        share = row.value / 100 if row.unit == "percent" else (row.value / 100 + 1) / 2
        if row.unit == "people":
            share = row.value / _people_of(record, row.region, row.on)
        distance = abs((row.on - day).days) / 365.25 + PENALTY[row.confidence]
        distance += 0.0 if row.region in regions else _OLD_BORDERS
        for region in places:
            key = (region, row.group)
            if key not in best or distance < best[key].distance:
                best[key] = Evidence(share, distance, row)
    return best


def _people_of(record: PopulationRecord, region: str, on: date) -> int:
    rows = [row for row in record.rows["series"] if row.region == region]
    if not rows:
        raise InvalidPopulation(f"{region} has people of a group but stands in no year of the series")
    return int(min(rows, key=lambda row: abs((date(row.year, 1, 1) - on).days)).people)


def _fill_guess(
    guess: Floats, region: str, groups: tuple[str, ...], found: Mapping[tuple[str, str], Evidence], columns: Floats
) -> None:
    """Give each group its figure; those without share what is left as they do in the whole country."""
    known = [g for g, group in enumerate(groups) if (region, group) in found]
    for g in known:
        guess[g] = max(found[region, groups[g]].share, 1e-6)
    rest = [g for g in range(len(groups)) if g not in known]
    left = max(1 - guess[known].sum(), 0.01)
    guess[rest] = left * columns[rest] / columns[rest].sum() if rest else 0.0
