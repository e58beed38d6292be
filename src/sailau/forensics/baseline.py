"""The baseline: how many of the leader's votes the stations with high turnout hold beyond the ratio of the others.

Leader's votes L(t) and all others' O(t) are added up by turnout. Below the mode of O the ratio r = L / O is taken for
honest; above, everything beyond r O is called anomalous: sum of L(t) - r O(t) over t above the window. Four windows
are used. Where they differ by more than 15 %, or where the mode of O lies above 75 % turnout (so that no honest
stations are left to take the ratio from), no figure is given.

References
----------
.. [1] S. Shpilkin, in Troitskii Variant, 2011 and later; D. Kobak, S. Shpilkin, M. Pshenichnikov, "Statistical
   fingerprints of electoral fraud?", Significance 13, 2016.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sailau.forensics.finding import Finding, NotTestable, few_stations
from sailau.forensics.mirror import Scatter, Votes, mirrored
from sailau.terms.speech import say

LEAST = 500
"""Stations that the method needs."""

HIGHEST_MODE = 75
"""The highest mode of the others' votes, in percent of turnout, at which a ratio is taken."""

LARGEST_SPREAD = 0.15
"""How far windows may differ, of their mean."""

WINDOWS: tuple[tuple[int | None, int], ...] = ((None, 0), (-20, 0), (-10, 0), (None, -3))
"""First and last percent of the windows, from the mode of the others' votes; None is the lowest turnout."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Anomalous votes by window.

    Attributes
    ----------
    mode : int
        The percent of turnout at which the others have most votes.
    windows : tuple of (int, int)
        First and last percent of each window.
    anomalous : tuple of float
    others : int
        All votes that are not the leader's.
    """

    mode: int
    windows: tuple[tuple[int, int], ...]
    anomalous: tuple[float, ...]
    others: int

    @property
    def spread(self) -> float:
        """Largest less smallest, of their mean."""
        mean = abs(float(np.mean(self.anomalous)))
        return (max(self.anomalous) - min(self.anomalous)) / mean if mean else float("inf")

    @property
    def refused(self) -> str:
        """Why no figure is given; empty where one is."""
        if self.others <= max(self.anomalous) / 100:
            return say("the others have next to no votes to take a ratio from")
        if self.mode > HIGHEST_MODE:
            return say(
                "the others' votes peak at {mode} % turnout, above {highest_mode} %: no honest ratio is in sight",
                mode=self.mode,
                highest_mode=HIGHEST_MODE,
            )
        if self.spread > LARGEST_SPREAD:
            return say(
                "the windows differ by {spread:.0%}, more than {largest_spread:.0%}",
                spread=self.spread,
                largest_spread=LARGEST_SPREAD,
            )
        return ""


def baseline(votes: Votes) -> Baseline:
    """Return the anomalous votes by each window."""
    percent = np.minimum(100, 100 * votes.voters // votes.registered)
    leading = np.bincount(percent, votes.leading, 101)
    others = np.bincount(percent, votes.counted - votes.leading, 101)
    mode = int(np.argmax(np.convolve(others, np.ones(3), "same")[:100]))
    windows = tuple((0 if first is None else max(0, mode + first), max(0, mode + last)) for first, last in WINDOWS)
    anomalous = []
    for first, last in windows:
        below = slice(first, last + 1)
        ratio = leading[below].sum() / max(1.0, others[below].sum())
        anomalous.append(float((leading - ratio * others)[last + 1 :].sum()))
    return Baseline(mode, windows, tuple(anomalous), int(others.sum()))


def _without(seen: Baseline, votes: Votes) -> str:
    """Say how many votes lie above the ratio of the others, and what the result would be without them."""
    windows = "; ".join(f"{a}-{z} %: {x:,.0f}" for (a, z), x in zip(seen.windows, seen.anomalous, strict=True))
    if seen.refused:
        return say("no figure: {refused} (windows {windows})", refused=seen.refused, windows=windows)
    x, voters = seen.anomalous[0], int(votes.voters.sum())
    return say(
        "{x:,.0f} votes of the leader lie above the ratio of the others (windows {windows}); without them "
        "turnout would be {turnout:.1%} and the leader's share {share:.1%}",
        x=x,
        windows=windows,
        turnout=(voters - x) / votes.registered.sum(),
        share=(votes.leading.sum() - x) / (votes.counted.sum() - x),
    )


def anomalous_votes(
    scatters: Sequence[tuple[str, Scatter]], rng: np.random.Generator, *, draws: int = 9
) -> Finding | NotTestable:
    """Estimate anomalous votes, in the election and in honest counterparts of it, or refuse."""
    name, family = "baseline", "shape"
    votes = scatters[0][1].votes
    if (n := votes.registered.size) < LEAST:
        return few_stations(name, family, n, LEAST)
    seen = baseline(votes)
    drawn = {area: [baseline(mirrored(one, rng)).anomalous[0] for _ in range(draws)] for area, one in scatters}
    usual = {area: float(np.median(values)) for area, values in drawn.items()}
    words = "; ".join(say("{x:,.0f} votes where each {area} may differ", x=x, area=area) for area, x in usual.items())
    beyond = not seen.refused and seen.anomalous[0] > max(drawn[scatters[-1][0]])
    return Finding(
        test=name,
        family=family,
        kind="estimate",
        null="areas differ",
        expects=say(
            "what honest counterparts of this election give: {words} (medians of {draws})", words=words, draws=draws
        ),
        found=_without(seen, votes),
        caution=say(
            "strongholds where more people vote show the same shape without any fault; what whole areas differ by, "
            "honest or not, stands in the counterparts too, and the method cannot tell which"
        ),
        figures={
            "mode": seen.mode,
            "spread": round(seen.spread, 3),
            **{
                say("window {a}-{z}", a=a, z=z): round(x)
                for (a, z), x in zip(seen.windows, seen.anomalous, strict=True)
            },
            **{say("by {area}", area=area): round(x) for area, x in usual.items()},
            "beyond": "yes" if beyond else "no",
            "refused": "yes" if seen.refused else "no",
        },
    )
