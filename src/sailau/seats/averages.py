"""Divisor methods: each seat to the highest quotient of votes and divisor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from sailau.terms.allocation import Allocation, TieRule, settle
from sailau.terms.divisor import Divisor, divisor_named
from sailau.terms.errors import InvalidSeats, InvalidVotes, LawSilent
from sailau.terms.moving import Moving, on_one_scale
from sailau.terms.numbers import check_seats, check_votes, ratio
from sailau.terms.speech import say


def highest_averages(
    votes: Mapping[str, int],
    seats: int,
    *,
    divisor: str | Divisor = "dhondt",
    ties: TieRule | None = None,
    held: Mapping[str, int] | None = None,
    limits: Mapping[str, int] | None = None,
) -> Allocation:
    """Share out seats one by one, each to the contender with the highest quotient.

    Parameters
    ----------
    votes : Mapping[str, int]
        Votes of the contenders that take part; counts, not shares.
    seats : int
        Seats to share out, `held` ones not included.
    divisor : str or Divisor, optional
        The divisor sequence; names as in `sailau formulas`.
    ties : TieRule, optional
        Who wins equal quotients.
    held : Mapping[str, int], optional
        Seats that the contenders hold already; the count goes on from there (levelling).
    limits : Mapping[str, int], optional
        The most seats a contender can hold, for instance its number of candidates.

    Returns
    -------
    Allocation
        Seats per contender, those `held` included, with a certificate.

    Raises
    ------
    DrawRequired
        The last seat is tied and `ties` does not settle it.
    LawSilent
        Nobody is left who could take a seat.
    InvalidVotes, InvalidSeats
        The input is no count of votes, or no number of seats; somebody without a line of votes holds seats.

    Notes
    -----
    Divisor methods are house and vote monotone, homogeneous and consistent; none keeps quota always [1]_.
    Where d(0) = 0 every contender with votes comes before any second seat, larger ones first.

    References
    ----------
    .. [1] M. L. Balinski and H. P. Young, *Fair Representation*, 2nd ed., 2001.

    Examples
    --------
    >>> votes = dict(A=100_000, B=80_000, C=30_000, D=20_000)
    >>> highest_averages(votes, 8, divisor="sainte_lague").seats
    {'A': 3, 'B': 3, 'C': 1, 'D': 1}
    """
    rule = divisor_named(divisor)
    votes, seats = check_votes(votes), check_seats(seats)
    if seats and not any(votes.values()):
        raise InvalidVotes(say("nobody has a vote, so no quotient is above zero"))
    kept = {c: check_seats(n) for c, n in (held or {}).items()}
    most = {c: check_seats(n) for c, n in (limits or {}).items()}
    strangers = sorted(c for c, n in kept.items() if n and c not in votes)
    if strangers:
        raise InvalidSeats(
            say("{strangers} cannot hold seats here: they have no line of votes", strangers=", ".join(strangers))
        )
    if Moving in map(type, votes.values()):
        return _moving(votes, seats, rule, ties, kept, most)
    got = {c: kept.get(c, 0) for c in votes} if kept or most else _start(votes, seats, rule)
    left = seats + sum(kept.values()) - sum(got.values())
    tied = _step(votes, got, left, rule, ties, most)
    return Allocation(got, votes, sum(got.values()), rule, (), tied, kept or None, most or None)


def _moving(
    votes: dict[str, int],
    seats: int,
    rule: Divisor,
    ties: TieRule | None,
    held: Mapping[str, int],
    limits: Mapping[str, int],
) -> Allocation:
    """Return the allocation of votes that move, which compare the last seat of everybody with the next of others."""
    now = on_one_scale(votes)
    made = highest_averages(now, seats, divisor=rule, ties=ties, held=held, limits=limits)
    note_averages(votes, made.seats, rule, held=held, limits=limits)
    return made


def note_averages(
    votes: Mapping[str, int],
    seats: Mapping[str, int],
    rule: Divisor,
    *,
    held: Mapping[str, int] | None = None,
    limits: Mapping[str, int] | None = None,
) -> None:
    """Compare the last seat of everybody with the next seat of all others, so that votes that move note it."""
    kept, most = held or {}, limits or {}
    some = [c for c, v in votes.items() if v]
    lasts = {c: _quotient(votes[c], seats[c] - 1, rule) for c in some if seats[c] > kept.get(c, 0)}
    nexts = {c: _quotient(votes[c], seats[c], rule) for c in some if seats[c] < most.get(c, seats[c] + 1)}
    for one, (rank, top, bottom) in lasts.items():
        for other, (r, t, b) in nexts.items():
            if one != other and rank == r and not top * b > t * bottom and top * b != t * bottom:
                raise ValueError("these are not the seats of these votes")


def note_last(votes: Mapping[str, int], seats: Mapping[str, int], rule: Divisor, n: int) -> None:
    """Compare the `n` seats won last with all others, so that votes that move note who won them."""
    left, now = dict(seats), on_one_scale(votes)
    for _ in range(n):
        lasts = {c: _quotient(now[c], s - 1, rule) for c, s in left.items() if s}
        last = min(lasts, key=lambda c: (lasts[c][0], ratio(lasts[c][1], lasts[c][2]), c))
        rank, top, bottom = _quotient(votes[last], left[last] - 1, rule)
        for other in lasts:
            r, t, b = _quotient(votes[other], left[other] - 1, rule)
            if other != last and rank == r and not t * bottom > top * b and t * bottom != top * b:
                raise ValueError("these are not the seats of these votes")
        left[last] -= 1


def _start(votes: dict[str, int], seats: int, rule: Divisor) -> dict[str, int]:
    """Give the seats that are safe whatever the ties: those of a divisor that is surely large enough."""
    if rule.line is None:
        return dict.fromkeys(votes, 0)
    if rule.first is not None and rule.first < Fraction(*rule.term(0)):
        return dict.fromkeys(votes, 0)  # cheaper first seats than the line has: its divisor is not surely large enough
    slope, offset = rule.line
    # With x = V / (S - n(1 - r)), r = offset/slope, the sum of ⌊v/x + 1 - r⌋ is at most S.
    room = seats * slope - len(votes) * (slope - offset)
    total = sum(votes.values())
    if room <= 0:
        return dict.fromkeys(votes, 0)
    base, bottom = slope - offset, slope * total
    got = {c: (v * room + base * total) // bottom for c, v in votes.items()}
    if rule.first is None:
        return got
    # Another first divisor moves only the first seat: hand back a sole seat, let the quotients decide.
    return {c: s if s > 1 else 0 for c, s in got.items()}


def _step(
    votes: dict[str, int],
    got: dict[str, int],
    left: int,
    rule: Divisor,
    ties: TieRule | None,
    limits: Mapping[str, int],
) -> tuple[str, ...]:
    """Give out `left` more seats in `got`, quotient by quotient; return who tied for the last one."""
    line = {c: _quotient(v, got[c], rule) for c, v in votes.items() if v and got[c] < limits.get(c, got[c] + 1)}
    while left > 0:
        best = _highest(line)
        if not best:
            raise LawSilent(say("{left} seats are left, but nobody can take another", left=left))
        if len(best) > left:
            settled = settle(best, left, ties, standing=got, why=say("equal quotients"))
            for contender in settled:
                got[contender] += 1
            return tuple(sorted(best))
        for contender in best:
            got[contender] += 1
            if got[contender] < limits.get(contender, got[contender] + 1):
                line[contender] = _quotient(votes[contender], got[contender], rule)
            else:
                del line[contender]
        left -= len(best)
    return ()


def _quotient(votes: int, held: int, rule: Divisor) -> tuple[int, int, int]:
    """Return (rank, top, bottom): rank 1 for an infinite quotient, which compares by votes."""
    top, bottom = rule.at(held)
    power = votes if rule.power == 1 else votes**rule.power
    return (1, votes, 1) if top == 0 else (0, *rule.rounded(power * bottom, top))


def _highest(line: Mapping[str, tuple[int, int, int]]) -> list[str]:
    best: list[str] = []
    rank, top, bottom = -1, 0, 1
    for contender, (r, t, b) in line.items():
        difference = (r - rank) or (t * bottom - top * b)
        if difference > 0:
            best, rank, top, bottom = [contender], r, t, b
        elif difference == 0:
            best.append(contender)
    return best


def award_order(
    votes: Mapping[str, int],
    seats: int,
    divisor: str | Divisor,
    held: Mapping[str, int] | None = None,
    limits: Mapping[str, int] | None = None,
) -> Iterator[tuple[str, int, Fraction | None]]:
    """Yield the seats in the order in which they are won: contender, its seat number, its quotient.

    The quotient is exact (to the power of the sequence); None stands for infinity. Equal quotients come in the
    order of their names; a tie for the last seat is for the caller to settle. `limits` are the most that contenders
    can hold.
    """
    rule = divisor_named(divisor)
    got = {c: (held or {}).get(c, 0) for c in votes}
    most = limits or {}
    line = {c: _quotient(v, got[c], rule) for c, v in votes.items() if v and got[c] < most.get(c, got[c] + 1)}
    left = seats
    while left > 0 and line:
        for contender in sorted(_highest(line))[:left]:
            rank, top, bottom = line[contender]
            got[contender] += 1
            left -= 1
            yield contender, got[contender], None if rank else ratio(top, bottom)
            if got[contender] < most.get(contender, got[contender] + 1):
                line[contender] = _quotient(votes[contender], got[contender], rule)
            else:
                del line[contender]
