"""Maps: equal tiles, since empty land does not vote; and outlines, with the attribution that they ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sailau.geo.project import projection_for
from sailau.geo.record import Geo, Unit
from sailau.plots.frame import LEFT, footer, heading, key
from sailau.plots.lettering import fit, width_of
from sailau.plots.palette import Look, box
from sailau.plots.scale import Scale, Value, scale_of
from sailau.plots.style import Style
from sailau.plots.svg import EMPTY, FAINT, INK, PAPER, Point, document, group, outline, rect, text
from sailau.terms.errors import Invalid
from sailau.terms.speech import say

WIDTH = 760.0
_NONE = "\0"


def tile_map(
    geo: Geo, values: Mapping[str, Value | None], style: Style, *, below: str = "", shares: bool = False
) -> str:
    """Return a map of equal tiles, one a unit.

    Parameters
    ----------
    geo : Geo
        A division with tiles.
    values : mapping of code to figure, word or None
        By the codes of the division, see `sailau.geo.record.place_values`.
    style : Style
        Names and colours are of the words.
    below : str
        What the values are.
    shares : bool
        Figures are shares.

    Raises
    ------
    Invalid
        The division has no tiles.
    """
    if not geo.has_tiles:
        raise Invalid(say("{outlines} has no tiles", outlines=geo.id), hint=say("draw its outlines: sailau plot map"))
    scale = scale_of(values, style, shares=shares)
    tiles = {code: unit.tile for code, unit in geo.units.items() if unit.tile is not None}
    first, last = min(c for c, _ in tiles.values()), max(c for c, _ in tiles.values())
    parts, top = heading(style.title, WIDTH, below=below)
    side = min(104.0, (WIDTH - 2 * LEFT) / (last - first + 1))
    tall = side * 0.78
    left = (WIDTH - side * (last - first + 1)) / 2
    rows = [row for _, row in tiles.values()]
    for code, (column, row) in tiles.items():
        x, y = left + side * (column - first), top + tall * (row - min(rows))
        parts.append(_tile(geo.units[code], x, y, side - 4, tall - 4, scale, style))
    depth = top + tall * (max(rows) - min(rows) + 1)
    return _finish(geo, parts, scale, values, depth + 24, style, below)


def _tile(unit: Unit, x: float, y: float, wide: float, tall: float, scale: Scale, style: Style) -> str:
    lang = style.lang
    look, shown = scale.fills.get(unit.code), scale.shown.get(unit.code, style.words("no_data"))
    said = f"{unit.name(lang)}: {shown}"
    ink = look.ink if look else INK
    drawn = box(x, y, wide, tall, look, gap=18) if look else rect(x, y, wide, tall, EMPTY, stroke=FAINT)
    name = fit(unit.name(lang, short=True), 12, wide - 6, bold=True)
    plate = ""
    if look and look.mark:
        plate = rect(x + 3, y + tall / 2 - 18, wide - 6, 36, look.fill)
    middle = x + wide / 2
    return group(
        [
            drawn,
            plate,
            text(middle, y + tall / 2 - 3, name, anchor="middle", size=12, fill=ink, bold=True),
            text(middle, y + tall / 2 + 14, fit(shown, 12, wide - 6), anchor="middle", size=12, fill=ink),
        ],
        title=said,
    )


def outline_map(
    geo: Geo, values: Mapping[str, Value | None], style: Style, *, below: str = "", shares: bool = False
) -> str:
    """Return a map of outlines on an equal-area projection, with its attribution.

    Parameters
    ----------
    geo : Geo
        A division with outlines, see ``sailau geo add``.
    values, style, below, shares
        As for `tile_map`; outlines have no marks.

    Raises
    ------
    Invalid
        The division has no outlines.
    """
    if not geo.has_outlines:
        hint = say("add some: sailau geo add FILE --id … --licence … --attribution …; or draw tiles: sailau plot tiles")
        raise Invalid(say("{outlines} has no outlines", outlines=geo.id), hint=hint)
    scale = scale_of(values, replace(style, patterns="none"), shares=shares)
    parts, top = heading(style.title, WIDTH, below=below)
    rings, depth = _laid_out(geo, top)
    order = sorted(rings, key=lambda code: -_extent(rings[code]))
    for code in order:
        look = scale.fills.get(code)
        said = f"{geo.units[code].name(style.lang)}: {scale.shown.get(code, style.words('no_data'))}"
        parts.append(outline(rings[code], fill=look.fill if look else EMPTY, stroke=PAPER, width=0.8, title=said))
    parts += _labels(geo, rings, scale, style.lang)
    return _finish(geo, parts, scale, values, depth + 26, style, below)


def _laid_out(geo: Geo, top: float) -> tuple[dict[str, list[list[Point]]], float]:
    """Return the rings on the page, and where the map ends."""
    project = projection_for([point for unit in geo.units.values() for ring in unit.rings for point in ring])
    flat = {code: [[project(point) for point in ring] for ring in unit.rings] for code, unit in geo.units.items()}
    xs = [x for rings in flat.values() for ring in rings for x, _ in ring]
    ys = [y for rings in flat.values() for ring in rings for _, y in ring]
    unit = min((WIDTH - 2 * LEFT) / ((max(xs) - min(xs)) or 1), 520 / ((max(ys) - min(ys)) or 1))
    left = (WIDTH - unit * (max(xs) - min(xs))) / 2
    placed = {
        code: [[(left + (x - min(xs)) * unit, top + (max(ys) - y) * unit) for x, y in ring] for ring in rings]
        for code, rings in flat.items()
    }
    return placed, top + unit * (max(ys) - min(ys))


def _extent(rings: Sequence[Sequence[Point]]) -> float:
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _labels(geo: Geo, rings: Mapping[str, Sequence[Sequence[Point]]], scale: Scale, lang: str) -> list[str]:
    """Return short names and values where they lie inside their unit with both lines, else the name, else nothing."""
    parts = []
    for code, found in rings.items():
        name, shown = geo.units[code].name(lang, short=True), scale.shown.get(code, "")
        look = scale.fills.get(code)
        fill = look.ink if look else INK
        wide = width_of(name, 11, bold=True)
        x, y, room = _seat(found, (-9.0, -4.0, 0.0, 3.0, 8.0, 13.0, 15.0))
        if max(wide, width_of(shown, 11)) < room:
            parts.append(text(x, y, name, anchor="middle", size=11, fill=fill, bold=True))
            parts += [text(x, y + 13, shown, anchor="middle", size=11, fill=fill)] if shown else []
            continue
        x, y, room = _seat(found, (-9.0, -4.0, 0.0, 2.0))
        if wide < room:
            parts.append(text(x, y, name, anchor="middle", size=11, fill=fill, bold=True))
    return parts


def _seat(rings: Sequence[Sequence[Point]], lines: Sequence[float]) -> tuple[float, float, float]:
    """Return the place in a unit with the most room for words between these heights around it, and that room."""
    ys = [y for ring in rings for _, y in ring]
    low, high = min(ys), max(ys)
    best = (*rings[0][0], 0.0)
    for i in range(1, 40):
        y = low + (high - low) * i / 40
        cuts = [_spans(rings, y + line) for line in lines]
        for left, right in cuts[0]:
            inside = [(left, right)]
            for cut in cuts[1:]:
                inside = [(max(a, c), min(b, d)) for a, b in inside for c, d in cut if min(b, d) > max(a, c)]
            for a, b in inside:
                if b - a > best[2]:
                    best = ((a + b) / 2, y, b - a)
    return best


def _spans(rings: Sequence[Sequence[Point]], y: float) -> list[tuple[float, float]]:
    """Return where a level line is inside a unit, its holes left out: left and right ends."""
    crossed = []
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) is not (y2 > y):
                crossed.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    crossed.sort()
    return list(zip(crossed[::2], crossed[1::2], strict=True))


def _finish(
    geo: Geo,
    parts: list[str],
    scale: Scale,
    values: Mapping[str, Value | None],
    top: float,
    style: Style,
    below: str,
) -> str:
    """Return the map with its key, its sources and the attribution that its outlines ask for."""
    shade = {name: look for name, (look, _) in scale.key.items()}
    entries = {name: said for name, (_, said) in scale.key.items()}
    if len(scale.fills) < len(geo.units):
        entries[_NONE], shade[_NONE] = style.words("no_data"), Look(EMPTY)
    row, depth = key(entries, shade, top, WIDTH)
    last, height = footer([*style.sources, _credit(geo)], depth, WIDTH)
    told = "; ".join(
        f"{geo.units[code].name(style.lang)} {scale.shown[code]}" for code in values if code in scale.shown
    )
    known = style.words("units", n=len(scale.fills))
    said = f"{below + ': ' if below else ''}{known}. {told}."
    return document(WIDTH, height, [*parts, *row, *last], title=style.title, description=said)


def _credit(geo: Geo) -> str:
    """Return whom the outlines ask to be named, and the licence where that does not say it."""
    parts = [geo.attribution] if geo.attribution else []
    if geo.attribution and geo.licence and geo.licence not in geo.attribution:
        parts.append(geo.licence)
    return " · ".join(parts)
