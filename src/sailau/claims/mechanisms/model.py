"""What a mechanism is: parameters with ranges, and one effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sailau.terms.errors import Invalid, NotFound
from sailau.terms.numbers import exact

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A quantity that nobody has measured here, and the range in which it may lie.

    Attributes
    ----------
    low, high : float
    words : str
        What it is and why the range is what it is.
    """

    low: float
    high: float
    words: str


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A stated model with one effect.

    Attributes
    ----------
    name, question : str
    effect_is : str
        What the effect measures; above zero means that the mechanism works as claimed.
    formula : str
        The model in one line of mathematics.
    unit : str
    parameters : mapping of str to Parameter
    effect : callable
        Takes one array [point] for each parameter, by name, and returns the effect [point].
    after : str
        The literature that the form comes from.
    """

    name: str
    question: str
    effect_is: str
    formula: str
    unit: str
    parameters: Mapping[str, Parameter]
    effect: Callable[..., Array]
    after: str

    def narrowed(self, ranges: Mapping[str, Sequence[str | int]]) -> dict[str, tuple[float, float]]:
        """Return the ranges of all parameters, some of them narrowed.

        Raises
        ------
        NotFound
            There is no such parameter.
        Invalid
            A range that is none, or that leaves the stated one.
        """
        out = {name: (p.low, p.high) for name, p in self.parameters.items()}
        for name, given in ranges.items():
            if name not in out:
                raise NotFound(f"parameter of {self.name}", name, list(out))
            if len(given) != 2:
                raise Invalid(f"the range of {name} is {list(given)}", hint="write [low, high]")
            low, high = (float(exact(part)) for part in given)
            if not out[name][0] <= low <= high <= out[name][1]:
                stated = f"[{out[name][0]:g}, {out[name][1]:g}]"
                raise Invalid(f"the range [{low:g}, {high:g}] of {name} leaves the stated one {stated}")
            out[name] = low, high
        return out
