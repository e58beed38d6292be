"""Composition over time: shares of groups as layers, what was counted on the left, what is projected paler."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sailau.plots.frame import footer, heading
from sailau.plots.lettering import fit
from sailau.plots.svg import COLOURS, FAINT, GRID, INK, PAPER, Point, area, colour, document, line, path, text
from sailau.plots.ticks import apart
from sailau.terms.speech import percents, say, written

LEFT, PLOT, DEPTH, RIGHT = 56.0, 560.0, 360.0, 190.0
WIDTH = LEFT + PLOT + RIGHT
At = Callable[[float, float], Point]
GREY = "#c4c4c4"


def composition(
    shares: Mapping[str, Sequence[float]],
    years: Sequence[float],
    *,
    counted: int,
    title: str,
    source: str = "",
) -> str:
    """Return layers of shares.

    Parameters
    ----------
    shares : mapping of group to shares
        In [0, 1], one for each year, adding up to 1 over groups; the first group lies at the bottom.
    years : sequence of float
    counted : int
        How many of the years were counted; the others are projected.
    title, source : str
    """
    first, last = years[0], years[-1]
    parts, begin = heading(title, WIDTH)
    top = begin + 18

    def at(year: float, share: float) -> Point:
        return LEFT + PLOT * (year - first) / ((last - first) or 1), top + DEPTH * (1 - share)

    parts += _axes(at, first, last)
    floor = [0.0] * len(years)
    names: list[tuple[float, str, int]] = []
    for k, (group, values) in enumerate(shares.items()):
        roof = [low + value for low, value in zip(floor, values, strict=True)]
        parts += _layer(at, years, floor, roof, counted, _shade(k))
        names.append((at(last, (floor[-1] + roof[-1]) / 2)[1], f"{group} {written(values[-1], '.1%')}", k))
        floor = roof
    parts += _names(names, top)
    if counted < len(years):
        parts += _turn(at(years[counted - 1], 0)[0], top)
    last_lines, height = footer(source, top + DEPTH + 26, WIDTH)
    lead = max(shares, key=lambda group: shares[group][-1])
    description = say(
        "{lead} go from {before:.1%} in {first} to {after:.1%} in {last}.",
        lead=lead,
        before=shares[lead][0],
        first=f"{first:g}",
        after=shares[lead][-1],
        last=f"{last:g}",
    )
    return document(WIDTH, height, [*parts, *last_lines], title=title, description=description)


def _layer(
    at: At, years: Sequence[float], floor: Sequence[float], roof: Sequence[float], counted: int, fill: str
) -> Iterator[str]:
    """Yield the layer of one group, paler where it is projected."""
    for part, opacity in ((slice(0, counted), 0.9), (slice(counted - 1, None), 0.5)):
        high = [at(*point) for point in zip(years[part], roof[part], strict=True)]
        low = [at(*point) for point in zip(years[part], floor[part], strict=True)]
        if len(high) > 1:
            yield area([*high, *reversed(low)], fill=fill, opacity=opacity)
    yield path([at(*point) for point in zip(years, roof, strict=True)], stroke=PAPER, width=0.8)


def _turn(x: float, top: float) -> list[str]:
    """Return the line between what was counted and what is projected."""
    return [
        line(x, top - 6, x, top + DEPTH, stroke=INK, dash="4 3"),
        text(x - 6, top - 8, say("counted"), anchor="end", size=11, fill=FAINT),
        text(x + 6, top - 8, say("projected"), size=11, fill=FAINT),
    ]


def _axes(at: At, first: float, last: float) -> list[str]:
    parts = []
    for tick in range(0, 101, 25):
        x, y = at(first, tick / 100)
        parts += [
            line(x, y, x + PLOT, y, stroke=GRID),
            text(x - 8, y + 4, percents(tick), anchor="end", size=11, fill=FAINT),
        ]
    span = last - first
    step = next((s for s in (1, 2, 5, 10, 20, 50) if span / s <= 8), 100)
    year = -(-first // step) * step
    while year <= last:
        x, y = at(year, 0)
        parts += [
            line(x, y, x, y + 4, stroke=FAINT),
            text(x, y + 18, f"{year:g}", anchor="middle", size=11, fill=FAINT),
        ]
        year += step
    return parts


def _names(names: Sequence[tuple[float, str, int]], top: float) -> Iterator[str]:
    """Yield the names beside the last year, pushed apart, each with a line to its layer."""
    x = LEFT + PLOT
    places = apart([y for y, _, _ in names], 15, low=top + 4, high=top + DEPTH)
    for (y, words, k), place in zip(names, places, strict=True):
        yield line(x, y, x + 14, place, stroke=_shade(k), width=1.5)
        yield text(x + 18, place + 4, fit(words, 12, RIGHT - 24), size=12)


def _shade(k: int) -> str:
    """Return the colour of a layer; beyond the ten colours grey, for a repeated one would lie beside its twin."""
    return colour(k) if k < len(COLOURS) else GREY
