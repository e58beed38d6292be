"""District seats beyond the share of the whole: which go back, to whom, and where the law stops."""

from __future__ import annotations

import pytest

from sailau.seats.allocate import Allocate
from sailau.seats.averages import highest_averages
from sailau.seats.count import Count, Each
from sailau.seats.give_back import GiveBack
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, LawSilent, MissingFigure
from sailau.terms.tally import Ballots, Tally

Votes = dict[str, dict[str, int]]
LOCAL = Tier(
    name="local",
    seats=None,
    district="multi_member",
    ballot="closed_list",
    steps=(Each(steps=(Allocate(divisor="sainte_lague", cite="x 0"),)),),
)


def count(step: GiveBack, votes: Votes, seats: dict[str, int], **decisions: str) -> Count:
    ballots = Ballots(votes, seats=seats)
    tally = Tally({"local": ballots})
    chosen = {key.replace("__", "."): (value,) for key, value in decisions.items()}
    done = {"local": LOCAL.count(tally, done={}, decisions={}, trail=None)}
    total: dict[str, int] = {}
    for lines in votes.values():
        for line, n in lines.items():
            total[line] = total.get(line, 0) + n
    return step.apply(
        Count(tally, ballots, "top", "nation", 0, total, total, done=done, decisions=chosen, trail=()),
    )


def local(made: Count) -> Votes:
    return {a: {c: n for c, n in part.placed.items() if n} for a, part in made.done["local"].areas.items()}


# a wins all four single seats; its share of 5 is 3 (240 of 400 votes)
VOTES = {
    "d1": {"a": 60, "b": 35, "c": 5},
    "d2": {"a": 62, "b": 34, "c": 4},
    "d3": {"a": 58, "b": 32, "c": 10},
    "d4": {"a": 60, "b": 38, "c": 2},
}
ONE = dict.fromkeys(VOTES, 1)
STEP = GiveBack(tier="local", total=5, divisor="sainte_lague", cite="x 1")


def test_the_weakest_seat_goes_to_the_next_in_the_district() -> None:
    total = {c: sum(lines[c] for lines in VOTES.values()) for c in "abc"}
    assert highest_averages(total, 5, divisor="sainte_lague").seats == {"a": 3, "b": 2, "c": 0}
    made = count(STEP, VOTES, ONE)
    assert local(made) == {"d1": {"a": 1}, "d2": {"a": 1}, "d3": {"b": 1}, "d4": {"a": 1}}
    assert made.trail is not None
    assert GiveBack.words(made.trail[-1]) == [
        ("given back", "d3: a (quotient 58, beyond its share of 3) to b (quotient 32)")
    ]
    assert GiveBack.words_on(made.trail[-1], "c") == []


def test_nobody_beyond_its_share_gives_nothing_back() -> None:
    made = count(GiveBack(tier="local", total=7, divisor="sainte_lague", cite="x 1"), VOTES, ONE)
    assert local(made) == {d: {"a": 1} for d in VOTES}


def test_small_districts_keep_their_seats() -> None:
    votes = {"d1": {"a": 50, "b": 40}, "d2": {"a": 90, "b": 80}}
    # a 1 + 2, b 0 + 1 of 4; the share of a is 2
    free = GiveBack(tier="local", total=4, divisor="sainte_lague", cite="x 1")
    assert local(count(free, votes, {"d1": 1, "d2": 3})) == {"d1": {"a": 1}, "d2": {"b": 2, "a": 1}}
    kept = GiveBack(tier="local", total=4, divisor="sainte_lague", smallest=4, cite="x 1")
    assert local(count(kept, votes, {"d1": 1, "d2": 3})) == {"d1": {"a": 1}, "d2": {"a": 2, "b": 1}}


def test_whoever_has_its_share_is_passed_over() -> None:
    """c is next in d3, but has nothing due; the seat goes to b."""
    votes = {**VOTES, "d3": {"a": 58, "b": 19, "c": 23}}
    assert local(count(STEP, votes, ONE))["d3"] == {"b": 1}


def test_of_several_seats_the_largest_quotient_is_served_first() -> None:
    """b is due one seat only: it takes it where its quotient is largest, not where a's weakest seat was."""
    votes = {
        "d1": {"a": 58, "b": 32, "c": 30},
        "d2": {"a": 60, "b": 40, "c": 10},
        "d3": {"a": 62, "b": 5, "c": 5},
        "d4": {"a": 64, "b": 3, "c": 35},
    }
    step = GiveBack(tier="local", total=4, divisor="sainte_lague", cite="x 1")
    made = count(step, votes, dict.fromkeys(votes, 1))
    assert local(made) == {"d1": {"c": 1}, "d2": {"b": 1}, "d3": {"a": 1}, "d4": {"a": 1}}
    assert made.trail is not None
    moved = [(m["area"], m["to"], m["won"]) for m in made.trail[-1].facts["moved"]]
    assert moved == [("d2", "b", 40), ("d1", "c", 30)]


def test_equal_quotients_of_two_need_a_draw() -> None:
    votes = {"d1": {"a": 60, "b": 40, "c": 40}, "d2": {"a": 70, "b": 6, "c": 4}, "d3": {"a": 80, "b": 4, "c": 6}}
    step = GiveBack(tier="local", total=4, divisor="sainte_lague", cite="x 1")
    with pytest.raises(DrawRequired) as caught:
        count(step, votes, dict.fromkeys(votes, 1))
    assert (caught.value.options, caught.value.key) == (("b", "c"), "top.give_back")
    assert local(count(step, votes, dict.fromkeys(votes, 1), top__give_back="c"))["d1"] == {"c": 1}


def test_equal_lowest_quotients_need_a_draw() -> None:
    votes = {**VOTES, "d1": {"a": 58, "b": 37, "c": 5}}
    with pytest.raises(DrawRequired) as caught:
        count(STEP, votes, ONE)
    assert (caught.value.options, caught.value.key) == (("d1", "d3"), "top.give_back")
    assert local(count(STEP, votes, ONE, top__give_back="d1"))["d1"] == {"b": 1}


def test_nobody_to_take_the_seat_is_a_question() -> None:
    votes = {"d1": {"a": 60}, "d2": {"a": 70}, "d3": {"b": 90}}
    with pytest.raises(LawSilent, match="nobody in d1"):
        count(GiveBack(tier="local", total=2, divisor="sainte_lague", cite="x 1"), votes, dict.fromkeys(votes, 1))


def test_without_the_tier_only_where_the_law_says_so() -> None:
    tally = Tally.of({"a": 5}, tier="top")
    bare = Count(tally, tally.tiers["top"], "top", "nation", 1, {"a": 5}, {"a": 5})
    with pytest.raises(MissingFigure):
        STEP.apply(bare)
    assert GiveBack(tier="local", total=5, divisor="sainte_lague", totals=True, cite="x 1").apply(bare) is bare
