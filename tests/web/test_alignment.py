"""Roll calls on the page: agreement and balance at once, positions from the worker, each as the library gives it."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.shared import Site

from sailau.align.read import read_rollcalls
from sailau.align.vote_balance import balance_of_votes
from sailau.web.rollcalls import anchors_in
from sailau.web.worker import Placing

BLOCS = {"L1": "LLLLL", "L2": "LLLLR", "M": "LLRRR", "R1": "RRRRR", "R2": "RRRRL"}


def calls() -> bytes:
    """Return roll calls of five voters over six sessions, on a line from L to R, the same titles in each."""
    rows = ["voter,item,session,title,vote"]
    for n in range(120):
        cut = n % 5
        for voter, sides in BLOCS.items():
            vote = "yes" if sides[cut] == "R" else "no"
            if n % 17 == 3 and voter == "M":
                vote = "abstain"
            rows.append(f"{voter},i{n},{1 + n // 20},on {'abcdefghijklmnopqrst'[n % 20] * 3},{vote}")
    return "\n".join(rows).encode() + b"\n"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def placed(site: Site, **fields: str) -> tuple[Placing, str]:
    """Start an estimate and return its task, and the page when it is over."""
    answer = site.upload("/alignment", calls(), "calls.csv", codes="words", **fields)
    assert answer.status == 303, re.findall(r'role="alert">(.*?)</div>', answer.text, re.DOTALL)
    where = answer.headers["location"]
    job = site.desk.jobs.get(where.rpartition("/")[2])
    until = time.monotonic() + 120
    while not job.is_over and time.monotonic() < until:
        time.sleep(0.05)
    return job.task, site.get(where).text


def test_positions_are_drawn_from_end_to_end(site: Site) -> None:
    task, page = placed(site, show="points", anchor="R1")
    assert task.anchors == {"R1": 1.0} and task.draws
    drawn = [name for name in re.findall(r"<title>(\w+): ", page) if name in BLOCS]
    assert drawn[0] in ("L1", "L2") and drawn[-1] in ("R1", "R2") and drawn[2] == "M", drawn
    assert "From L" in page


def test_positions_over_time_ask_for_what_ties_the_sessions(site: Site) -> None:
    _, loose = placed(site, show="paths", others="L1, M")
    assert 'role="alert"' in loose
    _, page = placed(site, show="paths", bridge="title", anchor="R1", others="L1, M")
    assert 'role="alert"' not in page and "<svg" in page


def test_balance_is_that_of_the_library(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(calls())
    (wanted,) = balance_of_votes(read_rollcalls(path, codes="words").calls, "M", ["L1", "R1"])
    page = site.upload("/alignment", calls(), codes="words", show="balance", voter="M", others="L1, R1").text
    shares = "; ".join(f"{pole} {float(share):.4f}" for pole, share in wanted.shares.items())
    assert shares in page
    alone = site.upload("/alignment", calls(), codes="words", show="balance", voter="M", others="L1")
    assert alone.status == 422


def test_what_cannot_be_placed_is_said(site: Site) -> None:
    wrong = site.upload("/alignment", calls(), codes="words", show="points", anchor="R1=far")
    assert wrong.status == 422 and "is not voter=number" in wrong.text
    _, page = placed(site, show="points", anchor="nobody")
    assert 'role="alert"' in page and "nobody" in page
    assert site.get("/alignment/nothing").status == 404
    assert anchors_in("RUS=-1, USA=1") == {"RUS": -1.0, "USA": 1.0}
