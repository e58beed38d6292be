"""Curves and paths: what stands in them is what was measured; what cannot be drawn is refused."""

import re
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from sailau.align.ideal.estimate import ideal_points
from sailau.align.problems import NotComparable
from sailau.align.rollcalls import Item, RollCalls
from sailau.cli.main import app
from sailau.plots.curve import ideal_paths, seats_votes_curve
from sailau.plots.style import Style
from sailau.records.library import load_election
from sailau.runs.measured import seats_for_votes
from sailau.runs.replay import replay
from sailau.terms.errors import Invalid


def calls(n: int = 120, voters: int = 15) -> RollCalls:
    rng = np.random.default_rng(3)
    truth = np.linspace(-2, 2, voters)
    utility = rng.normal(0, 1.5, n) * (truth[:, None] - rng.normal(size=n)) + rng.normal(size=(voters, n))
    votes = np.where(utility > 0, 2, 0).astype(np.int8)
    items = tuple(Item(str(k), session=str(k // 60)) for k in range(n))
    return RollCalls(tuple(f"v{k:02d}" for k in range(voters)), items, votes)


def test_the_curve_passes_through_the_result_and_never_falls() -> None:
    found = seats_for_votes(replay(load_election("gb/commons/2024-07-04")))
    votes, seats = np.array(found.points).T
    assert (np.diff(seats) >= 0).all() and seats[0] == 0 and seats[-1] == 1
    assert np.interp(found.actual[0], votes, seats) == pytest.approx(found.actual[1], abs=0.01)
    picture = seats_votes_curve(found.points, Style("T"), actual=found.actual, party="lab")
    assert f"{found.actual[0]:.1%} of votes, {found.actual[1]:.1%} of seats" in picture


def test_no_curve_without_single_member_districts() -> None:
    with pytest.raises(Invalid, match="single-member"):
        seats_for_votes(replay(load_election("kz/mazhilis/2023-03-19")))


def test_paths_need_bridges() -> None:
    bridges = {str(k): str(k % 60) for k in (*range(6), *range(60, 66))}
    found = ideal_points(calls(), dynamic=True, anchors={"v14": 1}, bridges=bridges)
    picture = ideal_paths(found, ["v00", "v14"], level=0.9)
    assert picture.count("<polygon") == 2 and "v14 from" in picture
    with pytest.raises(NotComparable):
        ideal_paths(ideal_points(calls(), dynamic=True, anchors={"v14": 1}), ["v00"], level=0.9)


def test_the_commands(tmp_path: Path) -> None:
    run = CliRunner().invoke
    out = tmp_path / "curve.svg"
    assert run(app, ["plot", "curve", "gb/commons/2024-07-04", "-o", str(out)]).exit_code == 0
    assert re.search(r"lab against con in \d+ districts", out.read_text(encoding="utf-8"))
    many = calls()
    rows = [
        f"{voter},{item.id},{('no', 'abstain', 'yes')[many.votes[i, k]]},{item.session},b{k % 60}"
        for i, voter in enumerate(many.voters)
        for k, item in enumerate(many.items)
    ]
    votes = tmp_path / "votes.csv"
    votes.write_text("\n".join(["voter,item,vote,session,bridge", *rows]), encoding="utf-8")
    given = ["align", "points", str(votes), "--dynamic", "--bridge", "items", "-o", str(tmp_path / "paths.svg")]
    assert run(app, [*given, "--voter", "v00,v14"]).exit_code == 0
    assert "v00" in (tmp_path / "paths.svg").read_text(encoding="utf-8")
    refused = run(app, given)
    assert refused.exit_code == 2 and "--voter" in refused.output


def test_equal_independents_are_one_bar(tmp_path: Path) -> None:
    out = tmp_path / "power.svg"
    CliRunner().invoke(app, ["plot", "power", "kz/mazhilis/2023-03-19", "-o", str(out)])
    picture = out.read_text(encoding="utf-8")
    assert "Independents, each of 7" in picture and "independent_2" not in picture
