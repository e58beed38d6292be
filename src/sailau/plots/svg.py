"""SVG by hand: shapes, text, and a document that says what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
INK, FAINT, GRID = "#1b1b1b", "#5a5a5a", "#d9d9d9"
COLOURS = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#d55e00",
    "#8c8c00",
    "#6a51a3",
    "#8c564b",
    "#7f7f7f",
)
"""Told apart by people who see colours differently (after Okabe and Ito), then greys and browns."""


def colour(index: int) -> str:
    """Return a colour; they repeat after ten, so names stand beside them always."""
    return COLOURS[index % len(COLOURS)]


def number(value: float) -> str:
    """Return a coordinate with two decimals at the most."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def rect(x: float, y: float, width: float, height: float, fill: str, *, title: str = "") -> str:
    """Return a rectangle, with a word that shows on pointing at it."""
    inside = f"<title>{escape(title)}</title>" if title else ""
    box = f'x="{number(x)}" y="{number(y)}" width="{number(max(width, 0))}" height="{number(height)}"'
    return f'<rect {box} fill="{fill}">{inside}</rect>'


def circle(x: float, y: float, radius: float, fill: str, *, stroke: str = "none", title: str = "") -> str:
    """Return a disc."""
    inside = f"<title>{escape(title)}</title>" if title else ""
    place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
    return f'<circle {place} fill="{fill}" stroke="{stroke}" stroke-width="1.5">{inside}</circle>'


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = GRID, width: float = 1, dash: str = "") -> str:
    """Return a straight line."""
    ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line {ends} stroke="{stroke}" stroke-width="{number(width)}"{dashes}/>'


def path(points: Sequence[tuple[float, float]], *, stroke: str, width: float = 2) -> str:
    """Return a line through points."""
    steps = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return f'<polyline points="{steps}" fill="none" stroke="{stroke}" stroke-width="{number(width)}"/>'


def area(points: Sequence[tuple[float, float]], *, fill: str, opacity: float = 0.2) -> str:
    """Return a filled outline, for bands."""
    steps = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return f'<polygon points="{steps}" fill="{fill}" fill-opacity="{number(opacity)}"/>'


def text(
    x: float, y: float, words: str, *, anchor: str = "start", size: float = 13, fill: str = INK, bold: bool = False
) -> str:
    """Return text as text, so that it can be searched and read aloud."""
    weight = ' font-weight="600"' if bold else ""
    place = f'x="{number(x)}" y="{number(y)}" text-anchor="{anchor}" font-size="{number(size)}"'
    return f'<text {place} fill="{fill}"{weight}>{escape(words)}</text>'


def document(width: float, height: float, parts: Sequence[str], *, title: str, description: str) -> str:
    """Return the picture: its size, its name, one sentence that says what it shows, and the parts."""
    label = escape(f"{title}. {description}", quote=True)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width)}" height="{number(height)}" role="img" aria-label="{label}" font-family="{FONT}">'
    )
    background = rect(0, 0, width, height, "#ffffff")
    body = "\n".join(parts)
    return f"{head}\n<title>{escape(title)}</title>\n<desc>{escape(description)}</desc>\n{background}\n{body}\n</svg>\n"
