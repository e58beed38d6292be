"""What a formula does at its limits: persons for the seats, quotas beyond the seats, bars in electoral quotients."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from sailau.seats.allocate import Allocate
from sailau.seats.averages import highest_averages
from sailau.seats.certify import certify
from sailau.seats.count import Count, start
from sailau.seats.remainders import largest_remainder
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.seats.ties import tie_rule
from sailau.terms.errors import CertificateError, DrawRequired, InvalidLaw, LawSilent, SeatsLeft
from sailau.terms.quota import quota_named
from sailau.terms.tally import Ballots, Contender, Tally

GIVE_BACK = Allocate(quota="imperiali_quota", rest="none", excess="smallest_remainder", cite="x 1")


def begun(votes: dict[str, int], seats: int) -> Count:
    tally = Tally({"list": Ballots({"nation": votes})})
    return start(tally, tally.tiers["list"], "list", seats, {}, done={}, decisions={}, trail=())


@pytest.mark.parametrize(("limits", "seats"), [({}, (3, 1, 0)), ({"a": 2}, (2, 1, 1)), ({"a": 2, "b": 1}, (2, 1, 1))])
def test_quotients_of_a_full_list_pass_on(limits: dict[str, int], seats: tuple[int, ...]) -> None:
    made = highest_averages({"a": 90, "b": 40, "c": 25}, 4, limits=limits)
    assert tuple(made.seats.values()) == seats
    assert made.certificate().seats == made.seats


def test_more_seats_than_persons() -> None:
    assert highest_averages({"a": 90, "b": 40}, 3, limits={"a": 2, "b": 1}).seats == {"a": 2, "b": 1}
    with pytest.raises(LawSilent):
        highest_averages({"a": 90, "b": 40}, 4, limits={"a": 2, "b": 1})


def test_a_limit_has_no_place_beside_a_quota() -> None:
    with pytest.raises(InvalidLaw, match="a limit of seats needs a divisor"):
        Allocate(quota="hare", limit="candidates", cite="x 1")


@pytest.mark.parametrize(("c", "seats"), [(22, {"a": 2, "b": 1}), (23, {"a": 1, "b": 1, "c": 1})])
def test_the_smallest_remainder_gives_its_seat_back(c: int, seats: dict[str, int]) -> None:
    """Four quotas for three seats: over its quotas c has 1.4 votes of 22 and a 1.8; of 23 c has 2.2 and a 1.4."""
    assert GIVE_BACK.apply(begun({"a": 43, "b": 38, "c": c}, 3)).placed == seats


def test_as_many_quotas_as_seats_give_nothing_back() -> None:
    assert GIVE_BACK.apply(begun({"a": 43, "b": 38, "c": 19}, 3)).placed == {"a": 2, "b": 1}


def test_quotas_beyond_the_seats_without_a_rule() -> None:
    step = Allocate(quota="imperiali_quota", rest="none", cite="x 1")
    with pytest.raises(LawSilent):
        step.apply(begun({"a": 43, "b": 38, "c": 22}, 3))


def test_equal_smallest_remainders_need_a_lot() -> None:
    """Five quotas for three seats, no remainder at all: two of three lists give back, and the lot says who keeps."""
    votes = {"a": 40, "b": 40, "c": 20}
    with pytest.raises(DrawRequired) as caught:
        GIVE_BACK.apply(begun(votes, 3))
    assert (caught.value.tied, caught.value.choose) == (("a", "b", "c"), 1)
    chosen = begun(votes, 3).but(decisions={"list.allocate": ("c",)})
    assert GIVE_BACK.apply(chosen).placed == {"a": 1, "b": 1, "c": 1}


@pytest.mark.parametrize(("c", "stands"), [(80, True), (79, False)])
def test_a_bar_of_an_electoral_quotient(c: int, stands: bool) -> None:
    """400 votes and 4 seats: the quotient is 100, four fifths of it are 80."""
    step = Threshold(share=Fraction(4, 5), of="standing", quota="hare", cite="x 1")
    made = step.apply(begun({"a": 200, "b": 200 - c, "c": c}, 4))
    assert ("c" in made.votes) is stands
    assert made.trail is not None
    assert Threshold.words(made.trail[0])[0][1].startswith("80% of 100 (hare of standing) = 80.00 votes")


@pytest.mark.parametrize(("total", "quota"), [(7, 3), (9, 4), (8, 4), (15, 7), (17, 8)])
def test_half_a_vote_rounds_down(total: int, quota: int) -> None:
    assert quota_named("hare_rounded_half_down")(total, 2) == quota


@pytest.mark.parametrize(("total", "quota"), [(10, 3), (11, 4)])
def test_thirds_go_to_the_nearest(total: int, quota: int) -> None:
    assert quota_named("hare_rounded_half_down")(total, 3) == quota


def test_the_list_with_fewer_votes_wins_a_tie() -> None:
    count = begun({"a": 90, "b": 45, "c": 45}, 1)
    rule = tie_rule(count, "allocate", ("fewest_votes",))
    assert list(rule(("a", "b"), 1) or ()) == ["b"]
    assert rule(("b", "c"), 1) is None


@pytest.mark.parametrize("rest", ["largest_remainder", "highest_average", "none"])
def test_no_seats_cost_nothing(rest: str) -> None:
    divisor = "dhondt" if rest == "highest_average" else None
    step = Allocate(quota="hare", rest=rest, divisor=divisor, cite="x 1")  # type: ignore[arg-type]
    assert step.allocation({"a": 3, "b": 2}, 0, None).seats == {"a": 0, "b": 0}


def test_a_quota_of_all_valid_votes_is_higher_and_leaves_more_to_remainders() -> None:
    """Of those who stand the quota is 90: 4.44, 3.33, 1.11, 1.11; of all valid votes 100: 4, 3, 1 and 1."""
    votes = {"a": 400, "b": 300, "c": 100, "d": 100}
    tally = Tally({"list": Ballots({"nation": votes}, {"nation": {"valid": 1_000}})})
    step = Allocate(quota="hare", quota_of="valid", rest="none", cite="x 1")
    tier = Tier(name="list", seats=10, district="nationwide", ballot="closed_list", steps=(step,))
    with pytest.raises(SeatsLeft, match="1 seat of list"):
        tier.count(tally, done={}, decisions={}, trail=None)


def test_the_certificate_of_a_wider_quota_is_checked_with_it() -> None:
    made = largest_remainder({"a": 450, "b": 330, "c": 120}, 10, total=1_000)
    assert made.seats == {"a": 5, "b": 4, "c": 1}  # 4.5, 3.3 and 1.2 quotas
    certify(made)
    with pytest.raises(CertificateError):
        certify(replace(made, total=None))
    with pytest.raises(CertificateError, match="fewer than"):
        certify(replace(made, total=800))


def test_seats_that_a_list_has_no_persons_for_pass_on_after_whole_quotas_too() -> None:
    votes = {"a": 700, "b": 200, "c": 100}
    marks = {"a": Contender("a", candidates=4)}
    step = Allocate(quota="hare", rest="highest_average", divisor="dhondt", limit="candidates", cite="x 1")
    tier = Tier(name="list", seats=10, district="nationwide", ballot="closed_list", steps=(step,))
    made = tier.count(Tally({"list": Ballots({"nation": votes})}, marks), done={}, decisions={}, trail=())
    assert made.placed == {"a": 4, "b": 4, "c": 2}  # b and c go on: 66.7, 50 (twice), 50
