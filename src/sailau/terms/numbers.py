"""Exact numbers: how a law writes them, how a report shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from operator import index

from sailau.terms.errors import InvalidLaw, InvalidSeats, InvalidVotes
from sailau.terms.moving import Moving
from sailau.terms.speech import say

_EXACT = re.compile(r"^\s*([+-]?\d+(?:[.,]\d+)?)\s*(?:/\s*(\d+)|(%))?\s*$")
_LONGEST = 200


def exact(text: str | int | Fraction) -> Fraction:
    """Read an exact number: ``"5%"``, ``"1/20"``, ``"1.4"``, ``7`` or a Fraction.

    Raises
    ------
    ValueError
        It is a binary float, or no number.
    """
    if isinstance(text, bool) or not isinstance(text, int | str | Fraction):
        shown = repr(text)[:_LONGEST]
        raise ValueError(
            say("{text} is not an exact number; write it as text, for instance '5%' or '1/20'", text=shown)
        )
    if isinstance(text, int | Fraction):
        return Fraction(text)
    found = _EXACT.match(text) if len(text) <= _LONGEST else None
    if not found or (found[2] and int(found[2]) == 0):
        shown = text[:_LONGEST]
        raise ValueError(say("{text!r} is not an exact number; write for instance '5%', '1/20' or '7/10'", text=shown))
    number = Fraction(found[1].replace(",", "."))
    if found[2]:
        return number / int(found[2])
    return number / 100 if found[3] else number


def ratio(top: int | Fraction, bottom: int | Fraction = 1) -> Fraction:
    """Return the exact quotient of two numbers, of such as move with the votes too."""
    if type(top) is int and type(bottom) is int:
        return Fraction(top, bottom)
    return top / bottom  # type: ignore[return-value]  # exact: one of them is no int


def share(text: str | int | Fraction) -> Fraction:
    """Read a share: an exact number in [0, 1]."""
    value = exact(text)
    if not 0 <= value <= 1:
        raise ValueError(say("{text!r} is not a share; shares lie between 0% and 100%", text=text))
    return value


def check_share(name: str, value: Fraction) -> None:
    """Refuse a value that is no share.

    Raises
    ------
    InvalidLaw
        It lies outside [0, 1].
    """
    if not 0 <= value <= 1:
        hint = (
            say("write {value}% for a percentage", value=value) if value.denominator == 1 and 1 < value <= 100 else None
        )
        raise InvalidLaw(say("{name} is {value}; a share lies between 0% and 100%", name=name, value=value), hint=hint)


def spell(value: Fraction | int) -> str:
    """Show an exact number as a mixed number: ``86,546 15/23``."""
    whole, rest = divmod(Fraction(value).numerator, Fraction(value).denominator)
    if rest == 0:
        return f"{whole:,}"
    fraction = f"{rest}/{Fraction(value).denominator}"
    return f"{whole:,} {fraction}" if whole else fraction


def decimal(value: Fraction | int, places: int = 4) -> str:
    """Show an exact number with a fixed number of decimals, rounded half up."""
    scaled = Fraction(value) * 10**places + Fraction(1, 2)
    digits = scaled.numerator // scaled.denominator
    sign, digits = ("-", -digits) if digits < 0 else ("", digits)
    whole, rest = divmod(digits, 10**places)
    return f"{sign}{whole:,}.{rest:0{places}d}" if places else f"{sign}{whole:,}"


def short(value: Fraction) -> str:
    """Show an exact number as a decimal where that is short (``1.4``), else as a fraction (``4/3``)."""
    for places in range(4):
        if (value * 10**places).denominator == 1:
            return decimal(value, places)
    return spell(value)


def percent(value: Fraction) -> str:
    """Show a share as a percentage without loss where it is short: ``5%``, ``3.25%``, ``1/3``."""
    hundred = value * 100
    for places in range(4):
        if (hundred * 10**places).denominator == 1:
            return f"{decimal(hundred, places)}%"
    return spell(value)


def check_votes(votes: Mapping[str, int]) -> dict[str, int]:
    """Return the votes as plain ints, or refuse them.

    Raises
    ------
    InvalidVotes
        No contender; a count that is negative, a float (NaN too), a share, a truth value or text; no mapping at all.
    """
    given: object = votes
    if not isinstance(given, Mapping):
        what = say("{votes!r} are no votes by contender", votes=given)
        raise InvalidVotes(what, hint=say("give votes first, then seats: a mapping such as {{'A': 100, 'B': 50}}"))
    if not votes:
        raise InvalidVotes(say("no contenders: there is nothing to share the seats among"))
    clean: dict[str, int] = {}
    for contender, count in votes.items():
        if type(count) is not int:
            count = _whole(contender, count)
        if count < 0:
            raise InvalidVotes(
                say("{contender} has {count:,} votes; a count cannot be negative", contender=contender, count=count)
            )
        clean[contender] = count
    return clean


def _whole(contender: str, count: object) -> int:
    if isinstance(count, bool):
        raise InvalidVotes(
            say("{contender} has {count!r} as votes; a count is a whole number", contender=contender, count=count)
        )
    if isinstance(count, Moving):
        return count  # type: ignore[return-value]  # it stands for a whole number
    try:
        return index(count)  # type: ignore[arg-type]  # any integer-like object (numpy's too) is welcome
    except TypeError:
        hint = say("give counts, not shares; if only shares are known, scale them to whole numbers and say so")
        raise InvalidVotes(
            say("{contender} has {count!r} as votes, which is not a whole number", contender=contender, count=count),
            hint=hint,
        ) from None


def check_seats(seats: int) -> int:
    """Return the number of seats as an int, or refuse it (negative, or no whole number)."""
    if isinstance(seats, bool):
        raise InvalidSeats(say("{seats!r} is not a number of seats", seats=seats))
    try:
        number = index(seats)
    except TypeError:
        raise InvalidSeats(say("{seats!r} is not a number of seats; give a whole number", seats=seats)) from None
    if number < 0:
        raise InvalidSeats(say("{number:,} seats: a house cannot have fewer than 0", number=number))
    return number
