"""The seats of a pool to its members: level by level, by their own votes, and never one lost."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.allocate import Allocate
from sailau.seats.averages import highest_averages
from sailau.seats.count import Count, Each
from sailau.seats.explain import explain
from sailau.seats.pool import Pool
from sailau.seats.share_out import ShareOut
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, InvalidRecord, LawSilent
from sailau.terms.tally import Ballots, Contender, Tally
from sailau.terms.trail import Trail

POOL = Pool(cite="x 1")
SEATS = Allocate(divisor="dhondt", cite="x 2")
SHARE = ShareOut(divisor="dhondt", cite="x 3")


def linked(**links: str) -> dict[str, Contender]:
    return {name: Contender(name, apparentment=tuple(path.split("/"))) for name, path in links.items()}


def count(
    votes: Mapping[str, int], seats: int, marks: Mapping[str, Contender], step: ShareOut = SHARE, **decisions: str
) -> Count:
    tier = Tier(name="list", seats=seats, district="nationwide", ballot="closed_list", steps=(POOL, SEATS, step))
    chosen = {key.replace("__", "."): (value,) for key, value in decisions.items()}
    return tier.count(Tally({"list": Ballots({"nation": votes})}, marks), done={}, decisions=chosen, trail=())


def test_linked_lists_win_as_one_and_share_inside() -> None:
    votes = {"a": 60, "b": 29, "c": 26}
    assert count(votes, 3, {}).placed == {"a": 2, "b": 1}
    assert count(votes, 3, linked(b="left", c="left")).placed == {"a": 2, "b": 1}
    assert count({**votes, "b": 35}, 3, linked(b="left", c="left")).placed == {"a": 1, "b": 1, "c": 1}


def test_the_links_nested_inside_come_first() -> None:
    """Of three seats c and d together win two for 48 against 40; one by one, b would have two for 40, 31 and 20."""
    votes = {"b": 40, "c": 31, "d": 17}
    assert count(votes, 3, linked(b="left", c="left/in", d="left/in")).placed == {"b": 1, "c": 1, "d": 1}
    assert count(votes, 3, linked(b="left", c="left", d="left")).placed == {"b": 2, "c": 1}


def test_three_levels() -> None:
    marks = linked(a="p", b="p/q", c="p/q/r", d="p/q/r", e="p/s")
    assert count({"a": 40, "b": 40, "c": 40, "d": 41, "e": 39}, 5, marks).placed == dict.fromkeys("abcde", 1)


def test_an_inner_link_of_one_list_is_that_list() -> None:
    made = count({"a": 30, "b": 30, "c": 5}, 2, linked(a="left/own", b="left"))
    assert made.placed == {"a": 1, "b": 1}


def test_an_inner_link_with_the_name_of_a_contender_is_refused() -> None:
    with pytest.raises(InvalidRecord, match="z is a contender and also the link of a, b"):
        count({"a": 30, "b": 30, "c": 50, "z": 1}, 3, linked(a="left/z", b="left/z", c="left"))


def test_a_pool_without_a_seat_gives_none() -> None:
    assert count({"a": 5, "b": 4, "c": 100}, 2, linked(a="left", b="left")).placed == {"c": 2}


def test_equal_members_need_a_lot_under_the_key_of_the_step() -> None:
    votes, marks = {"a": 30, "b": 30, "c": 50}, linked(a="left", b="left")
    with pytest.raises(DrawRequired) as caught:
        count(votes, 2, marks)
    assert (caught.value.tied, caught.value.key) == (("a", "b"), "list.share_out")
    assert count(votes, 2, marks, list__share_out="b").placed == {"b": 1, "c": 1}


def test_equal_quotients_by_a_rule() -> None:
    """45 / 1 and 90 / 2 for the last of two seats of the pool: the first has its seat, the second is tied."""
    votes, marks = {"a": 90, "b": 45, "c": 60}, linked(a="left", b="left")
    with pytest.raises(DrawRequired):
        count(votes, 3, marks)
    more, fewer = ShareOut(divisor="dhondt", ties=("most_votes",), cite="x 3"), ("fewest_votes",)
    assert count(votes, 3, marks, more).placed == {"a": 2, "c": 1}
    assert count(votes, 3, marks, ShareOut(divisor="dhondt", ties=fewer, cite="x 3")).placed == {"a": 1, "b": 1, "c": 1}


def test_members_have_no_persons_for_the_seats_won() -> None:
    marks = {name: Contender(name, apparentment=("left",), candidates=1) for name in "ab"}
    step = ShareOut(divisor="dhondt", limit="candidates", cite="x 3")
    assert count({"a": 90, "b": 9, "c": 60}, 3, marks, step).placed == {"a": 1, "b": 1, "c": 1}
    with pytest.raises(LawSilent):
        count({"a": 190, "b": 9, "c": 60}, 4, marks, step)


def test_in_districts_the_pools_share_where_they_won() -> None:
    tier = Tier(
        name="list",
        seats=None,
        district="multi_member",
        ballot="closed_list",
        steps=(Each(steps=(POOL, SEATS, SHARE)),),
    )
    votes = {"x": {"a": 30, "b": 29, "c": 28}, "y": {"a": 5, "b": 20, "c": 24}, "z": {"a": 9, "c": 8}}
    ballots = Ballots(votes, seats={"x": 2, "y": 1, "z": 1})
    made = tier.count(Tally({"list": ballots}, linked(a="left", b="left")), done={}, decisions={}, trail=None)
    placed = {name: part.placed for name, part in made.areas.items()}
    assert placed == {"x": {"a": 1, "b": 1}, "y": {"b": 1}, "z": {"a": 1}}


def test_every_seat_of_the_trail_stands_once_and_on_a_member() -> None:
    made = count({"b": 40, "c": 31, "d": 17, "z": 30}, 4, linked(b="left", c="left/in", d="left/in"))
    assert made.trail is not None
    won: dict[str, int] = {}
    for seat in Trail(made.trail).seats():
        won[seat.contender] = won.get(seat.contender, 0) + 1
    assert won == made.placed
    inside = [entry for entry in made.trail if entry.key.startswith("share_out")]
    assert [ShareOut.words(entry)[0] for entry in inside] == [
        ("inside", "left: 3 to share out inside"),
        ("inside", "in: 2 to share out inside"),
    ]


@pytest.mark.parametrize(
    "fields", [{}, {"quota": "hare", "divisor": "dhondt"}, {"quota": "hare", "limit": "candidates"}]
)
def test_a_formula_that_is_none_or_two(fields: dict[str, str]) -> None:
    with pytest.raises(InvalidLaw):
        ShareOut(cite="x", **fields)  # type: ignore[arg-type]


VOTES = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 999), min_size=2)
PATHS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["p", "p/q", "p/r", "s", "s/t", "s/t/u"]))


@given(VOTES, PATHS, st.integers(1, 30), st.randoms(use_true_random=False))
def test_no_seat_is_lost_and_order_decides_nothing(
    votes: dict[str, int], paths: dict[str, str], seats: int, random: object
) -> None:
    marks = linked(**{name: path for name, path in paths.items() if name in votes})
    try:
        made = count(votes, seats, marks).placed
    except DrawRequired:
        return
    assert sum(made.values()) == seats
    turned = list(votes.items())
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert count(dict(turned), seats, marks).placed == made
    groups: dict[str, list[str]] = {}
    for name in votes:
        groups.setdefault(paths.get(name, f"={name}").partition("/")[0], []).append(name)
    pooled = {group: sum(votes[name] for name in names) for group, names in groups.items()}
    outer = highest_averages(pooled, seats, divisor="dhondt").seats
    assert {group: sum(made.get(name, 0) for name in names) for group, names in groups.items()} == outer


def test_members_below_a_share_of_the_whole_get_nothing_of_their_pool() -> None:
    votes = {"a": 60, "b": 36, "c": 4}
    marks = linked(b="left", c="left")
    few = ShareOut(divisor="adams", least=Fraction(5, 100), cite="x 3")
    assert count(votes, 10, marks, few).placed == {"a": 6, "b": 4}
    enough = ShareOut(divisor="adams", least=Fraction(4, 100), cite="x 3")
    assert count(votes, 10, marks, enough).placed == {"a": 6, "b": 3, "c": 1}
    nobody = ShareOut(divisor="adams", least=Fraction(1, 2), cite="x 3")
    with pytest.raises(LawSilent, match="no list of left has the votes"):
        count(votes, 10, marks, nobody)


def test_a_member_with_the_trait_takes_one_seat_of_the_pool_and_no_other() -> None:
    marks = linked(b="left") | {"c": Contender("c", apparentment=("left",), traits=frozenset({"m"}))}
    step = ShareOut(divisor="dhondt", assured=("m",), cite="x 3")
    assert count({"a": 60, "b": 38, "c": 2}, 10, marks, step).placed == {"a": 6, "b": 3, "c": 1}
    assert count({"a": 60, "b": 2, "c": 38}, 10, marks, step).placed == {"a": 6, "b": 3, "c": 1}
    two = {name: Contender(name, apparentment=("left",), traits=frozenset({"m"})) for name in "bc"}
    with pytest.raises(LawSilent, match="left won 1 seats, but 2 of its lists are assured"):
        count({"a": 80, "b": 10, "c": 10}, 5, two, step)


BEST = ShareOut(divisor="dhondt", least=Fraction(1, 10), best=True, ties=("lot",), cite="x 3")


def test_the_best_list_below_the_bar_takes_part() -> None:
    """Of 100 votes b has 9 and c 8: both below 10, the larger one takes part, the other does not."""
    marks = linked(a="left", b="left", c="left")
    votes = {"a": 33, "b": 9, "c": 8, "d": 50}
    assert count(votes, 20, marks, BEST).placed == {"a": 8, "b": 2, "d": 10}
    plain = ShareOut(divisor="dhondt", least=Fraction(1, 10), cite="x 3")
    assert count(votes, 20, marks, plain).placed == {"a": 10, "d": 10}


def test_a_list_at_the_bar_leaves_the_place_of_the_best_below_it() -> None:
    marks = linked(a="left", b="left", c="left")
    assert count({"a": 32, "b": 10, "c": 8, "d": 50}, 20, marks, BEST).placed == {"a": 7, "b": 2, "c": 1, "d": 10}


def test_equally_good_lists_below_the_bar_need_a_draw() -> None:
    marks = linked(a="left", b="left", c="left")
    votes = {"a": 34, "b": 8, "c": 8, "d": 50}
    with pytest.raises(DrawRequired) as draw:
        count(votes, 20, marks, BEST)
    assert draw.value.key == "list.share_out.best"
    assert count(votes, 20, marks, BEST, list__share_out__best="c").placed == {"a": 8, "c": 2, "d": 10}


def test_best_needs_a_share() -> None:
    with pytest.raises(InvalidLaw, match="no such share"):
        ShareOut(divisor="dhondt", best=True, cite="x 3")


def test_the_explanation_names_the_best_list_below_the_bar() -> None:
    made = count({"a": 33, "b": 9, "c": 8, "d": 50}, 20, linked(a="left", b="left", c="left"), BEST)
    assert "below 10%, but the best such list of its pool: b 9 (left)" in explain(Trail(made.trail or ()))
