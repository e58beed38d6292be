"""Seats that make up shares of the whole: who holds too many, who holds seats from outside, and totals alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.allocate import Allocate
from sailau.seats.compensate import Compensate
from sailau.seats.count import Count, Each
from sailau.seats.remainders import largest_remainder
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, LawSilent, MissingFigure
from sailau.terms.tally import Ballots, Contender, Tally

HARE = Compensate(tiers=("local",), quota="hare", overhang="exclude", cite="x 1")
LOCAL = (Each(steps=(Allocate(divisor="dhondt", cite="x 0"),)),)

Votes = dict[str, dict[str, int]]


def tiers(step: Compensate, own: int | None) -> tuple[Tier, Tier]:
    local = Tier(name="local", seats=None, district="multi_member", ballot="closed_list", steps=LOCAL)
    top = Tier(name="top", seats=own, district="nationwide", ballot="closed_list", steps=(step,), votes="local")
    return local, top


def count(
    step: Compensate,
    votes: Votes,
    seats: dict[str, int],
    own: int | None,
    *,
    contenders: dict[str, Contender] | None = None,
    **decisions: str,
) -> tuple[dict[str, int], Count]:
    tally = Tally({"local": Ballots(votes, seats=seats)}, contenders or {})
    chosen = {key.replace("__", "."): (value,) for key, value in decisions.items()}
    local, top = tiers(step, own)
    done = {"local": local.count(tally, done={}, decisions=chosen, trail=())}
    made = top.count(tally, done=done, decisions=chosen, trail=())
    return made.total_placed(), made


# d1: a 60 b 30 c 10 with 3 seats -> a 2, b 1; d2: a 50 b 40 c 10 with 3 -> a 2, b 1
VOTES = {"d1": {"a": 60, "b": 30, "c": 10}, "d2": {"a": 50, "b": 40, "c": 10}}
SEATS = {"d1": 3, "d2": 3}


def test_what_is_wanting_is_placed() -> None:
    # 10 seats by Hare: 110/20 a 5.5, b 3.5, c 1 -> tie of a and b for the last; 9 seats: a 4.95, b 3.15, c 0.9
    placed, made = count(HARE, VOTES, SEATS, 3)
    assert placed == {"a": 1, "b": 1, "c": 1}
    assert made.left() == 0


def test_the_total_may_be_given() -> None:
    assert count(Compensate(tiers=("local",), total=9, quota="hare", cite="x 1"), VOTES, SEATS, 3)[0] == {
        "a": 1,
        "b": 1,
        "c": 1,
    }


def test_a_tier_without_a_number_takes_what_is_left_of_the_total() -> None:
    step = Compensate(tiers=("local",), total=9, quota="hare", cite="x 1")
    placed, made = count(step, VOTES, SEATS, None)
    assert (placed, made.seats) == ({"a": 1, "b": 1, "c": 1}, 3)


def test_a_tie_for_the_last_seat_needs_a_rule() -> None:
    with pytest.raises(DrawRequired) as caught:
        count(HARE, VOTES, SEATS, 4)
    assert (caught.value.tied, caught.value.key) == (("a", "b"), "top.compensate")
    assert count(HARE, VOTES, SEATS, 4, top__compensate="b")[0] == {"a": 1, "b": 2, "c": 1}


# a wins all three districts
ONE = {"d1": 1, "d2": 1, "d3": 1}


@pytest.mark.parametrize(
    ("overhang", "own", "expected", "extra"),
    [
        ("exclude", 1, {"b": 1}, 0),
        ("add", 1, {"b": 1, "c": 1}, 1),
        ("continue", 1, {"b": 1}, 0),
        ("exclude", 3, {"b": 2, "c": 1}, 0),
    ],
)
def test_policies_of_overhang(overhang: str, own: int, expected: dict[str, int], extra: int) -> None:
    votes = {"d1": {"a": 40, "b": 32, "c": 28}, "d2": {"a": 40, "b": 32, "c": 28}, "d3": {"a": 40, "b": 32, "c": 28}}
    formula = {"divisor": "dhondt"} if overhang == "continue" else {"quota": "hare"}
    step = Compensate(tiers=("local",), overhang=overhang, cite="x 1", **formula)
    placed, made = count(step, votes, ONE, own)
    assert (placed, made.extra, made.left()) == (expected, extra, 0)


def test_holding_just_its_share_is_no_overhang() -> None:
    refuse = Compensate(tiers=("local",), quota="hare", overhang="refuse", cite="x 1")
    votes = {d: {"a": 60, "b": 25, "c": 15} for d in ONE}
    assert count(refuse, votes, ONE, 2)[0] == {"b": 1, "c": 1}
    with pytest.raises(LawSilent, match="a 1 more than the share"):
        count(refuse, {d: {"a": 40, "b": 32, "c": 28} for d in ONE}, ONE, 1)


def test_excluding_one_can_put_another_over() -> None:
    # 5 seats by Hare: a 2.5, b 2.4, c 0.1 -> a 3, b 2; a holds 4 and goes; of 1 left for b and c, b holds 1
    votes = {f"d{i}": {"a": 6, "b": 4, "c": 0} for i in range(4)} | {"e": {"a": 1, "b": 8, "c": 1}}
    seats = dict.fromkeys(votes, 1)
    placed, made = count(HARE, votes, seats, 1)
    assert placed == {"b": 1}
    assert made.trail is not None
    assert made.trail[-1].facts["rounds"] == [{"a": 3}]


def test_seats_of_others_are_taken_off_first() -> None:
    votes = {"d1": {"a": 90, "b": 10, "solo": 5}, "d2": {"a": 10, "b": 20, "solo": 60}}
    local = Tier(name="local", seats=None, district="single_member", ballot="closed_list", steps=LOCAL)
    tally = Tally({"local": Ballots(votes), "top": Ballots({"nation": {"a": 100, "b": 30}})})
    done = {"local": local.count(tally, done={}, decisions={}, trail=None)}
    top = Tier(name="top", seats=3, district="nationwide", ballot="closed_list", steps=(HARE,))
    made = top.count(tally, done=done, decisions={}, trail=())
    # 5 seats less solo's one: 4 by Hare of 130: a 3.08, b 0.92
    assert made.total_placed() == {"a": 2, "b": 1}
    assert made.trail is not None
    assert made.trail[-1].facts["others"] == {"solo": 1}


def test_a_candidates_seat_counts_for_its_party() -> None:
    persons = {
        "ann": Contender("ann", party="a", kind="candidate"),
        "bob": Contender("bob", party="b", kind="candidate"),
    }
    local = Tier(name="local", seats=None, district="single_member", ballot="candidate", steps=LOCAL)
    votes = {"local": Ballots({"d1": {"ann": 9, "bob": 1}}), "top": Ballots({"nation": {"a": 50, "b": 50}})}
    tally = Tally(votes, persons)
    done = {"local": local.count(tally, done={}, decisions={}, trail=None)}
    top = Tier(name="top", seats=1, district="nationwide", ballot="closed_list", steps=(HARE,))
    assert top.count(tally, done=done, decisions={}, trail=None).total_placed() == {"b": 1}


def test_in_an_area_only_its_own_districts_count() -> None:
    local = Tier(name="local", seats=None, district="single_member", ballot="closed_list", steps=LOCAL)
    regions = {"d1": "north", "d2": "north", "d3": "south"}
    votes = {"d1": {"a": 9, "b": 5}, "d2": {"a": 8, "b": 7}, "d3": {"a": 2, "b": 9}}
    step = Each(steps=(Compensate(tiers=("local",), divisor="dhondt", overhang="continue", cite="x 1"),))
    top = Tier(name="top", seats=None, district="multi_member", ballot="closed_list", steps=(step,))
    tally = Tally(
        {
            "local": Ballots(votes, regions=regions),
            "top": Ballots({"north": {"a": 17, "b": 12}, "south": {"a": 2, "b": 9}}, seats={"north": 2, "south": 1}),
        }
    )
    done = {"local": local.count(tally, done={}, decisions={}, trail=None)}
    made = top.count(tally, done=done, decisions={}, trail=())
    # north: a holds 2 (17/3), b 12, then 6 -> both to b; south: b holds 1: 9/2 against 2
    assert {name: dict(part.placed) for name, part in made.areas.items()} == {"north": {"b": 2}, "south": {"b": 1}}


def test_national_totals_are_counted_only_where_the_law_says_so() -> None:
    tally = Tally({"top": Ballots({"nation": {"a": 60, "b": 40}})})

    def whole(step: Compensate) -> dict[str, int]:
        top = Tier(name="top", seats=3, district="nationwide", ballot="closed_list", steps=(step,), votes="local")
        return top.count(tally, done={}, decisions={}, trail=()).total_placed()

    assert whole(Compensate(tiers=("local",), total=10, quota="hare", totals=True, cite="x 1")) == {"a": 6, "b": 4}
    with pytest.raises(MissingFigure, match="local was not counted"):
        whole(Compensate(tiers=("local",), total=10, quota="hare", cite="x 1"))
    with pytest.raises(MissingFigure):
        whole(Compensate(tiers=("local",), quota="hare", totals=True, cite="x 1"))


def test_going_on_needs_quotients() -> None:
    with pytest.raises(InvalidLaw, match="needs a divisor"):
        Compensate(tiers=("local",), quota="hare", overhang="continue", cite="x 1")
    with pytest.raises(InvalidLaw, match="a quota or a divisor"):
        Compensate(tiers=("local",), cite="x 1")


def test_nobody_in_line_is_a_question() -> None:
    with pytest.raises(LawSilent):
        count(HARE, {"d1": {"against_all": 10}}, {"d1": 0}, 2)


def test_the_explanation_names_who_was_taken_out() -> None:
    votes = {d: {"a": 40, "b": 32, "c": 28} for d in ONE}
    _, made = count(HARE, votes, ONE, 1)
    assert made.trail is not None
    words = Compensate.words(made.trail[-1])
    assert [label for label, _ in words] == ["share", "overhang", "held", "made up"]
    assert "a 3 held, share only a 2" in words[1][1]


numbers = st.integers(1, 60)


@given(
    st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=5),
    st.integers(0, 6),
)
def test_excluding_ends_where_nobody_holds_too_many(districts: list[tuple[int, int, int]], own: int) -> None:
    """A second opinion: those left in have their shares of what they have together; the others keep theirs."""
    votes = {f"d{i}": dict(zip("abc", row, strict=True)) for i, row in enumerate(districts)}
    seats = dict.fromkeys(votes, 2)
    try:
        placed, made = count(HARE, votes, seats, own)
    except (DrawRequired, LawSilent):
        return
    assert made.trail is not None
    facts = made.trail[-1].facts
    assert sum(placed.values()) == own
    out = {c for over in facts["rounds"] for c in over}
    total = {c: sum(votes[d][c] for d in votes) for c in "abc"}
    standing = {c: n for c, n in total.items() if c not in out}
    together = {c: facts["held"][c] + placed.get(c, 0) for c in standing}
    assert largest_remainder(standing, sum(together.values())).seats == together
    assert all(c not in placed for c in out)
    for over in facts["rounds"]:
        assert all(facts["held"][c] > share for c, share in over.items())


def test_a_tier_that_is_taken_over_counts_towards_the_shares() -> None:
    step = Compensate(tiers=("district",), total=10, divisor="sainte_lague", overhang="add", cite="x 1")
    tier = Tier(name="list", seats=None, district="nationwide", ballot="closed_list", steps=(step,))
    tally = Tally(Tally.of({"a": 60, "b": 40}).tiers, declared={"district": {"a": 5, "independent": 1}})
    counted = tier.count(tally, done={}, decisions={}, trail=())
    # Of ten seats one is an independent's; nine by votes are 5 and 4, and a has its five.
    assert counted.total_placed() == {"b": 4}
    assert counted.seats + counted.extra == 4


@pytest.mark.parametrize(("votes", "seats"), [({"a": 0, "b": 0}, 3), ({"a": 5}, -1)])
def test_seats_that_nobody_can_take_are_a_question(votes: dict[str, int], seats: int) -> None:
    with pytest.raises(LawSilent, match=f"{seats} seats are to be shared out, and nobody with votes"):
        HARE._allocation(votes, seats, None)
    assert HARE._allocation({"a": 5}, 0, None).seats == {"a": 0}
