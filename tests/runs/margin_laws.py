"""Small random laws, one mechanism each, with votes: for margins of steps that do not say what they compare."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from sailau.law.edition import Law
from sailau.seats.allocate import Allocate
from sailau.seats.apportion import Apportion
from sailau.seats.assure import Assure
from sailau.seats.biproportional import Biproportional
from sailau.seats.bonus import Bonus
from sailau.seats.cap import Cap
from sailau.seats.compensate import Compensate
from sailau.seats.count import Each, Step
from sailau.seats.cover import Cover
from sailau.seats.elect import Elect
from sailau.seats.enlarge import Enlarge
from sailau.seats.entitle import Entitle
from sailau.seats.give_back import GiveBack
from sailau.seats.guarantee import Guarantee
from sailau.seats.majority import Majority
from sailau.seats.overhang import Offset
from sailau.seats.pool import Pool
from sailau.seats.quorum import Quorum
from sailau.seats.represent import Represent
from sailau.seats.reserve import Reserve
from sailau.seats.rest import Rest
from sailau.seats.second_scrutiny import SecondScrutiny
from sailau.seats.share_out import ShareOut
from sailau.seats.spread import Spread
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.seats.top_up import TopUp
from sailau.terms.tally import BLANK, Ballots, Contender, Tally

Drawn = tuple[Law, Tally]
QUOTAS = ["hare", "droop", "hare_rounded", "hagenbach_bischoff", "imperiali_quota_rounded"]
TIES = [("registered_first",), ("most_votes", "registered_first"), ("most_votes",)]
DIRECT = Tier(
    name="direct",
    seats=None,
    district="single_member",
    ballot="candidate",
    steps=(Elect(rule="plurality", ties=("registered_first",), cite="x"),),
)


def law_of(*tiers: Tier) -> Law:
    return Law("xx/house", "x", "x", date(2000, 1, 1), None, None, tiers, {"x": "x"}, None)


def marks(rng: random.Random, names: str, *, linked: bool = False) -> dict[str, Contender]:
    links: list[tuple[str, ...]] = [("link",), ("link",), ("other",), ()]
    order = rng.sample(range(len(names)), len(names))
    return {
        name: Contender(
            name,
            registered=place,
            members=("x", "y") if rng.random() < 0.2 else (),
            apparentment=rng.choice(links) if linked else (),
            candidates=rng.randint(1, 4),
            traits=frozenset(trait for trait in ("minority", "women") if rng.random() < 0.35),
        )
        for name, place in zip(names, order, strict=True)
    }


def nation(rng: random.Random, *steps: Step, linked: bool = False) -> Drawn:
    names = "abcd"[: rng.choice([2, 3, 3, 4])]
    votes = {name: rng.randint(0, 24) for name in names} | ({BLANK: rng.randint(0, 3)} if rng.random() < 0.3 else {})
    tier = Tier(name="list", seats=rng.randint(2, 7), district="nationwide", ballot="closed_list", steps=steps)
    return law_of(tier), Tally({"list": Ballots({"nation": votes})}, marks(rng, names, linked=linked))


def districts(rng: random.Random, *steps: Step, most: int = 12, seats: int | None = None, **more: Any) -> Drawn:
    names = "abc"[: rng.choice([2, 3, 3])]
    votes = {area: {name: rng.randint(0, most) for name in names} for area in ("n", "s")}
    ballots = Ballots(votes, {}, {} if seats else {area: rng.randint(1, 3) for area in votes})
    kind: dict[str, Any] = {"district": "multi_member", "ballot": "closed_list", **more}
    tier = Tier(name="list", seats=seats, steps=steps, **kind)
    return law_of(tier), Tally({"list": ballots}, marks(rng, names))


def share(rng: random.Random) -> Fraction:
    return Fraction(rng.randint(1, 6), rng.choice([12, 17, 20]))


def ties(rng: random.Random) -> tuple[str, ...]:
    return rng.choice(TIES)


def divisor(rng: random.Random) -> dict[str, Any]:
    return {"divisor": rng.choice(["dhondt", "sainte_lague"]), "ties": ties(rng), "cite": "x"}


def formula(rng: random.Random) -> dict[str, Any]:
    """Return a quota or a divisor."""
    return divisor(rng) if rng.random() < 0.5 else {"quota": rng.choice(QUOTAS), "ties": ties(rng), "cite": "x"}


def bonus(rng: random.Random) -> Drawn:
    kinds: list[dict[str, Any]] = [{"seats": 1}, {"part": Fraction(2, 7)}, {"seats": 1, "per": share(rng), "most": 3}]
    kinds += [{"up_to": rng.randint(2, 5), **formula(rng)}, {"up_to_part": Fraction(3, 5), **formula(rng)}]
    terms = {"share": rng.choice([Fraction(0), Fraction(1, 3)]), "ties": ties(rng), **rng.choice(kinds), "cite": "x"}
    return nation(rng, Bonus(**terms), Allocate(**formula(rng)))


def cap(rng: random.Random) -> Drawn:
    limit: dict[str, Any] = rng.choice([{"most": 3}, {"beyond": Fraction(1, 9)}, {"most": 4, "beyond": share(rng)}])
    return nation(rng, Cap(tiers=(), **limit, **formula(rng)))


def rest(rng: random.Random) -> Drawn:
    quota = rng.choice(QUOTAS[:4])
    of = rng.choice(["standing", "valid"])
    more: dict[str, Any] = rng.choice([{}, {"least": Fraction(3, 4)}, {"least_rest": Fraction(1, 4)}, {"below": 2}])
    to = rng.choice(["largest_remainders", "most_votes", "highest_averages", "first"])
    first = Allocate(quota=quota, quota_of=of, rest="none", cite="x")
    steps = [Rest(to=to, quota=quota, quota_of=of, ties=ties(rng), cite="x", **more)]
    steps += [Rest(to="most_votes", again=True, ties=ties(rng), cite="x")]
    return nation(rng, first, *steps)


def majority(rng: random.Random) -> Drawn:
    quota = rng.choice([None, "hare"])
    by = rng.choice(["smallest_average", "smallest_remainder"]) if quota else "smallest_average"
    give = rng.choice(["exchange", "exchange", "add"])
    step = Majority(give=give, by=by, quota=quota, ties=ties(rng), cite="x")
    return nation(rng, Allocate(**formula(rng)), step)


def assured(rng: random.Random) -> Drawn:
    traits = ("minority",) if rng.random() < 0.5 else ()
    return nation(rng, Assure(share=share(rng), seats=1, traits=traits, cite="x"), Allocate(**formula(rng)))


def barred(rng: random.Random) -> Drawn:
    """A bar for links, for small areas, or for nobody where nobody passes."""
    kinds: list[dict[str, Any]] = [{"pools": share(rng)}, {"if_none": "all", "share": Fraction(2, 5)}]
    terms = {"share": share(rng), **rng.choice(kinds)}
    last = Allocate(**formula(rng)), ShareOut(**divisor(rng))
    return nation(rng, Pool(cite="x"), Threshold(**terms, cite="x"), *last, linked=True)


def linked(rng: random.Random) -> Drawn:
    """Links that small lists bring nothing to, or that miss a bar; seats of links below a bar."""
    pools: list[dict[str, Any]] = [{"least": share(rng)}, {"share": share(rng)}, {"need": share(rng)}]
    inside: dict[str, Any] = rng.choice([{}, {"assured": ("minority",)}, {"least": share(rng)}])
    steps = [Pool(**rng.choice(pools), cite="x"), Threshold(share=share(rng), cite="x"), Allocate(**formula(rng))]
    return nation(rng, *steps, ShareOut(**inside, **divisor(rng)), linked=True)


def guaranteed(rng: random.Random) -> Drawn:
    """Lists join those above the bar until they have their share together."""
    terms: dict[str, Any] = {"lists": 2, "share": Fraction(3, 4), "of": "valid", "rest": "formula", "when": "fewer"}
    guarantee = Guarantee(**terms, ties=("registered_first",), cite="x")
    return nation(rng, Threshold(share=share(rng), cite="x"), guarantee, Allocate(**formula(rng)))


def bounded(rng: random.Random) -> Drawn:
    """A quota of a wider base, the most seats of a list, or a list that has no persons left."""
    wide: dict[str, Any] = {"quota": rng.choice(QUOTAS), "quota_of": "valid", "ties": ties(rng), "cite": "x"}
    full: dict[str, Any] = {"most": 3, **divisor(rng)}
    held: dict[str, Any] = {"quota": "hare", "rest": "highest_average", "limit": "candidates", **divisor(rng)}
    return nation(rng, Allocate(**rng.choice([wide, full, held])))


def scrutiny(rng: random.Random) -> Drawn:
    first = Allocate(quota="hare", rest="none", cite="x")
    terms = {"quota": rng.choice(QUOTAS[:4]), "excess": "smallest_remainder", "ties": ties(rng), "cite": "x"}
    second = SecondScrutiny(district_quota="hare", **terms)
    return districts(rng, Each(steps=(first,)), second, most=20)


def quorum(rng: random.Random) -> Drawn:
    terms: dict[str, Any] = {"need": rng.choice(["any", "all"]), "districts": rng.choice([1, 2, None])}
    weigh: dict[str, Any] = {"weigh": "voters", "grain": Fraction(1)} if rng.random() < 0.5 else {}
    step = Quorum(district=share(rng), nation=share(rng), **terms, **weigh, cite="x")
    return districts(rng, step, Each(steps=(Allocate(**divisor(rng)),)))


def apportioned(rng: random.Random) -> Drawn:
    inner = Each(steps=(Allocate(divisor="dhondt", ties=("registered_first",), cite="x"),))
    quota = rng.choice(["hare", "hare_rounded"])
    return districts(rng, Apportion(quota=quota, ties=("lot",), cite="x"), inner, seats=rng.randint(3, 6))


def represented(rng: random.Random) -> Drawn:
    terms: dict[str, Any] = rng.choice([{"seats": 1}, {"share": Fraction(2, 5), "rounding": "nearest"}])
    give, by = rng.choice(["exchange", "add"]), rng.choice(["votes", "share"])
    elect = Elect(rule="plurality", ties=("registered_first",), cite="x")
    step = Represent(trait="women", give=give, by=by, ties=("registered_first",), **terms, cite="x")
    return districts(rng, elect, step, ballot="candidate")


def reserved(rng: random.Random) -> Drawn:
    step = Reserve(traits=("minority",), price=Fraction(1, 2), cite="x")
    return nation(rng, step, Allocate(**formula(rng)))


def by_least(rng: random.Random) -> Drawn:
    """A majority that also needs a share of those registered."""
    names = "abc"
    votes = {area: {name: rng.randint(0, 12) for name in names} for area in ("n", "s")}
    totals = {area: {"registered": sum(lines.values()) + rng.randint(0, 20)} for area, lines in votes.items()}
    elect = Elect(rule="majority", share=Fraction(2, 5), least=Fraction(1, 4), ties=("registered_first",), cite="x")
    tier = Tier(name="list", seats=None, district="single_member", ballot="candidate", steps=(elect,))
    return law_of(tier), Tally({"list": Ballots(votes, totals)}, marks(rng, names))


def biproportional(rng: random.Random) -> Drawn:
    names, areas = "abc"[: rng.choice([2, 3, 3])], "nsw"[: rng.choice([2, 3])]
    sparse = rng.random() < 0.3
    votes = {a: {c: 0 if sparse and rng.random() < 0.2 else rng.randint(1, 30) for c in names} for a in areas}
    weigh: dict[str, Any] = rng.choice([{}, {"weigh": "voters"}, {"weigh": "voters", "grain": Fraction(1)}])
    terms = {"strongest": rng.random() < 0.4, "strongest_ties": "lapse", "ties": ("lot",), **weigh}
    bar: list[Step] = [Quorum(district=Fraction(1, 5), cite="x")] if rng.random() < 0.4 else []
    matrix = Biproportional(divisor=rng.choice(["sainte_lague", "dhondt"]), **terms, cite="x")
    ballots = Ballots(votes, {}, {area: rng.randint(1, 4) for area in areas})
    kind: dict[str, Any] = {"district": "multi_member", "ballot": "open_list"}
    return law_of(Tier(name="list", seats=None, steps=(*bar, matrix), **kind)), Tally({"list": ballots})


def two_votes(rng: random.Random, *steps: Step, areas: bool = False) -> Drawn:
    """Return winners in districts, and lists of the nation or (where the districts lie) of two regions."""
    names = "abc"[: rng.choice([2, 3])]
    votes = {area: {name: rng.randint(0, 9) for name in names} for area in "nsw"}
    lies = {"n": "x", "s": "x", "w": "y"}
    own = {
        area: {name: rng.randint(0, 90 if areas else 16) for name in names}
        for area in (("x", "y") if areas else ("nation",))
    }
    seats = {"seats": None, "magnitudes": {"x": 2, "y": 2}} if areas else {"seats": rng.randint(2, 4)}
    kind: dict[str, Any] = {"district": "multi_member" if areas else "nationwide", "ballot": "closed_list", **seats}
    lists = Tier(name="list", steps=steps, **kind)
    ballots = {"direct": Ballots(votes, regions=lies), "list": Ballots(own)}
    return law_of(DIRECT, lists), Tally(ballots)


def enlarged(rng: random.Random) -> Drawn:
    """Seats due, a larger house, the regions' parts of it, and what is wanting."""
    tiers: dict[str, Any] = {"tiers": ("direct",)}
    floor = rng.choice(["larger", "mean"])
    larger: list[Step] = [Enlarge(area_floor=floor, unlevelled=rng.choice([0, 1]), **tiers, **divisor(rng))]
    due = Entitle(**tiers, **divisor(rng))
    steps = [due, *(larger if rng.random() < 0.6 else []), Spread(**divisor(rng)), Offset(**tiers, cite="x")]
    return two_votes(rng, *steps, areas=True)


def covered(rng: random.Random) -> Drawn:
    """Winners that their lists do not cover are not seated."""
    tiers: dict[str, Any] = {"tiers": ("direct",)}
    cover = Cover(tier="direct", ties=("registered_first",), cite="x")
    steps = Entitle(**tiers, **divisor(rng)), Spread(**divisor(rng)), cover, Offset(**tiers, cite="x")
    return two_votes(rng, *steps, areas=True)


def topped(rng: random.Random) -> Drawn:
    return two_votes(rng, Allocate(**divisor(rng)), TopUp(tiers=("direct",), step=1, cite="x"))


def given_back(rng: random.Random) -> Drawn:
    first = Tier(
        name="direct",
        seats=None,
        district="multi_member",
        ballot="closed_list",
        steps=(Each(steps=(Allocate(divisor="dhondt", ties=("most_votes",), cite="x"),)),),
    )
    back = GiveBack(tier="direct", total=7, divisor="sainte_lague", ties=("most_votes",), cite="x")
    made_up = Compensate(tiers=("direct",), total=7, overhang="continue", divisor="sainte_lague", cite="x")
    second = Tier(
        name="list", seats=None, district="nationwide", ballot="closed_list", steps=(back, made_up), votes="direct"
    )
    votes = {area: {name: rng.randint(0, 40) for name in "abc"} for area in ("n", "s")}
    return law_of(first, second), Tally({"direct": Ballots(votes, {}, {"n": 3, "s": 2})})


LAWS: dict[str, Callable[[random.Random], Drawn]] = {
    "bonus": bonus,
    "cap": cap,
    "rest": rest,
    "majority": majority,
    "assure": assured,
    "threshold": barred,
    "pool and share_out": linked,
    "guarantee": guaranteed,
    "allocate": bounded,
    "second_scrutiny": scrutiny,
    "quorum": quorum,
    "apportion": apportioned,
    "represent": represented,
    "reserve": reserved,
    "elect": by_least,
    "biproportional": biproportional,
    "entitle, enlarge, spread": enlarged,
    "entitle, spread, cover": covered,
    "top_up": topped,
    "give_back": given_back,
}
