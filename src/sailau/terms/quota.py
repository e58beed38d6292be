"""Quotas (electoral quotients): votes per seat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from sailau.terms.errors import NotFound
from sailau.terms.moving import rounded_down
from sailau.terms.numbers import ratio

Votes = int | Fraction
"""Whole votes, or parts of votes where they are passed on in parts."""


@dataclass(frozen=True, slots=True)
class Quota:
    """A rule for the price of a seat in votes.

    Attributes
    ----------
    name : str
    formula : str
        V is the sum of votes that take part, S the number of seats.
    of : callable
        ``of(V, S) -> Fraction``, exact.
    source : str
    rounded : bool
        A rounded quota is another method than the exact one: it breaks homogeneity.
    """

    name: str
    formula: str
    of: Callable[[Votes, int], Fraction]
    source: str
    rounded: bool = False

    def __call__(self, votes: Votes, seats: int) -> Fraction:
        """Return the price of a seat for `votes` votes and `seats` seats."""
        return self.of(votes, seats)


def _down(value: Fraction) -> Fraction:
    return rounded_down(value)  # type: ignore[no-any-return]


def _up(value: Fraction) -> Fraction:
    return -_down(-value)


def _near(value: Fraction) -> Fraction:
    return _down(value + Fraction(1, 2))


def _near_below(value: Fraction) -> Fraction:
    return -_down(Fraction(1, 2) - value)


_HARE = "T. Hare, A Treatise on the Election of Representatives, 1859"
_DROOP = "H. R. Droop, On Methods of Electing Representatives, J. Stat. Soc. London 44, 1881"
_HB = "E. Hagenbach-Bischoff, Die Frage der Einführung einer Proportionalvertretung, 1888"
_IMP = "M. Gallagher, Comparing Proportional Representation Electoral Systems, BJPS 22, 1992"

hare = Quota("hare", "V/S", lambda v, s: ratio(v, s), _HARE)
droop = Quota("droop", "⌊V/(S+1)⌋ + 1", lambda v, s: _down(ratio(v, s + 1)) + 1, _DROOP)
hagenbach_bischoff = Quota("hagenbach_bischoff", "V/(S+1)", lambda v, s: ratio(v, s + 1), _HB)
imperiali_quota = Quota("imperiali_quota", "V/(S+2)", lambda v, s: ratio(v, s + 2), _IMP)

_ROUNDED = {
    "hare_rounded_down": ("⌊V/S⌋", lambda v, s: _down(ratio(v, s)), _HARE),
    "hare_rounded_up": ("⌈V/S⌉", lambda v, s: _up(ratio(v, s)), _HARE),
    "hare_rounded": ("V/S to the nearest, ½ up", lambda v, s: _near(ratio(v, s)), _HARE),
    "hare_rounded_half_down": ("V/S to the nearest, ½ down", lambda v, s: _near_below(ratio(v, s)), _HARE),
    "hagenbach_bischoff_rounded_down": ("⌊V/(S+1)⌋", lambda v, s: _down(ratio(v, s + 1)), _HB),
    "hagenbach_bischoff_rounded_up": ("⌈V/(S+1)⌉", lambda v, s: _up(ratio(v, s + 1)), _HB),
    "hagenbach_bischoff_rounded": ("V/(S+1) to the nearest, ½ up", lambda v, s: _near(ratio(v, s + 1)), _HB),
    "imperiali_quota_rounded_down": ("⌊V/(S+2)⌋", lambda v, s: _down(ratio(v, s + 2)), _IMP),
    "imperiali_quota_rounded_up": ("⌈V/(S+2)⌉", lambda v, s: _up(ratio(v, s + 2)), _IMP),
    "imperiali_quota_rounded": ("V/(S+2) to the nearest, ½ up", lambda v, s: _near(ratio(v, s + 2)), _IMP),
}

QUOTAS: dict[str, Quota] = {
    **{q.name: q for q in (hare, droop, hagenbach_bischoff, imperiali_quota)},
    **{name: Quota(name, text, of, source, rounded=True) for name, (text, of, source) in _ROUNDED.items()},
}


MOST_ADDED = 100
"""What a law adds to the seats is below this; a larger number is a slip of the pen."""
FINEST_ADDED = 10**6
"""The largest denominator of a part of a seat that a law adds."""


def quota_named(name: str | Quota) -> Quota:
    """Return the quota of that name, or of that name and what is added to the seats: ``hare+1/2`` is V/(S+1/2).

    Raises
    ------
    NotFound
        There is none; the message names the nearest.
    """
    if isinstance(name, Quota):
        return name
    found = QUOTAS.get(name) or _with_added(name)
    if found is None:
        raise NotFound("quota", name, [*QUOTAS, "hare+1/2"], listing="sailau formulas")
    return found


def is_quota(name: object) -> bool:
    """Say whether a law can name this quota."""
    return isinstance(name, str) and (name in QUOTAS or _with_added(name) is not None)


@cache
def _with_added(name: str) -> Quota | None:
    """Return Hare's quota, exact or rounded, with so many seats more (whole ones or parts) than there are."""
    word, _, written = name.partition("+")
    if not (word == "hare" or word.startswith("hare_rounded")) or word not in QUOTAS:
        return None
    try:
        more = Fraction(written)
    except (ValueError, ZeroDivisionError):
        return None
    if not 0 < more < MOST_ADDED or more.denominator > FINEST_ADDED:
        return None
    base, top, bottom = QUOTAS[word], more.numerator, more.denominator
    # Votes and seats on one scale: V / (S + p/q) = V·q / (S·q + p).
    text = base.formula.replace("V/S", f"V/(S+{more})")
    return Quota(name, text, lambda v, s: base.of(v * bottom, s * bottom + top), base.source, base.rounded)
