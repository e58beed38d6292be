"""Rates of one year: deaths, births, moves over the border and inside it, changes of identity, children's groups."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np

from sailau.people.cube import FEMALE, MALE, Floats, InvalidPopulation

BORN_MALE = 105 / 205
"""Share of boys where a table does not tell: 105 for 100 girls."""


@dataclass(frozen=True)
class Rates:
    """What happens to people in one year. An axis of length 1 means "the same for all".

    Attributes
    ----------
    hazards : array of float
        Risk of dying from age x at the start to x + 1 at the end, hazards[region, group, age, sex]; survival is
        exp(-hazard). The open age carries its own.
    birth_hazards : array of float
        From birth to the end of the year, birth_hazards[region, group, sex].
    fertility : array of float
        Children for each woman-year, fertility[region, group, age].
    mothers : array of float
        Group of the child by that of the mother, mothers[mother, child]; rows add up to 1.
    boys : float
        Share of boys among the born.
    emigration : array of float
        Chance to leave the country in the year, emigration[region, group, age, sex].
    immigration, repatriation : array of float
        People who come, by age at the end of the year: [region, group, age, sex].
    moving : array of float
        Chance to leave one's region for another, moving[region, group, age, sex].
    destinations : array of float
        Where those go, destinations[from, to]; rows add up to 1, the diagonal is 0.
    identity : array of float
        Who counts as what a year later, identity[from, to]; rows add up to 1.
    identity_ages : array of float
        How strongly each age changes identity, in [0, 1]: 1 is as `identity` says.
    """

    hazards: Floats
    birth_hazards: Floats
    fertility: Floats
    mothers: Floats
    emigration: Floats
    immigration: Floats
    repatriation: Floats
    moving: Floats
    destinations: Floats
    identity: Floats
    identity_ages: Floats
    boys: float = BORN_MALE

    @property
    def shape(self) -> tuple[int, int, int]:
        """Regions, groups and ages."""
        return len(self.destinations), len(self.identity), len(self.identity_ages)

    @cached_property
    def moves(self) -> bool:
        """Whether anybody moves between regions."""
        return bool((self.moving > 0).any())

    def with_(self, **changes: Floats | float) -> Rates:
        """Return the rates with some of them replaced, checked again."""
        return checked(replace(self, **changes))  # type: ignore[arg-type]  # names are checked by replace


def no_rates(regions: int, groups: int, ages: int) -> Rates:
    """Return rates under which nothing happens: nobody is born, dies, moves or changes; everybody grows older."""
    still = np.zeros((1, 1, 1, 1))
    return Rates(
        hazards=still,
        birth_hazards=np.zeros((1, 1, 1)),
        fertility=np.zeros((1, 1, ages)),
        mothers=np.eye(groups),
        emigration=still,
        immigration=still,
        repatriation=still,
        moving=still,
        destinations=spread_evenly(regions),
        identity=np.eye(groups),
        identity_ages=np.ones(ages),
    )


def spread_evenly(regions: int) -> Floats:
    """Return destinations that prefer no region; a country of one region has none."""
    if regions == 1:
        return np.zeros((1, 1))
    return np.asarray((np.ones((regions, regions)) - np.eye(regions)) / (regions - 1))


def gravity(people: Floats, *, pull: float = 1.0) -> Floats:
    """Return destinations in proportion to people^pull (a gravity model without distance)."""
    weights = np.tile(np.asarray(people, dtype=np.float64) ** pull, (len(people), 1))
    np.fill_diagonal(weights, 0.0)
    if len(people) == 1:
        return np.zeros((1, 1))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


_SHAPES = {
    "hazards": "rgas",
    "birth_hazards": "rgs",
    "fertility": "rga",
    "emigration": "rgas",
    "immigration": "rgas",
    "repatriation": "rgas",
    "moving": "rgas",
}


def checked(rates: Rates) -> Rates:
    """Return the rates as they are.

    Raises
    ------
    InvalidPopulation
        An axis of the wrong length, a rate below 0 or not finite, a chance above 1, rows that do not add up to 1.
    """
    r, g, a = rates.shape
    sizes = {"r": r, "g": g, "a": a, "s": 2}
    for name, axes in _SHAPES.items():
        values = getattr(rates, name)
        fits = values.ndim == len(axes) and all(n in (1, sizes[x]) for n, x in zip(values.shape, axes, strict=True))
        if not fits:
            told = ", ".join(str(sizes[x]) for x in axes)
            raise InvalidPopulation(f"{name} has the shape {values.shape}; it can be ({told}), or 1 on any axis")
    for part in fields(rates):
        values = np.asarray(getattr(rates, part.name))
        if not np.isfinite(values).all() or (values < 0).any():
            place = tuple(int(i) for i in np.argwhere(~np.isfinite(values) | (values < 0))[0])
            raise InvalidPopulation(f"{part.name}{list(place)} is {values[place]}; a rate is a number from 0 on")
    for name in ("emigration", "moving", "identity_ages", "boys"):
        if (np.asarray(getattr(rates, name)) > 1).any():
            raise InvalidPopulation(f"{name} has a chance above 1")
    _check_rows("mothers", rates.mothers, g)
    _check_rows("identity", rates.identity, g)
    if r > 1:
        _check_rows("destinations", rates.destinations, r)
        if np.diag(rates.destinations).any():
            raise InvalidPopulation("destinations: who moves goes to another region; the diagonal is 0")
    return rates


def _check_rows(name: str, matrix: Floats, n: int) -> None:
    if matrix.shape != (n, n):
        raise InvalidPopulation(f"{name} has the shape {matrix.shape}; it is ({n}, {n})")
    off = np.abs(matrix.sum(axis=1) - 1)
    if (off > 1e-9).any():
        row = int(off.argmax())
        raise InvalidPopulation(f"row {row} of {name} adds up to {matrix[row].sum():.6f}; a row adds up to 1")


def of_boys(boys: float) -> Floats:
    """Return shares of the born by sex, in the order of the axis."""
    out = np.empty(2)
    out[FEMALE], out[MALE] = 1 - boys, boys
    return out
