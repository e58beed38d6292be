"""Whole percentages: more stations at 70 %, 75 %, 80 % than chance puts there.

Somebody who aims at a percentage and works back to a count leaves turnout or shares next to whole percentages. For a
station with n voters and k given, the chance of that is P = sum of Bin(j; n, k/n) over the counts j with
abs(100 j / n - round(100 j / n)) <= 0.05; turnout and share are taken as independent, P_any = 1 - (1 - P_t)(1 - P_s).
The number of stations then has the mean sum P and the variance sum P (1 - P): no simulation is needed. The null model
is slightly conservative, for a station that is next to a whole percentage raises its own P.

References
----------
.. [1] D. Kobak, S. Shpilkin, M. Pshenichnikov, "Integer percentages as electoral falsification fingerprints",
   Annals of Applied Statistics 10, 2016; "Suspect peaks in Russia's referendum results", Significance 17, 2020.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sailau.forensics.finding import Finding, NotTestable, upper_tail
from sailau.forensics.stations import Counts, Level, Mask, Numbers, Stations, ordinary
from sailau.kernels.percentages import log_factorials, scatter, whole_by_binomial
from sailau.terms.speech import say

LEAST = 200
"""Stations that the test needs; with fewer it finds next to nothing, see the rates of errors."""

PARTS = 20
"""A count is next to a whole percentage where it is at most 1/20 of a percentage point away."""

_FAMILY = "round numbers"


@dataclass(frozen=True, slots=True)
class Peaks:
    """Which stations lie next to a whole percentage, and how likely each was to.

    Attributes
    ----------
    near, chance : array
        Turnout or share is next to a whole percentage; the chance of that.
    stations : array of bool
        The stations looked at.
    """

    near: Mask
    chance: Numbers
    stations: Mask

    @property
    def observed(self) -> int:
        """Stations next to a whole percentage."""
        return int(self.near.sum())

    @property
    def expected(self) -> float:
        """The number that chance puts there."""
        return float(self.chance.sum())

    @property
    def sd(self) -> float:
        """The standard deviation of that number."""
        return math.sqrt(float((self.chance * (1 - self.chance)).sum()))

    @property
    def excess(self) -> float:
        """Observed less expected."""
        return self.observed - self.expected

    @property
    def z(self) -> float:
        """The excess in standard deviations; 0 where chance leaves nothing open."""
        return self.excess / self.sd if self.sd else 0.0

    @property
    def p(self) -> float:
        """The chance of as many or more, by the normal law with a correction of a half."""
        return upper_tail((self.excess - 0.5) / self.sd) if self.sd else 1.0


def count_peaks(stations: Stations, *, step: int = 1, of: str = "either", smooth: bool = False) -> Peaks:
    """Count stations whose turnout or leader's share lies next to a whole percentage.

    Parameters
    ----------
    stations : Stations
    step : int
        Look at multiples of so many percent; 5 looks at 55 %, 60 %, 65 %.
    of : {"either", "turnout", "share"}
    smooth : bool
        Draw counts from the beta-binomial of the station instead of the binomial: a second opinion that is not
        conservative.

    Examples
    --------
    >>> from sailau.forensics.clean import draw_clean
    >>> peaks = count_peaks(draw_clean(2_000, seed=1))
    >>> abs(peaks.excess) < 3 * peaks.sd
    True
    """
    chosen = ordinary(stations)
    part = stations.take(chosen)
    pairs = {"turnout": (part.voters, part.registered), "share": (part.leading, part.counted)}
    known = pairs if stations.has_turnout else ("share",)
    wanted = [pairs[name] for name in known if of in ("either", name)]
    missed, near = np.ones(len(part)), np.zeros(len(part), dtype=bool)
    for k, n in wanted:
        near |= _is_near(k, n, step)
        missed *= 1 - _chance(k, n, step, smooth=smooth)
    return Peaks(near, 1 - missed, chosen)


def _is_near(k: Counts, n: Counts, step: int) -> Mask:
    m = (200 * k + step * n) // (2 * step * n) * step
    return np.asarray(PARTS * np.abs(100 * k - m * n) <= n, dtype=np.bool_)


def _chance(k: Counts, n: Counts, step: int, *, smooth: bool) -> Numbers:
    largest = int(n.max(initial=1))
    if smooth:
        return np.minimum(scatter(k, n, 1, PARTS, log_factorials(2 * largest + 1))[1], 1.0)
    return np.minimum(whole_by_binomial(k, n, step, PARTS, log_factorials(largest)), 1.0)


def whole_percentages(stations: Stations) -> Finding | NotTestable:
    """Test whether more stations lie next to whole percentages than chance puts there."""
    name = "whole percentages"
    if (n := int(ordinary(stations).sum())) < LEAST:
        what = say("voters on the register") if stations.has_turnout else "ballots"
        why = say("{n:,} stations with 100 {what} or more; {least} are needed", n=n, what=what, least=LEAST)
        return NotTestable(
            name, _FAMILY, why, say("registered, voters, ballots and the leader's votes by polling station")
        )
    peaks, second = count_peaks(stations), count_peaks(stations, smooth=True)
    turnout, share = (count_peaks(stations, of=of) for of in ("turnout", "share"))
    alone = "" if stations.has_turnout else say("; shares only, for the file has no register")
    found = say(
        "{observed:,} of {n:,} stations lie next to a whole percentage; chance puts {expected:,.1f} ± {sd:,.1f} "
        "there: {excess:+,.1f} ({z:+.1f} standard deviations){alone}",
        observed=peaks.observed,
        n=n,
        expected=peaks.expected,
        sd=peaks.sd,
        excess=peaks.excess,
        z=peaks.z,
        alone=alone,
    )
    return Finding(
        test=name,
        family=_FAMILY,
        kind="test",
        null="binomial",
        expects=say("as many stations next to whole percentages as chance puts there, give or take two deviations"),
        found=found,
        caution=say(
            "it counts stations whose figures were made from a percentage, not votes; figures changed by any other "
            "number of votes leave no trace here, and a clean result is no proof of a clean count"
        ),
        p=peaks.p,
        figures={
            "stations": n,
            "observed": peaks.observed,
            "expected": round(peaks.expected, 1),
            "sd": round(peaks.sd, 1),
            "excess": round(peaks.excess, 1),
            "excess_turnout": round(turnout.excess, 1),
            "excess_share": round(share.excess, 1),
            "excess_beta_binomial": round(second.excess, 1),
        },
    )


@dataclass(frozen=True, slots=True)
class AreaPeaks:
    """Whole percentages in one area."""

    area: str
    stations: int
    observed: int
    expected: float
    p: float


def peaks_by_area(stations: Stations, least: int = 50) -> tuple[AreaPeaks, ...]:
    """Count whole percentages in each of the largest areas that hold `least` stations or more."""
    if not stations.levels or not stations.has_turnout:
        return ()
    peaks = count_peaks(stations)
    level: Level = stations.levels[0]
    codes = level.codes[peaks.stations]
    size = np.bincount(codes, minlength=len(level.labels))
    near = np.bincount(codes, peaks.near, minlength=size.size)
    mean = np.bincount(codes, peaks.chance, minlength=size.size)
    variance = np.bincount(codes, peaks.chance * (1 - peaks.chance), minlength=size.size)
    out = []
    for i in np.flatnonzero((size >= least) & (variance > 0)):
        p = upper_tail((near[i] - mean[i] - 0.5) / math.sqrt(variance[i]))
        out.append(AreaPeaks(level.labels[i], int(size[i]), int(near[i]), float(mean[i]), p))
    return tuple(out)
