"""Seats in a matrix: known cases, ties, blocked patterns, and a second count that shares nothing but the votes."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from tests.seats.flow import room_for

from sailau.seats.averages import highest_averages
from sailau.seats.biproportional_matrix import biproportion
from sailau.seats.biproportional_proof import certify_blocked, certify_matrix
from sailau.seats.biproportional_result import Biproportion, Blocked
from sailau.terms.errors import CertificateError, Invalid, InvalidLaw, InvalidSeats, InvalidVotes

Votes = dict[str, dict[str, int]]

TOY = {"a": {"A": 123, "B": 912, "C": 312}, "b": {"A": 45, "B": 714, "C": 255}, "c": {"A": 815, "B": 414, "C": 215}}
TOY_SEATS = {"a": {"A": 1, "B": 4, "C": 2}, "b": {"A": 0, "B": 4, "C": 1}, "c": {"A": 4, "B": 3, "C": 1}}
SECOND = {"a": {"A": 51, "B": 60, "C": 63}, "b": {"A": 98, "B": 100, "C": 102}, "c": {"A": 45, "B": 120, "C": 144}}
SECOND_SEATS = {"a": {"A": 1, "B": 1, "C": 2}, "b": {"A": 2, "B": 2, "C": 1}, "c": {"A": 1, "B": 2, "C": 3}}
SQUARE = {"a": {"A": 10, "B": 10}, "b": {"A": 10, "B": 10}}


def toy() -> Biproportion:
    return biproportion(TOY, {"a": 7, "b": 5, "c": 8}, {"A": 5, "B": 11, "C": 4})


def test_published_toys() -> None:
    assert toy().seats == TOY_SEATS
    assert biproportion(SECOND, {"a": 4, "b": 5, "c": 6}, {"A": 4, "B": 5, "C": 6}).seats == SECOND_SEATS
    certify_matrix(toy())


def test_the_four_large_districts_of_uri_2020() -> None:
    votes = {
        "altdorf": {"cvp": 11471, "spgb": 11908, "fdp": 9213, "svp": 7756},
        "buerglen": {"cvp": 2822, "spgb": 1606, "fdp": 1567, "svp": 2945},
        "erstfeld": {"cvp": 2309, "spgb": 1705, "fdp": 946, "svp": 1573},
        "schattdorf": {"cvp": 4794, "spgb": 2600, "fdp": 2961, "svp": 3498},
    }
    districts = {"altdorf": 15, "buerglen": 7, "erstfeld": 6, "schattdorf": 9}
    official = {
        "altdorf": {"cvp": 5, "spgb": 4, "fdp": 3, "svp": 3},
        "buerglen": {"cvp": 2, "spgb": 1, "fdp": 1, "svp": 3},
        "erstfeld": {"cvp": 2, "spgb": 2, "fdp": 1, "svp": 1},
        "schattdorf": {"cvp": 3, "spgb": 2, "fdp": 2, "svp": 2},
    }
    parties = {p: sum(row[p] for row in official.values()) for p in ("cvp", "spgb", "fdp", "svp")}
    made = biproportion(votes, districts, parties)
    assert made.seats == official
    assert not made.tied


def test_the_order_of_names_changes_nothing() -> None:
    turned = {d: dict(reversed(row.items())) for d, row in reversed(TOY.items())}
    made = biproportion(turned, {"c": 8, "b": 5, "a": 7}, {"C": 4, "B": 11, "A": 5})
    assert made.seats == TOY_SEATS
    assert made.multipliers == toy().multipliers


def test_a_tied_matrix_does_not_depend_on_order_either() -> None:
    made = biproportion(SQUARE, {"a": 1, "b": 1}, {"A": 1, "B": 1})
    turned = {d: dict(reversed(row.items())) for d, row in reversed(SQUARE.items())}
    assert biproportion(turned, {"b": 1, "a": 1}, {"B": 1, "A": 1}).seats == made.seats


def test_a_district_and_a_party_with_one_name() -> None:
    votes = {"x": {"x": 60, "y": 40}, "y": {"x": 30, "y": 70}}
    made = biproportion(votes, {"x": 5, "y": 5}, {"x": 4, "y": 6})
    certify_matrix(made)
    assert made.seats == {"x": {"x": 3, "y": 2}, "y": {"x": 1, "y": 4}}


def test_votes_of_any_size() -> None:
    large = {d: {p: n * 10**15 for p, n in row.items()} for d, row in TOY.items()}
    assert biproportion(large, {"a": 7, "b": 5, "c": 8}, {"A": 5, "B": 11, "C": 4}).seats == TOY_SEATS
    beyond_float = {d: {p: n * 10**400 for p, n in row.items()} for d, row in TOY.items()}
    made = biproportion(beyond_float, {"a": 7, "b": 5, "c": 8}, {"A": 5, "B": 11, "C": 4})
    assert made.seats == TOY_SEATS
    certify_matrix(made)


def test_one_vote_in_10_to_the_30_decides() -> None:
    even = {"a": {"A": 10**30, "B": 10**30}, "b": {"A": 10**30, "B": 10**30}}
    assert biproportion(even, {"a": 1, "b": 1}, {"A": 1, "B": 1}).tied
    for district, party in (("a", "A"), ("a", "B"), ("b", "A"), ("b", "B")):
        votes = {d: {p: n + ((d, p) == (district, party)) for p, n in row.items()} for d, row in even.items()}
        made = biproportion(votes, {"a": 1, "b": 1}, {"A": 1, "B": 1})
        assert made.seats[district][party] == 1
        assert not made.tied
        certify_matrix(made)


def test_ties_are_reported_with_the_alternative() -> None:
    made = biproportion(SQUARE, {"a": 1, "b": 1}, {"A": 1, "B": 1})
    assert dict(made.tied) == {("a", "A"): 0, ("a", "B"): 0, ("b", "A"): 0, ("b", "B"): 0}
    other = made.other()
    assert other is not None
    assert other != made.seats
    certify_matrix(made)
    certify_matrix(replace(made, seats=other))
    assert toy().other() is None


def test_a_decision_fixes_one_cell_and_what_follows_from_it() -> None:
    made = biproportion(SQUARE, {"a": 1, "b": 1}, {"A": 1, "B": 1})
    for n in (0, 1):
        settled = made.settled({("a", "A"): n})
        assert settled.seats == {"a": {"A": n, "B": 1 - n}, "b": {"A": 1 - n, "B": n}}
        assert not settled.tied
    with pytest.raises(Invalid, match="cannot hold"):
        made.settled({("a", "A"): 1, ("b", "A"): 1})
    with pytest.raises(Invalid, match="holds 0 or 1 seats, not 2"):
        made.settled({("a", "A"): 2})
    with pytest.raises(Invalid, match="cannot hold 3 seats"):
        toy().settled({("a", "A"): 3})


def test_all_cells_equal_every_choice_can_be_decided() -> None:
    votes = {f"d{i:02}": {f"p{j}": 1000 for j in range(8)} for i in range(20)}
    districts = {d: 8 if i < 10 else 7 for i, d in enumerate(votes)}
    parties = {f"p{j}": 19 if j < 6 else 18 for j in range(8)}
    made = biproportion(votes, districts, parties)
    certify_matrix(made)
    assert len(made.tied) == 80  # the districts of eight seats give one to everybody
    rng = random.Random(4)
    decided: dict[tuple[str, str], int] = {}
    while made.tied:
        cell = rng.choice(sorted(made.tied))
        decided[cell] = made.tied[cell] + rng.randint(0, 1)
        made = made.settled({cell: decided[cell]})
        certify_matrix(replace(made, tied=biproportion(votes, districts, parties).tied), None)
    assert all(made.seats[d][p] == n for (d, p), n in decided.items())


def test_a_blocked_pattern_names_districts_and_parties() -> None:
    votes = {"a": {"A": 10, "B": 0, "C": 0}, "b": {"A": 10, "B": 20, "C": 0}, "c": {"A": 1, "B": 20, "C": 30}}
    districts, parties = {"a": 3, "b": 3, "c": 3}, {"A": 2, "B": 4, "C": 3}
    with pytest.raises(Blocked, match="a have votes only for A") as caught:
        biproportion(votes, districts, parties)
    assert (caught.value.districts, caught.value.parties) == (("a",), ("A",))
    assert (caught.value.need, caught.value.room) == (3, 2)
    certify_blocked(votes, districts, parties, caught.value)
    assert room_for(votes, districts, parties) == 8
    assert biproportion(votes, districts, {"A": 3, "B": 3, "C": 3}).seats["a"]["A"] == 3  # one seat more, and it fits


def test_a_district_without_votes_is_named() -> None:
    with pytest.raises(Blocked) as caught:
        biproportion({"a": {"A": 0, "B": 0}, "b": {"A": 1, "B": 1}}, {"a": 1, "b": 3}, {"A": 2, "B": 2})
    assert caught.value.districts == ("a",)


def test_a_party_with_votes_in_too_few_districts_is_named_from_either_side() -> None:
    votes = {"a": {"A": 5, "B": 5, "C": 5}, "b": {"A": 5, "B": 5, "C": 0}}
    districts, parties = {"a": 2, "b": 8}, {"A": 3, "B": 4, "C": 3}
    with pytest.raises(Blocked) as caught:
        biproportion(votes, districts, parties)
    assert (caught.value.districts, caught.value.parties) == (("b",), ("A", "B"))
    certify_blocked(votes, districts, parties, caught.value)


def test_the_least_number_of_a_cell_is_kept() -> None:
    districts, parties = {"a": 7, "b": 5, "c": 8}, {"A": 5, "B": 11, "C": 4}
    made = biproportion(TOY, districts, parties, least={"b": {"A": 1}})
    assert made.seats["b"]["A"] == 1
    certify_matrix(made)
    assert biproportion(TOY, districts, parties, least={"a": {"A": 1}}).seats == TOY_SEATS
    with pytest.raises(Blocked) as caught:
        biproportion(TOY, districts, {"A": 1, "B": 14, "C": 5}, least={"a": {"A": 1}, "b": {"A": 1}})
    assert caught.value.need > caught.value.room


@pytest.mark.parametrize("divisor", ["sainte_lague", "dhondt", "danish", "imperiali_divisor"])
def test_other_roundings(divisor: str) -> None:
    certify_matrix(biproportion(TOY, {"a": 7, "b": 5, "c": 8}, {"A": 5, "B": 11, "C": 4}, divisor=divisor))


def test_what_cannot_be_rounded_or_counted_is_refused() -> None:
    districts, parties = {"a": 1}, {"A": 1}
    with pytest.raises(InvalidLaw, match="adams"):
        biproportion({"a": {"A": 1}}, districts, parties, divisor="adams")
    with pytest.raises(InvalidLaw, match="huntington_hill"):
        biproportion({"a": {"A": 1}}, districts, parties, divisor="huntington_hill")
    with pytest.raises(InvalidSeats, match="both must add up"):
        biproportion({"a": {"A": 1}}, {"a": 2}, parties)
    with pytest.raises(InvalidVotes):
        biproportion({"a": {"A": -1}}, districts, parties)
    with pytest.raises(InvalidVotes, match="no line of votes"):
        biproportion({"b": {"A": 1}}, districts, parties)
    with pytest.raises(InvalidSeats, match="no votes there"):
        biproportion({"a": {"A": 1, "B": 0}}, districts, parties, least={"a": {"B": 1}})
    assert biproportion({"a": {"A": 1}}, {"a": 0}, {"A": 0}).seats == {"a": {"A": 0}}


def _wrong_matrices() -> list[Biproportion]:
    made = toy()
    seats = {d: dict(row) for d, row in made.seats.items()}
    swapped = {**seats, "a": {"A": 2, "B": 4, "C": 1}, "b": {"A": 0, "B": 3, "C": 2}, "c": {"A": 3, "B": 4, "C": 1}}
    missing = {**seats, "c": {"A": 4, "B": 3, "C": 0}}
    doubled = {p: 2 * b for p, b in made.multipliers[1].items()}
    return [
        replace(made, seats=swapped),
        replace(made, seats=missing),
        replace(made, multipliers=(made.multipliers[0], doubled)),
        replace(made, tied={("a", "A"): 1}),
        replace(biproportion(SQUARE, {"a": 1, "b": 1}, {"A": 1, "B": 1}), tied={}),
    ]


@pytest.mark.parametrize("wrong", _wrong_matrices())
def test_the_second_count_catches_a_wrong_matrix(wrong: Biproportion) -> None:
    with pytest.raises(CertificateError):
        certify_matrix(wrong)


def test_the_second_count_catches_a_wrong_reason() -> None:
    votes = {"a": {"A": 10, "B": 1}, "b": {"A": 10, "B": 20}}
    wrong = Blocked(("a",), ("A",), 3, 2)
    with pytest.raises(CertificateError, match="as well"):
        certify_blocked(votes, {"a": 3, "b": 1}, {"A": 2, "B": 2}, wrong)


def random_matrix(
    rng: random.Random, districts: int, parties: int, seats: int
) -> tuple[Votes, dict[str, int], dict[str, int]]:
    """Return votes of one of six kinds with sums of rows and columns in proportion, ties cut by name."""
    kind = rng.choice(["even", "spread", "sparse", "thin", "tied", "small"])
    weight = [rng.lognormvariate(0, 1) for _ in range(parties)]

    def cell(j: int) -> int:
        if kind == "spread":
            return int(10_000 * weight[j] * rng.lognormvariate(0, 0.5)) + 1
        if kind in ("sparse", "thin"):
            return rng.randint(1, 30_000) if rng.random() < (0.55 if kind == "sparse" else 0.25) else 0
        return {"even": rng.randint(1, 30_000), "tied": 100 * rng.randint(1, 4), "small": rng.randint(0, 9)}[kind]

    votes = {f"d{i:02}": {f"p{j}": cell(j) for j in range(parties)} for i in range(districts)}
    rows = {d: sum(row.values()) for d, row in votes.items()}
    columns = {f"p{j}": sum(row[f"p{j}"] for row in votes.values()) for j in range(parties)}
    if not any(rows.values()):
        return random_matrix(rng, districts, parties, seats)

    def shared(claims: dict[str, int]) -> dict[str, int]:
        return highest_averages(claims, seats, divisor="sainte_lague", ties=lambda tied, n: sorted(tied)[:n]).seats

    return votes, shared(rows), shared(columns)


def check_random(rng: random.Random, districts: int, parties: int, seats: int) -> str:
    """Count a random matrix, have it checked, and say how it ended."""
    votes, rows, columns = random_matrix(rng, districts, parties, seats)
    least = {}
    if rng.random() < 0.3:
        least = {
            d: {max(sorted(row), key=lambda p: row[p]): 1} for d, row in votes.items() if rows[d] and any(row.values())
        }
    try:
        made = biproportion(votes, rows, columns, least=least)
    except Blocked as error:
        certify_blocked(votes, rows, columns, error, least)
        assert least or room_for(votes, rows, columns) < seats
        return "blocked"
    certify_matrix(made)
    other = made.other()
    if other is not None:
        assert other != made.seats
        certify_matrix(replace(made, seats=other))
    return "tied" if made.tied else "one"


def test_random_small_matrices() -> None:
    rng = random.Random(1)
    ends = [check_random(rng, rng.randint(1, 6), rng.randint(1, 6), rng.randint(1, 25)) for _ in range(400)]
    assert min(ends.count(kind) for kind in ("blocked", "tied", "one")) > 5  # the draw reaches every kind of end


def test_random_large_matrices() -> None:
    rng = random.Random(2)
    ends = [check_random(rng, 20, 8, 150) for _ in range(40)]
    assert ends.count("one") > 10


def test_the_small_ones_equal_a_search_through_all_matrices() -> None:
    rng = random.Random(3)
    for _ in range(60):
        votes, rows, columns = random_matrix(rng, 3, 3, rng.randint(2, 6))
        best = _best(votes, rows, columns)
        try:
            made = biproportion(votes, rows, columns)
        except Blocked:
            assert not best
            continue
        assert made.seats in best
        assert bool(made.tied) == (len(best) > 1)


def _best(votes: Votes, rows: dict[str, int], columns: dict[str, int]) -> list[Votes]:
    """Return all matrices of greatest worth: the product of votes / (s - ½) over all seats."""
    worth: list[tuple[Fraction, Votes]] = []

    def fill(left: list[str], free: dict[str, int], seats: Votes, product: Fraction) -> None:
        if not left:
            worth.append((product, seats))
            return
        district = left[0]
        for a in range(rows[district] + 1):
            for b in range(rows[district] - a + 1):
                row = dict(zip(sorted(free), (a, b, rows[district] - a - b), strict=True))
                if any(n > free[p] or (n and not votes[district][p]) for p, n in row.items()):
                    continue
                gain = Fraction(1)
                for p, n in row.items():
                    for s in range(n):
                        gain *= Fraction(2 * votes[district][p], 2 * s + 1)
                fill(left[1:], {p: free[p] - row[p] for p in free}, {**seats, district: row}, product * gain)

    fill(sorted(rows), columns, {}, Fraction(1))
    top = max((value for value, _ in worth), default=None)
    return [seats for value, seats in worth if value == top]
