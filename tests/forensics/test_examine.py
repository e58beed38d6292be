"""The whole examination: the same seed, the same words; nothing claimed that the data do not bear."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from sailau.cli.main import main
from sailau.forensics.clean import draw_clean, stuff
from sailau.forensics.examine import examine
from sailau.forensics.finding import NULLS
from sailau.forensics.maps import ColumnMap
from sailau.forensics.rates import measure, rates_for, real_controls
from sailau.forensics.read import Reading
from sailau.forensics.stations import Stations
from sailau.report.forensics import examination_table, number, to_html, to_markdown, to_text

CLEAN = draw_clean(3_000, seed=41)


def reading(stations: Stations) -> Reading:
    return Reading(stations, (), ColumnMap("made"), len(stations), 0)


SEEN = examine(reading(CLEAN), seed=1, digits=True)


def test_a_clean_election_is_consistent_with_every_null_model() -> None:
    assert SEEN.inconsistent == ()
    assert {one.verdict for one in SEEN.judged if one.q is not None} == {
        f"consistent with null model “{name}”" for name in ("binomial", "smooth", "areas differ", "separate protocols")
    }


def test_a_stuffed_one_is_not_and_no_crime_is_named() -> None:
    seen = examine(reading(stuff(CLEAN, 0.05, seed=2, way="rounded")), seed=1, control=False)
    assert {"whole percentages", "neighbours"} <= set(seen.inconsistent)
    assert seen.of("whole percentages").verdict == "inconsistent with null model “binomial”"
    for words in (to_text(seen), to_markdown(seen), to_html(seen)):
        assert "fraud" not in words.casefold()
        assert "inconsistent with null model" in words


def test_the_same_seed_gives_the_same_report() -> None:
    again = examine(reading(CLEAN), seed=1, digits=True)
    assert to_text(again) == to_text(SEEN)
    assert to_text(examine(reading(CLEAN), seed=2, digits=True)) != to_text(SEEN)


def test_digits_are_told_and_never_counted() -> None:
    told = [one for one in SEEN.judged if one.finding.family == "digits"]
    assert len(told) == 2
    assert all(one.q is None and one.verdict == "no evidence either way" for one in told)
    assert "digits" not in {one.finding.family for one in examine(reading(CLEAN), control=False).judged}


def test_twenty_regions_are_not_testable() -> None:
    seen = examine(reading(CLEAN.take(np.arange(len(CLEAN)) < 20)), seed=1)
    assert [gap.test for gap in seen.not_testable if gap.family == "all"] == ["tests of distributions"]
    text = to_text(seen)
    assert "not testable: 20 rows" in text
    assert "results by polling station" in text
    assert [one.finding.test for one in seen.judged] == ["protocol arithmetic"]


def test_error_rates_stand_beside_each_test() -> None:
    for one in SEEN.judged:
        if one.q is not None:
            assert one.rates is not None, one.finding.test
            assert one.rates.stations <= 3_000
            assert one.rates.clean <= 0.1
            assert one.control is not None
    text = to_text(SEEN)
    assert "of clean elections" in text
    assert "where 1, 2, 5, 10 % of ballots were added" in text


def test_the_packaged_rates_hold_size_and_show_power() -> None:
    rates = rates_for("whole percentages", 10_000)
    assert rates is not None
    assert rates.clean < 0.12
    assert rates.power["rounded", 0.05] > 0.9
    assert rates.power["added", 0.05] < 0.2
    apart = rates_for("neighbours", 10_000)
    assert apart is not None and apart.power["added", 0.05] > 0.9
    assert rates_for("whole percentages", 100) is None
    assert len({election for _, election, _ in real_controls()}) >= 7


def test_rates_can_be_measured_again() -> None:
    cases = (("added", 0.0), ("rounded", 0.05))
    one = list(measure([400], 3, seed=5, cases=cases, estimates=False))
    assert one == list(measure([400], 3, seed=5, cases=cases, estimates=False))
    found = {(row.test, row.way): row.found for row in one}
    assert found["whole percentages", "rounded"] == 3


def test_every_null_model_is_explained() -> None:
    assert {one.finding.null for one in SEEN.judged} <= set(NULLS)
    text = to_text(SEEN)
    assert all(NULLS[one.finding.null] in text for one in SEEN.judged)


def test_pages_escape_what_files_say() -> None:
    from dataclasses import replace

    named = replace(CLEAN, title="<script>alert(1)</script>")
    html = to_html(examine(reading(named), control=False))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_numbers_are_written_as_people_write_them() -> None:
    assert [number(p) for p in (None, 0.0, 1e-20, 0.01234, 1.0)] == [None, "< 1e-16", "< 1e-16", "0.012", "1"]


def test_the_table_has_one_row_for_each_test() -> None:
    table = examination_table(SEEN)
    assert len(table.rows) == len(SEEN.judged) + len(SEEN.not_testable)
    assert all(len(row) == len(table.columns) for row in table.rows)


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    def command(*words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["sailau", "forensics", *words])
        with pytest.raises(SystemExit) as left:
            main()
        code = left.value.code
        return Done(code if isinstance(code, int) else 0, *capsys.readouterr())

    return command


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stations") / "stations.csv"
    s = CLEAN.take(np.arange(len(CLEAN)) < 600)
    lines = ["region,commission,station,registered,voters,valid,invalid,A,B,C,D,E"]
    areas = [[level.labels[code] for code in level.codes] for level in s.levels]
    for i in range(len(s)):
        cells = [areas[0][i], areas[1][i], s.names[i], s.registered[i], s.voters[i], s.valid[i], s.invalid[i]]  # type: ignore[index]
        lines.append(",".join(map(str, [*cells, *s.votes[i].tolist()])))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_command_writes_tsv_to_a_pipe_and_json(file: Path, run: Callable[..., Done]) -> None:
    done = run(str(file))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].split("\t")[:3] == ["test", "family", "verdict"]
    document = json.loads(run(str(file), "--json", "--no-control").stdout)
    assert document["schema"] == "sailau/forensics/1"
    assert document["figures"]["whole percentages"]["stations"] > 300


def test_the_command_writes_a_page_that_prints(file: Path, tmp_path: Path, run: Callable[..., Done]) -> None:
    out = tmp_path / "report.html"
    done = run(str(file), "--no-control", "-o", str(out))
    assert done.returncode == 0, done.stderr
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "@media print" in page


def test_the_command_refuses_and_lists_what_is_wrong(file: Path, tmp_path: Path, run: Callable[..., Done]) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(file.read_text(encoding="utf-8") + "region 1,commission 1,x,10,20,20,0,20,0,0,0,0\n")
    listed = tmp_path / "problems.txt"
    done = run(str(bad), "--problems", str(listed))
    assert done.returncode == 4
    assert done.stdout == ""
    assert "E113" in listed.read_text(encoding="utf-8")
    assert run(str(bad), "--faulty", "leave-out", "--no-control").returncode == 0
    assert run("missing.csv").returncode == 3
    assert run().returncode == 2
    assert run("--maps").returncode == 0
