"""Money from outside, and whether it carries a movement through registration."""

from __future__ import annotations

import numpy as np

from sailau.claims.mechanisms.model import Array, Mechanism, Parameter


def _chance(means: Array, cost: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-(means - cost) / (0.25 * cost))))


def _subsidy(
    *, members: Array, cost_of_member: Array, congress: Array, own: Array, subsidy: Array, admitted: Array, taint: Array
) -> Array:
    cost = (members * cost_of_member + congress) / 1e6
    return np.asarray(admitted * ((1 - taint) * _chance(own + subsidy, cost) - _chance(own, cost)))


EXTERNAL_SUBSIDY = Mechanism(
    "external_subsidy",
    "Would a subsidy from abroad raise the chance that an internationalist movement becomes a party?",
    "change of the probability of registration through the subsidy",
    "admitted · ((1 − taint) · Λ(own + subsidy) − Λ(own)), Λ the chance that means cover members · cost + congress",
    "share",
    {
        "members": Parameter(500, 50_000, "members that the law asks for"),
        "cost_of_member": Parameter(5, 50, "US dollars to win and document one member"),
        "congress": Parameter(20_000, 200_000, "US dollars for a congress and branches"),
        "own": Parameter(0.0, 0.5, "own means, million US dollars"),
        "subsidy": Parameter(0.0, 2.0, "means from abroad, million US dollars"),
        "admitted": Parameter(0.0, 1.0, "chance that a complete application is admitted"),
        "taint": Parameter(0.0, 1.0, "part of that chance lost because money from abroad is forbidden and looked for"),
    },
    _subsidy,
    "cost of entry after J. Hug, Altering Party Systems (2001); the form is ours",
)
