from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from sailau.seats.remainders import largest_remainder, whole_quotas
from sailau.terms.errors import DrawRequired, InvalidVotes, LawSilent, NotFound
from sailau.terms.quota import QUOTAS, quota_named

TEN_SEATS = {"A": 47_000, "B": 16_000, "C": 15_800, "D": 12_000, "E": 6_100, "F": 3_100}
LISTS_2023 = {"amanat": 3431510, "auyl": 693938, "respublica": 547154, "aq_jol": 535139, "qhp": 432920, "nsdp": 331058}


def seats(votes: dict[str, int], n: int, quota: str = "hare") -> list[int]:
    return list(largest_remainder(votes, n, quota=quota).seats.values())


@pytest.mark.parametrize("quota", QUOTAS)
def test_ten_seats_by_every_quota(quota: str) -> None:
    hare = quota.startswith("hare") and "bischoff" not in quota
    assert seats(TEN_SEATS, 10, quota) == ([5, 2, 1, 1, 1, 0] if hare else [5, 2, 2, 1, 0, 0])


@pytest.mark.parametrize(
    ("quota", "price"),
    [
        ("hare", Fraction(1003, 10)),
        ("droop", 92),
        ("hagenbach_bischoff", Fraction(1003, 11)),
        ("imperiali_quota", Fraction(1003, 12)),
        ("hare_rounded_down", 100),
        ("hare_rounded_up", 101),
        ("hare_rounded", 100),
        ("hare_rounded_half_down", 100),
        ("hagenbach_bischoff_rounded_down", 91),
        ("hagenbach_bischoff_rounded_up", 92),
        ("hagenbach_bischoff_rounded", 91),
        ("imperiali_quota_rounded_down", 83),
        ("imperiali_quota_rounded_up", 84),
        ("imperiali_quota_rounded", 84),
    ],
)
def test_the_price_of_a_seat(quota: str, price: Fraction) -> None:
    assert QUOTAS[quota](1003, 10) == price


def test_halves_are_rounded_as_the_law_says() -> None:
    """Brazil neglects a fraction of one half (Código Eleitoral, art. 106)."""
    assert QUOTAS["hare_rounded"](25, 10) == 3
    assert QUOTAS["hare_rounded_half_down"](25, 10) == 2
    assert QUOTAS["hare_rounded"](26, 10) == QUOTAS["hare_rounded_half_down"](26, 10) == 3


def test_droop_is_one_more_where_the_division_is_whole() -> None:
    assert QUOTAS["droop"](110, 10) == 11
    assert QUOTAS["hagenbach_bischoff_rounded_up"](110, 10) == 10


@pytest.mark.parametrize(
    ("votes", "n", "official", "droop"),
    [
        ([1622895, 932549, 663351, 590184], 10, [4, 2, 2, 2], [4, 2, 2, 2]),
        ([6061, 1204, 1138, 707], 10, [7, 1, 1, 1], [7, 1, 1, 1]),
        ([5247720], 98, [98], [98]),
        ([5621436, 518405, 498788], 98, [83, 8, 7], [84, 7, 7]),
        ([6183757, 540406, 537123], 98, [84, 7, 7], [84, 7, 7]),
        ([5148074, 792828, 659019], 98, [76, 12, 10], [77, 12, 9]),
        (list(LISTS_2023.values()), 69, [40, 8, 6, 6, 5, 4], [40, 8, 6, 6, 5, 4]),
    ],
    ids=["1999", "2004", "2007", "2012", "2016", "2021", "2023"],
)
def test_the_mazhilis_by_hare_and_droop(votes: list[int], n: int, official: list[int], droop: list[int]) -> None:
    ballots = {f"list_{i}": v for i, v in enumerate(votes)}
    assert seats(ballots, n) == official
    assert seats(ballots, n, "droop") == droop


@pytest.mark.parametrize(
    ("votes", "n", "expected"),
    [
        (list(LISTS_2023.values()), 98, [56, 11, 9, 9, 7, 6]),
        (list(LISTS_2023.values())[:4], 98, [65, 13, 10, 10]),
        ([*LISTS_2023.values(), 146431], 98, [55, 11, 9, 9, 7, 5, 2]),
        ([*LISTS_2023.values(), 146431], 69, [39, 8, 6, 6, 5, 4, 1]),
        (list(LISTS_2023.values()), 145, [83, 17, 13, 13, 11, 8]),
        ([5148074, 792828, 659019, 383023], 98, [72, 11, 9, 6]),
        ([5148074, 792828, 659019, 383023], 145, [107, 16, 14, 8]),
        ([5247720, 269310, 183346, 89855, 76799, 46436, 22159], 98, [87, 4, 3, 2, 1, 1, 0]),
    ],
)
def test_counterfactuals_on_official_votes(votes: list[int], n: int, expected: list[int]) -> None:
    """Other houses and bars on the votes of 2007, 2021 and 2023 (dossier, § 3.9)."""
    assert seats({f"list_{i}": v for i, v in enumerate(votes)}, n) == expected


def test_qhp_2023_passed_the_whole_number_by_187_votes() -> None:
    """Five quotas are 432,733 6/23 votes (dossier, § 3.1)."""
    whole, _, left = whole_quotas(LISTS_2023, 69, quota_named("hare"))
    price = QUOTAS["hare"](sum(LISTS_2023.values()), 69)
    assert (5 * price, whole["qhp"], left) == (Fraction(29858595, 69), 5, 2)
    assert int(432_920 - 5 * price) == 186  # and 17/23: 187, rounded
    moved = LISTS_2023 | {"qhp": 432_920 - 187, "amanat": 3_431_510 + 187}
    assert whole_quotas(moved, 69, quota_named("hare"))[0]["qhp"] == 4
    assert largest_remainder(moved, 69).seats["qhp"] == 5  # the seat comes back as the largest remainder
    assert largest_remainder(moved, 69).remainder_seats[0] == "qhp"


def test_aist_2004_had_its_seat_by_remainder() -> None:
    made = largest_remainder({"otan": 6061, "aq_jol": 1204, "asar": 1138, "aist": 707}, 10)
    assert made.remainder_seats == ("aist", "otan")
    proof = made.certificate()
    assert (proof.quota, proof.lowest, proof.highest) == (911, Fraction(595, 911), Fraction(293, 911))


@pytest.mark.parametrize(
    ("votes", "n", "last", "following", "margin"),
    [
        ([1622895, 932549, 663351, 590184], 10, ".549", ".448", 38_533),
        ([5621436, 518405, 498788], 98, ".653", ".363", 19_617),
        ([6183757, 540406, 537123], 98, ".457", ".293", 12_150),
        ([5148074, 792828, 659019], 98, ".772", ".442", 22_253),
        (list(LISTS_2023.values()), 69, ".649", ".322", 28_316),
    ],
)
def test_margins_of_the_last_seat(votes: list[int], n: int, last: str, following: str, margin: int) -> None:
    """Lowest remainder that won, highest that lost, and their distance in votes (dossier, § 3.1)."""
    proof = largest_remainder({f"list_{i}": v for i, v in enumerate(votes)}, n).certificate()
    assert f"{float(proof.lowest):.3f}".lstrip("0") == last
    assert f"{float(proof.highest):.3f}".lstrip("0") == following
    assert round((proof.lowest - proof.highest) * proof.quota) == margin


def test_imperiali_gives_out_more_seats_than_there_are() -> None:
    """Two lists hold ten and two quotas between them; their fractions cannot take both away."""
    with pytest.raises(LawSilent, match="gives out 12 seats by whole quotas, but there are 10"):
        largest_remainder({"a": 700, "b": 500}, 10, quota="imperiali_quota")
    with pytest.raises(LawSilent, match="gives out 8 seats"):
        largest_remainder({"a": 1000}, 7, quota="hagenbach_bischoff")


def test_a_quota_rounded_to_0_is_refused() -> None:
    with pytest.raises(LawSilent, match="is 0 votes a seat"):
        largest_remainder({"a": 2, "b": 1}, 7, quota="hare_rounded_down")
    assert seats({"a": 2, "b": 1}, 7) == [5, 2]


def test_more_seats_left_than_remainders() -> None:
    with pytest.raises(LawSilent, match="more than the 2 remainders"):
        largest_remainder({"a": 2, "b": 1, "c": 0}, 7, quota="droop")


def test_a_list_without_votes_has_no_remainder() -> None:
    """The quota is 2 and both remainders are 0: the seat left is between those who have votes."""
    with pytest.raises(DrawRequired) as tie:
        largest_remainder({"a": 2, "b": 2, "c": 0}, 3, quota="droop")
    assert tie.value.tied == ("a", "b")


@pytest.mark.parametrize("n", [0, 1, 5])
def test_without_votes_no_quota(n: int) -> None:
    if n:
        with pytest.raises(InvalidVotes):
            largest_remainder({"a": 0, "b": 0}, n)
    else:
        assert seats({"a": 0, "b": 0}, n) == [0, 0]


def test_an_empty_house_has_a_certificate_without_quota() -> None:
    assert largest_remainder({"a": 3, "b": 2}, 0).certificate().quota is None


def test_remainder_seats_stand_in_order_of_rank_whatever_the_input_order() -> None:
    votes = {"d": 5, "b": 18, "a": 18, "c": 9}
    made = [largest_remainder(dict(order), 5) for order in permutations(votes.items())]
    assert {m.remainder_seats for m in made} == {("c", "a", "b")}


def test_an_unknown_quota_names_the_nearest() -> None:
    with pytest.raises(NotFound) as fault:
        largest_remainder({"a": 1}, 1, quota="hare_quota")
    assert "hare" in fault.value.near


def test_rounding_breaks_homogeneity() -> None:
    """Seven times the votes, another outcome: the quota of 5 votes is 2 instead of 5/4, that of 35 is 9 for 35/4."""
    assert seats({"a": 1, "b": 4}, 3, "droop") == [1, 2]
    assert seats({"a": 7, "b": 28}, 3, "droop") == [0, 3]
