"""Matrices of 20 districts and 8 parties: processor time of each kind, and every result certified by the second count.

Run ``python benchmarks/bench_biproportional.py [matrices]``; 10,000 by default. Exits with 1 when one fails.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from time import process_time

from sailau.seats.averages import highest_averages
from sailau.seats.biproportional_matrix import biproportion
from sailau.seats.biproportional_proof import certify_blocked, certify_matrix
from sailau.seats.biproportional_result import Blocked

DISTRICTS, PARTIES, SEATS = 20, 8, 150
Cell = Callable[[random.Random, int], int]


def _spread(rng: random.Random, party: int) -> int:
    return int(20_000 / 2 ** (party / 2) * rng.lognormvariate(0, 0.6)) + 1


KINDS: dict[str, Cell] = {
    "even": lambda rng, _: rng.randint(1, 30_000),
    "spread": _spread,
    "sparse": lambda rng, party: rng.randint(1, 30_000) if party < 2 or rng.random() < 0.5 else 0,
    "half of the small absent": lambda rng, party: _spread(rng, party) if party < 4 or rng.random() < 0.5 else 0,
    "thin": lambda rng, _: rng.randint(1, 30_000) if rng.random() < 0.25 else 0,
    "tied": lambda rng, _: 100 * rng.randint(1, 6),
    "small": lambda rng, _: rng.randint(0, 9),
    "all equal": lambda _rng, _party: 1000,
    "times 10^15": lambda rng, _: rng.randint(1, 30_000) * 10**15,
}


def matrix(rng: random.Random, cell: Cell) -> tuple[dict[str, dict[str, int]], dict[str, int], dict[str, int]]:
    votes = {f"d{i:02}": {f"p{j}": cell(rng, j) for j in range(PARTIES)} for i in range(DISTRICTS)}
    parties = {f"p{j}": sum(row[f"p{j}"] for row in votes.values()) for j in range(PARTIES)}
    return votes, _shared({d: sum(row.values()) for d, row in votes.items()}), _shared(parties)


def _shared(claims: dict[str, int]) -> dict[str, int]:
    return highest_averages(claims, SEATS, divisor="sainte_lague", ties=lambda tied, n: sorted(tied)[:n]).seats


def main(total: int) -> int:
    rng, failures, times = random.Random(20), 0, []
    print(f"{'kind':26}{'matrices':>9}{'mean ms':>9}{'worst ms':>9}{'tied':>6}{'blocked':>8}")
    for place, (kind, cell) in enumerate(KINDS.items()):
        took, tied, blocked = [], 0, 0
        for _ in range(total // len(KINDS) + (place < total % len(KINDS))):
            case = matrix(rng, cell)
            begin = process_time()
            try:
                made = biproportion(*case)
            except Blocked as error:
                took.append(process_time() - begin)
                certify_blocked(*case, error)
                blocked += 1
                continue
            except Exception as error:
                failures += 1
                print(f"failed: {kind}: {error!r}")
                continue
            took.append(process_time() - begin)
            certify_matrix(made)
            tied += bool(made.tied)
        times += took
        mean, worst = 1000 * sum(took) / len(took), 1000 * max(took)
        print(f"{kind:26}{len(took):9,}{mean:9.2f}{worst:9.1f}{tied:6}{blocked:8}")
    print(f"{'all':26}{len(times):9,}{1000 * sum(times) / len(times):9.2f}{1000 * max(times):9.1f}; {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
