"""Flows between two laws: the seats that a party keeps, and those that change hands.

Which party's lost seat became whose gain is no fact of the count, so lost seats run into one stock and gains out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sailau.plots.frame import LEFT as EDGE
from sailau.plots.frame import footer, heading
from sailau.plots.lettering import fit, width_of
from sailau.plots.palette import Look, box
from sailau.plots.style import Style
from sailau.plots.svg import FAINT, PAPER, Point, area, document, rect, text
from sailau.plots.ticks import apart

WIDTH, BAR, DEPTH, GAP = 760.0, 16.0, 330.0, 8.0
LEFT, RIGHT = 190.0, 570.0
CENTRE = (LEFT + RIGHT) / 2
Seats = Mapping[str, int]


def flows(before: Seats, after: Seats, style: Style, *, heads: tuple[str, str]) -> str:
    """Return seats under two laws side by side: kept seats as bands, moved ones through a stock in the middle.

    Parameters
    ----------
    before, after : mapping of str to int
    style : Style
    heads : (str, str)
        What the two columns are.
    """
    order = [p for p in dict.fromkeys([*before, *after]) if before.get(p) or after.get(p)]
    parts, top = heading(style.title, WIDTH)
    frame = _Frame.of(order, before, after, style, top + 42)
    parts += [*frame.bands(), *frame.stock(), *frame.column(0, heads[0]), *frame.column(1, heads[1])]
    last, height = footer(style.sources, frame.depth + 6, WIDTH)
    told = ", ".join(f"{style.name(p)} {style.signed(after.get(p, 0) - before.get(p, 0))}" for p in order)
    said = f"{heads[0]} → {heads[1]}: {told}."
    return document(WIDTH, height, [*parts, *last], title=style.title, description=said)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Both columns: who has how many seats, how long one is, and where each bar begins."""

    order: Sequence[str]
    sides: tuple[Seats, Seats]
    style: Style
    shade: Mapping[str, Look]
    top: float
    unit: float
    begins: tuple[Mapping[str, float], Mapping[str, float]]

    @classmethod
    def of(cls, order: Sequence[str], before: Seats, after: Seats, style: Style, top: float) -> _Frame:
        unit = DEPTH / max(sum(before.values()), sum(after.values()), 1)
        begins = (_begins(before, order, top, unit), _begins(after, order, top, unit))
        return cls(order, (before, after), style, style.looks(order), top, unit, begins)

    @property
    def depth(self) -> float:
        return self.top + DEPTH + GAP * len(self.order)

    def moved(self, party: str) -> int:
        """Return the seats that a party wins, or with a minus those that it loses."""
        return self.sides[1].get(party, 0) - self.sides[0].get(party, 0)

    @property
    def lost(self) -> int:
        return sum(max(0, -self.moved(party)) for party in self.order)

    @property
    def won(self) -> int:
        return sum(max(0, self.moved(party)) for party in self.order)

    @property
    def middle(self) -> float:
        """Where the stock of moved seats begins."""
        return (self.top + self.depth - max(self.lost, self.won) * self.unit) / 2

    def bands(self) -> Iterator[str]:
        """Yield the kept seats as bands from side to side, lost ones into the stock, won ones out of it."""
        into = out = self.middle
        for party in self.order:
            left, right = (begins[party] for begins in self.begins)
            kept = min(side.get(party, 0) for side in self.sides) * self.unit
            fill, moved = self.shade[party].line, self.moved(party) * self.unit
            if kept:
                yield area(_band((LEFT, left), (RIGHT, right), kept), fill=fill, opacity=0.35, stroke=PAPER)
            if moved < 0:
                yield area(_band((LEFT, left + kept), (CENTRE - BAR / 2, into), -moved), fill=fill, opacity=0.75)
                into -= moved
            if moved > 0:
                yield area(_band((CENTRE + BAR / 2, out), (RIGHT, right + kept), moved), fill=fill, opacity=0.75)
                out += moved

    def stock(self) -> list[str]:
        """Return the seats that change hands, and how many they are."""
        tall = max(self.lost, self.won) * self.unit
        if not tall:
            return []
        said, y = self._said(), self.middle - 6
        half = width_of(said, 12, bold=True) / 2
        return [
            rect(CENTRE - BAR / 2, self.middle, BAR, tall, FAINT, title=said),
            rect(CENTRE - half - 4, y - 13, 2 * half + 8, 17, PAPER),
            text(CENTRE, y, said, anchor="middle", size=12, bold=True),
        ]

    def _said(self) -> str:
        """Say how many seats change hands, and how many a larger house adds or a smaller one drops."""
        lost, won = self.lost, self.won
        parts = [self.style.words("seats_move", n=min(lost, won))] if lost and won else []
        if lost != won:
            parts.append(self.style.words("seats_new" if won > lost else "seats_gone", n=abs(won - lost)))
        return ", ".join(parts)

    def column(self, side: int, head: str) -> Iterator[str]:
        """Yield the bars of one side with their names, under a heading."""
        seats, anchor = self.sides[side], ("end", "start")[side]
        shown = [party for party in self.order if seats.get(party)]
        for party in shown:
            said = f"{self.style.name(party)}: {self.style.number(seats[party])}"
            x, tall = (LEFT - BAR, RIGHT)[side], seats[party] * self.unit
            yield box(x, self.begins[side][party], BAR, tall, self.shade[party], title=said)
        middles = [self.begins[side][party] + seats[party] * self.unit / 2 for party in shown]
        x = (LEFT - BAR - 8, RIGHT + BAR + 8)[side]
        for party, y in zip(shown, apart(middles, 16, low=self.top, high=self.depth), strict=True):
            yield text(x, y + 5, self._label(side, party), anchor=anchor)
        told = fit(f"{head}: {self.style.number(sum(seats.values()))}", 12, 360)
        edge = (EDGE, WIDTH - EDGE)[side]
        yield text(edge, self.top - 16, told, anchor=("start", "end")[side], size=12, fill=FAINT)

    def _label(self, side: int, party: str) -> str:
        """Return the name of a party, its seats, and on the right what changed."""
        moved = self.moved(party)
        told = f" {self.style.number(self.sides[side][party])}"
        told += f" ({self.style.signed(moved)})" if side and moved else ""
        room = (LEFT if side == 0 else WIDTH - RIGHT) - BAR - 14
        return self.style.label(party, 13, room - width_of(told, 13)) + told


def _begins(seats: Seats, order: Sequence[str], top: float, unit: float) -> dict[str, float]:
    """Return where the bar of each party begins; those without seats have a place too."""
    out, y = {}, top
    for party in order:
        out[party] = y
        y += seats.get(party, 0) * unit + GAP
    return out


def _band(start: Point, end: Point, tall: float) -> list[Point]:
    """Return the outline of a band that leaves and arrives level."""
    steps = [i / 16 for i in range(17)]
    bent = [(start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * (3 - 2 * t) * t * t) for t in steps]
    return [*bent, *((x, y + tall) for x, y in reversed(bent))]
