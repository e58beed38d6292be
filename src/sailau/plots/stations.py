"""Figures of polling stations: votes by turnout, the comet, spikes against their null band, areas as tiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log

from sailau.forensics.shapes import BAND, CELLS, ByTurnout, SpikeBand, Tile
from sailau.forensics.stations import Numbers
from sailau.plots.frame import footer, heading, key
from sailau.plots.lettering import fit
from sailau.plots.palette import Look
from sailau.plots.shade import tint
from sailau.plots.svg import EMPTY, FAINT, Point, area, colour, document, line, path, rect, text
from sailau.plots.ticks import ticks
from sailau.terms.speech import grouped, named, percents, say, written

LEADER, OTHERS, DARK, PALE = colour(5), colour(0), "#0b3c77", "#eef3fa"
LEFT, PLOT = 66.0, 620.0
ALL = "all others"
WIDTH = LEFT + PLOT + 34


def votes_by_turnout(shape: ByTurnout, *, leader: str, title: str = "") -> str:
    """Return the leader's and all others' votes by percent of turnout, and the others scaled by the ratio."""
    depth, title = 300.0, title or say("Votes by turnout")
    below = say("each percent of turnout; the dashed line is what the others' votes and the honest ratio would give")
    if shape.ratio is None:
        below = say("each percent of turnout; no baseline: {refused}", refused=shape.base.refused)
    parts, top = heading(title, WIDTH, below=below)
    rest = say(ALL)
    row, top = key({leader: leader, rest: rest}, {leader: Look(LEADER), rest: Look(OTHERS)}, top + 8, WIDTH, left=LEFT)
    parts += row
    most = max(float(shape.leading.max()), float(shape.others.max()), 1.0)

    def at(percent: float, votes: float) -> Point:
        return LEFT + PLOT * percent / 101, top + 14 + depth * (1 - votes / most)

    parts += _axis(at, most, top + 14 + depth, say("turnout"))
    for values, fill, name in ((shape.others, OTHERS, rest), (shape.leading, LEADER, leader)):
        steps = [point for t, v in enumerate(values.tolist()) for point in (at(t, v), at(t + 1, v))]
        parts.append(area([at(0, 0), *steps, at(101, 0)], fill=fill, opacity=0.25, title=name))
        parts.append(path(steps, stroke=fill, width=1.8))
    if shape.ratio is not None:
        honest = [at(t + 0.5, v * shape.ratio) for t, v in enumerate(shape.others.tolist())]
        parts.append(path(honest, stroke=FAINT, dash="5 3"))
    tail, height = footer("", top + depth + 46, WIDTH)
    peak = int(shape.leading.argmax())
    told = say(
        "{leader} has most votes at {peak} % turnout, all others at {mode} %.",
        leader=leader,
        peak=peak,
        mode=shape.base.mode,
    )
    return document(WIDTH, height, [*parts, *tail], title=title, description=told)


def _shade(share: float) -> str:
    return tint(PALE, DARK, share)


def _axis(at: Callable[[float, float], Point], most: float, bottom: float, what: str) -> list[str]:
    parts = []
    for votes in ticks(most):
        y = at(0, votes)[1]
        parts += [
            line(LEFT, y, LEFT + PLOT, y),
            text(LEFT - 8, y + 4, grouped(votes), anchor="end", size=11, fill=FAINT),
        ]
    for percent in range(0, 101, 10):
        x = at(percent, 0)[0]
        parts += [line(x, bottom, x, bottom + 4, stroke=FAINT)]
        parts.append(text(x, bottom + 17, percents(percent), anchor="middle", size=11, fill=FAINT))
    parts.append(text(LEFT + PLOT / 2, bottom + 36, what, anchor="middle", size=12))
    return parts


def comet_map(cells: Numbers, *, leader: str, title: str = "") -> str:
    """Return stations by turnout and share as a field of squares, the darker the more."""
    side, bins, title = 460.0, cells.shape[0], title or say("Turnout and the leader's share")
    width = LEFT + side + 150
    parts, top = heading(title, width, below=say("stations with each turnout and share of {leader}", leader=leader))
    most, cell = max(float(cells.max()), 1.0), side / bins
    parts.append(rect(LEFT, top, side, side, EMPTY))
    for row, column in zip(*cells.nonzero(), strict=True):
        n = int(cells[row, column])
        shade = _shade(0.12 + 0.88 * log(1 + n) / log(1 + most))
        x, y = LEFT + cell * row, top + side - cell * (column + 1)
        parts.append(rect(x, y, cell + 0.2, cell + 0.2, shade, title=_cell(int(row), int(column), bins, n)))
    for percent in range(0, 101, 25):
        x, y = LEFT + side * percent / 100, top + side * (1 - percent / 100)
        parts.append(text(x, top + side + 17, percents(percent), anchor="middle", size=11, fill=FAINT))
        parts.append(text(LEFT - 8, y + 4, percents(percent), anchor="end", size=11, fill=FAINT))
    parts.append(text(LEFT + side / 2, top + side + 34, say("turnout"), anchor="middle", size=12))
    beside = fit(say("share of {name}", name=leader), 12, side)
    parts.append(text(18, top + side / 2, beside, anchor="middle", size=12, turn=-90))
    parts += _shades(LEFT + side + 20, top, most)
    tail, height = footer("", top + side + 36, width)
    densest = divmod(int(cells.argmax()), bins)
    told = say(
        "Most stations lie around {turnout} % turnout and a share of {share} %.",
        turnout=100 * densest[0] // bins,
        share=100 * densest[1] // bins,
    )
    return document(width, height, [*parts, *tail], title=title, description=told)


def _cell(row: int, column: int, bins: int, n: int) -> str:
    step = 100 / bins
    turnout, share = (f"{written(k * step, 'g')}–{percents((k + 1) * step)}" for k in (row, column))
    return say("turnout {turnout}, share {share}: {n:,} stations", turnout=turnout, share=share, n=n)


def _shades(x: float, top: float, most: float) -> list[str]:
    parts = [text(x, top + 12, say("stations"), size=11, fill=FAINT)]
    steps = sorted({1, *(round(most ** (k / 4)) for k in range(1, 5))}, reverse=True)
    for i, n in enumerate(steps):
        shade = _shade(0.12 + 0.88 * log(1 + n) / log(1 + most))
        parts += [rect(x, top + 22 + 20 * i, 14, 14, shade), text(x + 20, top + 33 + 20 * i, grouped(n), size=11)]
    return parts


def spike_band(band: SpikeBand, *, of: str, title: str = "") -> str:
    """Return how many stations have each percentage, in tenths, over the band that clean elections keep to."""
    depth = 240.0
    by_turnout = say("Stations at each percentage of turnout")
    title = title or (by_turnout if of == "turnout" else say("Stations at each percentage of the leader’s share"))
    below = say(
        "tenths of a percent; the grey band holds {band:.1%} of clean elections at each place (null model: smooth)",
        band=BAND,
    )
    parts, top = heading(title, WIDTH, below=below)
    top += 12
    first, last = _shown(band)
    most = float(max(band.observed[first:last].max(initial=1), band.high[first:last].max(initial=1.0)))

    def at(percent: float, n: float) -> Point:
        share = (percent * CELLS / 100 - first) / max(last - first, 1)
        return LEFT + PLOT * share, top + depth * (1 - n / most)

    for n in ticks(most):
        y = at(0, n)[1]
        parts += [line(LEFT, y, LEFT + PLOT, y), text(LEFT - 8, y + 4, grouped(n), anchor="end", size=11, fill=FAINT)]
    seen, high, low = (
        [at(100 * i / CELLS, v) for i, v in enumerate(values.tolist()) if first <= i <= last]
        for values in (band.observed, band.high, band.low)
    )
    parts.append(area([*high, *reversed(low)], fill=FAINT, opacity=0.28))
    parts.append(path(seen, stroke=OTHERS, width=1))
    for cell in band.outside.tolist():
        if first <= cell <= last:
            parts += _peak(band, cell, at)
    for percent in range(-(-first * 100 // CELLS // 5) * 5, last * 100 // CELLS + 1, 5 if last - first < 700 else 10):
        x = at(percent, 0)[0]
        if x >= LEFT - 1:
            parts.append(text(x, top + depth + 17, percents(percent), anchor="middle", size=11, fill=FAINT))
    tail, height = footer("", top + depth + 20, WIDTH)
    n_over = len(band.outside)
    told = (
        say("{over} of {n} places lie above the band.", over=n_over, n=last - first + 1)
        if n_over
        else say("No place lies above the band.")
    )
    return document(WIDTH, height, [*parts, *tail], title=title, description=told)


def _peak(band: SpikeBand, cell: int, at: Callable[[float, float], Point]) -> list[str]:
    percent, n = 100 * cell / CELLS, int(band.observed[cell])
    x, y = at(percent, n)
    words = say(
        "{percent:g} %: {n:,} stations, {expected:,.1f} expected", percent=percent, n=n, expected=band.expected[cell]
    )
    parts = [rect(x - 2, y - 2, 4, 4, LEADER, title=words)]
    if cell in band.outside[:8] and percent == int(percent):
        parts.append(text(x, y - 6, percents(percent), anchor="middle", size=11, fill=LEADER, bold=True))
    return parts


def _shown(band: SpikeBand) -> tuple[int, int]:
    """Return the cells between which nearly all stations lie."""
    total = band.observed.cumsum()
    inside = ((total > 0.002 * total[-1]) & (total < 0.998 * total[-1])).nonzero()[0]
    if not inside.size:
        return 0, CELLS
    return max(0, int(inside[0]) - 10), min(CELLS, int(inside[-1]) + 10)


def tile_map(areas: Sequence[Tile], *, of: str = "share", leader: str, title: str = "") -> str:
    """Return a tile for each area, region by region, the darker the higher ``share`` or ``turnout``.

    No map is needed: where areas lie is not in the file, to which region they belong is.
    """
    title = title or (say("Share of {leader} by area", leader=leader) if of == "share" else say("Turnout by area"))
    below = say("a tile an area, by region; a frame: more whole percentages than four standard deviations explain")
    parts, top = heading(title, WIDTH, below=below)
    names = list(dict.fromkeys(tile.region for tile in areas))
    values = [float(getattr(tile, of)) for tile in areas]
    low, high = min(values), max(values)
    side = 13.0 if len(areas) <= 1200 else 8.0
    room, y = WIDTH - 190 - 16, top + 4
    across = int(room // side)
    for name in names:
        part = sorted((tile for tile in areas if tile.region == name), key=lambda tile: -getattr(tile, of))
        parts.append(text(182, y + side - 2, fit(name, 11, 164), anchor="end", size=11))
        for i, tile in enumerate(part):
            x, row = 190 + side * (i % across), i // across
            words = say(
                "{area}: {of} {share:.1%}, {stations:,} stations",
                area=tile.area,
                of=named(of),
                share=getattr(tile, of),
                stations=tile.stations,
            )
            far = tile.excess > 4
            parts.append(
                rect(x, y + side * row, side - 1, side - 1, _shade((getattr(tile, of) - low) / ((high - low) or 1)),
                     stroke=LEADER if far else "", line=1.5, title=words)
            )  # fmt: skip
        y += side * (-(-len(part) // across)) + 4
    parts += _scale(190, y + 4, low, high)
    tail, height = footer("", y + 30, WIDTH)
    told = say(
        "{areas:,} areas in {regions:,} regions, from {low:.1%} to {high:.1%}.",
        areas=len(areas),
        regions=len(names),
        low=low,
        high=high,
    )
    return document(WIDTH, height, [*parts, *tail], title=title, description=told)


def _scale(x: float, y: float, low: float, high: float) -> list[str]:
    parts = [rect(x + 20 * i, y, 20, 10, _shade(i / 10)) for i in range(11)]
    ends = ((x, "start", low), (x + 220, "end", high))
    return parts + [text(at, y + 22, written(v, ".0%"), anchor=side, size=11, fill=FAINT) for at, side, v in ends]
