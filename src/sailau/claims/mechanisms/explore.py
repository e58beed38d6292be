"""Explore a mechanism: its effect over the whole range of parameters, and which of them decide the sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc, rankdata

from sailau.claims.mechanisms.model import Mechanism

POINTS, SEED = 4096, 11
"""Scrambled Sobol points, the same on every run."""


@dataclass(frozen=True, slots=True)
class Explored:
    """The effect over a range.

    Attributes
    ----------
    low, median, high : float
        Smallest, middle and largest effect.
    above, points : int
        Points with an effect above zero, and all.
    decisive : tuple of (str, float)
        Parameters with their rank correlation with the effect, strongest first.
    """

    low: float
    median: float
    high: float
    above: int
    points: int
    decisive: tuple[tuple[str, float], ...]


def explore(model: Mechanism, ranges: Mapping[str, tuple[float, float]]) -> Explored:
    """Evaluate a mechanism over the box of its ranges.

    Corners count: the extreme effects are those of the points and of all corners of the box (up to 12 parameters).
    """
    names = list(model.parameters)
    lows, highs = (np.array([ranges[name][i] for name in names]) for i in (0, 1))
    unit = qmc.Sobol(len(names), rng=np.random.default_rng(SEED)).random(POINTS)
    effect = _at(model, names, lows + unit * (highs - lows))
    corners = np.array(np.meshgrid(*[[0.0, 1.0]] * len(names))).reshape(len(names), -1).T
    extremes = np.concatenate([effect, _at(model, names, lows + corners * (highs - lows))])
    ranks = rankdata(effect)
    decisive = []
    for i, name in enumerate(names):
        spread = highs[i] > lows[i] and effect.max() > effect.min()
        decisive.append((name, float(np.corrcoef(rankdata(unit[:, i]), ranks)[0, 1]) if spread else 0.0))
    decisive.sort(key=lambda item: -abs(item[1]))
    above = int((effect > 0).sum())
    return Explored(
        float(extremes.min()), float(np.median(effect)), float(extremes.max()), above, POINTS, tuple(decisive)
    )


def _at(model: Mechanism, names: list[str], points: np.ndarray) -> np.ndarray:
    return np.asarray(model.effect(**{name: points[:, i] for i, name in enumerate(names)}), dtype=np.float64)
