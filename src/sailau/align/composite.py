"""One figure for several channels, which is never given without what the choice of weights does to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sailau.align.flows import Interval
from sailau.align.problems import InvalidFlows


@dataclass(frozen=True, slots=True)
class Composite:
    """A weighted mean of channels.

    Attributes
    ----------
    value : Interval
        With the weights that were given.
    weights : mapping
        They add up to 1.
    reach : Interval
        What other weights can make of the same channels, from all on the lowest to all on the highest.
    sensitivity : mapping
        First-order share of the variance that each source makes when weights are drawn evenly (Dirichlet) and channels
        evenly within their bounds: ``weights``, each channel, and ``together``, their interplay; they add up to 1.
    """

    value: Interval
    weights: Mapping[str, Fraction]
    reach: Interval
    sensitivity: Mapping[str, Fraction]


def composite(channels: Mapping[str, Interval], weights: Mapping[str, Fraction | int]) -> Composite:
    """Return a weighted mean of channels with its sensitivity to the weights.

    Raises
    ------
    InvalidFlows
        Fewer than two channels, weights for others, negative weights, or all zero.

    Notes
    -----
    With independent weights W and channels B the variance of W·B falls into that of E[W·B | W], of E[W·B | B], and
    their interplay; all three have closed forms, so nothing is drawn.

    Examples
    --------
    >>> trade, votes = Interval(Fraction(1, 2), Fraction(1, 2)), Interval(Fraction(1), Fraction(1))
    >>> found = composite({"trade": trade, "votes": votes}, {"trade": 1, "votes": 1})
    >>> found.value.low, found.reach.low, found.reach.high, found.sensitivity["weights"]
    (Fraction(3, 4), Fraction(1, 2), Fraction(1, 1), Fraction(1, 1))
    """
    if len(channels) < 2:
        raise InvalidFlows("a composite needs two channels at least", hint="a single channel speaks for itself")
    odd = sorted(set(weights) ^ set(channels))
    if odd:
        raise InvalidFlows(f"{odd[0]} has no weight, or is no channel", hint=f"weigh {', '.join(channels)}")
    total = sum((Fraction(w) for w in weights.values()), Fraction(0))
    if any(w < 0 for w in weights.values()) or not total:
        raise InvalidFlows("weights of channels are negative, or all zero", hint="give 0 or more, one above 0")
    shares = {name: Fraction(weights[name]) / total for name in channels}
    low = sum((shares[name] * part.low for name, part in channels.items()), Fraction(0))
    high = sum((shares[name] * part.high for name, part in channels.items()), Fraction(0))
    reach = Interval(min(part.low for part in channels.values()), max(part.high for part in channels.values()))
    return Composite(Interval(low, high), shares, reach, _sensitivity(channels))


def _sensitivity(channels: Mapping[str, Interval]) -> dict[str, Fraction]:
    """Return variance shares for weights that are even over the simplex: mean 1/K, covariance (1[i=j]K - 1)/K²(K+1)."""
    k = len(channels)
    middles = {name: (part.low + part.high) / 2 for name, part in channels.items()}
    own = {name: (part.high - part.low) ** 2 / 12 for name, part in channels.items()}
    mean = sum(middles.values(), Fraction(0)) / k
    by_weights = sum(((m - mean) ** 2 for m in middles.values()), Fraction(0)) / (k * (k + 1))
    by_channel = {name: variance / k**2 for name, variance in own.items()}
    together = sum(own.values(), Fraction(0)) * Fraction(k - 1, k**2 * (k + 1))
    total = by_weights + sum(by_channel.values(), Fraction(0)) + together
    parts = {"weights": by_weights, **by_channel, "together": together}
    return {name: part / total if total else Fraction(0) for name, part in parts.items()}
