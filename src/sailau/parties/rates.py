"""Rates of success from few cases: a Beta distribution with its interval, never a constant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something succeeds, as far as the cases tell.

    Attributes
    ----------
    passed, tried : int
        Cases that succeeded, and all cases.
    prior : float
        Added to successes and to failures; one half is the prior of Jeffreys, which no unit of measurement changes.
    name, source : str
    since, until : date, optional
    of_all : bool
        Whether the cases are counted from the first gate on, not from the gate before.
    """

    passed: int
    tried: int
    prior: float = 0.5
    name: str = ""
    source: str = ""
    since: date | None = None
    until: date | None = None
    of_all: bool = False

    @property
    def shape(self) -> tuple[float, float]:
        """The two parameters of the Beta distribution."""
        return self.passed + self.prior, self.tried - self.passed + self.prior

    @property
    def mean(self) -> float:
        """The mean of the distribution, which is not the share of the cases."""
        a, b = self.shape
        return a / (a + b)

    def quantile(self, p: float) -> float:
        """Return a quantile of the distribution.

        Examples
        --------
        >>> [round(Rate(2, 18).quantile(p), 3) for p in (0.025, 0.5, 0.975)]
        [0.024, 0.119, 0.311]
        """
        from scipy.special import betaincinv

        a, b = self.shape
        return float(betaincinv(a, b, p))

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the interval with equal tails."""
        tail = (1 - level) / 2
        return self.quantile(tail), self.quantile(1 - tail)

    def draw(self, rng: Generator, n: int) -> NDArray[Any]:
        """Return `n` draws."""
        a, b = self.shape
        return rng.beta(a, b, n)
