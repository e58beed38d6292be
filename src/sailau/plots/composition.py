"""Composition over time: shares of groups as layers, what was counted on the left, what is projected paler."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sailau.plots.svg import COLOURS, FAINT, GRID, INK, area, colour, document, line, path, text

LEFT, TOP, PLOT, DEPTH, RIGHT = 56.0, 64.0, 560.0, 360.0, 190.0
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

    def at(year: float, share: float) -> tuple[float, float]:
        return LEFT + PLOT * (year - first) / ((last - first) or 1), TOP + DEPTH * (1 - share)

    parts = [text(16, 26, title, size=16, bold=True), *_axes(at, first, last)]
    floor = [0.0] * len(years)
    names: list[tuple[float, str, int]] = []
    for k, (group, values) in enumerate(shares.items()):
        roof = [low + value for low, value in zip(floor, values, strict=True)]
        for part, opacity in ((slice(0, counted), 0.9), (slice(counted - 1, None), 0.5)):
            top = [at(*point) for point in zip(years[part], roof[part], strict=True)]
            low = [at(*point) for point in zip(years[part], floor[part], strict=True)]
            if len(top) > 1:
                parts.append(area([*top, *reversed(low)], fill=_shade(k), opacity=opacity))
        parts.append(path([at(*point) for point in zip(years, roof, strict=True)], stroke="#ffffff", width=0.8))
        names.append((at(last, (floor[-1] + roof[-1]) / 2)[1], f"{group} {values[-1]:.1%}", k))
        floor = roof
    parts += _names(names)
    if counted < len(years):
        x = at(years[counted - 1], 0)[0]
        parts += [
            line(x, TOP - 6, x, TOP + DEPTH, stroke=INK, dash="4 3"),
            text(x - 6, TOP - 10, "counted", anchor="end", size=11, fill=FAINT),
            text(x + 6, TOP - 10, "projected", size=11, fill=FAINT),
        ]
    parts.append(text(16, TOP + DEPTH + 48, source, size=11, fill=FAINT))
    lead = max(shares, key=lambda group: shares[group][-1])
    description = f"{lead} go from {shares[lead][0]:.1%} in {first:g} to {shares[lead][-1]:.1%} in {last:g}."
    return document(LEFT + PLOT + RIGHT, TOP + DEPTH + 60, parts, title=title, description=description)


def _axes(at: Callable[[float, float], tuple[float, float]], first: float, last: float) -> list[str]:
    parts = []
    for tick in range(0, 101, 25):
        x, y = at(first, tick / 100)
        parts += [
            line(x, y, x + PLOT, y, stroke=GRID),
            text(x - 8, y + 4, f"{tick}%", anchor="end", size=11, fill=FAINT),
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


def _names(names: Sequence[tuple[float, str, int]]) -> list[str]:
    """Write the names beside the last year, pushed apart from the top down, each with a line to its layer."""
    parts, x, free = [], LEFT + PLOT, TOP
    for y, words, k in reversed(names):
        place = max(y, free)
        free = place + 15
        parts += [line(x, y, x + 14, place, stroke=_shade(k), width=1.5), text(x + 18, place + 4, words, size=12)]
    return parts


def _shade(k: int) -> str:
    """Return the colour of a layer; beyond the ten colours grey, for a repeated one would lie beside its twin."""
    return colour(k) if k < len(COLOURS) else GREY
