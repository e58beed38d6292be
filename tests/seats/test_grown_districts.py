"""Seats that steps inside `each: district` add, or leave vacant, are seats of the tier."""

from __future__ import annotations

import numpy as np
from tests.law.test_families import FRAME

from sailau.law.edition import Law
from sailau.law.read import parse_law
from sailau.runs.plan import Plan
from sailau.terms.tally import Ballots, Contender, Tally

DISTRICTS = """tiers:
  direct:
    district: single_member
    ballot: candidate
    steps: [{elect: {rule: plurality, cite: el 1}}]
  list:
    district: multi_member
    ballot: closed_list
    magnitudes: {north: 1, south: 2}
    steps:
      - each: district
        steps:
"""


def law_of(text: str) -> Law:
    return parse_law(FRAME + text, "xx/house@2020-01-01")


def tally(north: dict[str, int]) -> Tally:
    winners = {"n1": "a", "n2": "a", "n3": "a", "s1": "a", "s2": "b"}
    votes = {name: {c: 60 if c == winner else 40 for c in "ab"} for name, winner in winners.items()}
    direct = Ballots(votes, regions={name: "north" if name[0] == "n" else "south" for name in votes})
    return Tally({"direct": direct, "list": Ballots({"north": north, "south": {"a": 50, "b": 49}})}, {})


def test_a_region_with_overhang_grows_and_the_house_with_it() -> None:
    """Of four seats in the north two each are due; a won three, so that b has its two besides the one there is."""
    step = "          - compensate: {tiers: [direct], divisor: sainte_lague, overhang: add, cite: el 2}\n"
    law, votes = law_of(DISTRICTS + step), tally({"a": 51, "b": 50})
    count = law.count(votes).counts["list"]
    assert {name: dict(part.placed) for name, part in count.areas.items()} == {
        "north": {"b": 2},
        "south": {"a": 1, "b": 1},
    }
    assert (count.extra, count.left(), law.count(votes).seats) == (1, 0, {"a": 5, "b": 4})
    plan = Plan.of(law, votes)
    assert plan.how == "arrays", plan.why
    assert plan.count(plan.layout.observed()[None, :]).seats.tolist() == [[5, 4]]
    assert np.asarray(plan.count(plan.layout.observed()[None, :]).undecided).tolist() == [False]


def test_a_region_grows_until_its_overhang_is_in_proportion() -> None:
    """The north grows until the third seat of a is one of its quotients; the south stays as it is."""
    steps = "".join(
        f"          - {name}: {{tiers: [direct], {terms}cite: el 2}}\n"
        for name, terms in (
            ("entitle", "divisor: sainte_lague, "), ("enlarge", "divisor: sainte_lague, "), ("offset", ""),
        )
    )  # fmt: skip
    law = law_of(DISTRICTS + steps)
    count = law.count(tally({"a": 51, "b": 50})).counts["list"]
    assert count.areas["north"].placed == {"b": 2}, "a house of five gives a three already"
    count = law.count(tally({"a": 40, "b": 61})).counts["list"]
    assert count.areas["north"].placed == {"b": 4}, "the third of a, 40/5, is the seventh quotient, after 61/7"
    assert (count.extra, count.left()) == (3, 0)


def test_seats_that_a_short_list_leaves_in_a_district_stay_vacant() -> None:
    text = """tiers:
  list:
    district: multi_member
    ballot: closed_list
    magnitudes: {north: 3, south: 2}
    steps:
      - each: district
        steps:
          - allocate: {divisor: dhondt, cite: el 1}
          - fill: {order: list_order, short: vacant, cite: el 2}
"""
    votes = {"north": {"a": 90, "b": 10}, "south": {"a": 50, "b": 49}}
    result = law_of(text).count(Tally({"list": Ballots(votes)}, {"a": Contender("a", candidates=1)}))
    assert (result.vacant, result.seats) == (2, {"a": 2, "b": 1})
