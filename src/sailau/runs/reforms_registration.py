"""The ban against the bar of members: what each law on parties asks of a list's supporters, region by region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sailau.parties.areas import Areas
from sailau.parties.conditions import Members
from sailau.parties.law import PartyLaw
from sailau.runs.entry_inputs import at, unknown
from sailau.runs.entry_scenario import ENTRANT_FIRST, Scenario
from sailau.runs.reforms_votes import regions_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What a law on parties asks of a list.

    Attributes
    ----------
    law : PartyLaw
    barred : str
        The article of the ban that it falls under; empty where none.
    members, tied : int
        The bar, and the part of it that is bound to areas.
    of_supporters : float
        Members over supporters in the country.
    tightest : str
        The area in which most of the supporters would have to join.
    there : float
        The part of them; above 1 where there are too few.
    """

    law: PartyLaw
    barred: str
    members: int
    tied: int
    of_supporters: float
    tightest: str
    there: float


def supporters_of(scenario: Scenario) -> dict[str, float]:
    """Return people who would choose the list by region, sincerely, in the middle of the ranges."""
    points = np.full((1, len(unknown(scenario.inputs))), 0.5)
    regions = regions_of(scenario, at(scenario.inputs, points))
    people = scenario.cells.weights.sum(axis=(1, 2))
    shares = regions.shares[:, ENTRANT_FIRST]
    return {name: float(n * share) for name, n, share in zip(regions.names, people, shares, strict=True)}


def asked(scenario: Scenario, laws: Sequence[PartyLaw], areas: Areas | None) -> tuple[Asked, ...]:
    """Return what each law asks of the list's supporters."""
    people = supporters_of(scenario)
    return tuple(_asked(scenario, law, areas, people) for law in laws)


def _asked(scenario: Scenario, law: PartyLaw, areas: Areas | None, people: Mapping[str, float]) -> Asked:
    bans = [ban.cite for ground in sorted(scenario.rests_on) for ban in law.bans(ground)]
    bar = law.headcount
    if not isinstance(bar, Members):
        return Asked(law, bans[0] if bans else "", 0, 0, 0.0, "", 0.0)
    units = areas.on(law.since, bar.kind) if areas else ()
    within = in_areas(people, areas, law.since) if areas else dict(people)
    needed = {unit.id: bar.least_in(unit.id) for unit in units}
    parts = {name: needed[name] / max(within.get(name, 0.0), 1e-9) for name in needed if needed[name]}
    # Where only some areas are needed, those with most supporters are taken.
    chosen = sorted(parts, key=lambda name: parts[name])[: bar.areas_needed(len(units))]
    tightest = chosen[-1] if chosen else ""
    return Asked(
        law,
        bans[0] if bans else "",
        bar.total,
        bar.tied(len(units)),
        bar.total / max(sum(people.values()), 1e-9),
        areas.units[tightest].name if areas and tightest else "",
        parts.get(tightest, 0.0),
    )


def in_areas(people: Mapping[str, float], areas: Areas, day: date) -> dict[str, float]:
    """Return people by the areas of a day: a unit that did not exist yet counts with that out of which it was made."""
    out: dict[str, float] = {}
    for name, number in people.items():
        unit = areas.units.get(name)
        while unit is not None and not unit.existed_on(day) and unit.of is not None:
            unit = areas.units[unit.of]
        key = unit.id if unit is not None else name
        out[key] = out.get(key, 0.0) + number
    return out
