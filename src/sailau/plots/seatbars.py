"""Seat bars: one bar a party, the majority as a line, what changed beside the number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sailau.locale import number, percent, signed
from sailau.locale import text as words
from sailau.plots.frame import LEFT, footer, heading
from sailau.plots.lettering import fit_name, width_of
from sailau.plots.palette import Patterns, box, looks
from sailau.plots.svg import FAINT, GRID, INK, document, line, rect, text
from sailau.plots.ticks import ticks

WIDTH, ROW = 760.0, 30.0


def seat_bars(
    seats: Mapping[str, int],
    *,
    title: str,
    majority: int | None = None,
    before: Mapping[str, int] | None = None,
    colours: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    short: Mapping[str, str] | None = None,
    patterns: Patterns = "auto",
    lang: str = "en",
    source: str | Sequence[str] = "",
) -> str:
    """Return one bar of seats for each party, in the order given.

    Parameters
    ----------
    seats : mapping of str to int
    majority : int, optional
        Drawn as a line; the axis reaches it.
    before : mapping of str to int, optional
        Seats in another count: an outline, and the change beside the number.
    colours, names, short, patterns, lang, source
        As for `sailau.plots.hemicycle.hemicycle`.
    """
    order = list(dict.fromkeys([*seats, *(before or {})]))
    called = {party: (names or {}).get(party, party) for party in order}
    total = sum(seats.values())
    shade = looks(order, colours, patterns=patterns)
    parts, top = heading(title, WIDTH)
    left = LEFT + min(300.0, max((width_of(name, 13) for name in called.values()), default=0) + 10)
    beside = {party: _beside(seats.get(party, 0), before, party, total, lang) for party in order}
    plot = WIDTH - left - 16 - max((width_of(told, 13) for told in beside.values()), default=0)
    most = max([*seats.values(), *(before or {}).values(), majority or 0, 1])
    top += 22 if majority else 6
    bottom = top + ROW * len(order)
    for tick in ticks(most):
        x = left + plot * tick / most
        parts.append(line(x, top, x, bottom, stroke=GRID))
        parts.append(text(x, bottom + 15, number(tick, lang), anchor="middle", size=11, fill=FAINT))
    for i, party in enumerate(order):
        y, n = top + ROW * i, seats.get(party, 0)
        parts.append(
            text(
                left - 8,
                y + 19,
                fit_name(called[party], 13, left - LEFT - 8, short=(short or {}).get(party)),
                anchor="end",
            )
        )
        said = words("of_total", lang, party=called[party], n=n, total=total)
        parts.append(box(left, y + 5, plot * n / most, ROW - 10, shade[party], title=said))
        end = plot * n / most
        if before is not None:
            end = max(end, plot * before.get(party, 0) / most)
            parts.append(rect(left, y + 2, plot * before.get(party, 0) / most, ROW - 4, "none", stroke=INK))
        parts.append(text(left + end + 7, y + 19, beside[party], size=13))
    if majority is not None:
        x = left + plot * majority / most
        parts.append(line(x, top - 6, x, bottom, stroke=INK, width=1.5, dash="4 3"))
        said = words("majority_of", lang, n=majority, total=total)
        half = width_of(said, 12) / 2
        parts.append(text(min(x, WIDTH - 12 - half), top - 10, said, anchor="middle", size=12))
    last, height = footer(source, bottom + 20, WIDTH)
    told = ", ".join(f"{called[party]} {beside[party]}" for party in order)
    return document(
        WIDTH, height, [*parts, *last], title=title, description=f"{words('seats', lang, n=total)}: {told}."
    )


def _beside(n: int, before: Mapping[str, int] | None, party: str, total: int, lang: str) -> str:
    if before is None:
        return f"{number(n, lang)} ({percent(Fraction(n, total), lang)})" if n else "0"
    return f"{number(n, lang)} ({signed(n - before.get(party, 0), lang)})"
