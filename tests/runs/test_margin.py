"""The margin of victory against a slow search: every move, vote by vote, counted by the whole law.

50 small cases are drawn for every formula; SAILAU_MARGIN_CASES asks for another number. The claim of 10,000 cases for
each formula is checked by ``SAILAU_MARGIN_CASES=10000 python -m pytest tests/runs/test_margin.py -k slow_search``.
"""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sailau.law.edition import Law
from sailau.law.library import load_law
from sailau.records.library import load_election
from sailau.runs.margin import KINDS, Margin, Turn, margin, turns
from sailau.runs.margin_contest import contests
from sailau.seats.allocate import Allocate
from sailau.seats.count import Each, Step
from sailau.seats.elect import Elect
from sailau.seats.eligible import Eligible
from sailau.seats.guarantee import Guarantee
from sailau.seats.pool import Pool
from sailau.seats.share_out import ShareOut
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.divisor import DIVISORS
from sailau.terms.errors import NotFound, SailauError
from sailau.terms.quota import QUOTAS
from sailau.terms.tally import AGAINST_ALL, BLANK, INVALID, LINES, NATION, Ballots, Contender, Tally

CASES = int(os.environ.get("SAILAU_MARGIN_CASES", "50"))
ADDED = 40
"""How many votes the slow search adds to a contender at the most."""

FORMULAS: dict[str, dict[str, Any]] = {
    **{name: {"divisor": name} for name in DIVISORS},
    **{name: {"quota": name} for name in QUOTAS},
    "hare, rest by D'Hondt": {"quota": "hare", "rest": "highest_average", "divisor": "dhondt"},
    "droop, rest by Sainte-Laguë": {"quota": "droop", "rest": "highest_average", "divisor": "sainte_lague"},
    "imperiali, smallest remainders give back": {"quota": "imperiali_quota", "excess": "smallest_remainder"},
    "first divisor 6/5": {"divisor": "sainte_lague", "first": Fraction(6, 5)},
}
BASES = ["valid", "ballots", "voters", "registered", "list_votes", "valid_for_contenders", "standing"]


def law_of(*steps: Step, seats: int | None, district: Any = "nationwide") -> Law:
    tier = Tier(name="list", seats=seats, district=district, ballot="closed_list", steps=steps)
    return Law("xx/house", "x", "x", date(2000, 1, 1), None, seats, (tier,), {"x": "x"}, None)


def draw_case(rng: random.Random, formula: dict[str, Any]) -> tuple[Law, Tally]:
    """Return a small law with that formula, and votes."""
    names = ["a", "b", "c", "d", "e"][: rng.choice([2, 3, 4, 4, 4, 5])]
    most = rng.choice([14, 14, 14, 14, 60])
    lines = {name: rng.randint(0, most) for name in names}
    for line in (AGAINST_ALL, BLANK, INVALID):
        if rng.random() < 0.2:
            lines[line] = rng.randint(0, 4)
    steps: list[Step] = [Eligible(drop=(AGAINST_ALL, BLANK), cite="x")] if rng.random() < 0.5 else []
    barred = rng.random() < 0.6
    if barred:
        joint = (Fraction(rng.randint(1, 5), 12),) if rng.random() < 0.3 else ()
        share = Fraction(rng.randint(1, 5), rng.choice([12, 17, 20]))
        strict = rng.random() < 0.3
        steps.append(Threshold(share=share, of=rng.choice(BASES), strict=strict, joint=joint, cite="x"))  # type: ignore[arg-type]
    if barred and formula.get("quota") and rng.random() < 0.5:
        when = rng.choice(["exactly_one", "fewer"])
        weight = rng.choice([Fraction(1), Fraction(7, 10)])
        ties = rng.choice([(), ("registered_first",)])
        steps.append(
            Guarantee(lists=2, when=when, weight=weight, minimum=rng.randint(0, 2), ties=ties, cite="x")  # type: ignore[arg-type]
        )
    ties = rng.choice([(), ("lot",), ("most_votes",), ("most_votes", "registered_first"), ("registered_first",)])
    linked = "excess" not in formula and not isinstance(steps[-1] if steps else None, Guarantee) and rng.random() < 0.3
    allocate = Allocate(**formula, ties=ties, cite="x")
    steps += [Pool(cite="x"), allocate, ShareOut(**formula, ties=ties, cite="x")] if linked else [allocate]
    valid = sum(n for line, n in lines.items() if line != INVALID)
    totals = {"registered": valid + 20, "voters": valid + 7, "ballots": valid + lines.get(INVALID, 2)}
    if rng.random() < 0.5:
        totals["valid"] = valid
    if rng.random() < 0.3:
        del totals["ballots"]
        totals["invalid"] = lines.get(INVALID, 2)
    contenders = {
        name: Contender(
            name,
            registered=i,
            members=("x", "y") if rng.random() < 0.2 else (),
            apparentment=rng.choice([(), ("link",), ("link",), ("link", "inner")]) if linked else (),
        )
        for i, name in enumerate(rng.sample(names, len(names)))
    }
    return law_of(*steps, seats=rng.randint(1, 7)), Tally(
        {"list": Ballots({NATION: lines}, {NATION: totals})}, contenders
    )


Seats = Mapping[str, Mapping[str, int]]


def counted(law: Law, tally: Tally) -> Seats | None:
    """Return seats by area, or None where the law leaves them open."""
    try:
        return law.count(tally).areas["list"]
    except SailauError:
        return None


def after(tally: Tally, area: str, giver: str | None, taker: str | None, t: int) -> Tally:
    """Return the tally with votes moved: each a ballot that changed, came in, or was taken out."""
    ballots = tally.tiers["list"]
    votes = {name: dict(lines) for name, lines in ballots.votes.items()}
    totals = {name: dict(figures) for name, figures in ballots.totals.items()}
    for line, n in ((giver, -t), (taker, t)):
        if line is None:
            continue
        votes[area][line] += n
        for name in {area, NATION} & set(totals):
            for figure in totals[name]:
                counts = {"ballots": True, "voters": True, "valid": line != INVALID, "blank": line == BLANK}
                counts |= {"invalid": line == INVALID}
                totals[name][figure] += n if counts.get(figure, False) else 0
    return Tally({"list": Ballots(votes, totals, ballots.seats)}, tally.contenders)


def slow(law: Law, tally: Tally, base: Seats) -> dict[tuple[str, str, str | None, str | None], int]:
    """Return the fewest votes of every move that give other seats, found vote by vote."""
    out = {}
    for area, lines in tally.tiers["list"].votes.items():
        own = [line for line in lines if line not in LINES]
        moves: list[tuple[str, str | None, str | None, int]] = [("added", None, line, ADDED) for line in own]
        moves += [("removed", line, None, lines[line]) for line in own]
        moves += [("moved", one, two, lines[one]) for one in lines for two in lines if one != two]
        for kind, giver, taker, limit in moves:
            for t in range(1, limit + 1):
                seats = counted(law, after(tally, area, giver, taker, t))
                if seats is not None and seats != base:
                    out[area, kind, giver, taker] = t
                    break
    return out


def fast(law: Law, tally: Tally) -> dict[tuple[str, str, str | None, str | None], int]:
    fields = contests(law.tiers[0], tally, {})
    assert fields
    out, last = {}, 0
    for turn in turns(fields):
        assert turn.votes >= last  # fewest first
        last = turn.votes
        if turn.move.kind != "added" or turn.votes <= ADDED:
            out[turn.area, turn.move.kind, turn.move.giver, turn.move.taker] = turn.votes
        elif turn.move.kind == "added" and len(out) > 200:
            break
    return out


def check(law: Law, tally: Tally) -> int:
    """Compare both searches; return how many moves turn a seat."""
    base = counted(law, tally)
    if base is None:
        return 0
    expected = slow(law, tally, base)
    found = fast(law, tally)
    assert found == expected, (law.tiers[0].steps, tally)
    return len(expected)


@pytest.mark.parametrize("name", list(FORMULAS))
def test_equals_the_slow_search(name: str) -> None:
    rng = random.Random(name)
    turned = sum(check(*draw_case(rng, FORMULAS[name])) for _ in range(CASES))
    assert turned > CASES // 2


def district_case(rng: random.Random, body: Step) -> tuple[Law, Tally]:
    areas = ["x", "y", "z"][: rng.randint(1, 3)]
    votes = {area: {name: rng.randint(0, 9) for name in "abc"} for area in areas}
    single = isinstance(body, Elect) and rng.random() < 0.5
    seats = {area: 1 if single else rng.randint(1, 3) for area in areas}
    steps: list[Step] = []
    if rng.random() < 0.6:
        steps.append(Threshold(share=Fraction(rng.randint(1, 4), 13), of="valid", cite="x"))
    inner: list[Step] = [body]
    if rng.random() < 0.4 and not isinstance(body, Elect):
        inner.insert(0, Threshold(share=Fraction(rng.randint(1, 4), 13), of="valid", cite="x"))
    steps += [body] if isinstance(body, Elect) else [Each(steps=tuple(inner))]
    law = law_of(*steps, seats=None, district="multi_member")
    return law, Tally({"list": Ballots(votes, {}, seats)}, {c: Contender(c, registered=i) for i, c in enumerate("abc")})


BODIES: dict[str, Step] = {
    "plurality": Elect(rule="plurality", cite="x"),
    "plurality, ties by registration": Elect(rule="plurality", ties=("registered_first",), cite="x"),
    "majority": Elect(rule="majority", share=Fraction(2, 5), cite="x"),
    "D'Hondt": Allocate(divisor="dhondt", cite="x"),
    "Hare": Allocate(quota="hare", ties=("registered_first",), cite="x"),
}


@pytest.mark.parametrize("name", list(BODIES))
def test_districts_equal_the_slow_search(name: str) -> None:
    rng = random.Random(name)
    turned = sum(check(*district_case(rng, BODIES[name])) for _ in range(max(10, CASES // 3)))
    assert turned > CASES // 3


def test_a_tie_counts_only_when_asked() -> None:
    law, tally = law_of(Allocate(divisor="dhondt", cite="x"), seats=1), Tally.of({"a": 10, "b": 7})
    strict = margin(law, tally).best
    assert strict is not None
    assert (strict.votes, strict.move.kind, strict.gains, strict.losses) == (2, "moved", {"b": 1}, {"a": 1})
    added = margin(law, tally, kinds=("added",)).best
    assert added is not None
    assert added.votes == 4
    lot = margin(law, tally, kinds=("added",), lots=True).best
    assert lot is not None
    assert (lot.votes, lot.cause, lot.gains) == (3, "lot", {})
    by_rule = law_of(Allocate(divisor="dhondt", ties=("registered_first",), cite="x"), seats=1)
    marks = {"a": Contender("a", registered=2), "b": Contender("b", registered=1)}
    ruled = margin(by_rule, Tally(tally.tiers, marks), kinds=("added",)).best
    assert ruled is not None
    assert ruled.votes == 3  # the tie goes to the list registered first


def turn_of(found: Margin, kind: str, giver: str | None, taker: str | None) -> Turn:
    return next(
        t
        for part in found.tiers
        for t in part.turns
        if (t.move.kind, t.move.giver, t.move.taker) == (kind, giver, taker)
    )


def test_a_nationwide_law_whose_votes_came_by_district() -> None:
    law = law_of(Threshold(share=Fraction(1, 4), of="valid", cite="x"), Allocate(divisor="dhondt", cite="x"), seats=3)
    by_area = Tally(
        {"list": Ballots({"x": {"a": 20, "b": 10}, "y": {"a": 20, "b": 8}}, {"x": {"valid": 31}, "y": {"valid": 30}})}
    )
    whole = Tally.of({"a": 40, "b": 18}, valid=61)
    found, expected = margin(law, by_area, rows=None), margin(law, whole, rows=None)
    assert found.tiers == expected.tiers
    assert found.best is not None
    assert found.best.leaves == ("b",)


def test_kazakhstan_2023() -> None:
    election = load_election("kz/mazhilis/2023-03-19")
    law = load_law(election.law, on=election.day)
    found = margin(law, election.tally, decisions=election.decisions, tier="list", rows=None)
    best = found.best
    assert best is not None
    assert (best.votes, best.cause, best.leaves) == (12_736, "threshold", ("nsdp",))
    assert best.losses == {"nsdp": 4}
    assert best.move.giver == "nsdp"
    assert sum(best.gains.values()) == 4
    rounding = found.tiers[0].rounding
    assert rounding is not None
    assert (rounding.votes, rounding.move.giver, rounding.move.taker) == (14_159, "amanat", "respublica")
    assert rounding.cause == "remainder"
    assert turn_of(found, "removed", "nsdp", None).votes == 13_407  # 331,058 - 13,407 is below 5% of what is left
    assert turn_of(found, "moved", "nsdp", "against_all").votes == 12_736
    just_short = after_kz(election.tally, 12_735)
    assert law.count(just_short).tiers["list"]["nsdp"] == 4
    assert "nsdp" not in law.count(after_kz(election.tally, 12_736)).tiers["list"]


def after_kz(tally: Tally, t: int) -> Tally:
    ballots = tally.tiers["list"]
    lines = dict(ballots.votes[NATION])
    lines["nsdp"] -= t
    lines["baytaq"] += t
    return Tally({**tally.tiers, "list": Ballots({NATION: lines}, ballots.totals, ballots.seats)}, tally.contenders)


def test_the_435th_seat_of_2020() -> None:
    election = load_election("us/house_apportionment/2020-04-01")
    law = load_law(election.law, on=election.day)
    assert law.count(election.tally).tiers["states"] == dict(election.official["states"][NATION])
    found = margin(law, election.tally, kinds=("added", "removed"), rows=4)
    assert turn_of(found, "added", None, "new_york").votes == 89
    lost = turn_of(found, "removed", "minnesota", None)
    assert (lost.votes, lost.gains, lost.losses) == (26, {"new_york": 1}, {"minnesota": 1})
    best = margin(law, election.tally, kinds=("moved",), rows=1).best
    assert best is not None
    assert (best.move.giver, best.move.taker, best.votes) == ("minnesota", "new_york", 20)


def two_tiers(**changes: Any) -> tuple[Law, Tally]:
    first = Tier(
        name="district",
        seats=2,
        district="single_member",
        ballot="candidate",
        steps=(Elect(rule="plurality", cite="x"),),
    )
    bar = Threshold(share=Fraction(1, 5), in_tier="district", seats=1, cite="x")
    terms = {"steps": (bar, Allocate(divisor="dhondt", cite="x")), "seats": 5, "votes": None} | changes
    second = Tier(name="list", district="nationwide", ballot="closed_list", **terms)
    law = Law("xx/house", "x", "x", date(2000, 1, 1), None, None, (first, second), {"x": "x"}, None)
    tally = Tally(
        {
            "district": Ballots({"n": {"a": 30, "b": 20}, "s": {"a": 10, "b": 15}}),
            "list": Ballots({NATION: {"a": 60, "b": 16, "c": 19}}),
        }
    )
    return law, tally


def test_a_bar_that_looks_at_another_tier_keeps_what_that_gave() -> None:
    law, tally = two_tiers()
    found = {part.tier: part for part in margin(law, tally).tiers}
    best = found["district"].best
    assert best is not None
    assert (found["district"].exact, best.votes) == (True, 3)
    over = found["list"].best
    assert over is not None
    assert found["list"].exact
    assert (over.votes, over.leaves, over.losses) == (1, ("c",), {"c": 1})  # 19 of 95 are just a fifth
    assert law.count(tally).tiers["list"] == {"a": 3, "b": 1, "c": 1}  # b takes part by its district
    with pytest.raises(NotFound):
        margin(law, tally, tier="regions")


def test_tiers_whose_votes_count_twice_have_bounds() -> None:
    law, tally = two_tiers(votes="district", steps=(Allocate(divisor="dhondt", cite="x"),))
    found = {part.tier: part for part in margin(law, Tally({"district": tally.tiers["district"]})).tiers}
    bounds = found["district"]
    assert not bounds.exact
    assert bounds.lower == 1
    assert bounds.upper == 3
    assert "other tiers count these votes too: list" in bounds.why


def test_nothing_changes_a_seat_where_one_list_stands_alone() -> None:
    found = margin(law_of(Allocate(divisor="dhondt", cite="x"), seats=3), Tally.of({"a": 10}))
    assert found.best is None
    assert found.tiers[0].exact
    assert KINDS == ("moved", "added", "removed")
