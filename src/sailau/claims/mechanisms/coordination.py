"""Elites who must guess what the others do: a signal from outside, and a crowd in the square."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from sailau.claims.mechanisms.model import Array, Mechanism, Parameter

STEPS = 60


def defection(*, strength: Array, public: Array, public_sd: Array, private_sd: Array, stake: Array) -> Array:
    """Return the part of an elite that defects in the global game of regime change.

    A member defects when the private signal is below x*; the regime falls when more defect than its strength bears.
    x* and the critical strength θ* solve θ* = Φ((x* − θ*)/σ) and P(θ < θ* | x*) = stake; unique for σ ≤ τ² √(2π).
    """
    precision = 1 / public_sd**2 + 1 / private_sd**2
    low, high = np.full_like(strength, 1e-9), np.full_like(strength, 1 - 1e-9)
    for _ in range(STEPS):
        theta = (low + high) / 2
        x = theta + private_sd * ndtri(theta)
        mean = (public / public_sd**2 + x / private_sd**2) / precision
        gain = ndtr((theta - mean) * np.sqrt(precision)) - stake
        # With unique equilibria the gain falls in θ: the marginal member sees ever stronger regimes.
        low, high = np.where(gain > 0, theta, low), np.where(gain > 0, high, theta)
    x = theta + private_sd * ndtri(theta)
    return np.asarray(ndtr((x - strength) / private_sd))


def _signal(*, strength: Array, prior: Array, shift: Array, prior_sd: Array, private_sd: Array, stake: Array) -> Array:
    sharp = np.minimum(private_sd, prior_sd**2 * np.sqrt(2 * np.pi) * 0.99)
    without = defection(strength=strength, public=prior, public_sd=prior_sd, private_sd=sharp, stake=stake)
    after = defection(strength=strength, public=prior + shift, public_sd=prior_sd, private_sd=sharp, stake=stake)
    return np.asarray(without - after)


ELITE_COORDINATION = Mechanism(
    "elite_coordination",
    "Does a deployment from outside make elites side with the president?",
    "part of the elite that does not defect because of the signal",
    "global game: defect when x < x*; difference of defection with the public signal at prior and at prior + shift",
    "share",
    {
        "strength": Parameter(0.2, 0.8, "what defection the regime can bear"),
        "prior": Parameter(0.2, 0.8, "what all believe of that strength before the signal"),
        "shift": Parameter(
            -0.2, 0.5, "by how much the deployment moves that belief; below zero where a call for help shows weakness"
        ),
        "prior_sd": Parameter(0.3, 1.0, "vagueness of the common belief"),
        "private_sd": Parameter(0.05, 0.2, "vagueness of each member's own knowledge"),
        "stake": Parameter(0.2, 0.8, "price of defecting in vain, as a part of the prize"),
    },
    _signal,
    "S. Morris and H. S. Shin, Global Games: Theory and Applications (2003)",
)


def _split(*, strength: Array, crowd: Array, rivalry: Array, prior_sd: Array, private_sd: Array, stake: Array) -> Array:
    sharp = np.minimum(private_sd, prior_sd**2 * np.sqrt(2 * np.pi) * 0.99)

    def out(weaker: Array) -> Array:
        level = strength - weaker
        return defection(strength=level, public=level, public_sd=prior_sd, private_sd=sharp, stake=stake)

    zero = np.zeros_like(strength)
    return np.asarray(out(crowd + rivalry) - out(crowd) - out(rivalry) + out(zero))


ELITE_SPLIT = Mechanism(
    "elite_split",
    "Do protests and a struggle within the elite strengthen each other?",
    "defection when both come together, beyond the sum of each alone",
    "D(crowd + rivalry) − D(crowd) − D(rivalry) + D(0), D the defection of the global game",
    "share",
    {
        "strength": Parameter(0.4, 1.2, "what defection the regime could bear in quiet times"),
        "crowd": Parameter(0.0, 0.4, "by how much protests lower it"),
        "rivalry": Parameter(0.0, 0.4, "by how much the struggle lowers it"),
        "prior_sd": Parameter(0.3, 1.0, "vagueness of the common belief"),
        "private_sd": Parameter(0.05, 0.2, "vagueness of each member's own knowledge"),
        "stake": Parameter(0.2, 0.8, "price of defecting in vain, as a part of the prize"),
    },
    _split,
    "S. Morris and H. S. Shin (2003); cascades after T. Kuran, World Politics 44 (1991)",
)
