"""Dots and intervals: what simulated seats look like, as frequencies that one can count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sailau.locale import number, percent
from sailau.locale import text as words
from sailau.plots.frame import LEFT, footer, heading
from sailau.plots.lettering import fit_name, width_of
from sailau.plots.palette import looks
from sailau.plots.svg import FAINT, GRID, INK, area, circle, document, line, text
from sailau.plots.ticks import ticks

WIDTH = 760.0
DOTS = 40
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
    *,
    title: str,
    majority: int | None = None,
    actual: Mapping[str, int] | None = None,
    interval: Fraction = Fraction(9, 10),
    colours: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    short: Mapping[str, str] | None = None,
    lang: str = "en",
    source: str | Sequence[str] = "",
) -> str:
    """Return one row a party: forty dots, each a fortieth of the runs, over the interval and the median.

    Parameters
    ----------
    histograms : mapping of party to mapping of seats to runs
    majority : int, optional
    actual : mapping of party to int, optional
        The seats of the day, as a triangle.
    interval : Fraction
        The share of the runs in the thick line; as much is left out below as above.
    colours, names, short, lang, source
        As for `sailau.plots.hemicycle.hemicycle`.
    """
    called = {party: (names or {}).get(party, party) for party in histograms}
    shade = looks(histograms, colours)
    most = max([seats for h in histograms.values() for seats in h] + [majority or 0, *(actual or {}).values(), 1])
    left = LEFT + min(250.0, max((width_of(name, 13) for name in called.values()), default=0) + 12)
    tail = Fraction(1 - interval, 2)
    spans = {p: tuple(quantile(h, q) for q in (tail, Fraction(1, 2), 1 - tail)) for p, h in histograms.items()}
    beside = {p: f"{number(s[1], lang)}  ({number(s[0], lang)}–{number(s[2], lang)})" for p, s in spans.items()}
    plot = WIDTH - left - 26 - max((width_of(told, 12) for told in beside.values()), default=0)
    below = words("dots_note", lang, share=percent(Fraction(1, DOTS), lang), interval=percent(interval, lang, 0))
    parts, top = heading(title, WIDTH, below=below)
    top += 20 if majority else 4
    size = max(1.2, min(4.5, plot / most * 0.46))
    highest = max((n for h in histograms.values() if len(h) > 1 for n in _stacks(h).values()), default=1)
    step = min(size * 2, 84 / highest)  # dots of a steep party overlap rather than tower
    y, rows = top, []
    for party, histogram in histograms.items():
        stacks = _stacks(histogram) if len(histogram) > 1 else {}  # what never varies is no cloud
        tall = max(30.0, max(stacks.values(), default=1) * step + 20)
        rows.append((party, stacks, y + tall - 12))
        y += tall
    for tick in ticks(most, about=8):
        x = left + plot * tick / most
        parts.append(line(x, top, x, y, stroke=GRID))
        parts.append(text(x, y + 15, number(tick, lang), anchor="middle", size=11, fill=FAINT))
    for party, stacks, base in rows:
        low, median, high = (left + plot * n / most for n in spans[party])
        fill = shade[party].fill
        parts.append(
            text(
                left - 12,
                base + 1,
                fit_name(called[party], 13, left - LEFT - 12, short=(short or {}).get(party)),
                anchor="end",
            )
        )
        parts += [line(low, base, high, base, stroke=fill, width=5), line(low, base, high, base, stroke=INK, width=1)]
        parts.append(line(median, base - 5, median, base + 5, stroke=INK, width=2.5))
        for seats, stack in stacks.items():
            said = f"{called[party]}: {number(seats, lang)}"
            x = left + plot * seats / most
            parts += [circle(x, base - 6 - size - step * k, size * 0.92, fill, title=said) for k in range(stack)]
        if actual is not None and party in actual:
            x = left + plot * actual[party] / most
            parts.append(area([(x, base + 3), (x - 5, base + 11), (x + 5, base + 11)], fill=INK, opacity=1))
        parts.append(text(left + plot + 14, base + 4, beside[party], size=12))
    if majority is not None:
        x = left + plot * majority / most
        said = words("majority", lang, n=majority)
        parts.append(line(x, top - 6, x, y, stroke=INK, width=1.5, dash="4 3"))
        parts.append(text(min(x, WIDTH - 16 - width_of(said, 12) / 2), top - 9, said, anchor="middle", size=12))
    notes = [words("actual_note", lang)] if actual else []
    last, height = footer([*notes, *([source] if isinstance(source, str) else source)], y + 22, WIDTH)
    told = ", ".join(f"{called[party]} {beside[party]}" for party in histograms)
    return document(WIDTH, height, [*parts, *last], title=title, description=f"{below} {told}.")


def _stacks(histogram: Histogram) -> dict[int, int]:
    """Return how many of the forty dots stand over each number of seats: the quantiles 1/80, 3/80 and so on."""
    out: dict[int, int] = {}
    if histogram:
        for i in range(DOTS):
            seats = quantile(histogram, Fraction(2 * i + 1, 2 * DOTS))
            out[seats] = out.get(seats, 0) + 1
    return out
