"""What ConcreteSTV says of its small examples holds under the law of Australia's Senate that ships."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.peers import concretestv as peer
from tests.peers.shared import copy_of


@pytest.fixture
def copy() -> Path:
    return copy_of("ConcreteSTV", "examples", "SimpleExample.stv")


def test_the_simple_example_stage_by_stage(copy: Path) -> None:
    made = peer.counted(copy, "SimpleExample", {"x.rank.1": ("A1",)})
    assert made.elected == ("A1", "C1", "A2")
    assert made.stages[0].votes(made.stages[0].quota) == 61
    first, second, third, fourth = ({n: s.votes(v) for n, v in s.totals.items()} for s in made.stages[1:5])
    assert (first["A2"], first["P1"]) == (44, 24)
    assert second["C2"] == 49
    assert third["A2"] == 54
    assert fourth["A2"] == 58


@pytest.mark.parametrize(
    ("name", "winner", "loser"),
    [
        ("DummyFirstPreference2", "O", "P"),
        ("DummyFirstPreferenceAlternative2", "P", "O"),
        ("DummyFirstPreferenceAlternative", "P", "O"),
        ("DummyFirstPreference", "O", "P"),
        ("WinByGivingAwayVotes", "B", "C"),
        ("WinByGivingAwayVotesAlternative", "C", "B"),
    ],
)
def test_a_first_preference_for_nobody_changes_who_wins(copy: Path, name: str, winner: str, loser: str) -> None:
    made = peer.counted(copy, name)
    assert winner in made.elected
    assert loser not in made.elected


def test_four_quotas_do_not_make_four_seats(copy: Path) -> None:
    made = peer.counted(copy, "FourQuotasDoesntMeanFourSeats")
    assert set(made.elected) == {"A1", "A2", "A3", "B", "C"}


@pytest.mark.parametrize("order", ["B1 B2 B3 B4 B5 B6", "B6 B4 B2 B5 B3 B1"])
def test_five_quotas_do_not_make_four_seats(copy: Path, order: str) -> None:
    """The six equal surpluses of one stage pass on before that of A2, who is elected later; their order is drawn."""
    made = peer.counted(copy, "FiveQuotasDoesntMeanFourSeats", {"x.rank": tuple(order.split())})
    assert sum(who.startswith("A") for who in made.elected) == 3
