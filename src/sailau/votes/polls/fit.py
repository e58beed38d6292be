"""The fast path: polls in, what is believed of election day out, in a second or two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy.special import chdtr

from sailau.votes.polls.basis import Array, to_shares
from sailau.votes.polls.day import ElectionDay, common_error
from sailau.votes.polls.design import Design, design
from sailau.votes.polls.hyper import Mixture, learn
from sailau.votes.polls.laplace import find_mode
from sailau.votes.polls.poll import Polls
from sailau.votes.polls.priors import FEW, Priors

RECENT = timedelta(days=30)
"""How long before the last poll others still tell how many are undecided."""

_SURE = 0.01
_LEAST = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What polls say.

    Attributes
    ----------
    polls : Polls
    election : date
    priors : Priors
        Those that were used: the wide ones where polls are few.
    few : bool
        Whether polls are so few that sizes were not learnt.
    design : Design
    mixture : Mixture
    day : ElectionDay
    undecided_polls : int
        Recent polls that say how many are undecided.
    """

    polls: Polls
    election: date
    priors: Priors
    few: bool
    design: Design
    mixture: Mixture
    day: ElectionDay
    undecided_polls: int

    @property
    def people(self) -> float:
        """How many people the polls count for, overlaps counted once."""
        return float(self.design.n[self.design.is_poll].sum())

    def now(self) -> Array:
        """Return the most likely shares on election day, before any common error, [contender]."""
        return to_shares(np.average([m.smoothed.walk[-1] for m in self.mixture.modes], 0, self.mixture.weights))


def fit(polls: Polls, election: date, priors: Priors | None = None) -> Fit:
    """Find the walk behind some polls and carry it to election day.

    Parameters
    ----------
    polls : Polls
    election : date
        No earlier than the last poll.
    priors : Priors, optional

    Returns
    -------
    Fit

    Raises
    ------
    Invalid
        A poll lies after the election.
    """
    chosen = priors or Priors()
    few = len(polls.polls) < FEW
    if few:
        chosen = chosen.wide()
    chosen = chosen.before((election - max(poll.end for poll in polls.polls)).days, few=few)
    made = design(polls, election)
    mixture = learn(made, chosen)
    means = np.array([mode.smoothed.walk[-1] for mode in mixture.modes])
    last = len(made.days) - 1
    triangles = np.array([np.linalg.cholesky(mode.smoothed.covariance(last)) for mode in mixture.modes])
    around = to_shares(np.average(means, 0, mixture.weights))
    undecided, told = undecided_share(polls)
    day = ElectionDay(
        polls.contenders,
        mixture.weights,
        means,
        triangles,
        common_error(around, chosen.common),
        undecided,
        chosen.late,
    )
    return Fit(polls, election, chosen, few, made, mixture, day, told)


def undecided_share(polls: Polls) -> tuple[float, int]:
    """Return the share of undecided in the polls of the last thirty days, and how many of these tell it."""
    last = max(poll.end for poll in polls.polls)
    recent = [poll for poll in polls.polls if poll.end >= last - RECENT and poll.undecided is not None]
    if not recent:
        return 0.0, 0
    people = [float(poll.n or 1) for poll in recent]
    return float(np.average([float(poll.undecided or 0) for poll in recent], weights=people)), len(recent)


@dataclass(frozen=True, slots=True)
class Scatter:
    """How polls scatter around the walk and their houses' effects.

    Attributes
    ----------
    ratio : float
        Their variance over that of simple samples of their size; 1 where polls are simple samples.
    chance : float
        The chance that simple samples scatter as little.
    """

    ratio: float
    chance: float

    @property
    def is_herding(self) -> bool:
        """Whether the polls agree more than samples of their size can."""
        return self.chance < _SURE and self.ratio < 1


def scatter(found: Fit, *, draws: int = 400, seed: int = 1) -> Scatter:
    """Return how polls scatter, what the fit takes up of it accounted for."""
    made, best = found.design, found.mixture.modes[0]
    mode = find_mode(
        made, found.priors, type(best.sizes)(best.sizes.step, best.sizes.house, best.sizes.mode, 0.0), best
    )
    walks, effects = mode.smoothed.draws(draws, np.random.default_rng(seed))
    polled = made.is_poll
    seen = looked_at(made, walks, effects)[:, polled]
    middle = looked_at(made, mode.smoothed.walk[None], mode.smoothed.effects[None])[0, polled]
    groups, told, n = made.groups[polled], made.shares[polled], made.n[polled]
    whole = np.einsum("rgc,rc->rg", groups, to_shares(middle))
    used = groups.any(axis=2)
    safe = np.where(used, np.maximum(whole, _LEAST), 1.0)
    distance = float((n[:, None] * np.where(used, (told - whole) ** 2, 0.0) / safe).sum())
    spread = np.einsum("rgc,drc->drg", groups, to_shares(seen)).var(axis=0)
    taken = float((n[:, None] * np.where(used, spread, 0.0) / safe).sum())
    free = max(float((used.sum(axis=1) - 1).sum()) - taken, 1.0)
    return Scatter(distance / free, float(chdtr(free, distance)))


def looked_at(made: Design, walks: Array, effects: Array) -> Array:
    """Return the coordinates [draw, observation, coordinate] that each observation looks at."""
    out: Array = walks[:, made.at]
    houses = len(made.polls.houses)
    has = made.house >= 0
    out[:, has] += effects[:, made.house[has]]
    moded = made.mode >= 0
    out[:, moded] += effects[:, made.mode[moded] + houses]
    return out
