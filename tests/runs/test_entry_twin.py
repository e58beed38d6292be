"""A second model of an entry, in plain Python from the formulas of the docs: the surface, every way of modelling."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import erf, exp, pi, sqrt
from pathlib import Path

import numpy as np
import pytest

from sailau.runs.entry_arithmetic import ELSEWHERE, RATIOS, surface
from sailau.runs.entry_inputs import spread
from sailau.runs.entry_model import Switches, run
from sailau.runs.entry_scenario import Scenario, read_entry
from sailau.runs.entry_sensitivity import every_switch, multiverse
from sailau.votes.choice import Cells

# The surface: share = Σ w t p / Σ w t ---------------------------------------------------------------------------------

PEOPLE = {"majority": 613, "first": 211, "second": 97, "third": 79}


def share_at(own: set[str], loyalty: Fraction, elsewhere: Fraction, ratio: Fraction) -> Fraction:
    won = cast = Fraction(0)
    for group, people in PEOPLE.items():
        turnout = ratio if group in own else Fraction(1)
        cast += people * turnout
        won += people * turnout * (loyalty if group in own else elsewhere)
    return won / cast


def halved(own: set[str], bar: Fraction, elsewhere: Fraction, ratio: Fraction) -> Fraction:
    """Return the loyalty at which the share is the bar by halving an interval: no formula is turned around."""
    low, high = Fraction(-10), Fraction(10)
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if share_at(own, middle, elsewhere, ratio) < bar else (low, middle)
    return (low + high) / 2


@pytest.mark.parametrize("own", [{"first"}, {"first", "third"}, {"first", "second", "third"}])
@pytest.mark.parametrize("bar", [Fraction(3, 100), Fraction(1, 20), Fraction(7, 100)])
def test_the_surface_is_the_one_that_halving_finds(own: set[str], bar: Fraction) -> None:
    found = surface(Cells.of_groups(PEOPLE), frozenset(own), bar)
    assert set(found) == set(RATIOS)
    for ratio, line in found.items():
        assert set(line) == set(ELSEWHERE)
        for elsewhere, loyalty in line.items():
            assert abs(loyalty - halved(own, bar, elsewhere, ratio)) < Fraction(1, 10**20)


def test_the_surface_of_hand_worked_figures() -> None:
    """100 people, 20 of them its own: at 5% and half the turnout, 90 votes are cast, 4.5 needed, 10 of its own vote.

    With 2% of the 80 others (1.6 votes) it needs 2.9 of these 10.
    """
    found = surface(Cells.of_groups({"a": 80, "b": 20}), frozenset({"b"}), Fraction(1, 20))
    assert found[Fraction(1, 2)][Fraction(0)] == Fraction(45, 100)
    assert found[Fraction(1, 2)][Fraction(1, 50)] == Fraction(29, 100)


# The model ------------------------------------------------------------------------------------------------------------

ENTRY = """
entry: twin
name: A twin
on: 2023-03-19
law: kz/mazhilis@2023-03-19
list: {id: us, speaks_to: [b, c]}
majority: a
electorate: {cells: cells.csv, source: made up}
other_electorates:
  rough: {groups: {a: 60, b: 25, c: 15}, source: made up}
rivals:
  old: {position: 0, valence: 0, identity: {a: 1/2}, ties: 1}
  new: {position: 1/2, valence: -1, joins: true}
voters:
  positions: {a: "-0.3", b: "0.6", c: "0.2"}
  sd: "0.9"
  ages: {young: -1, old: 1}
  turnout_by_age: {young: "0.8", old: "1.1"}
  turnout_by_region: {north: "0.7"}
  why: made up
inputs:
  issue:         {low: 0, high: 1, why: made up}
  identity:      {low: 0, high: 3, why: made up}
  ties:          {low: 0, high: 2, why: made up}
  valence:       {low: -3, high: 0, why: made up}
  appeal:        {low: 0, high: 1, why: made up}
  backlash:      {low: 0, high: 1, why: made up}
  position:      {low: 0, high: 1, why: made up}
  distance:      {low: 1/2, high: 3/2, why: made up}
  age_slope:     {low: 0, high: "0.4", why: made up}
  turnout_ratio: {low: "0.7", high: "1.2", why: made up}
  strategic:     {low: 0, high: 1, why: made up}
  doubt:         {low: "0.01", high: "0.03", why: made up}
  language:      {low: 0, high: 1/2, why: made up}
  against_all:   {low: 0, high: "0.06", why: made up}
votes: 100000
"""
CELLS = [("north", "a", 300, 200), ("north", "b", 40, 60), ("north", "c", 10, 30)]
CELLS += [("south", "a", 150, 250), ("south", "b", 90, 20), ("south", "c", 60, 70)]
POSITIONS = {"a": -0.3, "b": 0.6, "c": 0.2}
AGES = {"young": -1.0, "old": 1.0}
BAR = 0.05


@pytest.fixture
def scenario(tmp_path: Path) -> Scenario:
    rows = [f"{r},{g},{age},{n}" for r, g, *both in CELLS for age, n in zip(("young", "old"), both, strict=True)]
    (tmp_path / "cells.csv").write_text("region,group,age,people\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "twin.yaml").write_text(ENTRY, encoding="utf-8")
    return read_entry(tmp_path / "twin.yaml")


def normal(middle: float, sd: float) -> list[tuple[float, float]]:
    """Return points and weights of a normal density, by a fine even grid."""
    step = sd / 6
    points = [middle + step * k for k in range(-36, 37)]
    weights = [exp(-(((z - middle) / sd) ** 2) / 2) / sqrt(2 * pi) for z in points]
    return [(z, w / sum(weights)) for z, w in zip(points, weights, strict=True)]


def places(x: Mapping[str, float], switches: Switches) -> list[tuple[float, float]]:
    """Return votes cast and the entrant's sincere share, for every group, age and position."""
    people: dict[tuple[str, str], float] = {}
    if switches.electorate == "given":
        for region, group, *both in CELLS:
            for age, n in zip(AGES, both, strict=True):
                people[group, age] = people.get((group, age), 0) + n * (0.7 if region == "north" else 1.0)
    else:
        people = {("a", "all"): 60, ("b", "all"): 25, ("c", "all"): 15}
    out = []
    for (group, age), n in people.items():
        cast = n * (x["turnout_ratio"] if group != "a" else 1)
        cast *= {"young": 0.8, "old": 1.1}.get(age, 1.0) if switches.by_age else 1.0
        middle = x["distance"] * POSITIONS[group] + x["age_slope"] * AGES.get(age, 0.0)
        parts = [(middle, 0.9)] if not switches.camps else [(middle + side * 0.72, 0.54) for side in (-1, 1)]
        for centre, sd in parts:
            for z, weight in normal(centre, sd):
                out.append((cast * weight / len(parts), sincere(x, switches, group, z)))
    whole = sum(cast for cast, _ in out)
    return [(cast / whole, q) for cast, q in out]


def sincere(x: Mapping[str, float], switches: Switches, group: str, z: float) -> float:
    ours = x["appeal"] if group != "a" else -x["backlash"]
    if group == "a" and switches.by_language:
        ours = ours * (1 - x["language"]) + x["appeal"] * x["language"]
    new_at = x["position"] if switches.rival_joins else 0.5
    us = -x["issue"] * (z - x["position"]) ** 2 + x["identity"] * ours + x["valence"]
    old = -x["issue"] * z**2 + x["identity"] * (0.5 if group == "a" else 0) + x["ties"]
    new = -x["issue"] * (z - new_at) ** 2 - 1
    return exp(us) / (exp(us) + exp(old) + exp(new))


def expected(x: Mapping[str, float], switches: Switches) -> tuple[float, float]:
    """Return the share of all ballots, and the chance to pass."""
    seen, bar, mind = places(x, switches), BAR / (1 - x["against_all"]), x["strategic"]

    def share(chance: float) -> float:
        return sum(m * ((1 - mind) * q + mind * q * chance / (1 - q + q * chance)) for m, q in seen)

    def passes(got: float) -> float:
        return (1 + erf((got - bar) / (x["doubt"] * sqrt(got / bar)) / sqrt(2))) / 2

    chance = 0.0 if switches.expectation == "lowest" else 1.0
    for _ in range(0 if switches.expectation == "sincere" else 400):
        chance, before = passes(share(chance)), chance
        if abs(chance - before) < 1e-10:
            break
    return share(chance) * (1 - x["against_all"]), passes(share(chance))


def test_every_way_of_modelling_is_what_the_twin_says(scenario: Scenario) -> None:
    assert len(every_switch(scenario)) == 2 * 3 * 2 * 2 * 2 * 2
    draws = spread(scenario.inputs, 4, scenario.seed)
    for found in multiverse(scenario, n=4):
        told = [expected({name: float(x[i]) for name, x in draws.items()}, found.switches) for i in range(4)]
        low, middle, high = np.quantile([share for share, _ in told], [0.05, 0.5, 0.95])
        assert (found.low, found.middle, found.high) == pytest.approx((low, middle, high), abs=2e-4)
        assert found.chance == pytest.approx(np.mean([chance for _, chance in told]), abs=5e-3)


@pytest.mark.parametrize(
    "change",
    [
        lambda x: {**x, "identity": 0.0},
        lambda x: {**x, "language": 0.0},
        lambda x: {**x, "strategic": 0.0},
        lambda x: {**x, "backlash": -x["backlash"]},
        lambda x: {**x, "turnout_ratio": 1 / x["turnout_ratio"]},
        lambda x: {**x, "distance": 1.0},
        lambda x: {**x, "against_all": 0.0},
    ],
)
def test_the_twin_would_see_a_term_that_is_dropped(
    scenario: Scenario, change: Callable[[dict[str, float]], dict[str, float]]
) -> None:
    draws = spread(scenario.inputs, 4, scenario.seed)
    told = run(scenario, draws, Switches(expectation="lowest"))
    points = [{name: float(x[i]) for name, x in draws.items()} for i in range(4)]
    off = [
        abs(expected(change(x), Switches(expectation="lowest"))[0] - told.effective[i]) for i, x in enumerate(points)
    ]
    assert max(off) > 4e-4  # twice what the comparison above lets pass
