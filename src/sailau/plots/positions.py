"""Positions on a line: a dot for each voter with its interval, from one end to the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil, floor
from typing import TYPE_CHECKING

from sailau.locale import number
from sailau.plots.frame import footer, heading
from sailau.plots.lettering import fit, width_of
from sailau.plots.svg import FAINT, circle, colour, document, line, text
from sailau.terms.speech import say

if TYPE_CHECKING:
    from sailau.align.ideal.points import Point

WIDTH, ROW = 720.0, 19.0
MOST = 120
"""Rows that one picture shows; of more voters those at both ends and every so many between are drawn."""


def position_rows(
    points: Sequence[Point],
    *,
    title: str,
    below: str = "",
    names: Mapping[str, str] | None = None,
    source: str | Sequence[str] = "",
    lang: str = "en",
) -> str:
    """Return the positions of one period as rows, the lowest on top.

    Parameters
    ----------
    points : sequence of Point
        Of one period, so on one scale.
    title, below, source : str
    names : mapping of voter to str, optional
    lang : str

    Raises
    ------
    ValueError
        No point.
    """
    if not points:
        raise ValueError("no position to draw")
    ranked = sorted(points, key=lambda point: point.value)
    shown = _spread(ranked)
    parts, top = heading(title, WIDTH, below=below)
    called = {point.voter: (names or {}).get(point.voter, point.voter) for point in shown}
    left = 28 + min(230.0, max(width_of(name, 12) for name in called.values()))
    low = min(point.value if point.low is None else point.low for point in shown)
    high = max(point.value if point.high is None else point.high for point in shown)
    plot, top = WIDTH - left - 24, top + 14
    bottom = top + ROW * len(shown)

    def at(value: float) -> float:
        return left + plot * (value - low) / ((high - low) or 1)

    parts += _axis(low, high, at, top, bottom, lang)
    for i, point in enumerate(shown):
        parts += _row(point, called[point.voter], at, top + ROW * (i + 0.5), left, lang)
    notes = [source] if isinstance(source, str) else list(source)
    if len(shown) < len(ranked):
        notes.append(
            say(
                "{shown} of {n} voters are drawn, evenly from end to end; the table has all",
                shown=len(shown),
                n=len(ranked),
            )
        )
    last, height = footer(notes, bottom + 20, WIDTH)
    ends = say("From {first} to {last}.", first=called[shown[0].voter], last=called[shown[-1].voter])
    return document(WIDTH, height, [*parts, *last], title=title, description=ends)


def _spread(ranked: Sequence[Point]) -> list[Point]:
    if len(ranked) <= MOST:
        return list(ranked)
    return [ranked[round(i * (len(ranked) - 1) / (MOST - 1))] for i in range(MOST)]


def _axis(low: float, high: float, at: Callable[[float], float], top: float, bottom: float, lang: str) -> list[str]:
    parts = []
    for k in range(ceil(2 * low), floor(2 * high) + 1):
        x = at(k / 2)
        said = number(k / 2, lang, 1)
        parts += [line(x, top - 4, x, bottom), text(x, bottom + 16, said, anchor="middle", size=11, fill=FAINT)]
    return parts


def _row(point: Point, name: str, at: Callable[[float], float], y: float, left: float, lang: str) -> list[str]:
    said = f"{name}: {number(point.value, lang, 2)}"
    parts = [text(left - 8, y + 4, fit(name, 12, left - 24), anchor="end", size=12)]
    if point.low is not None and point.high is not None:
        said += f" ({number(point.low, lang, 2)} … {number(point.high, lang, 2)})"
        parts.append(line(at(point.low), y, at(point.high), y, stroke=colour(0), width=2))
    return [*parts, circle(at(point.value), y, 4, colour(0), title=said)]
