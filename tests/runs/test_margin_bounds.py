"""Margins of laws with several tiers: bounds that hold what every possible move of votes gives."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from sailau.law.edition import Law
from sailau.runs.margin import margin
from sailau.seats.allocate import Allocate
from sailau.seats.compensate import Compensate
from sailau.seats.count import Step
from sailau.seats.elect import Elect
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.errors import SailauError
from sailau.terms.tally import LINES, Ballots, Tally

ADDED = 45
DIRECT = Tier(
    name="direct",
    seats=None,
    district="single_member",
    ballot="candidate",
    steps=(Elect(rule="plurality", ties=("registered_first",), cite="x"),),
)
Seats = dict[str, dict[str, dict[str, int]]]


def list_steps(rng: random.Random, kind: str) -> list[Step]:
    """Return the steps of the second tier: it makes up for the first, stands beside it, or counts the same votes."""
    steps: list[Step] = []
    if rng.random() < 0.5:
        bar = Threshold(share=Fraction(rng.randint(1, 4), 12), cite="x")
        steps = [replace(bar, seats=1, in_tier="direct") if rng.random() < 0.5 and kind != "one vote" else bar]
    if kind == "compensatory":
        overhang = rng.choice(["exclude", "add", "continue"])
        total = 6 if overhang == "add" else rng.choice([None, 6])
        return [*steps, Compensate(tiers=("direct",), total=total, divisor="sainte_lague", overhang=overhang, cite="x")]  # type: ignore[arg-type]
    return [*steps, Allocate(divisor=rng.choice(["dhondt", "sainte_lague"]), cite="x")]


def two_tiers(rng: random.Random, kind: str) -> tuple[Law, Tally]:
    names = "abc"[: rng.choice([2, 3, 3])]
    same = "direct" if kind == "one vote" else None
    steps = tuple(list_steps(rng, kind))
    open_seats = any(isinstance(step, Compensate) and step.total is not None for step in steps)
    lists = Tier(
        name="list",
        seats=None if open_seats else rng.randint(1, 4),
        district="nationwide",
        ballot="closed_list",
        steps=steps,
        votes=same,
    )
    law = Law("xx/house", "x", "x", date(2000, 1, 1), None, None, (DIRECT, lists), {"x": "x"}, None)
    votes = {area: {name: rng.randint(0, 9) for name in names} for area in ("n", "s")}
    own = {} if same else {"list": Ballots({"nation": {name: rng.randint(0, 16) for name in names}})}
    return law, Tally({"direct": Ballots(votes), **own})


def counted(law: Law, tally: Tally) -> Seats | None:
    try:
        areas = law.count(tally).areas
    except SailauError:
        return None
    return {
        tier: {area: {c: n for c, n in seats.items() if n} for area, seats in parts.items()}
        for tier, parts in areas.items()
    }


def after(tally: Tally, tier: str, area: str, giver: str | None, taker: str | None, t: int) -> Tally:
    votes = {name: dict(lines) for name, lines in tally.tiers[tier].votes.items()}
    if giver is not None:
        votes[area][giver] -= t
    if taker is not None:
        votes[area][taker] += t
    return Tally({**tally.tiers, tier: Ballots(votes)}, tally.contenders)


def fewest(law: Law, tally: Tally, tier: str, base: Seats) -> int | None:
    """Return the fewest votes of a tier whose move changes any seat of any tier, found vote by vote."""
    found: list[int] = []
    for area, lines in tally.tiers[tier].votes.items():
        own = [line for line in lines if line not in LINES]
        moves: list[tuple[str | None, str | None, int]] = [(None, line, ADDED) for line in own]
        moves += [(line, None, lines[line]) for line in own]
        moves += [(one, two, lines[one]) for one in own for two in own if one != two]
        for giver, taker, most in moves:
            for t in range(1, min([most, *[n - 1 for n in found]]) + 1):
                seats = counted(law, after(tally, tier, area, giver, taker, t))
                if seats is not None and seats != base:
                    found.append(t)
                    break
    return min(found, default=None)


@pytest.mark.parametrize("kind", ["compensatory", "parallel", "one vote"])
def test_the_bounds_hold_the_true_margin(kind: str) -> None:
    rng = random.Random(kind)
    bounded = exact = 0
    while bounded + exact < 120:
        law, tally = two_tiers(rng, kind)
        base = counted(law, tally)
        if base is None:
            continue
        for part in margin(law, tally).tiers:
            bounded, exact = bounded + (not part.exact), exact + part.exact
            truth = fewest(law, tally, part.tier, base)
            assert truth is None or part.upper is None or (part.lower or 0) <= truth, (law.tiers, tally, part)
            alone = replace(law, tiers=law.tiers[:1]) if part.exact and part.tier == "direct" else law
            if part.exact and (part.upper is None or part.upper <= ADDED):
                own = counted(alone, tally)
                assert own is not None
                assert part.upper == fewest(alone, tally, part.tier, own), (law.tiers, tally, part)
            if part.best is not None:
                best = part.best
                assert truth is None or part.exact or truth <= best.votes, (law.tiers, tally, part)
                moved = after(tally, part.tier, best.area, best.move.giver, best.move.taker, best.votes)
                assert counted(alone, moved) not in (None, counted(alone, tally)), (law.tiers, tally, part)
    assert {"compensatory": min(bounded, exact) * 2, "parallel": exact, "one vote": bounded}[kind] >= 100
