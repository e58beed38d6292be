"""Elections a second as arrays, each beside the cost of reading the same matrix once, and whole simulations.

Times are the best of several, by the clock of the process where one core works: other programs then disturb less.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

import sailau as sl
from sailau.kernels.averages import averages
from sailau.kernels.averages_plain import averages_plain
from sailau.kernels.engine import COMPILED
from sailau.kernels.remainders import remainders
from sailau.runs.formulas import PRICES, line_of
from sailau.runs.job import Job

RUNS = 1_000_000 if COMPILED else 200_000


def spent(run: Callable[[], object], clock: Callable[[], float] = time.process_time, times: int = 9) -> float:
    """Return the best time in seconds."""
    best = float("inf")
    for _ in range(times):
        start = clock()
        run()
        best = min(best, clock() - start)
    return best


def matrix() -> np.ndarray:
    """Return ten contenders with 8 million votes and log-normal swings."""
    rng = np.random.default_rng(7)
    shares = np.array([30, 20, 14, 10, 8, 6, 5, 3, 2, 2]) / 100
    return (8e6 * shares * np.exp(0.3 * rng.standard_normal((RUNS, 10)))).astype(np.int64)


def row(name: str, seconds: float, runs: int, read: float) -> None:
    """Print one line: millions a second, and times reading."""
    print(f"{name:<48} {runs / seconds / 1e6:>9.2f} M/s  {seconds / read:>7.1f} times reading")


def kernels(votes: np.ndarray) -> None:
    """One tier from an int64 matrix; every count proves itself and finds its ties."""
    read, wall = spent(lambda: votes.sum()), spent(lambda: votes.sum(), time.perf_counter)
    print(f"reading {RUNS:,} x 10 once: {RUNS / read / 1e6:.0f} M rows/s")
    halves = np.array_split(votes, 2)
    for name in ("dhondt", "sainte_lague", "modified_sainte_lague"):
        line = line_of(name, None)
        for seats in (98, 630):
            averages(votes[:100], seats, line)
            row(f"{name}, {seats} seats, one core", spent(lambda s=seats, d=line: averages(votes, s, d)), RUNS, read)
        with ThreadPoolExecutor(2) as pool:
            both = spent(lambda d=line: list(pool.map(lambda v: averages(v, 98, d), halves)), time.perf_counter)
        row(f"{name}, 98 seats, two cores (wall clock)", both, RUNS, wall)
    for name in ("hare", "droop"):
        for seats in (98, 630):
            price = PRICES[name]
            row(f"{name}, {seats} seats, one core", spent(lambda s=seats, p=price: remainders(votes, s, p)), RUNS, read)
    out, doubt = np.zeros(votes.shape, np.int32), np.zeros(RUNS, np.uint8)
    row(
        "dhondt, 98 seats, numpy alone",
        spent(lambda: averages_plain(votes, 98, 1, 1, 1, out, doubt), times=3),
        RUNS,
        read,
    )
    ties = int((averages(votes, 630, line_of("dhondt", None))[1] == 1).sum())
    print(f"{ties} genuine ties among {RUNS:,} elections with 630 seats")


def simulations() -> None:
    """Draw, count and add up; plain draws of numpy alone beside it."""
    rng = np.random.default_rng(7)
    for name, noise, runs in (
        ("kz/mazhilis/2023-03-19", sl.LogisticNormal(sd="0.158", correlation="0.2"), 400_000),
        ("es/congreso/2016-06-26", sl.Swing(sd="3%", district_sd="5%"), 8_192),
        ("gb/commons/2019-12-12", sl.Swing(sd="3%", district_sd="5%"), 2_048),
        ("dk/folketing/2022-11-01", sl.Swing(sd="3%"), 256),
    ):
        election = sl.load_election(name)
        job = Job(sl.load_law(election.law, on=election.day), election.tally, noise, 7)
        rows = min(4096, runs)
        job.block(0, rows)
        taken = spent(lambda j=job, n=runs, b=rows: [j.block(first, b) for first in range(0, n, b)], times=4)
        width = job.plan.layout.width
        draws = spent(lambda n=runs, w=width: rng.standard_normal((min(n, 2048), w)), times=4) * runs / min(runs, 2048)
        how = f"{width} columns, {job.plan.how}"
        print(f"{name:<26} {how:<26} {runs / taken:>12,.0f} runs/s  {taken / draws:>8.1f} times numpy's normal draws")


def main() -> None:
    """Print the tables."""
    print(f"compiled: {COMPILED}; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    kernels(matrix())
    simulations()


if __name__ == "__main__":
    main()
