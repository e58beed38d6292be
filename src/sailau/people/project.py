"""Projection: year after year, in expectation, with the books of every year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from sailau.people.cube import Cube, Floats, InvalidPopulation, check_people
from sailau.people.rates import Rates, checked
from sailau.people.step import Ledger, step


@dataclass(frozen=True, slots=True)
class Projection:
    """People by year, and what happened between the years.

    Attributes
    ----------
    cube : Cube
        The start and every year after it.
    books : tuple of Ledger
        One for each year projected.
    """

    cube: Cube
    books: tuple[Ledger, ...]

    @property
    def book(self) -> Ledger:
        """The books of all years together."""
        return reduce(lambda a, b: a + b, self.books)

    @property
    def gap(self) -> float:
        """The largest number of people in any year, region and group that the books do not explain."""
        return max((float(np.abs(book.gap).max()) for book in self.books), default=0.0)


def project(
    people: Floats,
    rates: Rates | Iterable[Rates],
    years: int,
    *,
    start: int,
    regions: Sequence[str],
    groups: Sequence[str],
) -> Projection:
    """Return a projection.

    Parameters
    ----------
    people : array of float
        people[region, group, age, sex] at the start; single ages, the last one open.
    rates : Rates or iterable of Rates
        The same for every year, or one for each.
    years : int
        How many years, from 0 on.
    start : int
        The year of the start.
    regions, groups : sequence of str

    Raises
    ------
    InvalidPopulation
        People below 0, rates that do not fit the axes, fewer rates than years.
    """
    check_people(people, regions, groups)
    if years < 0:
        raise InvalidPopulation(f"{years} years; a number from 0 on")
    each = [rates] * years if isinstance(rates, Rates) else list(rates)
    if len(each) < years:
        raise InvalidPopulation(f"rates for {len(each)} years are given, {years} are projected")
    wanted = (len(regions), len(groups), people.shape[2])
    now, slices, books = np.asarray(people, dtype=np.float64), [np.asarray(people, dtype=np.float64)], []
    for one in each[:years]:
        if one.shape != wanted:
            raise InvalidPopulation(f"rates are for {one.shape} regions, groups and ages; people for {wanted}")
        now, book = step(now, checked(one))
        slices.append(now)
        books.append(book)
    cube = Cube(np.stack(slices, axis=4), tuple(regions), tuple(groups), tuple(range(start, start + years + 1)))
    return Projection(cube, tuple(books))
