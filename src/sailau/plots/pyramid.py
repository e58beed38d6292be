"""Population pyramids: women and men of each age back to back, in layers where a group stands out."""

from __future__ import annotations

from collections.abc import Sequence

from sailau.plots.svg import FAINT, GRID, INK, colour, document, line, rect, text

LEFT, TOP, WIDTH, ROW, GAP = 16.0, 72.0, 640.0, 15.0, 44.0


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
    half = (WIDTH - GAP) / 2
    most = max(max(sum(pair) for pair in side) for side in (women, men)) or 1.0
    step, unit, word = _ticks(most)
    reach = step * -(-most // step)
    height = TOP + ROW * len(ages) + 62
    bottom = TOP + ROW * len(ages)
    middle = LEFT + WIDTH / 2
    parts = [text(16, 26, title, size=16, bold=True), *_key(layers, any(pair[1] for pair in (*women, *men)))]
    parts += [
        text(middle - GAP / 2 - half / 2, TOP - 8, "women", anchor="middle", size=12),
        text(middle + GAP / 2 + half / 2, TOP - 8, "men", anchor="middle", size=12),
    ]
    ticks = round(reach / step)
    for k in range(ticks + 1):
        for sign in (-1, 1):
            x = middle + sign * (GAP / 2 + half * k / ticks)
            parts.append(line(x, TOP, x, bottom, stroke=GRID))
            parts.append(text(x, bottom + 16, f"{k * step / unit:g}", anchor="middle", size=11, fill=FAINT))
    for i, name in enumerate(ages):
        y = bottom - ROW * (i + 1)
        parts.append(text(middle, y + ROW - 4, name, anchor="middle", size=11, fill=INK))
        for sign, side, word_of in ((-1, women, "women"), (1, men, "men")):
            parts += _bar(side[i], layers, f"{word_of} {name}", middle, sign, y, half / reach)
    parts.append(text(middle, bottom + 34, word, anchor="middle", size=11, fill=FAINT))
    parts.append(text(16, height - 10, source, size=11, fill=FAINT))
    total = [sum(sum(pair) for pair in side) for side in (women, men)]
    description = f"{total[0]:,.0f} women and {total[1]:,.0f} men in {len(ages)} bands of age."
    return document(WIDTH + 2 * LEFT, height, parts, title=title, description=description)


def _bar(
    pair: tuple[float, float], layers: tuple[str, str], about: str, middle: float, sign: int, y: float, scale: float
) -> list[str]:
    parts, start = [], middle + sign * GAP / 2
    for k, people in enumerate(pair):
        if people <= 0:
            continue
        width = people * scale
        x = start if sign > 0 else start - width
        parts.append(rect(x, y + 1, width, ROW - 2, colour(k), title=f"{about}, {layers[k]}: {people:,.0f}"))
        start += sign * width
    return parts


def _key(layers: tuple[str, str], both: bool) -> list[str]:  # noqa: FBT001  # says whether the outer layer is there
    parts, x = [], 16.0
    for k, name in enumerate(layers if both else layers[:1]):
        parts += [rect(x, 38, 12, 12, colour(k)), text(x + 17, 48, name, size=12)]
        x += 34 + 7.4 * len(name)
    return parts


def _ticks(most: float) -> tuple[float, float, str]:
    """Return the step of the axis, its unit, and the word for it: at most five ticks."""
    unit, word = (1e6, "millions") if most >= 3e6 else (1e3, "thousands") if most >= 3e3 else (1.0, "people")
    size = 10.0 ** len(str(int(most / unit))) * unit
    for part in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5):
        if most <= 5 * part * size:
            return part * size, unit, word
    return size, unit, word
