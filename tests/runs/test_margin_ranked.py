"""Margins where voters rank: one seat exactly as a search through all changes finds it, several seats within bounds."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import combinations_with_replacement, permutations
from typing import Any

import pytest

from sailau.law.edition import Law
from sailau.runs.margin import TierMargin, margin
from sailau.runs.margin_contest import Kind
from sailau.runs.margin_orders import nearest
from sailau.runs.margin_papers import Change, with_papers
from sailau.runs.margin_race import race_of
from sailau.runs.margin_ranked import ballots_to_lose
from sailau.runs.margin_spans import ballots_proved
from sailau.runs.margin_turns import KINDS
from sailau.seats.rank import Rank
from sailau.seats.tier import Tier
from sailau.terms.errors import SailauError
from sailau.terms.tally import Ballots, Tally

CASES = int(os.environ.get("SAILAU_MARGIN_CASES", "12"))

Order = tuple[str, ...]
Papers = Mapping[Order, int]
EVERY = [order for n in (1, 2, 3) for order in permutations("abc", n)]


def law_of(seats: int, **terms: Any) -> Law:
    rank = Rank(**{"rule": "alternative", "ties": ("backwards",), **terms}, cite="x")
    tier = Tier(name="list", seats=seats, district="nationwide", ballot="ranked", steps=(rank,))
    return Law("xx/house", "x", "x", date(2000, 1, 1), None, seats, (tier,), {"x": "x"}, None)


def tally_of(papers: Papers, names: str = "abc") -> Tally:
    firsts = {c: sum(n for order, n in papers.items() if order[0] == c) for c in names}
    return Tally({"list": Ballots({"nation": firsts}, rankings={"nation": papers})})


def elected(law: Law, papers: Papers, names: str = "abc") -> frozenset[str] | None:
    try:
        return frozenset(c for c, n in law.count(tally_of(papers, names)).tiers["list"].items() if n)
    except SailauError:
        return None


def changed(papers: Papers, t: int, kind: Kind, every: list[Order]) -> Iterator[dict[Order, int]]:
    """Yield every count of ballots in which `t` ballots say something else, are there besides, or are gone."""
    gone = [()] if kind == "added" else combinations_with_replacement(sorted(papers), t)
    come = [()] if kind == "removed" else list(combinations_with_replacement(every, t))
    for out in gone:
        left = {order: n - out.count(order) for order, n in papers.items()}
        if min(left.values()) < 0:
            continue
        for new in come:
            yield {order: n for order in {*left, *new} if (n := left.get(order, 0) + new.count(order))}


def plainly(papers: Papers, names: str, ties: tuple[str, ...], *, hopeless: bool) -> str | None:
    """Count an alternative vote by its definition; None where a tie is left open."""
    standing, stages = set(names), []
    while True:
        votes = dict.fromkeys(sorted(standing), 0)
        for order, n in papers.items():
            for c in order:
                if c in votes:
                    votes[c] += n
                    break
        stages.append(votes)
        best = max(votes, key=lambda c: votes[c])
        if 2 * votes[best] > sum(votes.values()) or len(votes) == 1:
            return best
        line = sorted(votes, key=lambda c: votes[c])
        together = [i for i in range(1, len(line)) if sum(votes[c] for c in line[:i]) < votes[line[i]]]
        if hopeless and together:
            standing -= set(line[: together[-1]])
            continue
        looked = [votes]
        for rule in ties:
            looked += {"backwards": stages[::-1], "forwards": stages, "first_preferences": stages[:1], "lot": []}[rule]
        lowest = set(standing)
        for earlier in looked:
            lowest = {c for c in lowest if earlier[c] == min(earlier[d] for d in lowest)}
        if len(lowest) > 1:
            return None
        standing -= lowest


def fewest(papers: Papers, names: str, kind: Kind, most: int, **rules: Any) -> int | None:
    """Return the fewest ballots with which somebody else is elected, by trying them all."""
    every = [order for n in range(1, len(names) + 1) for order in permutations(names, n)]
    base = plainly(papers, names, **rules)

    @cache
    def other(held: tuple[tuple[Order, int], ...]) -> bool:
        return plainly(dict(held), names, **rules) not in (None, base)

    for t in range(1, min(most, sum(papers.values()) - 1) + 1):
        if any(other(tuple(sorted(now.items()))) for now in changed(papers, t, kind, every)):
            return t
    return None


RULES: list[tuple[tuple[str, ...], bool]] = [
    ((), False),
    (("backwards",), False),
    (("forwards", "lot"), False),
    (("first_preferences",), False),
    (("lot",), True),
    (("backwards",), True),
]


def race(rng: random.Random, law: Law, names: str) -> dict[Order, int]:
    every = [order for n in range(1, len(names) + 1) for order in permutations(names, n)]
    while True:
        papers = {order: rng.randint(1, 4) for order in rng.sample(every, rng.randint(3, 6))}
        if elected(law, papers, names) is not None:
            return papers


def check_the_change(law: Law, papers: Papers, part: TierMargin, names: str) -> None:
    """See that the change it names has the size it says, and that the law elects somebody else with it."""
    best = part.best
    assert best is not None
    assert best.papers is not None
    assert best.papers.size == best.votes == part.upper
    moved = with_papers(tally_of(papers, names), "list", "nation", best.papers)
    assert law.count(moved).tiers["list"] != law.count(tally_of(papers, names)).tiers["list"]
    sizes = sum(best.papers.out.values()), sum(best.papers.into.values())
    assert sizes == {"moved": (best.votes,) * 2, "added": (0, best.votes), "removed": (best.votes, 0)}[best.move.kind]


def in_two(papers: Papers, names: str, ties: tuple[str, ...]) -> str | None:
    """Count a contingent vote by its definition: all but the first two leave; None where a tie is left open."""
    first = {c: sum(n for order, n in papers.items() if order[0] == c) for c in names}
    line = sorted(first.values(), reverse=True)
    two = [c for c in names if first[c] >= line[1]]
    majority = [c for c in names if 2 * first[c] > sum(first.values())]
    if majority:
        return majority[0]
    if len(two) > 2:
        return None
    last = {c: sum(n for order, n in papers.items() if next((d for d in order if d in two), None) == c) for c in two}
    looked = [last, *([first] if {"backwards", "forwards", "first_preferences"}.intersection(ties) else [])]
    return next((max(two, key=lambda c: votes[c]) for votes in looked if len({votes[c] for c in two}) > 1), None)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ties", [(), ("backwards",), ("first_preferences", "lot")])
def test_all_but_two_at_once_is_what_the_slow_search_finds(ties: tuple[str, ...], kind: Kind) -> None:
    rng, met = random.Random(f"{ties}{kind}"), []
    law = law_of(1, ties=ties, exclude="all_but_two")
    for case in range(2 * CASES):
        names = "abcd" if case % 4 == 3 else "abc"
        papers = race(rng, law, names)
        base = elected(law, papers, names)
        assert base is None or base == {in_two(papers, names, ties)}
        (part,) = margin(law, tally_of(papers, names), kinds=(kind,)).tiers
        most = 2 if len(names) > 3 else 3
        every = [order for n in range(1, len(names) + 1) for order in permutations(names, n)]
        span = range(1, min(most, sum(papers.values()) - 1) + 1)
        others = (
            t for t in span for now in changed(papers, t, kind, every) if in_two(now, names, ties) not in (None, *base)
        )
        truth = next(others, None)
        assert part.exact, (papers, part)
        assert (part.upper if part.upper is not None and part.upper <= most else None) == truth, (papers, part)
        if part.best is not None:
            check_the_change(law, papers, part, names)
        met.append(truth)
    assert len(set(met)) > 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("ties", "hopeless"), RULES)
def test_one_seat_is_what_the_slow_search_finds(ties: tuple[str, ...], *, hopeless: bool, kind: Kind) -> None:
    rng, met = random.Random(f"{ties}{hopeless}{kind}"), []
    law_is_unsure = hopeless and ties == ("backwards",)
    law = law_of(1, ties=ties, exclude="hopeless" if hopeless else "lowest")
    for case in range(CASES):
        names = "abcd" if case % 4 == 3 else "abc"
        papers = race(rng, law, names)
        assert elected(law, papers, names) == {plainly(papers, names, ties, hopeless=hopeless)}
        (part,) = margin(law, tally_of(papers, names), kinds=(kind,)).tiers
        most = 2 if len(names) > 3 else 3
        truth = fewest(papers, names, kind, most, ties=ties, hopeless=hopeless)
        if part.exact:
            assert (part.upper if part.upper is not None and part.upper <= most else None) == truth, (papers, part)
        else:
            assert law_is_unsure
            assert part.lower is not None
            assert truth is None or part.lower <= truth, (papers, part)
        if part.best is not None:
            check_the_change(law, papers, part, names)
        alone = sought(papers, ties, names, kind=kind, exclude="hopeless" if hopeless else "lowest")
        assert alone == part.lower or (part.upper is None and alone is None) or (law_is_unsure and alone is not None)
        met.append(truth)
    assert len(set(met)) > 1


def test_a_last_round_that_decides() -> None:
    """a has 60 of 100, b 25, c 15, who all rank b: a loses to b when 11 go over; ten make a tie that only a lot tells.

    Ballots that come to b must be 21, for b and c together are 20 short of a; so many must go from a.
    """
    papers: Papers = {("a",): 60, ("b",): 25, ("c", "b"): 15}
    met = {}
    for kind in KINDS:
        (part,) = margin(law_of(1), tally_of(papers), kinds=(kind,)).tiers
        assert part.exact
        assert part.best is not None
        assert dict(part.best.gains) == {"b in list": 1}
        met[kind] = part.best.votes
    assert met == {"moved": 11, "added": 21, "removed": 21}


def test_ballots_may_have_to_move_in_several_ways() -> None:
    """a beats c in the last round by 12, and would lose to b, who leaves first with two votes less than c.

    Three ballots that go from c to a third candidate's place make b survive, and b then gets all of c's.
    """
    papers: Papers = {("a",): 46, ("c", "b"): 28, ("b", "a"): 6, ("b", "c"): 20}
    (part,) = margin(law_of(1), tally_of(papers), kinds=("moved",)).tiers
    assert (part.exact, part.upper) == (True, 2)
    assert part.best is not None
    assert dict(part.best.gains) == {"b in list": 1}


def test_a_tie_that_the_stage_before_settles() -> None:
    """One ballot from a to b makes it 10 to 10, and b was ahead before c left; without a rule two must go."""
    papers: Papers = {("a",): 8, ("b",): 9, ("c", "a"): 3}
    margins = [
        margin(law_of(1, ties=ties), tally_of(papers), kinds=("moved",)).tiers[0] for ties in (("backwards",), ())
    ]
    assert [(part.exact, part.upper) for part in margins] == [(True, 1), (True, 2)]
    assert sought(papers, ("backwards",)) == 1
    assert sought(papers, ()) == 2


def test_a_majority_ends_the_count_before_a_tie_matters() -> None:
    """b has five of nine when one ballot goes over; who of c and d leaves first is not asked any more."""
    assert sought({("a",): 5, ("b",): 4}, (), "abcd") == 1


def sought(
    papers: Papers, ties: tuple[str, ...], names: str = "abc", *, kind: Kind = "moved", exclude: str = "lowest"
) -> int | None:
    """Return what the search finds without moves that were tried before."""
    law = law_of(1, ties=ties, exclude=exclude)
    count = law.count(tally_of(papers, names)).counts["list"]
    step = law.tiers[0].steps[0]
    assert isinstance(step, Rank)
    race = race_of(count, step)
    assert race is not None
    base = elected(law, papers, names)

    def counts(change: Change) -> bool:
        tally = with_papers(tally_of(papers, names), "list", "nation", change)
        return elected(law, tally.tiers["list"].rankings["nation"], names) not in (None, base)

    found = nearest(race, (kind,), counts, race.total)
    assert found.finished or (exclude == "hopeless" and ties == ("backwards",))
    return found.lower


def test_somebody_elected_can_be_caught_up_with() -> None:
    """Of 15 ballots a and b have six each, c three: two that go from a to c elect c, and no single one does."""
    papers: Papers = {("a",): 6, ("b",): 6, ("c",): 3}
    law = law_of(2, rule="stv", quota="droop")
    (part,) = margin(law, tally_of(papers), kinds=("moved",)).tiers
    assert (part.exact, part.lower, part.upper) == (True, 2, 2)
    (step,) = law.tiers[0].steps
    assert isinstance(step, Rank)
    assert ballots_to_lose(law.count(tally_of(papers)).counts["list"], step, ("moved",)) == 2


SEVERAL: list[dict[str, Any]] = [
    {"rule": "stv", "quota": "droop", "places": 5, "surplus": "weighted"},
    {"rule": "stv", "quota": "droop", "surplus": "inclusive", "exclude": "hopeless", "ties": ("forwards",)},
    {"rule": "stv", "quota": "droop", "surplus": "last_parcel", "over": "transferable", "parcels": "by_value"},
    {"rule": "stv", "quota": "hare", "stop": ("one_more", "overall_majority")},
    {"rule": "in_turn"},
    {"rule": "exclusion"},
    {"rule": "meek"},
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rule", SEVERAL, ids=lambda rule: "-".join(map(str, list(rule.values())[:3])))
def test_several_seats_are_what_the_slow_search_finds(rule: dict[str, Any], kind: Kind) -> None:
    """Few ballots are searched to the end; beyond, the bounds hold."""
    rng, met, most = random.Random(f"{rule}{kind}"), [], []
    law = law_of(2, **rule)
    (step,) = law.tiers[0].steps
    assert isinstance(step, Rank)
    while len(met) < CASES // 2:
        papers = {order: rng.randint(1, 4) for order in rng.sample(EVERY, 4)}
        if len(met) % 3 == 2:
            papers |= {("a", "b"): 6, ("b", "a"): 6}
        base = elected(law, papers)
        if base is None:
            continue
        (part,) = margin(law, tally_of(papers), kinds=(kind,)).tiers
        truth = least_by(law, papers, kind, 2)
        bound = ballots_to_lose(law.count(tally_of(papers)).counts["list"], step, (kind,))
        proved = ballots_proved(law.count(tally_of(papers)).counts["list"], step, (kind,), 4)
        assert truth is None or max(bound, proved) <= truth, (papers, part)
        assert part.exact or (part.lower or 0) > 2
        assert (part.upper if part.exact and part.upper is not None and part.upper <= 2 else None) == truth, papers
        if part.best is not None:
            check_the_change(law, papers, part, "abc")
        met.append(part)
        most.append(proved)
    assert len({part.upper for part in met}) > 1
    assert (max(most) > 1) == (step.rule in ("stv", "exclusion"))


def least_by(law: Law, papers: Papers, kind: Kind, most: int) -> int | None:
    """Return the fewest ballots with which the law elects others, by counting them all."""
    base = elected(law, papers)
    for t in range(1, most + 1):
        if any(elected(law, now) not in (None, base) for now in changed(papers, t, kind, EVERY)):
            return t
    return None


@pytest.mark.parametrize("places", [None, 5])
@pytest.mark.parametrize("kind", KINDS)
def test_no_change_of_fewer_ballots_than_proved_elects_others(kind: Kind, places: int | None) -> None:
    """Counts of some hundred ballots, with surpluses and close exclusions, and changes that favour who just lost."""
    names = "abcde"
    every = [order for n in range(1, 6) for order in permutations(names, n)]
    rng, proved_of = random.Random(f"{kind}{places}"), []
    law = law_of(2, rule="stv", quota="droop", places=places)
    (step,) = law.tiers[0].steps
    assert isinstance(step, Rank)
    while len(proved_of) < CASES // 2:
        weight = dict(zip(names, (9, 7, 5, 3, 1), strict=True))
        papers = {order: weight[order[0]] * rng.randint(1, 6) for order in rng.sample(every, 25)}
        base = elected(law, papers, names)
        if base is None:
            continue
        proved = ballots_proved(law.count(tally_of(papers, names)).counts["list"], step, (kind,), 40)
        for _ in range(60 if proved > 1 else 0):
            now = worked_on(papers, proved - 1, kind, rng, base, every)
            assert elected(law, now, names) in (None, base), (papers, proved, now)
        proved_of.append(proved)
    assert max(proved_of) > 5


def worked_on(
    papers: Papers, t: int, kind: Kind, rng: random.Random, base: frozenset[str], every: list[Order]
) -> dict[Order, int]:
    """Return the ballots after one of the elected lost `t` of them, and one who was not elected won as many."""
    now = dict(papers)
    loser, winner = rng.choice(sorted(base)), rng.choice(sorted(set("abcde") - base))
    for _ in range(t if kind != "added" else 0):
        mine = [order for order, n in now.items() if n and order[0] == loser] or [o for o, n in now.items() if n]
        now[rng.choice(mine)] -= 1
    for _ in range(t if kind != "removed" else 0):
        order = rng.choice([order for order in every if order[0] == winner])
        now[order] = now.get(order, 0) + 1
    return {order: n for order, n in now.items() if n}
