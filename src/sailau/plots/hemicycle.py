"""The hemicycle: one dot a seat, parties in wedges, the majority as a line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import atan2, cos, pi, sin

from sailau.locale import short_name
from sailau.plots.frame import footer, heading, key
from sailau.plots.lettering import fit, width_of
from sailau.plots.palette import Look, marks
from sailau.plots.style import Style
from sailau.plots.svg import FAINT, INK, PAPER, Point, circle, document, group, layer, line, text
from sailau.terms.errors import InvalidSeats
from sailau.terms.speech import say

Place = tuple[float, float, int]
"""Angle from the left, radius, row."""

WIDTH, RADIUS, INNER, LARGEST = 760.0, 260.0, 0.42, 24.0
FEW = 14
"""Seats that stand in one row."""

_VACANT = "\0"
_MOST = 5_000


def hemicycle(
    seats: Mapping[str, int],
    style: Style,
    *,
    majority: int | None = None,
    changed: Mapping[str, int] | None = None,
    vacant: int = 0,
) -> str:
    """Return a hemicycle.

    Parameters
    ----------
    seats : mapping of str to int
        In the order from left to right.
    style : Style
        Heading, language, names, colours, source.
    majority : int, optional
        Drawn as a line after so many seats.
    changed : mapping of str to int, optional
        Seats of a party to outline (gained against another count), its last ones.
    vacant : int
        Empty seats, drawn as rings at the right end.

    Raises
    ------
    InvalidSeats
        No seat at all, a negative number, or more than 5,000.
    """
    shown = {party: n for party, n in seats.items() if n}
    total = sum(shown.values()) + vacant
    if not 0 < total <= _MOST or vacant < 0 or any(n < 0 for n in shown.values()):
        raise InvalidSeats(
            say("a hemicycle of {total:,} seats cannot be drawn; it holds 1 to {most:,}", total=total, most=_MOST)
        )
    parts, top = heading(style.title, WIDTH)
    radius = _radius(total)
    floor = top + 46 + radius
    places = [(angle, r * radius, row) for angle, r, row in _places(total)]
    wedges = _wedges({**shown, **({_VACANT: vacant} if vacant else {})}, places, floor)
    size = _dot(places)
    if majority is not None and 0 < majority < total and total > 3:
        parts.append(_majority(places, majority, floor, radius))
    parts += _seats(shown, style, wedges, size, changed or {}, total)
    parts.append(layer(_labels(shown, style, wedges, floor, radius + size), "names"))
    parts.append(text(WIDTH / 2, floor - 16, style.number(total), anchor="middle", size=40, bold=True))
    if majority is not None:
        said = style.words("majority", n=majority)
        parts.append(layer([text(WIDTH / 2, floor + 5, said, anchor="middle", size=13, fill=FAINT)], "names"))
    entries = {party: f"{style.name(party)}  {style.number(n)}" for party, n in shown.items()}
    below, depth = key(entries, style.looks(shown), floor + size + 26, WIDTH)
    last, height = footer(style.sources, depth, WIDTH)
    said = _told(shown, style, total, vacant)
    return document(WIDTH, height, [*parts, layer(below, "key"), *last], title=style.title, description=said)


def _told(shown: Mapping[str, int], style: Style, total: int, vacant: int) -> str:
    """Say in a sentence what the picture shows."""
    told = ", ".join(f"{style.name(party)} {style.number(n)}" for party, n in shown.items()) or style.words("nobody")
    gone = f", {style.words('vacant')} {vacant}" if vacant else ""
    return f"{style.words('seats', n=total)}: {told}{gone}."


def _seats(
    shown: Mapping[str, int],
    style: Style,
    wedges: Mapping[str, Sequence[Point]],
    size: float,
    changed: Mapping[str, int],
    total: int,
) -> Iterator[str]:
    """Yield the wedge of each party, and the rings of vacant seats."""
    shade = style.looks(shown)
    for party, spots in wedges.items():
        if party == _VACANT:
            yield _empty(spots, size, style.words("vacant"))
            continue
        said = style.words("of_total", party=style.name(party), n=shown[party], total=total)
        yield _wedge(spots, size, shade[party], said, changed.get(party, 0))


def _wedges(seats: Mapping[str, int], places: Sequence[Place], floor: float) -> dict[str, list[Point]]:
    """Return where the seats of each party are, from left to right."""
    left = iter(places)
    return {party: [_at(next(left), floor) for _ in range(n)] for party, n in seats.items()}


def _at(place: Place, floor: float) -> Point:
    angle, r, _ = place
    return WIDTH / 2 - cos(angle) * r, floor - sin(angle) * r


def _wedge(spots: Sequence[Point], size: float, look: Look, said: str, changed: int) -> str:
    first = len(spots) - changed
    dots = [_seat(spot, size, look, is_won=i >= first) for i, spot in enumerate(spots)]
    return group([*dots, marks(look, spots, size)], title=said)


def _seat(spot: Point, size: float, look: Look, *, is_won: bool) -> str:
    """Return a dot: outlined where the seat was won, with a thin edge where its colour is lost on the paper."""
    stroke, width = (INK, 1.5) if is_won else (look.edge or "none", 0.8)
    return circle(*spot, size, look.fill, stroke=stroke, width=width)


def _empty(spots: Sequence[Point], size: float, said: str) -> str:
    ring = [circle(x, y, size * 0.85, PAPER, stroke=FAINT, width=max(1, size * 0.2), title=said) for x, y in spots]
    return "".join(ring)


def _places(total: int) -> list[Place]:
    """Return a place for each seat from left to right: rows whose lengths follow their radius."""
    rows = _rows(total)
    gap = _gap(total, rows)
    radii = [1 - gap * (rows - 1 - i) for i in range(rows)]
    exact = [total * r / sum(radii) for r in radii]
    counts = [int(e) for e in exact]
    for i in sorted(range(rows), key=lambda i: counts[i] - exact[i])[: total - sum(counts)]:
        counts[i] += 1
    places: list[Place] = []
    for row, (r, n) in enumerate(zip(radii, counts, strict=True)):
        margin = 0.0 if n > 1 else pi / 2
        places += [(margin + (pi - 2 * margin) * (k / (n - 1) if n > 1 else 0), r, row) for k in range(n)]
    return sorted(places)


def _gap(total: int, rows: int) -> float:
    """Return how far rows stand apart, of the outer radius, where seats of a row stand as far from one another."""
    return 0.0 if rows == 1 else pi * rows / (total - rows + pi * rows * (rows - 1) / 2)


def _rows(total: int) -> int:
    """Return the most rows that leave the middle free for the number of seats: one for few seats."""
    rows = 1
    while _has_room(total, rows + 1):
        rows += 1
    return rows


def _has_room(total: int, rows: int) -> bool:
    return total > FEW and 1 - _gap(total, rows) * (rows - 1) >= INNER


def _radius(total: int) -> float:
    """Return the outer radius: full size, but a tighter arc for few seats, whose dots have a largest size."""
    rows = _rows(total)
    if rows == 1:
        return min(RADIUS, max(110.0, 22.0 * (total - 1)))
    return min(RADIUS, LARGEST / (0.42 * _gap(total, rows)))


def _dot(places: Collection[Place]) -> float:
    """Return the radius of a dot: what the nearest neighbours leave."""
    rows: dict[int, list[float]] = {}
    radii: dict[int, float] = {}
    for angle, r, row in places:
        rows.setdefault(row, []).append(angle)
        radii[row] = r
    gaps = [radii[row] * pi / max(len(angles) - 1, 1) for row, angles in rows.items()]
    if len(radii) > 1:
        gaps.append((max(radii.values()) - min(radii.values())) / (len(radii) - 1))
    return min(LARGEST, 0.42 * min(gaps))


def _majority(places: Sequence[Place], majority: int, floor: float, radius: float) -> str:
    """Return the line that has a majority of the seats on its left."""
    angle = (places[majority - 1][0] + places[majority][0]) / 2
    inner = min(r for _, r, _ in places)
    ends = [_at((angle, r, 0), floor) for r in (0.8 * inner, 1.06 * radius)]
    return line(*ends[0], *ends[1], stroke=INK, width=1.5, dash="4 3")


def _labels(
    shown: Mapping[str, int], style: Style, wedges: Mapping[str, Sequence[Point]], floor: float, radius: float
) -> Iterator[str]:
    """Yield a short name outside the arc, for every wedge that is wide enough for it."""
    called = {party: style.name(party) for party in shown}
    labels = _told_apart({party: style.short.get(party) or short_name(name) for party, name in called.items()}, called)
    total = sum(len(spots) for spots in wedges.values())
    end = -1.0
    for party, label in labels.items():
        spots = wedges[party]
        angle = _middle([atan2(floor - y, WIDTH / 2 - x) for x, y in spots], is_row=total <= FEW)
        x, y = _at((angle, radius + 14, 0), floor)
        anchor = "middle" if abs(cos(angle)) < 0.35 else "end" if cos(angle) > 0 else "start"
        room = {"middle": 150.0, "end": x - 6, "start": WIDTH - 6 - x}[anchor]
        label = fit(label, 12, room, bold=True)
        across = width_of(label, 12, bold=True) if anchor == "middle" else 17.0
        arc = across / (radius + 14)
        if pi * len(spots) / total > 14 / radius and angle - arc / 2 > end and label:
            end = angle + arc / 2
            yield text(x, y + 4, label, anchor=anchor, size=12, bold=True)


def _middle(angles: Sequence[float], *, is_row: bool) -> float:
    """Return where the label of a wedge points: its middle, or in a single row the seat nearest to it."""
    return angles[(len(angles) - 1) // 2] if is_row else sum(angles) / len(angles)


def _told_apart(short: Mapping[str, str], called: Mapping[str, str]) -> dict[str, str]:
    """Return short names, the full one where two would be the same."""
    taken = list(short.values())
    return {party: label if taken.count(label) == 1 else called[party] for party, label in short.items()}
