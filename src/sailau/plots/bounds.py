"""Figures of what margins allow: bounds and intervals of each cell, tomography lines of each unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sailau.plots.frame import footer, heading
from sailau.plots.lettering import fit
from sailau.plots.svg import EMPTY, FAINT, PAPER, Point, circle, colour, document, line, rect, text
from sailau.terms.speech import joined, percents, say, written

if TYPE_CHECKING:
    from sailau.votes.infer import Inference
    from sailau.votes.margins import Margins

MOST_ROWS, MOST_LINES = 80, 400
"""Cells that are drawn one by one, and tomography lines; the largest are taken."""


def bounds_bars(found: Inference, *, title: str = "") -> str:
    """Return a bar for each group and option: certain bounds, the calibrated interval, the ensemble's estimate."""
    left, plot, row = 230.0, 440.0, 17.0
    width = left + plot + 70
    sizes = np.maximum(found.margins.group_totals, 1)
    cells = _largest(found)
    title = title or say("How groups voted: bounds, intervals, estimates")
    said = [say("share of the group; bar: certain bounds")]
    said += [say("; band: interval of {level} %", level=found.level)] if found.low is not None else []
    said += [say("; dot: ensemble")] if found.table is not None else []
    below = joined(said, "")
    parts, top = heading(title, width, below=below)
    y, group = top + 6, -1
    for i, j in cells:
        if i != group:
            y, group = y + (10 if group >= 0 else 0), i
            name = f"{found.margins.groups[i]} ({int(found.margins.group_totals[i]):,})"
            parts.append(text(16, y + 11, fit(name, 12, left - 26, bold=True), size=12, bold=True))
            y += row
        parts += _cell(found, i, j, float(sizes[i]), left, plot, y)
        y += row
    parts += _percents(left, plot, y)
    hidden = found.margins.people.shape[1] * found.margins.votes.shape[1] - len(cells)
    tail, height = footer(say("{hidden:,} smaller cells are not drawn", hidden=hidden) if hidden else "", y + 22, width)
    narrow = say("The bounds narrow by {narrowing:.1%} what the totals leave open.", narrowing=found.bounds.narrowing)
    return document(width, height, [*parts, *tail], title=title, description=narrow)


def _largest(found: Inference) -> list[tuple[int, int]]:
    """Return the cells that are drawn: all, or those whose upper bounds are largest."""
    upper = np.asarray(found.bounds.upper)
    order = np.argsort(-upper, axis=None, kind="stable")[:MOST_ROWS]
    return sorted((int(k // upper.shape[1]), int(k % upper.shape[1])) for k in order)


def _cell(found: Inference, i: int, j: int, size: float, left: float, plot: float, y: float) -> list[str]:
    def at(people: float) -> float:
        return left + plot * people / size

    least, most = float(found.bounds.lower[i, j]), float(found.bounds.upper[i, j])
    words = say(
        "{option}: {least:.1%} to {most:.1%} for certain",
        option=found.margins.options[j],
        least=least / size,
        most=most / size,
    )
    parts = [text(left - 8, y + 11, fit(found.margins.options[j], 11, left - 30), anchor="end", size=11)]
    parts.append(rect(left, y + 5, plot, 4, EMPTY))
    parts.append(rect(at(least), y + 5, max(at(most) - at(least), 1), 4, "#9db2c8", title=words))
    if found.low is not None and found.high is not None:
        low, high = float(found.low[i, j]), float(found.high[i, j])
        told = say("{low:.1%} to {high:.1%}", low=low / size, high=high / size)
        parts.append(rect(at(low), y + 2, max(at(high) - at(low), 1), 10, colour(0), title=told))
    if found.table is not None:
        value = float(found.table[i, j])
        parts.append(circle(at(value), y + 7, 3.5, colour(5), title=written(value / size, ".1%")))
        parts.append(text(left + plot + 10, y + 11, written(value / size, ".1%"), size=11, fill=FAINT))
    return parts


def _percents(left: float, plot: float, y: float) -> list[str]:
    return [
        text(left + plot * percent / 100, y + 16, percents(percent), anchor="middle", size=11, fill=FAINT)
        for percent in range(0, 101, 25)
    ]


def tomography(margins: Margins, group: str, option: str, *, point: Point | None = None, title: str = "") -> str:
    """Return one line for each unit: all pairs of shares of a group, and of all others, that the unit allows.

    Parameters
    ----------
    margins : Margins
    group, option : str
    point : (float, float), optional
        The estimate: the option's share in the group, and among all others.

    References
    ----------
    .. [1] G. King, *A Solution to the Ecological Inference Problem*, 1997, ch. 5.
    """
    side, left = 440.0, 70.0
    width = left + side + 40
    title = title or say("Tomography: {option} in {group} and in all others", option=option, group=group)
    parts, top = heading(
        title, width, below=say("a line a unit: what its sums allow; the largest units are the darkest")
    )
    people = margins.people[:, margins.groups.index(group)].astype(float)
    votes = margins.votes[:, margins.options.index(option)].astype(float)
    sizes = margins.people.sum(axis=1).astype(float)
    parts.append(rect(left, top, side, side, EMPTY))

    def at(x: float, y: float) -> Point:
        return left + side * x, top + side * (1 - y)

    order = [int(k) for k in np.argsort(-sizes, kind="stable")[:MOST_LINES] if sizes[k]]
    for k in reversed(order):
        ends = _ends(people[k], votes[k], sizes[k])
        if ends is not None:
            weight = 0.25 + 1.4 * float(sizes[k] / sizes[order[0]])
            parts.append(line(*at(*ends[0]), *at(*ends[1]), stroke=colour(0), width=weight))
    if point is not None:
        parts.append(
            circle(
                *at(*point),
                6,
                colour(5),
                stroke=PAPER,
                title=say("{there:.1%} and {elsewhere:.1%}", there=point[0], elsewhere=point[1]),
            )
        )
    for percent in range(0, 101, 25):
        x, y = at(percent / 100, percent / 100)
        parts.append(text(x, top + side + 17, percents(percent), anchor="middle", size=11, fill=FAINT))
        parts.append(text(left - 8, y + 4, percents(percent), anchor="end", size=11, fill=FAINT))
    label = fit(say("share of {option} in {group}", option=option, group=group), 12, side)
    parts.append(text(left + side / 2, top + side + 36, label, anchor="middle", size=12))
    beside = fit(say("share of {option} in all others", option=option), 12, side)
    parts.append(text(18, top + side / 2, beside, anchor="middle", size=12, turn=-90))
    hidden = int((sizes > 0).sum()) - len(order)
    tail, height = footer(
        say("{hidden:,} smaller units are not drawn", hidden=hidden) if hidden else "", top + side + 42, width
    )
    told = say("{n:,} lines", n=len(order))
    if point:
        there, elsewhere = point
        found = say("; the estimate is {there:.1%} and {elsewhere:.1%}", there=there, elsewhere=elsewhere)
        told = joined([told, found], "")
    told = joined([told, "."], "")
    return document(width, height, [*parts, *tail], title=title, description=told)


def _ends(people: float, votes: float, size: float) -> tuple[Point, Point] | None:
    """Return the ends of a unit's line in the unit square: people b + others w = votes."""
    others = size - people
    if people <= 0:
        return ((0.0, votes / others), (1.0, votes / others)) if others > 0 else None
    low, high = max(0.0, (votes - others) / people), min(1.0, votes / people)
    if others <= 0:
        return (votes / people, 0.0), (votes / people, 1.0)
    return (low, (votes - people * low) / others), (high, (votes - people * high) / others)
