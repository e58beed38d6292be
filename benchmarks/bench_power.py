"""Indices of power: milliseconds for 60 players, seconds for 1,000; the limit is adding the weights up."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from sailau.power import banzhaf, shapley_shubik


def spent(run: Callable[[], object], times: int) -> float:
    """Return the best time of several runs, in milliseconds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def main() -> None:
    """Print the table."""
    rng = random.Random(7)
    small = {f"p{i}": rng.randint(1, 25) for i in range(60)}
    large = {f"p{i}": rng.randint(1, 200) for i in range(1000)}
    half, many = sum(small.values()) // 2 + 1, sum(large.values()) // 2 + 1
    limit = spent(lambda: sum(small.values()), 50)
    print(f"60 players, total {sum(small.values())}; 1,000 players, total {sum(large.values()):,}")
    for name, run, times in (
        ("banzhaf, 60, exact", lambda: banzhaf(small, half, exact=True), 20),
        ("banzhaf, 60, floats", lambda: banzhaf(small, half, exact=False), 20),
        ("shapley_shubik, 60, exact", lambda: shapley_shubik(small, half, exact=True), 10),
        ("shapley_shubik, 60, floats", lambda: shapley_shubik(small, half, exact=False), 10),
        ("banzhaf, 1,000, floats", lambda: banzhaf(large, many), 1),
    ):
        ms = spent(run, times)
        print(f"{name:<30} {ms:>12.3f} ms  {ms / limit:>12,.0f} times the sum of the weights")


if __name__ == "__main__":
    main()
