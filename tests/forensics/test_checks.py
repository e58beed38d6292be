"""Checks of facts: the day, sums from below, copies of protocols, the weight of votes."""

import csv
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from tests.forensics.shared import DATA

from sailau.forensics.day import turnout_by_hour
from sailau.forensics.finding import Finding, NotTestable
from sailau.forensics.problems import FaultyStations
from sailau.forensics.read import read_stations
from sailau.forensics.representation import SPECIAL, equal_weights, weights
from sailau.forensics.stations import Stations
from sailau.forensics.sums import published_sums, reaggregate
from sailau.forensics.tabulation import against_copies, read_copies, tabulate

TEXT = """region,station,registered,voters,valid,invalid,A,B
N,1,900,500,490,10,250,240
N,2,800,400,400,0,150,250
S,3,700,300,300,0,200,100
"""


@pytest.fixture
def stations(tmp_path: Path) -> Stations:
    path = tmp_path / "stations.csv"
    path.write_text(TEXT, encoding="utf-8")
    return read_stations(path).stations


def day() -> Stations:
    """The hours of the file, as the reader of a file that also holds votes would give them."""
    with (DATA / "kz_2023_turnout.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    zeros = np.zeros(len(rows), dtype=np.int64)
    hours = {hour: np.array([float(row[hour]) for row in rows]) for hour in ("10:00", "12:00", "20:00")}
    names = tuple(row["region"] for row in rows)
    rest = {"registered": zeros, "voters": zeros, "votes": zeros[:, None], "contenders": ("A",), "leader": 0}
    return Stations(path="day", rows=np.arange(2, 2 + len(rows)), names=names, levels=(), hours=hours, **rest)


def test_turnout_that_falls_is_named() -> None:
    found = turnout_by_hour(day())
    assert isinstance(found, Finding)
    assert found.found == "turnout falls in 2 of 3 rows"
    assert found.cases == (
        "Turkestan (row 2): 49.14 at 10:00, 41.07 at 12:00",
        "Ulytau (row 3): 63.63 at 12:00, 58.99 at 20:00",
    )


def test_hours_are_read_and_gaps_are_no_falls(tmp_path: Path) -> None:
    path = tmp_path / "stations.csv"
    path.write_text('station,registered,voters,10:00,18:00,A\n1,500,300,"12,5 %",60,200\n2,500,300,50,,100\n')
    found = turnout_by_hour(read_stations(path).stations)
    assert isinstance(found, Finding)
    assert found.found == "turnout never falls"


def test_without_hours_there_is_nothing_to_check(stations: Stations) -> None:
    assert isinstance(turnout_by_hour(stations), NotTestable)


def test_sums_from_below_name_every_difference(stations: Stations, tmp_path: Path) -> None:
    path = tmp_path / "totals.csv"
    path.write_text("region,registered,A,B\nN,1700,400,490\nS,700,210,100\nW,1,1,1\n", encoding="utf-8")
    found = reaggregate(stations, path)
    assert [str(one) for one in found] == [
        "W: not among the stations",
        "S, A: stations 200, published 210 (+10)",
    ]
    assert published_sums(found).figures["differences"] == 2
    path.write_text("region,A\nN,400\n", encoding="utf-8")
    assert [str(one) for one in reaggregate(stations, path)] == ["S: not published"]
    assert published_sums(()).found == "every published figure is one"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("area,A\nN,400\n", "no column names the areas"),
        ("region,A\nN,x\n", "no count"),
        ("region,A\nN,1\nN,2\n", "stands twice"),
    ],
)
def test_totals_that_cannot_be_read(stations: Stations, tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "totals.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyStations, match=words):
        reaggregate(stations, path)


def test_copies_of_protocols_turn_a_result(stations: Stations, tmp_path: Path) -> None:
    path = tmp_path / "copies.csv"
    path.write_text(
        "station,A,B,source,signed\n1,250,240,observer 7,yes\n3,20,280,observer 9,yes\n"
        "2,1,2,x,no\n2,2,2,y,no\n9,1,1,z,no\n",
        encoding="utf-8",
    )
    copies = read_copies(path, stations.contenders)
    seen = tabulate(stations, copies)
    assert (seen.copies, seen.stations, seen.conflicts, seen.unknown) == (5, 2, ("2",), ("9",))
    assert dict(seen.by_copies) == {"A": 270, "B": 520}
    assert dict(seen.official) == {"A": 450, "B": 340}
    assert dict(seen.by_copies_all) == {"A": 420, "B": 770}
    assert [str(gap) for gap in seen.gaps] == [
        "3, A: copy 20, official 200 (+180); source observer 9, signed yes",
        "3, B: copy 280, official 100 (-180); source observer 9, signed yes",
    ]
    found = against_copies(seen, stations)
    assert "with the copies B would be first, not A" in found.found
    assert found.figures["gaps_unsigned"] == 0


def test_copies_need_stations_and_counts(stations: Stations, tmp_path: Path) -> None:
    path = tmp_path / "copies.csv"
    for text, words in (("A,B\n1,2\n", "no copies"), ("station,A\n1,\n", "empty")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(FaultyStations, match=words):
            read_copies(path, stations.contenders)


def test_equal_weights_of_districts(stations: Stations) -> None:
    found = weights({"a": 100, "b": 130, "c": 70}, {"a": 1, "b": 1, "c": 1})
    assert found.malapportionment == Fraction(1, 10)
    assert found.ratio == Fraction(13, 7)
    assert found.beyond(SPECIAL) == ("b", "c")
    assert weights({"a": 200, "b": 100}, {"a": 2, "b": 1}).malapportionment == 0
    checked = equal_weights(replace(stations, seats=np.ones(3, dtype=np.int64)))
    assert isinstance(checked, Finding)
    assert checked.figures["beyond_10"] == 2
    assert isinstance(equal_weights(stations), NotTestable)
