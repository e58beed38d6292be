"""Calls on populations: shares, numbers, flows, languages and ages, on any basis that was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Literal

from sailau.claims.figure import Figure, Grade, NoData, Number
from sailau.claims.world import World
from sailau.files.told import told_code
from sailau.people.decompose import Change, decompose_share
from sailau.people.indices import fractionalisation, polarisation
from sailau.records.populations import PopulationRecord
from sailau.records.populations_rows import Ages
from sailau.terms.errors import NotFound
from sailau.terms.numbers import exact
from sailau.terms.speech import coded, joined, say, spoken

ALL = "all"


def _figure(record: PopulationRecord, tables: tuple[str, ...], value: Number, words: str, unit: str, *,
            grade: Grade = Grade.whole, low: Number | None = None, high: Number | None = None) -> Figure:  # fmt: skip
    files = (record.folder / "population.yaml", *(record.folder / f"{name}.csv" for name in tables))
    records = tuple(path for path in files if Path(path).is_file())
    return Figure(
        value, words, grade, low=low, high=high, unit=unit, sources=(f"populations/{record.id}",), records=records
    )


def _counted(record: PopulationRecord, year: int, basis: str | None) -> Mapping[str, int]:
    names = [census.id for census in record.censuses]
    if str(year) not in names:
        raise NotFound("census", str(year), names)
    people = record.census(str(year)).people(basis)
    if record.rest is not None and record.rest not in people:
        raise NoData(say("the total of the census of {year!s}: named groups alone are no whole", year=year))
    return people


def _census(group: str, year: int, basis: str | None, sentence: str) -> str:
    on = say(" ({basis})", basis=told_code(basis)) if basis else ""
    return joined([say(sentence, group=group, year=year), on], "")


def _region(record: PopulationRecord, region: str) -> str:
    return region if spoken() == "en" else record.said_region(region)


def _check_group(record: PopulationRecord, group: str) -> None:
    if group not in (*record.groups, ALL):
        raise NotFound("group", group, [*record.groups, ALL])


def people_number(world: World, *, country: str, group: str = ALL, year: int, basis: str | None = None) -> Figure:
    """Return people of a group at a census."""
    record = world.population(country)
    _check_group(record, group)
    people = _counted(record, year, basis)
    n = sum(people.values()) if group == ALL else people[group]
    return _figure(
        record,
        ("censuses",),
        n,
        _census(record.said(group), year, basis, "{group}, census of {year!s}"),
        "persons",
    )


def people_share(world: World, *, country: str, group: str, year: int, basis: str | None = None) -> Figure:
    """Return share of a group: at a census, or by ``register`` or ``estimate`` of the first day from that year on."""
    record = world.population(country)
    _check_group(record, group)
    if basis in ("register", "estimate"):
        return _between(record, group, year, basis)
    people = _counted(record, year, basis)
    words = _census(record.said(group), year, basis, "{group}, share at the census of {year!s}")
    return _figure(record, ("censuses",), Fraction(people[group], sum(people.values())), words, "share")


def _between(record: PopulationRecord, group: str, year: int, basis: str) -> Figure:
    """Return a share between censuses, from shares by country or from numbers with a total of the same day."""
    shares = [row for row in record.rows.get("composition", ()) if row.region == ALL and row.group == group
              and row.unit == "percent" and row.on.year >= year and basis in (row.source, "estimate")]  # fmt: skip
    counts = [row for row in record.rows.get("estimates", ()) if row.on.year >= year]
    whole = {row.on: row.people for row in counts if row.group == ALL}
    numbers = [row for row in counts if row.group == group and row.on in whole]
    if basis == "estimate" and numbers:
        row = min(numbers, key=lambda r: r.on)
        value = Fraction(row.people, whole[row.on])
        words = say("{group}, estimate of {day}", group=record.said(group), day=row.on)
        return _figure(record, ("estimates",), value, words, "share", grade=Grade.series)
    if shares:
        found = min(shares, key=lambda r: r.on)
        return _figure(
            record,
            ("composition",),
            exact(f"{found.value:g}") / 100,
            say(
                "{group}, {source} of {day}",
                group=record.said(group),
                source=told_code(found.source),
                day=found.on,
            ),
            "share",
            grade=Grade.series,
        )
    raise NoData(
        say(
            "the share of {group} in or after {year!s} by {basis}",
            group=record.said(group),
            year=year,
            basis=told_code(basis),
        )
    )


def people_part(
    world: World, *, country: str, group: str, since: int, until: int,
    flow: Literal["others", "repatriation", "own"], basis: str | None = None,
) -> Figure:  # fmt: skip
    """Return points of the change of a group's share that a flow explains, averaged over all orders (Shapley).

    `basis` is that of the earlier census, where it was published on several.
    """
    record = world.population(country)
    _check_group(record, group)
    before, after = _counted(record, since, basis), _counted(record, until, None)
    came, mine = _returned(record, until), after[group] - before[group]
    rest = sum(before.values()) - before[group], sum(after.values()) - after[group]
    changes = {
        "others": Change(others=Fraction(rest[1] - rest[0])),
        "repatriation": Change(Fraction(came)),
        "own": Change(Fraction(mine - came)),
    }
    parts = decompose_share(before[group], rest[0], changes).parts
    names = {
        "others": say("the change of the other groups"),
        "repatriation": say("repatriation"),
        "own": say("own growth otherwise"),
    }
    sentence = "of the change of {group} from {since!s} to {until!s} due to {flow}"
    words = say(sentence, group=record.said(group), since=since, until=until, flow=names[flow])
    return _figure(record, ("censuses", "repatriation"), parts[flow], words, "points", grade=Grade.comparison)


def _returned(record: PopulationRecord, until: int) -> int:
    known = [row for row in record.rows.get("repatriation", ()) if row.on.year <= until]
    if not known:
        raise NoData(say("repatriates until {until!s}", until=until))
    return int(max(known, key=lambda row: row.on).people)


def people_flow(world: World, *, country: str, flow: Literal["repatriation"], until: int) -> Figure:
    """Return people who came by a flow until a year, since the beginning of the record."""
    record = world.population(country)
    words = say("{flow} to {until!s}, cumulative", flow=told_code(flow), until=until)
    return _figure(record, (flow,), _returned(record, until), words, "persons", grade=Grade.series)


def people_growth(world: World, *, country: str, group: str, since: int, until: int) -> Figure:
    """Return people of a group at a later census less those at an earlier one."""
    first = people_number(world, country=country, group=group, year=since)
    last = people_number(world, country=country, group=group, year=until)
    record = world.population(country)
    words = say("growth of {group} from {since!s} to {until!s}", group=record.said(group), since=since, until=until)
    return _figure(record, ("censuses",), int(last.value) - int(first.value), words, "persons", grade=Grade.comparison)


def people_region(world: World, *, country: str, region: str, group: str) -> Figure:
    """Return share of a group in a region: the latest figure, and the interval of all that were recorded."""
    record = world.population(country)
    if region not in {r.id for r in record.regions}:
        raise NotFound("region", region, [r.id for r in record.regions])
    _check_group(record, group)
    found = [row for row in record.rows.get("composition", ())
             if row.region == region and row.group == group and row.unit == "percent"]  # fmt: skip
    if not found:
        raise NoData(
            say(
                "the share of {group} in {region}",
                group=record.said(group),
                region=_region(record, region),
            )
        )
    last = max(found, key=lambda row: row.on)
    values = [exact(f"{row.value:g}") / 100 for row in found]
    low, high = (min(values), max(values)) if len(set(values)) > 1 else (None, None)
    words = say(
        "{group} in {region}, {year!s} ({confidence}); {n} on record",
        group=record.said(group),
        region=_region(record, region),
        year=last.on.year,
        confidence=coded(last.confidence),
        n=len(found),
    )
    return _figure(
        record, ("composition",), exact(f"{last.value:g}") / 100, words, "share", grade=Grade.series, low=low, high=high
    )


def people_language(world: World, *, country: str, what: str, of: str = ALL) -> Figure:
    """Return share of a group who know or use a language, the latest on record."""
    record = world.population(country)
    rows = [row for row in record.rows.get("languages", ()) if row.what == what and row.of == of]
    if not rows:
        raise NoData(say("{what} of {of}", what=told_code(what), of=record.said(of)))
    last = max(rows, key=lambda row: row.on)
    sentence = "{what} of {of}, {year!s}"
    group = of if spoken() == "en" else told_code(of) if of == ALL else record.said(of)
    words = say(sentence, what=told_code(what), of=group, year=last.on.year)
    return _figure(record, ("languages",), exact(f"{last.percent:g}") / 100, words, "share")


def people_older(world: World, *, country: str, year: int, age: int, of: int = 18) -> Figure:
    """Return share of those aged `of` and older who are at least `age`; a band of five years is cut evenly."""
    record = world.population(country)
    known = sorted({row.year for row in record.rows.get("ages", ())})
    if not known:
        raise NoData(say("people by age in {year!s}", year=year))
    nearest = min(known, key=lambda y: (abs(y - year), y))
    rows = [row for row in record.rows["ages"] if row.year == nearest]
    share = Fraction(_at_least(rows, age)) / Fraction(_at_least(rows, of))
    words = say("adults of at least {age} years in {year!s}, of those of at least {of}", age=age, year=nearest, of=of)
    return _figure(record, ("ages",), share, words, "share", grade=Grade.series)


def _at_least(rows: Sequence[Ages], age: int) -> Fraction:
    total = Fraction(0)
    for row in rows:
        inside = min(max(row.age + 5 - age, 0), 5)
        total += Fraction(row.people * inside, 5)
    return total


def people_index(
    world: World,
    *,
    country: str,
    index: Literal["fractionalisation", "polarisation"],
    year: int,
    basis: str | None = None,
) -> Figure:
    """Return an index of the composition at a census over the named groups; the rest counts as no group."""
    record = world.population(country)
    people = _counted(record, year, basis)
    value = {"fractionalisation": fractionalisation, "polarisation": polarisation}[index]
    if record.rest is None or record.rest not in people:
        found = value(list(people.values()))
    else:
        named = [n for group, n in people.items() if group != record.rest]
        found = value([*named, people[record.rest]], rest="atomised")
    words = say("{index} at the census of {year!s}", index=told_code(index), year=year)
    return _figure(record, ("censuses",), float(found), words, "index")
