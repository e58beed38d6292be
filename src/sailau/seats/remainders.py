"""Quota methods: whole quotas first, the rest to the largest remainders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from sailau.terms.allocation import Allocation, TieRule, settle
from sailau.terms.errors import InvalidVotes, LawSilent
from sailau.terms.moving import Moving, on_one_scale
from sailau.terms.numbers import check_seats, check_votes
from sailau.terms.quota import Quota, quota_named
from sailau.terms.speech import coded, say


def largest_remainder(
    votes: Mapping[str, int],
    seats: int,
    *,
    quota: str | Quota = "hare",
    ties: TieRule | None = None,
    total: int | None = None,
) -> Allocation:
    """Share out seats by whole quotas, the rest to the largest remainders.

    Parameters
    ----------
    votes : Mapping[str, int]
        Votes of the contenders that take part; counts, not shares.
    seats : int
        Seats to share out (the magnitude), at least 0.
    quota : str or Quota, optional
        Votes per seat, exact unless the law rounds; names as in `sailau formulas`.
    ties : TieRule, optional
        Who wins equal remainders.
    total : int, optional
        Votes that the quota is formed from, where the law takes more than those of `votes`.

    Returns
    -------
    Allocation
        Seats per contender, adding up to `seats`, with a certificate.

    Raises
    ------
    DrawRequired
        The last seat is tied and `ties` does not settle it.
    LawSilent
        The quota gives out more seats than there are, or leaves more than one for each contender.
    InvalidVotes, InvalidSeats
        The input is no count of votes, or no number of seats.

    Notes
    -----
    Keeps quota (with `hare`) and homogeneity [1]_; breaks house and vote monotonicity.

    References
    ----------
    .. [1] M. L. Balinski and H. P. Young, *Fair Representation*, 2nd ed., 2001.

    Examples
    --------
    >>> votes = dict(A=47_000, B=16_000, C=15_800, D=12_000, E=6_100, F=3_100)
    >>> largest_remainder(votes, 10).seats
    {'A': 5, 'B': 2, 'C': 1, 'D': 1, 'E': 1, 'F': 0}
    """
    rule = quota_named(quota)
    votes, seats = check_votes(votes), check_seats(seats)
    if seats == 0:
        return Allocation(dict.fromkeys(votes, 0), votes, 0, rule)
    whole, rests, left = whole_quotas(votes, seats, rule, total)
    if left == 0:
        return Allocation(whole, votes, seats, rule, total=total)
    if left < 0:
        raise LawSilent(
            say(
                "the {quota} gives out {given} seats by whole quotas, but there are {seats}",
                quota=coded(rule.name),
                given=seats - left,
                seats=seats,
            )
        )
    if Moving in map(type, votes.values()):
        return replace(_moving(votes, seats, rule, whole, rests, left, ties), total=total)
    return replace(_by_remainder(votes, seats, rule, whole, rests, left, ties), total=total)


def _moving(
    votes: dict[str, int],
    seats: int,
    rule: Quota,
    whole: dict[str, int],
    rests: dict[str, int],
    left: int,
    ties: TieRule | None,
) -> Allocation:
    """Return the allocation of votes that move, which compare the remainders that won a seat with all others."""
    takers = [c for c in votes if votes[c]]
    made = _by_remainder(on_one_scale(votes), seats, rule, dict(whole), on_one_scale(rests), left, ties)
    for one in made.remainder_seats:
        for other in takers:
            if other not in made.remainder_seats and not rests[one] > rests[other] and rests[one] != rests[other]:
                raise ValueError("these are not the remainders of these votes")
    return made


def price_of(votes: Mapping[str, int], seats: int, rule: Quota, total: int | None = None) -> Fraction:
    """Return the votes that a seat costs; `total` where the quota is formed from more than these votes.

    Raises
    ------
    InvalidVotes
        Nobody has a vote.
    LawSilent
        A rounded quota is 0 votes.
    """
    total = sum(votes.values()) if total is None else total
    if total == 0:
        hint = say("give the votes of at least one contender that takes part")
        raise InvalidVotes(say("nobody has a vote, so no quota can be formed"), hint=hint)
    price = rule(total, seats)
    if price == 0:
        raise LawSilent(
            say(
                "the {name} of {total:,} votes and {seats:,} seats is 0 votes a seat",
                name=rule.name,
                total=total,
                seats=seats,
            )
        )
    return price


def whole_quotas(
    votes: Mapping[str, int], seats: int, rule: Quota, total: int | None = None
) -> tuple[dict[str, int], dict[str, int], int]:
    """Return whole quotas, remainders (on one common scale) and the number of seats left (negative: too many)."""
    price = price_of(votes, seats, rule, total)
    top, bottom = price.numerator, price.denominator
    whole: dict[str, int] = {}
    rests: dict[str, int] = {}
    for contender, count in votes.items():
        whole[contender], rests[contender] = divmod(count * bottom, top)
    return whole, rests, seats - sum(whole.values())


def _by_remainder(
    votes: dict[str, int],
    seats: int,
    rule: Quota,
    whole: dict[str, int],
    rests: dict[str, int],
    left: int,
    ties: TieRule | None,
) -> Allocation:
    takers = [c for c in votes if votes[c]]
    if left > len(takers):
        raise LawSilent(
            say("{left} seats are left after whole quotas, more than the {n} remainders", left=left, n=len(takers))
        )
    takers.sort(key=lambda c: (-rests[c], c))
    lucky = takers[:left]
    tied: tuple[str, ...] = ()
    cut = rests[takers[left - 1]]
    if left < len(takers) and rests[takers[left]] == cut:
        sure = [c for c in takers if rests[c] > cut]
        tied = tuple(sorted(c for c in takers if rests[c] == cut))
        standing = whole | {c: whole[c] + 1 for c in sure}
        lucky = sure + list(settle(tied, left - len(sure), ties, standing=standing, why=say("equal remainders")))
    for contender in lucky:
        whole[contender] += 1
    return Allocation(whole, votes, seats, rule, tuple(lucky), tied)
