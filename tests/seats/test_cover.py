"""cover: winners of districts up to what their list is due, best shares first; the others' seats go to the lists."""

from __future__ import annotations

import pytest
from tests.seats.mixed import count, placed, tally

from sailau.law.read import parse_law
from sailau.seats.cover import Cover
from sailau.seats.entitle import Entitle
from sailau.seats.explain import explain
from sailau.seats.overhang import Offset
from sailau.seats.spread import Spread
from sailau.seats.threshold import Threshold
from sailau.terms.errors import DrawRequired, InvalidLaw
from sailau.terms.numbers import exact
from sailau.terms.tally import Ballots, Contender, Tally
from sailau.terms.trail import Trail

DUE = Entitle(tiers=("direct",), divisor="sainte_lague", others="independent", cite="x 1")
STEPS = [
    DUE,
    Spread(divisor="sainte_lague", cite="x 2"),
    Cover(tier="direct", cite="x 3"),
    Offset(tiers=("direct",), cite="x 4"),
]
LISTS = {"north": {"a": 20, "b": 60}, "south": {"a": 20, "b": 20}}


def three(first: int, second: int, third: int) -> Tally:
    """Return a tally in which `a` wins three districts of the north with these votes out of 100, and is due 2 there."""
    direct = {f"north{i}": {"a": n, "b": 100 - n} for i, n in enumerate((first, second, third), 1)}
    return tally({}, LISTS, direct=direct | {"south1": {"b": 70, "a": 30}})


def test_the_weakest_winners_stay_out() -> None:
    direct, lists = count(STEPS, three(60, 52, 55), 8)
    assert lists.areas["north"].due["a"] == 2
    assert placed(direct) == {"north1": {"a": 1}, "north2": {}, "north3": {"a": 1}, "south1": {"b": 1}}
    assert (direct.left(), direct.vacant, lists.extra, lists.left()) == (0, 1, 1, 0)
    assert sum(direct.total_placed().values()) + sum(lists.total_placed().values()) == 12


def test_shares_decide_not_votes() -> None:
    direct = {"north1": {"a": 510, "b": 490}, "north2": {"a": 52, "b": 48}, "north3": {"a": 53, "b": 47}}
    made, _ = count(STEPS, tally({}, LISTS, direct=direct | {"south1": {"b": 70, "a": 30}}), 8)
    assert placed(made)["north1"] == {}


def test_a_list_with_enough_seats_loses_nobody() -> None:
    direct, lists = count(STEPS, tally({"north": "ab", "south": "ab"}, LISTS), 8)
    assert direct.vacant == 0
    assert lists.extra == 0


def test_equal_shares_need_a_draw() -> None:
    with pytest.raises(DrawRequired, match="north2, north3 tie"):
        count(STEPS, three(60, 55, 55), 8)


def test_a_list_below_the_bar_covers_nobody() -> None:
    steps = [Threshold(share=exact("40%"), cite="x 0"), *STEPS]
    direct, lists = count(steps, tally({"north": "ab", "south": "bb"}, LISTS), 8)
    assert placed(direct)["north1"] == {}
    assert lists.total_placed() == {"b": 9}


def test_independents_keep_their_seats() -> None:
    marks = {"x": Contender("x", kind="independent")}
    direct, lists = count(STEPS, tally({"north": "xb", "south": "ab"}, LISTS, contenders=marks), 8)
    assert placed(direct)["north1"] == {"x": 1}
    assert sum(lists.due.values()) == 11


def test_withdrawn_seats_are_not_among_the_seats() -> None:
    direct, lists = count(STEPS, three(60, 52, 55), 8)
    trail = Trail(lists.trail or ())
    seats = list(trail.seats())
    assert len(seats) == 12
    assert not any(seat.area == "north2" for seat in seats)
    assert "1 winner: a in north2 52.00%" in explain(trail)
    assert direct.total_placed() == {"a": 2, "b": 1}


def test_districts_of_several_seats_have_no_winner_to_withdraw() -> None:
    tier = "    district: multi_member\n    ballot: closed_list\n"
    law = parse_law(
        "law: xx/house\nname: X\nin_force: {from: 2020-01-01}\nchecked: null\ntexts: {el: L}\nseats: {cite: el 1}\n"
        f"tiers:\n  district:\n    magnitudes: {{north: 3}}\n{tier}"
        "    steps: [{each: district, steps: [{allocate: {divisor: dhondt, ties: lot, cite: el 1}}]}]\n"
        "  list:\n    seats: 2\n    district: nationwide\n    ballot: closed_list\n    votes: district\n"
        "    steps: [{cover: {tier: district, cite: el 2}}]\n",
        "xx/house@2020-01-01",
    )
    with pytest.raises(InvalidLaw, match="single districts, and district has several seats"):
        law.count(Tally({"district": Ballots({"north": {"a": 60, "b": 40}})}))
