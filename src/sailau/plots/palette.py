"""Who looks like what: a colour, and a mark of strokes where the colour alone would not tell two parties apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sailau.plots.shade import CLOSE, as_hex, distance, ink_on
from sailau.plots.svg import Point, colour, rect, strokes

Patterns = Literal["auto", "all", "none"]
MARKS: tuple[tuple[tuple[Point, Point], ...], ...] = (
    (),
    (((-1, 0), (1, 0)),),
    (((0, -1), (0, 1)),),
    (((-0.7, 0.7), (0.7, -0.7)),),
    (((-0.7, -0.7), (0.7, 0.7)),),
    (((-1, 0), (1, 0)), ((0, -1), (0, 1))),
    (((-0.7, 0.7), (0.7, -0.7)), ((-0.7, -0.7), (0.7, 0.7))),
    (((-0.9, -0.4), (0.9, -0.4)), ((-0.9, 0.4), (0.9, 0.4))),
    (((-0.4, -0.9), (-0.4, 0.9)), ((0.4, -0.9), (0.4, 0.9))),
)
"""Strokes inside a disc of radius 1: plain, bar, post, rising, falling, plus, cross, two bars, two posts."""


@dataclass(frozen=True, slots=True)
class Look:
    """A fill and the number of a mark."""

    fill: str
    mark: int = 0

    @property
    def ink(self) -> str:
        """Black or white, whichever reads better on the fill."""
        return ink_on(self.fill)


def looks(
    names: Iterable[str], colours: Mapping[str, str] | None = None, *, patterns: Patterns = "auto"
) -> dict[str, Look]:
    """Return the look of each name.

    Parameters
    ----------
    names : iterable of str
    colours : mapping of name to ``#rrggbb``, optional
        From the data; the others take the next colours of the palette.
    patterns : {"auto", "all", "none"}
        ``auto`` marks only those whose colour some readers would take for an earlier one's; ``all`` is for print.
    """
    out: dict[str, Look] = {}
    given = {name: as_hex((colours or {}).get(name)) for name in dict.fromkeys(names)}
    free = iter(range(10**6))
    for number, (name, own) in enumerate(given.items()):
        fill = own or _next(free, [look.fill for look in out.values()], spare=len(given) <= 10)
        close = {look.mark for look in out.values() if distance(look.fill, fill) < CLOSE}
        if patterns == "none":
            mark = 0
        elif patterns == "all":
            mark = number % len(MARKS)
        else:
            mark = next((m for m in range(len(MARKS)) if m not in close), 0)
        out[name] = Look(fill, mark)
    return out


def _next(free: Iterable[int], taken: list[str], *, spare: bool) -> str:
    """Return the next colour of the palette; one that nobody has, as long as there are such."""
    for index in free:
        if not spare or index >= 10 or all(distance(colour(index), other) >= CLOSE for other in taken):
            return colour(index)
    raise AssertionError("the palette never ends")


def marks(look: Look, places: Iterable[Point], radius: float) -> str:
    """Return the mark on each of many discs, as one shape."""
    size = radius * 0.62
    pieces = [
        ((x + a[0] * size, y + a[1] * size), (x + b[0] * size, y + b[1] * size))
        for x, y in places
        for a, b in MARKS[look.mark]
    ]
    return strokes(pieces, stroke=look.ink, width=max(0.8, radius * 0.2))


def box(
    x: float, y: float, width: float, height: float, look: Look, *, title: str = "", stroke: str = "", gap: float = 9
) -> str:
    """Return a rectangle in a look, its mark repeated over it."""
    drawn = rect(x, y, width, height, look.fill, title=title, stroke=stroke)
    if not look.mark or width < 3:
        return drawn
    rows, columns = max(1, round(height / gap)), max(1, round(width / gap))
    places = [
        (x + width * (i + 0.5) / columns, y + height * (k + 0.5) / rows) for i in range(columns) for k in range(rows)
    ]
    return drawn + marks(look, places, min(gap, height / rows, width / columns) * 0.55)
