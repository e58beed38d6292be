"""Seat bars: one bar a party, the majority as a line, what changed beside the number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sailau.plots.frame import LEFT, footer, heading
from sailau.plots.lettering import width_of
from sailau.plots.palette import Look, box
from sailau.plots.style import Style
from sailau.plots.svg import FAINT, GRID, INK, document, line, rect, text
from sailau.plots.ticks import ticks

WIDTH, ROW = 760.0, 30.0


def seat_bars(
    seats: Mapping[str, int], style: Style, *, majority: int | None = None, before: Mapping[str, int] | None = None
) -> str:
    """Return one bar of seats for each party that has some, in the order given.

    Parameters
    ----------
    seats : mapping of str to int
    style : Style
    majority : int, optional
        Drawn as a line; the axis reaches it.
    before : mapping of str to int, optional
        Seats in another count: an outline, and the change beside the number.
    """
    either = dict.fromkeys([*seats, *(before or {})])
    order = [party for party in either if seats.get(party) or (before or {}).get(party)] or list(either)
    total = sum(seats.values())
    beside = {party: _beside(seats.get(party, 0), before, party, total, style) for party in order}
    parts, top = heading(style.title, WIDTH)
    top += 22 if majority else 6
    frame = _Frame.of(order, beside, style, max([*seats.values(), *(before or {}).values(), majority or 0, 1]))
    bottom = top + ROW * len(order)
    parts += frame.grid(top, bottom)
    shade = style.looks(order)
    for i, party in enumerate(order):
        was = None if before is None else before.get(party, 0)
        said = style.words("of_total", party=style.name(party), n=seats.get(party, 0), total=total)
        parts += frame.bar(top + ROW * i, party, seats.get(party, 0), was, shade[party], said)
        parts.append(text(frame.at(max(seats.get(party, 0), was or 0)) + 7, top + ROW * i + 19, beside[party]))
    if majority is not None:
        parts += frame.majority(majority, total, top, bottom)
    last, height = footer(style.sources, bottom + 20, WIDTH)
    told = ", ".join(f"{style.name(party)} {beside[party]}" for party in order)
    said = f"{style.words('seats', n=total)}: {told}."
    return document(WIDTH, height, [*parts, *last], title=style.title, description=said)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where names end, how long a bar can be, and the seats of the longest."""

    left: float
    plot: float
    most: int
    style: Style

    @classmethod
    def of(cls, order: Sequence[str], beside: Mapping[str, str], style: Style, most: int) -> _Frame:
        names = max((width_of(style.label(party, 13, 290), 13) for party in order), default=0)
        left = LEFT + names + 10
        room = max((width_of(told, 13) for told in beside.values()), default=0)
        return cls(left, WIDTH - left - 16 - room, most, style)

    def at(self, seats: int) -> float:
        return self.left + self.plot * seats / self.most

    def grid(self, top: float, bottom: float) -> list[str]:
        parts = []
        for tick in ticks(self.most):
            x = self.at(tick)
            parts.append(line(x, top, x, bottom, stroke=GRID))
            parts.append(text(x, bottom + 15, self.style.number(tick), anchor="middle", size=11, fill=FAINT))
        return parts

    def bar(self, y: float, party: str, n: int, was: int | None, look: Look, said: str) -> list[str]:
        """Return the name of a party, its bar, and the outline of its seats before."""
        name = self.style.label(party, 13, self.left - LEFT - 8)
        drawn = box(self.left, y + 5, self.at(n) - self.left, ROW - 10, look, title=said)
        parts = [text(self.left - 8, y + 19, name, anchor="end"), drawn]
        if was is not None:
            parts.append(rect(self.left, y + 2, self.at(was) - self.left, ROW - 4, "none", stroke=INK))
        return parts

    def majority(self, needed: int, total: int, top: float, bottom: float) -> list[str]:
        x, said = self.at(needed), self.style.words("majority_of", n=needed, total=total)
        middle = min(x, WIDTH - 12 - width_of(said, 12) / 2)
        return [
            line(x, top - 6, x, bottom, stroke=INK, width=1.5, dash="4 3"),
            text(middle, top - 10, said, anchor="middle", size=12),
        ]


def _beside(n: int, before: Mapping[str, int] | None, party: str, total: int, style: Style) -> str:
    if before is not None:
        return f"{style.number(n)} ({style.signed(n - before.get(party, 0))})"
    return f"{style.number(n)} ({style.percent(Fraction(n, total))})" if n else "0"
