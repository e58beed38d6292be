"""The gates of an entry as a waterfall: what is left after each, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from sailau.plots.svg import COLOURS, FAINT, GRID, INK, circle, document, line, rect, text

LEFT, RIGHT, TOP, ROW = 190.0, 250.0, 84.0, 46.0
LEAST = 1e-4
"""The left end of the scale; what is smaller is drawn there."""

Gate = tuple[str, float, float, float, str]
"""Name, low, middle, high, basis."""


def gates_waterfall(gates: Sequence[Gate], whole: Gate, *, title: str, source: str = "") -> str:
    """Return one bar for each gate, from low to high on a scale of powers of ten, and the product below.

    Parameters
    ----------
    gates : sequence of (name, low, middle, high, basis)
        Chances to get through, given the gates before; in their order.
    whole : the same, of all gates together
    title, source : str
    """
    width, plot = 900.0, 900.0 - LEFT - RIGHT
    bottom = TOP + ROW * (len(gates) + 1) + 12
    parts = [text(16, 28, title, size=16, bold=True)]
    parts.append(text(16, 50, "chance to get through each gate, given the ones before; bars are 95% intervals", fill=FAINT))
    for power in range(round(log10(LEAST)), 1):
        x = LEFT + plot * _at(10.0**power)
        parts += [line(x, TOP - 8, x, bottom, stroke=GRID), text(x, bottom + 16, _tick(power), anchor="middle", size=11, fill=FAINT)]
    for i, gate in enumerate(gates):
        parts += _bar(gate, TOP + ROW * i, plot, COLOURS[0])
    foot = TOP + ROW * len(gates) + 12
    parts.append(line(16, foot - 10, width - 16, foot - 10, stroke=INK))
    parts += _bar(whole, foot, plot, COLOURS[5])
    parts.append(text(16, bottom + 40, source, size=11, fill=FAINT))
    told = f"{whole[0]}: {_percent(whole[1])} to {_percent(whole[3])}, middle {_percent(whole[2])}."
    return document(width, bottom + 54, parts, title=title, description=told)


def _bar(gate: Gate, top: float, plot: float, shade: str) -> list[str]:
    name, low, middle, high, basis = gate
    start, end = LEFT + plot * _at(low), LEFT + plot * _at(high)
    told = f"{name}: {_percent(low)} to {_percent(high)}, middle {_percent(middle)}"
    parts = [
        text(LEFT - 14, top + 19, name, anchor="end", bold=shade != COLOURS[0]),
        rect(start, top + 6, max(end - start, 3), 18, shade, title=told),
        circle(LEFT + plot * _at(middle), top + 15, 5, "#ffffff", stroke=INK, title=told),
        text(LEFT + plot + 14, top + 19, f"{_percent(low)} – {_percent(high)}", size=13),
        text(LEFT, top + 37, basis if len(basis) <= 92 else f"{basis[:90]}…", size=11, fill=FAINT),
    ]
    if low < LEAST:
        parts.append(text(LEFT - 4, top + 20, "‹", anchor="end", size=14, fill=FAINT))
    return parts


def _at(value: float) -> float:
    """Return where a chance stands on the scale, from 0 to 1."""
    return 1 - log10(max(value, LEAST)) / log10(LEAST)


def _tick(power: int) -> str:
    return f"{100 * 10.0**power:g}%"


def _percent(value: float) -> str:
    number = 100 * value
    if number >= 1:
        return f"{number:.0f}%" if number < 99.5 or value == 1 else f"{number:.1f}%"
    return "below 0.01%" if number < 0.01 else f"{number:.2g}%"
