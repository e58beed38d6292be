"""Points of statutes that a count of the known elections does not reach: ties, seats too many, who may take a rest."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

import sailau as sl
from sailau.runs.plan import Plan
from sailau.seats.allocate import Allocate
from sailau.seats.averages import highest_averages
from sailau.terms.divisor import divisor_named
from sailau.terms.errors import DrawRequired, InvalidLaw
from sailau.terms.tally import Ballots, Tally


def seats(law: str, on: str, votes: dict[str, int], *, magnitude: int | None = None) -> dict[str, int]:
    given = {"nation": magnitude} if magnitude is not None else {}
    tally = Tally({"list": Ballots({"nation": votes}, seats=given, totals={"nation": {"valid": sum(votes.values())}})})
    return {c: n for c, n in sl.load_law(law, on=on).count(tally).seats.items() if n}


@pytest.mark.parametrize("day", ["1998-09-26", "2002-09-21", "2006-06-17", "2016-03-06"])
def test_a_seat_too_many_is_taken_from_the_smallest_remainder(day: str) -> None:
    """Quota 1,000 (151,049 over 151, rounded): 76 and 75 whole quotas for 150 seats; a has nothing over."""
    assert seats("sk/narodna_rada", day, {"a": 76_000, "b": 75_049}) == {"a": 75, "b": 75}


def test_a_seat_left_over_goes_to_a_list_that_has_one_already() -> None:
    """Quota 100: c has the largest remainder, 95, but no seat by a whole quota."""
    votes = {"a": 860, "b": 445, "c": 95}
    assert seats("ad/consell_general", "2015-03-01", votes) == {"a": 9, "b": 5}


def test_a_quota_with_a_fraction_is_raised() -> None:
    """1,009 over 14 is 72.07: at 73 a has 23 over and c 22; at 72.07 c would have more over, 28.5 to 26.7."""
    assert seats("ad/consell_general", "2015-03-01", {"a": 315, "b": 161, "c": 533}) == {"a": 5, "b": 2, "c": 7}


@pytest.mark.parametrize("law", ["cz/european_parliament", "lu/european_parliament"])
def test_equal_quotients_go_to_the_list_with_more_votes(law: str) -> None:
    assert seats(law, "2014-05-25", {"a": 400, "b": 200}, magnitude=2) == {"a": 2}


def test_equal_lists_of_equal_votes_need_a_lot() -> None:
    with pytest.raises(DrawRequired):
        seats("cz/european_parliament", "2014-05-24", {"a": 200, "b": 200}, magnitude=1)


def test_remainders_of_rounded_shares_decide_the_last_seat() -> None:
    """Of 34 seats a has 15.3547 and c 7.3556; by shares of four decimals, .4516 and .2163, 15.3544 and 7.3542."""
    votes = {"a": 766_034, "b": 563_230, "c": 366_967}
    assert seats("tw/legislative_yuan", "2016-01-16", votes) == {"a": 16, "b": 11, "c": 7}
    exact = sl.load_law("tw/legislative_yuan", on="2016-01-16").replace({"list.allocate.decimals": None})
    tally = Tally({"list": Ballots({"nation": votes}, totals={"nation": {"valid": sum(votes.values())}})})
    assert exact.count(tally).seats["c"] == 8


def test_rounded_shares_are_told() -> None:
    law = sl.load_law("tw/legislative_yuan", on="2016-01-16")
    tally = Tally({"list": Ballots({"nation": {"a": 2, "b": 1}}, totals={"nation": {"valid": 3}})})
    told = str(law.count(tally).explain())
    assert "rounded to 4 decimals" in told and "10,000 / 34" in told


@pytest.mark.parametrize(
    "terms",
    [
        {"quota": "droop", "decimals": 4},
        {"quota": "hare", "quota_of": "valid", "decimals": 4},
        {"quota": "hare", "rest": "highest_average", "divisor": "dhondt", "decimals": 13},
        {"quota": "hare", "decimals": 0},
        {"divisor": "huntington_hill", "decimals": 2},
    ],
)
def test_decimals_without_shares_are_refused(terms: dict[str, object]) -> None:
    with pytest.raises(InvalidLaw, match="decimals"):
        Allocate(cite="t 1", **terms)  # type: ignore[arg-type]


def test_a_quotient_of_all_lists_of_the_unit_counts_those_below_the_bar() -> None:
    """1,200 votes over 11 + 1 are 100, twenty small lists of 1.25% included; 900 of the two others would make it 75."""
    votes = {"a": 500, "b": 400} | {f"x{n}": 15 for n in range(20)}
    units = [f"u{n}" for n in range(8)]
    ballots = Ballots(
        dict.fromkeys(units, votes), seats=dict.fromkeys(units, 11), totals={u: {"valid": 1200} for u in units}
    )
    made = sl.load_law("si/drzavni_zbor", on="2022-04-24").count(Tally({"units": ballots}))
    assert {c: n for c, n in made.counts["units"].total_placed().items() if n} == {"a": 40, "b": 32}
    assert {c: n for c, n in made.seats.items() if n} == {"a": 49, "b": 39}  # D'Hondt of 88 on 4,000 and 3,200 votes


def test_a_vote_added_to_equal_figures_helps_the_list_with_fewer() -> None:
    """SNP, five constituencies: 600 over 6; the Conservatives, none and six seats here: 700 over 7; 601/6 > 701/7."""
    election = sl.load_election("gb/scottish_parliament/2011-05-05")
    region = election.tally.tiers["region"]
    tied = replace(region, votes={**region.votes, "glasgow": {"conservative": 700, "snp": 600}})
    tally = replace(election.tally, tiers={**election.tally.tiers, "region": tied})
    made = sl.load_law("gb/scottish_parliament", on="2011-05-05").count(tally)
    glasgow = made.counts["region"].areas["glasgow"].placed
    assert {c: n for c, n in glasgow.items() if n} == {"conservative": 6, "snp": 1}


def test_a_national_quota_drops_its_fraction() -> None:
    """1,553 votes over 5: at 310 a has 218 over, b 203 and c 202; at 311 c would come before b."""
    votes = {"a": 528, "b": 823, "c": 202}
    assert seats("it/european_parliament", "2014-05-25", votes, magnitude=5) == {"a": 2, "b": 3}


def test_the_last_seat_of_equal_averages_goes_to_the_larger_french_list() -> None:
    assert seats("fr/european_parliament", "2019-05-26", {"a": 400, "b": 200}, magnitude=2) == {"a": 2}


def test_quotients_that_round_to_the_same_hundredth_are_equal() -> None:
    """b's quarter, 10,000.25, is above a's 29th part, 10,000.2414, but both are 10,000.25: the larger list has it."""
    votes = {"a": 290_007, "b": 40_001}
    assert seats("cz/european_parliament", "2014-05-24", votes, magnitude=32) == {"a": 29, "b": 3}
    law = sl.load_law("cz/european_parliament", on="2014-05-24")
    tally = Tally({"list": Ballots({"nation": votes}, seats={"nation": 32}, totals={"nation": {"valid": 330_008}})})
    assert law.replace({"list.allocate.decimals": None}).count(tally).seats == {"a": 28, "b": 4}
    assert "rounded up to 2 decimals" in str(law.count(tally).explain())


def test_rounded_quotients_are_certified_as_the_law_compares_them() -> None:
    made = highest_averages(
        {"a": 290_007, "b": 40_001},
        32,
        divisor=divisor_named("dhondt").rounding_up(2),
        ties=lambda tied, n: sorted(tied)[:n],
    )
    assert made.seats == {"a": 29, "b": 3}
    assert made.certificate().low == made.certificate().high == Fraction(1_000_025, 100)


def test_many_runs_are_counted_by_rounded_quotients_too() -> None:
    """The arrays leave to the exact count what the rounding may turn."""
    law = sl.load_law("cz/european_parliament", on="2014-05-24")
    votes = {"a": 290_007, "b": 40_001}
    tally = Tally({"list": Ballots({"nation": votes}, seats={"nation": 32}, totals={"nation": {"valid": 330_008}})})
    plan = Plan.of(law, tally)
    assert plan.how == "arrays"
    assert plan.count(np.array([[290_007, 40_001], [290_007, 40_101]]), key=(1, 2)).seats.tolist() == [[29, 3], [28, 4]]
