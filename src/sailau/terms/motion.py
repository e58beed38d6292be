"""How a number moves with votes: straight lines, their products and sums, as polynomials along a move of votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
        return multiplied(self.one.along(move), self.two.along(move))

    def off(self, move: Slopes) -> Along:
        """Return by how much the number can be off that polynomial."""
        off_one, off_two = self.one.off(move), self.two.off(move)
        if not any(off_one) and not any(off_two):
            return (0,)
        one, two = (tuple(abs(n) for n in form.along(move)) for form in (self.one, self.two))
        parts = [multiplied(one, off_two), multiplied(off_one, two), multiplied(off_one, off_two)]
        return summed([(1, part) for part in parts])


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
        return summed([(times, part.along(move)) for times, part in self.parts])

    def off(self, move: Slopes) -> Along:
        """Return by how much the number can be off that polynomial."""
        return summed([(abs(times), part.off(move)) for times, part in self.parts])


Form = Straight | Product | Sum
ZERO, ONE = Straight(0), Straight(1)


def multiplied(one: Along, two: Along) -> Along:
    """Return the product of two polynomials."""
    out = [0] * (len(one) + len(two) - 1)
    for i, a in enumerate(one):
        for j, b in enumerate(two):
            out[i + j] += a * b
    return tuple(out)


def summed(parts: Sequence[tuple[int, Along]]) -> Along:
    """Return the sum of polynomials, each so many times."""
    size = max(len(part) for _, part in parts)
    return tuple(sum(times * part[i] for times, part in parts if i < len(part)) for i in range(size))


def variables(form: Form) -> set[Variable]:
    """Return the lines with which a number moves, if only by rounding."""
    if isinstance(form, Straight):
        return set(form.slopes).union(*(lines for _, lines in form.loose))
    parts = (form.one, form.two) if isinstance(form, Product) else tuple(part for _, part in form.parts)
    return set().union(*(variables(part) for part in parts))


def is_fixed(form: Form) -> bool:
    """Say whether a number does not move."""
    return isinstance(form, Straight) and not form.slopes and not form.loose


def product(one: Form, two: Form) -> Form:
    """Return two numbers multiplied, as a straight line where it is one."""
    for a, b in ((one, two), (two, one)):
        if is_fixed(a):
            return scaled(b, a.now)
    return Product(one, two)


def scaled(form: Form, times: int) -> Form:
    """Return a number so many times."""
    if times == 1:
        return form
    if isinstance(form, Straight):
        loose = tuple((n * times, slopes) for n, slopes in form.loose)
        return (
            Straight(form.now * times, {line: b * times for line, b in form.slopes.items()}, loose) if times else ZERO
        )
    return Sum(((times, form),))


def total(one: Form, two: Form, times: int) -> Form:
    """Return a number, and another one so many times, added up."""
    if not (isinstance(one, Straight) and isinstance(two, Straight)):
        return Sum(((1, one), (times, two)))
    slopes = dict(one.slopes)
    for line, b in two.slopes.items():
        slopes[line] = slopes.get(line, 0) + times * b
    loose = (*one.loose, *((n * times, lines) for n, lines in two.loose))
    return Straight(one.now + times * two.now, {line: b for line, b in slopes.items() if b}, loose)
