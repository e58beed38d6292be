"""Councils of wards and lists: worked by hand, since no council's figures of both ballots are in the archive."""

from __future__ import annotations

from datetime import date

from sailau.law.library import load_law
from sailau.terms.tally import NATION, Ballots, Contender, Tally

WARDS = [f"w{i}" for i in range(1, 6)]


def council(lists: dict[str, int], wards: dict[str, dict[str, int]], seats: int = 5) -> dict[str, int]:
    """Return the seats of a council by party."""
    law = load_law("za/metro_council", on=date(2021, 11, 1))
    marks = {"i": Contender("i", kind="independent")}
    tally = Tally({"ward": Ballots(wards), "list": Ballots({NATION: lists}, seats={NATION: seats})}, marks)
    return law.count(tally).seats


def test_both_ballots_count_and_wards_are_taken_off() -> None:
    """1,001 votes for 10 seats: the quota is 100 + 1, a 5.95, b 2.97, c 0.99: 6, 3, 1. a won all five wards."""
    wards = {name: {"a": 60, "b": 30, "c": 10} for name in WARDS}
    assert council({"a": 301, "b": 150, "c": 50}, wards) == {"a": 6, "b": 3, "c": 1}


def test_who_has_more_wards_than_its_share_is_taken_out_and_the_rest_shared_out_anew() -> None:
    """a is due 3 of 10 and has five wards. Of the 701 votes of the others for 5 seats: 141; b 3.55, c 1.42: 4 and 1."""
    wards = {name: {"a": 40, "b": 38, "c": 22} for name in WARDS}
    assert council({"a": 100, "b": 310, "c": 91}, wards) == {"a": 5, "b": 4, "c": 1}


def test_a_ward_of_an_independent_is_no_seat_to_share_out() -> None:
    """901 votes for parties and 9 seats: 101; a 4.96, b 2.97, c 0.99: 5, 3, 1, and the ward of i."""
    wards = {name: {"a": 50, "b": 30, "c": 10} for name in WARDS}
    wards["w1"] = {"a": 50, "b": 30, "c": 10, "i": 99}
    assert council({"a": 251, "b": 150, "c": 50}, wards) == {"a": 5, "b": 3, "c": 1, "i": 1}
