"""Why a share changed: Shapley values of flows, the mean over every order in which they could have happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial

from sailau.people.cube import InvalidPopulation

MOST = 12
"""Flows at the most: the number of coalitions doubles with each."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of numbers: of the group in question, of all others, or of both."""

    own: Fraction = Fraction(0)
    others: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The share of a group before and after, and what each flow did to it.

    Attributes
    ----------
    before, after : Fraction
    parts : mapping of flow to Fraction
        Changes of the share; they add up to `after` - `before`.
    """

    before: Fraction
    after: Fraction
    parts: Mapping[str, Fraction]

    @property
    def total(self) -> Fraction:
        """The change of the share."""
        return self.after - self.before


def shapley(names: Sequence[str], value: Callable[[frozenset[str]], Fraction]) -> dict[str, Fraction]:
    """Return the Shapley value of each name in a game, exactly.

    Parameters
    ----------
    names : sequence of str
    value : callable
        What a set of them brings about.

    Raises
    ------
    InvalidPopulation
        More names than can be gone through.

    Examples
    --------
    >>> shapley(["a", "b"], lambda s: Fraction(len(s) ** 2))
    {'a': Fraction(2, 1), 'b': Fraction(2, 1)}
    """
    n = len(names)
    if n > MOST or len(set(names)) != n:
        raise InvalidPopulation(f"{n} flows; up to {MOST} of different names can be told apart")
    worth = {frozenset(c): value(frozenset(c)) for k in range(n + 1) for c in combinations(names, k)}
    out = {}
    for name in names:
        rest = [other for other in names if other != name]
        total = Fraction(0)
        for k in range(n):
            weight = Fraction(factorial(k) * factorial(n - k - 1), factorial(n))
            for chosen in combinations(rest, k):
                without = frozenset(chosen)
                total += weight * (worth[without | {name}] - worth[without])
        out[name] = total
    return out


def decompose_share(own: int | Fraction, others: int | Fraction, changes: Mapping[str, Change]) -> Decomposition:
    """Return what each flow did to the share own / (own + others).

    Parameters
    ----------
    own, others : int or Fraction
        People of the group, and all others, at the start.
    changes : mapping of flow to Change

    Raises
    ------
    InvalidPopulation
        Some flows without the others would leave less than nobody.

    Examples
    --------
    >>> found = decompose_share(40, 60, {"births": Change(Fraction(20)), "exits": Change(others=Fraction(-20))})
    >>> [f"{part:.1%}" for part in map(float, found.parts.values())], float(found.total)
    (['10.0%', '10.0%'], 0.2)
    """

    def share(chosen: frozenset[str]) -> Fraction:
        mine = Fraction(own) + sum((changes[name].own for name in chosen), Fraction(0))
        rest = Fraction(others) + sum((changes[name].others for name in chosen), Fraction(0))
        if mine < 0 or rest < 0 or mine + rest == 0:
            told = " and ".join(sorted(chosen)) or "the start"
            raise InvalidPopulation(f"{told} without the other flows would leave less than nobody")
        return mine / (mine + rest)

    names = list(changes)
    return Decomposition(share(frozenset()), share(frozenset(names)), shapley(names, share))
