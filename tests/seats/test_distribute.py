"""Where the seats of a whole tier lie: largest claims, room, regions, and ties with and without a rule."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sailau.seats.count import Count
from sailau.seats.distribute import Distribute
from sailau.terms.errors import DrawRequired, LawSilent, MissingFigure
from sailau.terms.speech import speaking
from sailau.terms.tally import Ballots, Tally

Votes = dict[str, dict[str, int]]
FREE = Distribute(divisor="sainte_lague", tiers=("local",), cite="x 1")


def state(
    votes: Votes,
    placed: dict[str, int],
    *,
    held: Votes | None = None,
    seats: dict[str, int] | None = None,
    local: dict[str, int] | None = None,
    regions: dict[str, str] | None = None,
    **decisions: tuple[str, ...],
) -> Count:
    """Return a count with seats placed for the whole, and seats held in districts of a tier before."""
    ballots = Ballots(votes, seats=seats or {}, regions=regions or {})
    tally = Tally({"local": ballots, "top": ballots})
    chosen = {key.replace("__", "."): answer for key, answer in decisions.items()}

    def part(tier: str, name: str, n: int, won: dict[str, int]) -> Count:
        return Count(tally, ballots, tier, name, n, votes[name], votes[name], placed=won)

    total: dict[str, int] = {}
    for lines in votes.values():
        for line, n in lines.items():
            total[line] = total.get(line, 0) + n
    before = {name: part("local", name, (local or {}).get(name, 1), (held or {}).get(name, {})) for name in votes}
    done = {"local": Count(tally, ballots, "local", "nation", 0, total, total, areas=before)}
    areas = {name: part("top", name, (seats or {}).get(name, 0), {}) for name in votes}
    return Count(
        tally,
        ballots,
        "top",
        "nation",
        sum(placed.values()),
        total,
        total,
        placed=placed,
        areas=areas,
        done=done,
        decisions=chosen,
        trail=(),
    )


def where(step: Distribute, count: Count) -> dict[str, dict[str, int]]:
    made = step.apply(count)
    assert dict(made.placed) == {}
    assert made.total_placed() == count.total_placed()
    return {name: dict(part.placed) for name, part in made.areas.items() if part.placed}


def test_a_seat_goes_where_the_next_quotient_is_largest() -> None:
    votes = {"d1": {"a": 90}, "d2": {"a": 40}, "d3": {"a": 20}}
    # held 1 in d1: 90/3 = 30 against 40 and 20; then 40/3 = 13 against 30
    assert where(FREE, state(votes, {"a": 2}, held={"d1": {"a": 1}})) == {"d1": {"a": 1}, "d2": {"a": 1}}


def test_each_seat_placed_in_a_district_makes_the_next_there_dearer() -> None:
    votes = {"d1": {"a": 90}, "d2": {"a": 20}}
    # 90, then 90/3 = 30 against 20, then 90/5 = 18 against 20
    assert where(FREE, state(votes, {"a": 2})) == {"d1": {"a": 2}}
    assert where(FREE, state(votes, {"a": 3})) == {"d1": {"a": 2}, "d2": {"a": 1}}


def test_contenders_do_not_stand_in_one_anothers_way_without_a_limit() -> None:
    votes = {"d1": {"a": 50, "b": 50}, "d2": {"a": 10, "b": 10}}
    assert where(FREE, state(votes, {"a": 1, "b": 1})) == {"d1": {"a": 1, "b": 1}}


def test_a_full_district_sends_the_next_elsewhere() -> None:
    step = Distribute(divisor="sainte_lague", tiers=("local",), room="given", cite="x 1")
    votes = {"d1": {"a": 50, "b": 40}, "d2": {"a": 30, "b": 10}}
    assert where(step, state(votes, {"a": 1, "b": 1}, seats={"d1": 1, "d2": 1})) == {"d1": {"a": 1}, "d2": {"b": 1}}


def test_no_room_anywhere_is_a_question() -> None:
    step = Distribute(divisor="sainte_lague", room="given", cite="x 1")
    with pytest.raises(LawSilent, match="no area has room") as caught:
        step.apply(state({"d1": {"a": 5}, "d2": {"b": 5}}, {"a": 2}, seats={"d1": 1, "d2": 1}))
    assert (caught.value.key, caught.value.cite) == ("top.distribute", "x 1")


def test_claims_over_the_votes_of_a_seat() -> None:
    """Plain quotients favour the large county; measured by votes for a seat the small one is ahead."""
    step = Distribute(divisor="sainte_lague", tiers=("local",), relative="per_seat", cite="x 1")
    votes = {"large": {"a": 40, "b": 160}, "small": {"a": 30, "b": 30}}
    count = state(votes, {"a": 1}, local={"large": 2, "small": 2})
    assert where(FREE, count) == {"large": {"a": 1}}
    assert where(step, count) == {"small": {"a": 1}}
    more = state(votes, {"a": 1}, local={"large": 8, "small": 2})
    assert where(step, more) == {"large": {"a": 1}}


def test_claims_as_a_share_of_the_votes() -> None:
    step = Distribute(divisor="dhondt", tiers=("local",), relative="valid", cite="x 1")
    votes = {"d1": {"a": 40, "b": 160, "blank": 500}, "d2": {"a": 15, "b": 45}}
    assert where(step, state(votes, {"a": 1})) == {"d2": {"a": 1}}


def test_seats_in_the_order_in_which_they_were_won() -> None:
    """b has the larger claim in d1, but a is ahead in the nation and takes the only seat of d1."""
    won = Distribute(divisor="dhondt", relative="valid", room="given", order="won", won_by="dhondt", cite="x 1")
    claims = Distribute(divisor="dhondt", relative="valid", room="given", cite="x 1")
    votes = {"d1": {"a": 40, "b": 60}, "d2": {"a": 150, "b": 10, "c": 300}}
    count = state(votes, {"a": 1, "b": 1}, seats={"d1": 1, "d2": 1})
    assert where(won, count) == {"d1": {"a": 1}, "d2": {"b": 1}}
    assert where(claims, count) == {"d1": {"b": 1}, "d2": {"a": 1}}


def test_equal_quotients_in_the_order_of_the_nation_need_a_draw() -> None:
    won = Distribute(divisor="dhondt", relative="valid", room="given", order="won", won_by="dhondt", cite="x 1")
    votes = {"d1": {"a": 60, "b": 40}, "d2": {"a": 40, "b": 60}}
    tied = state(votes, {"a": 1, "b": 1}, seats={"d1": 1, "d2": 1})
    with pytest.raises(DrawRequired) as caught:
        won.apply(tied)
    assert set(caught.value.options) == {"a", "b"}


def test_regions_first_then_districts_inside_them() -> None:
    regions = {"d1": "n", "d2": "n", "d3": "s"}
    votes = {"d1": {"a": 50, "b": 60}, "d2": {"a": 40, "b": 10}, "d3": {"a": 80, "b": 5}}
    first = Distribute(to="region", divisor="sainte_lague", tiers=("local",), room="given", cite="x 1")
    then = Distribute(divisor="danish", tiers=("local",), cite="x 2")
    count = state(votes, {"a": 2, "b": 1}, held={"d1": {"a": 1}}, seats={"n": 2, "s": 1}, regions=regions)
    # n: a 90/3, b 70; s: a 80, b 5 -> a in s, b in n, then a in n
    made = first.apply(count)
    assert {r: dict(n) for r, n in made.by_region.items()} == {"s": {"a": 1}, "n": {"b": 1, "a": 1}}
    assert dict(made.placed) == {"a": 2, "b": 1}
    # in n: a 50/4 in d1 against 40 in d2; b 60 against 10
    assert where(then, made) == {"d1": {"b": 1}, "d2": {"a": 1}, "d3": {"a": 1}}
    assert dict(then.apply(made).by_region) == {}


def test_regions_have_to_be_known() -> None:
    first = Distribute(to="region", divisor="sainte_lague", room="given", cite="x 1")
    with pytest.raises(MissingFigure, match="the region of d1"):
        first.apply(state({"d1": {"a": 5}}, {"a": 1}))
    with pytest.raises(MissingFigure, match="the seats of a region"):
        first.apply(state({"d1": {"a": 5}}, {"a": 1}, regions={"d1": "n"}))


TIED = {"d1": {"a": 40, "b": 10}, "d2": {"a": 40, "b": 20}}


def test_equal_claims_need_a_draw() -> None:
    with pytest.raises(DrawRequired) as caught:
        FREE.apply(state(TIED, {"a": 1}))
    assert caught.value.options == ("a in d1", "a in d2")
    assert where(FREE, state(TIED, {"a": 1}, top__distribute=("a in d2",))) == {"d2": {"a": 1}}


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_a_decision_has_the_same_name_in_every_language(language: str) -> None:
    with speaking(language):
        with pytest.raises(DrawRequired) as caught:
            FREE.apply(state(TIED, {"a": 1}))
        assert caught.value.options == ("a in d1", "a in d2")
        assert where(FREE, state(TIED, {"a": 1}, top__distribute=("a in d2",))) == {"d2": {"a": 1}}


def test_equal_claims_that_can_all_be_met_need_none() -> None:
    assert where(FREE, state(TIED, {"a": 2})) == {"d1": {"a": 1}, "d2": {"a": 1}}


def test_more_votes_decide_where_the_law_says_so() -> None:
    """Equal claims of 2/3 of a seat's votes: the list with more votes wins, with equal votes the lot."""
    step = Distribute(divisor="dhondt", relative="valid", ties=("most_votes", "lot"), cite="x 1")
    votes = {"d1": {"a": 20, "b": 20}, "d2": {"a": 30, "b": 30}}
    assert where(step, state(votes, {"a": 1})) == {"d2": {"a": 1}}
    with pytest.raises(DrawRequired):
        Distribute(divisor="dhondt", relative="valid", cite="x 1").apply(state(votes, {"a": 1}))
    with pytest.raises(DrawRequired):
        step.apply(state({"d1": {"a": 20, "b": 20}, "d2": {"a": 20, "b": 20}}, {"a": 1}))


def test_national_totals_have_no_districts() -> None:
    tally = Tally.of({"a": 5}, tier="top")
    count = Count(tally, tally.tiers["top"], "top", "nation", 1, {"a": 5}, {"a": 5}, placed={"a": 1})
    assert FREE.apply(count) is count


def test_the_explanation_of_one_contender() -> None:
    votes = {"d1": {"a": 90, "b": 50}, "d2": {"a": 40}}
    made = FREE.apply(state(votes, {"a": 1, "b": 1}))
    assert made.trail is not None
    assert Distribute.words(made.trail[-1]) == [("placed", "a in d1 (90), b in d1 (50)")]
    assert Distribute.words_on(made.trail[-1], "b") == [("placed", "a seat in d1 by the claim 50")]


cells = st.integers(0, 30)


@given(
    st.lists(st.tuples(cells, cells), min_size=2, max_size=5),
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
)
def test_no_seat_could_have_gone_to_a_larger_claim(rows: list[tuple[int, int]], seats: tuple[int, int]) -> None:
    """A second opinion, with a seat for each district: whoever was passed over had no larger claim to the same room."""
    votes = {f"d{i}": {"a": a, "b": b} for i, (a, b) in enumerate(rows)}
    placed = {c: n for c, n in zip("ab", seats, strict=True) if n}
    step = Distribute(divisor="sainte_lague", room="given", cite="x 1")
    try:
        got = where(step, state(votes, placed, seats=dict.fromkeys(votes, 1)))
    except (DrawRequired, LawSilent):
        return
    winner = {area: next(iter(won)) for area, won in got.items()}
    for contender in placed:
        mine = [Fraction(votes[area][contender]) for area in winner if winner[area] == contender]
        for area, lines in votes.items():
            holder = winner.get(area)
            if holder != contender and lines[contender] > min(mine):
                assert holder is not None
                assert lines[holder] >= lines[contender]
