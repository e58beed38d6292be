"""Figures by matplotlib in one style, for the scientific pictures; the same fonts, inks and colours as the own SVG."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any

from sailau.plots.shade import THEMES, Theme
from sailau.plots.svg import COLOURS
from sailau.terms.extras import need

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LOCK = RLock()  # matplotlib's settings are global; a server draws in several threads


def style(theme: Theme = "light") -> dict[str, Any]:
    """Return matplotlib's settings: letters stay letters in SVG and PDF, and the same figure gives the same file."""
    inks = THEMES[theme]
    colours = COLOURS if theme != "print" else ("#000000", "#777777", "#444444", "#aaaaaa")
    return {
        "axes.axisbelow": True,
        "axes.edgecolor": inks["faint"],
        "axes.facecolor": inks["paper"],
        "axes.grid": True,
        "axes.labelcolor": inks["ink"],
        "axes.labelsize": 10,
        "axes.prop_cycle": need("cycler", extra="plot", what="a figure").cycler(color=list(colours)),
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlelocation": "left",
        "axes.titlesize": 12,
        "axes.titleweight": "bold",
        "figure.facecolor": inks["paper"],
        "font.family": ["DejaVu Sans"],
        "font.size": 10,
        "grid.color": inks["grid"],
        "grid.linewidth": 0.6,
        "legend.frameon": False,
        "legend.labelcolor": inks["ink"],
        "pdf.fonttype": 42,
        "savefig.facecolor": inks["paper"],
        "svg.fonttype": "none",
        "svg.hashsalt": "sailau",
        "text.color": inks["ink"],
        "xtick.color": inks["faint"],
        "xtick.labelcolor": inks["ink"],
        "ytick.color": inks["faint"],
        "ytick.labelcolor": inks["ink"],
    }


@contextmanager
def settings(theme: Theme = "light") -> Iterator[None]:
    """Hold matplotlib's settings to the style while a figure is drawn or saved."""
    matplotlib = need("matplotlib", extra="plot", what="this picture")
    with _LOCK, matplotlib.rc_context(style(theme)):
        yield


@contextmanager
def canvas(
    width: float = 7.6,
    height: float = 4.8,
    *,
    title: str,
    description: str,
    source: str = "",
    columns: int = 1,
    rows: int = 1,
    theme: Theme = "light",
) -> Iterator[tuple[Figure, Any]]:
    """Give a figure and its axes to draw on, without pyplot and its list of open windows.

    Parameters
    ----------
    width, height : float
        Inches.
    title, description : str
        The heading; one sentence that says what the picture shows, for those who cannot see it.
    source : str
        Drawn small below the axes.
    columns, rows : int
        More than one axes: then an array of them is given.

    Raises
    ------
    MissingExtra
        matplotlib is not installed.
    """
    with settings(theme):
        figure: Figure = need("matplotlib.figure", extra="plot", what="this picture").Figure(
            figsize=(width, height), layout="constrained"
        )
        figure.set_label(f"{title}. {description}")
        axes: Axes | Any = figure.subplots(rows, columns)
        figure.suptitle(title, x=0.02, ha="left", fontsize=12, fontweight="bold")
        if source:
            figure.supxlabel(source, x=0.02, ha="left", fontsize=8, color=THEMES[theme]["faint"])
        yield figure, axes
