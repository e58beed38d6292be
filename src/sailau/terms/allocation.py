"""An allocation: seats of the contenders in one contest, with the proof that they are right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, runtime_checkable

from sailau.terms.divisor import Divisor
from sailau.terms.errors import DrawRequired, Invalid
from sailau.terms.numbers import ratio
from sailau.terms.quota import Quota
from sailau.terms.speech import say

TieRule = Callable[[tuple[str, ...], int], Sequence[str] | None]
"""Called with the tied contenders and the number of seats for them; names the winners, or None if it cannot."""


@runtime_checkable
class SeesSeats(Protocol):
    """A rule for ties that looks at the seats that contenders have when they tie."""

    def __call__(self, tied: tuple[str, ...], choose: int) -> Sequence[str] | None:
        """Return the winners, or None."""
        ...

    def seeing(self, standing: Mapping[str, int]) -> TieRule:
        """Return the rule for these seats."""
        ...


@dataclass(frozen=True, slots=True)
class QuotaCertificate:
    """The quota, what each contender holds of it, and where the last remainder seat was cut.

    Without seats there is no quota, and `quota` is None.
    Whoever holds a remainder seat has a remainder of at least `lowest`; whoever holds none has at most `highest`.
    """

    quota: Fraction | None
    seats: Mapping[str, int]
    remainder_seats: tuple[str, ...]
    lowest: Fraction | None
    highest: Fraction | None


@dataclass(frozen=True, slots=True)
class DivisorCertificate:
    """An interval of divisors: every x in [`low`, `high`] gives these seats by rounding votes / x.

    `low` is the best quotient that won no seat, `high` the weakest that won one, each to the power `power` of the
    sequence. None stands for infinity: as `high` when no seat has a finite price (or there is none), as `low` when
    d(0) = 0 and seats do not suffice for a first one each, so that no divisor gives these seats and votes decide.
    """

    divisor: Divisor
    seats: Mapping[str, int]
    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True, slots=True)
class Allocation:
    """Seats per contender in one contest.

    Attributes
    ----------
    seats : dict of str to int
        Adds up to `n_seats`; every contender of `votes` has an entry.
    votes : dict of str to int
    n_seats : int
    method : Quota or Divisor
    remainder_seats : tuple of str
        Who got a seat by remainder (quota methods), in order of rank.
    tied : tuple of str
        The contenders whose equal claims to the last seat a rule had to settle; empty when there was no tie.
    held : dict of str to int
        Seats that the contenders held before (levelling), included in `seats`.
    limits : dict of str to int
        The most seats that some contenders could hold; who reached it had no claim to more.
    total : int, optional
        Votes that the quota is formed from, where the law takes more than those of `votes`.
    """

    seats: dict[str, int]
    votes: Mapping[str, int]
    n_seats: int
    method: Quota | Divisor
    remainder_seats: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    held: Mapping[str, int] | None = None
    limits: Mapping[str, int] | None = None
    total: int | None = None

    @property
    def quota_total(self) -> int:
        """The votes that a quota is formed from."""
        return sum(self.votes.values()) if self.total is None else self.total

    def certificate(self) -> QuotaCertificate | DivisorCertificate:
        """Return the proof that `sailau.certify` checks with code of its own."""
        if isinstance(self.method, Quota):
            return _quota_certificate(self, self.method)
        return _divisor_certificate(self, self.method)


def _quota_certificate(made: Allocation, quota: Quota) -> QuotaCertificate:
    if made.n_seats == 0:
        return QuotaCertificate(None, made.seats, (), None, None)
    price = quota(made.quota_total, made.n_seats)
    rest = {c: Fraction(v) / price - (Fraction(v) / price).__floor__() for c, v in made.votes.items()}
    lucky = set(made.remainder_seats)
    won = [rest[c] for c in lucky]
    lost = [r for c, r in rest.items() if c not in lucky]
    return QuotaCertificate(
        price, made.seats, made.remainder_seats, min(won, default=None), max(lost, default=None) if won else None
    )


def quotient(votes: int, held: int, divisor: Divisor) -> Fraction | None:
    """Return (votes / d(held)) ** power; None stands for infinity (d(0) = 0)."""
    top, bottom = divisor.at(held)
    return None if top == 0 else ratio(*divisor.rounded(votes**divisor.power * bottom, top))


def _divisor_certificate(made: Allocation, divisor: Divisor) -> DivisorCertificate:
    held = made.held or {}
    last = [quotient(made.votes[c], s - 1, divisor) for c, s in made.seats.items() if s > held.get(c, 0)]
    full = {c for c, n in (made.limits or {}).items() if made.seats.get(c, 0) >= n}
    following = [quotient(v, made.seats[c], divisor) for c, v in made.votes.items() if v > 0 and c not in full]
    finite_last = [q for q in last if q is not None]
    low = None if None in following else max((q for q in following if q is not None), default=Fraction(0))
    return DivisorCertificate(divisor, made.seats, low, min(finite_last, default=None))


def settle(
    tied: Sequence[str], choose: int, ties: TieRule | None, *, standing: Mapping[str, int], why: str
) -> tuple[str, ...]:
    """Pick `choose` of the `tied` contenders by the rule, or raise DrawRequired.

    Raises
    ------
    DrawRequired
        No rule was given, or it cannot tell the contenders apart; for a part of them when it settles the others.
    Invalid
        The rule named somebody who is not tied, or not as many as there are seats.
    """
    names = tuple(sorted(tied))
    if isinstance(ties, SeesSeats):
        ties = ties.seeing(standing)
    try:
        winners = ties(names, choose) if ties else None
    except DrawRequired as part:
        ahead = {c: standing.get(c, 0) + n for c, n in part.standing.items()}
        raise _draw(part.options, part.choose, {**standing, **ahead}, why, part.hint) from None
    if winners is None:
        raise _draw(names, choose, standing, why)
    if len(winners) != choose or len(set(winners)) != choose or not set(winners) <= set(names):
        named = ", ".join(winners)
        raise Invalid(
            say(
                "the tie of {names} needs {choose} of them, not {named}",
                names=", ".join(names),
                choose=choose,
                named=named or say("nobody"),
            )
        )
    return tuple(winners)


def _draw(
    names: Sequence[str], choose: int, standing: Mapping[str, int], why: str, hint: str | None = None
) -> DrawRequired:
    seats = say("the last seat") if choose == 1 else say("the last {n} seats", n=choose)
    what = say("{names} tie for {seats}: {why}", names=", ".join(names), seats=seats, why=why)
    return DrawRequired(what, options=tuple(sorted(names)), choose=choose, standing=standing, hint=hint)
