"""Results by station whose column of stations no word names."""

from pathlib import Path

import pytest

from sailau.records.results import read_results
from sailau.terms.errors import InvalidResults


def written(path: Path, rows: int) -> Path:
    body = [f"K{i // 10};z{i};{100 + i};{50 + i}" for i in range(rows)]
    path.write_text("\n".join(["district;xyzzy;A;B", *body]), encoding="utf-8")
    return path


def test_a_column_that_tells_the_rows_of_one_place_apart_is_taken_and_told(tmp_path: Path) -> None:
    reading = read_results(written(tmp_path / "stations.csv", 60))
    assert len(reading.tally.tiers["list"].votes) == 60
    (note,) = reading.problems
    assert note.code == "W204"
    assert "'xyzzy' was taken for the district" in str(note)


def test_one_row_that_stands_twice_is_just_that(tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text("district;A;B\nx;1;2\nx;3;4\n", encoding="utf-8")
    with pytest.raises(InvalidResults) as caught:
        read_results(path)
    assert "--column" not in str(caught.value)
