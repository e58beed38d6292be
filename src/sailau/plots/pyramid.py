"""Population pyramids: women and men of each age back to back, in layers where a group stands out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sailau.plots.frame import footer, heading, key
from sailau.plots.palette import Look
from sailau.plots.svg import FAINT, GRID, INK, colour, document, line, rect, text
from sailau.terms.speech import grouped, say, written

WIDTH, EDGE, ROW, GAP = 672.0, 30.0, 15.0, 44.0
MIDDLE, HALF = WIDTH / 2, (WIDTH - 2 * EDGE - GAP) / 2


def pyramid(
    women: Sequence[tuple[float, float]],
    men: Sequence[tuple[float, float]],
    ages: Sequence[str],
    *,
    title: str,
    layers: tuple[str, str],
    source: str = "",
) -> str:
    """Return a pyramid.

    Parameters
    ----------
    women, men : sequence of (inner, outer)
        People of each band of age in the two layers, the youngest first.
    ages : sequence of str
        Names of the bands.
    title : str
    layers : tuple of str
        Names of the inner and the outer layer; an outer layer without people is not named.
    source : str
    """
    most = max(max(sum(pair) for pair in side) for side in (women, men)) or 1.0
    step, unit, word = _ticks(most)
    reach = step * -(-most // step)
    parts, top = heading(title, WIDTH)
    entries = layers if any(pair[1] for pair in (*women, *men)) else layers[:1]
    row, top = key(
        {name: name for name in entries}, {n: Look(colour(k)) for k, n in enumerate(entries)}, top + 4, WIDTH
    )
    top += 26
    bottom = top + ROW * len(ages)
    parts += [*row, *_grid(step / reach, step / unit, top, bottom)]
    for i, name in enumerate(ages):
        y = bottom - ROW * (i + 1)
        parts.append(text(MIDDLE, y + ROW - 4, name, anchor="middle", size=11, fill=INK))
        for sign, side, word_of in ((-1, women, say("women")), (1, men, say("men"))):
            parts += _bar(side[i], layers, f"{word_of} {name}", sign, y, HALF / reach)
    parts.append(text(MIDDLE, bottom + 34, word, anchor="middle", size=11, fill=FAINT))
    last, height = footer(source, bottom + 36, WIDTH)
    total = [sum(sum(pair) for pair in side) for side in (women, men)]
    sentence = "{women:,.0f} women and {men:,.0f} men in {n} bands of age."
    description = say(sentence, women=total[0], men=total[1], n=len(ages))
    return document(WIDTH, height, [*parts, *last], title=title, description=description)


def _grid(part: float, step: float, top: float, bottom: float) -> Iterator[str]:
    """Yield the lines of both sides, one for each part of the reach, and what the sides are."""
    for sign, name in ((-1, say("women")), (1, say("men"))):
        yield text(MIDDLE + sign * (GAP + HALF) / 2, top - 8, name, anchor="middle", size=12)
        for k in range(round(1 / part) + 1):
            x = MIDDLE + sign * (GAP / 2 + HALF * part * k)
            yield line(x, top, x, bottom, stroke=GRID)
            yield text(x, bottom + 16, written(k * step, ",g"), anchor="middle", size=11, fill=FAINT)


def _bar(
    pair: tuple[float, float], layers: tuple[str, str], about: str, sign: int, y: float, scale: float
) -> list[str]:
    parts, start = [], MIDDLE + sign * GAP / 2
    for k, people in enumerate(pair):
        if people <= 0:
            continue
        width = people * scale
        x = start if sign > 0 else start - width
        parts.append(rect(x, y + 1, width, ROW - 2, colour(k), title=f"{about}, {layers[k]}: {grouped(round(people))}"))
        start += sign * width
    return parts


def _ticks(most: float) -> tuple[float, float, str]:
    """Return the step of the axis, its unit, and the word for it: at most five ticks."""
    unit, word = (1.0, say("people"))
    if most >= 3e3:
        unit, word = (1e6, say("millions")) if most >= 3e6 else (1e3, say("thousands"))
    size = 10.0 ** len(str(int(most / unit))) * unit
    for part in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5):
        if most <= 5 * part * size:
            return part * size, unit, word
    return size, unit, word
