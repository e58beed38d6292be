"""Sums from below: stations added up again by area, and set against what the higher level published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sailau.forensics.cells import to_counts
from sailau.forensics.finding import Finding
from sailau.forensics.frame import Frame, read_frame
from sailau.forensics.problems import FaultyStations
from sailau.forensics.stations import Counts, Level, Stations
from sailau.terms.errors import Place
from sailau.terms.speech import joined, say

_FIGURES = ("registered", "voters", "ballots", "valid", "invalid")
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of an area that is not the sum of its stations; None where one side has no such area."""

    area: str
    figure: str
    stations: int | None
    published: int | None

    def __str__(self) -> str:
        if self.stations is None or self.published is None:
            return joined(
                [self.area, say("not among the stations") if self.stations is None else say("not published")], ": "
            )
        gap = self.published - self.stations
        return say(
            "{area}, {figure}: stations {stations:,}, published {published:,} ({gap:+,})",
            area=self.area,
            figure=self.figure,
            stations=self.stations,
            published=self.published,
            gap=gap,
        )


def reaggregate(stations: Stations, totals: str | Path) -> tuple[Difference, ...]:
    """Return the differences between published totals and the sums of the stations.

    Parameters
    ----------
    stations : Stations
    totals : str or Path
        A table with a column of areas, named like a level of the stations (region, commission), and columns named
        registered, voters, ballots, valid, invalid or like a contender.

    Raises
    ------
    FaultyStations
        No column is a level of the stations, or a cell is no count.
    """
    frame = read_frame(totals)
    level = next((level for level in stations.levels if level.name in frame.columns), None)
    if level is None:
        names = ", ".join(level.name for level in stations.levels) or "none"
        raise FaultyStations(
            say("no column names the areas"),
            place=Place(frame.path),
            hint=say("levels of the stations: {names}", names=names),
        )
    areas = [str(cell).strip() for cell in frame.columns[level.name]]
    twice = {area for area in areas if areas.count(area) > 1}
    if twice:
        raise FaultyStations(say("the area {twice!r} stands twice", twice=min(twice)), place=Place(frame.path))
    at = {area: i for i, area in enumerate(areas)}
    out = [Difference(area, "", None, 0) for area in areas if area not in level.labels]
    for figure, published in _published(frame, stations):
        sums = _sums(stations, figure, level)
        for code, area in enumerate(level.labels):
            if area in at and int(sums[code]) != int(published[at[area]]):
                out.append(Difference(area, figure, int(sums[code]), int(published[at[area]])))
    return (*out, *(Difference(area, "", 0, None) for area in level.labels if area not in at))


def _published(frame: Frame, stations: Stations) -> list[tuple[str, Counts]]:
    out = []
    for name in (*_FIGURES, *stations.contenders):
        if name in frame.columns and (name in stations.contenders or getattr(stations, name) is not None):
            read = to_counts(frame.columns[name])
            if read.faults or read.empty.any():
                row = read.faults[0][0] if read.faults else int(np.argmax(read.empty))
                what = read.faults[0][1].what if read.faults else say("the cell is empty")
                raise FaultyStations(what, place=frame.place(row, name), hint=say("write the published count"))
            out.append((name, read.counts))
    return out


def _sums(stations: Stations, figure: str, level: Level) -> Counts:
    if figure in stations.contenders:
        values = stations.votes[:, stations.contenders.index(figure)]
    else:
        values = getattr(stations, figure)
    out = np.zeros(len(level.labels), dtype=np.int64)
    np.add.at(out, level.codes, values)
    return out


def published_sums(differences: Sequence[Difference]) -> Finding:
    """Say what adding up from below showed."""
    n = len(differences)
    return Finding(
        test="sums from below",
        family="protocol arithmetic",
        kind="check",
        null="arithmetic",
        expects=say("published totals that are the sums of their stations"),
        found=say("{n:,} published figures are not the sums of their stations", n=n)
        if n
        else say("every published figure is one"),
        caution=say("a station missing from the file, or a recount after it was made, opens a gap without any fault"),
        figures={"differences": n},
        cases=tuple(map(str, differences[:_SHOWN])),
    )
