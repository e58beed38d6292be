"""Ties: the rules by which laws tell equal claims apart. The order of input is none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from sailau.seats.count import Count
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


def _votes_in_all(count: Count, contender: str) -> int:
    return -count.cast.get(contender, 0)


def _youngest(count: Count, contender: str) -> Fraction | None:
    return _marks(count, contender).age


def _oldest(count: Count, contender: str) -> Fraction | None:
    age = _marks(count, contender).age
    return None if age is None else -age


def _unknown(*_: object) -> int:
    """Rank by what only the formula knows: nobody is ahead where it says nothing."""
    return 0


RULES: Mapping[str, tuple[Rank | None, str]] = {
    "registered_first": (_registered, "the list registered earlier"),
    "most_votes": (_votes, "the list with more votes"),
    "fewest_votes": (_fewest_votes, "the list with fewer votes"),
    "fewest_seats": (_fewest_seats, "the list with fewer seats"),
    "most_votes_in_all": (_votes_in_all, "the list with more votes in all"),
    "largest_remainder": (_unknown, "the list with the larger remainder of the first division"),
    "short_of_held": (_unknown, "the list that else stays below the seats it holds"),
    "youngest": (_youngest, "the younger ones"),
    "oldest": (_oldest, "the older ones"),
    "backwards": (None, "the last stage of the count at which the votes differed"),
    "forwards": (None, "the first stage of the count at which the votes differed"),
    "first_preferences": (None, "the first preferences"),
    "persons_votes": (None, "the votes of the persons who would have the seat"),
    "most_areas": (None, "the number of precincts or constituencies in which each of them is ahead"),
    "alternate": (None, "a lot at the first tie, and to each of them in turn at the next ones"),
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


@dataclass(frozen=True, slots=True)
class TieOrder:
    """The rules of a law for the ties of a step, in turn.

    Attributes
    ----------
    count : Count
    step : str
        Under whose name a decision from outside is given.
    names : tuple of str
    standing : mapping of str to int
        Seats that contenders have in this distribution when they tie.
    remainders : mapping of str to int
        What whole quotas left of the votes, where the formula has a quota.
    """

    count: Count
    step: str
    names: tuple[str, ...]
    standing: Mapping[str, int] = field(default_factory=dict)
    remainders: Mapping[str, int] = field(default_factory=dict)

    def seeing(self, standing: Mapping[str, int]) -> TieOrder:
        """Return the rules with the seats that contenders have so far."""
        return replace(self, standing=standing)

    def after(self, remainders: Mapping[str, int]) -> TieOrder:
        """Return the rules with the remainders of whole quotas."""
        return replace(self, remainders=remainders)

    def __call__(self, tied: tuple[str, ...], choose: int) -> Sequence[str] | None:
        """Return who wins, or None where something outside the count decides about all of them.

        A decision may name the winners of the whole tie, or of what is left of it; it cannot overrule a rule. Where
        the rules settle a part of the tie, only the rest is left to a lot: DrawRequired is raised for it.
        """
        sure: list[str] = []
        left, ended = tied, ""
        for name in self.names:
            if RULES[name][0] is None:
                ended = name
                break
            ahead, left = _cut(left, choose - len(sure), lambda c, name=name: self._rank(name, c))  # type: ignore[misc]  # the name is bound
            sure += ahead
            if len(sure) == choose:
                break
        given = self.count.decided(self.step)
        if given is not None:
            return self._turned(_follow(given, sure, left, choose, self.names), sure, left, ended)
        if len(sure) == choose:
            return sure
        in_turn = self._in_turn(sure, left, choose, ended)
        if in_turn or (len(left) < len(tied) and ended not in ("second_vote", "repeat_election")):
            hint = say("name who won the lot at the first tie between them; later ties go to each in turn")
            raise DrawRequired(
                "",
                options=left,
                choose=choose - len(sure),
                standing=dict.fromkeys(sure, 1),
                hint=hint if in_turn else None,
            )
        return None

    def _rank(self, name: str, contender: str) -> Any:
        if name == "largest_remainder":
            return -self.remainders.get(contender, 0)
        if name == "short_of_held":
            return self.standing.get(contender, 0) >= self.count.floor.get(contender, 0)
        rank = RULES[name][0]
        return None if rank is None else rank(self.count, contender)

    def _in_turn(self, sure: Sequence[str], left: Sequence[str], choose: int, ended: str) -> bool:
        """Say whether two are left who have tied before, at every seat that they have so far."""
        held = {self.standing.get(c, 0) for c in left}
        return ended == "alternate" and len(left) == 2 and choose - len(sure) == 1 and len(held) == 1

    def _turned(self, winners: Sequence[str], sure: Sequence[str], left: Sequence[str], ended: str) -> Sequence[str]:
        """Return the winners where a decision names who won the lot at the first of several ties."""
        if not self._in_turn(sure, left, len(winners), ended) or self.standing.get(left[0], 0) % 2 == 0:
            return winners
        return [*sure, *(c for c in left if c not in winners)]


def tie_rule(count: Count, step: str, names: Sequence[str]) -> TieOrder:
    """Return the rule of the law for this step: the named rules in turn, then a decision for what they leave open."""
    return TieOrder(count, step, tuple(names))


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


def _cut(tied: tuple[str, ...], choose: int, rank: Callable[[str], Any]) -> tuple[list[str], tuple[str, ...]]:
    """Return who is surely ahead by this rank, and who is still equal around the cut."""
    ranks = {c: rank(c) for c in tied}
    if any(r is None for r in ranks.values()):
        return [], tied
    line = sorted(tied, key=lambda c: ranks[c])
    edge = ranks[line[choose - 1]]
    ahead = [c for c in line if ranks[c] < edge]
    equal = tuple(c for c in line if ranks[c] == edge)
    if len(ahead) + len(equal) == choose:
        return ahead + list(equal), ()
    return ahead, equal
