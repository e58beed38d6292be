"""Speeds of this package in one run, each beside the limit that Python itself sets: `make bench`."""

from __future__ import annotations

import os
import platform
import random
import subprocess
import sys
import time
from collections.abc import Callable

from sailau.law.library import load_law
from sailau.seats.averages import highest_averages
from sailau.seats.remainders import largest_remainder
from sailau.terms.tally import Tally


def rate(run: Callable[[], object], seconds: float = 0.7) -> float:
    """Return calls a second, the best of three."""
    best = 0.0
    for _ in range(3):
        calls, start = 0, time.perf_counter()
        while (spent := time.perf_counter() - start) < seconds / 3:
            for _ in range(50):
                run()
            calls += 50
        best = max(best, calls / spent)
    return best


def started(*words: str) -> float:
    """Return the least processor time of five, in seconds, of a fresh interpreter; others at work do not count."""
    times = []
    for _ in range(5):
        before = os.times()
        subprocess.run([sys.executable, *words], capture_output=True, check=False)
        after = os.times()
        times.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return min(times)


def main() -> None:
    """Print the table."""
    rng = random.Random(7)
    votes = {f"list_{i}": rng.randrange(50_000, 2_000_000) for i in range(10)}
    law = load_law("kz/mazhilis", on="2023-03-19")
    tally = Tally.of({**votes, "against_all": 100_000})
    limit = rate(lambda: sorted(v * 98 % 8_000_003 for v in votes.values()))
    print(f"Python {platform.python_version()}, {platform.machine()}; exact counts a second, 10 contenders, one core")
    rows = [("sorting ten remainders in plain Python (the limit)", limit)]
    for seats in (98, 630):
        rows.append((f"largest_remainder, {seats} seats", rate(lambda s=seats: largest_remainder(votes, s))))
        rows.append((f"dhondt, {seats} seats", rate(lambda s=seats: highest_averages(votes, s))))
        rows.append(
            (f"sainte_lague, {seats} seats", rate(lambda s=seats: highest_averages(votes, s, divisor="sainte_lague")))
        )
    rows.append(("a whole law (bar, guarantee, quota, fill), 69 seats", rate(lambda: law.count(tally))))
    for name, speed in rows:
        print(f"{name:<55} {speed:>12,.0f}  {speed / limit:>7.2f} of the limit")
    bare = started("-c", "pass")
    code = "from sailau.cli.main import main; main()"
    for name, words in (
        ("import sailau", ("-c", "import sailau")),
        ("sailau --help", ("-c", code, "--help")),
        ("sailau elections", ("-c", code, "elections")),
        ("sailau laws", ("-c", code, "laws")),
        ("sailau explain kz/mazhilis/2023-03-19", ("-c", code, "explain", "kz/mazhilis/2023-03-19")),
        ("sailau explain de/bundestag/2025-02-23", ("-c", code, "explain", "de/bundestag/2025-02-23")),
        ("sailau replay --all", ("-c", code, "replay", "--all")),
    ):
        spent = started(*words)
        print(f"{name:<55} {spent:>10.3f} s  {spent / bare:>7.1f} bare interpreters")


if __name__ == "__main__":
    main()
