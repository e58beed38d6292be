"""How exact a simulated figure is: its standard error, from the runs themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf, sqrt

from sailau.runs.summary import Summary


def chance_error(parts: Sequence[Summary], count: Callable[[Summary], int], of: Callable[[Summary], int]) -> float:
    """Return the standard error of a chance, `count` out of `of` runs.

    Parameters
    ----------
    parts : sequence of Summary
        The randomisations of scattered points: their scatter is the error. One part in all, of plain random numbers:
        the error of so many independent runs.
    count, of : callable
        Runs in which it happened, and runs in all.
    """
    values = [count(part) / of(part) for part in parts if of(part)]
    if len(parts) > 1:
        return _scatter(values)
    if not values:
        return inf
    return sqrt(values[0] * (1.0 - values[0]) / of(parts[0]))


def mean_error(parts: Sequence[Summary], party: str) -> float:
    """Return the standard error of the mean number of seats of a party."""
    if len(parts) > 1:
        return _scatter([float(part.seats.means()[party]) for part in parts if part.decided])
    line = parts[0].seats.of(party)
    n = sum(line)
    if not n:
        return inf
    mean = sum(s * k for s, k in enumerate(line)) / n
    return sqrt(sum(k * (s - mean) ** 2 for s, k in enumerate(line)) / n / n)


def _scatter(values: Sequence[float]) -> float:
    if len(values) < 2:
        return inf
    mean = sum(values) / len(values)
    return sqrt(sum((x - mean) ** 2 for x in values) / (len(values) - 1) / len(values))
