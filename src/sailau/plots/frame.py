"""What frames a picture: the heading above, the key and the source below, all cut or broken to fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sailau.plots.lettering import fit, width_of, wrap
from sailau.plots.palette import Look, box
from sailau.plots.svg import FAINT, text

LEFT = 16.0


def heading(title: str, width: float, *, below: str = "") -> tuple[list[str], float]:
    """Return the title, broken into lines where it is long, a line below it, and where the picture may begin."""
    parts, y = [], 26.0
    for words in wrap(title, 17.9, width - 2 * LEFT):  # bold letters of 16 take the room of 17.9
        parts.append(text(LEFT, y, fit(words, 16, width - 2 * LEFT, bold=True), size=16, bold=True))
        y += 20
    for words in wrap(below, 12, width - 2 * LEFT):
        parts.append(text(LEFT, y, fit(words, 12, width - 2 * LEFT), size=12, fill=FAINT))
        y += 16
    return parts, y


def key(
    entries: Mapping[str, str], shade: Mapping[str, Look], top: float, width: float, *, left: float = LEFT
) -> tuple[list[str], float]:
    """Return the key, entry beside entry and row under row, and where it ends.

    Parameters
    ----------
    entries : mapping of name to str
        What stands beside each patch.
    shade : mapping of name to Look
    """
    parts: list[str] = []
    x, y = left, top
    room = width - 2 * left
    for name, words in entries.items():
        shown = fit(words, 13, room - 24)
        step = 24 + width_of(shown, 13)
        if x > left and x + step > left + room:
            x, y = left, y + 22
        parts += [box(x, y - 11, 14, 14, shade[name], title=words, gap=14), text(x + 20, y, shown, size=13)]
        x += step + 18
    return parts, y + 8


def footer(lines: str | Iterable[str], top: float, width: float) -> tuple[list[str], float]:
    """Return source and notes in small letters, and the height that the picture needs."""
    given: Sequence[str] = [lines] if isinstance(lines, str) else list(lines)
    parts, y = [], top
    for words in (part for line in given if line for part in wrap(line, 11, width - 2 * LEFT)):
        y += 15
        parts.append(text(LEFT, y, fit(words, 11, width - 2 * LEFT), size=11, fill=FAINT))
    return parts, y + 12
