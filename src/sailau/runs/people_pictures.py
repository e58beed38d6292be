"""What pictures of people show: pyramids of a year, shares of groups over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sailau.files.told import told
from sailau.people.cube import FEMALE, MALE, Floats, band_name, bands, in_bands
from sailau.records.populations import PopulationRecord
from sailau.records.populations_rows import ALL
from sailau.runs.people_fit import years_of
from sailau.runs.people_future import future
from sailau.runs.people_start import Start, start
from sailau.terms.errors import NotFound
from sailau.terms.speech import joined, say

STEP = 5
"""Years in a band of a pyramid; all who are 90 or older share one."""


@dataclass(frozen=True, slots=True)
class PyramidData:
    """A pyramid: two layers of women and men by band of age, the youngest first."""

    title: str
    women: tuple[tuple[float, float], ...]
    men: tuple[tuple[float, float], ...]
    ages: tuple[str, ...]
    layers: tuple[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class CompositionData:
    """Shares of groups by year, as many of them counted as `counted` says."""

    title: str
    shares: dict[str, tuple[float, ...]]
    years: tuple[float, ...]
    counted: int
    source: str


def pyramid_data(
    record: PopulationRecord,
    *,
    census: str | None = None,
    years: int = 0,
    region: str | None = None,
    group: str | None = None,
) -> PyramidData:
    """Return a pyramid of a census, or of a year projected from it.

    The majority is the inner layer, all others the outer one; of one group there is one layer.

    Raises
    ------
    NotFound
        No such region or group.
    """
    people, found = _people(record, census, years, by_region=region is not None)
    where = [found.regions.index(_known("region", region, found.regions))] if region else list(range(len(people)))
    mine = people[where].sum(axis=0)
    spans = bands(mine.shape[1], range(0, 91, STEP))
    names = tuple(band_name(span, mine.shape[1]) for span in spans)
    rows = in_bands(mine, spans, axis=1)
    if group:
        inner, outer = rows[found.groups.index(_known("group", group, found.groups))], rows[0] * 0
        layers = (record.said(group), "")
    elif record.majority in found.groups and len(found.groups) > 1:
        inner = rows[found.groups.index(str(record.majority))]
        outer, layers = rows.sum(axis=0) - inner, (record.said(str(record.majority)), say("all others"))
    else:
        inner, outer, layers = rows.sum(axis=0), rows[0] * 0, (say("all"), "")
    sides = [tuple((float(a), float(b)) for a, b in zip(inner[:, s], outer[:, s], strict=True)) for s in (FEMALE, MALE)]
    who = ", ".join(
        [told(record.name), *([record.said_region(region)] if region else []), *([layers[0]] if group else [])]
    )
    when = say("{year!s}, projected from {first!s}", year=found.day.year + years, first=found.day.year)
    title = say("{who}: women and men by age, {when}", who=who, when=when if years else str(found.day.year))
    return PyramidData(title, sides[0], sides[1], names, layers, _source(record, years))


def _people(record: PopulationRecord, census: str | None, years: int, *, by_region: bool) -> tuple[Floats, Start]:
    if not years:
        found = start(record, census, by_region=by_region)
        return found.people, found
    later = future(record, years, census=census, by_region=by_region)
    return later.central.cube.at(later.start.day.year + years), later.start


def _known(kind: str, name: str, names: Sequence[str]) -> str:
    if name not in names:
        raise NotFound(kind, name, list(names))
    return name


def _source(record: PopulationRecord, years: int) -> str:
    if not record.censuses:
        return ""
    fitted = say("ages of groups are fitted, not counted")
    return joined([fitted, say("the central path of the projection")], "; ") if years else fitted


def composition_data(record: PopulationRecord, *, census: str | None = None, years: int = 0) -> CompositionData:
    """Return shares of groups at every census that counts everybody, and in the years projected from one of them.

    Groups are ordered by their share at the last count, the largest first; the rest comes last.
    """
    counts = [(years_of(c.on), c.people()) for c in record.whole_censuses()]
    if not record.censuses:
        blocks = [(float(c.year), c.people.sum(axis=(0, 2, 3)), c.groups) for c in record.cells]
        counts = [(at, {g: round(float(n)) for g, n in zip(names, sizes, strict=True)}) for at, sizes, names in blocks]
    if census:
        counts = [(at, people) for at, people in counts if at <= years_of(record.census(census).on)]
    marks = [at for at, _ in counts]
    tables: list[dict[str, float]] = [{g: float(n) for g, n in people.items()} for _, people in counts]
    counted = len(marks)
    if years:
        later = future(record, years, census=census, by_region=False)
        cube = later.central.cube
        for k in range(1, years + 1):
            sizes = cube.at(later.start.day.year + k).sum(axis=(0, 2, 3))
            tables.append({g: float(n) for g, n in zip(cube.groups, sizes, strict=True)})
            marks.append(marks[counted - 1] + k)
    last = tables[counted - 1]
    order = sorted(last, key=lambda group: (group == record.rest, -last[group]))
    shares = {
        record.said(group): tuple(table.get(group, 0.0) / sum(table.values()) for table in tables)
        for group in order
        if group != ALL
    }
    return CompositionData(
        say("{name}: groups, share of people", name=told(record.name)),
        shares,
        tuple(marks),
        counted,
        say("between counts on straight lines"),
    )
