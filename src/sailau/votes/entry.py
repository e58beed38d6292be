"""An entrant before voters of whom some mind whether it passes: what its chance does to its share, and back.

With q the sincere share of the entrant among people at one position and w its chance, those who mind give it
q w / (1 - q + q w): the others keep their proportions. This is the logit with ln w added, exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from sailau.terms.errors import Invalid
from sailau.votes.choice import Floats
from sailau.votes.choice_strategic import FixedPoint, fixed_points

USUAL = 0.05
"""The bar at which `doubt` is meant where a law has none."""

ROUNDS = 400
"""Rounds of expectation after which the rest of the way is below a ten-thousandth of a point."""


@dataclass(frozen=True, slots=True, eq=False)
class Poll:
    """What the sincere would do, and whom they are.

    Attributes
    ----------
    sincere : array [draw, place]
        The entrant's share among people at each place (a group at an age and a position).
    mass : array [draw, place]
        Votes cast there, adding up to one.
    bar : float, or array [draw]
        The share that passes, of the votes for parties.
    doubt : float, or array [draw]
        The deviation of the share on the day from what is expected, where that is the bar.
    minding : float, or array [draw]
        The share of voters who shun the entrant in proportion to its chance; the rest are sincere.
    """

    sincere: Floats
    mass: Floats
    bar: float | Floats
    doubt: float | Floats
    minding: float | Floats

    def kept(self, chance: Floats | float) -> Floats:
        """Return the entrant's share at each place when its chance is thought to be this: array [draw, place]."""
        n = len(self.sincere)
        mind = np.broadcast_to(np.asarray(self.minding, np.float64), (n,))[:, None]
        weight = np.broadcast_to(np.asarray(chance, np.float64), (n,))[:, None]
        return np.asarray((1 - mind) * self.sincere + mind * held(self.sincere, weight))

    def share(self, chance: Floats | float) -> Floats:
        """Return the entrant's share when its chance is thought to be this."""
        return np.asarray((self.mass * self.kept(chance)).sum(axis=1))

    def chance(self, share: Floats) -> Floats:
        """Return the chance to pass with an expected share; 1 where there is no bar."""
        from scipy.special import ndtr

        near = ndtr((share - self.bar) / deviation(share, self.bar, self.doubt))
        return np.asarray(np.where(np.asarray(self.bar) > 0, near, 1.0))

    def confirmed(self, start: float) -> Floats:
        """Return the chance that confirms itself when expectations begin at `start` (1: the highest, 0: the lowest).

        The map rises, so from the top it falls to its greatest fixed point, from the bottom it climbs to the least.
        """
        now = np.full(len(self.sincere), float(start))
        left = np.arange(len(now))
        for _ in range(ROUNDS):
            part = self.of(left)
            new = part.chance(part.share(now[left]))
            moved = np.abs(new - now[left]) >= 1e-9
            now[left] = new
            left = left[moved]
            if not len(left):
                break
        return now

    def of(self, draws: NDArray[np.int64]) -> Poll:
        """Return the poll of some draws."""
        n = len(self.sincere)
        bar, doubt, minding = (np.broadcast_to(v, (n,))[draws] for v in (self.bar, self.doubt, self.minding))
        return Poll(self.sincere[draws], self.mass[draws], bar, doubt, minding)


def deviation(share: Floats, bar: float | Floats, doubt: float | Floats) -> Floats:
    """Return the deviation of the share on the day: `doubt` at the bar, else as the root of the share.

    So errors are those of counting people: small shares are missed by less, and a list of nobody is nobody's.
    """
    mark = np.where(np.asarray(bar) > 0, bar, USUAL)
    return np.asarray(doubt * np.sqrt(np.maximum(share, 1e-12) / mark))


def held(sincere: Floats, weight: Floats) -> Floats:
    """Return the share that is left to the entrant when a vote for it counts `weight`."""
    whole = 1 - sincere + sincere * weight
    return np.asarray(np.where(whole > 0, sincere * weight / np.where(whole > 0, whole, 1), 0))


def all_confirmed(poll: Poll) -> tuple[FixedPoint, ...]:
    """Return every chance that confirms itself, for a poll of one draw."""
    if len(poll.sincere) != 1:
        raise Invalid("all fixed points are found for one draw at a time")

    def step(points: Floats) -> Floats:
        n = len(points)
        many = Poll(np.repeat(poll.sincere, n, 0), np.repeat(poll.mass, n, 0), poll.bar, poll.doubt, poll.minding)
        return many.chance(many.share(points[:, 0]))[:, None]

    return fixed_points(step, 1)


def loyalty_needed(
    people: dict[str, int],
    own: frozenset[str],
    bar: Fraction,
    *,
    elsewhere: Fraction = Fraction(0),
    turnout: dict[str, Fraction] | None = None,
) -> Fraction:
    """Return the share of its own groups' votes that a list needs to have exactly the bar.

    Parameters
    ----------
    people : mapping of group to int
    own : frozenset of str
        The groups it speaks to.
    bar : Fraction
    elsewhere : Fraction
        What it gets among the others.
    turnout : mapping of group to Fraction, optional
        Relative turnout; equal unless given.

    Returns
    -------
    Fraction
        Above 1 where no loyalty suffices.

    Examples
    --------
    >>> float(round(loyalty_needed({"a": 80, "b": 20}, frozenset({"b"}), Fraction(1, 20)), 3))
    0.25
    """
    cast = {group: number * (turnout or {}).get(group, Fraction(1)) for group, number in people.items()}
    whole = sum(cast.values(), Fraction(0))
    mine = sum((cast[group] for group in own), Fraction(0))
    if not mine:
        raise Invalid(f"nobody of {', '.join(sorted(own)) or 'no group'} votes")
    return (bar * whole - elsewhere * (whole - mine)) / mine
