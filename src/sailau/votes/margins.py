"""Margins: in every unit, people by group and votes by option; the table inside is what nobody has counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sailau.terms.errors import InvalidMargins

Counts = NDArray[np.int64]
Array = NDArray[np.float64]

ABSTENTION = "abstention"
"""The option of those who are counted in a group and marked none of the options."""


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """What is known of a number of units.

    Attributes
    ----------
    units, groups, options : tuple of str
    people : array
        `people[unit, group]`, counts of people.
    votes : array
        `votes[unit, option]`, counts of the same people; each unit has the same sum in both.
    abstaining : int
        How many were added as the option `ABSTENTION`.
    """

    units: tuple[str, ...]
    groups: tuple[str, ...]
    options: tuple[str, ...]
    people: Counts
    votes: Counts
    abstaining: int = 0

    @classmethod
    def of(
        cls,
        people: ArrayLike,
        votes: ArrayLike,
        *,
        groups: Sequence[str] = (),
        options: Sequence[str] = (),
        units: Sequence[str] = (),
    ) -> Margins:
        """Return margins; people who marked no option become the option `ABSTENTION`.

        Parameters
        ----------
        people, votes : array-like of int
            Units by groups and units by options: counts, of the same people.
        groups, options, units : sequence of str, optional
            Their names; numbers where none are given.

        Raises
        ------
        InvalidMargins
            A count that is none, more votes than people in a unit, names that repeat or are too few.

        Examples
        --------
        >>> Margins.of([[60, 40], [10, 90]], [[50, 30], [20, 70]], options=["yes", "no"]).options
        ('yes', 'no', 'abstention')
        """
        rows, columns = _counts(people, "people"), _counts(votes, "votes")
        if len(rows) != len(columns):
            raise InvalidMargins(f"{len(rows)} units with people, {len(columns)} with votes")
        names = _names(units, "unit", len(rows)), _names(groups, "group", rows.shape[1])
        choices = _names(options, "option", columns.shape[1])
        rest = rows.sum(axis=1) - columns.sum(axis=1)
        if (rest < 0).any():
            at = int(np.argmin(rest))
            what = f"unit {names[0][at]} has {columns[at].sum():,} votes and {rows[at].sum():,} people"
            raise InvalidMargins(what, hint="both margins count the same people: those entitled to vote")
        missing = int(rest.sum())
        if missing:
            if ABSTENTION in choices:
                raise InvalidMargins(f"{missing:,} people are in no option, though {ABSTENTION} is one")
            columns = np.concatenate([columns, rest[:, None]], axis=1)
            choices = (*choices, ABSTENTION)
        if not rows.sum():
            raise InvalidMargins("there are no people in any unit")
        return cls(*names, choices, _still(rows), _still(columns), missing)

    @property
    def group_totals(self) -> Counts:
        """People in each group."""
        return np.asarray(self.people.sum(axis=0))

    @property
    def option_totals(self) -> Counts:
        """Votes for each option."""
        return np.asarray(self.votes.sum(axis=0))

    @property
    def total(self) -> int:
        """All people."""
        return int(self.people.sum())


def _still(counts: Counts) -> Counts:
    counts.flags.writeable = False
    return counts


def _counts(given: ArrayLike, kind: str) -> Counts:
    counts = np.array(given)
    if counts.ndim != 2 or 0 in counts.shape:
        raise InvalidMargins(f"{kind} is no table of units by {'groups' if kind == 'people' else 'options'}")
    if counts.dtype.kind not in "iuf" or not np.isfinite(counts).all() or (counts != np.floor(counts)).any():
        raise InvalidMargins(f"{kind} holds something else than whole numbers", hint="give counts, not shares")
    if (counts < 0).any():
        raise InvalidMargins(f"{kind} holds a negative count")
    return counts.astype(np.int64)


def _names(given: Sequence[str], kind: str, number: int) -> tuple[str, ...]:
    names = tuple(given) or tuple(str(i + 1) for i in range(number))
    if len(names) != number:
        raise InvalidMargins(f"{len(names)} names of {kind}s for {number} of them")
    if len(set(names)) != number:
        twice = next(name for name in names if names.count(name) > 1)
        raise InvalidMargins(f"two {kind}s are called {twice!r}")
    return names
