"""Sweeps: every point is the count of a changed law."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import sailau as sl
from sailau.report.simulation import response_table, sweep_table
from sailau.runs.response import response
from sailau.runs.sweep import Range, sweep
from sailau.terms.errors import Invalid, SailauError


@pytest.fixture(scope="module")
def election() -> sl.Election:
    return sl.load_election("kz/mazhilis/2023-03-19")


def test_a_range_has_both_ends_and_is_exact() -> None:
    assert Range.of("list.threshold.share=0%:10%:0.5%").values[:4] == ("0%", "0.5%", "1%", "1.5%")
    assert Range.of("list.threshold.share=0%:10%:0.5%").values[-1] == "10%"
    assert Range.of("list.threshold.share=0%:1%:1/300").values == ("0%", "1/300", "1/150", "1%")
    assert Range.of("list.seats=60:70:5").values == ("60", "65", "70")
    assert Range.of("list.formula=hare, dhondt").values == ("hare", "dhondt")


@pytest.mark.parametrize(
    "text", ["x", "x=", "=1:2:1", "x=1:2", "x=2:1:1", "x=1:2:0", "x=1:2:-1", "x=a:b:c", "x=0:1:1/999999"]
)
def test_ranges_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        Range.of(text)


def test_the_bar_decides_when_a_list_loses_all_its_seats(election: sl.Election) -> None:
    points = sweep(election, [Range.of("list.threshold.share=4.5%:5.5%:0.1%")])
    seats = {point.values[0]: point.seats.get("nsdp", 0) for point in points}
    assert [seats[v] for v in ("4.5%", "5.2%", "5.3%", "5.5%")] == [4, 4, 0, 0]
    law = sl.load_law("kz/mazhilis", on=election.day)
    for point in points:
        assert point.seats == law.replace({"list.threshold.share": point.values[0]}).count(election.tally).seats


def test_two_clauses_make_a_grid(election: sl.Election) -> None:
    points = sweep(election, [Range.of("list.threshold.share=5%:6%:1%"), Range.of("list.formula=hare,dhondt")])
    assert [point.values for point in points] == [("5%", "hare"), ("5%", "dhondt"), ("6%", "hare"), ("6%", "dhondt")]
    assert points[1].seats["amanat"] == 41
    table = sweep_table(points, ["share", "formula"], title="")
    assert table.columns[:3] == ("share", "formula", "amanat")


def test_points_on_which_the_law_is_silent_say_so(election: sl.Election) -> None:
    points = sweep(election, [Range.of("list.threshold.share=50%:60%:10%")])
    assert points[1].question and not points[1].seats
    table = sweep_table(points, ["share"], title="")
    assert len(table.notes) == 1 and table.rows[1][1] is None


def test_the_same_clause_twice_and_unknown_clauses_are_refused(election: sl.Election) -> None:
    with pytest.raises(Invalid, match="differ"):
        sweep(election, [Range.of("list.seats=1:2:1")] * 2)
    with pytest.raises(SailauError, match="no step"):
        sweep(election, [Range.of("list.nothing.share=1%:2%:1%")])


def test_the_command_sweeps() -> None:
    words = ("what-if", "kz/mazhilis/2023-03-19", "--sweep", "list.threshold.share=5%:6%:1%", "--json")
    code = "from sailau.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert [row["nsdp"] for row in json.loads(done.stdout)["rows"]] == [4, 0]


def test_a_scenario_answers_at_every_point_with_the_same_draws() -> None:
    scenario = sl.read_scenario(Path(sl.__file__).parents[2] / "examples/scenarios/kz-2023.yaml")
    ranges = [Range.of("list.threshold.share=3%:5%:2%"), Range.of("list.formula=hare,dhondt")]
    answers = response(scenario, ranges, runs=3000, seed=1)
    assert [answer.values for answer in answers] == [("3%", "hare"), ("3%", "dhondt"), ("5%", "hare"), ("5%", "dhondt")]
    alone = sl.simulate(scenario.law, scenario.tally, noise=scenario.noise, n=3000, seed=1)
    assert answers[2].runs.summary.histogram == alone.summary.histogram  # 5% and Hare is the law in force
    passed = [answer.runs.summary.passed for answer in answers]
    assert passed[0] == passed[1] and passed[2] == passed[3]  # a formula moves no bar
    place = alone.parties.index("nsdp")
    assert (passed[0] or ())[place] > (passed[2] or ())[place]
    table = response_table(answers, ["share", "formula"], title="")
    assert table.columns[:4] == ("share", "formula", "party", "mean")
    assert any(str(row[2]).startswith("without amanat") for row in table.rows)
    with pytest.raises(Invalid, match="differ"):
        response(scenario, ranges[:1] * 2, runs=10, seed=1)
