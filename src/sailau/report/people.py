"""Tables of people: what is recorded, who may vote, how diverse, and why shares changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Any

import numpy as np

from sailau.files.told import told
from sailau.people.cube import AXES, SEXES, Cube, Floats, band_name, bands, in_bands
from sailau.people.electorate import Electorate
from sailau.people.project import Projection
from sailau.records.populations import PopulationRecord
from sailau.report.table import Cell, Table
from sailau.runs.people_change import ShareChange
from sailau.runs.people_map import GroupMap
from sailau.terms.speech import coded, quoted, say


def percent(value: float | Fraction, places: int = 1) -> str:
    """Return a share as people read it."""
    return f"{100 * float(value):.{places}f}%"


def record_notes(record: PopulationRecord) -> tuple[str, ...]:
    """Return what has to be said of a record: where sources disagree, and what is missing."""
    n = len(record.conflicts)
    where = say("sources disagree in {n} places: sailau people show {record} --what conflicts", n=n, record=record.id)
    return (*((where,) if n else ()), *map(told, record.notes))


def censuses_table(record: PopulationRecord) -> Table:
    """Return people by group at each census that counts everybody, on the basis that is followed."""
    whole = record.whole_censuses()
    last = record.censuses[-1]
    rows: list[tuple[Cell, ...]] = []
    for group in record.groups:
        share = percent(last.people().get(group, 0) / last.totals[last.basis], 2)
        rows.append((group, *(census.people().get(group) for census in whole), share))
    rows.append(("all", *(census.totals[census.basis] for census in whole), "100.00%"))
    bases = [
        say(
            "{census} was also counted on other bases: {bases} (--what counts)",
            census=c.id,
            bases=", ".join(coded(b) for b in c.bases if b != c.basis),
        )
        for c in whole
        if len(c.bases) > 1
    ]
    columns = ("group", *(census.id for census in whole), "share")
    return Table(
        columns, tuple(rows), say("{name}: people by census", name=told(record.name)), (*bases, *record_notes(record))
    )


def cells_table(record: PopulationRecord) -> Table:
    """Return a user's own people by year, region and group."""
    rows: list[tuple[Cell, ...]] = []
    for cells in record.cells:
        for r, region in enumerate(cells.regions):
            counts = cells.people[r].sum(axis=(1, 2))
            rows.append((str(cells.year), region, *(round(float(n)) for n in counts), round(float(counts.sum()))))
    return Table(("year", "region", *record.groups, "all"), tuple(rows), told(record.name), record_notes(record))


def bases_table(record: PopulationRecord) -> Table:
    """Return the bases of every census, with their source and how surely it is known."""
    rows = tuple(
        (row.census, row.basis, row.group, row.people, row.rounded, row.confidence, record.sources[row.source])
        for row in record.rows.get("censuses", ())
    )
    columns = ("census", "basis", "group", "people", "rounded_to", "confidence", "source")
    return Table(columns, rows, say("{name}: counts and their sources", name=told(record.name)))


def map_table(record: PopulationRecord, places: GroupMap) -> Table:
    """Return people by region and group, with how each cell is known."""
    rows: list[tuple[Cell, ...]] = []
    for r, region in enumerate(places.regions):
        total = float(places.people[r].sum())
        for g, group in enumerate(places.groups):
            found = places.evidence.get((region, group))
            known = ""
            if found:
                row = found.row
                known = say(
                    "{value:g} {unit} on {on} ({confidence}): {source}",
                    value=row.value,
                    unit=coded(row.unit),
                    on=row.on,
                    confidence=coded(row.confidence),
                    source=quoted(record.sources[row.source]),
                )
            people = float(places.people[r, g])
            rows.append((region, group, round(people), percent(people / total, 2), coded(places.marks[r][g]), known))
    notes = (
        say(
            "held: as counted near that day; dated: after an older or weaker figure; fitted: by sums of groups and "
            "regions"
        ),
        *record_notes(record),
    )
    return Table(("region", "group", "people", "share", "known", "figure"), tuple(rows), told(record.name), notes)


def conflicts_table(record: PopulationRecord) -> Table:
    """Return where sources disagree."""
    rows: list[tuple[Cell, ...]] = []
    for conflict in record.conflicts:
        said = "; ".join(f"{name}: {value}" for name, value in conflict.values.items())
        rows.append((told(conflict.about), told(said), told(conflict.chosen), told(conflict.why)))
    return Table(
        ("about", "sources_say", "followed", "why"),
        tuple(rows),
        say("{name}: where sources disagree", name=told(record.name)),
    )


def priors_table(record: PopulationRecord) -> Table:
    """Return what is assumed: ranges by group."""
    rows: list[tuple[Cell, ...]] = [
        (prior.name, group, float(r.low), float(r.mid), float(r.high), quoted(prior.what))
        for prior in record.priors.values()
        for group, r in prior.groups.items()
    ]
    notes = tuple(quoted(f"{prior.name}: {prior.why}") for prior in record.priors.values())
    return Table(
        ("prior", "group", "low", "mid", "high", "what"),
        tuple(rows),
        say("{name}: assumed", name=told(record.name)),
        notes,
    )


def rows_table(record: PopulationRecord, name: str) -> Table:
    """Return a table of the record as it stands, with its source."""
    rows = record.rows.get(name, ())
    columns = tuple(rows[0].__dataclass_fields__) if rows else ("nothing",)
    source = record.tables.get(name)
    notes = (say("source: {source}", source=quoted(record.sources[source])),) if source else ()
    cells: list[tuple[Cell, ...]] = [tuple(getattr(row, column) for column in columns) for row in rows]
    return Table(tuple(c.rstrip("_") for c in columns), tuple(cells), f"{record.name}: {name}", notes)


def electorate_table(found: Electorate, by: Sequence[str], check: Mapping[str, Any] | None = None) -> Table:
    """Return voters by the axes named."""
    names = {"region": found.regions, "group": found.groups, "age": found.ages}
    axes = [axis for axis in ("region", "group", "age") if axis in by]
    voters = found.by(*axes)
    total = found.total
    rows: list[tuple[Cell, ...]] = []
    for place in _places([names[axis] for axis in axes]):
        value = float(voters[place])
        labels = tuple(names[axis][i] for axis, i in zip(axes, place, strict=True))
        rows.append((*labels, round(value), percent(value / total, 2)))
    notes = list(found.assumptions)
    if check:
        gap = total / check["people"] - 1
        notes.append(
            say(
                "the register of {on} has {voters:,} voters; this electorate is {gap:+.1%} of that",
                on=str(check["on"]),
                voters=check["people"],
                gap=gap,
            )
        )
    return Table(
        (*axes, "voters", "share"),
        tuple(rows),
        say("electorate of {year}: {total:,}", year=str(found.year), total=round(total)),
        tuple(notes),
    )


def _places(names: Sequence[Sequence[str]]) -> list[tuple[int, ...]]:
    from itertools import product

    return list(product(*(range(len(part)) for part in names)))


def indices_table(rows: Sequence[tuple[str, Mapping[str, float]]], title: str, notes: Sequence[str]) -> Table:
    """Return indices, one line for each place or census."""
    columns = ("of", *(rows[0][1] if rows else ()))
    cells: list[tuple[Cell, ...]] = [(name, *(round(value, 4) for value in found.values())) for name, found in rows]
    return Table(columns, tuple(cells), title, tuple(notes))


def change_table(changes: Sequence[ShareChange], name: str) -> Table:
    """Return what flows did to a share, in points, for each basis."""
    rows: list[tuple[Cell, ...]] = []
    for change in changes:
        for flow, part in change.found.parts.items():
            points = round(100 * float(part), 2)
            rows.append((change.basis, flow, change.flows[flow], points, percent(part / change.found.total, 1)))
        total = round(100 * float(change.found.total), 2)
        rows.append((change.basis, "all", sum(change.flows.values()), total, "100.0%"))
    ends = [
        say(
            "{basis}: {before:.2%} in {early}, {after:.2%} in {late}",
            basis=coded(c.basis),
            before=float(c.found.before),
            early=str(c.early),
            after=float(c.found.after),
            late=str(c.late),
        )
        for c in changes
    ]
    notes = (*ends, *dict.fromkeys(note for change in changes for note in change.notes))
    lead = say("points are Shapley values: the mean over every order in which the flows could have happened")
    return Table(
        ("basis", "flow", "people", "points", "part"), tuple(rows), say("share of {name}", name=name), (lead, *notes)
    )


SIDES = ("errors", "intervals", "scores")
"""Sides of a back-test that are shown one at a time: all of them are too wide for a terminal."""


def cube_table(
    cube: Cube, axes: Sequence[str], years: Sequence[int], starts: Sequence[int], notes: Sequence[str], level: float
) -> Table:
    """Return people of some years by axes of a cube; draws become a middle and an interval."""
    spans = bands(cube.ages, [0, *starts]) if cube.bands is None else ()
    names = {
        "region": cube.regions,
        "group": cube.groups,
        "age": cube.bands or tuple(band_name(span, cube.ages) for span in spans),
        "sex": SEXES,
    }
    rows: list[tuple[Cell, ...]] = []
    for year in years:
        people = cube.at(year)
        people = people if cube.bands else in_bands(people, spans)
        away = tuple(i for i, axis in enumerate(AXES[:4]) if axis not in axes)
        values = people.sum(axis=away)
        total = people.sum(axis=(0, 1, 2, 3))
        for place in _places([names[axis] for axis in axes]):
            labels = tuple(names[axis][i] for axis, i in zip(axes, place, strict=True))
            rows.append((str(year), *labels, *_numbers(values[place], total, level)))
        if axes:
            rows.append((str(year), *("all" for _ in axes), *_numbers(total, total, level)))
    columns = ("year", *axes, "people", *(("low", "high") if cube.draws else ()), "share")
    known = (
        say(
            "low and high hold {level:.0%} of {draws:,} draws; people and share are the middle",
            level=level,
            draws=cube.draws,
        ),
    )
    return Table(columns, tuple(rows), "projection", (*(known if cube.draws else ()), *notes))


def _numbers(values: Floats, total: Floats, level: float) -> tuple[Cell, ...]:
    """Return people, with an interval where they are drawn, and the share of all."""
    if not np.all(total > 0):
        return (*(round(float(np.median(values))) for _ in range(3 if np.ndim(values) else 1)), None)
    if np.ndim(values) == 0:
        return round(float(values)), percent(float(values / total), 2)
    ends = np.quantile(values, [0.5, (1 - level) / 2, (1 + level) / 2])
    return (*(round(float(end)) for end in ends), percent(float(np.median(values / total)), 2))


def books_table(found: Projection, notes: Sequence[str]) -> Table:
    """Return who came, went and changed over all years, by group: start + births - deaths + moves + identity = end."""
    book, groups = found.book, found.cube.groups
    moves = book.immigration + book.repatriation - book.emigration + book.moved_in - book.moved_out
    identity = book.identity_in - book.identity_out
    columns = {"start": book.start, "births": book.births, "deaths": book.deaths, "moves": moves}
    if identity.any():
        columns["identity"] = identity
    columns["end"] = book.end
    rows: list[tuple[Cell, ...]] = [
        (group, *(round(float(flow[:, g].sum())) for flow in columns.values())) for g, group in enumerate(groups)
    ]
    rows.append(("all", *(round(float(flow.sum())) for flow in columns.values())))
    every = {part.name: [round(float(n), 3) for n in getattr(book, part.name).sum(axis=0)] for part in fields(book)}
    known = (
        say("the books leave {gap:.1g} people unexplained in any year, region and group", gap=found.gap),
        say(
            "moves: {came:,.0f} came, {back:,.0f} came back, {left:,.0f} left; {moved:,.0f} moves between regions",
            came=book.immigration.sum(),
            back=book.repatriation.sum(),
            left=book.emigration.sum(),
            moved=book.moved_in.sum(),
        ),
        say("{born:,.0f} of the born belong to another group than their mother", born=book.other_mothers.sum()),
    )
    years = found.cube.years
    title = say("books {first}-{last}", first=str(years[0]), last=str(years[-1]))
    return Table(("group", *columns), tuple(rows), title, (*known, *notes), {"groups": list(groups), "flows": every})
