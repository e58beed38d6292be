"""Ties: the rules by which laws tell equal claims apart. The order of input is none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sailau.seats.count import Count
from sailau.terms.allocation import TieRule
from sailau.terms.errors import DrawRequired, Invalid, NotFound
from sailau.terms.tally import Contender
from sailau.terms.words import listed, named, say

Rank = Callable[[Count, str], Any]


def _registered(count: Count, contender: str) -> int | None:
    return _marks(count, contender).registered


def _votes(count: Count, contender: str) -> int:
    return -count.votes.get(contender, 0)


def _fewest_votes(count: Count, contender: str) -> int:
    return count.votes.get(contender, 0)


def _fewest_seats(count: Count, contender: str) -> int:
    return count.placed.get(contender, 0)


def _marks(count: Count, contender: str) -> Contender:
    return count.tally.contender(contender)


RULES: Mapping[str, tuple[Rank | None, str]] = {
    "registered_first": (_registered, "the list registered earlier"),
    "most_votes": (_votes, "the list with more votes"),
    "fewest_votes": (_fewest_votes, "the list with fewer votes"),
    "fewest_seats": (_fewest_seats, "the list with fewer seats"),
    "backwards": (None, "the last stage of the count at which the votes differed"),
    "forwards": (None, "the first stage of the count at which the votes differed"),
    "first_preferences": (None, "the first preferences"),
    "lot": (None, "a lot"),
    "second_vote": (None, "a second vote between them"),
    "repeat_election": (None, "a new election"),
}
"""Name of the rule, rank (smaller wins; None where something outside the count decides), words."""


def check_rules(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names, or say which is no rule."""
    for name in names:
        if name not in RULES:
            raise NotFound("rule for ties", name, list(RULES))
    return tuple(names)


def tie_rule(count: Count, step: str, names: Sequence[str]) -> TieRule:
    """Return the rule of the law for this step: the named rules in turn, then a decision for what they leave open.

    A decision may name the winners of the whole tie, or of what is left of it; it cannot overrule a rule. Where the
    rules settle a part of the tie, only the rest is left to a lot: the rule then raises DrawRequired for it.
    """

    def settle(tied: tuple[str, ...], choose: int) -> Sequence[str] | None:
        sure: list[str] = []
        left, ended = tied, ""
        for name in names:
            rank = RULES[name][0]
            if rank is None:
                ended = name
                break
            ahead, left = _cut(left, choose - len(sure), rank, count)
            sure += ahead
            if len(sure) == choose:
                break
        given = count.decided(step)
        if given is not None:
            return _follow(given, sure, left, choose, names)
        if len(sure) == choose:
            return sure
        if len(left) < len(tied) and ended in ("", "lot"):
            raise DrawRequired("", options=left, choose=choose - len(sure), standing=dict.fromkeys(sure, 1))
        return None

    return settle


def _follow(
    given: Sequence[str], sure: Sequence[str], left: Sequence[str], choose: int, names: Sequence[str]
) -> Sequence[str]:
    """Return the winners by a decision, or refuse one against the rules."""
    rest = [c for c in given if c not in sure]
    fits = len(rest) == choose - len(sure) and set(rest) <= set(left)
    if fits and given and len(set(given)) == len(given) and len(given) in (len(rest), choose):
        return [*sure, *rest]
    rules = say(", then ").join(map(named, names)) or say("the law")
    raise Invalid(
        say(
            "the decision names {given}, but {rules} gives {sure} a seat and leaves {choose} open for {left}",
            given=listed(given),
            rules=rules,
            sure=listed(sure),
            choose=choose - len(sure),
            left=listed(left),
        )
    )


def in_words(names: Sequence[str]) -> str:
    """Say who or what decides a tie that the ranks of `names` leave open."""
    last = [RULES[name][1] for name in names if RULES[name][0] is None]
    return (
        say("the law sends it to {last}", last=say(last[0])) if last else say("the law names no way to tell them apart")
    )


def _cut(tied: tuple[str, ...], choose: int, rank: Rank, count: Count) -> tuple[list[str], tuple[str, ...]]:
    """Return who is surely ahead by this rank, and who is still equal around the cut."""
    ranks = {c: rank(count, c) for c in tied}
    if any(r is None for r in ranks.values()):
        return [], tied
    line = sorted(tied, key=lambda c: ranks[c])
    edge = ranks[line[choose - 1]]
    ahead = [c for c in line if ranks[c] < edge]
    equal = tuple(c for c in line if ranks[c] == edge)
    if len(ahead) + len(equal) == choose:
        return ahead + list(equal), ()
    return ahead, equal
