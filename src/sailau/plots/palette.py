"""Who looks like what: a colour, and a mark of strokes where the colour alone would not tell two parties apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sailau.plots.shade import CLOSE, distance, ink_on, is_pale, visible
from sailau.plots.svg import COLOURS, FAINT, Point, colour, rect, strokes
from sailau.terms.colour import as_hex

Patterns = Literal["auto", "all", "none"]
MARKS: tuple[tuple[tuple[Point, Point], ...], ...] = (
    (),
    (((-1, 0), (1, 0)),),
    (((0, -1), (0, 1)),),
    (((-0.7, 0.7), (0.7, -0.7)),),
    (((-0.7, -0.7), (0.7, 0.7)),),
    (((-1, 0), (1, 0)), ((0, -1), (0, 1))),
    (((-0.7, 0.7), (0.7, -0.7)), ((-0.7, -0.7), (0.7, 0.7))),
    (((-0.9, -0.4), (0.9, -0.4)), ((-0.9, 0.4), (0.9, 0.4))),
    (((-0.4, -0.9), (-0.4, 0.9)), ((0.4, -0.9), (0.4, 0.9))),
)
"""Strokes inside a disc of radius 1: plain, bar, post, rising, falling, plus, cross, two bars, two posts."""


@dataclass(frozen=True, slots=True)
class Look:
    """A fill and the number of a mark."""

    fill: str
    mark: int = 0

    @property
    def ink(self) -> str:
        """Black or white, whichever reads better on the fill."""
        return ink_on(self.fill)

    @property
    def edge(self) -> str:
        """The stroke around the fill: none, or a faint one where it would be lost on the paper."""
        return FAINT if is_pale(self.fill) else ""

    @property
    def line(self) -> str:
        """The shade for lines and dots, which have no edge."""
        return visible(self.fill)


def looks(
    names: Iterable[str], colours: Mapping[str, str] | None = None, *, patterns: Patterns = "auto"
) -> dict[str, Look]:
    """Return the look of each name.

    Parameters
    ----------
    names : iterable of str
    colours : mapping of name to ``#rrggbb``, optional
        From the data; the others take the next colours of the palette.
    patterns : {"auto", "all", "none"}
        ``auto`` marks only those whose colour some readers would take for an earlier one's; ``all`` is for print.
    """
    out: dict[str, Look] = {}
    given = {name: as_hex((colours or {}).get(name)) for name in dict.fromkeys(names)}
    taken = [own for own in given.values() if own]
    for number, (name, own) in enumerate(given.items()):
        fill = own or _next(taken, few=len(given) <= len(COLOURS))
        taken += [] if own else [fill]
        close = {look.mark for look in out.values() if distance(look.fill, fill) < CLOSE}
        if patterns == "none":
            mark = 0
        elif patterns == "all":
            mark = number % len(MARKS)
        else:
            mark = next((m for m in range(len(MARKS)) if m not in close), 0)
        out[name] = Look(fill, mark)
    return out


def settled(votes: Mapping[str, int], known: Mapping[str, str]) -> dict[str, str]:
    """Return colours that hold in every picture of an election, whoever is shown in it: the largest choose first.

    Parameters
    ----------
    votes : mapping of party to int
    known : mapping of party to ``#rrggbb``
    """
    largest = sorted(votes, key=lambda party: (-votes[party], party))[: len(COLOURS)]
    return {**known, **{party: look.fill for party, look in looks(largest, known, patterns="none").items()}}


def _next(taken: Sequence[str], *, few: bool) -> str:
    """Return the next colour of the palette: one that all readers tell from those taken, else the farthest one."""
    free = [shade for shade in COLOURS if shade not in taken]
    if not few or not free:
        return colour(sum(shade in COLOURS for shade in taken))
    apart = {shade: min((distance(shade, other) for other in taken), default=CLOSE) for shade in free}
    return next((shade for shade in free if apart[shade] >= CLOSE), max(free, key=lambda shade: apart[shade]))


def marks(look: Look, places: Iterable[Point], radius: float) -> str:
    """Return the mark on each of many discs, as one shape."""
    size = radius * 0.62
    pieces = [
        ((x + a[0] * size, y + a[1] * size), (x + b[0] * size, y + b[1] * size))
        for x, y in places
        for a, b in MARKS[look.mark]
    ]
    return strokes(pieces, stroke=look.ink, width=max(0.8, radius * 0.2))


def box(
    x: float, y: float, width: float, height: float, look: Look, *, title: str = "", stroke: str = "", gap: float = 9
) -> str:
    """Return a rectangle in a look, its mark repeated over it."""
    drawn = rect(x, y, width, height, look.fill, title=title, stroke=stroke or look.edge)
    if not look.mark or width < 3:
        return drawn
    rows, columns = max(1, round(height / gap)), max(1, round(width / gap))
    places = [
        (x + width * (i + 0.5) / columns, y + height * (k + 0.5) / rows) for i in range(columns) for k in range(rows)
    ]
    return drawn + marks(look, places, min(gap, height / rows, width / columns) * 0.55)
