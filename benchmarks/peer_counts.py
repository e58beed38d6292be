"""Other programs on the same vectors, run by `bench_simulate.py` in an environment of their own.

``python peer_counts.py NAME VOTES.npy SEATS.npz`` prints one JSON document: elections a second, and how many of the
counts differ from ours. It needs the program and numpy, and nothing of sailau.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

FORMULAS = ("dhondt", "sainte_lague", "hare")
Count = Callable[[list[int], int], Any]


def votelib() -> dict[str, Count]:
    """Return its formulas."""
    from votelib.evaluate.proportional import HighestAverages, LargestRemainder

    def of(rule: Any) -> Count:
        def count(votes: list[int], seats: int) -> list[int]:
            got = rule.evaluate(dict(enumerate(votes)), seats)
            return [got.get(i, 0) for i in range(len(votes))]

        return count

    rules = HighestAverages("d_hondt"), HighestAverages("sainte_lague"), LargestRemainder("hare")
    return dict(zip(FORMULAS, map(of, rules), strict=True))


def apportionment() -> dict[str, Count]:
    """Return its formulas."""
    from apportionment.methods import compute

    names = ("dhondt", "saintelague", "largest_remainder")
    return {
        ours: lambda votes, seats, name=name: compute(name, votes, seats, verbose=False)
        for ours, name in zip(FORMULAS, names, strict=True)
    }


def poli_sci_kit() -> dict[str, Count]:
    """Return its formulas."""
    from poli_sci_kit.appointment.methods import highest_averages, largest_remainder

    def of(style: str) -> Count:
        return lambda votes, seats: highest_averages(averaging_style=style, shares=votes, total_alloc=seats)

    def hare(votes: list[int], seats: int) -> Any:
        return largest_remainder(quota_style="Hare", shares=votes, total_alloc=seats)

    return dict(zip(FORMULAS, (of("Jefferson"), of("Webster"), hare), strict=True))


def interregnum() -> dict[str, Count]:
    """Return its formulas; the faster of its two ways to D'Hondt."""
    from interregnum.methods.singlevote import (
        HighestAveragesAllocator,
        IterativeDivisorAllocator,
        LargestRemainderAllocator,
    )

    def of(rule: Any) -> Count:
        def count(votes: list[int], seats: int) -> list[int]:
            got = {c.name: c.seats for c in rule.calc(list(enumerate(votes)), seats).allocation}
            return [got.get(i, 0) for i in range(len(votes))]

        return count

    rules = (
        IterativeDivisorAllocator("dhondt"),
        HighestAveragesAllocator("sainte_lague"),
        LargestRemainderAllocator("hare"),
    )
    return dict(zip(FORMULAS, map(of, rules), strict=True))


def apportionpy() -> dict[str, Count]:
    """Return its formulas."""
    from apportionpy.methods.hamilton import calculate_hamilton
    from apportionpy.methods.jefferson import calculate_jefferson
    from apportionpy.methods.webster import calculate_webster

    rules = calculate_jefferson, calculate_webster, calculate_hamilton
    return {
        ours: lambda votes, seats, rule=rule: rule(seats, votes)[1] for ours, rule in zip(FORMULAS, rules, strict=True)
    }


def biprop() -> dict[str, Count]:
    """Return its two divisor methods, which share out seats among parties before districts."""
    from biprop import Election

    def of(rounding: Any) -> Count:
        def count(votes: list[int], seats: int) -> Any:
            return Election([[n] for n in votes]).upper_apportionment(total_seats=seats, rounding_method=rounding)

        return count

    return {"dhondt": of(np.floor), "sainte_lague": of(np.round)}


PROGRAMS = {
    "votelib": votelib,
    "apportionment": apportionment,
    "poli-sci-kit": poli_sci_kit,
    "interregnum": interregnum,
    "apportionpy": apportionpy,
    "biprop": biprop,
}


def main() -> None:
    """Print the rates."""
    name, votes, ours = sys.argv[1], np.load(sys.argv[2]), np.load(sys.argv[3])
    rows = [[int(n) for n in row] for row in votes]
    out: dict[str, tuple[float, int] | str] = {}
    for formula, count in PROGRAMS[name]().items():
        for seats in (98, 630):
            key = f"{formula} {seats}"
            try:
                start, done, wrong = time.process_time(), 0, 0
                while done < len(rows) and time.process_time() - start < 2:
                    got = count(rows[done], seats)
                    wrong += list(map(int, got)) != ours[key][done].tolist()
                    done += 1
                out[key] = (done / (time.process_time() - start), wrong)
            except Exception as fault:  # whatever the program does, the others are measured
                out[key] = f"{type(fault).__name__}: {fault}"
    print(json.dumps(out))


if __name__ == "__main__":
    main()
