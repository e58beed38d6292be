"""Odd files: whatever the figures, an answer or a refusal, and never a crash."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sailau.forensics.examine import examine
from sailau.forensics.maps import map_from_pairs
from sailau.forensics.read import read_stations
from sailau.report.forensics import examination_table, to_html, to_markdown, to_text
from sailau.report.table import to_json

RNG = np.random.default_rng(0)
LEADER = {"station": "s", "registered": "registered", "voters": "voters", "leader": "A"}
ROWS: dict[str, Callable[[int], tuple[int, int, int, int]]] = {
    "nobody voted for the leader": lambda i: (i, 500, 300, 0),
    "all stations alike": lambda i: (i, 500, 300, 200),
    "everybody voted for the leader": lambda i: (i, 500, 500, 500),
    "more voters than registered": lambda i: (i, 500, 600, 500),
    "a handful of voters": lambda i: (i, 1 + i % 4, 1, i % 2),
    "millions in each row": lambda i: (i, 5_000_000, 3_000_000 + 1_000 * i, 1_000_000 + 77 * i),
}


@pytest.mark.parametrize("name", ROWS)
def test_odd_figures_get_an_answer(name: str, tmp_path: Path) -> None:
    path = tmp_path / "stations.csv"
    lines = ["s,registered,voters,A", *(",".join(map(str, ROWS[name](i))) for i in range(600))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    seen = examine(read_stations(path, columns=map_from_pairs(LEADER), faulty="keep"), digits=True, control=False)
    for write in (to_text, to_html, to_markdown):
        assert "nan" not in write(seen).split()
    assert to_json(examination_table(seen), "x")


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("station,valid,A,B", lambda i, a: f"{i},300,{a},{300 - a}"),
        ("station,A,B,C", lambda i, a: f"{i},{a},{a // 2},{300 - a}"),
        ("region,station,registered,voters,A,B", lambda i, a: f"r{i},{i},500,300,{a},{300 - a}"),
    ],
)
def test_files_that_lack_figures_are_tested_as_far_as_they_go(
    header: str, row: Callable[[int, int], str], tmp_path: Path
) -> None:
    path = tmp_path / "stations.csv"
    lines = [header, *(row(i, int(RNG.integers(50, 250))) for i in range(400))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    columns = map_from_pairs({"station": "station", "contenders": "A+B+C"}) if header.endswith("C") else None
    seen = examine(read_stations(path, columns=columns, faulty="keep"), control=False)
    gaps = {gap.test for gap in seen.not_testable}
    assert {"neighbours", "small stations"} <= gaps
    assert "whole percentages" not in gaps, "shares can be tested without a register"
    assert all(gap.needs for gap in seen.not_testable)
