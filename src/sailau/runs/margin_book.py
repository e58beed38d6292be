"""Comparisons that a count noted, asked after how many votes one of them may come out otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sailau.runs.margin_contest import Move
from sailau.terms.motion import Slopes, Straight, variables
from sailau.terms.moving import Held


def first_break(polynomial: Sequence[int], limit: int | None = None) -> int | None:
    """Return votes below which a comparison holds: the first at which it does not, where it moves in a straight line.

    What moves otherwise is followed in steps that are surely short enough; None where nothing breaks up to `limit`.
    """
    if polynomial[0] < 0:  # a rounded number lies so near that one vote may do
        return 1
    rest = list(polynomial[1:])
    while rest and rest[-1] == 0:
        rest.pop()
    if not rest or all(n >= 0 for n in rest):
        return None
    if len(rest) == 1:
        t = polynomial[0] // -rest[0] + 1
        return t if limit is None or t <= limit else None
    done, now_at = 0, [polynomial[0], *rest]
    for _ in range(60):
        step = _sure_step(now_at)
        if step is None or (limit is not None and done + step > limit):
            return None
        done += step
        now_at = _shifted(now_at, step)
        if now_at[0] < 0:
            return done
        if step == 1 and done > 1 and _sure_step(now_at) == 1:
            return done
    return done + 1


def _sure_step(polynomial: Sequence[int]) -> int | None:
    """Return the first number of votes that is not surely too few; None where none can be enough."""
    less = [max(-n, 0) for n in polynomial[1:]]
    if not any(less):
        return None

    def holds(t: int) -> bool:
        return bool(sum(n * t**i for i, n in enumerate(less, 1)) <= polynomial[0])

    high = 1
    while holds(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return high


def _shifted(polynomial: Sequence[int], t: int) -> list[int]:
    """Return the polynomial seen from `t`."""
    out = list(polynomial)
    for start in range(len(out) - 1):
        for i in range(len(out) - 2, start - 1, -1):
            out[i] += t * out[i + 1]
    return out


def next_break(book: Iterable[Held], area: str, move: Move) -> int | None:
    """Return after how many votes one of the comparisons may come out otherwise."""
    slopes: Slopes = {(area, line): b for line, b in move.slopes.items()}
    best: int | None = None
    for held in book:
        t = first_break(held.along(slopes), best)
        best = t if best is None or (t is not None and t < best) else best
    return best


Lines = Mapping[str, int]
"""How fast a number grows with each line of an area."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A number in a comparison, seen from one area."""

    now: int
    slopes: Lines
    off: int

    @classmethod
    def of(cls, form: Straight, area: str) -> Factor:
        """Return a number as it moves with the lines of an area, and by how much it can be off its line."""
        slopes = {line: b for (where, line), b in form.slopes.items() if where == area}
        off = sum(abs(n) for n, lines in form.loose if any(where == area for where, _ in lines))
        return cls(form.now, slopes, off)


Bent = tuple[int, int, tuple[Factor, Factor], tuple[Factor, Factor]]
"""What is surely spare at first, the sign, and the two products that are compared."""


class Book:
    """Comparisons, asked after many moves at once; the first answer may be a little too few votes, never too many."""

    def __init__(self, held: Sequence[Held]) -> None:
        self.plain: dict[str, list[tuple[int, Lines]]] = {}
        self.bent: dict[str, list[Bent]] = {}
        self.deep: dict[str, list[Held]] = {}
        self.held: dict[str, list[Held]] = {}
        for one in held:
            for area in {area for form in (*one.plus, *one.minus) for area, _ in variables(form)}:
                self.held.setdefault(area, []).append(one)
                self._enter(one, area)

    def _enter(self, held: Held, area: str) -> None:
        forms = [form for form in (*held.plus, *held.minus) if isinstance(form, Straight)]
        factors = [Factor.of(form, area) for form in forms]
        if len(factors) < 4 or held.spare < _off(factors):  # so near that rounding alone may do
            self.deep.setdefault(area, []).append(held)
            return
        plus, minus = (factors[0], factors[1]), (factors[2], factors[3])
        if _is_bent(*plus) or _is_bent(*minus):
            self.bent.setdefault(area, []).append((held.spare - _off(factors), held.sign, plus, minus))
        else:
            self.plain.setdefault(area, []).append((held.spare - _off(factors), _rates(held.sign, plus, minus)))

    def rough(self, area: str, moves: Sequence[Move]) -> list[int | None]:
        """Return for each move in an area a number of votes below which no comparison comes out otherwise."""
        lines, plain, bent = _Lines(moves), self.plain.get(area, []), self.bent.get(area, [])
        times = [lines.plain(plain[start : start + 256]).min(axis=0) for start in range(0, len(plain), 256)]
        times += [lines.bent(bent[start : start + 256]).min(axis=0) for start in range(0, len(bent), 256)]
        soonest = np.minimum.reduce([np.full(len(moves), np.inf), *times])
        out = [None if t == np.inf else int(t * (1 - 1e-9)) + 1 for t in soonest]
        deep = self.deep.get(area)
        return [_sooner(t, next_break(deep, area, move)) for t, move in zip(out, moves, strict=True)] if deep else out

    def first(self, area: str, move: Move) -> int | None:
        """Return after how many votes a comparison may come out otherwise."""
        return next_break(self.held.get(area, ()), area, move)


class Books:
    """Comparisons with rounded numbers nearly on a line, and step by step: the later of two answers holds."""

    def __init__(self, near: Sequence[Held], by_step: Callable[[], Sequence[Held]]) -> None:
        first = Book(near)
        self.kept = [first, Book(by_step())] if first.deep else [first]

    def rough(self, area: str, moves: Sequence[Move]) -> list[int | None]:
        """Return for each move in an area a number of votes below which no comparison comes out otherwise."""
        answers = [book.rough(area, moves) for book in self.kept]
        return [_later(both) for both in zip(*answers, strict=True)]

    def first(self, area: str, move: Move) -> int | None:
        """Return after how many votes a comparison may come out otherwise."""
        return _later([book.first(area, move) for book in self.kept])

    def many(self, area: str) -> int:
        """Return how many comparisons hang on votes of an area."""
        return sum(len(book.held.get(area, ())) for book in self.kept)


def _later(answers: Sequence[int | None]) -> int | None:
    known = [t for t in answers if t is not None]
    return max(known) if len(known) == len(answers) else None


def _is_bent(one: Factor, two: Factor) -> bool:
    return bool((one.slopes or one.off) and (two.slopes or two.off))


def _off(factors: Sequence[Factor]) -> int:
    """Return by how much two products can be off their lines at first."""
    p, q, r, s = factors
    pairs = ((p, q), (r, s))
    return sum(one.off * abs(two.now) + two.off * abs(one.now) + one.off * two.off for one, two in pairs)


def _rates(sign: int, plus: tuple[Factor, Factor], minus: tuple[Factor, Factor]) -> Lines:
    """Return how fast what is spare grows with each line."""
    rates: dict[str, int] = {}
    for way, (one, two) in ((sign, plus), (-sign, minus)):
        for form, other in ((one, two), (two, one)):
            for line, b in form.slopes.items():
                rates[line] = rates.get(line, 0) + way * b * other.now
    return rates


class _Lines:
    """Moves as columns: how fast numbers grow with each of them."""

    def __init__(self, moves: Sequence[Move]) -> None:
        self.at = {line: i for i, line in enumerate(sorted({line for move in moves for line in move.slopes}))}
        none = len(self.at)
        self.givers = np.array([self.at.get(move.giver or "", none) for move in moves], dtype=np.intp)
        self.takers = np.array([self.at.get(move.taker or "", none) for move in moves], dtype=np.intp)

    def speed(self, slopes: Sequence[Lines]) -> Any:
        """Return ``[number, move]`` how much a number grows with each vote moved."""
        rates = np.zeros((len(slopes), len(self.at) + 1))
        for row, one in zip(rates, slopes, strict=True):
            for line, b in one.items():
                if line in self.at:
                    row[self.at[line]] = float(b)
        return rates[:, self.takers] - rates[:, self.givers]

    def _of(self, factors: Sequence[Factor]) -> Any:
        return self.speed([factor.slopes for factor in factors])

    def plain(self, known: Sequence[tuple[int, Lines]]) -> Any:
        """Return ``[comparison, move]`` the votes up to which comparisons of straight lines hold."""
        speed = -self.speed([slopes for _, slopes in known])
        spare = _column([n for n, _ in known])
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(speed > 0, spare / speed, np.inf)

    def bent(self, known: Sequence[Bent]) -> Any:
        """Return ``[comparison, move]`` the votes up to which comparisons of products hold.

        All that can shorten the way is taken at its full speed, errors of floating point included.
        """
        start = _column([spare for spare, *_ in known])
        slow = fast = np.zeros(())
        for way, pairs in ((1, [plus for *_, plus, _ in known]), (-1, [minus for *_, minus in known])):
            p, q = [p for p, _ in pairs], [q for _, q in pairs]
            sign = way * _column([one[1] for one in known])
            p0, q0, p1, q1 = _column([f.now for f in p]), _column([f.now for f in q]), self._of(p), self._of(q)
            loss = _column([f.off for f in p]) * abs(q1) + _column([f.off for f in q]) * abs(p1)
            errors = 1e-14 * (abs(p0 * q1) + abs(p1 * q0))
            slow = slow - sign * (p0 * q1 + p1 * q0) + loss + errors
            fast = fast - sign * p1 * q1
        slow, fast = np.maximum(slow, 0), np.maximum(fast, 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            root = np.sqrt(slow * slow + 4 * fast * start)
            return np.where(slow + root > 0, 2 * start / (slow + root), np.where(fast > 0, 0, np.inf))


def _column(numbers: Sequence[int]) -> Any:
    return np.array([[float(n)] for n in numbers])


def _sooner(one: int | None, two: int | None) -> int | None:
    return min((t for t in (one, two) if t is not None), default=None)
