"""Divisor sequences: what the votes of a contender are divided by for its next seat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from sailau.terms.errors import InvalidLaw, NotFound
from sailau.terms.moving import rounded_down
from sailau.terms.numbers import exact, ratio, short
from sailau.terms.speech import coded, say


@dataclass(frozen=True, slots=True)
class Divisor:
    """A divisor sequence d(0), d(1), …; the next seat of a contender with s seats costs d(s).

    The quotient of a contender is votes / d(s). Some sequences are irrational; they are kept as
    d(s) = term(s) ** (1 / power) with a rational term, so that quotients compare exactly:
    v/d(s) > w/d(t) if and only if v**power · term(t) > w**power · term(s).

    Attributes
    ----------
    name, formula, source : str
    term : callable
        ``term(s) -> (numerator, denominator)`` of d(s) ** power.
    power : int
    line : (int, int), optional
        (a, b) when d(s) is proportional to a·s + b with b ≤ a from the second seat on; a count can then start near
        its end.
    first : Fraction, optional
        Another divisor for the first seat (modified methods).
    decimals : int, optional
        Decimals to which every quotient is rounded up before quotients are compared.
    """

    name: str
    formula: str
    term: Callable[[int], tuple[int, int]]
    source: str
    power: int = 1
    line: tuple[int, int] | None = None
    first: Fraction | None = None
    decimals: int | None = None

    def at(self, seats: int) -> tuple[int, int]:
        """Return d(seats) ** power as (numerator, denominator)."""
        if seats == 0 and self.first is not None:
            return self.first.numerator, self.first.denominator
        return self.term(seats)

    def starting(self, first: Fraction | int | str | None) -> Divisor:
        """Return the same sequence with another first divisor (1.4 in Norway, 1.2 in Sweden)."""
        if first is None:
            return self
        try:
            start = exact(first)
        except ValueError as fault:
            raise InvalidLaw(
                say("the first divisor of {name}: {fault}", name=coded(self.name), fault=str(fault))
            ) from None
        top, bottom = self.at(1)
        if self.power != 1 or not 0 < start * bottom < top:
            sentence = "the first divisor of {name} cannot be {first!s}; it lies above 0 and below the second"
            raise InvalidLaw(say(sentence, name=coded(self.name), first=first))
        formula = f"{short(start)} for the first seat, then {self.formula}"
        return replace(self, name=f"{self.name}, first divisor {start}", formula=formula, first=start)

    def rounding_up(self, decimals: int) -> Divisor:
        """Return the same sequence with quotients that are rounded up to so many decimals."""
        return replace(self, name=f"{self.name}, {decimals} decimals", line=None, decimals=decimals)

    def rounded(self, top: int, bottom: int) -> tuple[int, int]:
        """Return the quotient top / bottom as it is compared, as (numerator, denominator); votes may move."""
        if self.decimals is None:
            return top, bottom
        scale = 10**self.decimals
        if type(top) is int:
            return -(-top * scale // bottom), scale
        return -rounded_down(ratio(-top * scale, bottom)), scale


_SOURCE = "M. L. Balinski and H. P. Young, Fair Representation, 2nd ed., 2001"
_GALLAGHER = "M. Gallagher, Proportionality, Disproportionality and Electoral Systems, Electoral Studies 10, 1991"

DIVISORS: dict[str, Divisor] = {
    d.name: d
    for d in (
        Divisor("dhondt", "s + 1", lambda s: (s + 1, 1), _SOURCE, line=(1, 1)),
        Divisor("sainte_lague", "2s + 1", lambda s: (2 * s + 1, 1), _SOURCE, line=(2, 1)),
        Divisor("danish", "3s + 1", lambda s: (3 * s + 1, 1), _GALLAGHER, line=(3, 1)),
        Divisor("imperiali_divisor", "s + 2", lambda s: (s + 2, 1), _GALLAGHER),
        Divisor("adams", "s", lambda s: (s, 1), _SOURCE),
        Divisor("dean", "2s(s+1)/(2s+1)", lambda s: (2 * s * (s + 1), 2 * s + 1), _SOURCE),
        Divisor("huntington_hill", "√(s(s+1))", lambda s: (s * (s + 1), 1), _SOURCE, power=2),
        Divisor("estonian", "(s+1)^0.9", lambda s: ((s + 1) ** 9, 1), "Riigikogu Election Act § 62", power=10),
        Divisor("macanese", "2^s", lambda s: (2**s, 1), "Macau Law 3/2001, art. 17"),
    )
}
DIVISORS["modified_sainte_lague"] = replace(
    DIVISORS["sainte_lague"], name="modified_sainte_lague", formula="1.4, 3, 5, …", first=Fraction(7, 5)
)


def divisor_named(name: str | Divisor, first: Fraction | int | str | None = None) -> Divisor:
    """Return the divisor sequence of that name, with another first divisor when given."""
    if not isinstance(name, Divisor):
        if name not in DIVISORS:
            raise NotFound("divisor sequence", name, list(DIVISORS), listing="sailau formulas")
        name = DIVISORS[name]
    return name.starting(first)
