"""All censuses of a population at once: what births, deaths and moves explain, and what a census asked anew."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sailau.people.cube import FEMALE, Floats, InvalidPopulation
from sailau.people.reconstruct import Evidence, Reconstruction, reconstruct
from sailau.records.populations import PopulationRecord
from sailau.records.populations_censuses import Census
from sailau.runs.people_change import came_back
from sailau.runs.people_fit import Fit, fit_residual, yearly, years_of
from sailau.runs.people_rates import triangle_ends
from sailau.runs.people_start import group_ages
from sailau.runs.people_tables import national

COUNTING = 0.005
"""Spread of the logarithm of a count: censuses are taken to be right to about a percent, which is assumed."""

BORDER = 0.15
"""Spread of the country's moves, as a share of them; at least a tenth of a percent of its people a year: assumed."""


BACK = 0.3
"""Spread of the majority's moves round those who came back: not all are counted, and some leave; assumed."""


@dataclass(frozen=True, slots=True)
class Past:
    """A reconstruction, with the names of its axes.

    Attributes
    ----------
    censuses, groups : tuple of str
    found : Reconstruction
    assumptions : tuple of str
    """

    censuses: tuple[str, ...]
    groups: tuple[str, ...]
    found: Reconstruction
    assumptions: tuple[str, ...]


def reconstruct_past(
    record: PopulationRecord,
    *,
    since: str | None = None,
    asked_again: tuple[str, ...] | None = None,
    draws: int = 1000,
    seed: int = 7,
) -> Past:
    """Return what all censuses that count everybody leave possible.

    Parameters
    ----------
    record : PopulationRecord
    since : str, optional
        The first census used.
    asked_again : tuple of str, optional
        Censuses at which people may have answered differently than before; by default those that the record marks,
        else the last.
    draws, seed : int

    Raises
    ------
    NotFound, InvalidPopulation
        No such census; fewer than three; tables missing.
    MissingExtra
        PyMC is not installed.
    """
    used = _censuses(record, since)
    marked = tuple(c.id for c in used[1:] if c.asked_anew) or (used[-1].id,)
    again = asked_again if asked_again is not None else marked
    for name in again:
        record.census(name)
    evidence = _evidence(record, used, again)
    found = reconstruct(evidence, draws=draws, seed=seed)
    notes = (
        f"counts are taken to be right to {COUNTING:.1%}, the country's moves to {BORDER:.0%}, those who came back to "
        f"{BACK:.0%}; all assumed",
        "births and deaths per person are those of the likeliest ratios: other ratios move growth in proportion",
        f"people may have answered anew at the census of {', '.join(again) or 'no year'}; such jumps add up to nobody",
        f"the chains agree to R-hat {found.worst:.3f}" + ("" if found.worst < 1.02 else ": draw more"),
    )
    return Past(tuple(c.id for c in used), tuple(used[0].people()), found, notes)


def _censuses(record: PopulationRecord, since: str | None) -> list[Census]:
    start = record.census(since).on if since else None
    used = [c for c in record.whole_censuses() if start is None or c.on >= start]
    if len(used) < 3:
        raise InvalidPopulation(f"{len(used)} censuses count everybody; a reconstruction needs three")
    return used


def _evidence(record: PopulationRecord, used: list[Census], again: tuple[str, ...]) -> Evidence:
    groups = tuple(used[0].people())
    counts = np.array([[float(c.people()[g]) for g in groups] for c in used])
    periods = [fit_residual(record, a.id, b.id) for a, b in pairwise(used)]
    rates = [_vital(record, fit) for fit in periods]
    moves, years = [], [fit.years for fit in periods]
    for early, late in pairwise(used):
        moves.append(_border(record, years_of(early.on), years_of(late.on)))
    known, error = _known(record, used, groups)
    floor = 0.001 * counts[:-1].sum(axis=1) * np.array(years)
    return Evidence(
        counts=counts,
        errors=np.full(len(used), COUNTING),
        years=np.array(years),
        natural=np.array([fit.natural for fit in periods]),
        births=np.array([born for born, _ in rates]),
        deaths=np.array([dead for _, dead in rates]),
        moves=np.array(moves),
        moves_error=np.maximum(BORDER * np.abs(moves), floor),
        known_moves=known,
        known_error=error,
        fertility=_over(record, "fertility", groups),
        mortality=_over(record, "mortality", groups),
        asked_again=[c.id in again and i > 0 for i, c in enumerate(used)],
    )


def _vital(record: PopulationRecord, fit: Fit) -> tuple[Floats, Floats]:
    """Return births and deaths per person of each group in the middle of a period."""
    census = record.census(fit.early)
    people = group_ages(record, census.people(), census.on)[None]
    half = int(fit.years / 2)
    rates = yearly(record, people, fit.groups, years_of(census.on), half + 1, record.census(fit.late).on.year)[half]
    shape = people[0]
    size = shape.sum(axis=(1, 2))
    born = (shape[:, :, FEMALE] * rates.fertility[0]).sum(axis=1)
    return born / size, (shape * rates.hazards[0]).sum(axis=(1, 2)) / size


def _border(record: PopulationRecord, start: float, end: float) -> float:
    """Return net moves of the country between two days, parts of calendar years in proportion."""
    rows = national(record)
    total = 0.0
    for year, row in rows.items():
        share = min(end, year + 1) - max(start, year)
        total += row.migration * max(share, 0.0)
    return total


def _known(record: PopulationRecord, used: list[Census], groups: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Return the majority's moves in each period, from those who came back."""
    known = np.full((len(used) - 1, len(groups)), np.nan)
    rows = record.rows.get("repatriation", ())
    if rows and record.majority in groups:
        at = groups.index(record.majority)
        for period, (early, late) in enumerate(pairwise(used)):
            known[period, at] = came_back(rows, late.on)[0] - came_back(rows, early.on)[0]
    return known, np.where(np.isfinite(known), BACK * np.abs(np.nan_to_num(known)) + 1.0, np.nan)


def _over(record: PopulationRecord, name: str, groups: tuple[str, ...]) -> Floats:
    low, mid, high = triangle_ends(record, name, groups, 1.0)
    return np.stack([low / mid, np.ones_like(mid), high / mid], axis=1)
