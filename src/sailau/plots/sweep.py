"""The sweep: seats by party while one clause of the law changes, stacked step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sailau.plots.frame import LEFT, footer, heading, key
from sailau.plots.lettering import fit, width_of
from sailau.plots.palette import Look, box
from sailau.plots.style import Style
from sailau.plots.svg import EMPTY, FAINT, INK, PAPER, document, line, rect, text
from sailau.plots.ticks import apart, ticks

WIDTH, DEPTH = 760.0, 330.0
LEFT_END, RIGHT_END = LEFT + 34.0, WIDTH - 120.0
Step = tuple[str, Mapping[str, int] | None]
"""The value of the clause as it is spelled, and the seats; None where the law leads to no outcome."""


def sweep_picture(
    steps: Sequence[Step], style: Style, *, axis: str, now: str | None = None, majority: int | None = None
) -> str:
    """Return a column of seats for each value of a clause, parties stacked in the same order everywhere.

    Parameters
    ----------
    steps : sequence of (value, seats)
        In the order of the axis.
    style : Style
    axis : str
        What the values are of.
    now : str, optional
        The value in force, marked.
    majority : int, optional
        Drawn as a line.
    """
    order = _order(steps)
    parts, top = heading(style.title, WIDTH, below=style.words("seats_title"))
    frame = _Frame.of(steps, style, top + 20)
    shade = style.looks(order)
    parts += [*frame.grid(), *frame.values(steps)]
    for i, (value, seats) in enumerate(steps):
        parts += frame.column_of(i, value, seats, order, shade)
        if value == now:
            parts += frame.mark(i)
    parts += frame.names(order, next((seats for _, seats in reversed(steps) if seats is not None), {}))
    if majority is not None and majority <= frame.most:
        y = frame.at(majority)
        parts.append(line(LEFT_END, y, RIGHT_END, y, stroke=INK, width=1.5, dash="4 3"))
    middle, room = (LEFT_END + RIGHT_END) / 2, RIGHT_END - LEFT_END
    parts.append(text(middle, frame.floor + 36, fit(axis, 12, room), anchor="middle", size=12))
    below, depth = key({party: style.name(party) for party in order}, shade, frame.floor + 64, WIDTH)
    last, height = footer([*_open(steps, style), *style.sources], depth, WIDTH)
    spans = ", ".join(f"{style.name(party)} {_span(steps, party, style)}" for party in order)
    return document(WIDTH, height, [*parts, *below, *last], title=style.title, description=f"{axis}: {spans}.")


def spelled(value: str, style: Style) -> str:
    """Return a value of a clause as the language spells it: ``0.5%`` is ``0,5 %`` in Kazakh and Russian."""
    found = re.fullmatch(r"(\d+(?:\.(\d+))?)%", value)
    return style.percent(Fraction(found[1]) / 100, len(found[2] or "")) if found else value


def _order(steps: Sequence[Step]) -> list[str]:
    """Return the parties that ever have a seat, those that can have most first."""
    best: dict[str, int] = {}
    for _, seats in steps:
        for party, n in (seats or {}).items():
            best[party] = max(best.get(party, 0), n)
    return sorted((party for party, n in best.items() if n), key=lambda p: (-best[p], p))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where seats and values lie."""

    top: float
    column: float
    most: int
    style: Style

    @classmethod
    def of(cls, steps: Sequence[Step], style: Style, top: float) -> _Frame:
        most = max([sum(seats.values()) for _, seats in steps if seats] or [1])
        return cls(top, (RIGHT_END - LEFT_END) / max(len(steps), 1), most, style)

    @property
    def floor(self) -> float:
        return self.top + DEPTH

    def at(self, seats: float) -> float:
        return self.top + DEPTH * (1 - seats / self.most)

    def left(self, column: int) -> float:
        return LEFT_END + self.column * column

    def grid(self) -> Iterator[str]:
        for tick in ticks(self.most):
            y = self.at(tick)
            yield line(LEFT_END, y, RIGHT_END, y)
            yield text(LEFT_END - 6, y + 4, self.style.number(tick), anchor="end", size=11, fill=FAINT)

    def values(self, steps: Sequence[Step]) -> list[str]:
        """Return the values under the columns, as many as there is room for."""
        shown = [spelled(value, self.style) for value, _ in steps]
        widest = max((width_of(value, 11) for value in shown), default=1) + 8
        every = max(1, -(-int(widest) // max(int(self.column), 1)))
        return [
            text(self.left(i) + self.column / 2, self.floor + 16, value, anchor="middle", size=11, fill=FAINT)
            for i, value in enumerate(shown)
            if i % every == 0
        ]

    def column_of(
        self, i: int, value: str, seats: Mapping[str, int] | None, order: Sequence[str], shade: Mapping[str, Look]
    ) -> Iterator[str]:
        """Yield the seats at one value, party on party; an empty column where there is no outcome."""
        if seats is None:
            yield rect(self.left(i), self.top, self.column, DEPTH, EMPTY, title=self.style.words("no_outcome"))
            return
        stacked = 0
        for party in order:
            n = seats.get(party, 0)
            if not n:
                continue
            stacked += n
            tall = DEPTH * n / self.most
            said = f"{spelled(value, self.style)}: {self.style.name(party)} {self.style.number(n)}"
            edge = PAPER if tall > 3 else ""
            yield box(self.left(i), self.at(stacked), self.column + 0.3, tall, shade[party], title=said, stroke=edge)

    def mark(self, i: int) -> list[str]:
        """Return the frame around the value in force."""
        said = self.style.words("baseline")
        return [
            rect(self.left(i), self.top - 4, self.column, DEPTH + 4, "none", stroke=INK, line=2),
            text(self.left(i) + self.column / 2, self.top - 9, said, anchor="middle", size=12),
        ]

    def names(self, order: Sequence[str], seats: Mapping[str, int]) -> list[str]:
        """Return the names beside the last column that has an outcome."""
        shown = [party for party in order if seats.get(party)]
        stacked, middles = 0, []
        for party in shown:
            middles.append(self.at(stacked + seats[party] / 2))
            stacked += seats[party]
        places = apart(middles, 15, low=self.top + 6, high=self.floor - 4)
        return [
            text(RIGHT_END + 8, y + 4, self.style.label(party, 12, 108, bold=True), size=12, bold=True)
            for party, y in zip(shown, places, strict=True)
        ]


def _open(steps: Sequence[Step], style: Style) -> list[str]:
    values = [spelled(value, style) for value, seats in steps if seats is None]
    return [f"{style.words('no_outcome')}: {', '.join(values)}"] if values else []


def _span(steps: Sequence[Step], party: str, style: Style) -> str:
    held = [seats.get(party, 0) for _, seats in steps if seats]
    low, high = min(held), max(held)
    return style.number(low) if low == high else f"{style.number(low)}–{style.number(high)}"
