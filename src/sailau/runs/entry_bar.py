"""The bar that an entrant must reach: its share, its base, who is free of it, and whether it holds in each district."""

from __future__ import annotations

from dataclasses import replace

from sailau.runs.entry_scenario import Scenario
from sailau.seats.count import flat
from sailau.seats.threshold import Threshold
from sailau.terms.errors import InvalidLaw
from sailau.votes.choice import Cells

WITH_LINE = ("valid", "voters", "ballots")
WITHOUT_LINE = ("list_votes", "valid_for_contenders")
"""Bases of a bar: those that the line against all is in, and those that it is not in."""


def threshold_of(scenario: Scenario) -> Threshold | None:
    """Return the bar of the scenario's tier, that of its districts where it holds in each of them; None without one."""
    steps = scenario.law.tier(scenario.tier).steps
    return next((step for step in flat(steps) if isinstance(step, Threshold)), None)


def bar_of(scenario: Scenario) -> float:
    """Return the share that a list of the tier must reach; 0 without a bar, and where the list is exempt.

    Raises
    ------
    InvalidLaw
        The tier has a bar that is no share of votes.
    """
    bar = threshold_of(scenario)
    if bar is None or is_exempt(scenario):
        return 0.0
    if bar.share is None:
        raise InvalidLaw(f"{scenario.law}: the bar of {scenario.tier} is no share of the votes")
    if bar.of not in (*WITH_LINE, *WITHOUT_LINE):
        raise InvalidLaw(f"{scenario.law}: the bar of {scenario.tier} is a share of {bar.of}, not of the votes")
    return float(bar.share)


def is_exempt(scenario: Scenario) -> bool:
    """Say whether the law frees a list with these traits of the bar."""
    bar = threshold_of(scenario)
    return bar is not None and not scenario.traits.isdisjoint(bar.exempt)


def is_local(scenario: Scenario) -> bool:
    """Say whether the bar holds in each district on its own."""
    bar = threshold_of(scenario)
    return bar is not None and bar not in scenario.law.tier(scenario.tier).steps and not is_exempt(scenario)


def counts_line(scenario: Scenario) -> bool:
    """Say whether ballots against all raise the bar."""
    bar = threshold_of(scenario)
    return bar is None or bar.of in WITH_LINE


def stronghold(scenario: Scenario, cells: Cells) -> str:
    """Return the region, of those where the list stands, in which the groups that it speaks to are the largest part.

    Of regions with the same part, to a thousandth, the one with most seats.
    """
    own = [group in scenario.speaks_to for group in cells.groups]
    people = cells.weights.sum(axis=2)
    parts = {
        region: float(people[r, own].sum() / people[r].sum()) if people[r].sum() > 0 else 0.0
        for r, region in enumerate(cells.regions)
        if scenario.stands(region) or scenario.stands_in.isdisjoint(cells.regions)
    }
    seats = scenario.magnitudes.get(scenario.tier) or scenario.law.tier(scenario.tier).magnitudes
    return max(parts, key=lambda region: (round(parts[region], 3), seats.get(region, 0)))


def cells_at_bar(scenario: Scenario, cells: Cells) -> Cells:
    """Return the people among whom the bar has to be reached: all, or those of the list's stronghold."""
    if not is_local(scenario):
        return cells
    region = stronghold(scenario, cells)
    return replace(cells, weights=cells.weights[[cells.regions.index(region)]], regions=(region,))
