"""Seconds from polls to what is believed of election day, beside one smoother of the same polls: the least it can cost.

`python benchmarks/bench_forecast.py` takes the polls that ship, from 3 to 387 of them.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable

import numpy as np

from sailau.records.library import load_election
from sailau.records.polls.library import load_polls
from sailau.runs.forecast import anchored, forecast
from sailau.runs.replay import law_of
from sailau.votes.polls.design import design
from sailau.votes.polls.fit import fit
from sailau.votes.polls.laplace import Sizes, find_mode
from sailau.votes.polls.priors import Priors
from sailau.votes.polls.trend import trend

SETS = ("kz/mazhilis/2023-03-19", "nz/house/2017-09-23", "au/representatives/2007-11-24", "se/riksdag/2018-09-09")


def spent(run: Callable[[], object], times: int = 3) -> float:
    """Return the best time in seconds, of this process alone."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        run()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Print the table."""
    print(f"Python {platform.python_version()}, numpy {np.__version__}; seconds of this process, best of three")
    print(f"{'polls of':<30} {'polls':>5} {'contenders':>10} {'one mode':>9} {'fit':>7} {'ratio':>6} {'trend':>7}")
    for name in SETS:
        given = load_polls(name)
        base = load_election(given.base) if given.base else None
        polls, _ = anchored(given.polls, base, given.day)
        made = design(polls, given.day)
        one = spent(lambda m=made: find_mode(m, Priors(), Sizes(0.01, 0.06, 0.04, 0.5)))
        whole = spent(lambda p=polls, d=given.day: fit(p, d))
        found = fit(polls, given.day)
        line = spent(lambda f=found: trend(f), 1)
        print(
            f"{name:<30} {len(polls.polls):>5} {len(polls.contenders):>10} {one:>9.3f} {whole:>7.2f} "
            f"{whole / one:>6.0f} {line:>7.2f}"
        )
    given = load_polls(SETS[0])
    law = law_of(load_election(given.election or ""))
    forecast(given.polls, law, day=given.day, n=1000)
    for n in (10_000, 1_000_000):
        seconds = spent(lambda k=n: forecast(given.polls, law, day=given.day, n=k), 1)
        print(f"{SETS[0]}: polls to {n:,} counted elections in {seconds:.2f} s")


if __name__ == "__main__":
    main()
