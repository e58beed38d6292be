"""Indices of voting power: Banzhaf, Shapley-Shubik, Deegan-Packel, Holler.

Counts of coalitions are the coefficients of a polynomial, one factor for each player. Up to 64 players they are counted
in 64 bits (`counts`); beyond, all coefficients are packed into one long integer, so that a factor is a shift and an
addition. Nothing is ever rounded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import factorial
from operator import mul

from sailau.power.coalitions import minimal_winning
from sailau.power.counts import MOST, decisive, decisive_by_members, fits
from sailau.power.games import Game, Weights

LARGE = 100
"""From this number of players on `exact=None` computes in floats with a stated bound."""


def banzhaf(
    weights: Weights | Game, majority: int | None = None, *, absolute: bool = False, exact: bool | None = None
) -> dict[str, Fraction]:
    """Return the Banzhaf index: the share of swings, or (absolute) the chance to be decisive.

    Parameters
    ----------
    weights : mapping of str to int, or Game
        Seats or votes of the players; a Game for several conditions at once.
    majority : int
        The weight that wins.
    absolute : bool
        True: swings over all 2^(n-1) coalitions of the others (Penrose); False: shares that add up to 1.
    exact : bool, optional
        By default exact up to 100 players, beyond that in floats with a relative error below
        (3n + majority + 8)·2^-52; True is exact always, False from 65 players on in floats. Up to 64 the exact count is
        the fastest, and its float is off by half a unit in the last place.

    Raises
    ------
    InvalidGame
        The weights or the majority make no game.

    References
    ----------
    .. [1] J. F. Banzhaf, Weighted voting doesn't work, Rutgers Law Review 19, 1965.

    Examples
    --------
    >>> {k: str(v) for k, v in banzhaf({"a": 4, "b": 3, "c": 2, "d": 1}, 6).items()}
    {'a': '5/12', 'b': '1/4', 'c': '1/4', 'd': '1/12'}
    """
    game = _game(weights, majority)
    n = len(game.players)
    chances: Mapping[str, Fraction]
    if len(game.conditions) > 1:
        from sailau.power.several import swings as several

        chances = {player: Fraction(count, 2 ** (n - 1)) for player, count in several(game).items()}
    elif n > (MOST if exact is False else LARGE) and not exact:
        from sailau.power.floats import banzhaf_chances

        chances = {player: Fraction(chance) for player, chance in banzhaf_chances(game).items()}
    else:
        chances = {player: Fraction(count, 2 ** (n - 1)) for player, count in swings(game).items()}
    if absolute:
        return dict(chances)
    total = sum(chances.values())
    return {player: chance / total for player, chance in chances.items()}


def shapley_shubik(
    weights: Weights | Game, majority: int | None = None, *, exact: bool | None = None
) -> dict[str, Fraction]:
    """Return the Shapley-Shubik index: the share of orders in which a player is pivotal.

    Parameters are those of `banzhaf`.

    References
    ----------
    .. [1] L. S. Shapley and M. Shubik, A method for evaluating the distribution of power, APSR 48, 1954.

    Examples
    --------
    >>> {k: str(v) for k, v in shapley_shubik({"a": 4, "b": 3, "c": 2, "d": 1}, 6).items()}
    {'a': '5/12', 'b': '1/4', 'c': '1/4', 'd': '1/12'}
    """
    game = _game(weights, majority)
    if len(game.conditions) > 1:
        from sailau.power.several import pivots

        return pivots(game)
    if not exact and len(game.players) > (MOST if exact is False else LARGE):
        from sailau.power.floats import shapley_chances

        return {player: Fraction(chance) for player, chance in shapley_chances(game).items()}
    return _pivots(game)


def deegan_packel(weights: Weights | Game, majority: int | None = None) -> dict[str, Fraction]:
    """Return the Deegan-Packel index: minimal winning coalitions equally likely, shared equally inside.

    References
    ----------
    .. [1] J. Deegan and E. W. Packel, A new index of power for simple n-person games, Int. J. Game Theory 7, 1978.

    Examples
    --------
    >>> {k: str(v) for k, v in deegan_packel({"a": 4, "b": 3, "c": 2, "d": 1}, 6).items()}
    {'a': '1/3', 'b': '5/18', 'c': '5/18', 'd': '1/9'}
    """
    game = _game(weights, majority)
    coalitions = minimal_winning(game)
    total = dict.fromkeys(game.players, Fraction(0))
    for coalition in coalitions:
        for player in coalition:
            total[player] += Fraction(1, len(coalition) * len(coalitions))
    return total


def holler(weights: Weights | Game, majority: int | None = None) -> dict[str, Fraction]:
    """Return the Holler (public good) index: the share of memberships in minimal winning coalitions.

    References
    ----------
    .. [1] M. J. Holler, Forming coalitions and measuring voting power, Political Studies 30, 1982.
    """
    game = _game(weights, majority)
    members = Counter(player for coalition in minimal_winning(game) for player in coalition)
    total = sum(members.values())
    return {player: Fraction(members[player], total) for player in game.players}


def passage(weights: Weights | Game, majority: int | None = None) -> Fraction:
    """Return the share of all coalitions that win: the chance that a proposal passes when everybody tosses a coin."""
    game = _game(weights, majority)
    if len(game.conditions) > 1:
        from sailau.power.several import winning

        return Fraction(winning(game), 2 ** len(game.players))
    field = len(game.players) + 1
    needed, total = game.conditions[0].majority, sum(game.weights.values())
    product = _product(list(game.weights.values()), total + 1, lambda w: field * w, field)
    return Fraction(_fold(product >> field * needed, total + 1 - needed, field), 2 ** len(game.players))


def swings(game: Game) -> dict[str, int]:
    """Return for each player the number of coalitions of the others that it turns from losing into winning."""
    weights, size = _dual(game)
    if fits(len(weights), size, by_members=False):
        counted = decisive(weights.values(), size)
        return {player: counted[weight] for player, weight in weights.items()}
    field = len(weights) + 1
    product = _product(list(weights.values()), size, lambda w: field * w, field)
    by_weight: dict[int, int] = {}
    for weight in set(weights.values()):
        if weight == 0:
            by_weight[weight] = 0
            continue
        rest = _without(product, weight, size, field * weight, field)
        low = max(0, size - weight)
        by_weight[weight] = _fold(rest >> field * low, size - low, field)
    return {player: by_weight[weight] for player, weight in weights.items()}


def _pivots(game: Game) -> dict[str, Fraction]:
    """Return the share of orders in which each player is pivotal; coefficients count weight and number of members."""
    weights, size = _dual(game)
    n = len(weights)
    if fits(n, size, by_members=True):
        return _shares(weights, decisive_by_members(weights.values(), size))
    digit = n + 1
    field = digit * (n + 1)
    orders = [factorial(k) * factorial(n - 1 - k) for k in range(n)]
    by_weight: dict[int, Fraction] = {0: Fraction(0)}

    def leaf(product: int, weight: int) -> None:
        low = max(0, size - weight)
        counts = _fold(product >> field * low, size - low, field)
        mask = (1 << digit) - 1
        ways = sum(((counts >> digit * k) & mask) * orders[k] for k in range(n))
        by_weight[weight] = Fraction(ways, factorial(n))

    groups = sorted(Counter(weights.values()).items())
    _leave_one_out(1, groups, size, lambda w: field * w + digit, field, leaf)
    return {player: by_weight[weight] for player, weight in weights.items()}


def _shares(weights: Weights, counted: Mapping[int, list[int]]) -> dict[str, Fraction]:
    """Return the share of orders from counts by weight and number of members."""
    n = len(weights)
    orders = [factorial(k) * factorial(n - 1 - k) for k in range(n)]
    whole = factorial(n)
    by_weight = {weight: Fraction(sum(map(mul, counts, orders)), whole) for weight, counts in counted.items()}
    return {player: by_weight[weight] for player, weight in weights.items()}


def _leave_one_out(
    product: int,
    groups: list[tuple[int, int]],
    size: int,
    shift: Callable[[int], int],
    field: int,
    leaf: Callable[[int, int], None],
) -> None:
    """Call `leaf` for each weight with the product over all players but one of that weight, halving the groups."""
    if len(groups) == 1:
        weight, number = groups[0]
        if weight:
            leaf(_times(product, [weight] * (number - 1), size, shift, field), weight)
        return
    half = len(groups) // 2
    for kept, others in ((groups[:half], groups[half:]), (groups[half:], groups[:half])):
        factors = [weight for weight, number in others for _ in range(number)]
        _leave_one_out(_times(product, factors, size, shift, field), kept, size, shift, field, leaf)


def _product(weights: list[int], size: int, shift: Callable[[int], int], field: int) -> int:
    return _times(1, weights, size, shift, field)


def _times(product: int, weights: list[int], size: int, shift: Callable[[int], int], field: int) -> int:
    mask = (1 << field * size) - 1
    for weight in weights:
        if weight < size:
            product = (product + (product << shift(weight))) & mask
    return product


def _without(product: int, weight: int, size: int, shift: int, field: int) -> int:
    """Divide by 1 + x^weight: 1/(1+y) = (1-y)(1+y²)(1+y⁴)…, exact because the quotient has no carries."""
    if weight >= size:
        return product
    mask = (1 << field * size) - 1
    product = (product - (product << shift)) & mask
    power = 2
    while power * weight < size:
        product = (product + (product << power * shift)) & mask
        power *= 2
    return product


def _fold(packed: int, fields: int, field: int) -> int:
    """Return the sum of the packed numbers."""
    while fields > 1:
        half = (fields + 1) // 2
        packed = (packed & ((1 << half * field) - 1)) + (packed >> half * field)
        fields = half
    return packed


def _dual(game: Game) -> tuple[Weights, int]:
    """Return the weights and the smaller of majority and blocking weight: both games have the same swings."""
    needed, total = game.conditions[0].majority, sum(game.weights.values())
    return game.weights, min(needed, total - needed + 1)


def _game(weights: Weights | Game, majority: int | None) -> Game:
    if isinstance(weights, Game):
        return weights
    if majority is None:
        majority = sum(weights.values()) // 2 + 1
    return Game.of((weights, majority))
