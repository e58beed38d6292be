"""Certify: is an allocation right? A second opinion that knows the definitions and not the code that counted.

A count searches for seats; a proof only compares. Seats by a divisor sequence d are right if and only if
v(i) / d(s(i) - 1) ≥ v(j) / d(s(j)) for every i that won a seat and every j (the min-max inequality); seats by a quota
are right if and only if whole quotas and the order of the remainders say so. Nothing here is shared with the formulas:
the sequences and quotas are written again, from the means and inequalities that define them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from sailau.terms.allocation import Allocation, DivisorCertificate, QuotaCertificate
from sailau.terms.divisor import Divisor
from sailau.terms.errors import CertificateError
from sailau.terms.quota import Quota

Claim = tuple[int, Fraction]
"""What a contender puts forward for a seat: (0, (v/d)**power), or (1, votes) where d = 0."""


def certify(
    made: Allocation,
    proof: QuotaCertificate | DivisorCertificate | None = None,
    *,
    limits: Mapping[str, int] | None = None,
) -> None:
    """Check that an allocation, and its certificate, follow from the votes and the formula.

    Parameters
    ----------
    made : Allocation
        The seats to check, with votes, formula, ties and seats held before.
    proof : QuotaCertificate or DivisorCertificate, optional
        The certificate to check along with it; ``made.certificate()`` when not given.
    limits : Mapping[str, int], optional
        The most seats a contender could hold in this count.

    Raises
    ------
    CertificateError
        The seats do not add up, a contender with the better claim went without, a tie is reported where there is none
        or the other way round, or the certificate proves something else.

    Notes
    -----
    The min-max inequality is Huntington's; see [1]_, appendix A. The check takes O(n²) comparisons of exact integers.
    Whole quotas that an allocation holds already (`held`) are taken as given.

    References
    ----------
    .. [1] M. L. Balinski and H. P. Young, *Fair Representation*, 2nd ed., 2001.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from sailau.seats.averages import highest_averages
    >>> made = highest_averages({"A": 60, "B": 28, "C": 12}, 5)
    >>> certify(made)
    >>> certify(replace(made, seats={"A": 4, "B": 0, "C": 1}))
    Traceback (most recent call last):
    sailau.terms.errors.CertificateError: B has the better claim to a seat than A: 28 with 0 seats against 60 with 4
    """
    _check_figures(made)
    proof = made.certificate() if proof is None else proof
    if isinstance(made.method, Quota):
        _check_quota_seats(made, made.method)
        _check_quota_proof(made, made.method, proof)
        return
    _check_name(made.method)
    _check_divisor_seats(made, made.method, limits or {})
    if not limits:  # a contender that is full has quotients above any divisor: then the inequality alone is the proof
        _check_divisor_proof(made, made.method, proof)


def _demand(holds: bool, what: str) -> None:  # noqa: FBT001  # reads as a sentence
    if not holds:
        raise CertificateError(what)


def _check_figures(made: Allocation) -> None:
    held = made.held or {}
    _demand(made.seats.keys() == made.votes.keys(), "the seats and the votes do not name the same contenders")
    for figures in (made.votes, made.seats, held):
        for contender, n in figures.items():
            _demand(type(n) is int and n >= 0, f"{contender} has {n!r}, which is no count")
    total = sum(made.seats.values())
    _demand(total == made.n_seats, f"the seats add up to {total}, not to {made.n_seats}")
    for contender, n in held.items():
        now = made.seats.get(contender, 0)
        _demand(now >= n, f"{contender} held {n} seats before and has {now} now")
    _demand(len(set(made.tied)) == len(made.tied), "the tie names a contender twice")


# Divisor sequences, each from the mean of s and s + 1 or the rule that defines it; (power, d(s) ** power).

_SEQUENCES: Mapping[str, tuple[int, Callable[[int], Fraction]]] = {
    "dhondt": (1, lambda s: Fraction(s + 1)),
    "sainte_lague": (1, lambda s: 2 * Fraction(s + (s + 1), 2)),
    "modified_sainte_lague": (1, lambda s: 2 * Fraction(s + (s + 1), 2)),
    "danish": (1, lambda s: 3 * (s + Fraction(1, 3))),
    "imperiali_divisor": (1, lambda s: 2 * (1 + Fraction(s, 2))),
    "adams": (1, lambda s: Fraction(s)),
    "dean": (1, lambda s: Fraction(0) if s == 0 else 2 / (Fraction(1, s) + Fraction(1, s + 1))),
    "huntington_hill": (2, lambda s: Fraction(s) * Fraction(s + 1)),
    "estonian": (10, lambda s: Fraction(s + 1) ** 9),
    "macanese": (1, lambda s: Fraction(1 << s)),
}
_FIRST = {"modified_sainte_lague": Fraction(14, 10)}


def _named(divisor: Divisor) -> tuple[str, Fraction | None]:
    """Return the sequence and the first divisor that the name promises."""
    base, _, first = divisor.name.partition(", first divisor ")
    return base, Fraction(first) if first else _FIRST.get(base)


def _check_name(divisor: Divisor) -> None:
    base, first = _named(divisor)
    _demand(base in _SEQUENCES, f"there is no second definition of the divisor sequence {divisor.name!r} to check by")
    _demand(divisor.first == first, f"{divisor.name} has the first divisor {divisor.first}, not {first}")
    power = _power(divisor)
    _demand(divisor.power == power, f"{divisor.name} is kept to the power {divisor.power}, not {power}")


def _power(divisor: Divisor) -> int:
    return _SEQUENCES[_named(divisor)[0]][0]


def _weight(divisor: Divisor, seats: int) -> Fraction:
    """Return d(seats) ** power."""
    base, first = _named(divisor)
    return first if seats == 0 and first is not None else _SEQUENCES[base][1](seats)


def _claim(divisor: Divisor, votes: int, seats: int) -> Claim:
    weight = _weight(divisor, seats)
    return (0, votes ** _power(divisor) / weight) if weight else (1, Fraction(votes))


def _check_divisor_seats(made: Allocation, divisor: Divisor, limits: Mapping[str, int]) -> None:
    """Hold the min-max inequality against every pair, and the tie against the equal claims at the cut."""
    votes, seats, held = made.votes, made.seats, made.held or {}
    won = {c: _claim(divisor, votes[c], s - 1) for c, s in seats.items() if s > held.get(c, 0)}
    lost = {c: _claim(divisor, v, seats[c]) for c, v in votes.items() if v and seats[c] < limits.get(c, seats[c] + 1)}
    for winner, last in won.items():
        _demand(votes[winner] > 0, f"{winner} won a seat without a vote")
        most = limits.get(winner, seats[winner])
        _demand(seats[winner] <= most, f"{winner} has {seats[winner]} seats, more than the {most} it can hold")
        for loser, following in lost.items():
            _demand(
                loser == winner or following <= last,
                f"{loser} has the better claim to a seat than {winner}: "
                f"{votes[loser]:,} with {seats[loser]} seats against {votes[winner]:,} with {seats[winner]}",
            )
    _check_tied(made, won, lost)


def _check_tied(made: Allocation, won: Mapping[str, Claim], lost: Mapping[str, Claim]) -> None:
    """Demand that those who tied are exactly those with the claim that both won and lost a seat."""
    cut = min(won.values(), default=None)
    equal = {c for c, claim in lost.items() if claim == cut}
    if equal:
        equal |= {c for c, claim in won.items() if claim == cut}
    said = ", ".join(sorted(made.tied)) or "nobody"
    _demand(set(made.tied) == equal, f"the last seat tied {', '.join(sorted(equal)) or 'nobody'}, not {said}")


def _check_divisor_proof(made: Allocation, divisor: Divisor, proof: QuotaCertificate | DivisorCertificate) -> None:
    """Demand the interval between the claims, and that every divisor in it gives these seats by rounding."""
    if not isinstance(proof, DivisorCertificate):
        raise CertificateError(f"a quota cannot prove seats by {divisor.name}")
    _demand(proof.divisor.name == divisor.name, "the certificate is of another divisor sequence")
    _demand(dict(proof.seats) == dict(made.seats), "the certificate is of other seats")
    held = made.held or {}
    lost = [_claim(divisor, v, made.seats[c]) for c, v in made.votes.items() if v]
    won = [_claim(divisor, made.votes[c], s - 1) for c, s in made.seats.items() if s > held.get(c, 0)]
    best = max(lost, default=(0, Fraction(0)))
    low = None if best[0] else best[1]
    high = min((quotient for infinite, quotient in won if not infinite), default=None)
    _demand(proof.low == low, f"the best quotient without a seat is {low}, not {proof.low}")
    _demand(proof.high == high, f"the weakest quotient with a seat is {high}, not {proof.high}")
    for x in _divisors_between(proof.low, proof.high):
        for contender in made.votes:
            _check_rounding(made, divisor, contender, x)


def _check_rounding(made: Allocation, divisor: Divisor, contender: str, x: Fraction) -> None:
    """Demand d(s - 1) ≤ votes / x ≤ d(s), all to the power of the sequence."""
    votes, seats = made.votes[contender] ** _power(divisor), made.seats[contender]
    fits = votes <= x * _weight(divisor, seats)
    if seats > (made.held or {}).get(contender, 0):
        fits = fits and votes >= x * _weight(divisor, seats - 1)
    _demand(fits, f"with the divisor {x} (to the power {_power(divisor)}), {contender} does not round to {seats} seats")


def _divisors_between(low: Fraction | None, high: Fraction | None) -> Sequence[Fraction]:
    if low is None:
        return ()
    top = low + 1 if high is None else high
    return [x for x in (low, (low + top) / 2, top) if x > 0]


# Quotas, from the inequality that defines each: how many seats the votes are divided by, and how the result is rounded.

_PARTS = {"hare": 0, "hagenbach_bischoff": 1, "imperiali_quota": 2}


def _price(name: str, votes: int, seats: int) -> Fraction:
    """Return the quota of that name, found by its definition."""
    if name == "droop":  # the least whole number that at most `seats` contenders can reach
        least = votes // (seats + 1)
        while least * (seats + 1) <= votes:
            least += 1
        return Fraction(least)
    name, _, added = name.partition("+")
    base, _, rounding = name.partition("_rounded")
    _demand(base in _PARTS, f"there is no second definition of the quota {name!r} to check by")
    parts = Fraction(seats + _PARTS[base]) + Fraction(added or 0)
    if "_rounded" not in name:
        return Fraction(votes, parts)
    down = (votes - votes % parts) // parts
    over = votes - down * parts
    ways = {"_down": False, "_up": over > 0, "": 2 * over >= parts, "_half_down": 2 * over > parts}
    _demand(rounding in ways, f"there is no second definition of the quota {name!r} to check by")
    return Fraction(down + ways[rounding])


def _check_quota_seats(made: Allocation, quota: Quota) -> None:
    _demand(not made.held, "a quota method starts from no seats, but some were held before")
    if made.n_seats == 0:
        _demand(not made.tied and not made.remainder_seats, "there are no seats, so nothing was tied or left over")
        return
    total = _base(made)
    price = _price(quota.name, total, made.n_seats)
    _demand(quota(total, made.n_seats) == price, f"the {quota.name} is {price}, not {quota(total, made.n_seats)}")
    _demand(price > 0, f"the {quota.name} is 0 votes a seat")
    whole, rest = _shares(made.votes, price)
    lucky = made.remainder_seats
    _demand(len(set(lucky)) == len(lucky), "a contender is named twice among the remainder seats")
    for contender, n in made.seats.items():
        due = whole[contender] + (contender in lucky)
        _demand(n == due, f"{contender} has {n} seats, but {due} by {whole[contender]} whole quotas and its remainder")
    _check_remainders(made, rest)


def _base(made: Allocation) -> int:
    """Return the votes that the quota is formed from: those of all who take part, or more where the law says so."""
    cast = sum(made.votes.values())
    if made.total is None:
        return cast
    _demand(
        made.total >= cast, f"a quota of {made.total:,} votes is formed from fewer than the {cast:,} that take part"
    )
    return made.total


def _shares(votes: Mapping[str, int], price: Fraction) -> tuple[dict[str, int], dict[str, Fraction]]:
    whole, rest = {}, {}
    for contender, n in votes.items():
        claim = n / price
        whole[contender] = claim.numerator // claim.denominator
        rest[contender] = claim - whole[contender]
    return whole, rest


def _check_remainders(made: Allocation, rest: Mapping[str, Fraction]) -> None:
    lucky = made.remainder_seats
    losers = [c for c, v in made.votes.items() if v and c not in lucky]
    for first, second in pairwise(lucky):
        _demand(rest[first] >= rest[second], f"{second} has the larger remainder, but stands behind {first}")
    for winner in lucky:
        _demand(made.votes[winner] > 0, f"{winner} won a remainder seat without a vote")
        for loser in losers:
            better = rest[loser] > rest[winner]
            _demand(not better, f"{loser} has a larger remainder than {winner}: {rest[loser]} against {rest[winner]}")
    _check_tied(made, {c: (0, rest[c]) for c in lucky}, {c: (0, rest[c]) for c in losers})


def _check_quota_proof(made: Allocation, quota: Quota, proof: QuotaCertificate | DivisorCertificate) -> None:
    if not isinstance(proof, QuotaCertificate):
        raise CertificateError(f"an interval of divisors cannot prove seats by the {quota.name}")
    _demand(dict(proof.seats) == dict(made.seats), "the certificate is of other seats")
    _demand(proof.remainder_seats == made.remainder_seats, "the certificate is of other remainder seats")
    if made.n_seats == 0:
        _demand(proof.quota is None, "without seats there is no quota")
        return
    price = _price(quota.name, _base(made), made.n_seats)
    _demand(proof.quota == price, f"the {quota.name} is {price}, not {proof.quota}")
    _, rest = _shares(made.votes, price)
    lowest = min((rest[c] for c in made.remainder_seats), default=None)
    others = [r for c, r in rest.items() if c not in made.remainder_seats] if made.remainder_seats else []
    _demand(proof.lowest == lowest, f"the lowest remainder with a seat is {lowest}, not {proof.lowest}")
    highest = max(others, default=None)
    _demand(proof.highest == highest, f"the highest remainder without a seat is {highest}, not {proof.highest}")
