"""Figures: what a call found out, how sure it is, and on which records it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

Value = Fraction | int | float | str
Number = Fraction | int | float


class Grade(StrEnum):
    """How far a figure can carry a verdict, the strongest first."""

    law = "law"
    whole = "count"
    series = "series"
    comparison = "comparison"
    cases = "cases"
    model = "model"


GRADES: Mapping[Grade, str] = {
    Grade.law: "the text of a law, read by the loader",
    Grade.whole: "a complete count: a census, an official result",
    Grade.series: "repeated measurements of the same thing",
    Grade.comparison: "a before and an after, or several units, without a control",
    Grade.cases: "a coded table of cases, few and not drawn at random",
    Grade.model: "a stated model over a range of its parameters; it says what can be, not what is",
}


class NoData(Exception):
    """Nothing here records what a call asks for; `needed` says what would be needed."""

    def __init__(self, needed: str) -> None:
        self.needed = needed
        super().__init__(needed)


@dataclass(frozen=True, slots=True)
class Figure:
    """One finding of a call.

    Attributes
    ----------
    value : Fraction, int, float or str
        Counts and shares are exact where the records are.
    words : str
        What the value is, in a clause.
    grade : Grade
    low, high : Fraction, int or float, optional
        The interval that all sources, draws or parameters span; without it the value is a point.
    unit : str
        ``share`` (in [0, 1]), ``points`` (a difference of shares), ``seats``, ``persons``, ``days``, ``index``,
        ``count``, ``word`` …
    split : Fraction, optional
        Of a model: the part of its range of parameters in which the value is above zero.
    sources : tuple of str
        Ids of records, laws and tables.
    records : tuple of Path
        The files that were read; their checksums enter the ledger.
    """

    value: Value
    words: str
    grade: Grade
    low: Number | None = None
    high: Number | None = None
    unit: str = "count"
    split: Fraction | None = None
    sources: tuple[str, ...] = ()
    records: tuple[Path, ...] = field(default=(), compare=False)

    @property
    def bounds(self) -> tuple[Number, Number]:
        """The interval; a point where nothing wider is known. A word has none."""
        if isinstance(self.value, str):
            raise TypeError(f"{self.value!r} is a word")
        low = self.value if self.low is None else self.low
        high = self.value if self.high is None else self.high
        return low, high

    def spelled(self) -> str:
        """Return value and interval as a person reads them.

        Examples
        --------
        >>> Figure(Fraction(1, 3), "a third", Grade.whole, unit="share").spelled()
        '33.3 %'
        >>> Figure(5, "five", Grade.whole, low=4, high=6).spelled()
        '5 (4 to 6)'
        """
        if isinstance(self.value, str):
            return self.value
        text = spell(self.value, self.unit)
        if self.low is None and self.high is None:
            return text
        low, high = self.bounds
        return f"{text} ({spell(low, self.unit)} to {spell(high, self.unit)})"


def spell(value: Number, unit: str) -> str:
    """Return a number as its unit is read: shares in percent, counts with thousands."""
    if unit == "points":
        return f"{float(value) * 100:.1f} points"
    if unit == "share":
        return f"{float(value) * 100:.1f} %"
    if isinstance(value, int) or (isinstance(value, Fraction) and value.denominator == 1):
        return f"{int(value):,}"
    return f"{float(value):,.3g}" if abs(float(value)) < 1000 else f"{float(value):,.0f}"
