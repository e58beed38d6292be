"""Seats that whole quotas leave: who gets them, in which order, and what a step leaves to the next."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sailau.law.edition import Law
from sailau.law.library import load_law
from sailau.records.library import load_election
from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, Step
from sailau.seats.rest import Rest
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, SeatsLeft
from sailau.terms.tally import Ballots, Contender, Tally

QUOTA = Allocate(quota="hare", rest="none", cite="x 1")
VOTES = {"a": 47_000, "b": 16_000, "c": 15_800, "d": 12_000, "e": 6_100, "f": 3_100}
"""Of ten seats: 4.7, 1.6, 1.58, 1.2, 0.61 and 0.31 quotas; seven whole ones, three left."""


def count(*steps: Step, votes: dict[str, int] = VOTES, seats: int = 10, **left: int) -> Count:
    tier = Tier(name="list", seats=seats, district="nationwide", ballot="closed_list", steps=(QUOTA, *steps))
    marks = {name: Contender(name, candidates=n) for name, n in left.items()}
    return tier.count(Tally({"list": Ballots({"nation": votes})}, marks), done={}, decisions={}, trail=())


def seats(made: Count) -> dict[str, int]:
    return {c: n for c, n in sorted(made.placed.items()) if n}


def test_largest_remainders_are_those_of_the_allocation_itself() -> None:
    step = Rest(to="largest_remainders", quota="hare", cite="x 2")
    assert seats(count(step)) == {"a": 5, "b": 2, "c": 1, "d": 1, "e": 1}


def test_one_each_in_the_order_of_the_votes() -> None:
    assert seats(count(Rest(to="most_votes", cite="x 2"))) == {"a": 5, "b": 2, "c": 2, "d": 1}


def test_all_to_the_largest() -> None:
    assert seats(count(Rest(to="first", cite="x 2"))) == {"a": 7, "b": 1, "c": 1, "d": 1}


def test_highest_averages_go_on_from_the_seats_held() -> None:
    """After 4, 1, 1, 1: 47,000 / 5, 16,000 / 2 and 15,800 / 2 are the best quotients."""
    assert seats(count(Rest(to="highest_averages", cite="x 2"))) == {"a": 5, "b": 2, "c": 2, "d": 1}


def test_at_most_one_each_by_averages_and_the_next_step_takes_what_is_left() -> None:
    votes = {"a": 800, "b": 101, "c": 99}
    once = Rest(to="highest_averages", most=1, cite="x 2")
    quota = Allocate(quota="hare", quota_of="valid", rest="none", cite="x 1")
    tier = Tier(name="list", seats=10, district="nationwide", ballot="closed_list", steps=(quota, once, once))
    made = tier.count(
        Tally({"list": Ballots({"nation": votes}, {"nation": {"valid": 2_000}})}), done={}, decisions={}, trail=()
    )
    # 4 whole quotas of 200; the first three go one each to 800/5, 101/1, 99/1, and the next as well
    assert seats(made) == {"a": 6, "b": 2, "c": 2}


def test_only_those_who_hold_a_seat_have_an_average() -> None:
    """4, 1, 1 and 1 are held; the averages 16,000, 15,800 and 12,000 win, not 11,750, and nobody without a seat."""
    step = Rest(to="highest_averages", divisor="adams", seated=True, cite="x 2")
    assert seats(count(step)) == {"a": 4, "b": 2, "c": 2, "d": 2}
    everybody = Rest(to="highest_averages", divisor="adams", cite="x 2")
    assert seats(count(everybody)) == {"a": 4, "b": 2, "c": 1, "d": 1, "e": 1, "f": 1}


def test_seats_stay_for_the_next_step_where_nobody_holds_one() -> None:
    step = Rest(to="highest_averages", divisor="adams", seated=True, cite="x 2")
    few = {"a": 9, "b": 8, "c": 7}
    with pytest.raises(SeatsLeft):
        count(step, votes=few, seats=2)
    assert seats(count(step, Rest(to="most_votes", cite="x 3"), votes=few, seats=2)) == {"a": 1, "b": 1}


def test_the_first_south_african_assembly_had_no_seat_for_lists_that_have_no_average() -> None:
    """Two seats were left after five remainders; two lists without a seat would have had them."""
    record = load_election("za/national_assembly/1994-04-29")
    law = load_law("za/national_assembly", on=record.day)
    counted = {c: n for c, n in law.count(record.tally).seats.items() if n}
    assert counted == {"anc": 252, "np": 82, "ifp": 43, "ff": 9, "dp": 7, "pac": 5, "acdp": 2}


def test_a_part_of_the_quota_is_needed() -> None:
    """With three quarters of a quota, e (0.61) is out of it; with half of one as remainder, so are d and f."""
    step = Rest(to="largest_remainders", quota="hare", least=Fraction(3, 4), cite="x 2")
    assert seats(count(step)) == {"a": 5, "b": 2, "c": 2, "d": 1}
    step = Rest(to="most_votes", quota="hare", least_rest=Fraction(3, 5), cite="x 2")
    assert seats(count(step)) == {"a": 5, "b": 2, "c": 1, "d": 1, "e": 1}


def test_what_nobody_may_take_is_left_to_the_next_step() -> None:
    narrow = Rest(to="largest_remainders", quota="hare", least_rest=Fraction(7, 10), cite="x 2")
    assert seats(count(narrow, Rest(to="first", cite="x 3"))) == {"a": 7, "b": 1, "c": 1, "d": 1}
    with pytest.raises(SeatsLeft, match="2 seats of list left unplaced"):
        count(narrow)


def test_the_order_is_gone_through_again() -> None:
    """Five of thirteen seats are left by a quota of all valid votes, among two lists."""
    quota = Allocate(quota="hare", quota_of="valid", rest="none", cite="x 1")
    again = Rest(to="largest_remainders", again=True, quota="hare", quota_of="valid", cite="x 2")
    tier = Tier(name="list", seats=13, district="nationwide", ballot="closed_list", steps=(quota, again))
    tally = Tally({"list": Ballots({"nation": {"a": 540, "b": 390}}, {"nation": {"valid": 1_300}})})
    made = tier.count(tally, done={}, decisions={}, trail=())
    assert seats(made) == {"a": 7, "b": 6}  # 5.4 and 3.9: b, a, b, a, b


def test_a_list_without_further_persons_is_passed_over() -> None:
    step = Rest(to="most_votes", again=True, limit="candidates", cite="x 2")
    assert seats(count(step, a=4, b=2)) == {"a": 4, "b": 2, "c": 2, "d": 2}


def test_a_tie_at_the_cut_is_a_question_and_one_before_it_is_none() -> None:
    votes = {"a": 150, "b": 150, "c": 100}
    step = Rest(to="most_votes", cite="x 2")
    with pytest.raises(DrawRequired) as draw:
        count(step, votes=votes, seats=4)
    assert (draw.value.key, draw.value.tied, draw.value.choose) == ("list.rest", ("a", "b"), 1)
    ruled = Rest(to="most_votes", ties=("registered_first",), cite="x 2")
    with pytest.raises(DrawRequired):
        count(ruled, votes=votes, seats=4)


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        ({"to": "largest_remainders"}, "need the quota"),
        ({"to": "most_votes", "least": Fraction(1, 2)}, "need the quota"),
        ({"to": "first", "again": True}, "nothing to go through again"),
        ({"to": "most_votes", "most": 1}, "most is a number of seats"),
        ({"to": "highest_averages", "most": 0}, "most is a number of seats"),
    ],
)
def test_terms_that_do_not_go_together_are_refused(terms: dict[str, object], what: str) -> None:
    with pytest.raises(InvalidLaw, match=what):
        Rest(cite="x 2", **terms)  # type: ignore[arg-type]


def test_the_words_say_who_and_why() -> None:
    made = count(Rest(to="largest_remainders", quota="hare", cite="x 2"))
    assert made.trail is not None
    (label, text), *_ = Rest.words(made.trail[-1])
    assert (label, text) == (
        "rest",
        "3 seats, one each to the largest remainders: a 1, e 1, b 1 (a 0.7000, e 0.6100, b 0.6000)",
    )


def test_south_africa_2019_five_by_remainder_and_the_others_by_the_average_of_a_seat_held() -> None:
    """Seats after the Electoral Commission; the ANC, whose average is the lowest, gets none of the rest."""
    votes = {
        "anc": 10_026_475,
        "da": 3_621_188,
        "eff": 1_881_521,
        "ifp": 588_839,
        "ff_plus": 414_864,
        "acdp": 146_262,
        "udm": 78_030,
        "atm": 76_830,
        "good": 70_408,
        "nfp": 61_220,
        "aic": 48_107,
        "cope": 47_461,
        "pac": 32_677,
        "al_jama_ah": 31_468,
    }
    steps = (
        Allocate(quota="droop", quota_of="valid", rest="none", cite="x 1"),
        Rest(to="largest_remainders", seats=5, quota="droop", quota_of="valid", cite="x 2"),
        Rest(to="highest_averages", divisor="adams", cite="x 3"),
    )
    tier = Tier(name="list", seats=400, district="nationwide", ballot="closed_list", steps=steps)
    tally = Tally({"list": Ballots({"nation": votes}, {"nation": {"valid": 17_437_379}})})
    made = tier.count(tally, done={}, decisions={}, trail=())
    official = (230, 84, 44, 14, 10, 4, 2, 2, 2, 2, 2, 2, 1, 1)
    assert made.placed == dict(zip(votes, official, strict=True))


SMALL_COUNCIL = load_law("nl/gemeenteraad_klein@2010-09-01")
LARGE_COUNCIL = load_law("nl/gemeenteraad_groot@2010-09-01")


def council(law: Law, votes: dict[str, int], seats: int, **persons: int) -> dict[str, int]:
    marks = {name: Contender(name, candidates=n) for name, n in persons.items()}
    tally = Tally({"list": Ballots({"nation": votes}, seats={"nation": seats})}, marks)
    return {c: n for c, n in sorted(law.count(tally).seats.items()) if n}


def test_a_small_dutch_council_gives_remainder_seats_to_lists_with_three_quarters_of_a_quota() -> None:
    """Quota 80: 6.75, 2, 2, 1, 1, 1, 0.75 and 0.5; the two remainders of 60 win, 40 does not."""
    votes = dict(zip("abcdefgh", (540, 160, 160, 80, 80, 80, 60, 40), strict=True))
    assert council(SMALL_COUNCIL, votes, 15) == {"a": 7, "b": 2, "c": 2, "d": 1, "e": 1, "f": 1, "g": 1}


def test_what_remainders_leave_goes_by_averages_one_seat_to_a_list() -> None:
    """Quota 100: 8.08, 0.59, 0.58, 0.57, 0.56, 0.55, 0.07; nobody else has three quarters."""
    votes = dict(zip("abcdefg", (808, 59, 58, 57, 56, 55, 7), strict=True))
    made = council(SMALL_COUNCIL, votes, 11)
    # 1,100 votes, quota 100: a has 8; its remainder of 8 takes one more (it has a quota); averages: a again 80.8, b 59
    assert made == {"a": 10, "b": 1}


def test_an_absolute_majority_of_the_votes_takes_the_last_seat_from_another() -> None:
    """7.56, 2.87, 1.67, 1.58 and 1.33 quotas: b, c and d take the remainder seats, d by the smallest of them."""
    votes = dict(zip("abcdef", (2_571, 977, 567, 536, 453, 0), strict=True))
    assert council(SMALL_COUNCIL, votes, 15) == {"a": 8, "b": 3, "c": 2, "d": 1, "e": 1}
    assert council(SMALL_COUNCIL, {**votes, "a": 2_533}, 15) == {"a": 7, "b": 3, "c": 2, "d": 2, "e": 1}


def test_seats_without_candidates_pass_on_in_a_large_council() -> None:
    votes = dict(zip("abc", (1_000, 600, 400), strict=True))
    assert council(LARGE_COUNCIL, votes, 20) == {"a": 10, "b": 6, "c": 4}
    assert council(LARGE_COUNCIL, votes, 20, a=7) == {"a": 7, "b": 8, "c": 5}


def test_a_seat_of_the_majority_without_a_name_goes_back_by_remainders() -> None:
    """Quota 100. a has 52 %, and takes the seat of c; its sixth has no name, and c has the largest remainder left."""
    votes = {"a": 520, "b": 190, "c": 180, "d": 110}
    assert council(SMALL_COUNCIL, votes, 10) == {"a": 6, "b": 2, "c": 1, "d": 1}
    assert council(SMALL_COUNCIL, votes, 10, a=5) == {"a": 5, "b": 2, "c": 2, "d": 1}
    # 20 seats, 10.4, 3.8, 3.6 and 2.2 quotas; 95 for b, 94.5 for a; then two seats of a: 90 for c, 76 for b
    twice = {c: 2 * n for c, n in votes.items()}
    assert council(LARGE_COUNCIL, twice, 20) == {"a": 11, "b": 4, "c": 3, "d": 2}
    assert council(LARGE_COUNCIL, twice, 20, a=9) == {"a": 9, "b": 5, "c": 4, "d": 2}


def test_whoever_holds_a_remainder_seat_takes_no_second_when_seats_pass_on() -> None:
    """Quota 100: b and c won by remainders; the seat that a has no name for goes to d with 30, not to b with 85."""
    votes = {"a": 410, "b": 285, "c": 175, "d": 130}
    assert council(SMALL_COUNCIL, votes, 10) == {"a": 4, "b": 3, "c": 2, "d": 1}
    assert council(SMALL_COUNCIL, votes, 10, a=3) == {"a": 3, "b": 3, "c": 2, "d": 2}


@pytest.mark.parametrize(("law", "seats", "vacant"), [(SMALL_COUNCIL, 4, 2), (LARGE_COUNCIL, 20, 18)])
def test_seats_stay_vacant_when_all_lists_are_exhausted(law: Law, seats: int, vacant: int) -> None:
    marks = {name: Contender(name, candidates=1) for name in "ab"}
    tally = Tally({"list": Ballots({"nation": {"a": 300, "b": 100}}, seats={"nation": seats})}, marks)
    made = law.count(tally)
    assert made.seats == {"a": 1, "b": 1}
    assert f"{vacant} seats stay vacant" in made.explain()
    assert f"a {3 * seats // 4 - 1}" in made.explain()
    ample = {name: Contender(name, candidates=seats) for name in "ab"}
    assert sum(law.count(Tally(tally.tiers, ample)).seats.values()) == seats


@pytest.mark.parametrize("edition", ["2017-12-01", "1989-11-01"])
def test_the_dutch_house_knows_the_same_two_rules(edition: str) -> None:
    """Of 150 seats half are no majority: 75,050 of 150,000 votes have 75 by averages, and take one from the other."""
    law = load_law(f"nl/tweede_kamer@{edition}")
    votes = {"a": 75_050, "b": 74_950}
    assert council(law, votes, 150) == {"a": 76, "b": 74}
    assert council(law, {"a": 75_000, "b": 75_000}, 150) == {"a": 75, "b": 75}
    assert council(law, votes, 150, a=70, b=79) == {"a": 70, "b": 79}  # one seat has no name and stays vacant
    votes = {"a": 60_000, "b": 50_000, "c": 40_000}
    assert council(law, votes, 150, a=54) == {
        "a": 54,
        "b": 53,
        "c": 43,
    }  # 6 seats more: 50,000 / 53 is above 40,000 / 43
