"""The properties of apportionment methods: each a predicate, the cases it is put to, and a wrong method it must catch.

A method is held to all its outcomes, so ties count: what a lot can bring about must keep the property too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from hypothesis import strategies as st
from tests.properties.reference import METHODS, Method, Votes, canon

NAMES = "ABCDE"

_count = st.one_of(st.integers(0, 12), st.integers(0, 60), st.integers(2**60, 2**60 + 40))


@st.composite
def votes(draw: st.DrawFn, smallest: int = 0, least: int = 2) -> Votes:
    figures = draw(st.lists(_count, min_size=least, max_size=5).filter(any))
    return {name: max(smallest, n) for name, n in zip(NAMES, figures, strict=False)}


seats = st.integers(0, 9)


@dataclass(frozen=True)
class Property:
    """What a method keeps: the cases, the predicate `holds(method, *case)`, and the method it must catch."""

    name: str
    cases: st.SearchStrategy[tuple[Any, ...]]
    holds: Callable[..., bool]
    wrong: Method


def anonymity(method: Method, ballots: Votes, house: int, order: list[int], rename: list[int]) -> bool:
    """Neither the order of the dict nor the names matter."""
    names = list(ballots)
    shuffled = {names[i]: ballots[names[i]] for i in order if i < len(names)}
    if canon(method(shuffled, house)) != canon(method(ballots, house)):
        return False
    alias = dict(zip(names, (NAMES[i] for i in rename), strict=False))
    renamed = method({alias[c]: n for c, n in ballots.items()}, house)
    made = method(ballots, house)
    return canon(renamed) == (None if made is None else canon({alias[c]: s for c, s in out.items()} for out in made))


def concordance(method: Method, ballots: Votes, house: int) -> bool:
    """More votes never bring fewer seats than another's."""
    pairs = [(a, b) for a in ballots for b in ballots if ballots[a] > ballots[b]]
    return all(out[a] >= out[b] for out in method(ballots, house) or () for a, b in pairs)


def balance(method: Method, ballots: Votes, house: int) -> bool:
    """Equal votes bring equal seats, give or take one."""
    pairs = [(a, b) for a, b in combinations(ballots, 2) if ballots[a] == ballots[b]]
    return all(abs(out[a] - out[b]) <= 1 for out in method(ballots, house) or () for a, b in pairs)


def homogeneity(method: Method, ballots: Votes, house: int, k: int) -> bool:
    """Only the proportions of the votes matter."""
    return canon(method(ballots, house)) == canon(method({c: n * k for c, n in ballots.items()}, house))


def exactness(method: Method, fair: Votes, k: int) -> bool:
    """Whole fair shares are the outcome, and the only one."""
    return method({c: n * k for c, n in fair.items()}, sum(fair.values())) == [fair]


def house(method: Method, ballots: Votes, house: int) -> bool:
    """One more seat in the house costs nobody a seat."""
    small, large = method(ballots, house), method(ballots, house + 1)
    if small is None or large is None:
        return True

    def grows(a: Votes, b: Votes) -> bool:
        return all(b[c] >= a[c] for c in a)

    return all(any(grows(a, b) for b in large) for a in small) and all(any(grows(a, b) for a in small) for b in large)


def more_votes(method: Method, ballots: Votes, house: int, who: int, gain: int) -> bool:
    """A contender that gains votes while all others stay loses no seat."""
    name = NAMES[who % len(ballots)]
    before, after = method(ballots, house), method(ballots | {name: ballots[name] + gain}, house)
    if before is None or after is None:
        return True
    was, now = [out[name] for out in before], [out[name] for out in after]
    return max(now) >= max(was) and min(now) >= min(was)


def population(method: Method, ballots: Votes, later: Votes, house: int) -> bool:
    """Nobody who grew against a rival gives it a seat."""
    both = {c: later[c] for c in ballots if c in later}
    ballots = {c: ballots[c] for c in both}
    if not any(ballots.values()) or not any(both.values()):
        return True
    grew = [(i, j) for i in both for j in both if both[i] * ballots[j] > ballots[i] * both[j]]
    for a in method(ballots, house) or ():
        for b in method(both, house) or ():
            if any(b[i] < a[i] and b[j] > a[j] for i, j in grew):
                return False
    return True


def lower_quota(method: Method, ballots: Votes, house: int) -> bool:
    """Nobody gets less than its fair share rounded down."""
    total = sum(ballots.values())
    return all(out[c] >= n * house // total for out in method(ballots, house) or () for c, n in ballots.items())


def upper_quota(method: Method, ballots: Votes, house: int) -> bool:
    """Nobody gets more than its fair share rounded up."""
    total = sum(ballots.values())
    return all(out[c] <= -(-n * house // total) for out in method(ballots, house) or () for c, n in ballots.items())


def consistency(method: Method, ballots: Votes, house: int, part: set[str]) -> bool:
    """Every part of a fair division is fair: some contenders and their seats, counted alone, come out the same."""
    some = {c: n for c, n in ballots.items() if c in part}
    if not some:
        return True
    for out in method(ballots, house) or ():
        theirs = {c: out[c] for c in some}
        again = method(some, sum(theirs.values()))
        if again is None or theirs not in again:
            return False
    return True


def merger(method: Method, ballots: Votes, house: int) -> bool:
    """Two lists that merge keep their seats."""
    first, second, *_ = ballots
    merged = {c: n for c, n in ballots.items() if c != second} | {first: ballots[first] + ballots[second]}
    apart, together = method(ballots, house), method(merged, house)
    if apart is None or together is None:
        return True
    was, now = [out[first] + out[second] for out in apart], [out[first] for out in together]
    return max(now) >= max(was) and min(now) >= min(was)


def splitting(method: Method, ballots: Votes, house: int) -> bool:
    """A list that splits in two keeps its seats, where the seats suffice for one each."""
    first, second, *_ = ballots
    house += len(ballots)
    merged = {c: n for c, n in ballots.items() if c != second} | {first: ballots[first] + ballots[second]}
    apart, together = method(ballots, house), method(merged, house)
    if apart is None or together is None:
        return True
    was, now = [out[first] for out in together], [out[first] + out[second] for out in apart]
    return max(now) >= max(was) and min(now) >= min(was)


# Methods that are wrong on purpose.


def _first_in_order(ballots: Votes, house: int) -> list[Votes]:
    """Hare, ties to whoever stands first."""
    return (METHODS["hare"](ballots, house) or [])[:1]


def _smallest_remainder(ballots: Votes, house: int) -> list[Votes]:
    total = sum(ballots.values())
    whole = {c: n * house // total for c, n in ballots.items()}
    line = sorted(ballots, key=lambda c: ballots[c] * house % total)
    for contender in line[: house - sum(whole.values())]:
        whole[contender] += 1
    return [whole]


def _winner_takes_all(ballots: Votes, house: int) -> list[Votes]:
    best = max(ballots.values())
    return [{c: house if c == winner else 0 for c in ballots} for winner, n in ballots.items() if n == best]


def _floored_quotients(ballots: Votes, house: int) -> list[Votes]:
    """D'Hondt on quotients without their fractions, first come first served (a published package does this)."""
    got = dict.fromkeys(ballots, 0)
    for _ in range(house):
        got[max(ballots, key=lambda c: ballots[c] // (got[c] + 1))] += 1
    return [got]


def _by_parity(ballots: Votes, house: int) -> list[Votes] | None:
    return METHODS["dhondt" if house % 2 else "adams"](ballots, house)


def _leader_at_half(ballots: Votes, house: int) -> list[Votes] | None:
    best = max(ballots.values())
    return METHODS["dhondt"]({c: n // 2 if n == best else n for c, n in ballots.items()}, house) if best > 1 else None


def _with_a_bar(ballots: Votes, house: int) -> list[Votes]:
    """D'Hondt among those with a fifth of the votes."""
    total = sum(ballots.values())
    passed = {c: n for c, n in ballots.items() if 5 * n >= total}
    return [dict.fromkeys(ballots, 0) | out for out in METHODS["dhondt"](passed, house) or ()]


def _with_a_bonus(ballots: Votes, house: int) -> list[Votes]:
    """A third of the seats to the largest, the rest by D'Hondt."""
    best, bonus = max(ballots.values()), house // 3
    shared = METHODS["dhondt"](ballots, house - bonus) or []
    return [out | {c: out[c] + bonus} for out in shared for c, n in ballots.items() if n == best]


def _two_at_once(ballots: Votes, house: int) -> list[Votes] | None:
    """D'Hondt in pairs of seats."""
    pairs = METHODS["dhondt"](ballots, house // 2)
    return None if pairs is None or house % 2 else [{c: 2 * s for c, s in out.items()} for out in pairs]


_orders = st.permutations(range(len(NAMES)))
_fair = st.lists(st.integers(0, 9), min_size=2, max_size=5).filter(any)

PROPERTIES: dict[str, Property] = {
    p.name: p
    for p in (
        Property("anonymity", st.tuples(votes(), seats, _orders, _orders), anonymity, _first_in_order),
        Property("concordance", st.tuples(votes(), seats), concordance, _smallest_remainder),
        Property("balance", st.tuples(votes(), seats), balance, _two_at_once),
        Property("homogeneity", st.tuples(votes(), seats, st.integers(2, 40)), homogeneity, _floored_quotients),
        Property(
            "exactness",
            st.tuples(_fair.map(lambda f: dict(zip(NAMES, f, strict=False))), st.integers(1, 60)),
            exactness,
            _two_at_once,
        ),
        Property("house", st.tuples(votes(), seats), house, _by_parity),
        Property(
            "more_votes",
            st.tuples(votes(), seats, st.integers(0, 4), st.integers(1, 20)),
            more_votes,
            _leader_at_half,
        ),
        Property("population", st.tuples(votes(), votes(), seats), population, _leader_at_half),
        Property("lower_quota", st.tuples(votes(), seats), lower_quota, _winner_takes_all),
        Property("upper_quota", st.tuples(votes(), seats), upper_quota, _winner_takes_all),
        Property("consistency", st.tuples(votes(), seats, st.sets(st.sampled_from(NAMES))), consistency, _with_a_bonus),
        Property("merger", st.tuples(votes(), seats), merger, _leader_at_half),
        Property("splitting", st.tuples(votes(), seats), splitting, _with_a_bar),
    )
}
