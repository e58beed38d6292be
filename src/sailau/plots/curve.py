"""Curves: seats for votes under uniform swing, and paths over time with their bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sailau.plots.bars import grid
from sailau.plots.svg import FAINT, GRID, INK, area, circle, colour, document, line, path, text

Point = tuple[float, float]


def seats_votes_curve(curve: Sequence[Point], *, actual: Point, title: str, party: str, source: str = "") -> str:
    """Return the share of seats that a party wins for each share of votes, with the result of the day.

    Parameters
    ----------
    curve : sequence of (votes, seats)
        Shares in [0, 1], in order of votes.
    actual : (votes, seats)
    """
    left, top, plot = 70.0, 60.0, 460.0
    parts = [text(16, 26, title, size=16, bold=True), *grid(left, top, plot, plot)]

    def at(point: Point) -> Point:
        return left + plot * point[0], top + plot * (1 - point[1])

    parts.append(line(*at((0, 0)), *at((1, 1)), stroke=FAINT, dash="4 3"))
    parts.append(path([at(point) for point in curve], stroke=colour(0), width=2.5))
    parts.append(circle(*at(actual), 5, colour(5), title=f"{actual[0]:.1%} of votes, {actual[1]:.1%} of seats"))
    x, y = at(actual)
    parts.append(text(x + 9, y + 4, f"{actual[0]:.1%} of votes, {actual[1]:.1%} of seats", size=12))
    parts.append(
        text(left + plot / 2, top + plot + 40, f"votes of {party}, moved evenly everywhere", anchor="middle", size=12)
    )
    parts.append(text(16, 50, f"seats of {party}", size=12))
    parts.append(text(16, top + plot + 66, source, size=11, fill=FAINT))
    description = f"With {actual[0]:.1%} of votes {party} has {actual[1]:.1%} of seats."
    return document(left + plot + 90, top + plot + 80, parts, title=title, description=description)


def paths(
    series: Mapping[str, Sequence[tuple[float, float, float, float]]], *, title: str, axis: str, source: str = ""
) -> str:
    """Return paths over time with bands: (time, value, low, high) for each name.

    Parameters
    ----------
    series : mapping of name to points in order of time
    title, axis, source : str
    """
    left, top, plot, depth = 60.0, 60.0, 560.0, 320.0
    points = [point for line_ in series.values() for point in line_]
    times = [p[0] for p in points]
    low, high = min(p[2] for p in points), max(p[3] for p in points)
    span, reach = max(times) - min(times) or 1, (high - low) or 1

    def at(time: float, value: float) -> Point:
        return left + plot * (time - min(times)) / span, top + depth * (1 - (value - low) / reach)

    parts = [text(16, 26, title, size=16, bold=True), text(16, 48, axis, size=12)]
    for i in range(5):
        value = low + reach * i / 4
        y = at(times[0], value)[1]
        parts += [
            line(left, y, left + plot, y, stroke=GRID),
            text(left - 8, y + 4, f"{value:.2f}", anchor="end", size=11),
        ]
        time = min(times) + span * i / 4
        parts.append(text(at(time, low)[0], top + depth + 18, f"{time:g}", anchor="middle", size=11, fill=FAINT))
    ends = sorted(((at(*s[-1][:2])[1], name) for name, s in series.items()), key=lambda e: e[0])
    labels = _apart([y for y, _ in ends], 15)
    for i, (name, line_) in enumerate(series.items()):
        band = [at(p[0], p[3]) for p in line_] + [at(p[0], p[2]) for p in reversed(line_)]
        parts += [area(band, fill=colour(i)), path([at(*p[:2]) for p in line_], stroke=colour(i))]
        y = labels[[n for _, n in ends].index(name)]
        parts.append(text(left + plot + 8, y + 4, name, size=12, fill=INK, bold=True))
        parts.append(line(left + plot, at(*line_[-1][:2])[1], left + plot + 6, y, stroke=colour(i), width=1.5))
    parts.append(text(16, top + depth + 44, source, size=11, fill=FAINT))
    description = f"{len(series)} paths from {min(times):g} to {max(times):g}, each with its band."
    return document(left + plot + 120, top + depth + 58, parts, title=title, description=description)


def _apart(places: Sequence[float], gap: float) -> list[float]:
    """Return places at least `gap` apart, pushed downwards."""
    out: list[float] = []
    for place in places:
        out.append(max(place, out[-1] + gap) if out else place)
    return out
