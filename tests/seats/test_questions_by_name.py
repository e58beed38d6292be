"""A tie inside a pool, or of two districts, is a question of its own: an answer to one is none to another."""

from dataclasses import replace

import pytest

import sailau as sl
from sailau.terms.errors import DrawRequired
from sailau.terms.tally import Ballots, Tally

STEPS = [{"pool": {}}, {"allocate": {"divisor": "dhondt"}}, {"share_out": {"divisor": "dhondt"}}]


def law() -> sl.Law:
    from tests.runs.test_plan import law_with

    return law_with(STEPS)  # type: ignore[arg-type]


def test_two_pools_that_tie_inside_are_settled_one_after_the_other() -> None:
    pools = {"a": "p", "b": "p", "c": "q", "d": "q"}
    marks = {name: sl.Contender(name, apparentment=(pool,)) for name, pool in pools.items()}
    tally = Tally({"list": Ballots({"nation": {"a": 30, "b": 30, "c": 30, "d": 30, "e": 25}})}, marks)
    decisions: dict[str, tuple[str, ...]] = {}
    asked: list[tuple[str, ...]] = []
    seats: dict[str, int] = {}
    while not seats:
        try:
            seats = law().count(tally, decisions=decisions).seats
        except DrawRequired as question:
            asked.append(question.options)
            decisions[question.key] = (*decisions.get(question.key, ()), question.options[0])
    assert asked == [("a", "b"), ("c", "d")]  # 3 seats for p, 3 for q, 1 for e
    assert seats == {"a": 2, "c": 2, "b": 1, "d": 1, "e": 1}


def test_a_list_that_ties_between_two_areas_asks_under_its_own_name() -> None:
    # The Bundestag's lists spread their seats over the Länder: equal votes in two of them are a question of that list.
    election = sl.load_election("de/bundestag/2009-09-27")
    law = sl.load_law(election.law, on=election.day)
    votes = {tier: {a: dict.fromkeys(v, 10) for a, v in b.votes.items()} for tier, b in election.tally.tiers.items()}
    tiers = {name: replace(b, votes=votes[name]) for name, b in election.tally.tiers.items()}
    decisions: dict[str, tuple[str, ...]] = {}
    keys = []
    with pytest.raises(DrawRequired):
        law.count(replace(election.tally, tiers=tiers))
    for _ in range(1000):
        try:
            law.count(replace(election.tally, tiers=tiers), decisions=decisions)
            break
        except DrawRequired as question:
            keys.append(question.key)
            decisions[question.key] = (*decisions.get(question.key, ()), *question.options[: question.choose])
    assert len(keys) == len(set(keys)) < 400  # no question is asked twice
    assert any(key.startswith("list.spread.") for key in keys)
