"""The margin of victory against a slow search: every move, vote by vote, counted by a second, separate programme.

400 small cases are drawn for every formula; SAILAU_MARGIN_CASES asks for another number. The claim of 10,000 cases for
each formula is checked by ``SAILAU_MARGIN_CASES=10000 python -m pytest -n 2 tests/runs/test_margin.py -k slow_search``.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.runs.margin_cases import (
    BASES,
    FORMULAS,
    Case,
    Rows,
    draw,
    law_of,
    move_rows,
    moves_of,
    rows_of,
    seats_of,
    slow,
)

from sailau.law.edition import Law
from sailau.law.library import load_law
from sailau.records.library import load_election
from sailau.runs.margin import Margin, margin
from sailau.runs.margin_contest import contests
from sailau.runs.margin_turns import KINDS, Turn, turns
from sailau.seats.allocate import Allocate
from sailau.seats.count import Each
from sailau.seats.elect import Elect
from sailau.seats.guarantee import Guarantee
from sailau.seats.pool import Pool
from sailau.seats.share_out import ShareOut
from sailau.seats.threshold import Threshold
from sailau.seats.tier import Tier
from sailau.terms.errors import NotFound, SailauError
from sailau.terms.tally import BLANK, INVALID, LINES, NATION, Ballots, Contender, Tally

CASES = int(os.environ.get("SAILAU_MARGIN_CASES", "400"))
ADDED = 80
"""How many votes the slow search adds to a contender at the most."""

MAJORITY = {"rule": "majority", "share": Fraction(2, 5), "cite": "x"}
SETS: dict[str, dict[str, Any] | Elect | str] = {
    **FORMULAS,
    "plurality": Elect(rule="plurality", cite="x"),
    "plurality, ties by registration": Elect(rule="plurality", ties=("registered_first",), cite="x"),
    "majority": Elect(**MAJORITY),
    "majority of ballots, ties of two by registration": Elect(
        **MAJORITY, of="ballots", pair_ties=("registered_first",)
    ),
    "the first list takes all": Elect(rule="ticket", cite="x"),
    "D'Hondt in districts": "dhondt",
    "Hare in districts": "hare",
    "Droop in districts": "droop",
    "modified Sainte-Laguë in districts": "modified_sainte_lague",
}

Seats = Mapping[str, Mapping[str, int]]
Found = dict[tuple[str, str, str | None, str | None], int]


def counted(law: Law, tally: Tally) -> Seats | None:
    """Return seats by area, or None where the law leaves them open."""
    try:
        placed = law.count(tally).areas["list"]
    except SailauError:
        return None
    return {area: {c: n for c, n in seats.items() if n} for area, seats in placed.items()}


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


def fast(law: Law, tally: Tally, *, lots: bool, most: int) -> tuple[Found, Counter[str]]:
    """Return the fewest votes of every move as the programme finds them, and how often which cause."""
    fields = contests(law.tiers[0], tally, {})
    assert fields
    out: Found = {}
    causes: Counter[str] = Counter()
    last = 0
    for turn in turns(fields, lots=lots, most=most):
        assert turn.votes >= last  # fewest first
        last = turn.votes
        out[turn.area, turn.move.kind, turn.move.giver, turn.move.taker] = turn.votes
        causes[turn.cause] += 1
    return out, causes


def decided(rng: random.Random, name: str) -> tuple[Case, Rows, Law, Tally]:
    """Return the next case in which the votes as they are leave nothing open."""
    while True:
        case = draw(rng, SETS[name])
        law, tally, rows = case.law(), case.tally(), rows_of(case)
        base = seats_of(case, rows, rows.lines)
        assert base == counted(law, tally), case
        if base is not None:
            return case, rows, law, tally


def check(rng: random.Random, name: str) -> Counter[str]:
    """Compare both searches on one case, and both counts after one move; return what was met.

    What is compared is the margin with every move that reaches it, and in one case of four what every move needs.
    """
    case, rows, law, tally = decided(rng, name)
    lots = rng.random() < 0.2
    expected = slow(case, rows, ADDED, lots=lots)
    margin_of_victory = min(expected.values(), default=ADDED)
    most = rng.choice([margin_of_victory, margin_of_victory, margin_of_victory, ADDED])  # nobody has ADDED to lose
    found, met = fast(law, tally, lots=lots, most=most)
    assert found == {move: t for move, t in expected.items() if t <= most}, (case, lots)
    area, _, giver, taker, most = move = rng.choice([move for move in moves_of(case, ADDED) if move[-1]])
    t = min(rng.choice([found.get(move[:4], most), rng.randint(1, most)]), most)
    lines = rows.lines.copy()
    ((at, one, two, _),) = move_rows(case, [move])
    for slot, n in ((one, -t), (two, t)):
        if slot >= 0:
            lines[at, slot] += n
    assert seats_of(case, rows, lines) == counted(law, after(tally, area, giver, taker, t)), (case, move, t)
    return met + Counter(move[1] for move in found)


@pytest.mark.parametrize("name", list(SETS))
def test_equals_the_slow_search(name: str) -> None:
    rng, met = random.Random(name), Counter[str]()
    for _ in range(CASES):
        met += check(rng, name)
    assert min(met[kind] for kind in KINDS) > CASES // 10
    assert met["threshold"] > CASES // 40
    assert sum(met[cause] for cause in ("quotient", "remainder", "plurality", "majority", "ticket")) > CASES // 2


def features(case: Case) -> set[str]:
    """Return what the law of a case asks and its votes hold, in words."""
    out = {line for lines in case.votes.values() for line in lines if line in LINES}
    steps = [*case.pre, *case.body]
    bars = [step for step in steps if isinstance(step, Threshold)]
    out |= {f"bar of {bar.of}" for bar in bars} | ({"two bars"} if len(bars) > 1 else set())
    out |= {word for bar in bars for word in ("strict", "joint", "exempt", "quota") if getattr(bar, word)}
    out |= {f"guarantee {step.when} {step.rest}" for step in steps if isinstance(step, Guarantee)}
    out |= {f"tie by {rule}" for step in steps for rule in getattr(step, "ties", ())}
    out |= {type(step).__name__ for step in steps} | {"limit" for s in steps if getattr(s, "limit", "") == "candidates"}
    out |= {f"{len(mark.apparentment)} links" for mark in case.marks.values()}
    order = [type(step) for step in steps]
    if Pool in order and Threshold in order:
        out.add("links before a bar" if order.index(Pool) < order.index(Threshold) else "links after a bar")
    out |= {"national bar on districts"} if case.pre and isinstance(case.pre[-1], Threshold) else set()
    return out


def test_the_cases_hold_what_laws_ask() -> None:
    met = Counter[str]()
    for name in SETS:
        rng = random.Random(name)
        for _ in range(60):
            met.update(features(decided(rng, name)[0]))
    words = [*LINES, *(f"bar of {base}" for base in BASES), "two bars", "strict", "joint", "exempt", "quota", "limit"]
    words += [f"guarantee {when} {rest}" for when in ("exactly_one", "fewer") for rest in ("passed", "formula")]
    words += ["tie by lot", "tie by most_votes", "tie by registered_first", "tie by fewest_votes"]
    words += ["Eligible", "Elect", "ShareOut", "0 links", "1 links", "2 links"]
    words += ["links before a bar", "links after a bar", "national bar on districts"]
    assert {word: met[word] for word in words if met[word] < 10} == {}


def test_a_bar_of_a_quota_has_its_margin() -> None:
    bar = Threshold(share=Fraction(1), of="list_votes", quota="hare", cite="x")
    law = law_of(bar, Allocate(divisor="dhondt", cite="x"), seats=4)
    best = margin(law, Tally.of({"a": 60, "b": 26, "c": 14})).best  # a seat costs 25 votes
    assert best is not None
    assert (best.votes, best.cause, best.leaves) == (2, "threshold", ("b",))


def test_a_national_bar_on_figures_by_district_moves_with_them() -> None:
    bar = Threshold(share=Fraction(1, 5), of="valid", cite="x")
    law = law_of(bar, Each(steps=(Allocate(divisor="dhondt", cite="x"),)), seats=None, district="multi_member")
    votes = {"n": {"a": 30, "b": 20}, "s": {"a": 50, "b": 0}}
    tally = Tally({"list": Ballots(votes, {"n": {"valid": 50}, "s": {"valid": 50}}, {"n": 2, "s": 1})})
    found = {(t.area, t.move.taker): t for t in margin(law, tally, kinds=("added",), rows=None).tiers[0].turns}
    last = found["s", "a"]  # 20 of 101 are below a fifth
    assert (last.votes, last.gains, last.losses) == (1, {"a in n": 1}, {"b in n": 1})


def test_a_guarantee_for_the_whole_reaches_the_districts() -> None:
    bar = Threshold(share=Fraction(1, 4), of="valid", cite="x")
    let_in = Guarantee(lists=2, weight=Fraction(1, 2), minimum=1, cite="x")
    each = Each(steps=(Allocate(quota="hare", cite="x"),))
    law = law_of(bar, let_in, each, seats=None, district="multi_member")
    votes = {"n": {"a": 60, "b": 20}, "s": {"a": 50, "c": 5}}
    tally = Tally({"list": Ballots(votes, {}, {"n": 4, "s": 2})})
    assert counted(law, tally) == {"n": {"a": 3, "b": 1}, "s": {"a": 2}}  # b, let in, is not on the ballot of s


def test_who_is_let_in_and_falls_at_the_bar_of_a_district_weighs_nothing_there() -> None:
    """b is let in for the whole, but out in y: there the remainders of a and c count, 3 and 2 of a quota of 5."""
    bar, local = (Threshold(share=share, of="list_votes", cite="x") for share in (Fraction(1, 6), Fraction(4, 17)))
    let_in = Guarantee(lists=3, when="fewer", weight=Fraction(7, 10), minimum=0, cite="x")
    each = Each(steps=(local, Allocate(quota="hare", cite="x")))
    law = law_of(bar, let_in, each, seats=None, district="multi_member")
    votes = {"x": {"a": 0, "b": 2, "c": 4}, "y": {"a": 8, "b": 1, "c": 7}}
    found = margin(law, Tally({"list": Ballots(votes, {}, {"x": 3, "y": 3})}), kinds=("moved",), rows=None)
    moves = {(turn.area, turn.move.giver, turn.move.taker): turn.votes for turn in found.tiers[0].turns}
    assert moves["y", "a", "c"] == 1


def test_links_that_stay_open_come_to_an_end() -> None:
    inside = {"x": Contender("x", apparentment=("link",)), "y": Contender("y", apparentment=("link",))}
    half = Allocate(quota="hare", cite="x")
    share = ShareOut(divisor="dhondt", ties=("registered_first",), cite="x")
    law = law_of(Pool(cite="x"), half, share, seats=1)
    marks = {name: Contender(name, apparentment=known.apparentment, registered=1) for name, known in inside.items()}
    found = margin(law, Tally(Tally.of({"x": 6, "y": 6, "z": 20}).tiers, marks), kinds=("added",), rows=None)
    assert {turn.move.taker: turn.votes for turn in found.tiers[0].turns} == {"x": 9, "y": 9}


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


def test_the_margin_of_votes_that_count_twice_is_that_of_any_seat() -> None:
    law, tally = two_tiers(votes="district", steps=(Allocate(divisor="dhondt", cite="x"),))
    found = {part.tier: part for part in margin(law, Tally({"district": tally.tiers["district"]})).tiers}
    both = found["district"]
    assert (both.exact, both.lower, both.upper, both.why) == (True, 3, 3, "")


def test_a_tier_that_only_counts_the_votes_of_another_has_no_margin_of_its_own() -> None:
    law, tally = two_tiers(votes="district", steps=(Allocate(divisor="dhondt", cite="x"),))
    tally = Tally({"district": tally.tiers["district"], "list": Ballots({}, seats={NATION: 5})})
    assert [part.tier for part in margin(law, tally).tiers] == ["district"]
    with pytest.raises(NotFound, match="district"):
        margin(law, tally, tier="list")


def test_nothing_changes_a_seat_where_one_list_stands_alone() -> None:
    found = margin(law_of(Allocate(divisor="dhondt", cite="x"), seats=3), Tally.of({"a": 10}))
    assert found.best is None
    assert found.tiers[0].exact
    assert KINDS == ("moved", "added", "removed")
