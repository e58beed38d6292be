"""The table of groups by options as flows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sailau.plots.frame import footer, heading
from sailau.plots.lettering import fit
from sailau.plots.svg import INK, Point, area, colour, document, rect, text
from sailau.plots.ticks import apart
from sailau.terms.speech import say, written

Table = NDArray[np.float64]


def transfer_flow(
    table: Table, groups: Sequence[str], options: Sequence[str], *, title: str = "From groups to options"
) -> str:
    """Return the table as flows: groups on the left, options on the right, bands as wide as the people in them.

    Parameters
    ----------
    table : array, [group, option]
        Estimated people.
    """
    width, bar, left, right, depth = 760.0, 16.0, 190.0, 570.0, 460.0
    parts, top = heading(title, width, below=say("estimates, not counts: people of a group who chose an option"))
    rows, columns = np.argsort(-table.sum(axis=1), kind="stable"), np.argsort(-table.sum(axis=0), kind="stable")
    gap = min(10.0, 160.0 / max(len(rows), len(columns)))
    unit = (depth - gap * (max(len(rows), len(columns)) - 1)) / max(float(table.sum()), 1.0)
    starts = _stacked(table.sum(axis=1)[rows], unit, gap, top), _stacked(table.sum(axis=0)[columns], unit, gap, top)
    at_left = dict(zip(rows.tolist(), starts[0], strict=True))
    at_right = dict(zip(columns.tolist(), starts[1], strict=True))
    shade = {int(i): colour(k) for k, i in enumerate(rows)}
    for i in rows.tolist():
        for j in columns.tolist():
            wide = unit * float(table[i, j])
            if wide >= 0.4:
                share = table[i, j] / max(table[i].sum(), 1)
                words = say(
                    "{group} to {option}: {people:,.0f}, {share:.1%} of the group",
                    group=groups[i],
                    option=options[j],
                    people=table[i, j],
                    share=share,
                )
                band = _band(left + bar, at_left[i], right, at_right[j], wide)
                parts.append(area(band, fill=shade[i], opacity=0.4, title=words))
            at_left[i] += wide
            at_right[j] += wide
    ends = (groups, rows, starts[0], left, table.sum(axis=1)), (options, columns, starts[1], right, table.sum(axis=0))
    for names, order, start, x, sums in ends:
        parts += _column(names, order.tolist(), start, x, sums, unit, shade if x == left else None, (top, top + depth))
    tail, height = footer("", top + depth + 10, width)
    i, j = (int(part) for part in np.unravel_index(int(table.argmax()), table.shape))
    told = say(
        "The widest band is {group} to {option}: {people:,.0f} of {total:,.0f}.",
        group=groups[i],
        option=options[j],
        people=table[i, j],
        total=table.sum(),
    )
    return document(width, height, [*parts, *tail], title=title, description=told)


def _stacked(sums: Table, unit: float, gap: float, top: float) -> list[float]:
    out, y = [], top
    for value in sums.tolist():
        out.append(y)
        y += unit * value + gap
    return out


def _band(x1: float, y1: float, x2: float, y2: float, wide: float) -> list[Point]:
    upper = [(x1 + (x2 - x1) * k / 16, y1 + (y2 - y1) * (3 * (k / 16) ** 2 - 2 * (k / 16) ** 3)) for k in range(17)]
    return [*upper, *((x, y + wide) for x, y in reversed(upper))]


def _column(
    names: Sequence[str],
    order: Sequence[int],
    start: Sequence[float],
    x: float,
    sums: Table,
    unit: float,
    shade: dict[int, str] | None,
    room: tuple[float, float],
) -> list[str]:
    middles = [y + unit * float(sums[i]) / 2 for i, y in zip(order, start, strict=True)]
    places = apart(middles, 13, low=room[0] + 4, high=room[1])
    whole = max(float(sums.sum()), 1.0)
    parts = []
    for i, y, place in zip(order, start, places, strict=True):
        share, fill = written(sums[i] / whole, ".1%"), shade[i] if shade else INK
        parts.append(
            rect(
                x, y, 16, max(unit * float(sums[i]), 0.8), fill, title=f"{names[i]}: {written(float(sums[i]), ',.0f')}"
            )
        )
        at, side = (x - 8, "end") if shade else (x + 24, "start")
        parts.append(text(at, place + 4, f"{fit(names[i], 12, 120)}  {share}", anchor=side, size=12))
    return parts
