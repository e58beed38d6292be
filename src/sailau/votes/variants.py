"""Smaller problems made of one with known truth: options merged, neighbouring units pooled; the truth stays known."""

from __future__ import annotations

import numpy as np

from sailau.votes.margins import Array, Counts, Margins

SHAPES = ((2, 2), (3, 3), (4, 3), (6, 4), (3, 2), (8, 5))
POOLS = (1, 2, 1, 3, 2)
LEAST_UNITS = 22
"""Units that pooling leaves at least."""


def variant(margins: Margins, truth: Array, number: int) -> tuple[Margins, Array]:
    """Return the variant of a problem for its number in a list: shapes and pools take turns."""
    groups, options = SHAPES[number % len(SHAPES)]
    small, known = merged(margins, truth, min(groups, len(margins.groups)), min(options, len(margins.options)))
    pool = POOLS[number % len(POOLS)]
    return (pooled(small, pool), known) if len(margins.units) // pool >= LEAST_UNITS else (small, known)


def merged(margins: Margins, truth: Array, groups: int, options: int) -> tuple[Margins, Array]:
    """Return margins and truth with all but the largest groups and options merged, so many being left of each."""
    into, onto = _merging(margins.group_totals, groups), _merging(margins.option_totals, options)
    return Margins.of(margins.people @ into, margins.votes @ onto), np.asarray(into.T @ truth @ onto)


def pooled(margins: Margins, number: int) -> Margins:
    """Return margins with each `number` units that follow one another made one."""
    starts = np.arange(0, len(margins.units), number)
    return Margins.of(np.add.reduceat(margins.people, starts), np.add.reduceat(margins.votes, starts))


def _merging(totals: Counts, number: int) -> Counts:
    order = np.argsort(-totals, kind="stable")
    place = np.full(len(totals), number - 1)
    place[order[: number - 1]] = np.arange(number - 1)
    return np.asarray(np.eye(number, dtype=np.int64)[place])
