"""Owen's index: power when players have bound themselves into unions beforehand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from fractions import Fraction
from math import factorial

from sailau.power.games import Game, InvalidGame, Weights

Counts = dict[tuple[int, int], int]
"""Number of ways by (number of members, weight)."""


def owen(weights: Weights, majority: int, *, unions: Collection[Collection[str]]) -> dict[str, Fraction]:
    """Return the Owen index: pivots over orders in which every union stays together.

    Parameters
    ----------
    weights : mapping of str to int
    majority : int
    unions : collection of collections of str
        Players that belong to none stand alone.

    Raises
    ------
    InvalidGame
        A player is in two unions, or unknown.

    References
    ----------
    .. [1] G. Owen, Values of games with a priori unions, in Mathematical Economics and Game Theory, 1977.

    Examples
    --------
    >>> {k: str(v) for k, v in owen({"a": 2, "b": 1, "c": 1, "d": 1}, 3, unions=[["b", "c"]]).items()}
    {'a': '1/3', 'b': '1/6', 'c': '1/6', 'd': '1/3'}
    """
    game = Game.of((weights, majority))
    parts = _partition(game, unions)
    out: dict[str, Fraction] = {}
    for part in parts:
        outside = [sum(game.weights[p] for p in other) for other in parts if other is not part]
        before = _ways(outside)
        for player in part:
            inside = _ways([game.weights[p] for p in part if p != player])
            out[player] = _pivot_share(game, player, before, len(parts), inside, len(part))
    return {player: out[player] for player in game.players}


def _pivot_share(game: Game, player: str, before: Counts, unions: int, inside: Counts, size: int) -> Fraction:
    needed, weight = game.conditions[0].majority, game.weights[player]
    share = Fraction(0)
    for (u, outer), ways in before.items():
        for (s, inner), more in inside.items():
            if outer + inner < needed <= outer + inner + weight:
                orders = factorial(u) * factorial(unions - 1 - u) * factorial(s) * factorial(size - 1 - s)
                share += Fraction(ways * more * orders, factorial(unions) * factorial(size))
    return share


def _ways(weights: list[int]) -> Counts:
    table: Counts = {(0, 0): 1}
    for weight in weights:
        grown: defaultdict[tuple[int, int], int] = defaultdict(int, table)
        for (number, total), n in table.items():
            grown[number + 1, total + weight] += n
        table = dict(grown)
    return table


def _partition(game: Game, unions: Collection[Collection[str]]) -> list[tuple[str, ...]]:
    named = [player for union in unions for player in union]
    unknown = sorted(set(named) - set(game.players))
    twice = sorted({player for player in named if named.count(player) > 1})
    if unknown or twice:
        what = f"{', '.join(unknown)} is no player" if unknown else f"{', '.join(twice)} is in two unions"
        raise InvalidGame(f"{what} of this game")
    alone = [(player,) for player in game.players if player not in named]
    return [tuple(union) for union in unions if union] + alone
