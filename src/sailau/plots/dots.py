"""Dots and intervals: what simulated seats look like, as frequencies that one can count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from sailau.plots.frame import LEFT, footer, heading
from sailau.plots.lettering import width_of
from sailau.plots.palette import Look
from sailau.plots.style import Style
from sailau.plots.svg import FAINT, GRID, INK, area, circle, document, line, text
from sailau.plots.ticks import ticks

WIDTH = 760.0
DOTS = 40
LEAST, FINEST, LARGEST = 2.4, 1.9, 4.5
"""Radii of dots: of the smallest in a large house, of the smallest at all, of the largest."""

TALLEST, COLUMNS = 96.0, 5
"""How high a stack should be at the most, and of how many columns."""

SMALL = 6
"""Parties of one seat at most that still get a row each."""

Histogram = Mapping[int, int]
"""How many runs gave so many seats."""


def quantile(histogram: Histogram, share: Fraction) -> int:
    """Return the fewest seats that at least this share of the runs does not exceed.

    Examples
    --------
    >>> quantile({3: 1, 4: 2, 9: 1}, Fraction(1, 2))
    4
    """
    runs, seen = sum(histogram.values()), 0
    for seats in sorted(histogram):
        seen += histogram[seats]
        if seen >= share * runs:
            return seats
    return max(histogram, default=0)


def seat_dots(
    histograms: Mapping[str, Histogram],
    style: Style,
    *,
    majority: int | None = None,
    actual: Mapping[str, int] | None = None,
    interval: Fraction = Fraction(9, 10),
) -> str:
    """Return one row a party: forty dots, each a fortieth of the runs, over the interval and the median.

    Many parties that hardly ever win a seat are folded into a line that says how many they are.

    Parameters
    ----------
    histograms : mapping of party to mapping of seats to runs
    style : Style
    majority : int, optional
    actual : mapping of party to int, optional
        The seats of the day, as a triangle.
    interval : Fraction
        The share of the runs in the thick line; as much is left out below as above.
    """
    tail = Fraction(1 - interval, 2)
    spans = {p: tuple(quantile(h, q) for q in (tail, Fraction(1, 2), 1 - tail)) for p, h in histograms.items()}
    shown = _worth_a_row(histograms, spans, actual or {})
    beside = {p: f"{style.number(s[1])}  ({style.number(s[0])}–{style.number(s[2])})" for p, s in spans.items()}
    most = max([n for p in shown for n in histograms[p]] + [majority or 0, *(actual or {}).values(), 1])
    frame = _Frame.of(shown, beside, most, style, histograms)
    note = {"share": style.percent(Fraction(1, DOTS)), "interval": style.percent(interval, 0)}
    below = style.words("dots_note", **note)
    parts, top = heading(style.title, WIDTH, below=below)
    top += 20 if majority else 4
    rows, bottom = frame.stacked({p: histograms[p] for p in shown}, top)
    parts += frame.grid(top, bottom)
    for party, stacks, base in rows:
        parts += frame.row(party, stacks, base, spans[party], beside[party])
        if actual is not None and party in actual:
            x = frame.at(actual[party])
            parts.append(area([(x, base + 3), (x - 5, base + 11), (x + 5, base + 11)], fill=INK, opacity=1))
    if majority is not None:
        parts += frame.majority(majority, top, bottom)
    notes = _notes(histograms, shown, style, is_beside_day=bool(actual))
    last, height = footer([*notes, *style.sources], bottom + 22, WIDTH)
    told = ", ".join(f"{style.name(party)} {beside[party]}" for party in histograms)
    return document(WIDTH, height, [*parts, *last], title=style.title, description=f"{below} {told}.")


def _notes(parties: Iterable[str], shown: Sequence[str], style: Style, *, is_beside_day: bool) -> Iterator[str]:
    """Yield what the triangle is, and who has no row."""
    if is_beside_day:
        yield style.words("actual_note")
    folded = [style.label(party, 11, 170) for party in parties if party not in shown]
    if folded:
        yield style.words("dots_folded", n=len(folded), names=", ".join(folded))


def _worth_a_row(
    histograms: Mapping[str, Histogram], spans: Mapping[str, tuple[int, ...]], actual: Mapping[str, int]
) -> list[str]:
    """Return the parties that are drawn: all, or without those that hold a seat at most, where these are many."""
    small = [party for party, span in spans.items() if span[-1] <= 1 and actual.get(party, 0) <= 1]
    return [party for party in histograms if party not in small] if len(small) > SMALL else list(histograms)


@dataclass(frozen=True, slots=True)
class _Packing:
    """How dots stand over one place: in so many columns, of this radius."""

    columns: int
    size: float

    @property
    def step(self) -> float:
        return 2 * self.size

    def height(self, dots: int) -> float:
        return ceil(dots / self.columns) * self.step

    def spots(self, dots: int) -> list[tuple[float, float]]:
        """Return how far right of the place, and above the line, each dot stands."""
        middle = (min(self.columns, dots) - 1) / 2
        return [
            ((k % self.columns - middle) * self.step, self.size + self.step * (k // self.columns)) for k in range(dots)
        ]


@dataclass(frozen=True, slots=True)
class Stack:
    """Dots over one place: the seats of each, and how they stand."""

    place: float
    dots: tuple[int, ...]
    packing: _Packing


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where seats lie, and how large a dot is."""

    left: float
    plot: float
    most: int
    shade: Mapping[str, Look]
    style: Style

    @classmethod
    def of(
        cls, shown: Sequence[str], beside: Mapping[str, str], most: int, style: Style, parties: Iterable[str]
    ) -> _Frame:
        left = LEFT + max((width_of(style.label(p, 13, 238), 13) for p in shown), default=0) + 12
        plot = WIDTH - left - 26 - max((width_of(beside[p], 12) for p in shown), default=0)
        return cls(left, plot, most, style.looks(parties), style)

    @property
    def bin(self) -> int:
        """How many seats share a stack, so that dots of a large house can still be seen and counted."""
        return max(1, ceil(2 * LEAST * self.most / self.plot))

    def packed(self, highest: int) -> _Packing:
        """Return how dots stand where the tallest stack has so many: in as few columns as the height allows."""
        room = 0.46 * self.plot / self.most * self.bin
        wide = [_Packing(k, min(LARGEST, room / k)) for k in range(1, COLUMNS + 1) if room / k >= FINEST]
        last = wide[-1].columns if wide else 1
        return next((way for way in wide if way.height(highest) <= TALLEST), _Packing(last, FINEST))

    def at(self, seats: float) -> float:
        return self.left + self.plot * seats / self.most

    def stacked(
        self, histograms: Mapping[str, Histogram], top: float
    ) -> tuple[list[tuple[str, list[Stack], float]], float]:
        """Return party, stacks of dots and baseline of each row, and where the rows end."""
        bins = {p: _bins(h, self.bin) if len(h) > 1 else {} for p, h in histograms.items()}  # no cloud without change
        packing = self.packed(max((len(dots) for found in bins.values() for dots in found.values()), default=1))
        y, rows = top, []
        for party, found in bins.items():
            tall = max(30.0, packing.height(max(map(len, found.values()), default=1)) + 22)
            stacks = [Stack((i + 0.5) * self.bin - 0.5, tuple(dots), packing) for i, dots in found.items()]
            rows.append((party, stacks, y + tall - 12))
            y += tall
        return rows, y

    def grid(self, top: float, bottom: float) -> list[str]:
        parts = []
        for tick in ticks(self.most, about=8):
            x = self.at(tick)
            parts.append(line(x, top, x, bottom, stroke=GRID))
            parts.append(text(x, bottom + 15, self.style.number(tick), anchor="middle", size=11, fill=FAINT))
        return parts

    def row(self, party: str, stacks: Sequence[Stack], base: float, span: Sequence[int], told: str) -> list[str]:
        """Return the name of a party, its interval, its dots, and both in figures."""
        name = self.style.label(party, 13, self.left - LEFT - 12)
        return [
            text(self.left - 12, base + 1, name, anchor="end"),
            *self._interval(party, span, base),
            *self._cloud(party, stacks, base),
            text(self.left + self.plot + 14, base + 4, told, size=12),
        ]

    def _interval(self, party: str, span: Sequence[int], base: float) -> list[str]:
        low, median, high = (self.at(n) for n in span)
        return [
            line(low, base, high, base, stroke=self.shade[party].line, width=5),
            line(low, base, high, base, stroke=INK, width=1),
            line(median, base - 5, median, base + 5, stroke=INK, width=2.5),
        ]

    def _cloud(self, party: str, stacks: Sequence[Stack], base: float) -> Iterator[str]:
        fill, name = self.shade[party].line, self.style.name(party)
        for stack in stacks:
            for (right, up), seats in zip(stack.packing.spots(len(stack.dots)), stack.dots, strict=True):
                said = f"{name}: {self.style.number(seats)}"
                yield circle(self.at(stack.place) + right, base - 6 - up, stack.packing.size * 0.92, fill, title=said)

    def majority(self, needed: int, top: float, bottom: float) -> list[str]:
        x, said = self.at(needed), self.style.words("majority", n=needed)
        return [
            line(x, top - 6, x, bottom, stroke=INK, width=1.5, dash="4 3"),
            text(min(x, WIDTH - 16 - width_of(said, 12) / 2), top - 9, said, anchor="middle", size=12),
        ]


def _bins(histogram: Histogram, width: int) -> dict[int, list[int]]:
    """Return the seats of the forty dots, the quantiles 1/80, 3/80 and so on, in bins of so many seats."""
    out: dict[int, list[int]] = {}
    for i in range(DOTS if histogram else 0):
        seats = quantile(histogram, Fraction(2 * i + 1, 2 * DOTS))
        out.setdefault(seats // width, []).append(seats)
    return out
