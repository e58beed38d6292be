"""Several conditions at once: coalitions counted by all their weights together, each capped where it suffices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from fractions import Fraction
from math import factorial

from sailau.power.games import Game

State = tuple[int, ...]
"""Number of members, then the weight under each condition, capped at its majority."""
Table = dict[State, int]


def swings(game: Game) -> dict[str, int]:
    """Return for each player the number of coalitions of the others that it turns from losing into winning."""
    found: dict[str, int] = {}

    def leaf(player: str, table: Table) -> None:
        found[player] = sum(n for state, n in table.items() if _turns(game, state[1:], player))

    _leave_one_out(game, leaf, sizes=False)
    return {player: found[player] for player in game.players}


def pivots(game: Game) -> dict[str, Fraction]:
    """Return the share of orders in which each player is pivotal."""
    n = len(game.players)
    orders = [factorial(k) * factorial(n - 1 - k) for k in range(n)]
    found: dict[str, Fraction] = {}

    def leaf(player: str, table: Table) -> None:
        ways = sum(count * orders[s[0]] for s, count in table.items() if _turns(game, s[1:], player))
        found[player] = Fraction(ways, factorial(n))

    _leave_one_out(game, leaf, sizes=True)
    return {player: found[player] for player in game.players}


def winning(game: Game) -> int:
    """Return the number of winning coalitions."""
    table = _times(game, {(0,) * (1 + len(game.conditions)): 1}, game.players, sizes=False)
    needed = tuple(c.majority for c in game.conditions)
    return sum(n for state, n in table.items() if state[1:] == needed)


def _turns(game: Game, weights: State, player: str) -> bool:
    needed = [c.majority for c in game.conditions]
    loses = any(w < q for w, q in zip(weights, needed, strict=True))
    joined = (w + c.weights[player] for w, c in zip(weights, game.conditions, strict=True))
    return loses and all(w >= q for w, q in zip(joined, needed, strict=True))


def _leave_one_out(game: Game, leaf: Callable[[str, Table], None], *, sizes: bool) -> None:
    """Call `leaf` for every player with the table over all others; players of equal weights share the work."""
    kinds = Counter(_profile(game, player) for player in game.players)
    examples = {_profile(game, player): player for player in game.players}

    def halve(table: Table, groups: list[State]) -> None:
        if len(groups) == 1:
            one = examples[groups[0]]
            rest = _times(game, table, [one] * (kinds[groups[0]] - 1), sizes=sizes)
            for player in game.players:
                if _profile(game, player) == groups[0]:
                    leaf(player, rest)
            return
        middle = len(groups) // 2
        for kept, others in ((groups[:middle], groups[middle:]), (groups[middle:], groups[:middle])):
            factors = [examples[group] for group in others for _ in range(kinds[group])]
            halve(_times(game, table, factors, sizes=sizes), kept)

    halve({(0,) * (1 + len(game.conditions)): 1}, sorted(kinds))


def _profile(game: Game, player: str) -> State:
    return tuple(c.weights[player] for c in game.conditions)


def _times(game: Game, table: Table, players: list[str] | tuple[str, ...], *, sizes: bool) -> Table:
    caps = [c.majority for c in game.conditions]
    for player in players:
        weights = _profile(game, player)
        grown: defaultdict[State, int] = defaultdict(int, table)
        for state, n in table.items():
            reached = (min(cap, s + w) for s, w, cap in zip(state[1:], weights, caps, strict=True))
            grown[state[0] + sizes, *reached] += n
        table = dict(grown)
    return table
