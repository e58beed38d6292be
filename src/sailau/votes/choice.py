"""How cells of an electorate choose: issues, identity, attachment and valence, integrated over positions.

U of a voter at x in group g for party j = -issue (x - z_j)² + identity I(g, j) + attachment c(g, a, j) + valence_j, and
a Gumbel error; the share of a cell is the mean of the logit over the positions of its people: a sum, no agents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sailau.terms.errors import Invalid

Floats = NDArray[np.float64]


class InvalidCells(Invalid):
    """An electorate by cells, or parties before it, that cannot be."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """People entitled to vote, by region, group and age.

    Attributes
    ----------
    weights : array
        weights[region, group, age], from 0 on.
    regions, groups, ages : tuple of str
    """

    weights: Floats
    regions: tuple[str, ...]
    groups: tuple[str, ...]
    ages: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse axes that do not fit, and weights that are no weights; the message names the cell."""
        shape = (len(self.regions), len(self.groups), len(self.ages))
        if self.weights.shape != shape:
            raise InvalidCells(f"the cells have the shape {self.weights.shape}; their axes say {shape}")
        wrong = np.argwhere(~np.isfinite(self.weights) | (self.weights < 0))
        if wrong.size:
            r, g, a = wrong[0]
            cell = f"{self.regions[r]}, {self.groups[g]}, {self.ages[a]}"
            raise InvalidCells(f"the weight of {cell} is {self.weights[r, g, a]}; a number from 0 on is needed")
        if not self.weights.sum() > 0:
            raise InvalidCells("the electorate is empty: all weights are 0")

    @classmethod
    def of_groups(cls, people: Mapping[str, float]) -> Cells:
        """Return an electorate of groups alone: one region, one age."""
        weights = np.array([[[float(n)] for n in people.values()]])
        return cls(weights, ("country",), tuple(people), ("all",))

    @property
    def by_group(self) -> dict[str, float]:
        """People of each group."""
        return {name: float(n) for name, n in zip(self.groups, self.weights.sum(axis=(0, 2)), strict=True)}


@dataclass(frozen=True, slots=True, eq=False)
class Voters:
    """Where the people of a cell stand on one dimension of issues: points, and the part that stands at each.

    Attributes
    ----------
    positions : array [position], [group, age, position] or [draw, group, age, position]
    density : array of one of these forms
        Adding up to one over positions.
    """

    positions: Floats
    density: Floats

    def __post_init__(self) -> None:
        """Refuse densities that do not add up to one."""
        if self.density.shape[-1:] != self.positions.shape[-1:]:
            raise InvalidCells(f"{self.density.shape[-1]} densities for {self.positions.shape[-1]} positions")
        if (self.density < 0).any() or not np.allclose(self.density.sum(axis=-1), 1, atol=1e-9):
            raise InvalidCells("the positions of a cell do not add up to one")

    @classmethod
    def normal(cls, means: Floats, sd: float, *, points: int = 9) -> Voters:
        """Return people who stand normally around the mean of their cell (the points of Gauss and Hermite).

        Parameters
        ----------
        means : array [group, age], or [draw, group, age]
        sd : float
        points : int
        """
        if sd <= 0:
            raise InvalidCells(f"a deviation of {sd}; a number above 0 is needed")
        nodes, weights = np.polynomial.hermite_e.hermegauss(points)
        return cls(np.asarray(means)[..., None] + sd * nodes, weights / weights.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Slate:
    """The parties that stand.

    Attributes
    ----------
    parties : tuple of str
    positions : array [party], or [draw, party]
    identity : array [group, party], or [draw, group, party]
        How far a party is that of a group: 1 its own, 0 neither, below 0 somebody else's.
    valence : array [party]
    attachment : array [group, age, party], optional
        Ties to a party from before.
    """

    parties: tuple[str, ...]
    positions: Floats
    identity: Floats
    valence: Floats
    attachment: Floats | None = None


def support(
    voters: Voters,
    slate: Slate,
    *,
    issue: float | Floats = 1.0,
    identity: float | Floats = 1.0,
    attachment: float | Floats = 1.0,
    valence: Floats | None = None,
    passes: Floats | None = None,
    strategic: float | Floats = 0.0,
) -> Floats:
    """Return the share of each cell that each party gets.

    Parameters
    ----------
    voters : Voters
    slate : Slate
    issue, identity, attachment : float or array [draw]
        Weights; an identity of infinity counts by groups, and the rest decides only between parties equally near.
    valence : array [party] or [draw, party], optional
        Instead of that of the slate.
    passes : array [party] or [draw, party], optional
        The chance that a party passes, as voters see it.
    strategic : float or array [draw]
        How much a vote without effect is shunned: the chance enters with this exponent; 0 is sincere.

    Returns
    -------
    array [group, age, party] or [draw, group, age, party]
    """
    value = utility(
        voters,
        slate,
        issue=issue,
        identity=identity,
        attachment=attachment,
        valence=valence,
        passes=passes,
        strategic=strategic,
    )
    shares = (logit(value) * voters.density[..., None]).sum(axis=-2)
    scalars = [np.ndim(weight) for weight in (issue, identity, attachment, strategic)]
    rows = [np.ndim(row) - 1 for row in (slate.positions, slate.valence, valence, passes) if row is not None]
    drawn = any(n > 0 for n in (*scalars, *rows)) or slate.identity.ndim > 2 or voters.positions.ndim > 3
    return np.asarray(shares if drawn else shares[0])


def utility(
    voters: Voters,
    slate: Slate,
    *,
    issue: float | Floats = 1.0,
    identity: float | Floats = 1.0,
    attachment: float | Floats = 1.0,
    valence: Floats | None = None,
    passes: Floats | None = None,
    strategic: float | Floats = 0.0,
) -> Floats:
    """Return the value of each party to people at each position: array [draw, group, age, position, party]."""
    a, b, c, s = (
        np.reshape(np.asarray(w, np.float64), (-1, 1, 1, 1, 1)) for w in (issue, identity, attachment, strategic)
    )
    gap = (voters.positions[..., None] - _by_draw(slate.positions)) ** 2
    value = -a * gap + _by_draw(slate.valence if valence is None else valence)
    # 0 × infinity is no number: a weight of infinity is taken out and made a rule of its own.
    endless = np.isinf(b)
    nearness = slate.identity[..., :, None, None, :]
    value = value + np.where(endless, 0.0, b) * nearness
    if slate.attachment is not None:
        value = value + c * slate.attachment[..., :, :, None, :]
    if passes is not None:
        with np.errstate(divide="ignore"):
            value = value + np.where(s == 0, 0.0, s * np.log(_by_draw(passes)))
    if endless.any():
        best = nearness == nearness.max(axis=-1, keepdims=True)
        value = np.where(endless & ~best, -np.inf, value)
    return np.asarray(value)


def _by_draw(values: Floats) -> Floats:
    """Return [party] or [draw, party] with axes for group, age and position between."""
    rows = np.atleast_2d(values)
    return rows.reshape(len(rows), 1, 1, 1, -1)


def logit(value: Floats) -> Floats:
    """Return shares over the last axis: exp(value) over its sum; minus infinity is a share of 0.

    Raises
    ------
    InvalidCells
        Nobody can be chosen: all values are minus infinity.
    """
    top = value.max(axis=-1, keepdims=True)
    if np.isneginf(top).any():
        raise InvalidCells("some voters have nobody to choose: every party is ruled out")
    odds = np.exp(value - top)
    return np.asarray(odds / odds.sum(axis=-1, keepdims=True))


def totals(cells: Cells, turnout: Floats, shares: Floats) -> Floats:
    """Return the share of each party in the country: the sum of w t p over the sum of w t.

    Parameters
    ----------
    cells : Cells
    turnout : array that fits [region, group, age], or with [draw] before
        In [0, 1].
    shares : array [group, age, party] or [draw, group, age, party]

    Returns
    -------
    array [party] or [draw, party]
    """
    cast = cells.weights * turnout
    summed = cast.sum(axis=-3)
    votes = (summed[..., None] * shares).sum(axis=(-3, -2))
    return np.asarray(votes / summed.sum(axis=(-2, -1))[..., None])
