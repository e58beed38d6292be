"""Cases that statutes provide for and no election reached: fallen bars, later ties, seats ahead, lists everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

import sailau as sl
from sailau.runs.plan import Plan
from sailau.terms.errors import DrawRequired, LawSilent
from sailau.terms.tally import Ballots, Contender, Tally

Lines = dict[str, int]
SMALL = {f"x{n:02}": 100_000 for n in range(30)}
"""Thirty lists of one hundredth of ten million each."""


def counted(
    law: str,
    on: str,
    votes: Lines,
    *,
    area: str = "nation",
    seats: int | None = None,
    marks: tuple[Contender, ...] = (),
    won: str = "",
    rest: int = 0,
) -> Lines:
    """Return the seats of lists in one district, with who won a lot; `rest` are other valid votes."""
    found = sl.load_law(law, on=on)
    if area != "nation" and seats is not None:  # one district alone, with seats of its own
        found = replace(found, tiers=(replace(found.tiers[0], seats=None, magnitudes={}),))
    tier = found.tiers[0].name
    given = {} if seats is None else {area: seats}
    valid = {area: {"valid": sum(votes.values()) + rest}}
    tally = Tally({tier: Ballots({area: votes}, totals=valid, seats=given)}, {c.id: c for c in marks})
    where = tier if area == "nation" else f"{tier}.{area}"
    made = found.count(tally, decisions={f"{where}.allocate": won} if won else {})
    return {c: n for c, n in made.seats.items() if n}


# Bars that fall


@pytest.mark.parametrize("day", ["2010-05-28", "2021-10-08"])
@pytest.mark.parametrize(
    ("b", "c", "passing"), [(500, 499, "ab"), (499, 400, "abc"), (400, 399, "ab"), (399, 300, "abc"), (299, 200, "abc")]
)
def test_czech_bars_fall_by_points_until_two_lists_pass(day: str, b: int, c: int, passing: str) -> None:
    """Of 10,000: at 5% a list of 500 passes and the bars stay; with a alone they fall to 4%, 3% and 2%."""
    votes = {"a": 6_001, "b": b, "c": c} | {f"x{n}": 100 for n in range(28)}
    made = counted("cz/poslanecka_snemovna", day, votes, area="praha", rest=10_000 - sum(votes.values()))
    assert "".join(sorted(made)) == passing


@pytest.mark.parametrize(("day", "bars"), [("2010-05-28", (600, 599)), ("2021-10-08", (700, 699))])
def test_czech_bars_of_coalitions_fall_too(day: str, bars: tuple[int, int]) -> None:
    pair = Contender("b", kind="joint_list", members=("p", "q"))
    for b, passing in zip(bars, ("ab", "ac"), strict=True):
        votes = {"a": 6_001, "b": b, "c": 400}
        made = counted(
            "cz/poslanecka_snemovna", day, votes, area="praha", marks=(pair,), rest=10_000 - sum(votes.values())
        )
        assert set(made) >= set(passing) and ("b" in made) == ("b" in passing)


@pytest.mark.parametrize("day", ["2002-09-21", "2012-03-10", "2023-09-30"])
def test_slovak_bars_fall_where_nobody_passes_and_stay_where_one_does(day: str) -> None:
    none = {"a": 450_000, "b": 420_000, "c": 399_999} | SMALL
    assert set(counted("sk/narodna_rada", day, none, rest=10_000_000 - sum(none.values()))) == {"a", "b"}
    one = {"a": 500_000, "b": 499_999} | SMALL
    assert set(counted("sk/narodna_rada", day, one, rest=10_000_000 - sum(one.values()))) == {"a"}


def test_the_slovak_bar_of_1998_falls_once_and_for_one_party_too() -> None:
    votes = {"a": 400_000, "b": 399_999} | SMALL
    assert set(counted("sk/narodna_rada", "1998-09-26", votes, rest=10_000_000 - sum(votes.values()))) == {"a"}
    with pytest.raises(LawSilent, match="4%"):
        counted("sk/narodna_rada", "1998-09-26", {"a": 399, "b": 398}, rest=9_203)


@pytest.mark.parametrize(("b", "c", "passing"), [(500, 300, "abc"), (499, 300, "ac"), (499, 299, "a")])
def test_polish_bars_fall_where_one_committee_passes(b: int, c: int, passing: str) -> None:
    """A coalition needs 8%, then 5%; a list 5%, then 3%; below that the one that passed is alone."""
    votes = {"a": 7_000, "b": b, "c": c}
    pair = Contender("b", kind="joint_list", members=("p", "q"))
    rest = 10_000 - sum(votes.values())
    made = counted("pl/sejm", "2023-10-15", votes, area="warszawa_19", seats=40, marks=(pair,), rest=rest)
    assert "".join(sorted(made)) == passing
    with_two = {"a": 6_000, "d": 500, **{c: n for c, n in votes.items() if c != "a"}}
    rest = 10_000 - sum(with_two.values())
    made = counted("pl/sejm", "2023-10-15", with_two, area="warszawa_19", seats=40, marks=(pair,), rest=rest)
    assert set(made) == {"a", "d"}


def test_a_minority_that_needs_no_bar_does_not_keep_the_others_up() -> None:
    minority = Contender("m", traits=frozenset({"minority"}))
    votes = {"a": 7_000, "c": 300, "m": 200}
    made = counted("pl/sejm", "2023-10-15", votes, area="opole", seats=40, marks=(minority,), rest=2_500)
    assert set(made) == {"a", "c", "m"}


def test_a_fallen_bar_is_told() -> None:
    votes = {"a": 450_000, "b": 420_000} | SMALL
    tally = Tally({"list": Ballots({"nation": votes}, totals={"nation": {"valid": 10_000_000}})})
    told = str(sl.load_law("sk/narodna_rada", on="2023-09-30").count(tally).explain())
    assert "too few reach 5%, so that the bar falls to 4% of 10,000,000" in told


def test_many_runs_are_counted_with_fallen_bars_too() -> None:
    falling = {"list.threshold.lower_by": "1%", "list.threshold.few": 2, "list.threshold.enough": 2}
    law = sl.load_law("pl/european_parliament", on="2019-05-26").replace(falling)
    votes = {"a": 450_000, "b": 420_000, "c": 390_000} | SMALL
    plan = Plan.of(law, Tally({"list": Ballots({"nation": votes}, seats={"nation": 52})}))
    rows = np.random.default_rng(5).integers(50_000, 500_000, size=(60, len(votes)))
    many = plan.count(rows, key=(1, 2)).seats.tolist()
    assert plan.how == "arrays"
    one = []
    for row in rows:
        lines = dict(zip(votes, map(int, row), strict=True))
        one.append(law.count(Tally({"list": Ballots({"nation": lines}, seats={"nation": 52})})).seats)
    assert many == [[seats.get(c, 0) for c in votes] for seats in one]
    above = [(row >= row.sum() / 20).sum() for row in rows]
    assert min(above) < 2 <= max(above)


# Ties


@pytest.mark.parametrize(
    ("seats", "made"), [(1, {"a": 1}), (3, {"a": 1, "b": 2}), (5, {"a": 3, "b": 2}), (7, {"a": 3, "b": 4})]
)
def test_spanish_ties_go_to_each_list_in_turn_after_the_first_lot(seats: int, made: Lines) -> None:
    """Equal lists tie at every seat: a won the first lot, so that b has the second tie, a the third, b the fourth."""
    assert counted("es/congreso", "2019-11-10", {"a": 1_000, "b": 1_000}, area="soria", seats=seats, won="a") == made


def test_a_spanish_tie_asks_who_won_the_first_lot() -> None:
    with pytest.raises(DrawRequired) as tie:
        counted("es/congreso", "2019-11-10", {"a": 1_000, "b": 1_000}, area="soria", seats=3)
    assert tie.value.options == ("a", "b") and "first tie" in str(tie.value.hint)


def test_three_equal_lists_are_asked_for_the_last_seat() -> None:
    votes = dict.fromkeys("abc", 1_000)
    assert counted("es/congreso", "2019-11-10", votes, area="soria", seats=4, won="b") == {"a": 1, "b": 2, "c": 1}


def test_equal_swiss_quotients_go_to_the_larger_remainder_of_the_first_division() -> None:
    """600 votes, 2 seats: the number is 201; a has 199 over and b 200; 400/2 = 200/1."""
    assert counted("ch/nationalrat", "2015-10-18", {"a": 400, "b": 200}, area="zug", seats=2) == {"a": 1, "b": 1}


def test_equal_swiss_lists_are_left_to_the_votes_of_their_persons() -> None:
    with pytest.raises(DrawRequired):
        counted("ch/nationalrat", "2015-10-18", {"a": 300, "b": 300}, area="zug", seats=1)


def test_equal_french_lists_leave_the_seat_to_the_younger_one() -> None:
    old, young = Contender("a", age=Fraction("50.25")), Contender("b", age=Fraction(50))
    votes = {"a": 300, "b": 300}
    assert counted("fr/european_parliament", "2019-05-26", votes, seats=1, marks=(old, young)) == {"b": 1}
    with pytest.raises(DrawRequired):
        counted("fr/european_parliament", "2019-05-26", votes, seats=1, marks=(old,))


@pytest.mark.parametrize(
    ("held", "made"), [({"a": 92, "b": 80}, {"a": 0, "b": 11}), ({"a": 80, "b": 92}, {"a": 11, "b": 0})]
)
def test_the_last_austrian_seat_is_nobodys_lot_where_a_list_holds_it(held: Lines, made: Lines) -> None:
    """183 seats and equal votes: the one that holds 92 already has the last one, and the other is made up to 91."""
    ballots = {"regional": Ballots({"u": {"a": 1_000, "b": 1_000}}, regions={"u": "land"})}
    law = sl.load_law("at/nationalrat", on="2024-09-29")
    declared = {"regional": {c: n - 1 for c, n in held.items()}, "land": {"a": 1, "b": 1}}
    assert law.count(Tally(ballots, declared=declared)).seats == made
    with pytest.raises(DrawRequired):
        law.count(Tally(ballots, declared={"regional": {"a": 80, "b": 80}, "land": {"a": 1, "b": 1}}))


# Majorities


def test_a_german_majority_has_one_seat_ahead_and_all_share_the_rest() -> None:
    """a, 50.01%, has 49 of 99: eight lists come first with their sixth seat. One ahead, and 49 of the other 98: 50."""
    votes = {"a": 495_100, "y": 53_300} | {f"x{n}": 55_200 + n for n in range(8)}
    made = counted("de/european_parliament", "2009-06-07", votes, seats=99)
    assert made["a"] == 50 and sum(made.values()) == 99
    assert sum(n == 6 for n in made.values()) == 4  # five before
    plain = sl.highest_averages(votes, 99, divisor="sainte_lague").seats
    assert plain["a"] == 49


def test_a_german_majority_is_assured_and_the_others_share_the_rest() -> None:
    """a, 51.5%, has 48 of 96 before ninety lists of a half; it needs 49, and 47 others have one each."""
    votes = {"a": 4_819_000} | {f"x{n:02}": 50_300 + n for n in range(90)}
    made = counted("de/european_parliament", "2019-05-26", votes, seats=96)
    assert made == {"a": 49} | {f"x{n:02}": 1 for n in range(43, 90)}
    assert sl.highest_averages(votes, 96, divisor="sainte_lague").seats["a"] == 48


# Who takes part


def test_norwegian_levelling_seats_need_lists_everywhere() -> None:
    """A party over 4% with levelling seats loses them where it has no list in one of the nineteen constituencies."""
    election = sl.load_election("no/storting/2025-09-08")
    law = sl.load_law("no/storting", on=date(2025, 9, 8))
    before = law.count(election.tally).counts["levelling"].total_placed()
    party = max(before, key=lambda c: (before[c], c))
    own = election.tally.tiers["constituency"]
    areas = {
        name: {c: n for c, n in lines.items() if (name, c) != ("finnmark", party)} for name, lines in own.votes.items()
    }
    tally = replace(election.tally, tiers={**election.tally.tiers, "constituency": replace(own, votes=areas)})
    after = law.count(tally)
    assert before[party] > 0 and not after.counts["levelling"].total_placed().get(party)
    assert after.counts["constituency"].total_placed()[party] > 0


@pytest.mark.parametrize("seed", range(40))
def test_the_second_greek_phase_is_the_order_of_remainders(seed: int) -> None:
    """As long as all unused votes form its price, whoever reaches it is first by remainders as well."""
    rng = np.random.default_rng(seed)
    votes = {f"p{n:02}": int(v) for n, v in enumerate(rng.pareto(1.0, 14) * 9_000 + 300)}
    made = counted("gr/european_parliament", "2014-05-25", votes, seats=21)
    price, valid = sum(votes.values()) // 21, sum(votes.values())
    standing = {c: n for c, n in votes.items() if 100 * n >= 3 * valid}
    seats = {c: n // price for c, n in standing.items()}
    order = sorted(standing, key=lambda c: -(standing[c] % price))
    for turn in range(21 - sum(seats.values())):
        seats[order[turn % len(order)]] += 1
    assert made == {c: n for c, n in seats.items() if n}
