"""Words: sentences filled with exact figures, in the language that is spoken (see ``terms.speech``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sailau.terms import numbers
from sailau.terms.speech import (
    Said,
    coded,
    grouped,
    joined,
    language_of,
    marks,
    named,
    quoted,
    say,
    speaking,
    spoken,
)

__all__ = [
    "Line",
    "Said",
    "Words",
    "bar_in_votes",
    "claim",
    "coded",
    "decimal",
    "divided_by",
    "grouped",
    "joined",
    "language_of",
    "listed",
    "named",
    "percent",
    "quoted",
    "say",
    "speaking",
    "spell",
    "spoken",
    "tie",
    "votes_first",
]

Words = list[tuple[str, str]]
"""Lines of an explanation: what each is about, and what happened."""


def spell(value: Fraction | int) -> str:
    """Return an exact number as a mixed number, with the marks of the language that is spoken."""
    return marks(numbers.spell(value), spoken())


def decimal(value: Fraction | int, places: int = 4) -> str:
    """Return a number with a fixed number of decimals, with the marks of the language that is spoken."""
    return marks(numbers.decimal(value, places), spoken())


def percent(value: Fraction) -> str:
    """Return a share as a percentage where it is short; Russian keeps a space before the sign."""
    return marks(numbers.percent(value), spoken())


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation: what it is about, what happened, and the clause."""

    label: str
    text: str
    cite: str = ""
    tier: str = ""
    area: str = ""


def listed(items: Mapping[str, Any] | Sequence[str], show: Callable[[Any], str] = grouped) -> str:
    """Return ``a 3, b 2``; ``nobody`` when there is none."""
    if isinstance(items, Mapping):
        return ", ".join(f"{name} {show(value)}" for name, value in items.items()) or say("nobody")
    return ", ".join(items) or say("nobody")


def votes_first(votes: Mapping[str, int]) -> dict[str, int]:
    """Return the votes with the largest first, equal ones by name."""
    return dict(sorted(votes.items(), key=lambda item: (-item[1], item[0])))


def bar_in_votes(value: Fraction) -> str:
    """Return a bar in votes: with two decimals where they say it all, else as a mixed number."""
    return decimal(value, 2) if (value * 100).denominator == 1 else spell(value)


def claim(value: Fraction | None, power: int = 1) -> str:
    """Return a quotient: exact where short, else with four decimals; ∞ for a divisor of 0."""
    if value is None:
        return "∞"
    if power == 1:
        return spell(value) if value.denominator < 100 else decimal(value, 4)
    return marks(f"{float(value) ** (1 / power):,.4f}", spoken())


def divided_by(formula: str) -> str:
    """Return what votes are divided by: ``2s + 1``, or ``1.4 for the first seat, then 2s + 1``."""
    first, apart, rest = formula.partition(" for the first seat, then ")
    if not apart:
        return formula
    return say("{first} for the first seat, then {formula}", first=marks(first, spoken()), formula=rest)


def tie(facts: Mapping[str, Any]) -> str:
    """Return the words on a tie that a rule settled; nothing when there was none."""
    if not facts["tied"]:
        return ""
    rule = say(", then ").join(named(rule) for rule in facts["ties"]) or say("a decision from outside")
    return say("; tie of {tied}, settled by {rule}", tied=listed(facts["tied"]), rule=rule)
