"""Results by station whose column of stations nobody knows: the file is refused, and the way out works."""

from pathlib import Path

import pytest

from sailau.records.results import read_results
from sailau.terms.errors import InvalidResults


def written(path: Path, rows: int) -> Path:
    body = [f"K{i // 10};z{i};{100 + i};{50 + i}" for i in range(rows)]
    path.write_text("\n".join(["district;xyzzy;A;B", *body]), encoding="utf-8")
    return path


def test_many_rows_of_one_place_ask_for_the_other_column(tmp_path: Path) -> None:
    path = written(tmp_path / "stations.csv", 60)
    with pytest.raises(InvalidResults) as caught:
        read_results(path)
    assert "--column B=district" in str(caught.value)
    reading = read_results(path, roles={"A": "left_out", "B": "district"})
    assert len(reading.tally.tiers["list"].votes) == 60


def test_one_row_that_stands_twice_is_just_that(tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text("district;A;B\nx;1;2\nx;3;4\n", encoding="utf-8")
    with pytest.raises(InvalidResults) as caught:
        read_results(path)
    assert "--column" not in str(caught.value)
