"""The first minimal winning coalitions of a house, and how many there are, without making a list of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from sailau.power.games import Game, Weights

Coalition = frozenset[str]


def n_minimal_winning(weights: Weights, majority: int) -> int:
    """Return how many minimal winning coalitions there are, exact for any number of players.

    Parameters
    ----------
    weights : mapping of str to int
    majority : int
        The weight that wins.

    Notes
    -----
    Of a coalition that needs every member the lightest one turns it. So many sums of players before each one, heaviest
    first, lie less than its weight below the majority.

    Examples
    --------
    >>> n_minimal_winning({"a": 4, "b": 3, "c": 2, "d": 1}, 6)
    3
    """
    Game.of((weights, majority))
    sums = [1] + [0] * (majority - 1)  # ways to have 0, 1, … votes, all below the majority
    found = 0
    for weight in sorted(weights.values(), reverse=True):
        found += sum(sums[max(majority - weight, 0) :])
        for at in range(majority - 1, weight - 1, -1):
            sums[at] += sums[at - weight]
    return found


def first_winning(weights: Weights, majority: int, most: int) -> list[Coalition]:
    """Return the first `most` minimal winning coalitions: those of the fewest members, then in the order of names.

    Parameters
    ----------
    weights : mapping of str to int
    majority : int
    most : int
        The same ones stand first in `minimal_winning`, which makes all.

    Examples
    --------
    >>> [sorted(c) for c in first_winning({"a": 4, "b": 3, "c": 2, "d": 1}, 6, 2)]
    [['a', 'b'], ['a', 'c']]
    """
    Game.of((weights, majority))
    names = sorted(weights)
    found: list[Coalition] = []
    for size in range(1, len(names) + 1):
        for coalition in _of_size(names, weights, majority, size):
            if len(found) >= most:
                return found
            found.append(coalition)
    return found


def _of_size(names: Sequence[str], weights: Weights, majority: int, size: int) -> Iterator[Coalition]:
    """Yield the minimal winning coalitions of so many members by name; branches that cannot win are cut."""
    reach = [[0, *accumulate(sorted((weights[p] for p in names[i:]), reverse=True))] for i in range(len(names) + 1)]
    stack: list[tuple[int, tuple[str, ...], int]] = [(0, (), 0)]
    while stack:
        at, members, got = stack.pop()
        wanting = size - len(members)
        if not wanting:
            if got >= majority > got - min(weights[p] for p in members):
                yield frozenset(members)
            continue
        if got >= majority or len(names) - at < wanting or got + reach[at][wanting] < majority:
            continue
        stack.append((at + 1, members, got))
        stack.append((at + 1, (*members, names[at]), got + weights[names[at]]))
