"""Margins of majorities in two rounds: the votes of both, against a search vote by vote."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from itertools import permutations
from typing import Any

import pytest

from sailau.law.edition import Law
from sailau.law.read import parse_law
from sailau.runs.margin import margin
from sailau.runs.margin_contest import Kind
from sailau.runs.margin_turns import KINDS
from sailau.terms.errors import Invalid, SailauError
from sailau.terms.tally import Ballots, Tally

CASES = int(os.environ.get("SAILAU_MARGIN_CASES", "60"))
LAW = """
law: xx/mayor
name: Mayor
in_force: {from: 2020-01-01}
checked: null
texts: {el: Election Act}
seats: {total: 1, cite: el 1}
tiers:
  list:
    seats: 1
    district: nationwide
    ballot: candidate
    steps:
      - elect: {rule: majority, share: 1/2, of: valid, ties: lot, runoff_ties: lot, cite: el 1}
"""

Votes = Mapping[str, int]


@pytest.fixture(scope="module")
def law() -> Law:
    return parse_law(LAW, "xx/mayor@2020-01-01")


def tally_of(first: Votes, second: Votes) -> Tally:
    one = Ballots({"nation": first}, {"nation": {"valid": sum(first.values())}})
    return Tally({"list": one, "list_round2": Ballots({"nation": second})})


def elected(law: Law, first: Votes, second: Votes) -> Any:
    try:
        return law.count(tally_of(first, second)).seats
    except SailauError:
        return None


def moved(votes: Votes, kind: Kind, t: int) -> list[dict[str, int]]:
    """Return every way in which t votes of one contender can move, come or go."""
    if kind == "added":
        return [{**votes, c: votes[c] + t} for c in votes]
    taken = [c for c in votes if votes[c] >= t]
    if kind == "removed":
        return [{**votes, c: votes[c] - t} for c in taken]
    return [{**votes, a: votes[a] - t, b: votes[b] + t} for a, b in permutations(votes, 2) if a in taken]


def qualified(first: Votes) -> set[str]:
    line = sorted(first.values(), reverse=True)
    return {c for c in first if first[c] >= line[1]}


@pytest.mark.parametrize("kind", KINDS)
def test_the_votes_of_both_rounds_are_what_a_slow_search_finds(law: Law, kind: Kind) -> None:
    rng, second_ones, bounds = random.Random(kind), 0, 0
    for _ in range(CASES):
        first = {c: rng.randint(1, 12) for c in "abcd"[: rng.choice([3, 4])]}
        stood = sorted(qualified(first))
        second = {c: rng.randint(0, 15) for c in stood}
        base = elected(law, first, second)
        if len(stood) != 2 or not all(second.values()) or base is None:
            continue
        parts = {part.tier: part for part in margin(law, tally_of(first, second), kinds=(kind,)).tiers}
        span = range(1, 40)
        by_second = (t for t in span for now in moved(second, kind, t) if elected(law, first, now) not in (None, base))
        assert parts["list_round2"].upper == next(by_second, None)
        assert parts["list_round2"].exact
        second_ones += parts["list_round2"].upper is not None
        if max(first.values()) * 2 > sum(first.values()):
            continue
        others = (t for t in span for now in moved(first, kind, t) if qualified(now) != {*stood})
        sure = (t for t in span for now in moved(first, kind, t) if max(now.values()) * 2 > sum(now.values()))
        known = (t for t in span for now in moved(first, kind, t) if elected(law, now, second) not in (None, base))
        part, least = parts["list"], next(others, None)
        assert part.upper is None or part.upper == next(known, None)
        assert least is None or (part.lower is not None and part.lower <= least)
        if part.exact and part.upper is not None:
            assert part.upper <= (least or 99) and next(sure, None) is not None
        bounds += not part.exact
    assert second_ones > CASES // 4
    assert bounds > CASES // 10


def test_a_second_round_nobody_counted_is_no_known_result(law: Law) -> None:
    # b lacks 121 of the votes of c for a place; nobody asked the people about a and b.
    first, second = {"a": 800, "b": 350, "c": 470}, {"a": 2000, "c": 2003}
    list_part, second_part = margin(law, tally_of(first, second), kinds=("moved",)).tiers
    assert (list_part.exact, list_part.upper) == (True, 11)
    assert (second_part.tier, second_part.upper) == ("list_round2", 2)
    far = {"a": 700, "b": 450, "c": 470}
    list_part, _ = margin(law, tally_of(far, second), kinds=("moved",)).tiers
    assert (list_part.lower, list_part.upper) == (10, 111)
    assert "nobody knows whom it would elect" in list_part.why
    withdrawn = {"a": 2000, "b": 2003}
    assert margin(law, tally_of(far, withdrawn), kinds=("moved",)).tiers[0].lower == 1


def test_patience_is_a_number_from_one_on(law: Law) -> None:
    with pytest.raises(Invalid, match="patience is 1 or more, not 0"):
        margin(law, tally_of({"a": 2, "b": 1}, {}), patience=0)
