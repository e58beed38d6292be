"""More small random laws with votes, one mechanism each: tiers that look at one another, votes that are changed."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from tests.runs.margin_laws import (
    DIRECT,
    QUOTAS,
    Drawn,
    districts,
    divisor,
    formula,
    law_of,
    marks,
    nation,
    share,
    ties,
    two_votes,
)

from sailau.seats.allocate import Allocate
from sailau.seats.carry import Carry
from sailau.seats.count import Each, Step
from sailau.seats.counterweight import Counterweight
from sailau.seats.deduct import Deduct
from sailau.seats.enlarge import Enlarge
from sailau.seats.entitle import Entitle
from sailau.seats.give_back import GiveBack
from sailau.seats.join import BySeats, Join
from sailau.seats.leave import Leave, TakeOver
from sailau.seats.make_up import MakeUp
from sailau.seats.overhang import Offset
from sailau.seats.part_link import PartLink
from sailau.seats.pass_on import PassOn
from sailau.seats.rest import Rest
from sailau.seats.spread import Spread
from sailau.seats.take_off import TakeOff
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.seats.weigh import Weigh
from sailau.terms.tally import Ballots, Tally


def bar(rng: random.Random) -> list[Step]:
    return [Threshold(share=share(rng), cite="x")] if rng.random() < 0.5 else []


def joined(rng: random.Random) -> Drawn:
    return two_votes(rng, Join(tier="direct", cite="x"), *bar(rng), Allocate(**formula(rng)))


def by_seats(rng: random.Random) -> Drawn:
    """Reserved seats follow the seats that were won."""
    law, tally = two_votes(rng, BySeats(tiers=("direct",), cite="x"), Allocate(**formula(rng)))
    return law_of(law.tiers[0], followed(law.tiers[1])), Tally({"direct": tally.tiers["direct"]}, tally.contenders)


def followed(tier: Tier) -> Tier:
    """Return the tier with the votes of the districts in the place of its own."""
    return Tier(
        name=tier.name, seats=tier.seats, district=tier.district, ballot=tier.ballot, steps=tier.steps, votes="direct"
    )


def made_up(rng: random.Random) -> Drawn:
    total = rng.choice([None, 7])
    return two_votes(rng, *bar(rng), MakeUp(tiers=("direct",), total=total, ties=ties(rng), cite="x"))


def carried(rng: random.Random) -> Drawn:
    """Votes of losers, and those that winners did not need, go to the lists."""
    carry = Carry(tier="direct", surplus=rng.random() < 0.5, own=rng.random() < 0.8, cite="x")
    return two_votes(rng, *bar(rng), carry, Allocate(**formula(rng)))


def carried_on(rng: random.Random) -> Drawn:
    """Seats that no list won in the districts go to the nation, with the votes beyond whole quotas."""
    quota, kind = rng.choice(["droop", "hare_rounded", "hagenbach_bischoff_rounded_down"]), "multi_member"
    first: tuple[Step, ...] = (Each(steps=(Allocate(quota=quota, rest="none", cite="x"),)), Leave(cite="x"))
    rests = Carry(tier="direct", quota=quota, own=False, cite="x")
    last = Allocate(**divisor(rng))
    votes = {area: {name: rng.randint(0, 25) for name in "abc"} for area in ("n", "s")}
    direct = Tier(name="direct", seats=None, district=kind, ballot="closed_list", steps=first)  # type: ignore[arg-type]
    lists = Tier(
        name="list",
        seats=1,
        district="nationwide",
        ballot="closed_list",
        steps=(TakeOver(tiers=("direct",), cite="x"), rests, last),
        votes="direct",
    )
    seats = {area: rng.randint(2, 3) for area in votes}
    return law_of(direct, lists), Tally({"direct": Ballots(votes, {}, seats)}, marks(rng, "abc"))


def weighted_down(rng: random.Random) -> Drawn:
    """A house that grows until nobody holds too much of it."""
    limit: dict[str, Any] = {
        "share": rng.choice([Fraction(1, 2), Fraction(3, 5)]),
        "least": rng.choice([None, share(rng)]),
    }
    return nation(rng, Allocate(**formula(rng)), Counterweight(**limit, **formula(rng)))


def deducted(rng: random.Random) -> Drawn:
    terms: dict[str, Any] = rng.choice(
        [{"votes": "won"}, {"votes": "needed"}, {"votes": "needed", "least": share(rng)}]
    )
    return two_votes(rng, *bar(rng), Deduct(tier="direct", **terms, cite="x"), Allocate(**formula(rng)))


def linked_in_part(rng: random.Random) -> Drawn:
    part, house = rng.choice([Fraction(1, 2), Fraction(1)]), rng.choice([None, 9])
    step = PartLink(tiers=("direct",), part=part, house=house, ties=("registered_first",), cite="x")
    return two_votes(rng, *bar(rng), step)


def passed_on(rng: random.Random) -> Drawn:
    quota = rng.choice(QUOTAS[:4])
    first = Allocate(quota=quota, ties=ties(rng), cite="x")
    held: dict[str, Any] = {"quota": quota, "ties": ties(rng), "cite": "x"}
    return nation(rng, first, PassOn(cite="x"), Rest(to="highest_averages", **held))


def taken_off(rng: random.Random) -> Drawn:
    return nation(rng, TakeOff(share=share(rng), cite="x"), Allocate(**formula(rng)))


def weighed(rng: random.Random) -> Drawn:
    factor, below = rng.choice([Fraction(27, 20), Fraction(1, 2)]), rng.choice([None, Fraction(1, 3)])
    return nation(rng, Weigh(trait="minority", factor=factor, below=below, cite="x"), Allocate(**formula(rng)))


def larger(rng: random.Random) -> Drawn:
    """A house that grows to an odd number, or at once to what the list needs that won most beyond its due."""
    tiers: dict[str, Any] = {"tiers": ("direct",)}
    how: dict[str, Any] = rng.choice([{"odd": True}, {"size": "quotient"}, {"size": "quotient", "odd": True}])
    steps = Entitle(**tiers, **divisor(rng)), Enlarge(**how, **tiers, **divisor(rng)), Spread(**divisor(rng))
    return two_votes(rng, *steps, Offset(**tiers, cite="x"), areas=True)


def rounded(rng: random.Random) -> Drawn:
    """Shares or quotients with a decimal, beside a bonus that a tier before them gives."""
    terms: dict[str, Any] = rng.choice([{"quota": "hare"}, {"divisor": "dhondt"}])
    last = Allocate(**terms, decimals=rng.choice([1, 2]), ties=ties(rng), cite="x")
    return two_votes(rng, Join(tier="direct", cite="x"), last)


def shared_out(rng: random.Random) -> Drawn:
    """Shares or quotients with a decimal of a nation whose votes persons in districts are elected with."""
    terms: dict[str, Any] = rng.choice([{"quota": "hare"}, {"divisor": "sainte_lague"}])
    last = Allocate(**terms, decimals=1, ties=ties(rng), cite="x")
    lists = Tier(
        name="list", seats=rng.randint(2, 5), district="nationwide", ballot="closed_list", steps=(last,), votes="direct"
    )
    votes = {area: {name: rng.randint(0, 14) for name in "abc"} for area in ("n", "s")}
    return law_of(DIRECT, lists), Tally({"direct": Ballots(votes)}, marks(rng, "abc"))


def returned(rng: random.Random) -> Drawn:
    """Seats beyond a share of the whole go back, those of small districts not."""
    inner = Each(steps=(Allocate(divisor=rng.choice(["dhondt", "sainte_lague"]), ties=("most_votes",), cite="x"),))
    law, tally = districts(rng, inner, most=40)
    back = GiveBack(tier="list", total=rng.randint(4, 7), smallest=rng.choice([1, 2]), **divisor(rng))
    whole = Tier(name="nation", seats=0, district="nationwide", ballot="closed_list", steps=(back,), votes="list")
    return law_of(*law.tiers, whole), tally


LAWS = {
    "join": joined,
    "by_seats": by_seats,
    "make_up": made_up,
    "carry": carried,
    "leave, take_over, carry": carried_on,
    "counterweight": weighted_down,
    "deduct": deducted,
    "part_link": linked_in_part,
    "pass_on": passed_on,
    "take_off": taken_off,
    "weigh": weighed,
    "enlarge, odd or by quotient": larger,
    "join, decimals": rounded,
    "decimals of votes that count twice": shared_out,
    "give_back, small districts": returned,
}
