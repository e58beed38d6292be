"""Sweeps: the same votes under a clause that goes through many values, one way or two ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path

from sailau.law.edition import Law
from sailau.records.election import Election
from sailau.runs.margin import margin
from sailau.runs.moved import applied
from sailau.runs.replay import law_of
from sailau.terms.errors import Invalid, Undecided
from sailau.terms.numbers import exact, percent
from sailau.terms.speech import say
from sailau.terms.tally import Tally

MOST = 100_000
"""Points of a sweep."""


@dataclass(frozen=True, slots=True)
class Range:
    """A clause and the values it takes, as a law file writes them; or the share of a party.

    Attributes
    ----------
    path : str
        ``list.threshold.share``, or ``shares.PARTY`` for the votes
    values : tuple of str
    """

    path: str
    values: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Range:
        """Read ``list.threshold.share=0%:10%:0.5%`` (both ends included) or ``list.formula=hare,dhondt``.

        Raises
        ------
        Invalid
            It is neither, or has no values.

        Examples
        --------
        >>> Range.of("list.threshold.share=4%:5%:0.5%").values
        ('4%', '4.5%', '5%')
        """
        path, equals, given = text.partition("=")
        if not equals or not path or not given:
            raise Invalid(
                say("{text!r} is no sweep", text=text), hint=say("write path=from:to:step or path=one,two,three")
            )
        if ":" not in given:
            return cls(path, tuple(part.strip() for part in given.split(",")))
        parts = given.split(":")
        try:
            first, last, step = (exact(part) for part in parts)
        except ValueError:
            raise Invalid(
                say("{given!r} is no range", given=given), hint=say("write from:to:step, for instance 0%:10%:0.5%")
            ) from None
        if step <= 0 or last < first or (last - first) / step >= MOST:
            raise Invalid(say("{given!r} leads nowhere, or has more than {most:,} steps", given=given, most=MOST))
        count = int((last - first) / step) + 1
        shares = any("%" in part for part in parts)
        return cls(path, tuple(spelled(first + i * step, shares=shares) for i in range(count)))


def spelled(value: Fraction, *, shares: bool) -> str:
    """Return a value as a law file writes it: a share as a percentage where that is short."""
    if not shares:
        return str(value)
    text = percent(value)
    return text if text.endswith("%") else str(value)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a sweep: the values, and the seats or the question that the law leaves open.

    `margin` is the fewest votes whose move would change a seat there, where it was asked for and is known.
    """

    values: tuple[str, ...]
    seats: Mapping[str, int]
    question: str | None = None
    margin: int | None = None


def sweep(
    election: Election,
    ranges: Sequence[Range],
    *,
    law: Law | None = None,
    folders: Sequence[Path] = (),
    margins: bool = False,
) -> list[Point]:
    """Count an election at every combination of values.

    Parameters
    ----------
    election : Election
    ranges : sequence of Range
        One, or two for a response in two directions.
    law : Law, optional
        The law to change; by default the one in force on the day.
    margins : bool, optional
        Find the margin at every point as well.

    Raises
    ------
    Invalid
        A clause that the law does not have, or more points than there is room for.

    Examples
    --------
    >>> from sailau import load_election
    >>> points = sweep(load_election("kz/mazhilis/2023-03-19"), [Range.of("list.threshold.share=5%:6%:1%")])
    >>> [(point.values[0], point.seats["nsdp"]) for point in points]
    [('5%', 4), ('6%', 0)]
    """
    start = law or law_of(election, folders=folders)
    check_ranges(ranges)
    paths = [given.path for given in ranges]
    return [
        _point(
            election, *applied(start, election.tally, dict(zip(paths, values, strict=True))), values, margins=margins
        )
        for values in product(*(given.values for given in ranges))
    ]


def check_ranges(ranges: Sequence[Range]) -> None:
    """Refuse the same clause twice, and more points than there is room for."""
    paths = [given.path for given in ranges]
    points = 1
    for given in ranges:
        points *= len(given.values)
    if not ranges or len(set(paths)) < len(paths) or points > MOST:
        raise Invalid(
            say(
                "a sweep has clauses that differ, and at most {most:,} points; this one {points:,}",
                most=MOST,
                points=points,
            )
        )


def _point(election: Election, law: Law, tally: Tally, values: tuple[str, ...], *, margins: bool) -> Point:
    try:
        seats = law.count(tally, decisions=election.decisions).seats
        best = margin(law, tally, decisions=election.decisions, rows=1).best if margins else None
    except Undecided as question:
        return Point(values, {}, question.what)
    return Point(values, seats, margin=best.votes if best else None)
