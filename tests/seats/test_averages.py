from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.averages import award_order, highest_averages
from sailau.seats.certify import certify
from sailau.terms.divisor import DIVISORS, divisor_named
from sailau.terms.errors import DrawRequired, InvalidLaw, InvalidSeats, InvalidVotes, LawSilent, NotFound

HUNTINGTON = {"A": 9061, "B": 7179, "C": 5259, "D": 3319, "E": 1182}
TEN_SEATS = {"A": 47_000, "B": 16_000, "C": 15_800, "D": 12_000, "E": 6_100, "F": 3_100}
OFFICIAL_2023 = {
    "amanat": 3431510,
    "auyl": 693938,
    "respublica": 547154,
    "aq_jol": 535139,
    "qhp": 432920,
    "nsdp": 331058,
}


def seats(votes: dict[str, int], n: int, divisor: str) -> list[int]:
    return list(highest_averages(votes, n, divisor=divisor).seats.values())


@pytest.mark.parametrize(
    ("divisor", "expected"),
    [
        ("adams", [9, 7, 5, 3, 2]),
        ("dean", [9, 7, 5, 4, 1]),
        ("huntington_hill", [9, 7, 6, 3, 1]),
        ("sainte_lague", [9, 8, 5, 3, 1]),
        ("dhondt", [10, 7, 5, 3, 1]),
    ],
)
def test_five_historic_methods_five_answers(divisor: str, expected: list[int]) -> None:
    """Huntington's 26 seats for five states, on which the five methods part; Balinski and Young use it too."""
    assert seats(HUNTINGTON, 26, divisor) == expected


@pytest.mark.parametrize(
    ("divisor", "expected"),
    [
        ("adams", [3, 2, 2, 1, 1, 1]),
        ("dean", [4, 2, 1, 1, 1, 1]),
        ("huntington_hill", [4, 2, 1, 1, 1, 1]),
        ("danish", [4, 2, 2, 1, 1, 0]),
        ("sainte_lague", [4, 2, 2, 1, 1, 0]),
        ("modified_sainte_lague", [5, 2, 2, 1, 0, 0]),
        ("dhondt", [5, 2, 2, 1, 0, 0]),
        ("estonian", [6, 2, 1, 1, 0, 0]),
        ("imperiali_divisor", [7, 1, 1, 1, 0, 0]),
        ("macanese", [3, 2, 2, 2, 1, 0]),
    ],
)
def test_ten_seats_by_every_sequence(divisor: str, expected: list[int]) -> None:
    assert seats(TEN_SEATS, 10, divisor) == expected


def test_the_table_names_every_sequence() -> None:
    assert set(DIVISORS) == {
        "dhondt", "sainte_lague", "danish", "imperiali_divisor", "adams", "dean", "huntington_hill", "estonian",
        "macanese", "modified_sainte_lague",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("votes", "n", "dhondt", "sainte_lague"),
    [
        ([1622895, 932549, 663351, 590184], 10, [5, 2, 2, 1], [4, 2, 2, 2]),
        ([6061, 1204, 1138, 707], 10, [8, 1, 1, 0], [7, 1, 1, 1]),
        ([5247720], 98, [98], [98]),
        ([5621436, 518405, 498788], 98, [84, 7, 7], [83, 8, 7]),
        ([6183757, 540406, 537123], 98, [84, 7, 7], [84, 7, 7]),
        ([5148074, 792828, 659019], 98, [77, 12, 9], [76, 12, 10]),
        (list(OFFICIAL_2023.values()), 69, [41, 8, 6, 6, 5, 3], [40, 8, 6, 6, 5, 4]),
    ],
    ids=["1999", "2004", "2007", "2012", "2016", "2021", "2023"],
)
def test_the_mazhilis_by_other_formulas(votes: list[int], n: int, dhondt: list[int], sainte_lague: list[int]) -> None:
    """Lists above the bar of their year (2004: hundredths of a per cent), as the dossier has them (§ 3.1)."""
    ballots = {f"list_{i}": v for i, v in enumerate(votes)}
    assert seats(ballots, n, "dhondt") == dhondt
    assert seats(ballots, n, "sainte_lague") == sainte_lague


def test_adams_gives_a_first_seat_to_the_larger_when_seats_are_few() -> None:
    made = highest_averages({"a": 3, "b": 900, "c": 40, "d": 0}, 2, divisor="adams")
    assert made.seats == {"a": 0, "b": 1, "c": 1, "d": 0}
    with pytest.raises(DrawRequired) as tie:
        highest_averages({"a": 40, "b": 900, "c": 40}, 2, divisor="adams")
    assert (tie.value.tied, tie.value.choose, tie.value.standing) == (("a", "c"), 1, {"a": 0, "b": 1, "c": 0})


@pytest.mark.parametrize("divisor", ["adams", "dean", "huntington_hill"])
def test_where_d_0_is_0_everyone_with_votes_has_a_seat_first(divisor: str) -> None:
    assert seats({"a": 10**9, "b": 1, "c": 0}, 3, divisor) == [2, 1, 0]


def test_dean_decides_by_the_harmonic_mean() -> None:
    """The second seat of b at 4/3 against the third of a at 12/5: the change comes at a/b = 9/5."""
    assert seats({"a": 1801, "b": 1000}, 4, "dean") == [3, 1]
    assert seats({"a": 1799, "b": 1000}, 4, "dean") == [2, 2]
    with pytest.raises(DrawRequired):
        highest_averages({"a": 1800, "b": 1000}, 4, divisor="dean")


def test_huntington_hill_decides_by_the_geometric_mean() -> None:
    """d(2)/d(1) = sqrt(3): 1,732,051 is just above it and 1,732,050 just below."""
    assert seats({"a": 1_732_051, "b": 1_000_000}, 4, "huntington_hill") == [3, 1]
    assert seats({"a": 1_732_050, "b": 1_000_000}, 4, "huntington_hill") == [2, 2]


def test_huntington_hill_ties_where_roots_are_whole() -> None:
    """sqrt(1·2) : sqrt(8·9) = 1 : 6, an equality that floats miss."""
    with pytest.raises(DrawRequired) as tie:
        highest_averages({"a": 6 * 10**18, "b": 10**18}, 10, divisor="huntington_hill")
    assert tie.value.tied == ("a", "b")
    assert tie.value.standing == {"a": 8, "b": 1}


def test_estonian_decides_by_the_tenth_power() -> None:
    """2^0.9 = 1.866065983…: the last digit decides."""
    assert seats({"a": 1_866_065_984, "b": 1_000_000_000}, 2, "estonian") == [2, 0]
    assert seats({"a": 1_866_065_983, "b": 1_000_000_000}, 2, "estonian") == [1, 1]


def test_estonian_ties_where_roots_are_whole() -> None:
    """1024^0.9 = 512."""
    with pytest.raises(DrawRequired):
        highest_averages({"a": 512, "b": 1}, 1024, divisor="estonian")


def test_macanese_halves_with_every_seat() -> None:
    assert seats({"a": 1025, "b": 1024, "c": 1}, 3, "macanese") == [2, 1, 0]
    assert seats({"a": 1025, "b": 257, "c": 129}, 6, "macanese") == [3, 2, 1]
    assert seats({"a": 1025, "b": 257, "c": 129}, 7, "macanese") == [4, 2, 1]


@pytest.mark.parametrize(
    ("first", "expected"), [(None, [2, 1, 1]), ("1.2", [2, 1, 1]), ("1.4", [3, 1, 0]), (Fraction(7, 5), [3, 1, 0])]
)
def test_first_divisor(first: str | Fraction | None, expected: list[int]) -> None:
    """c's first seat against a's third: 13 against 50/5 = 10; divided by 1.2 it is 10.8, by 1.4 it is 9.3."""
    made = highest_averages({"a": 50, "b": 24, "c": 13}, 4, divisor=divisor_named("sainte_lague", first))
    assert list(made.seats.values()) == expected
    certify(made)


def test_a_first_divisor_below_the_line_helps_the_small() -> None:
    """Seats by a line through the other divisors would be too many for the large one."""
    votes = {"large": 100} | {f"small_{i}": 15 for i in range(9)}
    made = highest_averages(votes, 10, divisor=divisor_named("dhondt", "0.1"))
    assert set(made.seats.values()) == {1}
    certify(made)


@pytest.mark.parametrize("first", [0, -1, "-0.5", 3, 4, 1.4, "one"])
def test_a_first_divisor_lies_between_0_and_the_second(first: object) -> None:
    with pytest.raises(InvalidLaw, match="first divisor of sainte_lague"):
        divisor_named("sainte_lague", first)  # type: ignore[arg-type]


def test_an_irrational_sequence_takes_no_other_first_divisor() -> None:
    with pytest.raises(InvalidLaw):
        divisor_named("huntington_hill", "0.5")


def test_an_unknown_sequence_names_the_nearest() -> None:
    with pytest.raises(NotFound) as fault:
        highest_averages({"a": 1}, 1, divisor="d_hondt")
    assert fault.value.near == ("dhondt",)


def test_levelling_goes_on_from_the_seats_held() -> None:
    made = highest_averages({"a": 60, "b": 30, "c": 10}, 3, held={"a": 1, "b": 2})
    assert (made.seats, made.n_seats) == ({"a": 4, "b": 2, "c": 0}, 6)
    assert made.held == {"a": 1, "b": 2}
    certify(made)


def test_more_seats_held_than_due_are_kept() -> None:
    made = highest_averages({"a": 50, "b": 50}, 2, held={"a": 9})
    assert made.seats == {"a": 9, "b": 2}
    certify(made)


@pytest.mark.parametrize("held", [{"a": -1}, {"a": 1.5}, {"a": True}, {"stranger": 1}])
def test_seats_held_are_whole_and_of_contenders(held: dict[str, int]) -> None:
    with pytest.raises(InvalidSeats):
        highest_averages({"a": 5, "b": 4}, 3, held=held)


def test_a_short_list_passes_its_seats_on() -> None:
    made = highest_averages({"a": 90, "b": 10}, 4, limits={"a": 2})
    assert made.seats == {"a": 2, "b": 2}
    certify(made, limits={"a": 2})


def test_all_lists_exhausted() -> None:
    with pytest.raises(LawSilent, match="1 seats are left"):
        highest_averages({"a": 90, "b": 10}, 4, limits={"a": 2, "b": 1})


def test_without_votes_no_quotient() -> None:
    with pytest.raises(InvalidVotes):
        highest_averages({"a": 0, "b": 0}, 1)
    assert highest_averages({"a": 0, "b": 0}, 0).seats == {"a": 0, "b": 0}


def test_the_award_order_is_the_order_of_quotients() -> None:
    won = list(award_order({"a": 100, "b": 60, "c": 25}, 5, "dhondt"))
    assert won == [("a", 1, 100), ("b", 1, 60), ("a", 2, 50), ("a", 3, Fraction(100, 3)), ("b", 2, 30)]
    assert next(iter(award_order({"a": 1}, 1, "adams"))) == ("a", 1, None)


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 200), min_size=1).filter(lambda v: any(v.values())),
    st.integers(0, 30),
    st.sampled_from(sorted(DIVISORS)),
)
def test_seat_by_seat_and_at_once_agree(votes: dict[str, int], n: int, divisor: str) -> None:
    """The jump to a sure start changes nothing: counted one by one in the award order, the seats are the same."""
    order = list(award_order(votes, n, divisor))
    by_one = {c: sum(winner == c for winner, _, _ in order) for c in votes}
    try:
        assert highest_averages(votes, n, divisor=divisor).seats == by_one
    except DrawRequired as tie:
        assert by_one in [{c: out.get(c, 0) for c in votes} for out in tie.outcomes()]


def test_the_interval_of_divisors_is_exact() -> None:
    proof = highest_averages(HUNTINGTON, 26, divisor="huntington_hill").certificate()
    assert (proof.low, proof.high) == (Fraction(7179**2, 56), Fraction(5259**2, 30))


def test_adams_without_a_divisor_says_so() -> None:
    """With fewer seats than contenders no divisor gives them: rounding up seats everybody."""
    proof = highest_averages({"a": 5, "b": 4, "c": 3}, 2, divisor="adams").certificate()
    assert (proof.low, proof.high) == (None, None)
