"""Coalitions: minimal winning, smallest, connected ones; vetoes and cordons; the way to relevance."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from sailau.power.games import Game, InvalidGame, Weights
from sailau.terms.errors import Invalid

Coalition = frozenset[str]
LIMIT = 2_000_000
"""Coalitions that are listed at the most."""


def minimal_winning(
    weights: Weights | Game,
    majority: int | None = None,
    *,
    apart: Collection[Collection[str]] = (),
    veto: Collection[str] = (),
    excluded: Collection[str] = (),
) -> list[Coalition]:
    """Return all winning coalitions that lose when any member leaves (Riker).

    Parameters
    ----------
    weights : mapping of str to int, or Game
    majority : int
    apart : collection of pairs, optional
        Players that do not sit together (a cordon).
    veto : collection of str, optional
        Players without whom nothing passes.
    excluded : collection of str, optional
        Players that join no coalition.

    Raises
    ------
    Invalid
        There are more than two million of them.

    Examples
    --------
    >>> sorted(map(sorted, minimal_winning({"a": 4, "b": 3, "c": 2, "d": 1}, 6)))
    [['a', 'b'], ['a', 'c'], ['b', 'c', 'd']]
    """
    game = _game(weights, majority)
    _check_names(game, [*veto, *excluded, *(player for pair in apart for player in pair)])
    pairs = [frozenset(pair) for pair in apart]
    out: list[Coalition] = []
    for coalition in _minimal(game, set(excluded), frozenset(veto)):
        if any(len(pair & coalition) > 1 for pair in pairs):
            continue
        out.append(coalition)
        if len(out) > LIMIT:
            raise Invalid(f"more than {LIMIT:,} minimal winning coalitions; indices over them are not computed")
    return sorted(out, key=lambda c: (len(c), sorted(c)))


def _minimal(game: Game, excluded: set[str], veto: Coalition) -> Iterator[Coalition]:
    """Yield minimal winning coalitions, players in order of falling weight, branches that cannot win cut."""
    order = sorted((p for p in game.players if p not in excluded), key=lambda p: (-game.weights[p], p))
    needed = [c.majority for c in game.conditions]
    reach = [[0] * len(needed)]
    for player in reversed(order):
        reach.append([r + c.weights[player] for r, c in zip(reach[-1], game.conditions, strict=True)])
    reach.reverse()
    stack: list[tuple[int, Coalition, tuple[int, ...]]] = [(0, frozenset(), (0,) * len(needed))]
    while stack:
        index, members, got = stack.pop()
        if all(g >= q for g, q in zip(got, needed, strict=True)) and veto <= members:
            if _is_minimal(game, members, veto):
                yield members
            continue
        if index == len(order) or any(g + r < q for g, r, q in zip(got, reach[index], needed, strict=True)):
            continue
        player = order[index]
        stack.append((index + 1, members, got))
        joined = tuple(g + c.weights[player] for g, c in zip(got, game.conditions, strict=True))
        stack.append((index + 1, members | {player}, joined))


def _is_minimal(game: Game, members: Coalition, veto: Coalition) -> bool:
    return not any(game.wins(members - {player}) for player in members if player not in veto)


def minimum_size(weights: Weights | Game, majority: int | None = None) -> list[Coalition]:
    """Return the winning coalitions of the smallest weight."""
    game = _game(weights, majority)
    coalitions = minimal_winning(game)
    sizes = {coalition: sum(game.weights[p] for p in coalition) for coalition in coalitions}
    least = min(sizes.values())
    return [coalition for coalition in coalitions if sizes[coalition] == least]


def connected(
    weights: Weights | Game,
    majority: int | None = None,
    *,
    order: Sequence[str] = (),
    links: Mapping[str, Collection[str]] | None = None,
) -> list[Coalition]:
    """Return minimal connected winning coalitions: no member can leave without a gap or a defeat (Axelrod).

    Parameters
    ----------
    weights, majority
    order : sequence of str
        The players on a line, from one end to the other.
    links : mapping of str to collection of str, optional
        Who can sit with whom; instead of a line.

    Examples
    --------
    >>> [sorted(c) for c in connected({"l": 3, "m": 2, "r": 4}, 5, order="lmr")]
    [['l', 'm'], ['m', 'r']]
    """
    game = _game(weights, majority)
    graph = _graph(game, order, links)
    found: set[Coalition] = set()
    seen: set[Coalition] = set()
    stack = [frozenset({player}) for player in game.players]
    while stack:
        coalition = stack.pop()
        if coalition in seen:
            continue
        seen.add(coalition)
        if len(seen) > LIMIT:
            raise Invalid(f"more than {LIMIT:,} connected coalitions")
        if game.wins(coalition):
            found.add(coalition)
            continue
        stack += [coalition | {other} for player in coalition for other in graph[player] if other not in coalition]
    minimal = [c for c in found if not any(smaller < c for smaller in found)]
    return sorted(minimal, key=lambda c: (len(c), sorted(c)))


def distance_to_relevance(weights: Weights, majority: int) -> dict[str, int | None]:
    """Return how many seats must move from the largest player to each other one until it can turn a vote.

    0 for a player that can already, None where no number of seats suffices.

    Examples
    --------
    >>> distance_to_relevance({"ruling": 62, "second": 8, "third": 6}, 39)
    {'ruling': 0, 'second': 24, 'third': 24}
    """
    game = Game.of((weights, majority))
    largest = max(game.players, key=lambda p: (game.weights[p], p))
    out: dict[str, int | None] = {}
    for player in game.players:
        out[player] = next((n for n in range(game.weights[largest] + 1) if _relevant(game, player, largest, n)), None)
    return out


def _relevant(game: Game, player: str, largest: str, moved: int) -> bool:
    weights = dict(game.weights)
    if player != largest:
        weights[largest] -= moved
        weights[player] += moved
    needed = game.conditions[0].majority
    sums = 1
    for other, weight in weights.items():
        if other != player:
            sums |= sums << weight
    window = (1 << weights[player]) - 1
    low = max(0, needed - weights[player])
    return bool((sums >> low) & (window if needed >= weights[player] else (1 << needed) - 1))


def _graph(game: Game, order: Sequence[str], links: Mapping[str, Collection[str]] | None) -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {player: set() for player in game.players}
    if links is None:
        if sorted(order) != sorted(game.players):
            raise InvalidGame("the order names every player once, from one end of the line to the other")
        pairs = [(a, b) for a, b in zip(order, list(order)[1:], strict=False)]
    else:
        _check_names(game, [*links, *(other for others in links.values() for other in others)])
        pairs = [(a, b) for a, others in links.items() for b in others]
    for a, b in pairs:
        graph[a].add(b)
        graph[b].add(a)
    return graph


def _check_names(game: Game, names: Collection[str]) -> None:
    unknown = sorted(set(names) - set(game.players))
    if unknown:
        what = f"{', '.join(unknown)} {'is no player' if len(unknown) == 1 else 'are no players'} of this game"
        raise InvalidGame(what, hint=f"players: {', '.join(game.players)}")


def _game(weights: Weights | Game, majority: int | None) -> Game:
    if isinstance(weights, Game):
        return weights
    return Game.of((weights, sum(weights.values()) // 2 + 1 if majority is None else majority))
