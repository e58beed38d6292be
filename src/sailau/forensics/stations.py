"""Stations: what the protocols of an election say, as arrays; one row for each polling station."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.terms.speech import say

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Level:
    """Areas of one kind: regions, commissions; `codes` says for each station in which of the `labels` it lies."""

    name: str
    codes: Counts
    labels: tuple[str, ...]

    def take(self, rows: Mask) -> Level:
        """Return the level for some of the stations, areas without a station left out."""
        kept, codes = np.unique(self.codes[rows], return_inverse=True)
        return Level(self.name, codes.astype(np.int64), tuple(self.labels[i] for i in kept))


@dataclass(frozen=True, slots=True)
class Stations:
    """The stations of an election.

    Attributes
    ----------
    path : str
    rows : array of int
        The row of the file that each station stands in.
    names : tuple of str
        How the file calls each station.
    levels : tuple of Level
        Areas, from the largest to the smallest.
    registered, voters : array of int
        Voters on the register, and voters who were given a ballot; zeros where the file does not say.
    votes : array of int
        ``votes[station, contender]``.
    contenders : tuple of str
    leader : int
        The contender whose share is looked at.
    ballots, valid, invalid : array of int or None
        Ballots found in the boxes, and how they were judged.
    hours : mapping of str to array of float
        Turnout by the hour, in the order of the day; not a number where it is unknown.
    seats : array of int or None
    title : str
    """

    path: str
    rows: Counts
    names: tuple[str, ...]
    levels: tuple[Level, ...]
    registered: Counts
    voters: Counts
    votes: Counts
    contenders: tuple[str, ...]
    leader: int
    ballots: Counts | None = None
    valid: Counts | None = None
    invalid: Counts | None = None
    hours: Mapping[str, Numbers] = field(default_factory=dict)
    seats: Counts | None = None
    title: str = ""

    def __len__(self) -> int:
        return self.rows.size

    @property
    def leading(self) -> Counts:
        """Votes of the leader."""
        column: Counts = self.votes[:, self.leader]
        return column

    @property
    def counted(self) -> Counts:
        """Ballots of which the leader's share is a part: those in the boxes, else valid and invalid, else voters."""
        if self.ballots is not None:
            return self.ballots
        if self.valid is not None:
            return self.valid + self.invalid if self.invalid is not None else self.valid
        return np.asarray(self.voters if self.voters.any() else self.votes.sum(axis=1), dtype=np.int64)

    @property
    def has_turnout(self) -> bool:
        """Whether registered voters and voters are known."""
        return bool(self.registered.any() and self.voters.any())

    def take(self, rows: Mask) -> Stations:
        """Return some of the stations."""
        part: dict[str, Any] = {
            name: None if (values := getattr(self, name)) is None else values[rows]
            for name in ("rows", "registered", "voters", "votes", "ballots", "valid", "invalid", "seats")
        }
        chosen = tuple(name for name, kept in zip(self.names, rows, strict=True) if kept)
        levels = tuple(level.take(rows) for level in self.levels)
        hours = {hour: values[rows] for hour, values in self.hours.items()}
        return replace(self, names=chosen, levels=levels, hours=hours, **part)

    def place(self, row: int) -> str:
        """Return how people find a station: its areas, its name and its row in the file."""
        areas = [level.labels[level.codes[row]] for level in self.levels]
        return say("{station} (row {row})", station=", ".join([*areas, self.names[row]]), row=str(self.rows[row]))

    def neighbourhood(self, least: int) -> Level | None:
        """Return the smallest areas that hold at least `least` stations on average."""
        fitting = [level for level in self.levels if len(level.labels) > 1 and len(self) >= least * len(level.labels)]
        return fitting[-1] if fitting else None


def ordinary(stations: Stations, least: int = 100, most: float = 0.99) -> Mask:
    """Return which stations a test of percentages looks at.

    Those with at least `least` registered voters, somebody who voted, and neither turnout nor the leader's share above
    `most`: at 99 % and more, wards, ships and barracks end at whole percentages by themselves (Kobak, Shpilkin and
    Pshenichnikov 2016). Where the file has no register, those with at least `least` ballots and such a share.
    """
    counted = stations.counted
    share = (counted > 0) & (stations.leading <= most * counted)
    if not stations.has_turnout:
        return np.asarray(share & (counted >= least), dtype=np.bool_)
    able = (stations.registered >= least) & (stations.voters > 0)
    return np.asarray(able & share & (stations.voters <= most * stations.registered), dtype=np.bool_)
