"""Elections whose truth is known: one ships with the tests, the others lie in `shared` beside the repository."""

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from sailau.records.margins import read_margins
from sailau.votes.margins import Margins

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "data" / "ei"
SHARED = ROOT.parent / "shared" / "data" / "ei"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="elections with known truth: not in ../shared")


def bench() -> ModuleType:
    """Return the benchmark, which reads the shared elections."""
    spec = importlib.util.spec_from_file_location("bench_inference", ROOT / "benchmarks" / "bench_inference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def district() -> tuple[Margins, np.ndarray]:
    """Return one district of New Zealand 2017 and its true table."""
    margins = read_margins(OWN / "nz_2017_district.csv").margins
    truth = np.zeros((len(margins.groups), len(margins.options)))
    with (OWN / "nz_2017_district_truth.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            truth[margins.groups.index(row["group"]), margins.options.index(row["option"])] = float(row["count"])
    return margins, truth


def published() -> list[dict[str, str]]:
    """Return the rows of published.csv."""
    with (OWN / "published.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def made(units: int = 40, *, seed: int = 1, spread: float = 0.0, evenness: float = 1.0) -> tuple[Margins, np.ndarray]:
    """Return a made election of three groups and three options; with `spread`, groups vote otherwise in each unit.

    The less `evenness`, the more groups live apart, and the more the bounds say.
    """
    rng = np.random.default_rng(seed)
    people = np.array([rng.multinomial(900, rng.dirichlet(evenness * np.array([2, 2, 1]))) for _ in range(units)])
    shares = np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.2, 0.2, 0.6]])
    tables = np.array(
        [
            [rng.multinomial(n, rng.dirichlet(p / spread) if spread else p) for n, p in zip(row, shares, strict=True)]
            for row in people
        ]
    )
    return Margins.of(people, tables.sum(axis=1)), tables.sum(axis=0)
