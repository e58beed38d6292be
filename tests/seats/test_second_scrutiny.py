"""The seats that districts left, by the votes that won nothing there."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, Each
from sailau.seats.rest import Rest
from sailau.seats.second_scrutiny import SecondScrutiny
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, LawSilent, NotFound
from sailau.terms.tally import Ballots, Contender, Tally

WHOLE = Each(steps=(Allocate(quota="hare", rest="none", cite="x 1"),))
SECOND = SecondScrutiny(district_quota="hare", quota="hare", cite="x 2")
Votes = dict[str, dict[str, int]]


def count(votes: Votes, seats: dict[str, int], step: SecondScrutiny = SECOND, **decisions: str) -> Count:
    tier = Tier(name="list", seats=None, district="multi_member", ballot="closed_list", steps=(WHOLE, step))
    chosen = {key.replace("__", "."): (value,) for key, value in decisions.items()}
    tally = Tally({"list": Ballots(votes, seats=seats)})
    return tier.count(tally, done={}, decisions=chosen, trail=())


def test_votes_over_from_all_districts_win_together() -> None:
    """Price 100 in each; c has 40 and 45 over, b 50 and 5, a 10 and 50: of two seats c has one and a the other."""
    votes = {"x": {"a": 110, "b": 50, "c": 40}, "y": {"a": 50, "b": 105, "c": 45}}
    made = count(votes, {"x": 2, "y": 2})
    assert made.total_placed() == {"a": 2, "b": 1, "c": 1}
    assert made.placed == {"a": 1, "c": 1}
    assert SECOND.remainders(made) == {"a": 60, "b": 55, "c": 85}


@pytest.mark.parametrize(("b", "winner"), [(109, "a"), (111, "b")])
def test_the_last_seat_goes_to_the_larger_sum_of_remainders(b: int, winner: str) -> None:
    votes = {"x": {"a": 155, "b": 45}, "y": {"b": b, "c": 200 - b}}
    assert count(votes, {"x": 2, "y": 2}).placed == {winner: 1, "c": 1}


def test_equal_sums_of_remainders_need_a_lot() -> None:
    votes = {"x": {"a": 155, "b": 45}, "y": {"b": 110, "c": 90}}
    with pytest.raises(DrawRequired) as caught:
        count(votes, {"x": 2, "y": 2})
    assert (caught.value.tied, caught.value.key) == (("a", "b"), "list.second_scrutiny")
    assert count(votes, {"x": 2, "y": 2}, list__second_scrutiny="b").placed == {"b": 1, "c": 1}


def test_equal_sums_of_remainders_can_go_by_all_votes() -> None:
    """a and b have 55 over each, of 155 and 255 votes; c has 90 over and the other seat."""
    votes = {"x": {"a": 155, "b": 45}, "y": {"b": 210, "c": 90}}
    step = SecondScrutiny(district_quota="hare", quota="hare", ties=("most_votes", "most_votes_in_all"), cite="x 2")
    assert count(votes, {"x": 2, "y": 3}, step).placed == {"b": 1, "c": 1}
    with pytest.raises(DrawRequired):
        count(
            votes, {"x": 2, "y": 3}, SecondScrutiny(district_quota="hare", quota="hare", ties=("most_votes",), cite="x")
        )


@pytest.mark.parametrize(("rules", "winner"), [(("most_votes_in_all",), "b"), (("fewest_votes", "lot"), "")])
def test_a_seat_given_back_can_have_rules_of_its_own(rules: tuple[str, ...], winner: str) -> None:
    """50 votes over each and one seat left: at 50 a seat both have one, and a or b gives it back."""
    terms = {"quota": "hagenbach_bischoff", "excess": "smallest_remainder", "ties": ("lot",), "excess_ties": rules}
    step = SecondScrutiny(district_quota="hare", cite="x 2", **terms)  # type: ignore[arg-type]
    votes = {"x": {"a": 150, "b": 250}}
    if winner:
        assert count(votes, {"x": 4}, step).placed == {winner: 1}
    else:
        with pytest.raises(DrawRequired):
            count(votes, {"x": 4}, step)


def test_votes_of_those_who_take_no_part_can_count_for_the_price() -> None:
    """a has 90 over, b 60 and c, who is out, 50: 200 over 3 is 66 2/3, so that a has one and the other seat is left."""
    bar = Threshold(share=Fraction(1, 5), of="list_votes", cite="x 0")
    first = Allocate(quota="hare", quota_of="list_votes", rest="none", cite="x 1")
    votes = {"a": 190, "b": 160, "c": 50}
    for everyone, placed in ((True, {"a": 2, "b": 1}), (False, {"a": 2, "b": 2})):
        step = SecondScrutiny(
            district_quota="hare",
            quota_of="list_votes",
            quota="hagenbach_bischoff",
            rest="none",
            everyone=everyone,
            cite="x",
        )
        tier = Tier(name="list", seats=4, district="nationwide", ballot="closed_list", steps=(bar, first, step))
        begun = tier.begin(Tally.of(votes), done={}, decisions={})
        for one in tier.steps:
            begun = one.apply(begun)
        assert begun.placed == placed
    with pytest.raises(InvalidLaw, match="everyone"):
        SecondScrutiny(district_quota="hare", divisor="dhondt", everyone=True, cite="x")


def test_who_won_in_the_second_scrutiny_can_come_last_for_the_rest() -> None:
    """Four seats at 100: a 190, b 160, c 50. Two left at 66 2/3: a has one; the last goes to b, not to a's 90 over."""
    first = Allocate(quota="hare", rest="none", cite="x 1")
    second = SecondScrutiny(district_quota="hare", quota="hagenbach_bischoff", rest="none", cite="x 2")
    for without, placed in (("second_scrutiny", {"a": 2, "b": 2}), (None, {"a": 3, "b": 1})):
        last = Rest(to="largest_remainders", without=without, quota="hare", cite="x 3")  # type: ignore[arg-type]
        tier = Tier(name="list", seats=4, district="nationwide", ballot="closed_list", steps=(first, second, last))
        made = tier.count(Tally.of({"a": 190, "b": 160, "c": 50}), done={}, decisions={}, trail=())
        assert made.placed == placed


def test_a_price_that_is_no_whole_number_leaves_exact_remainders() -> None:
    """100 votes for 3 seats: 33 1/3 each; a has 26 2/3 over and b 6 2/3, so the seat left is a's."""
    made = count({"x": {"a": 60, "b": 40}}, {"x": 3})
    assert SECOND.remainders(made) == {"a": Fraction(80, 3), "b": Fraction(20, 3)}
    assert made.total_placed() == {"a": 2, "b": 1}


def test_two_sevenths_of_a_vote_decide() -> None:
    """100 votes for 7 seats: 14 2/7 each; a has 7 2/7 over after six seats, b has 7."""
    made = count({"x": {"a": 93, "b": 7}}, {"x": 7})
    assert made.total_placed() == {"a": 7}


def test_a_district_without_a_seat_hands_on_all_its_votes() -> None:
    made = count({"x": {"a": 150, "b": 50}, "y": {"a": 1, "b": 30}}, {"x": 2, "y": 0})
    assert SECOND.remainders(made) == {"a": 51, "b": 80}
    assert made.placed == {"b": 1}


def test_no_seat_left_places_none() -> None:
    made = count({"x": {"a": 100, "b": 100}}, {"x": 2})
    assert made.placed == {}
    assert made.trail is not None
    assert SecondScrutiny.words(made.trail[-1]) == [("scrutiny", "no seat is left from the first distribution")]


def test_seats_left_and_nobody_with_a_vote_over() -> None:
    tier = Tier(name="list", seats=None, district="multi_member", ballot="closed_list", steps=(SECOND,))
    tally = Tally({"list": Ballots({"x": {"a": 0, "b": 0}}, seats={"x": 2})})
    with pytest.raises(LawSilent, match="2 seats are left, but nobody has votes over"):
        tier.count(tally, done={}, decisions={}, trail=None)


@pytest.mark.parametrize("excess", ["refuse", "smallest_remainder"])
def test_whole_quotas_beyond_the_seats(excess: str) -> None:
    """300 votes over, 3 seats left, price 60: a 1, b 2, c 1; c's remainder of 2 is the smallest and gives back."""
    votes = {"x": {"a": 140, "b": 60}, "y": {"a": 61, "b": 139}, "z": {"c": 62, "b": 138}}
    step = SecondScrutiny(district_quota="hare", quota="imperiali_quota", excess=excess, cite="x 2")  # type: ignore[arg-type]
    tier = Tier(name="list", seats=None, district="multi_member", ballot="closed_list", steps=(WHOLE, step))
    tally = Tally({"list": Ballots(votes, seats={"x": 2, "y": 2, "z": 2})})
    if excess == "smallest_remainder":
        assert tier.count(tally, done={}, decisions={}, trail=()).placed == {"a": 1, "b": 2}
    else:
        with pytest.raises(LawSilent):
            tier.count(tally, done={}, decisions={}, trail=None)


def test_the_words_tell_the_votes_over() -> None:
    made = count({"x": {"a": 60, "b": 40}}, {"x": 3})
    assert made.trail is not None
    words = SecondScrutiny.words(made.trail[-1])
    assert words[0][1] == "1 seats left by the first distribution; votes over: a 26 2/3, b 6 2/3"


def test_a_quota_that_does_not_exist_and_a_formula_that_is_none() -> None:
    with pytest.raises(NotFound):
        SecondScrutiny(district_quota="nobody", quota="hare", cite="x")
    with pytest.raises(InvalidLaw):
        SecondScrutiny(district_quota="hare", cite="x")


LISTS = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 500), min_size=1)


@given(st.dictionaries(st.sampled_from("xyz"), LISTS, min_size=1), st.integers(1, 9))
def test_with_one_price_for_all_no_vote_is_lost(votes: Votes, seats: int) -> None:
    """Votes over and votes spent add up to the votes cast, and every seat is placed."""
    sizes = dict.fromkeys(votes, seats)
    try:
        made = count(votes, sizes)
    except DrawRequired:
        return
    assert sum(made.total_placed().values()) == sum(sizes.values())
    spent = sum(
        (Fraction(sum(votes[area].values()), seats) * sum(part.placed.values()) for area, part in made.areas.items()),
        Fraction(0),
    )
    assert spent + sum(SECOND.remainders(made).values()) == sum(sum(lines.values()) for lines in votes.values())


def test_votes_of_independents_count_for_the_price_but_are_pooled_for_nobody() -> None:
    """North: 1,000 votes, 4 seats, price 250; a has 1 and 150 over, b 1 and 100 over, ann wins a seat with 250."""
    votes = {"north": {"a": 400, "b": 350, "ann": 250}, "south": {"a": 100, "b": 170, "bob": 130}}
    marks = {"ann": Contender("ann", kind="independent"), "bob": Contender("bob", kind="independent")}
    steps = (
        Each(steps=(Allocate(quota="hare", rest="none", cite="x 1"),)),
        SecondScrutiny(district_quota="hare", divisor="dhondt", drop_kinds=("independent",), cite="x 2"),
    )
    tier = Tier(
        name="list",
        seats=None,
        district="multi_member",
        ballot="open_list",
        steps=steps,
        magnitudes={"north": 4, "south": 2},
    )
    made = tier.count(Tally({"list": Ballots(votes)}, marks), done={}, decisions={}, trail=())
    # South: price 200, nobody has it. Pools: a 150 + 100 = 250, b 100 + 170 = 270; bob's 130 are nobody's.
    assert {area: dict(part.placed) for area, part in made.areas.items()} == {
        "north": {"a": 1, "b": 1, "ann": 1},
        "south": {},
    }
    assert made.placed == {"a": 1, "b": 2}
