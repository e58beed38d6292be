"""The EM itself: utilities given positions, items given utilities, positions given items; again until still.

The utility of a vote is ``intercept + slope * position + sd * noise``. An item with abstentions has thresholds at 0 and
1 and a free `sd`, so that every step has a closed form; an item of two votes has one threshold at 0 and `sd` 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sailau.align.ideal.moments import truncated
from sailau.align.ideal.observations import Observations
from sailau.align.ideal.smoother import Walk, smooth, walk_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

INTERCEPT = 0.04
"""Precision of the prior of an intercept, relative to that of a slope: intercepts may be far larger."""

SPREAD = 0.02
"""How many votes the prior of an item's `sd` is worth."""

LEAST = 0.1
"""The least part of what votes know of a position that is left to it when the scale is held."""

_FARTHEST = 16.0


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Where the estimation stands.

    Attributes
    ----------
    position, variance : arrays, [voter, period]
    intercept, slope, sd : arrays, [item]
    """

    position: Floats
    variance: Floats
    intercept: Floats
    slope: Floats
    sd: Floats


@dataclass(frozen=True, slots=True)
class Settings:
    """How the estimation goes.

    Attributes
    ----------
    step : float
        Variance of a voter's step from one period to the next.
    ridge : float
        Precision of the prior of slopes.
    tolerance : float
        The largest change of a position in one round at which the estimation rests.
    rounds : int
        The most rounds.
    """

    step: float = 0.1
    ridge: float = 1.0
    tolerance: float = 1e-3
    rounds: int = 400


@dataclass(frozen=True, slots=True)
class Run:
    """An estimation that came to its end: the state, the rounds it took, and whether it came to rest."""

    state: State
    rounds: int
    rested: bool


def start(seen: Observations) -> State:
    """Return a start: the first axis along which voters differ, the same in every period."""
    import numpy as np

    n, m, periods = len(seen.voters), len(seen.items), len(seen.periods)
    centred = np.zeros((n, m))
    means = np.bincount(seen.item, seen.vote, m) / np.maximum(np.bincount(seen.item, minlength=m), 1)
    centred[seen.voter, seen.item] = seen.vote - means[seen.item]
    axis = np.linalg.eigh(centred @ centred.T)[1][:, -1]
    axis = axis * np.sign(axis[np.argmax(np.abs(axis))])
    position = np.repeat((axis / axis.std())[:, None], periods, axis=1)
    middle = np.where(seen.three, 0.5, 0.0)
    return State(position, np.full((n, periods), 0.05), middle, np.zeros(m), np.ones(m))


def run(seen: Observations, settings: Settings, begin: State | None = None) -> Run:
    """Repeat rounds until positions rest, leaping ahead along the way that they take.

    Notes
    -----
    Every third round extrapolates the last two [1]_; a leap that moves positions faster than before is taken back.

    References
    ----------
    .. [1] R. Varadhan and C. Roland, "Simple and globally convergent methods for accelerating the convergence of any
       EM algorithm", *Scandinavian Journal of Statistics* 35, 2008.
    """
    plan = Plan.of(seen, settings)
    state = begin or start(seen)
    pace = float("inf")
    done = 0
    while done < settings.rounds:
        one = plan.round(state)
        two = plan.round(one)
        done += 2
        pace = plan.distance(one, two)
        if pace <= settings.tolerance:
            return Run(two, done, rested=True)
        leap = plan.round(_leap(state, one, two))
        after = plan.round(leap)
        done += 2
        state = after if plan.distance(leap, after) <= 1.5 * pace else two
    return Run(state, done, rested=False)


def _leap(state: State, one: State, two: State) -> State:
    import numpy as np

    before, between, after = _pack(state), _pack(one), _pack(two)
    first, bend = between - before, after - 2 * between + before
    size = float(np.linalg.norm(bend))
    stride = min(max(float(np.linalg.norm(first)) / size, 1.0), _FARTHEST) if size else 1.0
    return _unpack(before + 2 * stride * first + stride**2 * bend, two)


def _pack(state: State) -> Floats:
    import numpy as np

    return np.concatenate([state.position.ravel(), state.intercept, state.slope, np.log(state.sd)])


def _unpack(values: Floats, like: State) -> State:
    import numpy as np

    n, m = like.position.size, like.slope.size
    sd = np.exp(np.clip(values[n + 2 * m :], -6.0, 12.0))
    return State(
        values[:n].reshape(like.position.shape), like.variance, values[n : n + m], values[n + m : n + 2 * m], sd
    )


def _sums(groups: NDArray[np.int64], values: Floats, n: int) -> Floats:
    import numpy as np

    return np.bincount(groups, values, n).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What every round needs and no round changes."""

    seen: Observations
    settings: Settings
    walk: Walk
    cell: NDArray[np.int64]
    voted: NDArray[np.bool_]
    sizes: Floats

    @classmethod
    def of(cls, seen: Observations, settings: Settings) -> Plan:
        """Return the plan of an estimation."""
        import numpy as np

        cells = seen.n_cells
        sizes = np.bincount(seen.item, minlength=len(seen.items)).astype(float)
        return cls(seen, settings, walk_of(cells, settings.step), seen.cell, cells > 0, sizes)

    def distance(self, one: State, two: State) -> float:
        """Return the largest difference of two positions."""
        import numpy as np

        return float(np.abs(one.position - two.position)[self.voted].max())

    def round(self, state: State) -> State:
        """Return the state after one round, positions with mean 0 and standard deviation 1."""
        import numpy as np

        position = state.position.ravel()[self.cell]
        item = self.seen.item
        mean = state.intercept[item] + state.slope[item] * position
        utility, variance = truncated(mean, state.sd[item], self.seen.lower, self.seen.upper)
        doubt = np.where(self.voted, state.variance, 0.0).ravel()[self.cell]
        intercept, slope, sd = self._items(position, doubt, utility, variance)
        place, spread = self._positions(state.position, intercept, slope, sd, utility)
        return self._standard(place, spread, intercept, slope, sd)

    def _items(
        self, position: Floats, doubt: Floats, utility: Floats, variance: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Return the items that utilities and positions ask for: a ridge regression for each.

        Positions are known up to a variance, `doubt`; taken as sure, they would make slopes too steep and draw those
        who stand alone still farther out.
        """
        import numpy as np

        item, m, ridge = self.seen.item, len(self.seen.items), self.settings.ridge
        middle = self._middle()
        x, xx = _sums(item, position, m), _sums(item, position * position + doubt, m) + ridge
        z, zz = _sums(item, utility, m), _sums(item, utility * utility + variance, m)
        xz = _sums(item, position * utility, m)
        n = self.sizes + ridge * INTERCEPT
        z = z + ridge * INTERCEPT * middle
        zz = zz + ridge * INTERCEPT * middle * middle
        determinant = n * xx - x * x
        intercept = (xx * z - x * xz) / determinant
        slope = (n * xz - x * z) / determinant
        rest = np.maximum(zz - intercept * z - slope * xz, 0.0)
        sd = np.sqrt(np.where(self.seen.three, (rest + SPREAD) / (self.sizes + 2 + SPREAD), 1.0))
        return intercept, slope, sd

    def _middle(self) -> Floats:
        import numpy as np

        return np.where(self.seen.three, 0.5, 0.0)

    def _positions(
        self, position: Floats, intercept: Floats, slope: Floats, sd: Floats, utility: Floats
    ) -> tuple[Floats, Floats]:
        """Return the positions that utilities and items ask for, held on their scale.

        Positions have mean 0 and standard deviation 1, so priors must not pull them together or aside. Two multipliers
        undo what priors of positions and items do along these two directions; without them each round would rescale
        what the next one pulls back, and rounds would not climb.
        """
        import numpy as np

        item, shape, ridge = self.seen.item, self.voted.shape, self.settings.ridge
        load = slope / (sd * sd)
        known = _sums(self.cell, (slope * load)[item], shape[0] * shape[1]).reshape(shape)
        weighted = _sums(self.cell, load[item] * (utility - intercept[item]), shape[0] * shape[1]).reshape(shape)
        inward, down = self.walk.pull(position)
        n = float(self.voted.sum())
        out = (inward - ridge * float((slope * load).sum())) / n
        up = (down - ridge * INTERCEPT * float((load * (intercept - self._middle())).sum())) / n
        held = np.where(self.voted, np.maximum(known - out, LEAST * known), 0.0)
        aimed = weighted + np.where(self.voted, up, 0.0)
        return smooth(held, aimed, self.walk, self.walk.drift(position))

    def _standard(self, position: Floats, variance: Floats, intercept: Floats, slope: Floats, sd: Floats) -> State:
        """Return the same state on the scale on which positions have mean 0 and standard deviation 1."""
        there = position[self.voted]
        mean, size = float(there.mean()), float(there.std())
        size = size if size > 1e-9 else 1.0
        return State((position - mean) / size, variance / size**2, intercept + slope * mean, slope * size, sd)
