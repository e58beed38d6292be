"""Coalitions: minimal, smallest, connected; vetoes, cordons, and the way to relevance."""

from itertools import combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sailau.cli.main import app
from sailau.power import connected, distance_to_relevance, minimal_winning, minimum_size
from sailau.power.foremost import first_winning, n_minimal_winning
from sailau.power.games import InvalidGame

SEATS = {"left": 30, "greens": 15, "centre": 10, "right": 35, "far": 10}


def test_minimal_winning_coalitions() -> None:
    found = {frozenset(c) for c in minimal_winning(SEATS, 51)}
    assert frozenset({"left", "right"}) in found
    assert frozenset({"left", "greens", "centre"}) in found
    assert frozenset({"left", "right", "greens"}) not in found


@given(st.lists(st.integers(1, 9), min_size=1, max_size=7), st.data())
def test_they_are_all_there_are(numbers: list[int], data: st.DataObject) -> None:
    weights = {f"p{i}": n for i, n in enumerate(numbers)}
    majority = data.draw(st.integers(1, sum(numbers)))
    winning = [
        frozenset(c)
        for size in range(len(weights) + 1)
        for c in combinations(weights, size)
        if sum(weights[p] for p in c) >= majority
    ]
    minimal = {c for c in winning if not any(other < c for other in winning)}
    assert set(minimal_winning(weights, majority)) == minimal
    assert n_minimal_winning(weights, majority) == len(minimal)
    for most in (0, 1, 3, len(minimal), len(minimal) + 1):
        assert first_winning(weights, majority, most) == minimal_winning(weights, majority)[:most]


def test_a_house_of_a_hundred_equal_groups_is_counted_without_a_list() -> None:
    house = {f"p{i:03d}": 1 for i in range(100)}
    assert n_minimal_winning(house, 51) == comb(100, 51)
    assert first_winning(house, 51, 2) == [
        frozenset(sorted(house)[:51]),
        frozenset([*sorted(house)[:50], "p051"]),
    ]


def test_coalitions_of_a_house_of_forty_alliances_are_listed() -> None:
    done = CliRunner().invoke(app, ["coalitions", "ar/diputados/2017-10-22", "--most", "3"])
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[1].split("\t")[1:] == ["6", "64", "0"]
    assert "more; --most" in done.stderr


def test_a_cordon_and_an_exclusion() -> None:
    assert all("far" not in c for c in minimal_winning(SEATS, 51, excluded=["far"]))
    apart = minimal_winning(SEATS, 51, apart=[("left", "right")])
    assert not any({"left", "right"} <= c for c in apart)


def test_a_veto_player_is_in_every_coalition() -> None:
    found = minimal_winning(SEATS, 51, veto=["centre"])
    assert found
    assert all("centre" in c for c in found)


def test_the_smallest_and_the_connected() -> None:
    sizes = {sum(SEATS[p] for p in c) for c in minimum_size(SEATS, 51)}
    assert len(sizes) == 1
    assert min(sum(SEATS[p] for p in c) for c in minimal_winning(SEATS, 51)) in sizes
    line = ["left", "greens", "centre", "right", "far"]
    assert connected(SEATS, 51, order=line) == [
        frozenset({"centre", "far", "right"}),
        frozenset({"centre", "greens", "left"}),
        frozenset({"centre", "greens", "right"}),
    ]


def test_relevance_of_a_dominant_party() -> None:
    seats = {"amanat": 62, "auyl": 8, "respublica": 6, "aq_jol": 6, "qhp": 5, "nsdp": 4, "independent": 7}
    assert distance_to_relevance(seats, 50)["auyl"] == 13
    assert distance_to_relevance(seats, 66)["auyl"] == 0


def test_names_are_checked() -> None:
    with pytest.raises(InvalidGame, match="nobody is no player"):
        minimal_winning(SEATS, 51, veto=["nobody"])
    with pytest.raises(InvalidGame, match="order names every player"):
        connected(SEATS, 51, order=["left"])


def test_the_command_lists_the_smallest_and_names_the_players() -> None:
    run = CliRunner().invoke
    every = run(app, ["coalitions", "de/bundestag/2025-02-23"]).stdout.splitlines()[1:]
    smallest = run(app, ["coalitions", "de/bundestag/2025-02-23", "--smallest"]).stdout.splitlines()[1:]
    seats = [int(line.split("\t")[2]) for line in every]
    assert [int(line.split("\t")[2]) for line in smallest] == [min(seats)] * seats.count(min(seats))
    with pytest.raises(InvalidGame) as caught:
        minimal_winning(SEATS, 51, veto=["nobody"])
    assert "players: left, greens" in str(caught.value)
