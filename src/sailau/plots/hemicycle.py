"""The hemicycle: one dot a seat, parties in wedges, the majority as a line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import ceil, cos, pi, sin

from sailau.plots.svg import FAINT, INK, circle, colour, document, line, rect, text

Place = tuple[float, float, int]
"""Angle from the left, radius, row."""


def hemicycle(
    seats: Mapping[str, int],
    *,
    title: str,
    majority: int | None = None,
    changed: Mapping[str, int] | None = None,
    colours: Mapping[str, str] | None = None,
    source: str = "",
) -> str:
    """Return a hemicycle.

    Parameters
    ----------
    seats : mapping of str to int
        In the order from left to right.
    majority : int, optional
        Drawn as a line after so many seats.
    changed : mapping of str to int, optional
        Seats of a party to outline (gained against another count), its last ones.
    colours : mapping of str to str, optional
    source : str
    """
    shown = {party: n for party, n in seats.items() if n}
    total = sum(shown.values())
    width, radius = 760.0, 300.0
    middle, floor = width / 2, 70 + radius
    places = _places(total)
    size = _dot(places, radius)
    shade = {party: (colours or {}).get(party) or colour(i) for i, party in enumerate(shown)}
    owners = [(party, k, n) for party, n in shown.items() for k in range(n)]
    parts = [text(16, 26, title, size=16, bold=True)]
    for (angle, r, _), (party, k, n) in zip(places, owners, strict=True):
        x, y = middle - cos(angle) * r * radius, floor - sin(angle) * r * radius
        outlined = k >= n - (changed or {}).get(party, 0)
        stroke = INK if outlined else "none"
        parts.append(circle(x, y, size, shade[party], stroke=stroke, title=f"{party}: {n} of {total}"))
    if majority is not None and 0 < majority <= total and total > 9:
        parts.append(_majority(places, majority, middle, floor, radius))
    parts.append(text(middle, floor - 18, str(total), anchor="middle", size=40, bold=True))
    if majority is not None:
        parts.append(text(middle, floor + 4, f"majority {majority}", anchor="middle", size=13, fill=FAINT))
    key, depth = _key(shown, shade, floor + 34)
    parts += key
    parts.append(text(16, depth + 26, source, size=11, fill=FAINT))
    told = ", ".join(f"{party} {n}" for party, n in shown.items())
    return document(width, depth + 40, parts, title=title, description=f"{total} seats: {told}.")


def _places(total: int) -> list[Place]:
    """Return a place for each seat from left to right: rows whose lengths follow their radius."""
    rows = _rows(total)
    radii = [1.0] if rows == 1 else [0.42 + 0.58 * i / (rows - 1) for i in range(rows)]
    exact = [total * r / sum(radii) for r in radii]
    counts = [int(e) for e in exact]
    for i in sorted(range(rows), key=lambda i: counts[i] - exact[i])[: total - sum(counts)]:
        counts[i] += 1
    places: list[Place] = []
    for row, (r, n) in enumerate(zip(radii, counts, strict=True)):
        margin = 0.0 if n > 1 else pi / 2
        places += [(margin + (pi - 2 * margin) * (k / (n - 1) if n > 1 else 0), r, row) for k in range(n)]
    return sorted(places)


def _rows(total: int) -> int:
    if total <= 9:
        return 1
    rows = 2
    while rows < 20 and total > _room(rows):
        rows += 1
    return rows


def _room(rows: int) -> float:
    """Return how many dots fit into so many rows without touching."""
    gap = 0.58 / (rows - 1)
    return float(sum(pi * (0.42 + gap * i) / (gap * 0.98) + 1 for i in range(rows)))


def _dot(places: Collection[Place], radius: float) -> float:
    rows: dict[int, list[float]] = {}
    radii: dict[int, float] = {}
    for angle, r, row in places:
        rows.setdefault(row, []).append(angle)
        radii[row] = r
    gaps = [radii[row] * radius * pi / max(len(angles) - 1, 1) for row, angles in rows.items()]
    if len(radii) > 1:
        gaps.append(0.58 * radius / (len(radii) - 1))
    return min(22.0, 0.42 * min(gaps))


def _majority(places: list[Place], majority: int, middle: float, floor: float, radius: float) -> str:
    before = places[majority - 1][0]
    after = places[majority][0] if majority < len(places) else pi
    angle = (before + after) / 2
    ends = [(middle - cos(angle) * r * radius, floor - sin(angle) * r * radius) for r in (0.34, 1.07)]
    return line(*ends[0], *ends[1], stroke=INK, width=1.5, dash="4 3")


def _key(seats: Mapping[str, int], shade: Mapping[str, str], top: float) -> tuple[list[str], float]:
    parts: list[str] = []
    columns = 4 if max((len(p) for p in seats), default=0) <= 18 else 3
    step = 728 / columns
    for i, (party, n) in enumerate(seats.items()):
        x, y = 16 + step * (i % columns), top + 22 * (i // columns)
        parts += [rect(x, y - 11, 13, 13, shade[party]), text(x + 19, y, f"{party}  {n}", size=13)]
    return parts, top + 22 * (ceil(len(seats) / columns) - 1)
