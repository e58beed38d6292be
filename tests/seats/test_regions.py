"""Seats and votes left by districts that are counted together in the regions they lie in, and then in the nation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from sailau.law.edition import count_tiers
from sailau.seats.allocate import Allocate
from sailau.seats.carry import Carry
from sailau.seats.compensate import Compensate
from sailau.seats.count import Count, Each, Step
from sailau.seats.explain import explain
from sailau.seats.leave import Leave, TakeOver
from sailau.seats.qualify import Qualify
from sailau.seats.rest import Rest
from sailau.seats.second_scrutiny import SecondScrutiny
from sailau.seats.tier import Tier
from sailau.terms.errors import DrawRequired, InvalidLaw, LawSilent, MissingFigure
from sailau.terms.numbers import exact
from sailau.terms.tally import Ballots, Tally
from sailau.terms.trail import Trail

DOWN = "hare_rounded_down"

VOTES = {
    "j1": {"a": 390, "b": 260, "c": 350},  # five seats, price 200: a 1 + 190, b 1 + 60, c 1 + 150; two are left
    "j2": {"a": 170, "b": 90, "c": 40},  # three seats, price 100: a 1 + 70, b 0 + 90, c 0 + 40; two are left
    "k1": {"a": 110, "b": 20, "c": 70},  # two seats, price 100: a 1 + 10, b 0 + 20, c 0 + 70; one is left
}
SEATS = {"j1": 5, "j2": 3, "k1": 2}
REGIONS = {"j1": "j", "j2": "j", "k1": "k"}


def district(*more: Step, quota: str = DOWN) -> Tier:
    whole = Allocate(quota=quota, rest="none", cite="x 1")
    steps = (Each(steps=(whole, *more)), Leave(cite="x 2"))
    return Tier(name="district", seats=None, district="multi_member", ballot="closed_list", steps=steps)


def region(*steps: Step, quota: str = DOWN, lacking: Any = "take_off", allocate: Step | None = None) -> Tier:
    last = allocate or Allocate(quota=DOWN, rest="largest_remainder", ties=("lot",), cite="x 5")
    carry = Carry(tier="district", quota=quota, lacking=lacking, own=False, cite="x 4")
    return Tier(
        name="region",
        seats=None,
        district="multi_member",
        ballot="closed_list",
        votes="district",
        areas="region",
        steps=(TakeOver(tiers=("district",), cite="x 3"), *steps, carry, Each(steps=(last,))),
    )


def counted(
    *tiers: Tier, votes: Mapping[str, Mapping[str, int]] = VOTES, trail: tuple[()] | None = None
) -> dict[str, Count]:
    regions = {area: REGIONS[area] for area in votes}
    ballots = Ballots({a: dict(v) for a, v in votes.items()}, {}, {a: SEATS[a] for a in votes}, regions)
    return count_tiers(tiers, Tally({"district": ballots}), {}, trail)


def test_each_region_shares_out_the_seats_that_its_districts_left() -> None:
    """j: four seats for the votes over a 260, b 150, c 190 (price 150): one each, and a by its remainder of 110."""
    done = counted(district(), region())
    areas = done["region"].areas
    assert {name: part.seats for name, part in areas.items()} == {"j": 4, "k": 1}
    assert areas["j"].votes == {"a": 260, "b": 150, "c": 190}
    assert areas["k"].votes == {"a": 10, "b": 20, "c": 70}
    assert (areas["j"].placed, areas["k"].placed) == ({"a": 2, "b": 1, "c": 1}, {"c": 1})
    assert done["region"].seats == 5


def test_the_explanation_names_the_regions() -> None:
    text = explain(Trail(counted(district(), region(), trail=())["region"].trail or ()))
    assert "0 of this tier and those left by district 5: 5: j 4, k 1" in text
    assert "j: a 260, c 190, b 150" in text


def test_what_a_seat_lacked_is_taken_off_in_its_region_or_forgotten() -> None:
    """With half a price in j2 b has a seat for 90 of 100: it lacks ten of them, from its 60 over in j1, or nothing."""
    half = Rest(to="largest_remainders", quota=DOWN, least_rest=exact("1/2"), seats=1, ties=("lot",), cite="x 1")
    votes = {name: VOTES[name] for name in ("j1", "j2")}
    votes["j1"] = {"a": 300, "b": 260, "c": 440}  # a 1 + 100, b 1 + 60, c 2 + 40: a takes the last one here
    taken = counted(district(half), region(), votes=votes)["region"].areas["j"]
    assert (taken.seats, taken.votes) == (1, {"a": 0, "b": 60 - 10, "c": 40 + 40})  # a: 70 - 100
    forgotten = counted(district(half), region(lacking="forget"), votes=votes)["region"].areas["j"]
    assert forgotten.votes == {"a": 70, "b": 60, "c": 80}


def test_a_nation_counts_what_the_regions_left_over() -> None:
    """In j whole quotas alone: a 1 + 110, b 1 + 0, c 1 + 40; in k c 1 + 0 of a price of 100: nobody. Two are left."""
    plain = Allocate(quota=DOWN, rest="none", cite="x 5")
    first = region(allocate=plain)
    middle = Tier(
        name=first.name,
        seats=None,
        district="multi_member",
        ballot="closed_list",
        votes="district",
        areas="region",
        steps=(*first.steps, Leave(cite="x 6")),
    )
    nation = Tier(
        name="nation",
        seats=None,
        district="nationwide",
        ballot="closed_list",
        votes="district",
        steps=(
            TakeOver(tiers=("region",), cite="x 7"),
            Carry(tier="region", quota=DOWN, own=False, cite="x 8"),
            Allocate(quota=DOWN, rest="largest_remainder", ties=("lot",), cite="x 9"),
        ),
    )
    done = counted(district(), middle, nation)
    assert done["region"].handed_on == 2
    assert done["nation"].votes == {"a": 110 + 10, "b": 0 + 20, "c": 40 + 70}
    assert done["nation"].placed == {"a": 1, "c": 1}


def test_a_quarter_of_a_price_in_one_district_admits_to_its_region_alone() -> None:
    """Prices 200, 100 and 100: b has 20 in k1, a fifth of one, and is out in k; in j1 it has more than a whole one."""
    bar = Qualify(part=exact("1/4"), quota="hare", of="list_votes", in_tier="district", cite="x 3")
    areas = counted(district(), region(bar))["region"].areas
    assert set(areas["j"].contenders()) == {"a", "b", "c"}
    assert {c: n for c, n in areas["k"].contenders().items() if n} == {"a": 10, "c": 70}
    fifth = Qualify(part=exact("1/5"), quota="hare", of="list_votes", in_tier="district", cite="x 3")
    assert counted(district(), region(fifth))["region"].areas["k"].contenders()["b"] == 20


def test_a_part_of_a_price_admits_to_the_nation() -> None:
    votes = {"j1": {"a": 800, "b": 199, "c": 1}, "k1": {"a": 199, "b": 0, "c": 1}}
    steps = (
        Qualify(part=exact("99%"), quota="hare", of="list_votes", in_tier="district", cite="x 1"),
        TakeOver(tiers=("district",), cite="x 2"),
        Allocate(divisor="dhondt", ties=("lot",), cite="x 3"),
    )
    nation = Tier(name="nation", seats=None, district="nationwide", ballot="closed_list", votes="district", steps=steps)
    done = counted(district(), nation, votes=votes, trail=())
    assert set(done["nation"].votes) == {"a", "b"}
    text = explain(Trail(done["nation"].trail or ()))
    assert "99% of hare in one district of district; a 999, b 199 pass; out: c 2" in text


def test_highest_averages_go_on_from_the_seats_held_in_the_region() -> None:
    """j: a 560, b 350, c 390 and eight seats by D'Hondt: a 4, b 2, c 2; held a 2, b 1, c 1 in the districts."""
    up = Compensate(tiers=("district",), divisor="dhondt", overhang="continue", ties=("lot",), cite="x 4")
    steps = (TakeOver(tiers=("district",), cite="x 3"), Each(steps=(up,)))
    tier = Tier(
        name="region",
        seats=None,
        district="multi_member",
        ballot="closed_list",
        votes="district",
        areas="region",
        steps=steps,
    )
    areas = counted(district(), tier)["region"].areas
    assert areas["j"].placed == {"a": 2, "b": 1, "c": 1}
    assert areas["k"].placed == {"c": 1}  # 70, before 110 / 2


def test_both_steps_stand_before_the_districts() -> None:
    for step in (TakeOver(tiers=("district",), cite="x 3"), Carry(tier="district", cite="x 3")):
        tier = Tier(
            name="region",
            seats=None,
            district="multi_member",
            ballot="closed_list",
            votes="district",
            areas="region",
            steps=(Each(steps=(step,)),),
            magnitudes={"j": 1, "k": 1},
        )
        with pytest.raises(InvalidLaw, match="stands before"):
            counted(district(), tier)


def test_seats_placed_for_the_whole_lie_in_no_region() -> None:
    pooled = SecondScrutiny(district_quota=DOWN, quota=DOWN, rest="none", cite="x 2")
    steps = (Each(steps=(Allocate(quota=DOWN, rest="none", cite="x 1"),)), pooled, Leave(cite="x 2"))
    whole = Tier(name="district", seats=None, district="multi_member", ballot="closed_list", steps=steps)
    with pytest.raises(InvalidLaw, match="placed seats for the whole"):
        counted(whole, region())


def test_an_unknown_region_is_a_missing_figure() -> None:
    lists = Tally({"district": Ballots({"j1": VOTES["j1"]}, {}, {"j1": 5})})
    with pytest.raises(MissingFigure, match="region of j1"):
        count_tiers((district(), region()), lists, {}, None)


def test_a_lack_or_a_part_without_a_price_is_refused() -> None:
    with pytest.raises(InvalidLaw, match="lacking"):
        Carry(tier="district", lacking="forget", cite="x")
    for terms in ({"part": exact("1/2")}, {"quota": "hare"}, {"part": exact("1/2"), "quota": "hare"}):
        with pytest.raises(InvalidLaw, match="qualify"):
            Qualify(cite="x", **terms)


LISTS = st.dictionaries(st.sampled_from("abc"), st.integers(1, 900), min_size=2, max_size=3)


@given(st.tuples(LISTS, LISTS, LISTS))
def test_a_region_is_counted_as_if_it_were_alone(votes: tuple[dict[str, int], ...]) -> None:
    """Districts of another region change nothing, and no seat is lost."""
    given = dict(zip(VOTES, votes, strict=True))
    try:
        whole = counted(district(), region(), votes=given)
        alone = counted(district(), region(), votes={name: given[name] for name in ("j1", "j2")})
    except (DrawRequired, LawSilent):
        reject()
    assert whole["region"].areas["j"].placed == alone["region"].areas["j"].placed
    seats = sum(sum(done.total_placed().values()) for done in whole.values())
    assert seats == sum(SEATS.values())
