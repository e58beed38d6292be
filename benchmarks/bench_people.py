"""A projection of many draws, beside the cost of adding up as many cells once in numpy.

20 regions, 11 groups, 101 ages, 2 sexes, 50 years and 1,000 draws; people move between all regions and change between
all groups, and deaths differ by region, so that nothing can be left out. Two idle cores need half of the seconds of all
threads together.
"""

from __future__ import annotations

import argparse
import os
import time

import numpy as np

from sailau.kernels.cohorts import FLOWS
from sailau.kernels.engine import COMPILED
from sailau.people.draws import project_draws
from sailau.people.rates import Rates, gravity, no_rates
from sailau.people.schedules import AGES, rogers_castro

REGIONS, GROUPS, YEARS = 20, 11, 50


def country() -> tuple[np.ndarray, Rates]:
    """Return people and rates with nothing that is zero."""
    rng = np.random.default_rng(7)
    people = rng.uniform(0.5, 1.5, (REGIONS, GROUPS, AGES, 2)) * 400
    ages = np.arange(AGES)
    fertility = np.where((ages > 15) & (ages < 45), 0.08, 0.0)
    mixing = np.full((GROUPS, GROUPS), 0.002 / (GROUPS - 1))
    np.fill_diagonal(mixing, 0.998)
    moving = rogers_castro()[None, None, :, None]
    old = np.exp(-9 + 0.085 * ages)[None, None, :, None] * np.ones(2)
    rates = no_rates(REGIONS, GROUPS, AGES).with_(
        hazards=rng.uniform(0.9, 1.1, (REGIONS, GROUPS, 1, 1)) * old,
        birth_hazards=np.full((1, GROUPS, 2), 0.008),
        fertility=fertility[None, None, :] * np.ones((1, GROUPS, 1)),
        mothers=mixing,
        emigration=np.full((1, 1, AGES, 1), 0.002),
        immigration=np.full((REGIONS, GROUPS, 1, 1), 0.4) * moving,
        repatriation=np.full((REGIONS, 1, 1, 1), 0.4) * moving,
        moving=np.minimum(moving, 1.0),
        destinations=gravity(people.sum(axis=(1, 2, 3))),
        identity=mixing,
    )
    return people, rates


def main() -> None:
    """Print seconds, and the ratio to adding up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    people, rates = country()
    factors = np.exp(np.random.default_rng(11).normal(0, 0.05, (given.draws, YEARS, len(FLOWS), GROUPS)))
    names = [str(r) for r in range(REGIONS)], [str(g) for g in range(GROUPS)]

    def run(draws: int) -> tuple[float, float]:
        start, used = time.perf_counter(), time.process_time()
        project_draws(
            people, rates, factors[:draws], start=2025, regions=names[0], groups=names[1], threads=given.threads
        )
        return time.perf_counter() - start, time.process_time() - used

    first, _ = run(2)
    spent, used = run(given.draws)
    cells = np.ascontiguousarray(np.broadcast_to(people, (YEARS, *people.shape)))
    start = time.perf_counter()
    for _ in range(20):
        cells.sum()
    once = (time.perf_counter() - start) / 20 * given.draws
    print(f"compiled: {COMPILED}; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"first call, with compiling or reading its cache   {first:>8.1f} s")
    size = f"{REGIONS} x {GROUPS} x {AGES} x 2 x {YEARS} x {given.draws:,}"
    print(f"{size:<49} {spent:>8.1f} s  {used:>8.1f} s of all threads, {used / once:.1f} times adding up once")


if __name__ == "__main__":
    main()
