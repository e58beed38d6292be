"""Indices of a population: over its groups at every census, over regions at one, and of groups against regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from numpy.typing import ArrayLike

from sailau.people.cube import InvalidPopulation
from sailau.people.indices import (
    Rest,
    cross_cuttingness,
    crossing_pairs,
    effective_groups,
    fractionalisation,
    polarisation,
)
from sailau.people.segregation import segregation
from sailau.records.populations import PopulationRecord
from sailau.runs.people_start import Start, start
from sailau.terms.speech import coded, say

Rows = list[tuple[str, Mapping[str, float]]]
_WORDS = {
    "group": "people of no named group count as one group",
    "atomised": "people of no named group count as if no two of them were of the same",
    "dropped": "people of no named group are left out",
}


def by_census(record: PopulationRecord, *, rest: Rest = "group") -> tuple[Rows, list[str]]:
    """Return the indices of every census that counts everybody, on each of its bases.

    Raises
    ------
    InvalidPopulation
        The population has no group of the rest, and `rest` asks for something else than to count it.
    """
    rows: Rows = []
    for census in record.censuses:
        for basis, people in census.bases.items():
            if record.rest is None or record.rest in people:
                name = census.id if len(census.bases) == 1 else f"{census.id} {coded(basis)}"
                rows.append((name, _all(record, list(people), list(people.values()), rest)))
    if not rows and record.cells:
        rows = [(str(c.year), _all(record, c.groups, c.people.sum(axis=(0, 2, 3)), rest)) for c in record.cells]
    return rows, _told(record, rest)


def by_region(record: PopulationRecord, census: str | None, *, rest: Rest = "group") -> tuple[Rows, list[str]]:
    """Return the indices of every region, and how far groups and regions cut across each other."""
    found = start(record, census)
    table = found.people.sum(axis=(2, 3))
    rows: Rows = [(region, _all(record, found.groups, table[r], rest)) for r, region in enumerate(found.regions)]
    rows.append(("all", _all(record, found.groups, table.sum(axis=0), rest)))
    notes = [*_told(record, rest), *_crossing(found), *found.assumptions[:1]]
    return rows, notes


def _crossing(found: Start) -> list[str]:
    table = found.people.sum(axis=(2, 3))
    if min(table.shape) < 2:
        return []
    return [
        say(
            "groups and regions: cross-cuttingness {across:.3f} (1: one says nothing of the other), {pairs:.3f} of "
            "pairs share one and not the other",
            across=cross_cuttingness(table),
            pairs=crossing_pairs(table),
        )
    ]


def _all(record: PopulationRecord, groups: Sequence[str], people: ArrayLike, rest: Rest) -> Mapping[str, float]:
    if record.rest is None and rest != "group":
        raise InvalidPopulation(
            say("{record} has no group of people who belong to none of the named ones", record=record.id),
            hint=say("name it in population.yaml, rest: other, or leave --rest out"),
        )
    at = groups.index(record.rest) if record.rest is not None else -1
    return {
        "fractionalisation": fractionalisation(people, rest=rest, rest_at=at),
        "polarisation": polarisation(people, rest=rest, rest_at=at),
        "effective_groups": effective_groups(people, rest=rest, rest_at=at),
    }


def _told(record: PopulationRecord, rest: Rest) -> list[str]:
    return [say(_WORDS[rest])] if record.rest is not None else []


def segregated(record: PopulationRecord, census: str | None) -> tuple[Rows, list[str]]:
    """Return how unevenly each group lives over regions."""
    found = start(record, census)
    groups, whole = segregation(found.people.sum(axis=(2, 3)), found.groups)
    rows: Rows = [
        (g.group, {"dissimilarity": g.dissimilarity, "isolation": g.isolation, "entropy": g.entropy}) for g in groups
    ]
    notes = [
        say("all groups together: Theil's H {whole:.3f}; computed by PySAL's segregation", whole=whole),
        say("regions are large: what is uneven within them is not seen, so these are lower ends"),
        *found.assumptions[:1],
    ]
    return rows, notes
