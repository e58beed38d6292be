"""The votes of an entry in districts: choices by region, second rounds and rankings, as a law asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from sailau.law.edition import Law
from sailau.parties.districts import Classes
from sailau.runs.entry_model import MARK, Switches, places, turnout_weights, voters_of
from sailau.runs.entry_scenario import Scenario
from sailau.runs.entry_votes import totals_of, whole
from sailau.seats.elect import Elect
from sailau.seats.rank import Rank
from sailau.seats.remainders import largest_remainder
from sailau.seats.tier import Tier
from sailau.terms.errors import Invalid
from sailau.terms.tally import Ballots, second_round_of
from sailau.votes.choice import Cells, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Regions:
    """What the people of each region choose, sincerely, at one draw.

    Attributes
    ----------
    names : tuple of str
    cast : array [region]
        Votes cast there, adding up to one.
    mass : array [region, place]
        Votes by place within a region, adding up to one in each.
    choice : array [place, party]
    """

    names: tuple[str, ...]
    cast: Floats
    mass: Floats
    choice: Floats

    @property
    def shares(self) -> Floats:
        """Shares of the parties in each region: array [region, party]."""
        return np.asarray(self.mass @ self.choice)

    def between(self, pairs: NDArray[np.int64]) -> Floats:
        """Return shares when only two parties stand in a region: array [region, party], 0 for the others."""
        out = np.zeros((len(self.names), self.choice.shape[1]))
        for r, (i, j) in enumerate(pairs):
            two = self.choice[:, [i, j]]
            first = two[:, 0] / np.maximum(two.sum(axis=1), 1e-300)
            out[r, i] = self.mass[r] @ first
            out[r, j] = 1 - out[r, i]
        return out

    def rankings(self, parties: Sequence[str]) -> dict[tuple[str, ...], Floats]:
        """Return the share of every order of preference in each region; errors of choice are those of the logit.

        An order has the chance of a first choice among all, a second among the rest, and so on (Plackett and Luce).
        """
        out = {}
        for order in permutations(range(len(parties))):
            chance, rest = np.ones(len(self.choice)), np.ones(len(self.choice))
            for i in order[:-1]:
                chance = chance * self.choice[:, i] / np.maximum(rest, 1e-300)
                rest = rest - self.choice[:, i]
            out[tuple(parties[i] for i in order)] = self.mass @ chance
        return out


def regions_of(scenario: Scenario, draw: Mapping[str, Floats], cells: Cells | None = None) -> Regions:
    """Return what the people of each region choose at one draw, or those of other areas of theirs."""
    cells = cells or scenario.cells
    choice, _ = places(scenario, cells, draw, Switches())
    voters = voters_of(scenario, cells, draw, camps=False)
    local = np.array([scenario.turnout_by_region.get(region_of(name), 1.0) for name in cells.regions])
    cast = cells.weights * local[:, None, None] * turnout_weights(scenario, cells, draw, by_age=True)[0]
    mass = cast[..., None] * voters.density
    stands = np.array([scenario.stands(region_of(name)) for name in cells.regions])
    if not stands.all():  # positions come twice: where the list stands, then where it does not
        here = stands[:, None, None, None]
        mass = np.concatenate([np.where(here, mass, 0), np.where(here, 0, mass)], axis=-1)
    mass = mass.reshape(len(cells.regions), -1)
    whole_ = mass.sum(axis=1)
    return Regions(
        cells.regions,
        whole_ / whole_.sum(),
        mass / np.where(whole_ > 0, whole_, 1)[:, None],
        choice[0].reshape(-1, choice.shape[-1]),
    )


def districts_of(seats: int, regions: Regions, known: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Return districts by region: as on record where a record has that many, else shared out by votes.

    Raises
    ------
    Invalid
        The record names a region that the electorate does not have.
    """
    for record in known:
        if sum(record.values()) == seats:
            wrong = sorted(set(record) - set(regions.names))
            if wrong:
                raise Invalid(f"districts of {', '.join(wrong)}, which the electorate does not have")
            return dict(record)
    votes = {name: round(float(n) * 1e9) for name, n in zip(regions.names, regions.cast, strict=True)}
    return largest_remainder(votes, seats).seats


def region_of(district: str) -> str:
    """Return the region in which a district lies."""
    return district.partition(MARK)[0]


def apart(cells: Cells, number: Mapping[str, int], classes: Classes | None) -> Cells:
    """Return the people of each district: those of its region in equal parts, the group of the record gathered.

    Who belongs to none of the group's people is spread as in the region. People of each group and region stay as many.

    Parameters
    ----------
    cells : Cells
    number : mapping of region to int
        Districts; a region without one is left out.
    classes : Classes, optional
        Without them the districts of a region are alike.
    """
    weights, names = [], []
    of = cells.groups.index(classes.of) if classes and classes.of in cells.groups else None
    for r, region in enumerate(cells.regions):
        n = number.get(region, 0)
        people = cells.weights[r].sum()
        mean = float(cells.weights[r, of].sum() / people) if of is not None and people > 0 else 0.0
        shares = classes.shares(region, n, mean) if classes and n else (mean,) * n
        for k, part in enumerate(shares):
            block = cells.weights[r] / n
            if of is not None and 0 < mean < 1:
                gathered = block * (1 - part) / (1 - mean)
                gathered[of] = block[of] * part / mean
                block = gathered
            weights.append(block)
            names.append(f"{region}{MARK}{k + 1}")
    return Cells(np.array(weights), tuple(names), cells.groups, cells.ages)


def districts_at(scenario: Scenario, tier: Tier, draw: Mapping[str, Floats]) -> Regions:
    """Return what the people of each district of a tier choose at one draw."""
    own = scenario.magnitudes.get(tier.name)
    if own and sum(own.values()) != tier.seats:
        raise Invalid(
            f"{tier.name} has {tier.seats} districts; the magnitudes of the scenario add up to {sum(own.values())}"
        )
    known = (own,) if own else scenario.districts
    number = districts_of(tier.seats or 0, regions_of(scenario, draw), known)
    return regions_of(scenario, draw, apart(scenario.cells, number, scenario.classes))


@dataclass(frozen=True, slots=True)
class Nearest:
    """The district in which a list comes nearest to a plurality, or wins by most.

    Attributes
    ----------
    district : str
    reached, strongest : float
        The list's share there, and that of its strongest rival, who has to be beaten.
    """

    district: str
    reached: float
    strongest: float


def nearest_of(scenario: Scenario, districts: Regions) -> Nearest:
    """Return the district in which the entrant comes nearest to a plurality."""
    shares = districts.shares
    entrant = scenario.parties.index(scenario.list)
    rivals = np.delete(shares, entrant, axis=1).max(axis=1)
    at = int((shares[:, entrant] - rivals).argmax())
    return Nearest(districts.names[at], float(shares[at, entrant]), float(rivals[at]))


def district_ballots(scenario: Scenario, tier: Tier, districts: Regions, against_all: float) -> dict[str, Ballots]:
    """Return the ballots of a tier of districts, a second round with them where the law may ask for one."""
    votes: dict[str, dict[str, int]] = {}
    second: dict[str, dict[str, int]] = {}
    rankings: dict[str, dict[tuple[str, ...], int]] = {}
    shares = districts.shares
    runoff = districts.between(np.argsort(-shares, axis=1, kind="stable")[:, :2].astype(np.int64))
    orders = districts.rankings(scenario.parties) if any(isinstance(step, Rank) for step in tier.steps) else {}
    for d, name in enumerate(districts.names):
        size = max(int(scenario.votes * districts.cast[d]), 1)
        votes[name] = _votes(scenario, shares[d], against_all, size)
        second[name] = {party: n for party, n in _votes(scenario, runoff[d], 0.0, size).items() if n}
        ranked = {order: round(float(share[d]) * size) for order, share in orders.items()}
        rankings[name] = {order: n for order, n in ranked.items() if n}
    totals = {name: totals_of(sum(lines.values())) for name, lines in votes.items()}
    out = {tier.name: Ballots(votes, totals, rankings=rankings if orders else {})}
    if any(isinstance(step, Elect) and step.rule == "majority" for step in tier.steps):
        out[second_round_of(tier.name)] = Ballots(second)
    return out


def _votes(scenario: Scenario, shares: Floats, against_all: float, size: int) -> dict[str, int]:
    counts = whole(shares[None, :], np.array([against_all]), size)[0]
    names = (*scenario.parties, "against_all")
    kept = names if against_all else scenario.parties
    return {name: int(n) for name, n in zip(names, counts, strict=True) if name in kept}


def has_line(law: Law) -> bool:
    """Say whether the ballots of a law have a line against all."""
    from sailau.seats.eligible import Eligible
    from sailau.terms.tally import AGAINST_ALL

    return any(isinstance(step, Eligible) and AGAINST_ALL in step.drop for tier in law.tiers for step in tier.steps)
