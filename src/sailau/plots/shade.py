"""Shades: contrast, how colours look to people who see them differently, themes for dark pages and for print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations
from math import dist
from typing import Literal

from sailau.plots.svg import PAPER, ROLES

Theme = Literal["light", "dark", "print"]
THEMES: Mapping[Theme, Mapping[str, str]] = {
    "light": {role: colour for colour, role in ROLES.items()},
    "dark": {"ink": "#ececec", "faint": "#b0b0b0", "grid": "#4a4a4a", "paper": "#161616", "empty": "#2b2b2b"},
    "print": {"ink": "#000000", "faint": "#333333", "grid": "#bbbbbb", "paper": "#ffffff", "empty": "#f2f2f2"},
}
_TAG = re.compile(r"<[a-z]+ [^>]*>")
_CLASS = re.compile(r'class="([^"]*)"')
_PAINT = re.compile(r'\b(fill|stroke)="(#[0-9a-fA-F]{3,6})"')
_SIDES = {"f": "fill", "s": "stroke"}

# How much of each light a person without red-, or without green-sensitive cones has left: the matrices for full
# dichromacy of Machado, Oliveira and Fernandes, IEEE TVCG 15 (2009), table 1, over linear light.
_DICHROMATS = (
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
)
CLOSE = 12.0
"""Colours nearer than this (CIE 1976, to the worst-placed reader) are taken for one at the size of a seat."""


FAINTEST = 1.9
"""The least contrast of a colour with the paper; less, and a seat is given an edge, a line another shade."""


def channels(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue of ``#rgb`` or ``#rrggbb`` in [0, 1]."""
    digits = colour.lstrip("#")
    digits = "".join(sign * 2 for sign in digits) if len(digits) == 3 else digits
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _light(colour: str) -> tuple[float, float, float]:
    red, green, blue = channels(colour)
    return _linear(red), _linear(green), _linear(blue)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    red, green, blue = _light(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of WCAG 2, from 1 (equal) to 21 (black on white).

    Examples
    --------
    >>> contrast("#000", "#fff")
    21.0
    """
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def ink_on(fill: str) -> str:
    """Return black or white, whichever reads better on a colour of the data."""
    return max(("#FFFFFF", "#111111"), key=lambda ink: contrast(ink, fill))


def is_pale(fill: str) -> bool:
    """Say whether a colour is lost on the paper of a light or of a dark page, so that it wants an edge."""
    return min(contrast(fill, PAPER), contrast(fill, THEMES["dark"]["paper"])) < FAINTEST


@lru_cache(maxsize=4096)
def visible(fill: str) -> str:
    """Return a colour of the data for lines and dots: as it is, or as much darker or lighter as both papers ask.

    Examples
    --------
    >>> visible("#FFED00") != "#FFED00", visible("#0084C7")
    (True, '#0084C7')
    """
    end = "#000000" if luminance(fill) > 0.2 else "#ffffff"
    steps = (tint(fill, end, step / 20) for step in range(21))
    return fill if not is_pale(fill) else next((shade.upper() for shade in steps if not is_pale(shade)), fill)


@lru_cache(maxsize=4096)
def distance(one: str, other: str) -> float:
    """Return how far apart two colours look to whoever of all readers tells them apart least."""
    seen = [(_light(one), _light(other))]
    seen += [(_through(m, seen[0][0]), _through(m, seen[0][1])) for m in _DICHROMATS]
    return min(dist(_lab(p), _lab(q)) for p, q in seen)


def _through(
    matrix: tuple[tuple[float, float, float], ...], light: tuple[float, float, float]
) -> tuple[float, float, float]:
    x, y, z = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, light, strict=True)))) for row in matrix)
    return x, y, z


def _lab(light: tuple[float, float, float]) -> tuple[float, float, float]:
    """Return CIE L*a*b* of linear sRGB, D65."""
    r, g, b = light
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def confusable(shades: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the pairs of names whose colours some readers take for one."""
    return [(a, b) for a, b in combinations(shades, 2) if distance(shades[a], shades[b]) < CLOSE]


def themed(picture: str, theme: Theme) -> str:
    """Return an own picture in a theme: roles take its colours; in print the colours of the data become greys."""
    if theme == "light":
        return picture
    return _TAG.sub(lambda found: _turned(found[0], theme), picture)


def _turned(tag: str, theme: Theme) -> str:
    named = _CLASS.search(tag)
    roles = dict(role.split("-", 1) for role in named[1].split() if role[:2] in ("f-", "s-")) if named else {}
    chosen = {_SIDES[side]: THEMES[theme][role] for side, role in roles.items() if role in THEMES[theme]}

    def paint(found: re.Match[str]) -> str:
        side, colour = found[1], found[2]
        new = chosen.get(side) or (grey(colour) if theme == "print" else colour)
        return f'{side}="{new}"'

    return _PAINT.sub(paint, tag)


def grey(colour: str) -> str:
    """Return the grey of the same lightness."""
    light = luminance(colour)
    value = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return f"#{round(value * 255):02x}" + f"{round(value * 255):02x}" * 2


def tint(low: str, high: str, share: float) -> str:
    """Return the colour so far between two others, for scales of one hue."""
    mixed = (round(255 * (a + (b - a) * share)) for a, b in zip(channels(low), channels(high), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)
