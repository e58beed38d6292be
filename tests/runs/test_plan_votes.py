"""Steps that put other votes in the place of those cast, and bonuses, as arrays: the seats of the exact count."""

from __future__ import annotations

import numpy as np
import pytest
from tests.law.test_families import FRAME
from tests.runs.test_plan import KEY, compare

from sailau.law.edition import Law
from sailau.law.read import parse_law
from sailau.runs.plan import Plan
from sailau.terms.tally import Ballots, Contender, Tally

DISTRICTS = """tiers:
  district:
    district: single_member
    ballot: candidate
    steps: [{elect: {rule: plurality, ties: lot, cite: el 1}}]
"""
LIST = """  list:
    seats: SEATS
    district: nationwide
    ballot: closed_list
    steps:
"""
PARTY = LIST.replace("    steps:\n", "    votes: district\n    lines: party\n    steps:\n")
ONE = "tiers:\n" + LIST
LAWS = {
    "take_off": ONE + "      - take_off: {share: 1/10, of: valid, cite: el 1}\n"
    "      - allocate: {divisor: dhondt, ties: lot, cite: el 2}\n",
    "take_off, a rounded quota": ONE + "      - take_off: {share: 3/20, of: list_votes, cite: el 1}\n"
    "      - allocate: {quota: hare_rounded_down, ties: lot, cite: el 2}\n",
    "a part of all seats": ONE + "      - bonus: {part: 1/3, rounding: nearest, share: 30%, ties: lot, cite: el 1}\n"
    "      - allocate: {divisor: sainte_lague, ties: lot, cite: el 2}\n",
    "a bonus alone": ONE + "      - threshold: {share: 10%, of: valid, cite: el 1}\n"
    "      - bonus: {seats: 4, alone: true, share: 40%, of: list_votes, ties: lot, cite: el 1}\n"
    "      - allocate: {quota: hare, ties: lot, cite: el 2}\n",
    "all seats, or half of them": ONE
    + "      - bonus: {part: 100%, share: 50%, of: list_votes, ties: lot, cite: el 1}\n"
    "      - bonus: {part: 1/2, ties: lot, cite: el 1}\n"
    "      - allocate: {quota: hare, ties: lot, cite: el 2}\n",
    "a quota of parts": ONE + "      - allocate: {quota: hare+1/2, ties: lot, cite: el 2}\n",
    "join": DISTRICTS + LIST + "      - join: {tier: district, cite: el 2}\n"
    "      - compensate: {tiers: [district], quota: hare_rounded_up, overhang: exclude, ties: lot, cite: el 3}\n",
    "by_seats": DISTRICTS + PARTY + "      - eligible: {drop_kinds: [independent], cite: el 2}\n"
    "      - by_seats: {tiers: [district], cite: el 2}\n"
    "      - allocate: {quota: hare, ties: lot, cite: el 2}\n",
    "make_up": DISTRICTS + PARTY + "      - make_up: {tiers: [district], ties: lot, cite: el 2}\n",
    "make_up, two votes": DISTRICTS + LIST + "      - threshold: {share: 10%, of: list_votes, cite: el 2}\n"
    "      - make_up: {tiers: [district], total: 15, ties: lot, cite: el 2}\n",
    "one vote": DISTRICTS + PARTY + "      - threshold: {share: 10%, of: list_votes, cite: el 2}\n"
    "      - compensate: {tiers: [district], divisor: sainte_lague, overhang: add, ties: lot, cite: el 3}\n",
}


def law_of(text: str, seats: int = 7) -> Law:
    return parse_law(FRAME + text.replace("SEATS", str(seats)), "xx/house@2020-01-01")


def tally_of(law: Law) -> Tally:
    """Return votes of the form that the law counts; i is an independent, and two candidates stand for no list."""
    tiers = {}
    marks = {"i": Contender("i", kind="independent")}
    names = "abcd"
    for tier in law.tiers:
        if tier.name == "district":
            marks |= {f"{c}{k}": Contender(f"{c}{k}", party=c, kind="candidate") for c in "abcde" for k in range(5)}
            tiers["district"] = Ballots({f"d{k}": {**{f"{c}{k}": 9 for c in "abcde"}, "i": 5} for k in range(5)})
        elif tier.votes is None:
            tiers["list"] = Ballots({"nation": {**dict.fromkeys(names, 9), "against_all": 3}})
    return Tally(tiers, marks)


@pytest.mark.parametrize("name", LAWS)
@pytest.mark.parametrize("top", [6, 100, 10**7])
def test_arrays_give_the_seats_of_the_exact_count(name: str, top: int) -> None:
    law = law_of(LAWS[name], 7 if top > 6 else 4)
    plan = Plan.of(law, tally_of(law))
    assert plan.how == "arrays", plan.why
    votes = np.random.default_rng(9).integers(0, top, (60, plan.layout.width))
    votes[::3] = votes[::3] // np.random.default_rng(2).integers(1, 9, plan.layout.width)
    outcome = compare(plan, votes)
    if top > 10**6:
        assert outcome.recounted < 30, "the exact count decides most runs: nothing is gained"


REFUSED = {
    "qualify": ONE + "      - bonus: {seats: 2, alone: true, ties: lot, cite: el 1}\n"
    "      - qualify: {votes: 2, cite: el 1}\n"
    "      - allocate: {divisor: dhondt, ties: lot, cite: el 2}\n",
    "threshold": DISTRICTS + LIST + "      - join: {tier: district, cite: el 2}\n"
    "      - threshold: {share: 5%, of: list_votes, cite: el 2}\n"
    "      - allocate: {quota: hare, ties: lot, cite: el 3}\n",
    "rest": DISTRICTS + LIST + "      - by_seats: {tiers: [district], cite: el 2}\n"
    "      - allocate: {quota: hare, rest: none, cite: el 2}\n"
    "      - rest: {to: largest_remainders, quota: hare, quota_of: list_votes, ties: lot, cite: el 2}\n",
    "per_votes": "tiers:\n  list:\n    district: nationwide\n    ballot: closed_list\n"
    "    steps: [{per_votes: {votes: 3, cite: el 1}}]\n",
    "trial": ONE + "      - trial: {least: 2, divisor: dhondt, ties: lot, cite: el 1}\n"
    "      - allocate: {divisor: dhondt, ties: lot, cite: el 2}\n",
    "best_losers": DISTRICTS + "      - best_losers: {groups: {x: 1}, seats: 1, ties: lot, cite: el 2}\n",
}


@pytest.mark.parametrize("step", REFUSED)
def test_what_has_no_array_form_says_so_and_is_counted_all_the_same(step: str) -> None:
    text = REFUSED[step]
    if step == "best_losers":
        text = text.replace(
            "steps: [{elect: {rule: plurality, ties: lot, cite: el 1}}]",
            "steps:\n      - elect: {rule: plurality, ties: lot, cite: el 1}",
        )
    law = law_of(text)
    plan = Plan.of(law, tally_of(law))
    assert plan.how == "one by one"
    assert plan.why.startswith(f"{step}: "), plan.why
    votes = np.random.default_rng(3).integers(0, 50, (12, plan.layout.width))
    assert compare(plan, votes).recounted == 12


def test_a_take_off_on_another_scale_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the scale of the share alone a rounded quota is another one."""
    law = law_of(LAWS["take_off, a rounded quota"])
    plan = Plan.of(law, tally_of(law))
    votes = np.random.default_rng(9).integers(0, 100, (300, plan.layout.width))
    right = plan.count(votes, key=KEY).seats
    monkeypatch.setattr("numpy.gcd", lambda a, _b: np.ones_like(a))
    assert (plan.count(votes, key=KEY).seats != right).any()
