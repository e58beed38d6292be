"""Indices of power: published values to the fraction, the axioms, and a slow second count."""

import csv
from fractions import Fraction
from itertools import combinations, permutations
from math import comb
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.power import banzhaf, deegan_packel, holler, minimal_winning, owen, passage, shapley_shubik
from sailau.power import indices as by_packing
from sailau.power.counts import fits
from sailau.power.floats import banzhaf_chances, shapley_chances
from sailau.power.games import Game, InvalidGame, players

DATA = Path(__file__).resolve().parents[1] / "data" / "power"
INDICES = {"banzhaf": banzhaf, "shapley_shubik": shapley_shubik, "deegan_packel": deegan_packel, "holler": holler}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


GAMES = {
    row["game"]: (
        {part.split("=")[0]: int(part.split("=")[1]) for part in row["weights"].split(";")},
        int(row["majority"]),
    )
    for row in rows("games.csv")
}
VALUES = rows("values.csv")


@pytest.mark.parametrize("row", VALUES, ids=lambda row: f"{row['game']}-{row['index']}-{row['player']}")
def test_published_values(row: dict[str, str]) -> None:
    weights, majority = GAMES[row["game"]]
    if row["index"] == "passage":
        assert abs(passage(weights, majority) - Fraction(row["value"])) < Fraction(1, 10**6)
        return
    value = INDICES[row["index"]](weights, majority)[row["player"]]
    if "." in row["value"]:
        assert abs(value - Fraction(row["value"])) < Fraction(1, 10**6)
    else:
        assert value == Fraction(row["value"])


def test_the_security_council_has_210_minimal_winning_coalitions() -> None:
    assert len(minimal_winning(*GAMES["un_security_council"])) == 210


def test_the_electoral_college_of_2024() -> None:
    text = (
        "CA54 TX40 FL30 NY28 PA19 IL19 OH17 GA16 NC16 MI15 NJ14 VA13 WA12 AZ11 TN11 MA11 IN11 MO10 MD10 WI10 CO10 MN10 "
        "SC9 AL9 LA8 KY8 OR8 OK7 CT7 UT6 IA6 NV6 AR6 MS6 KS6 NM5 NE5 ID4 WV4 HI4 NH4 ME4 RI4 MT4 DE3 SD3 ND3 AK3 DC3 "
        "VT3 WY3"
    )
    weights = {part[:2]: int(part[2:]) for part in text.split()}
    assert sum(weights.values()) == 538
    power = banzhaf(weights, 270)
    assert [round(float(power[s]), 6) for s in ("CA", "TX", "WY")] == [0.110796, 0.076365, 0.005457]
    power = shapley_shubik(weights, 270)
    assert [round(float(power[s]), 6) for s in ("CA", "TX", "WY")] == [0.108037, 0.077428, 0.005402]


weights_of = st.lists(st.integers(0, 9), min_size=1, max_size=7).filter(any)


@st.composite
def games(draw: st.DrawFn) -> tuple[dict[str, int], int]:
    numbers = draw(weights_of)
    weights = {f"p{i}": n for i, n in enumerate(numbers)}
    return weights, draw(st.integers(1, sum(numbers)))


def slow_banzhaf(weights: dict[str, int], majority: int) -> dict[str, int]:
    out = dict.fromkeys(weights, 0)
    for size in range(len(weights) + 1):
        for coalition in combinations(weights, size):
            total = sum(weights[p] for p in coalition)
            for player in coalition:
                out[player] += total >= majority > total - weights[player]
    return out


def slow_shapley(weights: dict[str, int], majority: int) -> dict[str, Fraction]:
    out = dict.fromkeys(weights, Fraction(0))
    orders = list(permutations(weights))
    for order in orders:
        total = 0
        for player in order:
            total += weights[player]
            if total >= majority:
                out[player] += Fraction(1, len(orders))
                break
    return out


@given(games())
def test_banzhaf_equals_counting_all_coalitions(game: tuple[dict[str, int], int]) -> None:
    counted = slow_banzhaf(*game)
    total = sum(counted.values())
    assert banzhaf(*game) == {p: Fraction(n, total) for p, n in counted.items()}


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any), st.data())
def test_shapley_equals_walking_all_orders(numbers: list[int], data: st.DataObject) -> None:
    weights = {f"p{i}": n for i, n in enumerate(numbers)}
    majority = data.draw(st.integers(1, sum(numbers)))
    assert shapley_shubik(weights, majority) == slow_shapley(weights, majority)


@given(games())
def test_axioms(game: tuple[dict[str, int], int]) -> None:
    weights, majority = game
    for index in (banzhaf, shapley_shubik):
        power = index(weights, majority)
        assert sum(power.values()) == 1
        assert all(power[p] == 0 for p, w in weights.items() if w == 0)
        for a in weights:
            for b in weights:
                if weights[a] == weights[b]:
                    assert power[a] == power[b]
                elif weights[a] > weights[b]:
                    assert power[a] >= power[b]
    for share in (deegan_packel, holler):
        assert sum(share(weights, majority).values()) == 1


def test_holler_and_deegan_packel_are_not_monotone() -> None:
    weights, majority = GAMES["eec_1958"]
    assert holler(weights, majority)["DE"] == holler(weights, majority)["BE"]
    many = {"a": 5, "b": 4, "c": 1, "d": 1, "e": 1}
    power = deegan_packel(many, 9)
    assert power["b"] >= power["c"]
    assert sum(power.values()) == 1


@given(games())
def test_floats_stay_inside_the_bound(game: tuple[dict[str, int], int]) -> None:
    weights, majority = game
    bound = Fraction(len(weights) * 3 + majority + 8, 2**52)
    pairs = [
        (banzhaf(weights, majority, absolute=True, exact=True), banzhaf_chances(Game.of((weights, majority)))),
        (shapley_shubik(weights, majority, exact=True), shapley_chances(Game.of((weights, majority)))),
    ]
    for exact, rough in pairs:
        for player in weights:
            assert abs(exact[player] - Fraction(rough[player])) <= 4 * bound * exact[player]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=64).filter(any), st.data())
def test_counts_in_64_bits_equal_packed_integers(numbers: list[int], data: st.DataObject) -> None:
    weights = {f"p{i}": n for i, n in enumerate(numbers)}
    majority = data.draw(st.integers(1, sum(numbers)))
    fast = banzhaf(weights, majority, absolute=True), shapley_shubik(weights, majority)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(by_packing, "fits", lambda *_, **__: False)
        assert fast == (banzhaf(weights, majority, absolute=True), shapley_shubik(weights, majority))


def test_64_equal_players_are_the_limit_of_64_bits() -> None:
    """The largest counts there are, C(63, 31) and more: a wrong width would overflow here."""
    equal = {f"p{i}": 1 for i in range(64)}
    assert set(shapley_shubik(equal, 32).values()) == {Fraction(1, 64)}
    assert banzhaf(equal, 32, absolute=True)["p0"] == Fraction(comb(63, 31), 2**63)


@given(games(), st.integers(1, 3))
def test_a_second_condition_that_repeats_the_first_changes_nothing(game: tuple[dict[str, int], int], k: int) -> None:
    weights, majority = game
    twice = Game.of((weights, majority), ({p: w * k for p, w in weights.items()}, majority * k))
    assert banzhaf(twice) == banzhaf(weights, majority)
    assert shapley_shubik(twice) == shapley_shubik(weights, majority)
    assert passage(twice) == passage(weights, majority)


def test_a_condition_of_members_takes_power_from_the_large() -> None:
    weights = {"a": 6, "b": 2, "c": 2}
    both = Game.of((weights, 6), (dict.fromkeys(weights, 1), 2))
    assert banzhaf(weights, 6)["a"] == 1
    assert banzhaf(both) == {"a": Fraction(3, 5), "b": Fraction(1, 5), "c": Fraction(1, 5)}


@given(games())
def test_owen_without_unions_and_with_one_is_shapley(game: tuple[dict[str, int], int]) -> None:
    weights, majority = game
    expected = shapley_shubik(weights, majority)
    assert owen(weights, majority, unions=[]) == expected
    assert owen(weights, majority, unions=[list(weights)]) == expected


@pytest.mark.parametrize(
    ("weights", "majority", "word"),
    [
        ({}, 1, "players"),
        ({"a": -1, "b": 2}, 1, "a:"),
        ({"a": 1.5}, 1, "a:"),
        ({"a": 1, "b": 1}, 3, "nobody can win"),
        ({"a": 1, "b": 1}, 0, "majority of 0"),
        ({"a": 0, "b": 0}, 1, "nobody can win"),
    ],
)
def test_what_is_no_game_is_refused(weights: dict[str, int], majority: int, word: str) -> None:
    with pytest.raises(InvalidGame, match=word):
        banzhaf(weights, majority)


def test_unions_are_checked() -> None:
    with pytest.raises(InvalidGame, match="two unions"):
        owen({"a": 1, "b": 1}, 2, unions=[["a"], ["a", "b"]])
    with pytest.raises(InvalidGame, match="no player"):
        owen({"a": 1, "b": 1}, 2, unions=[["z"]])


def test_independents_of_a_house_vote_one_by_one() -> None:
    assert players({"a": 5, "independent": 2, "b": 0}) == {"a": 5, "independent_1": 1, "independent_2": 1}
    assert players({"a": 5, "independent": 1}) == {"a": 5, "independent": 1}


def test_how_many_players_are_counted_in_64_bits() -> None:
    assert fits(64, 4_000_000, by_members=False) and not fits(64, 4_000_001, by_members=False)
    assert fits(64, 4_000_000 // 65, by_members=True) and not fits(64, 4_000_000 // 65 + 1, by_members=True)
    assert not fits(65, 1, by_members=False)


def test_a_game_is_about_players_of_all_its_conditions() -> None:
    with pytest.raises(InvalidGame, match="a game needs weights and a majority"):
        Game.of()
    with pytest.raises(InvalidGame, match="a game needs players"):
        Game.of(({}, 1))
    with pytest.raises(InvalidGame, match="not in all of them: b, c"):
        Game.of(({"a": 1, "b": 1}, 2), ({"a": 1, "c": 1}, 2))
    with pytest.raises(InvalidGame, match="x is no player of this game"):
        owen({"a": 2, "b": 1}, 2, unions=[("a", "x")])
    with pytest.raises(InvalidGame, match="a is in two unions of this game"):
        owen({"a": 2, "b": 1}, 2, unions=[("a",), ("a", "b")])
