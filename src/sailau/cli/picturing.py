"""Figures of reports: which can be drawn from the data, and what each shows and does not mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sailau.cli.output import say
from sailau.report.page import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sailau.forensics.stations import Stations
    from sailau.votes.infer import Inference

SPIKES = (
    "Stations at each percentage of {of}, with what their own figures give when drawn again. Points above the band at "
    "whole percentages are what the test of whole percentages counts; of a thousand places one or two lie above it by "
    "chance."
)
CAPTIONS = {
    "votes-by-turnout": "Votes by turnout. Where areas do not differ, both curves have one shape. A tail of the leader "
    "alone is also what strongholds with high turnout make.",
    "comet": "Turnout and share of the leader. A cloud is what chance and place make; a tail towards the upper right "
    "is what added votes make, and what groups that vote together make.",
    "spikes-turnout": SPIKES.format(of="turnout"),
    "spikes-share": SPIKES.format(of="the leader's share"),
    "areas": "Areas by region. A frame: more whole percentages than four standard deviations explain, which one clean "
    "area in some thousands has by chance, for small areas scatter unevenly.",
}


def station_figures(stations: Stations) -> list[Figure]:
    """Return the figures that the stations allow."""
    from sailau.plots.examined import station_pictures

    return [Figure(name, picture, CAPTIONS[name]) for name, picture in station_pictures(stations).items()]


def inference_figures(found: Inference) -> list[Figure]:
    """Return the figures of an inference: bounds and lines always, flows where something was estimated."""
    from sailau.plots.bounds import bounds_bars, tomography
    from sailau.plots.transfers import transfer_flow

    margins = found.margins
    certain = "Bars are certain: nothing that voters did lies outside. Intervals were calibrated on known elections."
    group, option = _largest(found)
    lines = (
        "Each unit allows the points of its line and no other. Lines that cross in one place speak for one share "
        "everywhere; whether it is so cannot be tested with these figures."
    )
    out = [
        Figure("bounds", bounds_bars(found), certain),
        Figure("tomography", tomography(margins, group, option, point=_point(found, group, option)), lines),
    ]
    if found.table is not None:
        flow = transfer_flow(found.table, margins.groups, margins.options)
        out.append(
            Figure("flow", flow, "The estimated table as flows. Bands are estimates of the ensemble, no counts.")
        )
    return out


def _point(found: Inference, group: str, option: str) -> tuple[float, float] | None:
    if found.table is None or len(found.margins.groups) < 2:
        return None
    i, j = found.margins.groups.index(group), found.margins.options.index(option)
    sizes = found.margins.group_totals
    inside, others = float(found.table[i, j]), float(found.table[:, j].sum() - found.table[i, j])
    return inside / max(int(sizes[i]), 1), others / max(int(sizes.sum() - sizes[i]), 1)


def _largest(found: Inference) -> tuple[str, str]:
    """Return the second largest group, of which more is unknown than of the largest, and the largest option."""
    order = sorted(range(len(found.margins.groups)), key=lambda k: -int(found.margins.group_totals[k]))
    group = found.margins.groups[order[min(1, len(order) - 1)]]
    return group, found.margins.options[int(found.margins.option_totals.argmax())]


def write_figures(figures: Sequence[Figure], folder: Path) -> None:
    """Write each figure as SVG into a folder, which is made where it is missing."""
    from sailau.files.writing import make_folder, write_whole

    make_folder(folder)
    for figure in figures:
        write_whole(folder / f"{figure.name}.svg", figure.picture)
    say(f"wrote {len(figures)} figures to {folder}")
