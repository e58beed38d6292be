"""assure: a seat for each share of the votes, further ones up to a cap, the rest in the order of the votes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.allocate import Allocate
from sailau.seats.assure import Assure
from sailau.seats.count import Count, Step
from sailau.seats.explain import explain
from sailau.seats.rest import Rest
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, LawSilent, SeatsLeft
from sailau.terms.numbers import exact
from sailau.terms.tally import Contender, Tally
from sailau.terms.trail import Trail

TWO = Assure(share=exact("2%"), of="valid", cite="x 1")
MORE = Allocate(quota="hare", quota_of="valid", rest="none", seated=True, most=3, cite="x 2")
NEXT = Rest(to="most_votes", below=2, ties=("lot",), cite="x 3")


def count(votes: Mapping[str, int], seats: int, *steps: Step, valid: int | None = None) -> Count:
    tier = Tier(name="list", seats=seats, district="nationwide", ballot="closed_list", steps=steps or (TWO, MORE, NEXT))
    return tier.count(Tally.of(votes, valid=valid or sum(votes.values())), done={}, decisions={}, trail=())


def test_the_three_rounds() -> None:
    """1,000 votes, 10 seats: four lists have 2%; of the 6 left a is due 60% = 3.6, of which the cap leaves 2."""
    votes = {"a": 600, "b": 340, "c": 30, "d": 20, "e": 6, "f": 4}
    # b: 34% of 6 = 2.04, two more; c and d nothing more; two seats go to the next in rank with fewer than two, c and d.
    assert count(votes, 10).placed == {"a": 3, "b": 3, "c": 2, "d": 2}


def test_who_got_an_additional_seat_is_passed_over() -> None:
    """b with 340 has one seat more already; the seat left goes to c with 31."""
    votes = {"a": 600, "b": 340, "c": 31, "d": 19, "e": 10}
    # Three lists have 2%; of 5 seats left a is due 3.0, of which the cap leaves two, b 1.7; two seats are left.
    assert count(votes, 8).placed == {"a": 3, "b": 2, "c": 2, "d": 1}


@pytest.mark.parametrize(("d", "seats"), [(20, 1), (19, 0)])
def test_two_percent_reach_the_bar_and_less_do_not(d: int, seats: int) -> None:
    made = TWO.apply(count({"a": 900, "b": 100 - d, "d": d}, 0, Rest(to="first", cite="x")).but(seats=9))
    assert made.placed.get("d", 0) == seats


def test_only_those_with_a_seat_take_part_in_the_second_round() -> None:
    """With 199 seats left a list of 1.9% would have 3 whole parts of them, were it let in."""
    votes = {"a": 500, "b": 481, "c": 19}
    made = count(
        votes,
        201,
        TWO,
        Allocate(quota="hare", quota_of="valid", rest="none", seated=True, cite="x"),
        Rest(to="first", cite="x"),
    )
    assert made.placed.get("c", 0) == 0
    made = count(
        votes, 201, TWO, Allocate(quota="hare", quota_of="valid", rest="none", cite="x"), Rest(to="first", cite="x")
    )
    assert made.placed["c"] == 3


def test_the_cap_counts_the_seats_held_before() -> None:
    """Of the 4 seats left a is due 3.84, three by its whole part; with the one held the cap leaves two."""
    assert count({"a": 960, "b": 25, "c": 15}, 6).placed == {"a": 3, "b": 2, "c": 1}


def test_what_the_cap_leaves_passes_on_by_the_quotients() -> None:
    steps = (TWO, Allocate(divisor="dhondt", most=3, cite="x 2"))
    assert count({"a": 900, "b": 60, "c": 40}, 6, *steps).placed == {"a": 3, "b": 2, "c": 1}


def test_only_those_with_a_mark_and_on_top_of_the_seats() -> None:
    """m and n have the mark, n misses a share of 1%; a and b take no part in these seats."""
    marks = {"m": Contender("m", traits=frozenset({"minority"})), "n": Contender("n", traits=frozenset({"minority"}))}
    votes = {"a": 600, "b": 380, "m": 11, "n": 9}
    on_top = Assure(share=exact("1%"), of="valid", traits=("minority",), add=True, cite="x 1")
    tally = Tally(Tally.of(votes, valid=1000).tiers, marks)
    tier = Tier(name="list", seats=None, district="nationwide", ballot="closed_list", steps=(on_top,))
    made = tier.count(tally, done={}, decisions={}, trail=())
    assert (made.placed, made.extra, made.left()) == ({"m": 1}, 1, 0)
    both = Tier(
        name="list",
        seats=3,
        district="nationwide",
        ballot="closed_list",
        steps=(on_top, Allocate(divisor="dhondt", cite="x 2")),
    )
    made = both.count(tally, done={}, decisions={}, trail=())
    assert made.placed == {"a": 2, "b": 1, "m": 1}


def test_more_assured_seats_than_there_are() -> None:
    with pytest.raises(LawSilent, match="3 contenders reach 2%"):
        count({"a": 50, "b": 30, "c": 20}, 2)


def test_seats_that_nobody_may_take_are_not_lost_in_silence() -> None:
    with pytest.raises(SeatsLeft):
        count({"a": 980, "b": 20}, 9)


def test_equal_ranks_need_a_draw() -> None:
    with pytest.raises(DrawRequired):
        count({"a": 970, "b": 15, "c": 15}, 4, TWO, MORE, Rest(to="most_votes", below=2, cite="x"))


def test_terms_without_meaning_are_refused() -> None:
    for wrong in (
        lambda: Assure(share=exact("2%"), seats=0, cite="x"),
        lambda: Allocate(quota="hare", most=0, rest="none", cite="x"),
        lambda: Allocate(quota="hare", most=3, cite="x"),
        lambda: Rest(to="most_votes", below=0, cite="x"),
    ):
        with pytest.raises(InvalidLaw):
            wrong()


def test_the_explanation_names_the_share() -> None:
    made = count({"a": 600, "b": 340, "c": 30, "d": 20, "e": 6, "f": 4}, 10)
    text = explain(Trail(made.trail or ()), "c")
    assert "1 assured to its share of the votes, with 30 votes" in text
    assert "1 in the order of the votes" in text


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=30, unique=True), st.integers(1, 60))
def test_nobody_passes_the_cap_and_more_votes_never_mean_fewer_seats(votes: list[int], seats: int) -> None:
    lists = {f"l{i}": n for i, n in enumerate(votes)}
    try:
        made = count(lists, seats)
    except (LawSilent, SeatsLeft):
        return
    assert sum(made.placed.values()) == seats
    assert max(made.placed.values()) <= 3
    line = sorted(lists, key=lambda c: -lists[c])
    won = [made.placed.get(c, 0) for c in line]
    assert won == sorted(won, reverse=True)
