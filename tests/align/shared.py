"""Data sets beside the repository, and published values inside it."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sailau.align.read import read_rollcalls
from sailau.align.rollcalls import RollCalls

SHARED = Path(__file__).parents[3] / "shared" / "data"
VALUES = Path(__file__).parents[1] / "data" / "align"
TRADE = Path(__file__).parents[2] / "channels" / "kz" / "trade.csv"
UN, CALLS = SHARED / "un_votes", SHARED / "rollcalls"

needs_un = pytest.mark.skipif(not UN.is_dir(), reason="the votes of the General Assembly in ../shared are not here")
needs_senate = pytest.mark.skipif(not CALLS.is_dir(), reason="the roll calls of the Senate in ../shared are not here")


def published(name: str) -> list[dict[str, str]]:
    with (VALUES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows and all(row["source"] for row in rows), "a number without a source"
    return rows


@cache
def general_assembly() -> RollCalls:
    reading = read_rollcalls(
        UN / "un_votes.parquet",
        items=UN / "un_roll_calls.parquet",
        columns={"voter": "country_code/country"},
    )
    assert not [problem for problem in reading.problems if problem.is_error]
    return reading.calls


@cache
def senate() -> RollCalls:
    return read_rollcalls(CALLS / "us_senate_90_votes.csv.gz", codes="voteview").calls


def wnominate() -> dict[str, float]:
    with (CALLS / "us_senate_90_wnominate_legislators.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row[""]: float(row["coord1D"]) for row in rows if row["coord1D"] not in ("", "NA")}


def made(
    truth: np.ndarray, n_items: int, rng: np.random.Generator, *, width: float = 0.0, noise: float = 1.0
) -> np.ndarray:
    """Return votes [voter, item] of voters at known positions; `width` opens room for abstentions."""
    slope = rng.normal(0, 1.5, n_items)
    cut = rng.normal(0, 1.0, n_items)
    utility = slope * (truth[:, None] - cut) + noise * rng.normal(size=(len(truth), n_items))
    return np.where(utility > width, 2, np.where(utility > -width, 1, 0))
