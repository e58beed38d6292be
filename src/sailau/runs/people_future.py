"""From a population to its future: start, rates, the central path with its books, and draws by the ranges assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sailau.people.cube import Cube, Floats, InvalidPopulation
from sailau.people.draws import project_draws
from sailau.people.outlook import chances
from sailau.people.project import Projection, project
from sailau.people.rates import Rates
from sailau.people.schedules import rogers_castro
from sailau.records.populations import PopulationRecord
from sailau.runs.people_change import came_back
from sailau.runs.people_fit import Fit, fit_residual, turning, yearly, years_of
from sailau.runs.people_forecast import FLOW, prior_factors, width_of
from sailau.runs.people_own import own_rates
from sailau.runs.people_rates import UNIT, arrivals, border
from sailau.runs.people_regions import grown, with_moves
from sailau.runs.people_start import Start, start

RECENT = 3
"""Years before the start over which those who came back are averaged."""

REGION_YEARS = 10
"""Years of the series from which the growth of regions is taken."""


@dataclass(frozen=True, slots=True)
class Future:
    """A projection.

    Attributes
    ----------
    start : Start
    central : Projection
        With every quantity at its likeliest value, and its books.
    drawn : Cube, optional
        By draw, in bands of age.
    assumptions : tuple of str
    """

    start: Start
    central: Projection
    drawn: Cube | None
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Rates of each year as the central path has them, and what draws vary round them."""

    path: list[Rates]
    base: Rates
    growth: Floats
    turn: Floats
    persists: float
    notes: tuple[str, ...]


def future(
    record: PopulationRecord,
    years: int,
    *,
    census: str | None = None,
    by_region: bool = True,
    draws: int = 0,
    seed: int = 7,
    starts: Sequence[int] = (0, 18),
    keep: Sequence[int] | None = None,
) -> Future:
    """Return a projection.

    Parameters
    ----------
    record : PopulationRecord
        One with censuses and tables, or a user's own with cells and rates.
    years : int
    census : str, optional
        Where to start: the last census, or a user's own cells, by default.
    by_region : bool
    draws, seed : int
        0 draws give the central path alone.
    starts : sequence of int
        Where bands of age of the draws begin.
    keep : sequence of int, optional
        The years of the draws that are kept.

    Raises
    ------
    NotFound, InvalidPopulation, InvalidRecord
        No such census; tables or rates that are missing or cannot be.
    """
    if years < 1:
        raise InvalidPopulation(f"{years} years; a number from 1 on")
    own = bool(record.cells) and census is None
    found = start(record, census, by_region=by_region or own)  # a user's own moves are between the user's regions
    plan = _own_plan(record, found, years) if own else _plan(record, found, years, census)
    first = found.day.year
    central = project(found.people, plan.path, years, start=first, regions=found.regions, groups=found.groups)
    drawn = None
    if draws:
        factors = _factors(record, found, plan, draws, seed)
        drawn = project_draws(
            found.people,
            plan.base,
            factors,
            start=first,
            regions=found.regions,
            groups=found.groups,
            starts=starts,
            keep=keep,
        )
    alike = ("rates of your own are taken as they stand: all draws are alike",) if own and draws else ()
    return Future(found, central, drawn, (*_day(found.day), *alike, *plan.notes, *found.assumptions))


def _day(day: date) -> tuple[str, ...]:
    return () if (day.month, day.day) == (1, 1) else (f"each year is meant on its {day.day} {day:%B}",)


def _plan(record: PopulationRecord, found: Start, years: int, census: str | None) -> _Plan:
    """Return the plan of a population with censuses: as in the back-test, from the last two of them."""
    names = [c.id for c in record.censuses]
    late = census or names[-1]
    if names.index(late) == 0:
        raise InvalidPopulation(f"a projection from {late} needs an earlier census to learn moves from")
    fit = fit_residual(record, names[names.index(late) - 1], late)
    until = found.day.year
    path = yearly(record, found.people, fit.groups, years_of(found.day), years, until)
    back, told = _repatriation(record, found)
    extra = back.sum(axis=(0, 2, 3)) / found.people.sum(axis=(0, 2, 3))
    persists, growth, unexplained = _unexplained(record, fit, extra)
    notes = [
        f"{unexplained}; its spread is how far growth has turned between censuses before",
        "nobody alive changes identity, for no figure tells how many do; a census that asks again can move groups by "
        "more than all of this",
        "births, deaths and children's groups follow ratios that are ranges, not figures: "
        f"sailau people show {record.id} --what priors",
        *told,
    ]
    path, moved = _with_regions(record, found, [one.with_(repatriation=back) for one in path])
    notes += moved
    gone, came = border(growth)
    each = [
        one.with_(
            emigration=(UNIT * gone)[None, :, None, None] * np.ones((1, 1, 1, 1)),
            immigration=arrivals(found.people) * came[None, :, None, None],
        )
        for one in path
    ]
    base = path[0].with_(emigration=np.full((1, len(fit.groups), 1, 1), UNIT), immigration=arrivals(found.people))
    return _Plan(each, base, growth, turning(record, fit.groups, found.day), persists, tuple(notes))


def _unexplained(record: PopulationRecord, fit: Fit, back: Floats) -> tuple[float, Floats, str]:
    """Return how much unexplained growth goes on, what moves add to those who come back, and words for it.

    None goes on where the later census asked people anew who they are: then it is answers as much as moves.
    """
    between = f"the growth between {fit.early} and {fit.late} that births and deaths do not explain"
    if record.census(fit.late).asked_anew:
        told = f"none of {between} goes on, for the census of {fit.late} asked people anew who they are"
        return 0.0, np.zeros(len(fit.groups)), told
    persists = float(record.outlook.residual.persists) if record.outlook else 0.0
    return persists, persists * fit.residual - back, f"{persists:.0%} of {between} goes on, as moves over the border"


def _repatriation(record: PopulationRecord, found: Start) -> tuple[Floats, list[str]]:
    """Return people who come back in a year, as they did in the years before, by region of their group."""
    rows = record.rows.get("repatriation", ())
    nobody = np.zeros((1, 1, 1, 1))
    if not rows or record.majority not in found.groups:
        return nobody, []
    before = date(found.day.year - RECENT, found.day.month, 1)
    yearly_ = max(came_back(rows, found.day)[0] - came_back(rows, before)[0], 0) / RECENT
    own = found.people[:, found.groups.index(str(record.majority))].sum(axis=(1, 2))
    back = np.zeros((len(found.regions), len(found.groups), found.people.shape[2], 2))
    where = yearly_ * own / own.sum()
    back[:, found.groups.index(str(record.majority))] = where[:, None, None] * (rogers_castro() / 2)[None, :, None]
    return back, [f"{yearly_:,.0f} people come back every year, the mean of the {RECENT} years before"]


def _with_regions(record: PopulationRecord, found: Start, path: list[Rates]) -> tuple[list[Rates], list[str]]:
    """Return rates with moves between regions, where the series tells how regions have grown."""
    if len(found.regions) < 2:
        return path, []
    years = sorted({row.year for row in record.rows.get("series", ()) if row.year <= found.day.year})
    early = max((year for year in years if year <= years[-1] - REGION_YEARS), default=None) if years else None
    if early is None:
        return path, ["nobody moves between regions: the series is too short to tell"]
    growth = grown(record, found.regions, early, years[-1])
    if growth is None:
        return path, ["nobody moves between regions: the series does not reach them"]
    moved = with_moves(path[0], found.people, growth)
    notes = [f"people move between regions so that these go on growing apart as from {early} to {years[-1]}"]
    return [one.with_(moving=moved.moving, destinations=moved.destinations) for one in path], notes


def _own_plan(record: PopulationRecord, found: Start, years: int) -> _Plan:
    rates, notes = own_rates(record, found)
    nothing = np.zeros(len(found.groups))
    return _Plan([rates] * years, rates, nothing, nothing, 0.0, tuple(notes))


def _factors(record: PopulationRecord, found: Start, plan: _Plan, draws: int, seed: int) -> Floats:
    """Return factors[draw, year, flow, group] round the plan."""
    groups, years = found.groups, len(plan.path)
    width = width_of(years, len(groups))
    z = chances(seed, draws, width + len(groups))
    factors, explained = prior_factors(record, groups, found.people, plan.path, z[:, :width])
    if plan.turn.any():
        gone, came = border(plan.growth - plan.persists * explained + plan.turn * z[:, width:])
        factors[:, :, FLOW["emigration"]], factors[:, :, FLOW["immigration"]] = gone[:, None], came[:, None]
    return factors
