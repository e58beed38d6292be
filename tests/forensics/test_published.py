"""Published figures, one test each; the file of data names their sources."""

from functools import lru_cache

import pytest
from tests.forensics.shared import STATIONS, needs_stations, published

from sailau.forensics.baseline import baseline
from sailau.forensics.finding import Finding
from sailau.forensics.fingerprint import fit
from sailau.forensics.mirror import able, votes_of
from sailau.forensics.percentages import count_peaks
from sailau.forensics.read import read_stations
from sailau.forensics.stations import Stations


@lru_cache(maxsize=1)
def stations(name: str) -> Stations:
    return read_stations(STATIONS / f"{name}.parquet", faulty="keep").stations


def figure(name: str, test: str, which: str) -> float:
    one = stations(name)
    if test == "whole percentages":
        return count_peaks(one).excess
    if test == "fingerprint fit":
        found = fit(votes_of(one, able(one, 100)))
        return found.incremental if which == "f_i" else found.extreme
    votes = votes_of(one, able(one))
    seen = baseline(votes)
    if which == "refused":
        return float(bool(seen.refused))
    x = seen.anomalous[0]
    if which == "turnout":
        return float((votes.voters.sum() - x) / votes.registered.sum())
    if which == "share":
        return float((votes.leading.sum() - x) / (votes.counted.sum() - x))
    return x


ROWS = sorted(published(), key=lambda row: row["election"])


@needs_stations
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['election']}-{row['test']}-{row['figure']}")
def test_published_figures_are_met(row: dict[str, str]) -> None:
    got = figure(row["election"], row["test"], row["figure"])
    assert got == pytest.approx(float(row["value"]), abs=float(row["tolerance"])), row["source"]


@needs_stations
def test_sums_of_the_tables_are_the_official_ones() -> None:
    assert int(stations("russia_2018").leading.sum()) == 56_430_712
    assert int(stations("russia_2012").leading.sum()) == 45_602_075


@needs_stations
def test_known_peaks_are_named() -> None:
    from sailau.forensics.density import kernel_density

    found = kernel_density(stations("russia_2016"), "share")
    assert isinstance(found, Finding) and found.p is not None
    assert "62.2 %" in found.cases
    assert 0 <= found.p < 1e-10
