"""Two counts, one quick and one slow, agree on every figure of every stage of thousands of small elections."""

from collections import Counter
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from tests.seats.slow_stv import Slow, slow_alternative, slow_meek

from sailau.seats.count import start
from sailau.seats.rank import Rank
from sailau.seats.stages import Ranked
from sailau.terms.tally import Ballots, Tally


def droop(votes: int, seats: int) -> Fraction:
    return Fraction(votes // (seats + 1) + 1)


def exact_droop(votes: int, seats: int) -> Fraction:
    return Fraction(votes, seats + 1)


def hare(votes: int, seats: int) -> Fraction:
    return Fraction(votes, seats)


RULES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "scottish": (
        {"quota": "droop", "surplus": "weighted", "places": 5, "ties": ("backwards", "lot")},
        {"quota_of": droop, "surplus": "weighted", "places": 5, "ties": ("backwards",)},
    ),
    "weighted, exact": (
        {"quota": "droop", "surplus": "weighted", "ties": ("forwards", "lot")},
        {"quota_of": droop, "surplus": "weighted", "ties": ("forwards",)},
    ),
    "weighted, exact, transferable papers, exact quota to exceed": (
        {"quota": "hagenbach_bischoff", "more": True, "surplus": "weighted", "over": "transferable", "ties": ("lot",)},
        {"quota_of": exact_droop, "more": True, "surplus": "weighted", "over_all": False},
    ),
    "exact quota to reach": (
        {"quota": "hagenbach_bischoff", "surplus": "weighted", "ties": ("first_preferences", "lot")},
        {"quota_of": exact_droop, "surplus": "weighted", "ties": ("first_preferences",)},
    ),
    "hare": (
        {"quota": "hare", "surplus": "inclusive", "ties": ("backwards", "lot"), "exclude": "hopeless"},
        {"quota_of": hare, "surplus": "inclusive", "ties": ("backwards",), "bulk": True},
    ),
    "senate": (
        {
            "quota": "droop",
            "surplus": "inclusive",
            "credit": "whole",
            "parcels": "by_value",
            "surpluses": "earliest",
            "stop": ("two_left",),
            "ties": ("backwards", "lot"),
        },
        {
            "quota_of": droop,
            "surplus": "inclusive",
            "whole_votes": True,
            "by_value": True,
            "order": "earliest",
            "stop": ("two_left",),
            "ties": ("backwards",),
        },
    ),
    "northern irish": (
        {
            "quota": "droop",
            "surplus": "last_parcel",
            "over": "transferable",
            "places": 2,
            "parcels": "by_value",
            "defer": True,
            "ties": ("forwards", "lot"),
        },
        {
            "quota_of": droop,
            "surplus": "last_parcel",
            "over_all": False,
            "places": 2,
            "by_value": True,
            "defer": True,
            "ties": ("forwards",),
        },
    ),
    "irish": (
        {
            "quota": "droop",
            "surplus": "whole_papers",
            "papers": "even",
            "exclude": "hopeless",
            "defer": True,
            "stop": ("one_more", "overall_majority"),
            "ties": ("forwards", "lot"),
        },
        {
            "quota_of": droop,
            "surplus": "whole_papers",
            "bulk": True,
            "defer": True,
            "stop": ("one_more", "overall_majority"),
            "ties": ("forwards",),
        },
    ),
    "the elected still receive": (
        {
            "quota": "droop",
            "surplus": "weighted",
            "places": 4,
            "cut": "fraction",
            "exclude": "hopeless",
            "defer": True,
            "elected_receive": True,
            "ties": ("lot",),
        },
        {
            "quota_of": droop,
            "surplus": "weighted",
            "places": 4,
            "cut_fraction": True,
            "bulk": True,
            "defer": True,
            "receive": True,
        },
    ),
    "all surpluses together, fraction cut": (
        {
            "quota": "droop",
            "surplus": "weighted",
            "places": 4,
            "cut": "fraction",
            "surpluses": "together",
            "ties": ("backwards", "lot"),
        },
        {
            "quota_of": droop,
            "surplus": "weighted",
            "places": 4,
            "cut_fraction": True,
            "order": "together",
            "ties": ("backwards",),
        },
    ),
}


def election(chance: Random) -> tuple[list[str], int, Counter[tuple[str, ...]]]:
    names = [f"c{i}" for i in range(chance.randint(2, 7))]
    kinds = []
    for _ in range(chance.randint(1, 12)):
        order = sorted(names, key=lambda name: chance.random() * (1 + names.index(name)))
        kinds.append(tuple(order[: chance.randint(1, len(names))]))
    ballots: Counter[tuple[str, ...]] = Counter()
    for _ in range(chance.choice((6, 12, 40, 200))):
        ballots[chance.choice(kinds)] += 1
    return names, chance.randint(1, min(4, len(names))), ballots


def quick(step: Rank, names: list[str], seats: int, ballots: dict[tuple[str, ...], int], order: list[str]) -> Ranked:
    tier = Ballots({"nation": dict.fromkeys(names, 0)}, rankings={"nation": ballots})
    tally = Tally({"x": tier})
    decisions = {"x.rank": tuple(order)}
    return step.count(start(tally, tier, "x", seats, {}, done={}, decisions=decisions, trail=None))


def in_votes(made: Ranked) -> list[Any]:
    rows = []
    for stage in made.stages:
        votes = {name: stage.votes(n) for name, n in stage.totals.items()}
        won = [name for name, _ in stage.elected]
        rows.append((votes, won, stage.action, list(stage.sources), stage.votes(sum(stage.spent.values()))))
    return rows


@pytest.mark.parametrize("rules", RULES)
def test_both_counts_agree(rules: str) -> None:
    terms, slow_terms = RULES[rules]
    step = Rank(rule="stv", cite="x", **terms)
    chance = Random(f"{rules}/1")
    several = ties = 0
    for _ in range(450):
        names, seats, ballots = election(chance)
        order = names[:]
        chance.shuffle(order)
        drawn = []

        def lot(tied: list[str], question: str, order: list[str] = order, drawn: list[str] = drawn) -> str:
            drawn.append(question)
            line = [name for name in order if name in tied]
            return line[-1] if question == "exclusion" else line[0]

        papers = [ranking for ranking, n in ballots.items() for _ in range(n)]
        made = quick(step, names, seats, ballots, order)
        slow = Slow(seats, lot=lot, **slow_terms)
        assert in_votes(made) == slow.run(papers, names), (names, seats, dict(ballots), order)
        assert list(made.elected) == slow.elected
        several += len(made.stages) > 2
        ties += bool(drawn)
    assert several > 120
    assert ties > 30


def _lot(order: list[str]) -> Any:
    def lot(tied: list[str], question: str) -> str:
        line = [name for name in order if name in tied]
        return line[-1] if question == "exclusion" else line[0]

    return lot


@pytest.mark.parametrize("rule", ["backwards", "forwards"])
def test_both_counts_of_the_alternative_vote_agree(rule: str) -> None:
    step = Rank(rule="alternative", ties=(rule, "lot"), cite="x")
    chance = Random(f"alternative {rule}")
    for _ in range(600):
        names, _, ballots = election(chance)
        order = names[:]
        chance.shuffle(order)
        made = quick(step, names, 1, ballots, order)
        papers = [ranking for ranking, n in ballots.items() for _ in range(n)]
        rows = slow_alternative(papers, names, (rule,), _lot(order))
        assert [dict(stage.totals) for stage in made.stages] == [votes for votes, _, _ in rows]
        assert [stage.sources[0] for stage in made.stages[:-1]] == [name for _, _, name in rows[:-1]]
        assert made.elected == (rows[-1][2],)


def test_both_counts_by_meek_agree() -> None:
    step = Rank(rule="meek", ties=("lot",), cite="x")
    chance = Random("meek")
    for _ in range(120):
        names, seats, ballots = election(chance)
        order = names[:]
        chance.shuffle(order)
        papers = [ranking for ranking, n in ballots.items() for _ in range(min(n, 20))]
        few = {ranking: min(n, 20) for ranking, n in ballots.items()}
        made = quick(step, names, seats, few, order)
        assert list(made.elected) == slow_meek(papers, names, seats, _lot(order))
