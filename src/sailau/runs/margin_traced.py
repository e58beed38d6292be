"""What steps hang on that do not say so: the law is counted with votes that move, and every comparison is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sailau.law.edition import count_tiers
from sailau.law.result import Result
from sailau.runs.margin_contest import Move
from sailau.seats.count import Count, Each, Step
from sailau.seats.pool import Pool
from sailau.terms.motion import Slopes, Straight, variables
from sailau.terms.moving import Held, Moving
from sailau.terms.tally import BLANK, INVALID, NATION, Tally

Met = tuple[Step, Count, Count]
"""A step, the count before it, and what it made of it."""


class Untraced(Exception):
    """A step does something with votes that cannot be followed."""


def trace(result: Result, tier: str, met: Sequence[Met], says: Callable[[Step], bool], only: Move | None) -> list[Held]:
    """Return every comparison by which the steps that do not say what they compare came to the result.

    Parameters
    ----------
    result : Result
        The count of the votes as they are.
    tier : str
        The tier whose votes move.
    met : sequence of tuple
        What every step met in that count, in turn.
    says : callable
        Whether a step says itself what it compares; it is not traced then.
    only : Move, optional
        The one move that matters; by default votes of any line may move.

    Raises
    ------
    Untraced
        A step does something with votes that cannot be followed.
    """
    book: list[Held] = []
    line = iter(met)
    tiers = [replace(part, steps=_watched(part.steps, line, says)) for part in result.law.tiers]
    lines = None if only is None else only.slopes.keys()
    try:
        count_tiers(tiers, moving_tally(result.tally, tier, book, lines), result.decisions, None)
    except Exception as error:  # whatever a number that moves cannot do: the step is then not traced
        raise Untraced(str(error)) from error
    return book


def moving_tally(tally: Tally, tier: str, book: list[Held], lines: Iterable[str] | None = None) -> Tally:
    """Return the tally with votes of a tier that move, and the figures that move with them."""
    ballots, some = tally.tiers[tier], None if lines is None else set(lines)
    votes: dict[str, dict[str, Any]] = {}
    for area, cast in ballots.votes.items():
        able = cast if some is None else {line for line in cast if line in some}
        votes[area] = {line: Moving.of(n, {(area, line): 1}, book) if line in able else n for line, n in cast.items()}
    totals = {
        area: {name: _figure(name, n, area, votes, book) for name, n in figures.items()}
        for area, figures in ballots.totals.items()
    }
    return replace(tally, tiers={**tally.tiers, tier: replace(ballots, votes=votes, totals=totals)})


def _figure(name: str, n: int, area: str, votes: Mapping[str, Mapping[str, Any]], book: list[Held]) -> Any:
    counts: Mapping[str, Callable[[str], bool]] = {
        "valid": lambda line: line != INVALID,
        "ballots": bool,
        "voters": bool,
        "invalid": lambda line: line == INVALID,
        "blank": lambda line: line == BLANK,
    }
    if name not in counts:
        return n
    where = votes if area == NATION else {area: votes.get(area, {})}
    slopes = {
        (part, line): 1
        for part, lines in where.items()
        for line, known in lines.items()
        if isinstance(known, Moving) and counts[name](line)
    }
    return Moving.of(n, slopes, book) if slopes else n


@dataclass(frozen=True)
class Watched:
    """A step in a count whose votes move; one that says itself what it compares is taken as it was."""

    step: Step
    line: Iterator[Met]
    says: Callable[[Step], bool]

    def __getattr__(self, name: str) -> Any:
        """Answer as the step itself."""
        return getattr(self.step, name)

    def apply(self, count: Count) -> Count:
        """Return what the step makes of the count."""
        step, before, after = next(self.line)
        if step is not self.step or before.area != count.area or before.tier != count.tier:
            raise Untraced("the steps come in another order")
        if self.says(step) and not isinstance(step, Pool) and _is_as_cast(count):
            return _attached(count, before, after)
        made = self.step.apply(count)
        if made.placed != after.placed or made.votes.keys() != after.votes.keys():
            raise Untraced("the step gives another result")
        return made


def _watched(steps: Sequence[Step], line: Iterator[Met], says: Callable[[Step], bool]) -> tuple[Any, ...]:
    return tuple(
        replace(step, steps=_watched(step.steps, line, says)) if isinstance(step, Each) else Watched(step, line, says)
        for step in steps
    )


def _is_as_cast(count: Count) -> bool:
    """Say whether the votes that stand are those that were cast, line by line or added up in pools."""
    return all(
        n is part.cast.get(line) or (line in part.pools and _is_sum(n, [part.cast.get(m, 0) for m in part.pools[line]]))
        for part in (count, *count.areas.values())
        for line, n in part.votes.items()
    )


def _is_sum(number: Any, parts: Sequence[Any]) -> bool:
    total = sum(parts)
    if not (isinstance(number, Moving) and isinstance(total, Moving)):
        return not (isinstance(number, Moving) or isinstance(total, Moving))
    return bool(number.top == total.top and number.bottom == total.bottom)


def _attached(count: Count, before: Count, after: Count) -> Count:
    """Return what a step made, with votes that move as those before it do."""
    if after.cast.keys() != count.cast.keys() or (after.done is not before.done):
        raise Untraced("the step changes what was cast")
    known = {**count.cast, **count.below, **count.votes}
    areas = {name: _attached(count.areas[name], before.areas[name], part) for name, part in after.areas.items()}
    return after.but(
        tally=count.tally,
        ballots=count.ballots,
        cast=count.cast,
        votes=_as(after.votes, known),
        below=_as(after.below, known),
        areas=areas,
        done=count.done,
    )


def _as(votes: Mapping[str, int], known: Mapping[str, Any]) -> dict[str, Any]:
    out = {line: known[line] for line in votes if line in known}
    if len(out) < len(votes) or any(now(out[line]) != n for line, n in votes.items()):
        raise Untraced("the step changes votes")
    return out


def now(number: Any) -> Any:
    """Return a number as it is before a vote moves."""
    return number.now if isinstance(number, Moving) else number


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


class Book:
    """Comparisons, asked after many moves at once; the first answer may be a little too few votes, never too many."""

    def __init__(self, held: Sequence[Held]) -> None:
        self.plain: dict[str, list[tuple[int, Mapping[str, int]]]] = {}
        self.bent: dict[str, list[Held]] = {}
        self.held: dict[str, list[Held]] = {}
        for one in held:
            for area, slopes in _rates(one).items():
                self.held.setdefault(area, []).append(one)
                if slopes is None:
                    self.bent.setdefault(area, []).append(one)
                else:
                    self.plain.setdefault(area, []).append((max(one.spare - _off(one, area), 0), slopes))

    def rough(self, area: str, moves: Sequence[Move]) -> list[int | None]:
        """Return for each move in an area a number of votes below which no comparison comes out otherwise."""
        soonest = np.full(len(moves), np.inf)
        lines = {line: i for i, line in enumerate(sorted({line for move in moves for line in move.slopes}))}
        none = len(lines)
        givers = np.array([lines.get(move.giver or "", none) for move in moves])
        takers = np.array([lines.get(move.taker or "", none) for move in moves])
        known = self.plain.get(area, [])
        for start in range(0, len(known), 256):
            part = known[start : start + 256]
            rates = np.zeros((len(part), none + 1))
            for row, (_, slopes) in zip(rates, part, strict=True):
                for line, b in slopes.items():
                    if line in lines:
                        row[lines[line]] = float(b)
            spare = np.array([[float(n)] for n, _ in part])
            speed = rates[:, givers] - rates[:, takers]
            with np.errstate(divide="ignore", invalid="ignore"):
                times = np.where(speed > 0, spare / speed, np.inf)
            soonest = np.minimum(soonest, times.min(axis=0))
        out = [None if t == np.inf else int(t * (1 - 1e-9)) + 1 for t in soonest]
        bent = self.bent.get(area)
        return [_sooner(t, next_break(bent, area, move)) for t, move in zip(out, moves, strict=True)] if bent else out

    def first(self, area: str, move: Move) -> int | None:
        """Return after how many votes a comparison may come out otherwise."""
        return next_break(self.held.get(area, ()), area, move)


def _sooner(one: int | None, two: int | None) -> int | None:
    return min((t for t in (one, two) if t is not None), default=None)


def _off(held: Held, area: str) -> int:
    """Return by how much a comparison can be off its line at first while votes of an area move."""
    forms = [(one, two) for pair in (held.plus, held.minus) for one, two in (pair, pair[::-1])]
    loose = ((abs(n * two.now), lines) for one, two in forms if isinstance(one, Straight) for n, lines in one.loose)
    return sum(n for n, lines in loose if any(where == area for where, _ in lines))


def _rates(held: Held) -> dict[str, dict[str, int] | None]:
    """Return by area how fast the spare of a comparison grows with each line; None where not in a straight line."""
    out: dict[str, dict[str, int] | None] = {}
    for sign, (one, two) in ((held.sign, held.plus), (-held.sign, held.minus)):
        if not (isinstance(one, Straight) and isinstance(two, Straight)):
            return dict.fromkeys({area for form in (*held.plus, *held.minus) for area, _ in variables(form)})
        for form, other in ((one, two), (two, one)):
            for (area, line), b in form.slopes.items():
                here = out.setdefault(area, {})
                if here is not None:
                    here[line] = here.get(line, 0) + sign * b * other.now
        if (one.slopes or one.loose) and (two.slopes or two.loose):
            for area in {area for area, _ in one.slopes} & {area for area, _ in two.slopes}:
                out[area] = None
    return out
