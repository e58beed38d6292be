"""Whole votes from shares: what an entry's draws look like on the day, for a law that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.runs.entry_model import Outcome
from sailau.runs.entry_scenario import ENTRANT_FIRST, Scenario
from sailau.terms.tally import AGAINST_ALL, NATION, Ballots, Contender, Tally
from sailau.votes.choice import Floats
from sailau.votes.entry import deviation

Counts = NDArray[np.int64]


def on_the_day(outcome: Outcome, bar: float | Floats, doubt: Floats, rng: np.random.Generator) -> Floats:
    """Return shares of the parties with the error of the day: array [draw, party], adding up to one."""
    expected, at_bar = outcome.shares[:, ENTRANT_FIRST], outcome.share
    part = np.where(at_bar > 0, expected / np.where(at_bar > 0, at_bar, 1), 1)  # errors are as large a part everywhere
    error = part * deviation(at_bar, bar, doubt) * rng.standard_normal(len(doubt))
    return moved(outcome.shares, np.clip(expected + error, 0, 1))


def moved(shares: Floats, entrant: Floats) -> Floats:
    """Return shares with the entrant's set, rivals in the proportions they had; where they had nothing, as it was."""
    rest = shares[:, ENTRANT_FIRST + 1 :]
    left = rest.sum(axis=1)
    scale = np.where(left > 0, (1 - entrant) / np.where(left > 0, left, 1), 1)
    return np.column_stack([np.where(left > 0, entrant, shares[:, ENTRANT_FIRST]), rest * scale[:, None]])


def whole(shares: Floats, against_all: Floats, votes: int) -> Counts:
    """Return votes [draw, line] in whole numbers that add up: the parties, then the line against all."""
    lines = np.column_stack([shares * (1 - against_all)[:, None], against_all]) * votes
    counts: Counts = np.floor(lines).astype(np.int64)
    left = votes - counts.sum(axis=1)
    order = np.argsort(counts - lines, axis=1, kind="stable")
    for i in range(lines.shape[1]):
        counts[np.arange(len(counts)), order[:, i]] += left > i
    return counts


def lines_of(parties: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of a ballot: the parties and the line against all."""
    return (*parties, AGAINST_ALL)


def totals_of(votes: int) -> dict[str, int]:
    """Return the figures that a law may take as a base: everybody who came voted validly."""
    return {"registered": 2 * votes, "voters": votes, "ballots": votes, "valid": votes, "invalid": 0}


def tally_of(scenario: Scenario, counts: Sequence[int], tiers: Mapping[str, Ballots] | None = None) -> Tally:
    """Return the tally of one draw: the list tier, and other tiers if given.

    The entrant is the last to be registered, so it loses ties that the order of registration decides.
    """
    votes = {line: int(n) for line, n in zip(lines_of(scenario.parties), counts, strict=True)}
    order = [*scenario.parties[ENTRANT_FIRST + 1 :], scenario.list]
    traits = {scenario.list: scenario.traits}
    contenders = {
        name: Contender(name, registered=i, traits=traits.get(name, frozenset()))
        for i, name in enumerate(order, start=1)
    }
    ballots: dict[str, Any] = {scenario.tier: Ballots({NATION: votes}, {NATION: totals_of(sum(votes.values()))})}
    return Tally({**ballots, **(tiers or {})}, contenders)
