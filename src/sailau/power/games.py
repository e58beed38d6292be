"""Weighted voting games: who decides when weights meet a majority, or several majorities at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sailau.terms.errors import Invalid
from sailau.terms.numbers import check_seats
from sailau.terms.speech import say

Weights = Mapping[str, int]


class InvalidGame(Invalid):
    """Weights or a majority that make no game."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One majority that a winning coalition has to reach.

    Attributes
    ----------
    weights : mapping of str to int
    majority : int
        The weight that wins; more than half of the total as a rule.
    """

    weights: Weights
    majority: int


@dataclass(frozen=True, slots=True)
class Game:
    """A weighted voting game with one or several conditions, all of which must be met.

    Attributes
    ----------
    players : tuple of str
    conditions : tuple of Condition
    """

    players: tuple[str, ...]
    conditions: tuple[Condition, ...]

    @classmethod
    def of(cls, *conditions: tuple[Weights, int]) -> Game:
        """Return the game of (weights, majority) pairs over the same players.

        Raises
        ------
        InvalidGame
            No players, negative weights, players that differ, a majority of nothing or above the total.

        Examples
        --------
        >>> game = Game.of(({"a": 4, "b": 3, "c": 2}, 5))
        >>> game.wins({"b", "c"}), game.wins({"a"})
        (True, False)
        """
        if not conditions:
            raise InvalidGame(say("a game needs weights and a majority"))
        players = tuple(conditions[0][0])
        checked = tuple(_condition(weights, majority, players) for weights, majority in conditions)
        return cls(players, checked)

    def wins(self, coalition: Collection[str]) -> bool:
        """Say whether a coalition meets every condition."""
        return all(sum(c.weights[player] for player in coalition) >= c.majority for c in self.conditions)

    @property
    def weights(self) -> Weights:
        """Return the weights of the first condition."""
        return self.conditions[0].weights


def _condition(weights: Weights, majority: int, players: tuple[str, ...]) -> Condition:
    if not weights:
        raise InvalidGame(say("a game needs players"))
    if set(weights) != set(players):
        odd = ", ".join(sorted(set(weights) ^ set(players)))
        raise InvalidGame(
            say("every condition is about the same players; these are not in all of them: {odd}", odd=odd)
        )
    clean = {player: _weight(player, weight) for player, weight in weights.items()}
    total, needed = sum(clean.values()), check_seats(majority)
    if needed == 0:
        raise InvalidGame(say("a majority of 0 lets nobody win too"))
    if needed > total:
        raise InvalidGame(
            say(
                "the majority is {needed:,}, all players together have {total:,}: nobody can win",
                needed=needed,
                total=total,
            )
        )
    return Condition(clean, needed)


def _weight(player: str, weight: int) -> int:
    try:
        return check_seats(weight)
    except Invalid as error:
        raise InvalidGame(f"{player}: {error.what}") from None


def players(house: Mapping[str, int]) -> dict[str, int]:
    """Return the players of a house: independents vote one by one, whoever has no seat does not play."""
    out: dict[str, int] = {}
    for party, n in house.items():
        if party == "independent" and n > 1:
            out |= {f"independent_{i}": 1 for i in range(1, n + 1)}
        elif n:
            out[party] = n
    return out
