"""Flows between two laws: the seats that a party keeps, and those that change hands.

Which party's lost seat became whose gain is no fact of the count, so lost seats run into one stock and gains out of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sailau.locale import number, signed
from sailau.locale import text as words
from sailau.plots.frame import footer, heading
from sailau.plots.lettering import fit, fit_name
from sailau.plots.palette import Look, Patterns, box, looks
from sailau.plots.svg import FAINT, PAPER, Point, area, document, rect, text
from sailau.plots.ticks import apart

WIDTH, BAR = 760.0, 16.0
LEFT, RIGHT = 190.0, 570.0


@dataclass(frozen=True, slots=True)
class _Scale:
    top: float
    unit: float
    gap: float


def flows(
    before: Mapping[str, int],
    after: Mapping[str, int],
    *,
    title: str,
    heads: tuple[str, str],
    colours: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    short: Mapping[str, str] | None = None,
    patterns: Patterns = "auto",
    lang: str = "en",
    source: str | Sequence[str] = "",
) -> str:
    """Return seats under two laws side by side: kept seats as bands, moved ones through a stock in the middle.

    Parameters
    ----------
    before, after : mapping of str to int
    heads : (str, str)
        What the two columns are.
    colours, names, short, patterns, lang, source
        As for `sailau.plots.hemicycle.hemicycle`.
    """
    order = [p for p in dict.fromkeys([*before, *after]) if before.get(p) or after.get(p)]
    called = {party: (names or {}).get(party, party) for party in order}
    shade = looks(order, colours, patterns=patterns)
    most = max(sum(before.values()), sum(after.values()), 1)
    parts, top = heading(title, WIDTH)
    scale = _Scale(top + 42, 330.0 / most, 8.0)
    lost = {p: max(0, before.get(p, 0) - after.get(p, 0)) for p in order}
    won = {p: max(0, after.get(p, 0) - before.get(p, 0)) for p in order}
    ends = [_column(before, order, scale), _column(after, order, scale)]
    moved = max(sum(lost.values()), sum(won.values()))
    depth = scale.top + 330 + scale.gap * len(order)
    middle = (scale.top + depth - moved * scale.unit) / 2
    parts += _bands(order, before, after, (lost, won), ends, shade, scale, middle)
    if moved:
        said = _moved(sum(lost.values()), sum(won.values()), lang)
        parts.append(rect((LEFT + RIGHT) / 2 - BAR / 2, middle, BAR, moved * scale.unit, FAINT, title=said))
        parts.append(text((LEFT + RIGHT) / 2, middle - 6, said, anchor="middle", size=12, bold=True))
    for side, (x, anchor, seats) in enumerate(((LEFT, "end", before), (RIGHT, "start", after))):
        shown = [p for p in order if seats.get(p)]
        inward = x - BAR if side == 0 else x
        for p in shown:
            tall = seats[p] * scale.unit
            said = f"{called[p]}: {number(seats[p], lang)}"
            parts.append(box(inward, ends[side][p], BAR, tall, shade[p], title=said))
        middles = [ends[side][p] + seats[p] * scale.unit / 2 for p in shown]
        places = apart(middles, 16, low=scale.top, high=depth)
        away = -BAR - 8 if side == 0 else BAR + 8
        for p, y in zip(shown, places, strict=True):
            change = after.get(p, 0) - before.get(p, 0)
            label = f" {number(seats[p], lang)}" + (f" ({signed(change, lang)})" if side and change else "")
            room = (LEFT if side == 0 else WIDTH - RIGHT) - BAR - 14
            label = fit_name(called[p], 13, room - 8 * len(label), short=(short or {}).get(p)) + label
            parts.append(text(x + away, y + 5, label, anchor=anchor))
        total = number(sum(seats.values()), lang)
        words_of = fit(f"{heads[side]}: {total}", 12, 360)
        parts.append(
            text(
                16 if side == 0 else WIDTH - 16,
                scale.top - 16,
                words_of,
                anchor="start" if side == 0 else "end",
                size=12,
                fill=FAINT,
            )
        )
    last, height = footer(source, depth + 6, WIDTH)
    told = ", ".join(f"{called[p]} {signed(after.get(p, 0) - before.get(p, 0), lang)}" for p in order)
    return document(WIDTH, height, [*parts, *last], title=title, description=f"{heads[0]} → {heads[1]}: {told}.")


def _moved(lost: int, won: int, lang: str) -> str:
    """Say how many seats change hands, and how many a larger house adds or a smaller one drops."""
    parts = [words("seats_move", lang, n=min(lost, won))] if lost and won else []
    if lost != won:
        parts.append(words("seats_new" if won > lost else "seats_gone", lang, n=abs(won - lost)))
    return ", ".join(parts)


def _column(seats: Mapping[str, int], order: Sequence[str], scale: _Scale) -> dict[str, float]:
    """Return where the bar of each party begins; those without seats have a place too."""
    out, y = {}, scale.top
    for party in order:
        out[party] = y
        y += seats.get(party, 0) * scale.unit + scale.gap
    return out


def _bands(
    order: Sequence[str],
    before: Mapping[str, int],
    after: Mapping[str, int],
    moved: tuple[Mapping[str, int], Mapping[str, int]],
    ends: Sequence[Mapping[str, float]],
    shade: Mapping[str, Look],
    scale: _Scale,
    middle: float,
) -> list[str]:
    parts, into, out = [], middle, middle
    centre = (LEFT + RIGHT) / 2
    for party in order:
        kept = min(before.get(party, 0), after.get(party, 0)) * scale.unit
        fill = shade[party].fill
        left, right = ends[0][party], ends[1][party]
        if kept:
            parts.append(area(_band((LEFT, left), (RIGHT, right), kept), fill=fill, opacity=0.35, stroke=PAPER))
        lost, won = (side[party] * scale.unit for side in moved)
        if lost:
            parts.append(area(_band((LEFT, left + kept), (centre - BAR / 2, into), lost), fill=fill, opacity=0.75))
            into += lost
        if won:
            parts.append(area(_band((centre + BAR / 2, out), (RIGHT, right + kept), won), fill=fill, opacity=0.75))
            out += won
    return parts


def _band(start: Point, end: Point, tall: float) -> list[Point]:
    """Return the outline of a band that leaves and arrives level."""
    steps = [i / 16 for i in range(17)]
    bent = [(start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * (3 - 2 * t) * t * t) for t in steps]
    return [*bent, *((x, y + tall) for x, y in reversed(bent))]
