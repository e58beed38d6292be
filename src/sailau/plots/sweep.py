"""The sweep: seats by party while one clause of the law changes, stacked step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sailau.locale import number
from sailau.locale import text as words
from sailau.plots.frame import LEFT, footer, heading, key
from sailau.plots.lettering import fit, fit_name, width_of
from sailau.plots.palette import Patterns, box, looks
from sailau.plots.svg import EMPTY, FAINT, INK, PAPER, document, line, rect, text
from sailau.plots.ticks import apart, ticks

WIDTH, DEPTH = 760.0, 330.0
Step = tuple[str, Mapping[str, int] | None]
"""The value of the clause as it is spelled, and the seats; None where the law leads to no outcome."""


def sweep_picture(
    steps: Sequence[Step],
    *,
    title: str,
    axis: str,
    now: str | None = None,
    majority: int | None = None,
    colours: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    short: Mapping[str, str] | None = None,
    patterns: Patterns = "auto",
    lang: str = "en",
    source: str | Sequence[str] = "",
) -> str:
    """Return a column of seats for each value of a clause, parties stacked in the same order everywhere.

    Parameters
    ----------
    steps : sequence of (value, seats)
        In the order of the axis.
    axis : str
        What the values are of.
    now : str, optional
        The value in force, marked.
    majority, colours, names, short, patterns, lang, source
        As for `sailau.plots.hemicycle.hemicycle`.
    """
    best: dict[str, int] = {}
    for _, seats in steps:
        for party, n in (seats or {}).items():
            best[party] = max(best.get(party, 0), n)
    order = sorted((party for party, n in best.items() if n), key=lambda p: (-best[p], p))
    called = {party: (names or {}).get(party, party) for party in order}
    shade = looks(order, colours, patterns=patterns)
    most = max([sum(seats.values()) for _, seats in steps if seats] or [1])
    parts, top = heading(title, WIDTH, below=words("seats_title", lang))
    top += 20
    left, right = LEFT + 34.0, WIDTH - 120.0
    column = (right - left) / max(len(steps), 1)
    for tick in ticks(most):
        y = top + DEPTH * (1 - tick / most)
        parts += [line(left, y, right, y), text(left - 6, y + 4, number(tick, lang), anchor="end", size=11, fill=FAINT)]
    every = max(1, -(-int(max((width_of(value, 11) for value, _ in steps), default=1) + 8) // max(int(column), 1)))
    ends: dict[str, float] = {}
    last_known = max((i for i, (_, seats) in enumerate(steps) if seats is not None), default=-1)
    for i, (value, seats) in enumerate(steps):
        x = left + column * i
        if i % every == 0:
            parts.append(text(x + column / 2, top + DEPTH + 16, value, anchor="middle", size=11, fill=FAINT))
        if seats is None:
            parts.append(rect(x, top, column, DEPTH, EMPTY, title=words("no_outcome", lang)))
            continue
        y = top + DEPTH
        for party in order:
            tall = DEPTH * seats.get(party, 0) / most
            if tall:
                y -= tall
                said = f"{value}: {called[party]} {number(seats[party], lang)}"
                parts.append(box(x, y, column + 0.3, tall, shade[party], title=said, stroke=PAPER if tall > 3 else ""))
                if i == last_known:
                    ends[party] = y + tall / 2
        if now == value:
            parts.append(rect(x, top - 4, column, DEPTH + 4, "none", stroke=INK, line=2))
            parts.append(text(x + column / 2, top - 9, words("baseline", lang), anchor="middle", size=12))
    shown = [party for party in order if party in ends]
    places = apart([ends[party] for party in shown], 15, low=top + 6, high=top + DEPTH - 4)
    for party, y in zip(shown, places, strict=True):
        label = fit_name(called[party], 12, WIDTH - right - 12, short=(short or {}).get(party), bold=True)
        parts.append(text(right + 8, y + 4, label, size=12, bold=True))
    if majority is not None and majority <= most:
        y = top + DEPTH * (1 - majority / most)
        parts.append(line(left, y, right, y, stroke=INK, width=1.5, dash="4 3"))
    parts.append(text((left + right) / 2, top + DEPTH + 36, fit(axis, 12, right - left), anchor="middle", size=12))
    below, depth = key({party: called[party] for party in order}, shade, top + DEPTH + 64, WIDTH)
    last, height = footer([*_open(steps, lang), *([source] if isinstance(source, str) else source)], depth, WIDTH)
    spans = ", ".join(f"{called[party]} {_span(steps, party, lang)}" for party in order)
    return document(WIDTH, height, [*parts, *below, *last], title=title, description=f"{axis}: {spans}.")


def _open(steps: Sequence[Step], lang: str) -> list[str]:
    values = [value for value, seats in steps if seats is None]
    return [f"{words('no_outcome', lang)}: {', '.join(values)}"] if values else []


def _span(steps: Sequence[Step], party: str, lang: str) -> str:
    held = [seats.get(party, 0) for _, seats in steps if seats]
    low, high = min(held), max(held)
    return number(low, lang) if low == high else f"{number(low, lang)}–{number(high, lang)}"
