"""The persons who take a list's seats: in the order of the list or of their votes, with a part for groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from sailau.seats.count import Count
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import LawSilent, MissingFigure
from sailau.terms.speech import say
from sailau.terms.tally import LINES

Order = Literal["list_order", "preference_votes"]
Claim = tuple[int, int]
"""What persons of a list are ranked by: those who jump its order come first, then votes, or the place on the list."""


def candidates_of(count: Count, tier: str) -> dict[str, dict[str, int]]:
    """Return the candidates' votes here by the list that they stand on; empty where the tally has none."""
    ballots = count.tally.tiers.get(tier)
    cast = ballots.votes.get(count.area, {}) if ballots else {}
    lists = {count.tally.party(line): line for line in count.contenders()}
    out: dict[str, dict[str, int]] = {}
    for person, n in cast.items():
        line = lists.get(count.tally.party(person))
        if line is not None and person not in LINES:
            out.setdefault(line, {})[person] = n
    return out


def in_order(
    count: Count, persons: Mapping[str, int], order: Order, jump: Fraction | None = None
) -> list[tuple[str, Claim]]:
    """Return (person, claim) from the first to the last; equal claims stand side by side.

    With `jump`, votes count for those alone who have so many; they come first, and the others follow as on the list.

    Raises
    ------
    MissingFigure
        The order of the list is asked for, but a person has no place on it (`registered`).
    """
    if order == "preference_votes" and jump is None:
        return _sorted({person: (0, n) for person, n in persons.items()})
    places = {person: count.tally.contender(person).registered for person in persons}
    unknown = sorted(person for person, place in places.items() if place is None)
    if unknown:
        raise MissingFigure(
            say("the place of {unknown} on its list is not known", unknown=", ".join(unknown[:5])),
            hint=say("give it as `registered` in contenders.csv"),
        )
    high = jump if order == "preference_votes" else None
    return _sorted(
        {
            person: (1, persons[person]) if high is not None and persons[person] >= high else (0, -(place or 0))
            for person, place in places.items()
        }
    )


def _sorted(claims: Mapping[str, Claim]) -> list[tuple[str, Claim]]:
    return sorted(claims.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))


def seated(
    count: Count, line: Sequence[tuple[str, Claim]], seats: int, need: int, groups: Sequence[str], ties: Sequence[str]
) -> tuple[list[str], dict[str, str]]:
    """Return who takes the seats, and who of a group takes whose place.

    The first of the line are seated; where they hold fewer of a group than `need`, the last of the others make room
    for the next of the group.

    Raises
    ------
    DrawRequired
        Equal claims at the cut, and no rule of the law settles it.
    LawSilent
        The line has too few persons of the group.
    """
    first = _cut(count, line, seats, ties)
    members = [person for person in first if is_of(count, person, groups)]
    others = [person for person in first if person not in members]
    lacking = max(0, min(need, len(first)) - len(members))
    rest = [(p, n) for p, n in line if p not in first and is_of(count, p, groups)]
    if len(rest) < lacking:
        names = ", ".join(groups) or say("the favoured groups")
        raise LawSilent(
            say(
                "{need} of {seats} seats are for {names}, but the list has {n} of them",
                need=need,
                seats=seats,
                names=names,
                n=len(members) + len(rest),
            )
        )
    new = _cut(count, rest, lacking, ties)
    out = others[len(others) - lacking :]
    kept = [person for person in first if person not in out]
    return kept + new, dict(zip(new, reversed(out), strict=True))


def is_of(count: Count, person: str, groups: Sequence[str]) -> bool:
    """Say whether a person has the mark of one of the groups."""
    return bool(count.tally.contender(person).traits.intersection(groups))


def _cut(count: Count, line: Sequence[tuple[str, Claim]], n: int, ties: Sequence[str]) -> list[str]:
    if n <= 0 or n >= len(line):
        return [person for person, _ in line[: max(n, 0)]]
    edge = line[n - 1][1]
    sure = [person for person, claim in line if claim > edge]
    equal = sorted(person for person, claim in line if claim == edge)
    left = n - len(sure)
    if len(equal) > left:
        rule = tie_rule(count, "fill", ties)
        equal = list(settle(equal, left, rule, standing={}, why=say("equal claims to a seat of their list")))
    return sure + equal
