"""Margins of laws with several tiers: what every possible move of votes gives, found vote by vote, lies within them."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

import pytest

from sailau.law.edition import Law
from sailau.law.library import load_law
from sailau.records.library import load_election
from sailau.runs.margin import TierMargin, margin
from sailau.runs.margin_probe import with_moved
from sailau.seats.allocate import Allocate
from sailau.seats.compensate import Compensate
from sailau.seats.count import Count, Each, Step
from sailau.seats.distribute import Distribute
from sailau.seats.elect import Elect
from sailau.seats.qualify import Qualify
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.seats.whole_quotas import WholeQuotas
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
        return [*steps, Compensate(tiers=("direct",), total=total, **formula(rng, overhang), cite="x")]
    return [*steps, Allocate(divisor=rng.choice(["dhondt", "sainte_lague"]), cite="x")]


def formula(rng: random.Random, overhang: str) -> dict[str, Any]:
    quota = rng.choice([None, None, "hare", "hare_rounded"]) if overhang in ("exclude", "add") else None
    return {"overhang": overhang, "quota": quota, "divisor": None if quota else "sainte_lague"}


def two_tiers(rng: random.Random, kind: str) -> tuple[Law, Tally]:
    if kind == "levelling":
        return levelling(rng)
    if kind == "regions":
        return regions(rng)
    if kind == "quotas":
        return quotas(rng)
    names = "abc"[: rng.choice([2, 3, 3])]
    same = "direct" if kind == "one vote" else None
    steps = tuple(list_steps(rng, kind))
    open_seats = any(isinstance(step, Compensate) and step.total is not None for step in steps)
    seats = None if open_seats else rng.randint(1, 4)
    lists = Tier(name="list", seats=seats, district="nationwide", ballot="closed_list", steps=steps, votes=same)
    votes = {area: {name: rng.randint(0, 9) for name in names} for area in ("n", "s")}
    own = {} if same else {"list": Ballots({"nation": {name: rng.randint(0, 16) for name in names}})}
    return law_of(DIRECT, lists), Tally({"direct": Ballots(votes), **own})


def law_of(*tiers: Tier) -> Law:
    return Law("xx/house", "x", "x", date(2000, 1, 1), None, None, tiers, {"x": "x"}, None)


def local(name: str, *steps: Step, **more: Any) -> Tier:
    return Tier(name=name, seats=None, district="multi_member", ballot="closed_list", steps=steps, **more)


def by_area(rng: random.Random, areas: str, most: int) -> dict[str, dict[str, int]]:
    return {area: {name: rng.randint(0, most) for name in "abc"} for area in areas}


def levelling(rng: random.Random) -> tuple[Law, Tally]:
    """Return districts, and seats that level the whole and go back to the districts."""
    first = local("direct", Each(steps=(Allocate(divisor="dhondt", ties=("most_votes",), cite="x"),)))
    steps: list[Step] = []
    if rng.random() < 0.7:
        bars: list[Step] = [Threshold(share=Fraction(rng.randint(1, 4), 12), cite="x")]
        bars.append(Qualify(share=Fraction(1, 4), seats=2, regions=2, in_tier="direct", cite="x"))
        bars.append(Qualify(share=Fraction(1, 3), area_share=Fraction(1, 2), cite="x"))
        steps = [rng.choice(bars[:2])] if rng.random() < 0.7 else [bars[2]]
    overhang = rng.choice(["exclude", "continue"])
    steps.append(Compensate(tiers=("direct",), **formula(rng, overhang), cite="x"))
    relative, order = rng.choice(["plain", "valid", "per_seat"]), rng.choice(["claims", "won"])
    terms: dict[str, Any] = {"relative": relative, "order": order, "room": rng.choice(["given", "free"])}
    steps.append(Distribute(tiers=("direct",), divisor="sainte_lague", ties=("most_votes",), cite="x", **terms))
    seats = {"n": 1, "s": 1, "w": 1}
    second = local("levelling", *steps, votes="direct", magnitudes=seats)
    return law_of(first, second), Tally({"direct": Ballots(by_area(rng, "nsw", 40), {}, {"n": 2, "s": 3, "w": 2})})


def regions(rng: random.Random) -> tuple[Law, Tally]:
    """Return persons in districts, and lists that make up for them in each region."""
    bar = Threshold(share=Fraction(rng.randint(0, 3), 12), cite="x")
    made_up = Compensate(tiers=("direct",), **formula(rng, rng.choice(["exclude", "continue"])), cite="x")
    one_vote = rng.random() < 0.5
    lies = {"n": "x", "s": "x", "w": "y"}
    second = local("list", Each(steps=(bar, made_up)), votes="direct" if one_vote else None, areas="region")
    own = Ballots({} if one_vote else by_area(rng, "xy", 12), {}, {"x": 2, "y": 2})
    return law_of(DIRECT, second), Tally({"direct": Ballots(by_area(rng, "nsw", 9), regions=lies), "list": own})


def quotas(rng: random.Random) -> tuple[Law, Tally]:
    """Return whole quotas in districts, and a nation that makes up for them."""
    price = rng.choice(["hare", "hare_rounded_up", "droop"])
    least = rng.choice([None, Fraction(3, 4)])
    first = local("direct", WholeQuotas(quota=price, least=least, cite="x"))
    bar = Threshold(share=Fraction(rng.randint(0, 3), 12), cite="x")
    made_up = Compensate(tiers=("direct",), total=7, **formula(rng, "exclude"), cite="x")
    second = Tier(
        name="list", seats=None, district="nationwide", ballot="closed_list", steps=(bar, made_up), votes="direct"
    )
    return law_of(first, second), Tally({"direct": Ballots(by_area(rng, "ns", 60), {}, {"n": 4, "s": 3})})


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
    return Tally({**tally.tiers, tier: replace(tally.tiers[tier], votes=votes)}, tally.contenders)


def fewest(law: Law, tally: Tally, tier: str, base: Seats) -> int | None:
    """Return the fewest votes of a tier whose move changes any seat of any tier, found vote by vote."""
    found: list[int] = []
    for area, lines in tally.tiers[tier].votes.items():
        own = [line for line in lines if line not in LINES]
        moves: list[tuple[str | None, str | None, int]] = [(None, line, ADDED) for line in own]
        moves += [(line, None, lines[line]) for line in own]
        moves += [(one, two, lines[one]) for one in lines for two in lines if one != two]
        for giver, taker, most in moves:
            for t in range(1, min([most, *[n - 1 for n in found]]) + 1):
                seats = counted(law, after(tally, tier, area, giver, taker, t))
                if seats is not None and seats != base:
                    found.append(t)
                    break
    return min(found, default=None)


KINDS = ["compensatory", "parallel", "one vote", "levelling", "regions", "quotas"]


def check(rng: random.Random, kind: str) -> list[TierMargin]:
    """Compare the margins of one case with what is found vote by vote; return them."""
    while (base := counted(*(case := two_tiers(rng, kind)))) is None:
        pass
    law, tally = case
    parts = margin(law, tally).tiers
    for part in parts:
        whole = fewest(law, tally, part.tier, base)
        by_itself = part.tier == "direct" and any(turn.cause != "counted" for turn in part.turns)
        alone = replace(law, tiers=law.tiers[:1]) if by_itself else law  # a margin about seats of that tier alone
        own = counted(alone, tally)
        truth = fewest(alone, tally, part.tier, own) if own is not None and by_itself else whole
        assert truth is None or (part.lower is not None and part.lower <= truth), (case, part)
        if part.exact and (part.upper is None or part.upper <= ADDED):
            assert part.upper == truth, (case, part)
        if part.best is not None:
            best = part.best
            assert part.upper == best.votes
            moved = after(tally, part.tier, best.area, best.move.giver, best.move.taker, best.votes)
            assert counted(alone, moved) not in (None, own), (case, part)
    return list(parts)


@pytest.mark.parametrize("kind", KINDS)
def test_equals_the_slow_search(kind: str) -> None:
    rng = random.Random(kind)
    found = [part for _ in range(60) for part in check(rng, kind)]
    assert all(part.exact for part in found)
    assert sum(part.upper is not None for part in found) >= 50
    assert sum((part.lower or 0) > 1 for part in found) >= 15


@pytest.mark.parametrize("kind", ["compensatory", "levelling", "quotas"])
def test_a_search_cut_short_leaves_bounds_that_hold(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sailau.runs.margin_whole.COUNTS", 3)
    monkeypatch.setattr("sailau.runs.margin_whole.WORK", 1)
    monkeypatch.setattr("sailau.runs.margin.probe", lambda *_: None)
    rng = random.Random(f"{kind}, cut short")
    bounded = [part for _ in range(60) for part in check(rng, kind) if not part.exact]
    assert len(bounded) >= 5
    assert sum((part.lower or 0) > 1 for part in bounded) >= 1
    assert all("cut short" in part.why for part in bounded)


@pytest.mark.parametrize(
    ("kind", "silenced"),
    [
        ("compensatory", "compensate_signs"),
        ("levelling", "distribute_signs"),
        ("levelling", "qualify_signs"),
        ("quotas", "whole_quotas_signs"),
    ],
)
def test_a_step_that_keeps_a_comparison_to_itself_is_found_out(
    kind: str, silenced: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"sailau.runs.margin_whole.{silenced}", lambda *_: iter(()))
    monkeypatch.setattr("sailau.runs.margin.probe", lambda *_: None)
    rng = random.Random(silenced)
    with pytest.raises(AssertionError):
        for _ in range(300):
            check(rng, kind)


def test_shares_of_which_nothing_is_left_have_a_margin() -> None:
    """Both seats of the districts are a's and are its due and more; nothing is left for b and c."""
    made_up = Compensate(tiers=("direct",), total=2, quota="hare", overhang="exclude", cite="x")
    lists = Tier(name="list", seats=None, district="nationwide", ballot="closed_list", steps=(made_up,), votes="direct")
    tally = Tally({"direct": Ballots({"n": {"a": 9, "b": 5, "c": 1}, "s": {"a": 9, "b": 1, "c": 6}})})
    law = law_of(DIRECT, lists)
    base = counted(law, tally)
    assert base is not None
    (part,) = margin(law, tally).tiers
    assert part.exact
    assert part.upper == fewest(law, tally, "direct", base) == 2


@dataclass(frozen=True)
class Halved:
    """A step that shares out by floating point."""

    name: ClassVar[str] = "halved"
    cite: str = "x"

    def apply(self, count: Count) -> Count:
        """Give all seats to whoever has half of the votes or more, else to the last by name."""
        votes = count.contenders()
        shares = {c: float(n) / sum(votes.values()) for c, n in votes.items()}
        winner = max(votes, key=lambda c: (shares[c] >= 0.5, c))
        return count.place({winner: count.left()})


def test_a_step_that_cannot_be_followed_leaves_one_vote_as_the_bound() -> None:
    lists = Tier(name="list", seats=2, district="nationwide", ballot="closed_list", steps=(Halved(),), votes="direct")
    tally = Tally({"direct": Ballots({"n": {"a": 30, "b": 20}, "s": {"a": 10, "b": 15}})})
    (part,) = margin(law_of(DIRECT, lists), tally).tiers
    assert (part.exact, part.lower, part.upper) == (False, 1, 3)
    assert "the step halved of list does not say what it compares" in part.why


def test_a_rounded_price_is_followed_to_its_next_step() -> None:
    """Prices rounded down hang on the valid votes; nearly on a line they lie so near that each vote might do."""
    election = load_election("gr/european_parliament/2019-05-26")
    law = load_law(election.law, on=election.day)
    (part,) = margin(law, election.tally, decisions=election.decisions).tiers
    assert part.exact and part.best is not None and part.upper is not None
    base = law.count(election.tally, decisions=election.decisions).seats
    move = part.best.move
    counts = (
        law.count(with_moved(election.tally, "list", "nation", move, t), decisions=election.decisions).seats
        for t in range(1, part.upper + 1)
    )
    assert next(t for t, seats in enumerate(counts, 1) if seats != base) == part.upper
