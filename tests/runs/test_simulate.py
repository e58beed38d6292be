"""Simulations: published figures, the same bytes for any number of workers, clear refusals before any work."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

import sailau as sl
from sailau.runs.checks import MOST_DRAWS
from sailau.runs.job import Job
from sailau.runs.simulate import simulate
from sailau.runs.summary import SeatCounts, Summary
from sailau.terms.errors import Invalid, NotFound, SailauError
from sailau.terms.tally import Tally

ROOT = Path(__file__).resolve().parents[2]
NOISE = sl.LogisticNormal(sd="0.158", correlation="0.2")


@pytest.fixture(scope="module")
def law() -> sl.Law:
    return sl.load_law("kz/mazhilis", on="2023-03-19")


@pytest.fixture(scope="module")
def votes() -> Tally:
    return sl.load_election("kz/mazhilis/2023-03-19").tally


def test_the_example_of_eight_lines(law: sl.Law, votes: Tally) -> None:
    # The published figures let all eight lines win seats, the votes against all too: six mean seats add up to 68.80.
    lines = dict(votes.tiers["list"].votes["nation"])
    lines["eighth"] = lines.pop("against_all")
    runs = simulate(law, Tally.of(lines), noise=NOISE, n=1_000_000, seed=7, workers=2)
    summary, means = runs.summary, runs.seats.means()
    assert summary.passed is not None
    assert summary.passed[runs.parties.index("nsdp")] / summary.runs == pytest.approx(0.585, abs=0.002)
    order = ("amanat", "auyl", "respublica", "aq_jol", "qhp", "nsdp")
    assert [float(means[p]) for p in order] == pytest.approx([40.28, 8.21, 6.47, 6.33, 5.02, 2.49], abs=0.01)
    assert sum(means.values()) == 69


def test_under_the_law_itself_votes_against_all_win_nothing(law: sl.Law, votes: Tally) -> None:
    runs = simulate(law, votes, noise=NOISE, n=200_000, seed=7)
    assert "against_all" not in runs.parties
    assert float(runs.seats.means()["amanat"]) == pytest.approx(40.40, abs=0.04)  # the 0.2 seats go to the others
    assert sum(runs.seats.means().values()) == 69


@pytest.mark.parametrize(("workers", "block"), [(1, 5000), (2, 777), (7, 130), (64, None)])
def test_the_summary_has_the_same_bytes_for_any_workers_and_blocks(
    law: sl.Law, votes: Tally, workers: int, block: int | None
) -> None:
    once = simulate(law, votes, noise=NOISE, n=20_011, seed=7).summary.to_json()
    assert simulate(law, votes, noise=NOISE, n=20_011, seed=7, workers=workers, block=block).summary.to_json() == once
    assert simulate(law, votes, noise=NOISE, n=20_011, seed=8, workers=workers).summary.to_json() != once


def test_districts_and_gammas_do_not_depend_on_blocks_either() -> None:
    election = sl.load_election("es/congreso/2016-06-26")
    law = sl.load_law(election.law, on=election.day)
    models = (sl.Swing(sd="3%", district_sd="5%"), sl.Swing(sd="3%", kind="uniform"))
    for noise in models:
        parts = [
            simulate(law, election.tally, noise=noise, n=90, seed=1, block=b).summary.to_json() for b in (90, 37, 1)
        ]
        assert len(set(parts)) == 1
    kz = sl.load_election("kz/mazhilis/2023-03-19")
    dirichlet = sl.Dirichlet(concentration=1500)
    law = sl.load_law("kz/mazhilis", on=kz.day)
    parts = [simulate(law, kz.tally, noise=dirichlet, n=300, seed=1, block=b).summary.to_json() for b in (300, 41)]
    assert len(set(parts)) == 1


def test_processes_give_what_one_worker_gives(law: sl.Law, votes: Tally) -> None:
    other = law.replace({"list.allocate.quota": "hare", "list.allocate.excess": "smallest_remainder"})
    one = simulate(other, votes, noise=NOISE, n=60, seed=7, block=13)
    assert one.job.plan.how == "one by one"
    two = simulate(other, votes, noise=NOISE, n=60, seed=7, block=20, workers=2)
    assert one.summary.to_json() == two.summary.to_json()


def test_a_worker_that_is_killed_loses_nothing(law: sl.Law, votes: Tally) -> None:
    other = law.replace({"list.allocate.excess": "smallest_remainder"})
    one = simulate(other, votes, noise=NOISE, n=200, seed=7)
    steps = sl.watch(other, votes, noise=NOISE, n=200, seed=7, block=5, workers=2, every=0)
    next(steps)
    killed = [worker.pid for worker in multiprocessing.active_children()]
    for pid in killed[:1]:
        os.kill(pid or 0, signal.SIGKILL)
    assert [runs.summary.runs for runs in steps] == list(range(10, 201, 5))
    assert killed
    assert steps.now.summary.to_json() == one.summary.to_json()


def test_workers_that_never_come_to_life_are_an_error(law: sl.Law, votes: Tally) -> None:
    other = law.replace({"list.allocate.excess": "smallest_remainder"})
    with patch("sailau.runs.blocks._begin", new=os.abort), pytest.raises(Invalid, match="workers were lost"):
        simulate(other, votes, noise=NOISE, n=200, seed=7, block=5, workers=2)


def test_arrays_and_one_by_one_draw_the_same_votes(law: sl.Law, votes: Tally) -> None:
    arrays = simulate(law, votes, noise=NOISE, n=500, seed=7)
    slow = law.replace({"list.allocate.excess": "smallest_remainder"})  # no kernel; with Hare it changes nothing
    single = simulate(slow, votes, noise=NOISE, n=500, seed=7)
    assert single.seats == arrays.seats


def test_a_broken_run_goes_on_where_it_stopped(law: sl.Law, votes: Tally, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        assert total == 9000
        if done >= 3000:
            raise KeyboardInterrupt

    part = simulate(law, votes, noise=NOISE, n=9000, seed=7, block=1000, every=0, progress=stop)
    assert not part.is_complete and part.summary.runs == 3000
    part.save(tmp_path / "part.json")
    rest = simulate(law, votes, noise=NOISE, n=9000, seed=7, resume=tmp_path / "part.json")
    assert rest.summary.to_json() == simulate(law, votes, noise=NOISE, n=9000, seed=7).summary.to_json()
    with pytest.raises(Invalid, match="another scenario"):
        simulate(law, votes, noise=NOISE, n=9000, seed=8, resume=tmp_path / "part.json")
    with pytest.raises(Invalid, match="more than"):
        simulate(law, votes, noise=NOISE, n=2000, seed=7, resume=tmp_path / "part.json")
    (tmp_path / "part.json").write_text("{}")
    with pytest.raises(Invalid, match="no simulation"):
        simulate(law, votes, noise=NOISE, n=9000, seed=7, resume=tmp_path / "part.json")


def test_a_reform_meets_the_same_draws(law: sl.Law, votes: Tally) -> None:
    softer = law.replace({"list.threshold.share": "3%"})
    assert Job(law, votes, NOISE, 7).key == Job(softer, votes, NOISE, 7).key
    assert Job(law, votes, NOISE, 7).key != Job(law, votes, NOISE, 8).key
    assert Job(law, votes, NOISE, 7).name != Job(softer, votes, NOISE, 7).name


def test_draws_can_be_kept(law: sl.Law, votes: Tally) -> None:
    runs = simulate(law, votes, noise=NOISE, n=700, seed=7, keep_draws=True, workers=2, block=90)
    assert runs.draws is not None and runs.draws.shape == (700, len(runs.parties))
    i = runs.parties.index("nsdp")
    assert [int((runs.draws[:, i] == s).sum()) for s in range(len(runs.seats.of("nsdp")))] == list(
        runs.seats.of("nsdp")
    )


def test_declared_seats_and_coalitions_count_for_majorities(law: sl.Law, votes: Tally) -> None:
    runs = simulate(
        law,
        votes,
        noise=NOISE,
        n=2000,
        seed=7,
        held={"amanat": 22, "independent": 7},
        coalitions={"all": ["amanat", "auyl", "respublica", "aq_jol", "qhp", "nsdp", "independent"], "two": ["auyl"]},
        keep_draws=True,
    )
    assert runs.draws is not None
    amanat = runs.draws[:, runs.parties.index("amanat")] + 22
    reached = {name: line[runs.parties.index("amanat")] for name, line in runs.summary.reached.items()}
    assert reached == {
        "majority": int((amanat >= 50).sum()),
        "2/3": int((amanat >= 66).sum()),
        "3/4": int((amanat >= 74).sum()),
    }
    assert runs.summary.coalitions["all"] == dict.fromkeys(("majority", "2/3", "3/4"), 2000)
    assert runs.summary.coalitions["two"] == dict.fromkeys(("majority", "2/3", "3/4"), 0)


def test_runs_without_an_outcome_are_counted_and_named(law: sl.Law) -> None:
    few = Tally.of({"a": 4, "b": 4, "c": 4, "d": 4, "against_all": 84})
    runs = simulate(law, few, noise=sl.Dirichlet(concentration=50), n=300, seed=1)
    silent = runs.summary.undecided.get("LawSilent", 0)
    assert 0 < silent < 300  # no list reaches 5% of all
    assert all(sum(line) == 300 - sum(runs.summary.undecided.values()) for line in runs.summary.histogram)


BAD = [
    ({"n": -5}, "-5 runs"),
    ({"n": 0}, "0 runs"),
    ({"n": 2.5}, "2.5 runs"),
    ({"n": 10**9, "keep_draws": True}, "cannot be kept"),
    ({"n": MOST_DRAWS + 1, "keep_draws": True}, "cannot be kept"),
    ({"workers": 0}, "0 workers"),
    ({"seed": "seven"}, "seed"),
    ({"coalitions": {"x": ["amanat", "nobody"]}}, "coalition x"),
    ({"coalitions": {"x": ["amanat", "auyl", "amanat"]}}, "amanat twice"),
    ({"coalitions": {"x": []}}, "x names no party"),
    ({"held": {"amanat": -1}}, "-1 seats"),
    ({"noise": sl.LogisticNormal(covariance={"amanat": {"amanat": 101}})}, "says nothing about"),
    ({"noise": sl.LogisticNormal(sd="0.1", correlation="-0.5")}, "correlation"),
]


@pytest.mark.parametrize(("wrong", "what"), BAD, ids=[what for _, what in BAD])
def test_bad_simulations_are_refused_before_any_work(
    law: sl.Law, votes: Tally, wrong: dict[str, object], what: str
) -> None:
    def never(*_: int) -> None:
        pytest.fail("work started")

    given: dict[str, object] = {"noise": NOISE, "n": 10, "seed": 7, "progress": never, **wrong}
    with pytest.raises(SailauError, match=what):
        simulate(law, votes, **given)  # type: ignore[arg-type]


def test_summaries_add_up_in_any_order() -> None:
    a = Summary(2, ("x",), ((1, 1),), (2,), dict.fromkeys(("majority", "2/3", "3/4"), (1,)), {}, {}, 1, 1, 0)
    b = replace(a, runs=3, histogram=((0, 0, 2),), undecided={"LawSilent": 1})
    assert (a + b).to_json() == (b + a).to_json()
    assert (a + b).histogram == ((1, 1, 2),)
    assert (a + b).decided == 4
    assert Summary.from_json((a + b).to_json()) == a + b
    with pytest.raises(Invalid):
        a + replace(b, parties=("y",))


def test_quantiles_are_the_fewest_seats_that_enough_runs_stay_within() -> None:
    seats = SeatCounts(("a", "b"), ((10, 0, 80, 10), (0, 100)))
    assert seats.quantiles([0, 0.1, 0.11, 0.5, 0.9, 0.91, 1])["a"] == (0, 0, 2, 2, 2, 3, 3)
    assert seats.quantiles(["1/2"])["b"] == (1,)
    assert seats.means()["a"] == Fraction(190, 100)
    assert seats.at_least("a", 2) == Fraction(9, 10)
    with pytest.raises(Invalid):
        seats.quantiles([1.5])
    with pytest.raises(NotFound):
        seats.of("c")


def scenario(folder: Path, text: str) -> Path:
    path = folder / "s.yaml"
    path.write_text(text, encoding="utf-8")
    return path


SHARES = "scenario: x\nlaw: kz/mazhilis@2023-03-19\nvotes: 1000\nset: {district.seats: 0}\n"
GOOD = SHARES + "shares: {a: 60%, b: 40%}\nnoise: {logistic_normal: {sd: 10%}}\nruns: 50\nseed: 1\n"
WRONG = [
    (GOOD + "turnout: {sd: -1%}\n", "not negative"),
    (GOOD + "turnout: {groups: {young: {sd: 5%, of: {nobody: 10%}}}}\n", "group young"),
    (GOOD + "turnout: {register: 5%}\n", "unknown"),
    (GOOD + "points: halton\n", "points is 'halton'"),
    (GOOD + "points: sobol\n", "power of two"),
    (GOOD.replace("{logistic_normal: {sd: 10%}}", "{past_errors: {}}"), "either errors or"),
    (
        GOOD.replace("{logistic_normal: {sd: 10%}}", "{past_errors: {errors: [{a: 1%, c: -1%}]}}"),
        "'c'\n  known here: a, b",
    ),
    (GOOD.replace("sd: 10%", "covariance: [[1]]"), "written {name: value"),
    ("party,votes\na,5\n", "no mapping of keys to values\n  a scenario is a YAML file"),
    ("scenario: [x", "is not YAML(.|\n)*noise: {swing"),
    (GOOD.replace("{logistic_normal: {sd: 10%}}", "{past_errors: {elections: [kz/mazhilis/2023-03-19]}}"), "two do"),
    (GOOD.replace("set: {district.seats: 0}", "set: {list.nothing: 1}"), "yaml:4"),
    (GOOD.replace("40%", "30%"), "add up to 90"),
    (GOOD.replace("60%", "160%"), "lies between"),
    (GOOD.replace("sd: 10%", "sd: 0.1"), "binary float"),
    (GOOD.replace("sd: 10%", "sd: -10%"), "not negative"),
    (GOOD.replace("sd: 10%", "sd: 10%, correlation: 2"), "correlation is 2"),
    (GOOD.replace("logistic_normal: {sd: 10%}", "white: {sd: 10%}"), "unknown"),
    (GOOD.replace("{logistic_normal: {sd: 10%}}", "{}"), "0 models"),
    (GOOD.replace("sd: 10%", "covariance: {a: {a: 1, b: 2}, b: {b: 1}}"), "no covariance"),
    (GOOD.replace("sd: 10%", "covariance: {a: {a: 1}, c: {c: 1}}"), "no party"),
    (GOOD.replace("sd: 10%", "covariance: {a: {a: 1}}"), "says nothing about b"),
    (GOOD.replace("logistic_normal: {sd: 10%}", "logistc_normal: {sd: 10%}"), "did you mean logistic_normal"),
    (GOOD.replace("{sd: 10%}", "{standard: 10%}"), "known here: sd, correlation, covariance"),
    (GOOD + "turnout: {groups: {y: {sd: 1%, of: {a: 1%}, size: 3}}}\n", "known here: sd, of"),
    (GOOD.replace("sd: 10%", "covariance: {a: {a: 101}, b: {b: 101}}"), "a variance of 101"),
    (GOOD.replace("runs: 50\n", "runs: -50\n"), "yaml:7:7: -50 runs"),
    (GOOD.replace("runs: 50\n", "runs: 1000000000000000\n"), "yaml:7:7: 1,000,000,000,000,000 runs"),
    (GOOD.replace("runs: 50\n", ""), "how many runs"),
    (GOOD.replace("seed: 1\n", "seed: 1\ncoalitions: {x: [nobody]}\n"), "coalition x"),
    (GOOD.replace("shares: {a: 60%, b: 40%}\n", ""), "either an election or shares"),
    (GOOD.replace("votes: 1000\n", ""), "need a law and the number of votes"),
    (GOOD.replace("votes: 1000\n", "votes: 1000\nelection: kz/mazhilis/2023-03-19\n"), "either an election or shares"),
    (GOOD.replace("kz/mazhilis@", "kz/nothing@"), "no law"),
]


@pytest.mark.parametrize(("text", "what"), WRONG, ids=[what for _, what in WRONG])
def test_bad_scenarios_are_refused(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(SailauError, match=what):
        sl.read_scenario(scenario(tmp_path, text)).run()


def test_a_good_scenario_runs_and_keeps_its_checksum(tmp_path: Path) -> None:
    made = sl.read_scenario(scenario(tmp_path, GOOD))
    assert made.run().summary.runs == 50
    assert made.run(runs=20, seed=3).summary.runs == 20
    again = sl.read_scenario(scenario(tmp_path, GOOD.replace("runs: 50", "runs: 70")))
    assert made.checksum == again.checksum
    assert made.checksum != sl.read_scenario(scenario(tmp_path, GOOD.replace("sd: 10%", "sd: 11%"))).checksum


MORE = [
    GOOD + "turnout: {sd: 10%, district_sd: 5%, groups: {young: {sd: 5%, of: {a: 10%}}}}\n",
    GOOD.replace("{logistic_normal: {sd: 10%}}", "{past_errors: {errors: [{a: 1%, b: -1%}], mirror: true}}"),
    GOOD.replace("sd: 10%", "sd: 10%, district_sd: 1%, district_correlation: 1/2"),
    GOOD.replace("sd: 10%", "cells: {a@nation: {a@nation: 1/100}}"),
    GOOD.replace("runs: 50", "runs: 64\npoints: sobol"),
    "scenario: x\nelection: kz/mazhilis/2023-03-19\nruns: 40\nseed: 1\nnoise:\n  past_errors:\n    tier: list\n"
    "    elections: [kz/mazhilis/2016-03-20, kz/mazhilis/2021-01-10, kz/mazhilis/2023-03-19]\n",
]


@pytest.mark.parametrize("text", MORE, ids=range(len(MORE)))
def test_every_part_of_a_scenario_changes_what_it_is(tmp_path: Path, text: str) -> None:
    made = sl.read_scenario(scenario(tmp_path, text))
    runs = made.run()
    assert runs.is_complete and sum(runs.seats.means().values()) == 69
    if "points" not in text:
        assert made.checksum != sl.read_scenario(scenario(tmp_path, GOOD)).checksum
    else:
        assert len(runs.parts) == 16


@pytest.mark.parametrize("path", sorted((ROOT / "examples/scenarios").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_example_scenarios_run(path: Path) -> None:
    assert sl.read_scenario(path).run(runs=30).is_complete


def sailau(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    code = "from sailau.cli.main import main; main()"
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, cwd=cwd, timeout=120)


def parquet(path: Path, what: str, where: str) -> tuple[object, ...]:
    import duckdb

    with duckdb.connect() as database:
        found = database.execute(f"select {what} from read_parquet(?) where {where}", [str(path)]).fetchall()
    return tuple(found[0])


def test_the_command_prints_a_table_and_writes_files(tmp_path: Path) -> None:
    path = scenario(tmp_path, GOOD)
    done = sailau("simulate", str(path), "--json", "--out", "it's.parquet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["runs"] == 50 and sum(said["histogram"]["a"]) == 50
    assert parquet(tmp_path / "it's.parquet", "sum(runs)", "party = 'a'") == (50,)
    done = sailau("simulate", str(path), "--draws", "--out", "draws.parquet", "--runs", "7", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert parquet(tmp_path / "draws.parquet", "count(*), sum(a + b)", "true") == (7, 7 * 69)
    assert sailau("simulate", str(path), "--draws", cwd=tmp_path).returncode == 2
    assert sailau("simulate", "missing.yaml", cwd=tmp_path).returncode == 3


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    path = scenario(tmp_path, GOOD)
    code = "from sailau.cli.main import main; main()"
    words = ("simulate", str(path), "--runs", "100000000", "--workers", "2", "--out", str(tmp_path / "o.parquet"))
    # A shell that starts tests in the background makes them deaf to Ctrl-C; the program under test must hear it.
    hears = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    command = [sys.executable, "-c", code, *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=hears) as running:
        time.sleep(4)
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=60)[1]
    assert running.returncode == 130
    kept = path.with_suffix(".partial.json")
    if not kept.is_file():  # stopped before the first block on a slow machine
        assert "interrupted" in said
        return
    assert f"--resume {kept}" in said and f"--workers 2 --out {tmp_path / 'o.parquet'} --runs 100000000" in said
    assert not (tmp_path / "o.parquet").exists()
    done = sum(part["runs"] for part in json.loads(kept.read_text())["parts"])
    assert 0 < done < 100_000_000
    again = sailau("simulate", str(path), "--runs", str(done + 10), "--resume", str(kept), "--json", cwd=tmp_path)
    assert json.loads(again.stdout)["runs"] == done + 10, again.stderr


def test_start_up_does_without_the_compiler() -> None:
    code = "import sys, sailau, sailau.cli.main; print(sorted({'numba', 'numpy', 'duckdb'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr
