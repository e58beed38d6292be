"""Random rules for counts by rankings and for double proportion, on random ballots: what every count keeps.

`SAILAU_FUZZ_SECONDS` and `SAILAU_FUZZ_FIRST` are those of `test_fuzz`.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from typing import Any

import pytest
from tests.fuzz.laws import random_tally
from tests.fuzz.test_fuzz import examine, filled, seeds, wanted

from sailau.files.document import Document
from sailau.law.edition import Law
from sailau.law.read import make_law
from sailau.law.result import Result
from sailau.seats.rankings import MARKS
from sailau.terms.errors import Invalid, InvalidLaw, Place, Undecided
from sailau.terms.tally import Ballots, Contender, Tally

CASES = 500
RANK: dict[str, list[Any]] = {
    "quota_of": ["first", "each"],
    "quota_places": [1, 5],
    "more": [True],
    "one_a_stage": [True],
    "share": ["1/3", "15%"],
    "surpluses": ["largest", "earliest", "together"],
    "defer": [True],
    "exclude": ["lowest", "hopeless", "all_but_two", "below_share"],
    "refund": ["1/4"],
    "stop": [["one_more"], ["overall_majority"], ["two_left"], ["one_more", "two_left"]],
    "down_to": [2],
    "hold": [True],
    "elected_receive": [True],
    "last_surplus": ["passes", "set_aside"],
    "short": ["vacant"],
    "surplus": ["weighted", "inclusive", "last_parcel", "whole_papers", "sample", "none"],
    "over": ["transferable"],
    "places": [0, 2, 5],
    "cut": ["fraction"],
    "credit": ["whole"],
    "papers": ["even"],
    "parcels": ["by_value"],
    "overvote": ["skip", "continuing"],
    "repeat": ["exhaust"],
    "gap": [0, 1],
    "depth": [1, 3],
    "keep_places": [12],
    "drop_first": [["minority"]],
}
"""Terms of a count by rankings, and what they can be besides what they are unsaid."""
TIES: list[list[str]] = [[], ["lot"], ["backwards", "lot"], ["forwards"], ["first_preferences", "lot"]]
QUOTAS = ["droop", "hare", "hagenbach_bischoff", "hare_rounded_down", "droop"]


def law(tier: dict[str, Any]) -> Law:
    document = {
        "law": "xx/fuzz",
        "name": "Fuzz",
        "in_force": {"from": date(2000, 1, 1)},
        "checked": None,
        "texts": {"x": "A random law"},
        "seats": {"cite": "x 1"},
        "tiers": {"only": {"seats": None, "district": "multi_member", **tier}},
    }
    return make_law(Document(document, {(): Place("fuzz")}), "2000-01-01", "fuzz")


def ranked_law(rng: random.Random) -> Law:
    """Return a count by rankings with some terms at random; refused ones are drawn again."""
    while True:
        rule = rng.choice(["stv"] * 5 + ["alternative", "in_turn", "exclusion", "meek"])
        terms = {name: rng.choice(values) for name, values in RANK.items() if rng.random() < 0.12}
        terms |= {"rule": rule, "ties": rng.choice(TIES), "cite": "x 3"}
        terms |= {"quota": rng.choice(QUOTAS)} if rule == "stv" else {}
        try:
            return law({"ballot": "ranked", "steps": [{"rank": terms}]})
        except InvalidLaw as refused:
            assert str(refused)


def ranked_tally(rng: random.Random, single: bool) -> Tally:
    """Return rankings of up to seven candidates, with gaps, repetitions, ties and giants among them."""
    names = [f"c{i}" for i in range(rng.randint(1, 7))]
    votes, rankings, seats = {}, {}, {}
    for area in [f"d{i}" for i in range(rng.randint(1, 2))]:
        top = rng.choice([2, 9, 1_000, 2**60])
        pile: dict[tuple[str, ...], int] = {}
        for _ in range(rng.randint(1, 12)):
            order = rng.sample(names, rng.randint(1, len(names)))
            if rng.random() < 0.3:
                order.insert(rng.randint(0, len(order)), rng.choice([*sorted(MARKS), rng.choice(names)]))
            pile[tuple(order)] = rng.choice([rng.randint(0, top), top])
        first = dict.fromkeys(names, 0)
        for order, n in pile.items():
            if order[0] in first:
                first[order[0]] += n
        votes[area], rankings[area] = first, pile
        seats[area] = 1 if single else rng.randint(1, 4)
    marks = {
        name: Contender(
            name,
            kind="candidate",
            registered=i if rng.random() < 0.7 else None,
            traits=frozenset({"minority"} if rng.random() < 0.2 else ()),
        )
        for i, name in enumerate(names)
    }
    return Tally({"only": Ballots(votes, seats=seats, rankings=rankings)}, marks)


def test_random_rules_for_rankings() -> None:
    seen: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for seed in seeds(CASES):
        rng = random.Random(f"ranked {seed}")
        rule = ranked_law(rng)
        (step,) = rule.tiers[0].steps
        tally = ranked_tally(rng, step.rule == "alternative")  # type: ignore[attr-defined]
        made = examine(rule, tally, rng, seed)
        seen[type(made).__name__] += 1
        if isinstance(made, Result):
            rules[step.rule] += 1  # type: ignore[attr-defined]
            assert filled(made) == wanted(rule, tally), f"seed {seed}: seats lost or invented"
            for area, n in tally.tiers["only"].seats.items():
                got = made.areas["only"].get(area, {})
                assert set(got.values()) <= {0, 1}, f"seed {seed}: two seats for one"
                assert sum(got.values()) <= n, f"seed {seed}: {area} has more seats than its own"
    assert seen["Result"] > sum(seen.values()) // 5, f"most counts do not end: the fuzz tests little ({seen})"
    assert rules.keys() == {"stv", "alternative", "in_turn", "exclusion", "meek"}


def matrix_law(rng: random.Random) -> Law:
    terms: dict[str, Any] = {"divisor": rng.choice(["sainte_lague", "sainte_lague", "dhondt"]), "cite": "x 3"}
    terms |= {"weigh": "voters"} if rng.random() < 0.5 else {}
    terms |= {"grain": 1} if "weigh" in terms and rng.random() < 0.5 else {}
    terms |= {"strongest": True, "strongest_ties": rng.choice(["lot", "lapse"])} if rng.random() < 0.3 else {}
    terms |= {"ties": ["lot"]} if rng.random() < 0.5 else {}
    bar = {"quorum": {"district": "5%", "nation": "3%", "of": "list_votes", "cite": "x 2"}}
    steps = [*([bar] if rng.random() < 0.3 else []), {"biproportional": terms}]
    return law({"ballot": "closed_list", "steps": steps})


def test_random_double_proportion() -> None:
    seen: Counter[str] = Counter()
    for seed in seeds(CASES):
        rng = random.Random(f"matrix {seed}")
        rule = matrix_law(rng)
        tally = random_tally(rng, rule)
        made = examine(rule, tally, rng, seed)
        seen[type(made).__name__] += 1
        if isinstance(made, Result):
            assert filled(made) == wanted(rule, tally), f"seed {seed}: seats lost or invented"
            for area, n in tally.tiers["only"].seats.items():
                got = made.areas["only"].get(area, {})
                assert sum(got.values()) == n, f"seed {seed}: {area} has not its own seats"
                cast = tally.tiers["only"].votes[area]
                assert all(cast.get(c) for c, k in got.items() if k), f"seed {seed}: a seat without votes"
    assert seen["Result"] > sum(seen.values()) // 5, f"most counts do not end: the fuzz tests little ({seen})"
    assert seen["DrawRequired"] > CASES // 50


@pytest.mark.parametrize("make", [ranked_law, matrix_law])
def test_nothing_but_documented_errors_where_the_ballots_are_of_another_kind(make: Any) -> None:
    rng = random.Random(9)
    for _ in range(40):
        rule = make(rng)
        tally = ranked_tally(rng, single=True) if make is matrix_law else random_tally(rng, rule)
        try:
            rule.count(tally)
        except (Invalid, Undecided) as error:
            assert str(error)
