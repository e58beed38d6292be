"""The same indices in floats, with a proven bound, for many players or many games.

Every number is a probability and is only ever multiplied and added, never subtracted. With u = 2^-53, a coefficient
after k players is right within the factor (1 ± u)^(3k), and a sum of m of them within (1 ± u)^m more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sailau.power.games import Game

Array = NDArray[np.float64]


def banzhaf_chances(game: Game) -> dict[str, float]:
    """Return the chance of each player to be decisive when every other one tosses a coin."""
    half = np.array([0.5])
    return _decisive(game, half, lambda part: float(part.sum()))


def shapley_chances(game: Game) -> dict[str, float]:
    """Return the Shapley-Shubik index: the chance to be decisive, averaged over the chance of a yes from 0 to 1.

    The average is an integral of a polynomial of degree n - 1, which Gauss-Legendre points give without error.
    """
    points, weights = np.polynomial.legendre.leggauss((len(game.players) + 1) // 2)
    return _decisive(game, (points + 1) / 2, lambda part: float(part.sum(axis=0) @ weights) / 2)


def _decisive(game: Game, yes: Array, total: Callable[[Array], float]) -> dict[str, float]:
    weights = game.weights
    needed, whole = game.conditions[0].majority, sum(weights.values())
    size = min(needed, whole - needed + 1)
    no = 1 - yes
    scratch = np.empty((size, len(yes)))
    by_weight: dict[int, float] = {0: 0.0}

    def times(product: Array, factors: list[int]) -> Array:
        for weight in factors:
            reach = min(size, len(product) + weight)
            grown = np.empty((reach, len(yes)))
            np.multiply(product, no, out=grown[: len(product)])
            grown[len(product) :] = 0
            if weight < size:
                kept = product[: reach - weight]
                part = scratch[: len(kept)]
                np.multiply(kept, yes, out=part)
                grown[weight : weight + len(kept)] += part
            product = grown
        return product

    def halve(product: Array, groups: list[tuple[int, int]]) -> None:
        if len(groups) == 1:
            weight, number = groups[0]
            if weight:
                rest = times(product, [weight] * (number - 1))
                by_weight[weight] = total(rest[max(0, size - weight) : size])
            return
        middle = len(groups) // 2
        for kept, others in ((groups[:middle], groups[middle:]), (groups[middle:], groups[:middle])):
            halve(times(product, [weight for weight, n in others for _ in range(n)]), kept)

    start: Any = np.ones((1, len(yes)))
    halve(start, sorted(Counter(weights.values()).items()))
    return {player: by_weight[weight] for player, weight in weights.items()}
