"""How well positions account for votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sailau.align.ideal.em import State
from sailau.align.ideal.observations import Observations

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """Fit of a model of votes.

    Attributes
    ----------
    n : int
        Votes accounted for.
    correct : float
        Share of votes that are the likeliest under the model.
    apre : float
        Aggregate proportional reduction in error: errors saved over guessing each item's commonest vote.
    gmp : float
        Geometric mean of the probabilities that the model gives the votes.
    """

    n: int
    correct: float
    apre: float
    gmp: float


def chances(seen: Observations, state: State) -> Floats:
    """Return the probability of no, abstain and yes, ``[vote, 3]``, at each place where a vote was cast."""
    import numpy as np
    from scipy.special import ndtr

    item = seen.item
    mean = state.intercept[item] + state.slope[item] * state.position.ravel()[seen.cell]
    below = ndtr(-mean / state.sd[item])
    above = ndtr((mean - np.where(seen.three[item], 1.0, 0.0)) / state.sd[item])
    kinds = _kinds(seen)[item]
    out = np.zeros((len(item), 3))
    rows = np.arange(len(item))
    out[rows, kinds[:, 0]] += below
    out[rows, kinds[:, 1]] += above
    out[:, 1] += np.where(seen.three[item], np.maximum(1.0 - below - above, 0.0), 0.0)
    return out


def _kinds(seen: Observations) -> NDArray[np.int64]:
    """Return for each item the vote below its lowest threshold and the one above its highest."""
    import numpy as np

    low = np.full(len(seen.items), -1)
    high = np.full(len(seen.items), -1)
    under = np.isinf(seen.lower)
    over = np.isinf(seen.upper)
    low[seen.item[under]] = seen.vote[under]
    high[seen.item[over]] = seen.vote[over]
    return np.stack([np.where(low < 0, 0, low), np.where(high < 0, 2, high)], axis=1)


def fit_of(seen: Observations, state: State) -> Fit:
    """Return how well a state accounts for the votes."""
    import numpy as np

    chance = chances(seen, state)
    n, m = len(seen.item), len(seen.items)
    counts = np.bincount(seen.item * 3 + seen.vote, minlength=m * 3).reshape(m, 3)
    guessed = n - int(counts.max(axis=1).sum())
    wrong = int((chance.argmax(axis=1) != seen.vote).sum())
    own = np.maximum(chance[np.arange(n), seen.vote], 1e-300)
    return Fit(n, 1 - wrong / n, 1 - wrong / guessed if guessed else 0.0, float(np.exp(np.log(own).mean())))


def simulate(seen: Observations, state: State, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return votes drawn from the model, one for each vote that was cast."""
    import numpy as np

    sums = chances(seen, state).cumsum(axis=1)
    draw = rng.random(len(seen.item))[:, None] * sums[:, -1:]
    return np.asarray(np.minimum((draw >= sums).sum(axis=1), 2), dtype=np.int64)
