"""From inputs to shares: the choice of every cell at every draw, and expectations that confirm themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sailau.runs.entry_bar import bar_of, cells_at_bar, counts_line, is_local
from sailau.runs.entry_scenario import ENTRANT_FIRST, Scenario
from sailau.votes.choice import Cells, Floats, Slate, Voters, logit, utility
from sailau.votes.entry import Poll

POINTS = 9
"""Positions in a cell; with more, shares move by less than a hundredth of a point."""

CHUNK = 2048
MARK = "#"
"""Between a region and the number of its district."""
Expectation = Literal["sincere", "highest", "lowest"]


@dataclass(frozen=True, slots=True)
class Switches:
    """Choices of modelling that are no numbers.

    Attributes
    ----------
    electorate : str
        ``given``, or the name of another one.
    expectation : str
        sincere, highest or lowest: what voters think of the list's chance.
    by_age : bool
        Whether turnout differs by age.
    rival_joins : bool
        Whether a rival that may takes the list's position.
    by_language : bool
        Whether people of the majority group who speak the others' language count with these, as the input says.
    camps : bool
        Whether people of a cell stand in two camps, not around one middle.
    """

    electorate: str = "given"
    expectation: Expectation = "highest"
    by_age: bool = True
    rival_joins: bool = False
    by_language: bool = True
    camps: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What the draws give.

    Attributes
    ----------
    share : array [draw]
        The entrant's share of the votes for parties, in its stronghold where each district has a bar of its own.
    effective : array [draw]
        Its share of the base of the bar, the line against all included.
    chance : array [draw]
        The chance to pass.
    shares : array [draw, party]
        Of the country.
    own, majority : array [draw]
        Its share among those it speaks to, and among the majority.
    several : array [draw]
        1 where the highest and the lowest expectation both confirm themselves and differ, else 0.
    """

    share: Floats
    effective: Floats
    chance: Floats
    shares: Floats
    own: Floats
    majority: Floats
    several: Floats


def cells_of(scenario: Scenario, switches: Switches) -> Cells:
    """Return the electorate that the switches name."""
    return scenario.cells if switches.electorate == "given" else scenario.others[switches.electorate]


def run(
    scenario: Scenario, draws: Mapping[str, Floats], switches: Switches | None = None, *, bar: float | None = None
) -> Outcome:
    """Return the shares at every draw.

    Parameters
    ----------
    scenario : Scenario
    draws : mapping of input to array [draw]
    switches : Switches, optional
    bar : float, optional
        Instead of that of the law.
    """
    chosen = switches or Switches()
    if not counts_line(scenario):
        draws = {**draws, "against_all": np.zeros(len(draws["valence"]))}
    mark = bar_of(scenario) if bar is None else bar
    cells = cells_of(scenario, chosen)
    if bar is None and is_local(scenario):  # where each district has a bar, voters are taken to be sincere
        draws = {**draws, "strategic": np.zeros(len(draws["valence"]))}
        there = _chunks(scenario, draws, chosen, mark, cells_at_bar(scenario, cells))
        return replace(there, shares=_chunks(scenario, draws, chosen, mark, cells).shares)
    return _chunks(scenario, draws, chosen, mark, cells)


def _chunks(scenario: Scenario, draws: Mapping[str, Floats], switches: Switches, bar: float, cells: Cells) -> Outcome:
    n = len(draws["valence"])
    parts = [
        _run(scenario, {name: x[i : i + CHUNK] for name, x in draws.items()}, switches, bar, cells)
        for i in range(0, n, CHUNK)
    ]
    return Outcome(*(np.concatenate([getattr(part, name) for part in parts]) for name in Outcome.__slots__))


def _run(scenario: Scenario, x: Mapping[str, Floats], switches: Switches, bar: float, cells: Cells) -> Outcome:
    choice, mass = places(scenario, cells, x, switches)
    n = len(x["valence"])
    sincere = choice[..., ENTRANT_FIRST].reshape(n, -1)
    weights = mass.reshape(n, -1)
    poll = Poll(sincere, weights, bar / (1 - x["against_all"]), x["doubt"], x["strategic"])
    top, bottom = poll.confirmed(1.0), poll.confirmed(0.0)
    believed = {"sincere": np.ones(n), "highest": top, "lowest": bottom}[switches.expectation]
    kept = poll.kept(believed)
    share = (weights * kept).sum(axis=1)
    rest = (1 - kept) / np.maximum(1 - sincere, 1e-300)
    flat = choice.reshape(n, -1, choice.shape[-1])[..., 1:]
    others = np.matmul((weights * rest)[:, None, :], flat)[:, 0]
    by_group = (mass * kept.reshape(mass.shape)).sum(axis=(2, 3)), mass.sum(axis=(2, 3))
    own = np.array([group in scenario.speaks_to for group in cells.groups])
    home = np.array([group == scenario.majority for group in cells.groups])
    effective = share * (1 - x["against_all"])
    return Outcome(
        share,
        effective,
        poll.chance(share),
        np.column_stack([share, others]),
        _among(by_group, own),
        _among(by_group, home),
        np.asarray(top - bottom > 1e-3, dtype=np.float64),
    )


def _among(by_group: tuple[Floats, Floats], who: Floats) -> Floats:
    won, cast = by_group[0][:, who].sum(axis=1), by_group[1][:, who].sum(axis=1)
    return np.asarray(won / np.where(cast > 0, cast, 1))


def places(scenario: Scenario, cells: Cells, x: Mapping[str, Floats], switches: Switches) -> tuple[Floats, Floats]:
    """Return what people at every place choose sincerely, and how many votes are cast there.

    Where the list does not stand everywhere, each position comes twice: where it stands, then where it does not.

    Returns
    -------
    choice : array [draw, group, age, position, party]
    mass : array [draw, group, age, position]
        Adding up to one.
    """
    voters = voters_of(scenario, cells, x, camps=switches.camps)
    slate = slate_of(scenario, cells, x, rival_joins=switches.rival_joins, by_language=switches.by_language)
    value = utility(voters, slate, issue=x["issue"], identity=x["identity"], attachment=x["ties"])
    local = np.array([scenario.turnout_by_region.get(region, 1.0) for region in cells.regions])
    stands = np.array([scenario.stands(region.partition(MARK)[0]) for region in cells.regions])
    coming = cells.weights * local[:, None, None]
    turnout = turnout_weights(scenario, cells, x, by_age=switches.by_age)
    whole = (coming.sum(axis=0) * turnout).sum(axis=(1, 2), keepdims=True)
    mass = [(coming[where].sum(axis=0) * turnout / whole)[..., None] * voters.density for where in (stands, ~stands)]
    choice = logit(value)
    if stands.all():
        return choice, mass[0]
    return np.concatenate([choice, without(choice)], axis=-2), np.concatenate(mass, axis=-1)


def without(choice: Floats) -> Floats:
    """Return what people choose where the list does not stand: the others keep their proportions."""
    rest = choice.copy()
    rest[..., ENTRANT_FIRST] = 0
    left = rest.sum(axis=-1, keepdims=True)
    return np.asarray(rest / np.where(left > 0, left, 1))


def voters_of(scenario: Scenario, cells: Cells, x: Mapping[str, Floats], *, camps: bool) -> Voters:
    """Return where the people of every cell stand at every draw."""
    middle = np.array([scenario.positions[group] for group in cells.groups])
    old = np.array([scenario.ages.get(age, 0.0) for age in cells.ages])
    means = x["distance"][:, None, None] * middle[:, None] + x["age_slope"][:, None, None] * old
    if not camps:
        return Voters.normal(means, scenario.sd, points=POINTS)
    half = scenario.sd * 0.8  # two camps at this distance with sd 0.6 have the same deviation as one
    left, right = (Voters.normal(means + side, scenario.sd * 0.6, points=POINTS) for side in (-half, half))
    positions = np.concatenate([left.positions, right.positions], axis=-1)
    return Voters(positions, np.concatenate([left.density, right.density]) / 2)


def slate_of(
    scenario: Scenario, cells: Cells, x: Mapping[str, Floats], *, rival_joins: bool, by_language: bool
) -> Slate:
    """Return the parties at every draw: where they stand, whose they are, how they are liked."""
    n, rivals = len(x["valence"]), scenario.rivals
    positions = np.empty((n, 1 + len(rivals)))
    positions[:, ENTRANT_FIRST] = x["position"]
    valence = np.empty_like(positions)
    valence[:, ENTRANT_FIRST] = x["valence"]
    identity = np.zeros((n, len(cells.groups), 1 + len(rivals)))
    ties = np.zeros((len(cells.groups), len(cells.ages), 1 + len(rivals)))
    for g, group in enumerate(cells.groups):
        mine = x["appeal"] if group in scenario.speaks_to else np.zeros(n)
        theirs = -x["backlash"] if group == scenario.majority else mine
        if by_language and group == scenario.majority:
            theirs = theirs * (1 - x["language"]) + x["appeal"] * x["language"]
        identity[:, g, ENTRANT_FIRST] = theirs
    for j, rival in enumerate(rivals, start=1):
        positions[:, j] = x["position"] if rival_joins and rival.joins else rival.position
        valence[:, j] = rival.valence
        ties[..., j] = rival.ties
        for g, group in enumerate(cells.groups):
            identity[:, g, j] = rival.identity.get(group, 0.0)
    return Slate(scenario.parties, positions, identity, valence, ties)


def turnout_weights(scenario: Scenario, cells: Cells, x: Mapping[str, Floats], *, by_age: bool) -> Floats:
    """Return relative turnout by draw, group and age."""
    ages = np.array([scenario.turnout_by_age.get(age, 1.0) if by_age else 1.0 for age in cells.ages])
    others = np.array([group != scenario.majority for group in cells.groups])
    ratio = np.where(others, x["turnout_ratio"][:, None], 1.0)
    return np.asarray(ratio[:, :, None] * ages)
