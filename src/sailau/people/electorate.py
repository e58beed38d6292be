"""The electorate: citizens of voting age by region, group and age, with what is assumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sailau.people.cube import Floats, InvalidPopulation, band_name, bands, in_bands

STARTS = (18, 30, 45, 60)
"""Where bands of age begin unless others are asked for."""


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who may vote.

    Attributes
    ----------
    voters : array of float
        voters[region, group, age], or voters[region, group, age, draw]; people in expectation.
    regions, groups, ages : tuple of str
        Labels; ages are bands such as ``18-29``, ``60+``.
    year : int
    assumptions : tuple of str
        What is not counted but taken for granted, as sentences.
    """

    voters: Floats
    regions: tuple[str, ...]
    groups: tuple[str, ...]
    ages: tuple[str, ...]
    year: int
    assumptions: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """All who may vote; the mean over draws."""
        return float(self.voters.sum(axis=(0, 1, 2)).mean())

    def by(self, *axes: str) -> Floats:
        """Return voters by ``region``, ``group`` and ``age``, in this order; draws are kept."""
        names = ("region", "group", "age")
        return np.asarray(self.voters.sum(axis=tuple(i for i, name in enumerate(names) if name not in axes)))


def electorate(
    people: Floats,
    regions: Sequence[str],
    groups: Sequence[str],
    year: int,
    *,
    age: int = 18,
    citizens: float | Floats = 1.0,
    starts: Sequence[int] = STARTS,
    assumptions: Sequence[str] = (),
) -> Electorate:
    """Return citizens of voting age.

    Parameters
    ----------
    people : array of float
        people[region, group, age, sex] or people[region, group, age, sex, draw], single ages, the last one open.
    regions, groups : sequence of str
    year : int
    age : int
        The voting age.
    citizens : float or array
        Share of citizens: one for all, by group, or by [group, draw]; in [0, 1].
    starts : sequence of int
        Where bands of age begin; those below the voting age are left out.
    assumptions : sequence of str

    Raises
    ------
    InvalidPopulation
        A share outside [0, 1], or bands that leave nobody of voting age.
    """
    share = np.asarray(citizens, dtype=np.float64)
    if not ((share >= 0) & (share <= 1)).all():
        raise InvalidPopulation("a share of citizens lies between 0 and 1")
    spans = bands(people.shape[2], [age, *(start for start in starts if start > age)])
    voters = in_bands(people.sum(axis=3), spans)
    if share.ndim:
        share = share.reshape(1, share.shape[0], 1, *share.shape[1:])
    names = tuple(band_name(span, people.shape[2]) for span in spans)
    return Electorate(voters * share, tuple(regions), tuple(groups), names, year, tuple(assumptions))
