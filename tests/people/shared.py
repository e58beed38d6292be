"""Small populations with rates in which nothing is zero."""

import numpy as np

from sailau.people.rates import Rates, gravity, no_rates

REGIONS, GROUPS, AGES = ("north", "south", "west"), ("a", "b", "c", "d"), 20


def people(seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).random((len(REGIONS), len(GROUPS), AGES, 2)) * 1000


def busy_rates(seed: int = 1) -> Rates:
    """Return rates under which everything happens, each flow on axes of its own."""
    rng = np.random.default_rng(seed)
    r, g, a = len(REGIONS), len(GROUPS), AGES
    fertility = np.zeros((1, g, a))
    fertility[:, :, 5:9] = rng.random((1, g, 4)) * 0.3
    mixing = rng.random((g, g)) + np.eye(g) * 9
    return no_rates(r, g, a).with_(
        hazards=rng.random((r, g, a, 2)) * 0.1,
        birth_hazards=rng.random((1, g, 2)) * 0.05,
        fertility=fertility,
        mothers=mixing / mixing.sum(axis=1, keepdims=True),
        identity=mixing.T / mixing.T.sum(axis=1, keepdims=True),
        identity_ages=rng.random(a),
        emigration=rng.random((1, g, 1, 2)) * 0.05,
        immigration=rng.random((r, g, a, 2)),
        repatriation=rng.random((1, g, a, 1)) * 3,
        moving=rng.random((r, 1, a, 1)) * 0.1,
        destinations=gravity(np.array([1.0, 2.0, 3.0])),
    )
