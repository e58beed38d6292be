"""The gates of an entry as a waterfall: what is left after each, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from sailau.plots.frame import footer, heading
from sailau.plots.lettering import fit, width_of
from sailau.plots.svg import COLOURS, FAINT, GRID, INK, PAPER, Point, circle, document, line, rect, text
from sailau.terms.speech import percents, say, written

LEFT, RIGHT, ROW = 190.0, 190.0, 64.0
APART = "#7f7f7f"
"""The bar of a gate that is shown but does not count."""
LEAST = 1e-4
"""The left end of the scale; what is smaller is drawn there."""

Span = tuple[float, float, float]
"""Low, middle, high."""

Gate = tuple[str, Span, str, Span | None]
"""Name, the chance to get through, what it rests on, and what is left of the way; None for a gate shown apart."""


def gates_waterfall(gates: Sequence[Gate], *, title: str, source: str = "") -> str:
    """Return one row for each gate on a scale of powers of ten: its chance, and below it what is left so far.

    Parameters
    ----------
    gates : sequence of (name, span, basis, span left)
        In their order.
    title, source : str
    """
    plot = 900.0 - LEFT - RIGHT
    edge = max(LEFT, max((width_of(name, 13) for name, *_ in gates), default=0) + 34)
    width = edge + plot + RIGHT
    below = say("Blue: the chance to get through a gate, given those before. Orange: what is left. Grey: shown apart.")
    parts, begin = heading(title, width, below=below)
    top = begin + 12
    bottom = top + ROW * len(gates) + 4
    for power in range(round(log10(LEAST)), 1):
        x = edge + plot * _at(10.0**power)
        parts.append(line(x, top - 6, x, bottom, stroke=GRID))
        parts.append(text(x, bottom + 16, percents(100 * 10.0**power), anchor="middle", size=11, fill=FAINT))
    for i, (name, span, basis, left) in enumerate(gates):
        y = top + ROW * i
        parts.append(text(edge - 18, y + 18, name, anchor="end"))
        parts += _bar(name, span, (edge, y + 6), plot, COLOURS[0] if left else APART)
        if left:
            parts += _bar(say("left after {name}", name=name), left, (edge, y + 25), plot, COLOURS[5], thin=True)
        parts.append(text(edge + plot + 14, y + 19, in_words(span), size=13))
        parts.append(text(edge, y + 51, fit(basis, 11, plot + RIGHT - 24), size=11, fill=FAINT))
    under, height = footer(source, bottom + 24, width)
    rest = [left for *_, left in gates if left]
    told = say("After all gates {share} are left.", share=in_words(rest[-1])) if rest else say("No gate is on record.")
    return document(width, height, [*parts, *under], title=title, description=told)


def _bar(name: str, span: Span, at: Point, plot: float, shade: str, *, thin: bool = False) -> list[str]:
    (edge, y), (low, middle, high) = at, span
    if high == 0:
        return [text(edge + 6, y + (9 if thin else 13), say("nothing"), size=11, fill=FAINT)]
    start, end = edge + plot * _at(low), edge + plot * _at(high)
    told = f"{name}: {in_words(span)}"
    depth = 7.0 if thin else 16.0
    parts = [rect(start, y, max(end - start, 3), depth, shade, title=told)]
    parts.append(circle(edge + plot * _at(middle), y + depth / 2, 3 if thin else 5, PAPER, stroke=INK, title=told))
    if low < LEAST:
        parts.append(text(edge - 4, y + depth / 2 + 5, "‹", anchor="end", size=14, fill=FAINT))
    return parts


def _at(value: float) -> float:
    """Return where a chance stands on the scale, from 0 to 1."""
    return 1 - log10(max(value, LEAST)) / log10(LEAST)


def in_words(span: Span) -> str:
    """Say an interval: ``2% – 31%``.

    Examples
    --------
    >>> in_words((0.024, 0.12, 0.311)), in_words((1e-9, 0.01, 0.9996)), in_words((0.0, 0.0, 0.0))
    ('2.4% – 31%', 'below 0.01% – 99.9%', '0%')
    """
    low, _, high = span
    return f"{_percent(low)} – {_percent(high)}" if low != high else _percent(low)


def _percent(value: float) -> str:
    number = 100 * value
    if number in (0, 100):
        return percents(round(number))
    if number >= 99:
        return written(min(number, 99.9) / 100, ".1%")
    return say("below {share}", share=percents(0.01)) if number < 0.01 else percents(float(f"{number:.2g}"))
