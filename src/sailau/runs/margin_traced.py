"""What steps hang on that do not say so: the law is counted with votes that move, and every comparison is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sailau.law.edition import count_tiers
from sailau.law.result import Result
from sailau.runs.margin_contest import Move
from sailau.seats.count import Count, Each, Step
from sailau.seats.pool import Pool
from sailau.terms.moving import Held, Moving, StepByStep
from sailau.terms.tally import BLANK, INVALID, NATION, Tally

Met = tuple[Step, Count, Count]
"""A step, the count before it, and what it made of it."""


class Untraced(Exception):
    """A step does something with votes that cannot be followed."""


def trace(
    result: Result,
    tier: str,
    met: Sequence[Met],
    says: Callable[[Step], bool],
    only: Move | None,
    *,
    by_step: bool = False,
) -> list[Held]:
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
    by_step : bool
        Whether rounded numbers are taken as they are, until the next of them, and not as nearly on a line.

    Raises
    ------
    Untraced
        A step does something with votes that cannot be followed.
    """
    book: list[Held] = StepByStep() if by_step else []
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
