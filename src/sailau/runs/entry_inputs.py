"""What is not known about an entry, as ranges: named, each with its reason, none fitted to a controlled election."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from sailau.terms.errors import Invalid
from sailau.votes.choice import Floats

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "issue": "weight of issues: utility lost at a distance of one",
        "identity": "weight of identity: utility of a party of one's own group",
        "ties": "weight of ties to parties from before",
        "valence": "the list's valence beside the strongest rival: log odds among people to whom all else is equal",
        "appeal": "how far the groups that it speaks to see it as theirs, 0 to 1",
        "backlash": "how far the majority sees it as that of others, 0 to 1",
        "position": "where the list stands",
        "distance": "how far the groups stand from one another, as a multiple of what is given",
        "age_slope": "how much the young stand from the old",
        "turnout_ratio": "turnout of the others over that of the majority",
        "strategic": "share of voters who shun a list in proportion to its chance; 0 is sincere",
        "doubt": "deviation of the share on the day where it is at the bar; elsewhere as the root of the share",
        "against_all": "share of valid ballots against all, which raise the bar",
        "language": "share of the majority group that belongs to the others by its language",
    }
)
"""Every input that a scenario may name."""

FIXED: Mapping[str, float] = MappingProxyType(
    {
        "issue": 0.0,
        "identity": 0.0,
        "ties": 0.0,
        "valence": 0.0,
        "appeal": 1.0,
        "backlash": 0.0,
        "position": 0.0,
        "distance": 1.0,
        "age_slope": 0.0,
        "turnout_ratio": 1.0,
        "strategic": 0.0,
        "doubt": 0.01,
        "against_all": 0.0,
        "language": 0.0,
    }
)
"""What an input is where a scenario does not name it."""


SHARES = ("appeal", "backlash", "against_all", "language", "strategic")
FARTHEST = 100.0
"""The largest size of an input, and of a figure of parties and groups: odds beyond e^100 to one are nobody's."""
MOST_AGAINST = 0.9
"""The largest share against all; beyond it a bar may be out of everybody's reach."""


@dataclass(frozen=True, slots=True)
class Input:
    """One unknown.

    Attributes
    ----------
    name : str
    low, high : float
        Any value between is as good as another.
    why : str
        Where the range comes from.
    """

    name: str
    low: float
    high: float
    why: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the range is one value."""
        return self.low == self.high

    @property
    def middle(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2


def check_inputs(inputs: Sequence[Input]) -> None:
    """Refuse names that mean nothing, and ranges that are none.

    Raises
    ------
    Invalid
        The first fault.
    """
    for given in inputs:
        if given.name not in MEANINGS:
            from sailau.terms.errors import NotFound

            missing = NotFound("input", given.name, list(MEANINGS))
            raise Invalid(missing.what, hint=missing.hint or f"known: {', '.join(MEANINGS)}")
        if not (np.isfinite(given.low) and np.isfinite(given.high)) or given.low > given.high:
            raise Invalid(f"the range of {given.name} goes from {given.low} to {given.high}")
        if max(abs(given.low), abs(given.high)) > FARTHEST:
            raise Invalid(
                f"{given.name} goes from {given.low:g} to {given.high:g}; it lies between -100 and 100",
                hint=f"{given.name} is {MEANINGS[given.name]}",
            )
        if given.name in SHARES and not 0 <= given.low <= given.high <= 1:
            raise Invalid(f"{given.name} lies between 0 and 1, not from {given.low} to {given.high}")
        if given.name == "against_all" and given.high > MOST_AGAINST:
            raise Invalid(f"against_all is at most {MOST_AGAINST:g}, not {given.high}")
        if given.name in ("doubt", "turnout_ratio") and given.low <= 0:
            raise Invalid(f"{given.name} is above 0, not {given.low}")
        if given.name in ("issue", "identity", "ties") and given.low < 0:
            raise Invalid(f"{given.name} is 0 or more, not {given.low}")


def unknown(inputs: Sequence[Input]) -> tuple[Input, ...]:
    """Return the inputs whose range is more than one value."""
    return tuple(given for given in inputs if not given.is_known)


def spread(inputs: Sequence[Input], n: int, seed: int) -> dict[str, Floats]:
    """Return `n` points spread evenly over all ranges (a scrambled Sobol sequence), by input.

    Parameters
    ----------
    inputs : sequence of Input
    n : int
        A power of two spreads best.
    seed : int
    """
    from scipy.stats import qmc

    free = unknown(inputs)
    points = (
        qmc.Sobol(len(free), scramble=True, rng=np.random.default_rng(seed)).random(n) if free else np.zeros((n, 0))
    )
    return at(inputs, points)


def at(inputs: Sequence[Input], points: Floats) -> dict[str, Floats]:
    """Return every input at points of the unit cube of the unknown ones: array [point] for each name."""
    n = len(points)
    out = {name: np.full(n, value) for name, value in FIXED.items()}
    out |= {given.name: np.full(n, given.low) for given in inputs}
    for i, given in enumerate(unknown(inputs)):
        out[given.name] = given.low + (given.high - given.low) * points[:, i]
    return out
