"""Candidates' votes added up for their parties: one vote for a person and a list."""

from __future__ import annotations

from fractions import Fraction

from sailau.law.edition import count_tiers
from sailau.seats.allocate import Allocate
from sailau.seats.compensate import Compensate
from sailau.seats.count import Each
from sailau.seats.elect import Elect
from sailau.seats.eligible import Eligible
from sailau.seats.leave import Leave
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier, by_party
from sailau.terms.tally import Ballots, Contender, Tally

VOTES = {
    "c1": {"a1": 50, "b1": 40, "alone": 5},
    "c2": {"a2": 50, "b2": 30, "against_all": 4},
    "c3": {"a3": 60, "c_3": 20},
    "c4": {"b4": 60, "c_4": 40},
}
MARKS = {name: Contender(name, party=name[0]) for name in ("a1", "a2", "a3", "b1", "b2", "b4", "c_3", "c_4")}
MARKS["alone"] = Contender("alone", kind="independent")
TALLY = Tally({"constituency": Ballots(VOTES)}, MARKS)


def test_candidates_become_parties_and_independents_and_lines_stay() -> None:
    made = by_party(TALLY.tiers["constituency"], TALLY)
    assert made.votes["c1"] == {"a": 50, "b": 40, "alone": 5}
    assert made.votes["c2"] == {"a": 50, "b": 30, "against_all": 4}


def test_two_candidates_of_a_party_in_one_district_are_one_line() -> None:
    marks = {"x1": Contender("x1", party="x"), "x2": Contender("x2", party="x")}
    assert by_party(Ballots({"d": {"x1": 3, "x2": 4}}), Tally({}, marks)).votes == {"d": {"x": 7}}


def test_a_compensatory_tier_counts_the_same_votes_by_party() -> None:
    """Of 350 votes for parties the quota of ten seats is 35: 4.57, 3.71 and 1.71; a has won three, b one."""
    districts = Tier(
        name="constituency",
        seats=None,
        district="single_member",
        ballot="candidate",
        steps=(Elect(rule="plurality", cite="x 1"),),
    )
    lists = Tier(
        name="pr",
        seats=None,
        district="nationwide",
        ballot="closed_list",
        votes="constituency",
        lines="party",
        steps=(
            Eligible(drop=("against_all",), drop_kinds=("independent",), cite="x 2"),
            Compensate(tiers=("constituency",), total=10, quota="hare", overhang="exclude", cite="x 2"),
        ),
    )
    done = count_tiers((districts, lists), TALLY, {}, ())
    assert done["constituency"].total_placed() == {"a1": 1, "a2": 1, "a3": 1, "b4": 1}
    assert done["pr"].placed == {"a": 1, "b": 3, "c": 2}


def test_a_line_of_others_counts_for_every_base_and_wins_nothing() -> None:
    """Without the 500 others the quota would be 50 and not 100, and the bar 50 and not 100, which c passes."""
    votes = {"north": {"a": 300, "b": 120, "c": 80, "rest": 500}}
    marks = {"rest": Contender("rest", kind="others")}
    steps = (
        Threshold(share=Fraction(1, 10), of="list_votes", cite="x 1"),
        Each(steps=(Allocate(quota="hare", quota_of="list_votes", rest="none", cite="x 2"),)),
        Leave(cite="x 3"),
    )
    tier = Tier(
        name="l", seats=None, district="multi_member", ballot="open_list", steps=steps, magnitudes={"north": 10}
    )
    made = tier.count(Tally({"l": Ballots(votes)}, marks), done={}, decisions={}, trail=())
    assert made.areas["north"].placed == {"a": 3, "b": 1}
    assert set(made.votes) == {"a", "b"}
    plain = tier.count(Tally({"l": Ballots(votes)}), done={}, decisions={}, trail=())
    assert plain.areas["north"].placed == {"rest": 5, "a": 3, "b": 1}


def test_others_of_one_nationwide_tier_do_not_stand_either() -> None:
    tier = Tier(
        name="l", seats=3, district="nationwide", ballot="open_list", steps=(Allocate(divisor="dhondt", cite="x"),)
    )
    tally = Tally(Tally.of({"a": 30, "b": 20, "rest": 50}, tier="l").tiers, {"rest": Contender("rest", kind="others")})
    assert tier.count(tally, done={}, decisions={}, trail=()).placed == {"a": 2, "b": 1}
