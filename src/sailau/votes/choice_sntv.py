"""The single non-transferable vote when voters mind their effect: how many candidates stay in the race.

A voter's gain from j is the sum over k of (chance that j and k tie for the last seat) × (utility of j less that of k).
With many voters the ties nearest to the expected result are all that counts: their chances fall off exponentially.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sailau.terms.errors import Invalid
from sailau.votes.choice import Floats


@dataclass(frozen=True, slots=True)
class Race:
    """Where voters end up.

    Attributes
    ----------
    shares : array [candidate]
    rounds : int
    """

    shares: Floats
    rounds: int

    def viable(self, least: float = 0.02) -> int:
        """Return how many candidates have more than `least` of the votes."""
        return int((self.shares > least).sum())

    def second_to_first_loser(self, seats: int) -> float:
        """Return the ratio of the second loser's votes to the first loser's: 0 or 1 in equilibria (Cox)."""
        ranked = np.sort(self.shares)[::-1]
        return float(ranked[seats + 1] / ranked[seats]) if len(ranked) > seats + 1 and ranked[seats] > 0 else 0.0


def tie_costs(shares: Floats, seats: int) -> Floats:
    """Return how unlikely each pair's tie for the last seat is: the exponent for one voter, [candidate, candidate].

    The least sum of (x - s)² / s over results x in which the two tie, `seats` - 1 others have as many or more, and the
    rest as many or fewer; the normal form of a multinomial's large deviations. A candidate without votes ties with
    nobody who has some.
    """
    n = len(shares)
    levels = np.unique(np.concatenate([shares, np.linspace(shares.min(), shares.max(), 100)]))[:, None]
    gap = levels - shares
    square = gap**2 / np.maximum(shares, 1e-9)
    up, down = np.where(gap > 0, square, 0.0), np.where(gap < 0, square, 0.0)
    order = np.argsort(-shares, kind="stable")
    costs = np.full((n, n), np.inf)
    for j in range(n):
        for k in range(j + 1, n):
            others = order[(order != j) & (order != k)]
            above, below = others[: seats - 1], others[seats - 1 :]
            cost = square[:, j] + square[:, k] + up[:, above].sum(axis=1) + down[:, below].sum(axis=1)
            costs[j, k] = costs[k, j] = float(cost.min())
    return costs


def gains(utility: Floats, shares: Floats, seats: int, *, voters: float = 1e4) -> Floats:
    """Return what each kind of voter gains by voting for each candidate, in units of the likeliest tie.

    Parameters
    ----------
    utility : array [kind, candidate]
    shares : array [candidate]
        What is expected.
    seats : int
    voters : float
        The more there are, the less anything but the nearest tie counts.
    """
    costs = tie_costs(shares, seats)
    weight = np.exp(-0.5 * voters * (costs - costs.min()))
    np.fill_diagonal(weight, 0.0)
    return np.asarray(utility * weight.sum(axis=1) - utility @ weight)


def sntv(utility: Floats, people: Floats, seats: int, *, voters: float = 1e4, most: int = 200) -> Race:
    """Return where votes settle when every voter votes where it counts most, a part of them at a time.

    Parameters
    ----------
    utility : array [kind, candidate]
        Of each kind of voter.
    people : array [kind]
        Shares of the kinds, adding up to one.
    seats : int
        Seats of the district (its magnitude M).
    voters : float
    most : int
        Rounds; the part that thinks again falls with each.

    Notes
    -----
    No voter's best vote is for a candidate expected below place M + 1, unless places M + 1 and M + 2 tie [1]_.

    References
    ----------
    .. [1] G. W. Cox, *American Political Science Review* 88, 1994; *Making Votes Count*, 1997, ch. 5.
    """
    n = utility.shape[1]
    if not 1 <= seats < n:
        raise Invalid(f"{seats} seats for {n} candidates: nothing is to be decided")
    shares = _count(utility.argmax(axis=1), people, n)
    for round_ in range(1, most + 1):
        best = _count(gains(utility, shares, seats, voters=voters).argmax(axis=1), people, n)
        if np.allclose(best, shares, atol=1e-12):
            return Race(best, round_)
        shares = shares + (best - shares) / (round_ + 1)
    return Race(shares, most)


def _count(choices: Floats, people: Floats, n: int) -> Floats:
    return np.bincount(choices, weights=people, minlength=n).astype(np.float64)
