"""complete: a share of the whole by a quota of all votes, and who is taken out before the rest is shared out."""

from __future__ import annotations

import pytest

from sailau.law.library import load_law
from sailau.records.library import load_election
from sailau.seats.compensate import Compensate
from sailau.seats.complete import Complete
from sailau.seats.count import Count, Step
from sailau.seats.tier import Tier
from sailau.terms.errors import InvalidLaw
from sailau.terms.tally import Ballots, Contender, Tally

VOTES = {"a": 57, "b": 27, "c": 16}
"""Of ten seats 5.7, 2.7 and 1.6 quotas of their own votes; 4.75, 2.25 and 1.33 of 120."""


def counted(step: Step, held: dict[str, int], valid: int = 120) -> dict[str, int]:
    seats = 10 - sum(held.values())
    tier = Tier(name="list", seats=seats, district="nationwide", ballot="closed_list", steps=(step,))
    votes = {**VOTES, "others": valid - 100} if valid > 100 else dict(VOTES)
    marks = {"others": Contender("others", kind="others")}
    tally = Tally({"list": Ballots({"nation": votes})}, marks, declared={"district": held} if held else {})
    made: Count = tier.count(tally, done={}, decisions={}, trail=())
    return {c: n for c, n in sorted(made.placed.items()) if n}


def complete(**terms: object) -> Complete:
    return Complete(tiers=("district",), quota="hare", overhang="exclude", cite="x 2", **terms)  # type: ignore[arg-type]


def test_the_quota_is_formed_from_all_votes_and_not_from_those_that_take_part() -> None:
    assert counted(complete(), {"a": 1}) == {"a": 4, "b": 3, "c": 2}
    plain = Compensate(tiers=("district",), quota="hare", overhang="exclude", cite="x 2")
    assert counted(plain, {"a": 1}) == counted(complete(quota_of="standing"), {"a": 1}) == {"a": 5, "b": 3, "c": 1}


def test_who_holds_as_many_as_its_share_is_taken_out_only_where_the_law_says_so() -> None:
    """Without b, its three seats and its votes, 73 votes for seven seats: 5.47 and 1.53 quotas."""
    held = {"a": 4, "b": 3}
    assert counted(complete(), held, valid=100) == {"a": 2, "c": 1}
    assert counted(complete(as_many=True), held, valid=100) == {"a": 1, "c": 2}


def test_who_is_taken_out_takes_its_votes_off_the_base() -> None:
    """93 votes and five seats are left of 120 and ten: 3.06 and 0.86 quotas."""
    held = {"a": 2, "b": 5}
    assert counted(complete(), held) == {"a": 2, "c": 1}


def test_a_law_without_a_quota_is_refused() -> None:
    with pytest.raises(InvalidLaw, match="needs one"):
        Complete(tiers=("district",), divisor="dhondt", overhang="exclude", cite="x 2")
    with pytest.raises(InvalidLaw, match="as_many"):
        Complete(tiers=("district",), quota="hare", as_many=True, cite="x 2")


@pytest.mark.parametrize("day", ["2012-05-26", "2015-02-28"])
def test_lesotho_counts_the_votes_of_independents_for_the_quota(day: str) -> None:
    """A quota of the parties' votes alone gives other seats in both years."""
    record = load_election(f"ls/national_assembly/{day}")
    law = load_law("ls/national_assembly", on=record.day)
    result = law.count(record.tally)
    official = {c: n for c, n in record.official["pr"]["nation"].items() if n}
    assert {c: n for c, n in result.tiers["pr"].items() if n} == official
