"""Fixtures of interregnum that no list formula covers: all seats to one list, limited votes, places as points."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.peers.shared import copy_of

from sailau.seats.count import start
from sailau.seats.elect import Elect
from sailau.seats.points import Points
from sailau.terms.errors import DrawRequired
from sailau.terms.tally import Ballots, Tally

FIXTURES = Path("interregnum/tests/fixtures")


def fixture(name: str) -> dict[str, Any]:
    copy = copy_of("interregnum", *FIXTURES.parts)
    return dict(yaml.safe_load((copy / FIXTURES / name).read_text(encoding="utf-8")))


def elected(step: Any, ballots: Ballots, seats: int) -> dict[str, int]:
    tally = Tally({"x": ballots})
    return dict(step.apply(start(tally, ballots, "x", seats, {}, done={}, decisions={}, trail=())).placed)


@pytest.mark.parametrize("name", ["example1", "example2"])
def test_all_seats_to_the_list_with_the_most_votes(name: str) -> None:
    case = fixture(f"winner_takes_all/{name}.yaml")
    ballots = Ballots({"nation": dict(case["votes"])})
    assert elected(Elect(rule="ticket", cite="x"), ballots, case["seats"]) == dict(case["winners"])


@pytest.mark.parametrize("name", ["example1", "tie_deterministic"])
def test_the_most_votes_win_under_the_limited_vote(name: str) -> None:
    case = fixture(f"limited_voting/{name}.yaml")
    ballots = Ballots({"nation": dict(case["votes"])})
    assert set(elected(Elect(rule="plurality", cite="x"), ballots, case["seats"])) == set(case["winners"])


def test_equal_votes_for_the_last_seat_are_a_question() -> None:
    case = fixture("limited_voting/tie_non_deterministic.yaml")
    with pytest.raises(DrawRequired) as tie:
        elected(Elect(rule="plurality", cite="x"), Ballots({"nation": dict(case["votes"])}), case["seats"])
    assert {*tie.value.standing, *tie.value.options} == set(case["hopeful"])
    assert tie.value.options == ("C", "D")
    assert tie.value.outcomes() == [{"A": 1, "B": 1, "C": 1}, {"A": 1, "B": 1, "D": 1}]


def test_places_as_points() -> None:
    case = fixture("borda/wikipedia_capital.yaml")
    rankings = {tuple(ranking): n for n, ranking in case["votes"]}
    names = sorted({name for ranking in rankings for name in ranking})
    ballots = Ballots({"nation": dict.fromkeys(names, 0)}, rankings={"nation": rankings})
    assert elected(Points(scale="descending", cite="x"), ballots, case["seats"]) == dict.fromkeys(case["winners"], 1)
