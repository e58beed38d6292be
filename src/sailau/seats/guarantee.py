"""guarantee: at least so many lists, whatever the bar says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from sailau.seats.count import Count, each_area
from sailau.seats.threshold import Base
from sailau.seats.ties import tie_rule
from sailau.terms.allocation import settle
from sailau.terms.errors import InvalidLaw, LawSilent
from sailau.terms.numbers import check_share
from sailau.terms.trail import Cause, Entry
from sailau.terms.words import Words, listed, say, spell


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """Admit the next largest lists when fewer than `lists` passed the bar, or those that did have too few votes.

    Attributes
    ----------
    lists : int
        Lists that take part at the least.
    share, of : Fraction, str
        The share of a base that the lists taking part need together; until they have it the next largest list joins
        them, with all that are equal to it.
    when : str
        ``exactly_one``: only when one list passed; ``fewer``: whenever fewer than `lists` did.
    weight : Fraction
        What the number of quotas of an admitted list is multiplied by.
    minimum : int
        Seats that an admitted list gets at the least.
    rest : str
        Who takes the seats left after whole quotas when a list was admitted: ``passed`` (the list that passed), or
        ``formula``: the admitted lists are like all others in the formula of the law.
    ties : tuple of str
        Rules for two lists that are equally next.
    """

    name: ClassVar[str] = "guarantee"
    lists: int
    share: Fraction | None = None
    of: Base = "valid"
    admit: Literal["next_largest"] = "next_largest"
    when: Literal["exactly_one", "fewer"] = "exactly_one"
    weight: Fraction = Fraction(1)
    minimum: int = 0
    rest: Literal["passed", "formula"] = "passed"
    ties: tuple[str, ...] = ()
    cite: str

    def __post_init__(self) -> None:
        """Refuse terms for the quotas of admitted lists where the formula knows no difference."""
        if self.share is not None:
            check_share("guarantee.share", self.share)
        if self.rest == "formula" and (self.weight != 1 or self.minimum):
            raise InvalidLaw(
                say("guarantee: with rest: formula an admitted list has no weight and no minimum of its own")
            )

    def apply(self, count: Count) -> Count:
        """Return the count with the admitted lists taking part again."""
        passed = count.contenders()
        short = self.lists - len(passed)
        others = {c: n for c, n in count.below.items() if n and c not in passed}
        wanted = short > 0 and (self.when == "fewer" or len(passed) == 1)
        admitted = self._next(count, others, min(short, len(others))) if wanted and others else ()
        admitted += self._up_to_share(count, passed, others, admitted)
        if not admitted:
            return count.note("guarantee.idle", self.cite, lambda: ({"lists": self.lists, "passed": len(passed)}, ()))
        terms = dict.fromkeys(admitted, self) if self.rest == "passed" else {}
        votes = passed | {c: others[c] for c in admitted}
        count = count.note("guarantee", self.cite, lambda: (self._facts(passed, {c: others[c] for c in admitted}), ()))
        count = count.but(votes=votes, admitted=terms)
        return each_area(count, lambda part: _let_in(part, admitted)) if count.areas else count

    def _up_to_share(
        self, count: Count, passed: Mapping[str, int], others: Mapping[str, int], admitted: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return who joins besides, so that those who take part have their share of the base together."""
        if self.share is None:
            return ()
        goal = self.share * count.base(self.of)
        votes = sum(passed.values()) + sum(others[c] for c in admitted)
        more: list[str] = []
        for n in sorted((n for c, n in others.items() if c not in admitted), reverse=True):
            if votes >= goal:
                break
            equal = sorted(c for c in others if others[c] == n and c not in admitted and c not in more)
            votes += n * len(equal)
            more += equal
        return tuple(more)

    def _next(self, count: Count, others: Mapping[str, int], n: int) -> tuple[str, ...]:
        line = sorted(others, key=lambda c: (-others[c], c))
        cut = others[line[n - 1]]
        sure = [c for c in line if others[c] > cut]
        equal = [c for c in line if others[c] == cut]
        if len(sure) + len(equal) == n:
            return tuple(sure + equal)
        rule = tie_rule(count, self.name, self.ties)
        return (*sure, *settle(equal, n - len(sure), rule, standing=count.placed, why=say("equally next in votes")))

    def _facts(self, passed: Mapping[str, int], admitted: Mapping[str, int]) -> dict[str, object]:
        return {
            "lists": self.lists,
            "passed": dict(passed),
            "admitted": dict(admitted),
            "weight": self.weight,
            "minimum": self.minimum,
            "rest": self.rest,
        }

    @staticmethod
    def words(entry: Entry) -> Words:
        """Say whether the guarantee was needed, and whom it let in."""
        facts = entry.facts
        if entry.key == "guarantee.idle":
            sentence = "{passed} lists passed, so the guarantee of {lists} is not needed"
            return [("guarantee", say(sentence, passed=facts["passed"], lists=facts["lists"]))]
        if facts["rest"] == "formula":
            sentence = "{passed} passed; let in as next largest: {admitted}"
            names = {"passed": listed(list(facts["passed"])), "admitted": listed(facts["admitted"])}
            return [("guarantee", say(sentence, **names))]
        sentence = (
            "{passed} passed alone; let in as next largest: {admitted}, with {weight} of its quotas "
            "and at least {minimum} seats"
        )
        text = say(
            sentence,
            passed=listed(list(facts["passed"])),
            admitted=listed(facts["admitted"]),
            weight=spell(facts["weight"]),
            minimum=facts["minimum"],
        )
        return [("guarantee", text)]

    @staticmethod
    def words_on(entry: Entry, contender: str) -> Words:
        """Say that the guarantee let a contender in."""
        return Guarantee.words(entry) if contender in entry.facts.get("admitted", ()) else []


def _let_in(part: Count, admitted: tuple[str, ...]) -> Count:
    """Return a district in which the admitted lists, or those of a pool, take part again with their votes there."""
    again = {c: part.cast[c] for c in admitted if c in part.cast}
    pools = {c: part.pools[c] for c in admitted if c in part.pools}
    again |= {name: sum(part.cast[member] for member in members) for name, members in pools.items()}
    return part.but(votes={**part.votes, **again})


def _yield(count: Count, got: dict[str, int], passed: str, over: int) -> None:
    """Settle that whole quotas and the minimum need more seats than there are, by a decision from outside only."""
    decision = count.decided("allocate")
    if decision == ("minimum",):
        got[passed] -= over
        return
    lists = sorted(count.admitted)
    if decision == ("quotas",) and len(lists) == 1:
        got[lists[0]] -= over
        return
    raise LawSilent(
        say(
            "{passed} has {got} seats by whole quotas, and the minimum of {lists} needs {over} more than there are; "
            "the law does not say which yields",
            passed=passed,
            got=got[passed],
            lists=", ".join(lists),
            over=over,
        ),
        options=("minimum", "quotas"),
        hint=say("minimum: the guaranteed seats stand; quotas: the whole quotas stand"),
    )


def weighted_quotas(count: Count, price: Fraction, cite: str) -> Count:
    """Place seats where a guarantee admitted lists: weighted whole quotas, a minimum, the rest to those that passed.

    Raises
    ------
    LawSilent
        The minimum takes more seats than there are, or several lists passed and the law does not say who gets the rest.
    """
    votes, seats = count.contenders(), count.left()
    claims = {
        c: Fraction(n) / price * (count.admitted[c].weight if c in count.admitted else 1) for c, n in votes.items()
    }
    got = {c: claim.numerator // claim.denominator for c, claim in claims.items()}
    for contender, terms in count.admitted.items():
        got[contender] = max(got[contender], terms.minimum)
    passed = [c for c in votes if c not in count.admitted]
    rest = seats - sum(got.values())
    if rest and len(passed) != 1:
        raise LawSilent(
            say("{rest} seats are left after the guaranteed ones; the law does not say to whom they go", rest=rest)
        )
    if rest < 0:
        _yield(count, got, passed[0], -rest)
        rest = 0
    whole = dict(got)
    if rest:
        got[passed[0]] += rest

    def made() -> tuple[dict[str, object], list[Cause]]:
        facts = {"quota": price, "seats": seats, "claims": claims, "whole": whole, "rest": rest, "to": passed}
        causes = []
        for contender in sorted(got, key=lambda c: (-votes[c], c)):
            kind = "guarantee" if contender in count.admitted else "quota"
            causes.append(Cause(contender, tuple(range(1, whole[contender] + 1)), kind, claims[contender]))
        if rest:
            last = got[passed[0]]
            causes.append(Cause(passed[0], tuple(range(last - rest + 1, last + 1)), "rest", claims[passed[0]]))
        return facts, causes

    return count.note("allocate.guaranteed", cite, made).place(got)
