"""The cube: people by region, group, age, sex and year, and by draw where chance is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.terms.errors import Invalid, NotFound
from sailau.terms.extras import need

Floats = NDArray[np.float64]
AXES = ("region", "group", "age", "sex", "year", "draw")
SEXES = ("female", "male")
FEMALE, MALE = 0, 1


class InvalidPopulation(Invalid):
    """People, rates or margins that cannot be of one population."""


@dataclass(frozen=True, slots=True)
class Cube:
    """People on 1 January of each year (or on the day of the count, for the first).

    Attributes
    ----------
    values : array of float
        values[region, group, age, sex, year] or values[region, group, age, sex, year, draw], in expectation, from 0 on.
    regions, groups : tuple of str
    years : tuple of int
    bands : tuple of str, optional
        Names of bands of age; single ages, the last one open, without it.

    Examples
    --------
    >>> cube = Cube(np.ones((2, 1, 3, 2, 1)), ("north", "south"), ("all",), (2020,))
    >>> cube.sum("region").tolist()
    [6.0, 6.0]
    """

    values: Floats
    regions: tuple[str, ...]
    groups: tuple[str, ...]
    years: tuple[int, ...]
    bands: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse axes that do not fit the values, and people below 0."""
        shape = (len(self.regions), len(self.groups), len(self.age_names), len(SEXES), len(self.years))
        if self.values.ndim not in (5, 6) or self.values.shape[:5] != shape:
            raise InvalidPopulation(f"the cube has the shape {self.values.shape}; its axes say {shape}")
        check_people(
            self.values[..., 0] if self.values.ndim == 5 else self.values[..., 0, 0], self.regions, self.groups
        )

    @property
    def ages(self) -> int:
        """How many ages or bands there are; the last one is open."""
        return int(self.values.shape[2])

    @property
    def age_names(self) -> tuple[str, ...]:
        """Names of the ages or bands: ``0`` … ``100+``."""
        last = self.values.shape[2] - 1
        return self.bands or (*(str(age) for age in range(last)), f"{last}+")

    @property
    def draws(self) -> int:
        """How many draws there are; 0 without chance."""
        return int(self.values.shape[5]) if self.values.ndim == 6 else 0

    def at(self, year: int) -> Floats:
        """Return people[region, group, age, sex(, draw)] of a year.

        Raises
        ------
        NotFound
            The cube does not hold that year.
        """
        if year not in self.years:
            raise NotFound("year", str(year), [str(known) for known in self.years])
        return np.asarray(self.values[:, :, :, :, self.years.index(year)])

    def sum(self, *axes: str) -> Floats:
        """Return people by the axes named, in the order of the cube; draws are kept always.

        Raises
        ------
        NotFound
            No axis of that name.
        """
        for axis in axes:
            if axis not in AXES:
                raise NotFound("axis", axis, list(AXES))
        away = tuple(i for i, name in enumerate(AXES[:5]) if name not in axes)
        return np.asarray(self.values.sum(axis=away))

    def to_xarray(self) -> Any:
        """Return the cube as a labelled array; needs the extra ``science``.

        Raises
        ------
        MissingExtra
            xarray is not installed.
        """
        xarray = need("xarray", extra="science", what="a labelled array")
        names = AXES[: self.values.ndim]
        labels: dict[str, Sequence[Any]] = {
            "region": self.regions,
            "group": self.groups,
            "age": self.age_names if self.bands else range(self.ages),
            "sex": SEXES,
            "year": self.years,
            "draw": range(self.draws),
        }
        return xarray.DataArray(self.values, dims=names, coords={n: list(labels[n]) for n in names}, name="people")


def check_people(people: Floats, regions: Sequence[str], groups: Sequence[str]) -> None:
    """Refuse people below 0 or not finite, and name the cell.

    Raises
    ------
    InvalidPopulation
        The first such cell of people[region, group, age, sex].
    """
    wrong = np.argwhere(~np.isfinite(people) | (people < 0))
    if wrong.size:
        r, g, age, sex = wrong[0]
        cell = f"{regions[r]}, {groups[g]}, age {age}, {SEXES[sex]}"
        raise InvalidPopulation(f"people of {cell}: {people[r, g, age, sex]}; a number from 0 on is needed")


def bands(ages: int, starts: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return spans of ages (first, last) from where each begins, the last one open.

    Examples
    --------
    >>> bands(101, [0, 18, 65])
    ((0, 17), (18, 64), (65, 100))
    """
    marks = sorted(set(starts))
    if not marks or marks[0] < 0 or marks[-1] >= ages:
        raise InvalidPopulation(
            f"ages begin at 0 and end at {ages - 1}; got {', '.join(map(str, starts)) or 'nothing'}"
        )
    ends = [*(mark - 1 for mark in marks[1:]), ages - 1]
    return tuple(zip(marks, ends, strict=True))


def in_bands(people: Floats, spans: Sequence[tuple[int, int]], *, axis: int = 2) -> Floats:
    """Return people with single ages added up in spans."""
    moved = np.moveaxis(people, axis, 0)
    return np.moveaxis(np.stack([moved[a : b + 1].sum(axis=0) for a, b in spans]), 0, axis)


def band_name(span: tuple[int, int], ages: int) -> str:
    """Return the name of a span: ``18-64``, ``65+``."""
    first, last = span
    return f"{first}+" if last == ages - 1 else str(first) if first == last else f"{first}-{last}"


def labelled(values: Floats, names: Sequence[str]) -> Mapping[str, float]:
    """Return a vector as a mapping."""
    return {name: float(value) for name, value in zip(names, values, strict=True)}
