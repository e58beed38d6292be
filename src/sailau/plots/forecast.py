"""Forecasts drawn: shares over time with their bands and every poll as a dot, and seats as dots one can count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sailau.locale import day as day_words
from sailau.locale import percent
from sailau.plots.dots import seat_dots
from sailau.plots.frame import footer, heading
from sailau.plots.lettering import fit_name, width_of
from sailau.plots.shade import as_hex
from sailau.plots.svg import FAINT, GRID, PAPER, area, circle, colour, document, line, path, text
from sailau.plots.ticks import apart, ticks
from sailau.votes.polls.poll import OTHERS

if TYPE_CHECKING:
    from sailau.runs.summary import Summary
    from sailau.votes.polls.poll import Polls
    from sailau.votes.polls.trend import Trend

WIDTH, DEPTH, LEFT = 820.0, 380.0, 52.0
LEAST = 0.05
"""The chance of a seat from which on a party has a row of its own."""


def trend_picture(
    found: Trend,
    polls: Polls,
    *,
    title: str,
    colours: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    lang: str = "en",
    source: str | Sequence[str] = "",
) -> str:
    """Return shares over time: the median as a line, its interval as a band, every poll as a dot, results as rings.

    Parameters
    ----------
    found : Trend
        Its first and last quantiles bound the band.
    polls : Polls
    title : str
    colours, names, lang, source
        As for `sailau.plots.hemicycle.hemicycle`.
    """
    if len(found.days) == 1:
        return _one_day(found, polls, title=title, colours=colours, names=names, lang=lang, source=source)
    contenders = [name for name in found.contenders if name != OTHERS]
    called = {name: (names or {}).get(name, name) for name in contenders}
    fills = {name: as_hex((colours or {}).get(name)) or colour(i) for i, name in enumerate(contenders)}
    beside = {name: f"{called[name]} {percent(_last(found, name), lang)}" for name in contenders}
    right = min(230.0, max(width_of(told, 12, bold=True) for told in beside.values()) + 26)
    frame = _Frame.of(found, polls, WIDTH - LEFT - right)
    span = f"{found.quantiles[0]:.0%}–{found.quantiles[-1]:.0%}"
    below = f"Line and band: what polls measure, median and {span}. Dots: polls. Rings: election results."
    parts, top = heading(title, WIDTH, below=below)
    frame = frame.under(top + 8)
    parts += [*frame.grid(lang), *frame.months(lang)]
    for name in contenders:
        parts += _one(frame, found, polls, name, called[name], fills[name])
    ends = [frame.at(found.days[-1], _last(found, name))[1] for name in contenders]
    places = apart(ends, 16, low=frame.top + 6, high=frame.top + DEPTH)
    for name, end, place in zip(contenders, ends, places, strict=True):
        x = LEFT + frame.plot
        parts.append(line(x, end, x + 10, place, stroke=fills[name], width=1.5))
        parts.append(text(x + 14, place + 4, fit_name(beside[name], 12, right - 18, bold=True), size=12, bold=True))
    last, height = footer(source, frame.top + DEPTH + 26, WIDTH)
    told = ", ".join(f"{called[name]} {percent(_last(found, name), lang)}" for name in contenders)
    words = f"{len(polls.polls)} polls, {found.days[0]} to {found.days[-1]}; at the end {told}."
    return document(WIDTH, height, [*parts, *last], title=title, description=words)


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

    def grid(self, lang: str) -> list[str]:
        parts = []
        for tick in ticks(100 * self.most, about=6):
            y = self.at(self.first, tick / 100)[1]
            parts.append(line(LEFT, y, LEFT + self.plot, y, stroke=GRID))
            parts.append(text(LEFT - 8, y + 4, percent(tick / 100, lang, 0), anchor="end", size=11, fill=FAINT))
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


def _one_day(
    found: Trend,
    polls: Polls,
    *,
    title: str,
    colours: Mapping[str, str] | None,
    names: Mapping[str, str] | None,
    lang: str,
    source: str | Sequence[str],
) -> str:
    """Return the shares of a single day: an upright line for each contender's interval, its polls as dots."""
    contenders = [name for name in found.contenders if name != OTHERS]
    frame = _Frame.of(found, polls, WIDTH - LEFT - 20)
    below = f"All polls are of {found.days[0]}. Thick line: what they measure, {found.quantiles[0]:.0%}–"
    parts, top = heading(title, WIDTH, below=f"{below}{found.quantiles[-1]:.0%}; bar: median; dots: polls.")
    frame = frame.under(top + 8)
    parts += frame.grid(lang)
    room = frame.plot / len(contenders)
    for i, name in enumerate(contenders):
        fill = as_hex((colours or {}).get(name)) or colour(i)
        column, x = found.contenders.index(name), LEFT + room * (i + 0.5)
        low, middle, high = (frame.at(found.days[0], float(found.shares[q, 0, column]))[1] for q in (0, 1, -1))
        parts.append(line(x, low, x, high, stroke=fill, width=5))
        parts.append(line(x - 9, middle, x + 9, middle, stroke=fill, width=3))
        told = [poll for poll in polls.polls if name in poll.shares]
        for k, poll in enumerate(told):
            at = x + 14 + min(6.0, (room / 2 - 18) / max(len(told), 1)) * k
            y = frame.at(found.days[0], float(poll.shares[name]))[1]
            parts.append(circle(at, y, 3, fill, title=f"{poll.house}: {percent(float(poll.shares[name]), lang)}"))
        y = frame.top + DEPTH + 18
        called = fit_name((names or {}).get(name, name), 12, room - 4)
        parts.append(text(x, y, called, anchor="middle", size=12, bold=True))
        parts.append(text(x, y + 16, percent(_last(found, name), lang), anchor="middle", size=12))
    last, height = footer(source, frame.top + DEPTH + 44, WIDTH)
    told_all = ", ".join(f"{name} {percent(_last(found, name), lang)}" for name in contenders)
    return document(WIDTH, height, [*parts, *last], title=title, description=f"{len(polls.polls)} polls: {told_all}.")


def seats_picture(
    summary: Summary, *, title: str, actual: Mapping[str, int] | None = None, source: str | Sequence[str] = ""
) -> str:
    """Return the seats of a forecast as dots that can be counted, parties with most seats first."""
    means = summary.seats.means()
    seated = {p: summary.seats.at_least(p, 1) for p in summary.parties}
    order = sorted((p for p in summary.parties if seated[p] >= LEAST), key=lambda p: (-means[p], p))
    histograms = {p: {s: n for s, n in enumerate(summary.seats.of(p)) if n} for p in order}
    size = sum(means.values())
    majority = int(size) // 2 + 1 if size == int(size) and size else None
    left = [p for p in summary.parties if 0 < seated[p] < LEAST]
    note = [f"No seat in {percent(1 - LEAST, places=0)} of the runs or more: {', '.join(left)}."] if left else []
    notes = [*note, *([source] if isinstance(source, str) else source)]
    return seat_dots(histograms, title=title, majority=majority, actual=actual, source=notes)
