"""bonus: on top of a share, graded, or up to a majority; its edges in pairs."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sailau.seats.allocate import Allocate
from sailau.seats.bonus import Bonus
from sailau.seats.count import Count, Step, run
from sailau.seats.elect import Elect
from sailau.seats.pool import Pool
from sailau.seats.share_out import ShareOut
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, LawSilent
from sailau.terms.tally import NATION, Ballots, Contender, Tally

REST = Allocate(quota="hare", cite="el 2")


def count(seats: int, decisions: dict[str, tuple[str, ...]] | None = None, **votes: int) -> Count:
    tally = Tally.of(votes)
    ballots = tally.tiers["list"]
    return Count(tally, ballots, "list", NATION, seats, votes, votes, decisions=decisions or {})


def placed(bonus: Bonus, seats: int, **votes: int) -> dict[str, int]:
    return run([bonus, REST], count(seats, **votes)).total_placed()


def test_seats_on_top_leave_the_rest_to_everybody() -> None:
    assert placed(Bonus(seats=50, cite="el 1"), 300, a=40, b=36, c=24) == {"a": 150, "b": 90, "c": 60}


@pytest.mark.parametrize(("strict", "votes", "won"), [(False, 50, 4), (True, 50, 2), (True, 51, 4), (False, 49, 2)])
def test_an_absolute_majority_is_more_than_half(strict: bool, votes: int, won: int) -> None:
    """With half of the votes and no more the list has two of four seats by its share."""
    bonus = Bonus(part=Fraction(1), share=Fraction(1, 2), strict=strict, cite="el 1")
    assert placed(bonus, 4, a=votes, b=80 - votes, c=20).get("a") == won


@pytest.mark.parametrize(
    ("votes", "won"), [(2499, 0), (2500, 20), (2549, 20), (2550, 21), (3999, 49), (4000, 50), (9000, 50)]
)
def test_a_graded_bonus_steps_where_the_law_says(votes: int, won: int) -> None:
    bonus = Bonus(seats=20, per=Fraction(1, 200), most=50, share=Fraction(1, 4), cite="el 1")
    rest = {f"x{i}": (10000 - votes) // 10 for i in range(9)}
    rest["y"] = 10000 - votes - sum(rest.values())
    assert bonus.apply(count(300, a=votes, **rest)).placed.get("a", 0) == won


def test_a_premium_brings_the_winner_up_and_leaves_it_out_of_the_rest() -> None:
    bonus = Bonus(up_to=55, quota="hare", cite="el 1")
    assert placed(bonus, 100, a=46, b=44, c=10) == {"a": 55, "b": 37, "c": 8}


def test_a_winner_that_has_the_number_by_its_own_share_gets_no_premium() -> None:
    bonus = Bonus(up_to=55, quota="hare", cite="el 1")
    assert placed(bonus, 100, a=55, b=40, c=5) == {"a": 55, "b": 40, "c": 5}
    assert placed(bonus, 100, a=60, b=35, c=5) == {"a": 60, "b": 35, "c": 5}


def test_a_premium_can_need_a_share() -> None:
    bonus = Bonus(up_to=55, quota="hare", share=Fraction(2, 5), cite="el 1")
    assert placed(bonus, 100, a=40, b=35, c=25)["a"] == 55
    assert placed(bonus, 1000, a=399, b=351, c=250)["a"] == 399


def test_a_tie_at_the_top_needs_a_rule_or_a_decision() -> None:
    bonus = Bonus(seats=5, cite="el 1")
    with pytest.raises(DrawRequired):
        bonus.apply(count(20, a=10, b=10, c=1))
    decided = bonus.apply(count(20, {"list.bonus": ("b",)}, a=10, b=10, c=1))
    assert decided.placed == {"b": 5}


def test_the_rules_of_the_law_settle_a_tie_at_the_top_and_in_what_is_due() -> None:
    """a and b have 40 of 100 each; b was registered first. Then a, due one seat of three or two, has three."""
    marks = {"a": Contender("a", registered=2), "b": Contender("b", registered=1), "c": Contender("c", registered=0)}
    tally = Tally({"list": Ballots({NATION: {"a": 40, "b": 40, "c": 20}})}, marks)
    first = Bonus(seats=3, ties=("registered_first",), cite="el 1")
    tier = Tier(name="list", seats=8, district="nationwide", ballot="closed_list", steps=(first, REST))
    assert tier.count(tally, done={}, decisions={}, trail=()).placed == {"b": 5, "a": 2, "c": 1}
    three = {"a": 40, "b": 20, "c": 20}
    brought = Bonus(up_to=3, divisor="dhondt", ties=("registered_first",), cite="el 1")
    tier = Tier(name="list", seats=3, district="nationwide", ballot="closed_list", steps=(brought,))
    made = tier.count(Tally({"list": Ballots({NATION: three})}, marks), done={}, decisions={}, trail=())
    assert made.placed == {"a": 3}


def test_a_part_is_of_all_seats_and_a_grade_needs_no_share() -> None:
    """A quarter of 20 is five, the second time, too; nearest takes a half up. One more for each tenth: 1 + 4."""
    quarter = Bonus(part=Fraction(1, 4), cite="el 1")
    assert run([quarter, quarter], count(20, a=60, b=40)).placed == {"a": 10}
    assert Bonus(part=Fraction(1, 2), rounding="nearest", cite="el 1").apply(count(5, a=60, b=40)).placed == {"a": 3}
    graded = Bonus(seats=1, per=Fraction(1, 10), most=9, cite="el 1")
    assert graded.apply(count(20, a=40, b=35, c=25)).placed == {"a": 5}


def test_the_order_of_contenders_does_not_matter() -> None:
    bonus = Bonus(up_to=55, quota="hare", cite="el 1")
    assert placed(bonus, 100, c=10, b=44, a=46) == placed(bonus, 100, a=46, b=44, c=10)


def test_the_words_say_who_is_first() -> None:
    whole = Bonus(seats=3, share=Fraction(1, 4), cite="el 1").apply(count(10, a=6, b=4).but(trail=()))
    assert whole.trail is not None
    assert Bonus.words(whole.trail[-1]) == [("bonus", "a 6 is first with 60% of 10 valid: 3 seats")]


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"seats": 3, "up_to": 5, "quota": "hare"},
        {"up_to": 5},
        {"seats": 3, "per": Fraction(1, 200)},
        {"seats": 3, "per": Fraction(0), "most": 5},
        {"part": Fraction(1, 4), "per": Fraction(1, 200), "most": 5},
        {"seats": 3, "part": Fraction(1, 4)},
        {"seats": 3, "share": Fraction(3)},
    ],
)
def test_a_bonus_that_is_none_or_two_is_refused(terms: dict[str, object]) -> None:
    with pytest.raises(InvalidLaw):
        Bonus(cite="el 1", **terms)  # type: ignore[arg-type]


def test_a_bonus_beyond_the_seats_and_nobody_first_are_silence() -> None:
    with pytest.raises(LawSilent):
        Bonus(seats=11, cite="el 1").apply(count(10, a=6, b=4))
    with pytest.raises(LawSilent):
        Bonus(seats=1, cite="el 1").apply(count(10, against_all=6))


@pytest.mark.parametrize(("rounding", "won"), [("up", 17), ("down", 16), ("nearest", 17)])
def test_a_part_of_all_seats_comes_on_top(rounding: str, won: int) -> None:
    """Half of 33 is 16.5; of the rest, a has three fifths too."""
    step = Bonus(part=Fraction(1, 2), rounding=rounding, cite="el 1")  # type: ignore[arg-type]
    assert step.apply(count(33, a=60, b=40)).placed == {"a": won}
    assert step.apply(count(32, a=60, b=40)).placed == {"a": 16}
    assert placed(step, 32, a=60, b=40) == {"a": 16 + 10, "b": 6}


def test_a_tie_in_what_the_winner_is_due_is_a_question_with_an_answer() -> None:
    # Quota 4, remainders of 2, 2 and 0: the third seat is a tie, and below three seats the law brings a up to four.
    bonus = Bonus(up_to=4, quota="hare", cite="el 1")
    with pytest.raises(DrawRequired) as asked:
        run([bonus], count(3, a=6, b=2, c=4))
    assert asked.value.key == "list.bonus.due"
    bonus = Bonus(up_to=2, quota="hare", cite="el 1")
    for winner, due in (("a", 2), ("b", 1)):
        done = run([bonus], count(3, {"list.bonus.due": (winner,)}, a=6, b=2, c=4).but(trail=()))
        assert done.trail is not None
        assert done.trail[-1].facts["due"] == due


@pytest.mark.parametrize(("rounding", "won"), [("up", 20), ("down", 19), ("nearest", 19)])
def test_a_part_of_all_seats_can_be_what_the_winner_is_brought_up_to(rounding: str, won: int) -> None:
    bonus = Bonus(up_to_part=Fraction(3, 5), rounding=rounding, quota="hare", cite="el 1")  # type: ignore[arg-type]  # one of the three
    assert placed(bonus, 32, a=40, b=36, c=24)["a"] == won  # three fifths of 32 are 19.2
    assert placed(bonus, 32, a=71, b=20, c=9)["a"] == 23  # its own share is more


def test_whoever_has_half_takes_all_and_else_half_goes_to_the_first() -> None:
    steps = [Bonus(part=Fraction(1), share=Fraction(1, 2), cite="el 1"), Bonus(part=Fraction(1, 2), cite="el 2"), REST]
    assert run(steps, count(5, a=50, b=50 - 1, c=1)).total_placed() == {"a": 5}
    assert run(steps, count(5, a=49, b=48, c=3)).total_placed() == {"a": 4, "b": 1}


def test_a_winner_alone_has_its_bonus_and_nothing_else() -> None:
    """28 of 50 for the first list, whatever it is due; the other 22 for the others."""
    bonus = Bonus(seats=28, alone=True, cite="el 1")
    assert placed(bonus, 50, a=90, b=7, c=3) == {"a": 28, "b": 15, "c": 7}
    assert placed(Bonus(seats=28, cite="el 1"), 50, a=90, b=7, c=3)["a"] > 28


def mayors(votes: dict[str, int], marks: dict[str, Contender], *steps: Step) -> dict[str, int]:
    """Return the seats of a council of ten after the election of a mayor."""
    elect = Elect(rule="plurality", cite="el 1")
    mayor = Tier(name="mayor", seats=1, district="nationwide", ballot="candidate", steps=(elect,))
    council = Tier(name="council", seats=10, district="nationwide", ballot="open_list", steps=(*steps, REST, SHARE))
    given = Tally({"mayor": Ballots({"nation": votes}), "council": Ballots({"nation": COUNCIL})}, marks)
    first = mayor.count(given, done={}, decisions={}, trail=())
    return council.count(given, done={"mayor": first}, decisions={}, trail=first.trail).total_placed()


COUNCIL = {"red": 41, "rose": 15, "blue": 30, "sky": 15}
LINKS = {name: Contender(name, apparentment=("left",)) for name in ("red", "rose")} | {
    name: Contender(name, apparentment=("right",)) for name in ("blue", "sky")
}
SHARE = ShareOut(divisor="dhondt", ties=("most_votes",), cite="el 3")
SIXTY = Bonus(up_to_part=Fraction(3, 5), elected="mayor", divisor="dhondt", cite="el 2")


@pytest.mark.parametrize(
    "mark",
    [
        Contender("bo", party="blue"),
        Contender("bo", party="right"),
        Contender("bo", apparentment=("right",)),
        Contender("bo", members=("sky", "blue")),
    ],
)
def test_the_bonus_goes_with_the_mayor_whoever_has_the_most_votes(mark: Contender) -> None:
    """The left has 56 of 101 votes, the right its mayor: four seats (D'Hondt) are brought up to six."""
    pool = Pool(cite="el 2")
    assert mayors({"bo": 9, "al": 5}, {**LINKS, "bo": mark}, pool, SIXTY) == {"red": 3, "rose": 1, "blue": 4, "sky": 2}
    assert mayors({"bo": 1, "al": 5}, {**LINKS, "al": Contender("al", party="red")}, pool, SIXTY)["red"] == 5


def test_a_mayor_without_a_list_is_silence() -> None:
    with pytest.raises(LawSilent, match="al, elected in mayor, stands with no list that takes part"):
        mayors({"bo": 1, "al": 5}, LINKS, Pool(cite="el 2"), SIXTY)
