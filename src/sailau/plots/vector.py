"""Own pictures as PDF: each shape of our SVG becomes the same shape in PDF, and each word stays a word.

Only what `sailau.plots.svg` writes is understood; anything else is refused, so that nothing is left out in silence.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from sailau.terms.errors import Invalid
from sailau.terms.extras import need

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SPACE = "{http://www.w3.org/2000/svg}"
_STEP = re.compile(r"([MLZ])([^MLZ]*)")
_TURN = re.compile(r"rotate\((-?[\d.]+) ")
_ANCHOR = {"start": "left", "middle": "center", "end": "right"}
_SAID = {"title", "desc"}


def to_pdf(picture: str) -> bytes:
    """Return an own SVG picture as a PDF of lines and letters, one page of the picture's size.

    Raises
    ------
    MissingExtra
        matplotlib is not installed.
    Invalid
        The picture holds a shape that our own pictures do not use.
    """
    from sailau.plots.figures import settings

    root = fromstring(picture)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    with settings():
        figure: Figure = need("matplotlib.figure", extra="plot", what="a PDF picture").Figure((width / 72, height / 72))
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        for i, shape in enumerate(_shapes(root)):
            _draw(axes, shape, i)
        out = io.BytesIO()
        name = root.findtext(f"{_SPACE}title", "")
        subject = root.findtext(f"{_SPACE}desc", "")
        figure.savefig(out, format="pdf", metadata={"Title": name, "Subject": subject, "CreationDate": None})
    return out.getvalue()


def _shapes(node: Element) -> Iterator[Element]:
    for child in node:
        name = child.tag.removeprefix(_SPACE)
        if name == "g":
            yield from _shapes(child)
        elif name not in _SAID:
            yield child


def _draw(axes: Any, shape: Element, order: int) -> None:
    name = shape.tag.removeprefix(_SPACE)
    if name not in _MADE:
        raise Invalid(f"a picture with <{name}> cannot become a PDF; own pictures do not use it")
    if name == "text":
        _letters(axes, shape, order)
        return
    patches = need("matplotlib.patches", extra="plot", what="a PDF picture")
    axes.add_patch(_MADE[name](patches, shape.attrib, {**_paint(shape.attrib, name), "zorder": order}))


def _paint(given: Mapping[str, str], name: str) -> dict[str, Any]:
    fill, stroke = given.get("fill", "none" if name == "line" else "#000000"), given.get("stroke", "none")
    dash = [float(part) for part in given.get("stroke-dasharray", "").split()]
    opacity = float(given.get("fill-opacity", 1))
    return {
        "facecolor": "none" if fill == "none" else (fill, opacity),
        "edgecolor": stroke,
        "linewidth": float(given.get("stroke-width", 1)) if stroke != "none" else 0,
        "linestyle": (0, dash) if dash else "solid",
        "joinstyle": given.get("stroke-linejoin", "miter"),
        "capstyle": "butt",
    }


def _letters(axes: Any, shape: Element, order: int) -> None:
    given = shape.attrib
    turned = _TURN.match(given.get("transform", ""))
    axes.text(
        float(given["x"]),
        float(given["y"]),
        (shape.text or "").replace("$", r"\$"),
        fontsize=float(given["font-size"]),
        color=given["fill"],
        ha=_ANCHOR[given["text-anchor"]],
        va="baseline",
        weight="bold" if given.get("font-weight") else "normal",
        rotation=-float(turned[1]) if turned else 0,
        rotation_mode="anchor",
        zorder=order,
    )


def _numbers(given: Mapping[str, str], *names: str) -> list[float]:
    return [float(given[name]) for name in names]


def _rect(patches: Any, given: Mapping[str, str], paint: dict[str, Any]) -> Any:
    x, y, width, height = _numbers(given, "x", "y", "width", "height")
    return patches.Rectangle((x, y), width, height, **paint)


def _circle(patches: Any, given: Mapping[str, str], paint: dict[str, Any]) -> Any:
    x, y, radius = _numbers(given, "cx", "cy", "r")
    return patches.Circle((x, y), radius, **paint)


def _line(patches: Any, given: Mapping[str, str], paint: dict[str, Any]) -> Any:
    x1, y1, x2, y2 = _numbers(given, "x1", "y1", "x2", "y2")
    return patches.PathPatch(_track([((x1, y1), (x2, y2))], closed=False), **paint)


def _points(given: Mapping[str, str]) -> list[tuple[float, float]]:
    pairs = (pair.split(",") for pair in given["points"].split())
    return [(float(x), float(y)) for x, y in pairs]


def _polyline(patches: Any, given: Mapping[str, str], paint: dict[str, Any]) -> Any:
    return patches.PathPatch(_track([_points(given)], closed=False), **paint)


def _polygon(patches: Any, given: Mapping[str, str], paint: dict[str, Any]) -> Any:
    return patches.PathPatch(_track([_points(given)], closed=True), **paint)


def _path(patches: Any, given: Mapping[str, str], paint: dict[str, Any]) -> Any:
    pieces: list[list[tuple[float, float]]] = []
    closed = False
    for step, rest in _STEP.findall(given["d"]):
        numbers = [float(part) for part in rest.replace(",", " ").split()]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if step == "M":
            pieces.append(points)
        elif step == "L":
            pieces[-1] += points
        else:
            closed = True
    return patches.PathPatch(_track(pieces, closed=closed), **paint)


def _track(pieces: Any, *, closed: bool) -> Any:
    track = need("matplotlib.path", extra="plot", what="a PDF picture").Path
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    for piece in pieces:
        vertices += [*piece, piece[0]] if closed else list(piece)
        codes += [track.MOVETO, *[track.LINETO] * (len(piece) - 1), *([track.CLOSEPOLY] if closed else [])]
    return track(vertices, codes)


_MADE: Mapping[str, Callable[..., Any]] = {
    "rect": _rect,
    "circle": _circle,
    "line": _line,
    "polyline": _polyline,
    "polygon": _polygon,
    "path": _path,
    "text": _letters,
}
