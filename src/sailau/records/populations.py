"""Populations: who was counted where and when, by whom, how surely, and where sources disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from sailau.files.document import read_document
from sailau.files.forms import check
from sailau.files.places import shipped
from sailau.locale import name_in
from sailau.records.election import Conflict
from sailau.records.populations_cells import Cells, check_totals, read_cells
from sailau.records.populations_censuses import Census, censuses_of
from sailau.records.populations_checks import check_form, check_rates, check_series
from sailau.records.populations_form import OutlookForm, PopulationForm, RangeForm, RatesForm
from sailau.records.populations_regions import Region, regions_of
from sailau.records.populations_rows import ALL, CONFIDENCE, SEXES, TABLES, Crossing, by, read_rows
from sailau.records.populations_table import find_table
from sailau.terms.errors import InvalidRecord, NotFound, Place
from sailau.terms.speech import spoken


@dataclass(frozen=True, slots=True)
class Range:
    """What is held possible of a quantity that is not known."""

    low: Fraction
    mid: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Prior:
    """An assumption by group, with its reason."""

    name: str
    what: str
    why: str
    groups: Mapping[str, Range]


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who may vote, as assumed."""

    age: int
    citizens: Range
    why: str
    check: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class PopulationRecord:
    """Everything known of a population.

    Attributes
    ----------
    id, name : str
    groups : tuple of str
    group_names : mapping of group to names by language
    regions : tuple of Region
    rest, majority : str, optional
        The group of everybody else; the group whose share is explained.
    start : int, optional
        The year of the cells from which a user's own projection begins.
    censuses : tuple of Census
        In order of time.
    electorate : Electorate, optional
    sources : mapping of key to title
    tables : mapping of table to source
    conflicts : tuple of Conflict
    priors : mapping of name to Prior
    outlook : OutlookForm, optional
        What is assumed of years to come.
    rates : RatesForm, optional
        Rates of a user's own country.
    notes : tuple of str
    rows : mapping of table to rows
    cells : tuple of Cells
        People by region, group, age and sex, where a table of them is given.
    folder : Path
    """

    id: str
    name: str
    groups: tuple[str, ...]
    group_names: Mapping[str, Mapping[str, str]]
    regions: tuple[Region, ...]
    rest: str | None
    majority: str | None
    start: int | None
    censuses: tuple[Census, ...]
    electorate: Electorate | None
    sources: Mapping[str, str]
    tables: Mapping[str, str]
    conflicts: tuple[Conflict, ...]
    priors: Mapping[str, Prior]
    outlook: OutlookForm | None
    rates: RatesForm | None
    notes: tuple[str, ...]
    rows: Mapping[str, tuple[Any, ...]]
    cells: tuple[Cells, ...]
    folder: Path

    def census(self, name: str) -> Census:
        """Return a census by its id.

        Raises
        ------
        NotFound
            No such census.
        """
        for census in self.censuses:
            if census.id == name:
                return census
        raise NotFound("census", name, [census.id for census in self.censuses])

    def whole_censuses(self) -> tuple[Census, ...]:
        """Return the censuses that count everybody, in the order of the record."""
        return tuple(c for c in self.censuses if self.rest is None or self.rest in c.people())

    def regions_on(self, day: date) -> tuple[Region, ...]:
        """Return the regions into which figures of a day can be put: the newest borders that reach back to it."""
        alive = [r for r in self.regions if r.until is None or day <= r.until]
        reach = [r for r in alive if (r.back_to or r.since or date.min) <= day]
        newer = {part.from_ for part in self.rows.get("crosswalk", ()) if any(r.id == part.to for r in reach)}
        return tuple(r for r in reach if r.id not in newer)

    def name_of(self, group: str, language: str = "en") -> str:
        """Return the name of a group, its id where none is known."""
        return self.group_names.get(group, {}).get(language, group)

    def said(self, group: str) -> str:
        """Return the name of a group in the language that is spoken, else the next that is known."""
        return name_in(self.group_names.get(group, {}), spoken(), group)

    def said_region(self, region: str) -> str:
        """Return the name of a region in the language that is spoken, else the next that is known."""
        return next((name_in(r.names, spoken(), r.id) for r in self.regions if r.id == region), region)


def population_ids(*, folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the ids of the populations there are."""
    places = (*folders, shipped("populations"))
    return tuple(sorted({p.parent.name for place in places for p in place.glob("*/population.yaml")}))


def load_population(name: str, *, folders: Sequence[Path] = ()) -> PopulationRecord:
    """Return a population by id (``kz``), or from a user's own folder.

    Raises
    ------
    NotFound
        No such population.
    InvalidRecord
        Its files are at fault, or the folder holds no population.
    """
    own = Path(name)
    if own.name == "population.yaml" and own.is_file():
        return read_population(own.parent)
    if (own / "population.yaml").is_file():
        return read_population(own)
    for folder in (*folders, shipped("populations")):
        if (folder / name / "population.yaml").is_file():
            return read_population(folder / name)
    if own.is_dir():
        raise InvalidRecord("holds no population.yaml", place=Place(name), hint="see docs/reference/people.md")
    raise NotFound("population", name, population_ids(folders=folders))


def read_population(folder: Path) -> PopulationRecord:
    """Read the folder of a population.

    Raises
    ------
    InvalidRecord
        With file and line: see `read_rows` and `read_cells`; also groups of a census or regions of a year that do not
        add up, and a source that is not listed.
    """
    document = read_document(folder / "population.yaml", InvalidRecord)
    form = check(PopulationForm, document, InvalidRecord)
    groups = tuple(form.groups)
    regions = regions_of(form)
    names = tuple(region.id for region in regions)
    check_form(form, document, groups, names)
    check_rates(form, document, names)
    rows = _rows(folder, form, names)
    check_series(rows.get("series", ()), regions, folder / "series.csv")
    return PopulationRecord(
        id=form.population,
        name=form.name,
        groups=groups,
        group_names=form.groups if isinstance(form.groups, dict) else {},
        regions=regions,
        rest=form.rest,
        majority=form.majority,
        start=form.start,
        censuses=censuses_of(form, rows.get("censuses", ()), folder / "censuses.csv"),
        electorate=_electorate(form),
        sources={key: source.title for key, source in form.sources.items()},
        tables=form.tables,
        conflicts=tuple(Conflict(c.about, c.values, c.chosen, c.why) for c in form.conflicts),
        priors={
            name: Prior(name, p.what, p.why, {group: _range(r) for group, r in p.groups.items()})
            for name, p in form.priors.items()
        },
        outlook=form.outlook,
        rates=form.rates,
        notes=form.notes,
        rows=rows,
        cells=_cells(folder, regions, groups),
        folder=folder,
    )


def _rows(folder: Path, form: PopulationForm, regions: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """Return the rows of every table that the folder holds."""
    known = {
        "region": (ALL, *regions),
        "group": (ALL, *form.groups),
        "source": tuple(form.sources),
        "confidence": CONFIDENCE,
        "sex": SEXES,
    }
    paths = {name: folder / f"{name}.csv" for name in TABLES}
    return {name: read_rows(kind, paths[name], known) for name, kind in TABLES.items() if paths[name].is_file()}


def _cells(folder: Path, regions: Sequence[Region], groups: Sequence[str]) -> tuple[Cells, ...]:
    """Return people by region, group, age and sex, which add up to the totals beside them."""
    people, totals = find_table(folder, "people"), find_table(folder, "totals")
    cells = read_cells(people, regions, groups) if people else ()
    if totals:
        check_totals(totals, cells)
    return cells


def _range(form: RangeForm) -> Range:
    return Range(form.low, form.mid, form.high)


def _electorate(form: PopulationForm) -> Electorate | None:
    part = form.electorate
    if part is None:
        return None
    return Electorate(part.age, _range(part.citizens), part.why, part.check.model_dump() if part.check else None)


def crossings(record: PopulationRecord) -> Mapping[str, tuple[Crossing, ...]]:
    """Return the parts of each region that was split."""
    rows: Sequence[Crossing] = record.rows.get("crosswalk", ())
    return {name: tuple(parts) for name, parts in by(rows, "from_").items()}
