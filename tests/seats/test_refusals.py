"""What a law cannot say is refused when its step is made; what just can be said is not."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

import pytest

from sailau.seats.allocate import Allocate
from sailau.seats.bonus import Bonus
from sailau.seats.cap import Cap
from sailau.seats.carry import Carry
from sailau.seats.counterweight import Counterweight
from sailau.seats.guarantee import Guarantee
from sailau.seats.part_link import PartLink
from sailau.seats.quorum import Quorum
from sailau.seats.rank import Rank
from sailau.seats.rest import Rest
from sailau.seats.spread import Spread
from sailau.seats.tier import Tier
from sailau.seats.top_up import TopUp
from sailau.terms.errors import InvalidLaw, InvalidRecord, InvalidVotes, LawSilent, MissingFigure, NotFound
from sailau.terms.tally import Ballots, Tally

Step = Callable[..., object]
hare = partial(Allocate, quota="hare", cite="x")
rank = partial(Rank, rule="stv", quota="droop", ties=("lot",), cite="x")
rest = partial(Rest, to="highest_averages", cite="x")


@pytest.mark.parametrize(
    ("step", "right", "wrong", "why"),
    [
        (partial(Allocate, cite="x"), {"quota": "hare"}, {}, "a formula is a quota or a divisor"),
        (hare, {}, {"divisor": "dhondt"}, "a formula is a quota or a divisor"),
        (hare, {"rest": "none"}, {"rest": "highest_average"}, "highest_average needs a quota and a divisor"),
        (partial(Allocate, divisor="dhondt", cite="x"), {"most": 1}, {"most": 0}, "a number of seats above 0"),
        (partial(Allocate, cite="x"), {"quota": "hare", "quota_of": "valid"},
         {"divisor": "dhondt", "quota_of": "valid"}, "the formula has no quota"),
        (partial(Bonus, cite="x"), {"seats": 5}, {"seats": 5, "up_to": 9}, "one of them only"),
        (partial(Cap, tiers=(), quota="hare", cite="x"), {"most": 5}, {}, "cap needs a ceiling"),
        (partial(Carry, tier="local", cite="x"), {"quota": "hare_rounded_down"}, {"quota": "hare"},
         "fractions of votes"),
        (partial(Carry, tier="local", cite="x"), {"quota": "droop"}, {"quota": "droop", "surplus": True},
         "for candidates"),
        (partial(Guarantee, lists=2, rest="formula", cite="x"), {}, {"minimum": 1}, "no weight and no minimum"),
        (partial(Guarantee, lists=2, rest="formula", cite="x"), {}, {"weight": Fraction(7, 10)}, "no weight"),
        (partial(PartLink, tiers=(), cite="x"), {"part": Fraction(1, 9)}, {"part": Fraction(0)}, "is above 0"),
        (partial(Quorum, cite="x"), {"nation": Fraction(1, 20)}, {}, "a quorum needs a bar"),
        (partial(Quorum, nation=Fraction(1, 20), cite="x"), {"districts": 1}, {"districts": 0}, "1 or more"),
        (rank, {"depth": 1}, {"depth": 0}, "counts up to 100"),
        (rank, {"gap": 100}, {"gap": 101}, "counts up to 100"),
        (rank, {}, {"quota": None}, "rank needs a quota with rule: stv"),
        (rank, {"rule": "alternative", "quota": None}, {"rule": "alternative"}, "none with another rule"),
        (rank, {"rule": "meek", "quota": None}, {"rule": "meek", "quota": None, "quota_of": "first"},
         "finds its quota anew"),
        (partial(rank, rule="exclusion", quota=None), {"exclude": "below_share", "share": Fraction(1, 2)},
         {"exclude": "below_share"}, "needs a share"),
        (rank, {"places": 5, "quota_places": 5}, {"places": 5, "quota_places": 6}, "no more than places"),
        (partial(rank, surplus="whole_papers", papers="lot"), {}, {"quota_places": 2}, "a quota in whole votes"),
        (partial(rank), {"refund": Fraction(1)}, {"refund": Fraction(5, 4)}, "a share of the quota"),
        (rest, {"seats": 1}, {"seats": 0}, "1 or more"),
        (rest, {"below": 1}, {"below": 0}, "1 or more"),
        (rest, {"most": 1}, {"most": 0}, "above 0 for highest averages"),
        (rest, {}, {"again": True}, "leaves nothing to go through again"),
        (rest, {"to": "most_votes", "again": True}, {"to": "largest_remainders"}, "need the quota"),
        (partial(Spread, cite="x"), {"divisor": "dhondt", "at_least": "floor"}, {"quota": "hare", "at_least": "floor"},
         "a quota knows no minimum"),
        (partial(Spread, divisor="dhondt", at_least="won", cite="x"), {"tiers": ("local",)}, {},
         "where the seats were won"),
        (partial(TopUp, tiers=(), cite="x"), {"step": 1}, {"step": 0}, "1 or more"),
    ],
)  # fmt: skip
def test_terms_that_do_not_go_together(
    step: Step, right: dict[str, object], wrong: dict[str, object], why: str
) -> None:
    step(**right)
    with pytest.raises(InvalidLaw, match=why):
        step(**wrong)


def test_a_rule_for_ties_that_is_none_is_named() -> None:
    with pytest.raises(NotFound, match="lots") as caught:
        rank(ties=("lots",))
    assert "lot" in str(caught.value)


def tier(*steps: object, seats: int | None = 5, **terms: object) -> Tier:
    given = {"name": "list", "district": "nationwide", "ballot": "closed_list"} | terms
    return Tier(seats=seats, steps=steps, **given)  # type: ignore[arg-type]  # put together by the test


def counted(made: Tier, ballots: Ballots) -> dict[str, int]:
    return made.count(Tally({"list": ballots}), done={}, decisions={}, trail=()).total_placed()


@pytest.mark.parametrize(
    ("step", "votes", "why"),
    [
        (hare(), {"against_all": 3}, "nobody takes part in the distribution of 5 seats"),
        (Bonus(seats=2, cite="x"), {"against_all": 3}, "nobody takes part, so nobody is first"),
        (Bonus(seats=6, cite="x"), {"a": 3}, "the bonus of a is 6 seats, but only 5 are left"),
        (PartLink(tiers=(), cite="x"), {"a": 0}, "nobody takes part in the distribution of 5 seats"),
    ],
)
def test_where_the_law_is_silent(step: object, votes: dict[str, int], why: str) -> None:
    with pytest.raises(LawSilent, match=why):
        counted(tier(step), Ballots({"nation": votes}))


def test_a_giant_with_nobody_beside_it() -> None:
    step = Counterweight(share=Fraction(2, 3), by="seats", quota="hare", cite="x")
    with pytest.raises(LawSilent, match="a holds 5 of 5 seats, and there are no others to take more"):
        counted(tier(hare(), step), Ballots({"nation": {"a": 9}}))


def test_seats_of_a_tier_that_nobody_knows() -> None:
    step = hare()
    with pytest.raises(MissingFigure, match="neither the law nor the tally says how many seats"):
        counted(tier(step, seats=None), Ballots({"nation": {"a": 5}}))
    local = partial(tier, step, district="multi_member")
    votes = {"north": {"a": 5}, "south": {"a": 5}}
    with pytest.raises(MissingFigure, match="the number of seats of south is not known"):
        counted(local(magnitudes={"north": 3}), Ballots(votes))
    with pytest.raises(InvalidRecord, match="the districts have 6 seats, the law gives the tier 5"):
        counted(local(magnitudes={"north": 3, "south": 3}), Ballots(votes))


def test_votes_that_are_none_are_told_with_tier_and_area() -> None:
    with pytest.raises(InvalidVotes, match=r"list, nation: a has -1 votes; a count cannot be negative"):
        counted(tier(hare()), Ballots({"nation": {"a": -1}}))
