"""Segregation of groups over regions, by PySAL's `segregation` (extra ``science``)."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from sailau.people.cube import Floats, InvalidPopulation
from sailau.terms.extras import need


@dataclass(frozen=True, slots=True)
class Segregation:
    """How unevenly one group lives, in [0, 1].

    Attributes
    ----------
    group : str
    dissimilarity : float
        The share of the group that would have to move to live as the others do (D).
    isolation : float
        The share of their own group among the neighbours of its members (xPx).
    entropy : float
        How much the regions tell of who belongs to the group (Theil's H of the group against all others).
    """

    group: str
    dissimilarity: float
    isolation: float
    entropy: float


def segregation(people: Floats, groups: Sequence[str]) -> tuple[tuple[Segregation, ...], float]:
    """Return the indices of each group, and Theil's H of all groups together.

    Parameters
    ----------
    people : array of float
        people[region, group].
    groups : sequence of str

    Raises
    ------
    InvalidPopulation
        Fewer than two regions, or a group or region without people.
    MissingExtra
        The package `segregation` is not installed.

    Notes
    -----
    Few large regions hide what is uneven within them: the indices are lower than those of districts would be.
    """
    if people.ndim != 2 or people.shape[0] < 2 or people.shape[1] != len(groups) or people.shape[1] < 2:
        raise InvalidPopulation("segregation needs people by group in at least two regions and two groups")
    if (people.sum(axis=0) <= 0).any() or (people.sum(axis=1) <= 0).any():
        raise InvalidPopulation("a group or a region has no people; leave it out")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        several, single, pandas = (
            need(name, extra="science", what="segregation", package="segregation")
            for name in ("segregation.multigroup", "segregation.singlegroup", "pandas")
        )
    names = [f"g{i}" for i in range(len(groups))]
    frame = pandas.DataFrame(people, columns=names).assign(total=people.sum(axis=1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = tuple(
            Segregation(
                group,
                *(
                    float(index(frame, group_pop_var=name, total_pop_var="total").statistic)
                    for index in (single.Dissim, single.Isolation, single.Entropy)
                ),
            )
            for name, group in zip(names, groups, strict=True)
        )
        return found, float(several.MultiInfoTheory(frame, groups=names).statistic)
