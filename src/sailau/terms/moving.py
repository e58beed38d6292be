"""Numbers that know how they move with the votes, and note every comparison by which a law decides.

A law that is counted with such numbers says by itself what its outcome hangs on: all that it asks of votes are
comparisons (whole quotas and rounding are some too), and as long as each of them comes out the same, the law does the
same. Numbers are exact; whatever they cannot follow (floating point, a place in a list) raises TypeError.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import Any

Variable = tuple[str, str]
"""An area and a line of it."""
Slopes = Mapping[Variable, int]
Along = tuple[int, ...]
"""A polynomial in the votes moved, constant first."""


@dataclass(frozen=True, slots=True)
class Straight:
    """A whole number that moves in a straight line: so much now, and so much more for each vote of a line.

    Where a number is rounded it follows the line only nearly: `loose` says by how much it can be off it, and with
    which lines it moves; without a move of these it is what it is.
    """

    now: int
    slopes: Slopes = field(default_factory=dict)
    loose: tuple[tuple[int, Slopes], ...] = ()

    def along(self, move: Slopes) -> Along:
        """Return the number as a polynomial in the votes moved, constant first."""
        return self.now, sum(self.slopes.get(line, 0) * b for line, b in move.items())

    def off(self, move: Slopes) -> Along:
        """Return by how much the number can be off that polynomial."""
        return (sum(abs(n) for n, slopes in self.loose if any(slopes.get(line) for line in move)),)


@dataclass(frozen=True, slots=True)
class Product:
    """Two numbers multiplied."""

    one: Form
    two: Form

    @property
    def now(self) -> int:
        """The number before a vote moves."""
        return self.one.now * self.two.now

    def along(self, move: Slopes) -> Along:
        """Return the number as a polynomial in the votes moved, constant first."""
        return _multiplied(self.one.along(move), self.two.along(move))

    def off(self, move: Slopes) -> Along:
        """Return by how much the number can be off that polynomial."""
        off_one, off_two = self.one.off(move), self.two.off(move)
        if not any(off_one) and not any(off_two):
            return (0,)
        one, two = (tuple(abs(n) for n in form.along(move)) for form in (self.one, self.two))
        parts = [_multiplied(one, off_two), _multiplied(off_one, two), _multiplied(off_one, off_two)]
        return _summed([(1, part) for part in parts])


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers added, each so many times."""

    parts: tuple[tuple[int, Form], ...]

    @property
    def now(self) -> int:
        """The number before a vote moves."""
        return sum(times * part.now for times, part in self.parts)

    def along(self, move: Slopes) -> Along:
        """Return the number as a polynomial in the votes moved, constant first."""
        return _summed([(times, part.along(move)) for times, part in self.parts])

    def off(self, move: Slopes) -> Along:
        """Return by how much the number can be off that polynomial."""
        return _summed([(abs(times), part.off(move)) for times, part in self.parts])


Form = Straight | Product | Sum
ZERO, ONE = Straight(0), Straight(1)


def _multiplied(one: Along, two: Along) -> Along:
    out = [0] * (len(one) + len(two) - 1)
    for i, a in enumerate(one):
        for j, b in enumerate(two):
            out[i + j] += a * b
    return tuple(out)


def _summed(parts: Sequence[tuple[int, Along]]) -> Along:
    size = max(len(part) for _, part in parts)
    return tuple(sum(times * part[i] for times, part in parts if i < len(part)) for i in range(size))


def variables(form: Form) -> set[Variable]:
    """Return the lines with which a number moves."""
    if isinstance(form, Straight):
        return set(form.slopes)
    parts = (form.one, form.two) if isinstance(form, Product) else tuple(part for _, part in form.parts)
    return set().union(*(variables(part) for part in parts))


def _is_fixed(form: Form) -> bool:
    return isinstance(form, Straight) and not form.slopes and not form.loose


def _times(one: Form, two: Form) -> Form:
    for a, b in ((one, two), (two, one)):
        if _is_fixed(a):
            return _scaled(b, a.now)
    return Product(one, two)


def _scaled(form: Form, times: int) -> Form:
    if times == 1:
        return form
    if isinstance(form, Straight):
        loose = tuple((n * times, slopes) for n, slopes in form.loose)
        return (
            Straight(form.now * times, {line: b * times for line, b in form.slopes.items()}, loose) if times else ZERO
        )
    return Sum(((times, form),))


def _plus(one: Form, two: Form, times: int) -> Form:
    if not (isinstance(one, Straight) and isinstance(two, Straight)):
        return Sum(((1, one), (times, two)))
    slopes = dict(one.slopes)
    for line, b in two.slopes.items():
        slopes[line] = slopes.get(line, 0) + times * b
    loose = (*one.loose, *((n * times, lines) for n, lines in two.loose))
    return Straight(one.now + times * two.now, {line: b for line, b in slopes.items() if b}, loose)


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
        return _summed([*parts, (-1, plus.off(move)), (-1, minus.off(move))])


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
        return _plain(_scaled(self.top, -1), self.bottom, self.book)

    def __pos__(self) -> Any:
        """Return the number itself."""
        return self

    def __mul__(self, other: object) -> Any:
        """Multiply."""
        parts = _parts(other)
        if parts is None:
            return NotImplemented
        top, bottom = parts[0], self.bottom
        if _is_fixed(top) and _is_fixed(bottom) and top.now:  # so that a whole number has 1 below the line
            common = gcd(top.now, bottom.now)
            top, bottom = Straight(top.now // common), Straight(bottom.now // common)
        return _plain(_times(self.top, top), _times(bottom, parts[1]), self.book)

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
        if not (isinstance(self.top, Straight) and _is_fixed(self.bottom)):
            return self.__floor__()
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
        if _is_fixed(self.bottom) and _is_fixed(bottom):
            common = lcm(self.bottom.now, bottom.now)
            first = _scaled(self.top, common // self.bottom.now)
            return _plain(_plus(first, top, times * (common // bottom.now)), Straight(common), self.book)
        if self.bottom is bottom:
            return _plain(_plus(self.top, top, times), bottom, self.book)
        crossed = _plus(_times(self.top, bottom), _times(top, self.bottom), times)
        return _plain(crossed, _times(self.bottom, bottom), self.book)

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
    if _is_fixed(top) and (_is_fixed(bottom) or top.now == 0):
        value = Fraction(top.now, bottom.now)
        return value.numerator if value.denominator == 1 else value
    return Moving(top, bottom, book)


def _divided(one: tuple[Form, Form], two: tuple[Form, Form], book: list[Held]) -> Any:
    """Return a quotient; what stands below the line is above 0, as long as the comparison noted here holds."""
    divisor = Moving(two[0], ONE, book)
    if not _is_fixed(two[0]):
        sign = 1 if divisor.top.now >= 0 else -1
        book.append(Held((two[0], ONE), (ONE, ZERO), sign, 1 if divisor.top.now else 0))
    if divisor.top.now == 0:
        raise ZeroDivisionError("division by zero")
    top, bottom = _times(one[0], two[1]), _times(one[1], two[0])
    if bottom.now < 0:
        top, bottom = _scaled(top, -1), _scaled(bottom, -1)
    return _plain(top, bottom, book)


def _floor(value: Any) -> int:
    return value.__floor__() if isinstance(value, Moving) else value // 1


def rounded_down(number: Any) -> Any:
    """Return a number rounded down; one that moves goes on moving."""
    return number.rounded_down() if isinstance(number, Moving) else Fraction(number.__floor__())


def on_one_scale(numbers: Mapping[str, Any]) -> dict[str, int]:
    """Return numbers as they are now, all multiplied by what makes them whole."""
    known = {name: Fraction(n.now if isinstance(n, Moving) else n) for name, n in numbers.items()}
    scale = lcm(*(n.denominator for n in known.values()))
    return {name: (n * scale).numerator for name, n in known.items()}
