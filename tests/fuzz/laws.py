"""Random laws and random votes: mostly lawful, small, and full of ties."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

from sailau.files.document import Document
from sailau.law.edition import Law
from sailau.law.read import make_law
from sailau.terms.divisor import DIVISORS
from sailau.terms.errors import Place
from sailau.terms.quota import QUOTAS
from sailau.terms.tally import Ballots, Contender, Tally

TIES: list[list[str]] = [[], ["lot"], ["most_votes"], ["registered_first"], ["most_votes", "registered_first", "lot"]]
BASES = ["valid", "list_votes", "registered", "ballots", "standing"]
Step = dict[str, Any]


def random_law(rng: random.Random) -> Law:
    """Return a law of one to three tiers."""
    tiers: dict[str, Any] = {}
    if rng.random() < 0.5:
        tiers["district"] = _candidates(rng) if rng.random() < 0.5 else _districts(rng)
    if not tiers or rng.random() < 0.6:
        tiers["list"] = _nation(rng, linked="district" in tiers)
        _hand_on(rng, tiers)
    if rng.random() < 0.2:
        tiers["named"] = {
            "seats": rng.randint(1, 5),
            "district": "nationwide",
            "ballot": "none",
            "steps": [{"appoint": {"by": "somebody", "cite": "x 9"}}],
        }
    document: dict[str, Any] = {
        "law": "xx/fuzz",
        "name": "Fuzz",
        "in_force": {"from": date(2000, 1, 1)},
        "checked": None,
        "texts": {"x": "A random law"},
        "seats": {"cite": "x 1"},
        "tiers": tiers,
    }
    return make_law(Document(document, {(): Place("fuzz")}), "2000-01-01", "fuzz")


def _formula(rng: random.Random) -> Step:
    if rng.random() < 0.5:
        step: Step = {"quota": rng.choice(list(QUOTAS))}
        if rng.random() < 0.3:
            step |= {"rest": "highest_average", "divisor": rng.choice(["dhondt", "sainte_lague"])}
    else:
        step = {"divisor": rng.choice(list(DIVISORS))}
        if step["divisor"] == "sainte_lague" and rng.random() < 0.5:
            step["first"] = rng.choice(["7/5", "6/5"])
    return {**step, "ties": rng.choice(TIES), "cite": "x 3"}


def _bars(rng: random.Random) -> list[Step]:
    steps: list[Step] = []
    if rng.random() < 0.8:
        steps.append({"eligible": {"drop": ["against_all", "blank"], "cite": "x 2"}})
    if rng.random() < 0.7:
        bar: Step = {"share": f"{rng.randint(0, 30)}%", "of": rng.choice(BASES), "cite": "x 2"}
        bar |= {"strict": True} if rng.random() < 0.3 else {}
        bar |= {"exempt": ["minority"]} if rng.random() < 0.3 else {}
        bar |= {"joint": ["10%", "15%"]} if rng.random() < 0.2 else {}
        bar |= {"if_none": "all"} if rng.random() < 0.2 else {}
        steps.append({"threshold": bar})
    return steps


def _guarantee(rng: random.Random) -> list[Step]:
    if rng.random() > 0.3:
        return []
    terms = {
        "lists": rng.randint(1, 3),
        "when": rng.choice(["exactly_one", "fewer"]),
        "weight": rng.choice(["1", "7/10"]),
        "minimum": rng.randint(0, 3),
        "ties": rng.choice(TIES),
        "cite": "x 2",
    }
    terms |= {"share": f"{rng.randint(10, 90)}%", "of": rng.choice(BASES)} if rng.random() < 0.3 else {}
    terms |= {"rest": "formula", "weight": "1", "minimum": 0} if rng.random() < 0.3 else {}
    return [{"guarantee": terms}]


def _fill(rng: random.Random) -> list[Step]:
    return [{"fill": {"order": "list_order", "short": "vacant", "cite": "x 4"}}] if rng.random() < 0.3 else []


def _nation(rng: random.Random, *, linked: bool) -> dict[str, Any]:
    seats = rng.randint(1, 40)
    pooled = rng.random() < 0.25
    steps = [*_bars(rng), *_marks_of_favour(rng), *([] if pooled else _guarantee(rng))]
    if linked and rng.random() < 0.7:
        return _linked_nation(rng, seats, steps)
    if pooled:
        steps += _linked_lists(rng)
    elif rng.random() < 0.25:
        steps += _in_parts(rng)
    elif rng.random() < 0.15:
        steps += _in_turn(rng)
    else:
        steps += [{"allocate": _formula(rng)}, *_fill(rng)]
    return {"seats": seats, "district": "nationwide", "ballot": "closed_list", "steps": steps}


def _hand_on(rng: random.Random, tiers: dict[str, Any]) -> None:
    """Let the districts leave seats that the list takes over, and carry or take off votes between the two."""
    steps = tiers["list"]["steps"]
    if "district" not in tiers or "votes" in tiers["list"]:
        return
    if tiers["district"]["ballot"] == "candidate":
        carried = {"carry": {"tier": "district", "surplus": rng.random() < 0.5, "cite": "x 2"}}
        taken = {"tier": "district", "votes": rng.choice(["needed", "won"]), "cite": "x 2"}
        taken |= {"least": "25%"} if taken["votes"] == "needed" and rng.random() < 0.5 else {}
        if rng.random() < 0.4:
            steps.insert(0, rng.choice([carried, {"deduct": taken}]))
    elif rng.random() < 0.4:
        quota = {"quota": "droop", "quota_of": rng.choice(["valid", "list_votes"])}
        inside = [{"allocate": {**quota, "rest": "none", "cite": "x 3"}}]
        if rng.random() < 0.5:
            least = {"least_rest": "2/3", "ties": rng.choice(TIES)}
            inside.append({"rest": {"to": "largest_remainders", **quota, **least, "cite": "x 3"}})
        tiers["district"]["steps"] = [{"each": "district", "steps": inside}, {"leave": {"cite": "x 3"}}]
        steps.insert(0, {"take_over": {"tiers": ["district"], "cite": "x 2"}})
        if rng.random() < 0.5:
            steps.insert(1, {"carry": {"tier": "district", **quota, "cite": "x 2"}})


def _in_turn(rng: random.Random) -> list[Step]:
    """Return assured seats, whole parts up to a cap, and the rest in the order of the votes."""
    of = rng.choice(BASES)
    assured: Step = {"share": f"{rng.randint(0, 20)}%", "of": of, "seats": rng.randint(1, 2), "cite": "x 2"}
    assured |= {"traits": ["minority"]} if rng.random() < 0.2 else {}
    assured |= {"add": True} if rng.random() < 0.2 else {}
    whole: Step = {"quota": "hare", "quota_of": of, "rest": "none", "seated": rng.random() < 0.5, "cite": "x 3"}
    whole |= {"most": rng.randint(1, 5)} if rng.random() < 0.5 else {}
    last = {"to": "most_votes", "again": rng.random() < 0.7, "ties": rng.choice(TIES), "cite": "x 4"}
    last |= {"below": rng.randint(1, 4)} if rng.random() < 0.5 else {}
    return [{"assure": assured}, {"allocate": whole}, {"rest": last}]


def _linked_lists(rng: random.Random) -> list[Step]:
    """Return steps for linked lists, with bars of their own now and then."""
    bars = {"share": f"{rng.randint(0, 50)}%", "need": f"{rng.randint(0, 30)}%", "least": f"{rng.randint(0, 15)}%"}
    pool = {"cite": "x 2", **{key: bar for key, bar in bars.items() if rng.random() < 0.3}}
    inner = _formula(rng)
    inner |= {"least": f"{rng.randint(0, 10)}%", "of": rng.choice(BASES)} if rng.random() < 0.3 else {}
    inner |= {"assured": ["minority"]} if rng.random() < 0.3 else {}
    inner |= {"best": True} if "least" in inner and rng.random() < 0.5 else {}
    steps: list[Step] = [{"pool": pool}]
    if rng.random() < 0.3:
        steps.append({"threshold": {"share": "3%", "pools": f"{rng.randint(0, 20)}%", "cite": "x 2"}})
    return [*steps, {"allocate": _formula(rng)}, {"share_out": inner}]


def _in_parts(rng: random.Random) -> list[Step]:
    """Return whole quotas, and what is left in one to three steps of its own; the last one leaves nothing."""
    quota = {"quota": rng.choice(list(QUOTAS)), "quota_of": rng.choice(BASES)}
    steps: list[Step] = [{"allocate": {**quota, "rest": "none", "cite": "x 3"}}]
    for _ in range(rng.randint(0, 2)):
        ways = ["largest_remainders", "most_votes", "highest_averages"]
        rest: Step = {"to": rng.choice(ways), **quota, "ties": rng.choice(TIES), "cite": "x 4"}
        rest |= {"least": "3/4"} if rng.random() < 0.3 else {}
        rest |= {"least_rest": "1/2"} if rng.random() < 0.3 else {}
        rest |= {"limit": "candidates"} if rng.random() < 0.3 else {}
        rest |= {"most": 1} if rest["to"] == "highest_averages" and rng.random() < 0.5 else {}
        steps.append({"rest": rest})
    last = rng.choice(
        [{"to": "largest_remainders", "again": True}, {"to": "most_votes", "again": True}, {"to": "first"}]
    )
    return [*steps, {"rest": {**last, **quota, "ties": rng.choice(TIES), "cite": "x 5"}}]


def _linked_nation(rng: random.Random, seats: int, steps: list[Step]) -> dict[str, Any]:
    """Return a tier that looks at what the districts gave: it compensates, distributes, or caps."""
    formula = _formula(rng)
    tier = {"seats": seats, "district": "nationwide", "ballot": "closed_list", "steps": steps}
    if rng.random() < 0.3:
        steps.append({"cap": {**formula, "tiers": ["district"], "beyond": f"{rng.randint(0, 20)}%"}})
        return tier
    kinds = ["exclude", "add", "refuse"] if "quota" in formula else ["exclude", "add", "continue", "refuse"]
    steps.append({"compensate": {**formula, "tiers": ["district"], "overhang": rng.choice(kinds)}})
    if rng.random() < 0.5:
        order = {"divisor": rng.choice(["dhondt", "sainte_lague"]), "tiers": ["district"], "cite": "x 6"}
        order["relative"] = rng.choice(["plain", "valid", "per_seat"])
        steps.append({"distribute": {**order, "ties": ["lot"]}})
        tier |= {"votes": "district", "district": "multi_member", "magnitudes": {f"d{i}": 0 for i in range(5)}}
    return tier


def _marks_of_favour(rng: random.Random) -> list[Step]:
    steps: list[Step] = []
    if rng.random() < 0.15:
        steps.append({"weigh": {"trait": "minority", "factor": "135%", "cite": "x 2"}})
    if rng.random() < 0.15:
        steps.append({"bonus": {"seats": rng.randint(1, 4), "share": f"{rng.randint(0, 40)}%", "cite": "x 2"}})
    return steps


def _districts(rng: random.Random) -> dict[str, Any]:
    inside = [*(_bars(rng)[1:]), {"allocate": _formula(rng)}]
    steps = [*_bars(rng), {"each": "district", "steps": inside}]
    if rng.random() < 0.3:
        quota = {"quota": rng.choice(["hare", "droop", "hagenbach_bischoff"]), "rest": "none", "cite": "x 3"}
        scrutiny = {**_formula(rng), "district_quota": quota["quota"]}
        scrutiny |= {"drop_kinds": ["independent"]} if rng.random() < 0.3 else {}
        steps = [{"each": "district", "steps": [{"allocate": quota}]}, {"second_scrutiny": scrutiny}]
    return {"seats": None, "district": "multi_member", "ballot": "closed_list", "steps": steps}


def _candidates(rng: random.Random) -> dict[str, Any]:
    rule = rng.choice(["plurality", "majority"])
    step = {"rule": rule, "of": rng.choice(["valid", "ballots"]), "ties": rng.choice(TIES), "cite": "x 5"}
    drop = {"eligible": {"drop": ["against_all", "blank"], "cite": "x 2"}}
    steps: list[Step] = [drop, {"elect": step}]
    if rng.random() < 0.3:
        part = {"give": rng.choice(["exchange", "add"]), "by": rng.choice(["votes", "share"])}
        size: Step = {"seats": rng.randint(1, 2)} if rng.random() < 0.5 else {"share": f"{rng.randint(0, 60)}%"}
        steps.append({"represent": {"trait": "minority", **part, **size, "ties": rng.choice(TIES), "cite": "x 5"}})
    return {"seats": None, "district": "single_member", "ballot": "candidate", "steps": steps}


def random_tally(rng: random.Random, law: Law) -> Tally:
    """Return votes for the law's tiers, with ties, zeros and giants among them."""
    names = [f"p{i}" for i in range(rng.randint(1, 7))]
    tiers = {}
    for tier in law.tiers:
        if not tier.needs_votes or tier.votes:
            continue
        areas = ["nation"] if tier.district == "nationwide" else [f"d{i}" for i in range(rng.randint(1, 5))]
        votes = {area: _votes(rng, names) for area in areas}
        totals = {area: _totals(rng, lines) for area, lines in votes.items()}
        seats = {area: rng.randint(1, 9) for area in areas} if tier.district == "multi_member" else {}
        tiers[tier.name] = Ballots(votes, totals, seats)
    return Tally(tiers, {name: _marks(rng, i, name) for i, name in enumerate(names)})


def _votes(rng: random.Random, names: list[str]) -> dict[str, int]:
    top = rng.choice([3, 12, 1_000, 10**6, 2**60, 2**70])
    here = [name for name in names if rng.random() < 0.9] or names[:1]
    lines = {name: rng.randint(0, top) for name in here}
    if rng.random() < 0.3:
        lines = dict.fromkeys(here, rng.randint(0, 5))
    if rng.random() < 0.3:
        lines["against_all"] = rng.randint(0, top)
    if rng.random() < 0.2:
        lines["blank"] = rng.randint(0, top)
    return lines


def _totals(rng: random.Random, lines: dict[str, int]) -> dict[str, int]:
    valid = sum(lines.values())
    ballots = valid + rng.randint(0, 1 + valid // 10)
    full = {"valid": valid, "ballots": ballots, "registered": ballots * 2 + 1}
    return {name: n for name, n in full.items() if rng.random() < 0.9}


def _marks(rng: random.Random, index: int, name: str) -> Contender:
    link = (f"link{rng.randint(0, 2)}",) if rng.random() < 0.4 else ()
    link += (f"inner{rng.randint(0, 1)}",) if link and rng.random() < 0.3 else ()
    return Contender(
        name,
        kind=rng.choice(["party_list"] * 8 + ["independent", "others"]),
        members=tuple(f"{name}_{i}" for i in range(rng.choice([0, 0, 2, 3]))),
        apparentment=link,
        registered=index if rng.random() < 0.7 else None,
        candidates=rng.choice([None, 1, 5, 100]),
        traits=frozenset({"minority"} if rng.random() < 0.2 else ()),
    )


def shuffled(rng: random.Random, tally: Tally) -> Tally:
    """Return the same tally with everything in another order."""

    def mix(items: dict[str, Any]) -> dict[str, Any]:
        keys = list(items)
        rng.shuffle(keys)
        return {key: items[key] for key in keys}

    def mixed(part: Ballots) -> Ballots:
        votes = mix({area: mix(dict(lines)) for area, lines in part.votes.items()})
        rankings = mix({area: mix(dict(pile)) for area, pile in part.rankings.items()})
        others = {name: mix(dict(getattr(part, name))) for name in ("totals", "seats", "regions")}
        return replace(part, votes=votes, rankings=rankings, **others)

    tiers = {name: mixed(part) for name, part in tally.tiers.items()}
    declared = mix({tier: mix(dict(seats)) for tier, seats in tally.declared.items()})
    return replace(tally, tiers=mix(tiers), contenders=mix(dict(tally.contenders)), declared=declared)
