"""One count by rankings: 5 seats, 15 candidates, 50,000 ballots, 5,000 rankings, exact and with its trail."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping

from sailau.seats.count import Count, start
from sailau.seats.rank import Rank
from sailau.terms.tally import Ballots, Tally

SEATS, CANDIDATES, BALLOTS, RANKINGS = 5, 15, 50_000, 5_000


def ballots(seed: int = 7) -> dict[tuple[str, ...], int]:
    """Return rankings of about 6.3 names, a few of them common."""
    rng = random.Random(seed)
    pull = {f"c{i:02d}": rng.uniform(0.3, 3) for i in range(CANDIDATES)}
    kinds: dict[tuple[str, ...], int] = {}
    while len(kinds) < RANKINGS:
        order = sorted(pull, key=lambda name: -(rng.random() ** (1 / pull[name])))
        kinds[tuple(order[: min(CANDIDATES, max(1, round(rng.gauss(5.8, 2.9))))])] = 1
    weights = [rng.paretovariate(2) for _ in kinds]
    total = sum(weights)
    for ranking, weight in zip(list(kinds), weights, strict=True):
        kinds[ranking] += int((BALLOTS - RANKINGS) * weight / total)
    kinds[next(iter(kinds))] += BALLOTS - sum(kinds.values())
    return kinds


def begin(rankings: Mapping[tuple[str, ...], int]) -> Count:
    """Return the count before its first step, with a pen in hand."""
    first = dict.fromkeys((f"c{i:02d}" for i in range(CANDIDATES)), 0)
    for ranking, n in rankings.items():
        first[ranking[0]] += n
    tier = Ballots({"nation": first}, rankings={"nation": rankings})
    return start(Tally({"x": tier}), tier, "x", SEATS, {}, done={}, decisions={}, trail=())


def best(run: Callable[[], object], times: int) -> float:
    """Return the best time, in seconds."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        spent.append(time.perf_counter() - began)
    return min(spent)


RULES = {
    "weighted inclusive, exact": Rank(rule="stv", quota="droop", cite="-"),
    "weighted inclusive, 5 decimals": Rank(rule="stv", quota="droop", places=5, ties=("backwards",), cite="-"),
    "inclusive, whole votes": Rank(
        rule="stv", quota="droop", surplus="inclusive", credit="whole", parcels="by_value", cite="-"
    ),
    "last parcel, exact": Rank(rule="stv", quota="droop", surplus="last_parcel", cite="-"),
    "whole papers": Rank(
        rule="stv", quota="droop", surplus="whole_papers", papers="even", ties=("forwards",), cite="-"
    ),
    "Meek, 9 decimals": Rank(rule="meek", cite="-"),
}


def main() -> None:
    """Print the table."""
    rankings = ballots()
    mean = sum(map(len, rankings)) / len(rankings)
    print(f"{SEATS} seats, {CANDIDATES} candidates, {BALLOTS:,} ballots, {RANKINGS:,} rankings of {mean:.1f} names")
    begun = begin(rankings)
    for name, step in RULES.items():
        spent = best(lambda step=step: step.apply(begun), 3 if step.rule == "meek" else 9)
        entry = (step.apply(begun).trail or ())[0]
        print(f"{name:<32} {spent * 1000:>8.2f} ms {1 / spent:>8.1f} counts/s {len(entry.facts['stages']):>4} stages")


if __name__ == "__main__":
    main()
