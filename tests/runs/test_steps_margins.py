"""Margins of laws with steps that margins do not know: bounds that hold, or what a search vote by vote finds."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
from tests.runs.margin_laws import Drawn, law_of
from tests.runs.test_margin_bounds import counted
from tests.runs.test_margin_traced import compare

from sailau.runs.margin import margin
from sailau.seats.allocate import Allocate
from sailau.seats.best_losers import BestLosers
from sailau.seats.bonus import Bonus
from sailau.seats.by_persons import ByPersons
from sailau.seats.complete import Complete
from sailau.seats.count import Each
from sailau.seats.elect import Elect
from sailau.seats.per_votes import PerVotes
from sailau.seats.rest import Rest
from sailau.seats.second_round import SecondRound
from sailau.seats.second_scrutiny import SecondScrutiny
from sailau.seats.spread import Spread
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.seats.trial import Trial
from sailau.terms.tally import Ballots, Contender, Tally

TIES = ("most_votes", "registered_first")


def tally(rng: random.Random, areas: int, seats: bool, names: str = "abc", **more: Ballots) -> Tally:
    votes = (
        {f"d{i}": {c: rng.randint(1, 14) for c in names} for i in range(areas)}
        if areas
        else {"nation": {c: rng.randint(1, 20) for c in names}}
    )
    given = {area: rng.randint(2, 4) for area in votes} if seats else {}
    traits = dict(zip(names, ("hills", "coast", "hills", "isles"), strict=False))
    marks = {c: Contender(c, registered=i, traits=frozenset({traits[c]})) for i, c in enumerate(names)}
    marks |= {f"{c}{i}": Contender(f"{c}{i}", party=c, registered=9 + i) for c in names for i in range(5)}
    return Tally({"list": Ballots(votes, seats=given), **more}, marks)


def tier(*steps: Any, district: Any = "multi_member", seats: int | None = None) -> Any:
    return law_of(Tier(name="list", seats=seats, district=district, ballot="closed_list", steps=steps))


DHONDT = Allocate(divisor="dhondt", ties=TIES, cite="x 9")


def trial(rng: random.Random) -> Drawn:
    share = rng.choice([None, Fraction(1, 3)])
    step = Trial(
        least=rng.randint(1, 3), again=rng.random() < 0.5, share=share, divisor="dhondt", ties=TIES, cite="x 1"
    )
    return tier(step, Each(steps=(DHONDT,))), tally(rng, rng.randint(1, 2), True)


def per_votes(rng: random.Random) -> Drawn:
    step = PerVotes(votes=rng.randint(3, 9), cite="x 1")
    return tier(step), tally(rng, rng.randint(1, 2), False)


def one_price(rng: random.Random) -> Drawn:
    return tier(PerVotes(quota="hare", seats=rng.randint(3, 7), cite="x 1")), tally(rng, rng.randint(1, 2), False)


def best_losers(rng: random.Random) -> Drawn:
    elect = Elect(rule="plurality", ties=TIES, cite="x 1")
    groups = {"hills": 50, "coast": 30, "isles": 11}
    steps = [BestLosers(groups=groups, seats=1, ties=TIES, cite="x 2")]
    if rng.random() < 0.5:
        steps.append(BestLosers(groups=groups, seats=2, among="largest", ties=TIES, cite="x 3"))
    law = law_of(Tier(name="list", seats=None, district="single_member", ballot="candidate", steps=(elect, *steps)))
    return law, tally(rng, rng.randint(1, 3), False, "abcd")


def second_round(rng: random.Random) -> Drawn:
    elect = Elect(rule="majority", share=Fraction(1, 3), of="list_votes", otherwise="leave", ties=TIES, cite="x 1")
    law = tier(elect, SecondRound(admit=2, ties=TIES, admit_ties=TIES, cite="x 2"))
    second = Ballots({"d0": {c: rng.randint(1, 20) for c in "abcd"}})
    made = tally(rng, 1, True, "abcd", list_round2=second)
    return law, made


def by_persons(rng: random.Random) -> Drawn:
    people = Ballots({"d0": {f"{c}{i}": rng.randint(1, 30) for c in "abc" for i in range(5)}})
    quotas = Allocate(quota="hare", rest="none", cite="x 1")
    law = tier(Each(steps=(quotas, ByPersons(persons="people", ties=TIES, cite="x 2"))))
    return law, tally(rng, 1, True, people=people)


def spread(rng: random.Random) -> Drawn:
    steps = (
        DHONDT,
        Spread(due="placed", quota="hare", rest="highest_average", divisor="dhondt", ties=TIES, cite="x 2"),
    )
    return tier(*steps, district="nationwide", seats=rng.randint(3, 7)), tally(rng, 2, False)


def grades(rng: random.Random) -> Drawn:
    half, most = Fraction(11, 20), Fraction(7, 10)
    bonus = Bonus(
        up_to_part=half, high=Fraction(2, 5), high_part=Fraction(3, 5), at_most=most,
        unless=rng.choice([None, Fraction(2, 5)]), share=rng.choice([Fraction(0), Fraction(2, 5)]),
        strict=rng.random() < 0.5,
        divisor="dhondt", ties=TIES, cite="x 1",
    )  # fmt: skip
    return tier(bonus, DHONDT, district="nationwide", seats=rng.randint(5, 9)), tally(rng, 0, False)


def parts(rng: random.Random) -> Drawn:
    word = rng.choice(["hare_rounded_up+1/2", "hare+3/5"])
    first = Allocate(quota=word, quota_of="list_votes", rest="none", cite="x 1")
    rest = SecondScrutiny(district_quota=word, quota_of="list_votes", divisor="dhondt", ties=TIES, cite="x 2")
    return tier(Each(steps=(first,)), rest), tally(rng, rng.randint(1, 2), True)


def exact_parts(rng: random.Random) -> Drawn:
    law = tier(Allocate(quota="hare+1/2", ties=TIES, cite="x 1"), district="nationwide", seats=rng.randint(2, 6))
    return law, tally(rng, 0, False)


def complete(rng: random.Random) -> Drawn:
    """A bar takes votes out that the quota is formed from all the same; two districts elect by plurality before."""
    elect = Elect(rule="plurality", ties=TIES, cite="x 1")
    district = Tier(name="district", seats=None, district="single_member", ballot="candidate", steps=(elect,))
    step = Complete(
        tiers=("district",), quota="hare", quota_of=rng.choice(["valid", "standing"]), as_many=rng.random() < 0.5,
        overhang="exclude", ties=TIES, cite="x 2",
    )  # fmt: skip
    steps = (Threshold(share=Fraction(1, 5), of="valid", cite="x 2"), step)
    lists = Tier(name="list", seats=rng.randint(2, 4), district="nationwide", ballot="closed_list", steps=steps)
    won = Ballots({f"s{i}": {c: rng.randint(1, 9) for c in "abc"} for i in range(2)})
    return law_of(district, lists), tally(rng, 0, False, district=won)


def seated(rng: random.Random) -> Drawn:
    first = Allocate(quota="hare", rest="none", cite="x 1")
    rest = Rest(to="highest_averages", divisor="adams", seated=True, ties=TIES, cite="x 2")
    last = Rest(to="most_votes", again=True, ties=TIES, cite="x 3")
    return tier(first, rest, last, district="nationwide", seats=rng.randint(2, 6)), tally(rng, 0, False)


LAWS = (
    trial,
    per_votes,
    one_price,
    best_losers,
    second_round,
    by_persons,
    spread,
    grades,
    parts,
    exact_parts,
    complete,
    seated,
)


@pytest.mark.parametrize("make", LAWS, ids=lambda make: str(make.__name__))
def test_no_margin_is_larger_than_what_a_search_finds(make: Any) -> None:
    rng, cases = random.Random(make.__name__), 0
    while cases < 8:
        law, made = make(rng)
        base = counted(law, made)
        if base is None:
            continue
        cases += 1
        for part in margin(law, made).tiers:
            if part.tier == "list":
                compare(law, made, base, part)
