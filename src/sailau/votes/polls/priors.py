"""What is believed before any poll is read: the sizes of steps, house effects, dispersion and of the common error.

Log-ratios here are coordinates in which all contenders count alike (`basis`): a step of 0.01 moves a party with half of
the votes against one other by 0.35 points, and a small party by 1% of its votes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, pi

from sailau.terms.errors import Invalid

FEW = 10
"""With fewer polls sizes cannot be told from the polls: the wide values stand as they are."""

ESTABLISHED = 3
"""Polls from which on a house is established: where no election result says how far houses are off, their effects add
up to zero over these (Jackman, Pooling the polls over an election campaign, 2005)."""

POLLING_ERROR = 2.0
"""Mean absolute error, in points of a party with half of the votes, that the polls of one election have in common:
Shirani-Mehr, Rothschild, Goel and Gelman, Disentangling Bias and Variance in Election Polls, JASA 113, 2018, p. 607
(4,221 polls of 608 US elections, 1998-2014, last three weeks)."""

EVE_ERROR, FAR_ERROR, FADE = 1.3, 2.6, 40.0
"""The same error as thirteen elections of Australia, New Zealand and Sweden showed it: on the eve, long before, and the
days in which all but 37% of the difference of their squares is there. Fitted by benchmarks/fit_polling_error.py, which
leaves each election out in turn."""

LATE = 0.3
"""How far those who decide late may part from those who have decided, a standard deviation of log-ratios. An
assumption: no source was found that measures it over many elections."""

UNKNOWN_N = 500
"""Respondents of a poll that does not say how many it asked: a small poll, so that silence is no advantage."""


@dataclass(frozen=True, slots=True)
class Size:
    """A size that is above zero: its median, and how uncertain its logarithm is; fixed where that is 0."""

    median: float
    spread: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no size."""
        if not self.median > 0 or not self.spread >= 0:
            raise Invalid(f"a size has a median above 0 and a spread from 0 on, not {self.median} and {self.spread}")

    @property
    def is_fixed(self) -> bool:
        """Whether nothing is to be learnt."""
        return self.spread == 0


@dataclass(frozen=True, slots=True)
class Priors:
    """What is believed before any poll is read.

    Attributes
    ----------
    step : Size
        Standard deviation of a day's step in log-ratios.
    house, mode : Size
        Standard deviation of the effects of houses and modes, in log-ratios.
    excess : Size, or None
        By how much the variance of polls exceeds that of simple samples, as a factor less one; None where polls are
        simple samples.
    start : float
        Standard deviation of the log-ratios on the first day.
    error : float, optional
        The error that all polls of an election share: mean absolute points of a party with half of the votes. None: as
        earlier elections showed it, the larger the longer before the election polls end.
    late : float
        How far late deciders part from the others.
    """

    step: Size = Size(0.01, 0.7)
    house: Size = Size(0.06, 0.7)
    mode: Size = Size(0.04, 0.7)
    excess: Size | None = Size(0.5, 1.0)
    start: float = 3.0
    error: float | None = None
    late: float = LATE

    def __post_init__(self) -> None:
        """Refuse errors below zero."""
        for name, value in (("common error", self.error), ("distance of late deciders", self.late)):
            if value is not None and not value >= 0:
                raise Invalid(f"a {name} of {value:g}; a size from 0 on")
        if not self.start > 0:
            raise Invalid(f"a start of {self.start:g}; a size above 0")

    def wide(self) -> Priors:
        """Return what stands in where polls are too few: every size fixed, one spread above its median."""
        return replace(
            self,
            step=_above(self.step),
            house=_above(self.house),
            mode=_above(self.mode),
            excess=None if self.excess is None else _above(self.excess),
        )

    def before(self, days: int, *, few: bool = False) -> Priors:
        """Return them for polls that end so many days before the election, the common error settled.

        Parameters
        ----------
        days : int
        few : bool
            Few polls: none of the thirteen elections had few, so the error is no smaller than the published one.
        """
        if self.error is not None:
            return self
        grown = 1.0 - exp(-max(days, 0) / FADE)
        error = (EVE_ERROR**2 + (FAR_ERROR**2 - EVE_ERROR**2) * grown) ** 0.5
        return replace(self, error=max(error, POLLING_ERROR) if few else error)

    @property
    def common(self) -> float:
        """The size of a sample whose error is as large as the common one: 398 for 2 points; infinite for none."""
        error = self.before(0).error or 0.0
        if error == 0:
            return float("inf")
        sd = error / 100 * (pi / 2) ** 0.5
        return float(0.25 / sd**2)


def _above(size: Size) -> Size:
    """Return the size fixed one spread above its median, which leaves 16% of what is believed above it."""
    return Size(size.median * exp(size.spread))
