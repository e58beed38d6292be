"""Protest and the answer to it: cutting the network, and the threat of force."""

from __future__ import annotations

import numpy as np

from sailau.claims.mechanisms.model import Array, Mechanism, Parameter


def _size(start: Array, growth: Array, ceiling: Array, days: Array) -> Array:
    return np.asarray(ceiling / (1 + (ceiling / start - 1) * np.exp(-growth * days)))


def _shutdown(*, start: Array, growth: Array, cut: Array, anger: Array, ceiling: Array, days: Array) -> Array:
    online = _size(start, growth, ceiling, days)
    dark = _size(start, growth * (1 - cut), np.minimum(ceiling * (1 + anger), 1.0), days)
    return online - dark


SHUTDOWN = Mechanism(
    "shutdown",
    "Does cutting the network make a protest smaller?",
    "part of the population that stays away because of the cut",
    "logistic growth with rate growth against growth · (1 − cut) and a ceiling raised by anger",
    "share",
    {
        "start": Parameter(0.0005, 0.01, "part of the population protesting when the network is cut"),
        "growth": Parameter(0.1, 1.5, "rate of growth in a day while people can write to each other"),
        "cut": Parameter(0.0, 0.9, "part of that growth which needs the network"),
        "anger": Parameter(0.0, 1.0, "by how much the cut raises the number who would come at all"),
        "ceiling": Parameter(0.02, 0.1, "part of the population who would come at most"),
        "days": Parameter(1.0, 10.0, "days that the cut lasts"),
    },
    _shutdown,
    "N. Hassanpour, Political Communication 31 (2014), who finds the opposite sign for Egypt in 2011; the form is ours",
)


def _repression(*, base: Array, fear: Array, force: Array, outrage: Array) -> Array:
    return base - (base * np.exp(-fear * force) + outrage * force * (1 - base))


REPRESSION = Mechanism(
    "repression",
    "Does the announced readiness to use force keep people from protest?",
    "part of the population that stays away because of it",
    "base − (base · exp(−fear · force) + outrage · force · (1 − base))",
    "share",
    {
        "base": Parameter(0.005, 0.1, "part of the population that would protest without a threat"),
        "fear": Parameter(0.5, 5.0, "how strongly force deters"),
        "force": Parameter(0.05, 1.0, "force announced, 1 being the most there is"),
        "outrage": Parameter(0.0, 0.05, "part of the bystanders whom full force brings out"),
    },
    _repression,
    "deterrence and backlash: M. Lichbach, Journal of Conflict Resolution 31 (1987)",
)
