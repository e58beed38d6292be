"""Linked lists counted as one: who is pooled where, and what becomes of a pool that a bar puts out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sailau.seats.allocate import Allocate
from sailau.seats.count import Count, Each, Step, run, start
from sailau.seats.pool import Pool, room
from sailau.seats.threshold import Threshold
from sailau.terms.errors import InvalidRecord, LawSilent
from sailau.terms.tally import Ballots, Contender, Tally

POOL = Pool(cite="x 1")
UNDO = Pool(undo=True, cite="x 3")
TEN = Threshold(share=Fraction(1, 10), of="standing", cite="x 2")


def linked(**links: str) -> dict[str, Contender]:
    return {name: Contender(name, apparentment=tuple(path.split("/"))) for name, path in links.items()}


def count(votes: dict[str, dict[str, int]], marks: dict[str, Contender], *steps: Step, seats: int = 4) -> Count:
    magnitudes = {} if "nation" in votes else dict.fromkeys(votes, seats)
    tally = Tally({"list": Ballots(votes)}, marks)
    total = sum(magnitudes.values()) or seats
    begun = start(tally, tally.tiers["list"], "list", total, magnitudes, done={}, decisions={}, trail=())
    return run(steps, begun)


def test_the_outermost_link_is_the_pool() -> None:
    made = count({"nation": {"a": 5, "b": 3, "c": 9}}, linked(a="left/inner", b="left"), POOL)
    assert made.votes == {"left": 8, "c": 9}
    assert made.pools == {"left": ("a", "b")}


def test_a_link_of_one_list_is_no_pool() -> None:
    made = count({"nation": {"a": 5, "c": 9}}, linked(a="left"), POOL)
    assert (made.votes, made.pools) == ({"a": 5, "c": 9}, {})


def test_lines_that_are_no_lists_stay_out_of_pools() -> None:
    made = count({"nation": {"a": 5, "b": 3, "blank": 2}}, linked(a="left", b="left", blank="left"), POOL)
    assert made.votes == {"left": 8, "blank": 2}


@pytest.mark.parametrize("name", ["a", "c"])
def test_a_link_with_the_name_of_a_contender_is_refused(name: str) -> None:
    with pytest.raises(InvalidRecord, match=f"{name} is a contender and also the link of a, b"):
        count({"nation": {"a": 5, "b": 3, "c": 9}}, linked(a=name, b=name), POOL)


def test_a_member_that_stands_alone_in_a_district_bears_the_pool_there_too() -> None:
    votes = {"x": {"a": 5, "b": 3, "c": 1}, "y": {"a": 4, "c": 6}, "z": {"c": 2}}
    made = count(votes, linked(a="left", b="left"), POOL)
    assert made.votes == {"left": 12, "c": 9}
    assert made.areas["y"].votes == {"left": 4, "c": 6}
    assert made.areas["y"].pools == {"left": ("a",)}
    assert made.areas["z"].votes == {"c": 2}


def test_pools_of_each_district_are_its_own_inside_each() -> None:
    made = count({"x": {"a": 5, "b": 3}, "y": {"a": 4, "c": 6}}, linked(a="left", b="left"), Each(steps=(POOL,)))
    assert made.areas["x"].votes == {"left": 8}
    assert made.areas["y"].votes == {"a": 4, "c": 6}


@pytest.mark.parametrize(("rest", "stands"), [(72, {"a", "b", "c"}), (73, {"c"})])
def test_links_that_count_for_the_bar_only(rest: int, stands: set[str]) -> None:
    """8 of 80 is a tenth and passes for both members; 8 of 81 is not, and none of them comes back."""
    made = count({"nation": {"a": 5, "b": 3, "c": rest}}, linked(a="left", b="left"), POOL, TEN, UNDO)
    assert set(made.votes) == stands
    assert made.pools == {}
    assert made.votes["c"] == rest


def test_a_pool_put_out_of_the_whole_comes_back_in_no_district() -> None:
    votes = {"x": {"a": 5, "b": 3, "c": 60}, "y": {"c": 90, "a": 1}}
    made = count(votes, linked(a="left", b="left"), POOL, TEN, UNDO)
    assert [set(part.votes) for part in made.areas.values()] == [{"c"}, {"c"}]


def test_undone_without_a_bar_all_is_as_before() -> None:
    votes = {"x": {"a": 5, "b": 3, "c": 1}, "y": {"a": 4, "c": 6}}
    made = count(votes, linked(a="left", b="left"), POOL, UNDO)
    assert made.votes == {"a": 9, "b": 3, "c": 7}
    assert {name: dict(part.votes) for name, part in made.areas.items()} == votes


def test_the_order_of_input_is_no_rule() -> None:
    marks = linked(a="left", b="left", c="right", d="right")
    one = count({"nation": {"a": 5, "b": 3, "c": 2, "d": 1}}, marks, POOL)
    other = count({"nation": {"d": 1, "c": 2, "b": 3, "a": 5}}, dict(reversed(marks.items())), POOL)
    assert (one.votes, one.pools) == (other.votes, other.pools)


def test_the_words_name_the_members_and_those_alone() -> None:
    made = count({"nation": {"a": 5, "b": 3, "c": 9}}, linked(a="left", b="left"), POOL, UNDO)
    assert made.trail is not None
    pooled, undone = made.trail
    assert Pool.words(pooled) == [("pool", "left 8 votes: a 5, b 3")]
    assert Pool.words_on(pooled, "b") == [("pool", "b is counted with a, as left")]
    assert Pool.words_on(pooled, "c") == []
    assert "a" in Pool.words(undone)[0][1]
    alone = count({"nation": {"a": 5}}, {}, POOL)
    assert alone.trail is not None
    assert Pool.words(alone.trail[0]) == [("pool", "no linked lists: each counts alone")]


def test_room_is_the_persons_of_a_list_and_of_all_members_of_a_pool() -> None:
    marks = {
        "a": Contender("a", candidates=3),
        "b": Contender("b", candidates=2),
        "p": Contender("p", kind="independent"),
        "q": Contender("q", kind="candidate"),
    }
    tally = Tally({}, marks)
    assert room(tally, {"left": 9, "p": 1, "c": 4}, {"left": ("a", "b", "q")}) == {"left": 6, "p": 1}
    assert room(tally, {"left": 9}, {"left": ("a", "c")}) == {}


@pytest.mark.parametrize(("limit", "seats"), [("none", {"left": 3, "c": 1}), ("candidates", {"left": 2, "c": 2})])
def test_a_pool_wins_no_more_seats_than_its_members_have_candidates(limit: str, seats: dict[str, int]) -> None:
    marks = {
        "a": Contender("a", apparentment=("left",), candidates=1),
        "b": Contender("b", apparentment=("left",), candidates=1),
    }
    step = Allocate(divisor="dhondt", limit=limit, cite="x 2")  # type: ignore[arg-type]
    made = count({"nation": {"a": 50, "b": 40, "c": 29}}, marks, POOL, step)
    assert made.placed == seats


def test_nobody_has_a_person_left() -> None:
    marks = {name: Contender(name, kind="candidate") for name in "abc"}
    step = Allocate(divisor="dhondt", limit="candidates", cite="x 2")
    assert count({"nation": {"a": 5, "b": 4, "c": 1}}, marks, step, seats=3).placed == {"a": 1, "b": 1, "c": 1}
    with pytest.raises(LawSilent):
        count({"nation": {"a": 5, "b": 4, "c": 1}}, marks, step, seats=4)


HUNDRED = {"nation": {"a": 7, "b": 2, "c": 1, "d": 90}}


def test_links_below_their_bar_are_no_pools() -> None:
    marks = linked(a="left", b="left", c="left")
    ten, eleven = Pool(share=Fraction(10, 100), cite="x 1"), Pool(share=Fraction(11, 100), cite="x 1")
    assert count(HUNDRED, marks, ten).votes == {"d": 90, "left": 10}
    made = count(HUNDRED, marks, eleven)
    assert (made.votes, made.pools) == (HUNDRED["nation"], {})
    assert made.trail is not None
    assert Pool.words(made.trail[-1])[0][1].startswith("left is below the bar of linked lists: a 7")


def test_one_member_at_least_needs_a_share_of_its_own() -> None:
    marks = linked(a="left", b="left", c="left")
    assert count(HUNDRED, marks, Pool(need=Fraction(7, 100), cite="x 1")).pools == {"left": ("a", "b", "c")}
    assert count(HUNDRED, marks, Pool(need=Fraction(8, 100), cite="x 1")).pools == {}


def test_the_votes_of_the_smallest_members_do_not_count_for_the_pool_and_for_nobody_else() -> None:
    marks = linked(a="left", b="left", c="left")
    made = count(HUNDRED, marks, Pool(least=Fraction(2, 100), cite="x 1"))
    assert made.votes == {"d": 90, "left": 9}
    assert made.pools == {"left": ("a", "b", "c")}
    lower = Pool(least=Fraction(2, 100), share=Fraction(10, 100), cite="x 1")
    assert count(HUNDRED, marks, lower).pools == {}  # 9 without the smallest


def test_the_bar_of_the_whole_says_who_is_a_pool_in_every_district() -> None:
    votes = {"x": {"a": 5, "b": 5, "c": 0}, "y": {"a": 0, "b": 1, "c": 89}}
    marks = linked(a="left", b="left")
    assert count(votes, marks, Pool(share=Fraction(12, 100), cite="x 1")).areas["x"].votes == {"a": 5, "b": 5, "c": 0}
    one = count(votes, marks, Pool(least=Fraction(6, 100), cite="x 1"))
    assert (one.votes, one.areas["x"].votes) == ({"c": 89, "left": 6}, {"c": 0, "left": 5})


def test_pools_have_a_bar_of_their_own() -> None:
    marks = linked(a="left", b="left", c="left")
    for bar, stays in ((Fraction(10, 100), True), (Fraction(11, 100), False)):
        made = count(HUNDRED, marks, POOL, Threshold(share=Fraction(1, 100), pools=bar, cite="x 2"))
        assert ("left" in made.votes) is stays


def test_the_few_votes_of_an_exempt_member_count_for_its_pool() -> None:
    step = Pool(least=Fraction(1, 10), of="standing", exempt=("minority",), cite="x 1")
    votes = {"nation": {"a": 50, "b": 9, "c": 41}}
    plain = linked(a="left", b="left")
    marked = plain | {"b": Contender("b", apparentment=("left",), traits=frozenset({"minority"}))}
    assert count(votes, plain, step).votes == {"left": 50, "c": 41}
    assert count(votes, marked, step).votes == {"left": 59, "c": 41}
    assert count({"nation": {"a": 50, "b": 10, "c": 40}}, plain, step).votes == {"left": 60, "c": 40}


def test_the_trail_tells_pooled_lists_from_those_that_stand_alone() -> None:
    made = count({"nation": {"a": 5, "b": 3, "c": 9, "blank": 2}}, linked(a="left", b="left"), POOL)
    assert made.trail is not None
    facts = made.trail[-1].facts
    assert (facts["pools"], facts["alone"]) == ({"left": {"a": 5, "b": 3}}, ["c"])
