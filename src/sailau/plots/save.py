"""Saving by suffix: an own picture or a figure as SVG, PNG or PDF."""

from __future__ import annotations

import io
import re
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sailau.files.writing import check_place, write_whole
from sailau.plots.shade import Theme, themed
from sailau.terms.errors import Invalid, MissingExtra
from sailau.terms.extras import need
from sailau.terms.speech import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SUFFIXES = (".svg", ".png", ".pdf")
_BEYOND = re.compile("[\u0700-\u109f\u1100-\u1fff\u2e80-\uabff\uac00-\ufaff\U00010000-\U0010ffff]")


def save(picture: str | Figure, path: str | Path, *, scale: float = 2, theme: Theme = "light") -> Path:
    """Save a picture; the suffix of the path says as what.

    Parameters
    ----------
    picture : str or Figure
        An own SVG picture, or a figure of matplotlib.
    path : str or Path
        Ends in .svg, .png or .pdf. A PDF holds lines and letters, not an image of them.
    scale : float
        PNG only: pixels for each unit of the picture.
    theme : {"light", "dark", "print"}
        For own pictures; a figure is drawn in its theme.

    Returns
    -------
    Path

    Raises
    ------
    Invalid
        Another suffix, or a place that cannot be written to; nothing is written then.
    MissingExtra
        PNG and PDF need the extra ``plot``.
    """
    place = Path(path)
    return write_whole(place, rendered(picture, suffix_of(place), scale=scale, theme=theme))


def suffix_of(path: Path) -> str:
    """Return the suffix of a picture's path, or refuse it."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Invalid(
            say("{path} is no name of a picture", path=path),
            hint=say("give a name that ends in {suffixes}", suffixes=say(" or ").join(SUFFIXES)),
        )
    return suffix


def rendered(picture: str | Figure, suffix: str, *, scale: float = 2, theme: Theme = "light") -> bytes:
    """Return a picture as the bytes of an SVG, PNG or PDF file."""
    if not 0.1 <= scale <= 20:
        raise Invalid(say("a scale of {scale:g} is outside 0.1 to 20", scale=scale))
    if not isinstance(picture, str):
        return _figure(picture, suffix, scale)
    turned = themed(picture, theme)
    if suffix == ".svg":
        return turned.encode()
    return png(turned, scale=scale) if suffix == ".png" else _pdf(turned)


def png(picture: str, *, scale: float = 2) -> bytes:
    """Return an own picture as PNG.

    Raises
    ------
    MissingExtra
        resvg-py, or the font that comes with matplotlib, is not installed.
    """
    resvg = need("resvg_py", extra="plot", what="a PNG picture", package="resvg-py")
    return bytes(
        resvg.svg_to_bytes(
            svg_string=picture,
            zoom=scale,
            dpi=96,
            font_files=[str(path) for path in font_files()],
            skip_system_fonts=not _BEYOND.search(picture),
            sans_serif_family="DejaVu Sans",
            font_family="DejaVu Sans",
        )
    )


def font_files() -> list[Path]:
    """Return the files of DejaVu Sans, regular and bold, that come with matplotlib; they have every Kazakh letter."""
    found = find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        raise MissingExtra("a PNG picture", package="matplotlib (for its font)", extra="plot")
    folder = Path(next(iter(found.submodule_search_locations))) / "mpl-data" / "fonts" / "ttf"
    return [folder / "DejaVuSans.ttf", folder / "DejaVuSans-Bold.ttf"]


def _pdf(picture: str) -> bytes:
    from sailau.plots.vector import to_pdf

    return to_pdf(picture)


def _figure(figure: Figure, suffix: str, scale: float) -> bytes:
    from sailau.plots.figures import settings

    out = io.BytesIO()
    undated = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}
    form = suffix.removeprefix(".")
    title = str(figure.get_label())
    with settings():
        figure.savefig(
            out,
            format=form,
            dpi=72 * scale,
            facecolor=figure.get_facecolor(),
            metadata={"Title": title, **undated[form]},
        )
    raw = out.getvalue()
    if form != "svg":
        return raw
    picture = raw[raw.index(b"<svg ") :]  # as our own pictures begin: no prolog, no document type
    return picture.replace(b"<svg ", f'<svg role="img" aria-label="{escape(title)}" '.encode(), 1)


def check_picture(path: Path) -> None:
    """Refuse a place before a long job whose picture could not be saved there."""
    suffix_of(path)
    check_place(path)
