"""An entrant under other laws: how often it has a seat, and how many, law by law."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from sailau.plots.frame import footer, heading
from sailau.plots.lettering import fit
from sailau.plots.svg import COLOURS, FAINT, GRID, INK, circle, document, line, rect, text
from sailau.terms.speech import say, written

LEFT, ROW = 250.0, 27.0
CHANCE, SEATS = 230.0, 250.0

Law = tuple[str, str, float, int, int, int, int]
"""Name, bar, chance of a seat, seats at 5%, 50% and 95%, seats of the house."""


def reform_rows(
    laws: Sequence[Law],
    *,
    title: str,
    reforms_from: int,
    between: Sequence[tuple[float, float]] = (),
    source: str = "",
) -> str:
    """Return one row for each law: the chance of a seat as a bar, seats as a share of the house as a line with a dot.

    Parameters
    ----------
    laws : sequence of (name, bar, chance, low, middle, high, house)
    title : str
    reforms_from : int
        The row from which reforms stand, set apart by a rule.
    between : sequence of (low, high), optional
        Ends within which each chance would lie with more draws, as a thin line on its bar.
    source : str
    """
    width = LEFT + CHANCE + SEATS + 150
    most = ceil(25 * max([high / house for *_, high, house in laws if house] + [0.04])) / 25
    seats_at = LEFT + CHANCE + 70
    parts, begin = heading(title, width)
    top = begin + 46
    bottom = top + ROW * len(laws) + 10
    parts += [text(LEFT - 12, top - 30, say("bar"), anchor="end", size=12, fill=FAINT)]
    parts += [text(LEFT, top - 30, say("chance of a seat"), size=12)]
    parts += [text(seats_at, top - 30, say("share of the seats, 90% of the draws"), size=12)]
    parts += _scale(LEFT, CHANCE, 1.0, top, bottom) + _scale(seats_at, SEATS, most, top, bottom)
    for i, (name, bar, chance, low, middle, high, house) in enumerate(laws):
        y = top + ROW * i + (8 if i >= reforms_from else 0)
        parts.append(text(LEFT - 60, y + 14, fit(name, 12, LEFT - 76), anchor="end", size=12))
        parts.append(text(LEFT - 12, y + 14, bar, anchor="end", size=12, fill=FAINT))
        parts.append(
            rect(LEFT, y + 3, max(CHANCE * chance, 1), 14, COLOURS[0], title=f"{name}: {written(chance, '.0%')}")
        )
        ends = between[i] if between else (chance, chance)
        if ends[0] < ends[1]:
            parts.append(line(LEFT + CHANCE * ends[0], y + 10, LEFT + CHANCE * ends[1], y + 10, stroke=INK, width=1.2))
        parts.append(
            text(LEFT + CHANCE * max(chance, ends[1]) + 6, y + 15, written(chance, ".0%"), size=11, fill=FAINT)
        )
        parts += _seats(y, seats_at, most, low, middle, high, house)
    split = top + ROW * reforms_from + 2
    parts.append(line(16, split, width - 16, split, stroke=INK, dash="4 3"))
    under, height = footer(source, bottom + 8, width)
    parts += under
    best = max(laws, key=lambda law: law[2])
    told = say(
        "The best chance is {chance:.0%}, under {law}; {n} laws give none.",
        chance=best[2],
        law=best[0],
        n=sum(law[2] == 0 for law in laws),
    )
    return document(width, height, parts, title=title, description=told)


def _scale(left: float, wide: float, most: float, top: float, bottom: float) -> list[str]:
    parts = []
    for k in range(5):
        x = left + wide * k / 4
        parts.append(line(x, top - 6, x, bottom, stroke=GRID))
        parts.append(text(x, top - 12, written(most * k / 4, ".0%"), anchor="middle", size=10, fill=FAINT))
    return parts


def _seats(y: float, left: float, most: float, low: int, middle: int, high: int, house: int) -> list[str]:
    if not house:
        return [text(left, y + 14, say("not counted"), size=11, fill=FAINT)]
    a, b, c = (left + SEATS * n / house / most for n in (low, middle, high))
    told = say(
        "{low} to {high} of {house} seats, {middle} in the middle", low=low, high=high, house=house, middle=middle
    )
    parts = [line(a, y + 10, c, y + 10, stroke=COLOURS[5], width=4), circle(b, y + 10, 4.5, COLOURS[5], title=told)]
    label = (
        say("{low}–{high} of {house}", low=low, high=high, house=house) if high else say("0 of {house}", house=house)
    )
    return [*parts, text(c + 9, y + 14, label, size=11, fill=FAINT)]
