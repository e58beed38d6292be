"""Sampling by NUTS, on request (extra ``bayes``): Dirichlet-multinomial, row shares of its own in every unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sailau.terms.errors import InvalidMargins
from sailau.terms.extras import need
from sailau.votes.margins import Array, Margins
from sailau.votes.polls.full import split_r_hat

LARGEST_RHAT = 1.05
"""Chains that differ by more than this have not met: their table is not to be used."""

MOST_SHARES = 20_000
"""Row shares (units x groups x options) that are sampled at the most; beyond, hours would pass."""

_CONCENTRATION = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """What sampling gave.

    Attributes
    ----------
    table, low, high : array, [group, option]
        Posterior mean and interval, in people.
    level : int
    rhat : float
        The largest R-hat over the cells of the table.
    draws, chains : int
    """

    table: Array
    low: Array
    high: Array
    level: int
    rhat: float
    draws: int
    chains: int

    @property
    def met(self) -> bool:
        """Whether the chains agree."""
        return self.rhat <= LARGEST_RHAT


def sample(margins: Margins, *, draws: int, seed: int, level: int = 90, chains: int = 2, tune: int = 500) -> Sampled:
    """Sample row shares of every unit under the model of Rosen, Jiang, King and Tanner [1]_.

    Parameters
    ----------
    margins : Margins
    draws, chains, tune : int
        Draws kept and thrown away, by chain.
    seed : int
    level : int
        Percent that the intervals hold, if the model were true.

    Returns
    -------
    Sampled

    Raises
    ------
    MissingExtra
        PyMC is not installed.
    InvalidMargins
        More shares than can be sampled.

    Notes
    -----
    In unit i a group's shares b_ij are Dirichlet(a_j), a_jk exponential with mean 4, and votes are multinomial with
    probabilities sum_j x_ij b_ij. The intervals are the model's own: on the one precinct-level truth there is
    (race by registration) 90 % intervals of this model were far too narrow, so they are not offered in place of the
    calibrated ones.

    References
    ----------
    .. [1] O. Rosen, W. Jiang, G. King and M. A. Tanner, "Bayesian and frequentist inference for ecological inference:
       the R × C case", Statistica Neerlandica 55 (2001) 134-156.
    """
    size = margins.people.shape[0] * margins.people.shape[1] * margins.votes.shape[1]
    if size > MOST_SHARES:
        hint = "take fewer units or pool small groups and options; the other methods have no such limit"
        raise InvalidMargins(f"{size:,} row shares are more than the {MOST_SHARES:,} that can be sampled", hint=hint)
    what = "sampling by NUTS"
    pymc, nutpie = (need(name, extra="bayes", what=what) for name in ("pymc", "nutpie"))
    used = margins.people.sum(axis=1) > 0
    model = _model(pymc, margins.people[used].astype(np.float64), margins.votes[used])
    compiled = nutpie.compile_pymc_model(model)
    trace = nutpie.sample(
        compiled, draws=draws, tune=tune, chains=chains, seed=seed, progress_bar=False, save_warmup=False
    )
    return _summed(np.asarray(trace.posterior["table"]), level)


def _model(pymc: Any, people: Array, votes: Any) -> Any:
    sizes = people.sum(axis=1)
    with pymc.Model() as model:
        alpha = pymc.Exponential("alpha", 1 / _CONCENTRATION, shape=(people.shape[1], votes.shape[1]))
        shares = pymc.Dirichlet("shares", alpha[None, :, :], shape=(*people.shape, votes.shape[1]))
        pymc.Deterministic("table", (people[:, :, None] * shares).sum(axis=0))
        chance = (people[:, :, None] * shares).sum(axis=1) / sizes[:, None]
        pymc.Multinomial("votes", n=votes.sum(axis=1), p=chance, observed=votes)
    return model


def _summed(table: Array, level: int) -> Sampled:
    chains, draws = table.shape[:2]
    flat = table.reshape(-1, *table.shape[2:])
    low, high = np.quantile(flat, [(1 - level / 100) / 2, (1 + level / 100) / 2], axis=0)
    cells = np.ndindex(*table.shape[2:])
    rhat = max(split_r_hat(table[:, :, i, j]) for i, j in cells)
    return Sampled(flat.mean(axis=0), low, high, level, rhat, draws, chains)
