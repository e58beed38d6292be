"""Long work: progress, a stop that works at once, what was done by then, limits, and a clean end."""

import json
import time
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from tests.web.shared import KZ, Site

import sailau as sl
from sailau.web.jobs import Job, Jobs
from sailau.web.problems import Refused
from sailau.web.worker import Simulation


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def over(site: Site, key: str) -> Any:
    for _ in range(3000):
        state = site.get(f"/api/jobs/{key}").json()
        if state["state"] in ("done", "stopped", "failed"):
            return state
        time.sleep(0.02)
    raise AssertionError(state)


def test_a_simulation_is_that_of_the_library(site: Site) -> None:
    question = {"election": KZ, "model": "swing", "sd": "3%", "runs": 3000, "seed": 7}
    started = site.post("/api/jobs", question)
    assert started.status == 202
    key = started.json()["id"]
    assert over(site, key)["done"] == 3000
    given = site.get(f"/api/jobs/{key}/result").json()
    election = sl.load_election(KZ)
    law = sl.load_law("kz/mazhilis", on=election.day)
    wanted = sl.simulate(law, election.tally, noise=sl.Swing(sd="3%"), n=3000, seed=7)
    for party, line in zip(wanted.parties, wanted.summary.histogram, strict=True):
        assert given["histogram"][party] == list(line), party


def test_progress_is_told_until_the_end(site: Site) -> None:
    key = site.post("/api/jobs", {"election": KZ, "runs": 200_000, "seed": 1}).json()["id"]
    told = [json.loads(line[6:]) for line in site.get(f"/api/jobs/{key}/events").text.splitlines() if line]
    assert told[-1]["state"] == "done" and told[-1]["done"] == 200_000
    assert [state["done"] for state in told] == sorted(state["done"] for state in told)


def test_a_stop_keeps_what_was_done(site: Site) -> None:
    key = site.post("/api/jobs", {"election": KZ, "runs": 10_000_000, "seed": 3}).json()["id"]
    while not site.get(f"/api/jobs/{key}").json()["done"]:
        time.sleep(0.02)
    stopped = _stop(site, key)
    assert stopped["state"] == "stopped" and 0 < stopped["done"] < 10_000_000
    result = site.get(f"/api/jobs/{key}/result").json()
    assert result["runs"] == stopped["done"]
    assert sum(result["histogram"]["amanat"]) == result["decided"]


def test_work_that_does_not_listen_is_ended_and_the_next_is_done(site: Site) -> None:
    stuck = site.desk.jobs.submit("stuck", Stuck(), "test")
    while stuck.started is None:
        time.sleep(0.02)
    site.desk.jobs.stop(stuck.id)
    for _ in range(200):
        if stuck.is_over:
            break
        time.sleep(0.02)
    assert stuck.state == "stopped"
    key = site.post("/api/jobs", {"election": KZ, "runs": 100, "seed": 1}).json()["id"]
    assert over(site, key)["state"] == "done"


def test_a_fault_in_the_work_is_told_in_words(site: Site) -> None:
    key = site.post("/api/jobs", {"election": KZ, "runs": 10, "sd": "-3%"})
    assert key.status == 422 and "sd" in key.json()["detail"]
    broken = site.desk.jobs.submit("broken", Broken(), "test")
    for _ in range(500):
        if broken.is_over:
            break
        time.sleep(0.02)
    assert broken.state == "failed" and broken.problem.detail == "ZeroDivisionError: integer division or modulo by zero"


def test_one_client_cannot_have_more_than_its_share() -> None:
    jobs = Jobs(each=2)
    task = _simulation(10_000_000)
    kept = [jobs.submit("simulate", task, "one") for _ in range(2)]
    with pytest.raises(Refused) as refused:
        jobs.submit("simulate", task, "one")
    assert refused.value.status == 429
    other = jobs.submit("simulate", task, "another")
    for job in (*kept, other):
        jobs.stop(job.id)
    jobs.close()


def test_nothing_is_left_when_the_server_ends() -> None:
    jobs = Jobs(each=2)
    job: Job = jobs.submit("simulate", _simulation(10_000_000), "one")
    while job.started is None:
        time.sleep(0.02)
    process = jobs._process
    jobs.close()
    assert process is not None and not process.is_alive()
    assert jobs._thread is None or not jobs._thread.is_alive()


def test_an_unknown_job_is_not_found(site: Site) -> None:
    for address in ("/api/jobs/nothing", "/api/jobs/nothing/result", "/api/jobs/nothing/events", "/simulate/nothing"):
        assert site.get(address).status == 404, address


def _stop(site: Site, key: str) -> Any:
    from sailau.web.ask import ask

    return ask(site.app, f"/api/jobs/{key}", method="DELETE").json()


def _simulation(n: int) -> Simulation:
    election = sl.load_election(KZ)
    law = sl.load_law("kz/mazhilis", on=election.day)
    return Simulation(law, election.tally, sl.Swing(sd=Fraction(3, 100)), n, 1)


class Stuck:
    """Work that never looks up."""

    total = 1

    def run(self, _: object) -> tuple[int, object]:
        time.sleep(60)
        return 1, None


class Broken:
    """Work with a fault."""

    total = 1

    def run(self, _: object) -> tuple[int, object]:
        return 1 // 0, None
