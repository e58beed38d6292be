"""Rates of errors: how often each test finds something in clean elections, and in stuffed ones.

The packaged table was measured on elections drawn by `clean.draw_clean`, stuffed by `clean.stuff`; a test has found
something where its own p-value is below 0.05, an estimate where it exceeds each of its honest counterparts. A second
table tells what the tests find in real elections kept as controls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from sailau.files.csvs import rows_of
from sailau.forensics.battery import run_tests
from sailau.forensics.clean import CleanModel, Way, draw_clean, stuff
from sailau.forensics.finding import Finding
from sailau.terms.errors import InvalidRecord

CASES: tuple[tuple[Way, float], ...] = (
    ("added", 0.0),
    *(("added", share) for share in (0.01, 0.02, 0.05, 0.1)),
    *(("rounded", share) for share in (0.01, 0.02, 0.05, 0.1)),
)
"""Nothing added; and ballots added, in any number or up to round turnouts, as a share of all ballots cast."""

_HERE = Path(__file__).resolve().parent / "controls"
_COLUMNS = ("test", "stations", "way", "stuffed", "runs", "found")


@dataclass(frozen=True, slots=True)
class Rates:
    """How often a test finds something.

    Attributes
    ----------
    stations : int
        The size of the elections on which it was measured, at most that of the target.
    runs : int
    clean : float
        In clean elections: the rate of false alarms.
    power : mapping of (way, share) to float
        In stuffed ones.
    real : (int, int)
        In how many of how many real elections kept as controls.
    """

    stations: int
    runs: int
    clean: float
    power: Mapping[tuple[Way, float], float]
    real: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Measured:
    """A row of the table."""

    test: str
    stations: int
    way: Way
    stuffed: float
    runs: int
    found: int


def rates_for(test: str, n: int, table: Sequence[Measured] = ()) -> Rates | None:
    """Return the rates of a test for the largest measured size that does not exceed n stations.

    Parameters
    ----------
    test : str
    n : int
    table : sequence of Measured, optional
        Instead of the packaged table.
    """
    rows = [row for row in table or _table() if row.test == test]
    sizes = [row.stations for row in rows if row.stations <= n and row.stuffed == 0]
    if not sizes:
        return None
    cells = {(row.way, row.stuffed): row for row in rows if row.stations == max(sizes)}
    clean = cells["added", 0.0]
    power = {key: row.found / row.runs for key, row in cells.items() if key[1] > 0}
    return Rates(clean.stations, clean.runs, clean.found / clean.runs, power, _real(test))


@lru_cache(maxsize=1)
def _table() -> tuple[Measured, ...]:
    path = _HERE / "rates.csv"
    return tuple(
        Measured(
            row["test"],
            int(row["stations"]),
            "rounded" if row["way"] == "rounded" else "added",
            float(row["stuffed"]),
            int(row["runs"]),
            int(row["found"]),
        )
        for _, row in rows_of(path, _COLUMNS, (), InvalidRecord)
    )


def _real(test: str) -> tuple[int, int]:
    ps = [p for name, _, p in real_controls() if name == test]
    return sum(1 for p in ps if p < 0.05), len(ps)


@lru_cache(maxsize=1)
def real_controls() -> tuple[tuple[str, str, float], ...]:
    """Return (test, election, p) of real elections kept as controls."""
    rows = rows_of(_HERE / "real.csv", ("test", "election", "stations", "p"), (), InvalidRecord)
    return tuple((row["test"], row["election"], float(row["p"])) for _, row in rows)


def measure(
    sizes: Sequence[int],
    runs: int,
    *,
    seed: int,
    cases: Sequence[tuple[Way, float]] = CASES,
    model: CleanModel | None = None,
    estimates: bool = True,
) -> Iterator[Measured]:
    """Measure the rates of all tests on elections of these sizes; the same seed gives the same table."""
    for size in sizes:
        for number, (way, share) in enumerate(cases):
            found: dict[str, int] = {}
            for run in range(runs):
                rng = np.random.default_rng([seed, size, number, run])
                for name, hit in _outcomes(size, way, share, rng, model, estimates=estimates):
                    found[name] = found.get(name, 0) + hit
            yield from (Measured(name, size, way, share, runs, hits) for name, hits in found.items())


def _outcomes(
    size: int, way: Way, share: float, rng: np.random.Generator, model: CleanModel | None, *, estimates: bool
) -> Iterator[tuple[str, bool]]:
    stations = draw_clean(size, seed=rng, model=model)
    if share:
        stations = stuff(stations, share, seed=rng, way=way)
    for one in run_tests(stations, seed=int(rng.integers(2**31)), digits=True, estimates=estimates):
        if isinstance(one, Finding):
            p = one.p if one.p is not None else one.figures.get("p_not_used")
            yield one.test, p < 0.05 if isinstance(p, float) else one.figures.get("beyond") == "yes"
