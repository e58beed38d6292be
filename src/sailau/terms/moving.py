"""Numbers that know how they move with the votes, and note every comparison by which a law decides.

A law that is counted with such numbers says by itself what its outcome hangs on: all that it asks of votes are
comparisons (whole quotas and rounding are some too), and as long as each of them comes out the same, the law does the
same. Numbers are exact; whatever they cannot follow (floating point, a place in a list) raises TypeError.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from sailau.terms.motion import (
    ONE,
    ZERO,
    Along,
    Form,
    Product,
    Slopes,
    Straight,
    is_fixed,
    product,
    scaled,
    summed,
    total,
)


@dataclass(frozen=True, slots=True)
class Held:
    """A comparison that came out so: `left` times `right` of the first pair, less those of the second, is `least`."""

    plus: tuple[Form, Form]
    minus: tuple[Form, Form]
    sign: int
    least: int

    @property
    def spare(self) -> int:
        """How far the comparison is from coming out otherwise: below 0 it does."""
        return self._room(self.plus[0].now * self.plus[1].now - self.minus[0].now * self.minus[1].now)

    def _room(self, value: int) -> int:
        return self.sign * value - self.least

    def along(self, move: Slopes) -> Along:
        """Return what is surely spare as a polynomial in the votes moved, constant first."""
        plus, minus = Product(*self.plus), Product(*self.minus)
        parts = [(self.sign, plus.along(move)), (-self.sign, minus.along(move)), (-1, (self.least,))]
        return summed([*parts, (-1, plus.off(move)), (-1, minus.off(move))])


class StepByStep(list[Held]):
    """A book of numbers that are rounded as they are, so that every change of a rounded one is a comparison."""


class Moving:
    """An exact number that moves with votes; every comparison goes into its book."""

    __slots__ = ("book", "bottom", "top")

    def __init__(self, top: Form, bottom: Form, book: list[Held]) -> None:
        self.top, self.bottom, self.book = top, bottom, book

    @classmethod
    def of(cls, now: int, slopes: Slopes, book: list[Held]) -> Moving:
        """Return a whole number that moves."""
        return cls(Straight(now, slopes), ONE, book)

    @property
    def now(self) -> int | Fraction:
        """The number before a vote moves."""
        value = Fraction(self.top.now, self.bottom.now)
        return value.numerator if value.denominator == 1 else value

    @property
    def numerator(self) -> Any:
        """What stands above the line; a multiple of what it would be in lowest terms."""
        return _plain(self.top, ONE, self.book)

    @property
    def denominator(self) -> Any:
        """What stands below the line."""
        return _plain(self.bottom, ONE, self.book)

    def __repr__(self) -> str:
        """Show the number as it is now."""
        return f"Moving({self.now})"

    def __format__(self, spec: str) -> str:
        """Show the number as it is now."""
        return format(self.now, spec)

    def __hash__(self) -> int:
        """Refuse: a number that moves is no key."""
        raise TypeError("a number that moves is no key")

    def __bool__(self) -> bool:
        """Note whether it is not 0."""
        return not self.__eq__(0)

    def __add__(self, other: object) -> Any:
        """Add."""
        return self._added(other, 1)

    __radd__ = __add__

    def __sub__(self, other: object) -> Any:
        """Take away."""
        return self._added(other, -1)

    def __rsub__(self, other: object) -> Any:
        """Take away from another."""
        return (-self)._added(other, 1)

    def __neg__(self) -> Any:
        """Change the sign."""
        return _plain(scaled(self.top, -1), self.bottom, self.book)

    def __pos__(self) -> Any:
        """Return the number itself."""
        return self

    def __mul__(self, other: object) -> Any:
        """Multiply."""
        parts = _parts(other)
        if parts is None:
            return NotImplemented
        top, bottom = parts[0], self.bottom
        if is_fixed(top) and is_fixed(bottom) and top.now:  # so that a whole number has 1 below the line
            common = gcd(top.now, bottom.now)
            top, bottom = Straight(top.now // common), Straight(bottom.now // common)
        return _plain(product(self.top, top), product(bottom, parts[1]), self.book)

    __rmul__ = __mul__

    def __pow__(self, power: int) -> Any:
        """Multiply by itself."""
        out: Any = 1
        for _ in range(power):
            out = out * self
        return out

    def __truediv__(self, other: object) -> Any:
        """Divide, exactly."""
        parts = _parts(other)
        if parts is None:
            return NotImplemented
        return _divided((self.top, self.bottom), parts, self.book)

    def __rtruediv__(self, other: object) -> Any:
        """Divide another, exactly."""
        parts = _parts(other)
        if parts is None:
            return NotImplemented
        return _divided(parts, (self.top, self.bottom), self.book)

    def __floor__(self) -> int:
        """Round down, and note how far it is to the whole numbers beside."""
        whole = self.top.now // self.bottom.now
        self.book.append(Held((self.top, ONE), (self.bottom, Straight(whole)), 1, 0))
        self.book.append(Held((self.top, ONE), (self.bottom, Straight(whole + 1)), -1, 1))
        return whole

    def rounded_down(self) -> Any:
        """Return the number rounded down as one that moves nearly as this one does: it is less than 1 off the line."""
        if isinstance(self.book, StepByStep) or not (isinstance(self.top, Straight) and is_fixed(self.bottom)):
            return Fraction(self.__floor__())
        whole, bottom = self.top.now // self.bottom.now, self.bottom.now
        loose = ((bottom, self.top.slopes), *self.top.loose)
        return Moving(Straight(whole * bottom, self.top.slopes, loose), self.bottom, self.book)

    def __ceil__(self) -> int:
        """Round up, and note how far it is to the whole numbers beside."""
        return -_floor(-self)

    def __floordiv__(self, other: object) -> int:
        """Divide and round down."""
        return _floor(self / other)

    def __rfloordiv__(self, other: object) -> int:
        """Divide another and round down."""
        return _floor(other / self)

    def __mod__(self, other: Any) -> Any:
        """Return what is over."""
        return self - other * (self // other)

    def __rmod__(self, other: Any) -> Any:
        """Return what is over of another."""
        return other - self * (other // self)

    def __divmod__(self, other: Any) -> tuple[int, Any]:
        """Return how often it goes, and what is over."""
        whole = self // other
        return whole, self - other * whole

    def __rdivmod__(self, other: Any) -> tuple[int, Any]:
        """Return how often it goes into another, and what is over."""
        whole = other // self
        return whole, other - self * whole

    def __eq__(self, other: object) -> bool:
        """Note whether two numbers are equal, or which is larger."""
        sign = self._against(other)
        if sign is NotImplemented:
            return NotImplemented
        if sign == 0:
            self._note(other, 1, 0)
            self._note(other, -1, 0)
        else:
            self._note(other, sign, 1)
        return bool(sign == 0)

    def __lt__(self, other: object) -> bool:
        """Note which is larger."""
        sign = self._against(other)
        if sign is NotImplemented:
            return NotImplemented
        self._note(other, -1 if sign < 0 else 1, 1 if sign < 0 else 0)
        return bool(sign < 0)

    def __gt__(self, other: object) -> bool:
        """Note which is larger."""
        sign = self._against(other)
        if sign is NotImplemented:
            return NotImplemented
        self._note(other, 1 if sign > 0 else -1, 1 if sign > 0 else 0)
        return bool(sign > 0)

    def __le__(self, other: object) -> bool:
        """Note which is larger."""
        above = self.__gt__(other)
        return above if above is NotImplemented else not above

    def __ge__(self, other: object) -> bool:
        """Note which is larger."""
        below = self.__lt__(other)
        return below if below is NotImplemented else not below

    def _added(self, other: object, times: int) -> Any:
        parts = _parts(other)
        if parts is None:
            return NotImplemented
        top, bottom = parts
        if is_fixed(self.bottom) and is_fixed(bottom):
            common = lcm(self.bottom.now, bottom.now)
            first = scaled(self.top, common // self.bottom.now)
            return _plain(total(first, top, times * (common // bottom.now)), Straight(common), self.book)
        if self.bottom is bottom:
            return _plain(total(self.top, top, times), bottom, self.book)
        crossed = total(product(self.top, bottom), product(top, self.bottom), times)
        return _plain(crossed, product(self.bottom, bottom), self.book)

    def _against(self, other: object) -> Any:
        """Return -1, 0 or 1."""
        parts = _parts(other)
        if parts is None:
            return NotImplemented
        ours, theirs = self.top.now * parts[1].now, parts[0].now * self.bottom.now
        return (ours > theirs) - (ours < theirs)

    def _note(self, other: object, sign: int, least: int) -> None:
        parts = _parts(other)
        if parts is None:
            raise TypeError("not a number")
        top, bottom = parts
        if self.bottom is bottom:
            held = Held((self.top, ONE), (top, ONE), sign, least)
        else:
            held = Held((self.top, bottom), (top, self.bottom), sign, least)
        self.book.append(held)


def _parts(value: object) -> tuple[Form, Form] | None:
    if isinstance(value, Moving):
        return value.top, value.bottom
    if isinstance(value, int | Fraction):
        return Straight(value.numerator), ONE if value.denominator == 1 else Straight(value.denominator)
    return None


def _plain(top: Form, bottom: Form, book: list[Held]) -> Any:
    """Return a number, as one of Python's own where nothing of it moves."""
    if is_fixed(top) and (is_fixed(bottom) or top.now == 0):
        value = Fraction(top.now, bottom.now)
        return value.numerator if value.denominator == 1 else value
    return Moving(top, bottom, book)


def _divided(one: tuple[Form, Form], two: tuple[Form, Form], book: list[Held]) -> Any:
    """Return a quotient; what stands below the line is above 0, as long as the comparison noted here holds."""
    divisor = Moving(two[0], ONE, book)
    if not is_fixed(two[0]):
        sign = 1 if divisor.top.now >= 0 else -1
        book.append(Held((two[0], ONE), (ONE, ZERO), sign, 1 if divisor.top.now else 0))
    if divisor.top.now == 0:
        raise ZeroDivisionError("division by zero")
    top, bottom = product(one[0], two[1]), product(one[1], two[0])
    if bottom.now < 0:
        top, bottom = scaled(top, -1), scaled(bottom, -1)
    return _plain(top, bottom, book)


def _floor(value: Any) -> int:
    return value.__floor__() if isinstance(value, Moving) else value // 1


def rounded_down(number: Any) -> Any:
    """Return a number rounded down; one that moves goes on moving."""
    return number.rounded_down() if isinstance(number, Moving) else Fraction(number.__floor__())


def whole(number: Any) -> Any:
    """Return a whole number as one of Python's own; one that moves goes on moving."""
    return number if isinstance(number, Moving) else int(number)


def on_one_scale(numbers: Mapping[str, Any]) -> dict[str, int]:
    """Return numbers as they are now, all multiplied by what makes them whole."""
    known = {name: Fraction(n.now if isinstance(n, Moving) else n) for name, n in numbers.items()}
    scale = lcm(*(n.denominator for n in known.values()))
    return {name: (n * scale).numerator for name, n in known.items()}
