"""The battery: every test of a distribution that the data allow, each with its own stream of chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from sailau.forensics.baseline import anomalous_votes
from sailau.forensics.copies import identical_protocols, same_shares
from sailau.forensics.density import kernel_density
from sailau.forensics.digits import last_digits, second_digits
from sailau.forensics.finding import Finding, NotTestable
from sailau.forensics.fingerprint import fingerprint_fit
from sailau.forensics.mirror import Scatter, recentred, scatter_of
from sailau.forensics.neighbours import neighbours, small_stations
from sailau.forensics.percentages import whole_percentages
from sailau.forensics.stations import Stations
from sailau.terms.speech import say

FEWEST_ROWS = 300
"""With fewer rows than this no test of a distribution has power, and none is run."""

_NEEDED = (
    "results by polling station: area, station, registered, voters, ballots, valid, invalid, votes of each contender"
)
_IN_AN_AREA = 8
_FEWEST_VOTERS = 100


def run_tests(
    stations: Stations, *, seed: int, digits: bool = False, estimates: bool = True
) -> list[Finding | NotTestable]:
    """Run the tests of distributions, each with its own stream of chance."""
    if not stations.votes.any():
        return [NotTestable("tests of distributions", "all", say("the file holds no votes"), say(_NEEDED))]
    if (n := len(stations)) < FEWEST_ROWS:
        why = say(
            "{n:,} rows; {fewest_rows!s} polling stations at least are needed for any test of percentages or shapes",
            n=n,
            fewest_rows=FEWEST_ROWS,
        )
        return [NotTestable("tests of distributions", "all", why, say(_NEEDED))]
    streams = iter(np.random.default_rng(seed).spawn(8))
    if not stations.has_turnout:
        return _shares_only(stations, streams, digits=digits)
    level = stations.neighbourhood(_IN_AN_AREA)
    scatters = _scatters(stations)
    larger = [(area, recentred(one, one.votes.registered >= _FEWEST_VOTERS)) for area, one in scatters]
    tests: list[Callable[[], Finding | NotTestable]] = [
        lambda: whole_percentages(stations),
        lambda: kernel_density(stations, "turnout"),
        lambda: kernel_density(stations, "share"),
        lambda: small_stations(larger[-1][1]),
        lambda: neighbours(larger[-1][1]),
        lambda: identical_protocols(stations, next(streams)),
        lambda: same_shares(stations, level, next(streams)),
    ]
    if estimates:
        tests += [lambda: fingerprint_fit(larger, next(streams)), lambda: anomalous_votes(scatters, next(streams))]
    if digits:
        tests += [lambda: last_digits(stations), lambda: second_digits(stations)]
    return [test() for test in tests]


_OF_TURNOUT = (
    ("kernel density of turnout", "round numbers"),
    ("small stations", "neighbourhood"),
    ("neighbours", "neighbourhood"),
    ("fingerprint fit", "shape"),
    ("baseline", "shape"),
)
"""Tests that nothing can be said of without a register, with their families."""


def _shares_only(
    stations: Stations, streams: Iterator[np.random.Generator], *, digits: bool
) -> list[Finding | NotTestable]:
    """Run the tests that need no turnout, and say of the others that the file does not hold it."""
    why = say("the file does not say how many were registered and how many voted")
    tests: list[Callable[[], Finding | NotTestable]] = [
        lambda: whole_percentages(stations),
        lambda: kernel_density(stations, "share"),
        lambda: identical_protocols(stations, next(streams)),
        lambda: same_shares(stations, stations.neighbourhood(_IN_AN_AREA), next(streams)),
    ]
    tests += [lambda: last_digits(stations), lambda: second_digits(stations)] if digits else []
    return [test() for test in tests] + [NotTestable(name, family, why, say(_NEEDED)) for name, family in _OF_TURNOUT]


def _scatters(stations: Stations) -> list[tuple[str, Scatter]]:
    """Return residuals within the largest areas, and within the smallest that hold enough stations."""
    finest = stations.neighbourhood(_IN_AN_AREA)
    if finest is None:
        return [(say("the country"), scatter_of(stations, None))]
    levels = [finest] if finest is stations.levels[0] else [stations.levels[0], finest]
    return [(level.name, scatter_of(stations, level)) for level in levels]
