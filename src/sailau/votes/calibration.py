"""What was learned on elections with known truth: weights, widths, and where that experience ends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sailau.votes.bounds import Bounds
from sailau.votes.features import of_cells, size_classes
from sailau.votes.margins import Array, Margins
from sailau.votes.methods import Estimates

LEVELS = (80, 90, 95)
"""Percent of cells that intervals are made to cover."""

_SHIPPED = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Calibration:
    """What intervals and weights rest on.

    Attributes
    ----------
    weights : mapping
        Level and slope of each method, see `sailau.votes.ensemble.weights_of`.
    scale : tuple of float
        Coefficients of the logarithm of a cell's scale, by `sailau.votes.features.CELL`.
    quantiles : mapping
        By level, the number of scales from the estimate to an end of the interval, for each class of group size.
    support : mapping
        Least and largest value of each feature of a problem among the known elections.
    measured : mapping
        What was measured leaving one country-year out, with the numbers of elections.
    made : mapping
        From which elections, how and with which versions it was computed.
    """

    weights: Mapping[str, tuple[float, float]]
    scale: tuple[float, ...]
    quantiles: Mapping[int, tuple[float, ...]]
    support: Mapping[str, tuple[float, float]]
    measured: Mapping[str, Any]
    made: Mapping[str, Any]

    def outside(self, features: Mapping[str, float]) -> list[str]:
        """Return in words each feature that lies outside what the known elections span."""
        said = []
        for name, (least, most) in self.support.items():
            if not least <= features[name] <= most:
                words = name.replace("_", " ")
                said.append(f"{words} {features[name]:,.4g}, known elections {least:,.4g} to {most:,.4g}")
        return said

    def intervals(
        self, margins: Margins, found: Bounds, estimates: Estimates, table: Array, level: int
    ) -> tuple[Array, Array]:
        """Return the ends of the intervals `[group, option]` in votes, cut at the bounds."""
        scale = np.exp(of_cells(margins, found, estimates, table) @ np.array(self.scale))
        reach = np.array([self.quantiles[level][kind] for kind in size_classes(margins)])[:, None] * scale
        return np.maximum(table - reach, found.lower), np.minimum(table + reach, found.upper)


@cache
def shipped() -> Calibration:
    """Return the calibration that ships with the package."""
    return from_json(_SHIPPED.read_text(encoding="utf-8"))


def to_json(calibration: Calibration) -> str:
    """Return a calibration as one JSON document."""
    return json.dumps(asdict(calibration), indent=1, ensure_ascii=False) + "\n"


def from_json(text: str) -> Calibration:
    """Return the calibration of a JSON document."""
    given = json.loads(text)
    return Calibration(
        {name: (pair[0], pair[1]) for name, pair in given["weights"].items()},
        tuple(given["scale"]),
        {int(level): tuple(values) for level, values in given["quantiles"].items()},
        {name: (pair[0], pair[1]) for name, pair in given["support"].items()},
        given["measured"],
        given["made"],
    )
