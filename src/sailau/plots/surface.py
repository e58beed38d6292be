"""The surface on which a list's share is exactly the bar, one line for each turnout, and where the ranges put it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sailau.plots.svg import COLOURS, FAINT, GRID, INK, circle, document, line, path, text

LEFT, RIGHT, TOP, BOTTOM = 70.0, 190.0, 74.0, 64.0
WIDTH, HEIGHT = 820.0, 520.0


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
    right = max(x for points in lines.values() for x, _ in points)
    top = max(max(y for points in lines.values() for _, y in points), 0.05) * 1.12
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def place(x: float, y: float) -> tuple[float, float]:
        return LEFT + wide * x / right, TOP + high * (1 - y / top)

    parts = [text(16, 28, title, size=16, bold=True)]
    parts.append(text(16, 50, f"on a line the list has exactly {bar}; above it passes, below it does not", fill=FAINT))
    parts += _axes(right, top, wide, high, majority)
    for x, y, passes in cloud:
        if x <= right and y <= top:
            at = place(x, y)
            parts.append(circle(*at, 2.2, COLOURS[2] if passes else "#b8b8b8"))
    labels = []
    for i, (ratio, points) in enumerate(sorted(lines.items())):
        shade = COLOURS[(0, 4, 5, 3, 7)[i % 5]]
        parts.append(path([place(x, y) for x, y in points], stroke=shade, width=2.5))
        labels.append((f"turnout of the others × {ratio:g}", shade))
    parts += _key(labels)
    outside = sum(1 for x, y, _ in cloud if x > right or y > top)
    inside = [passes for x, y, passes in cloud if x <= right and y <= top]
    note = f"{source}; {outside} of {len(cloud)} draws lie outside the picture" if outside else source
    parts.append(text(16, HEIGHT - 12, note, size=11, fill=FAINT))
    lowest = min(points[0][1] for points in lines.values())
    told = (
        f"Without a vote from {majority} the list needs {lowest:.1%} or more of its own groups for {bar}; "
        f"{sum(inside)} of {len(inside)} draws in the picture pass."
    )
    return document(WIDTH, HEIGHT, parts, title=title, description=told)


def _axes(right: float, top: float, wide: float, high: float, majority: str) -> list[str]:
    parts = []
    step = 0.01 if right <= 0.08 else 0.05
    for k in range(int(right / step + 1e-9) + 1):
        x = LEFT + wide * k * step / right
        parts += [line(x, TOP, x, TOP + high, stroke=GRID)]
        parts.append(text(x, TOP + high + 18, f"{k * step:.0%}", anchor="middle", size=11, fill=FAINT))
    rise = 0.05 if top <= 0.5 else 0.1
    for k in range(int(top / rise + 1e-9) + 1):
        y = TOP + high * (1 - k * rise / top)
        parts += [line(LEFT, y, LEFT + wide, y, stroke=GRID)]
        parts.append(text(LEFT - 8, y + 4, f"{k * rise:.0%}", anchor="end", size=11, fill=FAINT))
    parts.append(text(LEFT + wide / 2, TOP + high + 38, f"support among {majority}", anchor="middle", size=12, fill=INK))
    parts.append(text(LEFT, TOP - 8, "support among the groups it speaks to", size=12, fill=INK))
    return parts


def _key(labels: Sequence[tuple[str, str]]) -> list[str]:
    x, parts = WIDTH - RIGHT + 14, []
    for i, (name, shade) in enumerate(labels):
        y = TOP + 16 + 20 * i
        parts += [line(x, y - 4, x + 20, y - 4, stroke=shade, width=2.5), text(x + 26, y, name, size=11)]
    y = TOP + 30 + 20 * len(labels)
    parts += [circle(x + 10, y - 4, 3, COLOURS[2]), text(x + 26, y, "a draw that passes", size=11)]
    parts += [circle(x + 10, y + 16, 3, "#b8b8b8"), text(x + 26, y + 20, "a draw that does not", size=11)]
    return parts
