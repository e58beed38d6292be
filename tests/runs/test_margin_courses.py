"""Margins of several seats filled by rankings, against a search through all changes and against changes that attack."""

from __future__ import annotations

import os
import random
from itertools import permutations
from typing import Any

import pytest
from tests.runs.test_margin_ranked import Order, Papers, changed, elected, law_of, tally_of, worked_on

from sailau.law.edition import Law
from sailau.runs.margin import KINDS
from sailau.runs.margin_contest import Kind
from sailau.runs.margin_courses import Near, nearest_course, polls_of
from sailau.runs.margin_papers import Change, with_papers
from sailau.seats.rank import Rank

LIMIT = 4
"""Ballots: no larger change is looked for where all small ones are tried."""
CASES = int(os.environ.get("SAILAU_MARGIN_CASES", "12"))
RULES: list[dict[str, Any]] = [
    {"places": 5},
    {"places": None, "surpluses": "earliest"},
    {"places": 2, "cut": "fraction", "ties": ("forwards", "lot")},
]


def near(law: Law, papers: Papers, names: str, kind: Kind, most: int) -> Near:
    """Return what the search finds without any other help: where ties decide it may miss the change that does.

    Every change that it tells of elects others.
    """
    tally = tally_of(papers, names)
    (step,) = law.tiers[0].steps
    assert isinstance(step, Rank)
    polls = polls_of(law.count(tally).counts["list"], step, (kind,))
    assert polls is not None
    base = elected(law, papers, names)

    def counts(change: Change) -> bool:
        now = with_papers(tally, "list", "nation", change).tiers["list"].rankings["nation"]
        return elected(law, now, names) not in (None, base)

    found = nearest_course(*polls, counts, most)
    if found.change is not None:
        assert counts(found.change)
        assert found.lower <= found.change.size <= most
        out, into = sum(found.change.out.values()), sum(found.change.into.values())
        assert (out, into) == {"moved": (into, into), "added": (0, into), "removed": (out, 0)}[kind]
    return found


def least_by(law: Law, papers: Papers, names: str, kind: Kind, most: int) -> int | None:
    """Return the fewest ballots with which the law elects others, by counting every change."""
    every = [order for k in range(1, len(names) + 1) for order in permutations(names, k)]
    base = elected(law, papers, names)
    for t in range(1, most + 1):
        if any(elected(law, now, names) not in (None, base) for now in changed(papers, t, kind, every)):
            return t
    return None


def drawn(rng: random.Random, law: Law, names: str, kinds: int, largest: int) -> Papers:
    """Return ballots that leave nothing open."""
    every = [order for k in range(1, len(names) + 1) for order in permutations(names, k)]
    while True:
        papers = {order: rng.randint(1, largest) for order in rng.sample(every, kinds)}
        if elected(law, papers, names) is not None:
            return papers


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: "-".join(map(str, rule.values())))
@pytest.mark.parametrize(("names", "seats", "most"), [("abc", 2, 2), ("abcd", 2, 1), ("abcd", 3, 1)])
def test_the_slow_search_finds_nothing_smaller(
    names: str, seats: int, most: int, rule: dict[str, Any], kind: Kind
) -> None:
    rng, exact = random.Random(f"{names}{seats}{rule}{kind}"), 0
    law = law_of(seats, **{"rule": "stv", "quota": "droop", **rule})
    for _ in range(CASES if names == "abc" else -(-CASES // 6)):
        papers = drawn(rng, law, names, 5, 5)
        truth = least_by(law, papers, names, kind, most)
        found = near(law, papers, names, kind, LIMIT)
        size = found.change.size if found.change is not None else LIMIT + 1
        assert found.lower <= (size if truth is None else truth), (papers, found, truth)
        assert size > most or truth is not None, (papers, found)
        exact += found.lower == size
    assert exact or names != "abc"


@pytest.mark.parametrize("places", [None, 5])
@pytest.mark.parametrize("kind", KINDS)
def test_no_change_of_fewer_ballots_elects_others(kind: Kind, places: int | None) -> None:
    """Counts of some hundred ballots, with surpluses and close exclusions, and changes that favour who just lost."""
    names = "abcde"
    every: list[Order] = [order for n in range(1, 6) for order in permutations(names, n)]
    rng, exact = random.Random(f"{kind}{places}"), 0
    law = law_of(2, rule="stv", quota="droop", places=places)
    for _ in range(CASES // 2):
        weight = dict(zip(names, (9, 7, 5, 3, 1), strict=True))
        papers = drawn(rng, law, names, 25, 6)
        papers = {order: weight[order[0]] * n for order, n in papers.items()}
        base = elected(law, papers, names)
        if base is None:
            continue
        found = near(law, papers, names, kind, 60)
        exact += found.lower == (found.change.size if found.change is not None else 61)
        for _ in range(200 if found.lower > 1 else 0):
            now = worked_on(papers, found.lower - 1, kind, rng, base, every)
            assert elected(law, now, names) in (None, base), (papers, found.lower, now)
    assert exact >= CASES // 4
