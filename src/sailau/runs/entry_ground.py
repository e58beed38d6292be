"""The votes of an entry on the ground of a law: in every tier that people vote in, by nation, region or district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from sailau.law.edition import Law
from sailau.runs.entry_model import MARK
from sailau.runs.entry_scenario import Scenario
from sailau.runs.entry_votes import lines_of, tally_of, totals_of, whole
from sailau.runs.reforms_votes import Regions, district_ballots, districts_at, region_of, regions_of
from sailau.seats.tier import Tier
from sailau.terms.errors import Invalid, SailauError, Undecided
from sailau.terms.tally import AGAINST_ALL, Ballots, Tally
from sailau.votes.choice import Floats

ROUNDS = 200
"""Rounds of raking after which shares of districts add up to those of the country to the last vote."""


def raked(shares: Floats, cast: Floats, target: Floats) -> Floats:
    """Return shares of districts that add up to those of the country: array [region, party].

    The odds of every two parties change by the same factor everywhere (iterative proportional fitting), so a list that
    is strong in one place stays so.

    Parameters
    ----------
    shares : array [region, party]
        As people of each region choose sincerely.
    cast : array [region]
        Votes there, adding up to one.
    target : array [party]
        Shares of the country, adding up to one.

    Examples
    --------
    >>> found = raked(np.array([[0.5, 0.5], [0.1, 0.9]]), np.array([0.5, 0.5]), np.array([0.4, 0.6]))
    >>> (np.array([0.5, 0.5]) @ found).round(9), found.sum(axis=1)
    (array([0.4, 0.6]), array([1., 1.]))
    """
    votes = shares * cast[:, None]
    for _ in range(ROUNDS):
        now = votes.sum(axis=0)
        votes = votes * np.where(now > 0, target / np.where(now > 0, now, 1), 0)
        rows = votes.sum(axis=1)
        votes = votes * np.where(rows > 0, cast / np.where(rows > 0, rows, 1), 0)[:, None]
        if np.abs(votes.sum(axis=0) - target).max() < 1e-12:
            break
    return np.asarray(votes / np.where(cast > 0, cast, 1)[:, None])


def needs_ground(scenario: Scenario, law: Law, counts: Sequence[int]) -> bool:
    """Say whether a law needs more of the votes than those of the country for the lists."""
    try:
        law.count(tally_of(scenario, counts))
    except Undecided:
        return False
    except SailauError:
        return True
    return False


def tally_on(scenario: Scenario, law: Law, draw: Mapping[str, Floats], shares: Floats, against_all: float) -> Tally:
    """Return the votes of one draw in every tier of a law.

    Parameters
    ----------
    scenario : Scenario
    law : Law
    draw : mapping of input to array [1]
    shares : array [party]
        Of the country on the day.
    against_all : float

    Raises
    ------
    Invalid
        The law counts by districts, and the scenario does not say which regions are districts.
    """
    regions = regions_of(scenario, draw)
    there = raked(regions.shares, regions.cast, shares)
    tiers: dict[str, Ballots] = {}
    for tier in law.tiers:
        if not tier.needs_votes or tier.votes is not None:
            continue
        seats = scenario.magnitudes.get(tier.name) or tier.magnitudes
        if tier.district == "single_member" and tier.seats:
            tiers[tier.name] = _by_district(scenario, tier, draw, against_all)
        elif seats or tier.district == "nationwide":
            tiers[tier.name] = _by_region(scenario, tier, regions, there, against_all, dict(seats))
        else:
            what = f"{law}: {tier.name} is counted by districts, and the scenario does not say how many seats each has"
            hint = f"write magnitudes: {{{tier.name}: {{a_region: 7, …}}}}; a district is a region of the electorate"
            raise Invalid(what, hint=hint)
    plain = tally_of(scenario, [0] * len(lines_of(scenario.parties)))
    return Tally(tiers, plain.contenders)


def _by_region(
    scenario: Scenario, tier: Tier, regions: Regions, there: Floats, against_all: float, seats: dict[str, int]
) -> Ballots:
    """Return the ballots of a tier by region: of those that have seats, or of all where the tier is nationwide."""
    wrong = sorted(set(seats) - set(regions.names))
    if wrong:
        raise Invalid(
            f"{tier.name} has districts that are no region of the electorate: {', '.join(wrong[:5])}",
            hint="give the electorate as cells with a region for each district",
        )
    votes, totals = {}, {}
    for r, name in enumerate(regions.names):
        if seats and name not in seats:
            continue
        size = max(round(scenario.votes * float(regions.cast[r])), 1)
        counts = whole(there[r : r + 1], np.array([against_all]), size)[0]
        lines = zip(lines_of(scenario.parties), counts, strict=True)
        votes[name] = {line: int(n) for line, n in lines if line != AGAINST_ALL or against_all}
        totals[name] = totals_of(size)
    return Ballots(votes, totals, seats)


def _by_district(scenario: Scenario, tier: Tier, draw: Mapping[str, Floats], against_all: float) -> Ballots:
    """Return the ballots of single-member districts, each with the region that it lies in.

    Districts of a region that are alike differ by a ten-thousandth in size, so that no lot is needed between them.
    """
    found = districts_at(scenario, tier, draw)
    within = [int(name.partition(MARK)[2] or 1) for name in found.names]
    districts = replace(found, cast=found.cast * (1 - 1e-4 * np.array(within)))
    ballots = district_ballots(scenario, tier, districts, against_all)[tier.name]
    return Ballots(
        ballots.votes, ballots.totals, rankings=ballots.rankings, regions={n: region_of(n) for n in districts.names}
    )
