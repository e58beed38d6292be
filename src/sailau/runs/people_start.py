"""Where a projection starts: people by region, group, age and sex on the day of a census, counted where they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from sailau.people.cube import SEXES, Cube, Floats
from sailau.people.margins import fit_margins
from sailau.people.schedules import AGES
from sailau.records.populations import PopulationRecord, crossings
from sailau.records.populations_rows import ALL
from sailau.runs.people_map import FITTED, HELD, GroupMap, group_map
from sailau.runs.people_tables import national_ages
from sailau.terms.speech import say

GENERATION = 28.0
"""Years between mothers and children, for the growth that a group's fertility implies in the long run."""

FITTED_AGES = (
    "ages of a group are not counted: they follow from its fertility in the long run, and add up to the ages of the "
    "country and to the people of the group"
)


@dataclass(frozen=True, slots=True)
class Start:
    """People on a day.

    Attributes
    ----------
    people : array of float
        people[region, group, age, sex].
    regions, groups : tuple of str
    day : date
    map : GroupMap, optional
        Where figures of the regions come from; None for one country without regions, or a user's own cells.
    assumptions : tuple of str
    """

    people: Floats
    regions: tuple[str, ...]
    groups: tuple[str, ...]
    day: date
    map: GroupMap | None
    assumptions: tuple[str, ...]

    @property
    def cube(self) -> Cube:
        """The people as a cube of one year."""
        return Cube(self.people[..., None], self.regions, self.groups, (self.day.year,))


def start(
    record: PopulationRecord, census: str | None = None, *, basis: str | None = None, by_region: bool = True
) -> Start:
    """Return people at a census, the last one unless another is named, or a user's own cells.

    Parameters
    ----------
    record : PopulationRecord
    census : str, optional
    basis : str, optional
        Of the census; by default the one that the record follows.
    by_region : bool
        False for the whole country as one region.

    Raises
    ------
    NotFound
        No such census or basis.
    InvalidPopulation
        Tables that are needed are not there.
    """
    if census is None and record.cells:
        return _own(record, by_region=by_region)
    chosen = record.census(census) if census else record.censuses[-1]
    groups = chosen.people(basis)
    shape = group_ages(record, groups, chosen.on)
    if not by_region:
        return Start(shape[None], (ALL,), tuple(groups), chosen.on, None, (say(FITTED_AGES),))
    places = group_map(record, groups, chosen.on)
    people = _by_region(record, places, shape)
    return Start(people, places.regions, places.groups, chosen.on, places, (_counted(places), say(FITTED_AGES)))


def _own(record: PopulationRecord, *, by_region: bool) -> Start:
    cells = next((c for c in record.cells if c.year == record.start), record.cells[-1])
    people = cells.people if by_region else cells.people.sum(axis=0, keepdims=True)
    regions = cells.regions if by_region else (ALL,)
    assumed = ("people of a span of ages are spread evenly over it, the oldest thinning out",) if cells.spread else ()
    return Start(people, regions, cells.groups, date(cells.year, 1, 1), None, assumed)


def _counted(places: GroupMap) -> str:
    marks = [mark for row in places.marks for mark in row]
    held, fitted = marks.count(HELD), marks.count(FITTED)
    sentence = (
        "of {n} cells of group and region {held} are counted near that day, {dated} follow older or weaker figures, "
        "{fitted} are fitted by the margins alone"
    )
    return say(sentence, n=len(marks), held=held, dated=len(marks) - held - fitted, fitted=fitted)


def group_ages(record: PopulationRecord, groups: Mapping[str, int], day: date) -> Floats:
    """Return people by group, single age and sex of the country.

    A group that has more children than the country grows faster in the long run, and has more young people: the guess
    for age x is exp(-(r - mean) x) with r = ln(ratio of fertility) / 28. Both margins are then fitted.
    """
    country = national_ages(record, day)
    prior = record.priors.get("fertility")
    ratios = [float(prior.groups[g].mid) if prior and g in prior.groups else 1.0 for g in groups]
    growth = np.log(ratios) / GENERATION
    guess = country[None] * np.exp(-growth[:, None, None] * np.arange(AGES)[None, :, None])
    people = np.array([float(n) for n in groups.values()])
    return fit_margins(guess, [((0,), people), ((1, 2), country * people.sum())])


def _by_region(record: PopulationRecord, places: GroupMap, shape: Floats) -> Floats:
    """Spread people over regions: groups by region and ages by group hold, spans of ages are followed where counted."""
    share = places.people / places.people.sum(axis=0, keepdims=True)
    guess = share[:, :, None, None] * shape[None]
    spans = _spans(record, places, shape)
    if spans is not None:
        guess = guess * spans
    return fit_margins(guess, [((0, 1), places.people), ((1, 2, 3), shape)], close=1e-8)


def _spans(record: PopulationRecord, places: GroupMap, shape: Floats) -> Floats | None:
    """Return how many times as many of an age a region has than the country, from spans of ages by region."""
    rows = record.rows.get("age_sex", ())
    if not rows:
        return None
    old = {part.to: name for name, parts in crossings(record).items() for part in parts}
    country = {(row.sex, row.from_age): row.people for row in rows if row.region == ALL}
    whole = sum(country.values())
    out = np.ones((len(places.regions), 1, shape.shape[1], 2))
    for r, region in enumerate(places.regions):
        mine = [row for row in rows if row.region in (region, old.get(region, ""))]
        total = sum(row.people for row in mine)
        for row in mine:
            last = shape.shape[1] - 1 if row.to_age is None else row.to_age
            ratio = (row.people / total) / (country[row.sex, row.from_age] / whole)
            out[r, 0, row.from_age : last + 1, SEXES.index(row.sex)] = ratio
    return out
