"""Estimate ideal points from roll calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sailau.align.ideal.bridges import blocks_of
from sailau.align.ideal.em import Run, Settings, State, run
from sailau.align.ideal.fit import fit_of, simulate
from sailau.align.ideal.observations import Observations, observe
from sailau.align.ideal.points import IdealPoints
from sailau.align.ideal.scale import Blocks, check_anchors, scale_of
from sailau.align.problems import InvalidRollCalls
from sailau.align.rollcalls import RollCalls
from sailau.terms.speech import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_BRIDGES = 3
"""How many bridging items hold the boundary between two sessions."""


def ideal_points(
    calls: RollCalls,
    *,
    dynamic: bool = False,
    bridges: Mapping[str, str] | None = None,
    anchors: Mapping[str, float] | None = None,
    step: float = 0.1,
    ridge: float = 1.0,
    lopsided: float = 0.025,
    min_votes: int = 20,
    abstain: str = "middle",
    least_bridges: int = LEAST_BRIDGES,
    tolerance: float = 1e-3,
    rounds: int = 400,
    draws: int = 0,
    level: float = 0.9,
    seed: int | None = None,
) -> IdealPoints:
    """Estimate positions on a line by EM, from votes of two or three kinds.

    Parameters
    ----------
    calls : RollCalls
    dynamic : bool, optional
        Positions walk from session to session; without it each voter has one position for all items.
    bridges : mapping, optional
        Item to bridge; items of one bridge have the same thresholds and slope in all sessions. `bridges_of`,
        `bridges_by_title` and `read_bridges` make such mappings.
    anchors : mapping, optional
        One voter: the sign of its position. Two voters: their positions, which fix sign and scale. Without anchors the
        sign is that of the voter farthest out, and means nothing.
    step : float, optional
        Variance of a voter's step between sessions, on a scale on which voters have variance 1.
    ridge : float, optional
        Precision of the prior of an item's slope.
    lopsided, min_votes, abstain
        Which votes are taken; see `observe`.
    least_bridges : int, optional
        Bridging items that hold the boundary between two sessions.
    tolerance, rounds
        When to stop; see `Settings`.
    draws : int, optional
        Draws of the parametric bootstrap, 0 for none.
    level : float, optional
        What share of draws an interval holds.
    seed : int, optional
        Needed for draws.

    Returns
    -------
    IdealPoints
        With mean 0 and standard deviation 1 over each block of sessions that bridges tie together.

    Raises
    ------
    NotPlaced, NotEstimable, NotFound, InvalidRollCalls, NotComparable

    Notes
    -----
    Probit with closed-form steps [1]_; an item with abstentions has two thresholds and one slope. Sessions that
    nothing ties together are each put on a scale of their own, and `IdealPoints.path` refuses to compare them [2]_.

    References
    ----------
    .. [1] K. Imai, J. Lo and J. Olmsted, "Fast estimation of ideal points with massive data", *American Political
       Science Review* 110, 2016.
    .. [2] M. A. Bailey, A. Strezhnev and E. Voeten, "Estimating dynamic state preferences from United Nations voting
       data", *Journal of Conflict Resolution* 61, 2017.
    """
    _check(step, ridge, draws, level, seed)
    seen = observe(calls, dynamic=dynamic, bridges=bridges, lopsided=lopsided, min_votes=min_votes, abstain=abstain)
    blocks = blocks_of(seen.spans, least_bridges)
    lines = {calls.voters[calls.index(name)]: value for name, value in (anchors or {}).items()}
    check_anchors(lines, seen.voters, blocks, seen.periods)
    settings = Settings(step, ridge, tolerance, rounds)
    done = run(seen, settings)
    points = _result(seen, done, blocks, lines)
    if not draws or seed is None:
        return points
    low, high = _intervals(seen, done.state, settings, blocks, lines, points.values, draws, level, seed)
    return replace(points, low=low, high=high)


def _check(step: float, ridge: float, draws: int, level: float, seed: int | None) -> None:
    if not step >= 0 or not ridge > 0:
        raise InvalidRollCalls(
            say("step {step!s} and ridge {ridge}", step=step, ridge=ridge),
            hint=say("a step is 0 or more, a ridge above 0"),
        )
    if draws < 0 or not 0 < level < 1:
        raise InvalidRollCalls(
            say("{draws} draws at level {level}", draws=draws, level=level),
            hint=say("0 draws or more; a level between 0 and 1"),
        )
    if draws and seed is None:
        raise InvalidRollCalls(say("a bootstrap needs a seed"), hint=say("give seed=7 (on the command line --seed 7)"))


def _result(seen: Observations, done: Run, blocks: Blocks, anchors: Mapping[str, float]) -> IdealPoints:
    import numpy as np

    n = seen.n_cells
    voted = n > 0
    scale = scale_of(done.state.position, voted, seen.voters, anchors, blocks)
    values = np.where(voted, scale.points(done.state.position), np.nan)
    errors = np.where(voted, np.sqrt(done.state.variance) / np.abs(scale.size), np.nan)
    return IdealPoints(
        seen.voters,
        seen.periods,
        values,
        errors,
        n,
        tuple(tuple(seen.periods[t] for t in block) for block in blocks),
        anchors,
        fit_of(seen, done.state),
        done.rounds,
        done.rested,
        seen.dropped,
        len(seen.items),
        sum(name.startswith("=") for name in seen.items),
    )


def _intervals(
    seen: Observations,
    state: State,
    settings: Settings,
    blocks: Blocks,
    anchors: Mapping[str, float],
    values: Floats,
    draws: int,
    level: float,
    seed: int,
) -> tuple[Floats, Floats]:
    """Return intervals: votes drawn from the model, positions estimated again, each draw from a seed of its own.

    The spread of the draws is laid around the estimate, so that the pull of the priors is not counted twice.
    """
    import numpy as np

    voted = seen.n_cells > 0
    found = []
    for child in np.random.SeedSequence(seed).spawn(draws):
        again = seen.recast(simulate(seen, state, np.random.default_rng(child)))
        other = run(again, settings, state).state.position
        found.append(scale_of(other, voted, seen.voters, anchors, blocks).points(other))
    spread = np.stack(found) - np.mean(found, axis=0)
    low, high = np.quantile(spread, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return values + low, values + high
