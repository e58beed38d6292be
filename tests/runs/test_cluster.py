"""A cluster counts what one machine counts, byte for byte, whoever dies; nobody there is one clear error."""

import gc
import json
import os
import signal
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import sailau as sl
from sailau.runs import cluster as module
from sailau.terms.errors import Invalid
from sailau.terms.tally import Tally

NOISE = sl.LogisticNormal(sd="0.158", correlation="0.2")
SCENARIO = Path(sl.__file__).parents[2] / "examples/scenarios/kz-2023.yaml"


@pytest.fixture(scope="module")
def law() -> sl.Law:
    return sl.load_law("kz/mazhilis", on="2023-03-19")


@pytest.fixture(scope="module")
def votes() -> Tally:
    return sl.load_election("kz/mazhilis/2023-03-19").tally


@pytest.fixture(scope="module")
def machines() -> Iterator[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import distributed

        made = distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50)
    yield made
    made.close()


@pytest.fixture(scope="module", autouse=True)
def sockets_of_the_library_end_here() -> Iterator[None]:
    """Collect what the library leaves open while its warnings are unheard, so that no later test hears them."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()


@pytest.fixture(autouse=True)
def short_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TASK", 0.02)


def test_a_worker_that_is_killed_loses_nothing(law: sl.Law, votes: Tally, machines: Any) -> None:
    once = sl.simulate(law, votes, noise=NOISE, n=160_000, seed=7).summary.to_json()
    victims = [worker.pid for worker in machines.workers.values()]
    assert all(victims)
    killed: list[int] = []

    def kill(done: int, _: int) -> None:
        if not killed and done > 20_000:
            killed.append(victims[0])
            os.kill(victims[0], signal.SIGKILL)

    runs = sl.simulate(
        law,
        votes,
        noise=NOISE,
        n=160_000,
        seed=7,
        block=2000,
        every=0,
        progress=kill,
        cluster=machines.scheduler_address,
    )
    assert killed and runs.is_complete
    assert runs.summary.to_json() == once


def test_a_stop_keeps_the_first_part_and_a_resumed_run_ends_the_same(
    law: sl.Law, votes: Tally, machines: Any, tmp_path: Path
) -> None:
    address = machines.scheduler_address
    steps = sl.watch(law, votes, noise=NOISE, n=90_000, seed=3, block=2000, every=0, cluster=address)
    for runs in steps:
        if runs.summary.runs >= 30_000:
            break
    steps.close()
    assert 30_000 <= steps.now.summary.runs < 90_000
    steps.now.save(tmp_path / "kept.json")
    rest = sl.simulate(law, votes, noise=NOISE, n=90_000, seed=3, resume=tmp_path / "kept.json", cluster=address)
    assert rest.summary.to_json() == sl.simulate(law, votes, noise=NOISE, n=90_000, seed=3).summary.to_json()


def test_draws_come_back_only_when_asked_for(law: sl.Law, votes: Tally, machines: Any) -> None:
    address = machines.scheduler_address
    here = sl.simulate(law, votes, noise=NOISE, n=9000, seed=3, keep_draws=True)
    there = sl.simulate(law, votes, noise=NOISE, n=9000, seed=3, keep_draws=True, cluster=address)
    assert here.draws is not None and there.draws is not None and (here.draws == there.draws).all()
    sent = []
    for summary, seats in module.on_cluster(here.job, 0, 9000, address, 2, size=2000, keep_draws=False):
        sent.append(seats)
        assert summary.runs
    assert sent and all(seats is None for seats in sent)


def test_scattered_points_and_laws_counted_one_by_one_run_there_too(law: sl.Law, votes: Tally, machines: Any) -> None:
    address = machines.scheduler_address
    here = sl.simulate(law, votes, noise=NOISE, n=16 * 512, seed=3, points="sobol")
    there = sl.simulate(law, votes, noise=NOISE, n=16 * 512, seed=3, points="sobol", cluster=address, block=200)
    assert [part.to_json() for part in here.parts] == [part.to_json() for part in there.parts]
    slow = law.replace({"list.allocate.excess": "smallest_remainder"})
    one = sl.simulate(slow, votes, noise=NOISE, n=300, seed=3)
    assert one.job.plan.how == "one by one"
    two = sl.simulate(slow, votes, noise=NOISE, n=300, seed=3, cluster=address, block=20)
    assert one.summary.to_json() == two.summary.to_json()


def test_nobody_at_the_address_is_one_clear_error(law: sl.Law, votes: Tally, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT", "1s")
    with pytest.raises(Invalid, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        sl.simulate(law, votes, noise=NOISE, n=10, seed=3, cluster="tcp://127.0.0.1:9")
    with pytest.raises(Invalid, match="no Dask scheduler answers at nonsense"):
        sl.simulate(law, votes, noise=NOISE, n=10, seed=3, cluster="nonsense://x")


def test_the_command_runs_a_local_cluster(tmp_path: Path) -> None:
    code = "from sailau.cli.main import main; main()"
    words = ("simulate", str(SCENARIO), "--runs", "20000", "--json", "--cluster", "local")
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, cwd=tmp_path, timeout=300
    )
    assert done.returncode == 0, done.stderr
    here = sl.read_scenario(SCENARIO).run(runs=20_000).summary
    said = json.loads(done.stdout)["histogram"]
    assert said == {party: list(line) for party, line in zip(here.parties, here.histogram, strict=True)}
