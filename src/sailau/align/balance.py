"""Balance between poles: 1 when all weigh the same, 0 when one weighs all; one figure a channel, never one for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from math import exp, log

from sailau.align.flows import Channel, Interval
from sailau.align.problems import InvalidFlows

MOST_POLES = 12


@dataclass(frozen=True, slots=True)
class Balance:
    """How evenly a channel is spread over its poles.

    Attributes
    ----------
    channel, period : str
    shares : mapping
        Pole to the interval of its share among the poles.
    low, high : Fraction
        The exact bounds of the balance over all that the intervals allow.
    entropy : tuple of float
        Bounds of the normalised entropy, another form of the same idea.
    reports : mapping
        Pole to the number of reports behind its interval.
    """

    channel: str
    period: str
    shares: Mapping[str, Interval]
    low: Fraction
    high: Fraction
    entropy: tuple[float, float]
    reports: Mapping[str, int]


def evenness(weights: Sequence[Fraction]) -> Fraction:
    """Return ``1 - K/(K-1) * sum((w - 1/K)**2)`` over K weights, taken as shares of their sum.

    Raises
    ------
    InvalidFlows
        Fewer than two poles, a negative weight, or nothing but zeros.

    Examples
    --------
    >>> evenness([Fraction(1), Fraction(1), Fraction(1)])
    Fraction(1, 1)
    >>> evenness([Fraction(1), Fraction(0)])
    Fraction(0, 1)
    >>> evenness([Fraction(3), Fraction(1)])
    Fraction(3, 4)
    """
    k, total = _checked(weights)
    return 1 - Fraction(k, k - 1) * sum((w / total - Fraction(1, k)) ** 2 for w in weights)


def entropy(weights: Sequence[Fraction]) -> float:
    """Return the entropy of weights over that of equal ones.

    Examples
    --------
    >>> entropy([Fraction(1), Fraction(1)])
    1.0
    """
    k, total = _checked(weights)
    return -sum(float(w / total) * log(w / total) for w in weights if w) / log(k)


def _checked(weights: Sequence[Fraction]) -> tuple[int, Fraction]:
    total = sum(weights, Fraction(0))
    if len(weights) < 2:
        raise InvalidFlows("a balance needs two poles at least", hint="name two poles: --poles ru,cn")
    if any(w < 0 for w in weights) or not total:
        raise InvalidFlows("weights of poles are negative, or all zero", hint="weights are 0 or more, one above 0")
    return len(weights), total


def balance(channel: Channel) -> Balance:
    """Return the balance of a channel, with the bounds that its intervals allow.

    Raises
    ------
    InvalidFlows
        Fewer than two poles, more than twelve, or nothing but zeros.

    Notes
    -----
    Concentration of shares is quasi-convex in the weights: it is largest at a corner of the intervals, and least where
    every weight lies as near to one common level as its interval allows.

    Examples
    --------
    >>> poles = {"ru": Interval(Fraction(26), Fraction(26)), "cn": Interval(Fraction(24), Fraction(156, 5))}
    >>> found = balance(Channel("trade", "2022", "usd_bn", poles, {"ru": 1, "cn": 2}))
    >>> float(round(found.low, 4)), float(found.high)
    (0.9917, 1.0)
    """
    intervals = list(channel.poles.values())
    if len(intervals) > MOST_POLES:
        raise InvalidFlows(f"{len(intervals)} poles", hint=f"{MOST_POLES} at most")
    if len(intervals) < 2:
        what = f"{channel.name} {channel.period} is recorded with one pole; a balance needs two poles at least"
        raise InvalidFlows(what, hint="record another pole, or choose other periods")
    _checked([part.high for part in intervals])
    corners = [corner for corner in product(*((p.low, p.high) for p in intervals)) if any(corner)]
    levels = _levels(intervals)
    level = [_at(intervals, t) for t in levels if any(_at(intervals, t))]
    even = [evenness(weights) for weights in (*corners, *level)]
    chaos = [entropy(weights) for weights in (*corners, *level, *_entropic(intervals))]
    shares = {pole: _share(channel.poles, pole) for pole in channel.poles}
    return Balance(
        channel.name,
        channel.period,
        shares,
        min(even),
        max(even),
        (min(chaos), min(max(chaos), 1.0)),
        channel.reports,
    )


def _at(intervals: Sequence[Interval], level: Fraction) -> list[Fraction]:
    return [min(max(level, part.low), part.high) for part in intervals]


def _edges(intervals: Sequence[Interval]) -> list[Fraction]:
    return sorted({edge for part in intervals for edge in (part.low, part.high)})


def _levels(intervals: Sequence[Interval]) -> list[Fraction]:
    """Return the levels among which concentration is least: the edges, and the best level between each two."""
    edges = _edges(intervals)
    out = list(edges)
    for low, high in pairwise(edges):
        fixed = _fixed(intervals, low, high)
        total = sum(fixed, Fraction(0))
        if total:
            best = sum((w * w for w in fixed), Fraction(0)) / total
            out += [best] if low < best < high else []
    return out


def _entropic(intervals: Sequence[Interval]) -> list[list[Fraction]]:
    """Return the weights among which entropy is largest between two edges."""
    edges = _edges(intervals)
    out = []
    for low, high in pairwise(edges):
        fixed = [w for w in _fixed(intervals, low, high) if w]
        if fixed:
            best = exp(sum(float(w) * log(w) for w in fixed) / float(sum(fixed)))
            out += [_at(intervals, Fraction(best))] if low < best < high else []
    return out


def _fixed(intervals: Sequence[Interval], low: Fraction, high: Fraction) -> list[Fraction]:
    """Return the weights that cannot follow a level between two edges."""
    lows = [part.low for part in intervals if part.low >= high]
    return lows + [part.high for part in intervals if part.high <= low]


def _share(poles: Mapping[str, Interval], pole: str) -> Interval:
    own = poles[pole]
    most = sum((part.high for name, part in poles.items() if name != pole), Fraction(0))
    least = sum((part.low for name, part in poles.items() if name != pole), Fraction(0))
    low = own.low / (own.low + most) if own.low + most else Fraction(0)
    high = own.high / (own.high + least) if own.high + least else Fraction(1)
    return Interval(low, high)
