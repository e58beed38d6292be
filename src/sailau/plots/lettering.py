"""Lettering: how wide words are, so that labels are cut before they run into each other."""

from __future__ import annotations

import re

from sailau.locale import short_name

_WIDTHS = {
    0.3: "IJijlІі ",
    0.35: ",./:;\\|·’‘\u00a0\u202f",
    0.4: "()-[]ft",
    0.5: '!r"*_`–',
    0.55: "?cszгзсэ“”",
    0.6: "FLkvxyвтухчьғүұ",
    0.7: "ABCKRVXZАБВСХЧЬЭЯднпцҒңҺ",
    0.8: "NUИЙКъҚ&DGHOQДЛНОПЦмыҢӘӨ",
    0.88: "#+<=>^w~Ъю−MМФЫф",
    1.0: "%жшщ@Wm—…№ЖШЩЮ",
}
"""Ems of DejaVu Sans, the widest of the usual fonts, rounded up; other letters take 0.66, signs of the East 1."""

_EM = {sign: ems for ems, signs in _WIDTHS.items() for sign in signs}
_BOLD = 1.12
_ROUNDING = 1e-6
_BREAKS = re.compile(r"[ \t\r\n\f\v]+")  # not the no-break spaces, which hold a number and its unit together


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Return the most room that words take in a line."""
    ems = sum(_EM.get(sign) or (1.0 if sign > "\u1100" else 0.66) for sign in words)
    return ems * size * (_BOLD if bold else 1)


def fit(words: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return the words, cut with an ellipsis where they would not fit.

    Examples
    --------
    >>> fit("Amanat", 12, 100), fit("Қазақстан халық партиясы", 12, 100)
    ('Amanat', 'Қазақстан х…')
    """
    room += _ROUNDING
    if width_of(words, size, bold=bold) <= room:
        return words
    cut = words
    while cut and width_of(cut.rstrip() + "…", size, bold=bold) > room:
        cut = cut[:-1]
    return f"{cut.rstrip()}…" if cut.strip() else ""


def fit_name(name: str, size: float, room: float, *, short: str | None = None, bold: bool = False) -> str:
    """Return a party's name as it fits: whole, else its short form, else cut.

    Examples
    --------
    >>> fit_name("Қазақстан халық партиясы", 12, 100)
    'ҚХП'
    """
    if width_of(name, size, bold=bold) <= room + _ROUNDING:
        return name
    return fit(short or short_name(name), size, room, bold=bold)


def wrap(words: str, size: float, room: float) -> list[str]:
    """Return lines that fit, broken at spaces; a single word too long for a line is left whole."""
    lines: list[str] = []
    for word in filter(None, _BREAKS.split(words)):
        if lines and width_of(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
