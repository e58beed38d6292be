"""The surface on which a list's share is exactly the bar, one line for each turnout, and where the ranges put it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sailau.plots.frame import footer, heading
from sailau.plots.lettering import width_of
from sailau.plots.svg import COLOURS, FAINT, GRID, INK, Point, circle, document, line, path, text
from sailau.terms.speech import say, written

LEFT, RIGHT = 70.0, 215.0
WIDTH, DEPTH = 820.0, 400.0
OUT = "#a6a6a6"
"""The dots of draws that do not pass."""


def entry_surface(
    lines: Mapping[float, Sequence[tuple[float, float]]],
    cloud: Sequence[tuple[float, float, bool]],
    *,
    majority: str,
    bar: str,
    title: str,
    source: str = "",
) -> str:
    """Return support among the majority across, support among the list's own groups upward.

    Parameters
    ----------
    lines : mapping of turnout ratio to points (support among the majority, support needed among its own)
        Above a line the list passes.
    cloud : sequence of (support among the majority, support among its own, whether it passes)
        Draws from the ranges.
    majority, bar, title, source : str
    """
    lines = {ratio: above_nothing(points) for ratio, points in lines.items()}
    right = max(x for points in lines.values() for x, _ in points)
    top = max(max(y for points in lines.values() for _, y in points), 0.05) * 1.12
    wide = WIDTH - LEFT - RIGHT
    below = say("On a line the list has exactly {bar} of the votes; above it passes, below it does not.", bar=bar)
    parts, begin = heading(title, WIDTH, below=below)
    start = begin + 18

    def place(x: float, y: float) -> Point:
        return LEFT + wide * x / right, start + DEPTH * (1 - y / top)

    parts += _axes(right, top, wide, start, majority)
    inside = [(x, y, passes) for x, y, passes in cloud if x <= right and y <= top]
    parts += [circle(*place(x, y), 2.2, COLOURS[2] if passes else OUT) for x, y, passes in inside]
    labels = []
    for i, (ratio, points) in enumerate(sorted(lines.items())):
        shade = COLOURS[(0, 4, 5, 3, 7)[i % 5]]
        parts.append(path([place(x, y) for x, y in points], stroke=shade, width=2.5))
        labels.append((say("turnout of the others × {ratio:g}", ratio=ratio), shade))
    parts += _key(labels, start)
    width = max(WIDTH, WIDTH - RIGHT + 40 + max(width_of(name, 11) for name, _ in labels) + 12)
    beyond = len(cloud) - len(inside)
    notes = [
        source,
        say("{beyond} of {n} draws lie outside the picture", beyond=beyond, n=len(cloud)) if beyond else "",
    ]
    under, height = footer(notes, start + DEPTH + 44, WIDTH)
    lowest = min(points[0][1] for points in lines.values())
    told = say(
        "Without a vote from {majority} the list needs {lowest:.1%} or more of its own groups for {bar}; {passing} "
        "of {n} draws in the picture pass.",
        majority=majority,
        lowest=lowest,
        bar=bar,
        passing=sum(passes for *_, passes in inside),
        n=len(inside),
    )
    return document(width, height, [*parts, *under], title=title, description=told)


def above_nothing(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a line as far as something is needed: below 0 the list passes by the others' votes alone.

    Examples
    --------
    >>> above_nothing([(0.0, 0.03), (0.04, 0.01), (0.05, -0.01)])
    [(0.0, 0.03), (0.04, 0.01), (0.045, 0.0)]
    """
    out: list[tuple[float, float]] = []
    for x, y in points:
        if y >= 0:
            out.append((x, y))
        elif out and out[-1][1] > 0:
            before, need = out[-1]
            out.append((round(before + (x - before) * need / (need - y), 12), 0.0))
    return out


def _axes(right: float, top: float, wide: float, start: float, majority: str) -> list[str]:
    parts = []
    step = 0.01 if right <= 0.08 else 0.05
    for k in range(int(right / step + 1e-9) + 1):
        x = LEFT + wide * k * step / right
        parts += [line(x, start, x, start + DEPTH, stroke=GRID)]
        parts.append(text(x, start + DEPTH + 18, written(k * step, ".0%"), anchor="middle", size=11, fill=FAINT))
    rise = 0.05 if top <= 0.5 else 0.1
    for k in range(int(top / rise + 1e-9) + 1):
        y = start + DEPTH * (1 - k * rise / top)
        parts += [line(LEFT, y, LEFT + wide, y, stroke=GRID)]
        parts.append(text(LEFT - 8, y + 4, written(k * rise, ".0%"), anchor="end", size=11, fill=FAINT))
    parts.append(
        text(
            LEFT + wide / 2,
            start + DEPTH + 38,
            say("support among {majority}", majority=majority),
            anchor="middle",
            size=12,
            fill=INK,
        )
    )
    parts.append(text(LEFT, start - 8, say("support among the groups it speaks to"), size=12, fill=INK))
    return parts


def _key(labels: Sequence[tuple[str, str]], start: float) -> list[str]:
    x, parts = WIDTH - RIGHT + 14, []
    for i, (name, shade) in enumerate(labels):
        y = start + 16 + 20 * i
        parts += [line(x, y - 4, x + 20, y - 4, stroke=shade, width=2.5), text(x + 26, y, name, size=11)]
    y = start + 30 + 20 * len(labels)
    parts += [circle(x + 10, y - 4, 3, COLOURS[2]), text(x + 26, y, say("a draw that passes"), size=11)]
    parts += [circle(x + 10, y + 16, 3, OUT), text(x + 26, y + 20, say("a draw that does not"), size=11)]
    return parts
