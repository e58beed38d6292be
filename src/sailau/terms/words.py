"""Words: sentences filled with exact figures, one language at a time.

A sentence is written once, in English, where the mechanism is; the English text is its key in the other languages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sailau.terms.numbers import decimal, spell

Words = list[tuple[str, str]]
"""Lines of an explanation: what each is about, and what happened."""


def say(sentence: str, /, **values: object) -> str:
    """Return the sentence filled in."""
    return sentence.format(**values)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation: what it is about, what happened, and the clause."""

    label: str
    text: str
    cite: str = ""
    tier: str = ""
    area: str = ""


def listed(items: Mapping[str, Any] | Sequence[str], show: Callable[[Any], str] = lambda n: f"{n:,}") -> str:
    """Return ``a 3, b 2``; ``nobody`` when there is none."""
    if isinstance(items, Mapping):
        return ", ".join(f"{name} {show(value)}" for name, value in items.items()) or "nobody"
    return ", ".join(items) or "nobody"


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
    return f"{float(value) ** (1 / power):,.4f}"


def tie(facts: Mapping[str, Any]) -> str:
    """Return the words on a tie that a rule settled; nothing when there was none."""
    if not facts["tied"]:
        return ""
    rule = ", then ".join(facts["ties"]).replace("_", " ") or "a decision from outside"
    return say("; tie of {tied}, settled by {rule}", tied=listed(facts["tied"]), rule=rule)
