"""Margins of several seats filled by rankings, against a search through all changes and against changes that attack."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from tests.runs.test_margin_ranked import Order, Papers, changed, elected, law_of, tally_of, worked_on

from sailau.law.edition import Law
from sailau.runs.margin import margin
from sailau.runs.margin_contest import Kind
from sailau.runs.margin_course import decisions, follow, take
from sailau.runs.margin_courses import Near, nearest_course, polls_of
from sailau.runs.margin_papers import Change, with_papers
from sailau.runs.margin_poll import Course, Decision, Poll, Row, begin, spans
from sailau.runs.margin_turns import KINDS
from sailau.runs.margin_worth import held
from sailau.seats.rank import Rank
from sailau.seats.stages import Stage

LIMIT = 4
"""Ballots: no larger change is looked for where all small ones are tried."""
CASES = int(os.environ.get("SAILAU_MARGIN_CASES", "12"))
SEVEN = "abcdefg"
RULES: list[dict[str, Any]] = [
    {"places": 5},
    {"places": None, "surpluses": "earliest"},
    {"places": 2, "cut": "fraction", "ties": ("forwards", "lot")},
    {"places": 4, "cut": "fraction", "exclude": "hopeless", "defer": True, "elected_receive": True},
    {"places": 5, "exclude": "hopeless", "stop": ("two_left", "overall_majority", "one_more")},
]
GOING_ON: list[dict[str, Any]] = [
    {"surpluses": "largest"},
    {"surpluses": "earliest"},
    {"exclude": "hopeless"},
    {"exclude": "hopeless", "defer": True, "elected_receive": True},
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


@pytest.mark.parametrize("rule", GOING_ON, ids=lambda rule: "-".join(map(str, rule.values())))
def test_what_everybody_holds_lies_between_the_lines(rule: dict[str, Any]) -> None:
    """Any ballots are taken out; the count of those left is held against the course as it was before."""
    rng, passed, twice, several = random.Random(str(rule)), 0, 0, 0
    law = law_of(3, **{"rule": "stv", "quota": "droop", **rule})
    (step,) = law.tiers[0].steps
    assert isinstance(step, Rank)
    for _ in range(40 * CASES):
        papers = drawn(rng, law, SEVEN, 35, 40)
        polls = polls_of(law.count(tally_of(papers, SEVEN)).counts["list"], step, ("removed",))
        assert polls is not None
        gone = np.array([rng.randint(0, int(n)) if rng.random() < 0.4 else 0 for n in polls[0][0].n])
        poll = replace(polls[0][0], most=int(gone.sum()))
        after = replace(poll, n=poll.n - gone, most=0, cut=0.0)
        both = begin(poll), begin(after)
        stages = stages_of(law, dict(zip(polls[1].papers, after.n.astype(int).tolist(), strict=True)))
        for made in course_of(poll, stages):
            both = next_stage(poll, after, both, made)
            passed += made.act == "surplus"
            several += len(made.sources) > 1
            twice += len(both[1].low) > 3
            if both[1].changed:
                break
        for script in (both[1].script, one_by_one(after, both[1].script)):
            kept = follow(after, script, {})
            assert all(side(row, after, kept) <= row.most + 1e-6 for row in follow(poll, script, {}).rows), (
                script,
                gone,
            )
    assert passed > 20 * CASES
    assert twice > 10
    assert several > 2 * CASES


def stages_of(law: Law, papers: Papers) -> tuple[Stage, ...]:
    """Return the stages of the law's own count; none where it is left open, or somebody has just the quota."""
    if elected(law, papers, SEVEN) is None:
        return ()
    (step,) = law.tiers[0].steps
    assert isinstance(step, Rank)
    count = law.count(tally_of(papers, SEVEN)).counts["list"]
    stages = step.count(count.but(placed={}, trail=None)).stages
    just = any(stage.totals[name] == stage.quota for stage in stages for name, _ in stage.elected)
    return () if just else stages


def course_of(poll: Poll, stages: tuple[Stage, ...]) -> list[Decision]:
    """Return what the law did, those excluded one after the other before somebody reaches the quota together."""
    out = list[Decision]()
    left, standing = poll.seats, poll.size
    for stage in stages:
        reached = tuple(sorted(SEVEN.index(name) for name, how in stage.elected if how == "quota"))
        others = [c for c in reached if c not in poll.winners]
        if others or stage.action == "end":
            return [*out, Decision((others[0],), "end")] if others else out
        left, standing = left - len(reached), standing - len(reached)
        sources = tuple(sorted(SEVEN.index(name) for name in stage.sources))
        if stage.action == "surplus":
            out.append(Decision(reached, "surplus", sources))
            continue
        if not poll.winners.isdisjoint(sources):  # of several who leave at once the order is open
            return [*out, Decision(reached, "exclude", sources)] if len(sources) == 1 else out
        standing -= len(sources)
        if standing <= left:
            return out  # all who still stand are elected, and they are those of before
        before = out[-1] if out else None
        if before is not None and before.act == "exclude" and not reached:
            out[-1] = Decision(before.reached, "exclude", tuple(sorted((*before.sources, *sources))))
        else:
            out.append(Decision(reached, "exclude", sources))
    return out


def next_stage(poll: Poll, after: Poll, both: tuple[Course, Course], made: Decision) -> tuple[Course, Course]:
    """Take a stage with the ballots as they were and as they are; hold one against the other."""
    wide, exact = both
    for c in exact.continuing:
        check_between(poll, wide, after, exact, c)
    assert made in list(decisions(poll, wide)), (after.n, exact.script, made)
    wide, exact = take(poll, wide, made, {}), take(after, exact, made, {})
    for row in wide.rows:
        assert side(row, after, exact) <= row.most + 1e-6, (after.n, exact.script)
    return wide, exact


def one_by_one(after: Poll, script: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Return a script in which those who leave together do so in turn, the lowest of them first."""
    out = list[Decision]()
    for made in script:
        reached, rest = made.reached, list(made.sources)
        while len(rest) > 1:
            votes = spans(after, follow(after, [*out, Decision(reached, "end")], {}))[0]
            out.append(Decision(reached, made.act, (min(rest, key=lambda c: votes[c]),)))
            rest.remove(out[-1].sources[0])
            reached = ()
        out.append(Decision(reached, made.act, tuple(rest)))
    return tuple(out)


def side(row: Row, after: Poll, exact: Course) -> float:
    """Return the left side of a row for ballots of which none come."""
    left = float(row.papers @ after.n) if len(row.papers) else 0.0
    return left + sum(n * exact.low[k] for k, n in row.worths) + row.quota * after.quota[0]


def check_between(poll: Poll, wide: Course, after: Poll, exact: Course, c: int) -> None:
    """Hold what somebody has between the two ends that the course before the change gives."""
    truth = spans(after, exact)[0][c]
    for most, sign in ((False, 1), (True, -1)):
        line = held(poll, wide, c, most=most)
        assert sign * (truth - side(line, after, exact) + line.most) >= -1e-6, (after.n, exact.script, c)


def test_more_patience_closes_what_a_short_search_leaves_open(monkeypatch: pytest.MonkeyPatch) -> None:
    law = law_of(2, rule="stv", quota="droop", places=5)
    papers = {("a", "b"): 260, ("b", "c"): 150, ("c", "b"): 148, ("d", "c"): 30}
    for limit in ("margin_courses.PROGRAMMES", "margin_courses.CHANGES", "margin_small.TRIES"):
        monkeypatch.setattr(f"sailau.runs.{limit}", 1)
    short = margin(law, tally_of(papers, "abcd")).tiers[0]
    assert not short.exact and (short.lower or 0) < 18 and "patience" in short.why
    patient = margin(law, tally_of(papers, "abcd"), patience=1000).tiers[0]
    assert (patient.exact, patient.upper) == (True, 18)
