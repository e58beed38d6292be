"""Curves: seats for votes under uniform swing, and paths over time with their bands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil, floor, log10
from statistics import NormalDist
from typing import TYPE_CHECKING

from sailau.plots.bars import grid
from sailau.plots.frame import footer, heading
from sailau.plots.lettering import fit, width_of
from sailau.plots.style import Style
from sailau.plots.svg import FAINT, GRID, Point, area, circle, colour, document, line, path, text
from sailau.plots.ticks import apart
from sailau.terms.speech import say, written

if TYPE_CHECKING:
    from sailau.align.ideal.points import IdealPoints

At = Callable[[float, float], Point]


def seats_votes_curve(curve: Sequence[Point], style: Style, *, actual: Point, party: str) -> str:
    """Return the share of seats that a party wins for each share of votes, with the result of the day.

    Parameters
    ----------
    curve : sequence of (votes, seats)
        Shares in [0, 1], in order of votes.
    style : Style
    actual : (votes, seats)
    party : str
    """
    left, plot = 70.0, 460.0
    width, called = left + plot + 150, style.name(party)
    parts, top = heading(style.title, width, below=style.words("curve_below", party=called))
    parts += grid(style, left, top, plot, plot)

    def at(point: Point) -> Point:
        return left + plot * point[0], top + plot * (1 - point[1])

    shown = style.words("curve_day", votes=style.percent(actual[0]), seats=style.percent(actual[1]))
    parts.append(line(*at((0, 0)), *at((1, 1)), stroke=FAINT, dash="4 3"))
    parts.append(line(*at((0.5, 0)), *at((0.5, 1)), stroke=FAINT))
    parts.append(path([at(point) for point in curve], stroke=colour(0), width=2.5))
    parts += _day(*at(actual), shown, width)
    axis = fit(style.words("curve_axis", party=called), 12, width - 2 * left)
    parts.append(text(left + plot / 2, top + plot + 40, axis, anchor="middle", size=12))
    below, height = footer(style.sources, top + plot + 48, width)
    return document(width, height, [*parts, *below], title=style.title, description=f"{called}: {shown}.")


def _day(x: float, y: float, shown: str, width: float) -> list[str]:
    """Return the dot of the day with its words, to the left of it where they would leave the picture."""
    is_right = x + 10 + width_of(shown, 12) <= width - 8
    place = (x + 10, "start") if is_right else (x - 10, "end")
    return [circle(x, y, 5, colour(5), title=shown), text(place[0], y + 14, shown, anchor=place[1], size=12)]


def paths(
    series: Mapping[str, Sequence[tuple[float, float, float, float]]],
    *,
    title: str,
    axis: str,
    source: str = "",
    times: Mapping[float, str] | None = None,
) -> str:
    """Return paths over time with bands: (time, value, low, high) for each name.

    Parameters
    ----------
    series : mapping of name to points in order of time
    title, axis, source : str
    times : mapping of float to str, optional
        Names of times, for those that are no numbers.
    """
    left, plot, depth = 60.0, 560.0, 340.0
    width = left + plot + 130
    parts, top = heading(title, width, below=axis)
    points = [point for line_ in series.values() for point in line_]
    first, last = min(p[0] for p in points), max(p[0] for p in points)
    low, high, step = _span(min(p[2] for p in points), max(p[3] for p in points))

    def at(time: float, value: float) -> Point:
        return left + plot * (time - first) / ((last - first) or 1), top + depth * (high - value) / (high - low)

    for k in range(round((high - low) / step) + 1):
        value = low + k * step
        y = at(first, value)[1]
        parts.append(line(left, y, left + plot, y, stroke=FAINT if abs(value) < step / 2 else GRID))
        parts.append(text(left - 8, y + 4, written(value, ".2g"), anchor="end", size=11, fill=FAINT))
    parts += _times(sorted({p[0] for p in points}), times, at, top + depth)
    ends = apart([at(*s[-1][:2])[1] for s in series.values()], 16, low=top + 6, high=top + depth)
    for i, (name, line_) in enumerate(series.items()):
        band = [at(p[0], p[3]) for p in line_] + [at(p[0], p[2]) for p in reversed(line_)]
        parts += [area(band, fill=colour(i), title=name), path([at(*p[:2]) for p in line_], stroke=colour(i))]
        x, y = at(*line_[-1][:2])
        parts.append(line(x, y, left + plot + 8, ends[i], stroke=colour(i), width=1.5))
        parts.append(text(left + plot + 12, ends[i] + 4, fit(name, 12, 110, bold=True), size=12, bold=True))
    told = ", ".join(
        say("{name} from {first:.2f} to {last:.2f}", name=name, first=s[0][1], last=s[-1][1])
        for name, s in series.items()
    )
    below, height = footer(source, top + depth + 24, width)
    return document(
        width, height, [*parts, *below], title=title, description=say("{told}; each with its band.", told=told)
    )


def _span(low: float, high: float) -> tuple[float, float, float]:
    """Return round ends around two values, and a round step between four and eight ticks."""
    rough = ((high - low) or 1) / 6
    power = 10 ** floor(log10(rough))
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= rough)
    return floor(low / step) * step, ceil(high / step) * step, step


def _times(known: Sequence[float], names: Mapping[float, str] | None, at: At, y: float) -> list[str]:
    every = max(1, -(-len(known) // 12))
    return [
        text(at(time, 0)[0], y + 18, (names or {}).get(time, f"{time:g}"), anchor="middle", size=11, fill=FAINT)
        for time in known[::every]
    ]


def ideal_paths(found: IdealPoints, voters: Sequence[str], *, level: float) -> str:
    """Return positions of voters over sessions; bands of the bootstrap, or of the standard error where none was drawn.

    Raises
    ------
    NotComparable
        Nothing ties the sessions together.
    """
    drawn = found.low is not None
    wide = NormalDist().inv_cdf((1 + level) / 2)
    series = {}
    for name in voters:
        series[name] = [
            (
                float(found.periods.index(point.period)),
                point.value,
                point.value - wide * point.se if point.low is None else point.low,
                point.value + wide * point.se if point.high is None else point.high,
            )
            for point in found.path(name)
        ]
    band = say("parametric bootstrap") if drawn else say("standard errors, the items taken as known")
    names = dict(enumerate(map(str, found.periods)))
    return paths(
        series,
        title=say("Ideal points by session"),
        axis=say("bands: {level:.0%}, {band}; mean 0 and standard deviation 1 over all votes", level=level, band=band),
        source=say(
            "{votes:,} votes on {items:,} items, {bridges:,} of them bridges",
            votes=found.fit.n,
            items=found.n_items,
            bridges=found.n_bridges,
        ),
        times={float(k): name for k, name in names.items()},
    )
