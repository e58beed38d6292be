"""Cliffs: the exact places along a sweep at which a seat changes hands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path

from sailau.law.edition import Law
from sailau.records.election import Election
from sailau.runs.moved import applied
from sailau.runs.replay import law_of
from sailau.runs.sweep import Range, check_ranges, spelled
from sailau.terms.errors import Invalid, Undecided
from sailau.terms.numbers import exact
from sailau.terms.tally import Tally

FINE = Fraction(1, 10**5)
"""How far apart the two sides of a cliff are, at the most: a thousandth of a point."""


@dataclass(frozen=True, slots=True)
class Cliff:
    """A place at which the outcome changes.

    Attributes
    ----------
    values : tuple of str
        Of the other clause, where there is one.
    below, above : str
        The last value with the outcome before, and the first with the outcome after.
    gains, losses : mapping of str to int
        Seats that change hands on the way up.
    question : str, optional
        What the law leaves open on one of the sides.
    """

    values: tuple[str, ...]
    below: str
    above: str
    gains: Mapping[str, int]
    losses: Mapping[str, int]
    question: str | None = None


def cliffs(
    election: Election, ranges: Sequence[Range], *, law: Law | None = None, folders: Sequence[Path] = ()
) -> list[Cliff]:
    """Find every cliff along the last of the ranges, at each value of the one before it.

    Between two neighbouring values of the range one cliff is found, however many there are: a finer step finds more.

    Parameters
    ----------
    election : Election
    ranges : sequence of Range
        One or two; the last one of numbers.
    law : Law, optional

    Raises
    ------
    Invalid
        The last range is none of numbers, or a clause is not the law's.
    """
    check_ranges(ranges)
    start = law or law_of(election, folders=folders)
    *others, last = ranges
    try:
        steps = [exact(value) for value in last.values]
    except ValueError:
        raise Invalid(f"{last.path}: cliffs lie along numbers", hint="write from:to:step") from None
    whole = all(step.denominator == 1 for step in steps) and not any("%" in value for value in last.values)
    grain = Fraction(1) if whole else FINE
    found: list[Cliff] = []
    for values in product(*(given.values for given in others)):
        fixed = dict(zip((given.path for given in others), values, strict=True))

        def at(value: Fraction, fixed: Mapping[str, str] = fixed) -> tuple[Mapping[str, int], str | None]:
            point = {**fixed, last.path: _spell(value, last)}
            return _outcome(election, *applied(start, election.tally, point))

        outcomes = [at(step) for step in steps]
        for i in range(1, len(steps)):
            if outcomes[i] == outcomes[i - 1]:
                continue
            low, high, after = steps[i - 1], steps[i], outcomes[i]
            while high - low > grain:
                middle = (low + high) / 2 // grain * grain
                middle = middle if middle > low else (low + high) / 2
                if (seen := at(middle)) == outcomes[i - 1]:
                    low = middle
                else:
                    high, after = middle, seen
            found.append(_cliff(values, _spell(low, last), _spell(high, last), outcomes[i - 1], after))
    return found


def _spell(value: Fraction, given: Range) -> str:
    return spelled(value, shares=any("%" in text for text in given.values))


def _outcome(election: Election, law: Law, tally: Tally) -> tuple[Mapping[str, int], str | None]:
    try:
        seats = law.count(tally, decisions=election.decisions).seats
    except Undecided as question:
        return {}, question.what
    return {party: n for party, n in seats.items() if n}, None


def _cliff(
    values: tuple[str, ...],
    below: str,
    above: str,
    before: tuple[Mapping[str, int], str | None],
    after: tuple[Mapping[str, int], str | None],
) -> Cliff:
    question = before[1] or after[1]
    change = {p: after[0].get(p, 0) - before[0].get(p, 0) for p in {*before[0], *after[0]}}
    if question:
        change = {}
    gains = {p: n for p, n in sorted(change.items()) if n > 0}
    losses = {p: -n for p, n in sorted(change.items()) if n < 0}
    return Cliff(values, below, above, gains, losses, question)
