"""SVG by hand: shapes, text, and a document that says what it shows.

Ink, paper and grid are roles, not colours of the data: shapes that use them carry a class (``f-ink``, ``s-grid``), so
that a style sheet, or `sailau.plots.theme`, can turn them for a dark page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape as escape_html

FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
INK, FAINT, GRID, PAPER, EMPTY = "#1b1b1b", "#5a5a5a", "#d9d9d9", "#ffffff", "#f2f2f2"
ROLES = {INK: "ink", FAINT: "faint", GRID: "grid", PAPER: "paper", EMPTY: "empty"}
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

Point = tuple[float, float]
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escape(words: str) -> str:
    """Return words as XML may hold them; signs that no XML document can hold are left out."""
    return escape_html(_NO_XML.sub("", words))


def colour(index: int) -> str:
    """Return a colour; they repeat after ten, so names stand beside them always."""
    return COLOURS[index % len(COLOURS)]


def number(value: float) -> str:
    """Return a coordinate with two decimals at the most."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown in ("", "-0") else shown


def paint(fill: str = "", stroke: str = "") -> str:
    """Return the attributes of a fill and a stroke, with their roles as classes."""
    roles = [f"{side}-{ROLES[c]}" for side, c in (("f", fill), ("s", stroke)) if c in ROLES]
    parts = [f'class="{" ".join(roles)}"'] if roles else []
    parts += [f'fill="{escape(fill)}"'] if fill else []
    return " ".join([*parts, f'stroke="{escape(stroke)}"'] if stroke else parts)


def titled(name: str, attributes: str, title: str) -> str:
    """Return a shape, with a word that shows on pointing at it."""
    return f"<{name} {attributes}><title>{escape(title)}</title></{name}>" if title else f"<{name} {attributes}/>"


def rect(
    x: float, y: float, width: float, height: float, fill: str, *, stroke: str = "", line: float = 1, title: str = ""
) -> str:
    """Return a rectangle."""
    box = f'x="{number(x)}" y="{number(y)}" width="{number(max(width, 0))}" height="{number(height)}"'
    edge = f' stroke-width="{number(line)}"' if stroke else ""
    return titled("rect", f"{box} {paint(fill, stroke)}{edge}", title)


def circle(
    x: float, y: float, radius: float, fill: str, *, stroke: str = "none", width: float = 1.5, title: str = ""
) -> str:
    """Return a disc."""
    place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
    edge = f' stroke-width="{number(width)}"' if stroke != "none" else ""
    return titled("circle", f"{place} {paint(fill, stroke)}{edge}", title)


def group(parts: Sequence[str], *, title: str) -> str:
    """Return shapes that share a word which shows on pointing at them."""
    return f"<g><title>{escape(title)}</title>{''.join(parts)}</g>"


def layer(parts: Iterable[str], name: str) -> str:
    """Return parts under a class name, so that a page can hide them or make their letters larger."""
    return f'<g class="{name}">{"".join(parts)}</g>'


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = GRID, width: float = 1, dash: str = "") -> str:
    """Return a straight line."""
    ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line {ends} {paint(stroke=stroke)} stroke-width="{number(width)}"{dashes}/>'


def path(points: Sequence[Point], *, stroke: str, width: float = 2, dash: str = "", title: str = "") -> str:
    """Return a line through points."""
    steps = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    edge = f'stroke-width="{number(width)}" stroke-linejoin="round"{dashes}'
    return titled("polyline", f'points="{steps}" {paint("none", stroke)} {edge}', title)


def area(
    points: Sequence[Point], *, fill: str, opacity: float = 0.2, stroke: str = "", width: float = 1, title: str = ""
) -> str:
    """Return a filled outline, for bands and tiles."""
    steps = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    edge = f' stroke-width="{number(width)}"' if stroke else ""
    return titled("polygon", f'points="{steps}" {paint(fill, stroke)} fill-opacity="{number(opacity)}"{edge}', title)


def outline(
    rings: Sequence[Sequence[Point]],
    *,
    fill: str,
    stroke: str = "",
    width: float = 1,
    opacity: float = 1,
    title: str = "",
) -> str:
    """Return one shape of several closed rings, holes included."""
    steps = "".join("M" + "L".join(f"{number(x)} {number(y)}" for x, y in ring) + "Z" for ring in rings)
    edge = f' stroke-width="{number(width)}" stroke-linejoin="round"' if stroke else ""
    clear = f' fill-opacity="{number(opacity)}"' if opacity != 1 else ""
    return titled("path", f'd="{steps}" fill-rule="evenodd" {paint(fill, stroke)}{clear}{edge}', title)


def strokes(pieces: Sequence[tuple[Point, Point]], *, stroke: str, width: float) -> str:
    """Return many short straight lines as one shape."""
    steps = "".join(f"M{number(a[0])} {number(a[1])}L{number(b[0])} {number(b[1])}" for a, b in pieces)
    return f'<path d="{steps}" {paint("none", stroke)} stroke-width="{number(width)}"/>' if pieces else ""


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    size: float = 13,
    fill: str = INK,
    bold: bool = False,
    turn: float = 0,
) -> str:
    """Return text as text, so that it can be searched and read aloud; `turn` is in degrees, clockwise."""
    weight = ' font-weight="600"' if bold else ""
    place = f'x="{number(x)}" y="{number(y)}" text-anchor="{anchor}" font-size="{number(size)}"'
    turned = f' transform="rotate({number(turn)} {number(x)} {number(y)})"' if turn else ""
    return f"<text {place} {paint(fill)}{weight}{turned}>{escape(words)}</text>"


def document(width: float, height: float, parts: Sequence[str], *, title: str, description: str) -> str:
    """Return the picture: its size, its name, one sentence that says what it shows, and the parts."""
    label = escape(f"{title}. {description}")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width)}" height="{number(height)}" role="img" aria-label="{label}" font-family="{FONT}">'
    )
    background = rect(0, 0, width, height, PAPER)
    body = "\n".join(part for part in parts if part)
    return f"{head}\n<title>{escape(title)}</title>\n<desc>{escape(description)}</desc>\n{background}\n{body}\n</svg>\n"
