"""Forecasts drawn: shares over time with their bands and every poll as a dot, and seats as dots one can count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sailau.locale import day as day_words
from sailau.plots.dots import seat_dots
from sailau.plots.frame import footer, heading
from sailau.plots.lettering import fit_name, width_of
from sailau.plots.style import Style
from sailau.plots.svg import FAINT, GRID, PAPER, area, circle, document, line, path, text
from sailau.plots.ticks import apart, ticks
from sailau.terms.speech import say, written
from sailau.votes.polls.poll import OTHERS

if TYPE_CHECKING:
    from sailau.runs.summary import Summary
    from sailau.votes.polls.poll import Polls
    from sailau.votes.polls.trend import Trend

WIDTH, DEPTH, LEFT = 820.0, 380.0, 52.0
LEAST = 0.05
"""The chance of a seat from which on a party has a row of its own."""


def trend_picture(found: Trend, polls: Polls, style: Style) -> str:
    """Return shares over time: the median as a line, its interval as a band, every poll as a dot, results as rings.

    Parameters
    ----------
    found : Trend
        Its first and last quantiles bound the band.
    polls : Polls
    style : Style
    """
    if len(found.days) == 1:
        return _one_day(found, polls, style)
    contenders = [name for name in found.contenders if name != OTHERS]
    fills = _fills(contenders, style)
    beside = {name: f"{style.name(name)} {style.percent(_last(found, name))}" for name in contenders}
    right = min(230.0, max(width_of(told, 12, bold=True) for told in beside.values()) + 26)
    frame = _Frame.of(found, polls, WIDTH - LEFT - right)
    span = f"{written(found.quantiles[0], '.0%')}–{written(found.quantiles[-1], '.0%')}"
    below = say(
        "Line and band: what polls measure, median and {span}. Dots: polls. Rings: election results.", span=span
    )
    parts, top = heading(style.title, WIDTH, below=below)
    frame = frame.under(top + 8)
    parts += [*frame.grid(style), *frame.months(style.lang)]
    for name in contenders:
        parts += _one(frame, found, polls, name, style.name(name), fills[name])
    parts += _ends(frame, found, beside, fills, right)
    last, height = footer(style.sources, frame.top + DEPTH + 26, WIDTH)
    told = ", ".join(beside.values())
    words = say(
        "{n} polls, {first} to {last}; at the end {told}.",
        n=len(polls.polls),
        first=found.days[0],
        last=found.days[-1],
        told=told,
    )
    return document(WIDTH, height, [*parts, *last], title=style.title, description=words)


def _fills(contenders: Sequence[str], style: Style) -> dict[str, str]:
    return {name: look.line for name, look in style.looks(contenders).items()}


def _ends(
    frame: _Frame, found: Trend, beside: Mapping[str, str], fills: Mapping[str, str], right: float
) -> Iterator[str]:
    """Yield the names beside the ends of the lines, pushed apart."""
    ends = [frame.at(found.days[-1], _last(found, name))[1] for name in beside]
    places = apart(ends, 16, low=frame.top + 6, high=frame.top + DEPTH)
    x = LEFT + frame.plot
    for (name, told), end, place in zip(beside.items(), ends, places, strict=True):
        yield line(x, end, x + 10, place, stroke=fills[name], width=1.5)
        yield text(x + 14, place + 4, fit_name(told, 12, right - 18, bold=True), size=12, bold=True)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where days and shares lie."""

    first: date
    days: int
    most: float
    plot: float
    top: float = 0.0

    @classmethod
    def of(cls, found: Trend, polls: Polls, plot: float) -> _Frame:
        named = [name for name in found.contenders if name != OTHERS]
        high = [float(found.shares[-1, :, found.contenders.index(name)].max()) for name in named]
        dots = [float(poll.shares.get(name, 0)) for poll in polls.polls for name in named]
        most = min(1.0, max([*high, *dots]) * 1.04)
        return cls(found.days[0], max((found.days[-1] - found.days[0]).days, 1), most, plot)

    def under(self, top: float) -> _Frame:
        return replace(self, top=top)

    def at(self, day: date, share: float) -> tuple[float, float]:
        return LEFT + self.plot * (day - self.first).days / self.days, self.top + DEPTH * (1 - share / self.most)

    def grid(self, style: Style) -> list[str]:
        parts = []
        for tick in ticks(100 * self.most, about=6):
            y = self.at(self.first, tick / 100)[1]
            parts.append(line(LEFT, y, LEFT + self.plot, y, stroke=GRID))
            parts.append(text(LEFT - 8, y + 4, style.percent(tick / 100, 0), anchor="end", size=11, fill=FAINT))
        return parts

    def months(self, lang: str) -> list[str]:
        """Return the ticks of the axis of days: years, halves, quarters or months, as many as there is room for."""
        step = next((s for s in (1, 2, 3, 6, 12, 24) if self.days / 30.4 / s <= self.plot / 105), 48)
        starts = [d for d in _first_days(self.first, self.days) if (d.month - 1 + 12 * (d.year % 4)) % step == 0]
        if len(starts) < 2:
            starts = [self.first, self.first + timedelta(days=self.days)] if self.days > 1 else [self.first]
        parts = []
        for day in starts:
            x, y = self.at(day, 0)
            parts.append(line(x, y, x, y + 5, stroke=GRID))
            anchor = "start" if x < LEFT + 30 else "middle"
            parts.append(text(x, y + 18, day_words(day, lang), anchor=anchor, size=11, fill=FAINT))
        return parts


def _first_days(first: date, days: int) -> Iterator[date]:
    """Yield the first day of each month."""
    for year in range(first.year, (first + timedelta(days=days)).year + 1):
        for month in range(1, 13):
            day = date(year, month, 1)
            if 0 <= (day - first).days <= days:
                yield day


def _last(found: Trend, name: str) -> float:
    return float(found.shares[found.quantiles.index(0.5), -1, found.contenders.index(name)])


def _one(frame: _Frame, found: Trend, polls: Polls, name: str, called: str, fill: str) -> list[str]:
    """Return the band, the dots, the rings and the line of one contender."""
    column = found.contenders.index(name)
    low, middle, high = (
        [frame.at(day, float(share)) for day, share in zip(found.days, found.shares[q, :, column], strict=True)]
        for q in (0, found.quantiles.index(0.5), -1)
    )
    small = 2.4 if len(polls.polls) < 150 else 1.6
    dots = [
        circle(
            *frame.at(poll.middle, float(poll.shares[name])), small, fill, title=f"{poll.house}, {poll.end}: {called}"
        )
        for poll in polls.polls
        if name in poll.shares
    ]
    rings = [
        circle(
            *frame.at(anchor.day, float(anchor.shares[name])), 4.5, PAPER, stroke=fill, title=f"{called}, {anchor.day}"
        )
        for anchor in polls.anchors
        if name in anchor.shares
    ]
    return [area([*high, *reversed(low)], fill=fill, opacity=0.22), *dots, path(middle, stroke=fill, width=2), *rings]


def _one_day(found: Trend, polls: Polls, style: Style) -> str:
    """Return the shares of a single day: an upright line for each contender's interval, its polls as dots."""
    contenders = [name for name in found.contenders if name != OTHERS]
    fills = _fills(contenders, style)
    frame = _Frame.of(found, polls, WIDTH - LEFT - 20)
    below = say(
        "All polls are of {day}. Thick line: what they measure, {low:.0%}–{high:.0%}; bar: median; dots: polls.",
        day=found.days[0],
        low=found.quantiles[0],
        high=found.quantiles[-1],
    )
    parts, top = heading(style.title, WIDTH, below=below)
    frame = frame.under(top + 8)
    parts += frame.grid(style)
    room = frame.plot / len(contenders)
    for i, name in enumerate(contenders):
        x, y = LEFT + room * (i + 0.5), frame.top + DEPTH + 18
        parts += _upright(frame, found, polls, name, x, room, fills[name], style)
        parts.append(text(x, y, style.label(name, 12, room - 4, bold=True), anchor="middle", size=12, bold=True))
        parts.append(text(x, y + 16, style.percent(_last(found, name)), anchor="middle", size=12))
    last, height = footer(style.sources, frame.top + DEPTH + 44, WIDTH)
    told = ", ".join(f"{style.name(name)} {style.percent(_last(found, name))}" for name in contenders)
    said = say("{n} polls: {told}.", n=len(polls.polls), told=told)
    return document(WIDTH, height, [*parts, *last], title=style.title, description=said)


def _upright(
    frame: _Frame, found: Trend, polls: Polls, name: str, x: float, room: float, fill: str, style: Style
) -> Iterator[str]:
    """Yield the interval and the median of one contender, and its polls beside them."""
    day, column = found.days[0], found.contenders.index(name)
    low, middle, high = (frame.at(day, float(found.shares[q, 0, column]))[1] for q in (0, 1, -1))
    yield line(x, low, x, high, stroke=fill, width=5)
    yield line(x - 9, middle, x + 9, middle, stroke=fill, width=3)
    told = [poll for poll in polls.polls if name in poll.shares]
    for k, poll in enumerate(told):
        at = x + 14 + min(6.0, (room / 2 - 18) / max(len(told), 1)) * k
        share = float(poll.shares[name])
        yield circle(at, frame.at(day, share)[1], 3, fill, title=f"{poll.house}: {style.percent(share)}")


def seats_picture(summary: Summary, style: Style, *, actual: Mapping[str, int] | None = None) -> str:
    """Return the seats of a forecast as dots that can be counted, parties with most seats first."""
    means = summary.seats.means()
    seated = {p: summary.seats.at_least(p, 1) for p in summary.parties}
    order = sorted((p for p in summary.parties if seated[p] >= LEAST), key=lambda p: (-means[p], p))
    histograms = {p: {s: n for s, n in enumerate(summary.seats.of(p)) if n} for p in order}
    size = sum(means.values())
    majority = int(size) // 2 + 1 if size == int(size) and size else None
    left = [style.name(p) for p in summary.parties if 0 < seated[p] < LEAST]
    note = (
        [
            say(
                "No seat in {share} of the runs or more: {left}.",
                share=style.percent(1 - LEAST, 0),
                left=", ".join(left),
            )
        ]
        if left
        else []
    )
    return seat_dots(histograms, replace(style, source=[*note, *style.sources]), majority=majority, actual=actual)
