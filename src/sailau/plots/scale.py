"""Scales of maps: classes of one hue for figures, a look for each name; never red against green."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10

from sailau.locale import number, percent
from sailau.plots.palette import Look
from sailau.plots.shade import tint
from sailau.plots.style import Style

LOW, HIGH = "#dfe9f5", "#0b3c77"
Value = int | float | Fraction | str


@dataclass(frozen=True, slots=True)
class Scale:
    """The look of each unit, the words in it, and the key.

    Attributes
    ----------
    fills : mapping of unit to Look
        A unit without a value has none.
    shown : mapping of unit to str
    key : mapping of class to (Look, str)
    """

    fills: Mapping[str, Look]
    shown: Mapping[str, str]
    key: Mapping[str, tuple[Look, str]]


def scale_of(values: Mapping[str, Value | None], style: Style, *, shares: bool = False) -> Scale:
    """Return the scale for values of units: classes for figures, looks for words.

    Parameters
    ----------
    values : mapping of unit to int, float, Fraction, str or None
        None (and NaN) is no value.
    style : Style
        Names and colours are of the words.
    shares : bool
        Figures are shares and are shown as percentages.
    """
    known = {unit: value for unit, value in values.items() if value is not None and value == value}
    figures = {unit: value for unit, value in known.items() if not isinstance(value, str)}
    if len(figures) == len(known):
        return _classes(figures, style.lang, shares=shares)
    called = {str(value): style.name(str(value)) for value in known.values()}
    shade = style.looks(called)
    fills = {unit: shade[str(value)] for unit, value in known.items()}
    return Scale(fills, {u: called[str(v)] for u, v in known.items()}, {n: (shade[n], called[n]) for n in called})


def _classes(figures: Mapping[str, int | float | Fraction], lang: str, *, shares: bool) -> Scale:
    edges = breaks([Fraction(value) for value in figures.values()])
    count = len(edges) - 1
    steps = [Look(tint(LOW, HIGH, i / max(count - 1, 1))) for i in range(count)]
    places = _places(edges, shares=shares)
    fine = places if shares or any(isinstance(v, float | Fraction) for v in figures.values()) else 0
    fills, shown = {}, {}
    for unit, value in figures.items():
        step = min(count - 1, sum(value >= edge for edge in edges[1:-1]))
        fills[unit] = steps[step]
        shown[unit] = _spell(Fraction(value), lang, max(fine, 1) if shares else fine, shares=shares)
    words = {
        str(i): (steps[i], f"{_spell(edges[i], lang, places, shares=shares)} – "
                           f"{_spell(edges[i + 1], lang, places, shares=shares)}")
        for i in range(count)
    }  # fmt: skip
    return Scale(fills, shown, words)


def breaks(values: Sequence[Fraction], *, classes: int = 5) -> list[Fraction]:
    """Return round numbers that hold all values, about so many even classes.

    Examples
    --------
    >>> [str(edge) for edge in breaks([Fraction(3), Fraction(48)])]
    ['0', '10', '20', '30', '40', '50']
    """
    if not values:
        return [Fraction(0), Fraction(1)]
    low, high = min(values), max(values)
    if low == high:
        high = low + (abs(low) or 1)
    rough = (high - low) / classes
    ten = Fraction(10) ** floor(log10(rough))
    step = next(ten * m for m in (1, 2, 5, 10) if ten * m >= rough * Fraction(95, 100))
    edges = [(low // step) * step]
    while edges[-1] < high or len(edges) < 2:
        edges.append(edges[-1] + step)
    return edges


def _places(edges: Sequence[Fraction], *, shares: bool) -> int:
    """Return how many decimals tell the edges apart."""
    step = (edges[1] - edges[0]) * (100 if shares else 1)
    return next((n for n in range(6) if (step * 10**n).denominator == 1), 6)


def _spell(value: Fraction, lang: str, places: int, *, shares: bool) -> str:
    return percent(value, lang, places) if shares else number(value, lang, places)
